"""Use case: every problem of the content, told before a reader sees it.

A rule is a function from one page, or from all, to problems; `rules` names them. Settings are checked where they are
read. With `since` only what a change brought is told: the same rules look at the changed pages as they are and as they
were, and what both looks find is left out.
"""

from __future__ import annotations

from generator.check.report import Options, Report
from generator.check.run import Run
from generator.check.twins import claimed_twice
from generator.settings import Settings
from generator.storage import Project

__all__ = ["Options", "Report", "Run", "check", "claimed_twice"]


def check(project: Project, settings: Settings, options: Options) -> Report:
    """Look at the content of a project.

    Raises:
        UsageError: `since` names no commit, or git refuses.
    """
    return Run(project, settings, options).report()
