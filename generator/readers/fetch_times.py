"""Dates that a feed puts in by itself: the moment of fetching or building, printed as the date of many items.

A paper publishes item by item; a program writes many within a moment. Such a date says when the feed was made.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence

_WINDOW = 60
"""Seconds within which a program writes its items."""
_FEW = 3
_MANY = 5


def find_fetch_times(
    moments: Sequence[tuple[int, ...] | None], built: Sequence[tuple[int, ...] | None] = ()
) -> frozenset[int]:
    """The places of the items whose date is the feed's own.

    `moments` are the items' dates (year to second, UTC), `built` those of the feed itself. Suspicious are most of
    the items within a minute, or all of several at the moment the feed was built. Not so whole days, of which a feed
    may give no more, nor a few items at a full hour, at which papers publish.
    """
    known = [
        (seconds, place) for place, moment in enumerate(moments) if (seconds := _seconds(moment)) is not None
    ]
    if len(known) < 2:
        return frozenset()
    known.sort()
    made = {seconds for moment in built if (seconds := _seconds(moment)) is not None}
    if made and all(any(abs(seconds - one) <= 1 for one in made) for seconds, _ in known):
        return frozenset(place for _, place in known)
    first, best = 0, (0, 0)
    for last, (seconds, _) in enumerate(known):
        while seconds - known[first][0] > _WINDOW:
            first += 1
        best = max(best, (last - first + 1, first))
    size, first = best
    group = known[first : first + size]
    if size < _FEW or 2 * size <= len(known):
        return frozenset()
    if len({seconds for seconds, _ in group}) == 1:
        moment = moments[group[0][1]]
        if moment is not None and _is_round(moment, size):
            return frozenset()
    return frozenset(place for _, place in group)


def _is_round(moment: tuple[int, ...], size: int) -> bool:
    """Whether one moment of many items is a whole day somewhere on earth, or an hour at which a paper publishes."""
    _, _, _, hour, minute, second = moment[:6]
    if second:
        return False
    if (hour, minute) in (
        (0, 0),
        (17, 0),
        (16, 0),
        (22, 0),
        (23, 0),
    ):  # midnight in UTC, +07:00, +08:00, +02:00, +01:00
        return True
    return minute in (0, 30) and size < _MANY


def _seconds(moment: tuple[int, ...] | None) -> int | None:
    return None if moment is None else calendar.timegm((*moment[:6], 0, 0, 0))


def read_iso(words: str) -> tuple[int, ...] | None:
    """Year to second in UTC of an ISO 8601 moment; without an offset it is taken as it stands."""
    try:
        moment = dt.datetime.fromisoformat(words.strip())
        return tuple(moment.utctimetuple()[:6])
    except (ValueError, OverflowError):
        return None
