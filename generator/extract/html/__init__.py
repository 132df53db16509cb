"""What a saved web page, or the HTML of a feed's item, says of its article.

No single extractor is best at every field (a measured vote of several beats each of them), so this room reports
every candidate it sees with its place and its weight, and the field rooms decide.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract.address import parse_address
from generator.extract.byline import Byline, is_personal
from generator.extract.findings import Findings
from generator.extract.html.body import Body, find_body
from generator.extract.html.byline import find_authors
from generator.extract.html.dates import find_dates
from generator.extract.html.headline import find_titles
from generator.extract.html.judge import Own
from generator.extract.html.page import open_page
from generator.extract.html.place import find_addresses, find_languages, find_sections, find_sources
from generator.extract.html.region import Region, read_region
from generator.extract.html.sapo import find_leads, without_leads
from generator.extract.lines import Line
from generator.extract.text import own_words
from generator.extract.title import rank_titles
from generator.models import Candidate, Form, RawItem
from generator.settings import Settings
from generator.text import excerpt

__all__ = ["find"]

_MOST_TITLE = 0.75


def find(item: RawItem, settings: Settings) -> Findings:
    """Candidates of every field, and the body as blocks. Never raises for what a page may hold."""
    page = open_page(item)
    if page is None:
        return Findings()
    address = parse_address(item.url or page.canonical)
    own = Own(*own_words(settings, item, address.domain))
    findings = Findings(
        titles=find_titles(page),
        sources=find_sources(page),
        authors=find_authors(page),
        sections=find_sections(page),
        canonical_urls=find_addresses(page),
        languages=find_languages(page),
    )
    title = next((one.value for one in rank_titles(findings.titles)), "")
    authors = [name for one in findings.authors for name in one.value]
    found = find_body(page, title, address.slug, authors, own, whole=item.form is Form.FRAGMENT)
    if item.form is Form.PAGE:
        shown = found.head.head.title if found.head is not None else None
        region = read_region(page, shown.text if shown is not None else title, own)
        if found.head is None:
            found.head = region
        elif region is not None:
            found.head.near = region.near
    if found.head is not None:
        _report_head(findings, found, found.head)
    _report_tail(findings, found)
    findings.dates = find_dates(page, found)
    findings.leads = [*found.leads, *find_leads(page, found.blocks)]
    findings.body = without_leads(found.blocks, findings.leads)
    findings.dropped = found.dropped
    return findings


def _report_head(findings: Findings, found: Body, region: Region) -> None:
    """The headline, the section and the byline that the page shows."""
    head = region.head
    if head.title is not None and found.weak:
        weight = 0.4 if head.doubt else min(head.title_confidence, _MOST_TITLE)
        how = head.title_how + (f"; {head.doubt}" if head.doubt else "")
        findings.titles.append(Candidate(head.title.text, how, excerpt(head.title.text), weight))
    if head.section is not None and found.weak:
        name = head.section_name
        findings.sections.append(Candidate(name, "line above the headline", head.section.text, 0.6))
    _report_bylines(findings, head.bylines, "byline below the headline", 0.65, found.weak)


def _report_tail(findings: Findings, found: Body) -> None:
    """The byline at the end and the mark at the beginning."""
    _report_bylines(
        findings, found.tail.bylines, "byline at the end", 0.7 if found.weak else 0.62, found.weak
    )
    if found.mark is not None and found.mark.name:
        findings.sources.append(Candidate(found.mark.name, "dateline", found.mark.words, 0.8))


def _report_bylines(
    findings: Findings, bylines: Sequence[tuple[Line, Byline]], how: str, weight: float, loose: bool
) -> None:
    """Names in the form of a person's; in another form (`loose`) only where the lines were read as plain text is: a
    short line of a marked-up page may be anything."""
    known = [(line, one) for line, one in bylines if one.names and (loose or is_personal(one, line.text))]
    names = tuple(dict.fromkeys(name for _, one in known for name in one.names))
    if names:
        words = excerpt(" ".join(line.text for line, _ in known))
        findings.authors.append(Candidate(names, how, words, weight))
    findings.sources += [
        Candidate(one.source, "source line", line.text, 0.45) for line, one in bylines if one.source
    ]
