"""The head of plain text: everything before the first paragraph, and what each line of it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator import dates
from generator.extract import chrome, stamp
from generator.extract.address import likeness
from generator.extract.byline import Byline, byline_of, desk_byline, is_personal, placed_byline
from generator.extract.caption import bare_credit, lone_credit, split_caption
from generator.extract.coherence import pairs
from generator.extract.dateline import dateline_of, opens_with_date
from generator.extract.head_lines import (
    drop_block,
    is_second_line,
    is_section,
    is_short,
    is_teaser,
    says_names_follow,
)
from generator.extract.headline import MATCH, Choice, choose_headline, opening_pairs, section_name
from generator.extract.lines import Line, Part, is_headline, is_prose, key
from generator.extract.verse import find_verse

_SITE = re.compile(r"(?P<title>.{12,}?)\s+[|–-]\s+(?P<site>[^|]{2,40})$")
_STAMP = 90
"""Characters of the longest stamp or heading of a related block."""
_CAPTION = 30
_SENTENCE = 15
"""Most words of a headline that ends with a full stop; a lead is longer."""


@dataclass(slots=True)
class Head:
    """The head's lines by the part they play."""

    title: Line | None = None
    title_how: str = ""
    title_confidence: float = 0.0
    doubt: str = ""
    """Why the line chosen may not be the title."""
    section: Line | None = None
    section_name: str = ""
    bylines: list[tuple[Line, Byline]] = field(default_factory=list)
    stamps: list[tuple[Line, dates.Reading, bool]] = field(default_factory=list)
    """Dates between the title and the text: line, date, whether it says `updated`."""
    early_stamps: list[tuple[Line, dates.Reading, bool]] = field(default_factory=list)
    """Dates before the title with nothing of the page in between."""
    clocks: list[tuple[Line, dates.Reading]] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    """Names that menu entries with a bullet and headlines' suffixes give."""
    body: int = 0
    """Index of the first line of the text."""
    verse: bool = False
    """The text is verse: short lines that are neither headings nor other articles' headlines."""


def read_head(lines: Sequence[Line], slug: tuple[str, ...], sections: Mapping[str, str]) -> Head:
    """Decide the lines before the text, and find the headline among them or just below the first paragraph."""
    head = Head()
    start = _after_chrome(lines, head, slug)
    head.body = _first_prose(lines, start)
    titled, verse = find_verse(lines)
    if verse >= 0:
        head.verse, head.body = True, verse
    above = [line for line in lines[start : head.body] if line.open]
    drop_block(above, lines[head.body :])
    _sweep(above, head)
    if titled >= 0:
        _take(head, Choice(lines[titled], "line in capitals above the verse", 0.8))
    elif (line := _sentence_headline(lines, head.body, above)) is not None:
        above.append(line)
        head.body = _first_prose(lines, head.body + 1)
        _take(head, Choice(line, "sentence above the stamp", 0.7))
    elif choice := choose_headline(above, lines[head.body :], slug, sections):
        _take(head, choice)
    _settle_rest(head, lines[start : head.body], sections, lines[head.body :])
    _settle_below_sapo(head, lines[head.body + 1 : head.body + 6])
    _demote_early(head)
    _settle_below_picture(head, lines[max(0, head.body - 2) : head.body], lines[head.body : head.body + 8])
    return head


def _demote_early(head: Head) -> None:
    """A weekday and a date above the headline are the page's clock where a labelled stamp stands below it."""
    if any(stamp.is_labelled(line.text) for line, _, _ in head.stamps):
        for entry in [
            one for one in head.early_stamps if one[1].weekday and not stamp.is_labelled(one[0].text)
        ]:
            head.early_stamps.remove(entry)
            entry[0].why = "page clock"
            head.clocks.append(entry[:2])


