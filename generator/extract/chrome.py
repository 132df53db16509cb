"""What surrounds an article in scraped text: menus, contacts, mottos, buttons, keywords, related blocks.

Each recogniser looks at one line alone; where a line stands decides elsewhere what it means.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.extract.lines import key
from generator.extract.stamp import stamp_of, teaser_date_of
from generator.text import match_key, remember

__all__ = [
    "COMMENT_MARKS", "END_MARKS", "SIDE_MARKS", "crumbs_of", "domains_of", "interface_of", "is_menu", "is_motto", "is_site_name",
    "mark_of", "notice_of", "picture_label_of", "section_line_of", "stamp_of", "teaser_date_of", "trail_of", "without_bullet",
]  # fmt: skip


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
    "|tin tài trợ|tin hot|bài viết mới|bài viết khác|bài mới nhất|bài mới đăng|bài viết mới nhất|bài xem nhiều|bài đọc nhiều|đừng bỏ lỡ|tin mới cập nhật|tin cùng loại|các tin liên quan khác|other news|other stories|others|in other news|recent posts|popular posts|có thể bạn quan tâm|bạn có thể quan tâm"
    "|dành cho bạn|gợi ý cho bạn|you may also like|you might also like|recommended|recommended for you|more from"
)
"""Headings of what mostly follows an article."""
COMMENT_MARKS = _phrases(
    "phản hồi|bình luận|nhận xét|đăng nhận xét|post a comment|no comments|ý kiến bạn đọc|ý kiến|ý kiến của bạn|gửi bình luận|gửi bình luận của bạn|bình luận của bạn"
    "|viết bình luận|độc giả bình luận|bạn đọc bình luận|ý kiến độc giả|không có nhận xét nào|không có bình luận nào|thảo luận|comments|comment|leave a comment|leave a reply|join the conversation|discussion"
)
"""Headings of readers' words: the article never goes on below them."""
SIDE_MARKS = _phrases(
    "tin liên quan|bài liên quan|bài viết liên quan|tin bài liên quan|tin, bài liên quan|liên quan|xem thêm|đọc thêm"
    "|mời xem thêm|mời đọc thêm|có thể bạn chưa biết|đọc tiếp|xem tiếp|tin cùng sự kiện|sự kiện liên quan|chủ đề liên quan"
    "|related|related articles|related news|related stories|related topics|read more|read also|see also|more on this"
    "|more on this story|also read|don't miss|xem thêm tin tức|xem thêm video|video liên quan|xem chi tiết"
)
"""Headings of blocks that stand in the middle of articles as well."""
_BLOCK = re.compile(
    r"(?:(?:các|những|một số) )?(?:tin|bài|video|clip)(?:[/,]? ?(?:tin|bài|viết|tức|đăng|video|clip|ảnh))*"
    r"(?: (?:khác|liên quan|cùng (?:chuyên mục|chủ đề|loại|sự kiện|tác giả)|mới nhất|mới hơn|cũ hơn|mới|cũ|đã đưa|đã đăng|nổi bật"
    r"|được quan tâm|(?:đọc|xem) nhiều(?: nhất)?|trước|tiếp theo))+"
    r"|(?:featured|related|recommended|recent|latest|top|popular|trending|more|other|similar)(?: \w+)? (?:stories|news|articles|posts|reads|coverage|videos|headlines)"
    r"|most (?:read|liked|viewed|popular|shared|commented|watched)(?: \w+)?"
)
"""The form of such headings: what it lists and which of them."""
_INSIDE = ("liên quan", "sự kiện", "related", "featured", "recommended", "similar")
"""Words of headings in `_BLOCK`'s form that stand inside an article as well."""
_WIRE_END = re.compile(r"[(\[–—*-]+ ?(?:END|End|ENDS|Ends|30) ?[)\]–—*-]+|ENDS?|Enditem|ENDITEM|#{3}")
"""How agencies close a text."""
_INLINE_SIDE = re.compile(
    r"(?:xem thêm|đọc thêm|mời xem|mời đọc|tin liên quan|bài liên quan|xem ngay|đọc tiếp|>> ?xem thêm|read more|read also"
    r"|see also|also read|related|more on this)\s*[:：>»]+\s*\S|(?:>>+|»(?![^«]*«)|>>>)\s*\S",
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
    "|bỏ qua để đến nội dung chính|trang trước|trang sau|trang tiếp theo|previous page|next page|print this page|print this article|print article|share article|email this|email this article|quick links|liên kết nhanh|for subscribers|for subscribers only|subscribers only|members only|tạo tài khoản|nghe tin|đặt làm trang chủ|đầu trang|miền bắc|miền nam|miền trung|đọc bài viết|nghe đọc|1x|twitter/x|messenger|youtube|tiktok|instagram"
    "|mặc định|mặc định cỡ chữ|cỡ chữ mặc định|lên top|top|về top|trọn bộ|đang phát|live|back to top|scroll to top|chuyển đến nội dung chính|chuyển đến nội dung|xem toàn màn hình|nghe bài|nghe toàn bài|tự động phát|tốc độ|chia sẻ link|sao chép link|chia sẻ qua|gửi góp ý|góp ý|theo dõi báo|tin nhanh|lưu tin|đọc báo in|báo in|đặt mua báo in|đọc sau|type the code from the image|close|dismiss|text size|font size|views|shares|reuse this content|bluesky|whatsapp|staff writer"
    "|đánh giá|tặng sao|bình chọn|chuyên mục|loading|đang tải|tiếng việt|english|podcast|trực tiếp|video|ảnh|multimedia|infographic|longform|e-magazine|emagazine"
)
_BACK = re.compile(
    r"(?:trở lại|quay lại|về|xem tất cả|tất cả|back to)(?: \w+){1,3}|copy link thành công|link copied"
)
_KEYWORDS = re.compile(
    r"(?:từ khóa|từ khoá|tags?|thẻ|key ?words?|chủ đề|chuyên đề|sự kiện|topics?|hashtags?|filed under|posted in)\s*[:：]\s*\S|(?:#\w[\w\s]*,?\s*){2,}$"
    r"|#[^\W\d]\w*(?: \w+){0,4}$",
    re.IGNORECASE,
)
_KEYWORD_MARK = _phrases("từ khóa|tags|tag|thẻ|keywords|key words|issue keywords|chủ đề|topics|hashtag")
_CONTACT = re.compile(
    r"(?:^|\W)(?:hotline|điện thoại|đt|tel|phone|fax|đường dây nóng|e-?mail|tòa soạn|toà soạn|địa chỉ|liên hệ quảng cáo"
    r"|giấy phép|tổng biên tập|phó tổng biên tập|cơ quan chủ quản|address|contact|bản quyền thuộc|copyright)\s*[:：(]"
    r"|^(?:\w+ ){0,4}ghi rõ nguồn(?!\w)|^(?:phó )?tổng giám đốc\s*[:：]\s*\S+(?: \S+){1,3}$"
    r"|^giấy phép\s(?:số|xuất bản|thiết lập|hoạt động)|^bản quyền thuộc|^(?:contact|liên hệ)\s.{1,80}\S+@\S+\.\w{2,}"
    r"|^(?:©|\(c\)\s|copyright\b|®)|^\S+@\S+\.\w{2,}$|^(?:https?://|www\.)\S+$|^@\w{3,30}$|^\+?[\d\s().-]{8,20}$",
    re.IGNORECASE,
)
_CONTACT_SIGNS = re.compile(r"[:：(@©®/]")
_CONTACT_WORDS = ("Copyright", "copyright", "Giấy phép", "giấy phép", "Bản quyền", "bản quyền", "+")
_CALL = re.compile(
    r"(?:theo dõi|follow)\s.{1,40}\s(?:trên|on|tại|at)(?:\s+(?:google|facebook|zalo|youtube|telegram|tiktok|twitter|x)\b.*)?"
    r"|[*>\s]*(?:kính\s+)?mời\s+(?:quý\s+)?(?:bạn đọc|độc giả|quý vị|thính giả|khán giả|bạn|các bạn)\s.*(?:xem|theo dõi|nghe|chuyên mục)\b.*"
    r"|bạn (?:gặp|có) (?:vấn đề|thắc mắc|câu hỏi|ý kiến)\s.*\?|(?:hiện )?chưa có (?:bình luận|ý kiến|phản hồi)\b.*|tối đa\s*[:：]?\s*\d+ (?:ký|kí) tự.*|hãy là người đầu tiên bình luận.*"
    r"|(?:this (?:text|article|story)|bài (?:viết )?này) (?:is )?(?:also )?(?:available in|có bản)\b.*|đọc (?:toàn văn|bài gốc|bản đầy đủ)\s.{0,60}"
    r"|(?:đăng nhập|đăng ký)\s(?:để|nhận)\s(?:\w+\s)?(?:bình luận|tin|bản tin|xem|đọc|nhận)\b.*|vui lòng\s(?:nhập|đăng nhập)\b.*"
    r"|\W*(?:sign up|subscribe)\s.*(?:newsletters?|inbox|here|updates|emails?)\b.*|\W*(?:receive|get)\s.*(?:newsletters?|inbox)\b.*"
    r"|(?:already|not) an? (?:subscriber|member)\b.*|you (?:are receiving|received) this (?:e-?mail|newsletter|message)\b.*"
    r"|(?:bạn|quý vị|quý độc giả) nhận được (?:thư|e-?mail|bản tin)\b.*(?:đăng ký|đăng kí).*|(?:click|bấm|nhấn|nhấp)\b.*\b(?:unsubscribe|(?:hủy|huỷ) đăng ký)\b.*"
    r"|our (?:standards\s*:|code of ethics|editorial policy).*|(?:story|article) continues (?:below|after).*",
    re.IGNORECASE,
)
"""Lines that call on the reader."""
_FOLLOW = re.compile(r"(?:Theo dõi|Follow)(?:\s[A-ZÀ-ỸĐ][\w+]*){1,4}")
_TICKER = re.compile(
    r"[^\W\d][\w/ ]{1,24}\s\d+[.,]\d[\d.,]*(?:\s*[-–|;•]?\s+[^\W\d][\w/ ]{1,24}\s[\d.,]*\d)+|[^°]{2,40}\d\s?°\s?[CF]?\s*[-–|].{0,30}\d.{0,6}"
    r"|(?:[A-ZÀ-ỸĐ][\w.]*\s){1,4}[-+]?\d{1,2}\s?°\s?[CF]?"
)
"""Prices (`Vàng 67,05 - USD 25.140`) and the weather (`Hà Nội 28°C`)."""
_SITE_NAME = re.compile(
    r"(?!(?i:(?:báo (?:động|cáo|hiếu|thức|chí|ứng|đáp|hiệu)|đài (?:loan|bắc))\b))(?:(?:BÁO|TẠP CHÍ|ĐÀI|CỔNG THÔNG TIN|TRANG TIN|TRANG THÔNG TIN|THÔNG TẤN XÃ)(?:\s[A-ZÀ-ỸĐ&-]+){1,6}"
    r"|(?:Báo|Tạp chí|Đài|Cổng thông tin|Trang tin|Trang thông tin)(?: điện tử| Điện tử| tổng hợp)?(?:\s[A-ZÀ-ỸĐ][\w-]*){1,6})"
    r"|[A-ZĐ]{4,8}(?: Online| online)?"
    r"|(?:The )?(?:[A-Z]\w+ ){1,3}(?:Times|Post|Gazette|Herald|Sun|News|Journal|Tribune|Observer|Mail|Standard|Chronicle|Telegraph)"
)
_SECTION_LINE = re.compile(
    r"(?:chuyên mục|(?:newspaper )?section|category)\s*[:：]\s*(?P<name>[^:|]{2,40}?)(?:\s*\|.*)?",
    re.IGNORECASE,
)
_SIDE_CALL = re.compile(
    r"(?:xem thêm|mời xem|mời bạn|mời độc giả|mời quý vị|đọc thêm)\s.{2,50}:", re.IGNORECASE
)
_MORE_IN = re.compile(r"more (?:in|from|on) \w+(?: \w+){0,2}|explore more on these topics")
_DURATION = re.compile(r"\d{1,2}:\d\d|\d{1,2}x|[-–|/•·]|a[-+]?")
_LABELLED = re.compile(r"[•●]\s*[\w .]+:\s*\S+$")
_ADDRESSES = re.compile(
    r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)|(?:https?://|www\.)([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE
)
_BULLET = re.compile(r"[•●▪‣◦■♦❖★»›>|*·]\s*")
_CRUMBS = re.compile(r"\s*(?:>|›|»|/|\||→)\s*")
_MOTTO_SIGNS = re.compile(r"\s+[-–•|·]\s+|\s*•\s*")
_CRUMB_SIGNS = re.compile(r"\s(?:>|›|»|/|\||→)\s|[>›»→]")
_LABEL_PICTURE = re.compile(r"(.*?)\s*[-–]\s*(?:ảnh|hình|photo|image)\s*\d{1,3}\s*\.?$", re.IGNORECASE)
_NUMBERS = re.compile(r"^\(?\d+\)?\s+|\s*\(?\d+\)?$")
_VIDEO = re.compile(r"(?:video|clip|xem video|audio|podcast)\s*[:：]", re.IGNORECASE)
_COUNTS = re.compile(
    r"\(?\d+(?:[.,]\d{3})*\)?\s*(?:bình luận|lượt xem|lượt thích|thích|chia sẻ|comments?|views?|shares?|likes?|phút đọc|min(?:ute)?s? read)"
    r"|(?:tất cả cảm xúc|all reactions)\s*[:：]\s*[\d.,]+\s?[KM]?|(?:lượt xem|views?|lượt đọc)\s*[:：]?\s*[\d.,]+|\d{1,3}|[\d:]+\s*/\s*[\d:]+|\d{1,2}x",
    re.IGNORECASE,
)
_MARKED_PICTURE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()]{0,200}\)")
_LABEL_FILE = re.compile(
    r"\S{1,200}\.(?:jpe?g|png|gif|webp|bmp|heic|tiff?)|(?:left|center|right|justify|full|del){3,6}",
    re.IGNORECASE,
)
"""A picture's file name, or the words of an editor's picture buttons run together."""
_NOTICE = re.compile(r"Bạn đang (?:đọc|xem) (?:bài viết|bài báo|bài|tin tức|tin):?\s")
_NOTICE_BEGIN = "Bạn đang "
_IN_SECTION = re.compile(r"\s(?:tại|trong|ở|của|thuộc) chuyên mục\s")
_SECTION_END = re.compile(r"[.|]|\s(?:của|trên|tại)\s")
_HOME = re.compile(r"(?:trang chủ|trang nhất|home)\s*[>›»/|→]", re.IGNORECASE)
_AGO = re.compile(
    r"(?:(?:cập nhật|updated|đăng|posted)\s*:?\s*)?(?:khoảng\s+)?\d+\s*(?:giây|phút|giờ|ngày|tuần|tháng|năm)\s*trước|(?:(?:updated|posted|published)\s*:?\s*)?(?:about\s+)?\d+\s*(?:min(?:ute)?s?|hours?|days?|weeks?)\s*ago"
    r"|(?:hôm qua|hôm nay|hôm kia|yesterday|today),?\s+(?:lúc\s+|at\s+)?\d{1,2}\s?[:hg]\s?\d{2}(?:\s?[ap]m)?",
    re.IGNORECASE,
)


