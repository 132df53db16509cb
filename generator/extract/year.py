"""What in a text tells the year of a day that was given without one. Such a year is a candidate, never a fact.

Each anchor is a rule of the calendar or of arithmetic: an assembly that opens every September, games every second
year, an age and a birth. What the text only hopes for (`đến năm 2030`, a term `2025-2030`) is none. However many
anchors agree, they rank a candidate and settle nothing: a text may speak of last year's session as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator import dates

_SESSION_VI = re.compile(r"(?:khóa|khoá|kỳ|phiên)\s+(?:họp\s+)?(?:thứ\s+)?(\d{2})(?!\d)", re.IGNORECASE)
_SESSION_EN = re.compile(
    r"\b(\d{2})(?:st|nd|rd|th)\s+session|session\s+(\d{2})\b|\bUNGA[- ]?(\d{2})\b", re.IGNORECASE
)
_ASSEMBLY = re.compile(r"đại\s+hội\s+đồng|ĐHĐ|general\s+assembly|UNGA", re.IGNORECASE)
_FOUNDED = 1945
_OPENS = 9
"""Session N of the UN General Assembly opens in September of 1945 + N."""
_GAMES = re.compile(
    r"SEA\s*Games\s*(?:lần\s+thứ\s+)?(\d{1,2})(?!\d)|(\d{1,2})(?:st|nd|rd|th)\s+SEA\s*Games", re.IGNORECASE
)
_FIRST_GAMES = 1959
_LATE_GAMES = {31: 2022}
"""SEA Games N are held in 1959 + 2N since the third; the 31st were put off by a year."""
_SCHOOL_YEAR = re.compile(r"năm\s+học\s+((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)", re.IGNORECASE)
_SCHOOL_OPENS = 8
_ANNIVERSARY = re.compile(
    r"(\d{1,3})\s+năm[^.;()]{0,120}\(\s*(?:\d{1,2}[/.-]\d{1,2}[/.-])?(\d{4})\s*[-–]\s*(?:\d{1,2}[/.-]\d{1,2}[/.-])?(\d{4})\s*\)",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"(\d{2})\s+tuổi[^.;]{0,25}?sinh\s+năm\s+((?:19|20)\d\d)|sinh\s+năm\s+((?:19|20)\d\d)[^.;\d]{0,25}(\d{2})\s+tuổi",
    re.IGNORECASE,
)
_STEMS = "giáp ất bính đinh mậu kỷ canh tân nhâm quý".split()
_BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
_SPELLINGS = {"tỵ": "t[ỵị]", "tý": "t[ýí]", "mão": "m[ãẹ]o", "kỷ": "k[ỷỉ]", "quý": "qu[ýí]"}
_LUNAR_YEAR = re.compile(
    r"(?:tết|xuân|năm)\s+(?:nguyên\s+đán\s+)?(?P<stem>"
    + "|".join(_SPELLINGS.get(one, one) for one in _STEMS)
    + r")\s+"
    r"(?P<branch>" + "|".join(_SPELLINGS.get(one, one) for one in _BRANCHES) + r")(?!\w)",
    re.IGNORECASE,
)
_CYCLE_BEGAN = 1984
"""A year Giáp Tý. Sixty years later the names come round again."""
_BEFORE_TET = 9
"""From this month on a text looks forward to the Tết of the next year."""
_EDITION = re.compile(
    r"(?:World\s*Cup|Olympic|Paralympic|Euro|ASIAD|(?:AFF|ASEAN|Asian|Confederations)\s+Cup|Copa\s+America|Hoa\s+hậu|Festival)"
    r"(?:\s+[A-ZÀ-Ỹ]\w+){0,3}\s+((?:19|20)\d\d)(?!\d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?![\d-])")
_NAMING = re.compile(r"(?<!đến )(?<!tới )(?<!trước )(?<!học )(?<!sinh )(?:năm|in)\s+\Z", re.IGNORECASE)
_WORD_BEFORE = 16
"""Characters before a year in which the word stands that names it."""
_FIRST_YEAR = 1995
"""News has been on the web since."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A year for a day, and what it stands on."""

    year: int
    how: str
    confidence: float


def anchored_years(text: str, reading: dates.Reading) -> tuple[Anchor, ...]:
    """Years for a day that was given without one, the most probable first. What agrees is one anchor and worth more; a
    year in which the day fell on another weekday than the words say is none."""
    found: dict[int, list[Anchor]] = {}
    lower = text.lower()
    for signs, rule in _RULES:
        for one in rule(text, reading) if any(sign in lower for sign in signs) else ():
            if reading.fits(one.year) and all(one.how != other.how for other in found.get(one.year, ())):
                found.setdefault(one.year, []).append(one)
    joined = [_join(anchors, reading) for anchors in found.values()]
    return tuple(sorted(joined, key=lambda one: (-one.confidence, -one.year)))


def _join(anchors: list[Anchor], reading: dates.Reading) -> Anchor:
    """Anchors of one year as one."""
    kept = sorted(anchors, key=lambda one: -one.confidence)[:3]
    how = "; ".join(one.how for one in kept)
    if reading.falls_on is not None:
        how += "; the weekday is right"
    more = 0.1 * (len(kept) - 1) + (0.1 if reading.falls_on is not None else 0.0)
    return Anchor(kept[0].year, how, round(min(kept[0].confidence + more, 0.65), 3))


