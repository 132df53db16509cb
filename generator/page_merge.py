"""Two versions of a page and what both came from → one page, field by field.

Git merges lines: a title changed here and the date below it changed there are a conflict, though two people changed two
things. Fields that only one side changed are taken from it; lists to which both added hold both; only a field, or a
passage of the text, that both changed in different ways is left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator import frontmatter
from generator.errors import PageError
from generator.frontmatter import DELETE, Delete, fingerprint
from generator.models import MetaValue

JOINED = ("aliases", "tags", "corrections", "also", "authors")
"""Lists whose entries stand for themselves: what one side adds or takes away says nothing of the others."""
_COMMENT = re.compile(r"(?:^|\s)#.*$", re.MULTILINE)

MergeLines = Callable[[str, str, str], str | None]
"""(base, ours, theirs) → the lines merged as git does it; None where they conflict."""


@dataclass(frozen=True, slots=True)
class _Page:
    block: str
    meta: Mapping[str, MetaValue]
    body: str


def merge_pages(base: str, ours: str, theirs: str, path: str, merge_lines: MergeLines) -> str | None:
    """The page that has both changes; None where a person must decide, or where a side cannot be read.

    Git's own way is tried first: it keeps every character, comments too.
    """
    plain = merge_lines(base, ours, theirs)
    if plain is not None and _read(plain, path) is not None:
        return plain
    pages = [_read(text, path) for text in (base, ours, theirs)]
    if any(page is None for page in pages):
        return None
    first, mine, other = (page for page in pages if page is not None)
    if _comments(other.block) != _comments(first.block):
        return None  # theirs says something that no field holds
    changes = _merge_fields(first.meta, mine.meta, other.meta)
    body = _merge_body(first.body, mine.body, other.body, merge_lines)
    if changes is None or body is None:
        return None
    block = frontmatter.replace(mine.block, changes, path) if changes else mine.block
    return f"---\n{block}---\n{body}"


def _read(text: str, path: str) -> _Page | None:
    try:
        block, body, _ = frontmatter.split(text, path)
        return None if block is None else _Page(block, frontmatter.load(block, path), body)
    except PageError:
        return None


def _comments(block: str) -> list[str]:
    return sorted(match.group().strip() for match in _COMMENT.finditer(block) if '"' not in match.group())


def _merge_body(base: str, ours: str, theirs: str, merge_lines: MergeLines) -> str | None:
    if theirs in (base, ours):
        return ours
    return theirs if ours == base else merge_lines(base, ours, theirs)


def _merge_fields(
    base: Mapping[str, MetaValue], ours: Mapping[str, MetaValue], theirs: Mapping[str, MetaValue]
) -> dict[str, MetaValue | Delete] | None:
    """What is to be changed in our front matter; None where both sides changed one field in different ways."""
    changes: dict[str, MetaValue | Delete] = {}
    taken: set[str] = set()
    for key in dict.fromkeys((*ours, *theirs, *base)):
        if key == "generated" or _same(key, ours, theirs) or _same(key, theirs, base):
            continue
        if _same(key, ours, base):
            changes[key] = theirs.get(key, DELETE)
            taken.add(key)
        elif key in JOINED and (joined := _join(base.get(key), ours.get(key), theirs.get(key))) is not None:
            changes[key] = joined
        else:
            return None
    marks = _merge_marks(base.get("generated"), ours.get("generated"), theirs.get("generated"), taken)
    if marks is not None and marks != ours.get("generated"):
        changes["generated"] = marks
    return changes


def _same(key: str, one: Mapping[str, MetaValue], other: Mapping[str, MetaValue]) -> bool:
    if key not in one or key not in other:
        return (key in one) == (key in other)
    return fingerprint(one[key]) == fingerprint(other[key])


def _join(base: MetaValue, ours: MetaValue, theirs: MetaValue) -> list[MetaValue] | None:
    """Our list with what they added, and without what they took away; None where one of the three is no list."""
    lists = [[] if value is None else value for value in (base, ours, theirs)]
    if not all(isinstance(value, list) for value in lists):
        return None
    first, mine, other = ([*value] if isinstance(value, list) else [] for value in lists)
    known = {
        name: {fingerprint(item) for item in items}
        for name, items in (("base", first), ("mine", mine), ("other", other))
    }
    kept = [
        item for item in mine if fingerprint(item) in known["other"] or fingerprint(item) not in known["base"]
    ]
    added = [item for item in other if fingerprint(item) not in known["base"] | known["mine"]]
    return [*kept, *added]


def _merge_marks(
    base: MetaValue, ours: MetaValue, theirs: MetaValue, taken: set[str]
) -> dict[str, MetaValue] | None:
    """The fingerprints: of a field that is taken from them, theirs; else the side's that changed it, else ours."""
    if not isinstance(ours, dict) or not isinstance(theirs, dict):
        return ours if isinstance(ours, dict) else theirs if isinstance(theirs, dict) else None
    first = base if isinstance(base, dict) else {}
    marks: dict[str, MetaValue] = {}
    for key in dict.fromkeys((*ours, *theirs)):
        field = key.partition(".")[2] or key
        from_them = field in taken or (ours.get(key) == first.get(key) and theirs.get(key) != first.get(key))
        value = (theirs if from_them else ours).get(key)
        if value is not None:
            marks[key] = value
    return marks
