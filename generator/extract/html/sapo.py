"""The lead that a page sets apart from the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from lxml.html import HtmlElement

from generator.extract.html.page import Page, letters_of, words_of
from generator.extract.lead import strip_mark
from generator.models import Block, BlockKind, Candidate
from generator.text import excerpt, remember

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:sapo|lead(?!er|ing)|lede|stand-?first|dek|deck|chapo|chapeau|chapô|entradilla|bajada|subtitle|sub-?head(?:line)?|"
    r"(?:article|post|entry|story|news|detail|content)[_-]{1,2}(?:summary|lead|intro|excerpt|desc(?:ription)?|abstract|subtitle|teaser)|"
    r"(?<!with-)summary|intro|mo-?ta|tom-?tat|tomtat|home-?text|ingress|vorspann|preamble)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(r"(?:^|[\s_-])(?:description|desc)(?:$|[\s_-])", re.IGNORECASE)
"""A lead's name where it stands between headline and text; elsewhere a blog's motto, a picture's words."""
_PLACE = re.compile(r"location|dateline|place|dia-?danh|stamp", re.IGNORECASE)
_MOST_PLACE = 40
_OF_WRITER = re.compile(r"(?:^|[\s_-])(?:authors?|bio|profile)(?:$|[\s_-])", re.IGNORECASE)
_MOST, _LEAST = 900, 40
_MOST_APART = 500
"""Characters of what sums a text up; a longer one named as its lead is its first paragraph."""
_PROSE, _MOST_EQUALS = 80, 6
_NAMED_WEIGHT = 0.7
_ELEMENT, _AMONG = "element named as lead", "paragraph named as lead"
_ALWAYS = re.compile(r"sapo|stand-?first|dek|chap[oô]|chapeau|tom-?tat|mo-?ta|home-?text", re.IGNORECASE)
"""Names that no first paragraph of a text has, as it may be its `intro` or `lead`."""


def find_leads(
    page: Page, body: tuple[Block, ...], near: Collection[HtmlElement] = ()
) -> list[Candidate[str]]:
    """Leads that stand apart; a description that is nowhere on the page is reported with little weight. `near`: the
    elements between the headline and the text."""
    described = [
        (page.linked.description, "JSON-LD description"),
        (page.meta("og:description"), "meta og:description"),
        (page.meta("description", "twitter:description"), "meta description"),
    ]
    said = {letters_of(words): how for words, how in reversed(described) if words}
    found: list[Candidate[str]] = []
    for words, apart in _iterate_named(page, near):
        how = next((how for key, how in said.items() if _agree(key, letters_of(words))), "")
        found.append(
            Candidate(
                words,
                f"{_ELEMENT if apart else _AMONG}{f', as {how} says' if how else ''}",
                excerpt(words),
                0.9 if how else _NAMED_WEIGHT,
            )
        )
        break
    first = next((block.text for block in body if block.kind is BlockKind.PARAGRAPH), "")
    for words, how in described:
        if len(words) < _LEAST or any(_agree(letters_of(words), letters_of(one.value)) for one in found):
            continue
        begins = _agree(letters_of(words), letters_of(first))
        found.append(
            Candidate(
                words,
                f"{how}{' (begins the text)' if begins else ''}",
                excerpt(words),
                0.6 if begins else 0.35,
            )
        )
    return found


def without_leads(body: tuple[Block, ...], leads: list[Candidate[str]]) -> tuple[Block, ...]:
    """The body without leads that stand in it: as headings, as many papers set them, or as the first paragraph, where
    an element of the page says that this one is the lead."""
    said = {letters_of(one.value) for one in leads if one.confidence >= _NAMED_WEIGHT}
    best = max(leads, key=lambda one: one.confidence, default=None)
    paragraphs = [place for place, block in enumerate(body) if block.kind is BlockKind.PARAGRAPH]
    first = -1
    apart = best is not None and best.how.startswith((_ELEMENT, "selector "))
    if best is not None and apart and len(best.value) <= _MOST_APART and len(paragraphs) > 1:
        same = letters_of(strip_mark(body[paragraphs[0]].text)) == letters_of(strip_mark(best.value))
        first = paragraphs[0] if same else -1
    return tuple(
        block
        for place, block in enumerate(body)
        if place != first and (block.kind is not BlockKind.HEADING or letters_of(block.text) not in said)
    )


def _iterate_named(page: Page, near: Collection[HtmlElement]) -> Iterator[tuple[str, bool]]:
    """(words, whether they stand apart from the text) of elements whose class or id names them as the lead, outside of
    teasers and footers."""
    for element in page.tree.iter("p", "div", "h2", "h3", "strong", "span", "section", "header"):
        names = element.get("class") or element.get("itemprop")
        if not names or not (_is_named(names) or (element in near and _describes(names))):
            continue
        if sum(1 for _ in element.iterdescendants("p", "a", "li", "h1")) > 3 or _is_elsewhere(element):
            continue
        words = _words(element)
        if _LEAST <= len(words) <= _MOST and words.count(" ") > 5:
            yield words, _ALWAYS.search(names) is not None or not _is_among(element)


def _is_among(element: HtmlElement) -> bool:
    """Whether the text's paragraphs follow an element as its equals."""
    equals = islice(element.itersiblings("p"), _MOST_EQUALS) if element.tag == "p" else ()
    return sum(len(words_of(one)) >= _PROSE for one in equals) > 1


def _words(element: HtmlElement) -> str:
    """An element's words without the place that some papers set before them in an element of its own."""
    words = words_of(element)
    first = element[0] if len(element) and not (element.text or "").strip() else None
    if first is not None and first.tag in ("span", "b", "strong") and _PLACE.search(first.get("class") or ""):
        place = words_of(first)
        if len(place) <= _MOST_PLACE and words.startswith(place):
            return words[len(place) :].lstrip(" -–—:.")
    return words


@remember
def _describes(names: str) -> bool:
    return _DESCRIBES.search(names) is not None


@remember
def _is_named(names: str) -> bool:
    return _NAMED.search(names) is not None


def _is_elsewhere(element: object) -> bool:
    for ancestor in element.iterancestors():  # type: ignore[attr-defined]  # an lxml element
        if ancestor.tag in {"nav", "aside", "footer", "a", "figure", "li"}:
            return True
        if _OF_WRITER.search(ancestor.get("class") or ""):
            return True
    return False


def _agree(one: str, other: str) -> bool:
    """Whether two texts are the same, or one is the other's beginning, as metadata is cut."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 25 and long.startswith(short[: max(25, len(short) - 6)])
