"""Saved web pages, and HTML that is an article and nothing else."""

from __future__ import annotations

import re

from generator.models import Form, RawItem
from generator.readers.raw_file import RawFile, Reader, Reading, refuse

_PAGE = re.compile(r"\A<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_PAGE_INSIDE = re.compile(r"<(?:html|head|body|title)\b", re.IGNORECASE)
_OPENING = re.compile(
    r"\A<(?:a|article|aside|b|blockquote|br|center|div|em|figure|font|footer|h[1-6]|header|hr|i|img|link|main|meta|nav|"
    r"ol|p|script|section|span|strong|style|table|time|title|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_TAGS = re.compile(r"</?(?:p|div|br|a|h[1-6]|span|li|table|img)\b[^<>]*>", re.IGNORECASE)
_WORDS = re.compile(r"(?:\A|>)\s*(?!&nbsp;)[^\s<>]")
_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".php", ".aspx"})
# Browsers write the address into pages they save ("mark of the web").
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>\"]+)\s*-->|"
                         r"<!--\s*(?:Page saved|\s*Saved)[^<>]{0,80}?\burl: *(https?://[^\s<>\"]+)", re.IGNORECASE)  # fmt: skip


def _recognises(file: RawFile) -> bool:
    """By the document's opening; a suffix alone is believed only where there are tags at all."""
    if file.suffix in {".md", ".markdown", ".mdown", ".mkd"}:
        return _PAGE.match(file.head) is not None
    if _PAGE.match(file.head):
        return True
    if file.suffix in _SUFFIXES:
        return _TAGS.search(file.text) is not None
    return (
        file.suffix != ".xml" and _OPENING.match(file.head) is not None and len(_TAGS.findall(file.text)) > 2
    )


def _read(file: RawFile) -> Reading:
    form = Form.PAGE if _PAGE_INSIDE.search(file.text) else Form.FRAGMENT
    if not _WORDS.search(file.text):
        raise refuse(file.path, "raw-empty", "the page holds no words",
                     "save it again once the browser has shown it whole")  # fmt: skip
    saved = _SAVED_FROM.search(file.text[:5000])
    url = next((group for group in saved.groups() if group), None) if saved else None
    return Reading((RawItem(raw=file.path, form=form, text=file.text, url=url),))


READER = Reader(name="html", rank=20, recognises=_recognises, read=_read)
