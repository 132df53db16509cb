"""RSS, JSON Feed, OPML and the catalogue: what each says of the same articles, and that any text comes through."""

from __future__ import annotations

import datetime as dt
import json
import locale
import time
import unicodedata
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.feeds import feeds
from generator.feeds.rows import write_rows
from generator.models import Article, Correction, Takedown
from generator.words import words_of
from tests.feeds.samples import (
    FORMS,
    FULL,
    ROOT,
    ZONE,
    grammar,
    make,
    make_feeds,
    make_presenter,
    parse_xml,
    schema,
    texts,
)

GRAMMARS = {name: grammar(name) for name in ("atom", "rss", "opml")}
SCHEMAS = {name: schema(name) for name in ("json_feed", "articles")}
WAITING = (
    make(11, draft=True, title="Nháp"),
    make(12, review=("date: ?",), title="Giữ lại", page="held/giu-lai.md"),
    make(13, publish_at=dt.date(2099, 1, 1), title="Hẹn giờ"),
    make(14, expires=dt.date(2026, 12, 1), title="Hết hạn"),
    make(15, takedown=Takedown(dt.date(2026, 12, 1), "lý do"), title="Đã gỡ"),
)


def test_rss_says_what_atom_says() -> None:
    root = parse_xml(make_feeds(*FULL, description="Mô tả.")["rss.xml"])
    assert texts(root, "channel/description") == ["Mô tả."]
    assert texts(root, "channel/lastBuildDate") == ["Fri, 20 Nov 2026 00:00:01 +0700"]
    first, item, last = root.iterfind("channel/item")
    assert texts(item, "title") == ['Giá <b>gạo</b> & "muối"; it\'s ]]> done']
    assert texts(item, "link") == texts(item, "guid") == [f"{ROOT}2026/11/bai-1/"]
    assert texts(item, "pubDate") == ["Thu, 05 Nov 2026 07:00:00 +0700"]
    assert texts(item, "dc:creator") == ["Lê A", "Trần B"]
    assert texts(item, "dc:language") == ["en"]
    assert [(one.get("domain"), one.text) for one in item.iterfind("category")] == [
        (f"{ROOT}chu-de/", "Quân y"), (f"{ROOT}the/", "Đà Nẵng & <b>"), (f"{ROOT}the/", "Sông Hương"),
    ]  # fmt: skip
    assert [(one.get("url"), one.text) for one in item.iterfind("source")] == [
        ("https://daithu.example/tin-n%C3%B3ng.rss?a=1&b=2", "Đài Thử")
    ]
    assert item.xpath("string(*[@rel='via']/@href)") == (
        "https://xn--bo-mia.example/b%C3%A0i-vi%E1%BA%BFt?a=1&b=50%25"
    )
    assert texts(first, "description") == texts(first, "source") == texts(first, "dc:language") == []
    assert texts(first, "dc:creator") == ["Báo Lạ"]
    assert texts(last, "title") == ["Nghìndòng hai"]
    assert "javascript" not in etree.tostring(root, encoding="unicode")


def test_a_feed_parser_reads_the_rss() -> None:
    read = feedparser.parse(make_feeds(*FULL)["rss.xml"].data.encode())
    assert not read.bozo
    assert read.feed.title == "Bản Thử <&>"
    assert [entry.link for entry in read.entries] == [f"{ROOT}2026/11/bai-{n}/" for n in (2, 1, 3)]
    assert read.entries[1].published_parsed[:6] == (2026, 11, 5, 0, 0, 0)
    assert [author.name for author in read.entries[1].authors] == ["Lê A", "Trần B"]


def test_an_empty_rss_was_never_built() -> None:
    root = parse_xml(make_feeds()["rss.xml"])
    assert texts(root, "channel/lastBuildDate") == []
    assert texts(root, "channel/description") == ["Bản Thử <&>"]


def test_dates_are_english_in_every_locale() -> None:
    before, old = make_feeds(*FULL), locale.setlocale(locale.LC_TIME)
    for name in ("vi_VN.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8"):
        try:
            locale.setlocale(locale.LC_TIME, name)
        except locale.Error:
            continue
        try:
            assert make_feeds(*FULL) == before
        finally:
            locale.setlocale(locale.LC_TIME, old)
    for text in texts(parse_xml(before["rss.xml"]), "channel/item/pubDate"):
        moment = parsedate_to_datetime(text)
        assert moment.strftime("%a") == text[:3] or locale.getlocale(locale.LC_TIME)[0] not in (None, "C")
        assert moment.utcoffset() == dt.timedelta(hours=7)