@remember
def interface_of(text: str) -> str:
    """Why a line is of the page rather than the article, wherever it stands; empty where it is not."""
    if len(text) > 320:
        return ""
    words = key(text) if len(text) <= 60 else ""
    if not any(map(str.isalnum, words or text)):
        return "sign"
    if (text[:2] == "![" and _MARKED_PICTURE.fullmatch(text)) or (
        " " not in text and _LABEL_FILE.fullmatch(text)
    ):
        return "picture label"
    if words in _INTERFACE or _BACK.fullmatch(words) or _COUNTS.fullmatch(text.strip(" ()")):
        return "button"
    if _AGO.fullmatch(text):
        return "age"
    if _may_be_contact(text) and (_CONTACT.search(text) or _LABELLED.match(text)):
        return "contact"
    if _KEYWORDS.match(text) or words in _KEYWORD_MARK:
        return "keywords"
    if _INLINE_SIDE.match(text):
        return "related link"
    if (_CALL.fullmatch(text) and text.count(" ") < 30) or (text[:9] == _NOTICE_BEGIN and notice_of(text)):
        return "call on the reader"
    if len(text) <= 90 and (_FOLLOW.fullmatch(text) or _is_buttons(words)):
        return "button"
    if len(text) <= 90 and _TICKER.fullmatch(text):
        return "ticker"
    if _VIDEO.match(text) and text.count(" ") < 30:
        return "video"
    return ""


