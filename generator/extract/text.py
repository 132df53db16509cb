"""Plain text as scraped or pasted → findings: every line is given a part, and what it says is reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator import dates
from generator.extract import body, chrome, picture, related, stamp
from generator.extract.address import Address, likeness, parse_address, section_names
from generator.extract.articles import find_second_article
from generator.extract.byline import Byline, byline_of
from generator.extract.caption import lone_credit
from generator.extract.dateline import dateline_of, lone_mark
from generator.extract.findings import Findings
from generator.extract.head import Head, read_head
from generator.extract.headline import MATCH
from generator.extract.lines import Line, Part, is_headline, split_lines, split_stamps
from generator.extract.origin import copyright_holder
from generator.extract.sapo import find_sapo
from generator.extract.source import likely_source
from generator.models import Candidate, ClueKind, DateClue, RawItem
from generator.settings import Settings
from generator.text import excerpt

_HEAD = 16
"""Among so many first lines a page's breadcrumb stands."""
_TEASER = 0.65
"""What a stamp is worth that may be another article's."""


def find(item: RawItem, settings: Settings) -> Findings:
    """What a plain text says of its article's fields."""
    address = parse_address(item.url)
    own_sections, own_marks, own_names = own_words(settings, item, address.domain)
    lines = picture.split_pictures(split_stamps(_split_trail(split_lines(item.text))), item.text)
    picture.settle_repeats(lines)
    head = read_head(lines, address.slug, section_names(own_sections))
    text = lines[head.body :]
    second = find_second_article(text)
    text, other = (text[:second], text[second:]) if second else (text, [])
    related.drop_related(text, head.title, own_marks, head.verse)
    body.drop_interface(text)
    related.drop_trailing_pairs(text, head.title)
    body.find_captions([*lines[: head.body], *text], head.title)
    mark = body.split_dateline(text, own_names)
    tail = body.read_tail(text)
    if not head.verse:
        related.drop_trailing_headlines(text)
    picture.find_uncredited(text, head.title)
    body.settle(text, head.title, head.verse)
    above = [*lines[: head.body]]
    for line in above:
        if line.open:
            line.drop("menu")
    findings = Findings()
    if other:
        findings.incomplete = f"it has two articles: another one begins at “{excerpt(other[0].text)}”; give each a file of its own"
        _settle_other(other, own_marks)
    lines = [*_split_marks([*above, *text], text), *other]
    _report_title(findings, head, lines, address.slug)
    _report_dates(findings, lines, head, tail.stamps)
    _report_sources(findings, lines, head, mark.name if mark else "", [*head.bylines, *tail.bylines])
    for line in lines[: head.body]:
        if line.part is Part.DROPPED and (name := lone_mark(line.text, own_names)):
            findings.sources.append(Candidate(name, "dateline", line.text, 0.8))
    _report_authors(findings, head.bylines, tail.bylines)
    if head.section is not None:
        findings.sections.append(
            Candidate(head.section_name, "line above the headline", head.section.text, 0.8)
        )
    if (sapo := find_sapo(text, lines, head, mark)) is not None:
        findings.leads.append(sapo)
    findings.body = body.blocks_of(lines)
    findings.dropped = list(_dropped(lines, head))
    return findings


def _settle_other(lines: list[Line], own_marks: frozenset[str]) -> None:
    """Settle the lines of a second article, which stays with the first until an editor parts them; it says nothing of
    the first one's fields."""
    related.drop_related(lines, lines[0], own_marks)
    body.drop_interface(lines)
    for line in lines[1:3]:
        if line.open and chrome.stamp_of(line.text) is not None:
            line.drop("date stamp of another article")
    body.find_captions(lines, lines[0])
    body.read_tail(lines)
    lines[0].part = Part.HEADING
    body.settle(lines, None)


def _split_trail(lines: list[Line]) -> list[Line]:
    """The lines, with a breadcrumb that ends in the headline as two of them."""
    for place, line in enumerate(lines[:_HEAD]):
        if line.text[:1] in "THth" and (parts := chrome.trail_of(line.text)) is not None:
            pieces = (Line(parts[0], gap=line.gap), Line(parts[1]))
            return [*lines[:place], *pieces, *lines[place + 1 :]]
    return lines


