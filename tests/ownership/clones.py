"""Two clones of a digest's folder put together as git would: file by file, each against what both came from. A file
that one of them gave another name is followed, as git's rename detection does."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TypeVar

from generator.storage import PAGES, SIDECAR
from tests.ownership.page_text import PageText
from tests.ownership.world import Facts, Snapshot

T = TypeVar("T")
State = tuple[Snapshot, Facts]


class Conflict(Exception):  # noqa: N818 - it is none of the digest's errors
    """Git, or the two editors, would have to decide; what of it, in a word."""


def merge(base: State, ours: State, theirs: State, scratch: Path) -> State:
    """Both clones' folder and facts in one.

    Raises:
        Conflict: that cannot be without a person.
    """
    named = [_named(*side) for side in (base, ours, theirs)]
    merged: Snapshot = {}
    for name in sorted({*named[0], *named[1], *named[2]}):
        one = _merge_file(*(side.get(name) for side in named), scratch)
        if one is not None:
            path, data = one
            if path in merged:
                raise Conflict("git: two files of one name")
            merged[path] = data
    facts: Facts = {}
    absent = object()
    for key in {*base[1], *ours[1], *theirs[1]}:
        value = _three(*(side[1].get(key, absent) for side in (base, ours, theirs)), why="model")
        if value is not absent:
            facts[key] = value
    for path, data in merged.items():
        if path.startswith(f"{PAGES}/"):
            keys = [entry.key for entry in PageText.parse(data).entries if entry.key]
            if len(keys) != len(set(keys)):
                raise Conflict("git: a key stands twice")
    return merged, facts


def _named(snapshot: Snapshot, facts: Facts) -> dict[str, tuple[str, bytes]]:
    """What a file is, whatever it is called → (path, bytes)."""
    names: dict[str, str] = {}
    for key, value in facts.items():
        if key[1:] == ("page",) and facts[key[0], "state"] in ("live", "down"):
            names[f"{PAGES}/{value}"] = f"page {key[0]}"
        elif key[1:] == ("path",) and value:
            names[f"content/raw/{value}"] = f"raw {key[0]}"
            names[f"content/raw/{value}{SIDECAR}"] = f"sidecar {key[0]}"
    return {names.get(path, path): (path, data) for path, data in snapshot.items()}


def _three(base: T, ours: T, theirs: T, why: str) -> T:
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    raise Conflict(why)


def _merge_file(
    base: tuple[str, bytes] | None, ours: tuple[str, bytes] | None, theirs: tuple[str, bytes] | None, scratch: Path
) -> tuple[str, bytes] | None:
    if base is None or ours is None or theirs is None:
        return _three(base, ours, theirs, why="git: deleted or added by both")
    path = _three(base[0], ours[0], theirs[0], why="git: renamed by both")
    try:
        return path, _three(base[1], ours[1], theirs[1], why="lines")
    except Conflict:
        return path, _merge_lines(base[1], ours[1], theirs[1], scratch)


def _merge_lines(base: bytes, ours: bytes, theirs: bytes, scratch: Path) -> bytes:
    files = [scratch / name for name in ("ours", "base", "theirs")]
    for file, data in zip(files, (ours, base, theirs), strict=True):
        file.write_bytes(data)
    done = subprocess.run(
        ["git", "merge-file", "-p", "--diff3", *map(str, files)],
        capture_output=True,
        env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        cwd=scratch,
    )
    if done.returncode:
        raise Conflict("git: the same lines")
    return done.stdout
