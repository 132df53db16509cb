"""What may lie in the docs folder, and at which address it then stands: the same for the build and for the check."""

from __future__ import annotations

import re

from generator import slugs
from generator.library import ARTICLES, HELD, address_of

PAGE_KEYS = ("title", "description", "hide", "search", "icon", "status")
"""Front matter that a hand-written page may give to the theme."""
ASSETS = (".avif", ".gif", ".ico", ".jpeg", ".jpg", ".pdf", ".png", ".webp")
"""Suffixes of files beside the pages that are published as they are: none of them can hold a script."""
ASSET_NAMES = frozenset({"CNAME", "robots.txt"})
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
