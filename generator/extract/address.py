"""What an article's address says: its publisher's domain, its section, its words, its day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from generator import dates
from generator.models import ClueKind, DateClue
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
_SUFFIX = re.compile(r"\.(?:html?|htm|aspx?|php|vov|chn|vnp|ldo|tpo|epi|bbg|shtml|amp)$", re.IGNORECASE)


_ARCHIVE = re.compile(
    r"https?://web\.archive\.org/web/(?P<day>\d{8})(?P<time>\d{6})?\w*/(?P<inner>https?:/+.+)", re.IGNORECASE
)


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


def parse_address(url: str | None) -> Address:
    """The parts of an address, of the page's own where an archive keeps it; all empty for one that cannot be read."""
    archived = _ARCHIVE.match(url or "")
    try:
        split = urlsplit(archived["inner"] if archived else url or "")
        host = (split.hostname or "").lower().removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    except ValueError:
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
    """Slug → name of the sections that are known, a source's own first."""
    return MappingProxyType(
        {"-".join(words_of(name)): name for name in (*reversed(SECTIONS), *reversed(own))}
    )


def section_of(address: Address, names: Mapping[str, str]) -> str | None:
    """The deepest part of the path that is a known section's name."""
    for segment in reversed(address.segments[:-1]):
        name = names.get(re.sub(r"-?\d+$", "", segment.lower().removesuffix(".htm")))
        if name:
            return name
    return None


def date_clues(url: str) -> Iterator[DateClue]:
    """The days in an address: ids made of the moment of writing, dated paths, dated names; the day on which an
    archive saved the page is a clock's."""
    if archived := _ARCHIVE.match(url):
        yield DateClue(
            ClueKind.CLOCK, archived["day"], "day on which the archive saved the page", archived["day"], 0.9
        )
        url = archived["inner"]
    try:
        path = urlsplit(url).path
    except ValueError:
        return
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
