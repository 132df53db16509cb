"""Plain text as Markdown that renders to the same words.

Python-Markdown honours a backslash only in its inline pass and only before sixteen characters; its
preprocessors (critic, snippets, fences) and the tables, math and tilde extensions look at the raw line. So a
backslash is used where it is both honoured and easy to read, and an entity elsewhere. Entities are named where
there is a name, for readability, and otherwise hexadecimal: a decimal `&#94;` holds `#94`, which magiclink takes
for an issue number. No escape may produce `\\[` or `\\(`: arithmatex would read mathematics.
"""

from __future__ import annotations

import re

_BACKSLASH = frozenset("*_`#+-.!")
_NAMED = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "[": "&lbrack;", "]": "&rbrack;", "(": "&lpar;", ")": "&rpar;",
    "{": "&lbrace;", "|": "&vert;", "\\": "&bsol;", "$": "&dollar;", "^": "&Hat;", "=": "&equals;",
    ":": "&colon;", "@": "&commat;", "/": "&sol;", "?": "&quest;",
}  # fmt: skip

_SPECIAL = re.compile(
    r"""
    (?=[\\*`^~$|{<@&_\[\](:+=!?\#>/.)-])(?:         # the characters below, to be done with the others fast
      [\\*`^~$|{<@]                                 # always markup to some extension
    | &(?=[\#\w])                                   # an entity
    | (?<![^\W_])_ | _(?![^\W_])                    # emphasis; snake_case is left alone by every dialect
    | \[(?=[\^\[=!] | TOC\])                        # footnote, wiki link, progress bar, callout, contents
    | \](?=\s?\[ | [(:])                            # link, reference, definition
    | \((?=(?:tm|c|r)\))                            # smart symbols
    | :(?=//) | :(?=[+\-\w]+:)(?!\d{1,2}:)          # bare address, emoji (a time of day is none)
    | \+(?=\+|/-) | (?<=\+)\+                       # keys, ±
    | =(?==|/=) | (?<==)=                           # marked text, ≠
    | !(?=[\[1-9]) | \?(?=[1-9]) | \#(?=[\#\s1-9]|$)      # image, references, heading
    | (?<=-)>                                       # arrow
    | /(?=//) | (?<=(?<![^\W_])c)/(?=o(?![^\W_]))   # block, ℅
    | (?<=(?<!\d)1)/(?=[234568](?!\d)) | (?<=(?<!\d)2)/(?=[35](?!\d)) | (?<=(?<!\d)3)/(?=[458](?!\d))
    | (?<=(?<!\d)4)/(?=5(?!\d)) | (?<=(?<!\d)5)/(?=[68](?!\d)) | (?<=(?<!\d)7)/(?=8(?!\d))      # fractions
    | (?<=[wW][wW][wW])\.                           # bare address
    | ^(?: [\[>=:\#] | !(?=!!) | \?(?=\?\?) | [-+](?=\s|-|$) )                                  # block markers
    | (?<=^\d)[.)](?=\s|$)                          # numbered list
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
# A pattern that begins with a set of characters is searched for many times faster than one with an assertion.
_ORDINAL = re.compile(
    r"[tsnr](?<=\d.)(?:(?<=t)(?=h(?![^\W_]))|(?<=s)(?=t(?![^\W_]))|(?<=[nr])(?=d(?![^\W_])))"
)
# The second of the forty digits: a changed first one would make emphasis of an underscore before it.
_COMMIT = re.compile(r"[a-f\d](?=[a-f\d]{38}(?![a-zA-Z\d]))(?<=[a-f\d].)(?<![a-zA-Z\d]..)")
_MARK = re.compile(r"[\\*`^~$|{<@&_\[\](:+=!?\#>/]")
_LINE_STARTS = frozenset("-+0123456789")
_WWW = re.compile(r"[wW]{3}\.")
_MAY_BE_ORDINAL = re.compile(r"\d(?:th|st|nd|rd)")
# Forty in a row leave four in a row in every tenth character, where a look costs a tenth.
_HEXADECIMAL = re.compile(r"[a-f\d]{4}")
_NUMBERED = re.compile(r"^(\d{2,})([.)])(?=\s|$)", re.MULTILINE)
_LINE_EDGES = re.compile(r"(?<![ \t\f\v])[ \t\f\v]*+\n\s*")
_UNSEEN = "\x00\x02\x03"  # NUL, and the two Python-Markdown keeps for itself


def _escape_char(char: str) -> str:
    if char in _BACKSLASH:
        return "\\" + char
    return _NAMED.get(char) or f"&#x{ord(char):x};"


def escape(text: str) -> str:
    """Plain text as the Markdown of one paragraph (or heading, list item, cell) with the same visible words.

    Line ends stay, blank lines and indents do not: they would end the paragraph or make code of it. Holds under
    every extension that Material recommends, whether it is switched on or not.
    """
    for char in _UNSEEN:
        text = text.replace(char, "")
    text = text.strip()
    if "\n" in text:
        text = _LINE_EDGES.sub("\n", text)
    # Nearly all prose needs the long pattern at a few marks only; it is asked there, and goes over the whole text
    # where the beginning of a line or a bare address may matter.
    address = ("w." in text or "W." in text) and _WWW.search(text)
    if address or "\n" in text or text[:1] in _LINE_STARTS:
        text = _SPECIAL.sub(_escape_match, text)
        text = _NUMBERED.sub(lambda match: match.group(1) + _escape_char(match.group(2)), text)
    else:
        text = _MARK.sub(_escape_mark, text)
    if _MAY_BE_ORDINAL.search(text):
        text = _ORDINAL.sub(_escape_match, text)
    return _COMMIT.sub(_escape_match, text) if _HEXADECIMAL.search(text[::10]) else text


def _escape_mark(match: re.Match[str]) -> str:
    return _escape_char(match.group()) if _SPECIAL.match(match.string, match.start()) else match.group()


def _escape_match(match: re.Match[str]) -> str:
    return _escape_char(match.group())
