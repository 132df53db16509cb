"""What a reader's browser loads and meets, on every kind of page, against the limits of the design.

    python bench/budget.py [ARTICLES…]

First the sample site of this checkout, then a generated site (bench/build.py) of each size named, 10,000 without
one. Each is built as `digest build` does and served over gzip as a static host does; a real Chromium opens every kind
of page with an empty cache. Of each kind it is the page with the largest HTML; of articles the median one, too.
"long" is a list with months of its own below it. 1 KB is 1,000 bytes; what is counted is bodies, over gzip.

html            of the page alone; limit 12 for an article. `+list` is by how much any other page is above that
first           all that a first view at 1280 × 900 loads; limit 190; of it css, js, fonts and other files
reqs            requests of a first view
shift           layout shift, at 1280 and 390 (the worse), while fonts come 400 ms late; limit 0.001
axe             violations, light and dark at 1280 and 390
dark            whether a reader whose system is dark gets a dark page
320             pixels by which the page is wider than a window of 320
foreign         requests to another host
cookies, errors cookies that are set; errors on the console, uncaught exceptions, failed requests
search          what search has loaded before it is used (addresses with search, lunr or pagefind in them); limit 10

The last line of a table says what search loads once it is used on the front page. What is over comes with its
reasons. Exit code 1 if anything is.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from _host import FLAGS, Host, Sent, find_chromium, find_kinds, serving
from axe_playwright_python.sync_playwright import Axe
from build import ROOT, configuration, write_articles
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import sync_playwright

from generator.plugin import build, load_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from generator.settings.digest import Paths

NOW = "1830297600"
"""`SOURCE_DATE_EPOCH` of every build: 2028, when all that is written here is out."""
HTML, FIRST, SEARCH, SHIFT = 12.0, 190.0, 10.0, 0.001
FONT_DELAY, QUIET = 0.4, 0.6
"""Seconds."""
axe = Axe()
SCHEMES = ("light", "dark")
WIDTHS = (1280, 390)
_OBSERVE = """
    window.digestShift = {value: 0, nodes: []};
    const name = node => node && node.nodeType === 1 ? node.localName + [...node.classList].map(c => '.' + c).join('')
        : node ? name(node.parentNode) : 'gone';
    const box = rect => [rect.x, rect.y, rect.width, rect.height].map(Math.round).join(' ');
    new PerformanceObserver(list => {
        for (const one of list.getEntries()) {
            window.digestShift.value += one.value;
            window.digestShift.nodes.push(...one.sources.map(source =>
                `${name(source.node)} ${box(source.previousRect)} → ${box(source.currentRect)}`));
        }
    }).observe({type: 'layout-shift', buffered: true});
"""
_IS_DARK = """() => {
    for (const one of [document.body, document.documentElement]) {
        const [r, g, b, a = 1] = getComputedStyle(one).backgroundColor.match(/[\\d.]+/g).map(Number);
        if (a) return r + g + b < 3 * 128;
    }
    return false;
}"""
_SEARCH = re.compile(r"search|lunr|pagefind", re.IGNORECASE)


@dataclass(slots=True)
class View:
    """What one page was found to be."""

    kind: str
    address: str
    html: int = 0
    by_type: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    search: int = 0
    shift: float = 0.0
    axe: int = 0
    dark: bool = False
    overflow: int = 0
    foreign: set[str] = field(default_factory=set)
    cookies: set[str] = field(default_factory=set)
    errors: set[str] = field(default_factory=set)
    files: list[Sent] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Reasons, for a person."""

    @property
    def first(self) -> int:
        return sum(self.by_type.values())

    def over(self) -> list[str]:
        found = {
            "html": self.kind.startswith("article") and self.html > HTML * 1000,
            "first": self.first > FIRST * 1000,
            "shift": self.shift >= SHIFT,
            "axe": self.axe > 0,
            "dark": not self.dark,
            "320": self.overflow > 0,
            "foreign": bool(self.foreign),
            "cookies": bool(self.cookies),
            "errors": bool(self.errors),
            "search": self.search > SEARCH * 1000,
        }
        return [name for name, is_over in found.items() if is_over]


