"""The head of plain text: everything before the first paragraph, and what each line of it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator import dates
from generator.extract import chrome
from generator.extract.address import likeness, words_of
from generator.extract.byline import Byline, byline_of, is_personal
from generator.extract.caption import lone_credit, split_caption
from generator.extract.coherence import pairs
from generator.extract.dateline import dateline_of
from generator.extract.lines import Line, Part, is_headline, is_prose, key

_SITE = re.compile(r"(?P<title>.{12,}?)\s+[|–-]\s+(?P<site>[^|]{2,40})$")
_MATCH = 0.6


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


def read_head(lines: Sequence[Line], slug: tuple[str, ...], sections: Mapping[str, str]) -> Head:
    """Decide the lines before the text, and find the headline among them or just below the first paragraph."""
    head = Head()
    start = _after_chrome(lines, head, slug)
    head.body = _first_prose(lines, start)
    above = [line for line in lines[start : head.body] if line.open]
    _sweep(above, head)
    candidates = _headlines(above, lines[head.body :], slug, sections)
    _choose(head, candidates, above, lines, slug)
    _settle_rest(head, lines[start : head.body], sections)
    _settle_below_sapo(head, lines[head.body + 1 : head.body + 6])
    return head


def _settle_below_sapo(head: Head, below: Sequence[Line]) -> None:
    """Stamps and bylines between the first paragraph, then a sapo, and the text."""
    found: list[Line] = []
    for line in below:
        if not line.open:
            continue
        if is_prose(line.text):
            break
        byline = byline_of(line.text)
        if chrome.stamp_of(line.text) is None and (byline is None or not is_personal(byline, line.text)):
            return
        found.append(line)
    else:
        return
    for line in found:
        stamp = chrome.stamp_of(line.text)
        if stamp is not None:
            line.drop("date stamp")
            head.stamps.append((line, *stamp))
        elif (byline := byline_of(line.text)) is not None:
            line.drop("byline")
            head.bylines.append((line, byline))


def _first_prose(lines: Sequence[Line], start: int) -> int:
    for index in range(start, len(lines)):
        line = lines[index]
        if not line.open or chrome.interface_of(line.text) or chrome.is_motto(line.text):
            continue
        if (is_prose(line.text) or _opens_text(line.text)) and not lone_credit(line.text):
            return index
    return len(lines)


def _opens_text(text: str) -> bool:
    mark = dateline_of(text)
    return mark is not None and bool(mark.name) and text.count(" ") >= 5


def _after_chrome(lines: Sequence[Line], head: Head, slug: tuple[str, ...]) -> int:
    """Index after a page's header that itself reads as text: a widget's headline and description, closed by the
    page's clock, while another stamp follows and nothing above has to do with what follows."""
    stamped = [
        (index, stamp)
        for index, line in enumerate(lines[:14])
        if line.open and (stamp := chrome.stamp_of(line.text))
    ]
    for (index, clock), (later, _) in pairwise(stamped):
        above = [line for line in lines[:index] if line.open]
        below = [line for line in lines[index + 1 :] if line.open and not chrome.stamp_of(line.text)]
        if not any(is_prose(line.text) for line in above) or later - index > 4:
            continue
        if any(is_prose(line.text) for line in lines[index + 1 : later]) or not below:
            continue
        rest = pairs(" ".join(line.text for line in below[:12]))
        first = above[0].text
        if likeness(first, slug) >= _MATCH or any(len(pairs(line.text) & rest) >= 2 for line in above):
            continue
        for line in above:
            line.drop("page header")
        lines[index].drop("page clock")
        head.clocks.append((lines[index], clock[0]))
        return index + 1
    return 0


