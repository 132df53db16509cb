"""Generated × edited → page: the rule of ownership, field by field.

A field whose present value has the fingerprint in `generated` is the generator's; any other is the editor's.
The generator writes its own fields anew and never touches an editor's. A field that is gone from the page but
known in `generated` was deleted by the editor and stays away. Where both sides changed, the editor's value
stays, the conflict is told once, and the new fingerprint is recorded so that it is not told again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from generator import frontmatter
from generator.dates import format_moment
from generator.frontmatter import DELETE, Delete, body_fingerprint, fingerprint
from generator.library import REQUIRED
from generator.models import MetaValue, Moment, Review
from generator.pages import FIELDS, PASSED_ON, GeneratedPage

REVIEW = "review."
"""Begins the keys of `generated` that keep what a review line was about."""
CONFLICT = "conflict."
"""Begins the keys of `generated` that keep the fingerprint of an editor's value beside which the raw article has
changed: the conflict is open until that value is another one, or the key is taken away."""
FIRST = "-editor"
"""Ends the fingerprint of what the generator came to say after an editor had written it: the field stays the editor's,
whatever either says next, and an editor who takes it away has taken it away."""
NOTHING: Final[frozenset[str]] = frozenset()
EVERYTHING: Final = frozenset({"*"})
"""What `refresh` may be, beside names of fields."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A page after the generator has spoken."""

    text: str
    updated: tuple[str, ...] = ()
    """Fields that took the generator's new value."""
    conflicts: tuple[str, ...] = ()
    """Fields that the editor had changed and that have changed in the raw article too: told now, once."""
    edited: tuple[str, ...] = ()
    """Fields in which the editor's words stand where the generator has others: what `refresh` would give up."""
    doubts: tuple[Review, ...] = ()
    """New doubts about a page that is filed already: told now, once; the page keeps its values."""


def create(generated: GeneratedPage, added: Moment) -> str:
    """The whole text of a new page."""
    meta: dict[str, MetaValue] = dict(generated.fields)
    marks: dict[str, MetaValue] = {key: fingerprint(value) for key, value in generated.fields.items()}
    marks["body"] = body_fingerprint(generated.body)
    meta["added"] = format_moment(added)
    meta["raw"] = generated.raw
    if generated.reviews:
        meta["review"] = [str(review) for review in generated.reviews]
        marks |= {REVIEW + review.field: _review_mark(review) for review in generated.reviews}
    meta["generated"] = marks
    return frontmatter.join(frontmatter.dump(meta), generated.body)


def merge(
    text: str, generated: GeneratedPage, path: str, *, filed: bool, refresh: frozenset[str] = NOTHING
) -> Merge:
    """The page `text` after the generator's new word about it.

    `filed`: the page has its address, so a new doubt is told but takes nothing from it. `refresh`: the fields for
    which the editor asks for the generator's value, deleted ones included; the editor's own further keys stay.

    Raises:
        PageError: the page's front matter cannot be read.
    """
    block, body, _ = frontmatter.split(text, path)
    meta = frontmatter.load(block or "", path)
    update = _Update(meta, generated, filed=filed, refresh=refresh)
    for name in dict.fromkeys((*FIELDS, *PASSED_ON)):
        update.field(name)
    new_body = update.body(body)
    update.reviews()
    update.claim()
    changes = update.changes()
    if not changes and new_body is None:
        return Merge(text, (), tuple(update.conflicts), tuple(update.edited), tuple(update.doubts))
    block = frontmatter.replace(block or "", changes, path)
    rest = body if new_body is None else (f"\n{new_body}\n" if new_body else "")
    return Merge(
        f"---\n{block}---\n{rest}",
        tuple(update.updated),
        tuple(update.conflicts),
        tuple(update.edited),
        tuple(update.doubts),
    )


def owners(meta: Mapping[str, MetaValue], body: str) -> Mapping[str, str]:
    """Who owns each field of a page: `generator`, `editor`, or `editor (deleted)`."""
    marks = _marks(meta)
    owned: dict[str, str] = {}
    for name in dict.fromkeys((*meta, *(key for key in marks if not key.startswith((REVIEW, CONFLICT))))):
        if name in ("generated", "raw", "review"):
            continue
        if name == "body":
            owned[name] = "generator" if marks.get(name) == body_fingerprint(body) else "editor"
        elif name not in meta:
            owned[name] = "editor (deleted)"
        else:
            owned[name] = "generator" if marks.get(name) == fingerprint(meta[name]) else "editor"
    return owned


def _marks(meta: Mapping[str, MetaValue]) -> dict[str, str]:
    marks = meta.get("generated")
    return {key: str(value) for key, value in marks.items()} if isinstance(marks, dict) else {}


def _review_mark(review: Review) -> str:
    """Fingerprints of the candidates, which tell whether the doubt is the same, and of the line as written."""
    return f"{fingerprint([review.field, *review.candidates])}-{fingerprint(str(review))}"


