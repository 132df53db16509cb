"""One article out of a raw file of several: exactly its bytes, or none."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import readers
from generator.errors import RawError
from generator.raw_cuts import cut_item

NAMES = ("Giếng mới của làng trên", "Lớp học trong nhà bạt", "Chuyến hàng cuối tháng", "Con suối đổi dòng")
TEXTS = (
    "Tổ khoan dừng tay lúc nước phun lên ngang thắt lưng người đứng xem.",
    "Bảng đen kê trên hai thùng đạn cũ, phấn phải bẻ làm ba cho đủ tay.",
    "Chiếc xe tải thứ chín lăn bánh khi trời vừa hửng, chở toàn bột mì.",
    "Sau trận mưa, dòng suối bỏ lối cũ mà chảy vòng qua vườn của trạm xá.",
)


def rss(numbers: Sequence[int] = range(4), *, encoding: str = "utf-8", extra: str = "") -> str:
    items = "\n".join(
        f"""    <item>
      <title>{NAMES[n]}</title>
      <guid isPermaLink="false">bai-{n}</guid>
      <link>https://bao-vi-du.example/{n}.html</link>
      <pubDate>{n + 5:02} Nov 2026 0{n}:1{n}:00 +0700</pubDate>
      <description><![CDATA[<p>{TEXTS[n]}</p><!-- <item> -->]]></description>
    </item>"""
        for n in numbers
    )
    return f"""<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0"><channel><title>Báo Ví Dụ</title><link>https://bao-vi-du.example/</link>
{items}{extra}
</channel></rss>
"""


def atom() -> str:
    entries = "".join(
        f"""<entry><id>tag:bao-vi-du.example,2026:{n}</id><title type="text">{NAMES[n]}</title>
