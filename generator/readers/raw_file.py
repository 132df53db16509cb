"""What every reader works with: the file, the reader's own description, and what reading gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from generator.errors import RawError
from generator.models import Level, Problem, RawItem
from generator.readers.decoding import decode
from generator.text import normalize

DEFAULT_LIMIT = 10 * 1024 * 1024
"""Bytes of a raw file. The largest news page of a survey of 181 had 3 MB."""

_MAGIC = (
    (b"%PDF", "a PDF file"), (b"\x89PNG", "a PNG picture"), (b"GIF8", "a GIF picture"),
    (b"\xff\xd8\xff", "a JPEG picture"), (b"PK\x03\x04", "a ZIP, Word or EPUB file"),
    (b"\x1f\x8b", "a gzip file"), (b"\xd0\xcf\x11\xe0", "an old Word file"), (b"Rar!", "a RAR file"),
    (b"7z\xbc\xaf", "a 7-Zip file"), (b"\x7fELF", "a program"), (b"SQLite format 3", "a database"),
    (b"RIFF", "a picture or sound file"), (b"wOF2", "a font"), (b"{\\rtf", "an RTF file"),
)  # fmt: skip
_CONFLICT = (
    re.compile(r"^<{7} ", re.MULTILINE), re.compile(r"^={7}$", re.MULTILINE), re.compile(r"^>{7} ", re.MULTILINE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """The articles of one raw file, and the problems that did not stop it."""

    items: tuple[RawItem, ...]
    problems: tuple[Problem, ...] = ()
    """A bad item of a feed, an encoding that was guessed, a repair that was made."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One raw form: how it is recognised and read."""

    name: str
    """As messages call it: `feed`."""
    rank: int
    """Who is asked first: the form with the surer marks has the lower number."""
    recognises: Callable[[RawFile], bool]
    """Looks at content first and at the suffix where content leaves it open."""
    read: Callable[[RawFile], Reading]


@dataclass
class RawFile:
    """A raw file's bytes, and its text once somebody asks for it."""

    path: str
    data: bytes
    problems: list[Problem] = field(default_factory=list)

    def check(self, limit: int) -> None:
        """Refuse what no reader can read.

        Raises:
            RawError: empty, larger than `limit` bytes.
        """
        if len(self.data) > limit:
            raise refuse(self.path, "raw-too-long", f"the file has {len(self.data):,} bytes; {limit:,} are the most",
                         "save the article alone, without pictures, or cut the feed")  # fmt: skip
        if not self.data.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf\xfe\xff"):
            raise refuse(
                self.path, "raw-empty", "the file is empty", "save the article again, or delete the file"
            )

    @property
    def suffix(self) -> str:
        """Last suffix of the file's name, lower case: `.txt`; empty where there is none."""
        return PurePosixPath(self.path).suffix.lower()

    @property
    def kind_of_binary(self) -> str:
        """What the first bytes say the file is, where that is no text; else empty."""
        return next((name for magic, name in _MAGIC if self.data.startswith(magic)), "")

    @cached_property
    def text(self) -> str:
        """The file as text: decoded, NFC, LF, without control characters.

        Raises:
            RawError: the bytes are no text, or in an encoding that cannot be told.
        """
        if kind := self.kind_of_binary:
            raise refuse(self.path, "raw-binary", f"the file is {kind}, not text",
                         "save the article as .html, .txt, .md or as a feed (.xml)")  # fmt: skip
        decoded = decode(self.path, self.data)
        self.problems.extend(decoded.problems)
        text = normalize(decoded.text)
        if not text.strip():
            raise refuse(self.path, "raw-empty", "the file holds no visible character",
                         "save the article again, or delete the file")  # fmt: skip
        if conflict := _conflict_line(text):
            raise refuse(self.path, "raw-conflict", "a merge conflict is not resolved",
                         "keep one side and delete the lines with <<<<<<<, ======= and >>>>>>>",
                         line=conflict)  # fmt: skip
        return text

    @cached_property
    def head(self) -> str:
        """The text's beginning without white space, XML declaration, comments and DOCTYPE-less noise."""
        return _PROLOGUE.sub("", self.text[:20_000].lstrip(), count=1)

    def line_of(self, words: str) -> int:
        """The line of the text on which some words stand; 0 where they are written otherwise, or not as text."""
        text = self.__dict__.get("text", "")
        place = text.find(words) if words else -1
        return text.count("\n", 0, place) + 1 if place >= 0 else 0

    def describe(self) -> str:
        """The file in words for a message: `a .csv file`."""
        return f"a {self.suffix} file" if self.suffix else "a file without a suffix"


def _conflict_line(text: str) -> int:
    """Line of the first unresolved merge conflict, 0 where there is none."""
    if "<<<<<<< " not in text:
        return 0
    place, first = 0, -1
    for mark in _CONFLICT:
        match = mark.search(text, place)
        if match is None:
            return 0
        place, first = match.end(), first if first >= 0 else match.start()
    return text.count("\n", 0, first) + 1


_PROLOGUE = re.compile(r"\A(?:\s+|<\?[^>]{0,2000}\?>|<!--(?:(?!-->).){0,10000}-->)+", re.DOTALL)


def refuse(path: str, rule: str, message: str, hint: str, *, line: int = 0) -> RawError:
    """The error that gives up a file."""
    return RawError(Problem(path=path, message=message, hint=hint, line=line, rule=rule))


def remark(path: str, rule: str, message: str, hint: str = "", *, line: int = 0,
           level: Level = Level.WARNING) -> Problem:  # fmt: skip
    """Something an editor should know about a file that was read all the same."""
    return Problem(path=path, message=message, hint=hint, line=line, level=level, rule=rule)
