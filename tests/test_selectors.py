"""A source's selectors on a page: which elements they find, what they outweigh, and what a page without them keeps."""

from __future__ import annotations

import time
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.cssselect import CSSSelector

from generator.dates import format_moment
from generator.extract import extract
from generator.extract.html.selectors import find_elements
from generator.models import BlockKind, DateStatus, Form, RawItem, Record
from generator.settings import parse

TITLE = "Ba chiếc cầu tạm nối hai bờ suối trước mùa mưa"
URL = "https://baovidu.example/cong-binh/ba-chiec-cau-tam-noi-hai-bo-suoi.html"
PROSE = (
    "Ba chiếc cầu tạm đã nối hai bờ suối, sớm hơn kế hoạch bốn ngày, theo chỉ huy của đội công binh.",
    "Mỗi chiếc cầu dài mười hai mét, được ghép từ những tấm thép tháo ở một kho cũ cách đó hai giờ xe chạy.",
    "Người dân hai bên suối góp tre làm lan can, còn đội công binh góp đinh và sơn trắng.",
)
COLUMN = "Cầu tạm là chuyên mục của bạn đọc: mỗi tuần một bức ảnh chụp cây cầu đầu làng do bạn đọc gửi về tòa soạn."


def page(body: str, head: str = "") -> str:
    return f'<html lang="vi"><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>'


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def read(html: str, selectors: dict[str, Any], *, url: str = URL, form: Form = Form.PAGE) -> Record:
    found = parse(
        {"sources": {"vd": {"name": "Báo Ví Dụ", "domains": ["baovidu.example"], "selectors": selectors}}}
    )
    return extract(RawItem(raw="content/raw/x.html", form=form, text=html, url=url), found)


def how_of(record: Record, field: str) -> list[str]:
    return [one.how for entry in record.evidence if entry.field == field for one in entry.candidates]


def texts(record: Record) -> list[str]:
    return [block.text for block in record.body if block.kind is not BlockKind.CAPTION]


class TestFields:
    def test_a_title_outweighs_all_that_agree_on_another(self) -> None:
        head = (
            '<meta property="og:title" content="Báo Ví Dụ: tin trong ngày"><meta name="title" content="Báo Ví Dụ: tin trong ngày">'
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Báo Ví Dụ: tin trong ngày"}</script>'
        )  # fmt: skip
        html = page(
            f"<h1>Báo Ví Dụ: tin trong ngày</h1><div class=tua>{TITLE}</div>{paragraphs(*PROSE)}", head
        )
        assert read(html, {}).title == "Báo Ví Dụ: tin trong ngày"
        record = read(html, {"title": ".tua"})
        assert record.title == TITLE
        assert how_of(record, "title")[0] == "selector of vd"
        assert "JSON-LD headline" in how_of(record, "title"), "what else was considered stays as evidence"

    @pytest.mark.parametrize(
        ("element", "wanted"),
        [
            ('<i class=d datetime="2026-11-02T09:30:00+07:00">hôm qua</i>', "2026-11-02T09:30:00+07:00"),
            ("<i class=d>Thứ Hai, 02/11/2026 - 09:30 | Lượt xem: 120</i>", "2026-11-02T09:30:00+07:00"),
            ("<i class=d>Số 12</i><i class=d>Lên trang 02/11/2026</i>", "2026-11-02"),
            ('<meta class=d content="2026-11-02T02:30:00Z">', "2026-11-02T02:30:00+00:00"),
        ],
    )
    def test_a_date_is_not_contradicted_by_the_general_way(self, element: str, wanted: str) -> None:
        head = '<meta property="article:published_time" content="2026-08-01T10:00:00+07:00">'
        html = page(f"<h1>{TITLE}</h1>{element}{paragraphs(*PROSE)}", head)
        record = read(html, {"date": ".d"})
        assert record.publication.status is DateStatus.SETTLED, record.publication.why
        assert record.publication.value is not None
        assert format_moment(record.publication.value) == wanted
        assert how_of(record, "date")[0] == "selector of vd"
        assert "meta article:published_time" in how_of(record, "date")

    def test_a_date_by_selector_is_still_contradicted_by_the_address(self) -> None:
        html = page(f"<h1>{TITLE}</h1><i class=d>02/11/2026</i>{paragraphs(*PROSE)}")
        record = read(
            html, {"date": ".d"}, url="https://baovidu.example/ba-chiec-cau-tam-20260901080000123.htm"
        )
        assert record.publication.status is DateStatus.HELD

    def test_authors_lead_and_section(self) -> None:
        head = '<meta name="author" content="Ban Biên Tập Web"><meta property="article:section" content="Tin tức">'
        body = (
            f'<h1>{TITLE}</h1><u class=muc>Công binh</u><div class=mo>{PROSE[0]}</div><b class=ai>Trần Vi Dụ</b>'
            f"<div class=than>{paragraphs(*PROSE[1:])}<b class=ai>Lê Thử</b></div>"
        )  # fmt: skip
        record = read(page(body, head), {"authors": ".ai", "lead": ".mo", "section": ".muc", "body": ".than"})
        assert record.authors == ("Trần Vi Dụ", "Lê Thử")
        assert (record.lead, record.lead_kind) == (PROSE[0], "sapo")
        assert record.section == "Công binh"
        assert texts(record) == list(PROSE[1:])

    def test_what_a_selector_takes_for_a_field_is_no_text(self) -> None:
        body = f"<div class=than><p class=ai>Trần Vi Dụ</p><p class=d>Lên trang: 02/11/2026</p>{paragraphs(*PROSE)}</div>"
        record = read(page(f"<h1>{TITLE}</h1>{body}"), {"authors": ".ai", "date": ".d", "body": ".than"})
        assert texts(record) == list(PROSE)


