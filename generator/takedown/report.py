"""What a takedown did, or would do: the record that an editor keeps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.models import Level, Problem


class Deed(StrEnum):
    """What happens to a file."""

    REWRITTEN = "rewritten"
    CUT = "cut"
    """One article was taken out of several."""
    RECORDED = "recorded"
    """The sidecar says that the raw article is done with."""
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a file or folder."""

    deed: Deed
    path: str
    """Relative to the project's folder."""
    what: str
    """What the file was to the article, or what is left of it, in a few words."""
    content: str | bytes | None = None
    """What the file holds from then on; None: it is taken away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One takedown."""

    page: str
    """The page's file, which is from then on the record."""
    reason: str
    again: bool
    """It was taken down before: only what was left over is done."""
    notice: str
    """Address of the notice below the site's root; empty where readers never saw the article."""
    steps: tuple[Step, ...] = ()
    """In the order in which they are done."""
    problems: tuple[Problem, ...] = ()
    """What remains for a person."""

    @property
    def failed(self) -> bool:
        """Whether words of the article are still in the content: exit code 1."""
        return any(problem.level is Level.ERROR for problem in self.problems)
