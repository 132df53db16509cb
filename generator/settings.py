"""site_config.yml's `plugins: - digest:` → `Settings`, with every problem at once and its line.

The values come from MkDocs' own loading (INHERIT, !ENV); this room never reads a file. A second reading of
the same text (`key_lines`) only finds the lines that messages name.

The dataclasses below are the one description of the settings: the check and, later, the JSON Schema are made
from them. A docstring under a field is its documentation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import field
from difflib import get_close_matches
from functools import cached_property
from typing import Annotated, Any, Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass
from pydantic_core import ErrorDetails, PydanticCustomError

from generator import slugs
from generator.errors import SettingsError
from generator.models import Problem
from generator.text import match_key

_CONFIG = ConfigDict(extra="forbid", strict=False, str_strip_whitespace=True)


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise PydanticCustomError(
            "timezone", "'{name}' is no IANA time zone; write one such as Asia/Ho_Chi_Minh", {"name": name}
        ) from error
    return name


def _web_address(value: str) -> str:
    if not re.match(r"https?://[^\s/]+", value):
        raise PydanticCustomError(
            "url", "'{value}' is no web address; write it with https://", {"value": value}
        )
    return value


def _domain(value: str) -> str:
    domain = value.lower().removeprefix("www.")
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain):
        raise PydanticCustomError(
            "domain", "'{value}' is no domain; write it as news.example", {"value": value}
        )
    return domain


def _segment(value: str) -> str:
    if not slugs.is_slug(value):
        raise PydanticCustomError(
            "slug", "'{value}' cannot stand in an address; use a-z, 0-9 and hyphens", {"value": value}
        )
    return value


Text: TypeAlias = Annotated[str, Field(min_length=1)]
ZoneName: TypeAlias = Annotated[str, AfterValidator(_timezone)]
WebAddress: TypeAlias = Annotated[str, AfterValidator(_web_address)]
Domain: TypeAlias = Annotated[str, AfterValidator(_domain)]
Segment: TypeAlias = Annotated[str, AfterValidator(_segment)]
TextPolicy: TypeAlias = Literal["full", "excerpt", "summary", "link"]
TagKind: TypeAlias = Literal["place", "organisation", "person", "event", "theme"]
Weekday: TypeAlias = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Paths:
    """Address segments of the site's own pages."""

    topics: Segment = "topics"
    tags: Segment = "tags"
    sources: Segment = "sources"
    archive: Segment = "archive"
    editions: Segment = "editions"
    stories: Segment = "stories"
    corrections: Segment = "corrections"
    search: Segment = "find"


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Source:
    """One publisher: how its articles are recognised, and what of them may be shown."""

    name: Text
    """As readers see it."""
    short: str = ""
    """A shorter form for cards; `name` where it is missing."""
    url: WebAddress | None = None
    domains: tuple[Domain, ...] = ()
    dateline: tuple[Text, ...] = ()
    """Marks that open its articles: `PLO` for `(PLO)-`."""
    feed: WebAddress | None = None
    timezone: ZoneName | None = None
    """Of its stamps; the digest's own where it is missing."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """Its section names → a topic of the digest."""
    end_marks: tuple[Text, ...] = ()
    """Lines after which nothing belongs to the article, beside the usual ones."""
    text: TextPolicy = "excerpt"
    """What the digest may hold of its articles' text."""
    excerpt_words: Annotated[int, Field(ge=0, le=1000)] = 60
    """With `excerpt`: words of the original shown in all, lead and body together."""
    delay_minutes: Annotated[int, Field(ge=0, le=525_600)] = 0
    """How long after the original the article may appear."""
    credit: str = ""
    """How the source wants to be named."""
    licence: str = ""
    permission: str = ""
    slug: Segment | None = None
    """Of its page; made of the key where it is missing."""
    aliases: tuple[Segment, ...] = ()
    """Earlier slugs of its page."""


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Topic:
    """A section of the digest. An article stands in exactly one; its key is its slug."""

    name: Text
    description: str = ""
    terms: tuple[Text, ...] = ()
    """Words that speak for this topic when they stand in an article."""
    aliases: tuple[Segment, ...] = ()
    """Earlier slugs."""


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Tag:
    """A label of the controlled vocabulary."""

    aliases: tuple[Text, ...] = ()
    """Other words for it: `LHQ` for Liên hợp quốc. A word in capitals is matched in capitals only."""
    slug: Segment | None = None
    kind: TagKind = "theme"


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Editions:
    """Weekly editions."""

    weekday: Weekday = "sunday"
    """On which a week closes."""
    cap: Annotated[int, Field(ge=1, le=100)] = 5
    """Most items of one topic."""


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Feeds:
    """The site's feeds."""

    items: Annotated[int, Field(ge=1, le=500)] = 30
    """Most entries of one feed."""


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Settings:
    """The digest's settings, whole and valid."""

    timezone: ZoneName = "Asia/Ho_Chi_Minh"
    """Of the digest: folders of new pages, dates without an offset, days of the archive."""
    paths: Paths = field(default_factory=Paths)
    sources: Mapping[str, Source] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    tags: Mapping[str, Tag] = field(default_factory=dict)
    editions: Editions = field(default_factory=Editions)
    feeds: Feeds = field(default_factory=Feeds)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The digest's time zone."""
        return ZoneInfo(self.timezone)

    @cached_property
    def default_source(self) -> Source:
        """The policy of a source that the settings do not name."""
        return Source(name="?")

    def source(self, key: str) -> Source:
        """The source of that key, or the default policy under the key's own words."""
        return self.sources.get(key) or Source(name=key)

    def source_zone(self, key: str | None) -> ZoneInfo:
        """Time zone of a source's stamps."""
        source = self.sources.get(key) if key else None
        return ZoneInfo(source.timezone) if source and source.timezone else self.zone

    def source_slug(self, key: str) -> str:
        """Last part of the address of a source's page."""
        return self.source(key).slug or slugs.slugify(key)

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


