"""Plain text as scraped or pasted → findings: every line is given a part, and what it says is reported."""

from __future__ import annotations

from collections.abc import Sequence

from generator import dates
from generator.extract import body, chrome, related, stamp
from generator.extract.address import parse_address, section_names
from generator.extract.byline import Byline
from generator.extract.dateline import opens_with_date
from generator.extract.findings import Findings
from generator.extract.head import Head, read_head
from generator.extract.lines import Line, Part, is_prose, key, split_lines, split_stamps
from generator.models import Candidate, ClueKind, DateClue, RawItem
from generator.settings import Settings
from generator.text import excerpt


def find(item: RawItem, settings: Settings) -> Findings:
    """What a plain text says of its article's fields."""
    address = parse_address(item.url)
    own_sections, own_marks, own_names = own_words(settings, item, address.domain)
    lines = split_stamps(split_lines(item.text))
    head = read_head(lines, address.slug, section_names(own_sections))
    text = lines[head.body :]
    related.drop_related(text, head.title, own_marks)
    body.drop_interface(text)
    related.drop_trailing_pairs(text, head.title)
    body.find_captions([*lines[: head.body], *text], head.title)
    mark = body.split_dateline(text, own_names)
    tail = body.read_tail(text)
    related.drop_trailing_headlines(text)
    body.settle(text, head.title)
    lines = [*lines[: head.body], *text]
    for line in lines[: len(lines) - len(text)]:
        if line.open:
            line.drop("menu")
    findings = Findings()
    _report_title(findings, head, lines)
    _report_dates(findings, lines, head, tail.stamps)
    _report_sources(findings, lines, head, mark.name if mark else "", [*head.bylines, *tail.bylines])
    _report_authors(findings, head.bylines, tail.bylines)
    if head.section is not None:
        findings.sections.append(
            Candidate(head.section_name, "line above the headline", head.section.text, 0.8)
        )
    _report_lead(findings, text, lines, head, bool(mark and mark.name and not mark.place))
    findings.body = body.blocks_of(lines)
    findings.dropped = [
        (line.text, line.why or "perhaps the headline")
        for line in lines
        if line.part is Part.DROPPED or (head.doubt and line is head.title)
    ]
    return findings


def own_words(
    settings: Settings, item: RawItem, domain: str
) -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """Section names, end marks and dateline marks of the sources: of the one source where it is known, else of all."""
    known = item.source or settings.source_of_domain.get(domain)
    sources = [settings.source(known)] if known else list(settings.sources.values())
    return (
        tuple(name for source in sources for name in source.sections),
        frozenset(key(mark) for source in sources for mark in source.end_marks),
        frozenset(mark for source in settings.sources.values() for mark in source.dateline),
    )


def _report_title(findings: Findings, head: Head, lines: Sequence[Line]) -> None:
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
            findings.dates.append(_stamp_clue(line, reading, updated, how, confidence))
    for line, reading in head.clocks:
        findings.dates.append(
            DateClue(ClueKind.CLOCK, line.text[reading.start : reading.end], "page clock", line.text, 0.9)
        )


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
        names = tuple(dict.fromkeys(name for _, byline in sure for name in byline.names))
        if names:
            words = excerpt(" ".join(line.text for line, _ in sure))
            findings.authors.append(
                Candidate(names, where, words, 0.9 if any(b.sure for _, b in sure) else 0.8)
            )


def _report_lead(
    findings: Findings, text: Sequence[Line], lines: Sequence[Line], head: Head, marked: bool
) -> None:
    """A sapo: a line of its own below the headline, or a first paragraph that only introduces the text."""
    above = [line for line in lines if line.part is Part.LEAD]
    if above:
        findings.leads.append(
            Candidate(
                " ".join(line.text for line in above), "lines above the text", excerpt(above[0].text), 0.8
            )
        )
        return
    kept = [line for line in text if line.part in (Part.PARAGRAPH, Part.TITLE, Part.HEADING, Part.LIST)]
    paragraphs = [line for line in text if line.part is Part.PARAGRAPH]
    if len(paragraphs) < 2 or not kept or kept[0] is not paragraphs[0]:
        return
    first, second = paragraphs[:2]
    how = ""
    if head.title is not None and any(line is head.title for line in text[: text.index(second)]):
        how = "paragraph above the headline"
    elif not is_prose(first.text) or first.words > 75:
        return
    elif any(line.why in ("byline", "date stamp") for line in text[text.index(first) : text.index(second)]):
        how = "paragraph above the byline"
    elif opens_with_date(first.text):
        return
    elif opens_with_date(second.text) and not any(dates.find_dates(first.text)):
        how = "first paragraph; the text after it opens with the day"
    elif marked and len(paragraphs) >= 3 and first.words <= 60:
        how = "first paragraph, with the publisher's mark"
    if how:
        first.part = Part.LEAD
        findings.leads.append(Candidate(first.text, how, excerpt(first.text), 0.75))
