"""Datelines: the publisher's mark and the place that open a text, and the day its first words name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator import dates
from generator.text import remember

_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? (?:19|20)\d\d)?"
_MARK = re.compile(
    r"(?:\(\s*(?P<round>[^()\n]{2,40}?)\s*\)\s*(?:[-–—:.]\s*)*"
    r"|\[\s*(?P<square>[^\[\]\n]{2,40}?)\s*\]\s*[-–—:]\s*"
    r"|(?P<bare>[A-ZĐ][A-ZĐ0-9+.]{1,11}(?:\s(?:Online|online|Plus)|\.(?:vn|com))?|VnExpress|Vietnam\+|[A-ZÀ-Ỹ]\w+(?:net|Net|Online|online|Plus|plus))\s*(?:[-–—]{1,2}\s+|[–—]\s*(?=[A-ZÀ-ỸĐ]))"
    r"|(?P<place>[A-ZÀ-ỸĐ][\w.]*(?:[ -][A-ZÀ-ỸĐ][\w.]*){0,4})\s*,?\s*\(\s*(?P<agency>[^()\n]{2,30}?)\s*\)\s*(?:[-–—:]\s*)+"
    r"|(?P<english>[A-Z][A-Z.'-]{2,}(?: [A-Z][A-Z.'-]+){0,3}(?:, (?!\d)[A-Z][\w.]*(?: [A-Z][\w.]*){0,2})?"
    rf"(?:, (?:{_DAY}))?)\s*(?:\(\s*(?P<wire>[^()\n]{{2,30}}?)\s*\)\s*)?[-–—]+\s+"
    r"|(?P<city>[A-ZÀ-ỸĐ.]{2,}(?: [A-ZÀ-ỸĐ.]{1,}){0,4})\s*(?:[-–—]\s+))"
)
_OWN = re.compile(
    r"[*_•\s–—-]{0,6}(?:[(\[]\s*(?P<inner>[^()\[\]\n]{2,60})[)\]]|(?P<bare>[^()\[\]–—:\n-]{2,40}))(?P<sign>[*_\s]*[-–—:.]?[*_\s–—:-]*)"
)
"""The form of a mark that the settings may name: in brackets, or before a sign."""
_EDITION = re.compile(r"(?:\.(?:com\.)?vn|\.com|\s(?:online|plus|điện tử|news)|\+)$", re.IGNORECASE)
_WITHIN = re.compile(r"\s*[-–—,;|:]\s*")
_NAME = re.compile(r"[A-ZÀ-ỸĐ0-9][\w.+&-]*(?:[ ./,-][\wÀ-ỹ.+&]+){0,5}")
_NOT_MARKS = re.compile(r"ảnh|photo|tiếp theo|xem|theo|nguồn|\d{4}", re.IGNORECASE)
_OPENING = 220
_WITHIN_PLACE = 60


@dataclass(frozen=True, slots=True)
class Dateline:
    """The mark at a text's beginning and what it names."""

    words: str
    """As they stand, up to the text itself."""
    name: str = ""
    """Of the publisher or agency: `ANTV`."""
    place: str = ""


