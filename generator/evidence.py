"""The evidence of what no field room decides: who gave the address, and how body and captions were told apart.

So every value of a record says where it came from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.models import BlockKind, Candidate, Evidence, Form, RawItem, Record
from generator.text import excerpt

_BODY = {
    Form.TEXT: "lines of the text that are no menu, teaser, caption or other chrome",
    Form.PAGE: "the article's part of the web page",
    Form.FRAGMENT: "the text that the feed or file gives",
    Form.MARKDOWN: "the Markdown text",
}
_CAPTIONS = {
    Form.TEXT: "a line that names a picture or its credit",
    Form.PAGE: "words under a picture of the page",
    Form.FRAGMENT: "words under a picture of the text",
    Form.MARKDOWN: "words under a picture of the text",
}


def complete_evidence(record: Record, item: RawItem, editors_url: str | None) -> Record:
    """The record with the evidence of its address, captions and body; `editors_url` is what the sidecar or `--url` says."""
    added = (
        *_address(record, item, editors_url),
        *_captions(record, item.form),
        *_body(record, item.form),
    )
    told = tuple(_in_order(entry, record) for entry in record.evidence)
    return replace(record, evidence=(*told, *added))


def _address(record: Record, item: RawItem, editors_url: str | None) -> Iterable[Evidence]:
    if record.url is None:
        return
    said = next((one for one in item.statements if one.field == "url" and one.value == record.url), None)
    how, confidence = "address the page was saved from, in the page itself", 0.9
    if record.url == editors_url:
        how, confidence = "said by the editor (the sidecar, or --url)", 1.0
    elif said is not None:
        how, confidence = said.how, 0.93
    yield Evidence("url", (Candidate(record.url, how, record.url, confidence),))


def _captions(record: Record, form: Form) -> Iterable[Evidence]:
    if captions := record.captions:
        yield Evidence(
            "captions",
            tuple(
                Candidate(
                    block.text or block.credit,
                    _CAPTIONS[form],
                    excerpt(f"{block.text} ({block.credit})" if block.credit and block.text else block.text or block.credit),
                    0.9 if block.credit or form is not Form.TEXT else 0.7,
                )
                for block in captions
            ),
        )  # fmt: skip


def _body(record: Record, form: Form) -> Iterable[Evidence]:
    paragraphs = record.paragraphs
    if paragraphs and all(entry.field != "body" for entry in record.evidence):
        kinds = sum(block.kind is not BlockKind.CAPTION for block in record.body)
        value = f"{kinds} block" + ("" if kinds == 1 else "s")
        yield Evidence("body", (Candidate(value, _BODY[form], excerpt(paragraphs[0]), 0.9),))


def _in_order(entry: Evidence, record: Record) -> Evidence:
    """The chosen canonical address first: a page may give itself several."""
    if entry.field != "canonical_url" or record.canonical_url is None:
        return entry
    first = sorted(entry.candidates, key=lambda one: one.value != record.canonical_url)
    return replace(entry, candidates=tuple(first))
