"""Every visible word of a plain text is in the record or in what was dropped with a reason, and in the text's order.

`leftover` reads a text beside its record: the text must be a shuffle of the record's pieces, where the body keeps its
order, the dropped lines keep theirs, and title, section and sapo stand somewhere between. What may be missing are
only the words that say that a picture's credit follows (`Ảnh:`, `Photo by`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.extract import extract
from generator.models import Form, RawItem, Record
from generator.settings import parse
from generator.text import normalize

CASES = Path(__file__).parent / "cases" / "extract"
SHARED = Path(__file__).resolve().parents[2] / "shared"
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_LABELS = frozenset(
    "ảnh photo photos hình image picture graphic đồ họa hoạ nguồn source credit minh tư liệu chụp màn courtesy of the by".split()
)


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case; two that a scraper glued together, told by a capital inside, are two."""
    return tuple(part.lower() for word in _TOKEN.findall(text) for part in _parted(word))


def _parted(word: str) -> Iterator[str]:
    start = 0
    for at in range(1, len(word)):
        if word[at].isupper() and word[at - 1].islower():
            yield word[start:at]
            start = at
    yield word[start:]


@dataclass(frozen=True)
class Pieces:
    """A record taken apart into the runs of words that the text must be made of."""

    body: tuple[tuple[tuple[str, ...], bool], ...]
    """Each block's words; after a caption's words its credit (true)."""
    dropped: tuple[tuple[str, ...], ...]
    free: tuple[tuple[str, ...], ...]
    """Title and section: once each, anywhere."""
    lead: tuple[str, ...]
    """Of a sapo; its lines may stand apart."""


def pieces_of(record: Record) -> Pieces:
    """What a record holds of its text."""
    section = [candidate.text for one in record.evidence if one.field == "section" for candidate in one.candidates
               if candidate.how.startswith("line above")]  # fmt: skip
    return Pieces(
        tuple(
            (words, credit)
            for block in record.body
            for text, credit in ((block.text, False), (block.credit, True))
            if (words := tokens(text))
        ),
        tuple(words for text, _ in record.dropped if (words := tokens(text))),
        tuple(words for text in (record.title or "", *section[:1]) if (words := tokens(text))),
        tokens(record.lead or "") if record.lead_kind == "sapo" else (),
    )


def leftover(text: str, record: Record) -> str:
    """Where a text and its record part: the words of the text from there on; empty where every word is accounted for."""
    whole, pieces = tokens(normalize(text)), pieces_of(record)
    start = (0, 0, 0, 0, 0)
    seen, waiting, furthest = {start}, [start], 0
    while waiting:
        state = waiting.pop()
        place, body, dropped, _, lead = state
        furthest = max(furthest, place)
        if place == len(whole):
            rest = [run for run, credit in pieces.body[body:] if not credit]
            if not rest and dropped == len(pieces.dropped) and lead == len(pieces.lead):
                return ""
            continue
        for following in _steps(whole, pieces, state):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return " ".join(whole[furthest : furthest + 12]) or "words in the record that the text has not"


State = tuple[int, int, int, int, int]


def _steps(whole: tuple[str, ...], pieces: Pieces, state: State) -> Iterator[State]:
    """The states after one more piece: (place in the text, blocks, dropped lines, title and section, sapo's words)."""
    place, body, dropped, free, lead = state
    if lead < len(pieces.lead) and whole[place] == pieces.lead[lead]:
        yield place + 1, body, dropped, free, lead + 1
    for number, run in enumerate(pieces.free):
        if not free & 1 << number and whole[place : place + len(run)] == run:
            yield place + len(run), body, dropped, free | 1 << number, lead
    if dropped < len(pieces.dropped):
        run = pieces.dropped[dropped]
        if whole[place : place + len(run)] == run:
            yield place + len(run), body, dropped + 1, free, lead
    if body < len(pieces.body):
        run, credit = pieces.body[body]
        if whole[place : place + len(run)] == run:
            yield place + len(run), body + 1, dropped, free, lead
        if credit and whole[place] in _LABELS:
            yield place + 1, body, dropped, free, lead
        if credit and any(run == line[-len(run) :] for line in pieces.dropped):  # on a line of its own
            yield place, body + 1, dropped, free, lead


