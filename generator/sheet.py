"""A calm page for a terminal: labels, values, and smaller words under them, wrapped to its width.

Nothing is drawn: blank lines and one indent give the order. Text keeps its letters; a word is never broken but where
it is longer than a whole line, as addresses are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from generator.text import normalize

LABELS = 10
"""Columns of the labels."""
_INDENT = 2
WIDTH = 100
"""Most columns of a page, and what a page has that goes to a file."""
LEAST_WIDTH = 40
_BOLD, _DIM, _YELLOW, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[33m", "\x1b[0m"
_BREAKS = "/-?&=_.,"


def columns(text: str) -> int:
    """Columns that a text takes on a terminal: East Asian wide letters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """The lines of a text, none wider than `width` columns; at least one, which may be empty. Control characters,
    which could command the terminal, are taken out."""
    lines: list[str] = []
    for paragraph in normalize(text).split("\n"):
        line, room = "", width
        for word in paragraph.split():
            size = columns(word)
            if line and size + 1 <= room:
                line, room = f"{line} {word}", room - size - 1
                continue
            if line:
                lines.append(line)
            *full, line = _pieces(word, width) if size > width else (word,)
            lines += full
            room = width - columns(line)
        lines.append(line)
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word cut into lines: behind one of the marks of an address where there is one, else anywhere."""
    start = 0
    while start < len(word):
        end, used, mark = start, 0, 0
        while end < len(word) and (used := used + _columns(word[end])) <= width:
            end += 1
            mark = end if word[end - 1] in _BREAKS else mark
        end = max(end, start + 1)
        cut = mark if end < len(word) and mark > start + (end - start) // 2 else end
        yield word[start:cut]
        start = cut


class Sheet:
    """A page in the making."""

    def __init__(self, width: int = WIDTH, *, colour: bool = False) -> None:
        """`width` in columns, held between `LEAST_WIDTH` and `WIDTH`."""
        self.width = max(LEAST_WIDTH, min(width, WIDTH))
        self.colour = colour
        self._lines: list[str] = []

    def title(self, text: str) -> None:
        """The page's first line."""
        self._add(text, 0, _BOLD)

    def heading(self, text: str) -> None:
        """A part of the page begins."""
        self.space()
        self._add(text, 0, _BOLD)

    def space(self) -> None:
        """One empty line, never two."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def line(self, text: str, *, quiet: bool = False, alert: bool = False) -> None:
        """A line of text at the page's edge."""
        self._add(text, _INDENT, _DIM if quiet else _YELLOW if alert else "")

    def entry(self, label: str, value: str, notes: Iterable[str] = (), alerts: Iterable[str] = ()) -> None:
        """A label with its value, what is to be said about it, and what an editor should not miss."""
        edge = _INDENT + LABELS
        shown = " " * _INDENT + self._paint(label, _BOLD)
        if " " not in value and self.width - edge < columns(value) <= self.width - 2 * _INDENT:
            # An address or a file that would be broken beside its label: whole on a line of its own, to be copied.
            self._lines += [shown, " " * 2 * _INDENT + value]
        else:
            first, *rest = wrap(value, self.width - edge)
            self._lines.append(shown + " " * max(1, LABELS - columns(label)) + first)
            self._lines += [" " * edge + line for line in rest]
        for style, lines in ((_YELLOW, alerts), (_DIM, notes)):
            for text in lines:
                self._add(text, edge, style)

    def __str__(self) -> str:
        return "\n".join(line.rstrip() for line in self._lines).rstrip("\n")

    def _add(self, text: str, indent: int, style: str) -> None:
        """Lines of a text; those after the first stand two columns in."""
        first, *rest = wrap(text, self.width - indent)
        lines = [first, *(f"  {line}" for line in wrap(" ".join(rest), self.width - indent - 2) if rest)]
        self._lines += [" " * indent + self._paint(line, style) for line in lines]

    def _paint(self, text: str, style: str) -> str:
        return f"{style}{text}{_PLAIN}" if self.colour and style and text else text