<link href="https://bao-vi-du.example/{n}.html"/><updated>2026-11-0{n + 5}T0{n}:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXTS[n]}</p></div></content></entry>\n"""
        for n in range(3)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Ví Dụ</title><id>urn:bvd</id>\n{entries}</feed>'


def post(n: int) -> dict[str, object]:
    return {
        "id": 40 + n,
        "date": f"2026-11-0{n + 5}T08:0{n}:00",
        "guid": {"rendered": f"https://bao-vi-du.example/?p={40 + n}"},
        "link": f"https://bao-vi-du.example/{n}/",
        "title": {"rendered": NAMES[n]},
        "content": {"rendered": f"<p>{TEXTS[n]}</p>"},
    }


def json_feed() -> str:
    items = [
        {"id": f"https://bao-vi-du.example/{n}", "title": NAMES[n], "content_text": TEXTS[n],
         "date_published": f"2026-11-0{n + 5}T0{n}:00:00+07:00"}
        for n in range(3)
    ]  # fmt: skip
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Báo Ví Dụ", "items": items, "note": [1]},
        ensure_ascii=False,
        indent=2,
    )


def in_windows(text: str) -> bytes:
    """Vietnamese as windows-1258 has it: the tone behind its letter."""
    data = b""
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        tone = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tone))
        data += (letter + tone).encode("cp1258")
    return data


FILES = {
    "rss.xml": rss().encode(),
    "crlf.xml": rss().replace("\n", "\r\n").encode(),
    "windows.xml": in_windows(rss(encoding="windows-1258")),
    "utf-16.xml": b"\xff\xfe" + rss(encoding="utf-16").encode("utf-16-le"),
    "utf-16-be.xml": b"\xfe\xff" + rss(encoding="utf-16").encode("utf-16-be"),
    "mark.xml": b"\xef\xbb\xbf" + rss().encode(),
    # Neither is XML; both are sent every day, and read.
    "careless.xml": rss().replace("Báo Ví Dụ", "Báo&nbsp;Ví Dụ & bạn").encode(),
    "atom.xml": atom().encode(),
    "twice.xml": rss((0, 1, 0, 2)).encode(),
    "feed.json": json_feed().encode(),
    "utf-16.json": b"\xff\xfe" + json_feed().encode("utf-16-le"),
    "posts.json": json.dumps([post(n) for n in range(3)]).encode(),
    "posts.jsonl": "".join(json.dumps(post(n)) + "\n" for n in range(3)).encode(),
    "two.jsonl": "".join(json.dumps(post(n)) + "\n" for n in range(2)).encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_an_article_goes_and_the_others_stay(name: str) -> None:
    path, data = f"content/raw/vd/{name}", FILES[name]
    items = readers.read(path, data).items
    assert len(items) >= 2
    for gone in items:
        new = cut_item(path, data, gone.raw).data
        assert list(readers.read(path, new).items) == [item for item in items if item is not gone]
        number = next(n for n, text in enumerate(TEXTS) if text[:20] in gone.text)
        for words in (TEXTS[number], NAMES[number]):
            forms = (words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be"), in_windows(words))
            assert not any(form in new for form in (*forms, json.dumps(words)[1:-1].encode()))


def test_every_other_byte_is_as_it_was_received() -> None:
    data = rss().encode()
    start = data.index(b"    <item>\n      <title>" + NAMES[1].encode())
    end = data.index(b"    <item>\n      <title>" + NAMES[2].encode())
    assert cut_item("content/raw/f.xml", data, "content/raw/f.xml#bai-1").data == data[:start] + data[end:]


def test_a_json_list_keeps_its_commas() -> None:
    data = b"[\n" + b",\n".join(json.dumps(post(n)).encode() for n in range(3)) + b"\n]\n"
    path = "content/raw/p.json"
    raws = [item.raw for item in readers.read(path, data).items]
    for raw in raws:
        data = cut_item(path, data, raw).data if raw != raws[-1] else data
    assert json.loads(data) == [post(2)]
    assert data == b"[\n" + json.dumps(post(2)).encode() + b"\n]\n"


def test_a_malformed_neighbour_does_not_keep_it() -> None:
    """It is left out by the reader as before, with its line, and its bytes stay."""
    bad = "<item><title>Hỏng</b></title><description>x</description></item>"
    data = rss((0, 1), extra=bad).replace("<!-- <item> -->", "").encode()
    new = cut_item("content/raw/f.xml", data, "content/raw/f.xml#bai-0").data
    assert bad.encode() in new
    assert [item.raw for item in readers.read("content/raw/f.xml", new).items] == ["content/raw/f.xml#bai-1"]


def test_a_date_that_is_judged_otherwise_is_told() -> None:
    """Of five items within a minute one is another's: with fewer the minute is no sign of a program any more."""
    items = "".join(
        f"<item><title>{NAMES[n]}</title><guid>b-{n}</guid><description>{TEXTS[n]}</description>"
        f"<pubDate>05 Nov 2026 08:17:{13 + n} +0700</pubDate></item>"
        for n in range(3)
    )
    data = f'<rss version="2.0"><channel><title>Báo Ví Dụ</title>{items}</channel></rss>'.encode()
    cut = cut_item("content/raw/f.xml", data, "content/raw/f.xml#b-0")
    assert cut.redated == ("content/raw/f.xml#b-1", "content/raw/f.xml#b-2")


@pytest.mark.parametrize(
    ("name", "data", "item"),
    [
        ("f.xml", rss().encode(), "bai-7"),
        # One guid on two items: without the first the second would take its id.
        ("f.xml", rss((0, 1)).replace("bai-1", "bai-0").encode(), "bai-0"),
        ("f.xml", rss((0, 1)).replace("<!-- <item> -->", "").replace("</item>", "", 1).encode(), "bai-0"),
    ],
)
def test_where_it_cannot_be_told_apart_the_file_is_refused(name: str, data: bytes, item: str) -> None:
    path = f"content/raw/{name}"
    assert readers.read(path, data).items
    with pytest.raises(RawError) as caught:
        cut_item(path, data, f"{path}#{item}")
    assert caught.value.problem.path == path
    assert f"`{item}`" in caught.value.problem.message
    assert "by hand" in caught.value.problem.hint


@given(st.lists(st.sampled_from(["<item>", "</item>", "<![CDATA[", "]]>", "<!--", "-->", "<item/>", '<item a=">">', "x", "<entry"]), max_size=12))  # fmt: skip
def test_whatever_lies_between_the_items_the_others_stay(pieces: list[str]) -> None:
    """A cut is exact or refused."""
    path = "content/raw/f.xml"
    data = rss((0, 1)).replace("</item>\n", "</item>" + "".join(pieces), 1).encode()
    try:
        items = readers.read(path, data).items
    except RawError:
        return
    for gone in items:
        try:
            new = cut_item(path, data, gone.raw).data
        except RawError:
            continue
        assert list(readers.read(path, new).items) == [item for item in items if item is not gone]
