"""Date strings → aware datetimes, and what a date is worth."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypedDict
from zoneinfo import ZoneInfo

from generator import datewords
from generator.models import Moment
from generator.text import squeeze

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)

YEARS = range(1000, 9991)
"""Years that a date may name. Python's calendar begins with the year 1 and ends with 9999: from these, a time zone or a
source's delay still leads to a day of it."""


def parse_iso(text: str, zone: ZoneInfo) -> Moment:
    """ISO 8601 as front matter has it: a day, or day, time and offset. `zone` stands in for a missing offset.

    Raises:
        ValueError: the text is no such date, or its year is none of `YEARS`; the message says what is expected.
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is no date; write 2025-05-22 or 2025-05-22T22:15:00+07:00")
    year, month, day, hour, minute, second, offset = match.groups()
    if int(year) not in YEARS:
        raise ValueError(
            f"'{text}' is no date that can be reckoned with; write a year from {YEARS[0]} to {YEARS[-1]}, "
            "or leave the date out where it means never"
        )
    try:
        date = dt.date(int(year), int(month), int(day))
        if hour is None:
            return date
        time = dt.time(int(hour), int(minute), int(second or 0))
    except ValueError as error:
        raise ValueError(f"'{text}' is no day of the calendar ({error})") from error
    naive = dt.datetime.combine(date, time)
    if offset is None:
        return naive.replace(tzinfo=zone)
    if offset == "Z":
        return naive.replace(tzinfo=dt.UTC)
    sign = -1 if offset[0] == "-" else 1
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return naive.replace(tzinfo=dt.timezone(sign * dt.timedelta(minutes=minutes)))


def format_moment(moment: Moment) -> str:
    """ISO 8601 as front matter has it: `2025-05-22`, or `2025-05-22T22:15:00+07:00`."""
    if isinstance(moment, dt.datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat()


def day_of(moment: Moment, zone: ZoneInfo) -> dt.date:
    """The day of a moment, in a time zone."""
    return moment.astimezone(zone).date() if isinstance(moment, dt.datetime) else moment


def instant(moment: Moment, zone: ZoneInfo) -> dt.datetime:
    """An aware datetime to order by; a day alone counts as its first moment in the zone."""
    if isinstance(moment, dt.datetime):
        return moment
    return dt.datetime.combine(moment, dt.time(), tzinfo=zone)


# ------------------------------------------------------------------------------- dates in words


@dataclass(frozen=True, slots=True)
class Reading:
    """What words say of a date and nothing more: what they leave open is None.

    `start` and `end` are the place of the words in the text, weekday, time and offset included.
    """

    month: int
    day: int | None
    year: int | None
    hour: int | None = None
    minute: int = 0
    second: int = 0
    offset: dt.timezone | None = None
    start: int = 0
    end: int = 0
    weekday: bool = False
    """A weekday's name stands before it."""
    today: bool = False
    """The words say that it is the day of writing: `sáng nay (5/11)`, `hôm nay, 5/11`."""
    ambiguous: bool = False
    """Written in numbers that may as well be month/day: `05/06/2025`."""
    misnamed: bool = False
    """The weekday before it is another day's: `Thứ Hai, 15/11/2025`, which was a Saturday."""
    minute_given: bool = True
    """Whether the words name the minute; `22h ngày 5/11` names the hour alone."""
    falls_on: int | None = None
    """The weekday before it, Monday is 0: with a missing year it tells which years are possible."""
    span: bool = False
    """It is the last day of several: `16-24/11`, `từ 5 đến 7/11`."""

    @property
    def precise(self) -> bool:
        """Whether day, month and year are all given."""
        return self.year is not None and self.day is not None

    @property
    def open(self) -> tuple[str, ...]:
        """What an aware datetime needs and the words leave out: `year`, `minute`, `offset`."""
        parts = [("year", self.year is None)]
        if self.hour is not None:
            parts += [("minute", not self.minute_given), ("offset", self.offset is None)]
        return tuple(name for name, missing in parts if missing)

    def moment(self, zone: ZoneInfo, year: int | None = None) -> Moment | None:
        """The moment, as precise as the words are; `year` stands in for a missing year and `zone` for a
        missing offset. None where there is no such day, or where the day or the year is missing."""
        year = self.year if self.year is not None else year
        if year is None or self.day is None:
            return None
        try:
            day = dt.date(year, self.month, self.day)
            if self.hour is None:
                return day
            time = dt.time(self.hour, self.minute, self.second, tzinfo=self.offset or zone)
            return dt.datetime.combine(day, time)
        except ValueError:
            return None

    def swapped(self) -> Reading:
        """The same words with day and month the other way round."""
        if self.day is None:
            return self
        return replace(self, day=self.month, month=self.day)

    def fits(self, year: int) -> bool:
        """Whether the day exists in a year and falls on the weekday that the words name, if they name one."""
        try:
            day = dt.date(year, self.month, self.day or 1)
        except ValueError:
            return False
        return self.falls_on is None or self.day is None or day.weekday() == self.falls_on


