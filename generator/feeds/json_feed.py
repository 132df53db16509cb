"""JSON Feed 1.1 (jsonfeed.org/version/1.1) of the site."""

from __future__ import annotations

from generator.feeds.entry import Entry
from generator.feeds.feed import Channel
from generator.feeds.moments import write_rfc3339
from generator.feeds.rows import write_rows

ADDRESS = "feed.json"
VERSION = "https://jsonfeed.org/version/1.1"


def write(channel: Channel) -> str:
    """The feed document."""
    head = {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.own,
        "description": channel.description,
        "language": channel.language,
        "authors": [{"name": channel.site_name, "url": channel.site_url}],
    }
    return write_rows(head, "items", map(_item, channel.entries))


def _item(entry: Entry) -> dict[str, object]:
    """An item must have a content, so one without a summary says its title again."""
    return {
        "id": entry.address,
        "url": entry.address,
        "external_url": entry.original,
        "title": entry.title,
        "summary": entry.summary,
        "content_text": entry.summary or entry.title,
        "date_published": write_rfc3339(entry.published),
        "date_modified": write_rfc3339(entry.updated),
        "authors": [{"name": name} for name in entry.creators],
        "tags": [one.name for one in (entry.topic, *entry.tags)],
        "language": entry.lang,
    }
