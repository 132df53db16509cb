"""What an editor names on the command line: raw files, folders of them, or pages, which stand for their raw articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.errors import UsageError
from generator.ingest.claims import claim_of
from generator.storage import PAGES, RAW, Project


@dataclass(frozen=True, slots=True)
class Named:
    """The raw files that are meant, and of files with several articles which of them."""

    files: tuple[str, ...] = ()
    """Raw files and folders of them; none: all."""
    articles: frozenset[str] | None = None
    """The articles that `refresh` may touch; None: every one of the files."""


def find_articles(project: Project, places: Sequence[str]) -> Named:
    """The raw articles that some places name.

    Raises:
        UsageError: a page has no raw article, or its raw file is not here.
    """
    files: list[str] = []
    articles: set[str] = set()
    whole = False
    for place in places:
        raw = _claim(project, place) if place.startswith(f"{PAGES}/") else place
        file, _, item = raw.rpartition("#")
        if project.exists(raw) or not item or not project.exists(file):
            file, item = raw, ""
        if place.startswith(f"{PAGES}/") and not project.exists(file):
            raise UsageError(f"{place}: its raw file {file} is not here → put it back, then run this again")
        files.append(file)
        if item or place != raw:
            articles.add(raw)
        else:
            whole = True
    return Named(tuple(files), None if whole or not articles else frozenset(articles))


def _claim(project: Project, page: str) -> str:
    if not project.exists(page):
        raise UsageError(f"{page}: there is no such file or folder")
    raw = claim_of(project.read_text(page), page)
    if not raw or not raw.startswith(f"{RAW}/"):
        raise UsageError(f"{page} is made from no raw article: it is wholly yours")
    return raw
