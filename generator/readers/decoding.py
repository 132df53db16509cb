"""Bytes → text: byte order marks, declared encodings, and a careful guess for old Vietnamese files.

What is declared or marked is believed; UTF-8 is taken wherever the bytes are UTF-8, for no other encoding looks
like it by chance. A guess is told to the editor, and bytes that nothing explains, or that only an old font explains,
are refused: a wrong letter in a name is worse than a file that waits.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass

from generator.errors import RawError
from generator.models import Level, Problem
from generator.readers.legacy import HINTS, Legacy, decode_viscii, find_legacy

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']
       | <meta[^>]{0,300}?\scharset\s*=\s*["']?\s*([\w.:-]{1,40})
       | <meta[^>]{0,300}?\scontent\s*=\s*["'][^"'>]{0,200}?charset\s*=\s*([\w.:-]{1,40})""",
    re.IGNORECASE | re.VERBOSE,
)
# What browsers read these names as (WHATWG Encoding Standard, §4.2).
_LABELS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "x-cp1252": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "x-gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932",
    "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "x-cp1258": "cp1258",
    "unicode": "utf-8", "utf8": "utf-8", "x-user-defined": "cp1252", "utf-16": "utf-8", "utf-16le": "utf-8",
}  # fmt: skip
_ALLOWED = re.compile(r"(?:utf-8|cp\d{3,4}|windows-\d{3,4}|iso-?8859-\d{1,2}|koi8-[ru]|gb18030|big5(?:-hkscs)?|euc-jp|"
                      r"iso-2022-jp|mac-?(?:roman|cyrillic)|macintosh|viscii)")  # fmt: skip
