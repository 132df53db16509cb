"""What may lie in the docs folder, at which address it then stands, and by which words an editor names it: the same for
the build, the check and a takedown."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from urllib.parse import unquote

from generator import slugs
from generator.library import ARTICLES, HELD, address_of
from generator.models import Problem
from generator.redirects import PAGES

PAGE_KEYS = ("title", "description", "hide", "search", "icon", "status")
"""Front matter that a hand-written page may give to the theme."""
ASSETS = (".avif", ".gif", ".ico", ".jpeg", ".jpg", ".pdf", ".png", ".webp")
"""Suffixes of files beside the pages that are published as they are: none of them can hold a script."""
ASSET_NAMES = frozenset({"CNAME", "robots.txt"})
SUFFIX = ".md"
"""Of a page. MkDocs knows more for Markdown; a page under one of those would be published unseen by the check, and stay
when its article is taken down."""
_MARKDOWN = (SUFFIX, ".markdown", ".mdown", ".mkd", ".mkdn")
_FOLDER = re.compile(r"articles/[0-9]{4}/(?:0[1-9]|1[0-2])|held")


def page_address(name: str) -> str:
    """Address of a Markdown file's page below the site's root; `name` is its path below the docs folder."""
    if name.startswith((ARTICLES, HELD)):
        return address_of(name)
    stem = name.rsplit(".", 1)[0]
    folder, _, last = stem.rpartition("/")
    if last in ("index", "README"):
        return f"{folder}/" if folder else ""
    return f"{stem}/"


def usual_name(name: str) -> str:
    """The name that an article's file should have: one that an editor can type, in a folder of the digest's."""
    folder, _, file = name.rpartition("/")
    stem = file.rsplit(".", 1)[0]
    slug = stem if slugs.is_slug(stem) else slugs.slugify(stem)
    return f"{folder if _FOLDER.fullmatch(folder) else f'{ARTICLES}YYYY/MM'}/{slug}.md"


def refuse_suffix(path: str) -> Problem | None:
    """What is wrong with the suffix of a Markdown file; None where it is `SUFFIX`, and of every other file."""
    stem, dot, suffix = path.rpartition(".")
    if dot + suffix == SUFFIX or f"{dot}{suffix}".lower() not in _MARKDOWN:
        return None
    return Problem(path, f"is Markdown, and its name ends with .{suffix}: it is not published",
                   f"rename it to {stem.rpartition('/')[2]}{SUFFIX}", rule="page-name")  # fmt: skip


@dataclass(frozen=True)
class ArticleNames:
    """The articles of a digest, filed or held, by the words with which an editor names one: under `top` and `order` of an
    edition."""

    files: frozenset[str]
    """Files below the docs folder; those that are no article's do not matter."""
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Earlier address, with a closing slash, → file, as far as the caller knows them."""

    def find(self, words: str) -> tuple[str, ...]:
        """The files that the words may mean: one where they name an article, several where a slug alone is the slug of
        several, else none.

        Taken are an address (`2026/11/slug`, with slashes around it or without), a file (`articles/2026/11/slug.md`, also
        from the repository's root) and a slug. A whole web address is none: nobody here knows which host is the site's.
        """
        path = words.strip()
        if "://" in path:
            return ()
        path = path.strip("/").removeprefix(f"{PAGES}/").removesuffix(SUFFIX).rstrip("/")
        for one in dict.fromkeys((path, unquote(path))):
            file = f"{one if one.startswith((ARTICLES, HELD)) else f'{ARTICLES}{one}'}{SUFFIX}"
            file = file if file in self.files else self.aliases.get(f"{one}/", "")
            if file:
                return (file,)
        return self._by_slug.get(path, ())

    @cached_property
    def _by_slug(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for file in sorted(self.files):
            if file.startswith((ARTICLES, HELD)) and file.endswith(SUFFIX):
                found[file.rpartition("/")[2].removesuffix(SUFFIX)].append(file)
        return MappingProxyType({slug: tuple(files) for slug, files in found.items()})
