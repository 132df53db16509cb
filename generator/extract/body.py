"""The text of plain text: paragraphs, headings, lists and captions; bylines, stamps and buttons taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator import dates, markup
from generator.extract import chrome
from generator.extract.byline import (
    Byline,
    byline_of,
    is_agency,
    is_page_name,
    is_personal,
    pen_name_of,
    split_glued_byline,
)
from generator.extract.caption import bare_credit, lone_credit, split_caption
from generator.extract.dateline import Dateline, dateline_of
from generator.extract.lines import Line, Part, is_headline, is_prose, key
from generator.models import Block, BlockKind

_ITEM = re.compile(r"(?:[•●▪◦■♦*+]|[-–](?=\s))\s*")
_CAPTION_WORDS = 40
_CREDITED = 25
"""Most words of a caption whose credit stands on a line of its own, where it reads as a sentence."""
_SENTENCES = re.compile(r"[^\W\d_]{2}[.!?…]+(?:\s|$)")
_PICTURE_NUMBER = re.compile(r"\s*[-–]?\s*(?:ảnh|hình|photo|image)?\s*\d{1,2}", re.IGNORECASE)
_SOURCE_WORD = re.compile(r"[*(]?\s*(?:theo(?!\s+dõi)|nguồn)\s", re.IGNORECASE)
_SPOKEN = re.compile(r"[?!][\"”]?(?:\s+[-–]\s|$)|\s[-–]\s+[^\W\d_][^.]*\.$")
_AGENCY = re.compile(r"([A-Z][\w.]*)\s+Photos?\s?/")
_ILLUSTRATION = re.compile(
    r"(?:ảnh|hình|photo|image)\s+(?:chỉ )?(?:mang tính )?minh h\w+\s*\.?", re.IGNORECASE
)
"""Words that stand for a caption where there is none."""
_PEN_NAME = 12
"""Characters of the longest pen name of one word."""
_SIGNED = 60
"""Characters of the longest place and day below a signature."""
_COMMENT_WORDS = 25
_LEAD_WORDS = 75


@dataclass(slots=True)
class Tail:
    """What the end of a text says of its article."""

    bylines: list[tuple[Line, Byline]] = field(default_factory=list)
    stamps: list[tuple[Line, dates.Reading, bool]] = field(default_factory=list)


def drop_interface(lines: Sequence[Line]) -> None:
    """Drop the lines that are of the page by their own signs, wherever they stand."""
    for line in lines:
        if not line.open:
            continue
        if why := chrome.interface_of(line.text):
            line.drop(why)
        elif chrome.section_line_of(line.text) is not None:
            line.drop("section")


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
    usual: float | None = None
    for index, line in enumerate(lines):
        if not line.open:
            above = above if line.part is Part.DROPPED else line
            awaited = awaited or line.why == "picture label"
            continue
        if chrome.picture_label_of(line.text) is not None or _numbers_title(line.text, title):
            line.drop("picture label")
            awaited = True
            continue
        caption = split_caption(line.text) or (
            bare_credit(line.text) if line.text[-3:].isupper() and _goes_on(lines, index) else None
        )
        credit = lone_credit(line.text) if caption is None else None
        if caption is not None:
            set_caption(line, caption)
        elif credit is not None:
            line.drop("picture credit")
            usual = _usual_length(lines) if usual is None else usual
            short = above is first and first is not None and not line.gap and 2 * first.words <= usual
            sides = (None, title) if short else apart
            if not _credit_neighbour(above, lines[index + 1 : index + 2], credit, sides, usual) and (
                _ILLUSTRATION.fullmatch(line.text)
            ):
                line.part, line.why = Part.CAPTION, ""
            awaited = False
            continue
        elif awaited and not line.gap and line.words <= _CAPTION_WORDS:
            usual = _usual_length(lines) if usual is None else usual
            if not _is_usual(line, usual):
                line.part = Part.CAPTION
        awaited = False
        above = line


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether a text goes on below a line that ends in capitals: several paragraphs follow."""
    return sum(line.open and is_prose(line.text) for line in lines[index + 1 : index + 6]) >= 2


def set_caption(line: Line, caption: tuple[str, str]) -> None:
    """Make a line a caption with its words and its credit; an agency's name before the credit is kept apart."""
    before = line.text[len(caption[0].rstrip(".")) : line.text.rfind(caption[1])]
    line.part = Part.CAPTION
    line.text, line.credit = caption
    if match := _AGENCY.search(before):
        line.rest = match[1]


def _numbers_title(text: str, title: Line | None) -> bool:
    """Whether a line is the headline with a number, a scraper's label of a picture: `… - 1`, `… ảnh 1`."""
    if title is None or not text[-1:].isdigit() or not 0 < len(text) - len(title.text) <= 9:
        return False
    return text.startswith(title.text) and _PICTURE_NUMBER.fullmatch(text, len(title.text)) is not None


def _is_usual(line: Line, usual: float) -> bool:
    """Whether a line is a paragraph by its form: a sentence about as long as the text's others, or a dateline."""
    return is_prose(line.text) and (line.words > 0.75 * usual or dateline_of(line.text) is not None)


