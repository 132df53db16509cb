"""Which page is made from which raw article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property

from generator import frontmatter
from generator.errors import ProblemError
from generator.frontmatter import body_fingerprint, fingerprint
from generator.merge import FIRST
from generator.models import MetaValue
from generator.pages import GeneratedPage
from generator.storage import PAGES, RAW, SIDECAR, Project

_CLAIM = re.compile(r'^raw: "([^"\\\n]*)"[ \t]*$', re.MULTILINE)
"""How ingest itself writes a page's claim; any other spelling is left to the parser."""
_REGISTERED = re.compile(r"""\bpage: *["']?([^"'\n{}]+\.md)""")
"""A page in a sidecar."""


class Claims:
    """The claims (`raw`) of all pages, read when they are first asked for."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def page_of(self, raw: str, known: str | None) -> str | None:
        """The page, below the pages folder, that claims a raw article: `known`, where the sidecar says it was filed, else
        wherever an editor moved it."""
        if known is not None and self.raw_of(known) == _nfc(raw):
            return known
        return self._pages.get(_nfc(raw))

    def raw_of(self, page: str) -> str | None:
        """The raw article that a page claims; None where there is no such page."""
        path = f"{PAGES}/{page}"
        return claim_of(self.project.read_text(path), path) if self.project.exists(path) else None

    def follow(self, raw: str, generated: GeneratedPage, known: str | None) -> str | None:
        """The page of a raw article whose file was renamed: one whose own raw file is gone, and that
        stands where the sidecar, which went along, says, or that was made from the very same values.

        None where there is none, or more than one.
        """
        if known is not None and (claimed := self.raw_of(known)) and not self._is_here(claimed):
            return known
        found = [
            page
            for claim, page in self._orphans.items()
            if (page == known or page not in self.registered)
            and self.raw_of(page) == claim  # and has not gone its way earlier in this run
            and self._is_made_of(page, generated)
        ]
        return found[0] if len(found) == 1 else None

    def copied_from(self, raw: str, known: str | None) -> str | None:
        """The raw article of which this one is a copy, its sidecar copied along: that one is here, and the page is its."""
        claimed = self.raw_of(known) if known is not None else None
        return claimed if claimed and claimed != _nfc(raw) and self._is_here(claimed) else None

    @cached_property
    def registered(self) -> frozenset[str]:
        """The pages that the sidecars name. One that an editor deleted keeps its address: it may come back, and no other
        article stands where readers knew it."""
        pages: set[str] = set()
        for path in self.project.files_below(RAW):
            if path.endswith(SIDECAR):
                try:
                    pages.update(_REGISTERED.findall(self.project.read_text(path)))
                except ProblemError:
                    continue  # told where its raw file is read
        return frozenset(pages)

    def _is_here(self, raw: str) -> bool:
        """Whether a raw article's file is here; the name of a file may hold a #."""
        return self.project.exists(raw) or ("#" in raw and self.project.exists(raw.rpartition("#")[0]))

    @cached_property
    def _pages(self) -> dict[str, str]:
        pages: dict[str, str] = {}
        for claim, page in self._all():
            pages.setdefault(claim, page)  # `articles/` comes before `held/`
        return pages

    @cached_property
    def _orphans(self) -> dict[str, str]:
        """Claims of raw articles that neither have a file nor a sidecar under their old name."""
        return {
            claim: page
            for claim, page in self._pages.items()
            if not self._is_here(claim)
            and not any(
                self.project.exists(file + SIDECAR) for file in (claim, claim.rpartition("#")[0]) if file
            )
        }

    def _is_made_of(self, page: str, generated: GeneratedPage) -> bool:
        """Whether the generator once wrote the same title, date, source and text into a page. A date or a source that it
        leaves open now may stand in the page, which was filed before; where there is no text either, the original's
        address must be the same."""
        path = f"{PAGES}/{page}"
        marks = _marks_of(self.project.read_text(path), path)
        new = {key: fingerprint(value) for key, value in generated.fields.items()}
        new["body"] = body_fingerprint(generated.body)
        settled = [name for name in ("date", "source") if name in new]
        told = ("title", "body", *settled)
        if not generated.body and len(settled) < 2:
            told = (*told, "url")
        return all(name in new and str(marks.get(name)).removesuffix(FIRST) == new[name] for name in told)

    def _all(self) -> Iterator[tuple[str, str]]:
        for name in self.project.page_files():
            try:
                raw = claim_of(self.project.read_text(name), name)
            except ProblemError:
                continue  # told when the site is built or checked; here it claims nothing
            if raw is not None:
                yield raw, name.removeprefix(f"{PAGES}/")


def _nfc(raw: str) -> str:
    return unicodedata.normalize("NFC", raw)


def _marks_of(text: str, path: str) -> Mapping[str, MetaValue]:
    block, _, _ = frontmatter.split(text, path)
    marks = frontmatter.load(block or "", path).get("generated")
    return marks if isinstance(marks, dict) else {}


def claim_of(text: str, path: str) -> str | None:
    """The raw article that a page claims to be made from.

    Raises:
        PageError: the front matter cannot be read.
    """
    block, _, _ = frontmatter.split(text, path)
    if block is None or "raw" not in block:
        return None
    plain = _CLAIM.findall(block)
    if len(plain) == 1:
        return _nfc(plain[0])
    raw = frontmatter.load(block, path).get("raw")
    return unicodedata.normalize("NFC", raw) if isinstance(raw, str) else None
