"""Who wrote it: JSON-LD persons first, then meta, then the byline that the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from generator.extract.byline import Byline, is_personal
from generator.extract.chrome import stamp_of
from generator.extract.dateline import Dateline
from generator.extract.html.lines import Seen, is_bold
from generator.extract.html.page import Page, letters_of, names_of, urlsplit_safe, words_of
from generator.extract.html.people import is_company, split_names
from generator.extract.language import is_vietnamese
from generator.extract.lines import Line
from generator.models import Block, Candidate
from generator.text import excerpt

_METAS = (
    ("author", 0.72), ("article:author", 0.7), ("dc.creator", 0.7), ("dcterms.creator", 0.7), ("parsely-author", 0.7),
    ("sailthru.author", 0.7), ("byl", 0.7), ("article.author", 0.7), ("cxenseparse:author", 0.7), ("dc.contributor", 0.5),
    ("og:article:author", 0.7), ("citation_author", 0.7), ("shareaholic:article_author_name", 0.7), ("twitter:data1", 0.3),
)  # fmt: skip
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:(?:article|post|entry|story|news|detail|content|meta|caas|field)[_-]{0,2})*"
    r"(?:by-?line|authors?|autor(?:en|es)?|auteur|writer|reporter|creator|tac-?gia|but-?danh|nguoi-?viet|journalist|contributor)"
    r"(?:[_-]{1,2}(?:name|names|link|list|item|title|text|info|full-?name|wrapper|box))*(?:$|[\s_-])",
    re.IGNORECASE,
)
_NEAR, _FAR = 2, 6
"""Levels that lead from a byline to what holds it and its like."""
_SEPARATOR = re.compile(r"\s+[|\-–—•·]\s+|\s*[|｜]\s*")
_NOT = re.compile(
    r"(?:bio|about|desc|comment|avatar|image|img|photo|social|follow|date|time|role|job|twitter|related|more|copyright)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Trust:
    """Which of the short lines around a text may name its writer, where no element of the page says so.

    In Vietnamese news a name stands alone, often in capitals; elsewhere a line of two capitalised words is far more
    often a button or the name of a box, unless the date stands beside it or it says `By`.
    """

    vietnamese: bool
    title: str
    """Letters of the headline: who is named in it did not write it."""
    dated: frozenset[str]
    """Lines beside a stamp."""
    weak: bool
    """The lines were read as plain text is; on a marked-up page a short line may be anything."""

    @classmethod
    def of(
        cls,
        title: str,
        opening: Sequence[Block],
        languages: Sequence[Candidate[str]],
        lines: Sequence[Line],
        *,
        weak: bool,
    ) -> Trust:
        """For a page with this headline, this beginning of its text, these languages and these lines around the
        headline."""
        stamped = [stamp_of(line.text) is not None for line in lines]
        beside = {
            line.text for place, line in enumerate(lines) if any(stamped[max(0, place - 1) : place + 2])
        }
        said = any(one.value.lower().startswith("vi") for one in languages)
        return cls(
            said or is_vietnamese(" ".join([title, *(block.text for block in opening)])),
            letters_of(title),
            frozenset(beside),
            weak,
        )

    def allows(self, line: Line, byline: Byline, names: tuple[str, ...]) -> bool:
        """Whether these names of a line are its writers."""
        if byline.sure:
            return True
        if any(letters_of(name) in self.title for name in names):
            return False
        set_apart = isinstance(line, Seen) and is_bold(line.block)
        formed = self.weak or is_personal(byline, line.text) or (self.vietnamese and set_apart)
        if self.vietnamese:
            return formed
        return formed and line.text in self.dated and all(1 <= name.count(" ") <= 3 for name in names)

    def is_place(self, mark: Dateline, marks: frozenset[str]) -> bool:
        """Whether a mark in capitals before a dash names the place: only Vietnamese papers set their own letters so."""
        return not self.vietnamese and mark.name not in marks and not {"(", "["} & set(mark.words)


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
    host = letters_of(_host(page).rsplit(".", 1)[0])
    for names, how, words, weight in _iterate(page, own):
        kept = tuple(
            name
            for name in dict.fromkeys(names)
            if letters_of(name) not in own and not (name.isupper() and letters_of(name) == host)
        )
        if kept and all(kept != one.value for one in found):
            found.append(Candidate(kept, how, excerpt(words), weight))
    return _without_capitals(found)


def _without_capitals(found: Sequence[Candidate[tuple[str, ...]]]) -> list[Candidate[tuple[str, ...]]]:
    """The names as other places of the page write them, where a byline is set in capitals."""
    written = {letters_of(name): name for one in found for name in one.value if not name.isupper()}
    return [
        replace(one, value=tuple(written.get(letters_of(name), name) for name in one.value)) for one in found
    ]


def _host(page: Page) -> str:
    return urlsplit_safe(page.canonical or page.item.url or "")[1].removeprefix("www.")


def _iterate(page: Page, own: set[str]) -> Iterator[tuple[tuple[str, ...], str, str, float]]:
    linked = page.linked
    yield linked.persons, "JSON-LD author", "; ".join(linked.persons), 0.9
    host = _host(page)
    for name, weight in _METAS:
        values = [value for value in page.metas.get(name, [])[:8]
                  if (not host or host not in value.lower()) and letters_of(value) not in own and not _is_imprint(value, own)]  # fmt: skip
        yield (
            tuple(one for value in values for one in split_names(value)),
            f"meta {name}",
            "; ".join(values),
            weight,
        )
    if not linked.persons:  # looking through the whole page costs as much as all the rest
        yield from _bylines(page)
    yield linked.organisations, "JSON-LD author (an organisation)", "; ".join(linked.organisations), 0.45


def _is_imprint(value: str, own: set[str]) -> bool:
    """Whether a value is the publisher with its seat: `Sample Herald Ltd, London, England`."""
    first, comma, _ = value.partition(",")
    return bool(comma) and (is_company(first) or letters_of(first) in own)


def _bylines(page: Page) -> Iterator[tuple[tuple[str, ...], str, str, float]]:
    """Bylines in the body: `rel=author`, `itemprop=author`, an element named for it."""
    linked, marked, named = _Group(), _Group(), _Group()
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
        (linked if is_linked else marked if is_marked else named).add(element, split_names(words))
    for group, how, weight in (
        (marked, "itemprop author", 0.68),
        (linked, "rel=author", 0.66),
        (named, "byline", 0.6),
    ):
        unique = tuple({letters_of(name): name for name in group.names}.values())
        if 0 < len(unique) <= 6:
            yield unique, how, "; ".join(group.names[:6]), weight


@dataclass(slots=True)
class _Group:
    """The names of the page's first byline; those of its teasers and comments stand farther off."""

    names: list[str] = field(default_factory=list)
    place: HtmlElement | None = None

    def add(self, element: HtmlElement, names: list[str]) -> None:
        if not names:
            return
        if self.place is None:
            self.place = element
            for _ in range(_NEAR):
                parent = self.place.getparent()
                self.place = parent if parent is not None and parent.tag != "body" else self.place
        if any(ancestor is self.place for ancestor in (element, *islice(element.iterancestors(), _FAR))):
            self.names += names


@lru_cache(maxsize=4096)
def _is_named(names: str) -> bool:
    return _NAMED.search(names) is not None and _NOT.search(names) is None


def _byline_words(element: HtmlElement) -> str:
    """The name inside a marked element, where it marks that too."""
    for inner in element.iterdescendants():
        if isinstance(inner.tag, str) and (inner.get("itemprop") or "").lower() == "name":
            return inner.get("content") or words_of(inner)
    for inner in element.iterdescendants("span", "a"):
        if "fn" in (inner.get("class") or "").split():  # hCard
            return words_of(inner)
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
