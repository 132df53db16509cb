"""Related blocks: lists of other articles, which end an article or interrupt it.

A block begins at a heading (`Tin liên quan`), at a headline printed twice, or at a run of headlines after
the last paragraph. It ends where the article goes on: at a paragraph that is no teaser's blurb and speaks of
what the article speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.extract import chrome, stamp
from generator.extract.byline import byline_of, is_personal
from generator.extract.caption import lone_credit, split_caption
from generator.extract.coherence import pairs, share
from generator.extract.dateline import dateline_of
from generator.extract.lines import Line, Part, is_headline, is_prose, key

_COHERENT = 0.07
_MARK = 60
"""Characters of the longest heading of a block."""
_NAME = 4
"""Words of the longest name."""
_BELOW = 60
"""How many lines below a counter of comments are looked at."""
_EDGES = 16
"""Most signs by which a headline's repetition may be longer."""


def drop_related(
    lines: Sequence[Line], title: Line | None, own_marks: frozenset[str], verse: bool = False
) -> None:
    """Drop the related blocks among open lines; `lines` begin with the article's first paragraph. In verse only
    their headings show them."""
    position = 0
    taken: list[str] = [title.text] if title else []
    article = _Article(taken)
    size = 0
    while position < len(lines):
        line = lines[position]
        begin = chrome.mark_of(line.text, own_marks) if verse else _begins(lines, position, title, own_marks)
        if begin and line.open and chrome.mark_of(line.text) == "final" and _is_counter(lines, position):
            line.drop("button")
            begin = ""
        if begin:
            stop = _end(lines, position, article, begin, own_marks)
            _drop(lines[position:stop], own_marks)
            position = max(stop, position + 1)
            continue
        if line.open and size < 6000:
            taken.append(line.text)
            size += len(line.text)
        position += 1


@dataclass(slots=True)
class _Article:
    """The article's own lines so far; their pairs are only made when a block asks for them."""

    taken: Sequence[str]
    _pairs: frozenset[str] = frozenset()
    _count: int = -1

    @property
    def pairs(self) -> frozenset[str]:
        """Pairs of syllables of the article so far."""
        if self._count != len(self.taken):
            self._pairs, self._count = pairs(" ".join(self.taken)), len(self.taken)
        return self._pairs


def _begins(lines: Sequence[Line], at: int, title: Line | None, own_marks: frozenset[str]) -> str:
    """How a block begins at a line: `end`, `side`, or `twice` for a headline printed twice; else empty."""
    line = lines[at]
    if not line.open:
        return ""
    if len(line.text) <= _MARK and (mark := chrome.mark_of(line.text, own_marks)):
        return mark
    if not is_headline(line.text) or at == 0 or (title and key(title.text) == key(line.text)):
        return ""
    if line.words <= _NAME and byline_of(line.text) is not None:
        return ""  # a writer's name above the day of a signature
    after = next((other for other in lines[at + 1 : at + 3] if other.open), None)
    if after is None:
        return ""
    dated = stamp.stamp_of(after.text) is not None
    if _is_same(after.text, line.text) or (not dated and chrome.teaser_date_of(after.text) is not None):
        return "twice"
    return "dated" if dated and _may_be_teaser(line, lines[:at]) else ""


def _is_same(text: str, other: str) -> bool:
    """Whether two lines are the same but for case, quotes and edge signs."""
    return abs(len(text) - len(other)) <= _EDGES and key(text) == key(other)


def _may_be_teaser(line: Line, above: Sequence[Line]) -> bool:
    """Whether a headline right above a date is another article's: text stands above it, and it is no name, no
    caption and nobody's words."""
    text = line.text
    beside = stamp.words_beside_date(text)
    if (
        line.words < 4
        or (beside is not None and beside <= 2)
        or text[:1] in '-–"“'
        or text.endswith(("!", "?"))
        or not any(is_prose(other.text) for other in above)
    ):
        return False
    if chrome.interface_of(text):
        return False
    return byline_of(text) is None and split_caption(text) is None and lone_credit(text) is None


