"""The catalogue: every published article in one file, for programs that would otherwise read the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial

from generator.feeds.entry import Entry
from generator.feeds.moments import write_rfc3339
from generator.feeds.rows import write_rows
from generator.models import Moment

ADDRESS = "articles.json"
VERSION = 1
"""Of the form below. A key may be added within it; one that goes or means another thing makes it 2."""


def write(*, name: str, url: str, language: str, entries: Iterable[Entry]) -> str:
    """The catalogue of some entries, in their order; `name`, `url` and `language` are the site's."""
    head = {"version": VERSION, "site": {"name": name, "url": url}, "language": language}
    return write_rows(head, "articles", map(partial(_row, language), entries))


def _row(language: str, entry: Entry) -> dict[str, object]:
    return {
        "url": entry.address,
        "title": entry.title,
        "date": _as_known(entry.date),
        "added": write_rfc3339(entry.published),
        "updated": write_rfc3339(entry.updated),
        "source": {"key": entry.source_key, "name": entry.source},
        "topic": {"key": entry.topic_key, "name": entry.topic.name},
        "tags": [tag.name for tag in entry.tags],
        "authors": entry.authors,
        "summary": entry.summary,
        "original": entry.original,
        "lang": entry.lang or language,
        "policy": entry.policy,
    }


def _as_known(moment: Moment) -> str:
    """With its hour where that is known, else the day alone."""
    return write_rfc3339(moment) if isinstance(moment, dt.datetime) else moment.isoformat()
