"""What Markdown written by a person says of its article: its headline and its blocks.

The writer's own Markdown is kept, since it goes through the gate once it is rendered; only raw HTML and what
would pull in other files is escaped, for a raw file is no place for either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.extract.findings import Findings
from generator.markup import escape, plain_markdown
from generator.markup.blocks import fence
from generator.markup.captions import split_credit_text
from generator.models import Block, BlockKind, Candidate, RawItem
from generator.settings import Settings
from generator.text import excerpt, squeeze

_FENCE = re.compile(r"[ ]{0,3}(?P<mark>`{3,}|~{3,})[ \t]*\{?\.?(?P<language>[\w+#-]{0,20})[^`]*$")
_HEADING = re.compile(r"[ ]{0,3}(?P<level>#{1,6})(?P<text>[ \t].*|)$")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"[ ]{0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$)")
_QUOTE = re.compile(r"[ ]{0,3}>")
_ROW = re.compile(r"[^|]*\|")
_DELIMITERS = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PANEL = re.compile(r"(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+\S")
_DEFINITION = re.compile(
    r"[ ]{0,3}\[(?P<name>[^\]\[^][^\]\[]*)\]:[ \t]*<?(?P<address>[^\s<>]+)>?(?:[ \t]+[\"'(][^\n]*)?$"
)
_REFERENCE = re.compile(r"(?<![\\\]!])\[(?P<words>[^\[\]\n]+)\](?:[ ]?\[(?P<name>[^\[\]\n]*)\])?(?![(\[:])")
_CODE_SPAN = re.compile(r"(?<!`)(`++)[^`]+\1(?!`)")
_RAW_HTML = re.compile(r"<(?=[A-Za-z/!?])(?!(?:https?://|mailto:)[^\s<>]+>|[\w.+-]+@[\w.-]+>)")
_SNIPPET = re.compile(r"-8<-")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]\n]*)\]\((?P<target>[^()\n]*)\)(?:\{[^{}\n]*\})?[ \t]*")


@dataclass(slots=True)
class _Piece:
    """Lines that belong together, and what they are."""

    kind: BlockKind
    lines: list[str]
    level: int = 0
    language: str = ""


def find(item: RawItem, settings: Settings) -> Findings:
    """The headline as a candidate, and the blocks. Never raises for what the text may hold."""
    del settings  # the field rooms know the sources
    definitions, lines = _take_definitions(item.text.split("\n"))
    pieces = list(_cut(lines))
    findings = Findings()
    first = next((place for place, piece in enumerate(pieces) if piece.level == 1), None)
    if first is not None:
        words = plain_markdown(pieces[first].lines[0])
        only = sum(1 for piece in pieces if piece.level == 1) == 1
        if words and (first == 0 or only):
            findings.titles.append(
                Candidate(words, "first-level heading", excerpt(words), 0.9 if first == 0 else 0.75)
            )
            del pieces[first]
    findings.body = tuple(block for piece in pieces for block in _make(piece, definitions))
    return findings


# ------------------------------------------------------------------------------------- structure


def _take_definitions(lines: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """(addresses of reference links by name, the other lines). A blank line takes a definition's place."""
    definitions: dict[str, str] = {}
    others: list[str] = []
    closing = ""
    for line in lines:
        opening = _FENCE.match(line)
        if closing:
            closing = (
                "" if line.strip().startswith(closing) and not line.strip().strip(closing[0]) else closing
            )
        elif opening:
            closing = opening["mark"]
        elif match := _DEFINITION.match(line):
            definitions.setdefault(squeeze(match["name"]).lower(), match["address"])
            others.append("")
            continue
        others.append(line)
    return definitions, others


def _cut(lines: Sequence[str]) -> Iterator[_Piece]:
    """Lines → pieces, by Python-Markdown's rules for blocks."""
    place = 0
    while place < len(lines):
        line = lines[place]
        if not line.strip():
            place += 1
            continue
        stop, piece = _read_piece(lines, place)
        if piece is not None:
            yield piece
        place = max(stop, place + 1)


