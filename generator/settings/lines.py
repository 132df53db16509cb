"""Where in site_config.yml each key of the settings stands, and how words are written there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TypeAlias

import yaml

Place: TypeAlias = tuple[str | int, ...]
"""Keys and item numbers from `digest:` down to a value: `("sources", "plo", "domains", 0)`."""


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def key_lines(text: str) -> dict[Place, int]:
    """Line (from 1) of every key and item below `plugins: digest:`; empty where the text is not YAML."""
    try:
        root = yaml.compose(text, Loader=_LOADER) if text else None
    except yaml.YAMLError:
        return {}
    lines: dict[Place, int] = {}
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value != "plugins":
                continue
            entries = value.value if isinstance(value, yaml.SequenceNode) else [value]
            for entry in entries:
                if not isinstance(entry, yaml.MappingNode):
                    continue
                for name, options in entry.value:
                    if name.value == "digest":
                        lines[()] = name.start_mark.line + 1
                        _collect(options, (), lines)
    return lines


def _collect(node: yaml.Node, place: Place, lines: dict[Place, int]) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, str(key.value))
            lines[inner] = key.start_mark.line + 1
            _collect(value, inner, lines)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            lines[(*place, number)] = value.start_mark.line + 1
            _collect(value, (*place, number), lines)


def line_of(place: Place, lines: Mapping[Place, int]) -> int:
    """The line of a place, or of the nearest key above it; 0 where none is known."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 0)


_PLAIN = re.compile(r"[^\W\d_][\w]*(?:[ .-][\w]+)*")
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def write_words(words: str) -> str:
    """Words as they may stand in a list of the settings, or as a key."""
    plain = _PLAIN.fullmatch(words) is not None and words.lower() not in _WORDS_OF_YAML
    return words if plain else json.dumps(words, ensure_ascii=False)
