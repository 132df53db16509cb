"""The folders that browsers save beside a page: found on disk, and read no further than the page itself leads.

Nothing in them is a raw article: frames of advertisements, scripts, and the pictures that the page shows.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath

from generator.saved_pages import shown_files, stems_of

_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".mht")
_SHOWN = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".css", ".js", ".download", ".woff2")
"""What stands in such a folder and in no folder of raw articles."""
_MOST = 12 * 1024 * 1024
"""Bytes of a page that are looked through for names, also of one that is too long to be read as an article."""


def without_page_folders(base: str, folders: Sequence[str], files: Sequence[str]) -> list[str]:
    """The folders in `base` but those that a browser saved beside one of the pages among its `files`.

    A folder is a page's where it has the page's name with something behind it and the page shows files of it, under
    that name or, both having been renamed, under the old one; and where it has another name, but holds what a page
    beside it shows.
    """
    pages = {_nfc(name.rpartition(".")[0]): name for name in files if name.lower().endswith(_PAGES)}
    if not pages or not folders:
        return list(folders)
    shown = _Shown(base, tuple(pages.values()))
    kept: list[str] = []
    for folder in folders:
        page = next((pages[stem] for stem in stems_of(_nfc(folder)) if stem in pages), None)
        if page is not None and shown.is_of(folder, shown.of(page), named=True):
            continue
        if _holds_shown(base, folder) and shown.is_of(folder, shown.of_all, named=False):
            continue
        kept.append(folder)
    return kept


class _Shown:
    """What the pages of one folder show of folders beside them; each is read once, and only when it is asked."""

    def __init__(self, base: str, pages: tuple[str, ...]) -> None:
        self.base = base
        self.pages = pages

    def of(self, page: str) -> frozenset[str]:
        try:
            path = Path(self.base, page)
            if path.is_symlink() or not path.is_file():
                return frozenset()
            with path.open("rb") as file:
                return shown_files(file.read(_MOST).decode("utf-8", "replace"))
        except OSError:
            return frozenset()

    @cached_property
    def of_all(self) -> frozenset[str]:
        return frozenset(name for page in self.pages for name in self.of(page))

    def is_of(self, folder: str, shown: frozenset[str], *, named: bool) -> bool:
        """Whether one of the shown files lies in the folder; of one `named` after the page it is enough that the page
        speaks of it."""
        own = _nfc(folder)
        for name in shown:
            first, _, rest = name.partition("/")
            if (named and first == own) or ((named or first == own) and _find(Path(self.base, folder), rest)):
                return True
        return False


def _holds_shown(base: str, folder: str) -> bool:
    try:
        with os.scandir(Path(base, folder)) as entries:
            return any(entry.name.lower().endswith(_SHOWN) for entry in entries)
    except OSError:
        return False


class PageFolder:
    """What a browser saved beside one page."""

    def __init__(self, page: Path) -> None:
        self.page = page

    def find(self, name: str) -> Path | None:
        """The file that the page calls by that `local_name`; None where there is none, or a link stands on the way."""
        found = _find(self.page.parent, name)
        if found is None:
            rest = name.partition("/")[2]
            found = next((path for folder in self._renamed if (path := _find(folder, rest))), None)
        return found

    def is_missing(self, name: str) -> bool:
        """Whether not even the folder of that file is there."""
        folder = self.page.parent / PurePosixPath(name).parts[0]
        return not folder.is_dir() and not self._renamed

    def own(self) -> tuple[Path, ...]:
        """What the browser saved here and no other page beside this one shows: folders, and of a folder that another page
        shows too the files that are this page's alone."""
        base = str(self.page.parent)
        try:
            with os.scandir(base) as entries:
                found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
        except OSError:
            return ()
        folders = [name for name, is_folder in found if is_folder]
        others = [name for name, is_folder in found if not is_folder and name != self.page.name]
        left = set(without_page_folders(base, folders, [self.page.name]))
        mine = [name for name in folders if name not in left]
        alone = without_page_folders(base, mine, others)
        shared = tuple(Path(base, name) for name in mine if name not in alone)
        files = {path for path in self.shown() if path.parent in shared}
        if files:
            files -= {path for name in others for path in PageFolder(Path(base, name)).shown()}
        return (*(Path(base, name) for name in alone), *sorted(files))

    def shown(self) -> Iterator[Path]:
        """The files beside the page that it shows."""
        if self.page.name.lower().endswith(_PAGES):
            names = _Shown(str(self.page.parent), ()).of(self.page.name)
            yield from (path for name in names if (path := self.find(name)) is not None)

    @cached_property
    def _renamed(self) -> tuple[Path, ...]:
        """Folders that have the page's present name with something behind it."""
        stem = _nfc(self.page.name.rpartition(".")[0])
        try:
            with os.scandir(self.page.parent) as entries:
                return tuple(
                    Path(entry.path)
                    for entry in entries
                    if entry.is_dir(follow_symlinks=False) and stem in stems_of(_nfc(entry.name))
                )
        except OSError:
            return ()


def _find(folder: Path, name: str) -> Path | None:
    """A regular file below a folder, reached through no link. Names are compared as NFC: macOS writes them apart."""
    path = folder
    for part in PurePosixPath(name).parts:
        if path.is_symlink():
            return None
        inner = path / part
        if not os.path.lexists(inner) and not part.isascii():
            try:
                inner = next((entry for entry in path.iterdir() if _nfc(entry.name) == part), inner)
            except OSError:
                return None
        path = inner
    try:
        return path if path.is_file() and not path.is_symlink() else None
    except OSError:  # a name that is too long for the system
        return None


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)
