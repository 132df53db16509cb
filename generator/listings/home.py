"""The front page: a lead, the brief, the cards, the sections, the newest. It ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from generator.library import taken_up
from generator.listings.listing import Listing
from generator.models import Article, State
from generator.views import Card, Presenter, Term

BRIEF = 5
READING = 3
NEWEST = 8
SECTION = 3


@dataclass(frozen=True, slots=True)
class Section:
    """A topic on the front page."""

    topic: Term
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The front page."""

    day: dt.date | None
    """Of the newest article: the front page's "today"."""
    day_count: int
    """Articles taken up on that day."""
    day_sources: int
    """Sources that they are from."""
    lead: Card | None
    brief: tuple[Card, ...]
    reading: tuple[Card, ...]
    sections: tuple[Section, ...]
    newest: tuple[Card, ...]


def choose_lead(articles: tuple[Article, ...]) -> Article | None:
    """The newest pinned article, else the newest of the latest that an editor marked as top, else the newest."""
    pinned = next((article for article in articles if article.pin), None)
    top = next((article for article in articles[: BRIEF + READING + NEWEST] if article.top), None)
    return pinned or top or next(iter(articles), None)


def pages(presenter: Presenter) -> Iterable[Listing]:
    """The front page."""
    library = presenter.library
    # Only a preview has any that are over: they stand where they stood, but displace nothing.
    current = tuple(
        article for article in library.articles if library.states.get(article.page) is not State.EXPIRED
    )
    lead = choose_lead(current)
    pinned = [article for article in current if article.pin and article is not lead]
    first = {article.page for article in pinned}
    others = [article for article in library.articles if article is not lead and article.page not in first]
    queue = presenter.cards([*pinned, *others][: BRIEF + READING + NEWEST])
    reading, brief, newest = queue[:READING], queue[READING : READING + BRIEF], queue[READING + BRIEF :]
    published = library.published
    day = presenter.day(taken_up(published[0], library.zone)) if published else None
    of_day = [one for one in published if presenter.day(taken_up(one, library.zone)) == day]
    yield Listing(
        kind="home",
        address="",
        title=presenter.site_name,
        view=Home(
            day=day,
            day_count=len(of_day),
            day_sources=len({presenter.source(one.source).address for one in of_day}),
            lead=presenter.card(lead) if lead else None,
            brief=brief,
            reading=reading,
            sections=tuple(
                Section(presenter.topic(key), presenter.cards(library.topics[key][:SECTION]))
                for key in presenter.settings.topics
                if key in library.topics
            ),
            newest=newest,
        ),
        updated=presenter.last_day(library.articles),
        feed="feed.xml",
    )
