"""The content as the check sees it: the work tree, or the same as it stood at a commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from generator.errors import RawError
from generator.models import Problem
from generator.storage import PAGES, Project


class Tree(Protocol):
    """Files below `content/pages`, by their paths in the project."""

    @property
    def files(self) -> frozenset[str]:
        """Every file below `content/pages`, hidden ones left out."""

    def read(self, path: str) -> str:
        """The text of a page.

        Raises:
            RawError: it cannot be read, or is not UTF-8.
        """

    def peek(self, path: str) -> bytes:
        """The bytes of a page.

        Raises:
            RawError: it cannot be read.
        """


@dataclass(frozen=True)
class WorkTree:
    """What lies on disk now. A page is read once."""

    project: Project
    files: frozenset[str]
    _data: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project) -> WorkTree:
        """The tree of a project."""
        return cls(project, frozenset(project.files_below(PAGES)))

    def read(self, path: str) -> str:
        """See `Tree`."""
        return _decode(self.peek(path), path)

    def peek(self, path: str) -> bytes:
        """See `Tree`."""
        data = self._data.get(path)
        if data is None:
            data = self._data[path] = self.project.read_page(path)
        return data


@dataclass(frozen=True)
class EarlierTree:
    """What lay there at a commit: the present tree, but for the files that have changed since."""

    present: Tree
    files: frozenset[str]
    changed: Mapping[str, bytes]
    """The earlier bytes of what has changed or gone."""

    @classmethod
    def of(cls, present: Tree, new: Iterable[str], changed: Mapping[str, bytes]) -> EarlierTree:
        """The tree before the files `new` came and those of `changed` became what they are."""
        pages = frozenset(path for path in changed if path.startswith(f"{PAGES}/"))
        return cls(present, (present.files - frozenset(new)) | pages, changed)

    def read(self, path: str) -> str:
        """See `Tree`."""
        data = self.changed.get(path)
        if data is None:
            return self.present.read(path)
        return _decode(data, path)

    def peek(self, path: str) -> bytes:
        """See `Tree`."""
        data = self.changed.get(path)
        return self.present.peek(path) if data is None else data


def _decode(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem(
            path, f"not UTF-8 (byte {error.start})", "save it as UTF-8", line, rule="page-encoding"
        )
        raise RawError(problem) from error
