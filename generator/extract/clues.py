"""Clues about the publication, read: what each says, what it leaves open, what bounds the date from above.

Here nothing is weighed yet; that is done in `date`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from generator import dates
from generator.models import Candidate, ClueKind, DateClue, Moment

ONE_DAY = dt.timedelta(days=1)
HINT = 0.5
"""A clue of at most this confidence settles nothing, whatever else it agrees with: a file's making, a feed's own
moment, a guess."""
_NAMED = frozenset({ClueKind.METADATA, ClueKind.STAMP, ClueKind.ADDRESS})
_MONTH_FIRST = frozenset({"en", "fil", "tl"})
"""Languages of papers that may write `11/05/2025` for the fifth of November."""
_MANILA = 8
_OTHER_ORDER = ", month first"
_NO_SERVING = re.compile(r"stamp|address")
"""Clues that no page makes as it is served."""
_AS_CLOCK = ", as the page's clock"
_SERVED = 0.55
_SERVING = dt.timedelta(minutes=2)
_ANY_DATE = re.compile(r"meta (?:dc\.|dcterms\.)?(?:date|created|datecreated|date\.created)")
"""Metadata that does not say of what its date is."""


@dataclass(slots=True)
class Testimony:
    """The clues, read."""

    days: list[Candidate[Moment]] = field(default_factory=list)
    """What names the day of publication."""
    firm: set[dt.date] = field(default_factory=set)
    """Days that metadata, an address or a stamp called the publication's give: no page clock can be behind them."""
    doubtful: list[str] = field(default_factory=list)
    """Reasons to hold whatever is found."""
    prefix: dates.Reading | None = None
    prefix_words: str = ""
    bound: dt.date | None = None
    """The last day on which the article can have appeared."""
    bound_words: str = ""

    @property
    def prefix_end(self) -> dt.date | None:
        """The last day that the scraper's prefix covers: itself, or its month's last."""
        if self.prefix is None or self.prefix.year is None:
            return None
        day = self.prefix.day or calendar.monthrange(self.prefix.year, self.prefix.month)[1]
        return dt.date(self.prefix.year, self.prefix.month, day)

    def set_bound(self, day: dt.date, words: str) -> None:
        """Take an upper bound, if it is the lowest yet."""
        if self.bound is None or day < self.bound:
            self.bound, self.bound_words = day, f"{words} {day.isoformat()}"


def read_clues(
    clues: Sequence[DateClue], zone: ZoneInfo, saved_at: dt.datetime | None, language: str | None
) -> Testimony:
    """What the clues say, each for itself."""
    found = Testimony()
    if saved_at is not None:
        found.set_bound(dates.day_of(saved_at, zone), "the file was saved on")
    clocks: list[Moment] = []
    for clue in clues:
        reading = dates.read_date(clue.words)
        if reading is None:
            continue
        if clue.kind is ClueKind.PREFIX:
            found.prefix, found.prefix_words = reading, clue.words
        elif clue.kind is ClueKind.CLOCK:
            if (moment := reading.moment(zone)) is not None:
                clocks.append(moment)
                found.set_bound(dates.day_of(moment, zone), "the page was saved on")
        elif clue.kind in _NAMED:
            _read_day(found, clue, _without_midnight(clue, reading), zone, saved_at, language)
    if clocks:
        _doubt_served(found, clocks, zone)
    return found


def _doubt_served(found: Testimony, clocks: Sequence[Moment], zone: ZoneInfo) -> None:
    """Metadata that says what the page's clock says may be made as the page is served, like the clock: all of it
    together is then one fair witness."""
    served = [
        one
        for one in found.days
        if not _NO_SERVING.search(one.how) and any(_says_clock(one, clock, zone) for clock in clocks)
    ]
    worth = _SERVED
    for one in served:
        doubted = replace(one, how=f"{one.how}{_AS_CLOCK}", confidence=min(one.confidence, worth))
        found.days[found.days.index(one)] = doubted
        worth = HINT
    found.firm -= {dates.day_of(one.value, zone) for one in served} - {
        dates.day_of(one.value, zone)
        for one in found.days
        if one.confidence > HINT and "stamp" not in one.how and not one.how.endswith(_AS_CLOCK)
    }


def _says_clock(one: Candidate[Moment], clock: Moment, zone: ZoneInfo) -> bool:
    """Whether a candidate is a clock's minute; or its day, where it is a day alone and not called the publication's:
    pages are saved on that day as well."""
    if isinstance(one.value, dt.datetime):
        return isinstance(clock, dt.datetime) and abs(one.value - clock) <= _SERVING
    return _ANY_DATE.fullmatch(one.how) is not None and one.value == dates.day_of(clock, zone)


