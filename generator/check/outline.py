"""What the rules about all pages need of each: read without its YAML where a page is written as ingest writes it.

A check of one changed page among ten thousand looks at all of them; parsing each would cost a hundred times more.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from generator import frontmatter
from generator.check.page import Page, is_article
from generator.errors import ProblemError
from generator.models import MetaValue
from generator.text import normalize, squeeze
from generator.weburl import clean_url

_ENTRY = re.compile(
    r"""
      (?P<key>[A-Za-z_][\w.-]*):[ \t]+(?P<value>
          "(?:[^"\\\n]++|\\[^\n])*+"                     # quoted, on one line
        | [A-Za-z][A-Za-z0-9-]*+                         # a word
        | [\[{](?:[^][{}"'\#\n]++|"(?:[^"\\\n]++|\\[^\n])*+"|\{[^][{}"'\#\n]*+\})*+[\]}]  # a list or keys, on one line
      )[ \t]*+(?:\n|\Z)
    | (?P<list>[A-Za-z_][\w.-]*):[ \t]*+\n(?:[ ]++-[ ]"(?:[^"\\\n]++|\\[^\n])*+"[ \t]*+(?:\n|\Z))++
    | \#[^\n]*+(?:\n|\Z)
    | [ \t]*+\n
    """,
    re.VERBOSE,
)
"""One entry as ingest writes it. A block with anything else in it is left to the parser."""
_STRING = r'"[^"\\\n]*+"'
_USUAL = re.compile(
    r"(?:\# yaml-language-server: [^\n]*+\n)?"
    r'title: "(?P<title>[^"\\\n]*+)"\n(?:date: "(?P<date>[^"\\\n]*+)"\n)?(?:added: ' + _STRING + r"\n)?"
    r"(?:source: (?P<source>[a-z0-9]++(?:-[a-z0-9]++)*+)\n)?(?:topic: [a-z0-9]++(?:-[a-z0-9]++)*+\n)?"
    rf"(?:tags: \[{_STRING}(?:, {_STRING})*+\]\n)?(?:authors: \[{_STRING}(?:, {_STRING})*+\]\n)?(?:section: {_STRING}\n)?"
    r'(?:summary: "(?P<summary>[^"\\\n]*+)"\n)?(?:url: "(?P<url>[^"\\\n]*+)"\n)?(?:lang: (?!no\b|on\b)[a-z]{2,3}\n)?'
    r'(?:raw: "(?P<raw>[^"\\\n]*+)"\n)?'
    rf"(?:generated: \{{[a-z_]++: {_STRING}(?:, [a-z_]++: {_STRING})*+\}}\n)?"
)
"""A whole block as ingest writes it, nothing of it an editor's: nine pages in ten. Looked at in one go."""
_TIDY = re.compile(r"[!-~]++(?: [!-~]++)*+")
"""Words without a letter or a space to be put right."""
_LOOKED_AT = frozenset({"raw", "url", "summary", "source", "title", "date"})
_PARSED = frozenset({"aliases", "takedown", "review", "draft"})
_WORDS_OF_YAML = frozenset({"null", "true", "false"})
_LEAST_WORDS = 25
"""Words of a text that two articles do not share by chance."""
_CLEAN_URL = re.compile(
    r"https://(?!www\.|m\.|amp\.|mobile\.|wap\.)(?:[a-z0-9-]+\.)+[a-z0-9-]+(?:/[A-Za-z0-9._~-]+)+(?<!/amp)"
)
"""Addresses in which nothing is to be cleaned."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One article page, in what is compared with others."""

    path: str
    raw: str = ""
    url: str = ""
    """Of the original, cleaned."""
    source: str = ""
    title: str = ""
    date: str = ""
    """As it is written."""
    text: str = ""
    """Fingerprint of summary and body; empty where there are too few words to compare, or nobody asked."""
    aliases: tuple[str, ...] = ()
    taken_down: bool = False
    published: bool = True
    """Whether nothing in the page itself keeps it from the readers."""


def outline_of(path: str, text: str) -> Outline | None:
    """The outline of a page; None for what is no article's, or cannot be read."""
    if not is_article(path):
        return None
    try:
        block, body, _ = frontmatter.split(text, path)
        return _outline(path, frontmatter.load(block or "", path), body, asked=True)
    except ProblemError:
        return None


def outline_of_bytes(path: str, data: bytes, probes: tuple[bytes, ...] | None) -> Outline | None:
    """The same of a page's bytes.

    `probes` are pieces of the texts that it is to be compared with: without any of them in it, its own fingerprint is
    not worked out. None: it is worked out.
    """
    if not is_article(path):
        return None
    asked = probes is None or any(probe in data for probe in probes)
    end = data.find(b"\n---\n", 3)
    try:
        if (
            not asked
            and data.startswith(b"---\n")
            and end > 0
            and b"\r" not in data
            and b"<<<<<<< " not in data
        ):
            values = _plain(data[4 : end + 1].decode("utf-8"))
            if values is not None:
                return _outline(path, values, "", asked=False)
        return outline_of(path, data.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def outline_of_page(page: Page) -> Outline | None:
    """The outline of a page that has been read whole."""
    return _outline(page.path, page.meta, page.body, asked=True) if page.article is not None else None


def _outline(path: str, values: Mapping[str, MetaValue], body: str, *, asked: bool) -> Outline:
    aliases = values.get("aliases")
    return Outline(
        path=path,
        raw=_text(values.get("raw")),
        url=_cleaned(_text(values.get("url"))),
        source=_text(values.get("source")),
        title=title if isinstance(title := values.get("title"), str) else "",
        date=_text(values.get("date")),
        text=_fingerprint(_text(values.get("summary")), body) if asked else "",
        aliases=tuple(str(alias) for alias in aliases) if isinstance(aliases, list) else (),
        taken_down=bool(values.get("takedown")),
        published="/held/" not in path and not values.get("review") and values.get("draft") in (None, False),
    )


def probe_of(text: str) -> bytes:
    """A piece of a page's body that stands in every other with the same words, unless its lines are broken elsewhere;
    empty where it has too little."""
    try:
        body = frontmatter.split(text, "")[1]
    except ProblemError:
        return b""
    line = max(body.split("\n"), key=len)
    return line[8:68].encode("utf-8", "replace") if len(line) >= _SHORTEST_PROBE else b""


_SHORTEST_PROBE = 32
"""Characters of a line that hardly stands in another article."""


def _plain(block: str) -> dict[str, MetaValue] | None:
    """The few keys of a block that is written as ingest writes one; None where only the parser can tell."""
    usual = _USUAL.fullmatch(block)
    if usual is not None:
        return {key: value for key, value in usual.groupdict().items() if value is not None}
    values: dict[str, MetaValue] = {}
    seen: set[str] = set()
    place = 0
    while place < len(block):
        entry = _ENTRY.match(block, place)
        if entry is None:
            return None
        place = entry.end()
        key, value, listed = entry.groups()
        key = key or listed
        if key is None:
            continue
        if key in _PARSED or key in seen:
            return None
        seen.add(key)
        if key not in _LOOKED_AT or value is None or value[0] in "[{":
            continue
        if value[0] != '"':
            if value.lower() in _WORDS_OF_YAML:
                return None
            values[key] = value
        elif "\\" not in value:
            values[key] = value[1:-1]
        else:
            try:
                values[key] = json.loads(value)
            except ValueError:
                return None
    return values


def _text(value: MetaValue) -> str:
    if not isinstance(value, str) or _TIDY.fullmatch(value):
        return value if isinstance(value, str) else ""
    return squeeze(normalize(value))


def _cleaned(url: str) -> str:
    return url if _CLEAN_URL.fullmatch(url) and not url.endswith("/amp") else clean_url(url) if url else ""


def _fingerprint(summary: str, body: str) -> str:
    words = unicodedata.normalize("NFC", f"{summary} {body}").split()
    if len(words) < _LEAST_WORDS:
        return ""
    return hashlib.md5(" ".join(words).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
