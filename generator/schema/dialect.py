"""From pydantic's JSON Schema to the one that editors' programs understand best.

yaml-language-server, which most of them use, knew drafts up to 07 for years and newer ones only since 2026, and
others still do not: so it is draft-07, whose `$ref` hides every word beside it. Here nothing is referred to; each place
has its whole description.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, TypeAlias

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

Node: TypeAlias = dict[str, Any]
"""A JSON Schema, or a part of one."""

DRAFT = "http://json-schema.org/draft-07/schema#"
_REF = "#/$defs/"
_FIRST = ("$schema", "title", "description", "type", "enum", "enumDescriptions", "default")
_LAST = ("required", "properties", "propertyNames", "items", "additionalProperties", "definitions")
_NAMES = ("properties", "definitions")
"""Below these stand names, not words of JSON Schema."""


class _Described(GenerateJsonSchema):
    """With the docstrings of fields, and without the titles that pydantic makes of their names."""

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        told = super().dataclass_schema(schema)
        told.pop("title", None)
        told["description"] = " ".join(str(schema["cls"].__doc__).split())
        meanings = field_docstrings(schema["cls"])
        for name, node in told.get("properties", {}).items():
            node.setdefault("description", meanings.get(name, ""))
        return told

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


def field_docstrings(cls: type) -> Mapping[str, str]:
    """Field → the docstring under it, each as one line.

    Read from the module's own source, and only here: done by pydantic it would make every start of `digest` slower.
    """
    tree = ast.parse(inspect.getsource(sys.modules[cls.__module__]))
    (body,) = (
        node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == cls.__name__
    )
    found: dict[str, str] = {}
    for field, below in pairwise(body):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            found[field.target.id] = " ".join(str(below.value.value).split())
    return found


def schema_of_type(cls: type) -> Node:
    """The schema of a pydantic dataclass: draft-07, every reference replaced by what it means."""
    told = TypeAdapter(cls).json_schema(ref_template=f"{_REF}{{model}}", schema_generator=_Described)
    parts = told.pop("$defs", {})
    whole = _simplified(told, parts)
    assert isinstance(whole, dict)
    return whole


def _simplified(node: object, parts: Mapping[str, Node]) -> object:
    if isinstance(node, list):
        return [_simplified(item, parts) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        beside = {key: value for key, value in node.items() if key != "$ref"}
        node = {**parts[node["$ref"].removeprefix(_REF)], **beside}
    told = {
        key: {name: _simplified(part, parts) for name, part in value.items()}
        if key in _NAMES
        else _simplified(value, parts)
        for key, value in node.items()
    }
    # An empty default would be written out by every completion.
    if told.get("default", True) in (None, "", [], {}, False):
        told.pop("default", None)
    return _without_union(told)


def _without_union(node: Node) -> Node:
    """`T or null` as one schema, whose errors speak of T, where T has a plain type."""
    match node.get("anyOf"):
        case [{"type": str() | list(), **rest} as first, {"type": "null"}] if "enum" not in rest:
            beside = {key: value for key, value in node.items() if key != "anyOf"}
            return nullable({**first, **beside})
    return node


def ordered(node: Any) -> Any:
    """The same schema with its words in an order to be read: what it is, how it is written, what is in it."""
    if isinstance(node, list):
        return [ordered(item) for item in node]
    if not isinstance(node, dict):
        return node
    middle = sorted(key for key in node if key not in (*_FIRST, *_LAST))
    return {
        key: {name: ordered(part) for name, part in node[key].items()}
        if key in _NAMES
        else ordered(node[key])
        for key in (*_FIRST, *middle, *_LAST)
        if key in node
    }


def nullable(node: Node) -> Node:
    """The schema, also for a key without a value."""
    kinds = node["type"] if isinstance(node["type"], list) else [node["type"]]
    return {**node, "type": [*kinds, *(["null"] if "null" not in kinds else [])]}


def choice(keys: Mapping[str, str], *, free: bool = False) -> Node:
    """A text for which a program offers `keys` (key → what it means). `free`: any other may stand there, too."""
    text: Node = {"type": "string"}
    if not keys:
        return text
    offered: Node = {"type": "string", "enum": list(keys)}
    if all(keys.values()):
        offered["enumDescriptions"] = list(keys.values())
    return {"anyOf": [offered, text]} if free else offered


def offering(node: Node, offered: Node) -> Node:
    """The offered values in the place of a key's type, under the same description."""
    return {"description": node["description"], **offered}
