"""What only the whole of the settings can tell: names that point nowhere, two things under one address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from generator import slugs
from generator.models import Problem
from generator.settings.digest import Paths, Settings
from generator.settings.lines import Place, line_of
from generator.settings.section import section_key
from generator.settings.source import Source
from generator.text import match_key


def check_references(settings: Settings, path: str, lines: Mapping[Place, int]) -> list[Problem]:
    """Every problem between the settings' parts, each at its line."""
    found = _Problems(path, lines)
    for key in settings.topics:
        found.check_key("topic", ("topics", key), key)
    for key, source in settings.sources.items():
        found.check_key("source", ("sources", key), key)
        _check_source(found, key, source, settings)
    _check_names(found, settings)
    _check_paths(found, settings.paths)
    return found.problems


@dataclass(slots=True)
class _Problems:
    """The problems so far, and what each needs."""

    path: str
    lines: Mapping[Place, int]
    problems: list[Problem] = field(default_factory=list)

    def add(self, place: Place, message: str, hint: str, rule: str) -> None:
        line = line_of(place, self.lines)
        self.problems.append(Problem(path=self.path, line=line, message=message, hint=hint, rule=rule))

    def check_key(self, kind: str, place: Place, key: str) -> None:
        if not slugs.is_slug(key):
            self.add(
                place,
                f"{kind} key `{key}` cannot stand in an address",
                "use a-z, 0-9 and hyphens",
                "settings-slug",
            )

    def check_unique(self, kind: str, what: str, names: Iterable[tuple[Place, str, str]]) -> None:
        """`names` are (place, owner, name) triples: no name may have two owners."""
        taken: dict[str, str] = {}
        for place, owner, name in names:
            if taken.setdefault(name, owner) != owner:
                self.add(
                    place,
                    f"{what} `{name}` belongs to {kind} `{taken[name]}` and to {kind} `{owner}`",
                    "give one of them another",
                    "settings-collision",
                )


def _check_source(found: _Problems, key: str, source: Source, settings: Settings) -> None:
    if source.text == "full" and not (source.licence or source.permission):
        found.add(
            ("sources", key, "text"),
            f"source `{key}` has `text: full` without a right to it",
            "name the `licence` or the `permission`, or use `excerpt`",
            "settings-policy",
        )
    if source.images and source.text != "full":
        found.add(
            ("sources", key, "images"),
            f"source `{key}` has `images: true` with `text: {source.text}`",
            "pictures stand in full texts only: use `text: full` where you have the right to it, or take `images` away",
            "settings-policy",
        )
    taken: dict[str, tuple[str, str]] = {}
    for section, topic in source.sections.items():
        other, led = taken.setdefault(section_key(section), (section, topic))
        if led != topic:
            found.add(
                ("sources", key, "sections", section),
                f"sections `{other}` and `{section}` of source `{key}` are one name and lead to two topics",
                "keep one of them: case, tone places and joining signs do not count",
                "settings-collision",
            )
        if topic not in settings.topics:
            near = get_close_matches(topic, settings.topics, n=1)
            found.add(
                ("sources", key, "sections", section),
                f"section `{section}` of source `{key}` leads to the unknown topic `{topic}`",
                f"did you mean `{near[0]}`?" if near else "add the topic, or name one of `topics`",
                "settings-unknown-topic",
            )


def _check_names(found: _Problems, settings: Settings) -> None:
    sources, topics = settings.sources.items(), settings.topics.items()
    domains = (
        (("sources", key, "domains"), key, domain) for key, source in sources for domain in source.domains
    )
    found.check_unique("source", "domain", domains)
    slugs_of_sources = (
        (("sources", key), key, slug)
        for key, source in sources
        for slug in (settings.source_slug(key), *source.aliases)
    )
    found.check_unique("source", "address", slugs_of_sources)
    slugs_of_topics = (
        (("topics", key), key, slug) for key, topic in topics for slug in (key, *topic.aliases)
    )
    found.check_unique("topic", "address", slugs_of_topics)
    slugs_of_tags = ((("tags", label), label, slug) for label, slug in settings.tag_slugs.items())
    found.check_unique("tag", "address", slugs_of_tags)
    wordings = (
        (("tags", label), label, match_key(unicodedata.normalize("NFC", words)))
        for label, tag in settings.tags.items()
        for words in (label, *tag.aliases)
    )
    found.check_unique("tag", "word", wordings)


def _check_paths(found: _Problems, paths: Paths) -> None:
    segments = [getattr(paths, name) for name in Paths.__dataclass_fields__]
    for name in Paths.__dataclass_fields__:
        segment = getattr(paths, name)
        if segments.count(segment) > 1 or re.fullmatch(r"\d{4}", segment) or segment in slugs.RESERVED:
            found.add(
                ("paths", name),
                f"`paths.{name}: {segment}` is taken",
                "give each kind of page a segment of its own, no year and no name of the theme",
                "settings-collision",
            )
