"""The lead: a sapo that stands apart from the text, else the text's first paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.extract.dateline import dateline_of
from generator.extract.findings import Findings
from generator.extract.lines import key
from generator.models import Block, BlockKind, Candidate, LeadKind
from generator.text import excerpt

_ENOUGH = 0.5


def settle_lead(
    found: Sequence[Candidate[str]], body: tuple[Block, ...], title: str | None
) -> tuple[str | None, LeadKind | None, tuple[Block, ...], tuple[Candidate[str], ...]]:
    """The lead, its kind, the body without a sapo, and the candidates, best first."""
    ranked = sorted(
        (one for one in found if one.value.strip() and not (title and key(one.value) == key(title))),
        key=lambda one: -one.confidence,
    )
    place = next((index for index, block in enumerate(body) if block.kind is BlockKind.PARAGRAPH), None)
    first = body[place].text if place is not None else ""
    for number, one in enumerate(ranked):
        if one.confidence < _ENOUGH:
            break
        text = strip_mark(one.value)
        if is_cut(text, first):
            lead = Candidate(first, f"{one.how}; the text begins with it", excerpt(first), one.confidence)
            return first, "first_paragraph", body, (lead, *ranked)
        rest = tuple(
            block
            for block in body
            if not (block.kind is BlockKind.PARAGRAPH and key(block.text) == key(text))
        )
        lead = Candidate(text, one.how, one.text, one.confidence)
        return text, "sapo", rest, (lead, *ranked[:number], *ranked[number + 1 :])
    if not first:
        return None, None, body, tuple(ranked)
    return first, "first_paragraph", body, (Candidate(first, "first paragraph", excerpt(first), 0.5), *ranked)


def unmark_leads(findings: Findings, marks: frozenset[str]) -> None:
    """Take the publisher's mark off leads that stand apart (`[BVD] …` in a sapo or a description), and report it as a
    source; `marks` are those of the settings."""
    for place, one in enumerate(findings.leads):
        mark = dateline_of(one.value, marks)
        if mark is None or not mark.name:
            continue
        rest = one.value[one.value.index(mark.words) + len(mark.words) :].strip()
        findings.leads[place] = replace(one, value=rest)
        if all(other.value != mark.name for other in findings.sources):
            findings.sources.append(Candidate(mark.name, "dateline", mark.words, 0.8))


def strip_mark(text: str) -> str:
    """A text without the publisher's mark that opens it."""
    mark = dateline_of(text)
    return text[len(mark.words) :].strip() if mark else text


def is_cut(text: str, first: str) -> bool:
    """Whether a summary is the first paragraph's beginning, cut off as metadata is, or all of it."""
    short, whole = key(text), key(first)
    return bool(short) and len(short) >= 20 and whole.startswith(short) and len(whole) < 3 * len(short) + 400
