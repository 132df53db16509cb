"""The only room that writes files: atomic, only when different, under a lock.

A page is written to a temporary file beside it, synced and renamed, so that a crash leaves either the old or
the new file whole. Reading is bounded: regular files inside the project only, no links, up to a size.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from generator.article import parse_page
from generator.errors import ProblemError, RawError, StorageError, UsageError
from generator.library import ARTICLES, HELD
from generator.models import Article, Problem
from generator.page_folders import PageFolder, without_page_folders

RAW = "content/raw"
PAGES = "content/pages"
CACHE = ".cache"
SIDECAR = ".meta.yml"
MAX_RAW = 10 * 1024 * 1024
"""Bytes of a raw file: the largest saved news pages have some 3 MB."""
MAX_PAGE = 2 * 1024 * 1024
"""Bytes of a page."""
MAX_PICTURE = 2 * 1024 * 1024
"""Bytes of a picture: every reader of the article loads it."""
PICTURES = "assets/images"
"""Where the pictures of articles are kept, below the pages folder."""


_MAX_NAME = 255
"""Bytes of a file name on the usual systems."""
_LEFTOVER = 24 * 3600
"""Seconds after which a folder that a build left behind is nobody's any more."""
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class Project:
    """A digest's folder on disk. Paths given and returned are relative to it, with `/`."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._folder = os.fspath(self.root)

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
        """Whether a file is there."""
        try:
            return self.path(relative).is_file()
        except OSError:  # a name that is too long for the system
            return False

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
            RawError: not a regular file, too large, unreadable, a name too long for its sidecar.
        """
        if len(os.fsencode(PurePosixPath(relative).name + SIDECAR)) > _MAX_NAME:
            message = f"its name leaves no room for a sidecar: {_MAX_NAME - len(SIDECAR)} bytes are the most"
            raise RawError(Problem(relative, message, "shorten the name", rule="raw-name"))
        return _read(self.path(relative), relative, MAX_RAW)

    def page_folder(self, raw: str) -> PageFolder:
        """What a browser saved beside a raw page."""
        return PageFolder(self.path(raw))

    def read_picture(self, path: Path) -> bytes:
        """The bytes of a picture that `page_folder` has found.

        Raises:
            RawError: as `read_raw`.
        """
        return _read(path, self.relative(path), MAX_PICTURE)

    def read_text(self, relative: str) -> str:
        """The text of a page or a sidecar.

        Raises:
            RawError: as `read_raw`, or not UTF-8.
        """
        data = _read(f"{self._folder}/{relative}", relative, MAX_PAGE)
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
            StorageError: the system refused; the old file is untouched.
        """
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
            _replace(path, data, mode)
        except OSError as error:
            raise _refused(relative, "written", error) from error
        return True

    def move(self, old: str, new: str, text: str) -> None:
        """Move a file, then make it hold a text: at no moment are there two of it.

        Raises:
            StorageError: the system refused, or a file stands at the new place.
        """
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
            raise _refused(old, "moved", error) from error
        self.write(new, text)

    def remove(self, relative: str) -> bool:
        """Take away a file, or a folder with all that is in it, of content or cache; False where none is there. A link is
        taken away itself, never what it leads to.

        Raises:
            UsageError: the path lies elsewhere.
            StorageError: the system refused.
        """
        place = self.relative(self.path(relative))
        if ".." in PurePosixPath(place).parts or not place.startswith((f"{RAW}/", f"{PAGES}/", f"{CACHE}/")):
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
            raise _refused(relative, "deleted", error) from error
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
            raise _refused(CACHE, "written", error) from error
        lock = FileLock(folder / "lock", timeout=60)
        try:
            lock.acquire()
        except Timeout as error:
            raise UsageError("another `digest` run is at work here; wait for it to end") from error
        try:
            yield
        finally:
            lock.release()


def _replace(path: str, data: bytes, mode: int) -> None:
    """Write a temporary file beside `path`, sync it, and rename it over `path`."""
    folder, name = os.path.split(path)
    # The lock lets only one run write; the process's number keeps a crashed run's leftover apart.
    temporary = os.path.join(folder, f".{name[:60]}.{os.getpid()}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_FOLLOW, mode)
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _refused(relative: str, what: str, error: OSError) -> StorageError:
    return StorageError(
        Problem(
            relative,
            f"could not be {what}: {error.strerror or error}",
            "make room or look at the permissions, then run the command again",
            rule="storage",
        )
    )


def make_folder_beside(folder: Path, cache: Path | None = None) -> Path:
    """A new, empty folder to build into; it can be renamed to `folder`.

    It lies in `cache` where that is on the same file system, else hidden beside `folder`. What a killed build
    left there more than a day ago is taken away.

    Raises:
        StorageError: the system refused.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        home = folder.parent
        if cache is not None:
            cache.mkdir(parents=True, exist_ok=True)
            if cache.stat().st_dev == home.stat().st_dev:
                home = cache
        for place in {home, folder.parent}:
            _sweep(place, folder.name)
        path = Path(tempfile.mkdtemp(prefix=f".{folder.name}-new-", dir=home))
        path.chmod(0o755)
    except OSError as error:
        raise _refused(str(folder), "written", error) from error
    return path