def _split_marks(lines: Sequence[Line], text: list[Line]) -> list[Line]:
    """The lines, with the marks that still open the sapo or the first paragraph as dropped lines of their own."""
    first = next((line for line in text if line.part is Part.PARAGRAPH), None)
    pieces: list[Line] = []
    for line in lines:
        mark = dateline_of(line.text) if line is first or line.part is Part.LEAD else None
        if mark is not None and (mark.name or line.part is Part.LEAD):
            head = Line(mark.words, gap=line.gap)
            head.drop("dateline mark")
            line.text, line.gap = line.text[len(mark.words) :].strip(), False
            pieces.append(head)
        pieces.append(line)
    return pieces


def _dropped(lines: Sequence[Line], head: Head) -> Iterator[tuple[str, str]]:
    """What of the text is in no field, in order: lines with their reasons, and what was cut off other lines."""
    for line in lines:
        if line.part is Part.DROPPED:
            yield line.text, line.why
        elif head.doubt and line is head.title:
            yield line.text, "perhaps the headline"
        if line.rest:
            yield line.rest, _RESTS.get(line.part, "cut off")


_RESTS = {Part.TITLE: "site name", Part.SECTION: "section", Part.CAPTION: "picture credit"}


def own_words(
    settings: Settings, item: RawItem, domain: str
) -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """Section names, end marks and dateline marks of the sources: of the one source where it is known, else of all."""
    known = likely_source(item, Address(domain, ()), settings)
    sources = [settings.source(known)] if known else list(settings.sources.values())
    return (
        tuple(name for source in sources for name in source.sections),
        frozenset(chrome.mark_key(mark) for source in sources for mark in source.end_marks),
        settings.dateline_marks,
    )


def _report_title(findings: Findings, head: Head, lines: Sequence[Line], slug: tuple[str, ...]) -> None:
    for line in lines:
        if line.why == "call on the reader" and (notice := chrome.notice_of(line.text)) is not None:
            findings.titles.append(Candidate(notice[0], "what the page's foot says is read", line.text, 0.93))
            findings.sections.append(
                Candidate(notice[1], "what the page's foot says is read", line.text, 0.85)
            )
    if head.title is None or head.doubt:
        for label in picture.titles_of_labels(lines):
            confidence = 0.9 if likeness(label, slug) >= MATCH else 0.45
            findings.titles.append(Candidate(label, "words of a picture's label", label, confidence))
    if head.title is None:
        return
    how = head.title_how + (f"; {head.doubt}" if head.doubt else "")
    findings.titles.append(
        Candidate(
            head.title.text, how, excerpt(head.title.text), 0.4 if head.doubt else head.title_confidence
        )
    )


def _report_dates(
    findings: Findings, lines: Sequence[Line], head: Head, tail: Sequence[tuple[Line, dates.Reading, bool]]
) -> None:
    prefix = lines[0] if lines and lines[0].why == "scraper's prefix" else None
    if prefix is not None:
        words = (
            prefix.text.split(maxsplit=1)[-1].lstrip(":= ").strip("[]")
            if " " in prefix.text
            else prefix.text.strip("[]")
        )
        findings.dates.append(DateClue(ClueKind.PREFIX, words, "scraper's prefix", prefix.text, 0.4))
    groups = (
        (head.stamps, "stamp below the headline", 0.95),
        (head.early_stamps, "stamp above the headline", _early_worth(head, lines)),
        (tail, "stamp at the end", 0.9),
    )
    for stamps, how, confidence in groups:
        for line, reading, updated in stamps:
            clue = _stamp_clue(line, reading, updated, how, confidence)
            if stamps is tail and _is_below_headline(line, lines):
                clue = replace(clue, how=f"{how}, perhaps another article's", confidence=_TEASER)
            findings.dates.append(clue)
    findings.dates += _told_from_clock(head, lines)
    for line, reading in head.clocks:
        findings.dates.append(
            DateClue(ClueKind.CLOCK, line.text[reading.start : reading.end], "page clock", line.text, 0.9)
        )


