"""What was taken down, so that it stays down: the raw articles and the originals that no page may be made of any more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from types import MappingProxyType
from zoneinfo import ZoneInfo

from generator.article import parse_page
from generator.errors import ProblemError
from generator.library import ARTICLES, HELD
from generator.models import Article
from generator.sidecars import parse
from generator.storage import PAGES, SIDECAR, Project
from generator.targets import split_item
from generator.weburl import clean_url

RECORD_KEYS = frozenset({"takedown", "draft", "aliases", "url", "source", "raw"})
"""What may stand in the record of an article that was taken down."""
_SURE_ID = 8
"""Characters of an item's id that no other article of a source has by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One article that was taken down, as it may come again."""

    page: str
    """File below the pages folder: the record of it."""
    file: str = ""
    """Raw file that it was made from; empty for a page written by hand."""
    item: str = ""
    """Its item in that file; empty where the file was this article alone."""
    sha256: str = ""
    """Of a raw file that was this article alone."""
    urls: tuple[str, ...] = ()
    """Addresses of the original."""


@dataclass(frozen=True)
class Takedowns:
    """Everything that was taken down."""

    entries: tuple[Taken, ...] = ()

    @classmethod
    def load(cls, project: Project, zone: ZoneInfo) -> Takedowns:
        """The takedowns of a digest, from its pages and their sidecars; a page that cannot be read is none."""
        entries: list[Taken] = []
        for folder in (ARTICLES, HELD):
            for name in project.page_files(f"{PAGES}/{folder.rstrip('/')}"):
                try:
                    text = project.read_text(name)
                    told = parse_page(text, name, zone)[0] if "takedown" in text else None
                except ProblemError:
                    continue  # told when the site is built or checked
                if told is not None and told.takedown is not None:
                    entries.append(_taken(project, zone, name.removeprefix(f"{PAGES}/"), told))
        return cls(tuple(entries))

    def of(
        self, raw: str, sha256: str = "", urls: Iterable[str] = (), *, item: str | None = None
    ) -> str | None:
        """The page of the takedown that a raw article falls under; None where it may be published.

        It is the same article by its raw id, by its bytes (`sha256` of a raw file that is one article, under whatever
        name), by an address of its original, and by its id in another file of the same folder: a feed that is saved
        anew each week. `item` is that id, empty for a file that is one article; None: what stands behind a #, which may
        be part of the file's name.
        """
        raw = unicodedata.normalize("NFC", raw)
        folder, name = _split(raw)
        item = name.partition("#")[2] if item is None else item
        keys = {key for url in urls if url and (key := key_of(url))}
        if page := self._by_raw.get(raw):
            return page
        if page := next((page for key in sorted(keys) if (page := self._by_url.get(key))), None):
            return page
        if not item:
            return self._by_bytes.get(sha256)
        found = self._by_item.get((folder, item))
        if found is None or (len(item) < _SURE_ID and keys and any(map(key_of, found.urls))):
            return None  # two feeds may count their items alike; these have addresses, and not the same
        return found.page

    @cached_property
    def _by_raw(self) -> Mapping[str, str]:
        return _index((f"{one.file}#{one.item}" if one.item else one.file, one.page) for one in self.entries)

    @cached_property
    def _by_item(self) -> Mapping[tuple[str, str], Taken]:
        return MappingProxyType({(_split(one.file)[0], one.item): one for one in self.entries if one.item})

    @cached_property
    def _by_bytes(self) -> Mapping[str, str]:
        return _index((one.sha256, one.page) for one in self.entries)

    @cached_property
    def _by_url(self) -> Mapping[str, str]:
        return _index((key_of(url), one.page) for one in self.entries for url in one.urls)


def key_of(url: str) -> str:
    """An address as the same original has it everywhere (`clean_url`); empty for the front page of a site, which is no
    article, and for what is no address."""
    clean = clean_url(url)
    _, scheme, rest = clean.partition("://")
    return clean if scheme and re.search(r"[/?]", rest) else ""


def _taken(project: Project, zone: ZoneInfo, page: str, told: Article) -> Taken:
    if not told.raw:
        return Taken(page=page, urls=(told.url,) if told.url else ())
    file, item = split_item(project, unicodedata.normalize("NFC", told.raw))
    path = file + SIDECAR
    sha256, urls = "", [told.url] if told.url else []
    if not item and project.exists(path):
        try:
            sidecar = parse(project.read_text(path), path, zone)
        except ProblemError:
            pass  # told by ingest; the page's own word is left
        else:
            sha256 = sidecar.sha256
            urls += [sidecar.url] if sidecar.url else []
    return Taken(page=page, file=file, item=item, sha256=sha256, urls=tuple(urls))


def _split(raw: str) -> tuple[str, str]:
    path = PurePosixPath(raw)
    return path.parent.as_posix(), path.name


def _index(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    return MappingProxyType({key: page for key, page in pairs if key})
