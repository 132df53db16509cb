"""Raw files → items: forms told by content, encodings, feeds, and refusals that say what to do."""

from __future__ import annotations

import contextlib
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import RawError
from generator.models import Form, Problem
from generator.readers import Reading, read, readers

CASES = Path(__file__).parent / "cases" / "readers"
SENTENCE = "Giữ gìn hòa bình: Bộ Công an cử sĩ quan lên đường làm nhiệm vụ ở phái bộ, “rất vinh dự”."


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


def read_text(data: bytes, path: str = "a.txt") -> tuple[str, Reading]:
    reading = read(path, data)
    return reading.items[0].text, reading


def bytes_of(case: dict[str, Any]) -> bytes:
    return bytes.fromhex(case["hex"]) if "hex" in case else case["data"].encode()


@pytest.mark.parametrize("case", cases("refused"), ids=lambda case: f"{case['rule']} {case['message'][:20]}")
def test_refusals(case: dict[str, Any]) -> None:
    with pytest.raises(RawError) as caught:
        read(case["path"], bytes_of(case))
    problem = caught.value.problem
    assert (problem.path, problem.rule) == (case["path"], case["rule"])
    assert case["message"] in problem.message
    assert problem.hint
    if "line" in case:
        assert problem.line == case["line"]


def test_the_limit() -> None:
    with pytest.raises(RawError) as caught:
        read("a.txt", b"x" * 101, limit=100)
    assert caught.value.problem.rule == "raw-too-long"
    assert "101" in caught.value.problem.message
    assert read("a.txt", b"x" * 100, limit=100).items


@pytest.mark.parametrize("case", cases("forms"), ids=lambda case: f"{case['path']} {case['data'][:25]}")
def test_forms(case: dict[str, Any]) -> None:
    item = read(case["path"], case["data"].encode()).items[0]
    assert item.form == Form(case["form"])
    if "statements" in case:
        assert [[one.field, one.value] for one in item.statements] == case["statements"]
    assert item.raw == case.get("raw", item.raw)
    assert item.url == case.get("url")


def test_the_registry_finds_every_form() -> None:
    assert [reader.name for reader in readers()] == [
        "Word",
        "feed",
        "mail",
        "JSON",
        "html",
        "markdown",
        "text",
    ]


# --------------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_and_without_a_mark(encoding: str) -> None:
    text, reading = read_text(SENTENCE.encode(encoding))
    assert text == SENTENCE
    assert not reading.problems


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("windows-1252", "cp1252", "Café à Genève – « bien »"), ("iso-8859-1", "cp1252", "Zürich – “gut”"),
        ("shift_jis", "cp932", "日本の平和"), ("gb2312", "gb18030", "维护和平"), ("euc-kr", "cp949", "평화 유지"),
        ("windows-1251", "cp1251", "Миротворцы"), ("koi8-r", "koi8-r", "Миротворцы"),
    ],
)  # fmt: skip
def test_declared_encodings(label: str, codec: str, words: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={label}"></head><body><p>{words}</p></body></html>'
    assert words in read_text(page.encode(codec), "a.html")[0]


def test_a_declaration_of_nonsense_is_no_codec() -> None:
    with pytest.raises(RawError):
        read("a.html", b'<meta charset="rot13"><p>\xff\xfe\xfd\x81\x8d</p>')


def test_windows_1258_is_told() -> None:
    text, reading = read_text(_windows_1258(SENTENCE))
    assert text == SENTENCE
    assert [problem.rule for problem in reading.problems] == ["raw-encoding-guessed"]
    assert "windows-1258" in reading.problems[0].message


def test_windows_1252_is_told() -> None:
    text, reading = read_text("Le café où l’on s’arrête près d’Orléans était fermé.".encode("cp1252"))
    assert text == "Le café où l’on s’arrête près d’Orléans était fermé."
    assert "windows-1252" in reading.problems[0].message


def test_text_encoded_twice_is_set_right_and_told() -> None:
    twice = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in SENTENCE.encode()
    )
    text, reading = read_text(f"Dòng này đúng.\n{twice}".encode())
    assert text == f"Dòng này đúng.\n{SENTENCE}"
    assert [(problem.rule, problem.line) for problem in reading.problems] == [("raw-mojibake", 2)]


@pytest.mark.parametrize(
    "text", [SENTENCE, "Ærø og Åland, são João, Ð và ¿qué?", "Ý kiến: «Ừ», ÂM NHẠC, CẢ Ã Ẵ"]
)
def test_right_text_is_no_mojibake(text: str) -> None:
    assert read_text(text.encode())[0] == text


