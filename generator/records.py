"""A record as JSON: what `digest extract --json` prints, one line per article."""

from __future__ import annotations

import json

from generator.dates import format_moment
from generator.models import MetaValue, Record
from generator.text import excerpt


def as_dict(record: Record) -> dict[str, MetaValue]:
    """The record with the keys that the contract names, in its order."""
    publication = record.publication
    candidates: list[MetaValue] = [
        {
            "value": format_moment(one.value),
            "how": one.how,
            "text": one.text,
            "confidence": round(one.confidence, 3),
            "assumed": list(one.assumed),
        }
        for one in publication.candidates
    ]
    return {
        "title": record.title,
        "date": None if publication.value is None else format_moment(publication.value),
        "date_status": publication.status.value,
        "date_candidates": candidates,
        "source": record.source,
        "authors": list(record.authors),
        "section": record.section,
        "lead": record.lead,
        "lead_kind": record.lead_kind,
        "body": list(record.paragraphs),
        "captions": [{"text": block.text, "credit": block.credit or None} for block in record.captions],
        "url": record.url,
        "canonical_url": record.canonical_url,
        "language": record.language,
        "topic": record.topic,
        "tags": list(record.tags),
        "review": [{"field": review.field, "why": review.why} for review in record.reviews],
        "evidence": {
            one.field: {
                "how": one.candidates[0].how,
                "text": one.candidates[0].text,
                "confidence": round(one.candidates[0].confidence, 3),
            }
            for one in record.evidence
            if one.candidates
        },
    }


def as_text(record: Record) -> str:
    """The record for a terminal: each field with what it stands on, then the text."""
    evidence = {one.field: one.candidates[0] for one in record.evidence if one.candidates}
    rows = [
        ("title", record.title),
        ("date", None if record.publication.value is None else format_moment(record.publication.value)),
        ("source", record.source),
        ("authors", ", ".join(record.authors)),
        ("section", record.section),
        ("topic", record.topic),
        ("tags", ", ".join(record.tags)),
        ("url", record.canonical_url or record.url),
        ("language", record.language),
    ]
    lines = [record.raw]
    for name, value in rows:
        found = evidence.get(name)
        lines.append(
            f"  {name:<9} {value or '—'}" + (f"   [{found.how}: {excerpt(found.text, 60)}]" if found else "")
        )
    lines += [f"  review    {review}" for review in record.reviews]
    left_out = f"{len(record.dropped)} lines left out"
    lines.append(f"  {len(record.paragraphs)} paragraphs, {len(record.captions)} captions, {left_out}")
    lines += [f"    ¶ {excerpt(text, 90)}" for text in record.paragraphs]
    return "\n".join(lines)


def as_json(record: Record) -> str:
    """The record as one line of JSON."""
    return json.dumps(as_dict(record), ensure_ascii=False)
