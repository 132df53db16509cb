"""site_config.yml's `plugins: - digest:` → `Settings`, with every problem at once and its line.

The values come from MkDocs' own loading (INHERIT, !ENV); this room never reads a file. A second reading of
the same text (`key_lines`) only finds the lines that messages name.

The dataclasses here are the one description of the settings: the check and, later, the JSON Schema are made
from them. A docstring under a field is its documentation.
"""

from __future__ import annotations

from generator.settings.digest import Editions, Feeds, Paths, Settings, Tag, Topic
from generator.settings.lines import key_lines
from generator.settings.parsing import parse
from generator.settings.source import Selectors, Source

__all__ = [
    "Editions",
    "Feeds",
    "Paths",
    "Selectors",
    "Settings",
    "Source",
    "Tag",
    "Topic",
    "key_lines",
    "parse",
]
