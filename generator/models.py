"""The domain's own types: frozen, free of disk, clock and MkDocs.

One way through: a reader makes `RawItem`s of a raw file, extraction makes a `Record` of each item,
ingest makes a page of each record, and the library reads the pages back as `Article`s.

All text is NFC with LF line ends. All datetimes are aware.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, Literal, TypeAlias, TypeVar, Union

Moment: TypeAlias = dt.datetime | dt.date
"""A point of time as precisely as it is known: an aware datetime, or a date where only the day is."""

MetaValue: TypeAlias = Union[str, int, float, bool, list["MetaValue"], dict[str, "MetaValue"], None]  # noqa: UP007 (a forward reference has no `|`)
"""What front matter may hold. Dates stay strings."""

T = TypeVar("T")

NO_EXTRA: Mapping[str, MetaValue] = MappingProxyType({})


class Level(StrEnum):
    """How bad a problem is: an error makes the exit code 1, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an editor should know, with the place and the way out."""

    path: str
    """File, relative to the project's folder, with `/`."""
    message: str
    """What was found and what was expected."""
    hint: str = ""
    """What to do."""
    line: int = 0
    """Line in the file, from 1; 0 where the whole file is meant."""
    level: Level = Level.ERROR
    rule: str = ""
    """Stable name of the rule, for machines and docs: `raw-encoding`, `settings-unknown-key` …"""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.level}: {self.message}" + (f" → {self.hint}" if self.hint else "")


# ------------------------------------------------------------------------------------------- raw


class Form(StrEnum):
    """What kind of text an item is, which decides how its fields are found."""

    TEXT = "text"
    """Scraped or pasted plain text: no markup at all."""
    PAGE = "page"
    """A whole saved HTML page, chrome included."""
    FRAGMENT = "fragment"
    """HTML that is the article and nothing else, as feeds carry it."""
    MARKDOWN = "markdown"
    """Markdown written by a person."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a container says of an article in so many words: a feed's `pubDate`, a front matter key.

    `value` is the words as they stand, not yet interpreted.
    """

    field: str
    value: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """One article as a reader hands it on, decoded but not understood."""

    raw: str
    """Identity: `content/raw/plo/x.txt`, or `content/raw/x.xml#item-id` for one item of a feed."""
    form: Form
    text: str
    """The source: plain text, Markdown or HTML, NFC, LF, without control characters."""
    statements: tuple[Statement, ...] = ()
    """In the container's order. Fields: title, date, updated, author (once per name), section, lead, url,
    canonical_url, language, source (a name), source_url, topic, tag (once per label), and for Markdown
    every other front matter key as it stands.
    Weaker ones, which settle nothing alone: `created` (when a file was made, or a mail sent: publication can only
    be about then), `fetched` (a date that a feed or a mail program put in, the same for many items), `name` (what
    a file calls itself: Word's title), `doubt` (what the reader is not sure of, as `field: why`: it holds the
    article)."""
    url: str | None = None
    """Where the article was fetched, as the editor or the container says."""
    source: str | None = None
    """Key of the source, where the editor says it (sidecar or `--source`)."""
    fetched_at: dt.datetime | None = None
    """When the raw file was saved, as the editor says: an upper bound for the date."""


# ------------------------------------------------------------------------------------ extraction


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """A value a field may have, and why one may think so."""

    value: T
    how: str
    """The rule that found it, in plain words: `stamp after the title`, `JSON-LD datePublished`."""
    text: str
    """The words it stands on, verbatim, at most some 200 characters."""
    confidence: float
    """0 … 1; comparable within one field."""
    assumed: tuple[str, ...] = ()
    """What was not in the words but supplied: `year`, `minute`, `offset`."""


class DateStatus(StrEnum):
    """Whether the publication date can be trusted."""

    SETTLED = "settled"
    """The evidence gives it and nothing contradicts."""
    HELD = "held"
    """There is evidence, but it leaves more than one answer: a person decides."""
    UNKNOWN = "unknown"
    """Nothing in the article speaks of its date."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The publication date of the original, with its doubt."""

    status: DateStatus
    value: Moment | None
    """Set exactly when `status` is settled."""
    candidates: tuple[Candidate[Moment], ...] = ()
    """Best first; with a settled date the first is the one chosen."""
    why: str = ""
    """What is unclear, in words for an editor; empty when settled."""


class ClueKind(StrEnum):
    """Where words about a date stand, which decides what they are worth."""

    METADATA = "metadata"
    """JSON-LD, meta, feed, front matter: said to be the publication."""
    STAMP = "stamp"
    """Printed beside the title or at the end, day and mostly minute."""
    ADDRESS = "address"
    """In the article's address."""
    DATELINE = "dateline"
    """The opening of the text says when it happened, mostly without a year."""
    PREFIX = "prefix"
    """What a scraper put before the text (`date 2025-05`)."""
    CLOCK = "clock"
    """The page's own clock when it was saved: bounds the date, never is it."""
    MENTION = "mention"
    """Some other date in the text."""