def _is_below_headline(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a stamp at the end stands below a line that reads as another article's headline."""
    place = next((at for at, other in enumerate(lines) if other is line), 0)
    above = lines[place - 1].text if place and not line.glued else ""
    return (
        not stamp.is_labelled(line.text)
        and above.count(" ") >= 2
        and above[0].isupper()
        and above[-1].isalnum()
        and is_headline(above)
        and byline_of(above) is None
        and lone_credit(above) is None
        and not chrome.interface_of(above)
    )


def _told_from_clock(head: Head, lines: Sequence[Line]) -> Iterator[DateClue]:
    """The stamp below the headline that counts from the page's clock, where there is no other."""
    if head.title is None or head.stamps or head.early_stamps or not head.clocks:
        return
    clock = head.clocks[0][1]
    for line in lines[lines.index(head.title) + 1 : head.body]:
        if words := stamp.told_from(line.text, clock):
            how = "stamp below the headline, counted from the page's clock"
            yield DateClue(ClueKind.STAMP, words, how, line.text, 0.9)
            return


def _stamp_clue(line: Line, reading: dates.Reading, updated: bool, how: str, confidence: float) -> DateClue:
    """A stamp with what its label says of its worth."""
    text = line.text
    words = text[reading.start : reading.end]
    if stamp.is_print_clock(text):
        return DateClue(ClueKind.CLOCK, words, "time of printing", text, 0.9)
    if stamp.is_event(text):
        return DateClue(ClueKind.STAMP, words, f"{how}, perhaps an event's", text, 0.5)
    if updated:
        worth = 0.6 if stamp.is_last_update(text) else 0.7
        return DateClue(ClueKind.STAMP, words, f"{how} that says updated", text, worth)
    if "headline" in how and stamp.is_published(text):
        return DateClue(ClueKind.STAMP, words, f"{how} that says published", text, confidence)
    if line.glued:
        return DateClue(ClueKind.STAMP, words, how, text, 0.95)
    if how == "stamp at the end" and stamp.is_clock_like(text):
        return DateClue(ClueKind.STAMP, words, f"{how}, in the form of a page's clock", text, 0.65)
    return DateClue(ClueKind.STAMP, words, how, text, confidence)


def _early_worth(head: Head, lines: Sequence[Line]) -> float:
    """How far a stamp above the headline is the article's: a section above it speaks for it, one below it against
    it; so does a text that begins with it, where it has the form of a page's clock."""
    if head.section:
        return 0.8 if _below_section(head, lines) else 0.5
    first = next((line for line in lines if line.why != "scraper's prefix"), None)
    clocks = [line for line, _, _ in head.early_stamps if line is first and stamp.is_page_clock(line.text)]
    return 0.65 if clocks else 0.8


def _below_section(head: Head, lines: Sequence[Line]) -> bool:
    """Whether the section stands above the stamp, as papers print it; a page's clock stands above the menu."""
    places = {id(line): place for place, line in enumerate(lines)}
    section = places.get(id(head.section), -1)
    return all(section < places[id(line)] for line, _, _ in head.early_stamps)


def _report_sources(
    findings: Findings, lines: Sequence[Line], head: Head, mark: str, bylines: Sequence[tuple[Line, Byline]]
) -> None:
    if mark:
        findings.sources.append(Candidate(mark, "dateline", mark, 0.8))
    for line in lines[: head.body]:
        if line.why == "contact":
            findings.sources += [
                Candidate(domain, "address in the page's head", excerpt(line.text), 0.6)
                for domain in chrome.domains_of(line.text)
            ]
        elif line.why in ("page header", "site motto"):
            findings.sources.append(Candidate(line.text, "words of the page's head", excerpt(line.text), 0.2))
    for line in lines[head.body :]:
        if line.why == "contact" and len(findings.sources) < 12:
            findings.sources += [
                Candidate(domain, "address below the text", excerpt(line.text), 0.4)
                for domain in chrome.domains_of(line.text)
            ]
    for line in lines:
        if line.why == "contact" and (holder := copyright_holder(line.text)):
            findings.sources.append(Candidate(holder, "copyright line", excerpt(line.text), 0.4))
    for site in head.sites:
        findings.sources.append(Candidate(site, "menu of the page", site, 0.35))
    for line, byline in bylines:
        if byline.source:
            findings.sources.append(Candidate(byline.source, "source line", line.text, 0.45))


def _report_authors(
    findings: Findings, upper: Sequence[tuple[Line, Byline]], lower: Sequence[tuple[Line, Byline]]
) -> None:
    for where, bylines in (("byline below the headline", upper), ("byline at the end", lower)):
        sure = [entry for entry in bylines if entry[1].names]
        if any(byline.sure for _, byline in sure):  # `By …`, and above the stamp `The Outlet / 05:32 AM …`
            bare = [line for line, byline in sure if not byline.sure and line.text.endswith("/")]
            findings.sources += [
                Candidate(line.text.strip(" /|"), "line beside the byline", line.text, 0.35) for line in bare
            ]
            sure = [entry for entry in sure if entry[0] not in bare]
        names = tuple(dict.fromkeys(name for _, byline in sure for name in byline.names))
        if names:
            words = excerpt(" ".join(line.text for line, _ in sure))
            findings.authors.append(
                Candidate(names, where, words, 0.9 if any(b.sure for _, b in sure) else 0.8)
            )
