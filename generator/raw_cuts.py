"""One article cut out of the bytes of a raw file that holds several; every other byte stays as it was received.

Where the article stands is found by shape alone (elements of a feed, members of a JSON list), so that a feed needs not
be well-formed for it. What makes the cut safe is the second reading: the file is read again without the article, and
the cut counts only where exactly this one is gone and the others say what they said before.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from generator import readers
from generator.errors import ProblemError, RawError
from generator.models import Problem, RawItem

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_TOKEN = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|"
    r"<(?P<close>/?)(?P<name>(?:[\w.-]+:)?(?:item|entry))(?=[\s/>])(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*>",
    re.DOTALL,
)
_LISTS = ("items", "@graph")
"""Keys of a JSON document under which its articles stand."""
_DATES = frozenset({"date", "fetched"})

Kind: TypeAlias = Literal["elements", "members", "lines"]


@dataclass(frozen=True, slots=True)
class Cut:
    """A raw file without one of its articles."""

    data: bytes
    redated: tuple[str, ...] = ()
    """Raw ids of other articles whose date is now judged otherwise: whether a date is the moment of the feed's making
    shows only in many items."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the articles of a file stand in its text."""

    kind: Kind
    text: str
    spans: tuple[tuple[int, int], ...]

    def only(self, place: int) -> str:
        """The file as it were with one article alone."""
        start, end = self.spans[place]
        one = self.text[start:end]
        if self.kind == "lines":
            return f"[{one}]"
        return self.text[: self.spans[0][0]] + one + self.text[self.spans[-1][1] :]

    def without(self, place: int) -> _Layout:
        """The file without one article, and without the comma or line that parted it from its neighbour."""
        start, end = self.spans[place]
        if self.kind == "elements":
            start = _line_start(self.text, start)
        elif place + 1 < len(self.spans):
            end = self.spans[place + 1][0]
        elif place:
            start = self.spans[place - 1][1]
        text = self.text[:start] + self.text[end:]
        gone = end - start
        spans = (*self.spans[:place], *((one - gone, other - gone) for one, other in self.spans[place + 1 :]))
        return replace(self, text=text, spans=spans)

    def whole(self) -> str:
        """The text to be kept. One line of JSON alone would be read as a file that is one article: a list of one is
        not."""
        if self.kind == "lines" and len(self.spans) == 1:
            start, end = self.spans[0]
            return f"{self.text[:start]}[{self.text[start:end]}]{self.text[end:]}"
        return self.text


def cut_item(path: str, data: bytes, raw: str) -> Cut:
    """The raw file without the article `raw` (`path#item`), of several that it holds.

    Raises:
        RawError: the file cannot be read, the article is not in it, or cannot be told apart from the others.
    """
    before = readers.read(path, data).items
    target = next((item for item in before if item.raw == raw), None)
    if target is None:
        raise _refuse(path, raw, "it is not in the file")
    codec = _codec_of(data)
    text = data.decode(codec, "surrogatepass")
    layout = _find_elements(text) or _find_values(text)
    if layout is None or len(layout.spans) < 2 or text.encode(codec, "surrogatepass") != data:
        raise _refuse(path, raw, "the file has no list of articles that a program may cut")
    for places in _guesses(path, layout, codec, before, target):
        rest = layout
        for place in sorted(places, reverse=True):
            rest = rest.without(place)
        new = rest.whole().encode(codec, "surrogatepass")
        redated = _compare(path, new, [item for item in before if item.raw != raw])
        if redated is not None:
            return Cut(new, redated)
    raise _refuse(path, raw, "without it the other articles would be read otherwise")


def _refuse(path: str, raw: str, why: str) -> RawError:
    item = raw.removeprefix(f"{path}#")
    return RawError(Problem(path, f"the article `{item}` could not be cut out of the file: {why}",
                            "open the file and delete the article's words by hand", rule="takedown-raw"))  # fmt: skip


