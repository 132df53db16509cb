"""A record shown: as JSON, one line per article (`digest extract --json`), and as a page for a terminal.

The JSON has the keys that the contract names, in its order, and one more: `candidates`, for each field all values that
were considered, best first, each `{value, how, text, confidence, assumed, chosen}`. `evidence` sums up what was chosen;
of a field with several values (tags, captions) it names each, and its confidence is that of the weakest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.dates import format_moment
from generator.models import Candidate, Evidence, MetaValue, Record
from generator.sheet import WIDTH, Sheet
from generator.text import count_words, excerpt

MANY = frozenset({"tags", "captions"})
"""Fields of which each candidate is a value of its own."""
_ROWS = (
    "title",
    "date",
    "source",
    "authors",
    "section",
    "topic",
    "tags",
    "lead",
    "url",
    "canonical_url",
    "language",
)
_SURE = ((0.9, "sure"), (0.7, "fairly sure"), (0.5, "likely"), (0.0, "weak"))


class Line(NamedTuple):
    """A line of a raw file on which some words begin."""

    number: int
    only: bool
    """Whether they stand there alone; else it is the first of several."""


def as_dict(record: Record) -> dict[str, MetaValue]:
    """The record with the keys that the contract names, in its order, then `candidates`."""
    publication = record.publication
    dates: list[MetaValue] = [
        {"value": format_moment(one.value), "how": one.how, "text": one.text,
         "confidence": round(one.confidence, 3), "assumed": list(one.assumed)}
        for one in publication.candidates
    ]  # fmt: skip
    return {
        "title": record.title,
        "date": None if publication.value is None else format_moment(publication.value),
        "date_status": publication.status.value,
        "date_candidates": dates,
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
        "evidence": {one.field: _summary(one, record) for one in record.evidence if one.candidates},
        "candidates": {
            one.field: [{**shown, "chosen": chosen} for shown, chosen in _considered(one, record)]
            for one in record.evidence
            if one.candidates
        },
    }


def as_json(record: Record) -> str:
    """The record as one line of JSON."""
    return json.dumps(as_dict(record), ensure_ascii=False)


def as_text(record: Record, width: int = WIDTH, *, colour: bool = False) -> str:
    """The record for a terminal: each field with what it stands on, then doubts, what was left out, and the text."""
    sheet = Sheet(width, colour=colour)
    sheet.title(record.raw)
    sheet.heading("Fields")
    evidence = {one.field: one for one in record.evidence}
    values = as_dict(record)
    missing: list[str] = []
    for name in _ROWS:
        value, found = values[name], evidence.get(name)
        if value in (None, []) and found is None:
            missing.append(name)
            continue
        label = {"canonical_url": "canonical"}.get(name, name)
        sheet.entry(label, in_words(value) or "—", notes_of(found, value) if found else ())
    if missing:
        sheet.entry("nothing", f"is said of {', '.join(missing)}")
    tell_doubts(sheet, [str(review) for review in record.reviews])
    tell_left_out(sheet, record.dropped)
    words = sum(count_words(text) for text in record.paragraphs)
    sheet.heading(
        f"Text: {len(record.paragraphs)} paragraphs, {words:,} words, {len(record.captions)} captions"
    )
    for block in record.body:
        caption = "[picture] " if block in record.captions else ""
        credit = f" ({block.credit})" if block.credit else ""
        sheet.line(caption + excerpt(block.text + credit, 2 * sheet.width - 20), quiet=bool(caption))
    return str(sheet)


# ---------------------------------------------------------------------------------- parts of a page


def in_words(value: MetaValue) -> str:
    """A value for a person: lists on one line, true as `yes`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(in_words(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {in_words(one)}" for key, one in value.items())
    return str(value)


def notes_of(evidence: Evidence, value: MetaValue, lines: Mapping[str, Line] | None = None) -> Iterator[str]:
    """What a value stands on, in lines of plain words; `lines` tells the line of the raw file for some words."""
    chosen, others = split_candidates(evidence, value)
    lines = lines or {}
    for one in chosen:
        opening = f"{one.value}: " if evidence.field in MANY and len(chosen) > 1 else ""
        yield f"{opening}from {_told(one, lines)} — {how_sure(one.confidence)}"
        if one.assumed:
            yield f"{_joined(one.assumed)} not said: assumed"
    values = {one.value for one in chosen}
    if same := [one for one in others if one.value in values]:
        yield f"borne out by {_listed(f'{_told(one, lines, quoted=False)}' for one in same)}"
    if rivals := [one for one in others if one.value not in values]:
        told = _listed(f"{excerpt(one.value, 80)} ({_told(one, lines, quoted=False)})" for one in rivals)
        yield f"{'also considered' if chosen else 'perhaps'}: {told}"


def split_candidates(
    evidence: Evidence, value: MetaValue
) -> tuple[tuple[Candidate[str], ...], tuple[Candidate[str], ...]]:
    """(the candidates that are the value, those that were considered besides)."""
    flags = _flags(evidence, value)
    pairs = tuple(zip(evidence.candidates, flags, strict=True))
    return tuple(one for one, chosen in pairs if chosen), tuple(one for one, chosen in pairs if not chosen)


def how_sure(confidence: float) -> str:
    """A confidence in words, with its number."""
    words = next(words for least, words in _SURE if confidence >= least)
    return f"{words} ({confidence:.2f})"


def tell_doubts(sheet: Sheet, lines: Sequence[str]) -> None:
    """The part of a page that says what a person must settle."""
    if lines:
        sheet.heading("A person must settle")
        for line in lines:
            sheet.line(line, alert=True)


def tell_left_out(sheet: Sheet, dropped: Sequence[tuple[str, str]]) -> None:
    """The part of a page that says what is not the article: why, how many lines, and how they begin."""
    if not dropped:
        return
    sheet.heading("Left out")
    for reason, lines in group_left_out(dropped).items():
        shown = _listed((f"“{excerpt(line, 48)}”" for line in lines), most=4)
        sheet.entry(f"{len(lines)} line" + ("" if len(lines) == 1 else "s"), f"{reason}: {shown}")


def group_left_out(dropped: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Reason → the lines that were left out for it, those with the most lines first."""
    groups: dict[str, list[str]] = {}
    for line, reason in dropped:
        groups.setdefault(reason, []).append(line)
    return dict(sorted(groups.items(), key=lambda entry: (-len(entry[1]), entry[0])))


# ------------------------------------------------------------------------------------------ within


def _flags(evidence: Evidence, value: MetaValue) -> list[bool]:
    if evidence.field in MANY:
        kept = value if isinstance(value, list) else []
        return [evidence.field == "captions" or one.value in kept for one in evidence.candidates]
    return [evidence.chosen and number == 0 for number in range(len(evidence.candidates))]


def _value_of(evidence: Evidence, record: Record) -> MetaValue:
    return list(record.tags) if evidence.field == "tags" else None


def _considered(evidence: Evidence, record: Record) -> Iterator[tuple[dict[str, MetaValue], bool]]:
    for one, chosen in zip(evidence.candidates, _flags(evidence, _value_of(evidence, record)), strict=True):
        yield candidate_as_dict(one), chosen


def candidate_as_dict(one: Candidate[str]) -> dict[str, MetaValue]:
    """A candidate as JSON shows it."""
    return {"value": one.value, "how": one.how, "text": one.text, "confidence": round(one.confidence, 3),
            "assumed": list(one.assumed)}  # fmt: skip


def _summary(evidence: Evidence, record: Record) -> MetaValue:
    first = evidence.candidates[0]
    chosen, _ = split_candidates(evidence, _value_of(evidence, record))
    if evidence.field in MANY and chosen:
        hows = list(dict.fromkeys(one.how for one in chosen))
        how = hows[0] if len(hows) == 1 else "; ".join(f"{one.value}: {one.how}" for one in chosen)
        return {"how": how, "text": "; ".join(one.text for one in chosen),
                "confidence": round(min(one.confidence for one in chosen), 3)}  # fmt: skip
    return {"how": first.how, "text": first.text, "confidence": round(first.confidence, 3)}


def _told(one: Candidate[str], lines: Mapping[str, Line], *, quoted: bool = True) -> str:
    """How a candidate was found, on which line, and in which words where they are not the value itself."""
    line = lines.get(one.text)
    place = f", {'' if line.only else 'first on '}line {line.number}" if line else ""
    words = f": “{excerpt(one.text, 120)}”" if quoted and one.text and one.text != one.value else ""
    sure = "" if quoted else f", {one.confidence:.2f}"
    return f"{one.how}{place}{words}{sure}"


def _joined(words: Sequence[str]) -> str:
    told = " and ".join(words)
    return f"the {told} {'is' if len(words) == 1 else 'are'}"


def _listed(told: Iterable[str], most: int = 3) -> str:
    """The first few of some words, and how many there are besides."""
    words = list(told)
    more = f"; {len(words) - most} more" if len(words) > most else ""
    return "; ".join(words[:most]) + more
