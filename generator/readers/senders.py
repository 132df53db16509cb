"""Who a mail is from, a person or a publisher, and what its subject says without what programs put before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr

from generator.text import match_key, squeeze

_PREFIX = re.compile(
    r"(?:re|fwd?|tr|aw|wg|sv|vs|rv|enc|trả lời|chuyển tiếp|TL|CT)(?:\s*[\[(]\d{1,3}[\])])?\s*[:：]\s*",
    re.IGNORECASE,
)
_TAG = re.compile(r"\[([^\[\]]{1,60})\]\s*")
_NOISE = frozenset({"external", "spam", "ext", "bulk", "newsletter", "bản tin", "ngoài", "forwarded"})
_ROLES = re.compile(
    r"(?:no-?reply|do-?not-?reply|news|newsletter|bulletin|info|contact|hello|hi|editor|editors|editorial|press|media|pr|mail|"
    r"mailer|bounce|support|team|digest|daily|weekly|alerts?|update|updates|toa-?soan|bantin|ban-?tin|tin|tintuc|bandoc|lienhe|"
    r"thongbao|baochi|truyenthong|vanphong|banbientap|bbt|admin|webmaster)(?:[-._+\d].*)?",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:báo|tạp chí|đài|thông tấn|bản tin|tin|tòa soạn|toà soạn|ban biên tập|bộ|cục|sở|ban|ubnd|văn phòng|trung tâm|hội|viện|"
    r"trường|công ty|nhà xuất bản|news|newsletter|times|post|daily|weekly|digest|journal|gazette|tribune|herald|review|media|press|"
    r"team|magazine|online|today|report|bulletin|brief|briefing|agency|institute|foundation|organi[sz]ation|university|office|"
    r"department|ministry|group|inc|ltd|tv|radio|the)\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"(?:gmail|googlemail|yahoo|ymail|outlook|hotmail|live|msn|icloud|me|mac|aol|proton|protonmail|pm|zoho|gmx|web|yandex|mail|qq|"
    r"163|126|fpt|vnn|hn\.vnn|hcm\.vnn)\.(?:com|net|org|me|de|ru|vn|com\.vn|fr|co\.uk|ch)"
)
_MAILING = re.compile(
    r"^(?:(?:e?mails?|news|newsletters?|em?|mg|mkt|mailer|send|bounces?|reply|info|list|lists|go|t|m)\d*\.)+(?=[^.]+\.)"
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a mail is from: a name, which may be empty, and an address, which may be."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What follows the `@`, lower case."""
        return self.address.rpartition("@")[2].lower().strip("> .") if "@" in self.address else ""

    @property
    def mailbox(self) -> str:
        """What stands before the `@`, lower case."""
        return self.address.rpartition("@")[0].lower()


def sender_of(words: str) -> Sender:
    """`Báo Ví Dụ <tin@vidu.example>` taken apart."""
    words = words.replace("[mailto:", "<").replace("]", ">") if "[mailto:" in words else words
    angle = re.search(r"<\s*([^<>\s]+@[^<>\s]+)\s*>", words)
    if angle:
        name, address = words[: angle.start()], angle.group(1)
    else:
        name, address = parseaddr(words)
        if "@" not in address:
            name, address = words, ""
    name = squeeze(name).strip(" \"'“”‘’")
    return Sender("" if "@" in name else name, address)


def who_sent(sender: Sender, list_name: str) -> tuple[str, str]:
    """(author, publisher) out of the sender's name and the name of the list."""
    name = sender.name
    if not name:
        return "", list_name
    parts = re.split(
        r"\s+(?:from|tại|từ|at|via|de|của)\s+|\s*[|–—]\s*|\s+-\s+|,\s+|\s*\((?=[^()]+\)$)", name, maxsplit=1
    )
    if len(parts) == 2 and parts[1].strip(" )"):
        first, second = parts[0].strip(), parts[1].strip(" )")
        if _is_person(first) and not _is_person(second):
            return first, second
        if _is_person(second) and _ORGANISATION.search(first):
            return second, first
    if (
        _ROLES.fullmatch(sender.mailbox)
        or _ORGANISATION.search(name)
        or match_key(name) == match_key(list_name)
    ):
        return "", name
    if _is_person(name):
        return name, list_name
    return "", name


def _is_person(name: str) -> bool:
    """Whether a name may be a person's: two to five capitalised words, none of them an organisation's."""
    words = name.split()
    return (
        2 <= len(words) <= 5
        and all(word[:1].isupper() and not any(map(str.isdigit, word)) for word in words)
        and not all(word.isupper() for word in words)
        and not _ORGANISATION.search(name)
    )


def site_of(domain: str) -> str:
    """The domain that mails are sent for: `em.vidu.example` is `vidu.example`."""
    return _MAILING.sub("", domain)


def is_private(domain: str) -> bool:
    """Whether mails of a domain are anybody's, so that it names no publisher."""
    return _PRIVATE.fullmatch(domain) is not None


def clean_subject(subject: str, sender: Sender, list_name: str) -> str:
    """The subject without what mail programs and lists put before it."""
    listed = {match_key(name) for name in (list_name, sender.name) if name}
    prefixed = bool(list_name)
    for _ in range(12):
        if match := _PREFIX.match(subject):
            subject, prefixed = subject[match.end() :], True
        elif match := _TAG.match(subject):
            tag = match_key(match.group(1))
            if not (tag in _NOISE or tag in listed or prefixed) or not subject[match.end() :].strip():
                break
            subject = subject[match.end() :]
        else:
            break
    return subject.strip()
