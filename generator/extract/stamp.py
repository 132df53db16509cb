"""Stamps: lines that are nothing but a date, and what their labels say the date is of."""

from __future__ import annotations

import datetime as dt
import re

from generator import dates
from generator.text import remember

_LABELS = re.compile(
    r"(?<!\w)(?:cập nhật|lần cuối|đăng|tạo|sửa|ngày|lúc|xuất bản|thời gian|phát hành|vào|published|updated|last|posted|modified|created|viết|hôm nay|today|is|bây giờ|now|là"
    r"|print(?:ed)?|in|on|at|date|time|first|bài|hồi|est|ist|am|pm|tin"
    r"|veröffentlicht|aktualisiert|erstellt|stand|uhr|um|den|publié|mis|à|jour|le|la|las|les|et|publicado|actualizado|atualizado|el|em|às|hs?"
    r"|pubblicato|aggiornato|il|alle|ore|del|geplaatst|bijgewerkt|op|om|uur|diterbitkan|diperbarui|pukul|tanggal"
    r"|wib)(?!\w)"
    r"|(?<!\w)(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato"
    r"|domenica|(?:segunda|terça|quarta|quinta|sexta)-feira|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|senin|selasa|rabu|kamis|jumat|sabtu|minggu)(?!\w)",
    re.IGNORECASE,
)
_ASIDES = re.compile(
    r"(?<!\w)(?:(?:lesezeit|reading time|temps de lecture|tiempo de lectura|tempo de leitura|thời gian đọc)\W{0,3}\d{1,3}\s*(?:min\w*|phút)?"
    r"|\d{1,3}\s*(?:phút đọc|min(?:ute)?n?s?\W{0,2}(?:read|lesezeit|de lecture|de lectura|de leitura|di lettura)?)"
    r"|\d[\d.,]{0,8}\s*(?:lượt (?:xem|đọc)|bình luận|chia sẻ|views?|comments?|kommentare?|shares?)"
    r"|(?:(?:số )?lượt (?:xem|đọc|truy cập)|số lần (?:xem|đọc)|đã (?:xem|đọc)|bình luận|chia sẻ|views?|hits|comments?|shares?)"
    r"\s*[:：]?\s*\(?\d[\d.,]{0,8}(?:\s*(?:lần|lượt))?"
    r"|(?:cỡ chữ|font size)(?:\W{0,3}a[-+]?(?!\w)){0,4})(?!\w)",
    re.IGNORECASE,
)
"""How long it takes to read, and how many did: told beside the date and nothing of it."""
_UPDATED = re.compile(
    r"cập nhật|updated|modified|sửa|aktualis|stand\W|mis à jour|act?ualizad|atualizad|aggiornat|bijgewerkt|diperbarui",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?<!\w)(?:đăng|xuất bản|phát hành|published|posted|veröffentlicht|publié|publicado|pubblicato|geplaatst|diterbitkan)(?!\w)",
    re.IGNORECASE,
)
_BAR = re.compile(r"\s*[|•·]\s*")
_BY = r"(?:by|bởi|par|von|por)\s+\S[^|\n]{1,60}"
_THEN_BY = re.compile(rf"(?P<first>[^|]{{6,70}}?)\s*[,–-]?\s+(?P<second>{_BY})", re.IGNORECASE)
_BY_FIRST = re.compile(
    rf"(?P<first>(?:posted\s+|published\s+|written\s+|đăng\s+)?{_BY}?)\s+(?P<second>(?:on|at|ngày|lúc|vào)\s[^|]{{6,60}})",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:tác giả|người đăng|đăng bởi|nguồn|biên tập|người viết|bài viết|bài|author|source)\s*[:：]\s*\S|(?:by|bởi)\s+\S",
    re.IGNORECASE,
)
_MOST_BESIDE = 160
_DAY_WORDS = r"hôm qua|hôm nay|yesterday|today"
_RELATIVE = re.compile(
    rf"(?:(?P<day>{_DAY_WORDS})\W*(?:lúc |at )?)?(?P<hour>[01]?\d|2[0-3])[:h](?P<minute>[0-5]\d)(?(day)|\W*(?P<behind>{_DAY_WORDS}))",
    re.IGNORECASE,
)
_LAST_UPDATE = re.compile(r"lần cuối|\blast\b|modified|sửa", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<!\w)(?:ngày in|in ngày|in lúc|print(?:ed)?)(?!\w)|^\W*(?:hôm nay|today|bây giờ|now)(?!\w)",
    re.IGNORECASE,
)
_EVENT = re.compile(r"^\W*thời gian\s*[:：]|^\W*(?:date|time)\s*[:：].*\d[:h]\d", re.IGNORECASE)
_SECTION = re.compile(r"(?P<section>\D{2,40}?)\s*[-|•·,]?\s*$")
_WORD = re.compile(r"[^\W\d_]{2}|\d")


@remember
def stamp_of(text: str) -> tuple[dates.Reading, bool] | None:
    """The date of a line that is nothing but a date, with a label perhaps; and whether it says `updated`."""
    if not 6 <= len(text) <= 90 or not dates.may_name_year(text):
        return None
    readings = [reading for reading in dates.find_dates(text) if reading.precise]
    if not readings or len(readings) > 2:
        return None
    rest = text
    for reading in reversed(readings):
        rest = rest[: reading.start] + " " + rest[reading.end :]
    if _WORD.search(_LABELS.sub(" ", rest)) and _WORD.search(_LABELS.sub(" ", _ASIDES.sub(" ", rest))):
        return None
    updated = bool(_UPDATED.search(text[: readings[0].start]))
    if updated and len(readings) == 2 and not _UPDATED.search(text[readings[0].end : readings[1].start]):
        return readings[1], False
    return readings[0], updated


