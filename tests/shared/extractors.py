"""What is measured: the digest's extraction, and two libraries as one would use each alone."""

from __future__ import annotations

import datetime as dt
import html
import logging
from collections.abc import Callable
from zoneinfo import ZoneInfo

import htmldate
import trafilatura
from trafilatura.settings import Document

from generator import dates
from generator.extract import extract
from generator.models import BlockKind, Form, Record
from tests.shared.corpora import Case
from tests.shared.scores import ABSENT, FIELDS, Answer, Truth, flat

OWN = "digest"
_UTC = ZoneInfo("UTC")
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def answer_digest(case: Case) -> Answer:
    """The record: what it settles counts, what it holds is held."""
    record = extract(case.item(), case.settings)
    return Answer(
        record.title,
        record.authors,
        record.publication.value,
        record.source,
        record.section,
        record.lead,
        tuple((block.text, block.credit) for block in record.captions),
        _blocks(record, case.truth),
    )


def _blocks(record: Record, truth: Truth) -> tuple[str, ...]:
    """The text as the truth counts it: with the lead that stands apart or without, with headings or without."""
    left = {BlockKind.CAPTION} if truth.headings else {BlockKind.CAPTION, BlockKind.HEADING}
    blocks = tuple(block.text for block in record.body if block.kind not in left)
    if record.lead_kind != "sapo" or not record.lead or truth.begins is ABSENT or not truth.begins:
        return blocks
    return (record.lead, *blocks) if flat(record.lead).startswith(flat(truth.begins[0])) else blocks


def answer_trafilatura(case: Case) -> Answer:
    """trafilatura with its defaults."""
    document = trafilatura.bare_extraction(
        _page_of(case), url=case.url, with_metadata=True, include_comments=False
    )
    if not isinstance(document, Document):
        return Answer()
    reading = dates.read_date(document.date) if document.date else None
    return Answer(
        document.title,
        tuple(name.strip() for name in (document.author or "").split(";") if name.strip()),
        reading.moment(_UTC) if reading else None,
        document.sitename,
        document.categories[0] if document.categories else None,
        document.description,
        blocks=tuple((document.text or "").split("\n")),
    )


def answer_htmldate(case: Case) -> Answer:
    """htmldate, asked for the first publication."""
    try:
        found = htmldate.find_date(_page_of(case), original_date=True, url=case.url)
    except (ValueError, AttributeError, TypeError):
        found = None
    return Answer(date=dt.date.fromisoformat(found) if found else None)


def _page_of(case: Case) -> bytes | str:
    """What a library of web pages is given: a plain text's lines as paragraphs."""
    if case.form is not Form.TEXT:
        return case.data
    lines = (f"<p>{html.escape(line)}</p>" for line in case.data.decode("utf-8").split("\n") if line.strip())
    return f"<html><body>{''.join(lines)}</body></html>"


EXTRACTORS: dict[str, tuple[Callable[[Case], Answer], frozenset[str]]] = {
    OWN: (answer_digest, frozenset(FIELDS)),
    "trafilatura": (answer_trafilatura, frozenset(FIELDS) - {"captions"}),
    "htmldate": (answer_htmldate, frozenset({"date"})),
}
