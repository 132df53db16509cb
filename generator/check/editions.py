"""Rules about editions: an editor's word about a week names articles that are there."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches

from generator.check.links import find_similar
from generator.check.page import Context, Page, is_edition
from generator.library import ARTICLES, HELD, state_of
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


def named_page(words: str) -> str:
    """The file, below the pages folder, that an edition means by a path, an address or a file."""
    path = words.strip().strip("/").removeprefix("content/pages/").removesuffix(".md").rstrip("/")
    if not path.startswith((ARTICLES, HELD)):
        path = f"{ARTICLES}{path}"
    return f"{path}.md"


def _article(page: Page, key: str, words: str, context: Context) -> Iterator[Problem]:
    name = named_page(words)
    other = context.page(f"{PAGES}/{name}")
    if other is None or other.article is None:
        near = find_similar(posixpath.basename(name), context.tree.files).removeprefix(f"{PAGES}/")
        hint = (
            f"did you mean `{near.removeprefix(ARTICLES).removesuffix('.md')}`?"
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