def _settle_below_sapo(head: Head, below: Sequence[Line]) -> None:
    """Stamps and bylines between the first paragraph, then a sapo, and the text."""
    found: list[Line] = []
    rows = [
        line
        for line in below
        if line.open and (chrome.stamp_of(line.text) or not chrome.interface_of(line.text))
    ]
    for place, line in enumerate(rows):
        if chrome.mark_of(line.text):
            return
        if split_caption(line.text) is not None or lone_credit(line.text) is not None:
            if not found:
                return
            continue
        if is_prose(line.text):
            break
        byline = byline_of(line.text)
        meets = any(chrome.stamp_of(other.text) for other in rows[place : place + 2])
        if not meets and (byline is None or not is_personal(byline, line.text)):
            return
        if chrome.stamp_of(line.text) is None and (byline is None or not byline.names):
            return
        found.append(line)
    else:
        return
    for line in found:
        dated = chrome.stamp_of(line.text)
        if dated is not None:
            line.drop("date stamp")
            head.stamps.append((line, *dated))
        elif (byline := byline_of(line.text)) is not None:
            line.drop("byline")
            head.bylines.append((line, byline))


def _settle_below_picture(head: Head, above: Sequence[Line], below: Sequence[Line]) -> None:
    """A picture above the text: its caption below or above its credit, then the stamp and the section, then the text."""
    rows = [line for line in below if line.open and not chrome.interface_of(line.text)]
    stop = next((place for place, line in enumerate(rows) if place and is_prose(line.text)), 0)
    if stop < 2 or rows[0].words > _CAPTION:
        return
    credit_lines = [line for line in (*above, rows[1]) if line.open and lone_credit(line.text) is not None]
    rest = [line for line in rows[1:stop] if line not in credit_lines]
    dated = chrome.stamp_of(rest[0].text) if rest else None
    if not credit_lines or dated is None or len(rest) > 2 or any(line.words > 4 for line in rest[1:]):
        return
    rows[0].part, rows[0].credit = Part.CAPTION, lone_credit(credit_lines[0].text) or ""
    credit_lines[0].drop("picture credit")
    rest[0].drop("date stamp")
    head.stamps.append((rest[0], *dated))
    for line in rest[1:]:
        _set_section(head, line, line.text)


def _first_prose(lines: Sequence[Line], start: int) -> int:
    for index in range(start, len(lines)):
        line = lines[index]
        if not line.open or not (is_prose(line.text) or _opens_text(line.text)) or lone_credit(line.text):
            continue
        if not chrome.interface_of(line.text) and not chrome.is_motto(line.text):
            return index
    return len(lines)


def _opens_text(text: str) -> bool:
    mark = dateline_of(text)
    return mark is not None and bool(mark.name) and text.count(" ") >= 5


def _after_chrome(lines: Sequence[Line], head: Head, slug: tuple[str, ...]) -> int:
    """Index after a page's header that itself reads as text: a widget's headline and description, closed by the
    page's clock, while another stamp and the text follow and nothing above has to do with them."""
    stamped: list[int] = []
    for index, line in enumerate(lines[:14]):
        if not line.open or len(line.text) > _STAMP:
            continue
        if chrome.mark_of(line.text):
            break
        if chrome.stamp_of(line.text) is not None:
            stamped.append(index)
            if len(stamped) == 2:
                break
    if len(stamped) < 2 or stamped[1] - stamped[0] > 4:
        return 0
    first, second = stamped
    clock = chrome.stamp_of(lines[first].text)
    if (
        clock is None
        or not (clock[0].hour is not None or clock[0].weekday)
        or any(stamp.is_labelled(lines[at].text) for at in stamped)
    ):
        return 0
    above = [line for line in lines[:first] if line.open]
    if not any(is_prose(line.text) for line in above):
        return 0
    if any(is_prose(line.text) for line in lines[first + 1 : second]):
        return 0
    below = [line for line in lines[first + 1 :] if line.open and not chrome.stamp_of(line.text)]
    if not any(is_prose(line.text) for line in lines[second + 1 :] if line.open):
        return 0
    rest = pairs(" ".join(line.text for line in below[:12]))
    if likeness(above[0].text, slug) >= MATCH or any(len(pairs(line.text) & rest) >= 2 for line in above):
        return 0
    for line in above:
        line.drop("page header")
    lines[first].drop("page clock")
    head.clocks.append((lines[first], clock[0]))
    return first + 1


