"""Bylines: which short line names the writers, and which names it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from generator.text import match_key, squeeze

_SURNAMES = frozenset(
    "nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh lâm phùng mai"
    " tô hà tạ chu châu thái quách cao la tăng lưu lương thạch kiều khổng bạch từ triệu nghiêm ninh quang minh thanh thu văn"
    " hải hồng ngọc kim bảo an anh hương hoài xuân thùy thủy linh tuấn đức nhật việt khánh duy gia lan mỹ phương quỳnh tùng".split()
)
_AGENCIES = frozenset(
    "ttxvn vov vtv vna vnanet afp ap reuters xinhua tass bbc cnn sputnik kyodo yonhap bloomberg upi vietnam+ vietnamplus"
    " chinhphu.vn baochinhphu.vn".split()
)
_ROLE = (
    r"(?:pv|ctv|cộng tác viên|tác giả|bài và ảnh|bài, ảnh|bài - ảnh|bài ảnh|tin và ảnh|tin, ảnh|tin, bài|tin bài|tin ảnh|tin - ảnh|bài|tin|thực hiện|biên tập"
    r"|biên dịch|tổng hợp|nội dung|nhóm phóng viên|phóng viên|nhóm pv|người viết|lược dịch|dịch|author|written by|reported by|story by|reporting by|words by)"
)
_PREFIXED = re.compile(
    rf"(?:{_ROLE}\s*[:：]\s*|by\s*[:：]?\s+|{_ROLE}\s+(?=[A-ZÀ-ỸĐ]))(?P<names>\S.{{0,80}})", re.IGNORECASE
)
_AFTER_FROM = re.compile(
    r"(?:theo(?!\s+dõi\b)|nguồn theo|according to|\(theo)\s*[:：]?\s+(?P<names>\S.{0,80})", re.IGNORECASE
)
_SOURCE_LINE = re.compile(
    r"\(?(?:nguồn(?: tin)?|source|theo nguồn|nguồn bài viết|xuất xứ|via)\s*[:：]\s*(?P<name>[^:]{2,70}?)(?:\s+[–-]\s+(?:TH|Tổng hợp|BT|PV)\s*[:：].*)?\)?\.?",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\s*[-–,;|.]?\s*(?:(?:ảnh|video|clip|đồ họa|photos?)\s*[:：]|(?:editing|writing|additional reporting|compiled) by\s).*$",
    re.IGNORECASE,
)
"""Who else worked on an article: not its writers."""
_TEAM = re.compile(
    r"(?:nhóm (?:pv|phóng viên|ctv|tác giả)|staff (?:writers?|reporters?)|ban biên tập)", re.IGNORECASE
)
_JOB = re.compile(
    r"(?:senior |chief )?(?:staff |political |foreign )?(?:writers?|reporters?|correspondents?|editors?)|associated press|contributors?",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy|uý)|(?:PGS|GS|TS|ThS|Ths|BS|LS|Ths\.BS|ThS\.BS|PGS\.TS|GS\.TS|BSCK\w*)\.?|Tiến sĩ|Thạc sĩ|Bác sĩ|Luật sư|Nhà báo"
    r"|Kỹ sư|Giáo sư)\s+(?=[A-ZÀ-ỸĐ])"
)
_LETTERS = re.compile(r"[BCDĐFGHJKLMNPQRSTVWXZ]{4,8}")
"""A paper's letters: four and more without a vowel are nobody's initials."""
_WITH_PAPER = re.compile(
    r"(?!.*(?:[Pp]hoto|ẢNH|Ảnh))(?P<names>[^/()]{4,50})/\s*(?P<source>[A-ZÀ-ỸĐ][^/()]{1,40})"
)
_IN_BRACKETS = re.compile(
    r"(?P<names>[^()]+?)\s*\((?:(?:theo|nguồn:?|tổng hợp|thực hiện|ghi|lược dịch|biên dịch|dịch|t/h|th|according to)(?!\w))?\s*(?P<source>[^()]*)\)\.?",
    re.IGNORECASE,
)
_PAPERS = re.compile(r"\(?(?P<source>[\w+]+(?:/[\w+]+)*)\)?")
_SPLIT = re.compile(r"\s*(?:,|;|&|\+|\s[-–—|]\s|\s+và\s+|\s+and\s+)\s*")
_LIST = re.compile(r"[,;]")
_INITIALS = re.compile(r"[A-ZĐ](?:\.?[A-ZĐ]){1,3}\.?|(?:[A-ZĐ]\.){1,3}\s?[A-ZÀ-ỸĐ]\w+|[A-ZĐ]\.[A-ZÀ-ỸĐ]\w+")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]*)*\.?")
_PLACES = frozenset(
    "hà nội|hải phòng|đà nẵng|cần thơ|việt nam|trung quốc|hoa kỳ|nhật bản|hàn quốc|thời sự|chính trị|xã hội|pháp luật|thế giới|kinh tế"
    "|new york|los angeles|hong kong|tp.hcm|tp hcm|quảng cáo|xem thêm|hồ chí minh|sự kiện|bình luận|liên hợp quốc|united nations|bạn đọc|tin tức".split(
        "|"
    )
)
_GLUED_CAPS = re.compile(
    r"(?P<end>[.!?…][\"”’)]*)\s*(?P<names>(?:[A-ZÀ-ỸĐ]{2,}|[A-ZĐ]\.)(?:(?:\s+|\s*[-–,]\s*|\.)[A-ZÀ-ỸĐ]{1,}){1,6}\.?)$"
)
_GLUED_TITLE = re.compile(
    r"(?P<end>[.!?…][\"”’)]*)\s*(?P<names>[A-ZÀ-ỸĐ][\wà-ỹ]+(?:\s+[A-ZÀ-ỸĐ][\wà-ỹ]*){1,3})$"
)
_GLUED_FROM = re.compile(r"(?P<end>[.!?…][\"”’)]*)\s*(?P<names>\(?Theo\s+[A-ZÀ-ỸĐ][^.!?]{1,60})$")


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says: the writers, and the publisher it may name beside them."""

    names: tuple[str, ...] = ()
    source: str = ""
    sure: bool = False
    """Its own words say that it is a byline (`Tác giả:`, `By`, `Theo`)."""


