"""Atom feeds (RFC 4287): one of the site, one of every topic, tag and source.

Only plain text goes into a feed, escaped once here. The same library gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from generator.dates import instant
from generator.library import address_of, taken_up
from generator.models import Article, Moment
from generator.redirects import find_renamed
from generator.text import squeeze
from generator.views import Presenter, Term, web_address

# RFC 4287 wants XML 1.0, which has no place for these, not even as references.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = "1970-01-01T00:00:00Z"
"""`updated` of a feed without entries: the element is required."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's file."""

    address: str
    title: str
    data: str


def _text(value: str) -> str:
    return escape(_ILLEGAL.sub("", value))


def _line(value: str) -> str:
    return escape(squeeze(_ILLEGAL.sub("", value)))


def _attribute(value: str) -> str:
    return quoteattr(_ILLEGAL.sub("", value))


def encode_address(address: str) -> str:
    """A web address in ASCII, as `xsd:anyURI` and older readers want it; what is encoded stays as it is."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~-._")


class _Writer:
    """Entries are written once and stand in several feeds."""

    def __init__(self, presenter: Presenter) -> None:
        self.presenter = presenter
        self.entries: dict[str, str] = {}

    def moment(self, moment: Moment) -> str:
        """RFC 3339 with offset; a day alone is its first moment in the digest's time zone."""
        return instant(moment, self.presenter.settings.zone).isoformat(timespec="seconds")

    def updated(self, article: Article) -> dt.datetime:
        """When the entry changed. A feed reader shows a correction only where this moves: one that gives no more than its
        day counts from the moment that was known before, a second for each correction."""
        moment = self.presenter.updated(article)
        assert moment is not None, "published articles have a date"
        exact = all(isinstance(one.date, dt.datetime) for one in article.corrections)
        seconds = 0 if exact else len(article.corrections)
        return instant(moment, self.presenter.settings.zone) + dt.timedelta(seconds=seconds)

    def entry(self, article: Article) -> str:
        if article.page not in self.entries:
            self.entries[article.page] = self._entry(article)
        return self.entries[article.page]

    def _entry(self, article: Article) -> str:
        presenter = self.presenter
        address = presenter.absolute(address_of(article.page))
        published = article.added or article.publish_at or article.date
        assert published is not None, "published articles have a date"
        source = presenter.settings.source(article.source)
        topic = presenter.topic(article.topic)
        lang = f" xml:lang={_attribute(article.lang)}" if article.lang else ""
        lines = [
            f"<entry{lang}>",
            f"<id>{_text(address)}</id>",
            f"<title>{_line(article.title)}</title>",
            f"<updated>{self.moment(self.updated(article))}</updated>",
            f"<published>{self.moment(published)}</published>",
            *(f"<author><name>{_text(name)}</name></author>" for name in article.authors or (source.name,)),
            f'<link rel="alternate" type="text/html" href={_attribute(encode_address(address))}/>',
        ]
        if original := web_address(article.url):
            lines.append(f'<link rel="via" type="text/html" href={_attribute(encode_address(original))}'
                         f" title={_attribute(source.name)}/>")  # fmt: skip
        lines += [self._category(term) for term in (topic, *presenter.tags_of(article))]
        if article.summary:
            lines.append(f"<summary>{_line(article.summary)}</summary>")
        lines.append("</entry>")
        return "\n".join(lines) + "\n"

    def _category(self, term: Term) -> str:
        segment, slug = term.address.rstrip("/").split("/")
        scheme = self.presenter.absolute(f"{segment}/")
        return (
            f"<category term={_attribute(slug)} scheme={_attribute(scheme)} label={_attribute(term.name)}/>"
        )

    def feed(self, articles: Iterable[Article], *, title: str, address: str, home: str) -> Feed:
        zone = self.presenter.settings.zone
        by_page = sorted(articles, key=lambda article: article.page)
        newest_first = sorted(by_page, key=lambda article: taken_up(article, zone), reverse=True)
        chosen = newest_first[: self.presenter.settings.feeds.items]
        newest = max(map(self.updated, chosen), default=None)
        own, page = self.presenter.absolute(address), self.presenter.absolute(home)
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_attribute(self.presenter.words.language)}>',
            f"<id>{_text(page)}</id>",
            f"<title>{_text(title)}</title>",
            f"<updated>{self.moment(newest) if newest else _NEVER}</updated>",
            f"<author><name>{_text(self.presenter.site_name)}</name><uri>{_text(self.presenter.site_url)}</uri></author>",
            f'<link rel="self" type="application/atom+xml" href={_attribute(encode_address(own))}/>',
            f'<link rel="alternate" type="text/html" href={_attribute(encode_address(page))}/>',
        ]
        body = "".join(self.entry(article) for article in chosen)
        return Feed(address, title, "\n".join(lines) + "\n" + body + "</feed>\n")


def feeds(presenter: Presenter) -> tuple[Feed, ...]:
    """Every feed of a site: its newest articles as they were taken up, and the same of every term.

    Only of what readers see, also in a preview. A feed reader follows no HTML redirect, so the feed of a renamed term
    goes on being written at its old address, with its new one as `self`.
    """
    writer, library, site = _Writer(presenter), presenter.library, presenter.site_name
    made = {"feed.xml": writer.feed(library.published, title=site, address="feed.xml", home="")}
    groups: dict[Term, list[Article]] = {presenter.topic(key): [] for key in presenter.settings.topics}
    for term_of, keyed in (
        (presenter.topic, library.topics),
        (presenter.tag, library.tags),
        (presenter.source, library.sources),
    ):
        for key, articles in keyed.items():
            published = [article for article in articles if article.page not in library.states]
            if published:
                groups.setdefault(term_of(key), []).extend(published)
    for term, chosen in sorted(groups.items(), key=lambda item: item[0].address):
        address = f"{term.address}feed.xml"
        unique = {article.page: article for article in chosen}.values()
        made.setdefault(
            address, writer.feed(unique, title=f"{site}: {term.name}", address=address, home=term.address)
        )
    for renamed in find_renamed(library, presenter.settings):
        if (feed := made.get(f"{renamed.new}feed.xml")) is not None:
            made.setdefault(f"{renamed.old}feed.xml", replace(feed, address=f"{renamed.old}feed.xml"))
    return tuple(made.values())
