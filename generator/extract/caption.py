"""Captions: a picture's words and its credit, told apart from body text by the credit's own form."""

from __future__ import annotations

import re

_WORD = r"(?:Ảnh|ẢNH|Ảnh minh họa|Ảnh minh hoạ|Nguồn ảnh|Đồ họa|ĐỒ HỌA|Đồ hoạ|Photos?|PHOTOS?|Image|Picture|Graphic|Hình ảnh|Hình|HÌNH)"
_CREDIT = r"(?P<credit>[^\n]{1,80}?)"
_BRACKETED = re.compile(
    rf"\s*[(\[]\s*(?:(?:[A-Z][\w.]*\s)?Photos?\s?/|(?:{_WORD}|ảnh|photo)\s*(?:[:：]|\s)|(?:Nguồn|Source|Nguồn ảnh|Credit|Photo by|Photo courtesy of)\s*[:：]?\s)\s*{_CREDIT}\s*[)\]]\s*(?P<dot>[.]?)$"
)
_COLON = re.compile(
    rf"(?:^|(?<=[\s.,;!?…\"”’)\]–-])){_WORD}(?:\s+(?:minh họa|minh hoạ|tư liệu|chụp màn hình))?\s*[:：]\s*{_CREDIT}\s*[.]?$"
)
_PLAIN = re.compile(
    rf"(?<=[.!?…\"”’)\]])\s*(?:[—–-]+\s*)?(?:Photo by|Photo courtesy of(?:\s+the(?=\s))?|{_WORD})\s+{_CREDIT}\s*[.]?$"
)
_CAPS = re.compile(rf"\s(?:ẢNH\s+|Ảnh (?=(?:chụp|cắt|trích) (?:từ|lại|màn)))\s*{_CREDIT}\s*[.]?$")
_BARE = re.compile(r"[.!?…][\"”’)]*\s+(?P<credit>[^\W\d_]{2,}(?: [^\W\d_]{2,}){1,3})$")
_BARE_WORDS = 30
_ROLE = re.compile(
    r"|(?:tin|bài|tin,? bài|bài,? tin|video|clip|nội dung|thực hiện)\s*(?:,|và|&|-|/)?", re.IGNORECASE
)
_BY = re.compile(r"(?:tin|bài|tác giả|thực hiện|video)\s*[:：]", re.IGNORECASE)
_HINT = re.compile(
    "Ảnh|\\(ảnh|\\(photo|ẢNH|Nguồn|Source|Photo|PHOTO|Image|Picture|Graphic|Credit|Hình|HÌNH|Đồ h|ĐỒ H"
)
_LONE = re.compile(
    rf"[(\[]?\s*(?:(?:[A-Z][\w.]*\s)?Photos?\s?/\s?(?=[A-Z])|(?:{_WORD}|Nguồn ảnh|Photo by|Photo courtesy of|Credit)\s*(?:[:：]\s*|\s+(?=[A-ZÀ-ỸĐ]{{2}}|minh h|tư liệu|chụp màn)|(?<=by)\s+|(?<=of)\s+))"
    rf"{_CREDIT}\s*[)\]]?\.?$"
)
_GENERIC = re.compile(
    r"(?:tư liệu|minh họa|minh hoạ|cắt từ|chụp|do |internet|nguồn|st\b|nvcc|sưu tầm|courtesy|file|handout|illustrat)",
    re.I,
)
_SCENE = re.compile(
    r"(?:quang|toàn) cảnh (?:buổi|lễ|hội nghị|hội thảo|hội đàm|cuộc|phiên|kỳ họp|hiện trường|đại hội|chương trình|tọa đàm|diễn đàn|lớp|khóa"
    r"|vụ|khu vực|diễn tập|họp báo|nơi)(?!\w)|ảnh minh h|hình minh h|hiện trường (?:vụ|nơi|xảy|cháy|tai nạn)(?!\w)|tang vật (?:vụ|thu|bị|được|do|của)(?!\w)"
    r"|(?:các |hai |ba |nhóm )?(?:đối tượng|nghi phạm|bị can|bị cáo)(?!\w)[^.,]{0,60}(?:cùng tang vật|tại cơ quan|tại phiên|tại tòa|tại trụ sở|bị bắt giữ|bị tạm giữ)[^.,]{0,40}\.?$"
    r"|(?:các |hai |đông đảo )?(?:đại biểu|lãnh đạo|đồng chí)(?!\w)[^.]{0,90}(?:chụp ảnh|cắt băng|tham quan|bắt tay)|overview of the \w+|illustrati(?:on|ve) (?:image|photo|picture)",
    re.IGNORECASE,
)
"""Words that open a caption and little else."""
_POSITION = re.compile(
    r"chụp (?:ảnh|hình) (?:lưu niệm|kỷ niệm|chung|cùng)|từ (?:trái|phải) (?:sang|qua)(?!\w)|(?:^|\()trong ảnh(?!\w)|ảnh (?:trên|dưới|lớn|nhỏ|bên)\s?[:)]"
    r"|\((?:đứng |ngồi |thứ \w+ |người |hàng \w+ |ngoài cùng |ở )*(?:bên |bìa |từ )?(?:trái|phải|giữa|áo \w+)(?:[ ,][^()]{0,40})?\)"
    r"|\((?:\w+ )?(?:from |far |at )?(?:left|right|centre|center|L|R)(?:[ ,][^()]{0,30})?\)|(?:from (?:left|right) to|from left)(?!\w)|group photo|file photo|poses? (?:for (?:a |photos?)|(?:at|beside|outside|next to) )",
    re.IGNORECASE,
)
"""Who stands where in a picture."""
_PLACED = ("(", "chụp ", " trái ", " phải ", "rong ảnh", "ảnh ", " left", " photo", "poses ", " pose ")
"""One of these is in every such text."""
_AT_EVENT = re.compile(
    r"[^.,:;]*(?:,[^.,:;]*){0,4}(?<!\w)(?:(?:phát biểu(?: \w+){0,3}|trình bày (?:báo cáo|tham luận|ý kiến)(?: \w+){0,3}|trao đổi) tại (?:buổi|hội|lễ|cuộc|phiên|kỳ|đại hội|diễn đàn|tọa đàm"
    r"|chương trình|họp)|(?:speaks|speaking|delivers (?:\w+ ){1,4}) ?at the)(?!\w)[^.,:;]{0,60}\.?$",
    re.IGNORECASE,
)
_OPENS_TEXT = re.compile(
    r"(?:phát biểu|tại|theo|trong|ngày|sáng|trưa|chiều|tối|đêm|sau|trước|cùng|tham dự|dự|đến|về|từ|với|để|nhân|ngoài|bên cạnh|ngay|khi|nếu|do|vì|qua|hiện|được|đó|đây|tuy|nhưng|đồng thời"
    r"|ông|bà|anh|chị|em|họ|tôi|chúng tôi|nó|mỗi|mọi|vụ|việc|không|có|đã|he|she|it|they|the|this|in|on|at|according|speaking)(?:\s+(?!\w*[A-ZÀ-ỸĐ])|$)"
)
_NARRATES = re.compile(
    r"(?<!\w)(?:đã|sẽ|là|có|không|được|bị|phải|cần|vẫn|nên|vì|nhưng|cho biết|nói|khẳng định|nhấn mạnh|đề nghị|mong|yêu cầu|từng|thì|mà|rất|chưa|vừa|mới|thêm|khoảng|hơn)(?!\w)"
    r"|[?!:;“”\"…]",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"(?<!\w)(?:(?<!hai )(?<!các )bên (?!cạnh|này|kia|đó|liên quan)|cùng |đang (?!được|bị)|trao |tặng |thăm |kiểm tra |tham quan |diễu |tuần tra |bắt tay |khám |hướng dẫn |biểu diễn |ký kết |đón |dự (?:buổi|lễ|cuộc|hội|phiên|họp|khai mạc)|tại (?:buổi|lễ|cuộc|hội|phiên|sân bay|trụ sở|hiện trường) )",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"(?<!\w)(?:đón|tiếp|đi dọc|bước|chào|duyệt|chủ trì|phát biểu|cắt băng|dâng|thắp|tại (?:buổi|lễ|cuộc|hội|phiên|sân bay|trụ sở|hiện trường|diễn đàn|phủ|tòa))(?!\w)",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:Chủ tịch|Phó|Thủ tướng|Bộ trưởng|Thứ trưởng|Tỉnh trưởng|Tổng|Đại (?:sứ|tướng|tá|úy|diện|biểu)|Thượng (?:tướng|tá|úy)|Trung (?:tướng|tá|úy)|Thiếu (?:tướng|tá|úy)|Đồng chí|Ông|Bà|Các|Những"
    r"|Đoàn|Lực lượng|Cán bộ|Chiến sĩ|Chiến sỹ|Lãnh đạo|Giám đốc|Trưởng|Hai|Ba|Nhóm|Công nhân|Nông dân|Học sinh|Sinh viên|Học viên|Người|Cảnh sát|Công an|Bộ đội|Bác sĩ|Thầy|Cô|Anh|Chị|Bí thư)(?!\w)"
)
_NAMED = re.compile(r"\s[A-ZÀ-ỸĐ]\w+ [A-ZÀ-ỸĐ]\w+")
_END = re.compile(r"[.!?…][\"”’)\]]*\s+[\"“(]?[A-ZÀ-ỸĐ]")
_DOMAIN = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,7}/?")
_MOST_WORDS = 75
_LONGEST = 400
"""Characters of the longest caption without a credit."""


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
        words = text[: match.start()].rstrip(" -–—|")
        if _ROLE.fullmatch(words) or words.count(" ") >= _MOST_WORDS or len(_END.findall(words)) > 3:
            return None
        if pattern is _BRACKETED and match["dot"] and words[-1] not in ".!?…":
            words += "."
        return words, match["credit"].strip(" .")
    return None


