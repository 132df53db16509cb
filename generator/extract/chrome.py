"""What surrounds an article in scraped text: menus, contacts, mottos, buttons, keywords, related blocks.

Each recogniser looks at one line alone; where a line stands decides elsewhere what it means.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator import dates
from generator.extract.lines import key
from generator.text import match_key


def _phrases(words: str) -> frozenset[str]:
    return frozenset(match_key(phrase.strip()) for phrase in words.split("|") if phrase.strip())


END_MARKS = _phrases(
    "tin cùng chuyên mục|cùng chuyên mục|bài cùng chuyên mục|bài viết cùng chuyên mục|tin mới nhất|tin mới|tin mới hơn"
    "|tin cũ hơn|các tin khác|các tin/bài khác|các tin bài khác|các bài khác|tin khác|tin bài khác|bài khác"
    "|các tin cũ hơn|các tin mới hơn|tin đã đưa|các tin đã đưa|tin nổi bật|tin nóng|đọc nhiều|đọc nhiều nhất|tin đọc nhiều"
    "|xem nhiều|xem nhiều nhất|tin xem nhiều|được quan tâm|mới nhất|nổi bật"
    "|cùng chủ đề"
    "|most read|most popular|trending|trending now|latest news|latest"
    "|more stories|more news|top stories|editors' picks|tin trong ngày|tin tức khác|video nổi bật|video mới nhất"
    "|tin tài trợ|tin hot|bài viết mới|bài viết khác|bài mới nhất|có thể bạn quan tâm|bạn có thể quan tâm"
    "|dành cho bạn|gợi ý cho bạn|you may also like|you might also like|recommended|recommended for you|more from"
)
"""Headings of what mostly follows an article."""
COMMENT_MARKS = _phrases(
    "phản hồi|bình luận|ý kiến bạn đọc|ý kiến|ý kiến của bạn|gửi bình luận|gửi bình luận của bạn|bình luận của bạn"
    "|viết bình luận|thảo luận|comments|comment|leave a comment|leave a reply|join the conversation|discussion"
)
"""Headings of readers' words: the article never goes on below them."""
SIDE_MARKS = _phrases(
    "tin liên quan|bài liên quan|bài viết liên quan|tin bài liên quan|tin, bài liên quan|liên quan|xem thêm|đọc thêm"
    "|mời xem thêm|mời đọc thêm|có thể bạn chưa biết|đọc tiếp|xem tiếp|tin cùng sự kiện|sự kiện liên quan|chủ đề liên quan"
    "|related|related articles|related news|related stories|related topics|read more|read also|see also|more on this"
    "|more on this story|also read|don't miss|xem thêm tin tức|xem thêm video|video liên quan|xem chi tiết"
)
"""Headings of blocks that stand in the middle of articles as well."""
_INLINE_SIDE = re.compile(
    r"(?:xem thêm|đọc thêm|mời xem|mời đọc|tin liên quan|bài liên quan|xem ngay|đọc tiếp|>> ?xem thêm|read more|read also"
    r"|see also|also read|related|more on this)\s*[:：>»]+\s*\S|(?:>>+|»|>>>)\s*\S",
    re.IGNORECASE,
)
_INTERFACE = _phrases(
    "chia sẻ|chia sẻ bài viết|chia sẻ facebook|chia sẻ zalo|facebook|twitter|zalo|linkedin|pinterest|telegram|email|in|in bài|in bài viết"
    "|in trang|copy link|sao chép liên kết|sao chép|lưu|lưu bài|lưu bài viết|thích|theo dõi|theo dõi chúng tôi|theo dõi trên google news"
    "|google news|quay lại|quay lại chủ đề|trở lại|trở lại thời sự|về đầu trang|lên đầu trang|trang chủ|đăng nhập|đăng ký|tìm kiếm|menu"
    "|quảng cáo|advertisement|ad|sponsored|tài trợ|nghe bài viết|nghe đọc bài|nghe|nghe audio|đọc bài|cỡ chữ|cỡ chữ a a|a a|aa|a- a a+|a+|a-|giọng nữ|giọng nam|giọng đọc|0:00|00:00"
    "|share|share this|share this article|share on facebook|share on twitter|tweet|print|save|subscribe|sign in|sign up|log in|login"
    "|home|search|skip to content|skip to main content|follow us|listen|copy|copied|like|reply|download|bản in|gửi email|gửi mail|gửi bài viết"
    "|báo lỗi|báo cáo|tải ứng dụng|đóng|hủy|gửi|xem ảnh|xem ảnh lớn|phóng to|toàn màn hình|mạng xã hội|đặt báo|rss|liên hệ|giới thiệu"
    "|đánh giá|tặng sao|bình chọn|chuyên mục|loading|đang tải|tiếng việt|english|podcast|trực tiếp|video|ảnh|multimedia|infographic|longform|e-magazine|emagazine"
)
_BACK = re.compile(
    r"(?:trở lại|quay lại|về|xem tất cả|tất cả|back to)(?: \w+){1,3}|copy link thành công|link copied"
)
_KEYWORDS = re.compile(
    r"(?:từ khóa|từ khoá|tags?|thẻ|keywords?|chủ đề|topics?|hashtag)\s*[:：]\s*\S|(?:#\w[\w\s]*,?\s*){2,}$",
    re.IGNORECASE,
)
_KEYWORD_MARK = _phrases("từ khóa|tags|tag|thẻ|keywords|chủ đề|topics|hashtag")
_CONTACT = re.compile(
    r"(?:^|\W)(?:hotline|điện thoại|đt|tel|phone|fax|đường dây nóng|e-?mail|tòa soạn|toà soạn|địa chỉ|liên hệ quảng cáo"
    r"|giấy phép|tổng biên tập|phó tổng biên tập|cơ quan chủ quản|address|contact|bản quyền thuộc|copyright)\s*[:：(]"
    r"|^(?:©|\(c\)\s|copyright\b|®)|^\S+@\S+\.\w{2,}$|^(?:https?://|www\.)\S+$|^\+?[\d\s().-]{8,20}$",
    re.IGNORECASE,
)
_CONTACT_SIGNS = re.compile(r"[:：(@©®/]|www\.|^[+\d]|^[Cc]opyright")
_LABELLED = re.compile(r"[•●]\s*[\w .]+:\s*\S+$")
_ADDRESSES = re.compile(
    r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)|(?:https?://|www\.)([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE
)
_BULLET = re.compile(r"[•●▪‣◦■♦❖★»›>|*·]\s*")
_CRUMBS = re.compile(r"\s*(?:>|›|»|/|\||→)\s*")
_LABEL_PICTURE = re.compile(r"(.*?)\s*[-–]\s*(?:ảnh|hình|photo|image)\s*\d{1,3}\s*\.?$", re.IGNORECASE)
_VIDEO = re.compile(r"(?:video|clip|xem video|audio|podcast)\s*[:：]", re.IGNORECASE)
_COUNTS = re.compile(
    r"\(?\d+\)?\s*(?:bình luận|lượt xem|lượt thích|thích|chia sẻ|comments?|views?|shares?|likes?|phút đọc|min(?:ute)?s? read)"
    r"|(?:lượt xem|views?|lượt đọc)\s*[:：]?\s*[\d.,]+|\d{1,3}|[\d:]+\s*/\s*[\d:]+|\d{1,2}x",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:khoảng\s+)?\d+\s*(?:giây|phút|giờ|ngày|tuần|tháng|năm)\s*trước|\d+\s*(?:min(?:ute)?s?|hours?|days?|weeks?)\s*ago",
    re.IGNORECASE,
)
_SECTION_DATE = re.compile(r"(?P<section>\D{2,40}?)\s*[-|•·,]?\s*$")
_STAMP_LABELS = re.compile(
    r"cập nhật|đăng|ngày|lúc|xuất bản|thời gian|phát hành|vào|published|updated|last|posted|modified|on|at|date|time|bài|hồi|est|ist|am|pm|tin",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"cập nhật|updated|modified|sửa", re.IGNORECASE)