def find_dates(text: str) -> Iterator[Reading]:
    """The dates that stand in a text, in order: with a year in any form, without one only where the words
    around it say that it is a date (`ngày 24/9`, `chiều 4.11`, `5 tháng 11`, `Nov 5`), so that fractions,
    scores, prices and telephone numbers are none.

    Day comes before month in numbers, as Vietnamese and British papers write; where that is no day of the
    calendar, the American order is tried.
    """
    if datewords.ODD_SIGNS.search(text):
        text = text.translate(datewords.PLAIN_SIGNS)
    last = 0
    for digits in datewords.DIGITS.finditer(text):
        if digits.start() < last:
            continue
        match = datewords.DIGIT_FIRST.match(text, digits.start())
        reading = _reading(match, text, last) if match is not None else None
        if reading is None and (match := _letter_first(text, digits.start(), last)) is not None:
            reading = _reading(match, text, last)
        if reading is not None:
            last = reading.end
            yield reading


def _letter_first(text: str, digits: int, floor: int) -> re.Match[str] | None:
    """`Nov 5, 2025`, `Tháng Mười Một 5, 2025`: the form whose month's name stands before the digits."""
    window = text[max(floor, digits - 24) : digits]
    last = window.rstrip()[-1:]
    if not window[-1:].isspace() or not (
        last.isalpha() or last == "." or (last.isdigit() and "th" in window.lower())
    ):
        return None
    month = datewords.MONTH_BEFORE.search(text, max(floor, digits - 24), digits)
    return datewords.LETTER_FIRST.match(text, month.start()) if month is not None else None


def may_name_year(text: str) -> bool:
    """Whether a text can hold a date with its year at all: a cheap look before `find_dates`."""
    if "20" not in text and "19" not in text and "/" not in text and "-" not in text and text.isascii():
        return False
    return datewords.YEAR.search(text) is not None


def read_date(words: str) -> Reading | None:
    """The date that a string is, as metadata, stamps and prefixes write it; also `2025-05` (a month),
    compact forms (`20250522`, `20250522221500`), days of ISO weeks and seconds or milliseconds since 1970.

    None where the string is no date, or says more than one date.
    """
    words = squeeze(words).translate(datewords.PLAIN_SIGNS)
    if len(words) > 120:
        return None
    machine = _read_machine(words)
    if machine is not None:
        return machine
    readings = list(find_dates(words))
    if not readings and (match := datewords.LONE_DAY.fullmatch(words)):
        return _checked(Reading(int(match[2]), int(match[1]), None, end=len(words)))
    if len(readings) != 1:
        return None
    rest = words[: readings[0].start] + words[readings[0].end :]
    return readings[0] if not re.search(r"\d", rest) and len(rest) < 60 else None


