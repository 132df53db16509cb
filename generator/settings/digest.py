"""The digest's settings: its addresses, sources, topics, tags, editions, feeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field
from pydantic.dataclasses import dataclass

from generator import slugs
from generator.settings.source import Source
from generator.settings.values import CONFIG, Segment, TagKind, Text, Weekday, ZoneName
from generator.text import match_key


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Paths:
    """Address segments of the site's own pages."""

    topics: Segment = "topics"
    """Of the list of topics; each topic's page lies below it. So do those of tags and sources."""
    tags: Segment = "tags"
    """Of the list of tags."""
    sources: Segment = "sources"
    """Of the list of sources."""
    archive: Segment = "archive"
    """Of the archive by years and months."""
    editions: Segment = "editions"
    """Of the weekly editions."""
    stories: Segment = "stories"
    """Of the pages that follow one story."""
    corrections: Segment = "corrections"
    """Of the page of all corrections."""
    search: Segment = "find"
    """Of the search page."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Topic:
    """A section of the digest. An article stands in exactly one; its key is its slug."""

    name: Text
    """As readers see it; it may change, the key may not."""
    description: str = ""
    """One sentence for the topic's page and for search engines."""
    terms: tuple[Text, ...] = ()
    """Words that speak for this topic when they stand in an article."""
    aliases: tuple[Segment, ...] = ()
    """Earlier slugs."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Tag:
    """A label of the controlled vocabulary."""

    aliases: tuple[Text, ...] = ()
    """Other words for it: `LHQ` for Liên hợp quốc. A word in capitals is matched in capitals only."""
    slug: Segment | None = None
    """Last part of the address of its page; made of the label where it is missing."""
    kind: TagKind = "theme"
    """What it is. A place or a person is found in an article only where it is written with its capital."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Editions:
    """Weekly editions."""

    weekday: Weekday = "sunday"
    """On which a week closes."""
    cap: Annotated[int, Field(ge=1, le=100)] = 5
    """Most items of one topic."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Feeds:
    """The site's feeds."""

    items: Annotated[int, Field(ge=1, le=500)] = 30
    """Most entries of one feed."""


@dataclass(frozen=True, kw_only=True, config=CONFIG)
class Settings:
    """The digest's settings, whole and valid."""

    timezone: ZoneName = "Asia/Ho_Chi_Minh"
    """Of the digest: folders of new pages, dates without an offset, days of the archive."""
    paths: Paths = field(default_factory=Paths)
    """First part of the address of each kind of page."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """The publishers that the digest takes articles from, each under a key of a-z, 0-9 and hyphens."""
    topics: Mapping[str, Topic] = field(default_factory=dict)
    """The digest's own sections, each under the key that is its address. An article stands in exactly one."""
    tags: Mapping[str, Tag] = field(default_factory=dict)
    """The controlled vocabulary: each label as readers see it. An article may have any number of them."""
    editions: Editions = field(default_factory=Editions)
    """The weekly editions."""
    feeds: Feeds = field(default_factory=Feeds)
    """The site's feeds."""

    @cached_property
    def zone(self) -> ZoneInfo:
        """The digest's time zone."""
        return ZoneInfo(self.timezone)

    @cached_property
    def default_source(self) -> Source:
        """The policy of a source that the settings do not name."""
        return Source(name="?")

    @cached_property
    def renamed_topics(self) -> Mapping[str, str]:
        """Earlier key of a topic → its present one."""
        return {alias: key for key, topic in self.topics.items() for alias in topic.aliases}

    @cached_property
    def renamed_sources(self) -> Mapping[str, str]:
        """Earlier key of a source → its present one."""
        old = {alias: key for key, source in self.sources.items() for alias in source.aliases}
        return {alias: key for alias, key in old.items() if alias not in self.sources}

    def source(self, key: str) -> Source:
        """The source of that key, or the default policy under the key's own words. A held page may have no key yet."""
        known = self.sources.get(key) or self.sources.get(self.renamed_sources.get(key, ""))
        return known or (Source(name=key) if key else self.default_source)

    def source_zone(self, key: str | None) -> ZoneInfo:
        """Time zone of a source's stamps."""
        source = self.sources.get(key) if key else None
        return ZoneInfo(source.timezone) if source and source.timezone else self.zone

    def source_slug(self, key: str) -> str:
        """Last part of the address of a source's page."""
        return self.source(key).slug or slugs.slugify(self.renamed_sources.get(key, key))

    @cached_property
    def tag_slugs(self) -> Mapping[str, str]:
        """Label → last part of the address of its page."""
        return {label: tag.slug or slugs.slugify(label) for label, tag in self.tags.items()}

    def tag_slug(self, label: str) -> str:
        """Last part of the address of a tag's page, also for a label that the settings do not name."""
        return self.tag_slugs.get(label) or slugs.slugify(label)

    @cached_property
    def source_of_domain(self) -> Mapping[str, str]:
        """Domain, without `www.`, → key of its source."""
        return {domain: key for key, source in self.sources.items() for domain in source.domains}

    @cached_property
    def source_of_name(self) -> Mapping[str, str]:
        """Match key of every name that a source goes by (key, name, short form, marks) → its key."""
        names: dict[str, str] = {}
        for key, source in self.sources.items():
            for name in (key, source.name, source.short, *source.dateline):
                if name:
                    names.setdefault(match_key(name).strip(), key)
        return names

    @cached_property
    def dateline_marks(self) -> frozenset[str]:
        """The marks of all sources."""
        return frozenset(mark for source in self.sources.values() for mark in source.dateline)

    def source_of_host(self, host: str) -> str | None:
        """Key of the source at a host: its domain, or one below it (`english.news.example`)."""
        while "." in host:
            if (key := self.source_of_domain.get(host)) is not None:
                return key
            host = host.partition(".")[2]
        return None