def _from_session(text: str, reading: dates.Reading) -> Iterator[Anchor]:
    if not _ASSEMBLY.search(text):
        return
    for pattern in (_SESSION_VI, _SESSION_EN):
        for match in pattern.finditer(text):
            number = int(next(group for group in match.groups() if group))
            if 1 <= number <= 99:
                year = _FOUNDED + number + (0 if reading.month >= _OPENS else 1)
                yield Anchor(year, f"session {number} of the UN General Assembly", 0.45)


def _from_full_dates(text: str, reading: dates.Reading) -> Iterator[Anchor]:
    full = [other for other in dates.find_dates(text) if other.precise and other.year is not None]
    for other in full:
        if (other.day, other.month) == (reading.day, reading.month) and other.year is not None:
            yield Anchor(other.year, "the same day with its year in the text", 0.48)
    years = {other.year for other in full if other.year is not None and other.year >= 2000}
    if len(years) == 1:
        yield Anchor(years.pop(), "year of the other dates in the text", 0.42)


def _from_anniversary(text: str, reading: dates.Reading) -> Iterator[Anchor]:
    for match in _ANNIVERSARY.finditer(text):
        first, last = int(match[2]), int(match[3])
        if last - first == int(match[1]):
            yield Anchor(last, f"{match[1]} years of {first}", 0.44)


def _from_games(text: str, reading: dates.Reading) -> Iterator[Anchor]:
    for match in _GAMES.finditer(text):
        number = int(match[1] or match[2])
        if 3 <= number <= 60:
            year = _LATE_GAMES.get(number, _FIRST_GAMES + 2 * number)
            yield Anchor(year, f"SEA Games {number}", 0.4)


def _from_school_year(text: str, reading: dates.Reading) -> Iterator[Anchor]:
    for match in _SCHOOL_YEAR.finditer(text):
        first, last = int(match[1]), int(match[2])
        if last == first + 1:
            yield Anchor(
                first if reading.month >= _SCHOOL_OPENS else last, f"school year {first}-{last}", 0.4
            )


def _from_lunar_year(text: str, reading: dates.Reading) -> Iterator[Anchor]:
    for match in _LUNAR_YEAR.finditer(text):
        if (place := _cycle_place(match)) is not None:
            year = _CYCLE_BEGAN + place - (1 if reading.month >= _BEFORE_TET else 0)
            yield Anchor(year, f"the lunar year {match['stem']} {match['branch']}", 0.4)


def springs(text: str) -> set[int]:
    """The years whose Tết or spring a text names by its lunar name (`Xuân Kỷ Hợi`), of the cycle since 1984."""
    return {
        _CYCLE_BEGAN + place
        for match in _LUNAR_YEAR.finditer(text)
        if match.group()[:3].lower() != "năm" and (place := _cycle_place(match)) is not None
    }


def _cycle_place(match: re.Match[str]) -> int | None:
    """The place of a lunar year's name in the cycle of sixty; None for a name that no year has."""
    stem = _place(match["stem"], _STEMS)
    branch = _place(match["branch"], _BRANCHES)
    return next((n for n in range(60) if n % 10 == stem and n % 12 == branch), None)


def _place(words: str, names: list[str] | tuple[str, ...]) -> int:
    return next(
        (n for n, name in enumerate(names) if re.fullmatch(_SPELLINGS.get(name, name), words.lower())), -1
    )


def _from_age(text: str, reading: dates.Reading) -> Iterator[Anchor]:
    for match in _BORN.finditer(text):
        age, born = int(match[1] or match[4]), int(match[2] or match[3])
        yield Anchor(born + age, f"born in {born} and {age} years old", 0.33)


def _from_edition(text: str, reading: dates.Reading) -> Iterator[Anchor]:
    for match in _EDITION.finditer(text):
        yield Anchor(int(match[1]), f"year of {' '.join(match.group().split())}", 0.31)


def _from_named(text: str, reading: dates.Reading) -> Iterator[Anchor]:
    years = [
        int(match[0])
        for match in _YEAR.finditer(text)
        if _NAMING.search(text, max(0, match.start() - _WORD_BEFORE), match.start())
    ]
    latest = max(years, default=0)
    if latest < _FIRST_YEAR:
        return
    if reading.falls_on is None:
        yield Anchor(latest, "the latest year that the text names", 0.31)
        return
    year = next((one for one in range(latest, latest + 12) if reading.fits(one)), None)
    if year is not None:
        yield Anchor(year, f"the first such weekday from {latest} on, of which the text speaks", 0.31)


# Each with what must stand in a text for it to find anything: a look that costs little beside its pattern.
_RULES: tuple[tuple[Sequence[str], Callable[[str, dates.Reading], Iterator[Anchor]]], ...] = (
    (("đồng", "đhđ", "assembly", "unga"), _from_session),
    (("19", "20", "25", "/", "-"), _from_full_dates),
    (("–", "-"), _from_anniversary),
    (("games",), _from_games),
    (("học",), _from_school_year),
    ((*_STEMS, "kỉ", "quí"), _from_lunar_year),
    (("tuổi",), _from_age),
    (("cup", "olympic", "euro", "asiad", "hoa", "festival", "america"), _from_edition),
    (("năm", "in"), _from_named),
)
