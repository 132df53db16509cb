"""What an article's address says: its publisher's domain, its section, its words, its day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from generator import dates
from generator.models import ClueKind, DateClue
from generator.settings.address_date import read_address_template
from generator.settings.section import section_key
from generator.text import strip_marks

SECTIONS: tuple[str, ...] = (
    "Thời sự", "Chính trị", "Xã hội", "Thế giới", "Quốc tế", "Kinh tế", "Kinh doanh", "Pháp luật", "Giáo dục",
    "Thể thao", "Văn hóa", "Giải trí", "Sức khỏe", "Đời sống", "Khoa học", "Công nghệ", "Du lịch", "Quốc phòng",
    "Quân sự", "An ninh", "Đối ngoại", "Tin tức", "Bất động sản", "Môi trường", "Y tế", "Giao thông", "Tài chính",
    "Chứng khoán", "Ngân hàng", "Đô thị", "Nông nghiệp", "Lao động", "Việc làm", "Gia đình", "Giới trẻ", "Bạn đọc",
    "Biển đảo", "Xây dựng Đảng", "Quốc hội", "Dân sinh", "Hồ sơ", "Phân tích", "Ý kiến", "Góc nhìn", "Bình luận",
    "Tòa án", "Trong nước", "Công đoàn", "Văn nghệ", "Thị trường", "Hội nhập", "Năng lượng", "Khoa học - Công nghệ",
    "Politics", "World", "Business", "Society", "Sports", "Culture", "Health", "Science", "Technology", "Opinion",
    "National", "Environment", "Education", "Travel", "Life", "Economy", "Law", "News", "Asia", "Africa",
)  # fmt: skip
"""Names of sections as Vietnamese (and English) papers use them."""

_WORD = re.compile(r"[a-z0-9]+")
_DAY_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
_COMPACT_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_STAMPED_ID = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{0,5}(?!\d)")
_PREFIXED_ID = re.compile(r"(?<!\d)[1-3]\d\d(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{1,6}(?!\d)")
_TAIL = re.compile(
    r"(?:[-_.]?(?:post|c|a|d|p|tintuc|news|id|ar|t|n|b)?\d+[a-z]?\d*|[-_][0-9A-F]{6,})+$", re.IGNORECASE
)
_SECTION_TAIL = re.compile(r"(?:-?\d+)?(?:\.html?)?$")
_SUFFIX = re.compile(r"\.(?:html?|htm|aspx?|php|vov|chn|vnp|ldo|tpo|epi|bbg|shtml|amp)$", re.IGNORECASE)

_ARCHIVE = re.compile(
    r"https?://(?:web\.|wayback\.)?(?:archive\.org/web|archive\.(?:ph|today|is|md|li|vn|fo))/(?:(?P<day>\d{8})(?P<time>\d{6})?\w*"
    r"|\d{0,7}\*?\w*)/(?P<inner>https?:/+.+)",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"https?://(?:[\w-]+\.cdn\.ampproject\.org|(?:www\.)?google\.[a-z.]{2,6}/amp)/(?:[acvi]/)?(?:(?P<secure>s)/)?(?P<inner>[\w-]+\..+)",
    re.IGNORECASE,
)
"""An AMP cache's address of a page, its own behind `/c/s/`."""
_CACHED = re.compile(
    r"https?://webcache\.googleusercontent\.com/search\?(?:[^#]*&)?q=cache(?::|%3A)(?:[\w-]{12}(?::|%3A))?(?P<inner>[^+&\s]+)",
    re.IGNORECASE,
)
_WRAPPING = ("archive.", "ampproject.org", "/amp/", "googleusercontent.com", ".translate.goog")
"""One of these stands in every address that holds another."""
_TRANSLATED = re.compile(r"(?P<host>[\w-]+)\.translate\.goog", re.IGNORECASE)
_CARRIERS = (
    "archive.org", "archive.ph", "archive.today", "archive.is", "archive.md", "archive.li", "archive.vn", "archive.fo",
    "ampproject.org", "googleusercontent.com", "translate.goog", "news.google.com", "t.co", "bit.ly",
)  # fmt: skip
"""Hosts that keep or pass on others' pages: none of them publishes what it shows."""
_MIRRORS = ("www.", "m.", "amp.", "mobile.", "wap.")
"""Hosts of the same paper for other screens."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart; empty parts where it says nothing."""

    domain: str
    segments: tuple[str, ...]
    """Of the path, the last one without suffix and id."""

    @property
    def slug(self) -> tuple[str, ...]:
        """The words of the last part, where it has at least four: the headline without marks."""
        words = tuple(_WORD.findall(self.segments[-1].lower())) if self.segments else ()
        return words if len(words) >= 4 else ()


