"""The links and pictures of a page's Markdown, each with its line.

Read as Python-Markdown reads it, as far as that goes without rendering ten thousand pages. Each look at a text takes
time in proportion to its length, whatever stands in it.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_FENCE = re.compile(
    r"^([ \t>]*)(`{3,}+|~{3,}+)[^\n]*\n.*?(?:^[ \t>]*\2[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MARKED_CODE = re.compile(r"(?<![`\\])(`++)(?!`)(?:[^`\n]++|\n(?![ \t]*\n)|(?!\1(?!`))`++)++\1(?!`)")
_HOLDER = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)])[ \t]|[ ]{0,3}(?:!!!|\?\?\?|===[!+]*[ ]+\"|:[ \t]|\[\^)")
"""What an indented line below belongs to: an item of a list, a note, a footnote, a definition."""

_MARK = re.compile(r"\\[\\\[\]!]|!?\[|\]|\n[ \t]*(?=\n)")
_TARGET = re.compile(r"\(((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.|\([^()\n]*+\))*+\))*+)\)", re.DOTALL)
_TITLE = re.compile(r"""\s(?:"[^"]*"|'[^']*')\s*\Z""")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]*+<?([^\s<>]{1,2000})>?", re.MULTILINE)
_BARE = re.compile(r"<(https?://[^\s<>]+)>", re.IGNORECASE)
_TAG = re.compile(r"<(a|img|source|video|audio)(?=[\s\"'])([^<>]*)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"""(?<![\w-])(?:href|src)[ \t\n]*=[ \t\n]*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Link:
    """One link or picture of a page's body."""

    target: str
    line: int
    """Of the body, from 0."""
    picture: bool = False
    html: bool = False
    """Written as a tag: the build leads Markdown from file to page and leaves HTML as it is."""


def line_finder(text: str) -> Callable[[int], int]:
    """A function from a place of a text to its line, from 0: quick also where it is asked for every word."""
    ends = [match.start() for match in re.finditer("\n", text)]
    return lambda place: bisect_right(ends, place - 1)


def find_links(body: str) -> tuple[Link, ...]:
    """Every link and picture of a page's Markdown, in order; what stands in code is none."""
    if "](" not in body and "]:" not in body and "<" not in body:
        return ()
    text = without_code(body)
    line_of = line_finder(text)
    found = [(place, Link(target, line_of(place), picture)) for place, target, picture in _of_markdown(text)]
    for match in _TAG.finditer(text):
        for address in _ADDRESS.finditer(match[2]):
            target = html.unescape((address[1] or address[2] or address[3] or "").strip())
            link = Link(target, line_of(match.start()), match[1].lower() != "a", html=True)
            found.append((match.start(), link))
    return tuple(link for _, link in sorted(found, key=lambda one: one[0]))


def _of_markdown(text: str) -> Iterator[tuple[int, str, bool]]:
    """(place, target, whether it is a picture) of what is written without tags."""
    bracketed: set[int] = set()
    """Where a `<` belongs to a link already: `[words](<target>)`, `[name]: <target>`."""
    for place, start, target, picture in _inline(text):
        bracketed.add(start + len(target) - len(target.lstrip()))
        yield place, _clean(target), picture
    for match in _DEFINITION.finditer(text):
        bracketed.add(match.start(1) - 1)
        yield match.start(), _clean(match[1]), False
    for match in _BARE.finditer(text):
        if match.start() not in bracketed:
            yield match.start(), _clean(match[1]), False


def _inline(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """(place, place of the target, target as written, whether it is a picture) of `[words](target)`, also of a picture
    within a link."""
    opened: list[tuple[int, bool]] = []
    place = 0
    while (mark := _MARK.search(text, place)) is not None:
        place = mark.end()
        match mark.group()[-1]:
            case "[" if not mark.group().startswith("\\"):
                opened.append((mark.start(), mark.group() == "!["))
            case "]" if not mark.group().startswith("\\"):
                if not opened:
                    continue
                start, picture = opened.pop()
                if (found := _TARGET.match(text, place)) is not None and "\n\n" not in found[1]:
                    place = found.end()
                    yield start, found.start(1), found[1], picture
            case "\n" | " " | "\t":
                opened.clear()  # a link does not reach beyond its paragraph


def _clean(target: str) -> str:
    """The address alone, as a browser would take it."""
    target = target.strip()
    target = target[1:].partition(">")[0] if target.startswith("<") else _TITLE.sub("", target)
    return html.unescape(_ESCAPED.sub(r"\1", target).strip())


def without_code(body: str, *, spans: bool = True) -> str:
    """The body without what is code or comment, every line at its place. `spans`: without code within a line, too."""
    if "`" in body or "~~~" in body or "<!--" in body:
        # A fence at the margin ends the list above it: something is left there.
        body = _FENCE.sub(lambda match: ("" if match[1] else "-") + "\n" * match.group().count("\n"), body)
        for pattern in (_COMMENT, _MARKED_CODE) if spans else (_COMMENT,):
            body = pattern.sub(lambda match: "\n" * match.group().count("\n"), body)
    return _without_indented(body) if "\n    " in body or "\n\t" in body or body[:1] in " \t" else body


def _without_indented(body: str) -> str:
    """The body without code that is marked by its indentation alone."""
    lines = body.split("\n")
    held, after_blank, code = False, True, False
    for number, line in enumerate(lines):
        if not line.strip():
            after_blank = True
            continue
        if line.startswith(("    ", "\t")):
            code = not held and (after_blank or code)
            if code:
                lines[number] = ""
        else:
            held = _HOLDER.match(line) is not None or (held and not after_blank)
            code = False
        after_blank = False
    return "\n".join(lines)