def test_lost_letters_are_told() -> None:
    reading = read("a.txt", "Vi\ufffdt Nam".encode())
    assert [problem.rule for problem in reading.problems] == ["raw-lost-letters"]


def test_text_is_normalized_once() -> None:
    text, _ = read_text(unicodedata.normalize("NFD", "Hoà\u200b bình\r\n\u202ehai\x07").encode())
    assert text == "Hoà bình\nhai"


def _windows_1258(text: str) -> bytes:
    """Windows' Vietnamese code page: vowels with their shape, tone marks behind them."""
    made = b""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
        made += (base + tones).encode("cp1258")
    return made


# ------------------------------------------------------------------------------------------- feeds

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://dtd.example/rss-0.91.dtd">
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Báo Ví Dụ</title><link>https://vidu.example/</link><language>vi</language>
<item><title>Đội &quot;mũ nồi xanh&quot; &amp; người dân</title><link>https://vidu.example/doi-mu-noi-xanh-12.html</link>
<guid>vidu-12</guid><pubDate>Thu, 22 May 2025 22:15:00 +0700</pubDate><dc:creator>Lê Hoa</dc:creator>
<category>Quân y</category><category>LHQ</category><description>&lt;p&gt;Tóm &amp;amp; tắt&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Thân bài &amp; <b>đậm</b></p><script>x()</script>]]></content:encoded></item>
<item><title>Không có guid</title><description>Chữ trần &lt; 5, A & B&nbsp;C</description></item>
<item><title>Hỏng <b></title></item>
<item><title>Vẫn còn</title><guid>https://vidu.example/van-con</guid><author>a@vidu.example (Trần Bình)</author></item>
</channel></rss>"""


def test_rss() -> None:
    reading = read("content/raw/vd/tin.xml", RSS.encode())
    first, second, last = reading.items
    assert first.raw == "content/raw/vd/tin.xml#vidu-12"
    assert first.form is Form.FRAGMENT
    assert first.text == "<p>Thân bài &amp; <b>đậm</b></p><script>x()</script>"
    assert first.url == "https://vidu.example/doi-mu-noi-xanh-12.html"
    assert [(one.field, one.value) for one in first.statements] == [
        ("title", 'Đội "mũ nồi xanh" & người dân'), ("date", "Thu, 22 May 2025 22:15:00 +0700"), ("author", "Lê Hoa"),
        ("section", "Quân y"), ("tag", "LHQ"), ("lead", "Tóm & tắt"),
        ("url", "https://vidu.example/doi-mu-noi-xanh-12.html"), ("language", "vi"), ("source", "Báo Ví Dụ"),
        ("source_url", "https://vidu.example/"),
    ]  # fmt: skip
    assert second.text == "<p>Chữ trần &lt; 5, A &amp; B C</p>"
    assert ("author", "Trần Bình") in [(one.field, one.value) for one in last.statements]
    assert [(problem.rule, problem.line) for problem in reading.problems] == [("raw-item-malformed", 10)]


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi"><title>Đài Mẫu</title><id>urn:x</id>
<updated>2025-01-02T00:00:00Z</updated><entry><id>tag:mau.example,2025:bai-1</id>
<title type="html">Bài &lt;b&gt;một&lt;/b&gt;</title><link href="https://mau.example/1"/><link rel="self" href="https://mau.example/s"/>
<published>2025-01-01T07:00:00+07:00</published><updated>2025-01-02T00:00:00Z</updated><author><name>Hà</name></author>
<source><title>Báo Gốc</title><link href="https://goc.example/"/></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Xin <em>chào</em></p></div></content></entry></feed>"""


def test_atom() -> None:
    item = read("a.xml", ATOM.encode()).items[0]
    said = {one.field: one.value for one in reversed(item.statements)}
    assert item.text == "<p>Xin <em>chào</em></p>"
    assert (said["title"], said["date"], said["updated"]) == (
        "Bài một",
        "2025-01-01T07:00:00+07:00",
        "2025-01-02T00:00:00Z",
    )
    assert (said["source"], said["author"], said["language"]) == ("Báo Gốc", "Hà", "vi")
    assert "lead" not in said


