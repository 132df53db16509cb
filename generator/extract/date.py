"""The publication date: all clues weighed together. Agreement settles, contradiction holds.

What the clues are worth was measured on scraped news: a stamp or metadata says when an article appeared; a
text's first words say when something happened, mostly the same day or the day before; a scraper's prefix may
be years late; a page's clock only says when it was saved.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from generator import dates
from generator.extract.opening import (
    FIRST_YEAR,
    LONG_BEFORE,
    Opening,
    distance,
    earlier_day,
    opening_candidates,
    other_year,
)
from generator.models import Candidate, ClueKind, DateClue, DateStatus, Moment, Publication

_STRONG = frozenset({ClueKind.METADATA, ClueKind.STAMP, ClueKind.ADDRESS})
_ENOUGH = 0.7
_COUNTS = 0.6
"""From this confidence on a clue may contradict another."""
_CLOCK_LIKE = 0.5
_DAY = dt.timedelta(days=1)
_YEARS = dt.timedelta(days=3 * 365)


@dataclass(slots=True)
class _Evidence:
    """The clues, read."""

    strong: list[Candidate[Moment]] = field(default_factory=list)
    firm: set[dt.date] = field(default_factory=set)
    """Days that metadata or an address give: no page clock can be behind them."""
    doubtful: list[str] = field(default_factory=list)
    """Reasons to hold whatever is found."""
    prefix: dates.Reading | None = None
    prefix_words: str = ""
    bound: dt.date | None = None
    bound_words: str = ""


def weigh_date(
    clues: Sequence[DateClue],
    opening: Opening,
    zone: ZoneInfo,
    *,
    saved_at: dt.datetime | None = None,
    language: str | None = None,
) -> Publication:
    """The publication date that the clues give together, or why they give none.

    `zone` is the source's: it stands in where a stamp has no offset. `saved_at` is when the raw file was
    saved: an upper bound.
    """
    evidence = _read(clues, zone, saved_at, language)
    _read_clocks(evidence, opening, zone)
    _read_today(evidence, opening, zone)
    strong = _within_bound(evidence, zone)
    if strong:
        return _settle(strong, evidence, opening, zone)
    if evidence.prefix is not None and evidence.prefix.precise:
        return _from_prefix(evidence, opening, zone)
    return _from_opening(evidence, opening, zone)


# ------------------------------------------------------------------------------------- reading clues


def _read(
    clues: Sequence[DateClue], zone: ZoneInfo, saved_at: dt.datetime | None, language: str | None
) -> _Evidence:
    evidence = _Evidence()
    if saved_at is not None:
        _bound(evidence, dates.day_of(saved_at, zone), "the file was saved on")
    for clue in clues:
        reading = dates.read_date(clue.words)
        if reading is None:
            continue
        if clue.kind is ClueKind.PREFIX:
            evidence.prefix, evidence.prefix_words = reading, clue.words
        elif clue.kind is ClueKind.CLOCK:
            if (moment := reading.moment(zone)) is not None:
                _bound(evidence, dates.day_of(moment, zone), "the page was saved on")
        elif clue.kind in _STRONG and (moment := reading.moment(zone)) is not None:
            assumed = ("offset",) if reading.hour is not None and reading.offset is None else ()
            one = Candidate(moment, clue.how, clue.text, clue.confidence, assumed)
            if reading.misnamed and clue.kind is ClueKind.STAMP:
                one = replace(
                    one, how=f"{one.how}, with another day's weekday", confidence=min(one.confidence, 0.5)
                )
            elif clue.kind is not ClueKind.STAMP:
                evidence.firm.add(dates.day_of(moment, zone))
            if saved_at is not None and _same_minute(moment, saved_at):
                # A feed that prints the moment of fetching as every item's date.
                continue
            evidence.strong.append(one)
            if reading.ambiguous and language not in (None, "vi") and clue.kind is ClueKind.STAMP:
                other = reading.swapped().moment(zone)
                if other is not None:
                    evidence.strong.append(replace(one, value=other, how=f"{one.how}, month first"))
    return evidence


def _bound(evidence: _Evidence, day: dt.date, words: str) -> None:
    if evidence.bound is None or day < evidence.bound:
        evidence.bound, evidence.bound_words = day, f"{words} {day.isoformat()}"


def _same_minute(moment: Moment, saved_at: dt.datetime) -> bool:
    return isinstance(moment, dt.datetime) and abs(moment - saved_at) < dt.timedelta(minutes=1)


def _read_clocks(evidence: _Evidence, opening: Opening, zone: ZoneInfo) -> None:
    """A date that may be the page's clock is one where the text opens with a day long before it."""
    opens = Opening(tuple(entry for entry in opening.readings if entry[0].start <= 40)[:1])
    for one in tuple(evidence.strong):
        day = dates.day_of(one.value, zone)
        gap = distance(opens, day, zone)
        if one.confidence <= _CLOCK_LIKE and gap is not None and gap > LONG_BEFORE:
            evidence.strong.remove(one)
            _bound(evidence, day, "the page was saved on")


