"""A feed as a file, and what all three forms of a feed say: whose it is, where it stands, what is new in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.feeds.entry import Entry


@dataclass(frozen=True, slots=True)
class Feed:
    """A file for feed readers and other machines."""

    address: str
    """Below the site's root."""
    title: str
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed holds. Texts are one line each and plain; addresses are whole and ASCII."""

    title: str
    description: str = ""
    own: str
    """Where the feed itself stands."""
    home: str
    """The page that lists the same for readers."""
    site_name: str
    site_url: str
    language: str
    entries: tuple[Entry, ...]
    """Newest first."""

    @property
    def updated(self) -> dt.datetime | None:
        """When anything in it changed last; None where it is empty. Never the time of the build."""
        return max((entry.updated for entry in self.entries), default=None)
