"""The schema files of a digest: their names, their texts, and which of them are out of date."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.models import Level, Problem
from generator.schema.article import article_schema
from generator.schema.dialect import DRAFT, Node, ordered
from generator.schema.sidecar import sidecar_schema
from generator.schema.site_config import site_config_schema
from generator.settings import Settings

FOLDER = "docs/schema"
ARTICLE = f"{FOLDER}/article.schema.json"
"""The schema that pages name."""
_MAKERS: Mapping[str, tuple[str, Callable[[Settings], Node]]] = {
    "article": (ARTICLE, article_schema),
    "settings": (f"{FOLDER}/site_config.schema.json", site_config_schema),
    "sidecar": (f"{FOLDER}/sidecar.schema.json", sidecar_schema),
}
NAMES = tuple(_MAKERS)
"""What there is a schema of."""


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """One schema as its file has it."""

    path: str
    """Relative to the project."""
    text: str

    @property
    def problem(self) -> Problem:
        """That the file says something else."""
        return Problem(
            self.path,
            "is not what the settings and this version of digest say",
            "`digest check --fix` or `digest schema --write` makes it anew",
            level=Level.WARNING,
            rule="schema-stale",
        )


def schema_of(name: str, settings: Settings) -> SchemaFile:
    """The schema that goes by a name of `NAMES`."""
    path, make = _MAKERS[name]
    whole = ordered({"$schema": DRAFT, **make(settings)})
    return SchemaFile(path, json.dumps(whole, ensure_ascii=False, indent=2) + "\n")


def schemas(settings: Settings) -> tuple[SchemaFile, ...]:
    """All schemas of a digest."""
    return tuple(schema_of(name, settings) for name in NAMES)


def stale_schemas(read: Callable[[str], str | None], settings: Settings) -> tuple[SchemaFile, ...]:
    """The schemas, as they should be, whose files say something else.

    `read` gives the text of a file of the project, None where there is none: a digest need not have them.
    """
    here = {name: text for name, (path, _) in _MAKERS.items() if (text := read(path)) is not None}
    return tuple(one for name, text in here.items() if (one := schema_of(name, settings)).text != text)
