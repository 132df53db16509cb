"""The publication date: all clues weighed together. Agreement settles, contradiction holds.

What the clues are worth was measured on scraped news: a stamp or metadata says when an article appeared; a
text's first words say when something happened, mostly the same day or the day before; a scraper's prefix may
be years late; a page's clock only says when it was saved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from zoneinfo import ZoneInfo

from generator import dates
from generator.extract.clues import (
    HINT,
    ONE_DAY,
    Testimony,
    may_be_one_day,
    names_event,
    read_clues,
    says_updated,
    within_bound,
)
from generator.extract.opening import (
    FIRST_YEAR,
    LONG_BEFORE,
    Opening,
    against_day,
    distance,
    opening_candidates,
    told_day,
)
from generator.models import Candidate, DateClue, DateStatus, Moment, Publication

_ENOUGH = 0.7
"""What a clue settles alone."""
_COUNTS = 0.6
"""From this confidence on a clue may contradict another."""
_SURE = 0.9
"""From this confidence on a day stands against what the text tells."""
_CLOCK_LIKE = 0.5
_DATELINE = 0.75
_YEARS = dt.timedelta(days=3 * 365)


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
    found = read_clues(clues, zone, saved_at, language)
    _read_clocks(found, opening, zone)
    _read_today(found, opening, zone)
    if not found.days and (found.prefix is None or not found.prefix.precise):
        _read_dateline(found, opening, zone)
    days = within_bound(found, zone)
    if days:
        return _settle(days, found, opening, zone)
    if found.prefix is not None and found.prefix.precise:
        return _from_prefix(found, opening, zone)
    return _from_opening(found, opening, zone)


def _read_clocks(found: Testimony, opening: Opening, zone: ZoneInfo) -> None:
    """A date that may be the page's clock is one where the text opens with a day long before it."""
    opens = opening.beginning
    for one in tuple(found.days):
        day = dates.day_of(one.value, zone)
        gap = distance(opens, day, zone)
        if one.confidence <= _CLOCK_LIKE and gap is not None and gap > LONG_BEFORE:
            found.days.remove(one)
            found.set_bound(day, "the page was saved on")


def _read_today(found: Testimony, opening: Opening, zone: ZoneInfo) -> None:
    """`Sáng nay (5/11/2025)` names the day of writing; alone, not one that lies years from what else is known."""
    known = [day for day in (found.bound, found.prefix_end) if day is not None]
    alone = not found.days
    for reading, words in opening.readings:
        moment = replace(reading, hour=None).moment(zone) if reading.today else None
        if moment is not None:
            day = dates.day_of(moment, zone)
            far = alone and (day.year < FIRST_YEAR or any(abs(other - day) > _YEARS for other in known))
            found.days.append(Candidate(moment, "the text says today", words, HINT if far else 0.8))


def _read_dateline(found: Testimony, opening: Opening, zone: ZoneInfo) -> None:
    """`BRIDGEFORD, July 4, 2019 (BPA) –` is written on that day, and mostly published on it; nothing else says so."""
    if opening.dateline is None:
        return
    reading, words = opening.dateline
    moment = replace(reading, hour=None).moment(zone)
    if moment is not None and not opening.tells_later(moment, zone):
        found.days.append(Candidate(moment, "day of the dateline", words, _DATELINE))


# ---------------------------------------------------------------------------------------- weighing


