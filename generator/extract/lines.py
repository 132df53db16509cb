"""Raw plain text → lines: the pieces that are judged one by one, each with the part it plays in the end.

A piece is a paragraph, a headline, a menu entry …; hard-wrapped paragraphs are joined, and what a scraper
glued into one line is taken apart, so that every visible word of the text belongs to exactly one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from generator import dates
from generator.extract.stamp import stamp_of
from generator.text import match_key


class Part(StrEnum):
    """The part a line plays in the article."""

    OPEN = "open"
    """Not yet decided."""
    TITLE = "title"
    SECTION = "section"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    CAPTION = "caption"
    DROPPED = "dropped"


@dataclass(slots=True, eq=False)
class Line:
    """One line; finders settle `part` as they go."""

    text: str
    gap: bool = False
    """An empty line stands before it."""
    part: Part = Part.OPEN
    why: str = ""
    """Of a dropped line: why."""
    credit: str = ""
    """Of a caption: who made the picture."""
    glued: bool = False
    """A stamp that stood in one line with a headline or a name."""

    def drop(self, why: str) -> None:
        """Leave the line out of the article."""
        self.part, self.why = Part.DROPPED, why

    @property
    def open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.part is Part.OPEN

    @property
    def words(self) -> int:
        """Number of words between spaces."""
        return self.text.count(" ") + 1


_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*(?:\s|$)")
_INNER_END = re.compile(r"[^\W\d_]{2}[.!?…][\"”’')\]]*\s+[\"“‘(]?[^\W\d_]")
_ENDS_OPEN = re.compile(r"[\w,–-]$")
_LOWER_START = re.compile(r"[\"“‘(]?[^\W\d_]")
_PREFIX = re.compile(
    r"(?:date|time|crawled)\s*[:=]?\s*(?P<date>(?:19|20)\d\d-\d\d(?:-\d\d)?)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?))?(?!\d)\s*"
    r"|\[?(?P<bare>(?:19|20)\d\d-\d\d(?:-\d\d)?)\]?(?:\s+(?!\d{1,2}:\d\d)|$)",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(
    r"(?:ngày|sáng|trưa|chiều|tối|đêm|nay|mai|qua|từ|đến|tới|vào|trước|sau|lúc|on|of|in|by|until|since|từng|-|–|,|tháng)$",
    re.IGNORECASE,
)
_STAMP = 100
"""No stamp is longer."""
_SEPARATORS = " \t|•·–-,;()"


def is_prose(text: str) -> bool:
    """Whether a line reads as running text rather than as a headline, a name or a menu entry."""
    words = text.count(" ") + 1
    if words < 6:
        return False
    last = text.rstrip("\"”’')]»")[-1:]
    if last in ".…" and words >= (8 if last == "." else 12):
        return True
    if (last in ":;" and words >= 14) or (text.startswith(("- ", "– ")) and last in "?!" and words >= 12):
        return True
    return words >= 36 or (words >= 14 and _INNER_END.search(text, 0, 2000) is not None)


def is_headline(text: str) -> bool:
    """Whether a line has the shape of a headline: 3 to 32 words that do not end as a sentence does."""
    words = text.count(" ") + 1
    return 3 <= words <= 32 and text[-1:] not in ".;,:" and any(map(str.isalpha, text)) and not is_prose(text)


@lru_cache(maxsize=1024)
def key(text: str) -> str:
    """Key under which a line is the same as another: case, tone places, quotes and edge signs folded."""
    for sign in "“”\"'‘’":
        text = text.replace(sign, "")
    return match_key(text).strip(" .:…-–•*>»›|")


def split_lines(text: str) -> list[Line]:
    """The lines of a text, empty ones left out, wrapped ones joined, a scraper's prefix apart."""
    lines: list[Line] = []
    group: list[str] = []
    for raw in [*text.split("\n"), ""]:
        line = " ".join(raw.split())
        if line:
            group.append(line)
        elif group:
            lines += _unwrap(group)
            group = []
    return _without_prefix(lines)


def _unwrap(group: list[str]) -> list[Line]:
    """The lines between two empty ones, joined where they are pieces of wrapped paragraphs."""
    if len(group) == 1:
        return [Line(group[0], gap=True)]
    widths = [len(line) for line in group[:-1]]
    wrapped = (
        len(group) >= 3
        and max(widths) <= 100
        and min(widths) >= 0.7 * max(widths)
        and sum(1 for line in group[:-1] if _ENDS_OPEN.search(line)) * 2 > len(widths)
        and sum(1 for line in group[1:] if line[0].islower()) * 3 >= len(widths)
    )
    if wrapped:
        return [Line(" ".join(group), gap=True)]
    joined: list[list[str]] = []
    for line in group:
        first = _LOWER_START.match(line)
        goes_on = (
            joined
            and first is not None
            and first.group()[-1].islower()
            and _ENDS_OPEN.search(joined[-1][-1])
            and len(joined[-1][-1]) >= 40
        )
        if goes_on:
            joined[-1].append(line)
        else:
            joined.append([line])
    return [Line(" ".join(pieces), gap=number == 0) for number, pieces in enumerate(joined)]


