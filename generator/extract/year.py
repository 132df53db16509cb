"""What in a text tells the year of a day that was given without one. Such a year is a candidate, never a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import dates

_SESSION_VI = re.compile(r"(?:khóa|khoá|kỳ|phiên)\s+(?:họp\s+)?(?:thứ\s+)?(\d{2})(?!\d)", re.IGNORECASE)
_SESSION_EN = re.compile(
    r"\b(\d{2})(?:st|nd|rd|th)\s+session|session\s+(\d{2})\b|\bUNGA[- ]?(\d{2})\b", re.IGNORECASE
)
_ASSEMBLY = re.compile(r"đại\s+hội\s+đồng|ĐHĐ|general\s+assembly|UNGA", re.IGNORECASE)
_FOUNDED = 1945
_OPENS = 9
"""Session N of the UN General Assembly opens in September of 1945 + N."""


def anchored_years(text: str, reading: dates.Reading) -> Iterator[tuple[int, str]]:
    """Years for a day, each with what it stands on: a session of the UN General Assembly, the same day given in
    full elsewhere, a single other full date in the text."""
    if _ASSEMBLY.search(text):
        for pattern in (_SESSION_VI, _SESSION_EN):
            for match in pattern.finditer(text):
                number = int(next(group for group in match.groups() if group))
                if 1 <= number <= 99:
                    year = _FOUNDED + number + (0 if reading.month >= _OPENS else 1)
                    yield year, f"session {number} of the UN General Assembly"
    full = [other for other in dates.find_dates(text) if other.precise and other.year is not None]
    for other in full:
        if (other.day, other.month) == (reading.day, reading.month) and other.year is not None:
            yield other.year, "the same day with its year in the text"
    years = {other.year for other in full if other.year is not None and other.year >= 2000}
    if len(years) == 1:
        yield years.pop(), "year of the other dates in the text"