def _settle(
    days: Sequence[Candidate[Moment]], found: Testimony, opening: Opening, zone: ZoneInfo
) -> Publication:
    """The best of the clues that name the day of publication, unless another contradicts it."""
    ranked, confidence = _rank(days, found, opening, zone)
    best = ranked[0]
    day = dates.day_of(best.value, zone)
    own = [one for one in ranked if dates.day_of(one.value, zone) == day]
    doubts = [*found.doubtful, *_contradictions(ranked, found.firm, opening, zone)]
    if found.prefix_end is not None and day > found.prefix_end + ONE_DAY:
        doubts.append(f"{_show(best)} ({best.how}) lies after the scraper's prefix {found.prefix_words}")
    if not _is_borne_out(own, opening, day, zone):
        doubts.append(f"{_show(best)} ({best.how}) {_weakness(best)}")
    if not doubts:
        against = against_day(opening, day, zone, sure=confidence >= _SURE, firm=day in found.firm)
        doubts += [f"{_show(best)} ({best.how}) {words}" for words in against]
    if doubts:
        first = replace(best, confidence=confidence)
        others = opening_candidates(opening, zone, found.prefix_end, found.bound)
        return Publication(DateStatus.HELD, None, _unique([first, *ranked[1:], *others]), "; ".join(doubts))
    chosen = replace(_as_evidenced(best, own), confidence=confidence)
    return Publication(DateStatus.SETTLED, chosen.value, _unique([chosen, *ranked[1:]]), "")


def _contradictions(
    ranked: Sequence[Candidate[Moment]], firm: AbstractSet[dt.date], opening: Opening, zone: ZoneInfo
) -> list[str]:
    """The first candidate that names another day than the best one, for no good reason."""
    best = ranked[0]
    day = dates.day_of(best.value, zone)
    for other in ranked[1:]:
        apart = (dates.day_of(other.value, zone) - day).days
        if other.confidence < _COUNTS or apart == 0 or (says_updated(other) and apart > 0):
            continue
        if names_event(other) and best.confidence >= _ENOUGH:
            continue
        if day in firm and apart > 0 and "stamp" in other.how and other.confidence < _ENOUGH:
            continue  # the page's clock, then
        if abs(apart) == 1 and (may_be_one_day(best, other) or (apart < 0 and _is_of_writing(other))):
            continue
        if _is_other_reading(other, ranked, opening, zone):
            continue
        return [f"{_show(best)} ({best.how}) and {_show(other)} ({other.how}) contradict each other"]
    return []


def _is_of_writing(one: Candidate[Moment]) -> bool:
    """Whether a candidate says when the article was begun, not when it appeared: an address is made at the first save."""
    return "address" in one.how or "today" in one.how


def _is_other_reading(
    other: Candidate[Moment], ranked: Sequence[Candidate[Moment]], opening: Opening, zone: ZoneInfo
) -> bool:
    """Whether a candidate only reads day and month of some words the other way round (`5/3/2024`), while other words
    decide for the best day's reading: another clue's, or the day of which the text tells."""
    day = dates.day_of(ranked[0].value, zone)
    days: dict[dt.date, set[str]] = {}
    for one in ranked:
        days.setdefault(dates.day_of(one.value, zone), set()).add(one.text)
    other_day = dates.day_of(other.value, zone)
    if not days[other_day] <= days[day]:
        return False
    told, not_told = (told_day(opening, one, zone) is not None for one in (day, other_day))
    return bool(days[day] - days[other_day]) or (told and not not_told)


def _is_borne_out(own: Sequence[Candidate[Moment]], opening: Opening, day: dt.date, zone: ZoneInfo) -> bool:
    """Whether the clues of a day are enough: one good one, two fair ones, or a fair one and a text that tells of that
    very day. A page that was saved the day after the event makes its clock look like a stamp, so that an earlier day in
    the text says nothing."""
    doubt = 1.0
    for one in own:
        doubt *= 1 - one.confidence if one.confidence > HINT else 1.0
    if 1 - doubt >= _ENOUGH:
        return True
    return doubt < 1.0 and told_day(opening, day, zone) == day


def _as_evidenced(best: Candidate[Moment], own: Sequence[Candidate[Moment]]) -> Candidate[Moment]:
    """The best candidate with no more than is evidenced: the offset of another clue that gives the same time, and no
    time at all where only a weak clue gives one."""
    if not isinstance(best.value, dt.datetime):
        return best
    timed = [one for one in own if one.confidence > HINT and one is not best]
    if best.confidence < _ENOUGH and not any(_same_time(best, one) for one in timed):
        return replace(best, value=best.value.date(), how=f"{best.how}; its time stands alone", assumed=())
    if "offset" in best.assumed:
        for one in timed:
            if "offset" not in one.assumed and _same_time(best, one):
                how = f"{best.how}; the offset from {one.how}"
                return replace(best, value=one.value, how=how, assumed=one.assumed)
    return best


