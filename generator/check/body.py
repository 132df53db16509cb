"""The places of a page's Markdown that a link may name."""

from __future__ import annotations

import re
from functools import lru_cache

from generator import slugs
from generator.markup import plain_markdown
from generator.markup.bounds import MAX_HEADINGS
from generator.markup.links import without_code

__all__ = ["find_anchors", "without_code"]

_HEADING = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*#{1,6}+([^\n]*)$", re.MULTILINE)
_UNDERLINED = re.compile(r"^[ \t>]*([^\s>][^\n]*)\n[ \t>]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{:?[^{}\n]*\}[ \t]*$")
_BRACES = re.compile(r"\{[^{}\n]*\}")
_SHORT_ID = re.compile(r"#([\w.:-]+)")
_ID = re.compile(r"\b(?:id|name)[ ]?=[ ]?(?:\"([^\"<>\n]+)\"|'([^'<>\n]+)'|([\w.:-]+))")


@lru_cache(maxsize=256)
def find_anchors(body: str) -> frozenset[str]:
    """The fragments that a page's Markdown makes: of its headings, and those that it names. Rather one too many than
    one too few. It takes time in proportion to the body's length, whatever stands in it."""
    text = without_code(body, spans=False)
    anchors = {name for match in _ID.finditer(text) for name in match.groups() if name}
    anchors.update(name for braces in _BRACES.findall(text) for name in _SHORT_ID.findall(braces))
    headings = [*_HEADING.finditer(text), *_UNDERLINED.finditer(text)]
    numbers: dict[str, int] = {}
    for match in sorted(headings, key=lambda match: match.start())[:MAX_HEADINGS]:
        words = _ATTRIBUTES.sub("", match[1].strip()).rstrip("# \t")
        # A mark that no footnote belongs to stays what it is.
        for text in dict.fromkeys((words, words.replace("[^", "["))):
            # Behind a letter, so that the number of `## 1. Mở đầu` is no list's.
            anchor = base = slugs.slugify(plain_markdown(f"x {text}").removeprefix("x"), "muc")
            while anchor in anchors:
                numbers[base] = numbers.get(base, 0) + 1
                anchor = f"{base}_{numbers[base]}"
            anchors.add(anchor)
    return frozenset(anchors)
