"""What a finder saw in one form of text, before anything is decided.

A finder (`text`, `html`, `markdown`) reports; the field rooms (`title`, `date`, `source`, `author`, `lead` …)
decide. So every form of text goes through the same judgement.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.models import Block, Candidate, DateClue


@dataclass(slots=True)
class Findings:
    """Candidates per field, in any order, and the body."""

    titles: list[Candidate[str]] = field(default_factory=list)
    dates: list[DateClue] = field(default_factory=list)
    sources: list[Candidate[str]] = field(default_factory=list)
    """Names (`ANTV`), domains (`antv.gov.vn`) or addresses, as they stand."""
    authors: list[Candidate[tuple[str, ...]]] = field(default_factory=list)
    sections: list[Candidate[str]] = field(default_factory=list)
    leads: list[Candidate[str]] = field(default_factory=list)
    """Only leads that stand apart from the body (a sapo, a feed's summary)."""
    body: tuple[Block, ...] = ()
    body_how: str = ""
    """How the body was found, where another way than the form's usual one found it."""
    canonical_urls: list[Candidate[str]] = field(default_factory=list)
    languages: list[Candidate[str]] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    """Lines that are not the article, each with why."""
    incomplete: str = ""
    """Why the body may not be the whole text, in words for an editor."""