def _without_prefix(lines: list[Line]) -> list[Line]:
    if not lines:
        return lines
    match = _PREFIX.match(lines[0].text)
    if match is None or (match["bare"] and dates.read_date(match["bare"]) is None):
        return lines
    prefix = Line(match.group().strip(), gap=True)
    prefix.drop("scraper's prefix")
    rest = lines[0].text[match.end() :].strip()
    return [prefix, *([Line(rest, gap=lines[0].gap)] if rest else []), *lines[1:]]


def split_stamps(lines: list[Line], head: int = 16, tail: int = 6) -> list[Line]:
    """The lines, with a date stamp that was glued to a headline or a name as a line of its own.

    Only near both ends: further in, a date belongs to its sentence.
    """
    pieces: list[Line] = []
    for number, line in enumerate(lines):
        near = number < head or number >= len(lines) - tail
        pieces += _split_stamp(line) if near and line.open and _may_hold_stamp(line.text) else (line,)
    return pieces


def _may_hold_stamp(text: str) -> bool:
    """Whether a year stands near an end of a text: a cheap look before its dates are read."""
    if len(text) >= 400 or not dates.may_name_year(text):
        return False
    return (
        len(text) <= 2 * _STAMP or dates.may_name_year(text[:_STAMP]) or dates.may_name_year(text[-_STAMP:])
    )


def _split_stamp(line: Line) -> Iterator[Line]:
    text = line.text
    if stamp_of(text) is not None:
        yield line
        return
    readings = [reading for reading in dates.find_dates(text) if reading.precise]
    for reading in readings[:1] + readings[-1:]:
        before, after = text[: reading.start], text[reading.end :]
        if len(before.strip(_SEPARATORS)) < 2 and len(after.strip(_SEPARATORS)) < 2:
            break
        if not before.strip(_SEPARATORS) and _starts_line(reading, after):
            yield Line(text[: reading.end].strip(), gap=line.gap, glued=True)
            yield Line(after.strip(_SEPARATORS + "."))
            return
        if not after.strip(_SEPARATORS) and _ends_line(reading, before):
            label = _stamp_label(before)
            rest = before[: len(before) - len(label)].rstrip(_SEPARATORS)
            rest += ")" * (rest.count("(") - rest.count(")"))
            if rest:
                yield Line(rest, gap=line.gap)
            yield Line((label + text[reading.start :]).strip(), gap=line.gap and not rest, glued=True)
            return
    yield line


_LABEL = re.compile(
    r"(?:\(?\s*(?:ngày\s+)?(?:cập nhật(?:\s+lúc|\s+ngày|\s+lần cuối)?|đăng(?:\s+lúc|\s+ngày)?|ngày đăng|xuất bản|xuất bản lúc|tạo|sửa"
    r"|last updated|last modified(?:\s+on)?|updated(?:\s+(?:on|at))?|published(?:\s+(?:on|at))?|posted(?:\s+(?:on|at))?)\s*[:：]?\s*)$",
    re.IGNORECASE,
)


def _stamp_label(before: str) -> str:
    match = _LABEL.search(before)
    return match.group() if match else ""


def _starts_line(reading: dates.Reading, after: str) -> bool:
    """Whether a date at a line's beginning is a stamp: a headline follows, not the rest of a sentence."""
    rest = after.lstrip(_SEPARATORS)
    if not rest[:1].isupper() and rest[:1] not in '"“‘':
        return False
    if reading.hour is not None:
        return not after.startswith((",",)) or not is_prose(rest)
    return not is_prose(rest) and not after.startswith(",")


def _ends_line(reading: dates.Reading, before: str) -> bool:
    """Whether a date at a line's end is a stamp: a time, a label or a sign parts it from the headline."""
    if _LABEL.search(before):
        return True
    rest = before.rstrip()
    if rest.endswith((":", "：")):  # another label's date: of an event, a term, a birth
        return False
    if _IN_TITLE.search(rest.rstrip("(")) and not rest.endswith(("-", "–", "|")):
        return False
    if reading.hour is not None:
        return True
    if rest.endswith(("|", "•", "·", " -", " –")):
        return True
    return reading.weekday or (rest == before and before[-1:].isalpha())
