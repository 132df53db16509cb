"""The text of plain text: paragraphs, headings, lists and captions; bylines, stamps and buttons taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator import dates, markup
from generator.extract import chrome
from generator.extract.byline import Byline, byline_of, is_agency, split_glued_byline
from generator.extract.caption import lone_credit, split_caption
from generator.extract.dateline import Dateline, dateline_of
from generator.extract.lines import Line, Part, is_headline, is_prose, key
from generator.models import Block, BlockKind

_ITEM = re.compile(r"(?:[•●▪◦■♦*+]|[-–](?=\s))\s*")
_CAPTION_WORDS = 40
_LEAD_WORDS = 75


@dataclass(slots=True)
class Tail:
    """What the end of a text says of its article."""

    bylines: list[tuple[Line, Byline]] = field(default_factory=list)
    stamps: list[tuple[Line, dates.Reading, bool]] = field(default_factory=list)


def drop_interface(lines: Sequence[Line]) -> None:
    """Drop the lines that are of the page by their own signs, wherever they stand."""
    for line in lines:
        if line.open and (why := chrome.interface_of(line.text)):
            line.drop(why)


def split_dateline(lines: list[Line], own: frozenset[str]) -> Dateline | None:
    """Take the mark (`(ANTV) - `) off the first paragraph, as a dropped line of its own; None without one.

    Where the second paragraph has the mark, the text begins with it and the first is the lead.
    """
    first: Line | None = None
    for index, line in enumerate(lines):
        if not line.open or (first is not None and not is_prose(line.text)):
            continue
        mark = dateline_of(line.text, own)
        if mark is None or (first is not None and not mark.name):
            if first is not None or line.words > _LEAD_WORDS:
                return None
            first = line
            continue
        if first is not None:
            first.part = Part.LEAD
        rest = line.text[len(mark.words) :].strip()
        head = Line(mark.words, gap=line.gap)
        head.drop("dateline mark")
        line.text, line.gap = rest, False
        lines.insert(index, head)
        return mark
    return None


def find_captions(lines: Sequence[Line], title: Line | None) -> None:
    """Mark captions by their credit or by a picture's label before them."""
    first = next((line for line in lines if line.open and is_prose(line.text)), None)
    apart = (first, title)
    awaited = False
    above: Line | None = None
    for index, line in enumerate(lines):
        if not line.open:
            above = above if line.part is Part.DROPPED else line
            continue
        label = chrome.picture_label_of(line.text)
        if label is not None:
            line.drop("picture label")
            awaited = True
            continue
        caption = split_caption(line.text)
        credit = lone_credit(line.text) if caption is None else None
        if caption is not None:
            line.part = Part.CAPTION
            line.text, line.credit = caption
        elif credit is not None:
            line.drop("picture credit")
            _credit_neighbour(above, lines[index + 1 : index + 2], credit, apart)
            awaited = False
            continue
        elif awaited and line.words <= _CAPTION_WORDS and not line.gap:
            line.part = Part.CAPTION
        awaited = False
        above = line


def _credit_neighbour(
    above: Line | None, below: Sequence[Line], credit: str, apart: tuple[Line | None, Line | None]
) -> None:
    """A credit on a line of its own belongs to the caption above it, else to the one below it."""
    if above is not None and above.open and above not in apart and _is_caption_like(above):
        above.part, above.credit = Part.CAPTION, credit
        return
    for line in below:
        if (
            line.open
            and not line.gap
            and line not in apart
            and _is_caption_like(line)
            and not is_prose(line.text)
        ):
            line.part, line.credit = Part.CAPTION, credit


def _is_caption_like(line: Line) -> bool:
    """One sentence, not too long."""
    sentences = len(re.findall(r"[^\W\d_]{2}[.!?…]+(?:\s|$)", line.text))
    return line.words <= _CAPTION_WORDS and sentences <= 1


def read_tail(lines: list[Line]) -> Tail:
    """Take bylines, source lines and stamps off the end."""
    tail = Tail()
    _unglue_byline(lines)
    for line in reversed(lines):
        if not line.open:
            if line.part is Part.CAPTION:
                break
            continue
        stamp = chrome.stamp_of(line.text)
        if stamp is not None:
            line.drop("date stamp")
            tail.stamps.append((line, *stamp))
            continue
        byline = byline_of(line.text)
        if byline is None and re.match(r"[*(]?\s*(?:theo|nguồn)\s", line.text, re.I) and line.words <= 5:
            byline = Byline(source=line.text.split(" ", 1)[1].strip(" .)"), sure=True)
        if byline is not None:
            line.drop("source line" if not byline.names else "byline")
            tail.bylines.append((line, byline))
            continue
        if is_agency(line.text):
            line.drop("source line")
            tail.bylines.append((line, Byline(source=line.text.strip(" ()."))))
            continue
        break
    tail.bylines.reverse()
    return tail


def _unglue_byline(lines: list[Line]) -> None:
    """A byline glued to the last sentence becomes a line of its own."""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if not line.open:
            continue
        if (split := split_glued_byline(line.text)) and split[0].count(" ") >= 6:
            line.text = split[0]
            lines.insert(index + 1, Line(split[1]))
            return
        if is_prose(line.text):
            return
        if byline_of(line.text) is None and chrome.stamp_of(line.text) is None:
            return


def settle(lines: Sequence[Line], title: Line | None) -> None:
    """What the lines still open are: paragraphs, headings, list items."""
    last_prose = max(
        (index for index, line in enumerate(lines) if line.open and is_prose(line.text)), default=-1
    )
    size = len(title.text) + 12 if title is not None else 0
    for index, line in enumerate(lines):
        if not line.open:
            continue
        if title is not None and len(line.text) <= size and key(line.text) == key(title.text):
            line.drop("headline repeated")
        elif _is_item(lines, index):
            line.part = Part.LIST
        elif (
            index < last_prose and is_headline(line.text) and line.words <= 25 and line.text[:1] not in '-–"“'
        ):
            line.part = Part.HEADING
        else:
            line.part = Part.PARAGRAPH


def _is_item(lines: Sequence[Line], index: int) -> bool:
    """A line with a bullet beside another one; dashes may open speech, so only short lines count with them."""
    line = lines[index]
    if not _ITEM.match(line.text):
        return False
    near = (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
    if line.text[0] in "-–" and line.words > 20:
        return False
    return any(other.text[:1] == line.text[:1] and (other.open or other.part is Part.LIST) for other in near)


def blocks_of(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of the lines that are the article's, in order."""
    blocks: list[Block] = []
    items: list[str] = []
    for line in lines:
        if line.part is Part.LIST:
            items.append(_ITEM.sub("", line.text, count=1))
            continue
        if items and line.part is not Part.DROPPED:
            blocks.append(_list(items))
            items = []
        kind = _KINDS.get(line.part)
        if kind is BlockKind.HEADING:
            blocks.append(Block(kind, line.text, f"## {markup.escape(line.text)}"))
        elif kind is not None:
            blocks.append(Block(kind, line.text, markup.escape(line.text), line.credit))
    if items:
        blocks.append(_list(items))
    return tuple(blocks)


_KINDS = {
    Part.PARAGRAPH: BlockKind.PARAGRAPH,
    Part.HEADING: BlockKind.HEADING,
    Part.CAPTION: BlockKind.CAPTION,
}


def _list(items: Sequence[str]) -> Block:
    return Block(BlockKind.LIST, "\n".join(items), "\n".join(f"- {markup.escape(item)}" for item in items))
