"""The newest articles of the site and of every topic, tag and source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.models import Article
from generator.text import sort_key
from generator.views import Presenter, Term


@dataclass(frozen=True, slots=True)
class Group:
    """A term and the newest articles in it, as many as a feed has entries."""

    term: Term
    articles: list[Article] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The terms that readers see, each kind by address and in the order in which it is listed: topics as in the
    settings, also empty ones, the rest as in a dictionary. Terms with one address are one, as on their page."""

    topics: dict[str, Group]
    tags: dict[str, Group]
    sources: dict[str, Group]

    @classmethod
    def collect(cls, presenter: Presenter) -> Groups:
        """The groups of a library. In a preview too it is what readers see."""
        published, most = presenter.library.published, presenter.settings.feeds.items
        topics = _groups(map(presenter.topic, (*presenter.settings.topics, *_by_word(
            one.topic for one in published))))  # fmt: skip
        tags = _groups(_by_name(map(presenter.tag, _by_word(tag for one in published for tag in one.tags))))
        sources = _groups(_by_name(map(presenter.source, _by_word(one.source for one in published))))
        for article in published:  # in the order of a feed already, so the first of each group are its newest
            for groups, terms in (
                (topics, (presenter.topic(article.topic),)),
                (tags, presenter.tags_of(article)),
                (sources, (presenter.source(article.source),)),
            ):
                for term in terms:
                    chosen = groups[term.address].articles
                    if len(chosen) < most:
                        chosen.append(article)
        return cls(topics=topics, tags=tags, sources=sources)


def _by_word(keys: Iterable[str]) -> list[str]:
    return sorted(set(keys))


def _by_name(terms: Iterable[Term]) -> list[Term]:
    return sorted(terms, key=lambda term: (sort_key(term.name), term.address))


def _groups(terms: Iterable[Term]) -> dict[str, Group]:
    """Of two terms with one address the first gives the name."""
    groups: dict[str, Group] = {}
    for term in terms:
        if term.address not in groups:
            groups[term.address] = Group(term)
    return groups
