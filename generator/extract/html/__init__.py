"""What a saved web page, or the HTML of a feed's item, says of its article.

No single extractor is best at every field (a measured vote of several beats each of them), so this room reports
every candidate it sees with its place and its weight, and the field rooms decide.
"""

from __future__ import annotations

from generator.extract.findings import Findings
from generator.extract.html.body import find_body
from generator.extract.html.byline import find_authors
from generator.extract.html.dates import find_dates
from generator.extract.html.headline import find_titles
from generator.extract.html.page import open_page
from generator.extract.html.place import find_addresses, find_languages, find_sections, find_sources
from generator.extract.html.sapo import find_leads, without_leads
from generator.models import Form, RawItem
from generator.settings import Settings

__all__ = ["find"]


def find(item: RawItem, settings: Settings) -> Findings:
    """Candidates of every field, and the body as blocks. Never raises for what a page may hold."""
    del settings  # the field rooms know the sources
    page = open_page(item)
    if page is None:
        return Findings()
    findings = Findings(
        titles=find_titles(page),
        dates=find_dates(page),
        sources=find_sources(page),
        authors=find_authors(page),
        sections=find_sections(page),
        canonical_urls=find_addresses(page),
        languages=find_languages(page),
    )
    authors = [name for one in findings.authors for name in one.value]
    found = find_body(page, authors, whole=item.form is Form.FRAGMENT)
    findings.leads = find_leads(page, found.blocks)
    findings.body = without_leads(found.blocks, findings.leads)
    findings.dropped = found.dropped
    return findings
