"""Slugs and addresses: ASCII, at most 80 bytes, never two for one file, never one for two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import slugify as _slugify

MAX_LENGTH = 80
RESERVED = frozenset(
    {"index", "readme", "404", "assets", "search", "articles", "held", "pages", "con", "prn", "aux", "nul"}
    | {f"com{n}" for n in range(1, 10)}
    | {f"lpt{n}" for n in range(1, 10)}
)
"""Names that MkDocs, the theme or a file system gives another meaning."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slugify(text: str, fallback: str = "bai") -> str:
    """ASCII slug of a title, cut between words at 80 bytes; `fallback` where no letter is left."""
    plain = unicodedata.normalize("NFC", text).replace("đ", "d").replace("Đ", "D")
    # The table is named: with another one installed beside it, the same title would get another address.
    slug: str = _slugify.slugify(
        plain, max_length=MAX_LENGTH, word_boundary=True, save_order=True, backend="text-unidecode"
    )
    if not slug:
        return fallback
    return f"{slug}-{fallback}" if slug in RESERVED else slug


def is_slug(text: str) -> bool:
    """Whether a text can stand in an address as it is."""
    return len(text) <= MAX_LENGTH and _SLUG.fullmatch(text) is not None


def key_of(path: str) -> str:
    """Key under which two paths are the same file on some file system: NFC, casefolded."""
    return unicodedata.normalize("NFC", path).casefold()


class Register:
    """The addresses in use, so that each new page gets one of its own.

    Compared under NFC and casefold: twins that differ in case alone collide on many file systems.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {key_of(path) for path in taken}

    def __contains__(self, path: str) -> bool:
        return key_of(path) in self._taken

    def add(self, path: str) -> None:
        """Mark a path as taken."""
        self._taken.add(key_of(path))

    def remove(self, path: str) -> None:
        """Free a path again."""
        self._taken.discard(key_of(path))

    def claim(self, folder: str, slug: str, suffix: str = ".md") -> str:
        """A free path `folder/slug[-n].md`, now taken. The first claimant has the bare slug."""
        number, path = 1, f"{folder}/{slug}{suffix}"
        while path in self:
            number += 1
            tail = f"-{number}"
            path = f"{folder}/{slug[: MAX_LENGTH - len(tail)].rstrip('-')}{tail}{suffix}"
        self.add(path)
        return path
