"""The visible words of rendered HTML or of Markdown: for reading time, search, excerpts and feeds."""

from __future__ import annotations

import html as _html
import re

from generator.text import squeeze

_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript)\b[^<>]*>.*?(?:</\1\s*>|\Z)"
    r'|<a class="(?:headerlink|footnote-backref)"[^<>]*>[^<]*</a>',
    re.DOTALL | re.IGNORECASE,
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|pre|table|tr|figure|figcaption|details|summary|section|"
    r"article|aside|header|footer|hr|br)\b[^<>]*>",
    re.IGNORECASE,
)
_CELL_TAG = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def plain(html: str) -> str:
    """The words of rendered HTML, one line per block, without permalink signs and back links.

    Meant for HTML that went through `sanitize`; of other HTML it gives words that must still be escaped.
    """
    text = _UNSEEN.sub("", html)
    text = _CELL_TAG.sub(" ", _BLOCK_TAG.sub("\n", text.replace("\n", " ")))
    lines = (squeeze(line) for line in _html.unescape(_TAG.sub("", text)).split("\n"))
    return "\n".join(line for line in lines if line)


_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!])")
_FENCE = re.compile(r"^[ >]*(?:`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_DEFINITION = re.compile(r"^ {0,3}(?:\*?\[[^\]\n]+\]: .*|\[TOC\]|={3,}|-{3,})$", re.MULTILINE)
_TITLED_BLOCK = re.compile(r'^ *(?:!!!|\?\?\?\+?|===[!+]*)(?: +[\w+-]+)* *(?:"([^"\n]*)")? *$', re.MULTILINE)
_LINE_MARK = re.compile(
    r"^[ \t]*(?:(?:>|#{1,6}(?=\s)|[-+*](?=\s)|\d+\.(?=\s)|:(?=\s)|\[[ xX]\](?=\s))[ \t]*)+", re.MULTILINE
)
_CLOSING_HASHES = re.compile(r"(?<![ \t])[ \t]++#++[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^(?=[^\n]*(?:---|\*\*\*|___))[ |:*_-]+$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
_LINK = re.compile(r"\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_NOTE = re.compile(r"\[\^[^\[\]\n]+\]")
_AUTOLINK = re.compile(r"<((?:https?:|mailto:)[^<>\s]+)>")
_ATTRIBUTES = re.compile(r"\{:?[ \t]*[.#][^{}\n]*\}")
_EMPHASIS = re.compile(
    r"(?<![*\s])\*++|(?<!\*)\*++(?=\S)|(?<![^\W_])(?<!_)_++(?=\S)|(?<=[^\s_])_++(?![^\W_])|~~|==|\^\^|`+"
)
_CODE_SPAN = re.compile(r"(?<!`)(`++)([^`]+)\1(?!`)")
_PRIVATE = 0xE000
"""Escaped characters wait in the private use area until the marks are gone."""


def plain_markdown(markdown: str) -> str:
    """The words of Markdown without rendering it, on one line.

    Meant for excerpts and counting: what Material's extensions add is taken off where it is marked plainly,
    nothing is looked up.
    """
    text = _ESCAPED.sub(lambda match: _hide(match.group(1)), markdown)
    text = _CODE_SPAN.sub(lambda match: _hide(match.group(2)), text)
    text = _UNSEEN.sub("", text)
    for mark, words in (
        (_FENCE, ""), (_TITLED_BLOCK, r"\1"), (_DEFINITION, ""), (_RULE, ""), (_LINE_MARK, ""),
        (_CLOSING_HASHES, ""), (_IMAGE, ""), (_NOTE, ""), (_LINK, r"\1"), (_ATTRIBUTES, ""),
        (_AUTOLINK, r"\1"), (_TAG, ""), (_EMPHASIS, ""),
    ):  # fmt: skip
        text = mark.sub(words, text)
    text = _html.unescape(text.replace("|", " "))
    return squeeze("".join(chr(ord(char) - _PRIVATE) if _is_hidden(char) else char for char in text))


def _hide(words: str) -> str:
    """Words of code: no character of theirs is a mark."""
    return "".join(
        chr(_PRIVATE + ord(char)) if ord(char) < 128 and not char.isalnum() else char for char in words
    )


def _is_hidden(char: str) -> bool:
    return _PRIVATE <= ord(char) < _PRIVATE + 128
