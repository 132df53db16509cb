"""The sapo of plain text: lines of their own above the text, or a first paragraph that only introduces it.

Nothing is lost by a wrong answer, since a sapo is shown above the text; still, where the evidence is thin the first
paragraph stays a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator import dates
from generator.extract.coherence import pairs
from generator.extract.dateline import Dateline, opening_dates, opens_with_date
from generator.extract.head import Head
from generator.extract.language import is_vietnamese
from generator.extract.lead import is_cut, strip_mark
from generator.extract.lines import Line, Part, is_prose, key
from generator.models import Candidate
from generator.text import excerpt

_SIGNS = 16
"""Most signs by which two lines with the same words may differ in length."""
_MARKED_WORDS = 60
_MOST_WORDS = 75
_SAPO_WORDS = 60
_NEAR = 25
"""Characters before a day with which a paragraph opens."""
_SENTENCE = re.compile(r"[.!?…][\"”’)\]]*\s")
_NO_SAPO = re.compile(
    r"[-–\"“‘']|(?:theo|đây|đó|trước đó|sau đó|tuy|nhưng|ngoài ra|đồng thời|bên cạnh|cùng ngày|cụ thể|trong đó|điều này|việc này|như vậy|hiện nay|lúc|khoảng|vào|hôm|sáng|trưa|chiều"
    r"|tối|đêm|rạng sáng|ngày|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|(?:đầu|cuối|giữa) (?:tuần|tháng|năm)|tại|kính|thưa|lời)(?!\w)",
    re.IGNORECASE,
)
"""How a text opens that has no sapo: with somebody's words, with who says so, with when and where."""
_GOES_ON = re.compile(
    r"(?:trước đó|sau đó|tại đây|ở đây|tuy nhiên|nhưng|ngoài ra|đồng thời|bên cạnh đó|cùng ngày|cụ thể|theo đó|trong đó|điều này|việc này|vụ việc|người này|ông này|bà này|nạn nhân|các em|đây là|đó là|do đó"
    r"|vì vậy|như vậy|ngay sau|tiếp đó|cũng theo|cũng trong|trong khi đó|phát biểu|dự|tham dự|cùng dự)(?!\w)",
    re.IGNORECASE,
)
"""How a paragraph opens that goes on with the one above it."""


def find_sapo(
    text: Sequence[Line], lines: Sequence[Line], head: Head, mark: Dateline | None
) -> Candidate[str] | None:
    """The sapo of a text whose lines are settled, its line marked as the lead; None where nothing speaks for one.

    `text` are the lines from the first paragraph on, `lines` all of them, `mark` the publisher's mark of the text.
    """
    paragraphs = [line for line in text if line.part is Part.PARAGRAPH]
    above = [line for line in lines if line.part is Part.LEAD]
    words = " ".join(line.text for line in above)
    if above and paragraphs and is_cut(words, paragraphs[0].text):
        for line in above:
            line.drop("first paragraph, cut off")
    elif above:
        _drop_again(words, paragraphs)
        return Candidate(words, "lines above the text", excerpt(above[0].text), 0.8)
    kept = next((line for line in text if line.part in _KEPT), None)
    if len(paragraphs) < 2 or kept is not paragraphs[0]:
        return None
    first, second = paragraphs[:2]
    if first.text.startswith(("- ", "– ")) and second.text[:1] not in "-–" and first.text[-1:] == ".":
        first.text = first.text[2:].lstrip()  # a paper's own sign before its sapo
    between = text[text.index(first) : text.index(second)]
    how, confidence = _by_place(first, between, head, mark)
    if not how and confidence:
        how, confidence = _by_words(first.text, second.text, len(paragraphs), head, mark)
    if not how:
        return None
    first.part = Part.LEAD
    _drop_again(first.text, paragraphs[1:])
    return Candidate(first.text, how, excerpt(first.text), confidence)


_KEPT = frozenset({Part.PARAGRAPH, Part.TITLE, Part.HEADING, Part.LIST})


def _by_place(first: Line, between: Sequence[Line], head: Head, mark: Dateline | None) -> tuple[str, float]:
    """What shows by its place that a first paragraph is a sapo; a confidence of 0 where it cannot be one."""
    if head.title is not None and any(line is head.title for line in between):
        return "paragraph above the headline", 0.75
    if not is_prose(first.text) or first.words > _MOST_WORDS or (mark is not None and mark.place):
        return "", 0.0
    if any(line.why in ("byline", "date stamp") for line in between):
        return "paragraph above the byline", 0.75
    return "", 0.5


def _by_words(
    first: str, second: str, paragraphs: int, head: Head, mark: Dateline | None
) -> tuple[str, float]:
    """What shows by its words that a first paragraph is a sapo."""
    if opens_with_date(first):
        anew = _opens_on_same_day(first, second)
        return (
            ("first paragraph; the text after it opens with the same day anew", 0.65) if anew else ("", 0.0)
        )
    if _goes_on(first):
        return "", 0.0
    if opens_with_date(second) and not any(dates.find_dates(first)):
        return "first paragraph; the text after it opens with the day", 0.75
    if paragraphs < 3:
        return "", 0.0
    if mark is not None and mark.name and first.count(" ") < _MARKED_WORDS and not _goes_on(second):
        return "first paragraph, with the publisher's mark", 0.75
    if head.title is not None and not head.doubt and _sums_up(first, second):
        return "first paragraph below the headline, which sums up; the text begins anew", 0.6
    return "", 0.0


def _drop_again(sapo: str, paragraphs: Sequence[Line]) -> None:
    """Drop the paragraphs that only say the sapo again."""
    for line in paragraphs:
        near = abs(len(line.text) - len(sapo)) <= _SIGNS
        if near and key(sapo) in (key(line.text), key(strip_mark(line.text))):
            line.drop("sapo repeated")


def _sums_up(first: str, second: str) -> bool:
    """Whether a Vietnamese text's first paragraph is a sapo by its form: short, without a day or an hour, neither
    somebody's words nor an attribution, while the second does not go on with it but begins anew."""
    return (
        first.count(" ") < _SAPO_WORDS
        and len(_SENTENCE.findall(first)) <= 2
        and first[-1:] in ".…"
        and not _NO_SAPO.match(first)
        and not _goes_on(second)
        and is_vietnamese(first)
        and not any(reading.day is not None for reading in dates.find_dates(first))
    )


def _opens_on_same_day(first: str, second: str) -> bool:
    """Whether two paragraphs both open with the same day and speak of the same thing: the second tells anew what the
    first summed up. A text that goes on says `Cùng ngày`."""
    one, two = (next(iter(opening_dates(text)), None) for text in (first, second))
    if one is None or two is None or one.day is None or first.count(" ") >= _SAPO_WORDS:
        return False
    near = one.start <= _NEAR and two.start <= _NEAR
    return near and (one.day, one.month) == (two.day, two.month) and len(pairs(first) & pairs(second)) >= 2


def _goes_on(text: str) -> bool:
    """Whether a paragraph's first words refer to what stands above it (`Trước đó`, `Đây là`): it opens no text."""
    return _GOES_ON.match(text) is not None