def _sweep(above: Sequence[Line], head: Head) -> None:
    """Drop what is of the page by its own signs."""
    ticker = False
    for line in above:
        text = line.text
        if (
            text.strip() in ("-", "–", "—", "*", "•")
            or text.endswith((" -", " –"))
            or (text.startswith(("- ", "– ")) and ticker)
        ):
            line.drop("ticker")
            ticker = True
            continue
        if ticker and is_headline(text) and text.count(" ") >= 5:
            line.drop("ticker")
            ticker = False
            continue
        ticker = False
        why = chrome.interface_of(text)
        if why:
            line.drop(why)
        elif chrome.mark_of(text):
            line.drop("menu")
        elif chrome.is_menu(text):
            line.drop("menu")
            head.sites.append(chrome.without_bullet(text))
        elif chrome.is_motto(text):
            line.drop("site motto")


@dataclass(slots=True)
class _Headline:
    line: Line
    place: int
    likeness: float
    twice: bool = False


def _headlines(
    above: Sequence[Line], below: Sequence[Line], slug: tuple[str, ...], sections: Mapping[str, str]
) -> list[_Headline]:
    found: list[_Headline] = []
    by_words: dict[str, _Headline] = {}
    for place, line in enumerate(above):
        if not line.open or chrome.stamp_of(line.text) or chrome.crumbs_of(line.text):
            continue
        like = likeness(line.text, slug)
        same = by_words.get(key(line.text))
        if same is not None:
            same.twice = True
            same.line.drop("headline repeated")
            same.line, same.place = line, place
            continue
        if like < _MATCH and (not is_headline(line.text) or _is_small(line.text, place, found, sections)):
            continue
        by_words[key(line.text)] = headline = _Headline(line, place, like)
        found.append(headline)
    return found


def _is_small(text: str, place: int, found: Sequence[_Headline], sections: Mapping[str, str]) -> bool:
    """Whether a short line is a section, a name or a menu entry rather than a headline."""
    if _section_name(text, sections) or lone_credit(text) is not None:
        return True
    byline = byline_of(text)
    if byline is not None and (byline.sure or bool(found)):
        return True
    return text.count(" ") < 2 or (text.count(" ") == 2 and byline is not None)


def _choose(
    head: Head, found: list[_Headline], above: Sequence[Line], lines: Sequence[Line], slug: tuple[str, ...]
) -> None:
    """The headline: the address's own words decide, else a line printed twice, else the last before the text
    that is not longer than a headline above it (that is a lead without a full stop)."""
    best = max(found, key=lambda one: one.likeness, default=None)
    if best is not None and best.likeness >= _MATCH:
        _take(head, best.line, "headline above the text, as in the address", 0.98)
        return
    if slug and (line := _inner_headline(lines[head.body :], slug)):
        _take(head, line, "headline below the first paragraph, as in the address", 0.9)
        return
    if found:
        one = next((one for one in found if one.twice), None) or _last_headline(found, above)
        _take(
            head,
            one.line,
            "headline above the text, printed twice" if one.twice else "headline above the text",
            0.9,
        )
        if best is not None and slug and best.likeness < 0.2:
            head.doubt = "the line above the text has none of the address's words"
            head.title_confidence = 0.4
        return
    line = _second_headline(lines, head.body)
    if line is not None:
        opening = pairs(lines[head.body].text)
        near = len(pairs(line.text) & opening)
        _take(head, line, "headline below the first paragraph", 0.7 if near else 0.4)
        if not near or (slug and likeness(line.text, slug) < 0.3):
            head.doubt = "it stands below the first paragraph and may be a heading inside the text"


def _last_headline(found: Sequence[_Headline], above: Sequence[Line]) -> _Headline:
    chosen = found[-1]
    for earlier in reversed(found[:-1]):
        between = [line for line in above[earlier.place + 1 : chosen.place] if line.open]
        if between and any(
            not chrome.stamp_of(line.text) and byline_of(line.text) is None for line in between
        ):
            break
        longer = chosen.line.words >= 16 or chosen.line.words > 1.3 * earlier.line.words
        alike = pairs(earlier.line.text) & pairs(chosen.line.text)
        if (longer and earlier.line.words >= 5) or (alike and earlier.line.words >= 6):
            chosen = earlier
        else:
            break
    return chosen


