"""Rules about addresses that readers may have kept: none dies when a page or a term gets another name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    new = _Unmatched(
        [path for path in sorted(changes.added) if path.startswith(places) and path in outlines], outlines
    )
    found = {path: new.take(path, outline, changes) for path, outline in old.items()}
    rest = [path for path, one in found.items() if not one]
    if rest and new.left and len(rest) <= _MOST and len(new.left) <= _MOST:
        found |= _by_lines(rest, list(new.left), earlier, present)
    return tuple(Lost(path, _address(path), found[path]) for path in old)


class _Unmatched:
    """New files that no renamed one has been matched with."""

    def __init__(self, paths: Sequence[str], outlines: Mapping[str, Outline]) -> None:
        self.left = dict.fromkeys(paths)
        self._by: dict[tuple[str, str], set[str]] = {}
        for path in paths:
            one = outlines[path]
            for kind, value in (("raw", one.raw), ("url", one.url), ("text", one.text)):
                if value:
                    self._by.setdefault((kind, value), set()).add(path)

    def take(self, path: str, outline: Outline, changes: Changes) -> str:
        """The new file that is made from the same raw article, else the one that git follows, else the one of the same
        original or text; empty where there is none, or more than one. It is nobody else's then."""
        followed = changes.renamed.get(path, "")
        for candidates in (
            self._by.get(("raw", outline.raw), set()),
            {followed},
            self._by.get(("url", outline.url), set()),
            self._by.get(("text", outline.text), set()),
        ):
            left = [one for one in candidates if one in self.left]
            if len(left) == 1:
                del self.left[left[0]]
                return left[0]
        return ""


def _earlier(earlier: Tree, path: str) -> Outline | None:
    try:
        return outline_of(path, earlier.read(path))
    except ProblemError:
        return None


def _address(path: str) -> str:
    return address_of(path.removeprefix(f"{PAGES}/"))


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


def find_replaced(changes: Changes, earlier: Tree, outlines: Mapping[str, Outline]) -> Iterator[Problem]:
    """Published addresses at which another article stands now: two pages that swapped their names, or a new one under
    the name of one that was renamed."""
    prefix = f"{PAGES}/{ARTICLES}"
    for path in sorted(changes.modified):
        if not path.startswith(prefix) or path not in outlines:
            continue
        before, now = _earlier(earlier, path), outlines[path]
        if before is None or not before.published or now.taken_down:
            continue
        if (before.raw and now.raw and before.raw != now.raw) or (
            before.url and now.url and before.url != now.url
        ):
            if before.raw and before.raw == now.raw:
                continue  # an editor put its address right
            yield Problem(path, f"shows another article than before: /{_address(path)} was that of {before.raw or before.url}",
                          "give the new one a name of its own: links to this address mean the old one",
                          level=Level.WARNING, rule="page-replaced")  # fmt: skip


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
