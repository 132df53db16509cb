"""What stands above the first paragraph and is no text, judged by what it says: a site's own class names (`by`,
`stamp`, `kicker`) are not to be known beforehand.

A teaser's headline that a page sets above the article, the section, the byline, the stamp.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generator.extract.byline import Byline, byline_of
from generator.extract.chrome import stamp_of
from generator.extract.html.headline import find_h1
from generator.extract.html.page import Page, letters_of, words_of
from generator.extract.lines import Line, is_prose
from generator.models import Block, BlockKind

_MOST, _MOST_LINE, _MOST_LEAD = 6, 90, 400
"""Blocks that are looked at, characters of such a line, and of a lead that may stand above it."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")


def clear_opening(
    page: Page, blocks: tuple[Block, ...], sections: Collection[str], dropped: list[tuple[str, str]]
) -> tuple[tuple[Block, ...], list[tuple[Line, Byline]]]:
    """(the blocks without these lines, the bylines among them); `sections`: names that the page gives its own.

    A lead may stand above a byline; a line below it is only judged where the lead is no more than that."""
    kept: list[Block] = []
    bylines: list[tuple[Line, Byline]] = []
    above: set[str] | None = None
    prose = place = 0
    while place < min(_MOST, len(blocks) - 1):
        block = blocks[place]
        why = ""
        if block.kind is BlockKind.HEADING:
            if prose or place > 1:
                break
            above = _linked_above(page) if above is None else above
            why = "teaser's headline above the article" if letters_of(block.text) in above else ""
        elif block.kind is BlockKind.PARAGRAPH:
            said = byline_of(block.text) if len(block.text) <= _MOST_LINE else None
            why = _judge(block, said, () if prose else sections)
            if said is not None and why == "byline":
                bylines.append((Line(block.text), said))
            elif not why and is_prose(block.text):
                prose += 1
                if prose > 1 or len(block.text) > _MOST_LEAD:
                    break
        if why:
            dropped.append((block.text, why))
        else:
            kept.append(block)
        place += 1
    return (*kept, *blocks[place:]), bylines


def _judge(block: Block, said: Byline | None, sections: Collection[str]) -> str:
    """Why a paragraph is no text, empty where it is."""
    if len(block.text) > _MOST_LINE:
        return ""
    if said is not None and said.sure and said.names:
        return "byline"
    if stamp_of(block.text) is not None:
        return "date stamp"
    return "section" if letters_of(block.text) in sections else ""


def letters_of_sections(names: Sequence[str]) -> frozenset[str]:
    """The names of sections as `clear_opening` compares them."""
    return frozenset(letters for name in names if (letters := letters_of(name)))


def _linked_above(page: Page) -> set[str]:
    """The letters of the headings above the page's headline that are nothing but a link to elsewhere."""
    headline = find_h1(page)
    found: set[str] = set()
    if headline is None:
        return found
    for heading in page.tree.iter(*_HEADINGS):
        if heading is headline:
            return found
        words = words_of(heading)
        if next(heading.iterancestors("a"), None) is not None or any(
            words_of(link) == words for link in heading.iter("a")
        ):
            found.add(letters_of(words))
    return found