def _is_counter(lines: Sequence[Line], at: int) -> bool:
    """Whether `Bình luận (2)` is a button inside the text: a paragraph stands right above it, and nothing but
    paragraphs follows, no name and no date."""
    above = lines[at - 1] if at else None
    if (
        above is None
        or not above.open
        or not is_prose(above.text)
        or not any(map(str.isdigit, lines[at].text))
    ):
        return False
    below = lines[at + 1 : at + 1 + _BELOW]
    after = [line for line in below if line.open and not chrome.interface_of(line.text)]
    tail = next((place for place, line in enumerate(after) if chrome.mark_of(line.text)), len(after))
    first = after[:1]
    if not first or not is_prose(first[0].text) or first[0].words < 10:
        return False
    for line in after[:tail]:
        if (not is_prose(line.text) and not is_headline(line.text)) or chrome.stamp_of(line.text) is not None:
            return False
        if byline_of(line.text) is not None and line is not after[tail - 1]:
            return False
    return True


def _end(lines: Sequence[Line], at: int, article: _Article, begin: str, own_marks: frozenset[str]) -> int:
    """Index of the first line after a block that is the article's again; the number of lines where none is."""
    if begin == "final":
        return len(lines)
    previous: Line | None = None
    shape = _Shape(headline=lines[at].text if begin == "dated" else "")
    caption = 0
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
        if begin == "side" and split_caption(line.text) is not None:
            caption = caption or index
            continue
        if not is_prose(line.text):
            shape.take(line, previous)
            previous, caption = line, 0
            continue
        if _resumes(line, lines, index, previous, article, begin, shape):
            return caption or index
        shape.blurbs += 1
        previous, caption = line, 0
    return _above_byline(lines, at) if begin == "side" else len(lines)


@dataclass(slots=True)
class _Shape:
    """What a block has shown so far."""

    headlines: int = 0
    """In a row, before any blurb."""
    blurbs: int = 0
    dated: bool = False
    """Dates, or headlines printed twice."""
    headline: str = ""
    """The last one."""

    @property
    def last(self) -> frozenset[str]:
        """Pairs of the last headline."""
        return pairs(self.headline)

    def take(self, line: Line, previous: Line | None) -> None:
        """Count a line that is no paragraph."""
        again = previous is not None and key(previous.text) == key(line.text)
        if again or chrome.stamp_of(line.text) is not None or chrome.teaser_date_of(line.text) is not None:
            self.dated = True
        elif is_headline(line.text):
            self.headlines += not self.blurbs
            self.headline = line.text


def _above_byline(lines: Sequence[Line], at: int) -> int:
    """Index of the writers' names that stand below a block as the last of a text; the number of lines without."""
    stop = len(lines)
    for index in range(len(lines) - 1, at, -1):
        line = lines[index]
        if not line.open or chrome.interface_of(line.text):
            continue
        byline = byline_of(line.text)
        if byline is None or line.words > 5 or not is_personal(byline, line.text):
            break
        stop = index
    return stop


def _resumes(
    line: Line,
    lines: Sequence[Line],
    index: int,
    previous: Line | None,
    article: _Article,
    begin: str,
    shape: _Shape,
) -> bool:
    """Whether a paragraph inside a block is the article going on rather than a teaser's blurb."""
    text = line.text
    if dateline_of(text) or text.endswith(("…", "...")):
        return False
    if previous is not None and chrome.teaser_date_of(previous.text) is not None:
        return False
    mine, known = pairs(text), article.pairs
    with_article = share(mine, known) if len(mine & known) >= 3 else 0.0
    after = [
        other
        for other in lines[index + 1 : index + 6]
        if other.open and split_caption(other.text) is None and not chrome.interface_of(other.text)
    ]
    runs_on = bool(after) and is_prose(after[0].text) and not dateline_of(after[0].text)
    below_headline = previous is not None and is_headline(previous.text) and not chrome.mark_of(previous.text)
    if begin == "dated":
        # One dated headline between paragraphs: the text goes on unless it is that headline's blurb.
        return runs_on or ((bool(mine & known) or not mine & shape.last) and not _ends_with_teasers(after))
    if (
        begin == "side"
        and not shape.dated
        and (shown := _shows(shape, mine, known, below_headline, after)) is not None
    ):
        return shown
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


