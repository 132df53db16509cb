"""All articles, read once and immutable: by topic, tag, source and month, each in its own order."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

from generator.dates import day_of, instant
from generator.models import Article, State
from generator.settings import Settings

ARTICLES = "articles/"
HELD = "held/"
REQUIRED = ("title", "date", "source", "topic")
"""Fields without which an article is not published."""

K = TypeVar("K")


def address_of(page: str) -> str:
    """Address of an article below the site's root: `articles/2025/05/x.md` → `2025/05/x/`."""
    return page.removeprefix(ARTICLES).removesuffix(".md") + "/"


def missing_fields(article: Article) -> tuple[str, ...]:
    """The fields without which an article cannot be published."""
    return tuple(name for name in REQUIRED if not getattr(article, name))


def shows_notice(article: Article) -> bool:
    """Whether a notice stands for readers in the place of an article that was taken down: not where they never saw it,
    held or as a draft."""
    return article.takedown is not None and article.page.startswith(ARTICLES) and not article.draft


def state_of(article: Article, now: dt.datetime, settings: Settings) -> State:
    """Where an article stands at a moment. A page that lacks what publication requires is held."""
    zone = settings.zone
    if article.takedown is not None:
        return State.TAKEN_DOWN
    if article.review or article.page.startswith(HELD) or missing_fields(article):
        return State.HELD
    if article.draft:
        return State.DRAFT
    if article.publish_at is not None and instant(article.publish_at, zone) > now:
        return State.SCHEDULED
    if article.expires is not None and instant(article.expires, zone) <= now:
        return State.EXPIRED
    if (release := release_of(article, settings)) is not None and release > now:
        return State.DELAYED
    return State.PUBLISHED


def release_of(article: Article, settings: Settings) -> dt.datetime | None:
    """When the article's source lets it appear; None where it asks for no delay.

    The delay counts from the original. Where only its day is known, it may have come at any minute of that day, but
    no later than the digest took it up.
    """
    minutes = settings.source(article.source).delay_minutes
    if not minutes or article.date is None:
        return None
    zone = settings.zone
    if isinstance(article.date, dt.datetime):
        original = article.date
    else:
        original = dt.datetime.combine(article.date + dt.timedelta(days=1), dt.time(), zone)
        if isinstance(article.added, dt.datetime):
            original = min(original, article.added)
    return original + dt.timedelta(minutes=minutes)


def turns_of(article: Article, settings: Settings) -> tuple[tuple[dt.datetime, bool], ...]:
    """The moments at which an article appears (True) or goes (False) by the clock alone, in order: those that a build
    must not miss. Empty for one that waits for a person, or was taken down."""
    if article.takedown is not None or article.review or article.draft or article.page.startswith(HELD):
        return ()
    if missing_fields(article):
        return ()
    moments = [release_of(article, settings)]
    if article.publish_at is not None:
        moments.append(instant(article.publish_at, settings.zone))
    appears = max((moment for moment in moments if moment is not None), default=None)
    turns = [(appears, True)] if appears is not None else []
    if article.expires is not None:
        expires = instant(article.expires, settings.zone)
        if appears is not None and expires <= appears:
            return ()
        turns.append((expires, False))
    return tuple(turns)


