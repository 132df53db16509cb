"""The text of a page, judged line by line as plain text is: what trafilatura or a table layout leaves of the page
around it, related news, captions without an element of their own, the byline at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.extract import body, chrome, related
from generator.extract.body import Tail
from generator.extract.dateline import Dateline
from generator.extract.html.lines import Seen, blocks_of, is_bold, lines_of
from generator.extract.lines import Line, Part, is_prose, key, split_stamps
from generator.models import Block, BlockKind

_HEAD = 12
"""Lines within which the stamp of a page may stand."""
_CLOCK = re.compile(
    r"\d{1,2}\s?[:hg.]\s?\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s?(?:GMT|UTC)?[+-]?\d{0,2})?(?:[\s,|–-]{1,3}(?:ngày )?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?)?",
    re.IGNORECASE,
)
_LINKED = 0.4
_LINKED_LINES = 0.3
"""Of a teaser's letters stand in its link, and of the lines of such a block have one."""


@dataclass(frozen=True, slots=True)
class Own:
    """What the settings say of the page's source, or of all where it is not known."""

    sections: tuple[str, ...] = ()
    end_marks: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    """That open its texts: `ANTV`."""


@dataclass(slots=True)
class Judged:
    """The text, and what was told from it."""

    blocks: tuple[Block, ...] = ()
    dropped: list[tuple[str, str]] = field(default_factory=list)
    tail: Tail = field(default_factory=Tail)
    mark: Dateline | None = None


def judge_blocks(blocks: Sequence[Block], title: str, own: Own) -> Judged:
    """The blocks that are the article's, of those that an extractor took for it."""
    return judge_lines(lines_of(blocks), title, own)


def judge_lines(lines: list[Line], title: str, own: Own, *, weak: bool = False) -> Judged:
    """The same for lines, the first of which is the article's; `title` is no line of theirs. `weak`: the page does
    not mark its headings."""
    lines = split_stamps(lines, head=4)
    headline = Line(title) if title else None
    _drop_head(lines, title)
    _drop_related(lines, headline, own)
    body.drop_interface(lines)
    _drop_clocks(lines)
    body.find_captions(lines, headline)
    mark = body.split_dateline(lines, own.marks)
    for line in lines:
        if line.part is Part.LEAD:
            line.part = Part.OPEN  # a first paragraph above the mark: the field room of the lead decides
    tail = body.read_tail(lines)
    related.drop_trailing_headlines(lines)
    if weak:
        settle_short(lines)
    dropped = [(line.text, line.why) for line in lines if line.part is Part.DROPPED]
    return Judged(blocks_of(lines), dropped, tail, mark)


def _drop_head(lines: Sequence[Line], title: str) -> None:
    """Drop the headline again above the first paragraph, and the stamps around it: many a page shows its lead above
    them. A stamp right below a short line may be another article's."""
    words = key(title)
    opened = False
    for place, line in enumerate(lines[:_HEAD]):
        if not line.open:
            continue
        before = lines[place - 1] if place else None
        if not opened and words and key(line.text) == words:
            line.drop("headline repeated")
        elif chrome.stamp_of(line.text) is not None and (
            not opened or (before is not None and (before.part is Part.DROPPED or is_prose(before.text)))
        ):
            line.drop("date stamp")
        opened = opened or is_prose(line.text)


def _drop_clocks(lines: Sequence[Line]) -> None:
    """Drop the hours above the entries of a live report; one alone may be a text's own."""
    clocks = [line for line in lines if line.open and line.text[:1].isdigit() and _CLOCK.fullmatch(line.text)]
    if len(clocks) > 1:
        for line in clocks:
            line.drop("entry's hour")


def _drop_related(lines: Sequence[Line], headline: Line | None, own: Own) -> None:
    """Drop the related blocks, lists and tables within them as well."""
    lists = [line for line in lines if isinstance(line, Seen) and line.part is Part.LIST]
    parts = [line.part for line in lines]
    related.drop_related(lines, headline, own.end_marks)
    _take_back(lines, parts)
    if not lists:
        return
    within = False
    for place, line in enumerate(lines):
        if line.part is Part.DROPPED:
            within = line.why in _RELATED
        elif isinstance(line, Seen) and line.part is Part.LIST:
            if within and (line.linked > 0.4 or not _goes_on(lines[place + 1 :])):
                line.drop("teaser")
        else:
            within = False


def _take_back(lines: Sequence[Line], parts: Sequence[Part]) -> None:
    """Take back what only its form made a teaser: without a heading of such a block above it, and without a link, a
    date between paragraphs is one of the article's own."""
    run: list[int] = []
    for place, line in enumerate([*lines, None]):
        if (
            line is not None
            and line.part is Part.DROPPED
            and parts[place] is not Part.DROPPED
            and line.why in _RELATED
        ):
            run.append(place)
            continue
        if line is not None and line.part is Part.LIST and run:
            continue
        alike = [lines[at] for at in run]
        linked = sum(isinstance(one, Seen) and one.linked > _LINKED for one in alike)
        if linked < _LINKED_LINES * len(run) and not any(one.why == "related block" for one in alike):
            for at in run:
                lines[at].part, lines[at].why = parts[at], ""
        run = []


_RELATED = frozenset(
    {"related block", "teaser", "teaser's headline again", "teaser's section and date", "teaser's blurb"}
)


def _goes_on(lines: Sequence[Line]) -> bool:
    return any(line.open and is_prose(line.text) for line in lines)


def is_heading(line: Line) -> bool:
    """Whether the page sets a line as a heading."""
    return isinstance(line, Seen) and line.block.kind is BlockKind.HEADING


def settle_short(lines: Sequence[Line]) -> None:
    """What the short lines of the text are: set wholly in bold between paragraphs, they are headings."""
    last = max((place for place, line in enumerate(lines) if line.open and is_prose(line.text)), default=-1)
    for place, line in enumerate(lines):
        if not line.open or not isinstance(line, Seen) or place > last:
            continue
        if (
            is_bold(line.block)
            and line.words <= 20
            and not is_prose(line.text)
            and line.block.kind is BlockKind.PARAGRAPH
            and line.text[-1] not in ".,;:"
        ):
            line.part = Part.HEADING
