"""What the rules about all pages need of each: read without its YAML where a page is written as ingest writes it.

A check of one changed page among ten thousand looks at all of them; parsing each would cost a hundred times more.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

from generator import frontmatter
from generator.check.page import is_article
from generator.errors import ProblemError
from generator.models import MetaValue
from generator.weburl import clean_url

_LINE = re.compile(
    r"^(raw|url|summary|title|source|aliases|takedown|draft|review)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE
)
_ODD_KEY = re.compile(r"^[\"'?{]", re.MULTILINE)
_LEAST_WORDS = 25
"""Words of a text that two articles do not share by chance."""
_CLEAN_URL = re.compile(r"https://(?!www\.|m\.|amp\.|mobile\.|wap\.)[a-z0-9.-]+(?:/[A-Za-z0-9._~-]+)+")
"""Addresses in which nothing is to be cleaned."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One article page, in what is compared with others."""

    path: str
    raw: str = ""
    url: str = ""
    """Of the original, cleaned."""
    source: str = ""
    text: str = ""
    """Fingerprint of summary and body; empty where there are too few words to compare, or nobody asked."""
    aliases: tuple[str, ...] = ()
    taken_down: bool = False
    published: bool = True
    """Whether nothing in the page itself keeps it from the readers."""


def outline_of(path: str, text: str, *, probes: tuple[str, ...] | None = None) -> Outline | None:
    """The outline of a page; None for what is no article's, or cannot be read.

    `probes` are pieces of the texts that it is to be compared with: without any of them in it, its own fingerprint is
    not worked out.
    """
    if not is_article(path):
        return None
    try:
        block, body, _ = frontmatter.split(text, path)
        values = _plain(block or "")
        if values is None:
            values = frontmatter.load(block or "", path)
    except ProblemError:
        return None
    summary, aliases, url = values.get("summary"), values.get("aliases"), values.get("url")
    return Outline(
        path=path,
        raw=_text(values.get("raw")),
        url=_cleaned(_text(url)),
        source=_text(values.get("source")),
        text=_fingerprint(_text(summary), body) if _is_asked(text, probes) else "",
        aliases=tuple(str(alias) for alias in aliases) if isinstance(aliases, list) else (),
        taken_down=bool(values.get("takedown")),
        published="/held/" not in path and not values.get("review") and values.get("draft") in (None, False),
    )


def probe_of(text: str) -> str:
    """A piece of a page's text that stands in every other with the same words; empty where it has too little."""
    lines = text.split("\n")[-60:]
    line = max(lines, key=len, default="")
    return line[8:68] if len(line) >= 80 else ""


def _is_asked(text: str, probes: tuple[str, ...] | None) -> bool:
    return probes is None or any(probe in text for probe in probes)


def _plain(block: str) -> dict[str, MetaValue] | None:
    """The few keys of a block whose lines are plain; None where only the parser can tell."""
    if _ODD_KEY.search(block):
        return None
    values: dict[str, MetaValue] = {}
    for key, value in _LINE.findall(block):
        if key in ("aliases", "takedown", "review", "draft") or key in values:
            return None
        if value.startswith('"') and value.endswith('"') and "\\" not in value and '"' not in value[1:-1]:
            values[key] = value[1:-1]
        elif value.startswith('"'):
            try:
                values[key] = json.loads(value)
            except ValueError:
                return None
        elif re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", value) and value.lower() not in (
            "null",
            "true",
            "false",
            "yes",
            "no",
        ):
            values[key] = value
        else:
            return None
    return values


def _text(value: MetaValue) -> str:
    return value if isinstance(value, str) else ""


def _cleaned(url: str) -> str:
    return url if _CLEAN_URL.fullmatch(url) and not url.endswith("/amp") else clean_url(url) if url else ""


def _fingerprint(summary: str, body: str) -> str:
    words = f"{summary} {body}".split()
    if len(words) < _LEAST_WORDS:
        return ""
    return hashlib.md5(" ".join(words).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