def record_of(text: str, url: str | None = None, sources: dict[str, Any] | None = None) -> Record:
    item = RawItem(raw="content/raw/x.txt", form=Form.TEXT, text=normalize(text), url=url)
    return extract(item, parse({"sources": sources or {}}))


# ---------------------------------------------------------------------------------------- goldens


def _goldens() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
        if "text" in case
    ]


@pytest.mark.parametrize("case", _goldens())
def test_every_word_of_a_golden_is_accounted_for(case: dict[str, Any]) -> None:
    record = record_of(case["text"], case.get("url"), case.get("sources"))
    assert not leftover(case["text"], record), record.dropped


@pytest.mark.parametrize(
    "path", sorted(SHARED.glob("data/raw_text/*.txt")) + sorted(SHARED.glob("seeds/*.txt")), ids=lambda path: path.stem
)  # fmt: skip
def test_every_word_of_a_real_text_is_accounted_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not leftover(text, record_of(text))


# ------------------------------------------------------------------------------------- properties

_WORDS = (
    "Trạm bơm|hợp tác xã|Sông Mẫu|nước ngọt|ruộng lúa|bờ đê|mùa lũ|thanh niên|cây cầu|bến cảng|lớp học|đoàn khám bệnh"
    "|vùng cao|người dân|chính quyền|con đường|chuyến tàu|cánh đồng|ngày hội|đội công binh".split("|")
)


def _sentence(words: list[str], end: str) -> str:
    line = " ".join(words)
    return line[:1].upper() + line[1:] + end


_HEADLINES = st.lists(st.sampled_from(_WORDS), min_size=3, max_size=7).map(lambda words: _sentence(words, ""))
_PARAGRAPHS = st.lists(st.sampled_from(_WORDS), min_size=7, max_size=22).map(
    lambda words: _sentence(words, ".")
)
_STAMPS = st.sampled_from(
    ["22/05/2025 22:15", "Thứ tư, 17/03/2021 19:16", "Thứ Bảy, 15/11/2025 21:12 GMT+7", "Cập nhật lúc 8:30, 5/11/2025",
     "14-04-2025 10:20 | Dinh dưỡng", "Thứ 3, Ngày 16/07/2024 -", "May 30, 2025 | 09:42", "Ngày đăng: 08/07/2024 11:38"]
)  # fmt: skip
_NAMES = st.sampled_from(
    ["BT", "PV", "HOÀNG MẪU", "Hoài An - Lê Mẫu", "Theo Minh An/TTM", "Bài, ảnh: Hoài An", "Bài: Hoài An - Ảnh: Lê Mẫu",
     "(TTM/Tin Mẫu)", "Tân Trường |", "By JANE DOE, Staff Writer", "Ban Thời sự", "Hoài An (tổng hợp)", "Nguồn: Tin Mẫu",
     "Đinh Tiến Mẫu, Sở Thông tin Sông Mẫu", "Tr.Thiện - N.Thạch", "Nguồn: https://baovidu.example/tin.html"]
)  # fmt: skip
_PAGE = st.sampled_from(
    ["Trang chủ > Thời sự > Xã hội", "• Hotline: 0900000000", "Chia sẻ", "Bình luận (0)", "Lưu bài viết", "Tin liên quan",
     "Tin cùng chuyên mục", "Xem thêm", "Từ khóa: cầu, lũ", "#trạm bơm #lũ", "Chuyên mục: THỜI SỰ | Lượt xem : 11,458",
     "Mặc định Cỡ chữ", "0:00 / 0:00", "Nhanh - Đúng - Gần", "Báo Ví Dụ", "Theo dõi Báo Ví Dụ trên", "Xã hội 15/11/2025",
     "Xem thêm: Mùa vàng trên ruộng bậc thang", "Giấy phép số 15/GP-MAU", "Chính trị", "•", "|", "VDTV.vn - ", "(ĐVD) -"]
)  # fmt: skip
_PICTURES = st.sampled_from(
    ["Quang cảnh lễ khánh thành. Ảnh: Hoài An", "Ảnh: Hoài An", "Ảnh minh họa.", "Quang cảnh buổi lễ", "Lễ hội - ảnh 1",
     "Lễ hội trên sông - ảnh 2 Đội đua về đích. (Ảnh: BVD)", "Đội đua về đích (ảnh: CTV).", "Đội đua (bên phải) về đích.",
     "Đội đua về đích. (Photo: MNA)Dalva (MNA) – The crew returned home on August 15 after one year.", "UN Photo/Nek Mar",
     "Đội đua về đích Ảnh chụp từ clip", "Đội đua về đích. (Ảnh cắt từ clip) |", "khanh thanh cay cau moi"]
)  # fmt: skip
_TEXT = st.sampled_from(
    ["(ĐVD) - Ngày 24/9, cây cầu thứ hai ở vùng lũ đã được khánh thành sau mười ngày thi công.", "- một", "• hai", "1. ba",
     "VDTV.vn - Hôm nay (19/11), đoàn khám bệnh lên đường đến vùng cao.", "HÀ MẪU - Hội nghị khai mạc sáng nay với ba đoàn.",
     "- Tưới được không chú? - một em bé hỏi.", "“Có đường rồi, con tôi đi học gần hơn”, bà Mẫu nói.", "| a | b |", "a | 5 | 7",
     "Kinh phí hơn mười hai tỷ đồng do nhân dân đóng góp trong ba năm. HOÀNG AN", "14/04/2025 22:54Lễ hội trên sông lớn"]
)  # fmt: skip
_LINES = (
    _HEADLINES
    | _PARAGRAPHS
    | _PARAGRAPHS
    | _STAMPS
    | _NAMES
    | _PAGE
    | _PICTURES
    | _TEXT
    | st.text(max_size=60)
)
_DOUBLED = _LINES.flatmap(
    lambda line: st.sampled_from([line, line, line, f"{line}\n{line}", f"{line}\n\n{line}"])
)
_TEXTS = st.tuples(
    st.sampled_from(["", " date 2025-05 ", "date 2025-05-06 "]),
    st.lists(_DOUBLED, max_size=14),
    st.sampled_from(["\n", "\n\n", "\n \n\n"]),
).map(lambda parts: parts[0] + parts[2].join(parts[1]))


