"""Lines of a text's head: what one is by its own words and by the lines beside it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract import chrome, stamp
from generator.extract.byline import byline_of
from generator.extract.coherence import pairs
from generator.extract.headline import opening_pairs
from generator.extract.lines import Line, is_headline


def drop_block(above: Sequence[Line], below: Sequence[Line]) -> None:
    """Drop a related block between the headline and the text: its heading, its headlines, their dates."""
    place = next((at for at, line in enumerate(above) if line.open and chrome.mark_of(line.text)), None)
    if place is None:
        return
    upper = [
        line
        for line in above[:place]
        if line.open
        and is_headline(line.text)
        and line.words >= 5
        and not chrome.interface_of(line.text)
        and chrome.stamp_of(line.text) is None
    ]
    lower = [line for line in above[place + 1 :] if line.open and is_headline(line.text)]
    if not upper or not lower:
        return
    opening = opening_pairs(below)
    best = max(len(pairs(line.text) & opening) for line in upper)
    stamped = any(chrome.stamp_of(line.text) for line in above[:place])
    if max(len(pairs(line.text) & opening) for line in lower) > best or not (best or stamped):
        return
    for line in above[place:]:
        if line.open and (stamp.is_bare(line.text) or chrome.stamp_of(line.text) is None):
            line.drop("related block" if chrome.mark_of(line.text) else "teaser")


def is_second_line(line: Line, title: Line, text: Sequence[Line]) -> bool:
    """Whether a headline in capitals goes on in the next line: it is long, or the text has its words; a writer's name
    in capitals is neither."""
    if line.gap or not (line.text.isupper() and title.text.isupper()) or any(map(str.isdigit, line.text)):
        return False
    if not is_headline(line.text) or title.words < 3 or chrome.section_line_of(line.text):
        return False
    byline = byline_of(line.text)
    if byline is None:
        return line.words > 4
    return not byline.sure and pairs(line.text) <= opening_pairs(text)


def is_section(line: Line) -> bool:
    """Whether the words behind a stamp are a section's: few, beginning with a capital only (`Dinh dưỡng`)."""
    text = line.text
    return line.words <= 4 and text[:1].isupper() and text[1:].islower() and text.replace(" ", "").isalpha()


def is_teaser(line: Line | None, title: Line | None, text: Sequence[Line]) -> bool:
    """Whether a line between the headline and the text is another article's headline: it shares no word with
    either."""
    if line is None or title is None or not is_headline(line.text) or line.words < 4 or byline_of(line.text):
        return False
    own = pairs(line.text)
    opening = opening_pairs(text)
    return bool(pairs(title.text) & opening) and not own & opening and not own & pairs(title.text)


def is_short(text: str) -> bool:
    """Whether a line has at most four words, a dash between them not counted: `Nghiên cứu - Trao đổi`."""
    return text.replace(" - ", " ").count(" ") < 4


def says_names_follow(text: str) -> bool:
    """Whether a line says that names follow (`By …`, `Tác giả: …`); `Tin Biển Đảo` is a section."""
    return ":" in text or text[:3].lower() == "by "
