"""The lead that a page sets apart from the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.extract.html.page import Page, letters_of, words_of
from generator.models import Block, BlockKind, Candidate
from generator.text import excerpt

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:sapo|lead(?!er|ing)|lede|stand-?first|dek|deck|chapo|chapeau|chapô|entradilla|bajada|subtitle|sub-?head(?:line)?|"
    r"(?:article|post|entry|story|news|detail|content)[_-]{1,2}(?:summary|lead|intro|excerpt|desc(?:ription)?|abstract|subtitle|teaser)|"
    r"summary|intro|mo-?ta|tom-?tat|ingress|vorspann|preamble)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST, _LEAST = 900, 40
_NAMED_WEIGHT = 0.7


def find_leads(page: Page, body: tuple[Block, ...]) -> list[Candidate[str]]:
    """Leads that stand apart; a description that is nowhere on the page is reported with little weight."""
    described = [
        (page.linked.description, "JSON-LD description"),
        (page.meta("og:description"), "meta og:description"),
        (page.meta("description", "twitter:description"), "meta description"),
    ]
    said = {letters_of(words): how for words, how in reversed(described) if words}
    found: list[Candidate[str]] = []
    for words in _iterate_named(page):
        how = next((how for key, how in said.items() if _agree(key, letters_of(words))), "")
        found.append(
            Candidate(
                words,
                f"element named as lead{f', as {how} says' if how else ''}",
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
    """The body without leads that stand in it as headings, as many papers set them."""
    said = {letters_of(one.value) for one in leads if one.confidence >= _NAMED_WEIGHT}
    return tuple(
        block for block in body if block.kind is not BlockKind.HEADING or letters_of(block.text) not in said
    )


def _iterate_named(page: Page) -> Iterator[str]:
    """Words of elements whose class or id names them as the lead, outside of teasers and footers."""
    for element in page.tree.iter("p", "div", "h2", "h3", "strong", "span", "section", "header"):
        names = element.get("class") or element.get("itemprop")
        if not names or not _is_named(names):
            continue
        if sum(1 for _ in element.iterdescendants("p", "a", "li", "h1")) > 3 or _is_elsewhere(element):
            continue
        words = words_of(element)
        if _LEAST <= len(words) <= _MOST and words.count(" ") > 5:
            yield words


@lru_cache(maxsize=4096)
def _is_named(names: str) -> bool:
    return _NAMED.search(names) is not None


def _is_elsewhere(element: object) -> bool:
    for ancestor in element.iterancestors():  # type: ignore[attr-defined]  # an lxml element
        if ancestor.tag in {"nav", "aside", "footer", "a", "figure", "li"}:
            return True
    return False


def _agree(one: str, other: str) -> bool:
    """Whether two texts are the same, or one is the other's beginning, as metadata is cut."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 25 and long.startswith(short[: max(25, len(short) - 6)])
