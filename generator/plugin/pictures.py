"""Pictures of pages: their addresses in Markdown, their sizes, and which of them readers may have."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mkdocs.structure.files import File, Files

from generator.illustrations import KEPT
from generator.images import HEAD, SUFFIXES, measure_image

_SUFFIXES = tuple(f".{suffix}" for suffix in (*SUFFIXES, "jpeg"))


def lead_from_page(body: str, uri: str, folder: str) -> str:
    """Markdown whose addresses from the repository's root (`/content/pages/assets/…`) lead from the page's own file.

    `folder` is the pages folder as such an address names it. MkDocs then finds the file, tells of one that is not
    there, and makes the address that the site needs, wherever it stands.
    """
    if f"/{folder}/" not in body:
        return body
    up = "../" * uri.count("/")
    pattern = rf"(\]\(<?|^ {{0,3}}\[[^\]\n]{{1,200}}\]:[ \t]{{1,9}}<?)/{re.escape(folder)}/(?=[^\s/])"
    return re.sub(pattern, lambda match: f"{match[1]}{up}", body, flags=re.MULTILINE)


def without_unused(files: Files, docs_dir: str, bodies: Iterable[str]) -> None:
    """Take out the pictures of articles that none of these pages shows: those of an article that waits, or was taken
    away, are for no reader. An editor's own pictures stay."""
    used = {name for body in bodies for name in KEPT.findall(body)}
    for file in list(files):
        kept = KEPT.fullmatch(file.src_uri) if file.src_dir == docs_dir else None
        if kept is not None and kept[1] not in used:
            files.remove(file)


def first_of(body: str) -> str:
    """Where the first of an article's pictures stands on the site; empty where its body shows none."""
    first = KEPT.search(body)
    return first[0] if first else ""


class Sizes:
    """The sizes of the pictures of one build, each read once."""

    def __init__(self, files: Iterable[File]) -> None:
        self._paths = {
            file.dest_uri: file.abs_src_path
            for file in files
            if file.dest_uri.lower().endswith(_SUFFIXES) and file.abs_src_path
        }
        self._known: dict[str, tuple[int, int] | None] = {}

    def of(self, address: str, page: str) -> tuple[int, int] | None:
        """Width and height of a picture by its address on a page; None where it is not one of the site's.

        `page` is the page's own address below the site's root.
        """
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return None
        place = posixpath.normpath(posixpath.join("/", page, unquote(parts.path))).lstrip("/")
        if place not in self._known:
            path = self._paths.get(place)
            self._known[place] = _measure(path) if path else None
        return self._known[place]


def _measure(path: str) -> tuple[int, int] | None:
    try:
        with Path(path).open("rb") as file:
            return measure_image(file.read(HEAD))
    except OSError:
        return None
