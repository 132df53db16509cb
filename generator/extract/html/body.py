"""The article's text: trafilatura decides what belongs to it, and its tree becomes blocks.

trafilatura keeps no captions; they are put back at their place from the page. Where a page is so short or so
odd that trafilatura gives nothing, the article element stands in.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

import lxml.html
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from generator.extract.body import Tail
from generator.extract.dateline import Dateline
from generator.extract.html.judge import Own, judge_blocks, judge_lines
from generator.extract.html.layout import agree, cut_after_witness, is_weak, leads_of, read_layout
from generator.extract.html.lines import blocks_of
from generator.extract.html.page import Page, letters_of
from generator.extract.html.people import split_names
from generator.extract.html.pictures import place_captions
from generator.extract.html.region import Region
from generator.extract.html.teasers import drop_teasers, linked_share
from generator.extract.lines import Part
from generator.markup import blocks_from_html, escape
from generator.models import Block, BlockKind, Candidate
from generator.text import squeeze

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # an empty page is no event

_LONG, _SOME = 80, 600
"""Characters: of a paragraph that is one, and of a text that is believed."""
_ENOUGH = 5_000
"""Characters of a text that no second reading has been seen to better, whatever else stands on the page."""
_NEARLY = 0.8
_SHARE = 0.7
"""Of the page's longer paragraphs: with less, something twice as long may be there (seen at .65)."""
_LONG_TEXTS = f".//text()[string-length() >= {_LONG}]"
_BOXES = frozenset({"div", "td", "section", "article", "main", "center", "font", "span", "body"})
_MENU = 0.6
"""A block of which more stands in links is a menu or a list of teasers."""
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
    leads: list[Candidate[str]] = field(default_factory=list)
    head: Region | None = None
    """The lines around the headline, where reading the text has shown them."""
    tail: Tail = field(default_factory=Tail)
    mark: Dateline | None = None
    weak: bool = False
    """Read as plain text is: the page's markup does not tell the article from the rest."""
    chosen: bool = False
    """Found by the source's own selector."""


def find_body(
    page: Page, title: str, slug: tuple[str, ...], authors: Iterable[str], own: Own, *, whole: bool,
    marked: Sequence[HtmlElement] = (), taken: Collection[HtmlElement] = (),
) -> Body:  # fmt: skip
    """The blocks of the article. `whole`: the HTML is the article and nothing else; `slug`: the words of its address;
    `authors`: names whose own line at the head or the end is no text; `marked`: the elements that hold the text, where
    the source's selector finds them, less those `taken` for other fields."""
    if whole:
        blocks = blocks_from_html(page.tree.body, page.base)
        judged = judge_blocks(blocks, title, own)
        return _finish(page, Body(judged.blocks, judged.dropped, tail=judged.tail, mark=judged.mark), authors)
    if marked and _size(blocks := _from_marked(page, marked, taken)):
        chosen = _finish(page, _judged(page, blocks, title, own), authors)
        chosen.chosen = True
        return chosen
    blocks = _extract(page)
    if is_weak(page) and (body := _read_weak(page, title, slug, own, blocks)) is not None:
        return _finish(page, body, authors)
    if _size(blocks) < _enough(page) or len(blocks) == 1:
        blocks = _fall_back(page, blocks)
    return _finish(page, _judged(page, blocks, title, own), authors)


def _judged(page: Page, blocks: tuple[Block, ...], title: str, own: Own) -> Body:
    """The blocks that are the article's, with their captions."""
    blocks = place_captions(page, _without_headline(page, blocks))
    judged = judge_blocks(blocks, title, own)
    return Body(judged.blocks, judged.dropped, tail=judged.tail, mark=judged.mark)


def _read_weak(
    page: Page, title: str, slug: tuple[str, ...], own: Own, witness: tuple[Block, ...]
) -> Body | None:
    """The text of a page without semantic markup; None where its lines show another text than trafilatura sees."""
    head, above, text = read_layout(page, title, slug, own)
    judged = judge_lines(text, head.title.text if head.title is not None else title, own, weak=True)
    blocks, surplus = cut_after_witness(judged.blocks, witness)
    if not agree(blocks, witness):
        return None
    captions = blocks_of([line for line in above if line.part is Part.CAPTION])
    dropped = [(line.text, line.why) for line in above if line.part is Part.DROPPED]
    leads = leads_of(above, blocks)
    if leads and blocks[0].text == leads[0].value:
        blocks = blocks[1:]
    return Body((*captions, *blocks), [*dropped, *judged.dropped, *surplus], leads, Region(head, above),
                judged.tail, judged.mark, weak=True)  # fmt: skip