def _sweep(place: Path, name: str) -> None:
    """Remove what builds that were killed left: folders of ours, older than a day, without a repository."""
    ours = re.compile(rf"\.{re.escape(name)}-(?:new|old)-[a-z0-9_]{{8}}")
    for entry in place.iterdir():
        if ours.fullmatch(entry.name) is None or entry.is_symlink() or not entry.is_dir():
            continue
        # Killed between the two renames, a build leaves the only copy of a repository that lay in the site.
        holds_git = any((entry / inner).exists() for inner in (".git", "site/.git"))
        if not holds_git and entry.stat().st_mtime < time.time() - _LEFTOVER:
            shutil.rmtree(entry, ignore_errors=True)


def swap_folder(new: Path, old: Path) -> None:
    """Put folder `new` in the place of folder `old`: two renames, so that `old` is always whole or gone.

    Raises:
        StorageError: the system refused; `old` is as it was.
    """
    near: Path | None = None
    try:
        try:
            _swap(new, old)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # One file system by its number, two for renames (bind mounts): go by a copy beside the place.
            near = Path(tempfile.mkdtemp(prefix=f".{old.name}-new-", dir=old.parent))
            near.chmod(0o755)
            shutil.copytree(new, near, symlinks=True, dirs_exist_ok=True)
            _swap(near, old)
    except OSError as error:
        raise _refused(str(old), "replaced", error) from error
    finally:
        if near is not None:
            shutil.rmtree(near, ignore_errors=True)


def _swap(new: Path, old: Path) -> None:
    aside: Path | None = None
    try:
        if old.exists():
            aside = Path(tempfile.mkdtemp(prefix=f".{old.name}-old-", dir=new.parent))
            os.replace(old, aside / "site")
        try:
            os.replace(new, old)
        except BaseException:
            if aside is not None:
                os.replace(aside / "site", old)
            raise
    finally:
        # Whatever went wrong, an old site that could not be put back is not thrown away.
        if aside is not None and (old.exists() or not (aside / "site").exists()):
            shutil.rmtree(aside, ignore_errors=True)


def carry_over(old: Path, new: Path) -> None:
    """Copy what begins with a dot (`.git`, `.nojekyll`) into the new site, as MkDocs' own clean keeps it.

    Raises:
        StorageError: the system refused; `old` is as it was.
    """
    try:
        for entry in sorted(old.iterdir()) if old.is_dir() else ():
            place = new / entry.name
            if not entry.name.startswith(".") or place.exists():
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.copytree(entry, place, symlinks=True)
            elif entry.is_symlink() or entry.is_file():
                shutil.copy2(entry, place, follow_symlinks=False)
    except (OSError, shutil.Error) as error:
        raise _refused(str(new), "written", error) from error


def remove_folder(folder: Path) -> None:
    """Take a folder of ours away, and the cache with it where nothing else is in it; gone already is no error."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.parent.name == CACHE:
        with suppress(OSError):  # something else is in it
            folder.parent.rmdir()


def append_text(path: Path, text: str) -> None:
    """Add a text to the end of a file of the caller's, such as the summary of a workflow's step.

    Raises:
        StorageError: the system refused.
    """
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise _refused(str(path), "written", error) from error


def read_file(path: Path) -> bytes:
    """The bytes of any raw file, inside the project or not.

    Raises:
        RawError: not a regular file, too large, unreadable.
    """
    return _read(path, path.name, MAX_RAW)


def _read(path: str | Path, name: str, limit: int) -> bytes:
    try:
        # Look before opening: a FIFO would block for ever, and a link may lead anywhere.
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode):
            what = "a symbolic link" if stat.S_ISLNK(status.st_mode) else "not a regular file"
            raise RawError(Problem(name, f"is {what}", "put the file itself there", rule="file-kind"))
        if status.st_size > limit:
            raise RawError(
                Problem(
                    name,
                    f"has {status.st_size:,} bytes; {limit:,} are the most",
                    "save only the article, or split the file",
                    rule="raw-too-long",
                )
            )
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise RawError(Problem(name, f"cannot be read: {error.strerror}", "look at its permissions",
                               rule="file-read")) from error  # fmt: skip
