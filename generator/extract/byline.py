"""Bylines: which short line names the writers, and which names it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from generator.extract import chrome
from generator.text import match_key, squeeze

_SURNAMES = frozenset(
    "nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh lâm phùng mai"
    " tô hà tạ chu châu thái quách cao la tăng lưu lương thạch kiều khổng bạch từ triệu nghiêm ninh quang minh thanh thu văn"
    " hải hồng ngọc kim bảo an anh hương hoài xuân thùy thủy linh tuấn đức nhật việt khánh duy gia lan mỹ phương quỳnh tùng".split()
)
_FIRST_NAMES = _SURNAMES | frozenset(
    "trung diệp diệu hạnh hiền hiếu huy hùng hưng khôi kiên lam lệ mạnh nam ngân nguyên nhã nhân nhi nhung phong phúc phú quân quốc quý sơn tâm thảo thiên thiện thiệu"
    " thắng thành thúy thuý thư thương tiến toàn trang trâm trí trọng trúc tú tường uyên vân viết vinh vĩnh yến đan đăng đông đình hữu công bá phước song thế bích cẩm"
    " chí danh doãn giang hậu hòa hoà hợp khải khang khoa khương nghĩa phi quế tất thi thục tuệ tuyết vạn băng bình trà vy mộc".split()
)
"""First syllables of pen names, where the words around already say that a person or a paper is meant."""
_AGENCIES = frozenset(
    "ttxvn|vov|vtv|vna|vns|vnanet|afp|ap|reuters|xinhua|tass|bbc|cnn|sputnik|kyodo|yonhap|bloomberg|upi|vietnam+|vietnamplus|dpa|efe|ansa|pti|ani|rfi"
    "|rfa|voa|antara|bernama|cna|anadolu|chinhphu.vn|baochinhphu.vn|associated press|the associated press|reuters staff|al jazeera|news agencies|agencies".split(
        "|"
    )
)
_OWN_NAMES = frozenset(
    "thanh niên|thanh tra|thanh hóa|an ninh thủ đô|an ninh thế giới|an ninh tiền tệ|công lý|công thương|công luận|công an|nhân dân|hà nội mới|hải quan|hải phòng|hải dương"
    "|văn hóa|văn nghệ|trí thức trẻ|thế giới|thể thao|quốc tế|quân đội|trung ương|đông nam bộ|bình phước|bình dương|phú thọ|phú yên|vĩnh phúc|vĩnh long|tiến bộ|thành phố".split(
        "|"
    )
)
"""Papers whose names could be persons' by their first word or their letters."""
_ROLE = (
    r"(?:pv|p/v|ctv|btv|biên tập viên|cộng tác viên|tác giả|bài và ảnh|ảnh và bài|ảnh, bài|bài, ảnh|bài - ảnh|bài ảnh|tin và ảnh|tin, ảnh|tin, bài|tin bài|tin ảnh|tin - ảnh|bài|tin|thực hiện|biên tập"
    r"|biên dịch|tổng hợp|nội dung|nhóm phóng viên|phóng viên|nhóm pv|người viết|lược dịch|dịch|author|written by|reported by|story by|reporting by|words by|translated by)"
)
_PREFIXED = re.compile(
    rf"(?:(?:{_ROLE}|bài viết|thơ|writer)\s*[:：]\s*|by\s*[:：]?\s+|{_ROLE}\s+(?=[A-ZÀ-ỸĐ]))(?P<names>\S.{{0,80}})",
    re.IGNORECASE,
)
_AFTER_FROM = re.compile(
    r"(?:theo(?!\s+dõi\b)|nguồn theo|according to|\(theo)\s*[:：]?\s+(?P<names>\S.{0,80})", re.IGNORECASE
)
_SOURCE_LINE = re.compile(
    r"(?:nguồn|source)\s+(?P<outlet>[^:：/]{2,50}?)\s*[:：]\s*https?://\S{4,200}|\(?(?:nguồn(?: tin)?|source|theo nguồn|nguồn bài viết|xuất xứ|via)\s*[:：]\s*(?P<name>[^:]{2,70}?|https?://\S{4,200}?)(?:\s+[–-]\s+(?:TH|Tổng hợp|BT|PV)\s*[:：].*)?\)?\.?",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\s*[-–,;|.]?\s*(?:(?:ảnh|video|clip|đồ họa|photos?)\s*[:：]|(?:editing|photos?|pictures|translated|writing|additional reporting|compiled) by\s).*$",
    re.IGNORECASE,
)
"""Who else worked on an article: not its writers."""
_TEAM = re.compile(
    r"(?:nhóm (?:pv|phóng viên|ctv|tác giả)(?: [\w-]+){0,3}|staff (?:writers?|reporters?)|(?:toà|tòa) soạn|tổng hợp|(?:bài|tin) tổng hợp"
    r"|ban (?:biên tập|thời sự|bạn đọc|quốc tế|kinh tế|chính trị|xã hội|thế giới|điện tử|thư ký|văn hóa|thể thao|truyền hình|phát thanh)(?: [\w-]+){0,2})",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"(?:senior |chief )?(?:staff |political |foreign )?(?:writers?|reporters?|correspondents?|editors?)|associated press|contributors?|ccb|cựu chiến binh",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"(?:(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy|uý)|(?:PGS|GS|TS|ThS|Ths|Th\.[Ss]|BS|LS|Ths\.BS|ThS\.BS|PGS\.TS|GS\.TS|BSCK\w*)\.?|Tiến sĩ|Thạc sĩ|Bác sĩ|Luật sư|Nhà báo"
    r"|Nhà văn|Nhà thơ|Kỹ sư|Giáo sư|Phó Giáo sư)(?:,| -)?\s+)+(?=[A-ZÀ-ỸĐ])"
)
_OFFICE = re.compile(
    r"(?:Báo|Tạp chí|Đài (?:PT|Phát|Truyền|TH|Tiếng)\w*|Thông tấn xã|Sở|Bộ (?!Lạc)|Cục|Chi cục|Tổng cục|UBND|Ủy ban|Trung tâm|Văn phòng|Huyện đoàn|Tỉnh đoàn|Bệnh viện|Học viện|Đại học|Cao đẳng"
    r"|Viện (?:[a-zà-ỹđ]|Hàn|Nghiên|Khoa)|Trường (?:THPT|THCS|Tiểu|Đại|Cao|ĐH|CĐ|Mầm|Chính)|Công an (?:tỉnh|huyện|TP|xã|phường|thành)|Lữ đoàn|Sư đoàn|Trung đoàn|Liên đoàn|Hội [a-zà-ỹđ]|Công ty|CDC)(?!\w)"
)
"""Where a writer works, after the name."""
_AT_OFFICE = re.compile(rf"(?:,|\s[-–|])\s+(?={_OFFICE.pattern})")
_WHERE = re.compile(r"\s+(?:in|from)\s+[A-Z][\w.]*(?:,? [A-Z][\w.]*){0,2}$|[,|]?\s+\S+@\S+$|[,|]?\s+@\w+$")
_DID = re.compile(
    r"(?:\s+(?:thực hiện|tổng hợp|biên dịch|lược dịch|lược ghi|biên soạn|ghi)|\s?\((?:thực hiện|tổng hợp|biên dịch|lược dịch|dịch|ghi|t/h|th)\))$"
)
_REPORTER = re.compile(r"(?:phóng viên|p/?v|thường trú)\s+(?P<source>\S+)", re.IGNORECASE)
_SPEAKER = re.compile(
    r"(?:bộ|thứ|thủ|chủ|tổng|phó|trưởng|giám|đại sứ|đại diện|ông|bà|anh|chị|luật sư|bác sĩ|chuyên gia|người|thông tin|báo cáo|cơ quan|công an|sở|ubnd|cảnh sát|trung tâm|quy định)(?!\w)",
    re.IGNORECASE,
)
"""Who is quoted, not who wrote."""
_DASHES = ("—", "–", "-")
_DASHED = re.compile(r"[—–-]+\s*(?P<source>[A-Z]{3,6})")
_LETTERS = re.compile(r"[BCDĐFGHJKLMNPQRSTVWXZ]{4,8}")
"""A paper's letters: four and more without a vowel are nobody's initials."""
_WITH_PAPER = re.compile(
    r"(?!.*(?:[Pp]hoto|ẢNH|Ảnh))(?P<names>[^/()]{4,50})/\s*(?P<source>[A-ZÀ-ỸĐ][^/()]{1,40})"
)
_IN_BRACKETS = re.compile(
    r"(?P<names>[^()]+?)\s*\((?:(?:theo|nguồn:?|tổng hợp|thực hiện|ghi|lược dịch|biên dịch|dịch|t/h|th|according to)(?!\w))?\s*(?P<source>[^()]*)\)\.?",
    re.IGNORECASE,
)
_PAPERS = re.compile(r"[-–—]?\s?\(?(?P<source>[\w+]+(?:\s?[/-]\s?[\w+]+)*)\)?")
_DESK = re.compile(r"\((?P<source>[A-ZĐ]{3,8})/[^()/:]{2,30}\)")
_SPLIT = re.compile(r"\s*(?:,|;|&|\+|\s[-–—|]\s|\s+và\s+|\s+and\s+)\s*")
_LIST = re.compile(r"[,;]")
_INITIALS = re.compile(
    r"[A-ZĐ](?:\.?[A-ZĐ]){1,3}\.?|(?:[A-ZĐ][a-z]{1,2}\.)[A-ZÀ-ỸĐ]\w+|(?:[A-ZĐ]\.){1,3}\s?[A-ZÀ-ỸĐ]\w+|[A-ZĐ]\.[A-ZÀ-ỸĐ]\w+"
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]*)*\.?")
_PLACES = frozenset(
    "hà nội|hải phòng|đà nẵng|cần thơ|việt nam|trung quốc|hoa kỳ|nhật bản|hàn quốc|thời sự|chính trị|xã hội|pháp luật|thế giới|kinh tế"
    "|an giang|bà rịa|bạc liêu|bắc giang|bắc kạn|bắc ninh|bến tre|bình dương|bình định|bình phước|bình thuận|cà mau|cao bằng|đắk lắk|đắk nông|điện biên|đồng nai|đồng tháp|gia lai"
    "|hà giang|hà nam|hà tĩnh|hải dương|hậu giang|hòa bình|hưng yên|khánh hòa|kiên giang|kon tum|lai châu|lâm đồng|lạng sơn|lào cai|long an|nam định|nghệ an|ninh bình|ninh thuận"
    "|phú thọ|phú yên|quảng bình|quảng nam|quảng ngãi|quảng ninh|quảng trị|sóc trăng|sơn la|tây ninh|thái bình|thái nguyên|thanh hóa|thừa thiên huế|tiền giang|trà vinh|tuyên quang"
    "|vĩnh long|vĩnh phúc|yên bái|sài gòn|quảng đông|đài loan|triều tiên|hoàng sa|trường sa|nam sudan|trung phi"
    "|new york|los angeles|hong kong|tp.hcm|tp hcm|quảng cáo|xem thêm|hồ chí minh|sự kiện|bình luận|liên hợp quốc|united nations|bạn đọc|tin tức".split(
        "|"
    )
)
_PLACED = re.compile(
    r"(?P<name>[^\W\d]\S*(?: [^\W\d]\S*){1,3}), [A-ZÀ-ỸĐ][a-zà-ỹđ]+(?: [A-ZÀ-ỸĐ][a-zà-ỹđ]+)?"
)
_TOWN = re.compile(r"[^\W\d]\w*(?: [^\W\d]\w*){0,2}, [^\W\d]\w*(?: [^\W\d]\w*)?")
_DESKS = frozenset(
    "thời sự|chính trị|xã hội|kinh tế|thế giới|quốc tế|pháp luật|văn hóa|văn nghệ|giáo dục|thể thao|quốc phòng|an ninh|đối ngoại|đời sống|sức khỏe|y tế|giải trí"
    "|du lịch|công nghệ|khoa học|bạn đọc|biển đảo|quân sự|tin tức|trong nước|news|world|politics|business|local|sports".split(
        "|"
    )
)
_GLUED_CAPS = re.compile(
    r"(?P<end>[.!?…][\"”’)]*)\s*(?P<names>(?:[A-ZÀ-ỸĐ]{2,}|[A-ZĐ]\.)(?:(?:\s+|\s*[-–,]\s*|\.)[A-ZÀ-ỸĐ]{1,}){1,6}\.?)$"
)
_GLUED_TITLE = re.compile(
    r"(?P<end>[.!?…][\"”’)]*)\s*(?P<names>[A-ZÀ-ỸĐ][\wà-ỹ]+(?:\s+[A-ZÀ-ỸĐ][\wà-ỹ]*){1,3})$"
)
_GLUED_MARK = re.compile(r"(?P<end>[.!?…][\"”’)]*)\s*(?P<names>[—–-]+\s*[A-Z]{3,6})$")
"""An English text's own agency: `… a rice cooker. — ABC`."""
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
    words = _without_others(text.strip(" |").rstrip("*†¹²³"))
    if words[:1] in _DASHES and (match := _DASHED.fullmatch(words)):
        return Byline(source=match["source"], sure=True)
    if len(words) > 110 or words.count(" ") > 14:
        return _source_at(words)
    if chrome.mark_of(words):
        return None
    if "@" in words or " in " in words or " from " in words:
        words = _WHERE.sub("", words)
    if _TEAM.fullmatch(words):
        return Byline(sure=True)
    if match := _SOURCE_LINE.fullmatch(words):
        return Byline(source=_publisher(match["outlet"] or match["name"]), sure=True)
    if match := _AFTER_FROM.fullmatch(words.rstrip(").") if "(" not in words[1:] else words.rstrip(".")):
        return _from(match["names"])
    if match := _PREFIXED.fullmatch(words):
        names = _names(match["names"], loose=True)
        if names:
            return Byline(names, sure=True)
        return None
    if match := _IN_BRACKETS.fullmatch(words):
        names = _names(match["names"])
        return Byline(names, _publisher(match["source"])) if names else None
    if (did := _DID.sub("", words)) != words and (names := _names(did)):
        return Byline(names, sure=True)
    return _with_paper(did)


