"""Atom, and what all forms share: valid, complete, deterministic, and nothing in it that XML or a reader would take for
markup."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.feeds import encode_address
from generator.models import Correction, Takedown
from generator.words import words_of
from tests.feeds.samples import ATOM, FORMS, FULL, ZONE, make, make_feeds, parse_xml, texts


def check_rfc4287(root: etree._Element) -> None:
    """What RFC 4287 §4.1 requires of a feed and its entries, by hand."""
    ids = texts(root, "a:entry/a:id")
    assert len(ids) == len(set(ids))
    for element in (root, *root.iterfind(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, f"one {name}"
        assert len(element.findall(f"{ATOM}author")) >= 1
        moment = dt.datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "")
        assert moment.tzinfo is not None
        links = [(link.get("rel"), link.get("type")) for link in element.iterfind(f"{ATOM}link")]
        assert len(links) == len(set(links))
        assert all(link.get("href", "").isascii() for link in element.iterfind(f"{ATOM}link"))
    assert root.find(f"{ATOM}link[@rel='self']") is not None


def test_site_feed_holds_the_newest_as_they_were_taken_up() -> None:
    made = make_feeds(*(make(n) for n in range(1, 6)), make(9, date=dt.date(2019, 1, 1)))
    root = parse_xml(made["feed.xml"])
    check_rfc4287(root)
    assert texts(root, "a:entry/a:title") == ["Bài 9", "Bài 5", "Bài 4"]
    assert texts(root, "a:entry/a:id")[0] == "https://thu.example/duoi/2026/11/bai-9/"
    assert texts(root, "a:updated") == texts(root, "a:entry/a:updated")[:1]


def test_every_term_has_a_feed() -> None:
    made = make_feeds(make(1, tags=("Đà Nẵng",)), make(2, topic="do-thi", source="Báo Lạ"))
    assert set(made) == {
        *FORMS, "chu-de/quan-y/feed.xml", "chu-de/y-te/feed.xml", "chu-de/do-thi/feed.xml", "the/da-nang/feed.xml",
        "nguon/bao-mau/feed.xml", "nguon/bao-la/feed.xml",
    }  # fmt: skip
    root = parse_xml(made["chu-de/do-thi/feed.xml"])
    assert texts(root, "a:title") == ["Bản Thử <&>: Đô thị & đời sống"]
    assert texts(root, "a:entry/a:title") == ["Bài 2"]
    assert texts(root, "a:id") == ["https://thu.example/duoi/chu-de/do-thi/"]


def test_entry_says_where_it_is_from_and_when() -> None:
    one = make(
        1,
        authors=("Lê A", "Trần B"),
        tags=("Đà Nẵng",),
        corrections=(
            Correction(dt.date(2026, 11, 20), "Hai."),
            Correction(dt.datetime(2026, 11, 9, 9, tzinfo=ZONE), "Một."),
        ),
    )
    entry = parse_xml(make_feeds(one)["feed.xml"]).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}published") == "2026-11-05T07:00:00+07:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-20T00:00:02+07:00"
    assert texts(entry, "a:author/a:name") == ["Lê A", "Trần B"]
    links = {link.get("rel"): link.get("href") for link in entry.iterfind(f"{ATOM}link")}
    assert links == {
        "alternate": "https://thu.example/duoi/2026/11/bai-1/",
        "via": "https://baomau.example/1",
    }
    assert [c.get("label") for c in entry.iterfind(f"{ATOM}category")] == ["Quân y", "Đà Nẵng"]
    assert entry.findtext(f"{ATOM}summary") == "Tóm tắt."


def test_without_authors_the_source_is_the_author() -> None:
    root = parse_xml(make_feeds(make(1))["feed.xml"])
    assert texts(root, "a:entry/a:author/a:name") == ["Báo Mẫu"]


def test_what_waits_and_what_is_no_web_address_stays_out() -> None:
    made = make_feeds(make(1, draft=True), make(2, url="javascript:alert(1)"))
    assert "Bài 1" not in made["feed.xml"].data
    assert "javascript" not in made["feed.xml"].data


def test_a_preview_s_feeds_are_those_of_the_readers() -> None:
    articles = (
        make(1, draft=True, tags=("Riêng",), topic="do-thi"),
        make(2),
        make(3, publish_at=dt.date(2099, 1, 1), source="Báo Lạ"),
        make(4, takedown=Takedown(dt.date(2026, 12, 1), "x"), tags=("Riêng",)),
    )
    assert make_feeds(*articles, preview=True) == make_feeds(*articles)
    assert "the/rieng/feed.xml" not in make_feeds(*articles, preview=True)


def test_the_feed_of_a_renamed_topic_goes_on_at_its_old_address() -> None:
    made = make_feeds(make(1))
    old, new = made["chu-de/y-te/feed.xml"], made["chu-de/quan-y/feed.xml"]
    assert old.data == new.data
    assert parse_xml(old).xpath("string(//*[@rel='self']/@href)") == (
        "https://thu.example/duoi/chu-de/quan-y/feed.xml"
    )


def test_an_empty_feed_is_valid() -> None:
    root = parse_xml(make_feeds()["feed.xml"])
    check_rfc4287(root)
    assert root.find(f"{ATOM}entry") is None


def test_ties_go_by_address() -> None:
    same = dt.datetime(2026, 11, 4, tzinfo=ZONE)
    root = parse_xml(make_feeds(make(3, added=same), make(1, added=same), make(2, added=same))["feed.xml"])
    assert texts(root, "a:entry/a:title") == ["Bài 1", "Bài 2", "Bài 3"]


def test_terms_with_one_address_have_one_feed_as_they_have_one_page() -> None:
    made = make_feeds(make(1, source="Báo Lạ"), make(2, source="báo lạ"), make(3, tags=("Huế", "HUẾ")))
    root = parse_xml(made["nguon/bao-la/feed.xml"])
    assert texts(root, "a:entry/a:title") == ["Bài 2", "Bài 1"]
    assert texts(parse_xml(made["the/hue/feed.xml"]), "a:entry/a:title") == ["Bài 3"]


def test_the_site_is_described_where_it_describes_itself() -> None:
    made = make_feeds(make(1), description=" Tin <hay> \n mỗi ngày ")
    assert texts(parse_xml(made["feed.xml"]), "a:subtitle") == ["Tin <hay> mỗi ngày"]
    assert texts(parse_xml(made["chu-de/quan-y/feed.xml"]), "a:subtitle") == []


def test_an_offset_that_no_form_has_room_for_is_rounded() -> None:
    one = make(1, date=dt.date(1905, 1, 1), added=None)  # Sài Gòn was at +07:06:30
    made = make_feeds(one)
    assert texts(parse_xml(made["feed.xml"]), "a:entry/a:published") == ["1905-01-01T00:00:00+07:06"]
    assert texts(parse_xml(made["rss.xml"]), "channel/item/pubDate") == ["Sun, 01 Jan 1905 00:00:00 +0706"]


def test_the_order_of_the_articles_as_they_are_read_has_no_say() -> None:
    assert make_feeds(*FULL) == make_feeds(*reversed(FULL))


def test_addresses_are_ascii_once() -> None:
    assert encode_address("https://báo.example/bài viết?q=đ&x=%C4%91") == (
        "https://xn--bo-mia.example/b%C3%A0i%20vi%E1%BA%BFt?q=%C4%91&x=%C4%91"
    )
    assert encode_address("https://a.example/50%?a[]=\ud800\u0000") == "https://a.example/50%25?a[]="


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_any_text_makes_valid_xml_with_that_text(title: str, summary: str, tag: str) -> None:
    data = make_feeds(
        make(1, title=title or "x", summary=summary, tags=(tag,) if tag else (), authors=(tag or "a",))
    )
    root = parse_xml(data["feed.xml"])
    check_rfc4287(root)
    (found,) = texts(root, "a:entry/a:title")
    kept = "".join(
        char
        for char in (title or "x")
        if char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char > "\uffff"
    )
    assert found.split() == (unicodedata.normalize("NFC", kept).split() or words_of("vi")("untitled").split())
    assert len(root.findall(f"{ATOM}entry")) == 1


def test_feeds_fit_the_atom_profile(shared: Path) -> None:
    profile = shared / "data/atom-profile.rng"
    if not profile.is_file():
        pytest.skip("../shared has no atom-profile.rng")
    schema = etree.RelaxNG(etree.parse(str(profile)))
    for made in (make_feeds(), make_feeds(*FULL, description="Mô tả.")):
        for address, feed in made.items():
            if address.endswith("feed.xml"):
                schema.assertValid(parse_xml(feed))
