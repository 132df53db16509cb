"""Captions put back at their place among the blocks of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from generator.extract.html.page import Page, clean, letters_of, words_of
from generator.markup import escape
from generator.markup.captions import split_credit, split_credit_text
from generator.models import Block, BlockKind

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:(?<!text.)[a-z]*caption|chu-?thich|(?:pic|image|img|photo|anh)-?(?:desc|note|title)|note-?(?:img|anh)|bildunterschrift|legende?|"
    r"pie-?(?:de-?)?foto)(?:$|[\s_-])|(?<![\w-])cap(?![\w-])",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"related|teaser|recommend|sidebar|most-?read|promo|carousel|comment|newsletter|tin-?lien-?quan|card(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_LETTER = re.compile(r"[\W_]+")
_MOST, _LEAST = 700, 3
_SAME = 3
_BEYOND = 150
"""Elements behind the last paragraph among which a last caption may stand."""
_PROSE = 40
"""Characters from which on a paragraph stands in a text."""
_MOST_ALONE = 300
"""Characters of a caption that stands without its picture."""
_CREDITS = ("data-credit", "data-image-credit", "data-photo-credit", "data-photographer", "data-copyright")
_MOST_CREDIT = 80
_LABEL = re.compile(
    r"\A(?:ảnh|photos?|foto|image|credit|©|\(c\))\s*(?:[:：]\s*|by\s+|(?<=[©)])\s*)", re.IGNORECASE
)
_ANCHOR = 50
"""Letters by which a paragraph of the page is known again."""


def place_captions(page: Page, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with the page's captions among them: each behind the block that it follows on the page."""
    elements = list(_iterate(page))
    if not any(caption for _, caption in elements):
        return blocks
    places: dict[str, int] = {}
    for place, block in enumerate(blocks):
        places.setdefault(_anchor(block.text.split("\n")[0]), place)
    places.pop("", None)
    after: dict[int, list[Block]] = {}
    known: set[str] = set()
    last, final = -1, max(places.values(), default=-1)
    beyond = 0
    for element, is_caption in elements:
        beyond += last == final
        if beyond > _BEYOND or (beyond and after.get(last)):
            break  # what follows belongs to other articles
        if is_caption:
            caption = _make(element)
            if caption is not None and (words := letters_of(caption.text + caption.credit)) not in known:
                known.add(words)
                after.setdefault(last, []).append(caption)
        elif element.tag == "h1":
            after.pop(-1, None)
        elif (place := places.get(_anchor(_beginning(element)), -1)) > last:
            last = place
    return tuple(_merge(blocks, after, known, final))


def _merge(
    blocks: tuple[Block, ...], after: dict[int, list[Block]], known: set[str], final: int
) -> Iterator[Block]:
    """The text with its captions; a paragraph that only repeats a caption gives way to it. What follows the last
    paragraph belongs to other articles, but for the first picture."""
    yield from after.get(-1, [])[-2:]
    for place, block in enumerate(blocks):
        if block.kind is not BlockKind.CAPTION and not _repeats(block, known):
            yield block
        yield from after.get(place, []) if place < final else after.get(place, [])[:1]


def _repeats(block: Block, known: set[str]) -> bool:
    if block.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING} or len(block.text) > _MOST + 100:
        return False
    letters = letters_of(block.text)
    if not any(words[:_SAME] == letters[:_SAME] for words in known):
        return False
    text, credit = split_credit_text(block.text)
    if letters in known or letters_of(text + credit) in known:
        return True
    return len(letters) > 30 and any(words.startswith(letters) for words in known)


def _iterate(page: Page) -> Iterator[tuple[HtmlElement, bool]]:
    """(element, whether it is a caption) of what may anchor or be a caption, in the page's order."""
    for element in page.tree.iter(
        "h1", "h2", "h3", "h4", "p", "li", "div", "span", "td", "figcaption", "em", "blockquote"
    ):
        if is_caption(element):
            yield element, True
        elif element.tag not in _WEAK or (element.tag == "div" and (element.text or "").strip()):
            yield element, False


