"""Raw items → records: a finder reports what one form of text says, the field rooms decide.

Every value comes with its evidence; what the evidence does not settle is held with its candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from generator import dates, markup
from generator.extract import text as plain
from generator.extract.address import Address, date_clues, parse_address
from generator.extract.author import rank_authors
from generator.extract.date import weigh_date
from generator.extract.dateline import dateline_of
from generator.extract.findings import Findings
from generator.extract.language import rank_languages
from generator.extract.lead import settle_lead
from generator.extract.opening import read_opening
from generator.extract.section import rank_sections
from generator.extract.source import own_names, settle_source
from generator.extract.statements import add_statements
from generator.extract.title import rank_titles, settle_title
from generator.models import (
    Block,
    BlockKind,
    Candidate,
    DateStatus,
    Evidence,
    Form,
    Publication,
    RawItem,
    Record,
    Review,
    T,
)
from generator.settings import Settings
from generator.text import excerpt

__all__ = ["extract"]


def extract(item: RawItem, settings: Settings) -> Record:
    """What a raw article says: its fields with their evidence, its doubts, its text.

    Topic and tags are not decided here. Never raises for what an article's text may hold.
    """
    findings = _finder(item.form)(item, settings)
    statements = add_statements(findings, item.statements)
    url = item.url or next((one.value for one in item.statements if one.field == "url"), None)
    canonical = max(findings.canonical_urls, key=lambda one: one.confidence, default=None)
    address = parse_address(url or (canonical.value if canonical else None))
    body, dropped = _without_mark(findings)
    mark = next((words for words, why in dropped if why == "dateline mark"), "")
    source = settle_source(findings.sources, item, address, settings)
    titles = rank_titles(findings.titles)
    title, title_reviews = settle_title(titles, address)
    lead, lead_kind, body, leads = settle_lead(findings.leads, body, title)
    authors = rank_authors(findings.authors, own_names(source, settings))
    sections = rank_sections(findings.sections, address, source.key, settings)
    paragraphs = [
        block.text for block in body if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.QUOTE)
    ]
    languages = rank_languages(findings.languages, " ".join([title or "", lead or "", *paragraphs[:6]]))
    publication = _publication(findings, item, settings, address, url, source.key, languages,
                               [lead, *paragraphs] if lead and lead_kind == "sapo" else paragraphs, mark)  # fmt: skip
    evidence = (
        Evidence("title", titles, title is not None),
        Evidence(
            "date",
            tuple(_in_words(one, dates.format_moment(one.value)) for one in publication.candidates),
            publication.status is DateStatus.SETTLED,
        ),
        Evidence("source", source.candidates, source.key is not None),
        Evidence("authors", tuple(_in_words(one, "; ".join(one.value)) for one in authors)),
        Evidence("section", sections),
        Evidence("lead", tuple(_in_words(one, excerpt(one.value)) for one in leads), lead is not None),
        Evidence("language", languages),
        Evidence("canonical_url", tuple(findings.canonical_urls)),
    )
    return Record(
        raw=item.raw,
        title=title,
        publication=publication,
        source=source.key,
        source_known=source.known,
        authors=authors[0].value if authors else (),
        section=sections[0].value if sections else None,
        lead=lead,
        lead_kind=lead_kind,
        body=body,
        url=url,
        canonical_url=canonical.value if canonical else None,
        language=languages[0].value if languages else None,
        reviews=(*title_reviews, *_date_review(publication), *source.reviews, *_body_review(lead, body)),
        evidence=tuple(entry for entry in evidence if entry.candidates),
        dropped=dropped,
        statements=statements,
    )


def _finder(form: Form) -> Callable[[RawItem, Settings], Findings]:
    """The finder of a form; those of HTML and Markdown are loaded when the first such item comes."""
    match form:
        case Form.TEXT:
            return plain.find
        case Form.MARKDOWN:
            from generator.extract import markdown

            return markdown.find
        case Form.PAGE | Form.FRAGMENT:
            from generator.extract import html

            return html.find


def _without_mark(findings: Findings) -> tuple[tuple[Block, ...], tuple[tuple[str, str], ...]]:
    """The body with the publisher's mark taken off its first paragraph, and the mark reported as a source."""
    body = findings.body
    dropped = tuple(findings.dropped)
    place = next((index for index, block in enumerate(body) if block.kind is BlockKind.PARAGRAPH), None)
    mark = dateline_of(body[place].text) if place is not None else None
    if place is None or mark is None or not mark.name:
        return body, dropped
    block = body[place]
    rest = block.text[len(mark.words) :].strip()
    escaped = markup.escape(mark.words)
    if block.markdown.startswith(escaped):
        content = block.markdown[len(escaped) :].strip()
    elif block.markdown == markup.escape(block.text):
        content = markup.escape(rest)
    else:
        return body, dropped
    if all(one.value != mark.name for one in findings.sources):
        findings.sources.append(Candidate(mark.name, "dateline", mark.words, 0.8))
    block = replace(block, text=rest, markdown=content)
    return (*body[:place], block, *body[place + 1 :]), (*dropped, (mark.words, "dateline mark"))


def _publication(
    findings: Findings, item: RawItem, settings: Settings, address: Address, url: str | None, source: str | None,
    languages: Sequence[Candidate[str]], paragraphs: Sequence[str], mark: str,
) -> Publication:  # fmt: skip
    if mark and paragraphs and any(map(str.isdigit, mark)):  # `GENEVA, Nov 12 (Reuters) -` opens with the day
        paragraphs = [f"{mark} {paragraphs[0]}", *paragraphs[1:]]
    clues = [*findings.dates, *(date_clues(url) if url else ())]
    return weigh_date(
        clues,
        read_opening(paragraphs),
        settings.source_zone(source),
        saved_at=item.fetched_at,
        language=languages[0].value if languages else None,
    )


def _date_review(publication: Publication) -> tuple[Review, ...]:
    if publication.status is DateStatus.SETTLED:
        return ()
    values = tuple(dict.fromkeys(dates.format_moment(one.value) for one in publication.candidates))
    return (Review("date", publication.why, values),)


def _body_review(lead: str | None, body: Sequence[Block]) -> tuple[Review, ...]:
    if lead or any(block.kind is not BlockKind.CAPTION for block in body):
        return ()
    return (Review("body", "no text of the article was found"),)


def _in_words(one: Candidate[T], value: str) -> Candidate[str]:
    """The same candidate with its value in words."""
    return Candidate(value, one.how, one.text, one.confidence, one.assumed)