def _without_midnight(clue: DateClue, reading: dates.Reading) -> dates.Reading:
    """Metadata that says midnight to the second gives a day: programs fill in the time that nobody wrote."""
    midnight = (reading.hour, reading.minute, reading.second) == (0, 0, 0)
    return (
        replace(reading, hour=None, offset=None) if midnight and clue.kind is ClueKind.METADATA else reading
    )


def _read_day(
    found: Testimony, clue: DateClue, reading: dates.Reading, zone: ZoneInfo, saved_at: dt.datetime | None,
    language: str | None,
) -> None:  # fmt: skip
    moment = reading.moment(zone)
    if moment is None:
        return
    if saved_at is not None and _same_minute(moment, saved_at):
        return  # a feed that prints the moment of fetching as every item's date
    one: Candidate[Moment] = Candidate(moment, clue.how, clue.text, clue.confidence, reading.open)
    if reading.misnamed and clue.kind is ClueKind.STAMP:
        one = replace(one, how=f"{one.how}, with another day's weekday", confidence=min(one.confidence, HINT))
    elif (
        (clue.kind is not ClueKind.STAMP or "says published" in clue.how)
        and clue.confidence > HINT
        and not names_event(one)
    ):
        found.firm.add(dates.day_of(moment, zone))
    found.days.append(one)
    if clue.kind is ClueKind.ADDRESS or language not in _MONTH_FIRST or not _may_begin_with_month(reading):
        return
    if (other := reading.swapped().moment(zone)) is not None:
        found.days.append(replace(one, value=other, how=f"{one.how}{_OTHER_ORDER}"))


def _may_begin_with_month(reading: dates.Reading) -> bool:
    """Whether numbers may be month/day: so write the Americas and the Philippines, and no other offset."""
    if not reading.ambiguous or reading.offset is None:
        return reading.ambiguous
    hours = (reading.offset.utcoffset(None) or dt.timedelta()) / dt.timedelta(hours=1)
    return hours < 0 or hours == _MANILA


def _same_minute(moment: Moment, saved_at: dt.datetime) -> bool:
    return isinstance(moment, dt.datetime) and abs(moment - saved_at) < dt.timedelta(minutes=1)


def within_bound(found: Testimony, zone: ZoneInfo) -> list[Candidate[Moment]]:
    """The days that do not lie after the bound. One that does is a doubt, unless it is an event's, or the same numbers
    may be read in another order: then the bound has told which."""
    if found.bound is None:
        return found.days
    limit = found.bound + ONE_DAY
    kept = [one for one in found.days if dates.day_of(one.value, zone) <= limit]
    for one in found.days:
        if one in kept or (kept and names_event(one)):
            continue
        if not any(_is_other_order(one, other) for other in kept):
            found.doubtful.append(
                f"{dates.format_moment(one.value)} ({one.how}) lies after {found.bound_words}"
            )
    return kept


def _is_other_order(one: Candidate[Moment], other: Candidate[Moment]) -> bool:
    """Whether two candidates read the same words with day and month in either order."""
    return one.text == other.text and one.how.removesuffix(_OTHER_ORDER) == other.how.removesuffix(
        _OTHER_ORDER
    )


def says_updated(one: Candidate[Moment]) -> bool:
    """Whether the words are of a change, not of the publication."""
    return "updated" in one.how or "modified" in one.how.lower()


def names_event(one: Candidate[Moment]) -> bool:
    """Whether a day may as well be that of what the text announces: it stands among the headline's words in the
    address, or behind an event's label."""
    return "last words" in one.how or "event" in one.how


def may_be_one_day(one: Candidate[Moment], other: Candidate[Moment]) -> bool:
    """Whether two candidates on neighbouring days may speak of one day: counted in another zone (a time and its
    offset are not always both told), or made late in the evening and published after midnight."""
    if dates.day_of(one.value, _UTC) == dates.day_of(other.value, _UTC):
        return True
    first, second = one.value, other.value
    if isinstance(first, dt.datetime) and isinstance(second, dt.datetime):
        return abs(first - second) <= _ZONES
    if isinstance(first, dt.datetime) != isinstance(second, dt.datetime):
        moment, day = (first, second) if isinstance(first, dt.datetime) else (second, first)
        assert isinstance(moment, dt.datetime)
        return any((moment.astimezone(dt.timezone(edge))).date() == day for edge in (-_WEST, _ZONES))
    return False


_UTC = ZoneInfo("UTC")
_ZONES = dt.timedelta(hours=14)
_WEST = dt.timedelta(hours=12)