def parts_beside(text: str) -> tuple[str, ...]:
    """The pieces of a line that prints a stamp beside what else is told of the article (`Ngày đăng: … | Lượt xem: 9 |
    Tác giả: …`, `Posted on … by …`); none where the line is no such line."""
    if not 6 <= len(text) <= _MOST_BESIDE or not dates.may_name_year(text):
        return ()
    for form in (_THEN_BY, _BY_FIRST):
        match = form.fullmatch(text)
        if match is not None:
            pair = (match["first"], match["second"])
            if any(map(is_labelled, pair)) or stamp_of(pair[0]) is not None:
                return pair
    parts = [part for part in _BAR.split(text) if part]
    if len(parts) < 2 or not any(_ASIDES.fullmatch(part) or _NAMED.match(part) for part in parts):
        return ()
    pieces: list[str] = []
    for piece in parts:
        if pieces and stamp_of(joined := f"{pieces[-1]} | {piece}") is not None:
            pieces[-1] = joined
        else:
            pieces.append(piece)
    return tuple(pieces) if len(pieces) > 1 and any(map(stamp_of, pieces)) else ()


def is_bare(text: str) -> bool:
    """Whether a stamp is a day alone, without time, weekday or label, as lists of articles print it."""
    stamp = stamp_of(text)
    if stamp is None or stamp[0].hour is not None or stamp[0].weekday:
        return False
    return not any(map(str.isalpha, text[: stamp[0].start] + text[stamp[0].end :]))


def told_from(text: str, clock: dates.Reading) -> str:
    """The moment, as ISO 8601 without an offset, of a stamp that counts from the day on which the page was looked at
    (`Hôm qua 17:45`), by the page's `clock`; empty for another line."""
    match = _RELATIVE.fullmatch(text.strip(" ()|-–•")) if len(text) <= 40 and clock.precise else None
    if match is None or clock.year is None or clock.day is None:
        return ""
    back = (match["day"] or match["behind"]).lower() in ("hôm qua", "yesterday")
    day = dt.date(clock.year, clock.month, clock.day) - dt.timedelta(days=back)
    return f"{day.isoformat()}T{int(match['hour']):02}:{match['minute']}"


def is_labelled(text: str) -> bool:
    """Whether a stamp has a label, as an article's own have; a page's clock has none."""
    stamp = stamp_of(text)
    return stamp is not None and any(map(str.isalpha, text[: stamp[0].start]))


def is_published(text: str) -> bool:
    """Whether a stamp's label says that it is the publication's: no page's clock is called that."""
    stamp = stamp_of(text)
    return stamp is not None and not stamp[1] and _PUBLISHED.search(text[: stamp[0].start]) is not None


def is_last_update(text: str) -> bool:
    """Whether a stamp's label says that it is the last change's: the publication lies before it."""
    return _LAST_UPDATE.search(text) is not None and stamp_of(text) is not None


def is_print_clock(text: str) -> bool:
    """Whether a stamp's label says when the page was printed or looked at: `Hôm nay, Thứ Ba 5/3/2024`."""
    return _CLOCK.search(text) is not None


def is_event(text: str) -> bool:
    """Whether a stamp's label may as well be that of an event told of (`Thời gian: 08:00 ngày 14/06/2025`)."""
    return _EVENT.search(text) is not None


def is_clock_like(text: str) -> bool:
    """Whether a stamp has all that a page's clock has: no label, the weekday, the time, the zone."""
    stamp = stamp_of(text)
    return (
        stamp is not None
        and stamp[0].weekday
        and stamp[0].offset is not None
        and not any(map(str.isalpha, text[: stamp[0].start]))
    )


def is_page_clock(text: str) -> bool:
    """Whether a stamp is written as pages write their clock: all of it, the zone without brackets; or the weekday and
    the day alone, to which papers add the time in an article's own stamp; or the time to the second."""
    if is_clock_like(text):
        return not text.rstrip().endswith(")")
    stamp = stamp_of(text)
    if stamp is None or not stamp[0].weekday or is_labelled(text):
        return False
    return stamp[0].hour is None or stamp[0].second > 0


def words_beside_date(text: str) -> int | None:
    """How many words stand beside a line's dates; None for a line without a full date."""
    if len(text) > 90 or not dates.may_name_year(text):
        return None
    readings = [reading for reading in dates.find_dates(text) if reading.precise]
    if not readings:
        return None
    rest = text
    for reading in reversed(readings):
        rest = rest[: reading.start] + " " + rest[reading.end :]
    return sum(1 for word in rest.split() if any(map(str.isalpha, word)))


@remember
def teaser_date_of(text: str) -> str | None:
    """The section of a teaser's line `Xã hội 15/11/2025`; None where the line is none."""
    if len(text) > 70 or not dates.may_name_year(text):
        return None
    readings = [reading for reading in dates.find_dates(text) if reading.precise]
    if len(readings) != 1 or text[readings[0].end :].strip(" )-|"):
        return None
    match = _SECTION.fullmatch(text[: readings[0].start])
    return match["section"].strip() if match and match["section"].count(" ") <= 4 else None
