"""A digest's folder on disk: its raw articles, pages, pictures, and the lock that lets one run change them."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from generator.article import parse_page
from generator.errors import ProblemError, RawError, StorageError, UsageError
from generator.library import ARTICLES, HELD
from generator.models import Article, Problem
from generator.page_folders import PageFolder, without_page_folders
from generator.storage.bounds import fault_of
from generator.storage.files import MAX_RAW, read_bounded, refused, replace_file
from generator.storage.folders import CACHE, find_unfinished

RAW = "content/raw"
PAGES = "content/pages"
SIDECAR = ".meta.yml"
MAX_PAGE = 2 * 1024 * 1024
"""Bytes of a page."""
MAX_PICTURE = 2 * 1024 * 1024
"""Bytes of a picture: every reader of the article loads it."""
PICTURES = "assets/images"
"""Where the pictures of articles are kept, below the pages folder."""

_MAX_NAME = 255
"""Bytes of a file name on the usual systems."""


class Project:
    """A digest's folder on disk. Paths given and returned are relative to it, with `/`."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._folder = os.fspath(self.root)
        self._sound: set[str] = set()
        """Folders that are known to be reached without a link."""

    def path(self, relative: str) -> Path:
        """The absolute place of a relative path."""
        return self.root / relative

    def relative(self, path: Path) -> str:
        """A path relative to the project.

        Raises:
            UsageError: the path lies outside.
        """
        try:
            # Only the folder is resolved: a link must be seen as the link it is.
            return PurePosixPath((path.parent.resolve() / path.name).relative_to(self.root)).as_posix()
        except ValueError as error:
            raise UsageError(f"{path} is not inside the project's folder {self.root}") from error

    def exists(self, relative: str) -> bool:
        """Whether a file is there. A path that is none of the project's (see `owns`) names none."""
        try:
            return self._fault_in_reading(relative) is None and self.path(relative).is_file()
        except OSError:  # a name that is too long for the system
            return False

    def owns(self, relative: str) -> bool:
        """Whether a path stays in the project's folder, and leads through no link there. Its last part may be a link: one
        that is read is refused, one that is written or taken away is replaced or taken away itself."""
        return fault_of(self._folder, relative) is None

    def _fault_in_reading(self, relative: str) -> tuple[str, str] | None:
        """As `fault_of`, with each folder looked at once: ten thousand pages are read from a few."""
        fault = fault_of(self._folder, relative, self._sound)
        if fault is None:
            self._sound.add(relative.rpartition("/")[0])
        return fault

    def _check_reading(self, relative: str) -> None:
        if (fault := self._fault_in_reading(relative)) is not None:
            raise RawError(Problem(relative, *fault, rule="file-kind"))

    def _check_writing(self, *paths: str) -> None:
        for relative in paths:
            if (fault := fault_of(self._folder, relative)) is not None:
                raise StorageError(Problem(relative, *fault, rule="file-kind"))

    # ------------------------------------------------------------------------------------ reading

    def raw_files(self, places: tuple[str, ...] = (RAW,)) -> Iterator[str]:
        """The raw files below some places, sorted; sidecars, hidden files and what a browser saved beside a page are
        none.

        Raises:
            UsageError: a place does not exist or is no raw file.
        """
        for place in places:
            path = self.path(place)
            if place != RAW and not place.startswith(f"{RAW}/"):
                raise UsageError(f"{place}: raw articles live in {RAW}/; put the file there first")
            if path.is_dir():
                yield from (name for name in self._walk(path, raw=True) if not name.endswith(SIDECAR))
            elif path.is_symlink() or path.exists():
                yield place
            else:
                raise UsageError(f"{place}: there is no such file or folder")

    def page_files(self, below: str = PAGES) -> Iterator[str]:
        """The Markdown files below a folder, sorted."""
        path = self.path(below)
        if path.is_dir():
            yield from (name for name in self._walk(path) if name.endswith(".md"))

    def files_below(self, folder: str) -> Iterator[str]:
        """Every file below a folder, sorted; hidden ones are left out."""
        path = self.path(folder)
        if path.is_dir():
            yield from self._walk(path)

    def unfinished_sites(self) -> tuple[str, ...]:
        """The folders in the cache of builds that have not ended, or were killed. None in a cache that is a link."""
        folder = self.path(CACHE)
        if folder.is_symlink() or not folder.is_dir():
            return ()
        return tuple(f"{CACHE}/{path.name}" for path in find_unfinished(folder))

    def picture_files(self) -> Iterator[str]:
        """The kept pictures of articles, sorted."""
        path = self.path(f"{PAGES}/{PICTURES}")
        if path.is_dir():
            yield from self._walk(path)

    def _walk(self, folder: Path, *, raw: bool = False) -> Iterator[str]:
        for base, folders, files in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            if raw:
                folders[:] = without_page_folders(base, folders, files)
            below = PurePosixPath(Path(base).relative_to(self.root)).as_posix()
            for name in sorted(files):
                if not name.startswith("."):
                    yield f"{below}/{name}"

    def read_raw(self, relative: str) -> bytes:
        """The bytes of a raw file.

        Raises:
            RawError: not a regular file, too large, unreadable, outside, behind a link, a name too long for its sidecar.
        """
        if len(os.fsencode(PurePosixPath(relative).name + SIDECAR)) > _MAX_NAME:
            message = f"its name leaves no room for a sidecar: {_MAX_NAME - len(SIDECAR)} bytes are the most"
            raise RawError(Problem(relative, message, "shorten the name", rule="raw-name"))
        self._check_reading(relative)
        return read_bounded(self.path(relative), relative, MAX_RAW)

    def page_folder(self, raw: str) -> PageFolder:
        """What a browser saved beside a raw page."""
        return PageFolder(self.path(raw))

    def read_picture(self, path: Path) -> bytes:
        """The bytes of a picture that `page_folder` has found.

        Raises:
            RawError: as `read_raw`.
        """
        return read_bounded(path, self.relative(path), MAX_PICTURE)

    def read_page(self, relative: str) -> bytes:
        """The bytes of a page.

        Raises:
            RawError: as `read_raw`.
        """
        self._check_reading(relative)
        return read_bounded(f"{self._folder}/{relative}", relative, MAX_PAGE)

    def read_text(self, relative: str) -> str:
        """The text of a page or a sidecar.

        Raises:
            RawError: as `read_raw`, or not UTF-8.
        """
        data = self.read_page(relative)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise RawError(
                Problem(
                    relative,
                    f"not UTF-8 (byte {error.start})",
                    "save it as UTF-8",
                    line,
                    rule="page-encoding",
                )
            ) from error

    def read_articles(self, zone: ZoneInfo) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
        """(every article page that can be read, what is wrong with the pages), by path.

        A page that cannot be read is a problem and no article; the others are unharmed.
        """
        articles: list[Article] = []
        problems: list[Problem] = []
        for folder in (ARTICLES, HELD):
            for name in self.page_files(f"{PAGES}/{folder.rstrip('/')}"):
                try:
                    told, _, found = parse_page(self.read_text(name), name, zone)
                except ProblemError as error:
                    problems.append(error.problem)
                    continue
                articles.append(replace(told, page=name.removeprefix(f"{PAGES}/")))
                problems += found
        return tuple(articles), tuple(problems)

    # ------------------------------------------------------------------------------------ writing

    def write(self, relative: str, content: str | bytes) -> bool:
        """Make a file hold a text or bytes; True where it did not before.

        Raises:
            StorageError: the path is none of the project's (see `owns`), or the system refused; the old file is untouched.
        """
        self._check_writing(relative)
        data = content.encode("utf-8") if isinstance(content, str) else content
        path = os.fspath(self.path(relative))
        try:
            mode = 0o644
            try:
                status = os.stat(path)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(path), exist_ok=True)
            else:
                mode = stat.S_IMODE(status.st_mode)
                if status.st_size == len(data) and Path(path).read_bytes() == data:
                    return False
            replace_file(path, data, mode)
        except OSError as error:
            raise refused(relative, "written", error) from error
        return True

    def move(self, old: str, new: str, text: str) -> None:
        """Move a file, then make it hold a text: at no moment are there two of it.

        Raises:
            StorageError: a path is none of the project's (see `owns`), the system refused, or a file stands at the new
                place.
        """
        self._check_writing(old, new)
        if old == new:
            self.write(new, text)
            return
        if self.path(new).exists():
            raise StorageError(
                Problem(new, "a file stands there already", "rename one of the two", rule="page-collision")
            )
        try:
            self.path(new).parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.path(old), self.path(new))
        except OSError as error:
            raise refused(old, "moved", error) from error
        self.write(new, text)

    def remove(self, relative: str) -> bool:
        """Take away a file, or a folder with all that is in it, of content or cache; False where none is there. A link is
        taken away itself, never what it leads to.

        Raises:
            UsageError: the path lies elsewhere, or behind a link.
            StorageError: the system refused.
        """
        place = PurePosixPath(relative).as_posix()
        if not self.owns(relative) or not place.startswith((f"{RAW}/", f"{PAGES}/", f"{CACHE}/")):
            raise UsageError(f"{relative} is not content; it stays")
        path = self.path(place)
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise refused(relative, "deleted", error) from error
        return True

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Only one run of the digest changes the content at a time.

        Raises:
            UsageError: another run holds the lock for more than a minute.
        """
        folder = self.path(CACHE)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refused(CACHE, "written", error) from error
        lock = FileLock(folder / "lock", timeout=60)
        try:
            lock.acquire()
        except Timeout as error:
            raise UsageError("another `digest` run is at work here; wait for it to end") from error
        try:
            yield
        finally:
            lock.release()
