from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from generator.library import Library, address_of, state_of
from generator.models import Article, State

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=ZONE)


def article(
    page: str, date: str | None = "2026-11-01", added: str = "2026-11-02", **changes: object
) -> Article:
    values = {"page": page, "title": "T", "date": dt.date.fromisoformat(date) if date else None, "source": "s",
              "topic": "t", "added": dt.date.fromisoformat(added)}  # fmt: skip
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
    ],
)
def test_state(changes: dict[str, object], state: State) -> None:
    assert state_of(article(**{"page": "articles/2026/11/x.md", **changes}), NOW, ZONE) is state  # type: ignore[arg-type]


def test_orders_are_total() -> None:
    one = article("articles/2026/11/a.md", "2026-11-01", "2026-11-03")
    two = article("articles/2026/11/b.md", "2026-11-02", "2026-11-02")
    twin = article("articles/2026/11/c.md", "2026-11-02", "2026-11-02")
    library = Library.collect([twin, two, one], now=NOW, zone=ZONE)
    assert library.articles == (one, two, twin)
    assert library.by_date == (two, twin, one)
    assert library.neighbours(twin) == (one, two)
    assert library.neighbours(one) == (None, twin)
    assert library.neighbours(two) == (twin, None)


def test_publish_at_counts_as_taken_up() -> None:
    early = article("articles/2026/11/a.md", added="2026-11-01", publish_at=dt.date(2026, 11, 20))
    late = article("articles/2026/11/b.md", added="2026-11-19")
    assert Library.collect([late, early], now=NOW, zone=ZONE).articles == (early, late)


def test_what_waits_is_in_no_list() -> None:
    held = article("held/a.md", tags=("x",))
    library = Library.collect([held], now=NOW, zone=ZONE)
    assert not library.articles and not library.tags and not library.months
    assert library.waiting == ((held, State.HELD),)


def test_months_are_the_digest_s_own() -> None:
    late = article("articles/2026/11/a.md", date="2026-10-31")
    night = replace(article("articles/2026/11/b.md"), date=dt.datetime(2026, 10, 31, 18, tzinfo=dt.UTC))
    library = Library.collect([late, night], now=NOW, zone=ZONE)
    assert {key: len(value) for key, value in library.months.items()} == {(2026, 11): 1, (2026, 10): 1}


def test_address() -> None:
    assert address_of("articles/2026/11/x.md") == "2026/11/x/"
