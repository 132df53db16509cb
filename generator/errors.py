"""What can go wrong, as one tree.

DigestError
├── SettingsError        wrong settings: every problem at once, nothing done (exit code 2)
├── UsageError           a command that cannot be carried out as it was given (exit code 2)
├── RawError             a raw file that cannot be read; the other files go on (exit code 1)
├── PageError            a page whose front matter cannot be read (exit code 1)
└── StorageError         the disk refused a write; what was there before is still whole (exit code 1; 2 in a build)

A `RawError` or a `PageError` carries the `Problem` that is shown to the editor, so that every
command tells it in the same words.
"""

from __future__ import annotations

from generator.models import Problem


class DigestError(Exception):
    """Base of everything this package raises on purpose."""


class SettingsError(DigestError):
    """The settings are wrong; `problems` holds all of them, in the order of their lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class UsageError(DigestError):
    """The command line asks for something that cannot be done; the message says what to do."""


class ProblemError(DigestError):
    """An error about one file, told as a `Problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class RawError(ProblemError):
    """A raw file that cannot be taken in: undecodable, empty, binary, over-long, malformed."""


class PageError(ProblemError):
    """A page that cannot be read: broken front matter, conflict markers, a wrong type."""


class StorageError(ProblemError):
    """A write that the system refused; the file that was to be replaced is untouched."""
