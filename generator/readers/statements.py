"""Front matter, whole or partial, as statements about an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator import frontmatter
from generator.errors import PageError, RawError
from generator.models import MetaValue, Statement
from generator.text import normalize

# Words that other tools use for the same thing.
_FIELDS = {
    "title": "title", "headline": "title", "tieu_de": "title", "tiêu đề": "title",
    "date": "date", "published": "date", "published_at": "date", "pubdate": "date", "publish_date": "date",
    "datepublished": "date", "ngay": "date", "ngày": "date", "updated": "updated", "modified": "updated",
    "lastmod": "updated", "author": "author", "authors": "author", "byline": "author", "tac_gia": "author",
    "tác giả": "author", "section": "section", "category": "section", "categories": "section",
    "chuyên mục": "section", "lead": "lead", "summary": "lead", "description": "lead", "excerpt": "lead",
    "sapo": "lead", "url": "url", "link": "url", "original": "url", "source_link": "url",
    "permalink": "url", "canonical_url": "canonical_url", "canonical": "canonical_url", "lang": "language", "language": "language",
    "source": "source", "publisher": "source", "site": "source", "nguon": "source", "nguồn": "source",
    "source_url": "source_url", "topic": "topic", "tag": "tag", "tags": "tag", "keywords": "tag",
}  # fmt: skip
_OWN_PATH = re.compile(r"/(?!/)[^\s:]*")
"""An address on the page's own site: what other programs call `url` or `permalink`."""
_LISTS = frozenset({"author", "tag"})
_OPENING = re.compile(
    r"\A---[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*[\"']?[\w][\w .-]{0,60}[\"']?[ \t]*:(?:\s|\Z)"
)


def has_front_matter(text: str) -> bool:
    """Whether a text opens with a front matter block and not just with a ruled line."""
    return _OPENING.match(text) is not None or re.match(r"---[ \t]*\n---[ \t]*(?:\n|\Z)", text) is not None


def take_front_matter(path: str, text: str) -> tuple[tuple[Statement, ...], str]:
    """(what the front matter says, the text below it).

    Raises:
        RawError: the block is not closed, no YAML, too large or too deep; the problem names the line.
    """
    if not has_front_matter(text):
        return (), text
    try:
        block, rest, _ = frontmatter.split(text, path)
        values = frontmatter.load(block, path) if block is not None else {}
    except PageError as error:
        raise RawError(replace(error.problem, rule="raw-front-matter")) from error
    return tuple(_state(values)), rest.lstrip("\n")


def _state(values: dict[str, MetaValue]) -> Iterator[Statement]:
    for key, value in values.items():
        field = _FIELDS.get(key.strip().lower().replace("-", "_"), key)
        how = f"front matter `{key}`"
        if field == "url" and isinstance(value, str) and _OWN_PATH.fullmatch(value.strip()):
            field = (
                "aliases"  # Hugo's `url: /path/`, Jekyll's `permalink`: where the page stood on its own site
            )
        for words in _words(value):
            if field in _LISTS and isinstance(value, str) and key.lower() in {"tags", "keywords", "authors"}:
                yield from (Statement(field, part, how) for part in map(str.strip, words.split(",")) if part)
            else:
                yield Statement(field, words, how)


def _words(value: MetaValue) -> Iterator[str]:
    """A value's words: lists item by item, mappings by their `name`."""
    if isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, dict):
        yield from _words(value.get("name") or value.get("title") or "")
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif value is not None and (words := normalize(str(value)).strip()):
        yield words