def _read_today(evidence: _Evidence, opening: Opening, zone: ZoneInfo) -> None:
    """`Sáng nay (5/11/2025)` names the day of writing; alone, not one that lies years from what else is known."""
    known = [day for day in (evidence.bound, _latest_of(evidence.prefix)) if day is not None]
    alone = not evidence.strong
    for reading, words in opening.readings:
        moment = replace(reading, hour=None).moment(zone) if reading.today else None
        if moment is not None:
            day = dates.day_of(moment, zone)
            far = alone and (day.year < FIRST_YEAR or any(abs(other - day) > _YEARS for other in known))
            evidence.strong.append(Candidate(moment, "the text says today", words, 0.5 if far else 0.8))


def _within_bound(evidence: _Evidence, zone: ZoneInfo) -> list[Candidate[Moment]]:
    if evidence.bound is None:
        return evidence.strong
    kept = []
    for one in evidence.strong:
        if dates.day_of(one.value, zone) > evidence.bound + _DAY:
            evidence.doubtful.append(f"{_show(one)} ({one.how}) lies after {evidence.bound_words}")
        else:
            kept.append(one)
    return kept


# ---------------------------------------------------------------------------------------- weighing


def _settle(
    strong: Sequence[Candidate[Moment]], evidence: _Evidence, opening: Opening, zone: ZoneInfo
) -> Publication:
    """The best of the clues that name the day of publication, unless another contradicts it."""
    ranked = _rank(strong, evidence, opening, zone)
    best = ranked[0]
    day = dates.day_of(best.value, zone)
    doubts = list(evidence.doubtful)
    for other in ranked[1:]:
        apart = (dates.day_of(other.value, zone) - day).days
        if other.confidence < _COUNTS or abs(apart) <= 1 or (_says_updated(other) and apart > 0):
            continue
        if _is_other_reading(other, ranked, day, zone):
            continue
        doubts.append(f"{_show(best)} ({best.how}) and {_show(other)} ({other.how}) contradict each other")
        break
    latest = _latest_of(evidence.prefix)
    if latest is not None and day > latest + _DAY:
        doubts.append(f"{_show(best)} ({best.how}) lies after the scraper's prefix {evidence.prefix_words}")
    if best.confidence < _ENOUGH:
        doubts.append(f"{_show(best)} ({best.how}) {_weakness(best)}")
    opens = Opening(tuple(entry for entry in opening.readings if entry[0].start <= 40)[:1])
    if (
        best.confidence < 0.9
        and not doubts
        and (gap := distance(opens, day, zone)) is not None
        and gap > LONG_BEFORE
    ):
        doubts.append(f"{_show(best)} ({best.how}) lies {gap} days from the day the text opens with")
    if not doubts and day not in evidence.firm and (opened := earlier_day(opening, day, zone)) is not None:
        doubts.append(
            f"{_show(best)} ({best.how}) lies {(day - opened).days} days after {opened}, with which the text opens"
        )
    if not doubts and best.confidence < 0.9 and (year := other_year(opening, day)) is not None:
        doubts.append(
            f"{_show(best)} ({best.how}) is of another year than {year}, of which the text speaks first"
        )
    if doubts:
        candidates = _unique(
            [*ranked, *opening_candidates(opening, zone, _latest_of(evidence.prefix), evidence.bound)]
        )
        return Publication(DateStatus.HELD, None, candidates, "; ".join(doubts))
    return Publication(DateStatus.SETTLED, best.value, _unique(ranked), "")


