"""What Markdown may cost: texts that would keep the parser busy for minutes are refused before it sees them.

Python-Markdown looks for the end of every `[`, `<` and `(` from where it opens, and calls itself for each level
of a list: both grow with the square of the text. The bounds lie far above what an editor writes; at each of
them a page is done within about a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.models import Problem

MAX_LINE = 20_000
"""Characters of a line."""
MAX_LINES = 20_000
"""Lines of a page."""
MAX_RUN = 200
"""Repeats of one mark, and marks of one paragraph that open and never close."""
MAX_OPEN_TAGS = 500
"""`<` of a whole page that are never closed: the HTML reader looks past the paragraph's end."""
MAX_DEPTH = 20
"""Lists and quotes within each other."""
MAX_QUOTED = 2_000
"""Lines that begin with `>`."""
MAX_HEADINGS = 1_000

_RUN = re.compile(rf"([<\[>*_(!`])\1{{{MAX_RUN}}}")
_RULE = re.compile(r"[ \t]*(?:[*_-][ \t]*)+\Z")
_MARKER = re.compile(r"[ \t]*(?:>|(?:[-*+]|[0-9]{1,9}[.)])(?=[ \t]|\Z))")
_PAIRS = (("[", "]"), ("<", ">"), ("(", ")"))


def find_costly(body: str, path: str, first_line: int = 1) -> Problem | None:
    """The first thing in a page's body that would cost Markdown too much, as an error; None where all is well.

    `first_line` is the line of the file on which the body begins.
    """
    for line, message, hint in _look(body):
        return Problem(path, message, hint, first_line + line, rule="page-cost")
    return None


def _look(body: str) -> Iterator[tuple[int, str, str]]:
    lines = body.splitlines()
    if len(lines) > MAX_LINES:
        yield MAX_LINES, f"the page has {len(lines):,} lines; {MAX_LINES:,} are the most", "split the page"
        return
    quoted = headings = 0
    open_here = dict.fromkeys("[<(", 0)
    open_tags = 0
    for number, line in enumerate(lines):
        if len(line) > MAX_LINE:
            yield number, f"the line has {len(line):,} characters; {MAX_LINE:,} are the most", "break it up"
            return
        if not line.strip():
            open_here = dict.fromkeys("[<(", 0)
            continue
        if (run := _RUN.search(line)) and not _RULE.match(line):
            yield number, f"`{run[1]}` stands more than {MAX_RUN} times in a row", "take them away"
        if _depth(line) > MAX_DEPTH:
            yield number, f"lists and quotes lie more than {MAX_DEPTH} deep in each other", "write it flatter"
        quoted += line.lstrip().startswith(">")
        headings += line.startswith("#")
        if quoted > MAX_QUOTED:
            yield number, f"more than {MAX_QUOTED:,} lines begin with `>`", "quote less, or split the page"
        if headings > MAX_HEADINGS:
            yield number, f"the page has more than {MAX_HEADINGS:,} headings", "split the page"
        for opener, closer in _PAIRS:
            if opener not in line and not open_here[opener]:
                continue
            open_here[opener], most = _unclosed(line, opener, closer, open_here[opener])
            if most > MAX_RUN:
                yield (number, f"more than {MAX_RUN} `{opener}` are opened and not closed",
                       f"close them with `{closer}`, or write \\{opener}")  # fmt: skip
        open_tags = max(0, open_tags + line.count("<") - line.count(">"))
        if open_tags > MAX_OPEN_TAGS:
            yield (number, f"more than {MAX_OPEN_TAGS} `<` of the page are never closed",
                   "close them with `>`, or write &lt;")  # fmt: skip


def _depth(line: str) -> int:
    """Levels of lists and quotes that a line opens: its indentation, then one for each marker."""
    place, markers = 0, 0
    while (marker := _MARKER.match(line, place)) is not None:
        place, markers = marker.end(), markers + 1
    if not markers or _RULE.match(line):
        return 0
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    return indent // 4 + markers


def _unclosed(line: str, opener: str, closer: str, depth: int) -> tuple[int, int]:
    """(openers without a closer after the line, the most of them at any place), with `depth` before it."""
    if depth + line.count(opener) <= MAX_RUN:
        return max(0, depth + line.count(opener) - line.count(closer)), 0
    most = depth
    for char in line:
        if char == opener:
            depth += 1
            most = max(most, depth)
        elif char == closer and depth:
            depth -= 1
    return depth, most
