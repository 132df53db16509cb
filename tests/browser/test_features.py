"""What Material offers to editors and readers, through the gate and under the policy, with everything switched on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from generator.plugin import build
from tests.browser.test_reading import check_axe, overflow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SITE = Path(__file__).resolve().parent.parent / "site"
PAGE = """# Thử mọi thứ

!!! note "Ghi chú"
    Một lời trong khung.

??? tip "Mở ra"
    Một lời được giấu.

Một câu có chú thích.[^1]

| Cột trái | Giữa | Phải |
| :--- | :---: | ---: |
| một | hai | 3 |

=== "Bản ngắn"
    Chữ của bản ngắn.

=== "Bản dài"
    Chữ của bản dài.

```python
print("đo")
```

- [x] xong
- [ ] chưa

==đánh dấu== và ~~bỏ đi~~.

[^1]: Lời chú thích ở cuối.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("features")
    values = yaml.safe_load((SITE / "site_config.yml").read_text("utf-8"))
    docs = folder / "content/pages"
    for path in (SITE / "content/pages").rglob("*.md"):
        target = docs / path.relative_to(SITE / "content/pages")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    (docs / "thu.md").write_text(PAGE, "utf-8")
    values["docs_dir"] = str(docs)
    values["theme"]["custom_dir"] = str((SITE / "../../theme").resolve())
    values["theme"]["features"] = [
        *(
            "navigation.instant",
            "navigation.instant.progress",
            "navigation.instant.prefetch",
            "navigation.top",
        ),
        *("content.tabs.link", "content.code.copy", "content.tooltips", "content.footnote.tooltips"),
        *("search.suggest", "search.highlight", "search.share"),
    ]
    values["nav"].append({"Thử": "thu.md"})
    values["markdown_extensions"] += [
        *("pymdownx.tilde", "pymdownx.mark", {"pymdownx.tabbed": {"alternate_style": True}}),
        *({"pymdownx.tasklist": {"custom_checkbox": True}}, "pymdownx.highlight"),
    ]
    config = folder / "site_config.yml"
    config.write_text(yaml.safe_dump(values, allow_unicode=True), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795300000")
        return build(config, site_dir=folder / "site").site_dir


@pytest.fixture(params=[False, True], ids=["meta", "headers"])
def base(serve: Callable[..., str], site: Path, request: pytest.FixtureRequest) -> str:
    return serve(site, prefix="/duoi/", headers=bool(request.param))


@pytest.fixture
def trial(page: Page, base: str) -> Page:
    page.goto(base + "thu/", wait_until="networkidle")
    return page


def test_admonitions_and_details(trial: Page) -> None:
    assert trial.locator(".admonition.note .admonition-title").inner_text() == "Ghi chú"
    hidden = trial.get_by_text("Một lời được giấu.")
    assert not hidden.is_visible()
    trial.get_by_text("Mở ra").click()
    assert hidden.is_visible()


def test_footnotes_lead_there_and_back(trial: Page) -> None:
    trial.locator("a.footnote-ref").click()
    assert trial.url.endswith("#fn:1")
    back = trial.locator("#content a.footnote-backref")
    assert back.get_attribute("title") == "Trở lại chỗ có chú thích 1"
    back.click()
    assert trial.url.endswith("#fnref:1")


def test_tables_keep_their_alignment(trial: Page) -> None:
    aligned = "cells => cells.map(cell => getComputedStyle(cell).textAlign.replace('-webkit-', ''))"
    assert trial.locator(".dg-prose tbody td").evaluate_all(aligned) == ["left", "center", "right"]


def test_content_tabs_change_by_pointer_and_by_key(trial: Page) -> None:
    short, long = trial.get_by_text("Chữ của bản ngắn."), trial.get_by_text("Chữ của bản dài.")
    assert short.is_visible()
    assert not long.is_visible()
    trial.locator(".tabbed-labels label", has_text="Bản dài").click()
    assert long.is_visible()
    trial.locator(".tabbed-set > input").nth(1).focus()
    trial.keyboard.press("ArrowLeft")
    assert short.is_visible()


def test_marks_lists_and_code(trial: Page) -> None:
    assert trial.locator(".dg-prose mark").inner_text() == "đánh dấu"
    assert trial.locator(".dg-prose del").inner_text() == "bỏ đi"
    assert trial.locator(".task-list-item input").evaluate_all("all => all.map(one => one.checked)") == [
        True,
        False,
    ]
    assert trial.locator(".highlight .nb").inner_text() == "print"
    trial.locator(".highlight").hover()
    assert trial.locator(".highlight button").first.get_attribute("title")


def test_the_page_is_accessible(trial: Page) -> None:
    for width, scheme in ((1280, "light"), (390, "dark")):
        trial.set_viewport_size({"width": width, "height": 900})
        trial.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # a literal, behind a loop
        trial.wait_for_timeout(300)
        check_axe(trial)
        assert overflow(trial) == 0


def test_instant_navigation(page: Page, base: str, site: Path) -> None:
    """Pages change without loading anew; the masthead says where the reader is, and its links go on leading there."""
    sitemap = (site / "sitemap.xml").read_text("utf-8").replace("https://thu.example/", base)
    page.route("**/sitemap.xml", lambda route: route.fulfill(body=sitemap, content_type="application/xml"))
    page.goto(base + "chu-de/", wait_until="networkidle")
    page.evaluate("window.kept = true")
    page.locator(".dg-term h2 a", has_text="Môi trường").click()
    page.wait_for_url("**/chu-de/moi-truong/")
    page.locator("h1", has_text="Môi trường").wait_for()
    assert page.evaluate("window.kept")
    assert page.locator(".dg-nav [aria-current=page]").inner_text() == "Môi trường"
    assert page.title() == "Môi trường – Chuyên mục – Điểm Tin Thử"
    page.locator(".dg-story .dg-hd a").first.click()
    page.locator(".dg-art").wait_for()
    assert page.evaluate("window.kept")
    assert page.locator(".dg-nav [aria-current=true]").inner_text() == "Môi trường"
    page.locator(".dg-bar__links a", has_text="Kho lưu trữ").click()
    page.wait_for_url("**/duoi/luu-tru/")
    page.locator("h1", has_text="Kho lưu trữ").wait_for()
    assert page.evaluate("window.kept")
    assert page.locator(".dg-bar__links [aria-current=page]").inner_text() == "Kho lưu trữ"
    page.locator(".dg-brand a").click()
    page.locator(".dg-front").wait_for()
    assert page.locator(".dg-bar__day time").is_visible()
    assert page.locator(".dg-brand--front").is_visible()
    page.go_back()
    page.locator("h1", has_text="Kho lưu trữ").wait_for()
    assert page.evaluate("window.kept")
    page.wait_for_timeout(500)
    page.keyboard.press("/")
    page.keyboard.type("xe buýt", delay=20)
    page.locator(".md-search-result__link", has_text="xe buýt điện").first.click()
    page.wait_for_url("**/2026/11/buyt-dien/**")
    assert page.evaluate("window.kept")
    page.wait_for_load_state("networkidle")  # nothing is cut off in the middle, which the console would tell


def test_the_palette_goes_round_and_is_kept(page: Page, base: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(base)
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(21, 20, 15)"
    page.locator("label[title='Theo máy']").click()
    assert page.evaluate(paper) == "rgb(250, 247, 240)"
    page.goto(base + "the/")
    assert page.evaluate(paper) == "rgb(250, 247, 240)"


@pytest.mark.parametrize("headers", [False, True])
def test_the_policy_stops_what_the_gate_would_have_let_through(
    browser: Browser, serve: Callable[..., str], site: Path, tmp_path: Path, headers: bool
) -> None:
    """The second wall, tried without the first: scripts, handlers, styles and foreign files put into a finished page."""
    page_file = site / "gioi-thieu/index.html"
    whole = page_file.read_text("utf-8")
    evil = (
        "<script>window.ran = 'inline'</script><img src=x onerror=\"window.ran = 'handler'\">"
        '<a id=evil href="javascript:window.ran = \'link\'">bấm</a><p id=styled style="color: rgb(1, 2, 3)">x</p>'
        '<script src="http://127.0.0.1:9/evil.js"></script><iframe srcdoc="<script>parent.ran = 1</script>"></iframe>'
        '<base href="http://127.0.0.1:9/"><form id=form action="http://127.0.0.1:9/"></form>'
    )
    if headers:
        whole = whole.replace('<meta http-equiv="Content-Security-Policy"', '<meta name="policy"')
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "_headers").write_text((site / "_headers").read_text("utf-8"), "utf-8")
    (folder / "index.html").write_text(
        whole.replace('id="content" tabindex="-1">', f'id="content" tabindex="-1">{evil}'), "utf-8"
    )
    opened = browser.new_context().new_page()
    asked: list[str] = []
    opened.on("requestfinished", lambda request: asked.append(request.url))
    opened.on("requestfailed", lambda request: asked.append(f"{request.url} {request.failure}"))
    opened.goto(serve(folder, headers=headers))
    opened.locator("#evil").click()
    opened.evaluate("document.getElementById('form').submit()")
    opened.wait_for_timeout(300)
    assert opened.evaluate("window.ran") is None
    assert opened.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(1, 2, 3)"
    assert {url for url in asked if ":9/" in url} <= {"http://127.0.0.1:9/evil.js csp"}
    opened.context.close()
