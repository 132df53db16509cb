"""An article as every form of a feed tells of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.dates import instant
from generator.feeds.text import encode_address, line
from generator.library import address_of
from generator.models import Article, Moment
from generator.views import Presenter, Term, web_address


@dataclass(frozen=True, slots=True)
class Category:
    """A topic or a tag."""

    slug: str
    scheme: str
    """Whole address of the list of its kind: what tells the topic `y-te` from the tag."""
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article in a feed. Texts are one line each and plain; addresses are whole and ASCII."""

    address: str
    """Of its page on the digest, which is what a feed reader opens and knows it by."""
    title: str
    summary: str
    date: Moment
    """Of the original."""
    published: dt.datetime
    """When the digest took it up."""
    updated: dt.datetime
    """When its page changed last for its readers."""
    authors: tuple[str, ...]
    source_key: str
    source: str
    """Name of the source."""
    source_feed: str
    """Address of the source's own feed; empty where none is known."""
    original: str
    """Empty where it is no web address."""
    topic_key: str
    topic: Category
    tags: tuple[Category, ...]
    lang: str
    """Empty where the article does not say."""
    policy: str
    """What the digest may hold of the text: full, excerpt, summary, link."""

    @property
    def creators(self) -> tuple[str, ...]:
        """Whoever stands for it: its authors, else its source. Atom wants somebody (RFC 4287 §4.1.2)."""
        return self.authors or (self.source,)


def name_of(term: Term) -> str:
    """A term's name as one line; the end of its address where nothing of the name can be written."""
    return line(term.name) or term.address.rstrip("/").rpartition("/")[2]


class Entries:
    """The entries of one build: each article is put into words once and stands in several files."""

    def __init__(self, presenter: Presenter) -> None:
        self._presenter = presenter
        self._known: dict[str, Entry] = {}
        self._categories: dict[str, Category] = {}
        self._sources: dict[str, tuple[str, str]] = {}

    def of(self, article: Article) -> Entry:
        """The entry of an article that readers see, kept for the next feed that holds it."""
        entry = self._known.get(article.page)
        if entry is None:
            entry = self._known[article.page] = self._make(article)
        return entry

    def pass_by(self, articles: Iterable[Article]) -> Iterator[Entry]:
        """The entries of many articles, one after the other: those that no feed holds are not kept."""
        return (self._known.get(article.page) or self._make(article) for article in articles)

    def _make(self, article: Article) -> Entry:
        presenter = self._presenter
        published = article.added or article.publish_at or article.date
        assert article.date is not None, "published articles have a date"
        assert published is not None, "published articles have a date"
        taken_up = instant(published, presenter.settings.zone)
        source, source_feed = self._source(article.source)
        return Entry(
            address=encode_address(presenter.absolute(address_of(article.page))),
            title=line(article.title) or presenter.words("untitled"),
            summary=line(article.summary),
            date=article.date,
            published=taken_up,
            updated=self._updated(article) if article.corrections else taken_up,
            authors=tuple(filter(None, map(line, article.authors))),
            source_key=line(article.source),
            source=source,
            source_feed=source_feed,
            original=encode_address(web_address(article.url)),
            topic_key=line(article.topic),
            topic=self._category(presenter.topic(article.topic)),
            tags=tuple(map(self._category, presenter.tags_of(article))),
            lang=article.lang,
            policy=presenter.settings.source(article.source).text,
        )

    def _updated(self, article: Article) -> dt.datetime:
        """When the entry changed. A feed reader shows a correction only where this moves: one that gives no more than its
        day counts from the moment that was known before, a second for each correction."""
        moment = self._presenter.updated(article)
        assert moment is not None, "published articles have a date"
        exact = all(isinstance(one.date, dt.datetime) for one in article.corrections)
        seconds = 0 if exact else len(article.corrections)
        return instant(moment, self._presenter.settings.zone) + dt.timedelta(seconds=seconds)

    def _source(self, key: str) -> tuple[str, str]:
        """Name and feed of a source. One whose name is nothing but signs that cannot be written goes by the site's."""
        if key not in self._sources:
            source = self._presenter.settings.source(key)
            name = line(source.name) or line(self._presenter.site_name)
            self._sources[key] = name, encode_address(web_address(source.feed or ""))
        return self._sources[key]

    def _category(self, term: Term) -> Category:
        category = self._categories.get(term.address)
        if category is None:
            segment, slug = term.address.rstrip("/").split("/")
            scheme = encode_address(self._presenter.absolute(f"{segment}/"))
            category = self._categories[term.address] = Category(slug, scheme, name_of(term))
        return category
