"""Links out of the site: found with their lines, asked politely, remembered, and told at their place."""

from __future__ import annotations

import datetime as dt
import json
import socket
import textwrap
import threading
import time
from pathlib import Path

import pytest

from generator.fetch import Fetcher
from generator.link_check import Cache, Link, Manners, check_external, find_links
from generator.link_check.verdicts import FILE
from generator.models import Level, Problem
from generator.storage import Project
from tests.servers import Request, serve

NOW = dt.datetime(2026, 11, 21, 7, tzinfo=dt.UTC)
QUICK = Manners(pause=0.0)


# Where links stand.


def lines_of(text: str) -> list[tuple[int, str, str]]:
    return [(link.line, link.what, link.url) for link in find_links(textwrap.dedent(text), "a.md")]


def test_links_of_the_front_matter_have_their_lines() -> None:
    text = """\
        ---
        title: "Cầu"
        url: "https://bao.example/cau"
        also:
          - {source: x, url: "https://khac.example/1"}
          - source: y
            url: https://khac.example/2
          - {source: z, url: "https://khac.example/\\x33"}
          - {source: t}
        extra: {url: "https://extra.example/"}
        ---

        Không có gì.
        """
    assert lines_of(text) == [
        (3, "`url`", "https://bao.example/cau"),
        (5, "`also`", "https://khac.example/1"),
        (7, "`also`", "https://khac.example/2"),
        (7, "`also`", "https://khac.example/3"),
    ]


def test_links_of_the_text_have_their_lines() -> None:
    text = """\
        ---
        title: T
        ---

        Xem [một](https://a.example/1) và [hai](<https://a.example/2 b> "t"), ![ảnh](https://a.example/3.jpg).
        [ba](https://a.example/x_(y)?q=1&amp;r=2#z "Tên"), <https://a.example/4> và [bốn][ref]
        <a class="x" href="https://a.example/5">năm</a> [sáu](https://a.example/d\\_e)

        [ref]: https://a.example/6
        [^1]: https://chi-la-chu.example/
        [trong](../x.md) [thư](mailto:a@b.example) https://tran.example/ [](HTTPS://A.example/7)
        """
    assert [(line, url) for line, _, url in lines_of(text)] == [
        (5, "https://a.example/1"),
        (5, "https://a.example/2 b"),
        (5, "https://a.example/3.jpg"),
        (6, "https://a.example/x_(y)?q=1&r=2#z"),
        (6, "https://a.example/4"),
        (7, "https://a.example/5"),
        (7, "https://a.example/d_e"),
        (9, "https://a.example/6"),
        (11, "HTTPS://A.example/7"),
    ]
    assert {what for _, what, _ in lines_of(text)} == {"a link of the text"}


def test_what_stands_in_code_or_a_comment_is_no_link() -> None:
    text = """\
        ```md
        [a](https://a.example/)
        ```
        `[b](https://b.example/)` và ``[c](https://c.example/) ` ``
        <!-- [d](https://d.example/)
        -->
        [e](https://e.example/)
        ~~~
        [f](https://f.example/)
        """
    assert lines_of(text) == [(7, "a link of the text", "https://e.example/")]


def test_a_page_that_cannot_be_read_has_no_links() -> None:
    assert find_links("---\ntitle: [\n---\n[a](https://a.example/)\n", "a.md") == ()
    assert find_links("---\nurl: 5\nalso: [1, {url: [x]}]\n---\n", "a.md") == ()


