"""Rules about editions: an editor's word about a week names articles that are there."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from generator.check.links import find_similar
from generator.check.page import Context, Page, is_edition
from generator.docs_folder import ArticleNames
from generator.library import ARTICLES, state_of
from generator.models import Level, Problem, State
from generator.storage import PAGES

KEYS = ("title", "top", "order")
"""Front matter of an edition: its heading, the article that leads it, and articles in the order that they shall have."""
_NAME = re.compile(r"(\d{4})-w(\d{2})\.md")


def editions(page: Page, context: Context) -> Iterator[Problem]:
    """The name, the keys and the articles of an edition."""
    if not is_edition(page.path):
        return
    name = page.path.rpartition("/")[2]
    week = _NAME.fullmatch(name)
    if week is None or not _is_week(int(week[1]), int(week[2])):
        yield Problem(
            page.path,
            f"`{name}` names no week",
            "name it by the ISO year and week: 2026-w47.md",
            rule="edition-name",
        )
    for key in page.meta:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"keys of an edition are {', '.join(KEYS)}"
            yield page.problem(key, f"unknown key `{key}`", hint, "page-unknown-key", Level.WARNING)
    title, top, order = page.meta.get("title"), page.meta.get("top"), page.meta.get("order")
    if title is not None and not isinstance(title, str):
        yield page.problem("title", "`title` must be text", 'put it into quotes: "…"', "page-value")
    if top is not None and not isinstance(top, str):
        yield page.problem(
            "top", "`top` must be the path of one article", "write top: 2026/11/slug", "page-value"
        )
    elif top:
        yield from _article(page, "top", top, context)
    if order is not None and not (isinstance(order, list) and all(isinstance(item, str) for item in order)):
        yield page.problem(
            "order", "`order` must be a list of articles", "write order: [2026/11/slug, …]", "page-value"
        )
    elif isinstance(order, list):
        for item in order:
            yield from _article(page, "order", str(item), context)


def _is_week(year: int, week: int) -> bool:
    try:
        dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4)
def _names(files: frozenset[str]) -> ArticleNames:
    return ArticleNames(frozenset(file.removeprefix(f"{PAGES}/") for file in files))


def _article(page: Page, key: str, words: str, context: Context) -> Iterator[Problem]:
    named = _names(context.tree.files).find(words)
    if len(named) > 1:
        several = ", ".join(map(_shown, named))
        yield page.problem(
            key,
            f"`{key}` names `{words}`, and {len(named)} articles go by that name",
            f"name one by its address: {several}",
            "edition-missing",
        )
        return
    other = context.page(f"{PAGES}/{named[0]}") if named else None
    if named and (other is None or other.article is None):
        return  # it cannot be read, and that is told there
    if other is None or other.article is None:
        file = f"{posixpath.basename(words.strip().strip('/').removesuffix('.md'))}.md"
        near = find_similar(file, context.tree.files).removeprefix(f"{PAGES}/")
        hint = (
            f"did you mean `{_shown(near)}`?"
            if near.startswith(ARTICLES)
            else "name an article by its address: 2026/11/slug"
        )
        yield page.problem(
            key, f"`{key}` names `{words}`, and there is no such article", hint, "edition-missing"
        )
        return
    told = other.article
    if told.takedown:
        yield page.problem(
            key, f"`{key}` names `{words}`, which was taken down", "take it out", "edition-missing"
        )
        return
    state = state_of(told, context.now, context.settings)
    if state in (State.HELD, State.DRAFT):
        yield page.problem(key, f"`{key}` names `{words}`, which readers do not see yet", "publish it, or take it out",
                           "edition-waiting", Level.WARNING)  # fmt: skip
    elif state is State.EXPIRED:
        yield page.problem(key, f"`{key}` names `{words}`, which readers do not see any more", "take it out",
                           "edition-waiting", Level.WARNING)  # fmt: skip


def _shown(file: str) -> str:
    """An article's file as an editor best names it."""
    return file.removeprefix(ARTICLES).removesuffix(".md")
