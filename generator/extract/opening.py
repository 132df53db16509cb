"""The day that a text's first words name: what it may tell of the day of publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from generator import dates
from generator.extract.dateline import opening_dates
from generator.extract.year import anchored_years
from generator.models import Candidate, Moment

_PARAGRAPHS = 3


@dataclass(frozen=True, slots=True)
class Opening:
    """The words about dates at a text's beginning."""

    readings: tuple[tuple[dates.Reading, str], ...] = ()
    """Each with the words around it."""
    text: str = ""
    """The text itself, for what anchors a year."""

    @property
    def first(self) -> tuple[dates.Reading, str] | None:
        """The date that the text opens with, if it opens with one: not one deep inside a sentence."""
        return next(((reading, words) for reading, words in self.readings if reading.start <= 120), None)


def read_opening(paragraphs: Sequence[str]) -> Opening:
    """The dates in the first paragraphs of an article."""
    readings = [
        (reading, paragraph[max(0, reading.start - 20) : reading.end + 40])
        for paragraph in paragraphs[:_PARAGRAPHS]
        for reading in opening_dates(paragraph)
        if reading.day is not None
    ]
    return Opening(tuple(readings), "\n".join(paragraphs)[:4000])


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
