"""The sidecar of a raw file: the register of what was made of it, and an editor's word about it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from generator import frontmatter
from generator.dates import parse_iso
from generator.errors import PageError
from generator.frontmatter import DELETE
from generator.models import MetaValue, Moment, Problem

MEANINGS: Mapping[str, str] = {
    "sha256": "Fingerprint of the raw file. Written by ingest.",
    "added": "When the digest took the article up. Written by ingest.",
    "page": "The article's page below content/pages. Written by ingest.",
    "items": "The page of each article in a file of several. Written by ingest.",
    "url": "Address of the original, where the raw file does not tell it or is wrong.",
    "source": "Key of the publisher under `sources` in the settings, where the raw file does not tell it or is wrong.",
    "fetched_at": "When the raw file was saved: the article cannot be younger.",
    "skip": "`true`: make no page of the raw file.",
}
"""What may stand in a sidecar, and what it says; the last four are the editor's."""
KEYS = tuple(MEANINGS)
WEB_ADDRESS = r'https?://[^\s/<>"]+[^\s<>"]*'
PAGE_PATTERN = r"(?:articles|held)(?:/(?!\.)(?:[^/\\\s]| )+)+\.md"
"""An article's page below the pages folder: ingest writes there and takedown deletes there, so it leads nowhere else."""
_PAGE_HINT = (
    "write articles/YYYY/MM/name.md or held/name.md as it stands below content/pages; or delete the line, and ingest "
    "writes it anew"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """One sidecar as it stands, and its text."""

    path: str
    text: str = ""
    sha256: str = ""
    added: Moment | None = None
    """When the digest took up the first of its articles."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """Item id (empty for a file that is one article) → page below the pages folder, as last filed."""
    url: str | None = None
    source: str | None = None
    fetched_at: dt.datetime | None = None
    skip: bool = False

    def updated(
        self,
        *,
        sha256: str,
        added: str,
        pages: Mapping[str, str],
        url: str | None = None,
        source: str | None = None,
        skip: bool = False,
    ) -> str:
        """The sidecar's new text; every character that did not have to change is as it was."""
        changes: dict[str, MetaValue | frontmatter.Delete] = {}
        meta = frontmatter.load(self.text, self.path, 1)

        def set_key(key: str, value: MetaValue) -> None:
            if meta.get(key) != value:
                changes[key] = value

        set_key("sha256", sha256)
        if "added" not in meta:
            set_key("added", added)
        single = pages.get("")
        if single is not None:
            set_key("page", single)
        elif "page" in meta:
            changes["page"] = DELETE
        items: dict[str, MetaValue] = {item: {"page": page} for item, page in pages.items() if item}
        if items:
            set_key("items", items)
        if url is not None:
            set_key("url", url)
        if source is not None:
            set_key("source", source)
        if skip:
            set_key("skip", True)
        return frontmatter.replace(self.text, changes, self.path, 1, KEYS) if changes else self.text


def parse(text: str, path: str, zone: ZoneInfo, sources: Collection[str] | None = None) -> Sidecar:
    """The sidecar at `path` with that text; an empty text is an empty sidecar. `sources` are the keys that
    `source` may name; None allows any.

    Raises:
        PageError: not YAML, an unknown key, a value of a wrong kind, or a page that leads elsewhere.
    """
    try:
        meta = frontmatter.load(text, path, 1)
    except PageError as error:
        message = error.problem.message.replace("the front matter", "the sidecar")
        raise PageError(replace(error.problem, message=message)) from error

    def refuse(key: str, message: str, hint: str) -> PageError:
        line = frontmatter.key_lines(text, path, 1).get(key, 0)
        return PageError(Problem(path, message, hint, line, rule="sidecar"))

    def moment_of(key: str, hint: str) -> Moment | None:
        if not meta.get(key):
            return None
        try:
            return parse_iso(str(meta[key]), zone)
        except ValueError as error:
            raise refuse(key, str(error), hint) from error

    for key in meta:
        if key not in KEYS:
            raise refuse(key, f"unknown key `{key}`", f"known keys: {', '.join(KEYS)}")
    for key in ("sha256", "added", "page", "url", "source", "fetched_at"):
        if not isinstance(meta.get(key, ""), str):
            raise refuse(key, f"`{key}` must be text", 'put it into quotes: "…"')
    url, source = meta.get("url"), meta.get("source")
    if isinstance(url, str) and not re.fullmatch(WEB_ADDRESS, url):
        raise refuse("url", f"`{url}` is no web address", "write it with https://")
    if sources is not None and source and source not in sources:
        near = get_close_matches(str(source), list(sources), n=1)
        hint = f"did you mean `{near[0]}`?" if near else "add it to `sources` in site_config.yml"
        raise refuse("source", f"`{source}` is no source of the settings", hint)
    skip = meta.get("skip", False)
    if not isinstance(skip, bool):
        raise refuse("skip", "`skip` must be true or false", "write skip: true")
    pages = _pages(meta, refuse)
    fetched = moment_of("fetched_at", "write when the article was saved")
    if fetched is not None and not isinstance(fetched, dt.datetime):
        # A day alone bounds the date from above by its last minute.
        fetched = dt.datetime.combine(fetched, dt.time(23, 59, 59), zone)
    added = moment_of("added", "write when the digest took it up")
    return Sidecar(
        path=path,
        text=text,
        sha256=str(meta.get("sha256", "")),
        added=added,
        pages=pages,
        url=str(meta["url"]) if meta.get("url") else None,
        source=str(meta["source"]) if meta.get("source") else None,
        fetched_at=fetched,
        skip=skip,
    )


def _pages(meta: Mapping[str, MetaValue], refuse: Callable[[str, str, str], PageError]) -> dict[str, str]:
    """Item id → page.

    Raises:
        PageError: `items` is no block of blocks, or a page is none below `articles/` or `held/`.
    """
    items = meta.get("items", {})
    if not isinstance(items, dict) or not all(isinstance(item, dict) for item in items.values()):
        raise refuse("items", "`items` must be a block of keys", "delete it; ingest writes it anew")
    pages = {
        name: str(item["page"]) for name, item in items.items() if isinstance(item, dict) and "page" in item
    }
    if meta.get("page"):
        pages[""] = str(meta["page"])
    for item, page in pages.items():
        if not re.fullmatch(PAGE_PATTERN, page):
            what = f"`{page}` of the item `{item}`" if item else f"`{page}`"
            raise refuse("items" if item else "page", f"{what} is no article's page", _PAGE_HINT)
    return pages
