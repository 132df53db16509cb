"""Raw plain text → lines: the pieces that are judged one by one, each with the part it plays in the end.

A piece is a paragraph, a headline, a menu entry …; hard-wrapped paragraphs are joined, and what a scraper
glued into one line is taken apart, so that every visible word of the text belongs to exactly one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from unicodedata import category

from generator import dates
from generator.extract.stamp import parts_beside, stamp_of
from generator.text import match_key, remember


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


class Line:
    """One line; finders settle `part` as they go."""

    __slots__ = ("_part", "credit", "gap", "glued", "open", "rest", "text", "why")

    text: str
    gap: bool
    """An empty line stands before it."""
    open: bool
    """Whether nobody has decided yet. Kept beside `part`, for every finder asks it of every line."""
    why: str
    """Of a dropped line: why."""
    credit: str
    """Of a caption: who made the picture."""
    rest: str
    """What was cut off a line that plays a part: the paper's name behind a headline, an agency's before a credit."""
    glued: bool
    """A stamp that stood in one line with a headline or a name."""

    def __init__(self, text: str, *, gap: bool = False, glued: bool = False) -> None:
        """A line that plays no part yet."""
        self.text = text
        self.gap = gap
        self.glued = glued
        self.why = self.credit = self.rest = ""
        self._part = Part.OPEN
        self.open = True

    def __repr__(self) -> str:
        return f"Line({self.text!r}, {self._part})"

    @property
    def part(self) -> Part:
        """The part that the line plays."""
        return self._part

    @part.setter
    def part(self, part: Part) -> None:
        self._part = part
        self.open = part is Part.OPEN

    def drop(self, why: str) -> None:
        """Leave the line out of the article."""
        self.part, self.why, self.rest = Part.DROPPED, why, ""

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
_LONE_MARK = re.compile(r"\([^()]{2,40}\)\s?[-–—]+|[A-ZĐ]{2,}[A-ZĐ0-9+.]*(?: [Oo]nline)?\s?[-–—]+")
_LONE_PLACE = re.compile(r"[A-ZÀ-ỸĐ][\w .]{1,30}? ?\([A-ZĐ]{2,8}\)")
_HEAD = 24
"""A mark that opens the text stands among so many first lines."""
_SAME_START = 24
"""Characters by which lines that begin alike are no pieces of one paragraph."""
_NARROW, _WIDE = 50, 100
"""Columns at which programs wrap texts."""
_FULL_LINES = 3
"""Fewest full lines of a text that was wrapped."""
_FIRST_PICTURE = "\u2600"
"""Emoji come from this sign on."""
_SIGNS = frozenset("-–—*•+=_#>|")
"""How a list's item or a rule begins."""
_STAMP = 100
"""No stamp is longer."""
_SEPARATORS = " \t|•·–-,;()"


@remember
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


def _is_picture(sign: str) -> bool:
    """Whether a sign is an emoji, as people's posts end with and no headline does."""
    return sign >= _FIRST_PICTURE and category(sign) in ("So", "Mn", "Sk")


def is_headline(text: str) -> bool:
    """Whether a line has the shape of a headline: 3 to 32 words that do not end as a sentence does."""
    if text[-1:] in ".;,:" and text[-2:] != "..":
        return False
    if text[-1:] >= _FIRST_PICTURE and _is_picture(text[-1:]) and not _is_picture(text[:1]):
        return False
    words = text.count(" ") + 1
    return 3 <= words <= 32 and any(map(str.isalpha, text)) and not is_prose(text)


@remember
def key(text: str) -> str:
    """Key under which a line is the same as another: case, tone places, quotes and edge signs folded."""
    for sign in "“”\"'‘’":
        text = text.replace(sign, "")
    return match_key(text).strip(" .:…-–•*>»›|")


def split_lines(text: str) -> list[Line]:
    """The lines of a text, empty ones left out, wrapped ones joined, a scraper's prefix apart."""
    lines: list[Line] = []
    group: list[str] = []
    rows = text.split("\n")
    width = _column(rows)
    start = 0
    for number, raw in enumerate([*rows, ""]):
        line = " ".join(raw.split())
        if "|" in line and (line[-1] == "|" or line[0] == "|"):  # the border of a table's column
            line = line.strip(" |") or line
        if line:
            start = start if group else number
            group.append(line)
        elif group:
            pieces = _join_full(group, rows[start:number], width) if width else group
            lines += _unwrap(pieces)
            group = []
    return _join_marks(_without_prefix(lines))


def _column(rows: Sequence[str]) -> int:
    """The column at which a program wrapped a text's paragraphs; 0 for a text that none did.

    Such a line is full: the next one's first word did not fit on it. Lists and verse have lines as long as they like,
    and their lines begin with a capital.
    """
    longest = max(map(len, rows), default=0)
    if not _NARROW <= longest <= _WIDE + _NARROW:
        return 0
    width = len(max(rows, key=len).rstrip())
    if not _NARROW <= width <= _WIDE:
        return 0
    full = [below.strip() for above, below in pairwise(rows) if _is_full(above, below, width)]
    small = sum(row[:1].islower() or row[:1].isdigit() for row in full)
    return width if len(full) >= _FULL_LINES and 2 * small > len(full) else 0


def _is_full(above: str, below: str, width: int) -> bool:
    """Whether a line was broken since the next one's first word did not fit, and not as a paragraph's last line."""
    if not above or not below or (below[:1].isspace() and not above[:1].isspace()):
        return False
    word = below.split(maxsplit=1)[:1]
    if not word or word[0][0] in _SIGNS or not any(map(str.isalnum, above)):
        return False
    return len(above.rstrip()) + 1 + len(word[0]) > width