def _fall_back(page: Page, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Another reading of a page of which trafilatura makes little: its last resort is one paragraph of all words."""
    marked, linked = _from_container(page), _from_linked(page)
    if linked and _size(linked) >= max(0.9 * _size(blocks), 0.8 * _size(marked)):
        return linked
    return marked if _size(marked) >= min(_size(blocks), 250) / 2 else blocks


def _size(blocks: tuple[Block, ...]) -> int:
    return sum(len(block.text) for block in blocks if block.kind is not BlockKind.CAPTION)


def _enough(page: Page) -> int:
    """How much text there must be for trafilatura's answer to be believed."""
    return max(250, len(page.linked.body) // 2)


def _finish(page: Page, body: Body, authors: Iterable[str]) -> Body:
    kept, dropped = drop_teasers(body.blocks)
    body.dropped += dropped
    body.blocks = _without_bylines(_without_headline(page, kept), authors, body.dropped)
    return body


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
    """trafilatura's answer. Its own rules take half the time of all that it tries; the others may only replace what
    they find by something twice as long, so that they are left out where that cannot be."""
    captions = list(page.tree.iter("figcaption"))
    for caption in captions:
        caption.tag = "aside"  # which it leaves out; of a caption's links it makes paragraphs
    whole = _running_text(page.tree)
    narrow = _narrow(page, whole)
    body = _ask(page.tree if narrow is None else narrow, fast=True)
    found = len(_letters(body)) if body is not None else 0
    if whole < _SOME or found < max(_SOME, min(_SHARE * whole, _ENOUGH)):
        body = _ask(page.tree, fast=False)
    for caption in captions:
        caption.tag = "figcaption"
    if body is None:
        return ()
    _to_html(body)
    return blocks_from_html(body, page.base)


def _narrow(page: Page, whole: int) -> HtmlElement | None:
    """A page of the one element that is marked as the article, where it holds nearly all running text: trafilatura's
    time goes by the number of elements, most of which are menus and teasers."""
    marked = [one for one in page.tree.iter("article", "main") if isinstance(one, HtmlElement)]
    for element in marked:
        if (
            sum(1 for _ in element.iterancestors("article", "main")) == 0
            and _running_text(element) >= _NEARLY * whole
        ):
            narrow: HtmlElement = lxml.html.document_fromstring("<html><body></body></html>")
            narrow[-1].append(deepcopy(element))
            return narrow
    return None


def _running_text(tree: HtmlElement) -> int:
    """Characters of the longer paragraphs of a page or of a part of it, also of those that no `p` marks."""
    whole = sum(len(words) for element in tree.iter("p") if len(words := _letters(element)) >= _LONG)
    for text in tree.xpath(_LONG_TEXTS):
        element = text.getparent()
        if text.is_tail:
            element = element.getparent() if element is not None else None
        if element is not None and element.tag in _BOXES:
            whole += len(text)
    return whole


def _letters(element: HtmlElement) -> str:
    return " ".join("".join(text for text in element.itertext() if isinstance(text, str)).split())


def _ask(tree: HtmlElement, *, fast: bool) -> HtmlElement | None:
    try:
        document = bare_extraction(tree, include_comments=False, include_tables=True, include_links=True,
                                   include_formatting=True, with_metadata=False, output_format="xml", fast=fast)  # fmt: skip
    except (RecursionError, AttributeError, IndexError, KeyError, TypeError, ValueError):  # odd trees
        return None
    body: HtmlElement | None = getattr(document, "body", None)
    return body


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


def _from_marked(
    page: Page, marked: Sequence[HtmlElement], taken: Collection[HtmlElement]
) -> tuple[Block, ...]:
    """The blocks of the elements that a source's selector finds; captions come from the page."""
    blocks = (block for element in marked for block in blocks_from_html(_pruned(element, taken), page.base))
    return tuple(block for block in blocks if block.kind is not BlockKind.CAPTION)


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
        if linked_share(block) <= _MENU:
            kept.append(block)
    return tuple(kept)


def _pruned(container: HtmlElement, taken: Collection[HtmlElement] = ()) -> HtmlElement:
    """A copy without chrome and what is taken."""
    copied = deepcopy(container)
    surplus = (
        [twin for own, twin in zip(container.iter(), copied.iter(), strict=True) if own in taken]
        if taken
        else []
    )
    for element in [*surplus, *copied.iter(*_CHROME)]:
        if element is not copied and element.getparent() is not None:
            element.drop_tree()
    return copied


def _from_linked(page: Page) -> tuple[Block, ...]:
    """The paragraphs of JSON-LD's articleBody, for pages that are drawn by a script."""
    parts = [squeeze(part) for part in re.split(r"\n+", page.linked.body)]
    return tuple(Block(BlockKind.PARAGRAPH, part, escape(part)) for part in parts if part)
