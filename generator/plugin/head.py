"""What stands in a page's `<head>` for browsers, search engines, feed readers and social networks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.models import Moment

SHARE = "assets/images/share.png"
"""The picture of pages that have none of their own: the theme's, or an editor's file of that name in the docs folder."""
SHARE_SIZE = (1200, 630)
_SCRIPTED = ("<pre", "<table", "<details", "tabbed-set", "annotate", "footnote", "<abbr", " title=")
_ITALIC = ("<em", "<i>", "<blockquote", "<cite", "<dfn")


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a reader's program finds by itself."""

    type: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What a social network shows beside a link."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One page's head. Plain text: escaped where the template prints it."""

    title: str
    """Of the window: the headline and the site's name."""
    headline: str
    picture: Picture
    feeds: tuple[FeedLink, ...]
    description: str = ""
    url: str = ""
    """Full address; empty on the 404 page."""
    canonical: str = ""
    """The page's own address, or the original's where its source is to be cited so; empty where no engine should know
    it."""
    indexed: bool = False
    is_article: bool = False
    published: Moment | None = None
    modified: Moment | None = None
    section: str = ""
    tags: tuple[str, ...] = ()
    json_ld: tuple[Mapping[str, object], ...] = ()
    italic: bool = False
    """Whether words in italics stand at the top: their font is then fetched with the others."""


def shows_italics(kind: str, body: str) -> bool:
    """Whether a page needs the italic font for what is first seen of it."""
    return kind == "home" or any(mark in body for mark in _ITALIC)


def needs_script(body: str) -> bool:
    """Whether Material's script has anything to do in a page's text: code to copy, tables to move, tabs, notes. It costs a
    phone a tenth of a second where there is nothing."""
    return any(mark in body for mark in _SCRIPTED)
