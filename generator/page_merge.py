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

import yaml

from generator import frontmatter
from generator.errors import PageError
from generator.frontmatter import DELETE, Delete, fingerprint
from generator.models import MetaValue

JOINED = ("aliases", "tags", "corrections", "also", "authors")
"""Lists whose entries stand for themselves: what one side adds or takes away says nothing of the others."""
_COMMENT = re.compile(r"#.*")

_Scanner = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MergeLines = Callable[[str, str, str], str | None]
"""(base, ours, theirs) → the lines merged as git does it; None where they conflict."""


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
    if first is None or mine is None or other is None:
        return None
    if _comments(other.block) != _comments(first.block):
        return None  # theirs says something that no field holds
    changes = _merge_fields(first.meta, mine.meta, other.meta)
    body = _merge_body(first.body, mine.body, other.body, merge_lines)
    if changes is None or body is None:
        return None
    return _change(mine, changes, body, path)


def _change(page: _Page, changes: Mapping[str, MetaValue | Delete], body: str, path: str) -> str | None:
    """A page with some fields changed; None where a comment would go with them."""
    block = frontmatter.replace(page.block, changes, path) if changes else page.block
    return None if _comments(page.block) - _comments(block) else f"---\n{block}---\n{body}"


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
