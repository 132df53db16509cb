"""The schema of a sidecar."""

from __future__ import annotations

from generator.article import MOMENT_PATTERN
from generator.schema.dialect import Node, choice
from generator.settings import Settings
from generator.sidecars import MEANINGS, PAGE_PATTERN, WEB_ADDRESS


def sidecar_schema(settings: Settings) -> Node:
    """What stands beside a raw file. A source that the settings do not know is refused, as the digest refuses it."""
    text: Node = {"type": "string"}
    page_hint = "write articles/YYYY/MM/name.md or held/name.md, as it stands below content/pages"
    page: Node = {"type": "string", "pattern": f"^{PAGE_PATTERN}$", "patternErrorMessage": page_hint}
    item_page = {"description": MEANINGS["page"], **page}
    moment: Node = {
        "type": "string",
        "pattern": rf"^(\s*{MOMENT_PATTERN}\s*)?$",
        "patternErrorMessage": 'write a date such as "2025-05-22" or "2025-05-22T22:15:00+07:00"',
    }
    kinds: dict[str, Node] = {
        "page": {**page, "pattern": f"^({PAGE_PATTERN})?$"},
        "items": {
            "type": "object",
            "additionalProperties": {"type": "object", "properties": {"page": item_page}},
        },
        "url": {
            "type": "string",
            "pattern": f"^{WEB_ADDRESS}$",
            "patternErrorMessage": "write the address with https://",
        },
        "source": choice({key: source.name for key, source in settings.sources.items()}),
        "added": moment,
        "fetched_at": moment,
        "skip": {"type": "boolean"},
    }
    return {
        "title": "Sidecar of a raw file",
        "description": "The register of what was made of a raw file, and an editor's word about it.",
        "type": "object",
        "properties": {
            key: {"description": words, **kinds.get(key, text)} for key, words in MEANINGS.items()
        },
        "additionalProperties": False,
    }
