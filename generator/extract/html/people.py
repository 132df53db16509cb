"""Names of persons in bylines and metadata."""

from __future__ import annotations

import html
import re

from generator.extract.byline import Byline, is_personal
from generator.text import squeeze

_BY = re.compile(
    r"^(?:(?:written |reported |story |words )?by|von|par|por|di|da|door|av|af|przez|oleh|от|автор|autor(?:in|es)?|author|authors|"
    r"auteur|text|texte|tác giả|người (?:đăng|viết|gửi)|(?:viết|đăng) bởi|bài viết của|bài|tin|phóng viên|theo|biên tập|posted by|published by|取材・文|文)\s*[:：]?\s+(?=\S)|^(?:文|記者|编辑|責編|责编|作者)\s*[:：]\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[;|/、，•·]|,|&|\+|\n)\s*|\s+(?:and|und|et|y|e|og|och|và|en|i|и|та|ve|dan)\s+")
_SPLIT_VIETNAMESE = re.compile(r"\s*(?:[;|/•·]|,|&|\+|\n)\s*|\s+(?:and|và)\s+")
"""Other languages' short words are syllables there: `Quân y`, `Ê đê`."""
_VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"(?:trường (?:trung|đại|cao|tiểu|mầm|thpt|thcs|sĩ|quân|chính|đh|cđ|dạy)|học viện|đại học|bệnh viện|viện (?:nghiên|khoa|hàn|kiểm|y)|bộ (?:tư|chỉ|quốc|công|ngoại|y|giáo|nội|tài|tham)|sở |cục |tổng cục"
    r"|chi cục|ủy ban|uỷ ban|ubnd|hđnd|công an|báo |tạp chí|đài (?:pt|phát|truyền|tiếng)|thông tấn|cổng thông tin|trung tâm|công ty|tập đoàn|hội (?:chữ|cựu|nông|liên|đồng|nhà)|trung đoàn|lữ đoàn|sư đoàn|quân (?:khu|đoàn)"
    r"|liên đoàn|tỉnh đoàn|thành đoàn|huyện đoàn|văn phòng|đại sứ quán|the ministry|ministry of|department of|embassy of|university of|office of|institute of)"
    r"|.*(?:university|newspaper|ministry|department|institute|foundation|association|committee|embassy|secretariat|news agency|press office|newsroom)$",
    re.IGNORECASE,
)
"""Schools, offices and papers, which have written nothing themselves."""
_AWAY = re.compile(
    r"^(?:https?://|www\.|@|/|#)|\.(?:com|net|org|de|html?)(?:/|$)|^\d+$|@\w+\.\w+", re.IGNORECASE
)
_ROLE = re.compile(
    r"^(?:(?:staff|senior|chief|special|political|sports|business|deputy|news|foreign|data|guest|contributing)\s+)*(?:writer|reporter|"
    r"editor|correspondent|journalist|columnist|contributor|super user|guest|redakteur(?:in)?|redaktion|journaliste|periodista|phóng viên|"
    r"red|agenturen|editorial team|newsroom|admin|administrator|web ?master|posted|updated|published|share|follow|agencies|staff)s?\b.{0,30}$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:\(.*?\)|\|.*|,\s*(?:staff|senior|special|the|for)\b.*|\s[–—-]\s.*|\s+for\s+.*)$", re.IGNORECASE
)
_NOBODY = frozenset(
    # What stands in a byline's place and names nobody: buttons, menus, boxes, roles alone.
    "comment comments posts search share follow print email e-mail view subscribe newsletter newsletters alert alerts download"
    " episode image images photo photos picture pictures video videos gallery pages menu stories tool tools items"
    " related issue issues report reports extras discussion activity facebook twitter instagram youtube linkedin weather forecast sponsored archive"
    " info information archives tag tags category categories login register account highlights conversations faq terms license staff question material"
    " kommentar kommentare suche teilen drucken empfehlen weiterlesen beiträge artikel lesen startseite trainingszeiten kürzliche imprimer partager"
    " commentaires envoyer enviar imprimir compartir comentarios condividi stampa"
    " autor autorin autore auteur author authors sponsor anzeige user".split()
)
_BEFORE = frozenset(
    "by|von|par|por|di|da|av|af|read more|more|home|text size|older post|newer post".split("|")
)
_ROLES = frozenset(
    "senior chief staff special editorial political executive deputy contributing foreign sports business washington correspondent correspondents editor editors"
    " reporter reporters writer writers columnist journalist contributor envoyé envoyée envoyés envoyées correspondant correspondante journaliste"
    " redakteur redakteurin korrespondent korrespondentin redacción corresponsal monday tuesday wednesday thursday friday saturday sunday"
    " updated published posted".split()
)
_PAIR = re.compile(r"([^\d–—-]{4,40})\s[–—-]\s([^\d–—-]{4,40})")
"""`Lê Hoa - Trần Bình`; behind a dash that no Vietnamese name follows stands a paper."""
_PARTICLES = frozenset("de van von der da di la le el al bin ibn dos das del".split())
_COMPANY = frozenset("gmbh ag kg inc inc. ltd ltd. llc corp corp. plc sas s.a. s.p.a. co. verlag mbh".split())
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "phd", "ph.d.", "md"})


def split_names(text: str) -> list[str]:
    """The names in words that hold names: `Von A. Beck und Lê Mai` → A. Beck, Lê Mai."""
    if "&" in text:
        text = html.unescape(text)
    text = _BY.sub("", squeeze(text)).strip(" .,;:|-–")
    if not text or len(text) > 300 or _AWAY.search(text):
        return []
    if _INSTITUTION.match(text) and not re.search(r"[,;|/]", text):
        return []
    names: list[str] = []
    for part in (_SPLIT_VIETNAMESE if _VIETNAMESE.search(text) else _SPLIT).split(text):
        if not part:
            continue
        if (pair := _PAIR.fullmatch(part)) is not None and is_personal(Byline((pair[2],)), pair[2]):
            names += [name for name in (pair[1], pair[2]) if is_name(name)]
            continue
        name = _without_role(_BY.sub("", _TAIL.sub("", part)).strip(" .,;:|-–()")) if len(part) > 3 else part
        if name.lower() in _SUFFIXES and names:
            names[-1] += f", {part.strip()}"
        elif is_name(name):
            names.append(name)
    return list(dict.fromkeys(names))


def _without_role(name: str) -> str:
    """A name without what its bearer does, where no comma parts the two: `Jane Roe Senior Correspondent`."""
    words = name.split()
    for place, word in enumerate(words[1:], start=1):
        if word.lower() in _ROLES:
            return " ".join(words[:place]) if place > 1 else ""
    return name


def is_company(words: str) -> bool:
    """Whether words are a firm's: they carry its legal form."""
    return not _COMPANY.isdisjoint(words.lower().split())


def is_name(name: str) -> bool:
    """Whether words may be the name of somebody: short, no sentence, no address, no role alone."""
    if not 2 <= len(name) <= 60 or name.count(" ") > 6 or _AWAY.search(name) or _ROLE.match(name):
        return False
    words = name.split()
    if name.lower() in _BEFORE or not _NOBODY.isdisjoint(name.lower().split()) or is_company(name):
        return False
    if _INSTITUTION.match(name):
        return False
    if len(words) > 2 and words[0][0].islower() and words[0] not in _PARTICLES:
        return False
    return any(char.isalpha() for char in name) and not re.search(r"[.!?:]\s|[{}<>=\"“”]|\d", name)
