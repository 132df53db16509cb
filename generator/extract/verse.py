"""Verse: a text of short lines, none of which reads as a paragraph, and where it begins."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract import chrome
from generator.extract.byline import byline_of
from generator.extract.lines import Line

_LONGEST = 14
"""Words of verse's longest line; one longer line shows that the text is prose."""
_USUAL = 9
"""Most words of its lines on average: lists of headlines have more."""
_SHORTEST = 3
_MOST_LINES = 400
_LINES = 5
"""Fewest lines of verse in a row."""


def find_verse(lines: Sequence[Line]) -> tuple[int, int]:
    """(Index of the line that is the headline or −1, index of the first line of verse); (−1, −1) for prose.

    The longest run of short lines that are nothing else is the verse; a line in capitals above it is the headline.
    """
    if len(lines) > _MOST_LINES or any(line.open and line.words > _LONGEST for line in lines):
        return -1, -1
    start = stop = first = 0
    for place in range(len(lines) + 1):
        if place < len(lines) and _may_be_verse(lines[place]):
            continue
        if place - first > stop - start:
            start, stop = first, place
        first = place + 1
    titled = _capitals(lines, start)
    words = sum(line.words for line in lines[start:stop])
    if stop - start < _LINES or words > _USUAL * (stop - start):
        return -1, -1
    return titled, start


def _capitals(lines: Sequence[Line], start: int) -> int:
    """Index of the line in capitals above the verse, of two the upper one: the other is the poet; −1 without."""
    place = start
    while place > 0 and start - place < 2 and lines[place - 1].open and lines[place - 1].text.isupper():
        place -= 1
    return place if place < start and chrome.stamp_of(lines[place].text) is None else -1


def _may_be_verse(line: Line) -> bool:
    text = line.text
    return (
        line.open
        and _SHORTEST <= line.words <= _LONGEST
        and any(map(str.isalpha, text))
        and ":" not in text[-1:]
        and not text.isupper()
        and not chrome.mark_of(text)
        and not chrome.interface_of(text)
        and chrome.stamp_of(text) is None
        and byline_of(text) is None
    )