@lru_cache(maxsize=1024)
def byline_of(text: str) -> Byline | None:
    """What a line names as a byline; None where it has no such form."""
    words = _without_others(text.strip())
    if len(words) > 110 or words.count(" ") > 14:
        return None
    if _TEAM.fullmatch(words):
        return Byline(sure=True)
    if match := _SOURCE_LINE.fullmatch(words):
        return Byline(source=_publisher(match["name"]), sure=True)
    if match := _AFTER_FROM.fullmatch(words.rstrip(").")):
        return _from(match["names"])
    if match := _PREFIXED.fullmatch(words):
        names = _names(match["names"], loose=True)
        if names:
            return Byline(names, sure=True)
        return None
    if match := _IN_BRACKETS.fullmatch(words):
        names = _names(match["names"])
        return Byline(names, _publisher(match["source"])) if names else None
    return _with_paper(words)


def _without_others(words: str) -> str:
    """A byline without the photographers and editors that it names after the writers."""
    if len(words) > 240 or not words[:1].isupper() or not (":" in words or " by " in words or "：" in words):
        return words
    head = _OTHERS.sub("", words)
    match = _PREFIXED.fullmatch(head) if head != words else None
    return head if match is not None and _names(match["names"], loose=True) else words


def _with_paper(words: str) -> Byline | None:
    """A paper's letters or an agency's name alone, names with their paper, names alone."""
    if _LETTERS.fullmatch(words):
        return Byline(source=words)
    if match := _PAPERS.fullmatch(words):
        parts = match["source"].split("/")
        if all(part.lower() in _AGENCIES for part in parts):
            return Byline(source=parts[0])
    if match := _WITH_PAPER.fullmatch(words):
        names = _names(match["names"])
        if names and all(name.count(" ") <= 4 for name in names):
            paper = (
                match["source"].split("-")[0] if match["source"].split("-")[0].isupper() else match["source"]
            )
            return Byline(names, _publisher(paper), sure=True)
    names = _names(words)
    return Byline(names) if names else None


