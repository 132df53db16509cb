"""One Markdown file below `content/pages` as a rule sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from generator import article, frontmatter
from generator.check.tree import Tree
from generator.errors import ProblemError
from generator.library import ARTICLES, HELD
from generator.models import Article, Level, MetaValue, Problem
from generator.settings import Settings
from generator.storage import PAGES

EDITIONS = "editions/"
_ARTICLES = (f"{PAGES}/{ARTICLES}", f"{PAGES}/{HELD}")


@dataclass(frozen=True, kw_only=True)
class Page:
    """A file that can be read."""

    path: str
    """In the project."""
    block: str
    """Its front matter as it stands."""
    meta: Mapping[str, MetaValue]
    body: str
    body_line: int
    """Line of the file on which the body begins."""
    article: Article | None = None
    """Of an article's page; its `page` is the path below the pages folder."""
    problems: tuple[Problem, ...] = ()
    """What reading it told."""

    @property
    def name(self) -> str:
        """Path below the pages folder."""
        return self.path.removeprefix(f"{PAGES}/")

    def line(self, key: str) -> int:
        """Line of a front matter key; the block's first where it is not there, 0 without a block."""
        return frontmatter.key_lines(self.block, self.path).get(key, 1 if self.block else 0)

    def problem(self, key: str, message: str, hint: str, rule: str, level: Level = Level.ERROR) -> Problem:
        """A problem of one of its fields."""
        return Problem(self.path, message, hint, self.line(key), level, rule)


def is_article(path: str) -> bool:
    """Whether a file is an article's page, filed or held."""
    return path.startswith(_ARTICLES) and path.endswith(".md")


def is_edition(path: str) -> bool:
    """Whether a file is an editor's word about a weekly edition."""
    return path.startswith(f"{PAGES}/{EDITIONS}") and path.endswith(".md")


def read_page(tree: Tree, path: str, settings: Settings) -> Page:
    """The page at a path.

    Raises:
        ProblemError: it cannot be read.
    """
    text = tree.read(path)
    block, body, body_line = frontmatter.split(text, path)
    meta = frontmatter.load(block or "", path)
    page = Page(path=path, block=block or "", meta=meta, body=body, body_line=body_line)
    if not is_article(path):
        return page
    told, found = article.read(
        meta, body, path, settings.zone, lambda: frontmatter.key_lines(block or "", path)
    )
    return replace(page, article=replace(told, page=page.name), problems=found)


@dataclass(frozen=True)
class Context:
    """What a rule may ask beside the page itself."""

    tree: Tree
    settings: Settings
    now: dt.datetime
    raw_text: Callable[[str], str | None]
    """A raw article as `raw:` names it → its text; None where it is not here or cannot be read."""
    _pages: dict[str, Page | None] = field(default_factory=dict)
    _remembered: dict[tuple[str, str], str] = field(default_factory=dict)

    def page(self, path: str) -> Page | None:
        """The page at a path, read once; None where there is none or it cannot be read."""
        if path not in self._pages:
            try:
                self._pages[path] = (
                    read_page(self.tree, path, self.settings) if path in self.tree.files else None
                )
            except ProblemError:
                self._pages[path] = None
        return self._pages[path]

    def remember(self, kind: str, words: str, answer: Callable[[str], str]) -> str:
        """The answer to a question that many pages ask, worked out once."""
        key = (kind, words)
        if key not in self._remembered:
            self._remembered[key] = answer(words)
        return self._remembered[key]
