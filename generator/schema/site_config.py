"""The schema of site_config.yml: the digest's settings at their place, everything of MkDocs left free."""

from __future__ import annotations

from generator.schema.dialect import Node, choice, nullable, schema_of_type
from generator.settings import Settings
from generator.slugs import MAX_LENGTH

_KEY: Node = {
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "maxLength": MAX_LENGTH,
    "patternErrorMessage": "the key stands in addresses: use a-z, 0-9 and single hyphens",
}
_RIGHTS: tuple[Node, ...] = (
    {
        "if": {"properties": {"text": {"const": "full"}}, "required": ["text"]},
        "then": {
            "anyOf": [
                {"properties": {name: {"minLength": 1}}, "required": [name]}
                for name in ("licence", "permission")
            ]
        },
    },
    {
        "if": {"properties": {"images": {"const": True}}, "required": ["images"]},
        "then": {"properties": {"text": {"const": "full"}}, "required": ["text"]},
    },
)
"""Whole texts and pictures need a right to them."""


def site_config_schema(settings: Settings) -> Node:
    """A whole MkDocs configuration with `digest` among its plugins.

    Names that point to another part of the settings are offered and not demanded: the part may have been written a
    moment ago, and the schema before.
    """
    digest: Node = {"$ref": "#/definitions/digest"}
    return {
        "title": "Configuration of a digest",
        "description": "A MkDocs configuration (https://www.mkdocs.org/user-guide/configuration/) with the digest's settings under `plugins: - digest:`.",
        "type": "object",
        "properties": {
            "site_url": {"description": "The site's address: https://…/. Required."},
            "plugins": {
                "description": "Plugins of MkDocs; `digest` is the one that makes this site.",
                "type": ["array", "object"],
                "items": {"type": ["string", "object"], "properties": {"digest": digest}},
                "properties": {"digest": digest},
            },
        },
        "if": {"not": {"required": ["INHERIT"]}},
        "then": {"required": ["site_url", "plugins"]},
        "additionalProperties": True,
        "definitions": {"digest": _digest(settings)},
    }


def _digest(settings: Settings) -> Node:
    told = schema_of_type(type(settings))
    keys = told["properties"]
    keys["sources"]["propertyNames"] = keys["topics"]["propertyNames"] = _KEY
    source = keys["sources"]["additionalProperties"]
    source["properties"]["sections"]["additionalProperties"] = choice(
        {key: topic.name for key, topic in settings.topics.items()}, free=True
    )
    source["allOf"] = list(_RIGHTS)
    return nullable(told)
