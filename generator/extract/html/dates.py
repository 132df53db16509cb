"""When the page says it was published: JSON-LD, then meta, then the page's own stamps, then htmldate."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from htmldate import find_date

from generator import dates
from generator.extract.html.page import Page, names_of, words_of
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
_LATEST = "2199-12-31"
"""htmldate takes today for its limit where none is given; no output may depend on the clock."""


def find_dates(page: Page) -> list[DateClue]:
    """Every statement about the publication; a weaker one is only kept where it is needed or agrees."""
    clues = [
        DateClue(ClueKind.METADATA, words, how, excerpt(words), weight)
        for words, how, weight in _stated(page)
        if words and dates.read_date(words) is not None
    ]
    clues += [clue for clue in _marked(page) if not clues or clue.kind is ClueKind.METADATA]
    if not clues and (guess := _guess(page)):
        clues.append(DateClue(ClueKind.METADATA, guess, "htmldate", guess, 0.72))
    return clues


def _stated(page: Page) -> Iterator[tuple[str, str, float]]:
    yield page.linked.published, "JSON-LD datePublished", 0.96
    stated = bool(page.linked.published)
    for name in _METAS:
        for words in page.metas.get(name, [])[:1]:
            yield words, f"meta {name}", 0.9 if not stated else 0.55
            stated = True
    if not stated:
        yield page.linked.created, "JSON-LD dateCreated", 0.8


def _marked(page: Page) -> Iterator[DateClue]:
    """Dates in `time` and `itemprop` elements, near the headline and not of the update."""
    seen = 0
    for element in page.tree.iter("time", "span", "div", "p", "abbr", "li"):
        marked = element.get("itemprop") or ""
        if element.tag != "time" and "datepublished" not in marked.lower():
            continue
        if _is_elsewhere(page, element) or _UPDATED.search(f"{names_of(element)} {marked}"):
            continue
        words = element.get("datetime") or element.get("content") or words_of(element)
        if not words or len(words) > 60 or dates.read_date(words) is None:
            continue
        sure = (
            "publish" in marked.lower()
            or element.get("pubdate") is not None
            or _PUBLISHED.search(names_of(element))
        )
        seen += 1
        yield DateClue(
            ClueKind.STAMP, words, "time element", excerpt(words_of(element) or words), 0.85 if sure else 0.75
        )
        if seen == 1:
            return


def _is_elsewhere(page: Page, element: object) -> bool:
    """Whether a date stands in another article's teaser, in a comment or in the chrome."""
    for ancestor in element.iterancestors():  # type: ignore[attr-defined]  # lxml's element type has no stub for `time`
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