_ADAPTER: TypeAdapter[Settings] = TypeAdapter(Settings)


def parse(values: Mapping[str, Any], *, path: str = "site_config.yml", text: str = "") -> Settings:
    """The settings out of what stands under `plugins: - digest:`.

    `text` is the configuration file's own text, for the lines in messages.

    Raises:
        SettingsError: with every problem there is, ordered by line.
    """
    lines = key_lines(text)
    problems: list[Problem] = []
    settings: Settings | None = None
    try:
        settings = _ADAPTER.validate_python(dict(values))
    except ValidationError as error:
        problems += [_problem(detail, path, lines) for detail in error.errors(include_url=False)]
    else:
        problems += _cross_check(settings, path, lines)
    if problems or settings is None:
        raise SettingsError(tuple(sorted(set(problems), key=lambda problem: (problem.line, problem.message))))
    return settings


def key_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """Line (from 1) of every key and item below `plugins: digest:`; empty where the text is not YAML."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader) if text else None
    except yaml.YAMLError:
        return {}
    lines: dict[tuple[str | int, ...], int] = {}
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value != "plugins":
                continue
            entries = value.value if isinstance(value, yaml.SequenceNode) else [value]
            for entry in entries:
                if not isinstance(entry, yaml.MappingNode):
                    continue
                for name, options in entry.value:
                    if name.value == "digest":
                        lines[()] = name.start_mark.line + 1
                        _collect(options, (), lines)
    return lines


def _collect(node: yaml.Node, place: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, str(key.value))
            lines[inner] = key.start_mark.line + 1
            _collect(value, inner, lines)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            lines[(*place, number)] = value.start_mark.line + 1
            _collect(value, (*place, number), lines)


def _line(place: tuple[str | int, ...], lines: Mapping[tuple[str | int, ...], int]) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 0)


_KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("timezone", "paths", "sources", "topics", "tags", "editions", "feeds"),
    "paths": tuple(Paths.__dataclass_fields__),
    "sources": tuple(Source.__dataclass_fields__),
    "topics": tuple(Topic.__dataclass_fields__),
    "tags": tuple(Tag.__dataclass_fields__),
    "editions": tuple(Editions.__dataclass_fields__),
    "feeds": tuple(Feeds.__dataclass_fields__),
}


def _problem(detail: ErrorDetails, path: str, lines: Mapping[tuple[str | int, ...], int]) -> Problem:
    place = tuple(part for part in detail["loc"] if part != "[key]")
    name = ".".join(str(part) for part in place) or "digest"
    found = detail["input"]
    shown = f" (found: {found!r})" if isinstance(found, str | int | float | bool) or found is None else ""
    hint, rule = "", "settings-value"
    match detail["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            known = _KEYS.get(str(place[0]) if len(place) > 1 else "", ())
            near = get_close_matches(str(place[-1]), known, n=1)
            message, rule = f"unknown key `{name}`", "settings-unknown-key"
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(known)}"
        case "missing" | "missing_argument":
            message, hint = (
                f"`{name}` is missing",
                f"add `{place[-1]}:` to `{'.'.join(map(str, place[:-1]))}`",
            )
        case "tuple_type":
            message, hint = f"`{name}` must be a list{shown}", f"write `{place[-1]}: [{found}]`"
        case "mapping_type" | "dict_type" | "dataclass_type" | "is_instance_of":
            message = f"`{name}` must be a block of keys{shown}"
            hint = f"indent its keys below `{place[-1]}:`" if place else ""
        case "string_type":
            message, hint = f"`{name}` must be text{shown}", "put it into quotes"
        case _:
            message = (
                f"`{name}`: {detail['msg']}{shown if detail['type'].endswith(('_type', '_parsing')) else ''}"
            )
    return Problem(path=path, line=_line(place, lines), message=message, hint=hint, rule=rule)


def _cross_check(settings: Settings, path: str, lines: Mapping[tuple[str | int, ...], int]) -> list[Problem]:
    """What only the whole can tell: names that point nowhere, two things under one address."""
    problems: list[Problem] = []

    def add(place: tuple[str | int, ...], message: str, hint: str, rule: str) -> None:
        problems.append(Problem(path=path, line=_line(place, lines), message=message, hint=hint, rule=rule))

    for key in settings.topics:
        if not slugs.is_slug(key):
            add(
                ("topics", key),
                f"topic key `{key}` cannot stand in an address",
                "use a-z, 0-9 and hyphens",
                "settings-slug",
            )
    for key, source in settings.sources.items():
        if not slugs.is_slug(key):
            add(
                ("sources", key),
                f"source key `{key}` cannot stand in an address",
                "use a-z, 0-9 and hyphens",
                "settings-slug",
            )
        if source.text == "full" and not (source.licence or source.permission):
            add(
                ("sources", key, "text"),
                f"source `{key}` has `text: full` without a right to it",
                "name the `licence` or the `permission`, or use `excerpt`",
                "settings-policy",
            )
        for section, topic in source.sections.items():
            if topic not in settings.topics:
                near = get_close_matches(topic, settings.topics, n=1)
                add(
                    ("sources", key, "sections", section),
                    f"section `{section}` of source `{key}` leads to the unknown topic `{topic}`",
                    f"did you mean `{near[0]}`?" if near else "add the topic, or name one of `topics`",
                    "settings-unknown-topic",
                )

    def unique(kind: str, names: list[tuple[tuple[str | int, ...], str, str]], what: str) -> None:
        taken: dict[str, str] = {}
        for place, owner, name in names:
            if taken.setdefault(name, owner) != owner:
                add(
                    place,
                    f"{what} `{name}` belongs to {kind} `{taken[name]}` and to {kind} `{owner}`",
                    "give one of them another",
                    "settings-collision",
                )

    unique(
        "source",
        [
            (("sources", key, "domains"), key, domain)
            for key, source in settings.sources.items()
            for domain in source.domains
        ],
        "domain",
    )
    unique(
        "source",
        [
            (("sources", key), key, slug)
            for key, source in settings.sources.items()
            for slug in (settings.source_slug(key), *source.aliases)
        ],
        "address",
    )
    unique(
        "topic",
        [
            (("topics", key), key, slug)
            for key, topic in settings.topics.items()
            for slug in (key, *topic.aliases)
        ],
        "address",
    )
    unique("tag", [(("tags", label), label, slug) for label, slug in settings.tag_slugs.items()], "address")
    unique(
        "tag",
        [
            (("tags", label), label, match_key(unicodedata.normalize("NFC", words)))
            for label, tag in settings.tags.items()
            for words in (label, *tag.aliases)
        ],
        "word",
    )
    segments = [getattr(settings.paths, name) for name in Paths.__dataclass_fields__]
    for name in Paths.__dataclass_fields__:
        segment = getattr(settings.paths, name)
        if segments.count(segment) > 1 or re.fullmatch(r"\d{4}", segment) or segment in slugs.RESERVED:
            add(
                ("paths", name),
                f"`paths.{name}: {segment}` is taken",
                "give each kind of page a segment of its own, no year and no name of the theme",
                "settings-collision",
            )
    return problems