def _shows(
    shape: _Shape, mine: frozenset[str], known: frozenset[str], below_headline: bool, after: Sequence[Line]
) -> bool | None:
    """Whether the shape of a block inside the text shows that a paragraph is the article's: a list of headlines ends
    at the first one, a single headline takes one blurb at most. None where the shape does not tell."""
    if not (shape.headlines or shape.blurbs) and mine & known:
        return True
    if not below_headline or _alternates(after):
        return None
    paragraphs = [other for other in after if is_prose(other.text)]
    runs_on = bool(after) and is_prose(after[0].text) and not dateline_of(after[0].text)
    near = bool(mine & known) or runs_on or any(pairs(other.text) & known for other in paragraphs)
    if shape.headlines >= 2 and not shape.blurbs:
        return near
    if shape.headlines == 1:
        own = mine & shape.last
        return near and (not own or bool(shape.blurbs) or len(mine & known) > len(own))
    return None


def _ends_with_teasers(after: Sequence[Line]) -> bool:
    """Whether another dated headline follows."""
    return len(after) >= 2 and is_headline(after[0].text) and chrome.stamp_of(after[1].text) is not None


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
        elif chrome.teaser_date_of(line.text) is not None or chrome.stamp_of(line.text) is not None:
            line.drop("teaser's section and date")
        elif is_prose(line.text):
            line.drop("teaser's blurb")
        else:
            line.drop("teaser")
            last = words


def drop_trailing_headlines(lines: Sequence[Line]) -> None:
    """Drop two or more headlines in a row after the last paragraph: a list of other articles without a heading."""
    run: list[Line] = []
    below: Line | None = None
    for line in reversed(lines):
        if line.open and is_prose(line.text):
            break
        if line.open and _is_quotation(line.text):  # the article's last words and who says them
            run = [one for one in run if one is not below]
            break
        below = line if line.open else below
        if line.part in (Part.CAPTION, Part.LIST):
            break
        if line.open and is_headline(line.text) and line.words >= 5 and line.text[:1] not in "-–":
            run.append(line)
    if len(run) >= 2:
        for line in run:
            line.drop("teaser")


def _is_quotation(text: str) -> bool:
    """Whether a line is somebody's words from its first sign to its last."""
    return (
        (text[:1], text[-1:]) in (("“", "”"), ('"', '"'))
        and text.count(text[0]) <= 2
        and text.count(" ") >= 7
    )


_TEASER_WORDS = 6
_BLURB_WORDS = 45
_STRANGE = 0.09
"""How much of a teaser's pairs may stand in the article by chance."""


def drop_trailing_pairs(lines: Sequence[Line], title: Line | None) -> None:
    """Drop two or more pairs of headline and blurb at the end that share next to nothing with the article."""
    rows = [line for line in lines if line.open]
    place = len(rows)
    while place >= 4 and _is_pair(rows[place - 2], rows[place - 1]):
        place -= 2
    if len(rows) - place < 4:
        return
    known = pairs(" ".join(line.text for line in (*([title] if title else []), *rows[:place])))
    start = len(rows)
    while start > place:
        own = pairs(f"{rows[start - 2].text} | {rows[start - 1].text}")
        if len(own & known) > _STRANGE * len(own):
            break
        start -= 2
    if len(rows) - start >= 4:
        for headline, blurb in zip(rows[start::2], rows[start + 1 :: 2], strict=True):
            headline.drop("teaser")
            blurb.drop("teaser's blurb")


def _is_pair(headline: Line, blurb: Line) -> bool:
    return (
        is_headline(headline.text)
        and headline.words >= _TEASER_WORDS
        and is_prose(blurb.text)
        and blurb.words <= _BLURB_WORDS
        and split_caption(headline.text) is None
        and split_caption(blurb.text) is None
    )
