"""One file at a time: written whole or not at all, read only where it is a regular file of a bearable size."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.errors import RawError, StorageError
from generator.models import Problem

MAX_RAW = 10 * 1024 * 1024
"""Bytes of a raw file: the largest saved news pages have some 3 MB."""
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def replace_file(path: str, data: bytes, mode: int) -> None:
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


def refused(relative: str, what: str, error: OSError) -> StorageError:
    """What the system said to a write, as an error that is told."""
    return StorageError(
        Problem(
            relative,
            f"could not be {what}: {error.strerror or error}",
            "make room or look at the permissions, then run the command again",
            rule="storage",
        )
    )


def append_text(path: Path, text: str) -> None:
    """Add a text to the end of a file of the caller's, such as the summary of a workflow's step. What is no text, as in a
    file name that is not UTF-8, is written as `\\udc..`.

    Raises:
        StorageError: the system refused.
    """
    try:
        with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise refused(str(path), "written", error) from error


def replace_text(path: Path, text: str | bytes) -> None:
    """Make a file of the caller's hold a text, or bytes that are perhaps none.

    Raises:
        StorageError: the system refused; the old file is untouched.
    """
    try:
        replace_file(os.fspath(path), text.encode("utf-8") if isinstance(text, str) else text, 0o644)
    except OSError as error:
        raise refused(str(path), "written", error) from error


def read_file(path: Path) -> bytes:
    """The bytes of any raw file, inside the project or not.

    Raises:
        RawError: not a regular file, too large, unreadable.
    """
    return read_bounded(path, path.name, MAX_RAW)


def read_bounded(path: str | Path, name: str, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; `name` is what messages call it.

    Raises:
        RawError: a link, no regular file, too large, unreadable.
    """
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


@contextmanager
def scratch_files(*texts: str) -> Iterator[tuple[Path, ...]]:
    """Some texts in files of their own, for a program that wants files; gone when the block is done."""
    with tempfile.TemporaryDirectory(prefix="digest-") as name:
        paths = tuple(Path(name, str(number)) for number in range(len(texts)))
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text.encode("utf-8"))
        yield paths


@contextmanager
def scratch_tree(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Some files under their own relative names in a folder of their own; gone when the block is done. A name that would
    lead out of it is left out."""
    with tempfile.TemporaryDirectory(prefix="digest-") as folder:
        for name, data in files.items():
            path = Path(folder, name)
            if ".." not in path.parts and path.is_relative_to(folder):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        yield Path(folder)
