"""Old Vietnamese font encodings: TCVN3 (ABC), VNI-Windows, VISCII and VIQR recognised by the whole of a text.

They come as bytes of no known encoding, and most often as good Unicode whose characters are the Latin-1 letters that
the old font drew as Vietnamese ones: `Bé C«ng an`, `Boä Coâng an`. No letter proves them. So the words are read under
each table, and the table that turns nearly all of them into Vietnamese syllables, which they are not as they stand,
is right. TCVN3 and VNI keep capital letters in a font of their own or lose them: such a text is not converted.

Tables: TCVN 5712:1993 (VN3), VNI Software's Windows fonts, RFC 1456 (VISCII, VIQR).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from generator.readers.syllables import is_syllable

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
# A vowel and the letter behind it that carries its tone, shape or both; some stand alone.
_TONES = dict(zip("ùøûõïÙØÛÕÏ", "\u0301\u0300\u0309\u0303\u0323" * 2, strict=True))
_VNI_SHAPES = {
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_SHAPES |= {mark.upper(): parts for mark, parts in _VNI_SHAPES.items()}
_VNI_LETTERS = {
    "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ",
    "Ô": "Ơ", "Ö": "Ư", "Í": "Í", "Ì": "Ì", "Æ": "Ỉ", "Ó": "Ĩ", "Ò": "Ị", "Î": "Ỵ", "Ñ": "Đ", "Ð": "Đ",
}  # fmt: skip
_VISCII = dict(
    zip(
        map(chr, range(0x80, 0x100)),
        "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
        strict=True,
    )
)
_VIQR = re.compile(r"([aeou])([(^+]?)(['`?~.]?)|(dd)|([iy])(['`?~.])", re.IGNORECASE)
_VIQR_MARKS = {
    "(": "\u0306", "^": "\u0302", "+": "\u031b", "'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303",
    ".": "\u0323", "": "",
}  # fmt: skip


def _from_tcvn3(word: str) -> str:
    return "".join(char if char < "\x80" else _TCVN3.get(char, "\ufffd") for char in word)


def _from_viscii(word: str) -> str:
    return "".join(_VISCII.get(char, char) for char in word)


def _from_vni(word: str) -> str:
    made: list[str] = []
    for char in word:
        before = made[-1] if made else ""
        if char < "\x80":
            made.append(char)
        elif (char in _VNI_SHAPES and before and before in "aeoAEO") or (
            char in _TONES and before in _CARRIERS
        ):
            made[-1] = unicodedata.normalize("NFC", before + (_VNI_SHAPES.get(char) or _TONES[char]))
        else:
            made.append(_VNI_LETTERS.get(char, "\ufffd"))
    return "".join(made)


_CARRIERS = frozenset("aeouyơưAEOUYƠƯ")


def _from_viqr(word: str) -> str:
    def put(match: re.Match[str]) -> str:
        vowel, shape, tone, dd, other, other_tone = match.groups()
        if dd:
            return "đ"
        return str(vowel or other) + _VIQR_MARKS[shape or ""] + _VIQR_MARKS[tone or other_tone or ""]

    # A question mark or a full stop behind the word may be just that.
    whole = unicodedata.normalize("NFC", _VIQR.sub(put, word))
    return whole if is_syllable(whole) else unicodedata.normalize("NFC", _VIQR.sub(put, word.rstrip(".?'~")))


@dataclass(frozen=True, slots=True)
class _Encoding:
    """One old encoding: how its words look and what they say."""

    name: str
    trigger: re.Pattern[bytes]
    """What other text hardly has: a cheap look before the words are judged."""
    words: re.Pattern[str]
    decode: Callable[[str], str]


def _bytes(pattern: str) -> re.Pattern[bytes]:
    return re.compile(pattern.encode("latin-1"), re.DOTALL)


_LATIN_WORD = re.compile("[A-Za-z¡-¬\u00ad®-ÿ]+")
_OLD = (
    _Encoding("TCVN3 (ABC)", _bytes("[§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞß](?:(?<=[a-zA-Z].)|(?<=[§«®])(?=[a-zµ-þ]))"),
              _LATIN_WORD, _from_tcvn3),
    _Encoding("VNI-Windows", _bytes("[ùøûõïåäüëâáàãêÙØÛÕÏÅÄÜËÂÁÀÃÊ](?:(?<=[aeouyöôAEOUYÖÔ][ùøûõïåäüëÙØÛÕÏÅÄÜË])|(?<=[aA].))"),
              _LATIN_WORD, _from_vni),
    _Encoding("VIQR", _bytes(r"\^(?<=[aeoAEO].)"), re.compile(r"[A-Za-z(^+'`?~.]+"), _from_viqr),
)  # fmt: skip
_VISCII_ENCODING = _Encoding("VISCII", _bytes("[\x80-\xff]"), re.compile("[A-Za-z\x80-\xff]+"), _from_viscii)
_SAMPLE = 1000
_AROUND = 12
_HIGH = bytes(range(0xA1, 0x100))
_SPARSE = 5000
"""Characters of a text for which one suspicious place is nothing: scripts of a web page have some."""
_CONVERT = (
    "convert it to Unicode (UniKey: Ctrl+Shift+F6, from {} to Unicode), or copy the article again from a page that is "
    "Unicode; then save it as UTF-8"
)
HINTS = {
    name: _CONVERT.format(unikey)
    for name, unikey in (
        ("TCVN3 (ABC)", "TCVN3 (ABC)"), ("VNI-Windows", "VNI Windows"), ("VIQR", "VIQR"), ("VISCII", "VISCII"),
    )
}  # fmt: skip
"""What to do, by encoding."""
_ENTITY = re.compile(
    b"&(?:reg|shy|laquo|raquo|ordf|cedil|micro|para|middot|sup1|frac..|copy|uml|not|macr|oslash|ucirc|aring|auml|euml"
    b"|uuml|ouml|ntilde|acirc|#1[6-9][0-9]|#2[0-5][0-9]);(?=[a-z])",
    re.IGNORECASE,
)
_UNICODE = re.compile("[Ā-\u02ff\u0300-\u036fḀ-ỿ]")
_PLAIN = re.compile(r"[A-Za-z]+[.?']?")
_PIECE = re.compile(r"<[^<>]*>|\n")


@dataclass(frozen=True, slots=True)
class Legacy:
    """An old encoding found in a text."""

    encoding: str
    words: str
    """The first words in it, as they stand."""
    whole: bool
    """Whether the text as a whole is in it, or some lines of a text that is otherwise good."""


@dataclass(slots=True)
class _Count:
    """Words of a piece of text under one encoding."""

    words: int = 0
    good: int = 0
    """Syllables once decoded."""
    marked: int = 0
    """Words that the encoding changes."""
    marked_good: int = 0
    as_is: int = 0
    """Marked words that are syllables as they stand, too."""

    def add(self, other: _Count) -> None:
        self.words += other.words
        self.good += other.good
        self.marked += other.marked
        self.marked_good += other.marked_good
        self.as_is += other.as_is

    def speaks_for_it(self, least: int) -> bool:
        return (
            self.marked >= least
            and 5 * self.marked >= self.words
            and 100 * self.marked_good >= 88 * self.marked
            and 4 * self.good >= 3 * self.words
            and 10 * self.as_is <= 6 * self.marked
        )


def find_legacy(text: str) -> Legacy | None:
    """The old Vietnamese encoding of a text or of some of its lines, None for other text.

    The text may be HTML. Must come before control characters and soft hyphens are taken out.
    """
    least = max(3, len(text) // _SPARSE)
    data = text.encode("latin-1", "replace")  # bytes are searched several times as fast
    if b"&" in data and _has(_ENTITY, data, least):
        text = html.unescape(text)
        data = text.encode("latin-1", "replace")
    if b"^" not in data and len(data) - len(data.translate(None, _HIGH)) < 2 * least:
        return None
    pieces: tuple[str, ...] | None = None
    for encoding in _OLD:
        if _has(encoding.trigger, data, least) and _is_likely(encoding, data):
            pieces = tuple(_pieces(text)) if pieces is None else pieces
            if found := _judge(encoding, pieces):
                return found
    return None


def _is_likely(encoding: _Encoding, data: bytes) -> bool:
    """Whether the suspicious words alone, of those there are most of, become syllables: most are none in French or
    German, so that the words of their pages need not be judged one by one."""
    hits = good = 0
    for hit in islice(encoding.trigger.finditer(data), _SAMPLE):
        start = max(0, hit.start() - _AROUND)
        around = data[start : hit.start() + _AROUND].decode("latin-1")
        place = hit.start() - start
        word = next(
            (one for one in encoding.words.finditer(around) if one.start() <= place < one.end()), None
        )
        hits += 1
        good += word is not None and is_syllable(encoding.decode(word.group()))
    return 2 * good >= hits


def _has(pattern: re.Pattern[bytes], data: bytes, least: int) -> bool:
    return any(True for _ in islice(pattern.finditer(data), least - 1, None))


def decode_viscii(data: bytes, *, sure: bool = False) -> str | None:
    """VISCII bytes as text, None where the words do not speak for it. `sure`: the file says so itself."""
    text = data.decode("latin-1")
    if sure or _judge(_VISCII_ENCODING, tuple(_pieces(text))):
        return text.translate(_VISCII_TABLE)
    return None


_VISCII_TABLE = {ord(char): to for char, to in _VISCII.items()} | {
    0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ",
}  # fmt: skip


def _judge(encoding: _Encoding, pieces: Sequence[str]) -> Legacy | None:
    known: dict[str, tuple[bool, bool, bool]] = {}
    old, short, good_words = _Count(), _Count(), 0
    first = ""
    for piece in pieces:
        count = _count(encoding, piece, known)
        if count is None:
            good_words += len(piece.split())
        elif count.words >= 5 and count.speaks_for_it(3):
            old.add(count)
            first = first or piece
        elif count.marked and count.words < 5:
            short.add(count)  # a name, a heading: too few words to tell
        elif count.marked:
            good_words += count.words
    if not old.words:
        old, first = short, pieces[0] if pieces else ""
    if not old.speaks_for_it(6 if old is short else 4):
        return None
    return Legacy(encoding.name, " ".join(first.split()[:6]), whole=old.words >= good_words)


def _count(encoding: _Encoding, piece: str, known: dict[str, tuple[bool, bool, bool]]) -> _Count | None:
    if _UNICODE.search(piece):
        return None
    count = _Count()
    for match in encoding.words.finditer(piece):
        word = match.group()
        seen = known.get(word)
        if seen is None:
            decoded = encoding.decode(word)
            marked = _PLAIN.fullmatch(word) is None
            seen = known[word] = (is_syllable(decoded), marked, marked and is_syllable(word))
        good, marked, as_is = seen
        count.words += 1
        count.good += good
        count.marked += marked
        count.marked_good += marked and good
        count.as_is += as_is
    return count


def _pieces(text: str) -> Iterator[str]:
    """The lines of a text, of HTML those between its tags; without scripts and styles."""
    if "<script" in text.lower() or "<style" in text.lower():
        text = _without(_without(text, "script"), "style")
    return (piece for piece in _PIECE.split(text) if piece and not piece.isspace())


def _without(text: str, name: str) -> str:
    lower, kept, place = text.lower(), [], 0
    if len(lower) != len(text):
        return text
    while (start := lower.find(f"<{name}", place)) >= 0:
        kept.append(text[place:start])
        end = lower.find(f"</{name}", start)
        place = len(text) if end < 0 else end
    return "\n".join([*kept, text[place:]])