def _join_full(group: Sequence[str], rows: Sequence[str], width: int) -> list[str]:
    """The lines of a group, full ones joined with what follows them."""
    joined = [group[0]]
    for number in range(1, len(group)):
        if _is_full(rows[number - 1], rows[number], width):
            joined[-1] += f" {group[number]}"
        else:
            joined.append(group[number])
    return joined


def _join_marks(lines: list[Line]) -> list[Line]:
    """A publisher's mark that stands alone (`(ĐVD) -`) belongs to the text below it."""
    for place, line in enumerate(lines[:_HEAD]):
        if len(line.text) > 60 or place + 1 == len(lines):
            continue
        below = lines[place + 1]
        if (line.text[-1:] in "-–—" and _LONE_MARK.fullmatch(line.text)) or (
            below.text[:2] in ("- ", "– ", "— ") and _LONE_PLACE.fullmatch(line.text)
        ):
            joined = Line(f"{line.text} {below.text}", gap=line.gap)
            return [*lines[:place], joined, *lines[place + 2 :]]
    return lines


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
    starts: set[str] = set()
    for line in group:
        first = _LOWER_START.match(line)
        goes_on = (
            joined
            and first is not None
            and first.group()[-1].islower()
            and _ENDS_OPEN.search(joined[-1][-1])
            and len(joined[-1][-1]) >= 40
            and line[:_SAME_START] not in starts
            and stamp_of(joined[-1][-1]) is None
        )
        starts.add(line[:_SAME_START])
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


_BUTTON = re.compile(
    r"[\s)|•·-]+(?:\(?GMT[+-]?\d{0,2}\)?\s*)?(?:chia sẻ|share|in bài|in trang|lưu|bình luận|facebook|zalo|google news|theo dõi)(?:\s\S.{0,40})?",
    re.IGNORECASE,
)
"""What a page prints behind a stamp."""


def _split_stamp(line: Line) -> Iterator[Line]:
    text = line.text
    if stamp_of(text) is not None:
        yield line
        return
    if beside := parts_beside(text):
        for place, piece in enumerate(beside):
            yield Line(piece, gap=line.gap and not place)
        return
    readings = [reading for reading in dates.find_dates(text) if reading.precise]
    if readings and (cut := _glued_weekday(text, readings[0].end) or _labelled_pair(text, readings)):
        yield Line(text[:cut].rstrip(_SEPARATORS), gap=line.gap)
        yield Line(text[cut:].strip(), glued=True)
        return
    for reading in readings[:1] + readings[-1:]:
        before, after = text[: reading.start], text[reading.end :]
        if len(before.strip(_SEPARATORS)) < 2 and len(after.strip(_SEPARATORS)) < 2:
            break
        if not before.strip(_SEPARATORS) and _starts_line(reading, after):
            yield Line(text[: reading.end].strip(), gap=line.gap, glued=True)
            yield Line(after.strip(_SEPARATORS + "."))
            return
        if _BUTTON.fullmatch(after) and stamp_of(text[: reading.end]) is not None:
            yield Line(text[: reading.end].strip(), gap=line.gap)
            yield Line(after.strip(_SEPARATORS))
            return
        if not after.strip(_SEPARATORS) and _ends_line(reading, before):
            label = _stamp_label(before)
            rest = before[: len(before) - len(label)].rstrip(_SEPARATORS)
            rest += ")" * (rest.count("(") - rest.count(")"))
            if rest:
                name = _glued_name(rest)
                yield Line(rest[: len(rest) - name], gap=line.gap)
                if name:
                    yield Line(rest[-name:], glued=True)
            yield Line((label + text[reading.start :]).strip(), gap=line.gap and not rest, glued=True)
            return
    yield line


_GLUED_WEEKDAY = re.compile(r"[^\W\d_]{2}(?=(?:Thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy|[hbtns]\w+)|Chủ [Nn]hật)(?!\w))")
"""Behind a section: `Đối ngoạiThứ Sáu, 21/06/2024`."""


def _glued_weekday(text: str, end: int) -> int:
    """Where a stamp begins whose weekday is glued to a section's name, searched before a place; 0 for none."""
    glued = _GLUED_WEEKDAY.search(text, 0, end)
    return glued.end() if glued is not None and stamp_of(text[glued.end() :]) is not None else 0


def _labelled_pair(text: str, readings: Sequence[dates.Reading]) -> int:
    """Where two labelled dates begin behind other words (`… giữa biểnĐăng: … – Cập nhật: …`); 0 for none."""
    label = _stamp_label(text[: readings[0].start]) if len(readings) == 2 else ""
    cut = readings[0].start - len(label)
    return cut if label and text[:cut].strip(_SEPARATORS) and stamp_of(text[cut:].strip()) else 0


def _glued_name(text: str) -> int:
    """Length of the writer's name that was glued to a headline's last word (`… vùng lũMinh Hạ`); 0 for none.

    A capital inside a word parts them, unless it is a mark's own (`YouTube`, `iPhone`).
    """
    words = text.split(" ")
    for count in (2, 3, 4):
        if count > len(words) - 3:
            return 0
        word = words[-count]
        cut = next((at for at in range(2, len(word)) if word[at].isupper() and word[at - 1].islower()), 0)
        if cut and word.isalpha() and (word[0].islower() or not word.isascii()):
            name = " ".join([word[cut:], *words[len(words) - count + 1 :]])
            return len(name) if all(part.isalpha() and part.istitle() for part in name.split()) else 0
    return 0


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
