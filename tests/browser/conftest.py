"""Tests that drive a real Chromium: all are marked `browser`, and each gets a page that forgives nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


class _Handler(SimpleHTTPRequestHandler):
    """Serves a built site as a static host does: below a path, and with the site's own 404 page."""

    def __init__(self, *args: object, prefix: str, headers: dict[str, str], **kwargs: object) -> None:
        self.prefix, self.added = prefix, headers
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # http.server's own untyped plumbing

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "outside-of-the-site")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def end_headers(self) -> None:
        for name, value in self.added.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is http.server's)
        """Says nothing: the page under test tells what went wrong."""


def headers_of(site: Path) -> dict[str, str]:
    """The headers that a host reads from a site's `_headers` file, for every path."""
    lines = (site / "_headers").read_text("utf-8").splitlines()
    assert lines[0] == "/*"
    return dict(line.strip().split(": ", 1) for line in lines[1:])


@contextmanager
def _serving(site: Path, prefix: str, headers: bool) -> Iterator[str]:
    added = headers_of(site) if headers else {}
    handler = partial(_Handler, directory=str(site), prefix=prefix, headers=added)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """`serve(folder, prefix="/")` serves a built site at the address it gives back, until the test ends; with
    `headers=True` as a host does that reads the site's `_headers`."""
    with ExitStack() as servers:

        def start(site: Path, prefix: str = "/", *, headers: bool = False) -> str:
            return servers.enter_context(_serving(site, prefix, headers))

        yield start


@pytest.fixture
def page(browser: Browser, serve: Callable[..., str]) -> Iterator[Page]:
    """A page in a fresh context; it goes before the server does, so that nothing it still asks for meets a closed door. At the end the test fails on a console error, an uncaught exception, a cookie
    or a request to another host: none of them has a place on a digest's site."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
    opened = context.new_page()
    faults: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        own_address = message.text.startswith("Failed to load") and message.location["url"] == opened.url
        if message.type == "error" and not own_address:  # a test may well open an address that is not there
            faults.append(message.text)

    opened.on("console", note_console)
    opened.on("pageerror", lambda error: faults.append(str(error)))

    def note_foreign(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.hostname != "127.0.0.1":
            faults.append(f"request to another host: {url}")

    opened.on("request", lambda request: note_foreign(request.url))
    yield opened
    faults += [f"cookie: {cookie.get('name')}" for cookie in context.cookies()]
    context.close()
    assert not faults, "\n".join(faults)