def _may_be_contact(text: str) -> bool:
    """A cheap look before the long patterns."""
    return (
        len(text) < 200
        and text.count(" ") < 30
        and (
            _CONTACT_SIGNS.search(text) is not None
            or text[0].isdecimal()
            or text.startswith(_CONTACT_WORDS)
            or "www." in text
            or "hi rõ nguồn" in text
        )
    )


def _is_buttons(words: str) -> bool:
    """Whether a line's words are the words of several buttons and nothing else: `in trang gửi email`."""
    tokens = words.replace(":", " : ").split() if ": " in words else words.split()
    place = count = 0
    while place < len(tokens):
        for size in (4, 3, 2, 1):
            if " ".join(tokens[place : place + size]) in _INTERFACE:
                place += size
                count += 1
                break
        else:
            if not _DURATION.fullmatch(tokens[place]) and tokens[place] != ":":
                return False
            place += 1
    return count >= 1 and len(tokens) <= 12


def is_site_name(text: str) -> bool:
    """Whether a line is a paper's name as its page's head has it: `BÁO …`, `Tạp chí …`, letters of a logo."""
    if len(text) > 70:
        return False
    return _SITE_NAME.fullmatch(text) is not None or (
        text.isascii() and text.isupper() and _SITE_NAME.fullmatch(text.title()) is not None
    )


