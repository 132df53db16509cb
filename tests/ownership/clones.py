"""Two clones of a digest's folder put together as git would: file by file, each against what both came from. A file
that one of them gave another name is followed, as git's rename detection does."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from generator.frontmatter import body_fingerprint, fingerprint
from generator.page_merge import merge_pages
from generator.storage import PAGES, SIDECAR
from tests.ownership.page_text import PageText
from tests.ownership.world import (
    ABSENT,
    KEPT_APART,
    SPOKEN,
    Article,
    Facts,
    Lost,
    Snapshot,
    canon,
    canon_body,
)

T = TypeVar("T")
State = tuple[Snapshot, Facts]


class Conflict(Exception):  # noqa: N818 - it is none of the digest's errors
    """Git, or the two editors, would have to decide; what of it, in a word."""


@dataclass
class Merged:
    """Both clones' folder and facts in one."""

    files: Snapshot
    facts: Facts
    by_field: int = 0
    """Pages in which git alone would have seen a conflict."""


def merge(base: State, ours: State, theirs: State, scratch: Path) -> Merged:
    """Both clones' folder and facts in one: git's own way, and the digest's driver for the pages that it cannot merge.

    Raises:
        Conflict: that cannot be without a person.
    """
    named = [_named(*side) for side in (base, ours, theirs)]
    merged = Merged({}, {})
    joined: dict[str, set[str]] = {}
    for name in sorted({*named[0], *named[1], *named[2]}):
        sides = [side.get(name) for side in named]
        one = _merge_file(name, *sides, scratch, merged)
        if one is not None:
            path, data = one
            if path in merged.files:
                raise Conflict("git: two files of one name")
            merged.files[path] = data
            if name.startswith("page "):
                keys = [entry.key for entry in PageText.parse(data).entries if entry.key]
                if len(keys) != len(set(keys)):
                    raise Conflict("git: a key stands twice")
                joined[path] = _changed_by_both([side[1] for side in sides if side is not None])
                _judge_values(path, data, [side[1] for side in sides if side is not None])
    pages = {f"{PAGES}/{value}": key[0] for key, value in ours[1].items() if key[1:] == ("page",)}
    pages |= {f"{PAGES}/{value}": key[0] for key, value in theirs[1].items() if key[1:] == ("page",)}
    both = {(pages[path], field) for path, fields in joined.items() for field in fields}
    absent = object()
    for key in {*base[1], *ours[1], *theirs[1]}:
        if len(key) == 3 and (key[0], key[2]) in both and key[1] in ("mine", "own", "open"):
            continue
        value = _three(*(side[1].get(key, absent) for side in (base, ours, theirs)), why="model")
        if value is not absent:
            merged.facts[key] = value
    for path, fields in joined.items():
        article, page = pages[path], PageText.parse(merged.files[path])
        told = [_changes(article, base[1], side[1]) for side in (ours, theirs)]
        # One clone's editor has changed a field of which the other's generator has said something new.
        crossed = {field for field in SPOKEN if all(any(kind[1] == field for kind in one) for one in told)}
        if merged.facts[article, "state"] == "live":
            gone = crossed - {*SPOKEN[-1:], *PageText.parse(merged.files[path]).values()}
            if any(
                ((article, "rec", field) in ours[1]) != ((article, "rec", field) in theirs[1])
                for field in gone
            ):
                raise Conflict(
                    "model"
                )  # taken away where the generator had not said it: no word about the field
            _own_both(article, page, fields | crossed, merged.facts)
            for field in crossed:
                before, now = ((article, "mine", field) in side[1] for side in (ours, theirs))
                if not (before and now) and (article, "mine", field) in base[1]:
                    _give_back(article, page, field, merged.facts)
    return merged


def _changes(article: Article, base: Facts, side: Facts) -> set[tuple[str, str]]:
    """(`mine` or `rec`, field) of what has changed about the owner of a field."""
    keys = {key for facts in (base, side) for key in facts if key[0] == article and key[1] in ("mine", "rec")}
    return {(key[1], key[2]) for key in keys if base.get(key) != side.get(key)}


