"""What a container says in so many words (a feed's entry, front matter) → candidates beside the finder's."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract.byline import clean_names
from generator.extract.findings import Findings
from generator.models import Candidate, ClueKind, DateClue, Statement
from generator.text import excerpt, match_key, squeeze

_TAKEN = frozenset(
    "title date updated author section lead summary url canonical_url language lang source source_url created fetched name "
    "doubt".split()
)
_SURE = 0.93
_WEAK = {"created": 0.5, "fetched": 0.45}


def add_statements(findings: Findings, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Add the statements as candidates; give back those of which no field here is made (topic, tags, …)."""
    kinds = {
        "title": (findings.titles, _SURE),
        "name": (findings.titles, 0.35),
        "section": (findings.sections, _SURE),
        "lead": (findings.leads, 0.8),
        "summary": (findings.leads, 0.8),
        "canonical_url": (findings.canonical_urls, _SURE),
        "language": (findings.languages, 0.9),
        "lang": (findings.languages, 0.9),
        "source": (findings.sources, 0.9),
        "source_url": (findings.sources, 0.9),
    }
    authors: list[Statement] = []
    for one in statements:
        value = squeeze(one.value)
        if not value:
            continue
        if one.field in kinds:
            found, confidence = kinds[one.field]
            _add(found, value, one, confidence)
        elif one.field == "author":
            authors.append(one)
        elif one.field in ("date", "updated") and all(value != clue.words for clue in findings.dates):
            first = one.field == "date"
            how = one.how if first else f"{one.how}, updated"
            findings.dates.append(DateClue(ClueKind.METADATA, value, how, value, _SURE if first else 0.6))
        elif one.field in _WEAK and all(value != clue.words for clue in findings.dates):
            findings.dates.append(DateClue(ClueKind.METADATA, value, one.how, value, _WEAK[one.field]))
    if authors:
        names = tuple(
            dict.fromkeys(name for one in authors for name in clean_names(one.value) or (squeeze(one.value),))
        )
        if all(names != found.value for found in findings.authors):
            findings.authors.append(Candidate(names, authors[0].how, excerpt("; ".join(names)), _SURE))
    return tuple(one for one in statements if one.field not in _TAKEN)


def _add(found: list[Candidate[str]], value: str, statement: Statement, confidence: float) -> None:
    if all(match_key(one.value) != match_key(value) for one in found):
        found.append(Candidate(value, statement.how, excerpt(value), confidence))
