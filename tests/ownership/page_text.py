"""A page as an editor's program sees it: lines. Nothing here knows the generator's way of writing, so that what the
hunt types and what it finds again are judged by other means than those that are on trial."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from typing import Any

import yaml

from generator import frontmatter

_KEY = re.compile(r"""^(["']?)([^\s"'#:-][^"':]*)\1[ ]*:(?:[ ]|$)""")


@dataclass
class Entry:
    """A key with all its lines; without a key: a comment or an empty line."""

    key: str | None
    text: str


@dataclass
class PageText:
    """One page taken apart, without what line ends it has."""

    entries: list[Entry]
    body: str
    crlf: bool = False
    bom: bool = False

    @classmethod
    def parse(cls, data: bytes) -> PageText:
        text = data.decode("utf-8")
        bom, text = text.startswith("\ufeff"), text.removeprefix("\ufeff")
        crlf, text = "\r\n" in text, text.replace("\r\n", "\n")
        assert text.startswith("---\n"), text[:200]
        block, _, body = (
            text[4:].partition("\n---\n") if not text[4:].startswith("---\n") else ("", "", text[8:])
        )
        entries: list[Entry] = []
        for line in block.splitlines():
            match = _KEY.match(line)
            if match:
                entries.append(Entry(match[2], line + "\n"))
            elif (line[:1] in (" ", "-", "]", "}") or not line) and entries and entries[-1].key:
                entries[-1].text += line + "\n"
            else:
                entries.append(Entry(None, line + "\n"))
        return cls(entries, body, crlf, bom)

    def render(self) -> bytes:
        text = "---\n" + "".join(entry.text for entry in self.entries) + "---\n" + self.body
        text = text.replace("\n", "\r\n") if self.crlf else text
        return ("\ufeff" if self.bom else "").encode() + text.encode()

    def entry(self, key: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key == key), None)

    def values(self) -> dict[str, Any]:
        return dict(frontmatter.load("".join(entry.text for entry in self.entries), "page"))

    def set(self, key: str, text: str, rng: random.Random) -> None:
        found = self.entry(key)
        if found:
            found.text = text
        else:
            self.entries.insert(rng.randint(0, len(self.entries)), Entry(key, text))

    def delete(self, key: str) -> None:
        self.entries = [entry for entry in self.entries if entry.key != key]

    @property
    def comments(self) -> list[str]:
        return [entry.text for entry in self.entries if entry.key is None and entry.text.strip()]


def spell(rng: random.Random, key: str, value: Any) -> str:
    """A key and its value, in one of the ways that YAML has for it."""
    ways = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n"]
    if isinstance(value, str):
        ways += [
            f"{key}: '{value}'\n",
            f"{key}: {value}\n",
            f'"{key}": {json.dumps(value, ensure_ascii=False)}\n',
        ]
        ways += [f"{key}:   {json.dumps(value)}\n", f"{key}: >-\n  {value}\n"]
        indented = "\n".join(f"  {line}" if line else "" for line in value.split("\n"))
        ways += [f"{key}: |-\n{indented}\n", f"{key}: |\n{indented}\n"]
        words = value.split(" ")
        if len(words) > 2:
            ways += [f"{key}: >-\n  {' '.join(words[:2])}\n  {' '.join(words[2:])}\n"]
            ways += [f'{key}: "{" ".join(words[:2])}\n  {" ".join(words[2:])}"\n']
    elif isinstance(value, list) and value:
        ways += [f"{key}:\n" + "".join(f"- {json.dumps(one, ensure_ascii=False)}\n" for one in value)]
        ways += [f"{key}:\n" + "".join(f"  - {json.dumps(one, ensure_ascii=False)}\n" for one in value)]
        ways += [
            f"{key}: [\n  " + ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]\n"
        ]
    elif isinstance(value, dict) and value:
        ways += [
            f"{key}:\n"
            + "".join(f"  {name}: {json.dumps(one, ensure_ascii=False)}\n" for name, one in value.items())
        ]
    elif value is None:
        ways += [f"{key}:\n", f"{key}: ~\n"]
    way = rng.choice(ways)
    try:
        same = frontmatter.load(way, "page") == {key: value} and _KEY.match(way) is not None
    except (yaml.YAMLError, ValueError, frontmatter.PageError):
        same = False
    return way if same else ways[0]
