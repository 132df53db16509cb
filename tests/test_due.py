"""`digest due`: the moments that a timer must not miss, a line each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.test_cli import folder, run  # noqa: F401 (the fixture)

ZONE = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2026, 11, 21, 7, tzinfo=ZONE)
"""What SOURCE_DATE_EPOCH says in these tests."""


def write_page(root: Path, name: str, place: str = "articles/2026/11", **keys: str) -> None:
    meta = {"title": '"Cầu mới"', "date": '"2026-11-20"', "source": "vd", "topic": "hoa-binh", **keys}
    path = root / "content/pages" / place / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\n" + "".join(f"{key}: {value}\n" for key, value in meta.items()) + "---\n", "utf-8")


def at(hours: float) -> str:
    return f'"{(NOW + dt.timedelta(hours=hours)).isoformat()}"'


@pytest.fixture(autouse=True)
def pages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: F811
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    return folder


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert run("due", *arguments) == 0
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_what_is_to_come_is_listed_by_moment(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_page(pages, "later", publish_at=at(49.5))
    write_page(pages, "soon", publish_at=at(1), expires=at(48))
    write_page(pages, "past", publish_at=at(-1))
    write_page(pages, "plain")
    assert lines(capsys) == [
        "2026-11-21T08:00:00+07:00 appears content/pages/articles/2026/11/soon.md",
        "2026-11-23T07:00:00+07:00 goes content/pages/articles/2026/11/soon.md",
        "2026-11-23T08:30:00+07:00 appears content/pages/articles/2026/11/later.md",
    ]


def test_the_past_hours_begin_after_their_first_moment_and_end_with_now(
    pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, hours in {"six": -6.0, "five": -5.99, "now": 0.0, "coming": 0.01}.items():
        write_page(pages, name, publish_at=at(hours))
    write_page(pages, "gone", expires=at(-2))
    assert [line.split()[1:] for line in lines(capsys, "--past", "6")] == [
        ["appears", "content/pages/articles/2026/11/five.md"],
        ["goes", "content/pages/articles/2026/11/gone.md"],
        ["appears", "content/pages/articles/2026/11/now.md"],
    ]
    assert len(lines(capsys, "--past", "7")) == 4
    assert [line.split()[-1][-9:] for line in lines(capsys)] == ["coming.md"]


def test_what_waits_for_a_person_is_not_due(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_page(pages, "draft", publish_at=at(-1), draft="true")
    write_page(pages, "review", publish_at=at(-1), review='["date: ?"]')
    write_page(pages, "held", place="held", publish_at=at(-1))
    write_page(pages, "bare", publish_at=at(-1), topic='""')
    write_page(pages, "taken", publish_at=at(-1), takedown='{date: "2026-11-20", reason: "Sai"}')
    assert lines(capsys, "--past", "6") == []
    assert lines(capsys) == []


def test_a_source_that_asks_for_a_delay_is_due_when_it_ends(
    pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = pages / "site_config.yml"
    text = config.read_text("utf-8").replace("vd: {", "vd: {delay_minutes: 90, ")
    config.write_text(text, "utf-8")
    write_page(pages, "late", date=at(-1))
    assert lines(capsys) == ["2026-11-21T07:30:00+07:00 appears content/pages/articles/2026/11/late.md"]


def test_a_moment_elsewhere_is_shown_in_the_digests_zone(
    pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_page(pages, "utc", publish_at='"2026-11-21T20:00:00Z"')
    write_page(pages, "never", expires='"9990-12-31T23:59:59-12:00"')
    assert [line.split()[0] for line in lines(capsys)] == [
        "2026-11-22T03:00:00+07:00",
        "9991-01-01T18:59:59+07:00",
    ]


def test_a_page_that_cannot_be_read_hides_no_other(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_page(pages, "soon", publish_at=at(1))
    write_page(pages, "broken", title="[")
    assert run("due") == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 1
    assert "broken.md:" in err


@pytest.mark.parametrize("hours", ["0", "-1", "six", "99999"])
def test_hours_are_a_number_that_makes_sense(hours: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("due", "--past", hours) == 2
    assert "--past" in capsys.readouterr().err