@dataclass(frozen=True)
class Library:
    """What readers may see, and what waits.

    Orders are total: `articles` by the moment they were taken up (`publish_at`, else `added`), newest first;
    everything else by the date of the original, newest first; ties by address.
    """

    articles: tuple[Article, ...]
    """In a preview with those that wait for a moment or for their editor, at the place that they will have."""
    waiting: tuple[tuple[Article, State], ...]
    """Held, draft, scheduled, delayed and expired articles, by page."""
    zone: ZoneInfo
    taken_down: tuple[Article, ...] = ()
    """Articles in whose place a notice stands, by page."""

    @classmethod
    def collect(
        cls, articles: Iterable[Article], *, now: dt.datetime, settings: Settings, preview: bool = False
    ) -> Library:
        """The library of some articles as it stands at `now`."""
        shown: list[Article] = []
        waiting: list[tuple[Article, State]] = []
        taken_down: list[Article] = []
        for article in sorted(
            (_renamed(one, settings) for one in articles), key=lambda article: article.page
        ):
            state = state_of(article, now, settings)
            if state is State.TAKEN_DOWN:
                taken_down.append(article)
                continue
            if state is not State.PUBLISHED:
                waiting.append((article, state))
            if state is State.PUBLISHED or (preview and state is not State.HELD):
                shown.append(article)
        zone = settings.zone
        shown.sort(key=lambda article: taken_up(article, zone), reverse=True)
        return cls(articles=tuple(shown), waiting=tuple(waiting), zone=zone, taken_down=tuple(taken_down))

    @cached_property
    def states(self) -> Mapping[str, State]:
        """Page → state of every article that readers do not see as it is."""
        states = {article.page: state for article, state in self.waiting}
        states |= {article.page: State.TAKEN_DOWN for article in self.taken_down}
        return MappingProxyType(states)

    @cached_property
    def published(self) -> tuple[Article, ...]:
        """The articles that readers see, also in a preview: what goes into feeds."""
        return tuple(article for article in self.articles if article.page not in self.states)

    @cached_property
    def by_date(self) -> tuple[Article, ...]:
        """All published articles by the date of the original, newest first."""
        return self.order(self.articles)

    def order(self, articles: Iterable[Article]) -> tuple[Article, ...]:
        """Articles by the date of the original, newest first; ties by address."""
        ordered = sorted(articles, key=lambda article: article.page)
        return tuple(sorted(ordered, key=self._dated, reverse=True))

    def _dated(self, article: Article) -> dt.datetime:
        assert article.date is not None, "published articles have a date"
        return instant(article.date, self.zone)

    def day(self, article: Article) -> dt.date:
        """The day of the original, in the digest's time zone."""
        day = self._days.get(article.page)
        if day is None:
            assert article.date is not None, "published articles have a date"
            day = self._days[article.page] = day_of(article.date, self.zone)
        return day

    @cached_property
    def _days(self) -> dict[str, dt.date]:
        """Page → day, kept: every list of months asks again."""
        return {}

    @cached_property
    def topics(self) -> Mapping[str, tuple[Article, ...]]:
        """Topic key → its articles."""
        return self._group(lambda article: (article.topic,))

    @cached_property
    def tags(self) -> Mapping[str, tuple[Article, ...]]:
        """Tag label → its articles."""
        return self._group(lambda article: tuple(dict.fromkeys(article.tags)))

    @cached_property
    def sources(self) -> Mapping[str, tuple[Article, ...]]:
        """Source key → its articles."""
        return self._group(lambda article: (article.source,))

    @cached_property
    def months(self) -> Mapping[tuple[int, int], tuple[Article, ...]]:
        """(year, month) of the original → its articles; newest month first."""
        return self._group(lambda article: ((self.day(article).year, self.day(article).month),))

    def _group(self, keys_of: Callable[[Article], tuple[K, ...]]) -> Mapping[K, tuple[Article, ...]]:
        groups: dict[K, list[Article]] = defaultdict(list)
        for article in self.by_date:
            for key in keys_of(article):
                groups[key].append(article)
        return MappingProxyType({key: tuple(articles) for key, articles in groups.items()})

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return MappingProxyType({article.page: place for place, article in enumerate(self.by_date)})

    def neighbours(self, article: Article) -> tuple[Article | None, Article | None]:
        """(older, newer) by the date of the original; None at the ends and for what is not published."""
        place = self._places.get(article.page)
        if place is None:
            return None, None
        older = self.by_date[place + 1] if place + 1 < len(self.by_date) else None
        return older, self.by_date[place - 1] if place else None


def _renamed(article: Article, settings: Settings) -> Article:
    """The article under the present keys of its topic and source, where the page still has the earlier ones."""
    topic = settings.renamed_topics.get(article.topic, article.topic)
    source = settings.renamed_sources.get(article.source, article.source)
    if (topic, source) == (article.topic, article.source):
        return article
    return replace(article, topic=topic, source=source)


def taken_up(article: Article, zone: ZoneInfo) -> dt.datetime:
    """When the digest took an article up: `publish_at`, else `added`, else the date of the original."""
    moment = article.publish_at or article.added or article.date
    return instant(moment, zone) if moment else dt.datetime.min.replace(tzinfo=dt.UTC)
