"""The words and numbers that dates are written in, as patterns and tables; the numbers each of them stands for.

What a whole date says is read in `dates`; here stands only how its parts look. A language, a zone, a month's
spelling is one entry of a table.
"""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

# --------------------------------------------------------------------------------------- months

MONTHS_VI = {
    "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip
MONTHS_EN = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
        "|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
OTHER_MONTHS = {
    "de": "januar jänner jan|februar feb|märz mär|april apr|mai|juni jun|juli jul|august aug|september sept sep"
    "|oktober okt|november nov|dezember dez",
    "fr": "janvier janv|février fevrier févr|mars|avril avr|mai|juin|juillet juil|août aout|septembre|octobre"
    "|novembre|décembre decembre déc",
    "es": "enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre|octubre|noviembre"
    "|diciembre dic",
    "pt": "janeiro|fevereiro fev|março marco|abril abr|maio|junho|julho|agosto ago|setembro set|outubro out|novembro"
    "|dezembro dez",
    "it": "gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto ago|settembre set|ottobre ott"
    "|novembre|dicembre dic",
    "nl": "januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december",
    "id": "januari|februari|maret|april|mei|juni|juli|agustus agt|september|oktober|november nop|desember des",
    "ms": "januari|februari|mac|april|mei|jun|julai|ogos|september|oktober|november|disember dis",
    "sv": "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
    "no": "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember des",
    "da": "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december",
    "fi": "tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta|syyskuuta"
    "|lokakuuta|marraskuuta|joulukuuta",
    "pl": "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia",
    "cs": "ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince",
    "ro": "ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie",
    "hu": "január|február|március|április|május|június|július|augusztus|szeptember|október|november|december",
    "tr": "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
    "ru": "января янв|февраля фев|марта|апреля апр|мая|июня|июля|августа авг|сентября сен|октября окт|ноября ноя"
    "|декабря дек",
    "uk": "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня",
    "el": "ιανουαρίου|φεβρουαρίου|μαρτίου|απριλίου|μαΐου|ιουνίου|ιουλίου|αυγούστου|σεπτεμβρίου|οκτωβρίου"
    "|νοεμβρίου|δεκεμβρίου",
    "th": "มกราคม ม.ค|กุมภาพันธ์ ก.พ|มีนาคม มี.ค|เมษายน เม.ย|พฤษภาคม พ.ค|มิถุนายน มิ.ย|กรกฎาคม ก.ค|สิงหาคม ส.ค"
    "|กันยายน ก.ย|ตุลาคม ต.ค|พฤศจิกายน พ.ย|ธันวาคม ธ.ค",
}
"""Per language the months in order, each with its spellings. They are read only beside a day and a year: in a
Vietnamese text `5 mai` is no date."""
MONTHS = {
    name: number
    for names in OTHER_MONTHS.values()
    for number, spellings in enumerate(names.split("|"), start=1)
    for name in spellings.split()
} | MONTHS_EN
_BUDDHIST = 543
"""Thai papers count years from the Buddha's death."""


def month_of(words: str) -> int | None:
    """The number of a month, in digits or by its name in any known language."""
    if words.isdecimal():
        return int(words)
    name = " ".join(words.lower().split()).rstrip(".")
    return MONTHS_VI.get(name) or MONTHS.get(name)


def year_of(words: str) -> int | None:
    """The year, of two digits too, and of the Buddhist era; None for a number that is no year of newspapers."""
    year = int(words)
    if len(words) == 2:
        return year + (2000 if year < 70 else 1900)
    if 2400 <= year < 2700:
        return year - _BUDDHIST
    return year if 1900 <= year < 2100 else None


# ------------------------------------------------------------------------------------- weekdays

WEEKDAY = (
    r"(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s*nhật|t[2-7]|cn"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
)
_WEEKDAYS_VI = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_WEEKDAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekday_of(words: str) -> int | None:
    """The number of a weekday, Monday is 0; None for words that are no weekday's name."""
    name = "".join(char for char in words.lower() if char.isalnum())
    if name in ("cn", "chủnhật"):
        return 6
    name = name.removeprefix("thứ") if name.startswith("thứ") else name
    if (vietnamese := name.removeprefix("t")) in ("2", "3", "4", "5", "6", "7"):
        return int(vietnamese) - 2
    if (name := "bảy" if name == "bẩy" else name) in _WEEKDAYS_VI:
        return _WEEKDAYS_VI.index(name)
    return next((place for place, day in enumerate(_WEEKDAYS_EN) if name.startswith(day)), None)


def is_english(weekday: str) -> bool:
    """Whether a weekday's name is English."""
    return weekday[:3].lower() in _WEEKDAYS_EN


# ---------------------------------------------------------------------------------- time and zone

_HALF = r"(?:sa|ch|am|pm|a\.\s?m\.?|p\.\s?m\.?|sáng|trưa|chiều|tối|đêm|khuya)"
_CLOCK = (
    r"(?:(?P<half_first>上午|下午|午前|午後|오전|오후)\s*)?"
    r"(?P<hour>(?:[01]?\d|2[0-4]))(?:\s?[:hg時시点點]\s?(?P<minute>[0-5]\d)(?:[:']\s?(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    r"(?!\d)|\s*giờ(?:\s*(?P<minute_word>[0-5]?\d)(?:\s*phút|'|(?![\d/.-])))?|h(?!\w)|(?=\s*(?:am|pm|[ap]\.\s?m)\b))'?[分분]?"
    rf"(?:\s*(?P<half>{_HALF})(?!\w))?"
)
_DOTTED = (  # `07.00 BST` as British papers write: only where nothing else follows
    r"(?P<dotted_hour>[01]?\d|2[0-3])\.(?P<dotted_minute>[0-5]\d)(?!\w)"
    r"(?=\s*(?:$|[|•·)]|\(?(?:gmt|utc|bst|wib|uhr|[ap]\.?m\b)))"
)
ZONES: dict[str, float | str | None] = {
    "z": 0, "gmt": 0, "utc": 0, "ut": 0, "ict": 7, "wib": 7, "wita": 8, "wit": 9, "sgt": 8, "hkt": 8, "pht": 8,
    "myt": 8, "jst": 9, "kst": 9, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "wet": 0, "west": 1, "msk": 3, "bst": 1,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13, "et": "America/New_York", "pt": "America/Los_Angeles", "ist": None,
}  # fmt: skip
"""Hours east of Greenwich, a zone with summer time, or nothing where the letters have more than one meaning. RFC 822
§5.1 says which meaning EST, CST … have; without it CST may be China's."""
_OFFSET = (
    r"(?P<offset>(?:gmt|utc)\s*[+-]\s*\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}(?!\d)|[+-]\d{2}(?![\d:/.-])"
    r"|(?:" + "|".join(sorted(ZONES, key=len, reverse=True)) + r")(?!\w))"
)


def offset_of(words: str | None, moment: dt.datetime) -> dt.timezone | None:
    """The offset that words like `GMT+7`, `+0700`, `ICT` or `ET` give a moment; None where they leave it open."""
    if not words:
        return None
    match = re.search(r"([+-])\s*(\d{1,2})(?::?(\d{2}))?$", words)
    if match is not None:
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes > 14 * 60:
            return None
        return dt.timezone(dt.timedelta(minutes=-minutes if match[1] == "-" else minutes))
    if words.lower() not in ("z", "gmt", "utc", "ict") and not words.isupper():  # `à 10h30 et …` is no zone
        return None
    zone = ZONES.get(words.lower())
    if isinstance(zone, str):
        offset = moment.replace(tzinfo=ZoneInfo(zone)).utcoffset()
        return dt.timezone(offset) if offset is not None else None
    return dt.timezone(dt.timedelta(hours=zone)) if zone is not None else None


def time_of(clock: re.Match[str]) -> tuple[int, int | None, int] | None:
    """Hour, minute and second at a match; no minute where the words name the hour alone; None where there is no such
    time, or where it may be that of the day before (`12 giờ đêm`)."""
    groups = clock.groupdict()
    words = groups["minute"] or groups["minute_word"] or groups.get("dotted_minute")
    hour, minute = int(groups["hour"] or groups["dotted_hour"]), int(words) if words is not None else None
    half = (groups["half"] or groups.get("half_first") or "").lower().replace(".", "").replace(" ", "")
    if half in ("ch", "pm", "chiều", "tối", "下午", "午後", "오후") and hour < 12:
        hour += 12
    elif half in ("sa", "am", "上午", "午前", "오전") and hour == 12:
        hour = 0
    elif half == "trưa" and hour in (1, 2):
        hour += 12
    elif half in ("đêm", "khuya"):
        if hour == 12:
            return None
        hour += 12 if 6 <= hour < 12 else 0
    return (hour, minute, int(groups["second"] or 0)) if hour <= 23 else None


# ------------------------------------------------------------------------- what stands around a day

BEFORE = re.compile(
    rf"(?:(?:(?<!\w)(?P<weekday_first>{WEEKDAY})\s*[,|]?\s+)?(?<![\d.,:/])(?<![\dhg]-){_CLOCK}(?:\s*[(\[]?{_OFFSET}[)\]]?)?\s*(?:[,|–•·-]|on(?=\s))?\s*)?"
    r"(?P<today>(?:hôm|sáng|trưa|chiều|tối|đêm)\s+nay\s*[,(]?\s*(?:\(?\s*))?"
    r"(?P<guard>(?:rạng\s+)?(?:sáng|trưa|chiều|tối|đêm|khuya|hôm)(?:\s+(?:sớm|muộn|qua))?\s*[,(]?\s*)?"
    rf"(?P<weekday>(?<!\w){WEEKDAY}(?!\w)\.?\s*[,(–-]?\s*)?"
    r"(?P<word>(?:từ\s+)?(?:các\s+|hai\s+|ba\s+)?ngày\s*(?:\d{1,2}(?:,\s?\d{1,2}){0,4}\s*(?:và|đến|tới)\s*(?:ngày\s*)?)?"
    r"|(?<!\w)từ\s+\d{1,2}\s+(?:đến|tới)\s+)?$",
    re.IGNORECASE,
)
AFTER = re.compile(
    rf"(?:\)?\s*(?:(?:,|\||–|-|•|·|/(?=\s)|t(?=\d)|vào|lúc|at|@|;|um|à|às|alle|ore|a las|pukul|kl\.?|klo|o|saat|เวลา)\s*){{0,3}}\(?(?:{_CLOCK}|{_DOTTED})\)?)"
    rf"(?:\s*(?:uhr\s*)?[(\[]?{_OFFSET}[)\]]?)?",
    re.IGNORECASE,
)
OFFSET_AFTER = re.compile(rf"\s*[(\[]?{_OFFSET}[)\]]?", re.IGNORECASE)

# ------------------------------------------------------------------------------------------ days

_VI = "(?:" + "|".join(sorted(MONTHS_VI, key=len, reverse=True)).replace(" ", r"\s+") + ")"
EN = "(?:" + "|".join(sorted(MONTHS_EN, key=len, reverse=True)) + ")"
_GLUED = r"(?:(?!\d|\.\d)|(?=\d{1,2}[:h]\d{2}))"  # the year may run into the time: `22/05/202522:15`
_NAME = r"[^\W\d_][^\s\d,()|/:;]{1,14}"
_SPAN = r"(?:(?<![:hg])(?P<%s_span>\d{1,2}\s?(?:[-–]|đến|tới|to)\s?))?"

DIGIT_FIRST = re.compile(
    "|".join(
        (
            rf"(?<![\d/.-])(?P<iso_y>(?:19|20)\d\d)(?P<iso_s>[-/.])(?P<iso_m>\d{{1,2}})(?P=iso_s)(?P<iso_d>\d{{1,2}}){_GLUED}",
            rf"(?<![\d/.,])(?<!\bv){_SPAN % 'num'}(?P<num_d>\d{{1,2}})\s?(?P<num_s>[/.-])\s?(?P<num_m>\d{{1,2}})\s?(?P=num_s)\s?(?P<num_y>(?:19|20)\d\d){_GLUED}",
            r"(?<![\d/.,-])(?P<two_d>\d\d)(?P<two_s>[/-])(?P<two_m>\d\d)(?P=two_s)(?P<two_y>\d\d)(?![\d/.,h-])",
            rf"(?<![\d/.,])(?<!mùng )(?<!mồng ){_SPAN % 'vi'}(?P<vi_d>\d{{1,2}})\s*(?:tháng|\bthg|\bth(?=\d))\s*(?P<vi_m>\d{{1,2}}(?!\d)|{_VI}(?!\w))(?:\s*[,/.-]?\s*(?:năm\s*)?(?P<vi_y>(?:19|20)\d\d){_GLUED})?",
            rf"(?<![\d/.,])(?<!\d[:h]){_SPAN % 'en'}(?P<en_d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<en_m>{EN})(?!\w)\.?(?:,?[\s-]+(?P<en_y>(?:19|20)\d\d)(?!\d))?",
            rf"(?<![\d/.,-])(?P<any_d>\d{{1,2}})(?:\.|º|°|er|:e|-?го)?\s?(?:de\s+|di\s+)?(?P<any_m>{_NAME})\.?,?\s+(?:del?\s+)?(?P<any_y>(?:19|20|25)\d\d)(?![\d/-])",
            rf"(?<![\d/.,-])(?P<hu_y>(?:19|20)\d\d)[.,]\s(?P<hu_m>{_NAME})\s(?P<hu_d>\d{{1,2}})(?![\d/-])",
            r"(?<!\d)(?P<cjk_y>(?:19|20)\d\d)\s?[年년]\s?(?P<cjk_m>\d{1,2})\s?[月월]\s?(?P<cjk_d>\d{1,2})\s?[日일]",
            rf"(?<![\d/.,:h-]){(_SPAN % 'dm')[:-2]}(?=\d{{1,2}}[/.]))?(?P<dm_d>\d{{1,2}})(?P<dm_s>[/.-])(?P<dm_m>\d{{1,2}})(?![\d/]|[.,-]\d|\s?%|\s?(?:triệu|tỷ|tỉ|đồng|usd)\b)",
        )
    ),
    re.IGNORECASE,
)
LETTER_FIRST = re.compile(
    "|".join(
        (
            rf"\b(?:tháng\s+|th(?=\d))(?P<vim_m>\d{{1,2}}|{_VI})\s+(?P<vim_d>\d{{1,2}}),\s*(?P<vim_y>(?:19|20)\d\d)(?!\d)",
            rf"\b(?P<enm_m>{EN})\.?\s+(?P<enm_d>\d{{1,2}})(?:st|nd|rd|th)?(?P<enm_span>\s?[-–]\s?\d{{1,2}})?(?![\d:])(?:,?\s+(?P<enm_y>(?:19|20)\d\d)(?!\d))?",
        )
    ),
    re.IGNORECASE,
)
MONTH_BEFORE = re.compile(rf"\b(?:{EN}\.?|tháng\s+(?:\d{{1,2}}|{_VI})|th\d{{1,2}})\s+$", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
# A pattern that begins with a set of characters is searched for many times faster than one with alternatives.
YEAR = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)[05]\d\d|\d([/-])\d\d\1\d\d)")
LUNAR = re.compile(
    r"\s*(?:năm\s+\S+\s+\S+\s*)?(?:theo\s+)?\(?\s*(?:âm\s*lịch|âm(?=[,.;)]|$)|ÂL\b|lunar)", re.IGNORECASE
)
WINDOW = 48
LAST_WORDS = frozenset(
    "ngày sáng trưa chiều tối đêm khuya hôm nay sớm muộn qua hai ba tư năm sáu bảy bẩy nhật giờ phút ch sa và đến tới"
    " ict wib".split()
)
"""Words that end what belongs to a date; those of other languages are told by their last letter."""
LAST_LETTERS = frozenset("h')]yneisdtmur")

# ------------------------------------------------------------------------------- strings of machines

_NAMED_EN = rf"(?:{WEEKDAY},?\s+)?"
COMPACT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})",
        r"(?:tháng\s*)?(?P<m>\d{1,2})(?:[-/]|\s+năm\s+)(?P<y>(?:19|20)\d\d)",
        rf"(?P<m>{EN})\.?,?\s+(?P<y>(?:19|20)\d\d)",
        r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<offset>Z|[+-]\d{2}:?\d{2})?)?",
        # asctime, and what `date` prints
        rf"{_NAMED_EN}(?P<m>{EN})\s+(?P<d>\d{{1,2}})\s+(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s+(?:(?P<offset>[A-Z]{{1,5}}|[+-]\d{{4}})\s+)?(?P<y>\d{{4}})",
        # RFC 850, which RFC 9110 §5.6.7 still wants read
        rf"{_NAMED_EN}(?P<d>\d\d)[- ](?P<m>{EN})[- ](?P<y>\d\d)(?:\s+(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<offset>[A-Z]{{1,5}}|[+-]\d{{4}})?)?",
    )
)
"""Whole strings: a month alone, days without separators, and the forms of programs."""
EPOCH = re.compile(r"(?:/Date\()?(1\d{9})(?:\d{3})?(?:\.\d+)?(?:[+-]\d{4})?(?:\)/)?")
ISO_WEEK = re.compile(r"((?:19|20)\d\d)-?W(\d\d)-?([1-7])")
LONE_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})")

_ODD = "‐‑‒−﹣－⁄∕／：．０１２３４５６７８９"
_PLAIN = "------///:.0123456789"
_SCRIPTS = "٠۰०০๐໐០၀"
"""The zeros of scripts that have digits of their own; nine more follow each."""
ODD_SIGNS = re.compile(f"[{_ODD}{''.join(f'{zero}-{chr(ord(zero) + 9)}' for zero in _SCRIPTS)}]")
PLAIN_SIGNS = str.maketrans(
    _ODD + "".join(chr(ord(zero) + n) for zero in _SCRIPTS for n in range(10)),
    _PLAIN + "0123456789" * len(_SCRIPTS),
)
"""Digits, dashes and slashes of other scripts and widths → ASCII, one sign for one sign."""
