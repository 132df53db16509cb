"""What one run of ingest did, and who is told while it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from generator.models import Level, Problem


class Outcome(StrEnum):
    """What became of one article."""

    NEW = "new"
    UPDATED = "updated"
    KEPT = "kept"
    """The raw article changed where the editor had changed the page: the editor's words stay."""
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    """An editor took the page away: it stays away."""
    SKIPPED = "skipped"
    """The sidecar says `skip: true`."""
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Result:
    """One article's way through ingest."""

    raw: str
    outcome: Outcome
    page: str = ""
    """File below the pages folder."""
    held: tuple[str, ...] = ()
    """Why the page waits for a person; empty when it is filed."""
    problems: tuple[Problem, ...] = ()
    moved_from: str = ""
    """Where the page stood before it was filed."""


@dataclass(slots=True)
class Report:
    """All that one run did."""

    results: list[Result] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """Articles with that outcome."""
        return sum(result.outcome is outcome for result in self.results)

    @property
    def held(self) -> list[Result]:
        """Articles that wait for a person."""
        return [result for result in self.results if result.held]

    @property
    def problems(self) -> list[Problem]:
        """Everything there is to tell, in order."""
        return [problem for result in self.results for problem in result.problems]

    @property
    def rejected(self) -> bool:
        """Whether anything was rejected or is an error: exit code 1."""
        return any(problem.level is Level.ERROR for problem in self.problems)


class Progress:
    """Who is told how an ingest goes on. This one listens and shows nothing."""

    def begin(self, files: int) -> None:
        """So many raw files are to be read."""

    def tell(self, result: Result) -> None:
        """One article has gone its way."""

    def step(self) -> None:
        """One raw file is done."""

    def end(self) -> None:
        """Nothing more will come, whether all went well or not."""
