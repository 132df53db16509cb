"""Use case: every problem of the pages, told before a reader sees it.

A rule is a function from one page, or from all, to problems. Settings are checked where they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from generator import article, frontmatter
from generator.errors import ProblemError
from generator.illustrations import check_pictures
from generator.library import ARTICLES, HELD, missing_fields
from generator.models import Article, Level, MetaValue, Problem
from generator.settings import Settings
from generator.storage import PAGES, Project
from generator.suggestions import Census


@dataclass(frozen=True, slots=True)
class Page:
    """One article page as a rule sees it."""

    path: str
    article: Article
    meta: dict[str, MetaValue]
    block: str

    def line(self, key: str) -> int:
        """Line of a front matter key; 0 where it is not there."""
        return frontmatter.key_lines(self.block, self.path).get(key, 0)

    def problem(self, key: str, message: str, hint: str, rule: str, level: Level = Level.ERROR) -> Problem:
        """A problem of one of its fields."""
        return Problem(self.path, message, hint, self.line(key), level, rule)


def check(project: Project, settings: Settings, config: str = "site_config.yml") -> list[Problem]:
    """The problems of all article pages, by file and line, then what the vocabulary might take up. `config` is the
    settings' file, relative to the project."""
    problems: list[Problem] = []
    articles: list[Article] = []
    census = Census(settings)
    for name in project.page_files():
        if name.startswith((f"{PAGES}/{ARTICLES}", f"{PAGES}/{HELD}")):
            found, one = _check_page(project, settings, name)
            problems += found
            articles += one
            for each in one:
                census.look(each)
    problems += claimed_twice(articles)
    problems += check_pictures(project)
    problems.sort(key=lambda problem: (problem.path, problem.line, problem.message))
    return [*problems, *census.suggest(config, _text_of(project, config))]


def _text_of(project: Project, name: str) -> str:
    """The settings' own text, for the lines in messages; empty where it cannot be had."""
    try:
        return project.read_text(name)
    except ProblemError:
        return ""


def _check_page(project: Project, settings: Settings, name: str) -> tuple[list[Problem], tuple[Article, ...]]:
    """The problems of one page, and its article where it can be read."""
    try:
        block, body, _ = frontmatter.split(project.read_text(name), name)
        meta = frontmatter.load(block or "", name)
    except ProblemError as error:
        return [error.problem], ()
    told, found = article.read(
        meta, body, name, settings.zone, lambda: frontmatter.key_lines(block or "", name)
    )
    page = Page(name, replace(told, page=name.removeprefix(f"{PAGES}/")), meta, block or "")
    return [*found, *(problem for rule in RULES for problem in rule(page, settings))], (page.article,)


def claimed_twice(articles: Iterable[Article]) -> list[Problem]:
    """Pages that are made from one and the same raw article: the news would stand there twice."""
    owners: dict[str, str] = {}
    problems: list[Problem] = []
    for one in articles:
        if one.raw and owners.setdefault(one.raw, one.page) != one.page:
            message = f"claims {one.raw}, as {PAGES}/{owners[one.raw]} does"
            hint = "delete one of the two, or take `raw` and `generated` out of the one that is yours alone"
            problems.append(Problem(f"{PAGES}/{one.page}", message, hint, rule="raw-claimed-twice"))
    return problems


def _held(page: Page, settings: Settings) -> Iterator[Problem]:
    """A held page waits for a person: no error, but told each time."""
    for line in page.article.review:
        yield page.problem("review", f"held — {line}", "write the field, then delete this review line", "page-held",
                           Level.WARNING)  # fmt: skip
    if page.article.page.startswith(HELD) and not page.article.review and not missing_fields(page.article):
        yield page.problem("title", "is settled and still in held/", "run `digest ingest`; it files the page",
                           "page-unfiled", Level.WARNING)  # fmt: skip


def _required(page: Page, settings: Settings) -> Iterator[Problem]:
    named = {line.partition(":")[0] for line in page.article.review}
    for name in missing_fields(page.article):
        if name not in named:
            filed = page.article.page.startswith(ARTICLES) and not page.article.review
            yield page.problem(name, f"`{name}` is missing", f"write `{name}:` into the front matter",
                               "page-required", Level.ERROR if filed else Level.WARNING)  # fmt: skip


def _vocabulary(page: Page, settings: Settings) -> Iterator[Problem]:
    told = page.article
    if told.topic and told.topic not in settings.topics:
        yield page.problem("topic", f"topic `{told.topic}` is not in the settings", _near(told.topic, settings.topics),
                           "topic-unknown")  # fmt: skip
    if told.source and told.source not in settings.sources:
        yield page.problem("source", f"source `{told.source}` is not in the settings: it is shown under the default policy",
                           _near(told.source, settings.sources), "source-unknown", Level.WARNING)  # fmt: skip
    for label in told.tags:
        if label not in settings.tags:
            yield page.problem("tags", f"tag `{label}` is not in the settings", _near(label, settings.tags),
                               "tag-unknown", Level.WARNING)  # fmt: skip


def _near(found: str, known: object) -> str:
    names = list(known) if isinstance(known, dict) else []
    near = get_close_matches(found, names, n=1)
    return f"did you mean `{near[0]}`?" if near else "add it to site_config.yml"


RULES: tuple[Callable[[Page, Settings], Iterator[Problem]], ...] = (_held, _required, _vocabulary)
