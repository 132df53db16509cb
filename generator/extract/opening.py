"""The day that a text's first words name: what it may tell of the day of publication."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from generator import dates
from generator.extract.dateline import dateline_day, opening_dates
from generator.extract.year import anchored_years, springs
from generator.models import Candidate, Moment

_PARAGRAPHS = 3
_OPENING_PARAGRAPHS = 2
_NAMED_YEAR = re.compile(r"(?:năm|in)\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_FIRST_WORDS = 250
_FESTIVE = 1200
_TET = 2
_BEGINNING = 40
LONG_BEFORE = 10
"""From so many days on an opening day contradicts a stamp."""
FIRST_YEAR = 1995
"""News has been on the web since; an older day is one that a text tells of."""
_SOON = 3
_HALF_YEAR = 183
_ANNIVERSARY = 5
"""From so many years on a text that opens with a day of long ago tells history."""
_YEARLY = re.compile(r"\s*(?:hằng năm|hàng năm|mỗi năm|(?:of )?every year|each year)", re.IGNORECASE)
_AHEAD = re.compile(
    r"[\s)]*(?:tới|sắp tới|tới đây|next)(?!\w)|(?:(?!cho biết|nói|khẳng định|tuyên bố|thông báo|said|says|told)[^.;])*?(?<!\w)(?:sẽ|will)(?!\w)",
    re.IGNORECASE,
)
_OVER = re.compile(r"[^.;!?]*?(?<!\w)(?:đã|vừa|was|were|had|has)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opening:
    """The words about dates at a text's beginning."""

    readings: tuple[tuple[dates.Reading, str], ...] = ()
    """Each with the words around it."""
    text: str = ""
    """The text itself, for what anchors a year."""
    ahead: frozenset[tuple[int, str]] = frozenset()
    """Place and words of the readings that name a day still to come: `Ngày 10/12 tới, hội nghị sẽ …`."""
    over: frozenset[tuple[int, str]] = frozenset()
    """Place and words of those that name a day which the text says is past: `Ngày 10/12, hội nghị đã …`."""

    deep: frozenset[tuple[int, str]] = frozenset()
    """Place and words of those behind the first two paragraphs, a sapo and the text's first: nothing opens there."""

    dateline: tuple[dates.Reading, str] | None = None
    """The full date within the dateline that opens the text, and its words."""

    @property
    def beginning(self) -> Opening:
        """Only the date that the text's very first words are, if they are one."""
        first = self._opening_entries[:1]
        return replace(self, readings=first, text="")

    def tells_later(self, moment: Moment, zone: ZoneInfo) -> bool:
        """Whether the text names a full date of a later year than a moment's: it looks back on that day."""
        year = dates.day_of(moment, zone).year
        return any(
            reading.precise and reading.year is not None and reading.year > year
            for reading in dates.find_dates(self.text)
        )

    @property
    def _opening_entries(self) -> tuple[tuple[dates.Reading, str], ...]:
        return tuple(
            (reading, words)
            for reading, words in self.readings
            if reading.start <= _BEGINNING and (reading.start, words) not in self.deep
        )

    @property
    def past(self) -> tuple[dates.Reading, ...]:
        """The single days that the text tells of, those to come left out."""
        return tuple(
            reading
            for reading, words in self.readings
            if not reading.span and (reading.start, words) not in self.ahead
        )

    @property
    def first(self) -> tuple[dates.Reading, str] | None:
        """The date that the text opens with, if it opens with one: not one deep inside a sentence."""
        return next(((reading, words) for reading, words in self.readings if reading.start <= 120), None)


