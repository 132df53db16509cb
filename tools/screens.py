"""Takes pictures of every kind of page of a built site, as readers see it: wide and narrow, light and dark.

    tools/screens.py SITE OUT                       every kind, 1280 and 390 pixels wide, light and dark, whole pages
    tools/screens.py SITE OUT --kinds home,article  only these
    tools/screens.py SITE OUT --readme              the two pictures that README shows, small, into OUT

The folder is served as a static host serves it, with its 404 page. A kind is what a page's `dg-page--…` says, the name
of its template in `theme/kinds/`; `pictures` is an article that has some. Each kind's page is the first one met when
links are followed from the front page, whatever a site calls its folders, so that a new kind needs no line here.
"""

from __future__ import annotations

import argparse
import re
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import browser, png

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]
KIND = re.compile(r"(?:^|\s)dg-page--(\S+)")
LOST = "/no-such-page/"
MOST_PAGES = 2_000
"""How many pages are looked at for a kind that may not be there."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: of which kind of page, in which window, and whether the whole page or only what the window shows."""

    kind: str
    width: int
    height: int
    scheme: Scheme
    whole: bool = True
    scale: int = 1
    colours: int = 0
    """At most so many, to be small; 0: as it is."""

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.width}-{self.scheme}.png"


WINDOWS = ((1280, 900), (390, 844))
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
README = {
    "front-1280-light.png": Shot("home", 1280, 1180, "light", whole=False, colours=48),
    "article-390-light.png": Shot("article", 390, 844, "light", whole=False, scale=2, colours=48),
}


class _Handler(SimpleHTTPRequestHandler):
    """A static host: an unknown address gets the site's 404 page."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it)
        """Nothing: a page that asks for what is not there looks wrong in its picture."""


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The site's address on this machine, inside the `with`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def find_kinds(site: Path, wanted: set[str]) -> dict[str, str]:
    """Kind → address of its first page, in the order of meeting; ends early where all that is `wanted` was met."""
    found: dict[str, str] = {}
    waiting = deque(["/"])
    met = {"/"}
    for _ in range(MOST_PAGES):
        if not waiting or (wanted and wanted <= found.keys()):
            break
        address = waiting.popleft()
        path = site / unquote(address).strip("/") / "index.html"
        if not path.is_file():
            continue
        page = lxml.html.document_fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
        for kind in kinds_of(page):
            found.setdefault(kind, address)
        for link in links_of(page, address):
            if link not in met:
                met.add(link)
                waiting.append(link)
    if (site / "404.html").is_file():
        found["404"] = LOST
    return found


def kinds_of(page: lxml.html.HtmlElement) -> Iterator[str]:
    """What a page may stand for; nothing for one that only leads elsewhere."""
    for names in page.xpath("//*[contains(@class, 'dg-page--')]/@class"):
        if said := KIND.search(str(names)):
            yield said[1]
            if said[1] == "article" and page.xpath("//main//img"):
                yield "pictures"


def links_of(page: lxml.html.HtmlElement, address: str) -> Iterator[str]:
    """The site's own pages to which a page links, those of its text before those of its frame."""
    for part in ("//main//a/@href", "//a/@href"):
        for href in page.xpath(part):
            to = urlsplit(urljoin(f"http://site{address}", str(href)))
            if to.netloc == "site" and to.path.endswith("/"):
                yield to.path


def window(chromium: Browser, shot: Shot, host: str) -> Page:
    """A window for pictures of this form. It has the theme's fonts, as a reader's second page has: they are `optional`."""
    context = chromium.new_context(
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=shot.scale,
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        locale="vi-VN",
    )
    page = context.new_page()
    page.goto(host, wait_until="networkidle")
    return page


def take(page: Page, shot: Shot, url: str) -> bytes:
    """The picture of a page at rest."""
    page.goto(url)
    page.evaluate("() => document.fonts.ready")
    body = page.screenshot(full_page=shot.whole, animations="disabled")
    return png.small(body, shot.colours) if shot.colours else body


def plan(kinds: list[str], *, readme: bool) -> dict[str, Shot]:
    """File name → picture to take."""
    if readme:
        return README
    shots = [
        Shot(kind, width, height, scheme) for kind in kinds for width, height in WINDOWS for scheme in SCHEMES
    ]
    return {shot.name: shot for shot in shots}


def main() -> int:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", type=Path, metavar="SITE", help="a built site's folder")
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder of the pictures")
    parser.add_argument("--kinds", default="", help="only these, with commas between them")
    parser.add_argument("--readme", action="store_true", help="only the pictures in README")
    asked = parser.parse_args()
    if not (asked.site / "index.html").is_file():
        parser.error(f"{asked.site}: no index.html there; build the site first (make site)")
    found = browser.find()
    if found is None:
        print(browser.ADVICE, file=sys.stderr)
        return 1

    wanted = [kind for kind in asked.kinds.split(",") if kind]
    if asked.readme:
        wanted = [shot.kind for shot in README.values()]
    addresses = find_kinds(asked.site, set(wanted))
    if missing := [kind for kind in wanted if kind not in addresses]:
        parser.error(f"{', '.join(missing)}: no such page in {asked.site}; there are {', '.join(addresses)}")
    asked.out.mkdir(parents=True, exist_ok=True)
    with serving(asked.site) as host, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        windows: dict[tuple[int, Scheme], Page] = {}
        for name, shot in plan(wanted or list(addresses), readme=asked.readme).items():
            form = (shot.width, shot.scheme)
            if form not in windows:
                windows[form] = window(chromium, shot, host)
            body = take(windows[form], shot, host + addresses[shot.kind])
            (asked.out / name).write_bytes(body)
            print(f"{name:32}{len(body):10,} bytes  {addresses[shot.kind]}")
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