def _same_time(one: Candidate[Moment], other: Candidate[Moment]) -> bool:
    """Whether two candidates give the same minute, on the clock or on earth."""
    first, second = one.value, other.value
    if not isinstance(first, dt.datetime) or not isinstance(second, dt.datetime):
        return False
    minute = dt.timedelta(minutes=1)
    return (
        abs(first - second) < minute or abs(first.replace(tzinfo=None) - second.replace(tzinfo=None)) < minute
    )


def _weakness(one: Candidate[Moment]) -> str:
    """What may be wrong with a clue that settles nothing alone."""
    if one.how.startswith("htmldate"):
        return "stands alone"
    if "weekday" in one.how:
        return "contradicts itself"
    if "event" in one.how:
        return "may be the day of what the text announces"
    if names_event(one):
        return "may be a day that the headline names"
    if says_updated(one):
        return "is not the publication"
    if "today" in one.how:
        return "may be long past"
    if "another article" in one.how:
        return "may be another article's"
    if "stamp" in one.how or "time element" in one.how or "clock" in one.how:
        return "may be the page's own clock"
    return "settles nothing alone"


def _rank(
    days: Sequence[Candidate[Moment]], found: Testimony, opening: Opening, zone: ZoneInfo
) -> tuple[list[Candidate[Moment]], float]:
    """Best first: by the confidence of a day's clues together, the exact ones before the bare day; and the confidence
    of the first one's day."""
    day_of = _days_meant(days, zone)
    doubt: dict[dt.date, float] = {}
    for one in days:
        doubt[day_of[one]] = doubt.get(day_of[one], 1.0) * (1 - min(one.confidence, 0.99))
    latest = found.prefix_end
    for day in doubt:
        gap = distance(opening, day, zone)
        if gap is not None and -1 <= gap <= 3:
            doubt[day] *= 0.4
        if latest is not None and (latest.year, latest.month) == (day.year, day.month):
            doubt[day] *= 0.6
    printed = {
        day_of[one]
        for one in days
        if isinstance(one.value, dt.datetime) and one.confidence >= _ENOUGH and not _is_of_writing(one)
    }

    def order(one: Candidate[Moment]) -> tuple[bool, float, bool, bool, bool, float]:
        bare = not isinstance(one.value, dt.datetime)
        wrote = _is_of_writing(one) and day_of[one] in printed
        return one.confidence <= HINT, doubt[day_of[one]], says_updated(one), bare, wrote, -one.confidence

    ranked = sorted(days, key=order)
    return ranked, round(1 - doubt[day_of[ranked[0]]], 3)


def _days_meant(days: Sequence[Candidate[Moment]], zone: ZoneInfo) -> dict[Candidate[Moment], dt.date]:
    """The day of each candidate in the source's zone. Words without an offset are counted where another clue counts that
    gives the same day with its offset: `Nov 5` beside `2025-11-05T20:00:00Z`, which is the sixth in Hà Nội."""
    sure = [
        one
        for one in days
        if isinstance(one.value, dt.datetime) and "offset" not in one.assumed and one.confidence >= _ENOUGH
    ]
    found: dict[Candidate[Moment], dt.date] = {}
    for one in days:
        found[one] = dates.day_of(one.value, zone)
        if not isinstance(one.value, dt.datetime) or "offset" in one.assumed:
            own = one.value.date() if isinstance(one.value, dt.datetime) else one.value
            same = (other.value for other in sure if isinstance(other.value, dt.datetime))
            found[one] = next((dates.day_of(at, zone) for at in same if at.date() == own), found[one])
    return found