@pytest.mark.parametrize(
    "piece", ["<!-- ", "```\n~~~\n", "](", "](http://(", "` `` ", "<a href ", "[a](<", "[x]: <"]
)
def test_a_hostile_page_is_read_in_time(piece: str) -> None:
    start = time.monotonic()
    find_links(piece * (200_000 // len(piece)), "a.md")
    assert time.monotonic() - start < 5


# What becomes of them.


class Desk:
    """A project, and the links of one page, a line each."""

    def __init__(self, folder: Path) -> None:
        self.project = Project(folder)
        self.fetcher = Fetcher("digest-test", seconds=2, allow_private=True)

    def check(
        self, *urls: str, now: dt.datetime = NOW, manners: Manners = QUICK, fetcher: Fetcher | None = None
    ) -> list[Problem]:
        links = [Link("a.md", line, url, "`url`") for line, url in enumerate(urls, 1)]
        return list(check_external(links, fetcher or self.fetcher, Cache(self.project), now, manners))

    @property
    def kept(self) -> dict[str, dict[str, str]]:
        kept: dict[str, dict[str, str]] = json.loads((self.project.root / FILE).read_text("utf-8"))
        return kept


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names under .here lead to this machine, the others nowhere."""
    real = socket.getaddrinfo

    def look_up(host: str, *rest: object, **options: object) -> object:
        if host.endswith(".example"):
            raise socket.gaierror(socket.EAI_NONAME, "")
        return real("127.0.0.1" if host.endswith(".here") else host, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def by_path(request: Request) -> None:
    """`/404` answers 404, `/404-head` only to HEAD; `/slow` never."""
    kind, _, only = request.path[1:].partition("-")
    if kind == "slow":
        time.sleep(1)
    elif only == "head" and request.command == "GET":
        request.reply(200, b"x" * 5_000_000)
    elif kind == "busy":
        request.reply(503, Retry_After="120")
    elif kind.isdigit():
        request.reply(int(kind))
    else:
        request.reply(200)


@pytest.mark.parametrize(
    ("path", "level", "words"),
    [
        ("good", None, ""),
        ("404", Level.WARNING, "there is no such page (404)"),
        ("410", Level.WARNING, "taken away for good (410)"),
        ("403", Level.NOTE, "the host answers 403"),
        ("429", Level.NOTE, "wants to be asked later (429)"),
        ("500", Level.NOTE, "the host answers 500"),
        ("busy", Level.NOTE, "wants to be asked later (503)"),
        ("404-head", None, ""),
        ("405-head", None, ""),
        ("403-head", None, ""),
    ],
)
def test_what_an_answer_means(desk: Desk, path: str, level: Level | None, words: str) -> None:
    with serve(by_path) as host:
        told = desk.check(host.url(f"/{path}"))
    if level is None:
        assert told == []
    else:
        (problem,) = told
        assert (problem.path, problem.line, problem.level) == ("a.md", 1, level)
        assert words in problem.message
        assert host.url(f"/{path}") in problem.message
        assert problem.hint
    wanted = ["HEAD"] if path in {"good", "429", "busy"} else ["HEAD", "GET"]
    assert [method for method, _ in host.asked] == wanted


def test_hosts_that_are_not_there(desk: Desk, names: None) -> None:
    with serve(by_path) as host, socket.create_server(("127.0.0.1", 0)) as free:
        closed = f"http://127.0.0.1:{free.getsockname()[1]}/"
        free.close()
        fetcher = Fetcher("digest-test", seconds=0.3, allow_private=True)
        told = desk.check(
            "http://gone.example/x", host.url("/slow"), closed, host.url("/a", "a.here"), fetcher=fetcher
        )
    assert [(problem.line, problem.level, problem.rule) for problem in told] == [
        (1, Level.WARNING, "link-dead"),
        (2, Level.NOTE, "link-unsure"),
    ]
    assert "there is no host of this name" in told[0].message
    assert "1 more of this host" in told[1].message
    assert set(desk.kept) == {"http://gone.example/x", host.url("/a", "a.here")}


def test_a_page_that_has_moved_to_another_host_for_good_is_told(desk: Desk, names: None) -> None:
    with serve(by_path) as new:

        def answer(request: Request) -> None:
            status = 301 if request.path != "/now" else 302
            name = {"/www": "www.old.here"}.get(request.path, "new.here")
            request.reply(status, Location=new.url("/404" if request.path == "/lost" else "/good", name))

        with serve(answer) as old:
            told = desk.check(*(old.url(path, "old.here") for path in ("/moved", "/now", "/www", "/lost")))
    assert [(problem.line, problem.level, problem.rule) for problem in told] == [
        (1, Level.NOTE, "link-moved"),
        (4, Level.WARNING, "link-dead"),
    ]
    assert new.url("/good", "new.here") in told[0].message


def test_a_circle_is_no_proof(desk: Desk) -> None:
    with serve(lambda request: request.reply(302, Location=request.path + "/..")) as host:
        (problem,) = desk.check(host.url("/a/"))
    assert problem.level is Level.NOTE


@pytest.mark.parametrize(
    ("name", "level"),
    [("127.0.0.1", Level.WARNING), ("localhost", Level.WARNING), ("inner.here", Level.NOTE)],
)
def test_an_address_inside_is_told_and_not_asked(desk: Desk, names: None, name: str, level: Level) -> None:
    with serve(by_path) as host:
        (problem,) = desk.check(host.url("/", name), fetcher=Fetcher("digest-test"))
    assert problem.level is level
    assert host.asked == []


def test_hostile_words_do_not_reach_the_message(desk: Desk) -> None:
    with serve(lambda request: request.reply(301, Location="http://127.0.0.1:1/\x1b[31m::error::")) as host:
        (problem,) = desk.check(host.url("/a\x1b[0m"))
    assert "\x1b" not in problem.message


# Manners.


def test_an_address_is_asked_once_and_told_at_every_place(desk: Desk) -> None:
    with serve(by_path) as host:
        told = desk.check(host.url("/404"), host.url("/404#a"), host.url("/404"))
    assert [problem.line for problem in told] == [1, 2, 3]
    assert len(host.asked) == 2  # HEAD and GET


def test_a_host_is_asked_little_at_once_and_with_pauses(desk: Desk) -> None:
    now, most, moments = 0, 0, []
    lock = threading.Lock()

    def answer(request: Request) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
            moments.append(time.monotonic())
        time.sleep(0.05)
        with lock:
            now -= 1
        request.reply(200)

    with serve(answer) as host:
        desk.check(*(host.url(f"/{number}") for number in range(8)), manners=Manners(pause=0.1, to_a_host=2))
    assert len(host.asked) == 8
    assert most <= 2
    assert max(moments) - min(moments) >= 3 * 0.1


def test_several_hosts_are_asked_at_once(desk: Desk, names: None) -> None:
    gate = threading.Barrier(4, timeout=5)

    def answer(request: Request) -> None:
        gate.wait()  # opens when all four are there
        request.reply(200)

    with serve(answer) as host:
        assert desk.check(*(host.url("/", f"h{number}.here") for number in range(4))) == []


@pytest.mark.parametrize(("path", "asked"), [("429", 1), ("busy", 1), ("slow", 2)])
def test_a_host_that_does_not_want_or_cannot_is_left_alone(desk: Desk, path: str, asked: int) -> None:
    with serve(by_path) as host:
        told = desk.check(
            *(host.url(f"/{path}-{number}") for number in range(6)),
            manners=Manners(pause=0.0, to_a_host=1, patience=2),
            fetcher=Fetcher("digest-test", seconds=0.2, allow_private=True),
        )  # fmt: skip
    assert len(host.asked) == asked
    assert all(problem.level is Level.NOTE for problem in told)
    assert len(told) <= 2, "one note for a host, not one for a link"
    assert not (desk.project.root / FILE).exists()


def test_a_machine_without_a_network_accuses_nobody(desk: Desk, names: None) -> None:
    urls = [f"http://host{number}.example/" for number in range(4)]
    (problem,) = desk.check(*urls)
    assert problem.level is Level.NOTE
    assert "not one of 4 hosts answers" in problem.message
    assert not (desk.project.root / FILE).exists()


# Memory.


def test_what_is_known_is_not_asked_again(desk: Desk) -> None:
    with serve(by_path) as host:
        urls = [host.url(path) for path in ("/good", "/404", "/500")]
        first = desk.check(*urls)
        asked = len(host.asked)
        again = desk.check(*urls, now=NOW + dt.timedelta(hours=23))
        assert again == first
        assert [path for _, path in host.asked[asked:]] == ["/500", "/500"]
        asked = len(host.asked)
        desk.check(*urls, now=NOW + dt.timedelta(days=2))
        assert {path for _, path in host.asked[asked:]} == {"/404", "/500"}
        asked = len(host.asked)
        desk.check(urls[0], now=NOW + dt.timedelta(days=7, minutes=1))
        assert len(host.asked) == asked + 1


def test_a_moved_page_is_told_from_memory_too(desk: Desk, names: None) -> None:
    with (
        serve(by_path) as new,
        serve(lambda request: request.reply(301, Location=new.url("/", "n.here"))) as old,
    ):
        first = desk.check(old.url("/", "o.here"))
        assert desk.check(old.url("/", "o.here")) == first
    assert len(old.asked) == len(first) == 1


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", "null", "7", '{"URL": 1}', '{"URL": {"standing": "good"}}', "[" * 100_000, "\xff",
     '{"URL": {"standing": "splendid", "why": "", "seen": "2026-11-21T06:00:00+00:00"}}',
     '{"URL": {"standing": "good", "why": 5, "seen": "2026-11-21T06:00:00+00:00"}}',
     '{"URL": {"standing": "good", "why": "", "seen": "2026-11-21T06:00:00"}}',
     '{"URL": {"standing": "good", "why": "", "seen": "2027-11-21T06:00:00+00:00"}}'],
)  # fmt: skip
def test_a_damaged_memory_is_none(desk: Desk, damage: str) -> None:
    with serve(by_path) as host:
        path = desk.project.root / FILE
        path.parent.mkdir()
        path.write_bytes(damage.replace("URL", host.url("/404")).encode("latin-1"))
        (problem,) = desk.check(host.url("/404"))
    assert problem.rule == "link-dead"
    assert desk.kept[host.url("/404")]["standing"] == "dead"


def test_a_memory_that_cannot_be_written_is_no_error(desk: Desk) -> None:
    (desk.project.root / ".cache").write_text("a file where the folder should be", "utf-8")
    with serve(by_path) as host:
        assert desk.check(host.url("/good")) == []


def test_what_is_over_is_forgotten(desk: Desk) -> None:
    with serve(by_path) as host:
        desk.check(host.url("/old"))
        desk.check(host.url("/new"), now=NOW + dt.timedelta(days=8))
    assert list(desk.kept) == [host.url("/new")]


def test_nothing_to_ask_is_nothing_done(desk: Desk) -> None:
    assert desk.check() == []
    assert not (desk.project.root / ".cache").exists()