class _Update:
    """One merge at work: what changes in the front matter, and what is to be told."""

    def __init__(
        self, meta: Mapping[str, MetaValue], generated: GeneratedPage, *, filed: bool, refresh: frozenset[str]
    ) -> None:
        self.meta = meta
        self.generated = generated
        self.filed = filed
        self.refresh = refresh
        self.marks = _marks(meta)
        self.written: dict[str, MetaValue | Delete] = {}
        self.updated: list[str] = []
        self.conflicts: list[str] = []
        self.edited: list[str] = []
        self.doubts: list[Review] = []

    def field(self, name: str) -> None:
        """Decide one field of the front matter."""
        new = self.generated.fields.get(name)
        new_mark = None if new is None else fingerprint(new)
        mark = self.marks.get(name)
        present = fingerprint(self.meta[name]) if name in self.meta else None
        if self._is_refreshed(name) and new_mark is not None:
            if present != new_mark:
                self._write(name, new)
            self.marks[name] = new_mark
            self._settle(name)
        elif present is None:
            if mark is None and new_mark is not None:
                self._write(name, new)
                self.marks[name] = new_mark
            self._settle(name)
        elif mark is not None and present == mark:
            self._settle(name)
            if new_mark is None:
                # A filed page never loses what publication requires to a new doubt.
                if not (self.filed and name in REQUIRED):
                    self._write(name, DELETE)
                    del self.marks[name]
            elif new_mark != mark:
                self._write(name, new)
                self.marks[name] = new_mark
        else:
            self._keep(name, present, new_mark)

    def _keep(self, name: str, present: str, new_mark: str | None) -> None:
        """The editor's value stays; where the generator has a new one of its own, that is a conflict."""
        said = self.marks.get(name, "").removesuffix(FIRST)
        if new_mark is None or new_mark == present:
            self._settle(name)
            if new_mark is not None and said != new_mark:
                self.marks[name] = new_mark + FIRST
            return
        self.edited.append(name)
        if new_mark != said:
            self.conflicts.append(name)
            self.marks[name] = new_mark
            self.marks[CONFLICT + name] = present
        elif self.marks.get(CONFLICT + name) != present:
            self._settle(name)  # the editor has written the field once more, knowing

    def _settle(self, name: str) -> None:
        self.marks.pop(CONFLICT + name, None)

    def _is_refreshed(self, name: str) -> bool:
        return name in self.refresh or self.refresh == EVERYTHING

    def body(self, old: str) -> str | None:
        """The body to write, or None where the page's own stays."""
        new_mark, mark = body_fingerprint(self.generated.body), self.marks.get("body")
        old_mark = body_fingerprint(old)
        if self._is_refreshed("body") or old_mark == mark:
            self.marks["body"] = new_mark
            self._settle("body")
            if old_mark != new_mark:
                self.updated.append("body")
                return self.generated.body
        else:
            self._keep("body", old_mark, new_mark)
        return None

    def claim(self) -> None:
        """The raw file has been renamed: the page follows it."""
        raw = self.meta.get("raw")
        if isinstance(raw, str) and unicodedata.normalize("NFC", raw) != unicodedata.normalize(
            "NFC", self.generated.raw
        ):
            self._write("raw", self.generated.raw)

    def reviews(self) -> None:
        """Add the lines of new doubts, take away those of doubts that are gone."""
        found = self.meta.get("review")
        lines = [str(line) for line in found] if isinstance(found, list) else [str(found)] if found else []
        before = list(lines)
        current = {review.field: review for review in self.generated.reviews}
        for name in [key.removeprefix(REVIEW) for key in self.marks if key.startswith(REVIEW)]:
            if name not in current:
                lines = self._without(lines, name)
                del self.marks[REVIEW + name]
        for name, review in current.items():
            mark, new_mark = self.marks.get(REVIEW + name), _review_mark(review)
            asked = self._is_refreshed(name) or self._is_refreshed("review")
            if mark is not None and mark.partition("-")[0] == new_mark.partition("-")[0] and not asked:
                lines = self._reworded(lines, review, new_mark)
                continue
            lines = self._without(lines, name)
            self.marks[REVIEW + name] = new_mark
            if self._is_edited(name) and not asked:
                continue
            if self.filed:
                self.doubts.append(review)
            else:
                lines.append(str(review))
        if lines != before:
            self.written["review"] = list(lines) if lines else DELETE
            self.updated.append("review")

    def _reworded(self, lines: list[str], review: Review, new_mark: str) -> list[str]:
        """The lines, with that of a doubt which is the same and told in other words, where nobody has touched it."""
        mark = self.marks[REVIEW + review.field].rpartition("-")[2]
        if all(fingerprint(line) != mark for line in lines):
            return lines
        self.marks[REVIEW + review.field] = new_mark
        return [str(review) if fingerprint(line) == mark else line for line in lines]

    def _without(self, lines: list[str], name: str) -> list[str]:
        """The lines but the one that the generator wrote about a field, unless an editor has changed it."""
        mark = self.marks.get(REVIEW + name, "").rpartition("-")[2]
        return [line for line in lines if fingerprint(line) != mark]

    def _is_edited(self, name: str) -> bool:
        # By the marks as they were: `field` has taken away that of a value which the doubt itself takes away.
        return name in self.meta and fingerprint(self.meta[name]) != _marks(self.meta).get(name)

    def _write(self, name: str, value: MetaValue | Delete) -> None:
        self.written[name] = value
        self.updated.append(name)

    def changes(self) -> dict[str, MetaValue | Delete]:
        """The keys to set or take away, the fingerprints included."""
        if self.marks != _marks(self.meta):
            return {**self.written, "generated": dict(self.marks)}
        return self.written
