"""The door to the network, against real servers on this machine: what they send, how long they take, where they lead."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.fetch import MAX_MOVES, Answer, Fetcher, FetchError, Move, Trouble, is_public, name_agent
from tests.servers import Host, Request, serve

# Made for these tests, valid from 2020 to 2120 for server.example and known to nobody else.
KEY = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgT48H4Zo4aZAbcc/n
Y/1CU2lTAdr/yuSmvlwxbTo2cDihRANCAAQa4ZmcbyEINA1iJNOCKjuUZM2jC3Cc
O8vt1tN82b0nQQ3t2lSBfQODu6OZTWCerPf5rTqEzf+TJ5cvnray9VM5
-----END PRIVATE KEY-----
"""
CERTIFICATE = """-----BEGIN CERTIFICATE-----
MIIBeDCCAR6gAwIBAgIBATAKBggqhkjOPQQDAjAVMRMwEQYDVQQDDAp0ZXN0cyBv
bmx5MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAVMRMwEQYDVQQD
DAp0ZXN0cyBvbmx5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEGuGZnG8hCDQN
YiTTgio7lGTNowtwnDvL7dbTfNm9J0EN7dpUgX0Dg7ujmU1gnqz3+a06hM3/kyeX
L562svVTOaNdMFswDwYDVR0TAQH/BAUwAwEB/zAZBgNVHREEEjAQgg5zZXJ2ZXIu
ZXhhbXBsZTAdBgNVHQ4EFgQUcKotiYpME2KPa50MKdT/Phju/rgwDgYDVR0PAQH/
BAQDAgKEMAoGCCqGSM49BAMCA0gAMEUCIB8fvnFPErpZ825PZowQE3iJL1NuG1Jw
LtZILSF/olJHAiEA0oB4lykIwLG1YeJHHZqfdHMV7+A8if98ig9Rr3b192k=
-----END CERTIFICATE-----
"""


def fetcher(**options: float) -> Fetcher:
    most = int(options.get("most", 1000))
    return Fetcher("digest-test", seconds=options.get("seconds", 5), most=most, allow_private=True)


def trouble(call: Callable[[], Answer]) -> Trouble:
    with pytest.raises(FetchError) as caught:
        call()
    assert "\n" not in str(caught.value)
    return caught.value.trouble


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, str | int]:
    """Name → the address that the system finds for it, or the error that it gives. Numbers stay as they are."""
    known: dict[str, str | int] = {}
    real = socket.getaddrinfo

    def look_up(host: str, *rest: object, **options: object) -> object:
        found = known.get(host, host)
        if isinstance(found, int):
            raise socket.gaierror(found, "")
        return real(found, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


def test_an_answer_comes_as_it_is() -> None:
    body = "Tin vắn".encode("utf-16")
    with serve(lambda request: request.reply(200, body, Content_Type="text/html; charset=lies")) as host:
        answer = fetcher().get(host.url("/bài viết.html?q=ạ&x=1%20#đoạn".replace(" ", "%20")))
    assert (answer.status, answer.body, answer.moves) == (200, body, ())
    assert answer.header("content-type") == "text/html; charset=lies"
    assert host.asked == [("GET", "/b%C3%A0i%20vi%E1%BA%BFt.html?q=%E1%BA%A1&x=1%20")]


def test_it_says_who_it_is_and_keeps_nothing() -> None:
    with serve(lambda request: request.reply(200, Set_Cookie="a=b")) as host:
        client = Fetcher(name_agent("https://điểm-tin.example/\r\nX: y"), allow_private=True)
        client.get(host.url())
        client.get(host.url())
    assert [sorted(head) for head in host.heads] == [
        ["Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"]
    ] * 2
    assert host.heads[0]["User-Agent"].startswith("diem-tin/")
    assert "(+https://%C4%91i%E1%BB%83m-tin.example/%0D%0AX:%20y)" in host.heads[0]["User-Agent"]
    assert host.heads[0]["Host"] == f"127.0.0.1:{host.port}"


@pytest.mark.parametrize("status", [204, 304, 403, 404, 410, 429, 500])
def test_a_bad_answer_is_an_answer(status: int) -> None:
    with serve(lambda request: request.reply(status)) as host:
        assert fetcher().head(host.url()).status == status


def test_redirects_are_followed_and_told() -> None:
    def answer(request: Request) -> None:
        places = {"/a": (301, "/b"), "/b": (308, "c?d=1#e"), "/c?d=1": (302, "//127.0.0.1:{port}/đích")}
        if request.path in places:
            status, place = places[request.path]
            request.reply(status, b"moved", Location=place.format(port=host.port).encode().decode("latin-1"))
        else:
            request.reply(200, b"here")

    with serve(answer) as host:
        told = fetcher().get(host.url("/a"))
    assert told.body == b"here"
    assert told.url == host.url("/%C4%91%C3%ADch")
    assert told.moves == (
        Move(301, host.url("/b")),
        Move(308, host.url("/c?d=1")),
        Move(302, host.url("/%C4%91%C3%ADch")),
    )


def test_redirects_end() -> None:
    def answer(request: Request) -> None:
        kind, _, number = request.path[1:].partition("/")
        places = {"circle": "/circle/2" if number == "1" else "/circle/1", "on": f"/on/{int(number) + 1}"}
        request.reply(302, Location=places[kind])

    with serve(answer) as host:
        assert trouble(lambda: fetcher().head(host.url("/circle/1"))) is Trouble.MOVES
        assert len(host.asked) == 2
        assert trouble(lambda: fetcher().get(host.url("/on/1"))) is Trouble.MOVES
        assert len(host.asked) == 2 + MAX_MOVES + 1


@pytest.mark.parametrize(
    "place",
    ["javascript:alert(1)", "file:///etc/passwd", "http://", "http://user:word@host.example/", "http://[::1", "ftp://a/", "/a b",
     "http://a\tb/", "http://%0d%0a/", "//host.example:port/", "gopher://127.0.0.1:70/x"],
)  # fmt: skip
def test_a_redirect_to_what_is_no_web_address_is_not_followed(place: str) -> None:
    with serve(lambda request: request.reply(302, Location=place)) as host:
        assert trouble(lambda: fetcher().get(host.url())) is Trouble.MOVES
    assert len(host.asked) == 1


@pytest.mark.parametrize(
    "url",
    ["", "host.example", "ftp://host.example/", "http:///x", "https://a@host.example/", "http://host.example:99999/",
     "http://a..example/", "http://ho st.example/", "http://host.example/\r\nX: y", "http://[fe80::1%25eth0]x/", "\ud800",
     "http://host.example/\ud800", "http://" + "a" * 300 + ".example/"],
)  # fmt: skip
def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    assert trouble(lambda: fetcher().get(url)) is Trouble.ADDRESS


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200",
     "168.63.129.16", "224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1%eth0", "fd00:ec2::254",
     "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
     "2002:7f00:1::", "2001:db8::1"],
)  # fmt: skip
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "inner.example", "0x7f.1", "2130706433"])
def test_this_machine_is_not_asked(name: str, names: dict[str, str | int]) -> None:
    names["inner.example"] = "127.0.0.1"
    with serve(lambda request: request.reply(200)) as host:
        client = Fetcher("digest-test")
        assert trouble(lambda: client.get(host.url(name=name))) is Trouble.PRIVATE
    assert host.asked == []