_WEAK = frozenset({"div", "span", "td", "em", "figcaption"})


def is_caption(element: HtmlElement) -> bool:
    """A `figcaption`, or an element named as a caption beside a picture; of this article, not of a teaser."""
    if element.tag != "figcaption":
        names = element.get("class")
        if (
            not names
            or element.tag in {"h1", "h2", "h3", "h4"}
            or not _is_named(names)
            or not (_is_beside_picture(element) or _is_among_text(element))
        ):
            return False
    return not stands_elsewhere(element)


@lru_cache(maxsize=4096)
def _is_named(names: str) -> bool:
    return _NAMED.search(names) is not None


def _is_beside_picture(element: HtmlElement) -> bool:
    around = element
    for _ in range(3):
        parent = around.getparent()
        if parent is None or parent.tag in {"body", "article", "main"}:
            return False
        if next(parent.iter("img", "picture", "figure", "video", "amp-img"), None) is not None:
            return True
        around = parent
    return False


def _is_among_text(element: HtmlElement) -> bool:
    """Whether a short paragraph named as a caption stands between others, its picture gone with a saved page's."""
    if element.tag != "p" or len(words_of(element)) > _MOST_ALONE:
        return False
    before, behind = element.getprevious(), element.getnext()
    beside = [
        one
        for one in (before, behind)
        if one is not None and one.tag == "p" and not _is_named(one.get("class") or "")
    ]
    return any(len(_beginning(one).strip()) >= _PROSE for one in beside)


def _stated_credit(element: HtmlElement) -> str:
    """Who made a caption's picture, where an attribute of its figure says so."""
    figure = next(element.iterancestors("figure"), None)
    if figure is None:
        return ""
    for one in (figure, *islice(figure.iter("img"), 1)):
        for name in _CREDITS:
            credit = clean(one.get(name) or "")
            if 1 < len(credit) <= _MOST_CREDIT and any(map(str.isalpha, credit)) and "://" not in credit:
                return _LABEL.sub("", credit)
    return ""


def _make(element: HtmlElement) -> Block | None:
    if next(element.iterdescendants("figcaption"), None) is not None:
        return None
    text, credit = split_credit(element)
    credit = credit or _stated_credit(element)
    if (not text and not credit) or len(text) > _MOST or len(text) + len(credit) < _LEAST:
        return None
    return Block(BlockKind.CAPTION, text, escape(text), credit)


def stands_elsewhere(element: HtmlElement, *, links: bool = True) -> bool:
    """Whether a caption or a picture belongs to a teaser, a gallery of other articles or the chrome. `links`: what
    stands in a link does."""
    for ancestor in element.iterancestors():
        if ancestor.tag in {"nav", "aside", "footer", "form"} or (links and ancestor.tag == "a"):
            return True
        if ancestor.tag == "li" and next(ancestor.iter("a"), None) is not None:
            return True
        names = ancestor.get("class")
        if names and ancestor.tag not in {"html", "body"} and _is_elsewhere(names):
            return next(ancestor.iter("h1"), None) is None  # a page's main column may be `sidebar-1`
    return False


@lru_cache(maxsize=4096)
def _is_elsewhere(names: str) -> bool:
    return _ELSEWHERE.search(names) is not None


def _beginning(element: HtmlElement) -> str:
    """The first letters of an element's own paragraph; of a container, nothing."""
    words: list[str] = []
    size = 0
    for text in element.itertext():
        if isinstance(text, str):
            words.append(text)
            size += len(text)
        if size > 4 * _ANCHOR:
            break
    return "".join(words)


def _anchor(text: str) -> str:
    return _NO_LETTER.sub("", text[: 4 * _ANCHOR].lower())[:_ANCHOR]
