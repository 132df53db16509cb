"""The comment by which a file names its JSON Schema: `# yaml-language-server: $schema=…`, relative to the file.

It stands in the first line of the front matter. Whoever takes it away or writes another keeps it so.
"""

from __future__ import annotations

import re

_OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_ANY = re.compile(r"^#\s+(?:yaml-language-server\s*:|\$schema:)", re.MULTILINE)
"""What editors' programs take for such a comment."""


def comment_of(path: str, schema: str) -> str:
    """The comment with which the file at `path` names `schema`; both paths are relative to the project."""
    return f"# yaml-language-server: $schema={'../' * path.count('/')}{schema}"


def add_comment(text: str, path: str, schema: str) -> str:
    """A page's text with the comment in its front matter; as it is where it has such a comment or no front matter."""
    block = _block(text)
    if block is None or _ANY.search(text, *block):
        return text
    start = block[0]
    return f"{text[:start]}{comment_of(path, schema)}\n{text[start:]}"


def follow_move(text: str, old: str, new: str, schema: str) -> str:
    """The text of a page that goes from `old` to `new`: a comment that was right at the old place is right at the new."""
    block = _block(text)
    if block is None:
        return text
    start, end = block
    line = re.compile(rf"^{re.escape(comment_of(old, schema))}(?=[ \t]*\r?$)", re.MULTILINE)
    return text[:start] + line.sub(comment_of(new, schema), text[start:end], count=1) + text[end:]


def _block(text: str) -> tuple[int, int] | None:
    """Where the front matter begins and ends, without its fences."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    return (opening.end(), closing.start()) if opening and closing else None