def bare_credit(text: str) -> tuple[str, str] | None:
    """A short sentence and the name in capitals behind it (`Soldiers wave before boarding. JANE DOE`), for a line inside
    a text; None for another line."""
    if not text[-3:].isupper() or text.count(" ") > _BARE_WORDS:
        return None
    match = _BARE.search(text, max(0, len(text) - 60))
    if match is None or not match["credit"].isupper():
        return None
    words = text[: match.start("credit")].rstrip()
    return None if _END.search(words) or words.isupper() else (words, match["credit"])


def shows_scene(text: str) -> bool:
    """Whether words without a credit are a picture's by what they say: who stands where, a view of an event."""
    if len(text) > _LONGEST or text[-1:] in ":?!…":
        return False
    placed = any(sign in text for sign in _PLACED) and _POSITION.search(text) is not None
    if not (placed or _SCENE.match(text)):
        at_event = (" tại " in text or " at the " in text) and text.count(" ") < 30 and not _opens_text(text)
        if not at_event or not _AT_EVENT.match(text):
            return False
    return len(_END.findall(text)) <= (1 if "(" in text else 0)


def shows_person(text: str) -> bool:
    """Whether a longer line without a full stop names somebody and what he does, as captions do and headings do not."""
    return (
        text[-1:].isalnum()
        and len(text) <= _LONGEST
        and 7 <= text.count(" ") < 45
        and _WHO.match(text) is not None
        and _NAMED.search(text) is not None
        and (_SHOWN.search(text) is not None or _DOES.search(text) is not None)
        and _NARRATES.search(text) is None
    )


def tells_moment(text: str) -> bool:
    """Whether a short sentence only says what one sees, as a caption does: who does what, without any tense."""
    return (
        len(text) <= _LONGEST
        and text[:1].isupper()
        and _SHOWN.search(text) is not None
        and _NARRATES.search(text) is None
        and not _opens_text(text)
        and not _END.search(text)
    )


def _opens_text(text: str) -> bool:
    """Whether the first word is one that opens a sentence of a text (`Theo …`, `Tại …`, `Ông cho …`)."""
    return _OPENS_TEXT.match(text[:1].lower() + text[1:40]) is not None


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
    return first.isupper() or bool(_GENERIC.match(words)) or bool(_DOMAIN.fullmatch(words))
