from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from generator.library import Library, address_of, state_of
from generator.models import Article, State, Takedown
from generator.settings import parse

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SETTINGS = parse({"sources": {"slow": {"name": "S", "delay_minutes": 60}}})
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=ZONE)


def article(
    page: str, date: object = "2026-11-01", added: object = "2026-11-02", **changes: object
) -> Article:
    def moment(value: object) -> object:
        return dt.date.fromisoformat(value) if isinstance(value, str) else value

    values = {"page": page, "title": "T", "date": moment(date), "source": "s", "topic": "t",
              "added": moment(added)}  # fmt: skip
    return Article(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, State.PUBLISHED),
        ({"review": ("date: ?",)}, State.HELD),
        ({"title": ""}, State.HELD),
        ({"date": None}, State.HELD),
        ({"topic": ""}, State.HELD),
        ({"draft": True}, State.DRAFT),
        ({"publish_at": dt.date(2026, 11, 22)}, State.SCHEDULED),
        ({"publish_at": dt.date(2026, 11, 21)}, State.PUBLISHED),
        ({"expires": NOW}, State.EXPIRED),
        ({"expires": NOW + dt.timedelta(minutes=1)}, State.PUBLISHED),
        ({"page": "held/x.md"}, State.HELD),
        ({"takedown": Takedown(dt.date(2026, 11, 20), "x"), "page": "held/x.md"}, State.TAKEN_DOWN),
        ({"takedown": Takedown(dt.date(2026, 11, 20), "x"), "draft": True, "title": ""}, State.TAKEN_DOWN),
        # a source that asks for an hour: from the original's minute
        ({"source": "slow", "date": NOW - dt.timedelta(minutes=59)}, State.DELAYED),
        ({"source": "slow", "date": NOW - dt.timedelta(minutes=60)}, State.PUBLISHED),
        # from the end of a day that has no minute, unless the digest had it before
        ({"source": "slow", "date": dt.date(2026, 11, 21), "added": NOW}, State.DELAYED),
        (
            {"source": "slow", "date": dt.date(2026, 11, 21), "added": NOW - dt.timedelta(hours=2)},
            State.PUBLISHED,
        ),
        ({"source": "slow", "date": dt.date(2026, 11, 20), "added": None}, State.PUBLISHED),
        ({"source": "slow", "date": dt.date(2026, 11, 21), "added": None}, State.DELAYED),
    ],
)
def test_state(changes: dict[str, object], state: State) -> None:
    assert state_of(article(**{"page": "articles/2026/11/x.md", **changes}), NOW, SETTINGS) is state  # type: ignore[arg-type]


def test_orders_are_total() -> None:
    one = article("articles/2026/11/a.md", "2026-11-01", "2026-11-03")
    two = article("articles/2026/11/b.md", "2026-11-02", "2026-11-02")
    twin = article("articles/2026/11/c.md", "2026-11-02", "2026-11-02")
    library = Library.collect([twin, two, one], now=NOW, settings=SETTINGS)
    assert library.articles == (one, two, twin)
    assert library.by_date == (two, twin, one)
    assert library.neighbours(twin) == (one, two)
    assert library.neighbours(one) == (None, twin)
    assert library.neighbours(two) == (twin, None)


def test_publish_at_counts_as_taken_up() -> None:
    early = article("articles/2026/11/a.md", added="2026-11-01", publish_at=dt.date(2026, 11, 20))
    late = article("articles/2026/11/b.md", added="2026-11-19")
    assert Library.collect([late, early], now=NOW, settings=SETTINGS).articles == (early, late)


def test_what_waits_is_in_no_list() -> None:
    held = article("held/a.md", tags=("x",))
    library = Library.collect([held], now=NOW, settings=SETTINGS)
    assert not library.articles and not library.tags and not library.months
    assert library.waiting == ((held, State.HELD),)


def test_months_are_the_digest_s_own() -> None:
    late = article("articles/2026/11/a.md", date="2026-10-31")
    night = replace(article("articles/2026/11/b.md"), date=dt.datetime(2026, 10, 31, 18, tzinfo=dt.UTC))
    library = Library.collect([late, night], now=NOW, settings=SETTINGS)
    assert {key: len(value) for key, value in library.months.items()} == {(2026, 11): 1, (2026, 10): 1}


def test_address() -> None:
    assert address_of("articles/2026/11/x.md") == "2026/11/x/"


def test_a_page_may_still_name_the_earlier_key_of_its_topic_and_source() -> None:
    settings = parse(
        {
            "topics": {"moi": {"name": "M", "aliases": ["cu"]}},
            "sources": {"bao": {"name": "B", "aliases": ["b"]}},
        }
    )
    old = article("articles/2026/11/a.md", topic="cu", source="b")
    new = article("articles/2026/11/b.md", topic="moi", source="bao")
    library = Library.collect([old, new], now=NOW, settings=settings)
    assert {key: len(value) for key, value in library.topics.items()} == {"moi": 2}
    assert {key: len(value) for key, value in library.sources.items()} == {"bao": 2}
