"""Where else an article stands: in editions, in other pages' links, in pages made of the same original; and which of
its pictures no other page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from generator import frontmatter
from generator.docs_folder import ArticleNames
from generator.errors import ProblemError
from generator.frontmatter import DELETE, Delete
from generator.illustrations import KEPT
from generator.library import ARTICLES, address_of
from generator.models import Level, MetaValue, Problem
from generator.redirects import clean_alias
from generator.storage import PAGES, Project
from generator.takedown.report import Deed, Step
from generator.takedowns import key_of

EDITIONS = f"{PAGES}/editions/"
_LISTED = ("top", "order")
"""Keys of an edition under which articles stand."""
_URL = re.compile(r"^url: *[\"']?(https?://[^\"'\s]+)", re.MULTILINE)
_RAW = re.compile(r"^raw: *[\"']?([^\"'\n]+?)[\"']?[ \t]*$", re.MULTILINE)
_ALSO = re.compile(r"^also:", re.MULTILINE)
_FILE = re.compile(r"assets/[^\s()<>\"'\\]+\.\w{2,5}")
_LEAST_TITLE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """By what an article is known elsewhere."""

    page: str
    """Its file."""
    title: str = ""
    urls: tuple[str, ...] = ()
    raw: str = ""
    aliases: tuple[str, ...] = ()
    text: str = ""
    """The whole of its page."""
    pictures: frozenset[str] = frozenset()
    """Pictures below the pages folder that ingest kept of it."""

    @property
    def address(self) -> str:
        """`2026/11/slug`; empty for a held page, which has none."""
        name = self.page.removeprefix(f"{PAGES}/")
        return address_of(name).rstrip("/") if name.startswith(ARTICLES) else ""

    @property
    def slug(self) -> str:
        """The file's name without suffix."""
        return PurePosixPath(self.page).stem


@dataclass(slots=True)
class Findings:
    """What the other pages say."""

    editions: list[Step] = field(default_factory=list)
    pictures: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def look_elsewhere(project: Project, traces: Traces) -> Findings:
    """All that the other pages have of an article."""
    found = Findings()
    kept = {match[0] for match in KEPT.finditer(traces.text)} | traces.pictures
    own = {match[0] for match in _FILE.finditer(traces.text)} - kept
    names = list(project.page_files())
    articles = ArticleNames(
        frozenset(name.removeprefix(f"{PAGES}/") for name in names),
        {clean_alias(alias): traces.page.removeprefix(f"{PAGES}/") for alias in traces.aliases},
    )
    for name in names:
        if name == traces.page:
            continue
        try:
            text = project.read_text(name)
            if name.startswith(EDITIONS):
                for step in _without_entries(name, text, traces, articles):
                    found.editions.append(step)
                    if isinstance(step.content, str):
                        text = step.content  # what is told below is told of what is left
        except ProblemError as error:
            if name.startswith(EDITIONS):
                found.problems.append(error.problem)
            continue
        kept -= {match[0] for match in KEPT.finditer(text)}
        own = {file for file in own if file not in text}
        found.problems += _told(name, text, traces)
    for file in sorted(kept):
        if project.exists(path := f"{PAGES}/{file}"):
            found.pictures.append(Step(Deed.DELETED, path, "a picture that no other page shows"))
    for file in sorted(own):
        if project.exists(path := f"{PAGES}/{file}"):
            found.problems.append(Problem(path, "was put there by an editor, and only this page spoke of it",
                                          "delete it if it belongs to the article", level=Level.WARNING, rule="takedown-file"))  # fmt: skip
    return found


def _told(name: str, text: str, traces: Traces) -> Iterator[Problem]:
    """What one other page has of the article, for a person to judge."""

    def tell(place: int, message: str, hint: str, level: Level = Level.NOTE) -> Problem:
        return Problem(name, message, hint, text.count("\n", 0, place) + 1, level, "takedown-elsewhere")

    keys = {key for url in traces.urls if (key := key_of(url))}
    also = match.start() if (match := _ALSO.search(text)) else len(text)
    if (raw := _RAW.search(text)) and raw[1] == traces.raw:
        yield tell(raw.start(), "is made from the same raw article", "take it down too", Level.WARNING)
    if (url := _URL.search(text)) and key_of(url[1]) in keys:
        yield tell(url.start(), "is made from the same original", "take it down too", Level.WARNING)
    if place := next((place for one in traces.urls if (place := text.find(one, also)) >= 0), 0):
        yield tell(place, "names the original under `also`", "delete the entry if it should go too")
    if (place := _link_to(text, name, traces)) >= 0:
        yield tell(place, "links to the article", "the link leads to the notice; rewrite it if it says more")
    if len(traces.title) >= _LEAST_TITLE and (place := text.find(traces.title)) >= 0:
        yield tell(
            place, "has the article's title", "rewrite it if it says what was taken down", Level.WARNING
        )


def _link_to(text: str, name: str, traces: Traces) -> int:
    """The place of a link to the article; -1 where there is none."""
    ends = [re.escape(address.strip("/")) + r"(?![\w-])" for address in traces.aliases]
    if traces.address:
        ends += [re.escape(traces.address) + r"(?![\w-])"]
        if PurePosixPath(name).parent == PurePosixPath(traces.page).parent:
            ends.append(rf"\(\.?/?{re.escape(traces.slug)}\.md\b")
    if not ends:
        return -1
    match = re.search(rf"(?<![\w-])(?:{'|'.join(ends)})", text)
    return match.start() if match else -1


# ------------------------------------------------------------------------------------------- editions


def _without_entries(name: str, text: str, traces: Traces, names: ArticleNames) -> Iterator[Step]:
    """The edition's page without its entries of the article.

    Raises:
        PageError: the page cannot be read.
    """
    block, rest, _ = frontmatter.split(text, name)
    meta = frontmatter.load(block or "", name)
    changes = dict(_changes(meta, traces, names))
    if block is not None and changes:
        new = frontmatter.replace(block, changes, name)
        what = f"the edition no longer names it under {' and '.join(f'`{key}`' for key in changes)}"
        yield Step(Deed.REWRITTEN, name, what, f"---\n{new}---\n{rest}")


def _changes(
    meta: Mapping[str, MetaValue], traces: Traces, names: ArticleNames
) -> Iterator[tuple[str, MetaValue | Delete]]:
    for key in _LISTED:
        value = meta.get(key)
        if isinstance(value, list):
            left = [entry for entry in value if not _is_named(entry, traces, names)]
            if len(left) < len(value):
                yield key, left or DELETE
        elif value is not None and _is_named(value, traces, names):
            yield key, DELETE


def _is_named(entry: MetaValue, traces: Traces, names: ArticleNames) -> bool:
    """Whether an edition's entry means the article, also by an earlier address."""
    if isinstance(entry, dict):
        return any(_is_named(value, traces, names) for value in entry.values())
    return isinstance(entry, str) and names.find(entry) == (traces.page.removeprefix(f"{PAGES}/"),)