# UTF-8 read as windows-1252: a lead byte's letter and at least one continuation byte's.
_CONTINUATION = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(
    f"á[º»][{_CONTINUATION}]|[ÃÄÅÆ][{_CONTINUATION}]|â€[{_CONTINUATION}]|Ì[{_CONTINUATION}]|Â[\u00a0-\u00bf]"
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_VIETNAMESE = frozenset("ăâđêôơưĂÂĐÊÔƠƯàáèéìíòóùúýÀÁÈÉÌÍÒÓÙÚÝ")
_PUNCTUATION = frozenset("“”‘’–—…•«»©®°·€£§\u00a0½¼¾×÷²³")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and what had to be guessed or repaired."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(path: str, data: bytes, said: str = "") -> Decoded:
    """The text of a raw file, or of a part of one whose container has `said` its encoding (MIME's charset).

    Raises:
        RawError: `raw-binary` or `raw-encoding`, with the place of the byte that is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _repaired(path, _strict(path, data[len(mark) :], encoding, len(mark)), encoding)
    if b"\x00" in data:
        return _without_mark(path, data)
    declared = _known(said) or _declared(data)
    if declared == "iso-2022-jp" and b"\x1b$" in data:
        return Decoded(_strict(path, data, declared, 0), declared)
    try:
        return _repaired(path, data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if declared == "viscii":
            return Decoded(unicodedata.normalize("NFC", decode_viscii(data, sure=True) or ""), declared)
        if declared and declared != "utf-8":
            return Decoded(_strict(path, data, declared, 0), declared)
        if declared == "utf-8" or _is_mostly_utf8(data):
            raise _refuse_bytes(path, data, error, "utf-8") from error
    return _guessed(path, data)


def _declared(data: bytes) -> str:
    """The encoding that the file's own XML declaration or meta element names; empty where none is usable."""
    match = _DECLARED.search(data, 0, 4096)
    if match is None:
        return ""
    return _known(next(group for group in match.groups() if group).decode("ascii", "replace"))


def _known(label: str) -> str:
    """The codec that goes by a name from outside; empty where none may."""
    name = _LABELS.get(label.lower(), label.lower())
    if not _ALLOWED.fullmatch(name):
        return ""
    if name == "viscii":
        return name
    try:
        codecs.lookup(name)
    except LookupError:
        return ""
    return name


def _strict(path: str, data: bytes, encoding: str, offset: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "cp1252":  # five bytes that browsers pass through as control characters
            return "".join(chr(byte) if byte in _HOLES else bytes([byte]).decode("cp1252") for byte in data)
        raise _refuse_bytes(path, data, error, encoding, offset) from error


_HOLES = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether a file is UTF-8 with some damage rather than another encoding: most of its multi-byte
    sequences are whole."""
    text = data.decode("utf-8", "replace")
    whole = sum(1 for char in text if ord(char) > 0x7F and char != "\ufffd")
    return whole > 0 and whole >= 3 * text.count("\ufffd")


def _without_mark(path: str, data: bytes) -> Decoded:
    """UTF-16 that no byte order mark announces, where it is certain: one byte of many pairs is nothing, the other
    never is, and all the pairs together are letters and punctuation.

    Raises:
        RawError: it is not certain, or no text at all.
    """
    even, odd = data[::2].count(0), data[1::2].count(0)
    if min(even, odd) == 0 and 8 * max(even, odd) >= len(data) and len(data) % 2 == 0:
        encoding = "utf-16-le" if odd else "utf-16-be"
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if all(unicodedata.category(char) not in _NO_TEXT or char in "\t\n\r\f" for char in set(text)):
                return Decoded(text, encoding, (_told(path, "UTF-16"),))
    raise _refuse_nul(path, data)


_NO_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})


def _told(path: str, name: str) -> Problem:
    return Problem(
        path=path, rule="raw-encoding-guessed", level=Level.WARNING,
        message=f"the file names no encoding and is no UTF-8; it was read as {name}",
        hint="look at the letters; if they are wrong, save the file again as UTF-8",
    )  # fmt: skip


def _guessed(path: str, data: bytes) -> Decoded:
    """VISCII, windows-1258 or windows-1252, where all of the text speaks for it."""
    if old := find_legacy(data.decode("latin-1")):
        raise refuse_legacy(path, old)
    if (text := decode_viscii(data)) is not None:
        return Decoded(unicodedata.normalize("NFC", text), "viscii", (_told(path, "VISCII"),))
    for encoding, judge in (("cp1258", _is_vietnamese), ("cp1252", _is_western)):
        try:
            text = unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if judge(text):
            return Decoded(text, encoding, (_told(path, encoding.replace("cp", "windows-")),))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refuse_bytes(path, data, error, "") from error
    raise AssertionError("bytes that are UTF-8 are not guessed")


def _is_vietnamese(text: str) -> bool:
    """Whether windows-1258 made sense: its tone marks are characters of their own, and all found a vowel."""
    marked = [char for char in text if ord(char) > 0x7F and char not in _PUNCTUATION]
    if not marked or any(char in _TONES or unicodedata.category(char) in {"Cc", "Mn"} for char in marked):
        return False
    composed = sum(1 for char in marked if "\u1ea0" <= char <= "\u1ef9" or char in "ĩũĨŨ")
    known = sum(1 for char in marked if char in _VIETNAMESE) + composed
    return composed > 0 and known >= 0.97 * len(marked)


def _is_western(text: str) -> bool:
    """Whether windows-1252 made sense: single accented letters inside words, and usual punctuation."""
    marked = [char for char in text if ord(char) > 0x7F]
    letters = [char for char in marked if ("À" <= char <= "ÿ" and char not in "×÷") or char in "œŒŠšžŽŸ"]
    odd = len(marked) - len(letters) - sum(1 for char in marked if char in _PUNCTUATION)
    runs = sum(len(run) - 1 for run in re.findall(r"[À-ÖØ-öø-ÿ]{2,}", text))
    words = sum(1 for char in text if char.isalpha())
    return odd == 0 and 10 * runs <= len(letters) and 4 * len(letters) <= max(words, 4)


# ---------------------------------------------------------------------------------------- repair


def _repaired(path: str, text: str, encoding: str) -> Decoded:
    """The text with lines that were encoded twice set right, and told."""
    problems: list[Problem] = []
    found = len(_MOJIBAKE.findall(text)) if ("á" in text or "Ã" in text or "â" in text or "Ä" in text) else 0
    if found >= 3:
        lines = text.split("\n")
        mended = [_mend(line) for line in lines]
        count = sum(1 for old, new in zip(lines, mended, strict=True) if old != new)
        if count:
            first = next(n for n, (old, new) in enumerate(zip(lines, mended, strict=True), 1) if old != new)
            text = "\n".join(mended)
            problems.append(Problem(
                path=path, line=first, rule="raw-mojibake", level=Level.WARNING,
                message=f"{count} line(s) were UTF-8 encoded twice (`Viá»‡t` for `Việt`) and have been set right",
                hint="look at the letters; if they are wrong, save the file again as UTF-8",
            ))  # fmt: skip
        left = len(_MOJIBAKE.findall(text))
        if left >= 3 and 200 * left > len(text):
            line = next(number for number, one in enumerate(text.split("\n"), 1) if _MOJIBAKE.search(one))
            raise _error(path, "raw-mojibake", "the text was encoded as UTF-8 twice (`Viá»‡t` for `Việt`) and some of its "
                         "letters are lost", "save the article again from its source", line)  # fmt: skip
    if lost := text.count("\ufffd"):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        problems.append(Problem(
            path=path, line=line, rule="raw-lost-letters", level=Level.WARNING,
            message=f"{lost} letter(s) were lost before the file was saved (they stand as `\ufffd`)",
            hint="save the article again from its source",
        ))  # fmt: skip
    return Decoded(text, encoding, tuple(problems))


def _mend(line: str) -> str:
    """The line decoded once more, where that is what it was."""
    if not _MOJIBAKE.search(line):
        return line
    try:
        data = b"".join(_byte_of(char) for char in line)
        mended = data.decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return line
    return mended if len(_MOJIBAKE.findall(mended)) == 0 else line


def _byte_of(char: str) -> bytes:
    return bytes([ord(char)]) if ord(char) in _HOLES else char.encode("cp1252")


# ------------------------------------------------------------------------------------------ refusals


def refuse_legacy(path: str, old: Legacy, line: int = 0) -> RawError:
    """The error for a text in an old font's encoding."""
    return _error(path, "raw-encoding", f"the text is in the old Vietnamese encoding {old.encoding}: `{old.words}`",
                  HINTS[old.encoding], line)  # fmt: skip


def _refuse_nul(path: str, data: bytes) -> RawError:
    place = data.index(0)
    even, odd = data[:2000:2].count(0), data[1:2000:2].count(0)
    if max(even, odd) > len(data[:2000]) // 5:
        return _error(path, "raw-encoding", "the file looks like UTF-16 without a byte order mark, but not all of it is",
                      "save it again as UTF-8")  # fmt: skip
    return _error(path, "raw-binary", f"the file is no text: a NUL byte at offset {place:,}",
                  "save the article as .html, .txt, .md or as a feed (.xml)")  # fmt: skip


def _refuse_bytes(
    path: str, data: bytes, error: UnicodeDecodeError, encoding: str, offset: int = 0
) -> RawError:
    place = error.start
    byte = data[place]
    expected = f"no {encoding.upper()}" if encoding else "in no encoding that can be told"
    line = data.count(b"\n", 0, place) + 1
    return _error(path, "raw-encoding", f"byte 0x{byte:02X} at offset {place + offset:,} is {expected}",
                  "save the file again as UTF-8, or let it declare its encoding", line)  # fmt: skip


def _error(path: str, rule: str, message: str, hint: str, line: int = 0) -> RawError:
    return RawError(Problem(path=path, rule=rule, message=message, hint=hint, line=line))
