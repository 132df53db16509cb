"""Atom 1.0 (RFC 4287): of the site and of every topic, tag and source."""

from __future__ import annotations

from xml.sax.saxutils import escape

from generator.feeds.entry import Category, Entry
from generator.feeds.feed import Channel
from generator.feeds.moments import write_rfc3339
from generator.feeds.text import attributes

ADDRESS = "feed.xml"
"""Below the page that lists the same for readers."""
NEVER = "1970-01-01T00:00:00Z"
"""`updated` of a feed without entries: the element is required (RFC 4287 §4.1.1)."""


class Writer:
    """Entries are written once and stand in several feeds."""

    def __init__(self) -> None:
        self._written: dict[str, str] = {}

    def write(self, channel: Channel) -> str:
        """The feed document."""
        updated = write_rfc3339(channel.updated) if channel.updated else NEVER
        subtitle = [f"<subtitle>{escape(channel.description)}</subtitle>"] if channel.description else []
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom"{attributes(**{"xml:lang": channel.language})}>',
            f"<id>{escape(channel.home)}</id>",
            f"<title>{escape(channel.title)}</title>",
            *subtitle,
            f"<updated>{updated}</updated>",
            f"<author><name>{escape(channel.site_name)}</name><uri>{escape(channel.site_url)}</uri></author>",
            f'<link rel="self" type="application/atom+xml"{attributes(href=channel.own)}/>',
            f'<link rel="alternate" type="text/html"{attributes(href=channel.home)}/>',
        ]
        return "\n".join(lines) + "\n" + "".join(map(self._entry, channel.entries)) + "</feed>\n"

    def _entry(self, entry: Entry) -> str:
        if entry.address not in self._written:
            self._written[entry.address] = _write_entry(entry)
        return self._written[entry.address]


def _write_entry(entry: Entry) -> str:
    lines = [
        f"<entry{attributes(**{'xml:lang': entry.lang})}>",
        f"<id>{escape(entry.address)}</id>",
        f"<title>{escape(entry.title)}</title>",
        f"<updated>{write_rfc3339(entry.updated)}</updated>",
        f"<published>{write_rfc3339(entry.published)}</published>",
        *(f"<author><name>{escape(name)}</name></author>" for name in entry.creators),
        f'<link rel="alternate" type="text/html"{attributes(href=entry.address)}/>',
    ]
    if entry.original:
        lines.append(
            f'<link rel="via" type="text/html"{attributes(href=entry.original, title=entry.source)}/>'
        )
    lines += map(_write_category, (entry.topic, *entry.tags))
    if entry.summary:
        lines.append(f"<summary>{escape(entry.summary)}</summary>")
    lines.append("</entry>")
    return "\n".join(lines) + "\n"


def _write_category(one: Category) -> str:
    return f"<category{attributes(term=one.slug, scheme=one.scheme, label=one.name)}/>"
