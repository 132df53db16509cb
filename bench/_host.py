"""A static host for the benches: gzip, 404.html, the site's own headers; and where its kinds of pages stand."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from build import ROOT

if TYPE_CHECKING:
    from generator.settings.digest import Paths

FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# ------------------------------------------------------------------------------------------- the host

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
}
PACKED = (".woff2", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gz")
"""Files that gzip makes no smaller; a host sends them as they are."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer of the host."""

    path: str
    size: int
    """Of the body, as it went over the line."""


class Host(ThreadingHTTPServer):
    """Serves a folder as a static host does, and keeps a log."""

    daemon_threads = True

    def __init__(self, site: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site
        self.log: list[Sent] = []
        self.counting = threading.Lock()
        self.asked = self.answered = 0
        self.font_delay = 0.0
        self.headers: dict[str, str] = {}
        """Added to every answer."""
        self.cache: dict[str, str] = {}
        """`Cache-Control`, by the beginning of the type."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a browser that closes may go away in the middle of an answer."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def do_GET(self) -> None:
        with self.server.counting:
            self.server.asked += 1
        try:
            self.find()
        finally:
            with self.server.counting:
                self.server.answered += 1

    def find(self) -> None:
        path = unquote(urlsplit(self.path).path)
        place = self.server.site / path.lstrip("/")
        if not place.resolve().is_relative_to(self.server.site.resolve()):
            place = self.server.site / "no such file"
        if place.is_dir() and not path.endswith("/"):
            self.answer(301, b"", "text/html", Location=f"{path}/")
            return
        if place.is_dir():
            place /= "index.html"
        status = 200
        if not place.is_file():
            status, place = 404, self.server.site / "404.html"
        kind = TYPES.get(place.suffix, "application/octet-stream")
        if place.suffix == ".woff2":
            time.sleep(self.server.font_delay)
        body = place.read_bytes()
        if place.suffix in PACKED or "gzip" not in self.headers.get("Accept-Encoding", ""):
            self.answer(status, body, kind)
        else:
            self.answer(status, gzip.compress(body, 6), kind, Content_Encoding="gzip", Vary="Accept-Encoding")

    do_HEAD = do_GET  # noqa: N815 (the base class names it)

    def answer(self, status: int, body: bytes, kind: str, **more: str) -> None:
        self.server.log.append(Sent(self.path, len(body)))
        values = {"Content-Type": kind, "Content-Length": str(len(body))}
        for start, policy in self.server.cache.items():
            if kind.startswith(start):
                values["Cache-Control"] = policy
        values |= self.server.headers
        values |= {name.replace("_", "-"): value for name, value in more.items()}
        self.send_response(status)
        for name, value in values.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it)
        """Nothing: the log is a list."""


@contextmanager
def serving(site: Path) -> Iterator[Host]:
    """A host that is there inside the `with`; the folder may be filled later."""
    host = Host(site)
    thread = threading.Thread(target=host.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()
        thread.join()


def find_chromium() -> str:
    found = subprocess.run(
        [sys.executable, ROOT / "tools/browser.py"], capture_output=True, text=True, check=False
    )
    if found.returncode:
        raise SystemExit(found.stderr.strip())
    return found.stdout.strip()


# ------------------------------------------------------------------------------------ kinds of pages


def kind_of(address: str, paths: Paths) -> str:
    """Of an address without the leading slash."""
    if not address:
        return "front"
    first, *rest = address.rstrip("/").split("/")
    if re.fullmatch(r"\d{4}/\d{2}/.+/", address):
        return "article"
    one = {paths.topics: "topic", paths.tags: "tag", paths.sources: "source", paths.stories: "story"}
    if first in one:
        name = one[first]
        plural = f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
        return (plural, name, f"{name} year", f"{name} month")[min(len(rest), 3)]
    if first == paths.archive:
        return ("archive", "year", "month", "day")[min(len(rest), 3)]
    if first == paths.editions:
        return "edition" if rest else "editions"
    return {paths.corrections: "corrections", paths.search: "search page"}.get(first, "page")


def find_kinds(site: Path, paths: Paths) -> dict[str, str]:
    """An address of every kind of page: the one with the largest HTML over gzip, redirects aside."""
    sizes: dict[str, int] = {}
    for path in site.rglob("index.html"):
        html = path.read_bytes()
        if b"http-equiv" in html and re.search(rb'http-equiv="?refresh', html):
            continue
        folder = path.relative_to(site).parent.as_posix()
        sizes["" if folder == "." else f"{folder}/"] = len(gzip.compress(html, 6))
    with_months = {
        address.rsplit("/", 3)[0] + "/" for address in sizes if re.search(r"/\d{4}/\d{2}/$", address)
    }
    by_kind: dict[str, list[tuple[int, str]]] = {}
    for address, size in sizes.items():
        kind = kind_of(address, paths)
        if kind in {"topic", "tag", "source"} and address in with_months:
            kind += ", long"
        by_kind.setdefault(kind, []).append((size, address))
    found = {kind: max(pages)[1] for kind, pages in by_kind.items()}
    articles = sorted(by_kind.get("article", []))
    if articles:
        found["article"] = articles[len(articles) // 2][1]
        found["article, largest"] = articles[-1][1]
    found["404"] = "khong/co/trang/nay/"
    order = (
        "front",
        "article",
        "article, largest",
        "topics",
        "topic",
        "topic, long",
        "topic year",
        "topic month",
    )
    order += ("tags", "tag", "tag, long", "tag year", "tag month", "sources", "source", "source, long")
    order += ("source year", "source month", "archive", "year", "month")
    ranks = {kind: rank for rank, kind in enumerate(order)}
    return dict(sorted(found.items(), key=lambda one: (ranks.get(one[0], len(order)), one[0])))