def _read_machine(words: str) -> Reading | None:
    """The forms that programs write, which running text never holds."""
    if match := datewords.EPOCH.fullmatch(words):
        return _of_moment(dt.datetime.fromtimestamp(int(match[1]), dt.UTC), len(words))
    if match := datewords.ISO_WEEK.fullmatch(words):
        try:
            week_day = dt.date.fromisocalendar(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
        return Reading(week_day.month, week_day.day, week_day.year, end=len(words))
    match = next((found for form in datewords.COMPACT if (found := form.fullmatch(words))), None)
    if match is None:
        return None
    groups = match.groupdict()
    month, year = datewords.month_of(groups["m"]), datewords.year_of(groups["y"])
    if month is None or year is None:
        return None
    day = int(groups["d"]) if groups.get("d") else None
    hour = int(groups["hour"]) if groups.get("hour") else None
    minute, second = int(groups.get("minute") or 0), int(groups.get("second") or 0)
    reading = _checked(Reading(month, day, year, hour, minute, second, end=len(words)))
    if reading is None or reading.hour is None:
        return reading
    moment = reading.moment(_NAIVE)
    if not isinstance(moment, dt.datetime):
        return None
    return replace(reading, offset=datewords.offset_of(groups.get("offset"), moment.replace(tzinfo=None)))


_NAIVE = ZoneInfo("UTC")


def _of_moment(moment: dt.datetime, length: int) -> Reading:
    return Reading(
        moment.month, moment.day, moment.year, moment.hour, moment.minute, moment.second, dt.UTC, end=length
    )


def _reading(match: re.Match[str], text: str, floor: int) -> Reading | None:
    """The date at a match, with what stands before and after it."""
    groups = {name: words for name, words in match.groupdict().items() if words is not None}
    kind = next(name for name in groups if name.endswith("_m")).removesuffix("_m")
    month, day, year = _calendar_day(kind, groups)
    if month is None or datewords.LUNAR.match(text, match.end()):
        return None
    left = max(floor, match.start() - datewords.WINDOW)
    before = _before(text[left : match.start()])
    if kind == "dm" and not (before and any(before[name] for name in ("guard", "word", "weekday", "today"))):
        return None
    ambiguous = False
    if kind in ("num", "two"):
        if month > 12 >= day:
            month, day = day, month
        else:  # nobody writes the month first with dots
            ambiguous = day <= 12 and day != month and groups[f"{kind}_s"] != "."
    try:
        dt.date(year or 2024, month, day)
    except ValueError:
        return None
    span = f"{kind}_span" in groups or bool(before and any(map(str.isdigit, before["word"] or "")))
    around = _surroundings(month, day, year, match, text, left, before)
    return _by_weekday(Reading(month, day, year, ambiguous=ambiguous, span=span, **around), before)


def _calendar_day(kind: str, groups: Mapping[str, str]) -> tuple[int | None, int, int | None]:
    """Month, day and year as written; no month where the words are none."""
    words, day, year = groups[f"{kind}_m"], int(groups[f"{kind}_d"]), groups.get(f"{kind}_y")
    if kind in ("any", "hu"):  # `11 năm 2025` names no fifth month
        month = datewords.MONTHS.get(words.lower().rstrip("."))
    elif (
        kind in ("en", "enm") and year is None and words.islower()
    ):  # `may 5`, `5 mar`: words before they are months
        month = None
    else:
        month = datewords.month_of(words)
    if kind == "enm" and (span := groups.get("enm_span")):
        day = int(span.strip(" -–"))
    number = datewords.year_of(year) if year else None
    return (month if number is not None or not year else None), day, number


def _by_weekday(reading: Reading, before: re.Match[str] | None) -> Reading:
    """What the weekday's name says of the date: which of two readings is meant, or that neither is."""
    words = (before["weekday"] or before["weekday_first"]) if before is not None else None
    wanted = datewords.weekday_of(words) if words else None
    if wanted is None:
        return reading
    reading = replace(reading, falls_on=wanted)
    if reading.year is None or reading.fits(reading.year):
        return replace(reading, ambiguous=False)
    if (
        reading.ambiguous
        and words
        and datewords.is_english(words)
        and (other := reading.swapped()).fits(reading.year)
    ):
        return replace(other, ambiguous=False)
    return replace(reading, misnamed=True)


def _before(text: str) -> re.Match[str] | None:
    """What belongs to a date in the text before it; a look at the last word spares most searches."""
    rest = text.rstrip(" ,(|-–•·.")
    last = rest[-12:].rpartition(" ")[2].lower()
    if last[-1:].isdigit():
        may_belong = any(sign in last for sign in ":hgt+-") or any(
            word in rest[-12:].lower() for word in ("giờ", "thứ")
        )
    else:
        may_belong = last in datewords.LAST_WORDS or last[-1:] in datewords.LAST_LETTERS
    return datewords.BEFORE.search(text) if may_belong else None


class _Around(TypedDict, total=False):
    """What stands around a date, as fields of its reading."""

    start: int
    end: int
    weekday: bool
    today: bool
    hour: int
    minute: int
    second: int
    minute_given: bool
    offset: dt.timezone | None


def _surroundings(
    month: int, day: int, year: int | None, match: re.Match[str], text: str, left: int, before: re.Match[str] | None
) -> _Around:  # fmt: skip
    """The time, the zone and the weekday that stand around a date, and where all of it begins and ends."""
    start, end = match.span()
    weekday = today = False
    clock = None
    words: str | None = None
    if before is not None and (found := before.group()).strip():
        start = left + before.start() + (len(found) - len(found.lstrip()))
        weekday = bool(before["weekday"] or before["weekday_first"])
        today = bool(before["today"])
        clock = before if before["hour"] else None
    if clock is None:
        if (after := datewords.AFTER.match(text, end)) is not None:
            clock, end, words = after, after.end(), after["offset"]
    elif (zone := datewords.OFFSET_AFTER.match(text, end)) is not None:
        end, words = zone.end(), zone["offset"]
    else:
        words = clock["offset"]
    around = _Around(start=start, end=end, weekday=weekday, today=today)
    time = datewords.time_of(clock) if clock is not None else None
    if time is not None:
        hour, minute, second = time
        at = dt.datetime(year or 2024, month, day, hour, tzinfo=dt.UTC)
        around["hour"], around["minute"], around["second"] = hour, minute or 0, second
        around["minute_given"] = minute is not None
        around["offset"] = datewords.offset_of(words, at)
    return around


def _checked(reading: Reading) -> Reading | None:
    """The reading if it is a day of some year's calendar."""
    try:
        dt.date(reading.year or 2024, reading.month, 1 if reading.day is None else reading.day)
    except ValueError:
        return None
    return reading
