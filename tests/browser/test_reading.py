"""What readers meet, in a real Chromium: every kind of page, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has no stubs

from generator.plugin import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Route

SITE = Path(__file__).resolve().parent.parent / "site"
KINDS = {
    "home": "",
    "article": "2026/11/tram-do-man/",
    "article in English": "2026/09/english-brief/",
    "topics": "chu-de/",
    "topic": "chu-de/moi-truong/",
    "tags": "the/",
    "tag": "the/hue/",
    "sources": "nguon/",
    "source": "nguon/dai-vi-du/",
    "archive": "luu-tru/",
    "archive year": "luu-tru/2026/",
    "archive month": "luu-tru/2026/11/",
    "corrections": "dinh-chinh/",
    "taken down": "2026/11/da-go/",
    "page": "gioi-thieu/",
    "404": "khong/co/trang/nay/",
}
PREVIEWED = {
    "home": "",
    "topic": "chu-de/do-thi/",
    "topics": "chu-de/",
    "archive month": "luu-tru/2026/11/",
    "waiting": "held/",
    "held": "held/chua-ro-ngay/",
    "scheduled": "2026/11/hen-gio/",
}
axe = Axe()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795300000")
        return build(SITE / "site_config.yml", site_dir=tmp_path_factory.mktemp("browser") / "site").site_dir


@pytest.fixture(scope="session")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795300000")
        folder = tmp_path_factory.mktemp("preview") / "site"
        return build(SITE / "site_config.yml", site_dir=folder, drafts=True).site_dir


@pytest.fixture
def base(serve: Callable[..., str], site: Path) -> str:
    return serve(site)


def check_axe(page: Page) -> None:
    found = axe.run(page).response["violations"]
    assert not found, "\n".join(
        f"{one['id']} ({one['impact']}): {one['help']}: {[node['target'] for node in one['nodes']][:4]}"
        for one in found
    )


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


VIEWS = ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"))
SCHEMES = {"light": "default", "dark": "slate"}


def check_page(page: Page, address: str, views: tuple[tuple[int, str], ...] = VIEWS) -> None:
    """No violation, nothing wider than the window, one heading of the first level."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(address)
    for width, scheme in views:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal, behind a loop
        page.wait_for_function("name => document.body.dataset.mdColorScheme === name", arg=SCHEMES[scheme])
        check_axe(page)
        assert overflow(page) == 0
    page.set_viewport_size({"width": 320, "height": 700})
    assert overflow(page) == 0
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("kind", list(KINDS))
def test_no_violation_and_no_overflow(page: Page, base: str, kind: str) -> None:
    check_page(page, base + KINDS[kind])


@pytest.mark.parametrize("kind", list(PREVIEWED))
def test_a_preview_is_as_clean(page: Page, serve: Callable[..., str], preview: Path, kind: str) -> None:
    check_page(page, serve(preview) + PREVIEWED[kind], VIEWS[::3])


def test_search_opens_finds_and_gives_the_focus_back(page: Page, base: str) -> None:
    page.goto(base + "gioi-thieu/")
    button = page.locator(".dg-mast [data-digest-search]")
    button.click()
    dialog = page.get_by_role("dialog", name="Tìm kiếm")
    assert dialog.is_visible()
    page.keyboard.type("xe buýt", delay=20)
    result = dialog.locator(".md-search-result__link").first
    result.wait_for()
    assert "Ba trăm xe buýt điện" in result.inner_text()
    check_axe(page)
    page.keyboard.press("Escape")
    page.wait_for_function("!document.getElementById('__search').checked")
    assert button.evaluate("button => button === document.activeElement")
    page.keyboard.press("/")
    page.keyboard.type("đước", delay=20)
    page.locator(".md-search-result__link", has_text="Rừng đước").first.click()
    page.wait_for_url("**/2026/10/rung-duoc/**")


def test_nothing_is_fetched_that_no_one_asked_for(page: Page, base: str) -> None:
    """Material would fetch the search index, and a sitemap beside every `link[rel=alternate]`, on each view."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(base + "chu-de/moi-truong/", wait_until="networkidle")
    assert not [
        url
        for url in loaded
        if "sitemap" in url or "search_index" in url or "lunr" in url or "workers" in url
    ]
    assert page.locator("link[rel~=alternate][type='application/atom+xml']").count() == 2
    page.keyboard.press("/")
    page.locator(".md-search-result__meta", has_text="Gõ từ cần tìm").wait_for()
    assert [url for url in loaded if url.endswith("search_index.json")]


def test_an_address_with_a_query_searches(page: Page, base: str) -> None:
    page.goto(base + "?q=bu%C3%BDt")
    page.locator(".md-search-result__link", has_text="xe buýt điện").first.wait_for()


def test_the_original_is_above_the_fold_of_a_phone(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    page.goto(base + KINDS["article"])
    box = page.get_by_role("link", name="Đọc bản gốc").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 780


FOCUS = """() => { const one = document.activeElement, style = getComputedStyle(one);
    const box = (one.type === 'radio' ? one.nextElementSibling : one).getBoundingClientRect();
    return [one.innerText?.trim() || one.getAttribute('aria-label') || one.id, box.width > 0 && box.right > 0 && box.bottom > 0,
            style.outlineStyle !== 'none' || getComputedStyle(one.nextElementSibling ?? one).outlineStyle !== 'none'] }"""


def test_the_keyboard_reaches_the_content_first(page: Page, base: str) -> None:
    page.goto(base)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Đến thẳng nội dung"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_keyboard_goes_through_the_masthead(page: Page, base: str, width: int) -> None:
    """Every stop is seen, and shows that it has the focus; then come the words of the page."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(base + KINDS["article"])
    stops = []
    for _ in range(30):
        page.keyboard.press("Tab")
        name, seen, marked = page.evaluate(FOCUS)
        assert seen, f"{name} has the focus and is not to be seen"
        assert marked, f"nothing shows that {name} has the focus"
        stops.append(name)
        if page.evaluate("document.activeElement.closest('#content') !== null"):
            break
    assert stops[0] == "Đến thẳng nội dung"
    bar = ["Kho lưu trữ", "Nguồn tin", "Nhãn", "RSS"] if width == 1280 else ["RSS"]
    assert stops[1 : 1 + len(bar)] == bar
    assert {"Tìm kiếm", "Nền theo máy", "Điểm Tin Thử", "Trang nhất", "Môi trường", "Y tế"} <= set(stops)
    assert len(stops) < 20