def _source_at(words: str) -> Byline | None:
    """A source line that is long only by its address."""
    match = _SOURCE_LINE.fullmatch(words) if len(words) <= 300 and "http" in words[:30] else None
    return Byline(source=(match["outlet"] or match["name"]).strip(" .()"), sure=True) if match else None


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
        parts = [part.strip() for part in re.split(r"[/-]", match["source"])]
        if parts[0].lower() in _AGENCIES and all(
            part.lower() in _AGENCIES or (part.isupper() and len(part) <= 4) for part in parts
        ):
            return Byline(source=parts[0])
    if match := _DESK.fullmatch(words):
        return Byline(source=match["source"])
    if words.startswith(("Nguồn ", "NGUỒN ")) and words[6:].strip().lower() in _AGENCIES:
        return Byline(source=words[6:].strip())
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
    for pattern in (_GLUED_CAPS, _GLUED_FROM, _GLUED_TITLE, _GLUED_MARK):
        match = pattern.search(text, tail)
        if match is None:
            continue
        names = match["names"]
        if pattern is _GLUED_MARK:
            if any(char.isalpha() and not char.isascii() for char in text[-160:]):
                continue
        elif pattern is not _GLUED_FROM and not _names(names):
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


def pen_name_of(text: str) -> Byline | None:
    """A pen name of one word (`Hoài`), for the line below a text's last sentence; None for another word."""
    word = text.strip(" .()|")
    if word.isalpha() and (word.istitle() or word.isupper()) and match_key(word) in _FIRST_NAMES:
        return Byline((word,))
    return None


