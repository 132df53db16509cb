"""What the digest put right: every correction, newest first, then every article that was taken down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from generator.dates import instant
from generator.listings.listing import MOST, Listing, Month, months_of_days
from generator.models import Moment
from generator.views import Card, Notice, Presenter, Term


@dataclass(frozen=True, slots=True)
class Corrected:
    """One correction and the article that it is of."""

    date: Moment
    text: str
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """Corrections and takedowns, of all times or of one month."""

    kicker: str = ""
    kicker_address: str = ""
    entries: tuple[Corrected, ...]
    notices: tuple[Notice, ...]
    count: int
    taken_down: int
    months: tuple[Month, ...] = ()


def _entries(presenter: Presenter) -> tuple[Corrected, ...]:
    """All corrections, newest first; ties by address, then as the page has them."""
    by_page = sorted(presenter.library.articles, key=lambda article: article.page)
    entries = [
        Corrected(one.date, one.text, presenter.card(article))
        for article in by_page
        for one in article.corrections
    ]
    zone = presenter.settings.zone
    return tuple(sorted(entries, key=lambda entry: instant(entry.date, zone), reverse=True))


def pages(presenter: Presenter) -> Iterable[Listing]:
    """The page of corrections, which is there before the first, and where it grows long its months."""
    title, address = presenter.words("corrections"), f"{presenter.settings.paths.corrections}/"
    entries, notices = _entries(presenter), presenter.notices
    days = [presenter.day(one.date) for one in chain[Corrected | Notice](entries, notices)]
    months = months_of_days(presenter, days, address) if len(days) > MOST else ()
    yield Listing(
        kind="corrections",
        address=address,
        title=title,
        description=presenter.words("corrections.about"),
        view=Corrections(
            entries=entries[:MOST],
            notices=notices[:MOST],
            count=len(entries),
            taken_down=len(notices),
            months=months,
        ),
        updated=max(days, default=None),
        indexed=bool(days),
    )
    for month in months:
        yield _month(presenter, month, entries, notices, title, address)


def _month(
    presenter: Presenter,
    month: Month,
    entries: Sequence[Corrected],
    notices: Sequence[Notice],
    title: str,
    address: str,
) -> Listing:
    def is_in(moment: Moment) -> bool:
        day: dt.date = presenter.day(moment)
        return (day.year, day.month) == (month.year, month.month)

    corrected = tuple(entry for entry in entries if is_in(entry.date))
    taken_down = tuple(notice for notice in notices if is_in(notice.date))
    return Listing(
        kind="corrections",
        address=month.address,
        title=f"{title}: {month.name}",
        parents=(Term(title, address),),
        view=Corrections(
            kicker=title,
            kicker_address=address,
            entries=corrected,
            notices=taken_down,
            count=len(corrected),
            taken_down=len(taken_down),
        ),
        updated=max(presenter.day(one.date) for one in chain[Corrected | Notice](corrected, taken_down)),
    )
