"""What a check may put right by itself: nothing that a person would have to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator import frontmatter
from generator.check.renames import Lost
from generator.check.terms import tag_of_word
from generator.errors import ProblemError
from generator.frontmatter import fingerprint
from generator.library import ARTICLES
from generator.models import MetaValue
from generator.settings import Settings
from generator.storage import PAGES, Project
from generator.text import match_key


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing that was put right."""

    path: str
    what: str


def add_aliases(project: Project, lost: Iterable[Lost]) -> list[Fix]:
    """Write the old addresses of renamed pages into their `aliases`."""
    fixed: list[Fix] = []
    for one in lost:
        if not one.new.startswith(f"{PAGES}/{ARTICLES}"):
            continue

        def add(meta: dict[str, MetaValue], address: str = one.address) -> dict[str, MetaValue]:
            found = meta.get("aliases")
            old = found if isinstance(found, list) else [found] if isinstance(found, str) else []
            return {"aliases": [*old, address]}

        if _change(project, one.new, add):
            fixed.append(Fix(one.new, f"aliases: {one.address} leads here again"))
    return fixed


def write_labels(project: Project, settings: Settings, paths: Iterable[str]) -> list[Fix]:
    """Write tags under the label that the settings give them."""
    labels = tag_of_word(settings)
    fixed: list[Fix] = []
    for path in dict.fromkeys(paths):

        def write(meta: dict[str, MetaValue]) -> dict[str, MetaValue]:
            found = meta.get("tags")
            tags = [str(tag) for tag in found] if isinstance(found, list) else []
            return {
                "tags": list(
                    dict.fromkeys(
                        tag if tag in settings.tags else labels.get(match_key(tag), tag) for tag in tags
                    )
                )
            }

        if _change(project, path, write):
            fixed.append(Fix(path, "tags: written as the settings name them"))
    return fixed


def write_keys(project: Project, settings: Settings, paths: Iterable[str]) -> list[Fix]:
    """Write the present keys of topics and sources that have another one now."""

    def write(meta: dict[str, MetaValue]) -> dict[str, MetaValue]:
        new: dict[str, MetaValue] = {}
        for key, renamed in (("topic", settings.renamed_topics), ("source", settings.renamed_sources)):
            if (present := renamed.get(str(meta.get(key)))) is not None:
                new[key] = present
        return new

    pages = dict.fromkeys(paths)
    return [
        Fix(path, "topic and source: written under their present keys")
        for path in pages
        if _change(project, path, write)
    ]


def _change(
    project: Project, path: str, change: Callable[[dict[str, MetaValue]], dict[str, MetaValue]]
) -> bool:
    try:
        block, body, _ = frontmatter.split(project.read_text(path), path)
        if block is None:
            return False
        meta = frontmatter.load(block, path)
        new = frontmatter.replace(block, _with_marks(meta, change(meta)), path)
    except ProblemError:
        return False  # told where the page is read
    if new.count("#") < block.count("#"):
        return False  # a comment between the items of a list would be lost: it stays told
    return new != block and project.write(path, f"---\n{new}---\n{body}")


def _with_marks(meta: dict[str, MetaValue], changes: dict[str, MetaValue]) -> dict[str, MetaValue]:
    """The changes, and the fingerprints of what was the generator's: it stays the generator's."""
    marks = meta.get("generated")
    if not isinstance(marks, dict):
        return changes
    new = {
        key: fingerprint(value)
        for key, value in changes.items()
        if marks.get(key) == fingerprint(meta.get(key))
    }
    return {**changes, "generated": {**marks, **new}} if new else changes
