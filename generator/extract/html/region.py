"""What a reader sees around the headline: the stamp, the byline, the section, the page's own clock.

Only that region is read, so that a page of a megabyte costs no more than a small one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from generator.extract.address import section_names
from generator.extract.address import words_of as slug_of
from generator.extract.head import Head, read_head
from generator.extract.html.headline import find_h1
from generator.extract.html.judge import Own
from generator.extract.html.lines import bar_pieces
from generator.extract.html.page import Page, clean, letters_of, words_of
from generator.extract.lines import Line, is_prose, split_stamps
from generator.markup.inline import is_unseen

_BREAKS = frozenset(
    "html body main article section div header footer aside address center details summary fieldset figure figcaption p h1 h2 h3 h4"
    " h5 h6 ul ol dl dt dd li blockquote table thead tbody tfoot tr td th caption pre hr menu hgroup br".split()
)
_MENUS = frozenset({"nav", "footer", "aside", "form"})
_ABOVE, _BELOW = 12, 18
_PROSE_BELOW = 2
_TOKENS = 120
_HEADLINES = ("h2", "h3", "h4", "h5", "p", "div", "span", "font", "b", "strong", "td")
_BREAK, _MENU = "\n", "\0"


@dataclass(slots=True)
class Region:
    """The lines around the headline, by the part they play."""

    head: Head
    lines: list[Line] = field(default_factory=list)
    near: set[HtmlElement] = field(default_factory=set)
    """Elements seen between the headline and the text; empty where the page's elements were not asked."""


def read_region(page: Page, title: str, own: Own) -> Region | None:
    """The region of the headline; None where no element of the page has its words."""
    element = find_headline(page, title)
    if element is None:
        return None
    above = _above(element)
    below, seen = _below(element)
    place = len(above)
    lines = split_stamps([*above, Line(words_of(element), gap=True), *below], head=place + _BELOW, tail=0)
    head = read_head(lines, slug_of(words_of(element)), section_names(own.sections))
    return Region(head, lines, seen)


def find_headline(page: Page, title: str) -> HtmlElement | None:
    """The element of the headline: an `h1`, else the first whose words are the title's."""
    heading = find_h1(page)
    wanted = letters_of(title)
    if heading is not None and (len(wanted) < 8 or letters_of(words_of(heading)) == wanted):
        return heading
    if len(wanted) >= 8:
        for element in page.tree.iter(*_HEADLINES):
            own = (element.text or "").lstrip()
            if own and wanted.startswith(letters_of(own[:40])) and letters_of(words_of(element)) == wanted:
                return element
    return heading


def _above(headline: HtmlElement) -> list[Line]:
    """The lines before the headline, the last ones; nothing from above running text."""
    lines: list[Line] = []
    node = headline
    while (parent := node.getparent()) is not None and node.tag != "body" and len(lines) < _ABOVE:
        parts: list[list[tuple[str, HtmlElement]]] = []
        size = 0
        for sibling in node.itersiblings(preceding=True):
            parts.append(list(islice(_tokens(sibling), _TOKENS)))
            size += len(parts[-1])
            if size > _TOKENS:
                break
        else:
            parts.append([(parent.text, parent)] if parent.text else [])
        lines = [*_lines([token for part in reversed(parts) for token in part]), *lines]
        node = parent
    for place in range(len(lines) - 1, -1, -1):
        if is_prose(lines[place].text):
            lines = lines[place + 1 :]
            break
    return lines[-_ABOVE:]


def _below(headline: HtmlElement) -> tuple[list[Line], set[HtmlElement]]:
    """The lines behind the headline up to the second paragraph, and the elements that they stand in."""
    lines: list[Line] = []
    seen: set[HtmlElement] = set()
    tokens: list[tuple[str, HtmlElement]] = []
    prose = 0
    for count, (words, element) in enumerate(_following(headline)):
        if count > _TOKENS or len(lines) > _BELOW or prose >= _PROSE_BELOW:
            return lines[:_BELOW], seen
        if prose == 0:
            seen.add(element)
        if words in (_BREAK, _MENU):
            fresh = _lines([*tokens, (words, element)])
            prose += any(is_prose(line.text) for line in fresh)
            lines += fresh
            tokens = []
        else:
            tokens.append((words, element))
    return [*lines, *_lines(tokens)][:_BELOW], seen


def _following(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """The tokens behind an element, to the page's end."""
    node = element
    while (parent := node.getparent()) is not None and node.tag != "body":
        if node.tag in _BREAKS:
            yield _BREAK, node
        if node.tail:
            yield node.tail, parent
        for sibling in node.itersiblings():
            yield from _tokens(sibling)
        node = parent


def _tokens(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """The visible words of an element and its tail, with a sign where a line ends or a menu stands."""
    if element.tag in _MENUS:
        yield _MENU, element
    elif not is_unseen(element):
        ends = element.tag in _BREAKS
        if ends:
            yield _BREAK, element
        if element.tag == "time":
            yield " ", element
        if element.text:
            yield element.text, element
        for child in element:
            yield from _tokens(child)
        if element.tag == "time":
            yield " ", element
        if ends:
            yield _BREAK, element
    if element.tail:
        parent = element.getparent()
        yield element.tail, parent if parent is not None else element


def _lines(tokens: list[tuple[str, HtmlElement]]) -> list[Line]:
    lines: list[Line] = []
    words: list[str] = []
    for token, element in [*tokens, (_BREAK, None)]:
        if token not in (_BREAK, _MENU):
            words.append(token)
            continue
        if text := clean("".join(words)):
            lines += [Line(piece, gap=True) for piece in bar_pieces(text)]
        words = []
        if token == _MENU and element is not None:
            menu = Line("menu")
            menu.drop("menu")
            lines.append(menu)
    return lines
