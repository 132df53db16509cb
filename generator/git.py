"""The only room that runs git: what changed since a commit, what stood there, what is kept.

Paths given and returned are relative to the project's folder, with `/`, also where the repository begins above it.
Nothing is written, and no setting of the user's (pager, colours, quoting, external diff) has a say.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import UsageError

_TIMEOUT = 120
"""Seconds for one call: a repository on a slow disk is slow, one that waits for an answer never ends."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How the work tree differs from a commit, untracked files included."""

    base: str
    """The commit, as 40 or 64 hex digits."""
    added: frozenset[str] = frozenset()
    """Files that are new here: new in git, and not known to git at all. A renamed file's new name is one."""
    modified: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    """Files that are gone. A renamed file's old name is one."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Old name → new name, as git's rename detection sees it."""

    @property
    def present(self) -> frozenset[str]:
        """The changed files that are here."""
        return self.added | self.modified


class Git:
    """The repository that a project's folder lies in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def find(cls, folder: Path) -> Git | None:
        """The repository around a folder; None where there is none, or no git.

        Raises:
            UsageError: there is one, and git will not look at it.
        """
        git = cls(folder)
        try:
            done = git._call("rev-parse", "--is-inside-work-tree")
        except UsageError:
            return None
        if done.returncode == 0:
            return git if done.stdout.strip() == b"true" else None
        if any((above / ".git").exists() for above in (folder, *folder.parents)):
            raise git._refused("rev-parse", done)  # "dubious ownership", with what to do
        return None

    def commit_of(self, ref: str) -> str:
        """The commit that a name stands for.

        Raises:
            UsageError: there is none.
        """
        found = self._commit(ref)
        if found is None:
            raise UsageError(
                f"git knows no commit `{ref}` → name a branch, a tag or a commit; in CI, fetch it first (fetch-depth: 0)"
            )
        return found

    def _commit(self, ref: str) -> str | None:
        told = self._run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", check=False
        )
        return told.decode("ascii", "replace").strip() if told else None

    def fork_point(self, ref: str) -> str:
        """The commit from which the present work and `ref` went apart: what came to `ref` since is nobody's change here.
        `ref` itself where the two have nothing in common.

        Raises:
            UsageError: there is no such commit.
        """
        if self._commit("HEAD") is None and ref == "HEAD":
            # Before the first commit everything is new: the empty tree stands for what was.
            return self._run("hash-object", "-t", "tree", "--stdin", given=b"").decode("ascii").strip()
        commit = self.commit_of(ref)
        base = self._run("merge-base", commit, "HEAD", check=False)
        if base:
            return base.decode("ascii").split("\n")[0]
        if self._run("rev-parse", "--is-shallow-repository", check=False).strip() == b"true":
            raise UsageError(
                f"this clone is too shallow to see where it left `{ref}` → fetch the whole history (fetch-depth: 0)"
            )
        return commit

    def published(self) -> str | None:
        """The commit from which what readers see most likely comes: where this branch left the remote's default branch,
        else its own upstream, else HEAD; None in a repository without a commit, or too shallow to tell."""
        for ref in ("refs/remotes/origin/HEAD", "@{upstream}", "HEAD"):
            if self._commit(ref) is not None:
                try:
                    return self.fork_point(ref)
                except UsageError:
                    return None
        return None

    def changes(self, base: str, places: Sequence[str]) -> Changes:
        """What differs below some places between a commit and the work tree."""
        told = self._run(
            "diff", "--no-ext-diff", "--no-textconv", "--name-status", "--relative", "--find-renames=50%", "-l", "4000", "-z",
            base, "--", *places,
        )  # fmt: skip
        added, modified, deleted, renamed = set[str](), set[str](), set[str](), dict[str, str]()
        words = iter(_split(told))
        for status in words:
            name = next(words)
            if status[0] in "RC":
                new = next(words)
                added.add(new)
                if status[0] == "R":
                    deleted.add(name)
                    renamed[name] = new
            elif status[0] == "A":
                added.add(name)
            elif status[0] == "D":
                deleted.add(name)
            else:
                modified.add(name)
        added.update(_split(self._run("ls-files", "--others", "--exclude-standard", "-z", "--", *places)))
        # `git rm --cached` and its like: gone from git's list, but here.
        back = deleted & added
        return Changes(
            base, frozenset(added - back), frozenset(modified | back), frozenset(deleted - back), renamed
        )

    def read(self, commit: str, paths: Iterable[str]) -> dict[str, bytes]:
        """The bytes of some files as a commit has them; one that it does not have is left out."""
        names = [path for path in paths if "\n" not in path]
        if not names:
            return {}
        asked = "".join(f"{commit}:./{name}\n" for name in names).encode("utf-8", "surrogateescape")
        told = self._run("cat-file", "--batch", given=asked)
        found: dict[str, bytes] = {}
        place = 0
        for name in names:
            end = told.index(b"\n", place)
            head = told[place:end].rsplit(b" ", 2)
            place = end + 1
            if len(head) == 3 and head[1] in (b"blob", b"tree", b"commit", b"tag") and head[2].isdigit():
                size = int(head[2])
                if head[1] == b"blob":
                    found[name] = told[place : place + size]
                place += size + 1
        return found

    def tracked(self, places: Sequence[str]) -> frozenset[str]:
        """The files below some places that git keeps."""
        return frozenset(_split(self._run("ls-files", "-z", "--", *places)))

    def merge_files(self, ours: Path, base: Path, theirs: Path) -> tuple[bytes, bool]:
        """(three files merged line by line, as `git merge` does; whether they do not conflict). Where they do, the
        conflict marks stand in the bytes.

        Raises:
            UsageError: there is no git, or it cannot merge them.
        """
        names = [os.fspath(path) for path in (ours, base, theirs)]
        done = self._call("merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs", *names)
        if not 0 <= done.returncode < _NO_MERGE:
            raise self._refused("merge-file", done)
        return done.stdout, done.returncode == 0

    def _run(self, *arguments: str, check: bool = True, given: bytes | None = None) -> bytes:
        """What git prints; empty with `check` false where it refuses.

        Raises:
            UsageError: there is no git, it does not answer, or it refuses.
        """
        done = self._call(*arguments, given=given)
        if done.returncode == 0:
            return done.stdout
        if not check:
            return b""
        raise self._refused(arguments[0], done)

    def _refused(self, command: str, done: subprocess.CompletedProcess[bytes]) -> UsageError:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return UsageError(f"git {command} refused: {told[-1] if told else done.returncode}")

    def _call(self, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        environment = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
        command = [
            "git",
            "-c",
            "core.quotePath=false",
            "-c",
            "core.fsmonitor=false",
            "--no-pager",
            *arguments,
        ]
        try:
            return subprocess.run(  # noqa: S603 - a fixed program with our own arguments, no shell
                command,
                cwd=self._folder,
                input=given,
                stdin=subprocess.DEVNULL if given is None else None,
                capture_output=True,
                timeout=_TIMEOUT,
                check=False,
                env={**environment, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
            )
        except FileNotFoundError as error:
            raise UsageError("git is not installed → install it, or leave --since away") from error
        except subprocess.TimeoutExpired as error:
            raise UsageError(f"git {arguments[0]} has not answered for {_TIMEOUT} s") from error


_NO_MERGE = 128
"""Exit codes of `git merge-file` from which on it has not merged; below they count conflicts."""
_NOT_OURS = frozenset(
    {"GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_PAGER", "GIT_LITERAL_PATHSPECS", "GIT_TRACE"}
)


def _split(told: bytes) -> list[str]:
    return [os.fsdecode(word) for word in told.split(b"\0") if word]