def _read_piece(lines: Sequence[str], place: int) -> tuple[int, _Piece | None]:
    """(line after the piece that begins here, the piece or None for a rule)."""
    line = lines[place]
    following = lines[place + 1] if place + 1 < len(lines) else ""
    if opening := _FENCE.match(line):
        return _read_fence(lines, place, opening["mark"], opening["language"])
    if heading := _HEADING.match(line):
        return place + 1, _Piece(
            BlockKind.HEADING, [heading["text"].strip().rstrip("#").rstrip()], len(heading["level"])
        )
    if _RULE.match(line):
        return place + 1, None
    if line.startswith(("    ", "\t")):
        stop = _until(lines, place, lambda text: not text.strip() or text.startswith(("    ", "\t")))
        code = [text[1:] if text.startswith("\t") else text[4:] for text in lines[place:stop]]
        return stop, _Piece(BlockKind.CODE, code)
    if _QUOTE.match(line):
        stop = _until(lines, place, lambda text: bool(text.strip()))
        return stop, _Piece(BlockKind.QUOTE, list(lines[place:stop]))
    if _ITEM.match(line):
        stop = _end_of_list(lines, place)
        return stop, _Piece(BlockKind.LIST, _trim(lines[place:stop]))
    if _ROW.match(line) and "|" in line and _DELIMITERS.match(following) and "-" in following:
        stop = _until(lines, place, lambda text: "|" in text)
        return stop, _Piece(BlockKind.TABLE, list(lines[place:stop]))
    if _PANEL.match(line):
        stop = _until(lines, place + 1, lambda text: not text.strip() or text.startswith(("    ", "\t")))
        return stop, _Piece(BlockKind.PARAGRAPH, _trim(lines[place:stop]))
    if underline := _UNDERLINE.match(following):
        return place + 2, _Piece(BlockKind.HEADING, [line.strip()], 1 if underline[1][0] == "=" else 2)
    stop = _until(
        lines,
        place + 1,
        lambda text: bool(text.strip()) and not _HEADING.match(text) and not _FENCE.match(text),
    )
    return stop, _Piece(BlockKind.PARAGRAPH, list(lines[place:stop]))


def _read_fence(lines: Sequence[str], place: int, mark: str, language: str) -> tuple[int, _Piece]:
    stop = place + 1
    while stop < len(lines):
        line = lines[stop].strip()
        if line.startswith(mark) and not line.strip(mark[0]):
            break
        stop += 1
    return stop + 1, _Piece(BlockKind.CODE, list(lines[place + 1 : stop]), language=language)


def _until(lines: Sequence[str], place: int, belongs: Callable[[str], bool]) -> int:
    while place < len(lines) and belongs(lines[place]):
        place += 1
    return place


def _end_of_list(lines: Sequence[str], place: int) -> int:
    """A list goes on over blank lines while items or indented lines follow."""
    stop = place + 1
    while stop < len(lines):
        line = lines[stop]
        if line.strip():
            if lines[stop - 1].strip() or _ITEM.match(line) or line.startswith(("    ", "\t")):
                if _HEADING.match(line) or _FENCE.match(line):
                    break
                stop += 1
                continue
            break
        stop += 1
    return stop


def _trim(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


# ---------------------------------------------------------------------------------------- blocks


def _make(piece: _Piece, definitions: dict[str, str]) -> Iterator[Block]:
    if piece.kind is BlockKind.CODE:
        text = "\n".join(_trim(piece.lines))
        if text.strip():
            yield Block(BlockKind.CODE, text, fence(text, piece.language))
        return
    source = "\n".join(_guard(line, definitions) for line in piece.lines).strip("\n")
    if piece.kind is BlockKind.HEADING:
        words = plain_markdown(source)
        if words:  # the page's own headline is its only one of the first level
            yield Block(BlockKind.HEADING, words, f"{'#' * max(2, piece.level)} {source.strip()}")
        return
    if piece.kind is BlockKind.PARAGRAPH and _PICTURE.match(source) and not _PICTURE.sub("", source).strip():
        yield from _captions(source)
        return
    words = _words(piece.kind, source)
    if words:
        yield Block(piece.kind, words, source)


def _words(kind: BlockKind, source: str) -> str:
    """Visible words; items and rows on lines of their own."""
    if kind is BlockKind.PARAGRAPH:
        return plain_markdown(source)
    lines = source.split("\n")
    if kind is BlockKind.TABLE:
        rows = [line for number, line in enumerate(lines) if number != 1]
        cells = (
            [plain_markdown(cell) for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))] for row in rows
        )
        return "\n".join(" | ".join(cell for cell in row if cell) for row in cells)
    return "\n".join(words for line in lines if (words := plain_markdown(line)))


def _captions(source: str) -> Iterator[Block]:
    """Captions of a paragraph that holds nothing but pictures."""
    for match in _PICTURE.finditer(source):
        text, credit = split_credit_text(plain_markdown(match["alt"]))
        if text or credit:
            yield Block(BlockKind.CAPTION, text, escape(text), credit)


def _guard(line: str, definitions: dict[str, str]) -> str:
    """A line with raw HTML and snippets escaped and its reference links written out, code spans apart."""
    parts: list[str] = []
    place = 0
    for span in _CODE_SPAN.finditer(line):
        parts += [
            _guard_words(line[place : span.start()], definitions),
            _SNIPPET.sub("-8&lt;-", span.group()),
        ]
        place = span.end()
    return "".join([*parts, _guard_words(line[place:], definitions)])


def _guard_words(words: str, definitions: dict[str, str]) -> str:
    words = _SNIPPET.sub("-8&lt;-", _RAW_HTML.sub("&lt;", words))
    if not definitions or "[" not in words:
        return words

    def write_out(match: re.Match[str]) -> str:
        address = definitions.get(squeeze(match["name"] or match["words"]).lower())
        return f"[{match['words']}]({address})" if address else match.group()

    return _REFERENCE.sub(write_out, words)