@dataclass(frozen=True, slots=True)
class DateClue:
    """Words that speak of a date, not yet weighed."""

    kind: ClueKind
    words: str
    """The date's own words, isolated: `22/05/2025 22:15`, `24/9`, `2025-05-22T15:15:00Z`."""
    how: str
    """`JSON-LD datePublished`, `stamp after the title` …"""
    text: str
    """The words around it."""
    confidence: float


class BlockKind(StrEnum):
    """What a piece of the body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    QUOTE = "quote"
    TABLE = "table"
    CODE = "code"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in an article's body, first as the saved page names it, then as the digest keeps it."""

    names: tuple[str, ...]
    """Files in the folder that was saved beside the raw one, the best first: `Bài_files/cau.jpg`."""
    alt: str = ""
    """The page's own words for those who do not see it."""
    file: str = ""
    """Where the digest keeps it, below the pages folder (`assets/images/….jpg`); empty until it is taken in, and for
    good where the source's policy allows no pictures."""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an article's body, in reading order."""

    kind: BlockKind
    text: str
    """Its words, without markup; list items and table rows stand on lines of their own."""
    markdown: str
    """The same as safe Markdown, ready for a page: every character of the source that Markdown would
    take for markup is escaped."""
    credit: str = ""
    """Of a caption: who made the picture, as given."""
    picture: Picture | None = None
    """Of a caption: the picture itself, where it was saved with the page. A picture that has no caption is a caption
    without words."""


@dataclass(frozen=True, slots=True)
class Review:
    """A doubt that a person must settle before the article is published."""

    field: str
    why: str
    candidates: tuple[str, ...] = ()
    """The values in question, best first: their fingerprint tells whether the doubt is still the same."""

    def __str__(self) -> str:
        return f"{self.field}: {self.why}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """How one field came to its value: the candidates, best first. The first is the value, unless the
    field is held or was left empty on purpose (`chosen` is then false)."""

    field: str
    candidates: tuple[Candidate[str], ...]
    chosen: bool = True


LeadKind: TypeAlias = Literal["sapo", "first_paragraph"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What extraction knows of one article: the values, the doubts, and the evidence of both."""

    raw: str
    title: str | None
    publication: Publication
    source: str | None
    """Key under `sources` where the settings know it, else the name as the evidence gives it."""
    source_known: bool
    authors: tuple[str, ...] = ()
    section: str | None = None
    lead: str | None = None
    lead_kind: LeadKind | None = None
    body: tuple[Block, ...] = ()
    """Paragraphs, headings, lists … and captions at their place. A lead of kind `sapo` is not in it; a lead
    of kind `first_paragraph` is its first paragraph."""
    url: str | None = None
    canonical_url: str | None = None
    language: str | None = None
    topic: str | None = None
    tags: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    """Lines that are not the article, each with why: `("Hotline: …", "contact")`."""
    statements: tuple[Statement, ...] = ()
    """What the container said and no field took: Markdown's further front matter keys."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's words without captions, one entry per block."""
        return tuple(block.text for block in self.body if block.kind is not BlockKind.CAPTION)

    @property
    def captions(self) -> tuple[Block, ...]:
        """The captions of the body that say something, in order."""
        return tuple(
            block for block in self.body if block.kind is BlockKind.CAPTION and (block.text or block.credit)
        )


# ----------------------------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class Coverage:
    """The same news elsewhere, as an editor names it (`also`)."""

    source: str
    url: str
    title: str = ""
    date: Moment | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A dated, visible correction of an article."""

    date: Moment
    text: str


@dataclass(frozen=True, slots=True)
class Takedown:
    """An article that was taken away on purpose: its page says when and why, and nothing of what it said."""

    date: Moment
    reason: str


class State(StrEnum):
    """Where an article stands on its way to the readers."""

    PUBLISHED = "published"
    HELD = "held"
    """A person must settle something first."""
    DRAFT = "draft"
    """Its editor is not done with it."""
    SCHEDULED = "scheduled"
    """Its `publish_at` has not come."""
    DELAYED = "delayed"
    """Its source lets it appear only some time after the original."""
    EXPIRED = "expired"
    """Its `expires` is over."""
    TAKEN_DOWN = "taken_down"
    """A notice stands in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article page as its front matter and its place say."""

    page: str
    """File below the pages folder: `articles/2025/05/<slug>.md` or `held/<slug>.md`."""
    title: str
    date: Moment | None
    added: Moment | None
    source: str
    topic: str
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    section: str = ""
    summary: str = ""
    url: str = ""
    lang: str = ""
    also: tuple[Coverage, ...] = ()
    review: tuple[str, ...] = ()
    draft: bool = False
    publish_at: Moment | None = None
    expires: Moment | None = None
    pin: bool = False
    top: bool = False
    story: str = ""
    aliases: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    note: str = ""
    takedown: Takedown | None = None
    raw: str = ""
    extra: Mapping[str, MetaValue] = field(default_factory=lambda: NO_EXTRA)
    body: str = ""
    """Markdown."""
