"""What templates and feeds print of an article: names and addresses looked up, nothing left to decide.

A view holds plain text and domain values; each string is escaped once, where a template prints it.
Addresses are relative to the site's root (`chu-de/quan-y/`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from generator import slugs
from generator.dates import day_of, instant
from generator.library import Library, address_of, missing_fields
from generator.models import Article, Moment, State
from generator.settings import Settings
from generator.text import count_words, sort_key
from generator.words import Words

WORDS_PER_MINUTE = 220
"""Vietnamese counts syllables as words; readers of news take in some 220 of them a minute."""

_WEB = re.compile(r"https?://[^\s/?#\"'<>\\]+[^\s\"'<>\\]*", re.IGNORECASE)
_LINK_TARGET = re.compile(r"\]\([^)\s]{0,2000}")


def web_address(text: str) -> str:
    """The text where it is a plain http(s) address, else nothing: other schemes never reach a page."""
    return text if _WEB.fullmatch(text) else ""


@dataclass(frozen=True, slots=True)
class Term:
    """A topic, tag or source as a link."""

    name: str
    address: str
    """Empty where there is no page to link to: of an article that waits, in a preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An article on a page that lists."""

    title: str
    address: str
    topic: Term
    source: Term
    summary: str
    date: Moment | None
    added: Moment | None
    minutes: int
    others: int
    """How many further sources report the same."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The same news at another source."""

    source: str
    title: str
    url: str
    date: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A dated correction, as the page shows it."""

    date: Moment
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article on its own page."""

    card: Card
    url: str
    """Of the original; empty where it is no web address."""
    lang: str
    """Where it differs from the site's language."""
    authors: tuple[str, ...]
    section: str
    tags: tuple[Term, ...]
    policy: str
    """What the page may hold of the original: full, excerpt, summary, link."""
    credit: str
    licence: str
    source_url: str
    also: tuple[Report, ...]
    corrections: tuple[Correction, ...]
    updated: Moment | None
    older: Term | None
    newer: Term | None
    state: State
    missing: tuple[str, ...]
    review: tuple[str, ...]
    publish_at: Moment | None
    expires: Moment | None
    json_ld: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Presenter:
    """Turns articles into views, by the settings and the language of one site."""

    library: Library
    settings: Settings
    words: Words
    site_name: str
    site_url: str
    """Ends with a slash."""

    def _segment(self, segment: str, slug: str) -> str:
        return f"{segment}/{slug}/"

    @cached_property
    def _terms(self) -> dict[tuple[str, str], Term]:
        return {}

    def _term(self, kind: str, key: str, make: Callable[[str], Term]) -> Term:
        """A term, made once: its slug costs more than everything else about it."""
        term = self._terms.get((kind, key))
        if term is None:
            term = self._terms[kind, key] = make(key)
        return term

    def topic(self, key: str) -> Term:
        """A topic; one that the settings do not name goes by its own words."""
        return self._term("topic", key, self._make_topic)

    def tag(self, label: str) -> Term:
        """A tag. Labels with one address are one tag, under the name that the settings give it."""
        return self._term("tag", label, self._make_tag)

    def source(self, key: str) -> Term:
        """A source, by its short name where it has one."""
        return self._term("source", key, self._make_source)

    def _make_topic(self, key: str) -> Term:
        known = self.settings.topics.get(key)
        slug = key if slugs.is_slug(key) else slugs.slugify(key, "khac")
        return Term(known.name if known else key, self._segment(self.settings.paths.topics, slug))

    def _make_tag(self, label: str) -> Term:
        slug = self.settings.tag_slug(label)
        return Term(self._tag_names.get(slug, label), self._segment(self.settings.paths.tags, slug))

    def _make_source(self, key: str) -> Term:
        source = self.settings.source(key)
        slug = self.settings.source_slug(key)
        return Term(source.short or source.name, self._segment(self.settings.paths.sources, slug))

    @cached_property
    def _tag_names(self) -> Mapping[str, str]:
        """Slug → label, for labels that the settings do not name: the first in the dictionary's order."""
        names = {slug: label for label, slug in self.settings.tag_slugs.items()}
        for label in sorted(self.library.tags, key=sort_key):
            names.setdefault(self.settings.tag_slug(label), label)
        return MappingProxyType(names)

    def absolute(self, address: str) -> str:
        """The full address of a page of the site."""
        return self.site_url + address

    def day(self, moment: Moment) -> dt.date:
        """A moment's day in the digest's time zone."""
        return day_of(moment, self.settings.zone)

    def updated(self, article: Article) -> Moment | None:
        """When the page last changed for its readers: its last correction, else when it was taken up."""
        moments = [correction.date for correction in article.corrections]
        if moments:
            return max(moments, key=lambda moment: instant(moment, self.settings.zone))
        return article.added or article.publish_at or article.date

    def last_day(self, articles: Iterable[Article]) -> dt.date | None:
        """The day on which a list of articles last changed."""
        days = [self.day(moment) for article in articles if (moment := self.updated(article))]
        return max(days, default=None)

    def card(self, article: Article) -> Card:
        """An article as lists show it. Made once for each article."""
        card = self._cards.get(article.page)
        if card is None:
            card = self._cards[article.page] = self._make_card(article)
        return card

    @cached_property
    def _cards(self) -> dict[str, Card]:
        return {}

    def _make_card(self, article: Article) -> Card:
        visible = count_words(article.summary) + count_words(_LINK_TARGET.sub("]", article.body))
        return Card(
            title=article.title or self.words("untitled"),
            address=address_of(article.page),
            topic=self.topic(article.topic),
            source=self.source(article.source),
            summary=article.summary,
            date=article.date,
            added=article.added,
            minutes=max(1, round(visible / WORDS_PER_MINUTE)),
            others=len({report.source for report in article.also}),
            note=article.note,
        )

    def cards(self, articles: Iterable[Article]) -> tuple[Card, ...]:
        """Several articles, in the same order."""
        return tuple(self.card(article) for article in articles)

    def tags_of(self, article: Article) -> tuple[Term, ...]:
        """An article's tags, each address once."""
        return tuple({term.address: term for term in map(self.tag, article.tags)}.values())

    @cached_property
    def _reached(self) -> frozenset[str]:
        """Addresses of the terms that have a page."""
        return frozenset(
            term_of(key).address
            for term_of, keys in (
                (self.topic, (*self.settings.topics, *self.library.topics)),
                (self.tag, tuple(self.library.tags)),
                (self.source, tuple(self.library.sources)),
            )
            for key in keys
        )

    def _reachable(self, term: Term) -> Term:
        return term if term.address in self._reached else Term(term.name, "")

    def article(self, article: Article, state: State = State.PUBLISHED) -> ArticleView:
        """An article as its own page shows it."""
        source = self.settings.source(article.source)
        older, newer = self.library.neighbours(article)
        card = self.card(article)
        if state is not State.PUBLISHED:
            card = replace(card, topic=self._reachable(card.topic), source=self._reachable(card.source))
        return ArticleView(
            card=card,
            url=web_address(article.url),
            lang=article.lang if article.lang and article.lang != self.words.language else "",
            authors=article.authors,
            section=article.section,
            tags=tuple(map(self._reachable, self.tags_of(article))),
            policy=source.text,
            credit=source.credit,
            licence=source.licence or source.permission,
            source_url=source.url or "",
            also=tuple(
                Report(
                    source=self.settings.source(report.source).name,
                    title=report.title,
                    url=web_address(report.url),
                    date=report.date,
                )
                for report in article.also
            ),
            corrections=tuple(Correction(date=item.date, text=item.text) for item in article.corrections),
            updated=self.updated(article),
            older=Term(older.title, address_of(older.page)) if older else None,
            newer=Term(newer.title, address_of(newer.page)) if newer else None,
            state=state,
            missing=missing_fields(article) if state is State.HELD else (),
            review=article.review,
            publish_at=article.publish_at,
            expires=article.expires,
            json_ld=self._json_ld(article) if state is State.PUBLISHED else {},
        )

    def _json_ld(self, article: Article) -> Mapping[str, object]:
        """schema.org NewsArticle. The page is the digest's item; `isBasedOn` is the original."""
        published = article.added or article.publish_at or article.date
        updated = self.updated(article)
        assert published is not None, "published articles have a date"
        assert updated is not None, "published articles have a date"
        address = self.absolute(address_of(article.page))
        organisation = {"@type": "NewsMediaOrganization", "name": self.site_name, "url": self.site_url}
        data: dict[str, object] = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "url": address,
            "mainEntityOfPage": address,
            "datePublished": published.isoformat(),
            "dateModified": updated.isoformat(),
            "inLanguage": article.lang or self.words.language,
            "articleSection": self.topic(article.topic).name,
            "author": [{"@type": "Person", "name": name} for name in article.authors]
            or [{"@type": "Organization", "name": self.settings.source(article.source).name}],
            "publisher": organisation,
        }
        if article.summary:
            data["description"] = article.summary
        if article.tags:
            data["keywords"] = [term.name for term in self.tags_of(article)]
        if original := web_address(article.url):
            based: dict[str, object] = {"@type": "NewsArticle", "url": original}
            if article.date:
                based["datePublished"] = article.date.isoformat()
            based["publisher"] = {
                "@type": "NewsMediaOrganization",
                "name": self.settings.source(article.source).name,
            }
            data["isBasedOn"] = based
        return data
