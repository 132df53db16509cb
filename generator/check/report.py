"""What a check is asked, and what it found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from generator.check.fixes import Fix
from generator.models import Article, Level, Problem
from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the caller may choose."""

    now: dt.datetime
    config: str = "site_config.yml"
    """The settings' file, relative to the project."""
    inherited: tuple[str, ...] = ()
    """Files of the project that it inherits from."""
    since: str | None = None
    """Name of a commit: only what came since it went apart from the present branch is told."""
    fix: bool = False
    """Put right what can be put right without a person."""
    earlier_settings: Callable[[Mapping[str, bytes]], Settings | None] = lambda files: None
    """The settings' file, and those that it inherits from, as they were → its settings; None where they were wrong."""

    @property
    def configs(self) -> tuple[str, ...]:
        """All files that the settings come from."""
        return (self.config, *self.inherited)


@dataclass(slots=True)
class Report:
    """What a check found, and what it has put right."""

    problems: list[Problem] = field(default_factory=list)
    fixed: list[Fix] = field(default_factory=list)
    articles: tuple[Article, ...] = ()
    """The articles that were looked at whole."""
    looked_at: tuple[str, ...] = ()
    """Pages that were looked at whole, by path."""
    settings_changed: bool = False
    """With `since`: whether the settings are among what has changed."""

    @property
    def pages(self) -> int:
        """How many pages were looked at."""
        return len(self.looked_at)

    def count(self, level: Level) -> int:
        """Problems of a level."""
        return sum(problem.level is level for problem in self.problems)