def _changed_by_both(sides: list[bytes]) -> set[str]:
    """The fields of which each clone has a value of its own: some lines of the text, some entries of a list."""
    if len(sides) < 3:
        return set()
    pages = [PageText.parse(data) for data in sides]
    values = [page.values() | {"body": page.body.strip()} for page in pages]
    keys = {key for one in values for key in one} - KEPT_APART
    told = {key: [canon(one[key]) if key in one else ABSENT for one in values] for key in keys}
    return {key for key, (base, ours, theirs) in told.items() if base != ours != theirs != base}


def _judge_values(path: str, merged: bytes, sides: list[bytes]) -> None:
    """Of a field that one clone alone has changed, the merged page has that clone's value."""
    values = [PageText.parse(data) for data in (*sides, merged)]
    if len(values) == 4:
        told = [page.values() | {"body": page.body.strip()} for page in values]
        for key in {key for one in told for key in one} - {"generated"}:
            base, ours, theirs, found = (canon(one[key]) if key in one else ABSENT for one in told)
            wanted = theirs if ours == base else ours
            if found != wanted and (base in (ours, theirs) or ours == theirs):
                raise Lost(f"the clones' {path} has {key} {found}, not {wanted}")


def _own_both(article: Article, page: PageText, fields: set[str], facts: Facts) -> None:
    """What each clone changed is neither's: an editor's, unless it is what the generator says."""
    values = page.values()
    for field in fields:
        value = (
            canon_body(page.body) if field == "body" else canon(values[field]) if field in values else ABSENT
        )
        if field not in SPOKEN:
            facts[article, "own", field] = value
        elif value == facts.get((article, "rec", field), ABSENT):
            facts.pop((article, "mine", field), None)
        else:
            facts[article, "mine", field] = value


def _give_back(article: Article, page: PageText, field: str, facts: Facts) -> None:
    """One clone's editor has given a field back to the generator, which has said something new in the other: whether the
    field follows is as the merged page has it."""
    values = page.values()
    value = (
        body_fingerprint(page.body)
        if field == "body"
        else fingerprint(values[field])
        if field in values
        else ""
    )
    if values["generated"].get(field) == value and (article, "mine", field) in facts:
        facts[article, "rec", field] = facts.pop((article, "mine", field))


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
    name: str,
    base: tuple[str, bytes] | None,
    ours: tuple[str, bytes] | None,
    theirs: tuple[str, bytes] | None,
    scratch: Path,
    merged: Merged,
) -> tuple[str, bytes] | None:
    if base is None or ours is None or theirs is None:
        return _three(base, ours, theirs, why="git: deleted or added by both")
    path = _three(base[0], ours[0], theirs[0], why="git: renamed by both")
    try:
        return path, _three(base[1], ours[1], theirs[1], why="lines")
    except Conflict:
        pass
    down = [b"\ntakedown:" in side[1] for side in (base, ours, theirs)]
    if len(set(down)) > 1:
        raise Conflict("git: taken down in one clone, changed in the other")
    data = _merge_lines(base[1], ours[1], theirs[1], scratch)
    if data is None and name.startswith("page "):
        texts = (side[1].decode("utf-8") for side in (base, ours, theirs))
        text = merge_pages(*texts, path, lambda *lines: _merge_text(lines, scratch))
        data = None if text is None else text.encode()
        merged.by_field += data is not None
    if data is None:
        raise Conflict("git: the same lines")
    return path, data


def _merge_text(texts: tuple[str, ...], scratch: Path) -> str | None:
    data = _merge_lines(*(text.encode() for text in texts), scratch)
    return None if data is None else data.decode("utf-8")


def _merge_lines(base: bytes, ours: bytes, theirs: bytes, scratch: Path) -> bytes | None:
    files = [scratch / name for name in ("ours", "base", "theirs")]
    for file, data in zip(files, (ours, base, theirs), strict=True):
        file.write_bytes(data)
    done = subprocess.run(
        ["git", "merge-file", "-p", "--diff3", *map(str, files)],
        capture_output=True,
        env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        cwd=scratch,
    )
    return None if done.returncode else done.stdout
