"""Several articles in one text: where the next one begins. Editors save two into one file; they must not become one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.extract import chrome
from generator.extract.byline import byline_of, is_personal
from generator.extract.caption import split_caption
from generator.extract.dateline import dateline_of
from generator.extract.lines import Line, is_headline, is_prose

_RULE = re.compile(r"[-–—=_*~#.\s]{5,}")
_HEADLINE = 200
"""Characters of the longest headline."""
_PARAGRAPHS = 2
"""Fewest paragraphs of an article, so that a teaser with its blurb is none."""


def find_second_article(text: Sequence[Line]) -> int:
    """Index of the line with which a second article begins; 0 where the text is one article.

    It begins with a headline above a stamp or a dateline, and stands below the first one's end: its writer's name or a
    rule. `text` are the lines from the first paragraph on.
    """
    paragraphs = 0
    for at in range(len(text) - _PARAGRAPHS):
        line = text[at]
        if paragraphs < _PARAGRAPHS:
            paragraphs += line.open and is_prose(line.text)
        elif len(line.text) > _HEADLINE or line.text[-1:] in ".;,:" or not line.open:
            continue
        elif chrome.mark_of(line.text) in ("end", "final"):
            return 0
        elif _opens_article(text, at) and _ends_article(text, at):
            return at
    return 0


def _opens_article(text: Sequence[Line], at: int) -> bool:
    """Whether a headline stands at an index, with a stamp or a dateline below it and several paragraphs in a row."""
    headline = text[at].text
    below = next((line for line in text[at + 1 : at + 3] if line.open), None)
    if below is None or not is_headline(headline) or headline.count(" ") < 3:
        return False
    mark = dateline_of(below.text) if is_prose(below.text) else None
    if chrome.stamp_of(below.text) is None and (mark is None or not mark.name):
        return False
    if (
        split_caption(headline) is not None
        or chrome.interface_of(headline)
        or byline_of(headline) is not None
    ):
        return False
    count = 0
    for line in text[at + 1 :]:
        if line is below and mark is None:
            continue
        if chrome.mark_of(line.text) or not is_prose(line.text):
            return False
        count += 1
        if count == _PARAGRAPHS:
            return True
    return False


def _ends_article(text: Sequence[Line], at: int) -> bool:
    """Whether a rule or the writer's name stands right above an index."""
    above = text[at - 1].text
    if _RULE.fullmatch(above):
        return True
    byline = byline_of(above)
    return byline is not None and is_personal(byline, above)