@settings(max_examples=400, deadline=None)
@given(
    _TEXTS,
    st.sampled_from([None, "https://baovidu.example/thoi-su/khanh-thanh-cay-cau-moi-20250522221500.htm"]),
)
def test_every_word_of_a_made_text_is_accounted_for(text: str, url: str | None) -> None:
    assert not leftover(text, record_of(text, url))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_every_word_of_any_text_is_accounted_for(text: str) -> None:
    assert not leftover(text, record_of(text))


# ------------------------------------------------------------------- the check itself can fail

_SOUND = """Khánh thành cây cầu thứ hai ở vùng lũ Sông Mẫu

22/05/2025 22:15

Cây cầu dài năm mươi mét giúp học sinh hai thôn đi học an toàn trong mùa lũ.

Lễ khánh thành có hơn ba trăm người dân tham dự. Ảnh: Hoài An

Ông trưởng thôn cho biết bà con đã góp hai nghìn ngày công để làm đường dẫn.

Con đường dẫn vào cầu được đổ bê tông xong trước mùa mưa.

HOÀNG MẪU
"""


def test_the_check_sees_a_lost_block_a_lost_line_a_lost_word_and_a_wrong_order() -> None:
    record = record_of(_SOUND)
    assert not leftover(_SOUND, record)
    body, dropped = record.body, record.dropped
    wrong = [replace(record, body=body[:place] + body[place + 1 :]) for place in range(len(body))]
    wrong += [
        replace(record, dropped=dropped[:place] + dropped[place + 1 :]) for place in range(len(dropped))
    ]
    wrong += [
        replace(record, body=body[::-1]),
        replace(record, dropped=dropped[::-1]),
        replace(record, title=None),
    ]
    wrong.append(replace(record, body=(*body, body[-1])))
    shorter = replace(body[-1], text=body[-1].text.rsplit(" ", 1)[0])
    wrong.append(replace(record, body=(*body[:-1], shorter)))
    assert all(leftover(_SOUND, one) for one in wrong)
