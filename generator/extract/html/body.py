"""The article's text: trafilatura decides what belongs to it, and its tree becomes blocks.

trafilatura keeps no captions; they are put back at their place from the page. Where a page is so short or so
odd that trafilatura gives nothing, the article element stands in.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from generator.extract.html.page import Page, letters_of
from generator.extract.html.people import split_names
from generator.extract.html.pictures import place_captions
from generator.extract.html.teasers import drop_teasers
from generator.markup import blocks_from_html, escape
from generator.models import Block, BlockKind
from generator.text import squeeze

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # an empty page is no event

_TAGS = {
    "head": "h2",
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "lb": "br",
    "del": "s",
}
_LOOKS = {"#b": "b", "#i": "i"}
_CHROME = (
    "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "iframe", "svg", "select", "dialog",
)  # fmt: skip


@dataclass(slots=True)
class Body:
    """The blocks of the text, and what was taken out of it."""

    blocks: tuple[Block, ...] = ()
    dropped: list[tuple[str, str]] = field(default_factory=list)


def find_body(page: Page, authors: Iterable[str], *, whole: bool) -> Body:
    """The blocks of the article. `whole`: the HTML is the article and nothing else; `authors`: names whose own line
    at the head or the end is no text."""
    if whole:
        blocks = blocks_from_html(page.tree.body, page.base)
        return _finish(page, blocks, authors, captions=False)
    blocks = _extract(page)
    if _size(blocks) < _enough(page) or len(blocks) == 1:
        blocks = _fall_back(page, blocks)
    return _finish(page, blocks, authors, captions=True)


def _fall_back(page: Page, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Another reading of a page of which trafilatura makes little: its last resort is one paragraph of all words."""
    marked, linked = _from_container(page), _from_linked(page)
    if linked and _size(linked) >= max(0.9 * _size(blocks), _size(marked)):
        return linked
    return marked if _size(marked) >= min(_size(blocks), 250) / 2 else blocks


def _size(blocks: tuple[Block, ...]) -> int:
    return sum(len(block.text) for block in blocks if block.kind is not BlockKind.CAPTION)


def _enough(page: Page) -> int:
    """How much text there must be for trafilatura's answer to be believed."""
    return max(250, len(page.linked.body) // 2)


def _finish(page: Page, blocks: tuple[Block, ...], authors: Iterable[str], *, captions: bool) -> Body:
    kept, dropped = drop_teasers(blocks)
    kept = _without_bylines(_without_headline(page, kept), authors, dropped)
    if captions:
        kept = place_captions(page, kept)
    return Body(kept, dropped)


def _without_headline(page: Page, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The body without the headline repeated at its head, with or without a kicker before it."""
    said = {letters_of(words) for words in (page.linked.headline, page.meta("og:title"))}
    said |= {letters_of("".join(h1.itertext())) for h1 in page.tree.iter("h1")}
    said = {words for words in said if len(words) > 8}
    start = 0
    while start < min(2, len(blocks)) and _is_headline(blocks[start], said):
        start += 1
    return blocks[start:]


def _is_headline(block: Block, said: set[str]) -> bool:
    letters = letters_of(block.text)
    if letters in said:
        return True
    return block.kind is BlockKind.HEADING and any(letters.endswith(words) for words in said)


def _without_bylines(
    blocks: tuple[Block, ...], authors: Iterable[str], dropped: list[tuple[str, str]]
) -> tuple[Block, ...]:
    """The body without lines that only name its authors, at its head or its end."""
    names = {letters_of(name) for name in authors}
    kept: list[Block] = []
    for place, block in enumerate(blocks):
        edge = place < 4 or place >= len(blocks) - 3
        if edge and block.kind is BlockKind.PARAGRAPH and len(block.text) <= 80:
            said = split_names(block.text)
            if said and all(letters_of(name) in names for name in said):
                dropped.append((block.text, "byline"))
                continue
        kept.append(block)
    return tuple(kept)


# ------------------------------------------------------------------------------------ trafilatura


def _extract(page: Page) -> tuple[Block, ...]:
    try:
        document = bare_extraction(page.tree, include_comments=False, include_tables=True, include_links=True,
                                   include_formatting=True, with_metadata=False, output_format="xml")  # fmt: skip
    except (RecursionError, AttributeError, IndexError, KeyError, TypeError, ValueError):  # odd trees
        return ()
    body = getattr(document, "body", None)
    if body is None:
        return ()
    _to_html(body)
    return blocks_from_html(body, page.base)


def _to_html(body: HtmlElement) -> None:
    """trafilatura's TEI-like elements under their HTML names, in place."""
    for element in body.iter():
        tag = element.tag
        if tag == "head":
            rend = element.get("rend") or ""
            element.tag = rend if re.fullmatch(r"h[1-6]", rend) else "h2"
        elif tag == "list":
            element.tag = "ol" if element.get("rend") == "ol" else "ul"
        elif tag == "hi":
            element.tag = _LOOKS.get(element.get("rend") or "", "span")
        elif tag == "ref":
            element.tag = "a"
            if target := element.get("target"):
                element.set("href", target)
        elif tag == "cell":
            element.tag = "th" if element.get("role") == "head" else "td"
        elif (
            tag == "quote"
            and element.getparent() is not None
            and element.getparent().tag == "p"
            and not len(element)
        ):
            element.tag = "q"
        elif tag == "code" and "\n" in "".join(element.itertext()):
            element.tag = "pre"
        elif isinstance(tag, str) and tag in _TAGS:
            element.tag = _TAGS[tag]


# -------------------------------------------------------------------------------------- fallbacks


def _from_container(page: Page) -> tuple[Block, ...]:
    """The blocks of the element that is marked as the article."""
    marked = page.tree.xpath('//*[@itemprop="articleBody"] | //article | //main | //*[@role="main"]')
    candidates = [one for one in marked if isinstance(one, HtmlElement)][:20]
    container = max(
        candidates, key=lambda one: sum(len(text) for text in one.itertext()), default=page.tree.body
    )
    if container is None:
        return ()
    kept = []
    for block in blocks_from_html(_pruned(container), page.base):
        if block.kind is BlockKind.CAPTION or (block.kind is BlockKind.LIST and len(block.text) < 25):
            continue
        kept.append(block)
    return tuple(kept)


def _pruned(container: HtmlElement) -> HtmlElement:
    """A copy without chrome."""
    copied = deepcopy(container)
    for element in list(copied.iter(*_CHROME)):
        if element is not copied and element.getparent() is not None:
            element.drop_tree()
    return copied


def _from_linked(page: Page) -> tuple[Block, ...]:
    """The paragraphs of JSON-LD's articleBody, for pages that are drawn by a script."""
    parts = [squeeze(part) for part in re.split(r"\n+", page.linked.body)]
    return tuple(Block(BlockKind.PARAGRAPH, part, escape(part)) for part in parts if part)