def _is_other_reading(
    other: Candidate[Moment], ranked: Sequence[Candidate[Moment]], day: dt.date, zone: ZoneInfo
) -> bool:
    """Whether a candidate only reads day and month of some words the other way round (`5/3/2024`), while other words
    decide for the best day's reading."""
    days: dict[dt.date, set[str]] = {}
    for one in ranked:
        days.setdefault(dates.day_of(one.value, zone), set()).add(one.text)
    own = days[dates.day_of(other.value, zone)]
    return own <= days[day] and bool(days[day] - own)


def _weakness(one: Candidate[Moment]) -> str:
    """What may be wrong with a clue that settles nothing alone."""
    if one.how.startswith("htmldate"):
        return "stands alone"
    if "weekday" in one.how:
        return "contradicts itself"
    if "event" in one.how:
        return "may be the day of what the text announces"
    if _says_updated(one):
        return "is not the publication"
    if "address" in one.how:
        return "may be a day that the headline names"
    return "may be long past" if "today" in one.how else "may be the page's own clock"


def _rank(
    strong: Sequence[Candidate[Moment]], evidence: _Evidence, opening: Opening, zone: ZoneInfo
) -> list[Candidate[Moment]]:
    """Best first: by the confidence of a day's clues together, the exact ones before the bare day."""
    by_day: dict[dt.date, float] = {}
    for one in strong:
        day = dates.day_of(one.value, zone)
        by_day[day] = by_day.get(day, 1.0) * (1 - min(one.confidence, 0.99))
    for day in by_day:
        gap = distance(opening, day, zone)
        if gap is not None and -1 <= gap <= 3:
            by_day[day] *= 0.4
        latest = _latest_of(evidence.prefix)
        if (
            latest is not None
            and evidence.prefix is not None
            and (latest.year, latest.month) == (day.year, day.month)
        ):
            by_day[day] *= 0.6

    def order(one: Candidate[Moment]) -> tuple[float, bool, bool, float]:
        day = dates.day_of(one.value, zone)
        return by_day[day], _says_updated(one), not isinstance(one.value, dt.datetime), -one.confidence

    ranked = sorted(strong, key=order)
    best_day = dates.day_of(ranked[0].value, zone)
    return [
        replace(one, confidence=round(1 - by_day[best_day], 3))
        if dates.day_of(one.value, zone) == best_day and number == 0
        else one
        for number, one in enumerate(ranked)
    ]


def _latest_of(prefix: dates.Reading | None) -> dt.date | None:
    """The last day that a prefix covers: itself, or its month's last."""
    if prefix is None or prefix.year is None:
        return None
    day = prefix.day or calendar.monthrange(prefix.year, prefix.month)[1]
    return dt.date(prefix.year, prefix.month, day)


