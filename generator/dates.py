"""Date strings → aware datetimes, and what a date is worth."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from generator import datewords
from generator.models import Moment
from generator.text import squeeze

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)


def parse_iso(text: str, zone: ZoneInfo) -> Moment:
    """ISO 8601 as front matter has it: a day, or day, time and offset. `zone` stands in for a missing offset.

    Raises:
        ValueError: the text is no such date; the message says which form is expected.
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is no date; write 2025-05-22 or 2025-05-22T22:15:00+07:00")
    year, month, day, hour, minute, second, offset = match.groups()
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

    @property
    def precise(self) -> bool:
        """Whether day, month and year are all given."""
        return self.year is not None and self.day is not None

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


def find_dates(text: str) -> Iterator[Reading]:
    """The dates that stand in a text, in order: with a year in any form, without one only where the words
    around it say that it is a date (`ngày 24/9`, `chiều 4.11`, `5 tháng 11`, `Nov 5`), so that fractions,
    scores, prices and telephone numbers are none.

    Day comes before month in numbers, as Vietnamese and British papers write; where that is no day of the
    calendar, the American order is tried.
    """
    last = 0
    for digits in datewords.DIGITS.finditer(text):
        if digits.start() < last:
            continue
        match = datewords.DIGIT_FIRST.match(text, digits.start()) or _letter_first(text, digits.start(), last)
        reading = _reading(match, text, last) if match is not None else None
        if reading is not None:
            last = reading.end
            yield reading


def _letter_first(text: str, digits: int, floor: int) -> re.Match[str] | None:
    """`Nov 5, 2025`, `Tháng Mười Một 5, 2025`: the form whose month's name stands before the digits."""
    month = datewords.MONTH_BEFORE.search(text, max(floor, digits - 24), digits)
    return datewords.LETTER_FIRST.match(text, month.start()) if month is not None else None


def may_name_year(text: str) -> bool:
    """Whether a text can hold a date with its year at all: a cheap look before `find_dates`."""
    if "20" not in text and "19" not in text and "/" not in text and "-" not in text:
        return False
    return datewords.YEAR.search(text) is not None


def read_date(words: str) -> Reading | None:
    """The date that a string is, as metadata, stamps and prefixes write it; also `2025-05` (a month),
    compact forms (`20250522`, `20250522221500`) and seconds or milliseconds since 1970.

    None where the string is no date, or says more than one date.
    """
    words = squeeze(words)
    if len(words) > 120:
        return None
    compact = _compact(words)
    if compact is not None:
        return compact
    readings = list(find_dates(words))
    if not readings and (match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})", words)):
        return _checked(Reading(int(match[2]), int(match[1]), None, end=len(words)))
    if len(readings) != 1:
        return None
    rest = words[: readings[0].start] + words[readings[0].end :]
    return readings[0] if not re.search(r"\d", rest) and len(rest) < 60 else None


def _compact(words: str) -> Reading | None:
    if match := re.fullmatch(
        r"((?:19|20)\d\d)[-/](\d{1,2})|(?:tháng\s*)?(\d{1,2})[-/]((?:19|20)\d\d)", words, re.I
    ):
        year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        return _checked(Reading(int(month), None, int(year), end=len(words)))
    if match := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z?)", words):
        return _checked(
            Reading(
                int(match[2]), int(match[3]), int(match[1]),
                int(match[4]) if match[4] else None, int(match[5] or 0), int(match[6] or 0),
                dt.UTC if match[7] and match[4] else None, end=len(words),
            )
        )  # fmt: skip
    if re.fullmatch(r"1\d{9}(?:\d{3})?", words):
        moment = dt.datetime.fromtimestamp(int(words[:10]), dt.UTC)
        return Reading(
            moment.month, moment.day, moment.year, moment.hour, moment.minute, moment.second, dt.UTC,
            end=len(words),
        )  # fmt: skip
    if match := re.fullmatch(rf"(?:{datewords.WEEKDAY},?\s+)?({datewords.EN})\s+(\d{{1,2}})\s+(\d\d):(\d\d)(?::(\d\d))?\s+(\d{{4}})",
                             words, re.I):  # fmt: skip
        return _checked(
            Reading(
                datewords.MONTHS_EN[match[1].lower()], int(match[2]), int(match[6]),
                int(match[3]), int(match[4]), int(match[5] or 0), end=len(words),
            )
        )  # fmt: skip
    return None


def _reading(match: re.Match[str], text: str, floor: int) -> Reading | None:
    """The date at a match, with what stands before and after it."""
    groups = {name: words for name, words in match.groupdict().items() if words is not None}
    kind = next(name for name in groups if name.endswith("_m")).removesuffix("_m")
    month, day, year = _month(groups[f"{kind}_m"]), int(groups[f"{kind}_d"]), groups.get(f"{kind}_y")
    if month is None or datewords.LUNAR.match(text, match.end()):
        return None
    left = max(floor, match.start() - datewords.WINDOW)
    before = _before(text[left : match.start()])
    if kind == "dm" and not (before and any(before[name] for name in ("guard", "word", "weekday", "today"))):
        return None
    full_year = int(year) + (2000 if kind == "two" else 0) if year else None
    ambiguous = False
    if kind in ("num", "two"):
        if month > 12 >= day:
            month, day = day, month
        else:
            ambiguous = day <= 12 and day != month
    try:
        dt.date(full_year or 2024, month, day)
    except ValueError:
        return None
    return _by_weekday(_with_time((month, day, full_year), match, text, left, before, ambiguous), before)