def test_json_feed_says_what_atom_says() -> None:
    feed = json.loads(make_feeds(*FULL, description="Mô tả.")["feed.json"].data)
    items = feed.pop("items")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Bản Thử <&>",
        "home_page_url": ROOT,
        "feed_url": f"{ROOT}feed.json",
        "description": "Mô tả.",
        "language": "vi",
        "authors": [{"name": "Bản Thử <&>", "url": ROOT}],
    }
    assert items[1] == {
        "id": f"{ROOT}2026/11/bai-1/",
        "url": f"{ROOT}2026/11/bai-1/",
        "external_url": "https://xn--bo-mia.example/b%C3%A0i-vi%E1%BA%BFt?a=1&b=50%25",
        "title": 'Giá <b>gạo</b> & "muối"; it\'s ]]> done',
        "summary": "Tóm tắt.",
        "content_text": "Tóm tắt.",
        "date_published": "2026-11-05T07:00:00+07:00",
        "date_modified": "2026-11-20T00:00:01+07:00",
        "authors": [{"name": "Lê A"}, {"name": "Trần B"}],
        "tags": ["Quân y", "Đà Nẵng & <b>", "Sông Hương"],
        "language": "en",
    }
    assert items[0]["content_text"] == items[0]["title"] == "Bài 2"
    assert "summary" not in items[0] and "external_url" not in items[0]


def test_opml_lists_the_feeds_that_are_made() -> None:
    made = make_feeds(*FULL, *WAITING)
    body = parse_xml(made["opml.xml"]).find("body")
    assert body is not None
    site, *groups = body
    assert (site.get("xmlUrl"), site.get("htmlUrl")) == (f"{ROOT}feed.xml", ROOT)
    assert {group.get("text"): [one.get("text") for one in group] for group in groups} == {
        "Chuyên mục": ["Quân y", "Đô thị & đời sống"],
        "Nguồn tin": ["Báo Lạ", "Báo Mẫu", "Đài Thử"],
        "Nhãn": ["bai", "Đà Nẵng & <b>", "Sông Hương"],
    }
    listed = {one.get("xmlUrl"): one.get("title") for one in body.iter("outline") if one.get("type")}
    renamed = {"chu-de/y-te/feed.xml"}
    assert listed == {
        f"{ROOT}{address}": parse_xml(feed).findtext("{*}title")
        for address, feed in made.items()
        if address.endswith("feed.xml") and address not in renamed
    }
    for one in body.iter("outline"):
        assert urljoin(one.get("htmlUrl", ""), "feed.xml") == one.get("xmlUrl", "feed.xml")


def test_opml_has_no_empty_group() -> None:
    groups = parse_xml(make_feeds()["opml.xml"]).findall("body/outline")
    assert [group.get("text") for group in groups] == ["Bản Thử <&>", "Chuyên mục"]


def rows(*articles: Article, preview: bool = False) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(make_feeds(*articles, preview=preview)["articles.json"].data)[
        "articles"
    ]
    return found


def test_the_catalogue_says_everything_of_an_article() -> None:
    data = json.loads(make_feeds(*FULL)["articles.json"].data)
    assert (data["version"], data["site"], data["language"]) == (
        1,
        {"name": "Bản Thử <&>", "url": ROOT},
        "vi",
    )
    assert data["articles"][1] == {
        "url": f"{ROOT}2026/11/bai-1/",
        "title": 'Giá <b>gạo</b> & "muối"; it\'s ]]> done',
        "date": "2026-11-03T06:30:00+07:00",
        "added": "2026-11-05T07:00:00+07:00",
        "updated": "2026-11-20T00:00:01+07:00",
        "source": {"key": "dai-thu", "name": "Đài Thử"},
        "topic": {"key": "quan-y", "name": "Quân y"},
        "tags": ["Đà Nẵng & <b>", "Sông Hương"],
        "authors": ["Lê A", "Trần B"],
        "summary": "Tóm tắt.",
        "original": "https://xn--bo-mia.example/b%C3%A0i-vi%E1%BA%BFt?a=1&b=50%25",
        "lang": "en",
        "policy": "excerpt",
    }
    assert data["articles"][0]["date"] == "2026-11-03", "no hour that nobody knows"


def test_the_catalogue_has_all_that_readers_see_and_nothing_else() -> None:
    many = [make(number) for number in range(1, 8)]
    titles = [row["title"] for row in rows(*many, *WAITING)]
    assert titles == [f"Bài {number}" for number in range(7, 0, -1)], "more than a feed's three"
    assert rows(*many, *WAITING, preview=True) == rows(*many, *WAITING)


