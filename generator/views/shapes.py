"""What templates print: plain text and domain values, each string escaped once, where a template prints it.

Addresses are relative to the site's root (`chu-de/quan-y/`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.models import Moment, State

_WEB = re.compile(r"https?://[^\s/?#\"'<>\\]+[^\s\"'<>\\]*", re.IGNORECASE)


def web_address(text: str) -> str:
    """The text where it is a plain http(s) address, else nothing: other schemes never reach a page."""
    return text if _WEB.fullmatch(text) else ""


@dataclass(frozen=True, slots=True)
class Term:
    """A topic, tag or source as a link."""

    name: str
    address: str
    """Empty where there is no page to link to: of an article that waits, in a preview."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a preview says of an article beside its title: its state, or an editor's word about its place."""

    kind: str
    """`draft`, `scheduled`, `delayed`, `expired`, `pin`, `top`."""
    words: str


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
    lang: str = ""
    """Where it differs from the site's language."""
    marks: tuple[Mark, ...] = ()
    """In previews only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The same news at another source."""

    source: str
    title: str
    url: str
    date: Moment | None


@dataclass(frozen=True, slots=True)
class RelatedCard:
    """An older article beside the one that is read."""

    card: Card
    why: str
    """What the two share, in words."""


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
    """Newest first."""
    published: Moment | None
    """By the digest: when it took the article up."""
    updated: Moment | None
    related: tuple[RelatedCard, ...]
    older: Card | None
    newer: Card | None
    state: State
    until: str
    """When the clock will let it appear, or when it went, in words; empty where a person decides."""
    missing: tuple[str, ...]
    review: tuple[str, ...]
    canonical: str = ""
    """The original's address where search engines are to show that one."""
    json_ld: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands in the place of an article that was taken down: nothing of what it said."""

    address: str
    date: Moment
    reason: str
