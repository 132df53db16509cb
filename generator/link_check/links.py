"""The links of an article page that lead out of the site, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator import frontmatter
from generator.errors import PageError
from generator.markup import links as markup_links
from generator.models import MetaValue

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """An address out of the site, and where it stands."""

    path: str
    """File, relative to the project's folder."""
    line: int
    url: str
    what: str
    """Which of the page's links it is, in the words of a message: "`url`", "`also`", "a link of the text"."""


def find_links(text: str, path: str) -> tuple[Link, ...]:
    """The http(s) links of a page's text: `url`, the `url`s of `also`, and those in its Markdown, in their order.

    A page that cannot be read has none; what is wrong with it is told elsewhere.
    """
    try:
        block, body, first = frontmatter.split(text, path)
        meta = frontmatter.load(block or "", path)
        lines = frontmatter.key_lines(block or "", path)
    except PageError:
        return ()
    told = [
        Link(path, line, url, f"`{key}`") for key, line, url in _of_front_matter(meta, block or "", lines)
    ]
    told += (
        Link(path, first + one.line, one.target, "a link of the text")
        for one in markup_links.find_links(body)
        if _is_web(one.target)
    )
    return tuple(told)


def _of_front_matter(
    meta: dict[str, MetaValue], block: str, lines: dict[str, int]
) -> Iterator[tuple[str, int, str]]:
    """(key, line in the file, address)."""
    if _is_web(url := meta.get("url")):
        yield "url", lines["url"], str(url)
    also = meta.get("also")
    rows = block.split("\n")
    row = lines.get("also", 2) - 2
    for one in also if isinstance(also, list) else ():
        if isinstance(one, dict) and _is_web(url := one.get("url")):
            # The line that shows the address; that of the key where it is written in some other way (escapes).
            row = next((place for place in range(row, len(rows)) if str(url) in rows[place]), row)
            yield "also", row + 2, str(url)


def _is_web(value: MetaValue) -> bool:
    return isinstance(value, str) and _WEB.match(value) is not None
