"""Names and addresses looked up, dates put into words: nothing of an article is left for a template to decide."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from generator.dates import day_of, instant
from generator.library import Library, address_of, missing_fields, release_of, shows_notice, taken_up
from generator.models import Article, Moment, State
from generator.redirects import TermAddresses
from generator.related import Related, relate
from generator.settings import Settings
from generator.text import count_words, sort_key
from generator.views import structured
from generator.views.shapes import (
    ArticleView,
    Card,
    Correction,
    Mark,
    Notice,
    RelatedCard,
    Report,
    Term,
    web_address,
)
from generator.words import Words

WORDS_PER_MINUTE = 220
"""Vietnamese counts syllables as words; readers of news take in some 220 of them a minute."""

_LINK_TARGET = re.compile(r"\]\([^)\s]{0,2000}")


@dataclass(frozen=True)
class Presenter:
    """Turns articles into views, by the settings and the language of one site."""

    library: Library
    settings: Settings
    words: Words
    site_name: str
    site_url: str
    """Ends with a slash."""
    preview: bool = False
    """Whether articles say what readers will not see of them: that they wait, that they are pinned."""

    @cached_property
    def _addresses(self) -> TermAddresses:
        return TermAddresses(self.settings)

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
        known = self.settings.topics.get(self.settings.renamed_topics.get(key, key))
        return Term(known.name if known else key, self._addresses.topic(key))

    def _make_tag(self, label: str) -> Term:
        name = self._addresses.name(label)
        return Term(self._tag_names.get(self.settings.tag_slug(name), name), self._addresses.tag(label))

    def _make_source(self, key: str) -> Term:
        source = self.settings.source(key)
        return Term(source.short or source.name, self._addresses.source(key))

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

    def moment(self, moment: Moment) -> str:
        """ISO 8601 with offset, as search engines want it; a day alone is its first moment in the digest's time zone."""
        return instant(moment, self.settings.zone).isoformat(timespec="seconds")

    def published(self, article: Article) -> Moment | None:
        """When the digest published an article, as feeds and search engines are told."""
        return article.added or article.publish_at or article.date

    def updated(self, article: Article) -> Moment | None:
        """When the page last changed for its readers: its last correction, else when it was taken up."""
        moments = [correction.date for correction in article.corrections]
        if published := self.published(article):
            moments.append(published)
        return max(moments, key=lambda moment: instant(moment, self.settings.zone), default=None)

    def last_day(self, articles: Iterable[Article]) -> dt.date | None:
        """The day on which a list of articles last changed."""
        return max(filter(None, map(self._day_updated, articles)), default=None)

    def _day_updated(self, article: Article) -> dt.date | None:
        """The day on which an article last changed, kept: every list that it stands in asks again."""
        if article.page not in self._days_updated:
            moment = self.updated(article)
            self._days_updated[article.page] = self.day(moment) if moment else None
        return self._days_updated[article.page]

    @cached_property
    def _days_updated(self) -> dict[str, dt.date | None]:
        return {}

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
            lang=self._other_language(article),
            marks=tuple(self._marks(article)) if self.preview else (),
        )

    def _other_language(self, article: Article) -> str:
        return article.lang if article.lang and article.lang != self.words.language else ""

    def _marks(self, article: Article) -> Iterator[Mark]:
        state = self.library.states.get(article.page)
        if state in (State.DRAFT, State.EXPIRED):
            yield Mark(state, self.words(f"state.{state}.mark"))
        elif state in (State.SCHEDULED, State.DELAYED) and (moment := self.turn(article, state)):
            zone = self.settings.zone
            near = article.added is not None and self.day(article.added).year == self.day(moment).year
            day = self.words.write_day(moment, zone) if near else self.words.write_short(moment, zone)
            yield Mark(
                state, self.words(f"state.{state}.mark", f"{day} {self.words.write_hour(moment, zone)}")
            )
        if article.pin:
            yield Mark("pin", self.words("mark.pin"))
        if article.top:
            yield Mark("top", self.words("mark.top"))

    def turn(self, article: Article, state: State) -> dt.datetime | None:
        """The moment at which the clock lets an article appear, or took it away; None where a person decides."""
        zone = self.settings.zone
        if state is State.EXPIRED and article.expires is not None:
            return instant(article.expires, zone)
        if state not in (State.SCHEDULED, State.DELAYED):
            return None
        moments = [release_of(article, self.settings)]
        moments.append(instant(article.publish_at, zone) if article.publish_at else None)
        return max((moment for moment in moments if moment is not None), default=None)

    def until(self, article: Article, state: State) -> str:
        """The same as a sentence for an editor; empty where there is no such moment."""
        moment, zone = self.turn(article, state), self.settings.zone
        if moment is None:
            return ""
        day, hour = self.words.write_weekday(moment, zone), self.words.write_hour(moment, zone)
        return self.words(f"state.{state}.until", f"{day} {hour}")

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

    @cached_property
    def _related(self) -> Mapping[str, tuple[Related, ...]]:
        zone = self.settings.zone
        return relate(
            self.library.articles[::-1],
            taken_up=lambda article: taken_up(article, zone).timestamp() / 86400,
            tag_key=lambda label: self.tag(label).address,
        )

    def _related_card(self, related: Related) -> RelatedCard:
        if related.tags:
            why = self.words("related.tags", ", ".join(self.tag(label).name for label in related.tags))
        else:
            phrases = (self.words("quoted", phrase) for phrase in related.phrases)
            why = self.words("related.words", ", ".join(phrases))
        return RelatedCard(self.card(related.article), why)

    def article(self, article: Article, state: State = State.PUBLISHED) -> ArticleView:
        """An article as its own page shows it."""
        source = self.settings.source(article.source)
        older, newer = self.library.neighbours(article)
        zone = self.settings.zone
        card = self.card(article)
        topics = Term(self.words("topics"), f"{self.settings.paths.topics}/")
        steps = (topics, card.topic, Term(card.title, card.address))
        if state is not State.PUBLISHED:
            card = replace(card, topic=self._reachable(card.topic), source=self._reachable(card.source))
        return ArticleView(
            card=card,
            url=web_address(article.url),
            lang=card.lang,
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
            corrections=tuple(
                Correction(date=item.date, text=item.text)
                for item in sorted(article.corrections, key=lambda one: instant(one.date, zone), reverse=True)
            ),
            published=self.published(article),
            updated=self.updated(article),
            related=tuple(map(self._related_card, self._related.get(article.page, ()))),
            older=self.card(older) if older else None,
            newer=self.card(newer) if newer else None,
            state=state,
            until=self.until(article, state),
            missing=missing_fields(article) if state is State.HELD else (),
            review=article.review,
            canonical=self.canonical(article),
            json_ld=(structured.describe(self, article), self.trail(steps))
            if state is State.PUBLISHED
            else (),
        )

    def canonical(self, article: Article) -> str:
        """Address of the original where its source wants it to be the page that search engines show; else empty."""
        cited = self.settings.source(article.source).canonical == "original"
        return web_address(article.url) if cited else ""

    def trail(self, steps: Iterable[Term]) -> Mapping[str, object]:
        """The way from the front page to a page, as search engines read it."""
        return structured.trail(self, steps)

    def notice(self, article: Article) -> Notice:
        """What stands in the place of an article that was taken down."""
        assert article.takedown is not None, "only of what was taken down"
        return Notice(address_of(article.page), article.takedown.date, article.takedown.reason)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """The notices of the site, newest first. What was never filed had no readers and has none."""
        taken = [article for article in self.library.taken_down if shows_notice(article)]
        notices = sorted(map(self.notice, taken), key=lambda one: one.address)
        return tuple(sorted(notices, key=lambda one: instant(one.date, self.settings.zone), reverse=True))
