"""Captions: a picture's words and its credit, told apart from body text by the credit's own form."""

from __future__ import annotations

import re

_WORD = r"(?:Ảnh|ẢNH|Ảnh minh họa|Ảnh minh hoạ|Nguồn ảnh|Đồ họa|ĐỒ HỌA|Đồ hoạ|Photos?|PHOTOS?|Image|Picture|Graphic|Hình|HÌNH)"
_CREDIT = r"(?P<credit>[^\n]{1,80}?)"
_BRACKETED = re.compile(
    rf"\s*[(\[]\s*(?:(?:[A-Z][\w.]*\s)?Photos?\s?/|{_WORD}\s*(?:[:：]|\s)|(?:Nguồn|Source|Nguồn ảnh|Credit|Photo by|Photo courtesy of)\s*[:：]?\s)\s*{_CREDIT}\s*[)\]]\s*(?P<dot>[.]?)$"
)
_COLON = re.compile(
    rf"(?:^|(?<=[\s.,;!?…\"”’)\]–-])){_WORD}(?:\s+(?:minh họa|minh hoạ|tư liệu|chụp màn hình))?\s*[:：]\s*{_CREDIT}\s*[.]?$"
)
_PLAIN = re.compile(rf"(?<=[.!?…\"”’)\]])\s*(?:{_WORD}|Photo by|Photo courtesy of)\s+{_CREDIT}\s*[.]?$")
_CAPS = re.compile(rf"\sẢNH\s+{_CREDIT}\s*[.]?$")
_ROLE = re.compile(
    r"|(?:tin|bài|tin,? bài|bài,? tin|video|clip|nội dung|thực hiện)\s*(?:,|và|&|-|/)?", re.IGNORECASE
)
_BY = re.compile(r"(?:tin|bài|tác giả|thực hiện|video)\s*[:：]", re.IGNORECASE)
_HINT = re.compile("Ảnh|ẢNH|Nguồn|Source|Photo|PHOTO|Image|Picture|Graphic|Credit|Hình|HÌNH|Đồ h|ĐỒ H")
_LONE = re.compile(
    rf"[(\[]?\s*(?:(?:[A-Z][\w.]*\s)?Photos?\s?/\s?(?=[A-Z])|(?:{_WORD}|Nguồn ảnh|Photo by|Photo courtesy of|Credit)\s*(?:[:：]\s*|\s+(?=[A-ZÀ-ỸĐ]{{2}}|minh h|tư liệu|chụp màn)|(?<=by)\s+|(?<=of)\s+))"
    rf"{_CREDIT}\s*[)\]]?\.?$"
)
_GENERIC = re.compile(
    r"(?:tư liệu|minh họa|minh hoạ|cắt từ|chụp|do |internet|nguồn|st\b|nvcc|sưu tầm|courtesy|file|handout|illustrat)",
    re.I,
)
_END = re.compile(r"[.!?…][\"”’)\]]*\s+[\"“(]?[A-ZÀ-ỸĐ]")
_MOST_WORDS = 75


def split_caption(text: str) -> tuple[str, str] | None:
    """A caption's words and its credit, without the word `Ảnh`; None where no credit ends the text.

    A text too long or of too many sentences for a caption is none, even where it ends with a credit.
    """
    if len(text) > 900 or _BY.match(text) or _HINT.search(text, max(0, len(text) - 130)) is None:
        return None
    for pattern in (_BRACKETED, _COLON, _PLAIN, _CAPS):
        match = pattern.search(text, max(0, len(text) - 130))
        if match is None or not _is_credit(match["credit"]):
            continue
        words = text[: match.start()].rstrip(" -–|")
        if _ROLE.fullmatch(words) or words.count(" ") >= _MOST_WORDS or len(_END.findall(words)) > 3:
            return None
        if pattern is _BRACKETED and match["dot"] and words[-1] not in ".!?…":
            words += "."
        return words, match["credit"].strip(" .")
    return None


def lone_credit(text: str) -> str | None:
    """The credit of a line that is nothing but one (`Ảnh: …`); None for another line."""
    if len(text) > 90:
        return None
    match = _LONE.fullmatch(text)
    return match["credit"].strip(" .)") if match and _is_credit(match["credit"]) else None


def _is_credit(words: str) -> bool:
    """A name, an agency or a generic word, not the rest of a sentence."""
    words = words.strip(" .()")
    if not words or words.count(" ") > 9 or re.search(r"[.!?;]\s|\s[:：]", words):
        return False
    first = words.lstrip('@"“')[:1]
    return first.isupper() or bool(_GENERIC.match(words))
