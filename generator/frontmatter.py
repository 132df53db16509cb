"""Metadata ⇄ the YAML block at the top of a file, in an exact round trip.

Reading is bounded and dull on purpose: no tags, no anchors, no duplicate keys, a limit on size and depth, and
YAML 1.2's few types, so that `No`, `12:30` and `2025-05-22` stay the words they are. Writing quotes every
string that another YAML program could take for something else. `replace` changes single keys inside a block
and leaves every other character, comments included, as the editor wrote it.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NoReturn

import yaml

from generator.errors import PageError
from generator.models import MetaValue, Problem

MAX_BLOCK = 65_536
"""Characters of a front matter block."""
MAX_DEPTH = 8
"""Levels of lists and mappings within each other."""

KEY_ORDER: Final = (
    "title", "date", "added", "source", "topic", "tags", "authors", "section", "summary", "url", "lang",
    "also", "review", "draft", "publish_at", "expires", "pin", "top", "story", "aliases", "corrections",
    "note", "takedown", "raw", "generated", "extra",
)  # fmt: skip
"""Keys of an article page, in the order in which they are written."""

_BLOCK_STYLE = frozenset({"review", "also", "corrections", "items"})
_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)|^={7}$", re.MULTILINE)
_CONFLICT_MARKS = tuple(re.compile(mark, re.MULTILINE) for mark in (r"^<{7} ", r"^={7}$", r"^>{7} "))
_UNRESOLVED: Final = (
    "a merge conflict is not resolved",
    "keep one side and delete the lines with <<<<<<<, ======= and >>>>>>>",
    "conflict-marker",
)
_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_UNPRINTABLE = re.compile("[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]")


_DEEP_LINE = re.compile(rf"^\s*(?:[-?:]\s+){{{MAX_DEPTH + 1}}}", re.MULTILINE)


class Delete:
    """Marker in `replace`: take the key away."""


DELETE: Final = Delete()


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Composes nodes with YAML 1.2's core types only; construction is ours."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?", list("-+0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})\\Z"), _first)


def split(text: str, path: str) -> tuple[str | None, str, int]:
    """(front matter block without its fences or None, the rest, line on which the rest begins).

    Raises:
        PageError: the block is opened and never closed, or the file holds merge conflict markers.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if conflict := _conflict_line(text):
        raise _error(path, conflict, *_UNRESOLVED)
    opening = _FENCE.match(text)
    if opening is None:
        return None, text, 1
    closing = _CLOSE.search(text, opening.end())
    if closing is None:
        raise _error(path, 1, "the front matter is opened by `---` and never closed",
                     "add a line `---` after its last key", "front-matter-unclosed")  # fmt: skip
    block = text[opening.end() : closing.start()]
    return block, text[closing.end() :], text.count("\n", 0, closing.end()) + 1


def _conflict_line(text: str) -> int:
    """Line of the first unresolved merge conflict, 0 where there is none: its three marks, in their order.

    A page that shows such marks in a code block is refused too: it is far rarer than a conflict.
    """
    if "<<<<<<< " not in text:
        return 0
    place, first = 0, -1
    for mark in _CONFLICT_MARKS:
        match = mark.search(text, place)
        if match is None:
            return 0
        place, first = match.end(), first if first >= 0 else match.start()
    return text.count("\n", 0, first) + 1


def load(block: str, path: str, first_line: int = 2) -> dict[str, MetaValue]:
    """The keys of a front matter block. `first_line` is the line on which it begins in its file.

    Raises:
        PageError: not YAML, not a mapping, too large or too deep, an alias, a tag, a key twice.
    """
    root = _compose(block, path, first_line)
    if root is None:
        return {}
    return _mapping(root, path, first_line, 1, set())


def key_lines(block: str, path: str, first_line: int = 2) -> dict[str, int]:
    """Line in the file of each top-level key.

    Raises:
        PageError: as `load`.
    """
    root = _compose(block, path, first_line)
    return {} if root is None else {key.value: key.start_mark.line + first_line for key, _ in root.value}


def dump(meta: Mapping[str, MetaValue], order: Sequence[str] = KEY_ORDER) -> str:
    """A front matter block without its fences: known keys in their order, then the others as they come."""
    known = [key for key in order if key in meta]
    return "".join(_entry(key, meta[key]) for key in (*known, *(key for key in meta if key not in order)))


def join(block: str, body: str) -> str:
    """A whole file of a block and a body, with one empty line between them."""
    body = body.strip("\n")
    return f"---\n{block}---\n" + (f"\n{body}\n" if body else "")


