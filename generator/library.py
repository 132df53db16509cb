"""All articles, read once and immutable: by topic, tag, source and month, each in its own order."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

from generator.dates import day_of, instant
from generator.models import Article, State

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


def state_of(article: Article, now: dt.datetime, zone: ZoneInfo) -> State:
    """Where an article stands at a moment. A page that lacks what publication requires is held."""
    if article.review or article.page.startswith(HELD) or missing_fields(article):
        return State.HELD
    if article.draft:
        return State.DRAFT
    if article.publish_at is not None and instant(article.publish_at, zone) > now:
        return State.SCHEDULED
    if article.expires is not None and instant(article.expires, zone) <= now:
        return State.EXPIRED
    return State.PUBLISHED


@dataclass(frozen=True)
class Library:
    """What readers may see, and what waits.

    Orders are total: `articles` by the moment they were taken up (`publish_at`, else `added`), newest first;
    everything else by the date of the original, newest first; ties by address.
    """

    articles: tuple[Article, ...]
    waiting: tuple[tuple[Article, State], ...]
    """Held, draft, scheduled and expired articles, by page."""
    zone: ZoneInfo

    @classmethod
    def collect(cls, articles: Iterable[Article], *, now: dt.datetime, zone: ZoneInfo) -> Library:
        """The library of some articles as it stands at `now`."""
        published: list[Article] = []
        waiting: list[tuple[Article, State]] = []
        for article in sorted(articles, key=lambda article: article.page):
            state = state_of(article, now, zone)
            if state is State.PUBLISHED:
                published.append(article)
            else:
                waiting.append((article, state))
        published.sort(key=lambda article: taken_up(article, zone), reverse=True)
        return cls(articles=tuple(published), waiting=tuple(waiting), zone=zone)

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
        assert article.date is not None, "published articles have a date"
        return day_of(article.date, self.zone)

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


def taken_up(article: Article, zone: ZoneInfo) -> dt.datetime:
    """When the digest took an article up: `publish_at`, else `added`, else the date of the original."""
    moment = article.publish_at or article.added or article.date
    return instant(moment, zone) if moment else dt.datetime.min.replace(tzinfo=dt.UTC)
