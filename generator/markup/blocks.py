"""An article's HTML as blocks: paragraphs, headings, lists, quotes, tables, code, captions with their credit."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from generator.markup.captions import split_credit
from generator.markup.escaping import escape
from generator.markup.inline import (
    BREAK,
    Run,
    is_unseen,
    iterate_child,
    iterate_runs,
    markdown_of,
    tidy_runs,
    words_of,
)
from generator.models import Block, BlockKind
from generator.text import normalize, squeeze

_CONTAINER_NAMES = (
    "html body main article section div header footer aside address center details summary fieldset figure "
    "figcaption p h1 h2 h3 h4 h5 h6 ul ol dl dt dd li blockquote table thead tbody tfoot tr td th caption pre hr "
    "menu hgroup search"
)
_CONTAINERS = frozenset(_CONTAINER_NAMES.split())
"""Elements that end a paragraph: what stands between two of them is one."""

_LEVELS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_MAX_COLUMNS = 30
_LANGUAGE = re.compile(r"(?:language|lang|highlight-source|brush:)[-: ]*([A-Za-z0-9_+#]{1,20})")
# What preprocessors act on even inside a fence: snippets, critic, a fence.
_UNFENCEABLE = re.compile(r"-8<-|\{(?:\+\+|--|~~|==|>>)|`{3}|~{3}|^(?:!!!|\?\?\?)", re.MULTILINE)


def blocks_from_html(root: HtmlElement | str, base_url: str = "") -> tuple[Block, ...]:
    """The blocks of an article's HTML, chrome already taken off.

    Links are kept where they lead to http(s) after resolving against `base_url`, bold and italic as well; every
    other character stands for itself. Pictures leave their captions only.
    """
    if isinstance(root, str):
        if not root.strip():
            return ()
        try:
            root = lxml.html.fragment_fromstring(normalize(root), create_parent="div")
        except (ParserError, ValueError):
            return ()
    return tuple(_walk(root, base_url))


def _walk(container: HtmlElement, base: str) -> Iterator[Block]:
    """Blocks of a container's children; inline stretches between block children become paragraphs."""
    pending: list[Run] = []
    if container.text:
        pending += iterate_runs_of_text(container.text)
    for child in container:
        if isinstance(child.tag, str) and not is_unseen(child) and _is_block(child):
            yield from _paragraphs(pending)
            pending = []
            yield from _convert(child, base)
            if child.tail:
                pending += iterate_runs_of_text(child.tail)
        else:
            pending += iterate_child(child, base)
    yield from _paragraphs(pending)


def iterate_runs_of_text(text: str) -> list[Run]:
    """Bare text between blocks as runs."""
    return [Run(re.sub(r"\s+", " ", normalize(text)))]


def _is_block(element: HtmlElement) -> bool:
    """A block element, or an inline one that holds a block (`<a><p>…`, `<span><div>…`)."""
    return element.tag in _CONTAINERS or any(inner.tag in _CONTAINERS for inner in element.iterdescendants())


def _convert(element: HtmlElement, base: str) -> Iterator[Block]:
    tag = element.tag
    if tag in _LEVELS:
        yield from _heading(element, base)
    elif tag in {"ul", "ol", "menu", "dl"}:
        yield from _list(element, base)
    elif tag == "blockquote":
        yield from _quote(element, base)
    elif tag == "table":
        yield from _table(element, base)
    elif tag == "pre":
        yield from _code(element)
    elif tag == "figcaption" or (tag == "caption" and not _inside(element, "table")):
        yield from _caption(element)
    elif tag != "hr":
        yield from _walk(element, base)


