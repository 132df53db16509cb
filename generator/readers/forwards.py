"""Mails forwarded within mails: the block that says from whom, when and about what, and what stands below it.

Gmail, Apple Mail and Outlook each write it in their own way, and in the reader's language. It is found by its
lines, in plain text and in HTML alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from generator.text import normalize, squeeze

_LABELS = {
    "from": "from|từ|người gửi|von|de|od|da",
    "date": "date|sent|ngày|ngày gửi|đã gửi|gửi|gửi lúc|thời gian|vào|datum|gesendet|envoyé|le",
    "subject": "subject|chủ đề|tiêu đề|v/v|betreff|objet|asunto",
    "to": "to|cc|bcc|đến|tới|gửi đến|người nhận|an|à|reply-to|trả lời|trả lời đến|đồng gửi|kopie|para",
}
_HEADER = re.compile(
    r"[>\s*]*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")\s*\*?\s*:\*?\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MARKER = re.compile(
    r"[>\s]*(?:[-_=]{2,}\s*)?(?P<words>(?:begin )?forwarded message|forwarded mail|original message|thư gốc|tin nhắn gốc|"
    r"(?:bắt đầu )?(?:thư|tin nhắn|email)(?: đã| được)* chuyển tiếp|chuyển tiếp(?: thư| tin nhắn)?|message transféré|"
    r"weitergeleitete nachricht|ursprüngliche nachricht|message d'origine)\s*:?(?:\s*[-_=]{2,})?\s*:?",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(r"original|gốc|ursprüngliche|origine", re.IGNORECASE)
_LOOKED_AT = 300
_REPLY = re.compile(
    r"(?:on|vào|le|am|ngày|lúc)\b.{5,200}(?:wrote|đã viết|a écrit|schrieb)\s*:\s*", re.IGNORECASE | re.DOTALL
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol "
    "p pre section table tbody td tfoot th thead tr ul br".split()
)
_SKIPPED = frozenset({"script", "style", "head", "title"})


@dataclass(frozen=True, slots=True)
class Forward:
    """The head of a forwarded mail."""

    sender: str
    date: str
    subject: str
    start: int
    """Its first line, the marker included."""
    end: int
    """The line behind its last."""
    sure: bool
    """Whether a marker says that it was forwarded; a reply quotes a mail with the same lines."""


@dataclass(slots=True)
class TreeLine:
    """A line that a tree of HTML shows: its words, the places they begin and end at (an element; whether its tail)."""

    text: str
    first: tuple[HtmlElement, bool]
    last: tuple[HtmlElement, bool]


def find_forward(lines: Sequence[str]) -> Forward | None:
    """The first head of a forwarded mail in the lines of a text."""
    for place in range(min(len(lines), _LOOKED_AT)):
        line = lines[place]
        if len(line) > 300 or not line.strip():
            continue
        if (marker := _MARKER.fullmatch(line)) is not None:
            first = next((n for n in range(place + 1, min(place + 5, len(lines))) if lines[n].strip()), None)
            if first is not None and (found := _read_head(lines, first, 2)) is not None:
                sender, date, subject, end = found
                return Forward(sender, date, subject, place, end, not _ORIGINAL.search(marker.group("words")))
            continue
        match = _HEADER.match(line)
        if match and match.group("from") and (found := _read_head(lines, place, 3)) is not None:
            sender, date, subject, end = found
            return Forward(sender, date, subject, place, end, sure=False)
    return None


def _read_head(lines: Sequence[str], first: int, least: int) -> tuple[str, str, str, int] | None:
    """(from, date, subject, the line behind) of the header lines that begin at a line."""
    found: dict[str, str] = {}
    end = first
    place = first
    while place < min(first + 16, len(lines)):
        line = lines[place]
        match = _HEADER.match(line)
        if match is not None and match.lastgroup is not None:
            name = next(name for name in _LABELS if match.group(name))
            value = squeeze(match.group("value")).strip("* ")
            if not value and place + 1 < len(lines) and not _HEADER.match(lines[place + 1]):
                place += 1  # the value stands on a line of its own
                value = squeeze(lines[place]).strip("*> ")
            if name in found and name != "to":
                break
            found.setdefault(name, value)
            end = place + 1
        elif line.strip(" >\t") and not ("@" in line and "to" in found):
            break
        place += 1
    if "from" not in found or ("date" not in found and "subject" not in found) or len(found) < least:
        return None
    return found["from"], found.get("date", ""), found.get("subject", ""), end


def find_reply(lines: Sequence[str]) -> int | None:
    """The line that begins the quotation of an older mail: `On … wrote:`."""
    for place, line in enumerate(lines[: _LOOKED_AT * 3]):
        if len(line) < 300 and line.rstrip().endswith(":") and _REPLY.fullmatch(line.strip()):
            return place
    return None


def lines_of(root: HtmlElement) -> list[TreeLine]:
    """The lines that a tree shows, without empty ones."""
    lines: list[TreeLine] = []
    pieces: list[str] = []
    places: list[tuple[HtmlElement, bool]] = []

    def close() -> None:
        if text := squeeze(normalize("".join(pieces))):
            lines.append(TreeLine(text, places[0], places[-1]))
        pieces.clear()
        places.clear()

    for element, is_tail, text, is_edge in _walk(root):
        if is_edge:
            close()
        elif text:
            pieces.append(text)
            if text.strip():
                places.append((element, is_tail))
    close()
    return lines


def _walk(root: HtmlElement) -> Iterator[tuple[HtmlElement, bool, str, bool]]:
    """(element, whether its tail, text, whether a line ends here) in the order of the document."""
    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    while stack:
        element, done = stack.pop()
        named = isinstance(element.tag, str)
        block = named and element.tag in _BLOCKS
        if not done:
            if block:
                yield element, False, "", True
            if named and element.tag not in _SKIPPED and element.text:
                yield element, False, element.text, False
            stack.append((element, True))
            if named and element.tag not in _SKIPPED:
                stack.extend((child, False) for child in reversed(element))
            continue
        if block:
            yield element, False, "", True
        if element is not root and element.tail:
            yield element, True, element.tail, False


def cut_before(line: TreeLine) -> None:
    """Take out of the tree everything up to the end of a line."""
    element, is_tail = line.last
    if is_tail:
        parent = element.getparent()
        if parent is None:
            return
        for sibling in [*element.itersiblings(preceding=True), element]:
            parent.remove(sibling)
        parent.text = None
        element = parent
    else:
        element.text = None
    while (parent := element.getparent()) is not None:
        for sibling in list(element.itersiblings(preceding=True)):
            parent.remove(sibling)
        parent.text = None
        element = parent


def cut_from(line: TreeLine) -> None:
    """Take out of the tree a line and everything below it."""
    element, is_tail = line.first
    if is_tail:
        element.tail = None
    else:
        element.text = None
        for child in list(element):
            element.remove(child)
        element.tail = None
    while (parent := element.getparent()) is not None:
        for sibling in list(element.itersiblings()):
            parent.remove(sibling)
        element.tail = None
        element = parent
