"""Scraped or pasted plain text."""

from __future__ import annotations

import re

from generator.models import Form, RawItem
from generator.readers.raw_file import RawFile, Reader, Reading, refuse
from generator.readers.statements import take_front_matter

_SUFFIXES = frozenset({".txt", ".text", ".html", ".htm", ""})
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def _recognises(file: RawFile) -> bool:
    """The form of last resort: also an `.html` that has no tag in it."""
    if file.suffix not in _SUFFIXES:
        return False
    return file.suffix in {".txt", ".text", ""} or not _TAG.search(file.text)


def _read(file: RawFile) -> Reading:
    statements, text = take_front_matter(file.path, file.text)
    if not text.strip():
        raise refuse(file.path, "raw-empty", "there is nothing below the front matter",
                     "add the article's text, or delete the file")  # fmt: skip
    return Reading((RawItem(raw=file.path, form=Form.TEXT, text=text, statements=statements),))


READER = Reader(name="text", rank=40, recognises=_recognises, read=_read)