def read_opening(paragraphs: Sequence[str]) -> Opening:
    """The dates in the first paragraphs of an article."""
    readings: list[tuple[dates.Reading, str]] = []
    ahead: set[tuple[int, str]] = set()
    over: set[tuple[int, str]] = set()
    deep: set[tuple[int, str]] = set()
    for number, paragraph in enumerate(paragraphs[:_PARAGRAPHS]):
        for reading in opening_dates(paragraph):
            after = paragraph[reading.end : reading.end + 60]
            if reading.day is None or _YEARLY.match(after):
                continue
            quoted = reading.today and _is_quoted(paragraph, reading.start)
            words = paragraph[max(0, reading.start - 20) : reading.end + 40]
            readings.append((replace(reading, today=False) if quoted else reading, words))
            if number >= _OPENING_PARAGRAPHS:
                deep.add((reading.start, words))
            if _AHEAD.match(after):
                ahead.add((reading.start, words))
            elif _OVER.match(paragraph[reading.end : reading.end + 160]):
                over.add((reading.start, words))
    return Opening(tuple(readings), "\n".join(paragraphs)[:4000], frozenset(ahead), frozenset(over), frozenset(deep),
                   dateline_day(paragraphs[0]) if paragraphs else None)  # fmt: skip


def _is_quoted(text: str, place: int) -> bool:
    """Whether a place lies within quotation marks: somebody's words, perhaps of long ago."""
    before = text[:place]
    return (
        before.count("“") + before.count("«") > before.count("”") + before.count("»")
        or before.count('"') % 2 == 1
    )


def distance(opening: Opening, day: dt.date, zone: ZoneInfo) -> int | None:
    """Days from the day that the text tells of to a day of publication, in the year that lies nearest.

    Days to come and days of history say nothing: neither what is announced, nor what is older than the web or returns
    at this time of the year.
    """
    found: list[int] = []
    for reading, words in opening.readings:
        if (reading.start, words) in opening.ahead:
            continue
        years = (reading.year,) if reading.year else (day.year + 1, day.year, day.year - 1)
        moments = [reading.moment(zone, year) for year in years]
        gaps = [(day - dates.day_of(moment, zone)).days for moment in moments if moment is not None]
        if reading.year and gaps and _is_history(reading.year, day, gaps[0]):
            continue
        over = (reading.start, words) in opening.over
        nearest = min(gaps, key=abs, default=None)
        if nearest is not None and nearest < -1 and not over:
            continue
        found += [gap for gap in gaps if gap >= -1]
    return min(found, default=None)


def _is_history(year: int, day: dt.date, gap: int) -> bool:
    """Whether a text that tells of a day of a year, so many days before another, tells history."""
    if year < FIRST_YEAR:
        return True
    return day.year - year >= _ANNIVERSARY and min(gap % 365, 365 - gap % 365) <= LONG_BEFORE


def opening_candidates(
    opening: Opening, zone: ZoneInfo, prefix: dt.date | None, bound: dt.date | None
) -> list[Candidate[Moment]]:
    """What the day the text opens with may be, the most probable year first.

    `prefix` is the last day that a scraper's prefix covers, `bound` the day the page was saved: no candidate lies
    after it.
    """
    if opening.first is None:
        return []
    reading, words = opening.first
    reading = replace(reading, hour=None)
    if reading.year is not None:
        moment = reading.moment(zone)
        return [Candidate(moment, "day that the text opens with", words, 0.5)] if moment is not None else []
    found = [
        Candidate(moment, anchor.how, words, anchor.confidence, ("year",))
        for anchor in anchored_years(opening.text, reading)
        if (moment := reading.moment(zone, anchor.year)) is not None
    ]
    for latest, how, count in ((prefix, "year of the scraper's prefix", 1), (bound, "nearest past year", 2)):
        if latest is not None:
            past = _past_years(reading, latest, zone, count)
            found += [
                Candidate(moment, how, words, 0.3 - 0.05 * n, ("year",)) for n, moment in enumerate(past)
            ]
    return [one for one in found if bound is None or dates.day_of(one.value, zone) <= bound]


def _past_years(reading: dates.Reading, latest: dt.date, zone: ZoneInfo, count: int) -> list[Moment]:
    """A day without a year in the nearest years in which it does not lie after another day, and on no other weekday
    than the words name. Nine years back hold two 29ths of February, twelve every weekday."""
    years = [year for year in range(latest.year, latest.year - 12, -1) if reading.fits(year)]
    moments = [reading.moment(zone, year) for year in years]
    return [moment for moment in moments if moment is not None and dates.day_of(moment, zone) <= latest][
        :count
    ]