def _sweep(above: Sequence[Line], head: Head) -> None:
    """Drop what is of the page by its own signs."""
    ticker = False
    for line in above:
        text = line.text
        if (
            text.strip() in ("-", "–", "—", "*", "•")
            or (text.endswith((" -", " –")) and chrome.stamp_of(text) is None)
            or (text.startswith(("- ", "– ")) and ticker)
        ):
            line.drop("ticker")
            ticker = True
            continue
        if ticker and is_headline(text) and text.count(" ") >= 5 and split_caption(text) is None:
            line.drop("ticker")
            ticker = False
            continue
        ticker = False
        why = chrome.interface_of(text)
        if why:
            line.drop(why)
        elif chrome.mark_of(text):
            line.drop("menu")
        elif chrome.is_site_name(text):
            line.drop("site name")
            head.sites.append(text)
        elif chrome.is_menu(text):
            line.drop("menu")
            head.sites.append(chrome.without_bullet(text))
        elif chrome.is_motto(text):
            line.drop("site motto")


def _sentence_headline(lines: Sequence[Line], body: int, above: Sequence[Line]) -> Line | None:
    """A headline that ends with a full stop: one short sentence, the stamp right below it, nothing above."""
    if body + 2 >= len(lines) or any(
        line.open and line.words >= 3 and not chrome.stamp_of(line.text) for line in above
    ):
        return None
    line, below = lines[body], lines[body + 1]
    if (
        line.words > _SENTENCE
        or chrome.stamp_of(below.text) is None
        or not below.open
        or dateline_of(line.text)
    ):
        return None
    if any(chrome.stamp_of(other.text) for other in above if other.open) or opens_with_date(line.text):
        return None
    return (
        line
        if line.text.count(".") == 1 and any(is_prose(other.text) for other in lines[body + 2 : body + 5])
        else None
    )


def _take(head: Head, choice: Choice) -> None:
    line = choice.line
    match = _SITE.fullmatch(line.text)
    if match and match["site"][:1].isupper() and " | " in line.text and match["title"].count(" ") >= 3:
        head.sites.append(match["site"].strip())
        line.text, line.rest = match["title"].strip(), match["site"].strip()
    line.part = Part.TITLE
    head.title, head.title_how, head.title_confidence = line, choice.how, choice.confidence
    head.doubt = choice.doubt


def _settle_rest(
    head: Head, region: Sequence[Line], sections: Mapping[str, str], text: Sequence[Line]
) -> None:
    """What the lines around the headline are."""
    place = next((index for index, line in enumerate(region) if line is head.title), None)
    upper = region[:place] if place is not None else ()
    _settle_upper(head, upper, sections, titled=place is not None)
    previous: Line | None = None
    for line in region[place + 1 :] if place is not None else region:
        if not line.open:
            continue
        dated = chrome.stamp_of(line.text)
        teaser, previous = previous, line
        if dated is not None and stamp.is_bare(line.text) and is_teaser(teaser, head.title, text):
            line.drop("teaser's section and date")
        elif dated is not None:
            _set_stamp(head, line, dated, () if place is not None else region)
        elif teaser is None and head.title is not None and is_second_line(line, head.title, text):
            head.title.text, line.part = f"{head.title.text} {line.text}", Part.TITLE
        elif name := chrome.section_line_of(line.text) or section_name(line.text, sections):
            _set_section(head, line, name)
        elif teaser is not None and teaser.glued and teaser.why == "date stamp" and is_section(line):
            _set_section(head, line, line.text)
        elif lone_credit(line.text) is None and _take_byline(head, line, teaser, text):
            pass
        elif (
            lone_credit(line.text) is not None
            or split_caption(line.text)
            or bare_credit(line.text)
            or chrome.picture_label_of(line.text) is not None
        ):
            continue  # a picture above the text: the body's finder takes it
        elif line.words >= 8:
            line.part = Part.LEAD
        elif place is None:
            line.drop("menu")
        else:
            line.drop("short line below the headline")