def split_glued_byline(text: str) -> tuple[str, str] | None:
    """A last sentence and the byline that was glued to its end: `… tỷ đồng. HOÀNG ANH`."""
    tail = max(0, len(text) - 90)
    for pattern in (_GLUED_CAPS, _GLUED_FROM, _GLUED_TITLE):
        match = pattern.search(text, tail)
        if match is None:
            continue
        names = match["names"]
        if pattern is not _GLUED_FROM and not _names(names):
            continue
        if pattern is _GLUED_TITLE and match_key(names).split()[0] not in _SURNAMES:
            continue
        return text[: match.end("end")], names
    return None


def is_personal(byline: Byline, text: str) -> bool:
    """Whether a byline's form alone shows persons: capitals throughout, or a Vietnamese family name first."""
    if not byline.names:
        return False
    return (
        byline.sure or text.isupper() or all(match_key(name).split()[0] in _SURNAMES for name in byline.names)
    )


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's, which writes no articles under its own byline here."""
    return match_key(name).strip(" .()") in _AGENCIES


def clean_names(text: str) -> tuple[str, ...]:
    """The names in metadata words (`By Jane Doe and John Roe`), without roles."""
    match = _PREFIXED.fullmatch(text.strip())
    return _names(match["names"] if match else text, loose=True)


def _from(words: str) -> Byline | None:
    """`Theo Minh Đức - Quang Trung/Công lý`: writers before the slash, their paper after it."""
    names, slash, source = words.partition("/")
    writers = _names(names) if slash or _is_person(names) else ()
    if writers:
        return Byline(writers, _publisher(source), sure=True)
    if words.count(" ") <= 5 and words[:1].isupper():
        return Byline(source=_publisher(words), sure=True)
    return None


def _is_person(words: str) -> bool:
    parts = _SPLIT.split(words.strip())
    return all(
        2 <= part.count(" ") + 1 <= 4 and match_key(part).split()[0] in _SURNAMES for part in parts if part
    )


def _publisher(words: str) -> str:
    name = _LIST.split(words.strip(" .()"))[0].strip()
    return (
        ""
        if name.startswith("[")
        or match_key(name)
        in (
            "tổng hợp",
            "internet",
            "sưu tầm",
            "link nguồn",
            "link bài gốc",
            "thực hiện",
            "t/h",
            "th",
            "st",
            "ghi",
        )
        else name
    )


def _names(words: str, loose: bool = False) -> tuple[str, ...]:
    """The names in words that hold nothing else; empty where something else stands there."""
    parts = [squeeze(part).strip(" .:|/") if not _INITIALS.fullmatch(part.strip()) else part.strip()
             for part in _SPLIT.split(words.strip(" ()"))]  # fmt: skip
    parts = [_RANK.sub("", part) for part in parts if part]
    if len(parts) > 1:
        parts = [part for part in parts if not _JOB.fullmatch(part)]
    if not parts or len(parts) > 6 or not all(_is_name(part, loose) for part in parts):
        return ()
    return tuple(dict.fromkeys(part for part in parts if match_key(part) not in _AGENCIES))


def _is_name(words: str, loose: bool) -> bool:
    if _INITIALS.fullmatch(words):
        return True
    tokens = words.split()
    if not 1 <= len(tokens) <= 5 or match_key(words) in _PLACES or len(words) > 40:
        return False
    if len(tokens) == 1 and not loose:
        return False
    return all(_NAME_WORD.fullmatch(token) and (token[0].isupper() or token in ("de", "van", "von", "der", "bin", "al"))
               for token in tokens)  # fmt: skip