def told_day(opening: Opening, day: dt.date, zone: ZoneInfo) -> dt.date | None:
    """The last day that the text tells of as past and that lies at most three days before a day, or is that day."""
    found: list[dt.date] = []
    for reading in opening.past:
        years = (reading.year,) if reading.year else (day.year, day.year - 1)
        moments = [reading.moment(zone, year) for year in years if reading.fits(year)]
        found += [dates.day_of(moment, zone) for moment in moments if moment is not None]
    return max((one for one in found if 0 <= (day - one).days <= _SOON), default=None)


def against_day(opening: Opening, day: dt.date, zone: ZoneInfo, *, sure: bool, firm: bool) -> list[str]:
    """What the text's own words say against a day of publication.

    Less counts where the day is `sure`, and where metadata or an address give it (`firm`): no page clock is behind it.
    """
    if (later := _later_day(opening, day, zone)) is not None:
        return [f"lies before {later}, of which the text tells as past"]
    gap = None if sure or firm else distance(opening.beginning, day, zone)
    if gap is not None and gap > LONG_BEFORE:
        return [f"lies {gap} days from the day the text opens with"]
    if not firm and (opened := _earlier_day(opening, day, zone)) is not None:
        return [f"lies {(day - opened).days} days after {opened}, with which the text opens"]
    if not sure and (year := _other_year(opening, day)) is not None:
        return [f"is of another year than {year}, of which the text speaks first"]
    if not sure and not firm and (words := _wrong_weekday(opening, day, zone)):
        return [f"is of a year in which the day of “{words}” was another weekday"]
    return []


def _later_day(opening: Opening, day: dt.date, zone: ZoneInfo) -> dt.date | None:
    """A full date of which the text tells as past, well after a day."""
    for reading, words in opening.readings:
        moment = replace(reading, hour=None).moment(zone)
        if moment is None or reading.ambiguous or (reading.start, words) not in opening.over:
            continue
        if (dates.day_of(moment, zone) - day).days > 1:
            return dates.day_of(moment, zone)
    return None


def _wrong_weekday(opening: Opening, day: dt.date, zone: ZoneInfo) -> str:
    """The words of a day without a year that never fell on its weekday about a day."""
    for reading, words in opening.readings:
        if reading.falls_on is None or reading.year is not None:
            continue
        years = [
            year
            for year in (day.year - 1, day.year, day.year + 1)
            if (moment := replace(reading, hour=None).moment(zone, year)) is not None
            and -_HALF_YEAR < (dates.day_of(moment, zone) - day).days <= _HALF_YEAR
        ]
        if years and not any(reading.fits(year) for year in years):
            return words.strip()
    return ""


def _earlier_day(opening: Opening, day: dt.date, zone: ZoneInfo) -> dt.date | None:
    """The full date that the text opens with, where a stamp lies long after it: the stamp may be a page's clock.

    Not a day of long ago that returns at the stamp's time of the year or that is older than the web: such a text
    tells history.
    """
    first = opening.beginning.readings
    moment = replace(first[0][0], hour=None).moment(zone) if first and first[0][0].year else None
    if moment is None:
        return None
    opened = dates.day_of(moment, zone)
    gap = (day - opened).days
    return None if gap <= LONG_BEFORE or _is_history(opened.year, day, gap) else opened


def _other_year(opening: Opening, day: dt.date) -> int | None:
    """The only year that the text's first words name, where it is an earlier one and no day stands with it."""
    if any(reading.year for reading, _ in opening.readings):
        return None
    years = {int(match[1]) for match in _NAMED_YEAR.finditer(opening.text[:_FIRST_WORDS])}
    if len(years) == 1 and max(years) < day.year:
        return years.pop()
    # In January the text may still speak of the spring that ends.
    tets = springs(opening.text[:_FESTIVE])
    return tets.pop() if len(tets) == 1 and max(tets) < day.year - (day.month <= _TET) else None
