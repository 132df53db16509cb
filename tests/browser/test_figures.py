"""Pictures as readers meet them: whole, in their place, with their words, and nothing moves when they come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has no stubs

from generator.images import read_image
from generator.plugin import build
from tests.drawing import JPEG, WEBP, make_png, with_metadata

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = {"1": ("jpg", with_metadata(JPEG, 6)), "2": ("png", make_png(900, 500)), "3": ("webp", WEBP)}
"""The first lies on its side, as a telephone takes it."""
SHIFTS = """() => { window.moved = 0; new PerformanceObserver(list => { for (const one of list.getEntries())
    if (!one.hadRecentInput) window.moved += one.value }).observe({type: 'layout-shift', buffered: true}) }"""
LOOK = """() => [...document.querySelectorAll('.dg-prose figure img')].map(image => ({whole: image.complete && image.naturalWidth > 0,
    asked: image.getAttribute('width') / image.getAttribute('height'), shown: image.clientWidth / image.clientHeight,
    natural: image.naturalWidth / image.naturalHeight, alt: image.alt, right: image.getBoundingClientRect().right,
    caption: image.parentElement.querySelector('figcaption')?.innerText ?? ''}))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    images, page = folder / "content/pages/assets/images", folder / "content/pages/articles/2026/11/cau.md"
    images.mkdir(parents=True)
    page.parent.mkdir(parents=True)
    (folder / "content/pages/index.md").write_text("", "utf-8")
    parts = []
    for digit, (suffix, data) in PICTURES.items():
        (images / f"{digit * 20}.{suffix}").write_bytes(read_image(data).data)
        parts.append(
            f"![Bức {digit}](/content/pages/assets/images/{digit * 20}.{suffix})\n*Chú thích {digit}.* (Lò Sao)"
        )
    text = "\n\n".join(f"{part}\n\n{'Một đoạn văn đứng giữa hai bức tranh. ' * 20}" for part in parts)
    page.write_text(
        '---\ntitle: "Cầu"\ndate: "2026-11-05"\nsource: dai-vi-du\ntopic: do-thi\n---\n\n' + text + "\n",
        "utf-8",
    )
    config = (
        (ROOT / "tests/site/site_config.yml").read_text("utf-8").replace("../../theme", str(ROOT / "theme"))
    )
    (folder / "site_config.yml").write_text(config.replace("  - Giới thiệu: gioi-thieu.md\n", ""), "utf-8")
    return build(folder / "site_config.yml", site_dir=folder / "site").site_dir


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pictures_stand_still_and_whole(
    page: Page, serve: Callable[..., str], site: Path, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.add_init_script(f"({SHIFTS})()")
    page.goto(f"{serve(site, prefix='/duoi/')}2026/11/cau/")
    for image in page.locator(".dg-prose figure img").all():
        image.scroll_into_view_if_needed()
    page.wait_for_function("() => [...document.images].every(image => image.complete)")
    looks = page.evaluate(LOOK)
    assert [look["alt"] for look in looks] == ["Bức 1", "Bức 2", "Bức 3"]
    assert [look["caption"] for look in looks] == [f"Chú thích {digit}. Ảnh: Lò Sao" for digit in PICTURES]
    for look in looks:
        assert look["whole"]
        assert look["right"] <= width
        assert look["asked"] == pytest.approx(look["natural"], rel=0.01)
        assert look["shown"] == pytest.approx(look["natural"], rel=0.02)
    assert looks[0]["natural"] < 1, "a picture taken upright stands upright"
    assert page.evaluate("window.moved") < 0.01
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    violations = Axe().run(page).response["violations"]
    assert not violations, [one["id"] for one in violations]
