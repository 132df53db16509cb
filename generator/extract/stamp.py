"""Stamps: lines that are nothing but a date, and what their labels say the date is of."""

from __future__ import annotations

import re
from functools import lru_cache

from generator import dates

_LABELS = re.compile(
    r"(?<!\w)(?:cập nhật|lần cuối|đăng|tạo|sửa|ngày|lúc|xuất bản|thời gian|phát hành|vào|published|updated|last|posted|modified"
    r"|print(?:ed)?|in|on|at|date|time|bài|hồi|est|ist|am|pm|tin)(?!\w)",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"cập nhật|updated|modified|sửa", re.IGNORECASE)
_LAST_UPDATE = re.compile(r"lần cuối|\blast\b|modified|sửa", re.IGNORECASE)
_CLOCK = re.compile(r"(?<!\w)(?:ngày in|in ngày|in lúc|print(?:ed)?)(?!\w)", re.IGNORECASE)
_EVENT = re.compile(r"^\W*thời gian\s*[:：]|^\W*(?:date|time)\s*[:：].*\d[:h]\d", re.IGNORECASE)
_SECTION = re.compile(r"(?P<section>\D{2,40}?)\s*[-|•·,]?\s*$")
_WORD = re.compile(r"[^\W\d_]{2}|\d")


@lru_cache(maxsize=1024)
def stamp_of(text: str) -> tuple[dates.Reading, bool] | None:
    """The date of a line that is nothing but a date, with a label perhaps; and whether it says `updated`."""
    if not 6 <= len(text) <= 90 or not dates.may_name_year(text):
        return None
    readings = [reading for reading in dates.find_dates(text) if reading.precise]
    if not readings or len(readings) > 2:
        return None
    rest = text
    for reading in reversed(readings):
        rest = rest[: reading.start] + " " + rest[reading.end :]
    if _WORD.search(_LABELS.sub(" ", rest)):
        return None
    updated = bool(_UPDATED.search(text[: readings[0].start]))
    if updated and len(readings) == 2 and not _UPDATED.search(text[readings[0].end : readings[1].start]):
        return readings[1], False
    return readings[0], updated


def is_bare(text: str) -> bool:
    """Whether a stamp is a day alone, without time, weekday or label, as lists of articles print it."""
    stamp = stamp_of(text)
    if stamp is None or stamp[0].hour is not None or stamp[0].weekday:
        return False
    return not any(map(str.isalpha, text[: stamp[0].start] + text[stamp[0].end :]))


def is_labelled(text: str) -> bool:
    """Whether a stamp has a label, as an article's own have; a page's clock has none."""
    stamp = stamp_of(text)
    return stamp is not None and any(map(str.isalpha, text[: stamp[0].start]))


def is_last_update(text: str) -> bool:
    """Whether a stamp's label says that it is the last change's: the publication lies before it."""
    return _LAST_UPDATE.search(text) is not None and stamp_of(text) is not None


def is_print_clock(text: str) -> bool:
    """Whether a stamp's label says when the page was printed."""
    return _CLOCK.search(text) is not None


def is_event(text: str) -> bool:
    """Whether a stamp's label may as well be that of an event told of (`Thời gian: 08:00 ngày 14/06/2025`)."""
    return _EVENT.search(text) is not None


def is_clock_like(text: str) -> bool:
    """Whether a stamp has all that a page's clock has: no label, the weekday, the time, the zone."""
    stamp = stamp_of(text)
    return (
        stamp is not None
        and stamp[0].weekday
        and stamp[0].offset is not None
        and not any(map(str.isalpha, text[: stamp[0].start]))
    )


def is_page_clock(text: str) -> bool:
    """Whether a stamp is written as pages write their clock: all of it, the zone without brackets."""
    return is_clock_like(text) and not text.rstrip().endswith(")")


def words_beside_date(text: str) -> int | None:
    """How many words stand beside a line's dates; None for a line without a full date."""
    if len(text) > 90 or not dates.may_name_year(text):
        return None
    readings = [reading for reading in dates.find_dates(text) if reading.precise]
    if not readings:
        return None
    rest = text
    for reading in reversed(readings):
        rest = rest[: reading.start] + " " + rest[reading.end :]
    return sum(1 for word in rest.split() if any(map(str.isalpha, word)))


@lru_cache(maxsize=1024)
def teaser_date_of(text: str) -> str | None:
    """The section of a teaser's line `Xã hội 15/11/2025`; None where the line is none."""
    if len(text) > 70 or not dates.may_name_year(text):
        return None
    readings = [reading for reading in dates.find_dates(text) if reading.precise]
    if len(readings) != 1 or text[readings[0].end :].strip(" )-|"):
        return None
    match = _SECTION.fullmatch(text[: readings[0].start])
    return match["section"].strip() if match and match["section"].count(" ") <= 4 else None