def _from_prefix(found: Testimony, opening: Opening, zone: ZoneInfo) -> Publication:
    """A scraper's day settles the date where the text's first words name that day or the one before: that the
    scraper's clock should meet it by chance is one in some hundreds."""
    day = found.prefix_end
    assert day is not None
    agreeing = [
        (reading, words)
        for reading, words in opening.readings
        if not reading.span
        and (reading.start, words) not in opening.ahead
        and any(
            (reading.day, reading.month) == (near.day, near.month)
            and reading.year in (None, near.year)
            and reading.fits(near.year)
            for near in (day, day - ONE_DAY)
        )
    ]
    other_years = sorted(
        {reading.year for reading, _ in opening.readings if reading.year} - {day.year, (day - ONE_DAY).year}
    )
    late = found.bound is not None and day > found.bound + ONE_DAY
    if agreeing and not late and not found.doubtful and (not other_years or any(r.year for r, _ in agreeing)):
        exact = any((reading.day, reading.month) == (day.day, day.month) for reading, _ in agreeing)
        words = f"{found.prefix_words} … {agreeing[0][1]}"
        best: Candidate[Moment] = Candidate(
            day, "scraper's prefix and the text's first words agree", words, 0.85 if exact else 0.75
        )
        others = opening_candidates(opening, zone, found.prefix_end, found.bound)
        return Publication(DateStatus.SETTLED, day, _unique([best, *others]), "")
    own: Candidate[Moment] = Candidate(day, "scraper's prefix", found.prefix_words, 0.4)
    candidates = _unique(
        [
            *([] if late else [own]),
            *found.days,
            *opening_candidates(opening, zone, found.prefix_end, found.bound),
        ]
    )
    first = opening.first
    why = [*found.doubtful]
    if first is None:
        why.append(f"only the scraper's prefix {found.prefix_words} speaks of the date")
    else:
        why.append(f"the text gives {_day_words(first[0])}, the scraper's prefix {found.prefix_words}")
    return _held("; ".join(why), candidates)


def _from_opening(found: Testimony, opening: Opening, zone: ZoneInfo) -> Publication:
    """Only the text's own words are left: they say when something happened."""
    first = opening.first
    candidates = _unique([*found.days, *opening_candidates(opening, zone, found.prefix_end, found.bound)])
    if first is None:
        return _nothing(found, candidates)
    reading = first[0]
    if reading.year is not None:
        why = f"the text gives {_day_words(reading)} as the day of what it tells, and nothing says when it was published"
    else:
        why = f"the text gives {_day_words(reading)} and no year"
        if not candidates:
            why += "; nothing else tells the year"
    return _held("; ".join([*found.doubtful, why]), candidates)


def _nothing(found: Testimony, candidates: tuple[Candidate[Moment], ...]) -> Publication:
    if found.doubtful:
        return _held("; ".join(found.doubtful), candidates)
    if found.prefix is not None:
        return _held(
            f"only the scraper's prefix {found.prefix_words} speaks of the date, and it names no day",
            candidates,
        )
    why = "nothing in the article speaks of its date"
    if found.bound is not None:
        why += f"; {found.bound_words}"
    return Publication(DateStatus.UNKNOWN, None, candidates, why)


def _held(why: str, candidates: tuple[Candidate[Moment], ...]) -> Publication:
    if candidates:
        why += f"; candidates {', '.join(dict.fromkeys(_show(one) for one in candidates))}"
    return Publication(DateStatus.HELD, None, candidates, why)


# ------------------------------------------------------------------------------------------- words


def _unique(candidates: Sequence[Candidate[Moment]]) -> tuple[Candidate[Moment], ...]:
    """The candidates without those that repeat a value for the same reason."""
    seen: set[tuple[Moment, str]] = set()
    kept: list[Candidate[Moment]] = []
    for one in candidates:
        if (one.value, one.how) not in seen and not any(
            other.value == one.value and "year" in one.assumed for other in kept
        ):
            seen.add((one.value, one.how))
            kept.append(one)
    return tuple(kept)


def _show(one: Candidate[Moment]) -> str:
    return dates.format_moment(one.value)


def _day_words(reading: dates.Reading) -> str:
    return f"{reading.day}/{reading.month}" + (f"/{reading.year}" if reading.year else "")
