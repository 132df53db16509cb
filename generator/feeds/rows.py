"""JSON with one row a line: a new article is one new line, for a diff and for whoever compares two builds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def without_empty(row: Mapping[str, object]) -> dict[str, object]:
    """The keys that say something."""
    return {key: value for key, value in row.items() if value}


def write_rows(head: Mapping[str, object], name: str, rows: Iterable[Mapping[str, object]]) -> str:
    """An object with the keys of `head` and, last, the list `name`. Keys keep their order."""
    start = _encode(without_empty(head)).removesuffix("}")
    body = ",\n".join(_encode(without_empty(row)) for row in rows)
    return f"{start},{_encode(name)}:[\n{body}\n]}}\n" if body else f"{start},{_encode(name)}:[]}}\n"
