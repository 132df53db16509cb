"""What a saved web page, or the HTML of a feed's item, says of its article.

No single extractor is best at every field (a measured vote of several beats each of them), so this room reports
every candidate it sees with its place and its weight, and the field rooms decide.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract.address import parse_address
from generator.extract.byline import Byline
from generator.extract.findings import Findings
from generator.extract.html.body import Body, find_body
from generator.extract.html.boxes import settle_boxes
from generator.extract.html.byline import Trust, find_authors
from generator.extract.html.dates import find_dates
from generator.extract.html.headline import find_titles
from generator.extract.html.images import place_images
from generator.extract.html.judge import Own
from generator.extract.html.opening import clear_opening, letters_of_sections
from generator.extract.html.page import Page, empty_chrome, open_page
from generator.extract.html.people import split_names
from generator.extract.html.place import (
    find_addresses,
    find_languages,
    find_sections,
    find_shown_sources,
    find_sources,
)
from generator.extract.html.region import Region, read_region
from generator.extract.html.sapo import find_leads, without_leads
from generator.extract.html.selectors import Chosen, drop_marked, read_chosen
from generator.extract.lead import unmark_leads
from generator.extract.lines import Line
from generator.extract.source import likely_source
from generator.extract.text import own_words
from generator.extract.title import rank_titles
from generator.models import Block, BlockKind, Candidate, Form, RawItem
from generator.settings import Selectors, Settings
from generator.text import excerpt

__all__ = ["find"]

_MOST_TITLE = 0.75
_TEASER, _PART = 120, 0.6
"""Words of a text that may be the beginning of one; share of the stated words that is most of it."""


def find(item: RawItem, settings: Settings) -> Findings:
    """Candidates of every field, and the body as blocks. Never raises for what a page may hold."""
    page = open_page(item)
    if page is None:
        return Findings()
    address = parse_address(item.url or page.canonical)
    own = Own(*own_words(settings, item, address.domain))
    page, chosen = _choose(page, item, settings)
    findings = Findings(
        titles=find_titles(page),
        sources=find_sources(page),
        authors=find_authors(page),
        sections=find_sections(page),
        canonical_urls=find_addresses(page),
        languages=find_languages(page),
    )
    if not findings.sources and not address.domain:
        findings.sources = find_shown_sources(page)
    empty_chrome(page)
    settle_boxes(page)
    title = next((one.value for one in (*chosen.titles, *rank_titles(findings.titles))), "")
    authors = [name for one in (*chosen.authors, *findings.authors) for name in one.value]
    found = find_body(
        page,
        title,
        address.slug,
        authors,
        own,
        whole=item.form is Form.FRAGMENT,
        marked=chosen.body,
        taken=chosen.taken,
    )
    if item.form is Form.PAGE:
        shown = found.head.head.title if found.head is not None else None
        region = read_region(page, shown.text if shown is not None else title, own)
        if found.head is None:
            found.head = region
        elif region is not None:
            found.head.near = region.near
    trust = Trust.of(
        title,
        found.blocks[:3],
        findings.languages,
        found.head.lines if found.head is not None else (),
        weak=found.weak,
    )
    if found.head is not None:
        _report_head(findings, found, found.head, trust)
    _report_tail(findings, found, trust, own.marks)
    sections = letters_of_sections([one.value for one in findings.sections])
    found.blocks, bylines = clear_opening(page, found.blocks, sections, found.dropped)
    if not findings.authors:
        _report_bylines(findings, bylines, "byline above the text", 0.65, trust)
    near = found.head.near if found.head is not None else set()
    findings.dates = find_dates(page, found, guess=not chosen.dates)
    findings.leads = [*found.leads, *find_leads(page, found.blocks, near)]
    chosen.outweigh(findings)
    unmark_leads(findings, own.marks)
    findings.body = place_images(page, without_leads(found.blocks, findings.leads))
    findings.body_how = chosen.how if found.chosen else ""
    findings.dropped = found.dropped
    findings.incomplete = _missing(page, findings.body)
    return findings


def _missing(page: Page, body: Sequence[Block]) -> str:
    """Why the text may be a paywall's teaser: the page says that it is not free, and little of it stands here."""
    there = sum(block.text.count(" ") + 1 for block in body if block.kind is not BlockKind.CAPTION)
    said = page.linked.words
    if not page.linked.closed or there >= (_PART * said if said else _TEASER):
        return ""
    whole = f" of {said}" if said else ""
    return f"the page says that its text is for subscribers, and {there} words{whole} are here: it may be a teaser"


def _choose(page: Page, item: RawItem, settings: Settings) -> tuple[Page, Chosen]:
    """The page without what its source drops, and what the source's selectors find on it. A fragment has no page
    around it that they could speak of."""
    address = parse_address(item.url or page.canonical)
    source = likely_source(item, address, settings, page.meta("og:site_name"), page.linked.publisher)
    selectors = settings.source(source).selectors if source else None
    if source is None or selectors is None or selectors == Selectors():
        return page, Chosen()
    page = drop_marked(page, selectors.drop)
    return page, read_chosen(page, selectors, source) if item.form is Form.PAGE else Chosen()


def _report_head(findings: Findings, found: Body, region: Region, trust: Trust) -> None:
    """The headline, the section and the byline that the page shows."""
    head = region.head
    if head.title is not None and found.weak:
        weight = 0.4 if head.doubt else min(head.title_confidence, _MOST_TITLE)
        how = head.title_how + (f"; {head.doubt}" if head.doubt else "")
        findings.titles.append(Candidate(head.title.text, how, excerpt(head.title.text), weight))
    if head.section is not None and found.weak:
        name = head.section_name
        findings.sections.append(Candidate(name, "line above the headline", head.section.text, 0.6))
    _report_bylines(findings, head.bylines, "byline below the headline", 0.65, trust)


def _report_tail(findings: Findings, found: Body, trust: Trust, marks: frozenset[str]) -> None:
    """The byline at the end and the mark at the beginning."""
    _report_bylines(findings, found.tail.bylines, "byline at the end", 0.7 if found.weak else 0.62, trust)
    if found.mark is not None and found.mark.name and not trust.is_place(found.mark, marks):
        findings.sources.append(Candidate(found.mark.name, "dateline", found.mark.words, 0.8))


def _report_bylines(
    findings: Findings, bylines: Sequence[tuple[Line, Byline]], how: str, weight: float, trust: Trust
) -> None:
    """The names of the lines that may be a byline."""
    known = [
        (line, names)
        for line, one in bylines
        if (names := tuple(name for stated in one.names for name in split_names(stated)))
        and trust.allows(line, one, names)
    ]
    names = tuple(dict.fromkeys(name for _, group in known for name in group))
    if names:
        words = excerpt(" ".join(line.text for line, _ in known))
        findings.authors.append(Candidate(names, how, words, weight))
    findings.sources += [
        Candidate(one.source, "source line", line.text, 0.45) for line, one in bylines if one.source
    ]
