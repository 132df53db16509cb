"""Plain text → record: goldens of the shapes that scraped news takes, and what must hold of any text."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import dates
from generator.extract import extract
from generator.models import BlockKind, DateStatus, Form, RawItem, Record
from generator.settings import Settings, parse
from generator.text import normalize, squeeze

CASES = Path(__file__).parent / "cases" / "extract"
EXPECTED_KEYS = frozenset(
    "title date status candidates assumed source authors section lead lead_kind language paragraphs headings lists captions"
    " dropped teasers review review_fields source_review".split()
)


def _cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def record_of(
    text: str, *, url: str | None = None, fetched_at: str | None = None, settings_of: Settings | None = None
) -> Record:
    item = RawItem(
        raw="content/raw/x.txt",
        form=Form.TEXT,
        text=normalize(text),
        url=url,
        fetched_at=dt.datetime.fromisoformat(fetched_at) if fetched_at else None,
    )
    return extract(item, settings_of or parse({}))


@pytest.mark.parametrize("case", _cases())
def test_golden(case: dict[str, Any]) -> None:
    expect = case["expect"]
    assert expect.keys() <= EXPECTED_KEYS, f"unknown key in the golden: {expect.keys() - EXPECTED_KEYS}"
    record = record_of(
        case["text"],
        url=case.get("url"),
        fetched_at=case.get("fetched_at"),
        settings_of=parse({"sources": case.get("sources", {})}),
    )
    found = _seen(record)
    for key in ("paragraphs", "dropped"):
        if key in expect:
            assert len(found[key]) == len(expect[key]) or key == "dropped", found[key]
            _assert_begin(found[key], expect[key], exact=key == "paragraphs")
    if "lead" in expect:
        assert (record.lead or "").startswith(expect["lead"])
    wanted = {key: value for key, value in expect.items() if key not in ("paragraphs", "dropped", "lead")}
    assert {key: found[key] for key in wanted} == wanted


def _assert_begin(lines: list[str], beginnings: list[str], *, exact: bool) -> None:
    """Each beginning is that of a line, in order; of exactly the lines where `exact`."""
    rest = iter(lines)
    for beginning in beginnings:
        if exact:
            assert next(rest).startswith(beginning), (beginning, lines)
        else:
            assert any(line.startswith(beginning) for line in rest), (beginning, lines)


def _seen(record: Record) -> dict[str, Any]:
    publication = record.publication
    return {
        "title": record.title,
        "date": dates.format_moment(publication.value) if publication.value is not None else None,
        "status": publication.status.value,
        "candidates": list(dict.fromkeys(dates.format_moment(one.value) for one in publication.candidates)),
        "assumed": list(publication.candidates[0].assumed) if publication.candidates else [],
        "source": record.source,
        "authors": list(record.authors),
        "section": record.section,
        "lead_kind": record.lead_kind,
        "language": record.language,
        "paragraphs": [block.text for block in record.body if block.kind is BlockKind.PARAGRAPH],
        "headings": [block.text for block in record.body if block.kind is BlockKind.HEADING],
        "lists": [block.text for block in record.body if block.kind is BlockKind.LIST],
        "captions": [[block.text, block.credit] for block in record.captions],
        "dropped": [text for text, _ in record.dropped],
        "teasers": sum(why == "teaser" for _, why in record.dropped),
        "review": [str(review) for review in record.reviews if review.field == "date"],
        "source_review": [review.why for review in record.reviews if review.field == "source"],
        "review_fields": [
            review.field for review in record.reviews if review.field != "source" or "source" in str(review)
        ],
    }


# ------------------------------------------------------------------------------------- properties

_PIECES = st.sampled_from(
    [
        "Thứ Bảy, 15/11/2025 21:12 GMT+7", "• ĐVD", "• Hotline: 0900000000", "Nhanh - Đúng - Gần", "Chính trị", "Sự kiện",
        "Khánh thành cây cầu thứ hai ở vùng lũ 22/05/2025 22:15", "Khánh thành cây cầu thứ hai ở vùng lũ", "BT",
        "(ĐVD) - Ngày 24/9, cây cầu thứ hai ở vùng lũ đã được khánh thành sau mười ngày thi công.",
        "Người dân hai bên suối đi lại dễ dàng hơn trong mùa mưa, theo chính quyền địa phương.",
        "Quang cảnh lễ khánh thành. Ảnh: Hoài An", "Ảnh: Hoài An", "Tin liên quan", "Tin cùng chuyên mục", "Xem thêm",
        "Mùa vàng trên những thửa ruộng bậc thang", "Xã hội 15/11/2025", "Chia sẻ", "Từ khóa: cầu, lũ", "NGUYỄN AN",
        "Nguồn: Báo Mẫu", "Thứ tư, 17/03/2021 19:16", "- ảnh 1", "Khánh thành cây cầu - ảnh 1", "•", "- một", "• hai",
        "Kinh phí hơn mười hai tỷ đồng do nhân dân đóng góp trong ba năm. HOÀNG AN", " date 2025-05 ", "date 2025-05-06 Lễ hội",
        "By JANE DOE", "Read more", "Theo Minh An - Quang Hải/Tin Mẫu", "14/04/2025 22:54Lễ hội đua thuyền trên sông lớn",
    ]
)  # fmt: skip
_TEXTS = st.lists(_PIECES | st.text(max_size=60), max_size=14).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n"]).map(lambda gap: gap.join(lines))
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_LABEL_WORDS = {"ảnh", "photo", "photos", "hình", "image", "picture", "graphic", "đồ", "họa", "hoạ", "nguồn", "source",
                "credit", "minh", "tư", "liệu", "chụp", "màn", "courtesy", "of", "by"}  # fmt: skip


def _tokens(text: str) -> list[str]:
    return [word.lower() for word in _TOKEN.findall(text)]


@settings(max_examples=250, deadline=None)
@given(_TEXTS)
def test_every_visible_word_is_kept_or_dropped(text: str) -> None:
    record = record_of(text)
    kept = [record.title or "", record.lead or "", record.section or ""]
    kept += [f"{block.text} {block.credit}" for block in record.body]
    kept += [words for words, _ in record.dropped]
    have: dict[str, int] = {}
    for word in _tokens(" ".join(kept)):
        have[word] = have.get(word, 0) + 1
    for word in _tokens(normalize(text)):
        have[word] = have.get(word, 0) - 1
    missing = {word for word, number in have.items() if number < 0} - _LABEL_WORDS
    assert not missing, missing


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_body_and_dropped_lines_stand_in_the_order_of_the_text(text: str) -> None:
    whole = squeeze(normalize(text))
    record = record_of(text)
    for pieces in (
        [words for words, _ in record.dropped],
        [block.text for block in record.body if block.kind is not BlockKind.LIST],
    ):
        place = 0
        for piece in pieces:
            found = whole.find(squeeze(piece).rstrip("."), place)
            assert found >= 0, (piece, pieces)
            place = found


@settings(max_examples=150, deadline=None)
@given(
    _TEXTS,
    st.sampled_from(
        [None, "https://baovidu.example/2025/05/22/khanh-thanh-cay-cau-thu-hai.html", "http://[", "x:/"]
    ),
)
def test_a_record_is_sound(text: str, url: str | None) -> None:
    record = record_of(text, url=url, fetched_at="2025-12-01T00:00:00+07:00")
    publication = record.publication
    assert (publication.value is not None) == (publication.status is DateStatus.SETTLED)
    fields = {review.field for review in record.reviews}
    assert ("date" in fields) == (publication.status is not DateStatus.SETTLED)
    assert ("title" in fields) == (record.title is None)
    assert ("source" in fields) == (record.source is None)
    assert record.lead_kind != "first_paragraph" or record.lead == record.paragraphs[0] or record.body
    for one in publication.candidates:
        assert 0 <= one.confidence <= 1
    if publication.value is not None:
        assert publication.candidates[0].value == publication.value
    assert record == record_of(text, url=url, fetched_at="2025-12-01T00:00:00+07:00")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_a_record(text: str) -> None:
    record_of(text)


def test_a_year_after_the_page_was_saved_is_never_offered() -> None:
    text = "Lễ hội đua thuyền trên sông lớn\n\nNgày 24/12, lễ hội đua thuyền đã diễn ra trên sông lớn với hai mươi đội."
    record = record_of(text, fetched_at="2025-11-15T00:00:00+07:00")
    assert [one.value.isoformat() for one in record.publication.candidates] == ["2024-12-24", "2023-12-24"]
    assert record.publication.candidates[0].assumed == ("year",)


_LINE = "Trạm bơm mới của hợp tác xã Sông Mẫu đã cấp nước cho ba trăm hộ.\n"


@pytest.mark.parametrize(
    "text",
    ["lời " * 75_000, "a1/" * 100_000, "Chữ hoa\n" * 30_000, "Tin liên quan\n\n" * 15_000, "Ảnh: An\n\n" * 20_000,
     "".join(f"Lễ hội thứ {n} khai mạc\n\n" for n in range(9_000)), "(" * 200_000, "- ảnh 1\n" * 30_000,
     "12/12/2025 " * 25_000, "A" * 300_000, ". " * 150_000,
     f"{_LINE}Bình luận (2)\n" * 4_000, f"{_LINE}Tin liên quan\n" * 4_000, f"{_LINE}" * 4_000,
     "".join(f"tram bom moi cua xa so {n} tram bom\n" for n in range(7_000)), "(Photo: MNA)" * 25_000,
     "Lễ hội - ảnh 1 Đội đua\n" * 12_000, "(bên phải) " * 27_000, "phát biểu tại buổi lễ, " * 13_000, "(ĐVD) -\n" * 30_000],
    ids=["words", "signs", "lines", "marks", "credits", "headlines", "brackets", "labels", "dates", "one word", "stops",
         "counters", "blocks", "copies", "slugs", "glued credits", "glued labels", "positions", "events", "lone marks"],
)  # fmt: skip
def test_a_long_text_takes_linear_time(text: str) -> None:
    start = time.process_time()
    record_of(text[:300_000])
    assert time.process_time() - start < 8


_WRAPPED = (
    "Con đò chở học trò qua sông mỗi sáng bốn chuyến, người lái là một cụ ông đã bảy mươi tuổi và chưa từng nghỉ một ngày nào "
    "kể từ mùa lũ lớn năm ấy, khi chiếc cầu treo của làng bị cuốn mất. Cụ nói bao giờ có cầu mới thì cụ mới gác mái chèo.",
    "Xã đã góp đủ tiền mua một chiếc đò máy, nhưng cụ vẫn chèo tay vì sợ tiếng máy làm cá bỏ bến mà đi. Học trò thay nhau tát "
    "nước trong lòng đò. Đứa lớn ngồi mũi, đứa bé ngồi giữa, cặp sách treo lên hai cái móc sắt.",
    "Chiều nào cụ cũng ngồi vá lưới ở bến để chờ chuyến cuối cùng, có hôm trời tối mịt mới thấy đứa trẻ chạy về từ phía đồi chè.",
)


@pytest.mark.parametrize("width", [56, 64, 72, 80, 96])
def test_a_wrapped_text_has_the_paragraphs_it_was_wrapped_from(width: int) -> None:
    text = "\n\n".join(["Con đò của làng Hạ", *(textwrap.fill(paragraph, width) for paragraph in _WRAPPED)])
    record = record_of(text)
    assert (record.title, _paragraphs(record)) == ("Con đò của làng Hạ", list(_WRAPPED))


@pytest.mark.parametrize("width", [56, 64, 72, 80, 96])
def test_a_wrapped_text_may_mark_its_paragraphs_by_indenting_alone(width: int) -> None:
    filled = [textwrap.fill(paragraph, width, initial_indent="    ") for paragraph in _WRAPPED]
    assert _paragraphs(record_of("\n".join(["Con đò của làng Hạ", "", *filled]))) == list(_WRAPPED)


def _paragraphs(record: Record) -> list[str]:
    """The text's paragraphs, the sapo among them."""
    sapo = [record.lead] if record.lead and record.lead_kind == "sapo" else []
    return [*sapo, *(block.text for block in record.body)]
