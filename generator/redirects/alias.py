"""An editor's `aliases` entry: which address of the site it is."""

from __future__ import annotations

import re
from urllib.parse import unquote

# What some file system refuses in a name, and what would be encoded once more.
_REFUSED = re.compile(r'[<>:"\\|?*%#]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?", re.IGNORECASE)
_LONGEST = 200
"""Bytes of one part of an address; file systems take 255."""

_SLASH = r"(?:/|%2[Ff])"
_HEX = r"[\dA-Fa-f]"
_MORE = rf"%[89ABab]{_HEX}"
_SIGN = (
    r'(?:[^\s./<>:"\\|?*%#]'
    rf"|%(?:2[146-9BCDbcd]|3[\dBDbd]|[46]{_HEX}|5[\dABDEFabdef]|7[\dABDEabde])"
    rf"|%(?:[Cc][2-9A-Fa-f]|[Dd]{_HEX}){_MORE}|%[Ee]{_HEX}(?:{_MORE}){{2}}|%[Ff][0-4](?:{_MORE}){{3}})"
)
"""What a part of an address may begin and end with, as it is or percent-encoded."""
_PART = rf"{_SIGN}(?:(?:{_SIGN}|[. ]|%2[0Ee])*{_SIGN})?"
ALIAS_PATTERN = rf"\s*{_SLASH}*{_PART}(?:{_SLASH}{_PART})*{_SLASH}*\s*"
"""What `clean_alias` takes, for the JSON Schema: all of it, and of the rest what no pattern can tell."""
INVALID_ALIAS = "the alias `{value}` can be no address of the site"
ALIAS_HINT = "write the old address as it stood below the site: old/address/"


def clean_alias(alias: str) -> str:
    """An editor's `aliases` entry as an address of the site; empty where it can be none.

    Case stays, since web servers tell it apart. Percent-encoding is undone, as a web server does it before it looks
    for a file: `b%C3%A0i/` is the folder `bài`. A closing `index.html` is the folder itself.
    """
    try:
        parts = unquote(alias.strip(), errors="strict").strip("/").split("/")
    except UnicodeDecodeError:
        return ""
    if parts[-1].casefold() == "index.html":
        parts.pop()
    return "/".join(parts) + "/" if parts and all(map(_is_part, parts)) else ""


def _is_part(text: str) -> bool:
    """Whether a text can be a folder's name on every system, and one that MkDocs does not pass over."""
    return (
        bool(text)
        and text.isprintable()
        and text[0] not in ". "
        and text[-1] not in ". "
        and text.casefold() != "index.html"
        and not _REFUSED.search(text)
        and not _DEVICE.fullmatch(text)
        and len(text.encode()) <= _LONGEST
    )