@pytest.mark.parametrize(
    "feed",
    [
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>K</title></channel>'
        "<item rdf:about='x'><title>T</title><description>chữ</description></item></rdf:RDF>",
        "<rss version='0.91'><channel><title>K</title><item><title>T</title><description>chữ</description></item></channel></rss>",
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>K</title><entry><title>T</title><content type="text/html" mode="escaped">chữ</content></entry></feed>',
    ],
    ids=["RDF", "RSS 0.91", "Atom 0.3"],
)
def test_old_dialects(feed: str) -> None:
    item = read("a.xml", feed.encode()).items[0]
    assert item.text == "<p>chữ</p>"
    assert item.statements[0].value == "T"


def feed_item(guid: str, link: str = "", title: str = "A", day: int = 0, text: str = "") -> str:
    date = f"<pubDate>Mon, {day:02d} Jun 2026 08:00:00 +0700</pubDate>" if day else ""
    said = (
        ("guid", guid),
        ("link", link and f"https://a.example/{link}"),
        ("title", title),
        ("description", text),
    )
    return f"<item>{''.join(f'<{tag}>{value}</{tag}>' for tag, value in said if value)}{date}</item>"


def ids_of(*pieces: str) -> list[str]:
    feed = f"<rss><channel><title>K</title><link>https://a.example/</link>{''.join(pieces)}</channel></rss>"
    reading = read("f.xml", feed.encode())
    assert not reading.problems
    return [item.raw.removeprefix("f.xml#") for item in reading.items]


@pytest.mark.parametrize(
    "guid",
    ["0", "7", "false", "article", "https://a.example/", "https://a.example", "K", "http://b.example",
     "00000000-0000-0000-0000-000000000000"],
)  # fmt: skip
def test_a_guid_that_names_nothing_gives_one_id_to_a_link_in_any_company(guid: str) -> None:
    pieces = [feed_item(guid, f"bai-{n}", f"Bài {n}", n) for n in range(1, 6)]
    alone = [ids_of(piece)[0] for piece in pieces]
    assert len(set(alone)) == 5
    assert all(given.startswith(f"bai-{n}-") for n, given in enumerate(alone, 1))
    assert ids_of(*pieces) == alone
    assert ids_of(*pieces[::-1]) == alone[::-1]
    assert ids_of(*pieces[1:3]) == alone[1:3]


@pytest.mark.parametrize(
    "guid",
    ["vd-12", "https://a.example/?p=3", "urn:uuid:5b1c2f0e-8a4d-4a57-9c1b-2f60d1a7e913", "mua-lu-o-ban"],
)
def test_a_guid_outlives_the_link_the_title_and_the_text(guid: str) -> None:
    assert ids_of(feed_item(guid, "x", "A", 1)) == ids_of(feed_item(guid, "y", "B", 2, "Chữ mới"))


def test_an_item_that_stands_twice_is_one_and_keeps_its_id() -> None:
    for piece in (
        feed_item("vd-12", "x"),
        feed_item("", "x"),
        feed_item("", "", "Chỉ có tít", 3),
        feed_item("0", "x"),
    ):
        other = feed_item("vd-13", "z", "Khác")
        assert ids_of(piece, other, piece) == [*ids_of(piece), "vd-13"]


def test_a_guid_used_again_leaves_the_first_its_id() -> None:
    old, new = feed_item("vd-12", "x", "Cũ", 1), feed_item("vd-12", "y", "Mới", 2)
    first, second = ids_of(old, new)
    assert (first, ids_of(new, old)) == ("vd-12", [second, first])
    assert second.startswith("y-")
    assert ids_of(feed_item("vd-12", "x", "Cũ, sửa", 1), feed_item("vd-12", "y", "Mới, sửa", 2)) == [
        first,
        second,
    ]
    undated = [feed_item("vd-12", "x", "Cũ"), feed_item("vd-12", "y", "Mới")]
    assert ids_of(*undated)[0] == "vd-12"


def test_a_second_text_under_one_guid_and_link_goes_by_its_content() -> None:
    old, new, third = (feed_item("vd-12", "x", "A", day, f"Bản {day}") for day in (1, 2, 3))
    first, second = ids_of(old, new)
    assert first == "vd-12" != second
    assert ids_of(third, new, old)[1:] == [second, first]
    assert len(set(ids_of(old, new, third))) == 3


def test_a_constant_that_looks_like_a_guid_gives_way_to_the_links() -> None:
    pieces = [feed_item("site-2026-06", f"bai-{n}", f"Bài {n}", n) for n in range(1, 9)]
    ids = ids_of(*pieces)
    assert len(set(ids)) == 8
    assert ids_of(*pieces[5:2:-1]) == ids[5:2:-1]


def test_a_link_to_the_front_page_names_no_item() -> None:
    one, two = feed_item("", "?", "Một", 1), feed_item("", "?", "Hai", 2)
    assert ids_of(two, one) == [*ids_of(two), *ids_of(one)]


