"""A page that lists, and the calendar month as the knife for long lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.models import Article
from generator.views import Card, Presenter, Term

MOST = 50
"""Entries of one list. A longer one shows its newest and is cut by calendar month, which never shifts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of the site that is no article: which template shows it, where, and what it shows."""

    kind: str
    """Name of the template under `theme/kinds/`."""
    address: str
    """Below the site's root, with a closing slash; empty for the front page."""
    title: str
    view: object
    """What the template prints."""
    description: str = ""
    updated: dt.date | None = None
    """When the newest of its entries changed."""
    feed: str = ""
    """Address of its own Atom feed."""
    indexed: bool = True
    """Whether search engines and the sitemap know it."""
    parents: tuple[Term, ...] = ()
    """The pages above it, the front page aside."""


Maker: TypeAlias = Callable[[Presenter], Iterable[Listing]]
"""Makes all pages of one kind."""


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month as a link."""

    year: int
    month: int
    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """A list of articles under a heading."""

    kicker: str
    kicker_address: str
    cards: tuple[Card, ...]
    count: int
    months: tuple[Month, ...] = ()
    """Where the list is longer than one page: its months, newest first."""
    about: str = ""


def month_address(base: str, year: int, month: int) -> str:
    """Address of a month below the address of a list."""
    return f"{base}{year:04d}/{month:02d}/"


def months_of(presenter: Presenter, articles: Sequence[Article], base: str) -> tuple[Month, ...]:
    """The calendar months of the originals of some articles, newest first."""
    return months_of_days(presenter, map(presenter.library.day, articles), base)


def months_of_days(presenter: Presenter, days: Iterable[dt.date], base: str) -> tuple[Month, ...]:
    """The calendar months of some days, newest first, each with how many of the days it has."""
    counts: dict[tuple[int, int], int] = {}
    for day in days:
        counts[day.year, day.month] = counts.get((day.year, day.month), 0) + 1
    return tuple(
        Month(year, month, presenter.words.write_month(year, month), month_address(base, year, month), count)
        for (year, month), count in sorted(counts.items(), reverse=True)
    )


def list_pages(
    presenter: Presenter,
    articles: Sequence[Article],
    *,
    kind: str,
    address: str,
    title: str,
    kicker: str,
    above: Term,
    about: str = "",
    view: Callable[[Entries], object] = lambda entries: entries,
) -> Iterable[Listing]:
    """The page of one list and, where it is long, the page of each of its months."""
    months = months_of(presenter, articles, address) if len(articles) > MOST else ()
    # In a preview a list may hold nothing but what waits: it has no feed, for nothing of that is in any.
    hidden = articles and all(article.page in presenter.library.states for article in articles)
    feed = "" if hidden else f"{address}feed.xml"
    entries = Entries(
        kicker=kicker,
        kicker_address=above.address,
        cards=presenter.cards(articles[:MOST]),
        count=len(articles),
        months=months,
        about=about,
    )
    yield Listing(
        kind=kind,
        address=address,
        title=title,
        view=view(entries),
        description=about,
        updated=presenter.last_day(articles),
        feed=feed,
        parents=(above,),
    )
    by_month: dict[tuple[int, int], list[Article]] = {}
    for article in articles if months else ():
        day = presenter.library.day(article)
        by_month.setdefault((day.year, day.month), []).append(article)
    for month in months:
        chosen = by_month[month.year, month.month]
        yield Listing(
            kind="month",
            address=month.address,
            title=f"{title}: {month.name}",
            view=Entries(
                kicker=title, kicker_address=address, cards=presenter.cards(chosen), count=len(chosen)
            ),
            updated=presenter.last_day(chosen),
            feed=feed,
            parents=(above, Term(title, address)),
        )
