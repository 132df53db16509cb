"""Rules about addresses that readers may have kept: none dies when a page or a term gets another name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.check.outline import Outline, outline_of
from generator.check.tree import Tree
from generator.errors import ProblemError
from generator.git import Changes
from generator.library import ARTICLES, HELD, address_of
from generator.models import Level, Problem
from generator.redirects import clean_alias
from generator.settings import Settings
from generator.slugs import slugify
from generator.storage import PAGES

_ALIKE = 0.6
"""Share of the lines of two pages that are the same, from which one is the other renamed."""
_MOST = 60
"""Pages on either side that are compared line by line."""


@dataclass(frozen=True, slots=True)
class Lost:
    """An address that led to an article and leads nowhere now."""

    old: str
    """The file that is gone."""
    address: str
    new: str = ""
    """The file that it has become; empty where it is gone for good."""

    def problem(self, line: int = 0) -> Problem:
        """What is told of it."""
        if self.new.startswith(f"{PAGES}/{HELD}"):
            return Problem(self.new, f"was taken back to held/: its address /{self.address} leads nowhere while it waits",
                           f"put it back into its place, {self.old}: a `review` line holds it there as well",
                           level=Level.WARNING, rule="page-removed")  # fmt: skip
        if self.new:
            return Problem(self.new, f"stood at /{self.address} and has no redirect from there",
                           f"write aliases: [{self.address}]; `digest check --fix` does it", line, rule="page-renamed")  # fmt: skip
        return Problem(self.old, f"is gone, and its address /{self.address} leads nowhere",
                       f"restore it and use `digest takedown`, which leaves a notice; or write aliases: [{self.address}] into the page that takes its place",
                       level=Level.WARNING, rule="page-removed")  # fmt: skip


def find_lost(
    changes: Changes, earlier: Tree, present: Tree, outlines: Mapping[str, Outline]
) -> tuple[Lost, ...]:
    """The articles that readers could reach at an earlier commit, and whose address is nobody's now, by old path."""
    prefix = f"{PAGES}/{ARTICLES}"
    gone = sorted(path for path in changes.deleted if path.startswith(prefix) and path.endswith(".md"))
    known = {clean_alias(alias) for outline in outlines.values() for alias in outline.aliases}
    old = {
        path: outline
        for path in gone
        if (outline := _earlier(earlier, path)) is not None and outline.published
    }
    old = {path: outline for path, outline in old.items() if _address(path) not in known}
    if not old:
        return ()
    places = (prefix, f"{PAGES}/{HELD}")
    new = [path for path in sorted(changes.added) if path.startswith(places) and path in outlines]
    found: dict[str, str] = {}
    for path, outline in old.items():
        left = [one for one in new if one not in found.values()]
        found[path] = _match(path, outline, left, changes, outlines) or ""
    rest = [path for path, one in found.items() if not one]
    left = [path for path in new if path not in found.values()]
    if rest and left and len(rest) <= _MOST and len(left) <= _MOST:
        found |= _by_lines(rest, left, earlier, present)
    return tuple(Lost(path, _address(path), found[path]) for path in old)


def _earlier(earlier: Tree, path: str) -> Outline | None:
    try:
        return outline_of(path, earlier.read(path))
    except ProblemError:
        return None


def _address(path: str) -> str:
    return address_of(path.removeprefix(f"{PAGES}/"))


def _match(
    path: str, outline: Outline, new: Sequence[str], changes: Changes, outlines: Mapping[str, Outline]
) -> str | None:
    """The new file that is made from the same raw article, else the one that git follows, else the one of the same
    original or text."""
    tests: tuple[Callable[[Outline], bool], ...] = (
        lambda one: bool(outline.raw) and one.raw == outline.raw,
        lambda one: changes.renamed.get(path) == one.path,
        lambda one: bool(outline.url) and one.url == outline.url,
        lambda one: bool(outline.text) and one.text == outline.text,
    )
    for is_same in tests:
        found = [one for one in new if is_same(outlines[one])]
        if len(found) == 1:
            return found[0]
    return None


def _by_lines(old: list[str], new: list[str], earlier: Tree, present: Tree) -> dict[str, str]:
    """What git does not follow: a file renamed by hand, its new name not added yet."""
    scores: list[tuple[float, str, str]] = []
    texts = {path: present.read(path).splitlines() for path in new}
    for path in old:
        matcher = SequenceMatcher(None, b=earlier.read(path).splitlines(), autojunk=False)
        for other, lines in texts.items():
            matcher.set_seq1(lines)
            if matcher.quick_ratio() >= _ALIKE and (ratio := matcher.ratio()) >= _ALIKE:
                scores.append((-ratio, path, other))
    found: dict[str, str] = {}
    for _, path, other in sorted(scores):
        if path not in found and other not in found.values():
            found[path] = other
    return found


def terms(
    earlier: Settings, present: Settings, config: str, lines: Mapping[tuple[str | int, ...], int]
) -> Iterator[Problem]:
    """Topics, tags and sources that had an address which is nobody's now, and segments that moved everything."""
    for name in type(present.paths).__dataclass_fields__:
        old, new = getattr(earlier.paths, name), getattr(present.paths, name)
        if old != new:
            yield Problem(config, f"`paths.{name}` was `{old}` and is `{new}`: every address below /{old}/ leads nowhere",
                          "keep the old segment", lines.get(("paths", name), 0), Level.WARNING, "paths-changed")  # fmt: skip
    for kind, before, now in _slugs(earlier, present):
        for slug, label in before.items():
            if slug not in now:
                yield Problem(config, f"the {kind} `{label}` had the address /{getattr(present.paths, f'{kind}s')}/{slug}/, which leads nowhere now",
                              f"write `{slug}` into `aliases` of the {kind} that took its place" if kind != "tag" else
                              f"write `{label}` into `aliases` of the tag that took its place",
                              lines.get((f"{kind}s",), 0), rule="term-renamed")  # fmt: skip


def _slugs(earlier: Settings, present: Settings) -> Iterator[tuple[str, dict[str, str], frozenset[str]]]:
    """(kind, slug → label as it was, every slug that leads somewhere now)."""
    yield (
        "topic",
        {key: topic.name for key, topic in earlier.topics.items()},
        frozenset(slug for key, topic in present.topics.items() for slug in (key, *topic.aliases)),
    )
    yield (
        "source",
        {earlier.source_slug(key): source.name for key, source in earlier.sources.items()},
        frozenset(
            slug
            for key, source in present.sources.items()
            for slug in (present.source_slug(key), *source.aliases)
        ),
    )
    yield (
        "tag",
        {slug: label for label, slug in earlier.tag_slugs.items()},
        frozenset(
            slug
            for label, tag in present.tags.items()
            for slug in (present.tag_slug(label), *(slugify(word) for word in (label, *tag.aliases)))
        ),
    )
