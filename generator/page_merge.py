"""Two versions of a page and what both came from → one page, field by field.

Git merges lines: a title changed here and the date below it changed there are a conflict, though two people changed two
things. Fields that only one side changed are taken from it; lists to which both added hold both; only a field, or a
passage of the text, that both changed in different ways is left to a person.

An article that one side took down stays down: nothing of what the other side wrote comes back, but its old addresses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

import yaml

from generator import frontmatter
from generator.dates import instant, parse_iso
from generator.errors import PageError
from generator.frontmatter import DELETE, Delete, fingerprint
from generator.models import MetaValue

JOINED = ("aliases", "tags", "corrections", "also", "authors")
"""Lists whose entries stand for themselves: what one side adds or takes away says nothing of the others."""
_COMMENT = re.compile(r"#.*")

_Scanner = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MergeLines = Callable[[str, str, str], str | None]
"""(base, ours, theirs) → the lines merged as git does it; None where they conflict."""
MarkLines = Callable[[str, str, str], str]
"""The same with conflict marks where they do."""
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class _Page:
    block: str
    meta: Mapping[str, MetaValue]
    body: str


def merge_pages(base: str, ours: str, theirs: str, path: str, merge_lines: MergeLines) -> str | None:
    """The page that has both changes; None where a person must decide, or where a side cannot be read.

    Git's own way is tried before fields are looked at: it keeps every character, comments too.
    """
    first, mine, other = (_read(text, path) for text in (base, ours, theirs))
    if mine is not None and other is not None and _is_down(mine) != _is_down(other):
        if first is not None and _is_down(first):
            return None  # one side published it again
        return (
            _keep_down(ours, mine, other, path) if _is_down(mine) else _keep_down(theirs, other, mine, path)
        )
    plain = merge_lines(base, ours, theirs)
    if plain is not None and _read(plain, path) is not None:
        return plain
    joined = _join_pages(base, ours, theirs, path)
    if joined is None or joined.conflicts:
        return None
    body = _merge_body(joined, merge_lines)
    return None if body is None else _change(joined.mine, joined.changes, body, path)


def mark_pages(
    base: str, ours: str, theirs: str, path: str, merge_lines: MergeLines, mark_lines: MarkLines
) -> str | None:
    """The page that has both changes, with conflict marks around the fields and passages that a person must decide, and
    around nothing else; None where only git's own lines will do."""
    joined = _join_pages(base, ours, theirs, path)
    if joined is None:
        return None
    body = _merge_body(joined, merge_lines)
    if body is None:
        body = mark_lines(joined.first.body, joined.mine.body, joined.other.body)
    block = _change_block(joined.mine, joined.changes, path)
    if block is None:
        return None
    for key in joined.conflicts:
        block = _mark(block, key, joined.other.meta, path)
    return f"---\n{block}---\n{body}"


@dataclass(frozen=True, slots=True)
class _Joined:
    """Three versions of a page, and what their fields say to each other."""

    first: _Page
    mine: _Page
    other: _Page
    changes: Mapping[str, MetaValue | Delete]
    """What is to be changed in our front matter."""
    conflicts: tuple[str, ...]
    """Fields that both sides changed in different ways."""
    body_is_theirs: bool | None
    """Whose body stays where both sides changed it and one of them is the generator's; None: neither by itself."""


def _join_pages(base: str, ours: str, theirs: str, path: str) -> _Joined | None:
    # Git hands over an empty base where both sides have made the page.
    first = _read(base, path) if base.strip() else _Page("", {}, "")
    mine, other = _read(ours, path), _read(theirs, path)
    if first is None or mine is None or other is None or _is_down(mine) != _is_down(other):
        return None
    if _comments(other.block) - _comments(first.block) - _comments(mine.block):
        return None  # theirs says something that no field holds
    changes, conflicts = _merge_fields(first.meta, mine.meta, other.meta)
    return _Joined(first, mine, other, changes, conflicts, _stays(_has_own_body(mine), _has_own_body(other)))


def _stays(mine_is_generated: bool, other_is_generated: bool) -> bool | None:
    """Whether theirs stays where both sides have changed something: an editor's word goes before the generator's, and of
    two of the generator's the next ingest makes the same."""
    if mine_is_generated:
        return not other_is_generated
    return False if other_is_generated else None


def _has_own_body(page: _Page) -> bool:
    marks = page.meta.get("generated")
    return isinstance(marks, dict) and marks.get("body") == frontmatter.body_fingerprint(page.body)


def _is_generated(key: str, meta: Mapping[str, MetaValue]) -> bool:
    marks = meta.get("generated")
    return key in meta and isinstance(marks, dict) and marks.get(key) == fingerprint(meta[key])


def _mark(block: str, key: str, theirs: Mapping[str, MetaValue], path: str) -> str:
    """The block with conflict marks around one field: our lines, then what they have written."""
    lines = block.split("\n")
    places = {name: number - 1 for name, number in frontmatter.key_lines(_unmarked(block), path, 1).items()}
    start = places.get(key, len(lines) - 1)
    end = (
        min((place for place in places.values() if place > start), default=len(lines) - 1)
        if key in places
        else start
    )
    other = frontmatter.dump({key: theirs[key]}).rstrip("\n").split("\n") if key in theirs else []
    marked = ["<<<<<<< ours", *lines[start:end], "=======", *other, ">>>>>>> theirs"]
    return "\n".join([*lines[:start], *marked, *lines[end:]])


def _unmarked(block: str) -> str:
    """The block as it was before the marks, every line at its place: theirs and the marks are comments."""
    out: list[str] = []
    inside = False
    for line in block.split("\n"):
        if line == "=======":
            inside = True
        hidden = inside or line == "<<<<<<< ours"
        if line == ">>>>>>> theirs":
            inside = False
        out.append("#" if hidden else line)
    return "\n".join(out)