def dateline_of(text: str, own: frozenset[str] = frozenset()) -> Dateline | None:
    """The mark that opens a paragraph: `(ANTV) - `, `TTO - `, `Hà Nội (TTXVN) - `, `HÀ NỘI - `; None without.

    `own` are the marks that the settings name: they count in whatever form they stand, glued to the text or not.
    """
    if own and (known := _own_mark(text, own)) is not None:
        return known
    match = _MARK.match(text, 0, 120)
    if match is None or match.end() >= len(text):
        return None
    name = match["round"] or match["square"] or match["bare"] or match["agency"] or match["wire"] or ""
    city = match["city"] or match["english"] or ""
    if match["bare"] and _is_city(match["bare"], text[match.end() : match.end() + _OPENING // 2]):
        name, city = "", match["bare"]
    rest = text[match.end() :].lstrip()
    if not _opens_sentence(rest):
        return None
    if name and (not _NAME.fullmatch(name) or _NOT_MARKS.search(name)):
        return None
    parted = re.search(r"[-–—:]", match.group()[len(name) :]) is not None
    if match["round"] and not parted and not (name.isupper() or name.endswith("+")):
        return None
    return Dateline(match.group().strip(), name, match["place"] or city)


def _own_mark(text: str, own: frozenset[str]) -> Dateline | None:
    """A mark that the settings name: `(BVD)Sáng`, `[BVD]`, `BVD.VN - `, `(Báo Ví Dụ Online) -`, `(BVD - Hà Nội)`.

    Marks may be ordinary words (`Today`), so that outside of brackets only a dash parts them from a new sentence, and
    their case counts.
    """
    match = _OWN.match(text, 0, 100)
    if match is None or not _opens_sentence(text[match.end() :]):
        return None
    sign = match["sign"].strip(" *_")
    if (inner := match["inner"]) is not None:
        name = next((mark for part in _forms(inner) for mark in own if mark.lower() == part.lower()), "")
        exact = name and name in _forms(inner)
        return Dateline(match.group().strip(), name) if name and (exact or sign) else None
    name = next((part for part in _forms(match["bare"]) if part in own), "")
    if not name or not sign:
        return None
    spaced = match["bare"][-1:].isspace() and match["sign"][-1:].isspace()
    return Dateline(match.group().strip(), name) if name.isupper() or (spaced and ":" not in sign) else None


def lone_mark(text: str, own: frozenset[str]) -> str:
    """The mark of the settings that a line is and nothing else (`(BVD)`, `[BVD] -`, `BVD.VN –`); empty for another line."""
    match = _OWN.fullmatch(text) if own and len(text) <= 70 else None
    if match is None or not (match["inner"] or match["sign"].strip(" *_")):
        return ""
    return next((part for part in _forms(match["inner"] or match["bare"]) if part in own), "")


def _forms(words: str) -> tuple[str, ...]:
    """A mark as it stands, without the edition's name, and without the place or day behind it."""
    words = words.strip()
    first = _WITHIN.split(words, maxsplit=1)[0].split("/")[-1].strip()
    return tuple(dict.fromkeys((words, _EDITION.sub("", words), first, _EDITION.sub("", first))))


def _opens_sentence(rest: str) -> bool:
    return bool(rest) and (rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"“‘'(")


def _is_city(word: str, rest: str) -> bool:
    """Whether capitals are a place's name (`BRIDGEFORD`) rather than a paper's letters (`TTXVN`); short ones are in an
    English text (`DILI – At 71, …`), where agencies stand in brackets."""
    return (
        (
            len(word) >= 7
            or (len(word) >= 4 and not any(sign.isalpha() and not sign.isascii() for sign in rest))
        )
        and word.isalpha()
        and word.isupper()
        and sum(word.count(vowel) for vowel in "AEIOUY") >= 2
    )


def opening_dates(text: str) -> tuple[dates.Reading, ...]:
    """The dates in the first words of a paragraph, in order."""
    return _dates_in(text[:_OPENING])


@remember
def _dates_in(text: str) -> tuple[dates.Reading, ...]:
    return tuple(dates.find_dates(text))


_CAPITALS = r"[A-ZÀ-ỸĐ][A-ZÀ-ỸĐ.'-]+(?:[ ,]{1,2}[A-ZÀ-ỸĐ][A-ZÀ-ỸĐ.'-]*){0,4}"
_PLACE_FIRST = re.compile(rf"(?:{_CAPITALS}),?\s*\(?")
_PLACE_BEHIND = re.compile(rf"\s*\({_CAPITALS}\)\s*[-–—]+\s")
_AGENCY_BEHIND = re.compile(r"\s*(?:\([^()\n]{2,30}\)|/[^/\n]{2,30}/)\s*[-–—]+\s")


def dateline_day(text: str) -> tuple[dates.Reading, str] | None:
    """The full date that stands with the place in the dateline of a paragraph, and the words of both:
    `BRIDGEFORD, July 4, 2019 (BPA) – `, `July 4, 2019 (BRIDGEFORD) – `.

    Only with the place in capitals and the agency in its signs, as wires print it: a place, a day and a dash alone open
    tales of long ago as well.
    """
    reading = next(iter(opening_dates(text)), None)
    if (
        reading is None
        or not reading.precise
        or reading.span
        or reading.ambiguous
        or reading.start > _WITHIN_PLACE
    ):
        return None
    before = text[: reading.start]
    behind = (
        _AGENCY_BEHIND if _PLACE_FIRST.fullmatch(before) else _PLACE_BEHIND if not before.strip() else None
    )
    match = behind.match(text, reading.end) if behind is not None else None
    return (reading, text[: match.end()].strip()) if match is not None else None


def opens_with_date(text: str) -> bool:
    """Whether a paragraph's first words name a day: `Ngày 24/9, …`, `Theo …, sáng 5-11`."""
    readings = opening_dates(text)
    return bool(readings) and readings[0].start <= 25
