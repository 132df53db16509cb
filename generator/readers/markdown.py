"""Markdown written by a person, with front matter, a part of one, or none."""

from __future__ import annotations

from generator.models import Form, RawItem
from generator.readers.raw_file import RawFile, Reader, Reading, refuse
from generator.readers.statements import take_front_matter

_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})


def _recognises(file: RawFile) -> bool:
    return file.suffix in _SUFFIXES


def _read(file: RawFile) -> Reading:
    statements, text = take_front_matter(file.path, file.text)
    if not text.strip() and not any(statement.field == "lead" for statement in statements):
        raise refuse(file.path, "raw-empty", "there is nothing below the front matter",
                     "add the article's text, or delete the file")  # fmt: skip
    return Reading((RawItem(raw=file.path, form=Form.MARKDOWN, text=text, statements=statements),))


READER = Reader(name="markdown", rank=30, recognises=_recognises, read=_read)