def type_of(path: str) -> str:
    suffix = Path(urlsplit(path).path).suffix
    return {".css": "css", ".js": "js", ".mjs": "js", ".woff2": "fonts", ".woff": "fonts"}.get(
        suffix, "other"
    )


def is_search(path: str) -> bool:
    return _SEARCH.search(urlsplit(path).path) is not None


@contextmanager
def open_page(browser: Browser, view: View, width: int = 1280) -> Iterator[Page]:
    """A page with an empty cache that notes what has no place on a digest's site."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 900}, locale="vi-VN", reduced_motion="reduce"
    )
    page = context.new_page()

    def note_request(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
            view.foreign.add(url)

    def note_console(kind: str, text: str, url: str) -> None:
        own_404 = view.kind == "404" and text.startswith("Failed to load") and url.endswith(view.address)
        if kind == "error" and not own_404:
            view.errors.add(f"{text} ({urlsplit(url).path})")

    page.on("request", lambda request: note_request(request.url))
    page.on("requestfailed", lambda request: view.errors.add(f"{request.failure}: {request.url}"))
    page.on("console", lambda message: note_console(message.type, message.text, message.location["url"]))
    page.on("pageerror", lambda error: view.errors.add(str(error)))
    try:
        yield page
        view.cookies |= {str(cookie.get("name")) for cookie in context.cookies()}
    finally:
        context.close()


def settle(page: Page, host: Host, quiet: float = QUIET) -> None:
    """Wait until the network is idle and nothing more was asked of the host for a while."""
    page.wait_for_load_state("networkidle")
    asked, since = host.asked, time.monotonic()
    while time.monotonic() - since < quiet:
        page.wait_for_timeout(50)
        if host.asked != asked or host.answered != host.asked:
            asked, since = host.asked, time.monotonic()


def look_at(browser: Browser, host: Host, kind: str, address: str) -> View:
    view = View(kind, address)
    with open_page(browser, view) as page:
        host.log.clear()
        page.goto(host.url + address)
        settle(page, host)
        view.files = list(host.log)
        own = urlsplit(host.url + address).path
        view.html = next((one.size for one in view.files if one.path == own), 0)
        view.requests = len(view.files)
        view.search = sum(one.size for one in view.files if is_search(one.path) and one.path != own)
        for one in view.files:
            name = "html" if one.path == own else type_of(one.path)
            view.by_type[name] = view.by_type.get(name, 0) + one.size
        for scheme in SCHEMES:
            page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.reload()
            try:
                page.wait_for_function(f"({_IS_DARK})() === {str(scheme == 'dark').lower()}", timeout=3000)
                view.dark = True
            except PlaywrightTimeout:
                view.dark = False
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                for fault in axe.run(page).response["violations"]:
                    view.axe += 1
                    targets = ", ".join(str(node["target"]) for node in fault["nodes"][:3])
                    view.told.append(f"axe {scheme} {width}: {fault['id']}: {fault['help']}: {targets}")
        page.set_viewport_size({"width": 320, "height": 700})
        view.overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    host.font_delay = FONT_DELAY
    for width in WIDTHS:
        with open_page(browser, view, width) as page:
            page.add_init_script(_OBSERVE)
            page.goto(host.url + address)
            settle(page, host)
            shift = page.evaluate("window.digestShift")
            view.shift = max(view.shift, shift["value"])
            if shift["value"] >= SHIFT:
                view.told.append(f"shift {shift['value']:.4f} at {width}: {'; '.join(shift['nodes'][:3])}")
    host.font_delay = 0.0
    return view


def use_search(browser: Browser, host: Host, paths: Paths) -> list[Sent]:
    """What is loaded once a reader searches from the front page."""
    with open_page(browser, View("front", "")) as page:
        page.goto(host.url)
        settle(page, host)
        host.log.clear()
        page.keyboard.press("/")
        page.wait_for_timeout(300)
        page.keyboard.type("nước", delay=30)
        settle(page, host, 3)
        if not host.log:  # no dialog: the search page itself
            page.goto(f"{host.url}{paths.search}/?q=n%C6%B0%E1%BB%9Bc")
            settle(page, host, 3)
        return list(host.log)


# ------------------------------------------------------------------------------------------- printing

_COLUMNS = ("html", "+list", "first", "css", "js", "fonts", "other", "reqs", "shift", "axe", "dark", "320")
_COLUMNS += ("foreign", "cookies", "errors", "search")


def kb(size: int) -> str:
    return f"{size / 1000:.1f}"


def row_of(view: View) -> str:
    above = max(0, view.html - int(HTML * 1000)) if not view.kind.startswith("article") else 0
    cells = {
        "html": kb(view.html),
        "+list": f"+{kb(above)}" if above else "",
        "first": kb(view.first),
        **{name: kb(view.by_type.get(name, 0)) for name in ("css", "js", "fonts", "other")},
        "reqs": str(view.requests),
        "shift": f"{view.shift:.4f}",
        "axe": str(view.axe),
        "dark": "yes" if view.dark else "no",
        "320": str(view.overflow),
        "foreign": str(len(view.foreign)),
        "cookies": str(len(view.cookies)),
        "errors": str(len(view.errors)),
        "search": kb(view.search),
    }
    over = view.over()
    verdict = f"OVER ({', '.join(over)})" if over else "ok"
    return (
        f"{view.kind:<17}" + "".join(f"{cells[name]:>{_width(name)}}" for name in _COLUMNS) + f"  {verdict}"
    )


def _width(column: str) -> int:
    return max(len(column), 6) + 1


def reasons(view: View) -> Iterator[str]:
    over = view.over()
    if "html" in over or "first" in over:
        largest = sorted(view.files, key=lambda one: (-one.size, one.path))
        yield "largest files: " + ", ".join(f"{one.path} {kb(one.size)}" for one in largest[:6])
    if "search" in over:
        yield "search: " + ", ".join(
            f"{one.path} {kb(one.size)}" for one in view.files if is_search(one.path)
        )
    yield from view.told
    yield from (f"request to another host: {url}" for url in sorted(view.foreign))
    yield from (f"cookie: {name}" for name in sorted(view.cookies))
    yield from (f"console: {text}" for text in sorted(view.errors))


def measure_site(browser: Browser, host: Host, title: str, paths: Paths) -> bool:
    """Prints a site's table; whether all of it is within the limits."""
    print(f"\n{title}", flush=True)
    print(f"{'page':<17}" + "".join(f"{name:>{_width(name)}}" for name in _COLUMNS))
    views: list[View] = []
    for kind, address in find_kinds(host.site, paths).items():
        views.append(look_at(browser, host, kind, address))
        print(row_of(views[-1]), flush=True)
    used = [one for one in use_search(browser, host, paths) if is_search(one.path)]
    told = ", ".join(f"{urlsplit(one.path).path} {kb(one.size)}" for one in used[:6]) or "nothing was loaded"
    print(f"search, once it is used on the front page: {kb(sum(one.size for one in used))} KB ({told})")
    print("pages: " + ", ".join(f"{view.kind} /{view.address}" for view in views))
    told_of: dict[str, list[str]] = {}
    for view in views:
        for line in reasons(view):
            told_of.setdefault(line, []).append(view.kind)
    for line, kinds in told_of.items():
        print(f"  {'all pages' if len(kinds) == len(views) > 1 else ', '.join(kinds)}: {line}")
    return not any(view.over() for view in views)


def build_generated(folder: Path, count: int) -> Path:
    """The configuration file of a generated site."""
    write_articles(folder / "pages", count)
    config = folder / "site_config.yml"
    config.write_text(configuration(ours=True), encoding="utf-8")
    return config


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="*", default=[10_000])
    options = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = NOW
    fine = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        for count in (0, *options.articles):
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                config = build_generated(folder, count) if count else ROOT / "site_config.yml"
                report = build(config, site_dir=folder / "site")
                title = "generated site" if count else "sample site"
                title += (
                    f", {report.articles:,} articles, {report.pages:,} pages, {report.seconds:.0f} s to build"
                )
                with serving(folder / "site") as host:
                    fine = measure_site(browser, host, title, load_settings(config).paths) and fine
        browser.close()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