def _codec_of(data: bytes) -> str:
    """A codec in which the signs of XML and JSON can be found, and which gives the same bytes back: one character a
    byte, but for UTF-16 and UTF-32."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec
    if b"\x00" in data and len(data) % 2 == 0:
        return "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
    return "latin-1"


# ------------------------------------------------------------------------------------------- shapes


def _find_elements(text: str) -> _Layout | None:
    """The `<item>`s or `<entry>`s of a feed; one that is never closed is none."""
    if not text.lstrip("\ufeffï»¿ \t\r\n").startswith("<"):
        return None
    spans: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for token in _TOKEN.finditer(text):
        name = token["name"]
        if name is None:
            continue
        if not token["close"]:
            opened = None if token[0].endswith("/>") else (token.start(), name)
        elif opened is not None and opened[1] == name:
            spans.append((opened[0], token.end()))
            opened = None
    return _Layout("elements", text, tuple(spans)) if spans else None


def _find_values(text: str) -> _Layout | None:
    """The members of a JSON document's list, or its lines."""
    try:
        start = _after_space(text, 3 if text.startswith("ï»¿") else 1 if text.startswith("\ufeff") else 0)
        if text[start] == "[":
            return _Layout("members", text, tuple(_members(text, start)))
        _, end = _DECODER.raw_decode(text, start)
        if _after_space(text, end) < len(text):
            return _Layout("lines", text, tuple(_lines(text, start)))
        place = next(
            (place for key, place in _keys(text, start) if key in _LISTS and text[place] == "["), None
        )
        return None if place is None else _Layout("members", text, tuple(_members(text, place)))
    except (ValueError, IndexError, RecursionError):
        return None


_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[ \t\r\n]*")


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    assert match is not None, "nothing is white space too"
    return match.end()


def _members(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The spans of a list's members; `start` is its bracket."""
    place = _after_space(text, start + 1)
    while text[place] != "]":
        _, end = _DECODER.raw_decode(text, place)
        yield place, end
        place = _after_space(text, end)
        if text[place] == ",":
            place = _after_space(text, place + 1)


def _lines(text: str, place: int) -> Iterator[tuple[int, int]]:
    while place < len(text):
        _, end = _DECODER.raw_decode(text, place)
        yield place, end
        place = _after_space(text, end)


def _keys(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The keys of an object, each with the place of its value; `start` is its brace."""
    place = _after_space(text, start + 1)
    while text[place] != "}":
        key, end = _DECODER.raw_decode(text, place)
        value = _after_space(text, _after_space(text, end) + 1)
        yield str(key), value
        _, end = _DECODER.raw_decode(text, value)
        place = _after_space(text, end)
        if text[place] == ",":
            place = _after_space(text, place + 1)


def _line_start(text: str, place: int) -> int:
    """The end of the line above, where nothing but space stands between."""
    start = place
    while start and text[start - 1] in " \t":
        start -= 1
    if not start or text[start - 1] != "\n":
        return place
    return start - 2 if text[start - 2 : start - 1] == "\r" else start - 1


# ----------------------------------------------------------------------------------------- judgement


def _guesses(
    path: str, layout: _Layout, codec: str, before: Sequence[RawItem], target: RawItem
) -> Iterator[tuple[int, ...]]:
    """The places at which the article may stand, the likeliest first: by number, by its words, all at which its words
    stand (a feed may bring an item twice)."""
    if len(layout.spans) == len(before):
        yield (before.index(target),)
    same = [
        place
        for place in range(len(layout.spans))
        if any(_is_same(item, target) for item in _read(path, layout.only(place), codec))
    ]
    if same:
        yield tuple(same)
    if len(same) > 1:
        yield from ((place,) for place in same)


def _read(path: str, text: str, codec: str) -> tuple[RawItem, ...]:
    try:
        return readers.read(path, text.encode(codec, "surrogatepass")).items
    except ProblemError:
        return ()


def _is_same(one: RawItem, other: RawItem) -> bool:
    return (one.text, one.url, _said(one, "title")) == (other.text, other.url, _said(other, "title"))


def _said(item: RawItem, field: str) -> tuple[str, ...]:
    return tuple(one.value for one in item.statements if one.field == field)


def _compare(path: str, data: bytes, expected: Sequence[RawItem]) -> tuple[str, ...] | None:
    """The articles whose date is judged otherwise; None where the file does not hold exactly what is expected."""
    try:
        found = readers.read(path, data).items
    except ProblemError:
        return None
    if [_identity(item) for item in found] != [_identity(item) for item in expected]:
        return None
    return tuple(one.raw for one, other in zip(found, expected, strict=True) if one != other)


def _identity(item: RawItem) -> tuple[object, ...]:
    """All that an item says, but for what its date is taken for."""
    said = tuple(one for one in item.statements if one.field not in _DATES)
    dates = sorted(one.value for one in item.statements if one.field in _DATES)
    return (replace(item, statements=said), tuple(dates))