def replace(
    block: str,
    changes: Mapping[str, MetaValue | Delete],
    path: str,
    first_line: int = 2,
    order: Sequence[str] = KEY_ORDER,
) -> str:
    """The block with some keys set or taken away and everything else, comments too, as it was.

    A new key is put where `order` has it.

    Raises:
        PageError: as `load`.
    """
    if not block.strip() and "#" not in block:
        return dump({key: value for key, value in changes.items() if not isinstance(value, Delete)}, order)
    for key, value in changes.items():
        root = _compose(block, path, first_line)
        if root is not None and root.flow_style:  # `{title: …}` has no lines of its own to change
            meta: dict[str, MetaValue] = _mapping(root, path, first_line, 1, set())
            block = dump(meta)
            root = _compose(block, path, first_line)
        if block and not block.endswith("\n"):
            block += "\n"
        pairs = [] if root is None else root.value
        spans = {name.value: (name.start_mark.index, _end(node)) for name, node in pairs}
        if isinstance(value, Delete):
            if key in spans:
                block = _without(block, *spans[key])
        elif key in spans:
            start, end = spans[key]
            block = block[:start] + _entry(key, value).rstrip("\n") + block[end:]
        else:
            place = _place(key, spans, block, order)
            block = block[:place] + _entry(key, value) + block[place:]
    return block


def fingerprint(value: MetaValue) -> str:
    """Eight hex digits that tell whether a value is still the same; of the parsed value, in NFC."""
    canonical = json.dumps(_canonical(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def body_fingerprint(body: str) -> str:
    """Fingerprint of a page's body: line ends and white space around it do not count."""
    return fingerprint(body.replace("\r\n", "\n").strip())


def _canonical(value: MetaValue) -> MetaValue:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _canonical(item) for key, item in value.items()}
    return value


# --------------------------------------------------------------------------------------- reading


def _error(path: str, line: int, message: str, hint: str, rule: str = "front-matter") -> PageError:
    return PageError(Problem(path=path, line=line, message=message, hint=hint, rule=rule))


def _compose(block: str, path: str, first_line: int) -> yaml.MappingNode | None:
    if not block.strip():
        return None
    if len(block) > MAX_BLOCK:
        raise _error(path, first_line, f"the front matter has {len(block):,} characters; {MAX_BLOCK:,} are the most",
                     "move the text below the closing `---`", "front-matter-size")  # fmt: skip
    conflict = _CONFLICT.search(block)
    if conflict is not None:
        raise _error(path, first_line + block.count("\n", 0, conflict.start()), *_UNRESOLVED)
    _bound_depth(block, path, first_line)
    try:
        root = yaml.compose(block, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise _error(path, line, f"the front matter is not YAML: {error.problem or error.context}",
                     _hint_of(str(error.problem), block.split("\n"), line - first_line), "front-matter-yaml") from error  # fmt: skip
    except (yaml.YAMLError, RecursionError, UnicodeEncodeError) as error:
        raise _error(path, first_line, f"the front matter is not YAML: {str(error).splitlines()[0]}",
                     "remove the characters it names", "front-matter-yaml") from error  # fmt: skip
    if root is None:
        return None
    if isinstance(root, yaml.ScalarNode) and root.tag.endswith(":null"):
        return None
    if not isinstance(root, yaml.MappingNode):
        raise _error(path, first_line, "the front matter must be lines of `key: value`",
                     "write each field as `title: …`", "front-matter-shape")  # fmt: skip
    return root


def _hint_of(problem: str, lines: Sequence[str], number: int) -> str:
    """What to do about lines that are no YAML: the line that is named, or the one above it."""
    near = [line for line in lines[max(0, number - 1) : number + 1] if line.strip()]
    if any("\t" in line for line in near):
        return "write spaces instead of the tab"
    if any(re.search(r":\s*[“”„]", line) for line in near):
        return 'put the text into straight quotes "…", not into “…”'
    if any(re.match(r"\s*[\w-]+:\S", line) for line in near) or "\u00a0" in "".join(near):
        return "after a key comes a colon and a space: `topic: quan-y`; look at the line above, too"
    return 'put text that has a colon or a quote into "…"; look at the line above, too'


def _bound_depth(block: str, path: str, first_line: int) -> None:
    """Refuse deep nesting before the parser sees it: each level costs it a call."""
    if block.count("[") + block.count("{") <= 4 * MAX_DEPTH and _DEEP_LINE.search(block) is None:
        return
    depth = 0
    for number, line in enumerate(block.split("\n")):
        dashes = re.match(r"\s*(?:[-?:]\s+)*", line)
        if dashes is not None and len(re.findall(r"[-?:]", dashes.group())) > MAX_DEPTH:
            depth = 10 * MAX_DEPTH
        for char in line:
            if char in "[{":
                depth += 1
            elif char in "]}":
                depth = max(0, depth - 1)
            if depth > 4 * MAX_DEPTH:  # brackets within quotes count too, so the bound is a wide one
                _too_deep(path, first_line + number)


def _too_deep(path: str, line: int) -> NoReturn:
    raise _error(path, line, f"the front matter is nested more than {MAX_DEPTH} levels deep",
                 "write it flat", "front-matter-depth")  # fmt: skip


def _value(node: yaml.Node, path: str, first_line: int, depth: int, seen: set[int]) -> MetaValue:
    line = first_line + node.start_mark.line
    if id(node) in seen:
        raise _error(
            path,
            line,
            "the front matter uses an alias (`*name`)",
            "write the value out",
            "front-matter-alias",
        )
    seen.add(id(node))
    if depth > MAX_DEPTH:
        _too_deep(path, line)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, first_line, depth, seen)
    if isinstance(node, yaml.SequenceNode):
        if node.tag != "tag:yaml.org,2002:seq":
            _no_tag(node, path, line)
        return [_value(item, path, first_line, depth + 1, seen) for item in node.value]
    convert = _SCALARS.get(node.tag)
    if convert is None:
        _no_tag(node, path, line)
    return convert(node.value)


def _mapping(
    node: yaml.MappingNode, path: str, first_line: int, depth: int, seen: set[int]
) -> dict[str, MetaValue]:
    if node.tag != "tag:yaml.org,2002:map":
        _no_tag(node, path, first_line + node.start_mark.line)
    values: dict[str, MetaValue] = {}
    for key, value in node.value:
        line = first_line + key.start_mark.line
        if not isinstance(key, yaml.ScalarNode):
            raise _error(
                path,
                line,
                "a key of the front matter is not a word",
                "write `key: value`",
                "front-matter-shape",
            )
        if key.value in values:
            raise _error(path, line, f"`{key.value}` stands twice in the front matter", "keep one of the two",
                         "front-matter-duplicate")  # fmt: skip
        values[key.value] = _value(value, path, first_line, depth + 1, seen)
    return values


def _no_tag(node: yaml.Node, path: str, line: int) -> NoReturn:
    raise _error(path, line, f"the front matter has the YAML tag `{node.tag.removeprefix('tag:yaml.org,2002:')}`",
                 "write plain values", "front-matter-tag")  # fmt: skip


def _as_null(text: str) -> MetaValue:
    return None


def _as_bool(text: str) -> MetaValue:
    return text.lower() == "true"


def _as_int(text: str) -> MetaValue:
    return int(text) if len(text) <= 19 else text


_SCALARS: Final[Mapping[str, Callable[[str], MetaValue]]] = {
    "tag:yaml.org,2002:str": str,
    "tag:yaml.org,2002:null": _as_null,
    "tag:yaml.org,2002:bool": _as_bool,
    "tag:yaml.org,2002:int": _as_int,
    "tag:yaml.org,2002:float": float,
}


# --------------------------------------------------------------------------------------- writing


def _scalar(value: MetaValue) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    assert isinstance(value, str)
    if _PLAIN.match(value) and value not in _WORDS_OF_YAML:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def _key(key: str) -> str:
    return key if _PLAIN_KEY.match(key) and key.lower() not in _WORDS_OF_YAML else _scalar_quoted(key)


def _scalar_quoted(text: str) -> str:
    return _UNPRINTABLE.sub(
        lambda match: f"\\u{ord(match.group()):04x}", json.dumps(text, ensure_ascii=False)
    )


def _flow(value: MetaValue) -> str:
    if isinstance(value, list):
        # Labels in a list are quoted alike, plain or not, so that an editor sees one pattern to follow.
        return "[" + ", ".join(_scalar_quoted(v) if isinstance(v, str) else _flow(v) for v in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_in_mapping(item)}" for key, item in value.items()) + "}"
    return _scalar(value)


