"""The work tree beside a commit: what changed, what the change may have touched, and what was known before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.check.outline import Outline
from generator.check.tree import EarlierTree, Tree
from generator.errors import ProblemError
from generator.git import Changes, Git
from generator.models import Problem
from generator.storage import PAGES

_MOST_NAMES = 200
"""Pages that changed, of which others are searched for links; of more, all are looked at."""


@dataclass(frozen=True)
class Comparison:
    """A tree, and what it was."""

    present: Tree
    earlier: EarlierTree
    changes: Changes
    configs: tuple[str, ...]
    """The files that the settings come from."""
    earlier_configs: Mapping[str, bytes]
    """The same as they were."""

    @classmethod
    def of(cls, git: Git, base: str, present: Tree, configs: Sequence[str]) -> Comparison:
        """The present tree beside the commit `base`."""
        changes = git.changes(base, ["content", *configs])
        pages = [path for path in (*changes.modified, *changes.deleted) if path.startswith(f"{PAGES}/")]
        texts = git.read(base, [path for path in pages if path.endswith(".md")])
        texts |= {path: b"" for path in pages if not path.endswith(".md")}
        before = git.read(base, configs) if changes.modified & set(configs) else {}
        return cls(present, EarlierTree.of(present, changes.added, texts), changes, tuple(configs), before)

    @property
    def settings_changed(self) -> bool:
        """Whether the settings, or what they inherit from, are among what has changed: every page is looked at then."""
        return bool(self.changes.modified & set(self.configs))

    @property
    def same_names(self) -> bool:
        """Whether no file has come or gone."""
        return not (self.changes.added or self.changes.deleted)

    def focus(self) -> frozenset[str]:
        """The changed pages, and those whose links or editions the change may have touched."""
        changes, files = self.changes, self.present.files
        focus = {path for path in changes.present if path in files and path.endswith(".md")}
        touched = [path for path in changes.deleted if path.startswith(f"{PAGES}/")]
        touched += [path for path in focus if path in changes.modified]
        names = {path.rpartition("/")[2].removesuffix(".md") for path in touched} - {""}
        others = [path for path in files if path.endswith(".md") and path not in focus]
        if len(names) > _MOST_NAMES:
            focus.update(others)
        elif names:
            words = [name.encode("utf-8", "surrogateescape") for name in names]
            focus.update(path for path in others if self._names_one(path, words))
        return frozenset(focus)

    def _names_one(self, path: str, words: Iterable[bytes]) -> bool:
        try:
            data = self.present.peek(path)
        except ProblemError:
            return False
        return any(word in data for word in words)

    def earlier_focus(self, focus: frozenset[str] | None) -> frozenset[str] | None:
        """The same pages under the names that they had."""
        if focus is None:
            return None
        back = {new: old for old, new in self.changes.renamed.items()}
        return frozenset(back.get(path, path) for path in focus) & self.earlier.files

    def unchanged(
        self, outlines: Mapping[str, Outline], focus: frozenset[str] | None
    ) -> Mapping[str, Outline]:
        """The outlines that are the same in both trees."""
        touched = self.changes.present | (focus or frozenset())
        return {path: one for path, one in outlines.items() if path not in touched}


def new_problems(present: Iterable[Problem], known: Iterable[Problem], changes: Changes) -> list[Problem]:
    """What is found now and was not found before, renamed files under their new name."""
    counts = Counter(_key(replace(one, path=changes.renamed.get(one.path, one.path))) for one in known)
    new: list[Problem] = []
    for one in present:
        key = _key(one)
        if counts[key] > 0:
            counts[key] -= 1
        else:
            new.append(one)
    return new


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.path, problem.rule, problem.message
