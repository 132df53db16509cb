"""RSS 2.0 (rssboard.org/rss-specification) of the site, for readers that know no Atom.

What RSS has no element for is said in Atom's and Dublin Core's: RSS's own `author` would want an e-mail address.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from generator.feeds.entry import Entry
from generator.feeds.feed import Channel
from generator.feeds.moments import write_rfc822
from generator.feeds.text import attributes

ADDRESS = "rss.xml"


def write(channel: Channel) -> str:
    """The feed document. `description` is required, so a site without one is described by its name."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">',
        "<channel>",
        f"<title>{escape(channel.title)}</title>",
        f"<link>{escape(channel.home)}</link>",
        f"<description>{escape(channel.description or channel.title)}</description>",
        f"<language>{escape(channel.language)}</language>",
    ]
    if channel.updated:
        lines.append(f"<lastBuildDate>{write_rfc822(channel.updated)}</lastBuildDate>")
    lines.append(f'<atom:link rel="self" type="application/rss+xml"{attributes(href=channel.own)}/>')
    for entry in channel.entries:
        lines += _write_item(entry, channel.language)
    lines += ["</channel>", "</rss>"]
    return "\n".join(lines) + "\n"


def _write_item(entry: Entry, language: str) -> Iterator[str]:
    yield "<item>"
    yield f"<title>{escape(entry.title)}</title>"
    yield f"<link>{escape(entry.address)}</link>"
    yield f'<guid isPermaLink="true">{escape(entry.address)}</guid>'
    yield f"<pubDate>{write_rfc822(entry.published)}</pubDate>"
    yield from (f"<dc:creator>{escape(name)}</dc:creator>" for name in entry.creators)
    if entry.lang and entry.lang != language:
        yield f"<dc:language>{escape(entry.lang)}</dc:language>"
    for one in (entry.topic, *entry.tags):
        yield f"<category{attributes(domain=one.scheme)}>{escape(one.name)}</category>"
    if entry.summary:
        yield f"<description>{escape(entry.summary)}</description>"
    if entry.source_feed:  # its `url` is that of a feed and nothing else
        yield f"<source{attributes(url=entry.source_feed)}>{escape(entry.source)}</source>"
    if entry.original:
        yield f'<atom:link rel="via" type="text/html"{attributes(href=entry.original, title=entry.source)}/>'
    yield "</item>"