def _inside(element: HtmlElement, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _paragraphs(runs: list[Run]) -> Iterator[Block]:
    """Paragraphs of an inline stretch: two line breaks in a row part two paragraphs."""
    part: list[Run] = []
    breaks = 0
    for run in [*runs, Run(BREAK), Run(BREAK)]:
        if run.words == BREAK:
            breaks += 1
            if breaks == 2:
                tidy = tidy_runs(part)
                if words := words_of(tidy):
                    yield Block(BlockKind.PARAGRAPH, words, markdown_of(tidy))
                part = []
            elif part:
                part.append(run)
        else:
            if run.words.strip():
                breaks = 0
            part.append(run)


def _heading(element: HtmlElement, base: str) -> Iterator[Block]:
    runs = tidy_runs(Run(" ") if run.words == BREAK else run for run in iterate_runs(element, base))
    if words := words_of(runs):
        yield Block(
            BlockKind.HEADING, words, f"{'#' * _LEVELS[str(element.tag)]} {markdown_of(runs, emphasis=False)}"
        )


def _list(element: HtmlElement, base: str) -> Iterator[Block]:
    lines = list(_list_lines(element, base, 0))
    if lines:
        text = "\n".join(words for words, _ in lines)
        yield Block(BlockKind.LIST, text, "\n".join(markdown for _, markdown in lines))


def _list_lines(element: HtmlElement, base: str, depth: int) -> Iterator[tuple[str, str]]:
    """One line of words and of Markdown per item, nested ones behind the item they stand in."""
    number = 0
    for item in element:
        if is_unseen(item):
            continue
        if item.tag in {"ul", "ol", "menu", "dl"}:  # invalid, and common
            yield from _list_lines(item, base, depth + 1 if number else depth)
            continue
        runs = tidy_runs(_item_runs(item, base))
        if words := words_of(runs):
            number += 1
            mark = f"{number}. " if element.tag == "ol" else "- "
            yield words, "    " * depth + mark + markdown_of(runs)
        for inner in _nested_lists(item):
            yield from _list_lines(inner, base, depth + 1 if words else depth)


def _item_runs(item: HtmlElement, base: str) -> Iterator[Run]:
    """An item's own words on one line, without those of nested lists."""
    if item.text:
        yield from iterate_runs_of_text(item.text)
    for child in item:
        if child.tag in {"ul", "ol", "menu", "dl"}:
            yield from iterate_runs_of_text(" " + (child.tail or ""))
        elif isinstance(child.tag, str) and not is_unseen(child) and _is_block(child):
            yield Run(" ")
            yield from _item_runs(child, base)
            yield from iterate_runs_of_text(" " + (child.tail or ""))
        else:
            yield from (Run(" ") if run.words == BREAK else run for run in iterate_child(child, base))


def _nested_lists(item: HtmlElement) -> Iterator[HtmlElement]:
    """Lists inside an item, the outermost of each branch."""
    for child in item:
        if child.tag in {"ul", "ol", "menu", "dl"}:
            yield child
        elif isinstance(child.tag, str) and not is_unseen(child):
            yield from _nested_lists(child)


def _quote(element: HtmlElement, base: str) -> Iterator[Block]:
    inner = list(_walk(element, base))
    if inner:
        lines = "\n\n".join(block.markdown for block in inner).split("\n")
        yield Block(
            BlockKind.QUOTE,
            "\n".join(block.text for block in inner),
            "\n".join(f"> {line}" if line else ">" for line in lines),
        )


def _table(element: HtmlElement, base: str) -> Iterator[Block]:
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in rows]
    cells = [row for row in cells if row]
    if _is_layout(cells):
        for row in cells:
            for cell in row:
                yield from _walk(cell, base)
        return
    for caption in element.iterchildren("caption"):
        yield from _caption(caption)
    width = min(max(len(row) for row in cells), _MAX_COLUMNS)
    grid = [[tidy_runs(_item_runs(cell, base)) for cell in row[:width]] for row in cells]
    grid = [row + [[]] * (width - len(row)) for row in grid if any(row)]
    if not grid:
        return
    lines = [f"| {' | '.join(markdown_of(cell) for cell in row)} |" for row in grid]
    lines.insert(1, f"|{'---|' * width}")
    text = "\n".join(" | ".join(words_of(cell) for cell in row if cell) for row in grid)
    yield Block(BlockKind.TABLE, text, "\n".join(lines))


def _is_layout(cells: list[list[HtmlElement]]) -> bool:
    """Whether a table only places things: one column, or cells that hold tables, pictures or many paragraphs."""
    if max((len(row) for row in cells), default=0) < 2 or len(cells) < 2:
        return True
    return any(
        next(cell.iterdescendants("table", "figure", "h1", "h2", "h3"), None) is not None
        or sum(1 for _ in cell.iterchildren("p")) > 2
        for row in cells
        for cell in row
    )


def _code(element: HtmlElement) -> Iterator[Block]:
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    text = (
        normalize("".join(text for text in element.itertext() if isinstance(text, str))).strip("\n").rstrip()
    )
    if not text.strip():
        return
    inner = element.find("code")
    names = f"{element.get('class', '')} {inner.get('class', '') if inner is not None else ''}"
    language = match.group(1) if (match := _LANGUAGE.search(names)) else ""
    yield Block(BlockKind.CODE, text, fence(text, language))


def fence(text: str, language: str = "") -> str:
    """Code as a fenced block; as an HTML block where a preprocessor would act on what stands in the fence."""
    if not _UNFENCEABLE.search(text):
        return f"```{language}\n{text}\n```"
    entities = re.sub(r"[^\w\s]", lambda match: f"&#x{ord(match.group()):x};", text)
    return f"<pre><code>{entities.replace(chr(10), '&#x0a;')}</code></pre>"


def _caption(element: HtmlElement) -> Iterator[Block]:
    text, credit = split_credit(element)
    if text or credit:
        yield Block(BlockKind.CAPTION, text, escape(text), credit)


def caption_block(text: str, credit: str = "") -> Block:
    """A caption found otherwise than in a `figcaption`."""
    return Block(BlockKind.CAPTION, squeeze(text), escape(squeeze(text)), squeeze(credit))
