"""The headline: which of the lines above the text it is, by what bears each of them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.extract import chrome, stamp
from generator.extract.address import likeness
from generator.extract.byline import byline_of, is_personal, is_town
from generator.extract.caption import bare_credit, lone_credit, split_caption
from generator.extract.coherence import pairs
from generator.extract.lines import Line, is_headline, is_prose, key
from generator.settings.section import section_key
from generator.text import match_key

MATCH = 0.6
"""From this likeness on a line and the address's words are the same headline."""
_LONG = 6
"""Words from which on a line is seldom a menu's."""
_LEAD = 14
"""Words from which on a line may be a lead though only it has the text's words."""
_OPENING = 1200


_LABELLED = re.compile(r"(?i:tác giả|người đăng|đăng bởi|người viết|author|posted by)\s*:?\s+[A-ZÀ-ỸĐ]")
"""Below a headline: who wrote, be it an office."""
_SHORTEST = 5
"""Fewest words of a headline that being printed twice proves."""


@dataclass(slots=True)
class Headline:
    """A line that may be the headline."""

    line: Line
    place: int
    """Among the lines above the text."""
    likeness: float
    twice: bool = False
    near: int = 0
    """Pairs of syllables that it shares with the first paragraphs."""
    beside: bool = False
    """It stands directly above or below a stamp."""

    @property
    def strength(self) -> int:
        """How many signs speak for it; words shared with the text count most."""
        return (self.near > 0) * 2 + (self.near > 1) + (self.line.words >= _LONG) + self.beside


@dataclass(frozen=True, slots=True)
class Choice:
    """The line chosen, why, how sure, and what speaks against it."""

    line: Line
    how: str
    confidence: float
    doubt: str = ""


def opening_pairs(below: Sequence[Line]) -> frozenset[str]:
    """Pairs of syllables of the first paragraphs."""
    text = " ".join(line.text[:400] for line in below[:8] if line.open and is_prose(line.text))
    return pairs(text[:_OPENING])


def choose_headline(
    above: Sequence[Line], below: Sequence[Line], slug: tuple[str, ...], sections: Mapping[str, str]
) -> Choice | None:
    """The headline: the address's own words decide, else a line printed twice, else the line that most speaks for."""
    found = _candidates(above, slug, sections)
    best = max(found, key=lambda one: one.likeness, default=None)
    if best is not None and best.likeness >= MATCH:
        return Choice(best.line, "headline above the text, as in the address", 0.98)
    if slug and (line := _inner_headline(below, slug)):
        return Choice(line, "headline below the first paragraph, as in the address", 0.9)
    if not found:
        return _short_headline(above) or _second_headline(below, slug)
    doubt = ""
    if twice := next((one for one in found if one.twice and not _is_crumb(one, found)), None):
        one, how = twice, "headline above the text, printed twice"
    else:
        if len(found) > 1 or found[0].line.words < 5:
            _weigh(found, above, below)
        one, doubt = _strongest(found, _last_headline(found, above))
        how = "headline above the text"
    if best is not None and slug and best.likeness < 0.2:
        doubt = "the line above the text has none of the address's words"
    return Choice(one.line, how, 0.4 if doubt else 0.9, doubt)


def _is_crumb(one: Headline, found: Sequence[Headline]) -> bool:
    """Whether a short line printed twice is a section, once in the menu and once above the headline."""
    return one.line.words < _SHORTEST and any(
        other.place > one.place and other.line.words >= 2 * _SHORTEST - 2 for other in found
    )


def _candidates(above: Sequence[Line], slug: tuple[str, ...], sections: Mapping[str, str]) -> list[Headline]:
    found: list[Headline] = []
    by_words: dict[str, Headline] = {}
    for place, line in enumerate(above):
        if not line.open or chrome.stamp_of(line.text) or chrome.crumbs_of(line.text):
            continue
        beside = stamp.words_beside_date(line.text)
        if beside is not None and beside <= 2:
            continue
        like = likeness(line.text, slug)
        same = by_words.get(key(line.text))
        if same is not None:
            same.twice = True
            same.line.drop("headline repeated")
            same.line, same.place = line, place
            continue
        if like < MATCH and (not is_headline(line.text) or _is_small(line.text, found, sections)):
            continue
        by_words[key(line.text)] = headline = Headline(line, place, like)
        found.append(headline)
    return found


def _is_small(text: str, found: Sequence[Headline], sections: Mapping[str, str]) -> bool:
    """Whether a short line is a section, a name or a menu entry rather than a headline."""
    if (
        section_name(text, sections)
        or chrome.section_line_of(text)
        or lone_credit(text) is not None
        or split_caption(text) is not None
        or bare_credit(text) is not None
    ):
        return True
    byline = byline_of(text)
    if (byline is not None and (byline.sure or bool(found))) or (found and _LABELLED.match(text)):
        return True
    if found and text.istitle() and is_town(text):
        return True
    return text.count(" ") < 2 or (text.count(" ") == 2 and byline is not None)


def section_name(text: str, sections: Mapping[str, str]) -> str | None:
    """The section that a line is, if it is a known one."""
    if text.count(" ") > 5:
        return None
    return text if section_key(text) in sections else None


