"""Blocks of a page as the lines that the plain-text finder judges, and back again with their links and emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator import dates
from generator.extract import chrome
from generator.extract.byline import byline_of
from generator.extract.caption import lone_credit, split_caption
from generator.extract.html.teasers import linked_share
from generator.extract.lines import Line, Part, is_prose
from generator.markup import escape
from generator.models import Block, BlockKind

_BREAK = "  \n"
_BARS = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+(?=lượt|xem|đã|views?|cỡ chữ|in)", re.IGNORECASE)
_AGO = re.compile(
    r"(?P<name>\D{3,50}?)[\s|•·–-]+(?P<ago>\d+ (?:phút|giờ|ngày|tuần|tháng) trước|\d+ (?:minutes?|hours?|days?|weeks?) ago)",
    re.IGNORECASE,
)
_OPAQUE = frozenset({BlockKind.LIST, BlockKind.TABLE, BlockKind.QUOTE, BlockKind.CODE})
_MOST_PIECES = 400


class Seen(Line):
    """A line that knows the block it stands for."""

    __slots__ = ("block", "linked", "links")

    linked: float
    """Which part of its letters stands in links."""

    def __init__(self, block: Block) -> None:
        """The line of a block's words."""
        super().__init__(block.text, gap=True)
        self.block = block
        self.links = block.markdown.count("](")
        self.linked = linked_share(block) if self.links else 0.0


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """One line per block; a paragraph that holds several things between `<br>` gives one for each.

    Lists, tables, quotes and code stay whole: their part is settled at once.
    """
    lines: list[Line] = []
    for block in blocks:
        for piece in _pieces(block):
            line = Seen(piece)
            if block.kind is BlockKind.CAPTION:
                line.part, line.credit = Part.CAPTION, block.credit
            elif block.kind in _OPAQUE:
                line.part = Part.LIST
            lines.append(line)
    return lines


def _pieces(block: Block) -> Sequence[Block]:
    """The block, or its paragraphs where only single breaks part them or one of them is no text."""
    if block.kind is not BlockKind.PARAGRAPH:
        return (block,)
    texts, marked = block.text.split("\n"), block.markdown.split(_BREAK)
    if len(texts) != len(marked):
        return (block,)
    if len(texts) > 1 and len(texts) <= _MOST_PIECES and _are_apart(texts):
        pieces = [
            Block(block.kind, text.strip(), words.strip()) for text, words in zip(texts, marked, strict=True)
        ]
        return [inner for piece in pieces if piece.text for inner in _bars(piece)]
    return _bars(block)


def _are_apart(texts: Sequence[str]) -> bool:
    """Whether breaks part paragraphs: two of them are prose, or one is a caption, a stamp, a heading of related news."""
    return sum(map(is_prose, texts)) >= 2 or any(
        chrome.mark_of(text)
        or chrome.interface_of(text)
        or chrome.stamp_of(text) is not None
        or split_caption(text) is not None
        or lone_credit(text) is not None
        or ((said := byline_of(text)) is not None and said.sure)
        for text in texts
    )


def _bars(block: Block) -> Sequence[Block]:
    """A short line with a date among other words between bars (`Lê Hoa | 5/3/2026 | Lượt xem: 12`) as its pieces."""
    pieces = bar_pieces(block.text)
    if len(pieces) < 2:
        return (block,)
    return [Block(block.kind, piece, escape(piece)) for piece in pieces]


def bar_pieces(text: str) -> list[str]:
    """The pieces between bars of a short line that has a date in one of them; else the line alone."""
    if len(text) <= 80 and (match := _AGO.fullmatch(text)) is not None:
        return [match["name"], match["ago"]]
    if len(text) > 140 or not dates.may_name_year(text) or chrome.stamp_of(text) is not None:
        return [text]
    parts = [part for part in _BARS.split(text) if part]
    joined: list[str] = []
    for part in parts:
        if (
            joined
            and (both := chrome.stamp_of(f"{joined[-1]} | {part}")) is not None
            and both[0].hour is not None
        ):
            joined[-1] = f"{joined[-1]} | {part}"
        else:
            joined.append(part)
    return joined if any(chrome.stamp_of(part) is not None for part in joined) else [text]


def blocks_of(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of the lines that are the article's; those that were not touched as they came."""
    return tuple(_iterate_blocks(lines))


def _iterate_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    for line in lines:
        if line.part in (Part.DROPPED, Part.TITLE, Part.SECTION, Part.LEAD):
            continue
        block = line.block if isinstance(line, Seen) else None
        if line.part is Part.CAPTION:
            whole = block is not None and block.kind is BlockKind.CAPTION
            yield (
                block
                if whole and block is not None
                else Block(BlockKind.CAPTION, line.text, escape(line.text), line.credit)
            )
        elif block is None:
            yield Block(BlockKind.PARAGRAPH, line.text, escape(line.text))
        elif block.kind is BlockKind.PARAGRAPH and line.part is Part.HEADING:
            yield Block(BlockKind.HEADING, line.text, f"## {escape(line.text)}")
        elif block.text == line.text:
            yield block
        else:
            yield Block(block.kind, line.text, _marked(block, line.text))


def _marked(block: Block, text: str) -> str:
    """The Markdown of what is left of a block whose beginning or end was taken off."""
    if block.text.endswith(text):
        before = escape(block.text[: len(block.text) - len(text)].strip())
        if block.markdown.startswith(before):
            return block.markdown[len(before) :].strip()
    elif block.text.startswith(text):
        behind = escape(block.text[len(text) :].strip())
        if block.markdown.endswith(behind):
            return block.markdown[: len(block.markdown) - len(behind)].strip()
    return escape(text)


def is_bold(block: Block) -> bool:
    """Whether a block's words stand wholly in bold."""
    return (
        block.markdown.startswith("**") and block.markdown.endswith("**") and block.markdown.count("**") == 2
    )