def test_a_public_host_cannot_lead_inside(
    names: dict[str, str | int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a redirect: every address on the way is looked at."""
    with (
        serve(lambda request: request.reply(200)) as inner,
        serve(lambda request: request.reply(302, Location=inner.url("/secret"))) as outer,
    ):
        monkeypatch.setattr(
            "generator.fetch.is_public", lambda address: address == "127.0.0.1" and not outer.asked
        )
        client = Fetcher("digest-test")
        names["public.example"] = "127.0.0.1"
        assert trouble(lambda: client.get(outer.url(name="public.example"))) is Trouble.PRIVATE
    assert len(outer.asked) == 1
    assert inner.asked == []


def test_a_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that says something else the second time (DNS rebinding) is not asked a second time."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, *rest: object, **options: object) -> object:
        if host == "turning.example":
            asked.append(host)
            return real("127.0.0.1" if len(asked) == 1 else "127.0.0.2", *rest, **options)  # type: ignore[arg-type]
        return real(host, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with serve(lambda request: request.reply(200)) as host:
        assert fetcher().get(host.url(name="turning.example")).status == 200
    assert asked == ["turning.example"]
    assert host.heads[0]["Host"] == f"turning.example:{host.port}"


@pytest.mark.parametrize(
    ("error", "told"), [(socket.EAI_NONAME, Trouble.NAME), (socket.EAI_AGAIN, Trouble.UNREACHABLE)]
)
def test_a_name_that_is_not_there_is_another_thing_than_a_name_server_that_is_not(
    names: dict[str, str | int], error: int, told: Trouble
) -> None:
    names["gone.example"] = error
    assert trouble(lambda: fetcher().get("http://gone.example/")) is told


def test_nobody_at_the_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert trouble(lambda: fetcher().get(f"http://127.0.0.1:{port}/")) is Trouble.UNREACHABLE


def test_a_body_is_bounded() -> None:
    def answer(request: Request) -> None:
        if request.path == "/stated":
            request.reply(200, b"x" * 1001)
        elif request.path == "/fits":
            request.reply(200, b"x" * 1000)
        else:
            request.send_response(200)
            request.send_header("Connection", "close")
            request.end_headers()
            while True:  # until the other end has enough
                request.wfile.write(b"x" * 65536)

    with serve(answer) as host:
        assert len(fetcher().get(host.url("/fits")).body) == 1000
        assert trouble(lambda: fetcher().get(host.url("/stated"))) is Trouble.SIZE
        assert trouble(lambda: fetcher().get(host.url("/endless"))) is Trouble.SIZE
        # Whoever only wants to know whether it is there, does not read it.
        assert fetcher().get(host.url("/endless"), body=False).status == 200


@pytest.fixture
def raw() -> Iterator[Callable[[Callable[[socket.socket], None]], str]]:
    """A server that sends bytes of a test's own to whoever comes; gives its address."""
    open_sockets: list[socket.socket] = []

    def start(talk: Callable[[socket.socket], None]) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        open_sockets.append(listener)

        def run() -> None:
            try:
                peer, _ = listener.accept()
                with peer:
                    talk(peer)
            except OSError:
                pass  # the test is over, or the other end has gone

        threading.Thread(target=run, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"

    yield start
    for one in open_sockets:
        one.close()


Raw = Callable[[Callable[[socket.socket], None]], str]


def drip(first: bytes, again: bytes) -> Callable[[socket.socket], None]:
    def talk(peer: socket.socket) -> None:
        peer.sendall(first)
        for _ in range(60):
            peer.sendall(again)
            time.sleep(0.05)

    return talk


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (b"", b""),  # says nothing
        (b"HTTP/1.1 200 OK\r\nX: ", b"y"),  # a header without end, byte by byte
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"z"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"z"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nz\r\n"),
    ],
)
def test_an_answer_comes_in_time_or_not_at_all(raw: Raw, first: bytes, again: bytes) -> None:
    """Also from a server that sends a byte now and then: each read alone would be in time."""
    url = raw(drip(first, again))
    start = time.monotonic()
    assert trouble(lambda: fetcher(seconds=0.4).get(url)) is Trouble.TIMEOUT
    assert time.monotonic() - start < 3


@pytest.mark.parametrize(
    "sent",
    [
        b"SSH-2.0-server\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
    ],
)
def test_what_is_no_whole_answer_is_none(raw: Raw, sent: bytes) -> None:
    def talk(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.sendall(sent)
        peer.shutdown(socket.SHUT_WR)
        peer.recv(4096)

    url = raw(talk)
    assert trouble(lambda: fetcher().get(url)) is Trouble.PROTOCOL


@pytest.mark.parametrize(
    "headers",
    [
        b"Location: /a\r\n\tb: c\r\n",  # a folded line
        b"Location: http://127.0.0.1\x00.example/\r\n",
        b"Location: http://\xff\xfe/\r\n",
        b"Location: http://127.0.0.1:1/\x85X\r\nContent-Length: -5\r\n" + b"Location: /x\r\n" * 50,
    ],
)
def test_hostile_headers_lead_nowhere(raw: Raw, headers: bytes) -> None:
    def talk(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.sendall(b"HTTP/1.1 302 Found\r\n" + headers + b"\r\n")

    url = raw(talk)
    assert trouble(lambda: Fetcher("x", seconds=2, allow_private=True).get(url)) in {
        Trouble.MOVES,
        Trouble.PROTOCOL,
        Trouble.NAME,
        Trouble.UNREACHABLE,
        Trouble.ADDRESS,
    }


# Certificates.


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Host]:
    (tmp_path / "key.pem").write_text(KEY, "utf-8")
    (tmp_path / "certificate.pem").write_text(CERTIFICATE, "utf-8")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    with serve(lambda request: request.reply(200, b"safe"), context) as host:
        yield host


def test_a_certificate_is_looked_at(secure: Host, names: dict[str, str | int]) -> None:
    names["server.example"] = names["other.example"] = "127.0.0.1"
    assert trouble(lambda: fetcher().get(secure.url(name="server.example"))) is Trouble.CERTIFICATE
    knowing = fetcher()
    knowing.tls.load_verify_locations(cadata=CERTIFICATE)
    assert knowing.get(secure.url(name="server.example")).body == b"safe"
    assert secure.heads[0]["Host"] == f"server.example:{secure.port}"
    assert trouble(lambda: knowing.get(secure.url(name="other.example"))) is Trouble.CERTIFICATE
    assert len(secure.asked) == 1


def test_a_handshake_that_never_ends_is_cut_off(raw: Raw) -> None:
    url = raw(lambda peer: time.sleep(3)).replace("http:", "https:")
    start = time.monotonic()
    assert trouble(lambda: fetcher(seconds=0.4).get(url)) is Trouble.TIMEOUT
    assert time.monotonic() - start < 2
