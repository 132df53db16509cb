"""The day that a text's first words name: what it may tell of the day of publication."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from generator import dates
from generator.extract.dateline import opening_dates
from generator.extract.year import anchored_years
from generator.models import Candidate, Moment

_PARAGRAPHS = 3
_NAMED_YEAR = re.compile(r"(?:năm|in)\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_FIRST_WORDS = 250
LONG_BEFORE = 10
"""From so many days on an opening day contradicts a stamp."""
FIRST_YEAR = 1995
"""News has been on the web since; an older day is one that a text tells of."""
_ANNIVERSARY = 5
"""From so many years on a text that opens with a day of long ago tells history."""
_YEARLY = re.compile(r"\s*(?:hằng năm|hàng năm|mỗi năm|(?:of )?every year|each year)", re.IGNORECASE)
_AHEAD = re.compile(
    r"[\s)]*(?:tới|sắp tới|tới đây|next)(?!\w)|(?:(?!cho biết|nói|khẳng định|tuyên bố|thông báo|said|says|told)[^.;])*?(?<!\w)(?:sẽ|will)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """The words about dates at a text's beginning."""

    readings: tuple[tuple[dates.Reading, str], ...] = ()
    """Each with the words around it."""
    text: str = ""
    """The text itself, for what anchors a year."""
    ahead: frozenset[tuple[int, str]] = frozenset()
    """Place and words of the readings that name a day still to come: `Ngày 10/12 tới, hội nghị sẽ …`."""

    @property
    def first(self) -> tuple[dates.Reading, str] | None:
        """The date that the text opens with, if it opens with one: not one deep inside a sentence."""
        return next(((reading, words) for reading, words in self.readings if reading.start <= 120), None)


def read_opening(paragraphs: Sequence[str]) -> Opening:
    """The dates in the first paragraphs of an article."""
    readings: list[tuple[dates.Reading, str]] = []
    ahead: set[tuple[int, str]] = set()
    for paragraph in paragraphs[:_PARAGRAPHS]:
        for reading in opening_dates(paragraph):
            after = paragraph[reading.end : reading.end + 60]
            if reading.day is None or _YEARLY.match(after):
                continue
            quoted = reading.today and _is_quoted(paragraph, reading.start)
            words = paragraph[max(0, reading.start - 20) : reading.end + 40]
            readings.append((replace(reading, today=False) if quoted else reading, words))
            if _AHEAD.match(after):
                ahead.add((reading.start, words))
    return Opening(tuple(readings), "\n".join(paragraphs)[:4000], frozenset(ahead))


def _is_quoted(text: str, place: int) -> bool:
    """Whether a place lies within quotation marks: somebody's words, perhaps of long ago."""
    before = text[:place]
    return (
        before.count("“") + before.count("«") > before.count("”") + before.count("»")
        or before.count('"') % 2 == 1
    )


def distance(opening: Opening, day: dt.date, zone: ZoneInfo) -> int | None:
    """Days from the day that the text opens with to a day of publication, in the year that lies nearest."""
    found: list[int] = []
    for reading, _ in opening.readings:
        years = (reading.year,) if reading.year else (day.year, day.year - 1)
        moments = [reading.moment(zone, year) for year in years]
        found += [(day - dates.day_of(moment, zone)).days for moment in moments if moment is not None]
    near = [gap for gap in found if gap >= -1]
    return min(near, default=None)


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
    found: list[Candidate[Moment]] = []
    for year, how in anchored_years(opening.text, reading):
        if (moment := reading.moment(zone, year)) is not None:
            found.append(Candidate(moment, how, words, 0.45, ("year",)))
    for latest, how, count in ((prefix, "year of the scraper's prefix", 1), (bound, "nearest past year", 2)):
        if latest is not None:
            past = _past_years(reading, latest, zone, count)
            found += [
                Candidate(moment, how, words, 0.3 - 0.05 * n, ("year",)) for n, moment in enumerate(past)
            ]
    return [one for one in found if bound is None or dates.day_of(one.value, zone) <= bound]


def _past_years(reading: dates.Reading, latest: dt.date, zone: ZoneInfo, count: int) -> list[Moment]:
    """A day without a year in the nearest years in which it does not lie after another day. Nine years back
    hold two 29ths of February."""
    moments = [reading.moment(zone, year) for year in range(latest.year, latest.year - 9, -1)]
    return [moment for moment in moments if moment is not None and dates.day_of(moment, zone) <= latest][
        :count
    ]


def earlier_day(opening: Opening, day: dt.date, zone: ZoneInfo) -> dt.date | None:
    """The full date that the text opens with, where a stamp lies long after it: the stamp may be a page's clock.

    Not a day of long ago that returns at the stamp's time of the year or that is older than the web: such a text
    tells history.
    """
    first = next(((reading, words) for reading, words in opening.readings if reading.start <= 40), None)
    moment = replace(first[0], hour=None).moment(zone) if first is not None and first[0].year else None
    if moment is None:
        return None
    opened = dates.day_of(moment, zone)
    gap = (day - opened).days
    if gap <= LONG_BEFORE or opened.year < FIRST_YEAR:
        return None
    if day.year - opened.year >= _ANNIVERSARY and min(gap % 365, 365 - gap % 365) <= LONG_BEFORE:
        return None
    return opened


def other_year(opening: Opening, day: dt.date) -> int | None:
    """The only year that the text's first words name, where it is an earlier one and no day stands with it."""
    if any(reading.year for reading, _ in opening.readings):
        return None
    years = {int(match[1]) for match in _NAMED_YEAR.finditer(opening.text[:_FIRST_WORDS])}
    return years.pop() if len(years) == 1 and max(years) < day.year else None