def section_line_of(text: str) -> str | None:
    """The section that a line names as such (`Chuyên mục: Xã hội`); None for another line."""
    match = _SECTION_LINE.fullmatch(text) if len(text) <= 60 else None
    return match["name"].strip() if match else None


def mark_key(text: str) -> str:
    """Key under which a heading is the same with a counter, a colon or in capitals."""
    return _NUMBERS.sub("", key(text)).strip(" :()")


_LONGEST_MARK = 240


def mark_of(text: str, own_marks: frozenset[str] = frozenset()) -> str:
    """`final`, `end` or `side` where a line heads a related block or the comments, else empty.

    `own_marks` are the keys (`mark_key`) of a source's own, after which nothing belongs to the article.
    """
    if len(text) > 60:
        return "final" if own_marks and len(text) <= _LONGEST_MARK and mark_key(text) in own_marks else ""
    return _mark_of(text, own_marks)


@lru_cache(maxsize=1024)
def _mark_of(text: str, own_marks: frozenset[str]) -> str:
    words = mark_key(text)
    if words in own_marks or words in COMMENT_MARKS:
        return "final"
    if words in END_MARKS:
        return "end"
    if words in SIDE_MARKS or _SIDE_CALL.fullmatch(text):
        return "side"
    if _BLOCK.fullmatch(words):
        return "side" if any(word in words for word in _INSIDE) else "end"
    return "end" if _MORE_IN.fullmatch(words) or _WIRE_END.fullmatch(text) else ""


