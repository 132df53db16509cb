"""JSON Schemas for an editor's program: what may stand in a page's front matter, in the settings and in a sidecar.

They are made from the same dataclasses that the digest itself reads by, so that a program marks while someone writes
what `digest check` would tell later, offers the keys and words of this digest, and shows what each key means.
"""

from __future__ import annotations

from generator.schema.comment import add_comment, comment_of, follow_move
from generator.schema.files import ARTICLE, NAMES, SchemaFile, schema_of, schemas, stale_schemas

__all__ = [
    "ARTICLE",
    "NAMES",
    "SchemaFile",
    "add_comment",
    "comment_of",
    "follow_move",
    "schema_of",
    "schemas",
    "stale_schemas",
]
