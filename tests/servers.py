"""A real HTTP server of one's own, on this machine, that answers as a test wants it to."""

from __future__ import annotations

import http.server
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Handler = Callable[["Request"], None]


class Request(http.server.BaseHTTPRequestHandler):
    """One question; a test's handler answers it."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A whole answer; `Content_Type` is `Content-Type`."""
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self) -> None:
        self.server.host.asked.append((self.command, self.path))
        self.server.host.heads.append(dict(self.headers))
        self.server.answer(self)

    do_HEAD = do_GET  # noqa: N815 (the base class names it)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class names it)
        """Nothing: what was asked is in `asked`."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    host: Host
    answer: Handler

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: the other end may go away in the middle of an answer."""


@dataclass
class Host:
    """Where a server stands, and what it was asked."""

    port: int
    scheme: str = "http"
    asked: list[tuple[str, str]] = field(default_factory=list)
    """(method, path), in the order of their coming."""
    heads: list[dict[str, str]] = field(default_factory=list)

    def url(self, path: str = "/", name: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{name}:{self.port}{path}"


@contextmanager
def serve(answer: Handler, tls: ssl.SSLContext | None = None) -> Iterator[Host]:
    """A server that is there inside the `with`."""
    server = _Server(("127.0.0.1", 0), Request)
    server.answer = answer
    server.host = Host(server.server_address[1], "https" if tls else "http")
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.host
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
