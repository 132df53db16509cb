"""Raw files as they were received → the articles in them, decoded but not understood.

Adding a raw form is adding one file to this package that defines `READER`; it is found by its own word on what
it recognises, so a suffix that lies does not matter. Readers do not know each other.
"""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from functools import lru_cache
from importlib import import_module

from generator.errors import RawError
from generator.models import Level, Problem, RawItem, Statement
from generator.readers.decoding import refuse_legacy
from generator.readers.legacy import find_legacy
from generator.readers.raw_file import DEFAULT_LIMIT, RawFile, Reader, Reading, refuse

__all__ = ["DEFAULT_LIMIT", "Reader", "Reading", "read", "readers"]


@lru_cache(maxsize=1)
def readers() -> tuple[Reader, ...]:
    """Every form there is, the most particular first."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    known = [reader for module in modules if isinstance(reader := getattr(module, "READER", None), Reader)]
    return tuple(sorted(known, key=lambda reader: (reader.rank, reader.name)))


def read(path: str, data: bytes, *, limit: int = DEFAULT_LIMIT) -> Reading:
    """The articles of a raw file, and what an editor should know about it.

    `path` is relative to the project's folder, with `/`; `limit` is in bytes.

    Raises:
        RawError: the file cannot be read at all; its `problem` says what was found and what to do.
    """
    file = RawFile(path, data)
    file.check(limit)
    for reader in readers():
        if reader.recognises(file):
            reading = reader.read(file)
            items, remarks = _without_legacy(file, reading.items)
            return Reading(items, (*file.problems, *reading.problems, *remarks))
    forms = ", ".join(reader.name for reader in sorted(readers(), key=lambda reader: reader.name))
    raise refuse(file.path, "raw-unsupported", f"{file.describe()} is not read; known forms: {forms}",
                 "save the article as .html, .txt, .md, .eml, .docx, or as a feed (.xml, .json)")  # fmt: skip


def _without_legacy(
    file: RawFile, items: tuple[RawItem, ...]
) -> tuple[tuple[RawItem, ...], tuple[Problem, ...]]:
    """The items without those in an old font's encoding; one that is so in part is kept and doubted.

    Raises:
        RawError: nothing is left.
    """
    kept: list[RawItem] = []
    problems: list[Problem] = []
    for item in items:
        old = find_legacy(item.text)
        if old is None:
            kept.append(item)
            continue
        error = refuse_legacy(item.raw, old, file.line_of(old.words))
        if not old.whole:
            part = f"part of the text is in the old Vietnamese encoding {old.encoding}: `{old.words}`"
            problems.append(replace(error.problem, message=part, level=Level.WARNING))
            kept.append(
                replace(item, statements=(*item.statements, Statement("doubt", f"body: {part}", "encoding")))
            )
        elif len(items) == 1:
            raise error
        else:
            problems.append(replace(error.problem, hint=f"the item was left out; {error.problem.hint}"))
    if not kept:
        raise RawError(replace(problems[0], path=file.path))
    return tuple(kept), tuple(problems)