def _change(page: _Page, changes: Mapping[str, MetaValue | Delete], body: str, path: str) -> str | None:
    """A page with some fields changed; None where a comment would go with them."""
    block = _change_block(page, changes, path)
    return None if block is None else f"---\n{block}---\n{body}"


def _change_block(page: _Page, changes: Mapping[str, MetaValue | Delete], path: str) -> str | None:
    block = frontmatter.replace(page.block, changes, path) if changes else page.block
    return None if _comments(page.block) - _comments(block) else block


def _is_down(page: _Page) -> bool:
    return page.meta.get("takedown") is not None


def _keep_down(text: str, record: _Page, article: _Page, path: str) -> str | None:
    """The record of a takedown as it stands, with the addresses under which the article was known on the other side."""
    own = _list(record.meta.get("aliases"))
    known = {fingerprint(alias) for alias in own}
    added = [alias for alias in _list(article.meta.get("aliases")) if fingerprint(alias) not in known]
    return _change(record, {"aliases": [*own, *added]}, record.body, path) if added else text


def _list(value: MetaValue) -> list[MetaValue]:
    return value if isinstance(value, list) else []


def _read(text: str, path: str) -> _Page | None:
    try:
        block, body, _ = frontmatter.split(text, path)
        return None if block is None else _Page(block, frontmatter.load(block, path), body)
    except PageError:
        return None


def _comments(block: str) -> Counter[str]:
    """The comments of a block that YAML can read, each as often as it stands there: whatever begins with a # outside of
    every key and value."""
    ends = [0]
    for token in yaml.scan(block, Loader=_Scanner):
        if isinstance(token, yaml.ScalarToken):
            start = token.start_mark.index
            if token.style in ("|", ">"):  # the line of the sign itself may have a comment
                start = (block.find("\n", start) + 1) or len(block)
            ends += [start, max(start, token.end_mark.index)]
    ends.append(len(block))
    gaps = (block[end:start] for end, start in list(pairwise(ends))[::2])
    return Counter(match.group().strip() for gap in gaps for match in _COMMENT.finditer(gap))


def _merge_body(joined: _Joined, merge_lines: MergeLines) -> str | None:
    base, ours, theirs = joined.first.body, joined.mine.body, joined.other.body
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    merged = merge_lines(base, ours, theirs) if base or joined.body_is_theirs is None else None
    if merged is not None or joined.body_is_theirs is None:
        return merged
    return theirs if joined.body_is_theirs else ours


def _merge_fields(
    base: Mapping[str, MetaValue], ours: Mapping[str, MetaValue], theirs: Mapping[str, MetaValue]
) -> tuple[dict[str, MetaValue | Delete], tuple[str, ...]]:
    """(what is to be changed in our front matter, the fields that both sides changed in different ways)."""
    changes: dict[str, MetaValue | Delete] = {}
    conflicts: list[str] = []
    taken: set[str] = set()
    for key in dict.fromkeys((*ours, *theirs, *base)):
        if key == "generated" or _same(key, ours, theirs) or _same(key, theirs, base):
            continue
        if _same(key, ours, base):
            changes[key] = theirs.get(key, DELETE)
            taken.add(key)
        elif key == "added" and key in ours and key in theirs:
            changes[key] = _earlier(ours[key], theirs[key])
        elif (
            key == "items"
            and (items := _join_items(base.get(key), ours.get(key), theirs.get(key))) is not None
        ):
            changes[key] = items
        elif (stays := _stays(_is_generated(key, ours), _is_generated(key, theirs))) is not None:
            if stays:
                changes[key] = theirs.get(key, DELETE)
        elif (
            key in JOINED
            and key in ours
            and key in theirs
            and (joined := _join(base.get(key), ours.get(key), theirs.get(key))) is not None
        ):
            changes[key] = joined
        else:
            conflicts.append(key)
    marks = _merge_marks(base.get("generated"), ours.get("generated"), theirs.get("generated"), taken)
    if marks is not None and marks != ours.get("generated"):
        changes["generated"] = marks
    return changes, tuple(conflicts)


def _join_items(base: MetaValue, ours: MetaValue, theirs: MetaValue) -> dict[str, MetaValue] | None:
    """A sidecar's register of a feed's items: those that either side knows; None where both say something else of one."""
    first, mine, other = (value if isinstance(value, dict) else {} for value in (base, ours, theirs))
    joined: dict[str, MetaValue] = {}
    for item in dict.fromkeys((*mine, *other)):
        if item not in mine or _same(item, mine, first):
            value = other.get(item)
        elif item not in other or _same(item, other, first) or _same(item, mine, other):
            value = mine[item]
        else:
            return None
        if value is not None:
            joined[item] = value
    return joined


def _earlier(ours: MetaValue, theirs: MetaValue) -> MetaValue:
    """Of two moments at which the article was taken up the first."""
    try:
        mine, other = (instant(parse_iso(str(value), _UTC), _UTC) for value in (ours, theirs))
    except ValueError:
        return ours
    return ours if mine <= other else theirs


def _same(key: str, one: Mapping[str, MetaValue], other: Mapping[str, MetaValue]) -> bool:
    if key not in one or key not in other:
        return (key in one) == (key in other)
    return fingerprint(one[key]) == fingerprint(other[key])


def _join(base: MetaValue, ours: MetaValue, theirs: MetaValue) -> list[MetaValue] | None:
    """Our list with what they added, and without what they took away; None where one of the three is no list."""
    if not all(value is None or isinstance(value, list) for value in (base, ours, theirs)):
        return None
    first, mine, other = (_list(value) for value in (base, ours, theirs))
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