def _in_mapping(value: MetaValue) -> str:
    return _scalar_quoted(value) if isinstance(value, str) and not value.isalpha() else _flow(value)


def _entry(key: str, value: MetaValue) -> str:
    if key in _BLOCK_STYLE and isinstance(value, list) and value:
        lines = (f"  - {_scalar_quoted(item) if isinstance(item, str) else _flow(item)}\n" for item in value)
        return f"{_key(key)}:\n" + "".join(lines)
    if key in _BLOCK_STYLE and isinstance(value, dict) and value:
        return f"{_key(key)}:\n" + "".join(f"  {_key(name)}: {_flow(item)}\n" for name, item in value.items())
    if key == "title" and isinstance(value, str):
        return f"{key}: {_scalar_quoted(value)}\n"
    return f"{_key(key)}: {_flow(value)}\n"


def _end(node: yaml.Node) -> int:
    """Index after a value's last character; of a block collection, after its last item's."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return int(node.end_mark.index) - 1
    return int(node.end_mark.index)


def _without(block: str, start: int, end: int) -> str:
    """The block without the lines from `start` to `end`; a comment behind the value goes with it."""
    newline = block.find("\n", end)
    return block[:start] + ("" if newline < 0 else block[newline + 1 :])


def _place(key: str, spans: Mapping[str, tuple[int, int]], block: str, order: Sequence[str]) -> int:
    """Where a new key goes: behind the last key that `order` has before it."""
    rank = {name: place for place, name in enumerate(order)}
    before = [span for name, span in spans.items() if rank.get(name, 99) < rank.get(key, 99)]
    if not before:
        return 0 if key in rank and spans else len(block)
    newline = block.find("\n", max(before, key=lambda span: span[0])[1])
    return len(block) if newline < 0 else newline + 1