@given(st.lists(st.tuples(st.sampled_from(["", "0", "vd-1", "vd-2"]), st.sampled_from(["", "x", "y"]),
                          st.sampled_from(["A", "B"]), st.integers(0, 2)), min_size=1, max_size=8))  # fmt: skip
def test_ids_are_never_given_twice(said: list[tuple[str, str, str, int]]) -> None:
    ids = ids_of(*(feed_item(*one) for one in said))
    assert len(set(ids)) == len(ids)
    assert ids_of(*(feed_item(*one) for one in said * 2)) == ids


def test_what_lost_an_article_is_an_error_and_what_did_not_a_warning() -> None:
    def levels(data: bytes, path: str = "a.xml") -> dict[str, str]:
        return {problem.rule: str(problem.level) for problem in read(path, data).problems}

    assert levels(RSS.encode()) == {"raw-item-malformed": "error"}
    empty = f"<rss><channel>{feed_item('vd-1')}<item><guid>vd-2</guid></item></channel></rss>"
    assert levels(empty.encode()) == {"raw-item-empty": "warning"}
    many = "".join(feed_item(f"vd-{n}") for n in range(5001))
    assert levels(f"<rss><channel>{many}</channel></rss>".encode()) == {"raw-too-long": "error"}
    assert levels(_windows_1258(SENTENCE), "a.txt") == {"raw-encoding-guessed": "warning"}
    assert levels("Vi\ufffdt Nam".encode(), "a.txt") == {"raw-lost-letters": "warning"}


def test_a_truncated_feed_keeps_its_whole_items() -> None:
    reading = read("f.xml", RSS.encode()[: RSS.encode().index("Hỏng".encode())])
    assert len(reading.items) == 2


@pytest.mark.parametrize(
    "piece", ["<item>", "<![CDATA[", "<!--", "&", "<item><title>", "<<<<<<< \n", "---\n", "<"]
)
@pytest.mark.parametrize("path", ["a.xml", "a.html", "a.txt", "a.md"])
def test_hostile_lengths_cost_little(path: str, piece: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(RawError):
        read(path, ("<rss><channel>" * path.endswith("xml") + piece * 10_000).encode())
    assert time.perf_counter() - start < 4


# -------------------------------------------------------------------------------------- properties

PIECES = st.sampled_from([
    b"---\n", b"title: x\n", b"<rss>", b"<channel>", b"<item>", b"</item>", b"<title>a</title>", b"</channel></rss>", b"<feed>",
    b"<entry>", b"<html>", b"<meta charset=utf-16>", b"<?xml version='1.0' encoding='utf-7'?>", b"<!DOCTYPE x [", b"]>", b"&x;",
    b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\xe1\xbb\x87", b"\xe1", b"PK\x03\x04", b"\n", b"<![CDATA[", b"<guid>1</guid>", b"<p>chu</p>",
    b"From: a <a@b.example>\n", b"Subject: =?utf-8?q?a?=\n", b"Content-Type: multipart/mixed; boundary=b\n", b"\n--b\n", b"{", b"}", b"[", b"]",
    b'"title":{"rendered":"a"}', b",", b'"content":{"rendered":"<p>b</p>"}', b'"version":"https://jsonfeed.org/version/1"', b'"items":[',
    b"Content-Type: message/rfc822\n\n", b"Content-Transfer-Encoding: base64\n", b"Forwarded message\nFrom: c\nSubject: d\n\n", b"B\xe9 C\xabng an ",
])  # fmt: skip


@given(
    st.lists(st.one_of(PIECES, st.binary(max_size=6)), max_size=12).map(b"".join),
    st.sampled_from(["a.txt", "a.html", "a.xml", "a.md", "a", "a.json", "a.eml", "a.docx", "a.jsonl"]),
)
def test_any_bytes_are_read_or_refused(data: bytes, path: str) -> None:
    problem, reading = _attempt(path, data)
    if problem is not None:
        assert (problem.path, problem.rule[:4], bool(problem.hint)) == (path, "raw-", True)
        return
    assert reading is not None
    assert len({item.raw for item in reading.items}) == len(reading.items) > 0
    for item in reading.items:
        assert unicodedata.is_normalized("NFC", item.text)
        assert "\x00" not in item.text and "\r" not in item.text


def _attempt(path: str, data: bytes) -> tuple[Problem | None, Reading | None]:
    try:
        return None, read(path, data)
    except RawError as error:
        return error.problem, None
