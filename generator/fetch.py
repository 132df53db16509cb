"""The only door to the network: a small, honest HTTP client.

It asks http(s) servers with a public address and nobody else, whatever a page or a redirect names; it follows few
redirects, reads a bounded answer within a bounded time, keeps no cookies, uses no proxy, and says who it is. What a
server sends is handed on as it came: bytes and headers, nothing decoded.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Timer
from typing import NoReturn
from urllib.parse import quote, urljoin, urlsplit

from generator import __version__
from generator.errors import DigestError

MAX_BODY = 10 * 1024 * 1024
"""Bytes of an answer: as much as a raw file may have."""
MAX_MOVES = 8
"""Redirects that are followed."""
SECONDS = 20.0
"""For one address, redirects included."""

_MOVES = frozenset({301, 302, 303, 307, 308})
_UNFIT = re.compile(r"[\x00-\x20\x7f]")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?|[0-9a-f:.]*:[0-9a-f:.]*", re.I)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_METADATA = frozenset({"168.63.129.16"})
"""Public by its number, and a cloud's own inside it: the others are link-local."""
_NO_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class Trouble(StrEnum):
    """Why there is no answer."""

    ADDRESS = "address"
    """It is no address that could be asked."""
    PRIVATE = "private"
    """It leads into this machine or its network, where a page has no business."""
    NAME = "name"
    """There is no host of this name."""
    CERTIFICATE = "certificate"
    """The host cannot show that it is the one: expired, self-signed, made out to another name."""
    UNREACHABLE = "unreachable"
    """Nobody takes the connection, or it broke."""
    TIMEOUT = "timeout"
    MOVES = "moves"
    """Redirects that go in a circle, lead on and on, or to something that is no address."""
    SIZE = "size"
    PROTOCOL = "protocol"
    """What came is not HTTP, or ended early."""


class FetchError(DigestError):
    """There is no answer from `url`, the address at which it failed; `trouble` says why."""

    def __init__(self, url: str, trouble: Trouble, message: str) -> None:
        super().__init__(f"{url}: {message}")
        self.url = url
        self.trouble = trouble
        self.message = message


@dataclass(frozen=True, slots=True)
class Move:
    """A redirect that was followed."""

    status: int
    url: str
    """Where it led."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, good or bad."""

    url: str
    """The address that answered, after the redirects; ASCII, without a fragment."""
    status: int
    headers: tuple[tuple[str, str], ...]
    """As they came; bytes beyond ASCII as Latin-1."""
    body: bytes = b""
    moves: tuple[Move, ...] = ()

    def header(self, name: str) -> str:
        """The first header of a name; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True)
class _Target:
    """An address, ready to be asked."""

    secure: bool
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        scheme, usual = ("https", 443) if self.secure else ("http", 80)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}{'' if self.port == usual else f':{self.port}'}{self.path}"


def name_agent(site_url: str) -> str:
    """The name under which the digest at an address asks: servers' owners see whom to write to."""
    return f"diem-tin/{__version__} (+{quote(site_url, safe=':/?&=%~@')})"


