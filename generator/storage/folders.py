"""Whole folders: a site is built beside the old one and put in its place when it is whole."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.storage.files import refused

CACHE = ".cache"
_LEFTOVER = 24 * 3600
"""Seconds after which a folder that a build left behind is nobody's any more."""


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
        raise refused(str(folder), "written", error) from error
    return path


def find_unfinished(place: Path, name: str = "") -> Iterator[Path]:
    """The folders of builds into the site `name` (empty: any) that have not ended, or were killed; none that holds a
    repository."""
    ours = re.compile(rf"\.{re.escape(name) if name else '.+'}-(?:new|old)-[a-z0-9_]{{8}}")
    for entry in sorted(place.iterdir()):
        if ours.fullmatch(entry.name) is None or entry.is_symlink() or not entry.is_dir():
            continue
        # Killed between the two renames, a build leaves the only copy of a repository that lay in the site.
        if not any((entry / inner).exists() for inner in (".git", "site/.git")):
            yield entry


def _sweep(place: Path, name: str) -> None:
    """Remove what builds that were killed more than a day ago left."""
    for entry in find_unfinished(place, name):
        if entry.stat().st_mtime < time.time() - _LEFTOVER:
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
        raise refused(str(old), "replaced", error) from error
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
        raise refused(str(new), "written", error) from error


def remove_folder(folder: Path) -> None:
    """Take a folder of ours away, and the cache with it where nothing else is in it; gone already is no error."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.parent.name == CACHE:
        with suppress(OSError):  # something else is in it
            folder.parent.rmdir()