class TestBody:
    def test_is_its_container_only_and_is_cleaned(self) -> None:
        body = (
            f"<h1>{TITLE}</h1><table><tr><td>{paragraphs(COLUMN, COLUMN + ' Hết.')}</td><td class=than>{paragraphs(*PROSE[:2])}"
            f"<p>Xem thêm: <a href='/a'>Mùa vàng trên ruộng bậc thang</a></p>{paragraphs(PROSE[2])}<p>Chia sẻ</p></td></tr></table>"
        )  # fmt: skip
        record = read(page(body), {"body": "td.than"})
        assert texts(record) == list(PROSE)
        assert how_of(record, "body") == ["selector of vd"]

    def test_of_several_parts_keeps_their_order_and_repeats_none(self) -> None:
        body = f"<h1>{TITLE}</h1><div class=than>{paragraphs(PROSE[0])}<div class=than>{paragraphs(PROSE[1])}</div></div>"
        body += f"<p>{COLUMN}</p><section class=cuoi>{paragraphs(PROSE[2])}</section>"
        assert texts(read(page(body), {"body": ".than, .cuoi"})) == list(PROSE)

    def test_captions_by_selector_stand_at_their_place(self) -> None:
        caption = "Chiếc cầu thứ ba nhìn từ bờ nam"
        body = f"<article><h1>{TITLE}</h1><p>{PROSE[0]}</p><p class=hinh>{caption}</p>{paragraphs(*PROSE[1:])}</article>"
        assert caption in texts(read(page(body), {}))
        record = read(page(body), {"captions": "p.hinh"})
        assert [block.text for block in record.body] == [PROSE[0], caption, *PROSE[1:]]
        assert [block.text for block in record.captions] == [caption]

    def test_what_is_dropped_is_read_by_nobody(self) -> None:
        head = '<meta name="author" content="Người Khác"><meta property="article:published_time" content="2026-08-01">'
        body = f"<article><h1>{TITLE}</h1>{paragraphs(*PROSE)}<div class=cot><p>{COLUMN}</p></div> Đuôi chữ ở lại.</article>"
        record = read(page(body, head), {"drop": [".cot", "meta[name=author]", "meta[property*=published]"]})
        assert COLUMN not in texts(record)
        assert record.authors == ()
        assert record.publication.value is None
        assert any("Đuôi chữ ở lại." in text for text in texts(record)), (
            "the words behind what is dropped stay"
        )

    @pytest.mark.parametrize("selector", ["*", "html", "body", "head, body", "html > *"])
    def test_a_page_is_never_dropped_whole_by_an_error(self, selector: str) -> None:
        record = read(page(f"<h1>{TITLE}</h1>{paragraphs(*PROSE)}"), {"drop": [selector]})
        assert record.raw == "content/raw/x.html"


def test_selectors_that_find_nothing_leave_the_page_to_the_general_way() -> None:
    html = page(f"<article><h1>{TITLE}</h1><time>02/11/2026 09:30</time>{paragraphs(*PROSE)}</article>")
    fields = ("title", "date", "authors", "lead", "section", "body", "captions")
    lost = read(html, dict.fromkeys(fields, ".khong-co") | {"drop": [".khong-co"]})
    assert lost == read(html, {})


def test_selectors_are_of_their_own_source_only() -> None:
    html = page(f"<h1>{TITLE}</h1><div class=tua>Một dòng chữ khác hẳn tiêu đề</div>{paragraphs(*PROSE)}")
    assert read(html, {"title": ".tua"}, url="https://baola.example/x").title == TITLE
    assert read(html, {"title": ".tua"}, form=Form.FRAGMENT).title != "Một dòng chữ khác hẳn tiêu đề"


# -------------------------------------------------------------------------------------- matching

_SIMPLE = st.sampled_from(
    ["p", "div", "b", "*", ".a", ".b", "#c", "p.a", "div.b", "[title]", "p:not(.a)", ":is(p, b)", "b#c"]
)
_SELECTORS = st.lists(_SIMPLE, min_size=1, max_size=4).flatmap(
    lambda parts: st.lists(
        st.sampled_from([" ", " > ", " + ", ", "]), min_size=len(parts) - 1, max_size=len(parts) - 1
    ).map(lambda joints: "".join(one + joint for one, joint in zip(parts, [*joints, ""], strict=True)))
)
_TAGS = st.sampled_from(
    [
        "<p>",
        "<p class=a>",
        "<div class='a b'>",
        "<div>",
        "<b id=c>",
        "<b title=x>",
        "</p>",
        "</div>",
        "</b>",
        "x",
    ]
)


@given(st.lists(_TAGS, max_size=25), _SELECTORS)
def test_elements_are_those_that_css_names(tags: list[str], selector: str) -> None:
    tree = lxml.html.document_fromstring(f"<html><body>{''.join(tags)}<p>end</p></body></html>")
    assert find_elements(tree, selector) == CSSSelector(selector, translator="html")(tree)


@pytest.mark.parametrize(
    "body",
    [
        "<p class=a>x</p>" * 40_000,
        "<div class=a>" * 230 + "<p class=a>x</p>" * 40_000,
        "<div class=a><p>" * 40_000,
    ],
    ids=["siblings", "deep", "open"],
)
def test_a_hostile_page_is_searched_in_time(body: str) -> None:
    tree = lxml.html.document_fromstring(f"<html><body>{body}</body></html>")
    start = time.process_time()
    for selector in ("p.a + p.a", "div p", "div.a div.a p.a, .a > .a", ".a .a .a .a"):
        find_elements(tree, selector)
    assert time.process_time() - start < 6