def _set_stamp(head: Head, line: Line, dated: tuple[dates.Reading, bool], page: Sequence[Line]) -> None:
    """A stamp; without a headline, one that stands above the menu of the `page` is its clock."""
    below = page[page.index(line) + 1 :] if page and not stamp.is_labelled(line.text) else ()
    if any(other.why in ("menu", "contact", "site motto") for other in below):
        line.drop("page clock")
        head.clocks.append((line, dated[0]))
    else:
        line.drop("date stamp")
        head.stamps.append((line, *dated))


def _take_byline(head: Head, line: Line, above: Line | None, text: Sequence[Line]) -> bool:
    """Whether a line names the writers, alone, behind a section, or below the stamp with their town; then it is a byline.
    A place of which the text speaks (`Addis Ababa, Ethiopia`) is none."""
    byline = byline_of(line.text)
    if byline is None and (desk := desk_byline(line.text)) is not None:
        _set_section(head, line, desk[0])
        byline = desk[1]
    if byline is None and above is not None and above.why == "date stamp":
        byline = placed_byline(line.text)
        if byline is not None and pairs(byline.names[0]) & opening_pairs(text):
            byline = None
    if byline is None:
        return False
    line.drop("byline")
    head.bylines.append((line, byline))
    return True


def _settle_upper(head: Head, upper: Sequence[Line], sections: Mapping[str, str], titled: bool) -> None:
    """Lines before the headline: the last short one is the section, the rest is the page's."""
    chrome_below = False
    named = any(line.why == "site name" for line in upper)
    beside = [line for before, line in pairwise(upper) if before.why == "contact"]
    for line in reversed(upper):
        if not line.open:
            chrome_below = chrome_below or line.why in ("menu", "contact", "site motto", "ticker", "button")
            continue
        dated = chrome.stamp_of(line.text)
        crumbs = chrome.crumbs_of(line.text)
        if dated is not None:
            if (
                chrome_below
                or (
                    ((named and not line.glued) or (dated[0].weekday and line in beside))
                    and not stamp.is_labelled(line.text)
                )
                or (head.section is not None and line is upper[0] and len(upper) > 2)
            ):
                line.drop("page clock")
                head.clocks.append((line, dated[0]))
            else:
                line.drop("date stamp")
                head.early_stamps.append((line, *dated))
        elif crumbs and head.section is None:
            _set_section(head, line, crumbs[-1])
            line.drop("breadcrumb")
        elif head.section is None and (
            name := chrome.section_line_of(line.text) or section_name(line.text, sections)
        ):
            _set_section(head, line, name)
        elif (byline := byline_of(line.text)) is not None and byline.names and says_names_follow(line.text):
            line.drop("byline")
            head.bylines.append((line, byline))
        elif head.section is None and titled and is_short(line.text) and line.text[:1].isupper() and byline is None \
                and ":" not in line.text and not any(map(str.isdigit, line.text)):  # fmt: skip
            _set_section(head, line, line.text)
        else:
            chrome_below = True
            line.drop("menu")


def _set_section(head: Head, line: Line, name: str) -> None:
    if head.section is not None:
        line.drop("menu")
        return
    line.part = Part.SECTION
    line.rest = line.text if key(name) != key(line.text) else ""
    head.section, head.section_name = line, name if not name.isupper() or len(name) < 5 else name.capitalize()