@lru_cache(maxsize=1024)
def interface_of(text: str) -> str:
    """Why a line is of the page rather than the article, wherever it stands; empty where it is not."""
    if len(text) > 320:
        return ""
    words = key(text) if len(text) <= 60 else ""
    if not any(map(str.isalnum, words or text)):
        return "sign"
    if words in _INTERFACE or _BACK.fullmatch(words) or _COUNTS.fullmatch(text.strip(" ()")):
        return "button"
    if _AGO.fullmatch(text):
        return "age"
    may_be_contact = len(text) < 200 and text.count(" ") < 30 and _CONTACT_SIGNS.search(text)
    if may_be_contact and (_CONTACT.search(text) or _LABELLED.match(text)):
        return "contact"
    if _KEYWORDS.match(text) or words in _KEYWORD_MARK:
        return "keywords"
    if _INLINE_SIDE.match(text):
        return "related link"
    if _VIDEO.match(text) and text.count(" ") < 30:
        return "video"
    return ""


@lru_cache(maxsize=1024)
def mark_of(text: str, own_marks: frozenset[str] = frozenset()) -> str:
    """`final`, `end` or `side` where a line heads a related block or the comments, else empty.

    `own_marks` are keys of a source's own, after which nothing belongs to the article.
    """
    if len(text) > 60:
        return ""
    words = re.sub(r"\s*\(?\d+\)?$", "", key(text)).strip(" :()")
    if words in own_marks or words in COMMENT_MARKS:
        return "final"
    if words in END_MARKS:
        return "end"
    return "side" if words in SIDE_MARKS else ""


