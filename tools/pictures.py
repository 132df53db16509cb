"""Draws the theme's pictures (icons, the picture of a shared link), and a site's own one with its name.

    tools/pictures.py                          theme/assets/images/: icons, favicon.ico, share.png
    tools/pictures.py --site site_config.yml   assets/images/share.png of that site, with its name and motto

What is drawn stands in `tools/pictures/` as HTML around the theme's own mark and fonts; Chromium draws it. A site's own
`assets/images/share.png`, in its folder of pages, takes the place of the theme's.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import browser, png

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).resolve().parent
DRAWINGS = HERE / "pictures"
IMAGES = HERE.parent / "theme/assets/images"
MOST_BYTES = 40_000


@dataclass(frozen=True, slots=True)
class Picture:
    """One file of the theme: which drawing, how large, and the drawing's variant (a class of its body)."""

    to: str
    drawing: str
    width: int
    height: int
    variant: str = ""
    colours: int = 64


PICTURES = (
    Picture("icon-192.png", "icon.html", 192, 192),
    Picture("icon-512.png", "icon.html", 512, 512),
    Picture("icon-maskable-512.png", "icon.html", 512, 512, "masked"),
    Picture("apple-touch-icon.png", "icon.html", 180, 180, "square"),
    Picture("share.png", "share.html", 1200, 630, "nameless"),
)
FAVICONS = (Picture("", "icon.html", 32, 32), Picture("", "icon.html", 48, 48))
NAMED = Picture("share.png", "share.html", 1200, 630)


def draw(chromium: Browser, picture: Picture, words: tuple[str, str] | None = None) -> bytes:
    """The picture as a small PNG; `words` are a site's name and motto."""
    page = chromium.new_page(viewport={"width": picture.width, "height": picture.height})
    page.goto((DRAWINGS / picture.drawing).as_uri())
    if picture.variant:
        page.evaluate("variant => { document.body.className = variant }", picture.variant)
    if words is not None:
        page.evaluate("([name, motto]) => say(name, motto)", list(words))
    page.evaluate("() => document.fonts.ready")
    shot = page.screenshot(omit_background=True)
    page.close()
    return png.small(shot, picture.colours)


class _Settings(yaml.SafeLoader):
    """Reads settings whose other keys may carry MkDocs' own YAML tags (`!ENV`), which mean nothing here."""


_Settings.add_multi_constructor("!", lambda *_: None)
_Settings.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)


def site(settings: Path) -> tuple[tuple[str, str], Path]:
    """((name, motto), folder of pages) of a site."""
    read: Any = yaml.load(settings.read_text("utf-8"), _Settings)  # noqa: S506 (a SafeLoader)
    words = (str(read["site_name"]), str(read.get("site_description") or "").strip())
    return words, settings.parent / str(read.get("docs_dir", "docs"))


def keep(path: Path, body: bytes) -> bool:
    """Writes the picture and says how large it is; whether it is small enough."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    print(f"{path.name:24}{len(body):8,} bytes  {path}")
    return len(body) <= MOST_BYTES


def main() -> int:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--site", type=Path, metavar="SETTINGS", help="draw this site's own share.png instead"
    )
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="write there instead")
    asked = parser.parse_args()
    found = browser.find()
    if found is None:
        print(browser.ADVICE, file=sys.stderr)
        return 1

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        if asked.site is not None:
            words, pages = site(asked.site)
            made = {(asked.to or pages / "assets/images") / NAMED.to: draw(chromium, NAMED, words)}
        else:
            folder = asked.to or IMAGES
            made = {folder / picture.to: draw(chromium, picture) for picture in PICTURES}
            made[folder / "favicon.ico"] = png.icon([draw(chromium, picture) for picture in FAVICONS])
        chromium.close()
    small = [keep(path, body) for path, body in made.items()]
    if not all(small):
        print(f"a picture has more than {MOST_BYTES:,} bytes: draw it with fewer colours", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
