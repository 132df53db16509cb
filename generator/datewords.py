"""The words and numbers that dates are written in, Vietnamese and English, as patterns and tables.

What they say is read in `dates`; here stands only how they look.
"""

from __future__ import annotations

import re

WEEKDAY = (
    r"(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s*nhật|t[2-7]|cn"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
)
_HALF = r"(?:sa|ch|am|pm|a\.m\.?|p\.m\.?|sáng|trưa|chiều|tối|đêm)"
_CLOCK = (
    rf"(?P<hour>(?:[01]?\d|2[0-4]))(?:\s?[:hg]\s?(?P<minute>[0-5]\d)(?:[:']\s?(?P<second>[0-5]\d)(?:\.\d+)?)?"
    rf"(?!\d)|\s*giờ(?:\s*(?P<minute_word>[0-5]?\d)(?:\s*phút|'|(?![\d/.-])))?|h(?!\w)|(?=\s*(?:am|pm)\b))'?"
    rf"(?:\s*(?P<half>{_HALF})(?!\w))?"
)
_DOTTED = (  # `07.00 BST` as British papers write: only where nothing else follows
    r"(?P<dotted_hour>[01]?\d|2[0-3])\.(?P<dotted_minute>[0-5]\d)(?!\w)"
    r"(?=\s*(?:$|[|•·)]|\(?(?:gmt|utc|bst|[ap]\.?m\b)))"
)
_OFFSET = (
    r"(?P<offset>(?:gmt|utc)\s*[+-]\s*\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}(?!\d)|z(?!\w)"
    r"|(?:gmt|utc|bst|ict|est|edt|cst|cdt|mst|mdt|pst|pdt)(?!\w))"
)
BEFORE = re.compile(
    rf"(?:(?:(?<!\w)(?P<weekday_first>{WEEKDAY})\s*[,|]?\s+)?(?<!\d){_CLOCK}(?:\s*\(?{_OFFSET}\)?)?\s*[,|–•·-]?\s*)?"
    r"(?P<today>(?:hôm|sáng|trưa|chiều|tối|đêm)\s+nay\s*[,(]?\s*(?:\(?\s*))?"
    r"(?P<guard>(?:rạng\s+)?(?:sáng|trưa|chiều|tối|đêm|khuya|hôm)(?:\s+(?:sớm|muộn|qua))?\s*[,(]?\s*)?"
    rf"(?P<weekday>{WEEKDAY}(?!\w)\.?\s*[,(–-]?\s*)?(?P<word>(?:từ\s+)?(?:các\s+)?ngày\s*)?$",
    re.IGNORECASE,
)
AFTER = re.compile(
    rf"(?:\)?\s*(?:(?:,|\||–|-|•|·|t(?=\d)|vào|lúc|at|@|;)\s*){{0,3}}\(?(?:{_CLOCK}|{_DOTTED})\)?)"
    rf"(?:\s*\(?{_OFFSET}\)?)?",
    re.IGNORECASE,
)
OFFSET_AFTER = re.compile(rf"\s*\(?{_OFFSET}\)?", re.IGNORECASE)

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
WEEKDAYS_VI = ("hai", "ba", "tư", "năm", "sáu", "bảy")
WEEKDAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_VI = "(?:" + "|".join(sorted(MONTHS_VI, key=len, reverse=True)).replace(" ", r"\s+") + ")"
EN = "(?:" + "|".join(sorted(MONTHS_EN, key=len, reverse=True)) + ")"
_GLUED = r"(?:(?!\d)|(?=\d{1,2}[:h]\d{2}))"  # the year may run into the time: `22/05/202522:15`

DIGIT_FIRST = re.compile(
    "|".join(
        (
            rf"(?<![\d/.-])(?P<iso_y>(?:19|20)\d\d)(?P<iso_s>[-/.])(?P<iso_m>\d{{1,2}})(?P=iso_s)(?P<iso_d>\d{{1,2}}){_GLUED}",
            rf"(?<![\d/.,])(?:(?<![:hg])\d{{1,2}}\s?[-–]\s?)?(?P<num_d>\d{{1,2}})\s?(?P<num_s>[/.-])\s?(?P<num_m>\d{{1,2}})\s?(?P=num_s)\s?(?P<num_y>(?:19|20)\d\d){_GLUED}",
            r"(?<![\d/.,-])(?P<two_d>\d\d)(?P<two_s>[/-])(?P<two_m>\d\d)(?P=two_s)(?P<two_y>\d\d)(?![\d/.,h-])",
            rf"(?<![\d/.,])(?<!mùng )(?<!mồng )(?:\d{{1,2}}\s?[-–]\s?)?(?P<vi_d>\d{{1,2}})\s*(?:tháng|\bthg|\bth(?=\d))\s*(?P<vi_m>\d{{1,2}}(?!\d)|{_VI}(?!\w))(?:\s*[,/.-]?\s*(?:năm\s*)?(?P<vi_y>(?:19|20)\d\d){_GLUED})?",
            rf"(?<![\d/.,])(?P<en_d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<en_m>{EN})(?!\w)\.?(?:,?[\s-]+(?P<en_y>(?:19|20)\d\d)(?!\d))?",
            r"(?<![\d/.,:h-])(?:\d{1,2}\s?[-–]\s?(?=\d{1,2}[/.]))?(?P<dm_d>\d{1,2})(?P<dm_s>[/.-])(?P<dm_m>\d{1,2})(?![\d/]|[.,-]\d|\s?%|\s?(?:triệu|tỷ|tỉ|đồng|usd)\b)",
        )
    ),
    re.IGNORECASE,
)
LETTER_FIRST = re.compile(
    "|".join(
        (
            rf"\b(?:tháng\s+|th(?=\d))(?P<vim_m>\d{{1,2}}|{_VI})\s+(?P<vim_d>\d{{1,2}}),\s*(?P<vim_y>(?:19|20)\d\d)(?!\d)",
            rf"\b(?P<enm_m>{EN})\.?\s+(?P<enm_d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(?P<enm_y>(?:19|20)\d\d)(?!\d))?",
        )
    ),
    re.IGNORECASE,
)
MONTH_BEFORE = re.compile(rf"\b(?:{EN}\.?|tháng\s+(?:\d{{1,2}}|{_VI})|th\d{{1,2}})\s+$", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
YEAR = re.compile(r"(?:19|20)\d\d|\d\d([/-])\d\d\1\d\d")
LUNAR = re.compile(r"\s*(?:năm\s+\S+\s+\S+\s*)?\(?\s*(?:âm\s*lịch|ÂL\b|lunar)", re.IGNORECASE)
ZONES = {
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "ict": 7,
    "bst": 1,
}
WINDOW = 48
LAST_WORDS = frozenset(
    "ngày sáng trưa chiều tối đêm khuya hôm nay sớm muộn qua hai ba tư năm sáu bảy bẩy nhật giờ phút ch sa".split()
)
"""Words that end what belongs to a date; those of other languages are told by their last letter."""