def is_menu(text: str) -> bool:
    """Whether a short line is a menu entry by its own signs: a bullet, several crumbs."""
    return bool(_BULLET.match(text)) and text.count(" ") < 8


def without_bullet(text: str) -> str:
    """A menu entry's words."""
    return _BULLET.sub("", text, count=1).strip()


def is_motto(text: str) -> bool:
    """Whether a line is a motto: three or more short catchwords between dashes or dots."""
    parts = _MOTTO_SIGNS.split(text)
    return (
        len(parts) >= 3
        and all(0 < part.count(" ") + 1 <= 4 for part in parts)
        and not any(map(str.isdigit, text))
    )


def crumbs_of(text: str) -> tuple[str, ...]:
    """The sections of a breadcrumb line (`Trang chủ > Thời sự > Chính trị`), home left out; empty for another line."""
    if len(text) > 120 or not _CRUMB_SIGNS.search(text):
        return ()
    parts = [part.strip() for part in _CRUMBS.split(text) if part.strip()]
    if len(parts) < 2 or any(part.count(" ") > 4 or any(map(str.isdigit, part)) for part in parts):
        return ()
    return tuple(part for part in parts if match_key(part) not in ("trang chủ", "home", "trang nhất"))


def trail_of(text: str) -> tuple[str, str] | None:
    """A breadcrumb that ends in the headline, taken apart (`Trang chủ / Thời sự / | Ba sĩ quan lên đường tới …`); None
    for another line."""
    if len(text) > 300 or _HOME.match(text) is None:
        return None
    match = next(reversed(list(_CRUMBS.finditer(text))))
    if text.count(" ", match.end()) < 4 or not text[match.end() :][:1].isupper():
        return None
    above = text[: match.end()].strip()
    return (above, text[match.end() :]) if crumbs_of(above) else None


def notice_of(text: str) -> tuple[str, str] | None:
    """The headline and the section that a page's foot says the reader is at (`Bạn đang đọc bài viết … tại chuyên mục
    …`); None for another line."""
    match = _NOTICE.match(text) if text[:9] == _NOTICE_BEGIN and len(text) <= 320 else None
    if match is None or (within := _IN_SECTION.search(text, match.end())) is None:
        return None
    return text[match.end() : within.start()].strip(), _SECTION_END.split(text[within.end() :])[0].strip()


def picture_label_of(text: str) -> str | None:
    """What stands before `- ảnh 1`, a scraper's label of a picture; None where the line is none."""
    match = (
        _LABEL_PICTURE.fullmatch(text) if len(text) < 400 and text[-3:].strip(" .")[-1:].isdigit() else None
    )
    return match[1] if match else None


def domains_of(text: str) -> list[str]:
    """Domains of the addresses in a line."""
    return [(match[1] or match[2]).lower().removeprefix("www.") for match in _ADDRESSES.finditer(text)]
