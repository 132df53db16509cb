"""Where an outlet took a text from: agencies, other outlets named below it, and names that are no outlet's at all."""

from __future__ import annotations

import re

from generator.text import match_key, remember

_WIRES = frozenset(
    "ttxvn|vna|vnanet|thông tấn xã việt nam|tấn xã việt nam|afp|agence france-presse|ap|associated press|the associated press|reuters|xinhua"
    "|tân hoa xã|thx|tass|itar-tass|ria novosti|ria|sputnik|interfax|kyodo|kyodo news|jiji|jiji press|yonhap|yna|bloomberg|upi"
    "|dpa|efe|ansa|anadolu|pti|ani|bernama|antara|aap|pa media|the canadian press|canadian press|ukrinform|irna|kcna|lusa|belga"
    "|pap|ctk|mti|prensa latina|lao news agency|akp".split("|")
)
_NOBODY = frozenset(
    "facebook|fb|zalo|youtube|tiktok|twitter|x|instagram|telegram|mạng xã hội|mxh|fanpage|internet|mạng internet|mạng|báo chí|các báo"
    "|tổng hợp|sưu tầm|biên tập|st|t/h|th|pv|bt|btv|ctv|nvcc|nhân vật cung cấp|tác giả|tác giả cung cấp|bạn đọc|link nguồn|link bài gốc"
    "|google|google news|wikipedia|social media|various|agencies|staff|nguồn|theo báo chí|truyền thông quốc tế|báo nước ngoài".split(
        "|"
    )
)
_OUTLET = re.compile(
    r"(?<!\w)(?:báo|đài|tạp chí|thông tấn|truyền hình|phát thanh|cổng|trang tin|bản tin|tuần báo|tuần san|nhật báo|thời báo|tuổi trẻ"
    r"|news|times|post|gazette|herald|journal|tribune|observer|daily|weekly|radio|press|agency|tv|magazine|online|điện tử)(?!\w)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-ZĐ][A-ZĐ0-9+&]{1,9}|\w*[a-z][A-Z]\w*|\S*[.+]\S+|\S+\+")
_LABEL = re.compile(r"\W*(?:nguồn|source|xuất xứ|theo nguồn)(?!\w)", re.IGNORECASE)
_TAKEN = re.compile(
    r"(?<!\w)(?:theo|nguồn|source|via|according to|dẫn|from|lược dịch|xuất xứ)(?!\w)", re.IGNORECASE
)


@remember
def is_wire(name: str) -> bool:
    """Whether a name is a news agency's, whose texts many outlets print under its mark."""
    return match_key(name).strip(" .()[]-–—") in _WIRES


@remember
def is_nobody(name: str) -> bool:
    """Whether words stand where an outlet's name may stand and name none: `Facebook`, `tổng hợp`."""
    words = match_key(name).strip(" .()[]:-–—")
    return words in _NOBODY or words.startswith(("tổng hợp ", "tổng hợp từ"))


def may_be_outlet(name: str) -> bool:
    """Whether a name that nobody knows has an outlet's form: `Báo X`, `VOV`, `x.example`; a person's name has not."""
    return any(
        is_wire(part) or _OUTLET.search(part) is not None or _LETTERS.fullmatch(part.strip()) is not None
        for part in name.split("/")
    )


def says_taken_over(line: str) -> bool:
    """Whether a line says that the text comes from elsewhere (`Theo X`, `Nguồn: X`) rather than who signed it."""
    return _TAKEN.search(line) is not None


def is_labelled(line: str, name: str) -> bool:
    """Whether a line sets a name apart as an outlet's: `Nguồn: X`, `Theo Minh An/X`."""
    return f"/{name}" in line or _LABEL.match(line) is not None


_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright|bản quyền)(?:\s|©|\(c\)|copyright|bản quyền|thuộc|về|của|by|:|\d{4}|[-–])*+(?P<name>[^\W\d_][^|.;©:\n]{1,60})",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"(?:ghi|dẫn|trích)\s+(?:rõ\s+)?(?:nguồn|theo)\s*[:：]?\s*[\"“'‘](?P<name>[^\"”'’]{2,50})[\"”'’]",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*(?:,|\s[-–—]\s|\(|all rights|giấy phép|ghi rõ|mọi quyền|giữ bản quyền|khi |toàn bộ|®|™).*$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d{4}|bản quyền|ghi rõ", re.IGNORECASE)


def copyright_holder(line: str) -> str:
    """Whose a page says its texts are: `© 2025 Báo X`, `Bản quyền thuộc về Báo X`, `Ghi rõ nguồn "Báo X"`; else nothing.

    A sign with a name alone is as likely a picture's: it needs a year or words beside it.
    """
    if len(line) > 300 or not _DATED.search(line):
        return ""
    if (match := _RIGHTS.search(line) or _QUOTED.search(line)) is None:
        return ""
    name = _CUT.sub("", match["name"]).strip(" \"“”'‘’-–—.,")
    return name if name[:1].isupper() or name[:1].isdigit() else ""