def unwrap_address(url: str) -> tuple[str, str]:
    """(the page's own address, the day on which an archive saved it), of an address in an archive, an AMP cache, a
    search engine's cache or a translator; any other address as it is, without a day."""
    if not any(sign in url for sign in _WRAPPING):
        return url, ""
    if archived := _ARCHIVE.match(url):
        return archived["inner"], archived["day"] or ""
    if carried := _CARRIED.match(url):
        return f"http{'s' if carried['secure'] else ''}://{carried['inner']}", ""
    if cached := _CACHED.match(url):
        inner = unquote(cached["inner"])
        return inner if inner.startswith("http") else f"https://{inner}", ""
    if ".translate.goog" in url:
        return _TRANSLATED.sub(_translated, url, count=1), ""
    return url, ""


def _translated(match: re.Match[str]) -> str:
    return match["host"].replace("--", "\0").replace("-", ".").replace("\0", "-")


def is_carrier(host: str) -> bool:
    """Whether a host only keeps or passes on the pages of others."""
    return host.endswith(_CARRIERS) and any(host == one or host.endswith(f".{one}") for one in _CARRIERS)


@lru_cache(maxsize=256)
def parse_address(url: str | None) -> Address:
    """The parts of an address, of the page's own where an archive keeps it; all empty for one that cannot be read."""
    own, _ = unwrap_address(url or "")
    try:
        split = urlsplit(own)
        host = (split.hostname or "").lower()
    except ValueError:
        return Address("", ())
    for mirror in _MIRRORS:
        host = host.removeprefix(mirror)
    if is_carrier(host):
        return Address("", ())
    segments = [unquote(part) for part in split.path.split("/") if part]
    if segments:
        last = _TAIL.sub("", _SUFFIX.sub("", segments[-1]))
        if len(_WORD.findall(last.lower())) < 4 and len(segments) > 1 and "-" in segments[-2]:
            segments.pop()
            last = _TAIL.sub("", _SUFFIX.sub("", segments[-1]))
        segments[-1] = last
    return Address(host, tuple(segments))


def words_of(text: str) -> tuple[str, ...]:
    """A headline's words as an address writes them."""
    return tuple(_WORD.findall(strip_marks(text).lower()))


def likeness(text: str, slug: tuple[str, ...]) -> float:
    """How much of a headline and a slug's words are the same, 0 … 1; 0 without a slug."""
    own = words_of(text) if slug else ()
    if not own:
        return 0.0
    common = len(set(own) & set(slug))
    return 2 * common / (len(set(own)) + len(set(slug)))


@lru_cache(maxsize=256)
def section_names(own: tuple[str, ...] = ()) -> Mapping[str, str]:
    """Key → name of the sections that are known, a source's own first."""
    return MappingProxyType({section_key(name): name for name in (*reversed(SECTIONS), *reversed(own))})


def section_of(address: Address, names: Mapping[str, str]) -> str | None:
    """The deepest part of the path that is a known section's name."""
    for segment in reversed(address.segments[:-1]):
        name = names.get(section_key(_SECTION_TAIL.sub("", segment[:80])))
        if name:
            return name
    return None


def date_clues(url: str, templates: Sequence[str] = (), source: str = "") -> Iterator[DateClue]:
    """The days in an address; the day on which an archive saved the page is a clock's.

    `templates` are those of its source, `source` its key: where there are any, nothing else in the address is taken
    for a date. Without them: ids made of the moment of writing, dated paths, dated names.
    """
    url, saved = unwrap_address(url)
    if saved:
        yield DateClue(ClueKind.CLOCK, saved, "day on which the archive saved the page", saved, 0.9)
    try:
        split = urlsplit(url)
    except ValueError:
        return
    if templates:
        yield from _by_templates(split.path, split.query, templates, source)
        return
    path = split.path
    for pattern, how, confidence, century in (
        (_STAMPED_ID, "id in the address", 0.85, ""),
        (_PREFIXED_ID, "id in the address", 0.85, "20"),
        (_DAY_PATH, "day in the address", 0.8, ""),
        (_COMPACT_DAY, "day in the address's last words", 0.65, ""),
    ):
        match = pattern.search(path)
        if match is None:
            continue
        year, month, day, *time = match.groups()
        words = f"{century}{year}-{int(month):02d}-{int(day):02d}"
        if len(time) == 3:
            words += f" {time[0]}:{time[1]}"
            if int(time[0]) > 23 or int(time[1]) > 59 or int(time[2]) > 59:
                continue
        reading = dates.read_date(words)
        if reading is not None and reading.year is not None and 1995 <= reading.year <= 2100:
            yield DateClue(ClueKind.ADDRESS, words, how, match.group(), confidence)
            return


def _by_templates(path: str, query: str, templates: Sequence[str], source: str) -> Iterator[DateClue]:
    """What a source's own templates find: those that say the time first, then each other day."""
    days = [day for one in templates for day in read_address_template(one).find(path, query)]
    known: set[dt.date] = set()
    for found in sorted(days, key=lambda one: one.time is None):
        if found.day in known:
            continue
        known.add(found.day)
        words = found.day.isoformat() + (f" {found.time[0]:02d}:{found.time[1]:02d}" if found.time else "")
        how = f"address pattern of {source}" if source else "address pattern"
        yield DateClue(ClueKind.ADDRESS, words, how, found.text, 0.92)