def placed_byline(text: str) -> Byline | None:
    """A name and where its bearer writes from (`Asha Limbu, Kathmandu`), for the line below a stamp; None for another
    line."""
    match = _PLACED.fullmatch(text) if text.count(" ") <= 6 else None
    names = _names(match["name"]) if match else ()
    return Byline(names) if names else None


def is_town(text: str) -> bool:
    """Whether a line is a place or a person with a place behind it (`New Delhi, India`), as stand beside a stamp."""
    return text.count(" ") <= 5 and text.count(",") == 1 and _TOWN.fullmatch(text) is not None


def desk_byline(text: str) -> tuple[str, Byline] | None:
    """A section and the writer behind a dash (`Thời sự - Hứa Thiên`); None for another line."""
    desk, dash, rest = text.partition(" - ")
    if not dash or text.count(" ") > 9 or match_key(desk) not in _DESKS:
        return None
    byline = byline_of(rest)
    if byline is None or not byline.names or (rest.isupper() and is_page_name(byline)):
        return None
    return desk, byline


def is_page_name(byline: Byline) -> bool:
    """Whether unlabelled words may as well be a page's own (`Most Liked`, `GIẢI TRÍ`) as a name: none begins as a
    Vietnamese one does, or is written with marks in small letters."""
    return not byline.sure and all(
        (name.isascii() or name.isupper()) and match_key(name).split()[0] not in _FIRST_NAMES
        for name in byline.names
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
    if match := _IN_BRACKETS.fullmatch(words):
        return Byline(_names(match["names"]), _publisher(match["source"]), sure=True)
    if _SPEAKER.match(words):
        return None
    names, slash, source = words.partition("/")
    writers = _names(names) if slash or _is_person(names) else ()
    if writers:
        return Byline(writers, _publisher(source), sure=True)
    if words.count(" ") <= 5 and (words[:1].isupper() or words.startswith(("báo ", "tạp chí ", "đài "))):
        return Byline(source=_publisher(words), sure=True)
    return None


def _is_person(words: str) -> bool:
    if match_key(words).strip(" .") in _OWN_NAMES:
        return False
    parts = _SPLIT.split(words.strip())
    return all(
        2 <= part.count(" ") + 1 <= 4
        and match_key(part).split()[0] in (_SURNAMES if part.count(" ") > 1 else _FIRST_NAMES)
        and part.istitle()
        for part in parts
        if part
    )


def _publisher(words: str) -> str:
    if words.startswith(("http://", "https://")):
        return words.strip(" .()")
    if match := _REPORTER.match(words):
        words = match["source"]
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
        or match_key(name) in _PLACES
        else name
    )