def _by_weekday(reading: Reading, before: re.Match[str] | None) -> Reading:
    """What the weekday's name says of the date: which of two readings is meant, or that neither is."""
    words = (before["weekday"] or before["weekday_first"]) if before is not None else None
    wanted = _weekday(words) if words else None
    if wanted is None or reading.year is None or reading.day is None:
        return reading
    if _falls_on(reading, wanted):
        return replace(reading, ambiguous=False)
    if (
        reading.ambiguous
        and words
        and words[:3].lower() in datewords.WEEKDAYS_EN
        and _falls_on(reading.swapped(), wanted)
    ):
        return replace(reading.swapped(), ambiguous=False)
    return replace(reading, misnamed=True)


def _falls_on(reading: Reading, weekday: int) -> bool:
    try:
        return dt.date(reading.year or 0, reading.month, reading.day or 0).weekday() == weekday
    except ValueError:
        return False


def _weekday(words: str) -> int | None:
    """Monday is 0; None for words that are no weekday's name."""
    name = "".join(char for char in words.lower() if char.isalnum())
    if name in ("cn", "chủnhật"):
        return 6
    name = name.removeprefix("thứ") if name.startswith("thứ") else name
    if (vietnamese := name.removeprefix("t")) in ("2", "3", "4", "5", "6", "7"):
        return int(vietnamese) - 2
    if (name := "bảy" if name == "bẩy" else name) in datewords.WEEKDAYS_VI:
        return datewords.WEEKDAYS_VI.index(name)
    return next((place for place, day in enumerate(datewords.WEEKDAYS_EN) if name.startswith(day)), None)


def _before(text: str) -> re.Match[str] | None:
    """What belongs to a date in the text before it; a look at the last word spares most searches."""
    last = text.rstrip(" ,(|-–•·.")[-12:].rpartition(" ")[2].lower()
    if (
        last in datewords.LAST_WORDS
        or last[-1:].isdigit()
        or last[-1:] in ("h", "'", ")", "y", "n", "e", "i", "s", "d", "t", "m", "u", "r")
    ):
        return datewords.BEFORE.search(text)
    return None


def _with_time(
    day: tuple[int, int, int | None], match: re.Match[str], text: str, left: int, before: re.Match[str] | None, ambiguous: bool
) -> Reading:  # fmt: skip
    """The date at a match with the time, the zone and the weekday around it."""
    start, end = match.start(), match.end()
    weekday = today = False
    clock = None
    offset: str | None = None
    if before is not None and (words := before.group()).strip():
        start = left + before.start() + (len(words) - len(words.lstrip()))
        weekday = bool(before["weekday"] or before["weekday_first"])
        today = bool(before["today"])
        clock = before if before["hour"] else None
    if clock is None:
        if (after := datewords.AFTER.match(text, end)) is not None:
            clock, end, offset = after, after.end(), after["offset"]
    elif (zone := datewords.OFFSET_AFTER.match(text, end)) is not None:
        end, offset = zone.end(), zone["offset"]
    else:
        offset = clock["offset"]
    hour, minute, second = _time_of(clock) if clock is not None else (None, 0, 0)
    return Reading(
        *day,
        hour,
        minute,
        second,
        _offset(offset) if hour is not None else None,
        start,
        end,
        weekday,
        today,
        ambiguous,
    )


def _time_of(clock: re.Match[str]) -> tuple[int | None, int, int]:
    """Hour, minute and second at a match; no hour where there is no such time."""
    if clock["hour"] is None:
        hour, minute = int(clock["dotted_hour"]), int(clock["dotted_minute"])
    else:
        hour, minute = int(clock["hour"]), int(clock["minute"] or clock["minute_word"] or 0)
    half = (clock["half"] or "").lower().replace(".", "")
    if half in ("ch", "pm", "chiều", "tối") and hour < 12:
        hour += 12
    elif half in ("sa", "am") and hour == 12:
        hour = 0
    return (hour, minute, int(clock["second"] or 0)) if hour <= 23 else (None, 0, 0)


def _offset(words: str | None) -> dt.timezone | None:
    if not words:
        return None
    match = re.search(r"([+-])\s*(\d{1,2})(?::?(\d{2}))?$", words)
    if match is None:
        return (
            dt.timezone(dt.timedelta(hours=datewords.ZONES[words.lower()]))
            if words.lower() in datewords.ZONES
            else dt.UTC
        )
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > 14 * 60:
        return None
    return dt.timezone(dt.timedelta(minutes=-minutes if match[1] == "-" else minutes))


def _month(words: str) -> int | None:
    if words.isdecimal():
        return int(words)
    name = squeeze(words.lower())
    return datewords.MONTHS_VI.get(name) or datewords.MONTHS_EN.get(name)


def _checked(reading: Reading) -> Reading | None:
    """The reading if it is a day of some year's calendar."""
    try:
        dt.date(reading.year or 2024, reading.month, 1 if reading.day is None else reading.day)
    except ValueError:
        return None
    return reading
