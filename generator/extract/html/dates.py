"""When the page says it was published: metadata, and what it prints around its headline; else htmldate's guess."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator

from htmldate import find_date
from lxml.html import HtmlElement

from generator import dates
from generator.extract import stamp
from generator.extract.head import Head
from generator.extract.html.body import Body
from generator.extract.html.page import Page, clean, names_of, words_of
from generator.extract.html.region import Region
from generator.models import ClueKind, DateClue
from generator.text import excerpt

logging.getLogger("htmldate").addHandler(logging.NullHandler())  # it logs what it does not find

_METAS = (
    "article:published_time", "og:published_time", "datepublished", "article:published", "published_time",
    "parsely-pub-date", "sailthru.date", "publish-date", "publishdate", "publication_date", "pubdate",
    "publish_date", "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "dc.created",
    "rnews:datepublished", "article.published", "created", "date", "ptime", "bt:pubdate", "weibo:article:create_at",
    "datecreated", "og:pubdate", "article:create_at",
)  # fmt: skip
_UPDATED = re.compile(r"updat|modif|last|edit|revis|aktualis|cập ?nhật|sửa", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"publi|pubdate|datecreated|posted|entry-date|post-date|article-?date|byline|timestamp|veröff|ngay",
    re.IGNORECASE,
)
_BOTH = re.compile(r"published|entry-date|post-date|pubdate", re.IGNORECASE)
"""Names of a date that is of the publication, though it be named `updated` as well (hAtom asks for that)."""
_CLOCK_NAMES = re.compile(
    r"(?<![\w-])(?:clock|dong-?ho|(?:current|today|server|system)[-_]?(?:date|time)(?:[-_]?time)?|(?:date|time)[-_]?now)(?![\w-])",
    re.IGNORECASE,
)
_APART = frozenset({"time", "br", "p", "div", "h1", "h2", "ul", "table"})
_MOST_VISIBLE = 60_000
_LATEST = "2199-12-31"
"""htmldate takes today for its limit where none is given; no output may depend on the clock."""


def find_dates(page: Page, found: Body, *, guess: bool = True) -> list[DateClue]:
    """Every statement about the publication: what metadata says, and what the page prints around its headline.

    htmldate is asked where neither speaks (and `guess`). It takes any date it finds, so that it settles nothing alone.
    """
    clues = [
        DateClue(ClueKind.METADATA, words, how, excerpt(words), weight)
        for words, how, weight in _stated(page)
        if words and dates.read_date(words) is not None
    ]
    printed = list(_printed(page, found))
    marked = list(_marked(page, found.head, alone=not clues and not printed))
    clues += [*marked, *(clue for clue in printed if clue.text not in {one.text for one in marked})]
    if guess and all(clue.kind is ClueKind.CLOCK for clue in clues) and (day := _guess(page)):
        clues.append(_weigh_guess(page, day))
    return clues


def _clock_words(page: Page) -> frozenset[str]:
    """What stands in the elements that the page itself calls its clock."""
    return frozenset(
        words
        for element in page.tree.iter("div", "span", "p", "td", "li", "time")
        if _CLOCK_NAMES.search(names_of(element)) and (words := words_of(element))
    )


def _printed(page: Page, found: Body) -> Iterator[DateClue]:
    """The stamps that the page prints above and below its headline and at the end of the text, and its clock."""
    head = found.head.head if found.head is not None else Head()
    clocks = _clock_words(page) if head.early_stamps else frozenset()
    # Without a clock of its own beside it, what stands above may be the clock itself.
    sure = 0.5 if head.stamps else 0.8 if head.clocks else 0.65
    groups = (
        (head.stamps, "stamp below the headline", 0.88),
        (head.early_stamps, "stamp above the headline", sure),
        (found.tail.stamps if found.weak else (), "stamp at the end", 0.75),
    )
    for stamps, how, weight in groups:
        for line, reading, updated in stamps:
            words = line.text[reading.start : reading.end]
            if stamp.is_print_clock(line.text) or (stamps is head.early_stamps and line.text in clocks):
                yield DateClue(ClueKind.CLOCK, words, "page clock", excerpt(line.text), 0.9)
                continue
            said = " that says updated" if updated else ""
            if "headline" in how and stamp.is_published(line.text):
                said = " that says published"
            yield DateClue(
                ClueKind.STAMP, words, how + said, excerpt(line.text), min(weight, 0.7) if updated else weight
            )
    for line, reading in head.clocks:
        words = line.text[reading.start : reading.end]
        yield DateClue(ClueKind.CLOCK, words, "page clock", excerpt(line.text), 0.9)


def _stated(page: Page) -> Iterator[tuple[str, str, float]]:
    yield page.linked.published, "JSON-LD datePublished", 0.96
    stated = bool(page.linked.published)
    for name in _METAS:
        for words in page.metas.get(name, [])[:1]:
            again = 0.7 if "publi" in name or "pubdate" in name else 0.55
            yield words, f"meta {name}", again if stated else 0.9
            stated = True
    if not stated:
        yield page.linked.created, "JSON-LD dateCreated", 0.8


def _marked(page: Page, region: Region | None, *, alone: bool) -> Iterator[DateClue]:
    """The date in a `time` or `itemprop` element: the one between headline and text. Where nothing else speaks
    (`alone`), the page's first that is not of an update or of another article."""
    near = region.near if region is not None else frozenset()
    found: list[tuple[bool, DateClue]] = []
    for element in page.tree.iter("time", "span", "div", "p", "abbr", "li", "td"):
        marked = (element.get("itemprop") or "").lower()
        if element.tag != "time" and "datepublished" not in marked and not _is_hatom(element):
            continue
        marked = marked or ("published" if _is_hatom(element) else "")
        beside = element in near
        if (beside or alone or marked) and (clue := _read_marked(element, marked, beside=beside)) is not None:
            found.append((beside, clue))
            if beside:
                break
    if found:
        yield max(found, key=lambda entry: entry[0])[1]


