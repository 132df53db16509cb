"""What scrapers leave of pictures besides a caption with its credit: labels, captions printed twice, captions glued
to the text after them, captions that only their own words or their place show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.extract import chrome
from generator.extract.address import words_of
from generator.extract.body import set_caption
from generator.extract.caption import lone_credit, shows_person, shows_scene, split_caption, tells_moment
from generator.extract.dateline import dateline_of, opens_with_date
from generator.extract.lines import Line, Part, is_headline, is_prose

# A pattern that begins with a set of characters is searched for many times faster than one with alternatives.
_LABEL_HINT = re.compile(
    r"[0-9](?:(?<=[ảẢ]nh .)|(?<=[hH]ình .)|(?<=[pP]hoto .)|(?<=[iI]mage .))\d{0,2}(?:\W{0,2} \S|[A-ZÀ-ỸĐ])"
)
_GLUED_LABEL = re.compile(
    r"(?P<title>\S.{8,250}?)(?P<dash> ?[-–])? (?:ảnh|hình|photo|image) \d{1,3}(?:\s?[.:]?\s(?=[\w“\"(])|(?=[^\W\d_]))",
    re.IGNORECASE,
)
_GLUED_CREDIT = re.compile(
    r"\((?:Photo|Ảnh|Source|Nguồn)\s?[:：][^()]{1,60}\)[.]?(?P<space>\s?)(?=[A-ZÀ-ỸĐ])"
)
_CREDIT_SIGNS = ("(Photo", "(Ảnh", "(Nguồn", "(Source")
_BARE_NUMBER = re.compile(r"\s?-\s?(?:hinh|anh|photo|image)[ -]?\d{1,3}$", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?: [a-z0-9]+){3}")
_SMALL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_CAPTION_WORDS = 45
_COPIED = 12
"""Characters of the shortest line that is looked for twice."""
_CREDIT = 90
"""Characters of the longest line that is nothing but a credit."""
_LONGEST = 400
"""Characters of the longest caption without a credit."""
_NO_CAPTION = frozenset('-–•+*"“‘')
_TITLES = 30
"""Most headlines of which the words without marks are looked for."""
_SHORT = 16
"""Most words of a caption that only its place shows."""
_USUAL = 25
"""Words of the text's middle paragraph from which on a far shorter one stands out."""


def split_pictures(lines: list[Line], text: str) -> list[Line]:
    """The lines of a text, with a picture's label apart from the caption, and a caption apart from the text after it."""
    if _LABEL_HINT.search(text) is None and not any(sign in text for sign in _CREDIT_SIGNS):
        return lines
    pieces: list[Line] = []
    for line in lines:
        place = _glued_at(line, lines) if line.open else 0
        if place:
            pieces += [
                Line(line.text[:place].strip(), gap=line.gap, glued=True),
                Line(line.text[place:].strip()),
            ]
        else:
            pieces.append(line)
    return pieces


def _glued_at(line: Line, lines: Sequence[Line]) -> int:
    """Where a line is to be cut; 0 for nowhere."""
    text = line.text
    if _LABEL_HINT.search(text, 0, 300) and (match := _GLUED_LABEL.match(text)):
        # Without the dash, the words before the label must be a headline that stands elsewhere.
        title = match["title"].strip()
        if match["dash"] or any(other.text == title for other in lines[:_TITLES]):
            return match.end()
    if "(" in text:
        for match in _GLUED_CREDIT.finditer(text, 0, 900):
            if not match["space"] or dateline_of(text[match.end() :]) is not None:
                return match.end()
    return 0


def settle_repeats(lines: Sequence[Line]) -> None:
    """A line printed two or three times in a row: a caption, since scrapers print a picture's hidden words as well;
    of the text's first paragraph the copy is left out. Headlines printed twice are others' business."""
    rows = [line for line in lines if line.open]
    if any(line.text[:1] in _SMALL for line in rows):
        _drop_slugs(rows)
    _drop_bare_labels(rows)
    if len({line.text[:_COPIED] for line in rows}) == len(rows):
        return  # no two begin alike
    below_caption = False
    seen_prose = False
    place = 0
    while place < len(rows):
        line = rows[place]
        stop, credit = _end_of_repeats(rows, place)
        if stop == place + 1:
            seen_prose = seen_prose or is_prose(line.text)
            below_caption = False
            place = stop
            continue
        caption = split_caption(line.text)
        sentence = line.words <= _CAPTION_WORDS and (
            line.text.endswith((".", ".”", '."')) or (seen_prose and _is_scene(line, rows[stop : stop + 2]))
        )
        if caption is None and not credit and not (sentence or below_caption):
            place = stop
            continue
        if caption is None and not credit and not seen_prose:
            _drop(rows[place + 1 : stop], "paragraph repeated")
            seen_prose = True
        else:
            set_caption(line, caption or (line.text, credit))
            _drop(rows[place + 1 : stop], "caption repeated")
            below_caption = True
        place = stop


def _is_scene(line: Line, below: Sequence[Line]) -> bool:
    """Whether a line printed twice is a picture's though it ends as a headline does: by what it shows, or since the
    text goes on below it, as it does not below a list's headline and its blurb."""
    if chrome.mark_of(line.text) or not is_headline(line.text):
        return False
    return shows_scene(line.text) or (
        len(below) == 2 and all(is_prose(other.text) and dateline_of(other.text) is None for other in below)
    )