def is_menu(text: str) -> bool:
    """Whether a short line is a menu entry by its own signs: a bullet, several crumbs."""
    return bool(_BULLET.match(text)) and text.count(" ") < 8


def without_bullet(text: str) -> str:
    """A menu entry's words."""
    return _BULLET.sub("", text, count=1).strip()


def is_motto(text: str) -> bool:
    """Whether a line is a motto: three or more short catchwords between dashes or dots."""
    parts = re.split(r"\s+[-–•|·]\s+|\s*•\s*", text)
    return (
        len(parts) >= 3
        and all(0 < part.count(" ") + 1 <= 4 for part in parts)
        and not any(map(str.isdigit, text))
    )


def crumbs_of(text: str) -> tuple[str, ...]:
    """The sections of a breadcrumb line (`Trang chủ > Thời sự > Chính trị`), home left out; empty for another line."""
    if len(text) > 120 or not re.search(r"\s(?:>|›|»|/|\||→)\s|[>›»→]", text):
        return ()
    parts = [part.strip() for part in _CRUMBS.split(text) if part.strip()]
    if len(parts) < 2 or any(part.count(" ") > 4 or any(map(str.isdigit, part)) for part in parts):
        return ()
    return tuple(part for part in parts if match_key(part) not in ("trang chủ", "home", "trang nhất"))


def picture_label_of(text: str) -> str | None:
    """What stands before `- ảnh 1`, a scraper's label of a picture; None where the line is none."""
    match = _LABEL_PICTURE.fullmatch(text) if len(text) < 400 else None
    return match[1] if match else None


def domains_of(text: str) -> list[str]:
    """Domains of the addresses in a line."""
    return [(match[1] or match[2]).lower().removeprefix("www.") for match in _ADDRESSES.finditer(text)]


@lru_cache(maxsize=1024)
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
    if re.search(r"[^\W\d_]{2}|\d", _STAMP_LABELS.sub(" ", rest)):
        return None
    updated = bool(_UPDATED.search(text[: readings[0].start]))
    if updated and len(readings) == 2 and not _UPDATED.search(text[readings[0].end : readings[1].start]):
        return readings[1], False
    return readings[0], updated


@lru_cache(maxsize=1024)
def teaser_date_of(text: str) -> str | None:
    """The section of a teaser's line `Xã hội 15/11/2025`; None where the line is none."""
    if len(text) > 70 or not dates.may_name_year(text):
        return None
    readings = [reading for reading in dates.find_dates(text) if reading.precise]
    if len(readings) != 1 or text[readings[0].end :].strip(" )-|"):
        return None
    match = _SECTION_DATE.fullmatch(text[: readings[0].start])
    return match["section"].strip() if match and match["section"].count(" ") <= 4 else None