def _names(words: str, loose: bool = False) -> tuple[str, ...]:
    """The names in words that hold nothing else; empty where something else stands there."""
    words = _RANK.sub("", words.strip(" ()"))
    if office := _AT_OFFICE.search(words):
        words = words[: office.start()]
    if " . " in words:
        words = words.replace(" . ", ", ")
    parts = [squeeze(part).strip(" .:|/") if not _INITIALS.fullmatch(part.strip()) else part.strip()
             for part in _SPLIT.split(words)]  # fmt: skip
    parts = [_RANK.sub("", name) for part in parts if part for name in _unhyphened(part)]
    if len(parts) > 1:
        if loose:  # `By Jane Doe, community reporter`
            parts = [
                part
                for part in parts
                if part is parts[0] or not part[:1].islower() or part.startswith(_PARTICLES)
            ]
        parts = [part for part in parts if not _JOB.fullmatch(part)]
    if not parts or len(parts) > 6 or not all(_is_name(part, loose) for part in parts):
        return ()
    return tuple(dict.fromkeys(part for part in parts if match_key(part) not in _AGENCIES))


_PARTICLES = ("de ", "van ", "von ", "der ", "bin ", "al-", "al ")


def _unhyphened(part: str) -> list[str]:
    """Several full names with mere hyphens between them (`Kiều Vân-Đức Lập`), apart."""
    names = part.split("-") if "-" in part else [part]
    whole = len(names) > 1 and all(" " in name.strip() for name in names)
    return [name.strip() for name in names] if whole and (len(names) > 2 or not part.isascii()) else [part]


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