def _is_hatom(element: HtmlElement) -> bool:
    """Whether an `abbr` is the publication's as hAtom writes it: the date in its `title`."""
    return element.tag == "abbr" and "published" in (element.get("class") or "").lower().split()


def _read_marked(element: HtmlElement, marked: str, *, beside: bool) -> DateClue | None:
    names = f"{names_of(element)} {marked}"
    changed = _UPDATED.search(names) and not _BOTH.search(names)
    if _is_elsewhere(element) or changed or _UPDATED.search(_label_of(element)):
        return None
    stated = element.get("title") if element.tag == "abbr" else None
    words = element.get("datetime") or element.get("content") or stated or words_of(element)
    if not words or len(words) > 60 or dates.read_date(words) is None:
        return None
    sure = "publish" in marked or element.get("pubdate") is not None or _PUBLISHED.search(names_of(element))
    how = "time element below the headline" if beside else "time element"
    weight = 0.88 if beside else 0.8 if sure else 0.62
    return DateClue(ClueKind.STAMP, words, how, excerpt(words_of(element) or words), weight)


def _label_of(element: HtmlElement) -> str:
    """The words right before an element, on its line: `Cập nhật: `."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        return (
            (before.tail or words_of(before))[-30:] if before.tag not in _APART else (before.tail or "")[-30:]
        )
    return (parent.text or "")[-30:] if parent is not None else ""


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether a date stands in another article's teaser, in a comment or in the chrome."""
    for ancestor in element.iterancestors():
        if ancestor.tag in {"nav", "aside", "footer", "a"}:
            return True
        if ancestor.tag not in {"html", "body"} and re.search(
            r"comment|related|sidebar|teaser|recommend|most-?read|widget|tin-?lien-?quan",
            names_of(ancestor),
            re.IGNORECASE,
        ):
            return True
    return False


def _guess(page: Page) -> str:
    """htmldate's answer, for pages that mark nothing."""
    latest = page.item.fetched_at.strftime("%Y-%m-%d") if page.item.fetched_at else _LATEST
    try:
        found: str | None = find_date(page.tree, original_date=True, extensive_search=True, max_date=latest,
                                      min_date="1995-01-01", url=page.canonical or page.item.url)  # fmt: skip
    except (
        ValueError,
        OverflowError,
        RecursionError,
        AttributeError,
        TypeError,
    ):  # of dateparser, on odd input
        return ""
    return found or ""


def _weigh_guess(page: Page, guess: str) -> DateClue:
    """A guess that stands printed somewhere on the page is that page's clock, another article's day or the day of
    what the text tells: then its agreement with the text's first words says nothing."""
    body = page.tree.body
    visible = (
        clean(" ".join(text for text in body.itertext() if isinstance(text, str))) if body is not None else ""
    )
    day = dt.date.fromisoformat(guess)
    for reading in dates.find_dates(visible[:_MOST_VISIBLE]):
        if (reading.year, reading.month, reading.day) == (day.year, day.month, day.day):
            around = visible[max(0, reading.start - 40) : reading.end + 40]
            return DateClue(
                ClueKind.METADATA, guess, "htmldate's guess, a day that the page prints", excerpt(around), 0.2
            )
    return DateClue(ClueKind.METADATA, guess, "htmldate's guess", guess, 0.55)