def test_the_focus_stays_in_the_search_dialog(page: Page, base: str) -> None:
    page.goto(base + "gioi-thieu/")
    page.keyboard.press("/")
    page.keyboard.type("buýt", delay=20)
    page.locator(".md-search-result__link").first.wait_for()
    inside = "document.activeElement.closest('[data-md-component=search]') !== null"
    for key in ("Tab", "Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab"):
        page.keyboard.press(key)
        assert page.evaluate(inside), key
    page.keyboard.press("Escape")
    assert not page.evaluate(inside)


def test_the_palette_is_kept(page: Page, base: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(base)
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(250, 247, 240)"
    page.locator("label[title='Theo máy']").click()
    page.locator("label[title='Nền sáng']").click()
    assert page.evaluate(paper) == "rgb(21, 20, 15)"
    page.goto(base + "luu-tru/")
    assert page.evaluate(paper) == "rgb(21, 20, 15)"


def test_nothing_moves_when_fonts_come_late(page: Page, base: str) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => window.shift += entry.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )

    def delay(route: Route) -> None:
        page.wait_for_timeout(250)
        route.continue_()

    page.route("**/*.woff2", delay)
    for kind, address in KINDS.items():
        page.goto(base + address, wait_until="networkidle")
        assert page.evaluate("window.shift") < 0.001, kind


def test_readable_without_javascript(browser: Browser, base: str) -> None:
    context = browser.new_context(
        java_script_enabled=False, color_scheme="dark", viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(base + KINDS["article"])
    assert page.get_by_role("heading", level=1).is_visible()
    assert not page.locator(".dg-mast [data-digest-search]").is_visible()
    assert not page.locator(".md-search__inner").is_visible()
    page.get_by_role("link", name="Dữ liệu mở").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Dữ liệu mở"
    context.close()


def test_every_page_is_whole_without_javascript(browser: Browser, base: str) -> None:
    """Nothing is hidden, no control does nothing, and one page leads to the next."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    for kind, address in KINDS.items():
        page.goto(base + address)
        assert page.locator("h1").first.is_visible(), kind
        assert page.locator(".dg-nav a").first.is_visible(), kind
        assert not page.locator(
            "button:visible, .md-search__inner:visible, .md-header__option label:visible"
        ).count(), kind
    context.close()


def test_days_are_named_by_the_reader_s_clock(page: Page, base: str) -> None:
    shown = """() => Object.fromEntries([...document.querySelectorAll('.dg-meta > time')].map(
        time => [time.getAttribute('datetime'), [time.innerText, time.title]]))"""
    page.clock.install(time="2026-11-19T23:30:00+07:00")
    page.goto(base)
    found = page.evaluate(shown)
    assert found["2026-11-19T06:10:00+07:00"] == ["hôm nay", "19/11"]
    assert found["2026-11-19"] == ["hôm nay", "19/11"]
    page.clock.set_fixed_time("2026-11-20T00:30:00+07:00")
    page.goto(base)
    found = page.evaluate(shown)
    assert found["2026-11-19T06:10:00+07:00"] == ["hôm qua", "19/11"]
    assert found["2026-11-16T10:20:00+07:00"] == ["16/11", ""]
    page.clock.set_fixed_time("2026-12-25T16:00:00+07:00")
    page.goto(base)
    assert not page.locator(".dg-meta > time[title]").count()


def test_hostile_article_runs_nothing(browser: Browser, base: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    seen: list[str] = []

    def note(dialog: Dialog) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda request: seen.extend([request.url] * (not request.url.startswith(base))))
    page.goto(base + "2026/09/thu-doc/", wait_until="networkidle")
    for link in page.get_by_text("bấm").all():
        link.click()
    for address in ("", "the/", "nguon/", "chu-de/moi-truong/"):
        page.goto(base + address)
    page.keyboard.press("/")
    page.keyboard.type("hotline", delay=20)
    page.locator(".md-search-result__link").first.wait_for()
    page.wait_for_timeout(200)
    assert seen == []
    context.close()


def test_print_has_the_article_and_no_chrome(page: Page, base: str) -> None:
    page.goto(base + KINDS["article"])
    page.emulate_media(media="print")
    for gone in (".dg-nav", ".dg-bar", ".dg-pn", ".dg-btn", ".md-search"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator("h1").is_visible()
    assert page.locator(".dg-facts").is_visible()
    assert page.locator(".dg-brand").is_visible()
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") <= 2, "a short article is no booklet"


@pytest.mark.parametrize("kind", ["home", "topic", "archive month", "tags"])
def test_lists_can_be_printed(page: Page, base: str, kind: str) -> None:
    page.goto(base + KINDS[kind])
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("h1").is_visible()
    assert not page.locator(".dg-nav").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF")