def _weigh(found: Sequence[Headline], above: Sequence[Line], below: Sequence[Line]) -> None:
    """Give the candidates their signs."""
    opening = opening_pairs(below)
    rows = [line for line in above if line.open]
    numbers = {id(line): place for place, line in enumerate(rows)}
    for one in found:
        one.near = len(pairs(one.line.text) & opening) or _shares_words(one.line.text, below)
        place = numbers[id(one.line)]
        after, before = range(place + 1, len(rows)), range(place - 1, -1, -1)
        one.beside = _meets_stamp(rows, after) or _meets_stamp(rows, before)


def _shares_words(text: str, below: Sequence[Line]) -> int:
    """1 where an English headline has two long words of the first paragraphs, which need not be neighbours there."""
    if not text.isascii():
        return 0
    opening = " ".join(line.text[:400] for line in below[:8] if line.open and is_prose(line.text))
    return int(len(_long_words(text) & _long_words(opening[:_OPENING])) >= 2)


def _long_words(text: str) -> frozenset[str]:
    return frozenset(
        word for word in match_key(text).replace(",", " ").split() if len(word) >= 5 and word.isalpha()
    )


def _meets_stamp(rows: Sequence[Line], places: Iterable[int]) -> bool:
    """Whether a stamp comes first among the lines at some places, bylines left out."""
    for place in places:
        line = rows[place]
        if chrome.stamp_of(line.text) is not None:
            return True
        if byline_of(line.text) is None:
            return False
    return False


def _strongest(found: Sequence[Headline], usual: Headline) -> tuple[Headline, str]:
    """The headline that most signs speak for, and the doubt that is left; `usual` is the one its place favours."""
    rivals = [one for one in found if one is not usual and not _is_lead(one, usual)]
    rival = max(rivals, key=lambda one: one.strength, default=None)
    if rival is None:
        weak = usual.strength == 0 and usual.line.words < 5
        return usual, "the text has none of its words" if weak else ""
    if rival.near and (not usual.near or rival.strength >= usual.strength + 2):
        if rival.strength > usual.strength and (rival.near > 1 or usual.line.words < _LONG):
            return rival, ""
        return rival, f"“{usual.line.text}” stands nearer to the text"
    if usual.near or usual.strength > rival.strength or rival.line.words < 5:
        return usual, ""
    return usual, f"it may as well be “{rival.line.text}”"


def _is_lead(one: Headline, title: Headline) -> bool:
    """Whether a line below a headline is its lead without a full stop; a shorter one with the text's words is none
    below a line without them."""
    if one.near > 1 and not title.near and one.line.words < _LEAD:
        return False
    return one.place > title.place and title.line.words >= 5 and _is_longer(one.line, title.line)


def _is_longer(line: Line, other: Line) -> bool:
    return line.words >= 16 or line.words > 1.3 * other.words


def _last_headline(found: Sequence[Headline], above: Sequence[Line]) -> Headline:
    """The last before the text that is not longer than a headline above it: that is a lead without a full stop."""
    chosen = found[-1]
    for earlier in reversed(found[:-1]):
        between = [line for line in above[earlier.place + 1 : chosen.place] if line.open]
        if between and any(
            not chrome.stamp_of(line.text) and byline_of(line.text) is None for line in between
        ):
            break
        longer = _is_longer(chosen.line, earlier.line)
        alike = pairs(earlier.line.text) & pairs(chosen.line.text)
        if (longer and earlier.line.words >= 5) or (alike and earlier.line.words >= 6):
            chosen = earlier
        else:
            break
    return chosen


def _short_headline(above: Sequence[Line]) -> Choice | None:
    """Two words right above a stamp that are no name: `Nhớ Huế`."""
    rows = [line for line in above if line.open]
    if len(rows) < 2 or chrome.stamp_of(rows[1].text) is None or rows[0].words != 2:
        return None
    text = rows[0].text
    byline = byline_of(text)
    if byline is not None and is_personal(byline, text):
        return None
    if not text[:1].isupper() or chrome.is_site_name(text) or any(map(str.isdigit, text)):
        return None
    return Choice(rows[0], "short line above the stamp", 0.7)


def _inner_headline(below: Sequence[Line], slug: tuple[str, ...]) -> Line | None:
    for line in below[:8]:
        if line.open and is_headline(line.text) and likeness(line.text, slug) >= MATCH:
            return line
    return None


def _second_headline(below: Sequence[Line], slug: tuple[str, ...]) -> Choice | None:
    """A headline right below the text's first paragraph, where none stands above it."""
    rest = [line for line in below[:3] if line.open]
    if len(rest) < 3 or not is_headline(rest[1].text) or rest[1].words < 8:
        return None
    text = rest[1].text
    if split_caption(text) or chrome.interface_of(text) or chrome.picture_label_of(text) or byline_of(text):
        return None
    if not is_prose(rest[2].text):
        return None
    near = len(pairs(text) & pairs(rest[0].text))
    doubt = ""
    if not near or (slug and likeness(text, slug) < 0.3):
        doubt = "it stands below the first paragraph and may be a heading inside the text"
    return Choice(rest[1], "headline below the first paragraph", 0.4 if doubt else 0.7, doubt)