def _inner_headline(below: Sequence[Line], slug: tuple[str, ...]) -> Line | None:
    for line in below[:8]:
        if line.open and is_headline(line.text) and likeness(line.text, slug) >= _MATCH:
            return line
    return None


def _second_headline(lines: Sequence[Line], body: int) -> Line | None:
    """A headline right below the text's first paragraph, where none stands above it."""
    rest = [line for line in lines[body : body + 3] if line.open]
    if len(rest) < 3 or not is_headline(rest[1].text) or rest[1].words < 8:
        return None
    text = rest[1].text
    if split_caption(text) or chrome.interface_of(text) or chrome.picture_label_of(text) or byline_of(text):
        return None
    return rest[1] if is_prose(rest[2].text) else None


def _take(head: Head, line: Line, how: str, confidence: float) -> None:
    match = _SITE.fullmatch(line.text)
    if match and match["site"][:1].isupper() and " | " in line.text and match["title"].count(" ") >= 3:
        head.sites.append(match["site"].strip())
        line.text = match["title"].strip()
    line.part = Part.TITLE
    head.title, head.title_how, head.title_confidence = line, how, confidence


def _settle_rest(head: Head, region: Sequence[Line], sections: Mapping[str, str]) -> None:
    """What the lines around the headline are."""
    place = next((index for index, line in enumerate(region) if line is head.title), None)
    upper = region[:place] if place is not None else ()
    _settle_upper(head, upper, sections, titled=place is not None)
    for line in region[place + 1 :] if place is not None else region:
        if not line.open:
            continue
        stamp = chrome.stamp_of(line.text)
        byline = byline_of(line.text)
        if stamp is not None:
            line.drop("date stamp")
            head.stamps.append((line, *stamp))
        elif name := _section_name(line.text, sections):
            _set_section(head, line, name)
        elif byline is not None:
            line.drop("byline")
            head.bylines.append((line, byline))
        elif (
            lone_credit(line.text) is not None
            or split_caption(line.text)
            or chrome.picture_label_of(line.text) is not None
        ):
            continue  # a picture above the text: the body's finder takes it
        elif line.words >= 8:
            line.part = Part.LEAD
        elif place is None:
            line.drop("menu")
        else:
            line.drop("short line below the headline")


def _settle_upper(head: Head, upper: Sequence[Line], sections: Mapping[str, str], titled: bool) -> None:
    """Lines before the headline: the last short one is the section, the rest is the page's."""
    chrome_below = False
    for line in reversed(upper):
        if not line.open:
            chrome_below = chrome_below or line.why in ("menu", "contact", "site motto", "ticker", "button")
            continue
        stamp = chrome.stamp_of(line.text)
        crumbs = chrome.crumbs_of(line.text)
        if stamp is not None:
            if chrome_below or (head.section is not None and line is upper[0] and len(upper) > 2):
                line.drop("page clock")
                head.clocks.append((line, stamp[0]))
            else:
                line.drop("date stamp")
                head.early_stamps.append((line, *stamp))
        elif crumbs and head.section is None:
            _set_section(head, line, crumbs[-1])
            line.drop("breadcrumb")
        elif head.section is None and (name := _section_name(line.text, sections)):
            _set_section(head, line, name)
        elif head.section is None and titled and line.words <= 4 and line.text[:1].isupper() and not byline_of(line.text) \
                and not any(map(str.isdigit, line.text)):  # fmt: skip
            _set_section(head, line, line.text)
        else:
            chrome_below = True
            line.drop("menu")


def _section_name(text: str, sections: Mapping[str, str]) -> str | None:
    if text.count(" ") > 5:
        return None
    return text if "-".join(words_of(text)) in sections else None


def _set_section(head: Head, line: Line, name: str) -> None:
    if head.section is not None:
        line.drop("menu")
        return
    line.part = Part.SECTION
    head.section, head.section_name = line, name if not name.isupper() or len(name) < 5 else name.capitalize()
