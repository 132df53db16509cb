"""OPML 2.0 (opml.org/spec2.opml): the list of the site's feeds, for a feed reader to take in at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from generator.feeds.text import attributes

ADDRESS = "opml.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed. Texts are one line each and plain; addresses are whole and ASCII."""

    text: str
    """The term's name, under its group."""
    title: str
    """The feed's own, as a reader shows it among those of other sites."""
    feed: str
    page: str


def write(title: str, site: Outline, groups: Iterable[tuple[str, tuple[Outline, ...]]]) -> str:
    """The document: the site's own feed, then the groups under their names; an empty one is left out.

    No `dateModified`: it would be the clock's. `type` is `rss` for a feed of any form.
    """
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<opml version="2.0">',
        f"<head><title>{escape(title)}</title></head>",
        "<body>",
        _write_outline(site),
    ]
    for name, outlines in groups:
        lines += _write_group(name, outlines)
    lines += ["</body>", "</opml>"]
    return "\n".join(lines) + "\n"


def _write_group(name: str, outlines: tuple[Outline, ...]) -> Iterator[str]:
    if outlines:
        yield f"<outline{attributes(text=name)}>"
        yield from map(_write_outline, outlines)
        yield "</outline>"


def _write_outline(one: Outline) -> str:
    return f'<outline type="rss"{attributes(text=one.text, title=one.title, xmlUrl=one.feed, htmlUrl=one.page)}/>'
