"""Datelines: the publisher's mark and the place that open a text, and the day its first words name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from generator import dates

_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? (?:19|20)\d\d)?"
_MARK = re.compile(
    r"(?:\(\s*(?P<round>[^()\n]{2,40}?)\s*\)\s*(?:[-–—:.]\s*)*"
    r"|\[\s*(?P<square>[^\[\]\n]{2,40}?)\s*\]\s*[-–—:]\s*"
    r"|(?P<bare>[A-ZĐ][A-ZĐ0-9+.]{1,11}(?:\s(?:Online|online|Plus))?|VnExpress|Vietnam\+|[A-ZÀ-Ỹ]\w+(?:net|Net|Online|online|Plus|plus))\s*(?:[-–—]\s+|[–—]\s*(?=[A-ZÀ-ỸĐ]))"
    r"|(?P<place>[A-ZÀ-ỸĐ][\w.]*(?:[ -][A-ZÀ-ỸĐ][\w.]*){0,4})\s*,?\s*\(\s*(?P<agency>[^()\n]{2,30}?)\s*\)\s*(?:[-–—:]\s*)+"
    r"|(?P<english>[A-Z][A-Z.'-]{2,}(?: [A-Z][A-Z.'-]+){0,3}(?:, (?!\d)[A-Z][\w.]*(?: [A-Z][\w.]*){0,2})?"
    rf"(?:, (?:{_DAY}))?)\s*(?:\(\s*(?P<wire>[^()\n]{{2,30}}?)\s*\)\s*)?[-–—]+\s+"
    r"|(?P<city>[A-ZÀ-ỸĐ.]{2,}(?: [A-ZÀ-ỸĐ.]{1,}){0,4})\s*(?:[-–—]\s+))"
)
_KNOWN = re.compile(r"[(\[]?(?P<name>[^()\[\]–—:-]{2,40}?)\s*[)\]]?\s*(?:[-–—:]\s*)+(?=\S)")
_NAME = re.compile(r"[A-ZÀ-ỸĐ0-9][\w.+&-]*(?:[ ./,-][\wÀ-ỹ.+&]+){0,5}")
_NOT_MARKS = re.compile(r"ảnh|photo|tiếp theo|xem|theo|nguồn|\d{4}", re.IGNORECASE)
_OPENING = 220


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

    `own` are the marks that the settings name: they count in whatever form they stand before a dash or colon.
    """
    if own and (known := _KNOWN.match(text, 0, 80)) is not None and known["name"].strip() in own:
        return Dateline(known.group().strip(), known["name"].strip())
    match = _MARK.match(text, 0, 120)
    if match is None or match.end() >= len(text):
        return None
    name = match["round"] or match["square"] or match["bare"] or match["agency"] or match["wire"] or ""
    city = match["city"] or match["english"] or ""
    if match["bare"] and _is_city(match["bare"]):
        name, city = "", match["bare"]
    rest = text[match.end() :].lstrip()
    if not (rest[:1].isupper() or rest[:1].isdigit() or rest[:1] in "\"“‘'("):
        return None
    if name and (not _NAME.fullmatch(name) or _NOT_MARKS.search(name)):
        return None
    parted = re.search(r"[-–—:]", match.group()[len(name) :]) is not None
    if match["round"] and not parted and not (name.isupper() or name.endswith("+")):
        return None
    return Dateline(match.group().strip(), name, match["place"] or city)


def _is_city(word: str) -> bool:
    """Whether capitals are a place's name (`BRIDGEFORD`) rather than a paper's letters (`TTXVN`)."""
    return (
        len(word) >= 7
        and word.isalpha()
        and word.isupper()
        and sum(word.count(vowel) for vowel in "AEIOUY") >= 2
    )


def opening_dates(text: str) -> tuple[dates.Reading, ...]:
    """The dates in the first words of a paragraph, in order."""
    return _dates_in(text[:_OPENING])


@lru_cache(maxsize=256)
def _dates_in(text: str) -> tuple[dates.Reading, ...]:
    return tuple(dates.find_dates(text))


def opens_with_date(text: str) -> bool:
    """Whether a paragraph's first words name a day: `Ngày 24/9, …`, `Theo …, sáng 5-11`."""
    readings = opening_dates(text)
    return bool(readings) and readings[0].start <= 25
