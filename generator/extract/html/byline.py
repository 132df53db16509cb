"""Who wrote it: JSON-LD persons first, then meta, then the byline that the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from generator.extract.html.page import Page, letters_of, names_of, urlsplit_safe, words_of
from generator.extract.html.people import split_names
from generator.models import Candidate
from generator.text import excerpt

_METAS = (
    ("author", 0.72), ("article:author", 0.7), ("dc.creator", 0.7), ("dcterms.creator", 0.7), ("parsely-author", 0.7),
    ("sailthru.author", 0.7), ("byl", 0.7), ("article.author", 0.7), ("cxenseparse:author", 0.7), ("dc.contributor", 0.5),
    ("og:article:author", 0.7), ("citation_author", 0.7), ("shareaholic:article_author_name", 0.7), ("twitter:data1", 0.3),
)  # fmt: skip
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:(?:article|post|entry|story|news|detail|content|meta|caas|field)[_-]{0,2})*"
    r"(?:by-?line|authors?|autor(?:en|es)?|auteur|writer|reporter|creator|tac-?gia|journalist|contributor)"
    r"(?:[_-]{1,2}(?:name|names|link|list|item|title|text|info|full-?name|wrapper|box))*(?:$|[\s_-])",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+[|\-–—•·]\s+|\s*[|｜]\s*")
_NOT = re.compile(
    r"(?:bio|about|desc|comment|avatar|image|img|photo|social|follow|date|time|role|job|twitter|related|more|copyright)",
    re.IGNORECASE,
)


def find_authors(page: Page) -> list[Candidate[tuple[str, ...]]]:
    """Every set of names that something on the page gives, the publisher's own taken out."""
    own = {letters_of(name) for name in (page.linked.publisher, page.meta("og:site_name")) if name}
    window = next(page.tree.iter("title"), None)
    own |= (
        {letters_of(piece) for piece in _SEPARATOR.split(words_of(window))[1:]}
        if window is not None
        else set()
    )
    found: list[Candidate[tuple[str, ...]]] = []
    for names, how, words, weight in _iterate(page):
        kept = tuple(name for name in dict.fromkeys(names) if letters_of(name) not in own)
        if kept and all(kept != one.value for one in found):
            found.append(Candidate(kept, how, excerpt(words), weight))
    return found


def _iterate(page: Page) -> Iterator[tuple[tuple[str, ...], str, str, float]]:
    linked = page.linked
    yield linked.persons, "JSON-LD author", "; ".join(linked.persons), 0.9
    host = urlsplit_safe(page.canonical or page.item.url or "")[1].removeprefix("www.")
    for name, weight in _METAS:
        values = [value for value in page.metas.get(name, [])[:8] if not host or host not in value.lower()]
        yield (
            tuple(one for value in values for one in split_names(value)),
            f"meta {name}",
            "; ".join(values),
            weight,
        )
    if not linked.persons:  # looking through the whole page costs as much as all the rest
        yield from _bylines(page)
    yield linked.organisations, "JSON-LD author (an organisation)", "; ".join(linked.organisations), 0.45


def _bylines(page: Page) -> Iterator[tuple[tuple[str, ...], str, str, float]]:
    """Bylines in the body: `rel=author`, `itemprop=author`, an element named for it."""
    linked: list[str] = []
    marked: list[str] = []
    named: list[str] = []
    for element in page.tree.iter(
        "a", "span", "div", "p", "address", "li", "strong", "em", "h5", "h6", "cite", "section", "b"
    ):
        rel, prop = (element.get("rel") or "").lower(), (element.get("itemprop") or "").lower()
        is_linked, is_marked = "author" in rel.split(), prop in {"author", "creator"}
        names = element.get("class") or element.get("id") or ""
        if not (is_linked or is_marked or (names and _is_named(names))):
            continue
        words = _byline_words(element)
        if not words or len(words) > 120 or _is_elsewhere(element):
            continue
        (linked if is_linked else marked if is_marked else named).extend(split_names(words))
    for found, how, weight in (
        (marked, "itemprop author", 0.68),
        (linked, "rel=author", 0.66),
        (named[:4], "byline", 0.6),
    ):
        unique = tuple({letters_of(name): name for name in found}.values())
        if 0 < len(unique) <= 6:
            yield unique, how, "; ".join(found[:6]), weight


@lru_cache(maxsize=4096)
def _is_named(names: str) -> bool:
    return _NAMED.search(names) is not None and _NOT.search(names) is None


def _byline_words(element: HtmlElement) -> str:
    """The name inside a marked element, where it marks that too."""
    for inner in element.iterdescendants():
        if isinstance(inner.tag, str) and (inner.get("itemprop") or "").lower() == "name":
            return inner.get("content") or words_of(inner)
    return words_of(element)


def _is_elsewhere(element: HtmlElement) -> bool:
    for ancestor in element.iterancestors():
        if ancestor.tag in {"nav", "footer", "figure", "figcaption"}:
            return True
        if ancestor.tag not in {"html", "body"} and re.search(
            r"comment|related|sidebar|teaser|recommend|most-?read|author-?bio|about-?author",
            names_of(ancestor),
            re.IGNORECASE,
        ):
            return True
    return False
