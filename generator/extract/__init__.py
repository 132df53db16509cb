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
from generator.extract.dateline import dateline_of, lone_mark
from generator.extract.findings import Findings
from generator.extract.language import rank_languages
from generator.extract.lead import settle_lead, unmark_leads
from generator.extract.opening import read_opening
from generator.extract.section import rank_sections
from generator.extract.source import own_names, settle_source
from generator.extract.statements import add_statements
from generator.extract.title import rank_titles, settle_title
from generator.models import (
    Block,
    BlockKind,
    Candidate,
    DateClue,
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
    _drop_lone_mark(findings, settings)
    body, dropped = _without_mark(findings)
    unmark_leads(findings, settings.dateline_marks)
    mark = next((words for words, why in dropped if why == "dateline mark"), "")
    source = settle_source(findings.sources, item, address, settings)
    titles = rank_titles(findings.titles)
    title, title_reviews = settle_title(titles, address)
    lead, lead_kind, body, leads = settle_lead(findings.leads, body, title)
    authors = rank_authors(findings.authors, own_names(source, settings))
    sections = rank_sections(findings.sections, address, source.key, settings, item.statements)
    paragraphs = [
        block.text for block in body if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.QUOTE)
    ]
    languages = rank_languages(findings.languages, " ".join([title or "", lead or "", *paragraphs[:6]]))
    findings.dates += _address_clues(
        url, canonical.value if canonical else None, address, source.key, settings
    )
    publication = _publication(findings, item, settings, source.key, languages,
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
        *_body_evidence(findings, body),
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
        reviews=(
            *title_reviews,
            *_date_review(publication),
            *source.reviews,
            *_body_review(lead, body, findings.incomplete),
            *_doubts(item),
        ),
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


def _drop_lone_mark(findings: Findings, settings: Settings) -> None:
    """A first paragraph that is a source's mark and nothing else names the source and is no text."""
    first = findings.body[0] if findings.body else None
    if first is None or not (name := lone_mark(first.text, settings.dateline_marks)):
        return
    findings.body = findings.body[1:]
    findings.dropped.append((first.text, "dateline mark"))
    findings.sources.append(Candidate(name, "dateline", first.text, 0.8))


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


def _address_clues(
    url: str | None, canonical: str | None, address: Address, source: str | None, settings: Settings
) -> tuple[DateClue, ...]:
    """What the address says of the date, by its source's own templates where it has any; they are worth asking of the
    address that a page gives itself as well."""
    owner = settings.source_of_host(address.domain) or source
    templates = settings.source(owner).address_date if owner else ()
    where = url or (canonical if templates else None)
    return tuple(date_clues(where, templates, owner or "")) if where else ()


def _publication(
    findings: Findings, item: RawItem, settings: Settings, source: str | None,
    languages: Sequence[Candidate[str]], paragraphs: Sequence[str], mark: str,
) -> Publication:  # fmt: skip
    if mark and paragraphs and any(map(str.isdigit, mark)):  # `GENEVA, Nov 12 (Reuters) -` opens with the day
        paragraphs = [f"{mark} {paragraphs[0]}", *paragraphs[1:]]
    return weigh_date(
        findings.dates,
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


def _body_evidence(findings: Findings, body: Sequence[Block]) -> tuple[Evidence, ...]:
    """How the body was found, where a finder says so itself."""
    first = next((block.text for block in body if block.kind is not BlockKind.CAPTION), "")
    if not findings.body_how or not first:
        return ()
    kinds = sum(block.kind is not BlockKind.CAPTION for block in body)
    value = f"{kinds} block" + ("" if kinds == 1 else "s")
    return (Evidence("body", (Candidate(value, findings.body_how, excerpt(first), 0.97),)),)


def _body_review(lead: str | None, body: Sequence[Block], incomplete: str) -> tuple[Review, ...]:
    if lead or any(block.kind is not BlockKind.CAPTION for block in body):
        return (Review("body", incomplete),) if incomplete else ()
    return (Review("body", "no text of the article was found"),)


def _doubts(item: RawItem) -> tuple[Review, ...]:
    """What the reader of the raw file was not sure of."""
    said = (one.value.partition(": ") for one in item.statements if one.field == "doubt")
    return tuple(Review(field, why) for field, _, why in said)


def _in_words(one: Candidate[T], value: str) -> Candidate[str]:
    """The same candidate with its value in words."""
    return Candidate(value, one.how, one.text, one.confidence, one.assumed)