class Fetcher:
    """Asks servers. May be used by several threads at once."""

    def __init__(
        self, agent: str, *, seconds: float = SECONDS, most: int = MAX_BODY, allow_private: bool = False
    ) -> None:
        """`agent`: who asks, see `name_agent`. `seconds`: for one address. `most`: bytes of a body.
        `allow_private`: ask this machine and its network, too; for tests."""
        self.agent = agent
        self.seconds = seconds
        self.most = most
        self.allow_private = allow_private
        self.tls = ssl.create_default_context()

    def head(self, url: str) -> Answer:
        """What a server says of an address, without a body.

        Raises:
            FetchError: there is no answer.
        """
        return self._follow("HEAD", url, body=False)

    def get(self, url: str, *, body: bool = True) -> Answer:
        """What stands at an address. Without `body`, only whether something stands there.

        Raises:
            FetchError: there is no answer, or more than `most` bytes of it.
        """
        return self._follow("GET", url, body=body)

    def _follow(self, method: str, url: str, *, body: bool) -> Answer:
        end = time.monotonic() + self.seconds
        target = _target(url)
        moves: list[Move] = []
        seen = {target}
        while True:
            answer = self._ask(method, target, end, body=body)
            place = answer.header("Location")
            if answer.status not in _MOVES or not place:
                return Answer(answer.url, answer.status, answer.headers, answer.body, tuple(moves))
            with suppress(
                UnicodeError
            ):  # headers are read as Latin-1; addresses are UTF-8 where they are not ASCII
                place = place.encode("latin-1").decode("utf-8")
            try:
                # urljoin would drop what makes it unfit.
                target = _target(place if _UNFIT.search(place) else urljoin(target.url, place))
            except (FetchError, ValueError) as error:
                raise FetchError(target.url, Trouble.MOVES, "redirects to what is no address") from error
            if target in seen:
                raise FetchError(target.url, Trouble.MOVES, "redirects in a circle")
            if len(moves) == MAX_MOVES:
                raise FetchError(target.url, Trouble.MOVES, f"more than {MAX_MOVES} redirects")
            seen.add(target)
            moves.append(Move(answer.status, target.url))

    def _ask(self, method: str, target: _Target, end: float, *, body: bool) -> Answer:
        url = target.url
        addresses = self._addresses(target)
        connection = _Connection(target, addresses, end, self.tls if target.secure else None)
        headers = {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
        watch = Timer(max(0.0, end - time.monotonic()), connection.cut)
        watch.daemon = True
        watch.start()
        try:
            connection.request(method, target.path, headers=headers)
            with connection.getresponse() as response:
                data = self._read(response, url) if body and response.status not in _MOVES else b""
                if connection.late:
                    raise TimeoutError
                return Answer(url, response.status, tuple(response.getheaders()), data)
        except (OSError, http.client.HTTPException, ValueError) as error:
            _explain(url, error, late=connection.late or time.monotonic() >= end)
        finally:
            watch.cancel()
            connection.close()

    def _read(self, response: http.client.HTTPResponse, url: str) -> bytes:
        stated = response.length
        data = b"" if stated is not None and stated > self.most else response.read(self.most + 1)
        if len(data) > self.most or (stated is not None and stated > self.most):
            raise FetchError(url, Trouble.SIZE, f"more than {self.most:,} bytes")
        if stated is not None and len(data) < stated:
            raise http.client.IncompleteRead(data, stated - len(data))
        return data

    def _addresses(self, target: _Target) -> tuple[str, ...]:
        """The addresses of a host, looked at once and used: a second look-up could lead elsewhere."""
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            if error.errno in _NO_NAME:
                raise FetchError(target.url, Trouble.NAME, "there is no host of this name") from error
            raise FetchError(target.url, Trouble.UNREACHABLE, "its name cannot be looked up now") from error
        except (OSError, UnicodeError) as error:
            raise FetchError(target.url, Trouble.ADDRESS, "is no name of a host") from error
        addresses = tuple(dict.fromkeys(str(place[0]) for *_, place in found))
        for address in addresses:
            if not self.allow_private and not is_public(address):
                raise FetchError(target.url, Trouble.PRIVATE, f"leads to {address}, which is not public")
        return addresses


class _Connection(http.client.HTTPConnection):
    """Connects to addresses that have been looked at, and can be cut off from another thread."""

    def __init__(
        self, target: _Target, addresses: Sequence[str], end: float, tls: ssl.SSLContext | None
    ) -> None:
        super().__init__(target.host, target.port)
        self.default_port = 443 if target.secure else 80  # the Host header leaves it out
        self.addresses = addresses
        self.end = end
        self.tls = tls
        self.late = False
        # `sock` is let go as soon as an answer begins that ends with the connection.
        self._wire: socket.socket | None = None

    def connect(self) -> None:
        refused: OSError = TimeoutError()
        for address in self.addresses:
            if (left := self.end - time.monotonic()) <= 0:
                break
            try:
                self.sock = self._wire = socket.create_connection((address, self.port), left)
                break
            except OSError as error:
                refused = error
        if self.sock is None:
            raise refused
        if self.tls is not None:
            # Known before the handshake, so that this can be cut, too.
            self.sock = self._wire = self.tls.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def cut(self) -> None:
        """End it now, whatever it waits for: a server may send a byte now and then, for ever."""
        self.late = True
        with suppress(OSError):
            if self._wire is not None:
                socket.socket.shutdown(self._wire, socket.SHUT_RDWR)


def _target(url: str) -> _Target:
    """
    Raises:
        FetchError: it is no address that could be asked.
    """
    try:
        if _UNFIT.search(url):
            raise ValueError("white space")
        parts = urlsplit(url)
        scheme, name, port = parts.scheme.lower(), parts.hostname or "", parts.port
        host = name if ":" in name else name.encode("idna").decode("ascii")
        if scheme not in {"http", "https"} or parts.username is not None or not _HOST.fullmatch(host):
            raise ValueError("not a plain web address")
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~?[]")
    except (ValueError, UnicodeError) as error:
        shown = quote(url[:200], safe=":/?#[]@!$&'()*+,;=%", errors="replace")
        raise FetchError(shown, Trouble.ADDRESS, "is no web address") from error
    secure = scheme == "https"
    return _Target(
        secure, host.lower(), port or (443 if secure else 80), f"{path}?{query}" if query else path
    )


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where it wraps another one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        wrapped = [one for one in inner if one is not None]
        if wrapped:
            return all(is_public(str(one)) for one in wrapped)
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and str(ip) not in _METADATA


def _explain(url: str, error: Exception, *, late: bool) -> NoReturn:
    """Raise what failed in our own words; a peer's are not to be printed."""
    if late or isinstance(error, TimeoutError):
        raise FetchError(url, Trouble.TIMEOUT, "no whole answer in time") from error
    if isinstance(error, ssl.SSLCertVerificationError):
        # 20, 21: a link of the chain is not sent along or not known here. Browsers find it by themselves.
        if error.verify_code in {20, 21}:
            message = "its certificate cannot be followed to one that is known here"
            raise FetchError(url, Trouble.UNREACHABLE, message) from error
        message = f"its certificate is not valid: {error.verify_message}".rstrip(".")
        raise FetchError(url, Trouble.CERTIFICATE, message) from error
    if isinstance(error, (http.client.HTTPException, ValueError)) and not isinstance(error, OSError):
        raise FetchError(url, Trouble.PROTOCOL, "what it answers is no whole HTTP answer") from error
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "the connection broke"
    raise FetchError(url, Trouble.UNREACHABLE, f"cannot be reached: {reason}") from error
