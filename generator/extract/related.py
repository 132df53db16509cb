"""Related blocks: lists of other articles, which end an article or interrupt it.

A block begins at a heading (`Tin liên quan`), at a headline printed twice, or at a run of headlines after
the last paragraph. It ends where the article goes on: at a paragraph that is no teaser's blurb and speaks of
what the article speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract import chrome
from generator.extract.coherence import pairs, share
from generator.extract.dateline import dateline_of
from generator.extract.lines import Line, Part, is_headline, is_prose, key

_COHERENT = 0.07


def drop_related(lines: Sequence[Line], title: Line | None, own_marks: frozenset[str]) -> None:
    """Drop the related blocks among open lines; `lines` begin with the article's first paragraph."""
    position = 0
    taken: list[str] = [title.text] if title else []
    size = 0
    known: frozenset[str] = frozenset()
    weighed = 0
    while position < len(lines):
        line = lines[position]
        begin = _begins(lines, position, title, own_marks)
        if begin:
            if weighed != len(taken):
                known, weighed = pairs(" ".join(taken)), len(taken)
            stop = _end(lines, position, known, begin, own_marks)
            _drop(lines[position:stop], own_marks)
            position = max(stop, position + 1)
            continue
        if line.open and size < 6000:
            taken.append(line.text)
            size += len(line.text)
        position += 1


def _begins(lines: Sequence[Line], at: int, title: Line | None, own_marks: frozenset[str]) -> str:
    """How a block begins at a line: `end`, `side`, or `twice` for a headline printed twice; else empty."""
    line = lines[at]
    if not line.open:
        return ""
    if mark := chrome.mark_of(line.text, own_marks):
        return mark
    if not is_headline(line.text) or at == 0 or (title and key(title.text) == key(line.text)):
        return ""
    after = next((other for other in lines[at + 1 : at + 3] if other.open), None)
    if after is None:
        return ""
    if key(after.text) == key(line.text) or chrome.teaser_date_of(after.text) is not None:
        return "twice"
    return ""


def _end(lines: Sequence[Line], at: int, known: frozenset[str], begin: str, own_marks: frozenset[str]) -> int:
    """Index of the first line after a block that is the article's again; the number of lines where none is."""
    if begin == "final":
        return len(lines)
    previous: Line | None = None
    for index in range(at + 1, len(lines)):
        line = lines[index]
        if not line.open:
            continue
        mark = chrome.mark_of(line.text, own_marks)
        if mark == "final":
            return len(lines)
        if mark:
            previous = line
            continue
        if not is_prose(line.text):
            previous = line
            continue
        if _resumes(line, lines, index, previous, known, begin):
            return index
        previous = line
    return len(lines)


def _resumes(
    line: Line, lines: Sequence[Line], index: int, previous: Line | None, known: frozenset[str], begin: str
) -> bool:
    """Whether a paragraph inside a block is the article going on rather than a teaser's blurb."""
    text = line.text
    if dateline_of(text) or text.endswith(("…", "...")):
        return False
    if previous is not None and chrome.teaser_date_of(previous.text) is not None:
        return False
    mine = pairs(text)
    with_article = share(mine, known) if len(mine & known) >= 3 else 0.0
    after = [other for other in lines[index + 1 : index + 6] if other.open]
    runs_on = bool(after) and is_prose(after[0].text) and not dateline_of(after[0].text)
    below_headline = previous is not None and is_headline(previous.text) and not chrome.mark_of(previous.text)
    if below_headline and previous is not None:
        headline = pairs(previous.text)
        if len((headline & mine) - known) >= 2 and share(headline, mine) > 0.3 and with_article < 0.25:
            return False
    if begin != "side":
        # The article seldom goes on after these: only several paragraphs of its own matter show it.
        return with_article >= _COHERENT and (
            not below_headline or (runs_on and with_article >= 2 * _COHERENT)
        )
    if with_article >= _COHERENT and not (below_headline and _alternates(after)):
        return True
    if not runs_on:
        return False
    if with_article > 0.02 or share(pairs(after[0].text), known) >= _COHERENT:
        return True
    return all(is_prose(other.text) for other in after[:3]) and not _named(lines, index)


def _alternates(after: Sequence[Line]) -> bool:
    """Whether a headline and a paragraph follow, as in a list of headlines with blurbs."""
    return len(after) >= 2 and is_headline(after[0].text) and is_prose(after[1].text)


def _named(lines: Sequence[Line], index: int) -> bool:
    """Whether headlines stand among the lines after a paragraph, as they do in a list of teasers."""
    return any(
        is_headline(other.text) and other.open and not is_prose(other.text)
        for other in lines[index + 1 : index + 5]
    )


def _drop(block: Sequence[Line], own_marks: frozenset[str]) -> None:
    """Drop a block's lines, each teaser's headline told from its repetition, date and blurb."""
    last = ""
    for line in block:
        if not line.open:
            continue
        words = key(line.text)
        if chrome.mark_of(line.text, own_marks):
            line.drop("related block")
        elif words == last:
            line.drop("teaser's headline again")
        elif chrome.teaser_date_of(line.text) is not None:
            line.drop("teaser's section and date")
        elif is_prose(line.text):
            line.drop("teaser's blurb")
        else:
            line.drop("teaser")
            last = words


def drop_trailing_headlines(lines: Sequence[Line]) -> None:
    """Drop two or more headlines in a row after the last paragraph: a list of other articles without a heading."""
    run: list[Line] = []
    for line in reversed(lines):
        if line.open and is_prose(line.text):
            break
        if line.part in (Part.CAPTION, Part.LIST):
            break
        if line.open and is_headline(line.text) and line.words >= 5:
            run.append(line)
    if len(run) >= 2:
        for line in run:
            line.drop("teaser")