def test_nothing_that_waits_is_in_any_form() -> None:
    for preview in (False, True):
        made = make_feeds(*FULL, *WAITING, preview=preview)
        for form in FORMS:
            assert not any(one.title in made[form].data for one in WAITING), form


def test_one_more_article_is_one_more_line() -> None:
    many = [make(number) for number in range(1, 8)]
    before = make_feeds(*many)["articles.json"].data.splitlines()
    after = make_feeds(*many, make(8))["articles.json"].data.splitlines()
    assert set(before) < set(after)
    assert len(after) == len(before) + 1 == 10
    corrected = make(3, corrections=(Correction(dt.datetime(2026, 12, 1, tzinfo=ZONE), "x"),))
    changed = make_feeds(*(corrected if one == make(3) else one for one in many))["articles.json"].data
    assert len(set(changed.splitlines()) - set(before)) == 1


def test_rows_of_nothing_are_json() -> None:
    assert json.loads(write_rows({"a": 1, "b": ""}, "c", ())) == {"a": 1, "c": []}


def test_ten_thousand_articles_take_no_time() -> None:
    many = [make(n, tags=(f"Nhãn {n % 300}", "Chung"), summary="Câu tóm tắt. " * 12) for n in range(10_000)]
    presenter = make_presenter(*many)
    start = time.process_time()
    feeds(presenter)
    assert time.process_time() - start < 8, "a second, on a machine that does nothing else"


def squeezed(text: str) -> str:
    """What a feed can say of a text: NFC, one line, without what XML or UTF-8 cannot hold."""
    kept = (
        one
        for one in text
        if one in "\t\n\r" or " " <= one <= "\ud7ff" or "\ue000" <= one <= "\ufffd" or one > "\uffff"
    )
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


# With more of what breaks markup, JSON and line ends than chance would bring.
TEXT = st.text(max_size=40) | st.text(
    st.sampled_from("<>&\"'\\]/%{}\u0000\u000b\r\n\t\u0085\u2028\ud800\ufffe\u0338\u0301aÀ😀 "), max_size=12
)


@given(TEXT, TEXT, TEXT, TEXT)
def test_any_text_comes_through_every_form(title: str, summary: str, author: str, tag: str) -> None:
    one = make(
        1, title=title or "x", summary=summary, authors=(author, "B"), tags=(tag,) if tag else (),
        url=f"https://a.example/{title}",
    )  # fmt: skip
    made = make_feeds(one, make(2), description=summary)
    for feed in made.values():
        feed.data.encode()  # no lone surrogate
        assert unicodedata.is_normalized("NFC", feed.title)
    roots = {name: parse_xml(made[name]) for name in ("feed.xml", "rss.xml", "opml.xml")}
    for name, root in roots.items():
        GRAMMARS[name.removesuffix(".xml").replace("feed", "atom")].assertValid(root)
    feed, catalogue = (json.loads(made[name].data) for name in ("feed.json", "articles.json"))
    SCHEMAS["json_feed"].validate(feed)
    SCHEMAS["articles"].validate(catalogue)
    item, row = feed["items"][1], catalogue["articles"][1]
    titles = {
        *texts(roots["feed.xml"], "a:entry[2]/a:title"),
        *texts(roots["rss.xml"], "channel/item[2]/title"),
        item["title"],
        row["title"],
    }
    assert titles == {squeezed(title or "x") or words_of("vi")("untitled")}
    said = squeezed(summary)
    for summaries in (
        texts(roots["feed.xml"], "a:entry[2]/a:summary"),
        texts(roots["rss.xml"], "channel/item[2]/description"),
        [item["summary"]] if said else [item[key] for key in ("summary",) if key in item],
        [row["summary"]] if said else [row[key] for key in ("summary",) if key in row],
    ):
        assert summaries == ([said] if said else [])
    names = [name for name in (squeezed(author), "B") if name]
    assert texts(roots["rss.xml"], "channel/item[2]/dc:creator") == names
    assert texts(roots["feed.xml"], "a:entry[2]/a:author/a:name") == names
    assert [one["name"] for one in item["authors"]] == row["authors"] == names


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_languages_have_the_words(language: str) -> None:
    made = {feed.address: feed for feed in feeds(make_presenter(*FULL, language=language))}
    assert texts(parse_xml(made["rss.xml"]), "channel/language") == [language]
    assert json.loads(made["articles.json"].data)["language"] == language