def _end_of_repeats(rows: Sequence[Line], at: int) -> tuple[int, str]:
    """(Index after the last copy of a line, the credit that stands between the copies)."""
    text = rows[at].text
    stop, credit = at + 1, ""
    if len(text) < _COPIED or stop >= len(rows):
        return stop, credit
    between = rows[stop].text
    if text[:_COPIED] != between[:_COPIED] and len(between) > _CREDIT:
        return stop, credit
    if len(between) <= _CREDIT and stop + 1 < len(rows) and rows[stop + 1].text == text:
        credit = lone_credit(between) or ""
        if credit:
            rows[stop].drop("picture credit")
            return stop + 2, credit
    while stop < len(rows) and _is_copy(rows[stop].text, text):
        stop += 1
    return stop, credit


def _is_copy(text: str, other: str) -> bool:
    """Whether two lines are the same; captions may differ in their credits."""
    if text == other:
        return True
    if text[:_COPIED] != other[:_COPIED] or abs(len(text) - len(other)) > 60:
        return False
    one, two = split_caption(text), split_caption(other)
    return one is not None and two is not None and one[0] == two[0]


def _drop(lines: Sequence[Line], why: str) -> None:
    for line in lines:
        if line.open:
            line.drop(why)


def _drop_slugs(rows: Sequence[Line]) -> None:
    """Drop lines that begin with a headline's words without marks, as content systems name their pictures: alone a
    picture's label, before another headline a teaser."""
    titles: list[tuple[str, ...]] | None = None
    for line in rows:
        if line.text[:1] not in _SMALL or not line.open or line.words > 70 or not _SLUG.match(line.text):
            continue
        if titles is None:
            heads = [
                row.text for row in rows[:_TITLES] if is_headline(row.text) and not _SLUG.match(row.text)
            ]
            titles = [words_of(text) for text in heads]
        own = words_of(line.text)
        plain = _plain_words(line.text)
        half = len(own) // 2
        if len(own) >= 8 and plain >= half and own[:half] == own[half:]:
            line.drop("teaser")
            continue
        for title in titles:
            if 4 <= len(title) <= plain and own[: len(title)] == title:
                line.drop("picture label" if len(own) == len(title) else "teaser")
                break


def _drop_bare_labels(rows: Sequence[Line]) -> None:
    """Drop lines that are a headline's words without marks, perhaps with a number behind them (`Cau moi-Hinh-2`):
    content systems print them in a picture's place."""
    plain = [line for line in rows if line.text.isascii() and line.open and 4 <= line.words <= 40]
    if not plain or len(plain) > len(rows) // 2:
        return  # an English text
    titles = {
        words_of(row.text) for row in rows[:_TITLES] if not row.text.isascii() and is_headline(row.text)
    }
    for line in plain:
        if words_of(_BARE_NUMBER.sub("", line.text)) in titles:
            line.drop("picture label")


def _plain_words(text: str) -> int:
    """How many words at a text's beginning are small letters without marks."""
    count = 0
    for word in text.split():
        if not word.isascii() or (not word.islower() and not word.isdigit()):
            break
        count += 1
    return count


def titles_of_labels(lines: Sequence[Line]) -> tuple[str, ...]:
    """What the pictures' labels call the article, each once: scrapers label a picture with the headline."""
    labels = [
        label.strip()
        for line in lines
        if line.why == "picture label" and (label := chrome.picture_label_of(line.text)) is not None
    ]
    return tuple(dict.fromkeys(label for label in labels if is_headline(label) and label.count(" ") >= 3))


def find_uncredited(lines: Sequence[Line], title: Line | None) -> None:
    """Mark captions without a credit: those whose words are a picture's, and short ones that say what one sees
    between paragraphs much longer than they are. Never the text's first line or its last."""
    rows = [line for line in lines if line.open or line.part in (Part.CAPTION, Part.LEAD)]
    usual = -1
    for place in range(1, len(rows) - 1):
        line = rows[place]
        text = line.text
        if not line.open or len(text) > _LONGEST or line.words > _CAPTION_WORDS or text[:1] in _NO_CAPTION:
            continue
        if shows_scene(text) or shows_person(text):
            again = title is not None and text == title.text
            if not again and not opens_with_date(text):
                line.part = Part.CAPTION
        elif (
            line.words <= _SHORT
            and _is_text(rows[place - 1])
            and _is_text(rows[place + 1])
            and tells_moment(text)
        ):
            usual = _usual_length(rows) if usual < 0 else usual
            if usual >= _USUAL and line.words <= usual // 2:
                line.part = Part.CAPTION


def _usual_length(rows: Sequence[Line]) -> int:
    """The middle length of the paragraphs, in words; 0 where they are fewer than three."""
    lengths = sorted(line.words for line in rows if line.open and is_prose(line.text))
    return lengths[len(lengths) // 2] if len(lengths) >= 3 else 0


def _is_text(line: Line) -> bool:
    return line.part in (Part.CAPTION, Part.LEAD) or is_prose(line.text)
