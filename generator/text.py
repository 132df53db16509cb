"""Vietnamese text: one form of Unicode, matching keys, syllables, order, cutting.

Functions that make a key keep the length of an NFC text, so that a place found in the key is the same
place in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

_TONE_PLACES = {"oa": "òa óa ỏa õa ọa", "oe": "òe óe ỏe õe ọe", "uy": "ùy úy ủy ũy ụy"}
_NEW_STYLE = {"oa": "oà oá oả oã oạ", "oe": "oè oé oẻ oẽ oẹ", "uy": "uỳ uý uỷ uỹ uỵ"}
_OLD_OF_NEW = {
    case(new): case(old)
    for pair, olds in _TONE_PLACES.items()
    for new, old in zip(_NEW_STYLE[pair].split(), olds.split(), strict=True)
    for case in (str.lower, str.title, str.upper)
}
_TONE_PATTERN = re.compile("(?:" + "|".join(_OLD_OF_NEW) + r")(?!\w)")

# C0, C1 but TAB and LF; zero-width, bidi controls, BOM, soft hyphen; non-characters; lone surrogates.
_CONTROL = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_WIDE_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_UNCLEAN = re.compile(f"[{_WIDE_SPACES}{_CONTROL.pattern[1:-1]}]")
# What needs no work but NFC. A run of these is told faster than the first character that is none.
_CLEAN = re.compile(f"[^{_WIDE_SPACES}{_CONTROL.pattern[1:-1]}]*+")
_SEPARATORS = (("\u0085", "\n"), ("\u2028", "\n"), ("\u2029", "\n\n"))
_REMEMBERED = 2000
"""Characters of the longest text that an answer is kept for."""
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")

# Letters in the order of a Vietnamese dictionary; tones count only where the letters are the same.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{place:02d}" for place, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def remember(judge: Callable[[str], T]) -> Callable[[str], T]:
    """A pure function of a line that keeps its last answers: finders ask the same of one line many times.

    Long texts are judged anew each time, so that a hostile file does not fill the memory.
    """
    known = lru_cache(maxsize=1024)(judge)

    @wraps(judge)
    def answer(text: str) -> T:
        return known(text) if len(text) <= _REMEMBERED else judge(text)

    return answer


def normalize(text: str) -> str:
    """NFC, LF line ends, no control, bidi or zero-width characters; NBSP and its like become spaces.

    Every raw text goes through here once, in its reader.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for separator, line_ends in _SEPARATORS:
        text = text.replace(separator, line_ends)
    if not _CLEAN.fullmatch(text):
        text = _UNCLEAN.sub(
            lambda found: " " if found.group().isspace() and found.group() > "\x9f" else "", text
        )
    return unicodedata.normalize("NFC", text)  # which hands back a text that is NFC already


def squeeze(text: str) -> str:
    """One line, single spaces, trimmed."""
    return " ".join(text.split())


def fold_tone_place(text: str) -> str:
    """The old place of the tone mark where both are in use: hoà → hòa, uỷ → ủy. Length is kept.

    Only at the end of a syllable: `hoàn` and `quỳnh` are written in one way.
    """
    return _TONE_PATTERN.sub(lambda match: _OLD_OF_NEW[match.group()], text)


def match_key(text: str) -> str:
    """Key under which two spellings of the same words are equal: NFC, lower case, tone place folded."""
    return fold_tone_place(unicodedata.normalize("NFC", text).lower())


def strip_marks(text: str) -> str:
    """Letters without marks, đ as d: `Gìn giữ hòa bình` → `Gin giu hoa binh`."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> Iterator[re.Match[str]]:
    """The words (Vietnamese: syllables) of a text, as matches with their places."""
    return _WORD.finditer(text)


def count_words(text: str) -> int:
    """Number of words as Vietnamese editors count them: syllables between spaces."""
    return len(_WORD.findall(text))


def sort_key(text: str) -> tuple[str, str, str]:
    """Key that sorts as a Vietnamese dictionary does: a ă â b … d đ … with tones as the last difference."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", text).lower():
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES[mark] for mark in parts if mark in _TONES), "0")
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        if base in _RANK:
            letters.append("~" + _RANK[base])
            tones.append(tone)
        elif base.isspace():
            letters.append(" ")
        else:
            plain = strip_marks(base)
            letters.append("~" + _RANK[plain] if plain in _RANK else base)
            tones.append(tone)
    return "".join(letters), "".join(tones), text


def first_letter(text: str) -> str:
    """The letter of the A–Z index a label stands under: Ă, Â, Đ are letters of their own; `#` for the rest."""
    for char in unicodedata.normalize("NFC", text).lower():
        parts = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        return base.upper() if base in _RANK else "#"
    return "#"


def cut_words(text: str, limit: int) -> str:
    """The text's beginning of at most `limit` words, cut after a sentence; cut after a word, with an
    ellipsis, where the first sentence alone is longer. Unchanged where it fits; empty for a limit of 0."""
    ends = [match.end() for match in words(text)]
    if len(ends) <= limit:
        return text
    if limit <= 0:
        return ""
    room = ends[limit - 1]
    stop = 0
    for match in _SENTENCE_END.finditer(text):
        if count_words(text[: match.end()]) > limit:
            break
        stop = match.end()
    return text[:stop].rstrip() if stop else text[:room].rstrip(" ,;:–-") + "…"


def excerpt(text: str, length: int = 200) -> str:
    """One line of at most `length` characters, cut between words, for messages and evidence."""
    line = squeeze(text)
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


_ORDERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Words of a page, or a file's name, as a terminal or the log of a CI run may show them: no line end, no colour, no
    change of direction that somebody put there on purpose, and nothing that UTF-8 cannot write."""
    return _ORDERS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