def _usual_length(lines: Sequence[Line]) -> float:
    """The middle length of the text's paragraphs, in words."""
    lengths = sorted(line.words for line in lines if line.open and is_prose(line.text))
    return lengths[len(lengths) // 2] if lengths else 0


def _credit_neighbour(
    above: Line | None,
    below: Sequence[Line],
    credit: str,
    apart: tuple[Line | None, Line | None],
    usual: float,
) -> bool:
    """Whether a neighbour took a credit on a line of its own. It on a line belongs to the caption above it, else to the one below it; not to a paragraph
    as long as the others, whose picture's words the scraper lost."""
    own = above is not None and (
        _is_usual(above, usual) or (is_prose(above.text) and above.words > _CREDITED)
    )
    if (
        above is not None
        and above.open
        and above not in apart
        and not own
        and _is_caption_like(above)
        and ((byline := byline_of(above.text)) is None or not byline.sure)
    ):
        above.part, above.credit = Part.CAPTION, credit
        return True
    for line in below:
        if (
            line.open
            and not line.gap
            and line not in apart
            and _is_caption_like(line)
            and not is_prose(line.text)
        ):
            line.part, line.credit = Part.CAPTION, credit
            return True
    return False


def _is_caption_like(line: Line) -> bool:
    """One sentence, not too long."""
    return line.words <= _CAPTION_WORDS and len(_SENTENCES.findall(line.text)) <= 1


def read_tail(lines: list[Line]) -> Tail:
    """Take bylines, source lines and stamps off the end."""
    tail = Tail()
    _drop_comments(lines)
    _drop_tags(lines)
    _unglue_byline(lines)
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if not line.open:
            if line.part is Part.CAPTION:
                break
            continue
        stamp = chrome.stamp_of(line.text) or _signed_date(line.text)
        if stamp is not None:
            line.drop("date stamp")
            tail.stamps.append((line, *stamp))
            continue
        byline = byline_of(line.text)
        if byline is None and _SOURCE_WORD.match(line.text) and line.words <= 5:
            byline = Byline(source=line.text.split(" ", 1)[1].strip(" .)"), sure=True)
        if byline is None and not tail.bylines and len(line.text) <= _PEN_NAME:
            byline = pen_name_of(line.text)
        if byline is not None and byline.names and is_page_name(byline) and _is_page(lines[place - 1]):
            line.drop("menu")
            continue
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


def _signed_date(text: str) -> tuple[dates.Reading, bool] | None:
    """The day below a signature, with the place before it: `Bến Tượng, ngày 5 tháng 7 năm 2019`."""
    place, comma, day = text.partition(",")
    if not comma or len(text) > _SIGNED or not place[:1].isupper() or place.count(" ") > 3:
        return None
    if any(map(str.isdigit, place)) or chrome.stamp_of(day.strip()) is None:
        return None
    reading = next((one for one in dates.find_dates(text) if one.precise), None)
    return (reading, False) if reading is not None else None


def _is_page(line: Line) -> bool:
    """Whether a line near the end is the page's own: keywords, an address, a button."""
    return line.why in ("keywords", "contact", "button", "call on the reader")


def _drop_comments(lines: Sequence[Line]) -> None:
    """Drop readers' words without a heading at the end: a name, a few words, a date."""
    rows = [line for line in lines if line.open]
    while len(rows) >= 5 and chrome.stamp_of(rows[-1].text) is not None:
        name, words = rows[-3], rows[-2]
        byline = byline_of(name.text)
        if byline is None or byline.sure or not byline.names or name.words > 4:
            return
        if words.words > _COMMENT_WORDS or byline_of(words.text) is not None:
            return
        for line in rows[-3:]:
            line.drop("reader's comment")
        del rows[-3:]


def _drop_tags(lines: Sequence[Line]) -> None:
    """Drop bare keywords at the end: short lines below the byline, or several that begin small."""
    short: list[Line] = []
    for line in reversed([line for line in lines if line.open]):
        if is_prose(line.text) or line.words > 4 or chrome.stamp_of(line.text) is not None:
            break
        short.append(line)
    names = [
        place for place, line in enumerate(short)
        if (byline := byline_of(line.text)) is not None and is_personal(byline, line.text)
    ]  # fmt: skip
    below = short[: names[-1]] if names else short
    plain = [
        place for place, line in enumerate(below) if byline_of(line.text) is None and not is_agency(line.text)
    ]
    tags = below[: plain[-1] + 1] if plain else []
    if not names and (len(tags) < 2 or not all(line.text[:1].islower() for line in short)):
        return
    for line in tags:
        line.drop("keywords")


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


def settle(lines: Sequence[Line], title: Line | None, verse: bool = False) -> None:
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
            index < last_prose
            and is_headline(line.text)
            and line.words <= 25
            and line.text[:1] not in '-–"“'
            and not verse
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
    if line.text[0] in "-–" and (line.words > 20 or any(_is_spoken(other.text) for other in (line, *near))):
        return False
    return any(other.text[:1] == line.text[:1] and (other.open or other.part is Part.LIST) for other in near)


def _is_spoken(text: str) -> bool:
    """Whether a line that begins with a dash is somebody's words: a question, or words and who says them."""
    return text[:1] in "-–" and _SPOKEN.search(text, 1) is not None


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
