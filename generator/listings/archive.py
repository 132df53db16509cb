"""The archive, by the date of the originals: all years, a year's calendars, a month's days."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from generator.listings.listing import Listing, Month, months_of
from generator.models import Article
from generator.views import Card, Presenter, Term


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a calendar; `day` 0 stands before the first and after the last of the month."""

    day: int
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """A month as a table, Monday first."""

    month: Month
    name: str
    weeks: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year in the archive's index, and on its own page."""

    year: int
    address: str
    count: int
    months: tuple[Month, ...]
    calendars: tuple[Calendar, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive's index."""

    count: int
    years: tuple[YearView, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month, with its articles."""

    date: dt.date
    anchor: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of the archive."""

    year: str
    year_address: str
    count: int
    days: tuple[Day, ...]
    calendar: Calendar
    earlier: Month | None
    later: Month | None


def anchor_of(day: dt.date) -> str:
    """Fragment of a day on its month's page."""
    return f"d{day.day:02d}"


def _calendar(presenter: Presenter, month: Month, articles: Iterable[Article]) -> Calendar:
    counts: dict[int, int] = {}
    for article in articles:
        day = presenter.library.day(article)
        counts[day.day] = counts.get(day.day, 0) + 1
    weeks = calendar.Calendar(calendar.MONDAY).monthdayscalendar(month.year, month.month)

    def cell(day: int) -> Cell:
        count = counts.get(day, 0)
        address = f"{month.address}#{anchor_of(dt.date(month.year, month.month, day))}" if count else ""
        return Cell(day, count, address)

    return Calendar(
        month, presenter.words.months[month.month - 1], tuple(tuple(map(cell, week)) for week in weeks)
    )


def pages(presenter: Presenter) -> Iterable[Listing]:
    """The archive's index, its years, its months."""
    words, library = presenter.words, presenter.library
    base = f"{presenter.settings.paths.archive}/"
    months = months_of(presenter, library.by_date, base)
    years: list[YearView] = []
    for year in dict.fromkeys(month.year for month in months):
        own = tuple(month for month in months if month.year == year)
        calendars = tuple(
            _calendar(presenter, month, library.months[month.year, month.month]) for month in own
        )
        view = YearView(year, f"{base}{year:04d}/", sum(month.count for month in own), own, calendars)
        years.append(view)
        yield Listing(
            kind="archive_year", address=view.address, title=words("year", str(year)), view=view,
            parents=(Term(words("archive"), base),),
            updated=presenter.last_day(
                article for month in own for article in library.months[month.year, month.month]
            ),
        )  # fmt: skip
    yield Listing(
        kind="archive", address=base, title=words("archive"),
        view=Archive(len(library.articles), tuple(years)), updated=presenter.last_day(library.articles),
    )  # fmt: skip
    for place, month in enumerate(months):
        articles = library.months[month.year, month.month]
        days = dict.fromkeys(library.day(article) for article in articles)
        yield Listing(
            kind="archive_month", address=month.address, title=month.name,
            parents=(Term(words("archive"), base), Term(words("year", str(month.year)), f"{base}{month.year:04d}/")),
            view=MonthView(
                year=words("year", str(month.year)),
                year_address=f"{base}{month.year:04d}/",
                count=month.count,
                days=tuple(
                    Day(day, anchor_of(day), presenter.cards(a for a in articles if library.day(a) == day))
                    for day in days
                ),
                calendar=_calendar(presenter, month, articles),
                earlier=months[place + 1] if place + 1 < len(months) else None,
                later=months[place - 1] if place else None,
            ),
            updated=presenter.last_day(articles),
        )  # fmt: skip