def _from_prefix(evidence: _Evidence, opening: Opening, zone: ZoneInfo) -> Publication:
    """A scraper's day settles the date where the text's first words name that day or the one before: that the
    scraper's clock should meet it by chance is one in some hundreds."""
    day = _latest_of(evidence.prefix)
    assert day is not None
    agreeing = [
        (reading, words)
        for reading, words in opening.readings
        if (reading.start, words) not in opening.ahead
        and (reading.year is None or reading.year == day.year)
        and any((reading.day, reading.month) == (near.day, near.month) for near in (day, day - _DAY))
    ]
    other_years = sorted(
        {reading.year for reading, _ in opening.readings if reading.year and reading.year != day.year}
    )
    late = evidence.bound is not None and day > evidence.bound + _DAY
    if (
        agreeing
        and not late
        and not evidence.doubtful
        and (not other_years or any(r.year for r, _ in agreeing))
    ):
        exact = any((reading.day, reading.month) == (day.day, day.month) for reading, _ in agreeing)
        words = f"{evidence.prefix_words} … {agreeing[0][1]}"
        best: Candidate[Moment] = Candidate(
            day, "scraper's prefix and the text's first words agree", words, 0.85 if exact else 0.75
        )
        others = opening_candidates(opening, zone, _latest_of(evidence.prefix), evidence.bound)
        return Publication(DateStatus.SETTLED, day, _unique([best, *others]), "")
    own: Candidate[Moment] = Candidate(day, "scraper's prefix", evidence.prefix_words, 0.4)
    candidates = _unique(
        [
            *([] if late else [own]),
            *evidence.strong,
            *opening_candidates(opening, zone, _latest_of(evidence.prefix), evidence.bound),
        ]
    )
    first = opening.first
    why = [*evidence.doubtful]
    if first is None:
        why.append(f"only the scraper's prefix {evidence.prefix_words} speaks of the date")
    else:
        why.append(f"the text gives {_day_words(first[0])}, the scraper's prefix {evidence.prefix_words}")
    return _held("; ".join(why), candidates)


def _from_opening(evidence: _Evidence, opening: Opening, zone: ZoneInfo) -> Publication:
    """Only the text's own words are left: they say when something happened."""
    first = opening.first
    candidates = _unique(
        [*evidence.strong, *opening_candidates(opening, zone, _latest_of(evidence.prefix), evidence.bound)]
    )
    if first is None:
        return _nothing(evidence, candidates)
    reading = first[0]
    if reading.year is not None:
        why = f"the text gives {_day_words(reading)} as the day of what it tells, and nothing says when it was published"
    else:
        why = f"the text gives {_day_words(reading)} and no year"
        if not candidates:
            why += "; nothing else tells the year"
    return _held("; ".join([*evidence.doubtful, why]), candidates)


def _nothing(evidence: _Evidence, candidates: tuple[Candidate[Moment], ...]) -> Publication:
    if evidence.doubtful:
        return _held("; ".join(evidence.doubtful), candidates)
    if evidence.prefix is not None:
        return _held(
            f"only the scraper's prefix {evidence.prefix_words} speaks of the date, and it names no day",
            candidates,
        )
    why = "nothing in the article speaks of its date"
    if evidence.bound is not None:
        why += f"; {evidence.bound_words}"
    return Publication(DateStatus.UNKNOWN, None, candidates, why)


def _held(why: str, candidates: tuple[Candidate[Moment], ...]) -> Publication:
    if candidates:
        why += f"; candidates {', '.join(dict.fromkeys(_show(one) for one in candidates))}"
    return Publication(DateStatus.HELD, None, candidates, why)


# ------------------------------------------------------------------------------------------- words


def _unique(found: Sequence[Candidate[Moment]]) -> tuple[Candidate[Moment], ...]:
    """The candidates without those that repeat a value for the same reason."""
    seen: set[tuple[Moment, str]] = set()
    kept: list[Candidate[Moment]] = []
    for one in found:
        if (one.value, one.how) not in seen and not any(
            other.value == one.value and "year" in one.assumed for other in kept
        ):
            seen.add((one.value, one.how))
            kept.append(one)
    return tuple(kept)


def _says_updated(one: Candidate[Moment]) -> bool:
    return "updated" in one.how or "modified" in one.how.lower()


def _show(one: Candidate[Moment]) -> str:
    return dates.format_moment(one.value)


def _day_words(reading: dates.Reading) -> str:
    return f"{reading.day}/{reading.month}" + (f"/{reading.year}" if reading.year else "")
