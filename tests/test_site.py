"""One small site, built whole: what readers, machines and strangers find in it."""

from __future__ import annotations

import copy
import filecmp
import gzip
import html
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import etree
from lxml import html as lxml_html

from generator.models import Level, Problem
from generator.plugin import BuildReport, build
from tests.drawing import make_png

SITE = Path(__file__).resolve().parent / "site"
EPOCH = "1795300000"
"""21 November 2026: one article of the site is scheduled for later, one has expired."""
SECRET = "BÍ-MẬT"
"""Stands in every article that waits or was taken down, and nowhere else."""
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def epoch() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        yield


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, epoch: None) -> BuildReport:
    return build(SITE / "site_config.yml", site_dir=tmp_path_factory.mktemp("built") / "site")


@pytest.fixture(scope="module")
def site(report: BuildReport) -> Path:
    return report.site_dir


def variant(folder: Path, **changes: object) -> Path:
    """The same site with other settings, as a configuration file of its own."""
    values = {
        "docs_dir": str(SITE / "content/pages"),
        "theme": {"custom_dir": str(SITE.parent.parent / "theme")},
    }
    lines = [f"{key}: {json.dumps(value)}" for key, value in {**values, **changes}.items()]
    path = folder / "site_config.yml"
    path.write_text("\n".join([f"INHERIT: {SITE / 'site_config.yml'}", *lines]) + "\n", encoding="utf-8")
    return path


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pages_of(folder: Path) -> dict[str, lxml_html.HtmlElement]:
    """Address → parsed page, for every HTML file."""
    return {
        re.sub(r"(^|/)index\.html$", r"\1", path.relative_to(folder).as_posix()): lxml_html.fromstring(
            path.read_bytes()
        )
        for path in folder.rglob("*.html")
    }


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, lxml_html.HtmlElement]:
    return pages_of(site)


def text_of(page: lxml_html.HtmlElement) -> str:
    return " ".join(page.find("body").text_content().split())


# ------------------------------------------------------------------------------------- addresses


def test_every_kind_of_page_is_there(pages: dict[str, lxml_html.HtmlElement]) -> None:
    for address in (
        "", "2026/11/tram-do-man/", "chu-de/", "chu-de/moi-truong/", "the/", "the/hue/", "nguon/", "nguon/dai-vi-du/",
        "luu-tru/", "luu-tru/2026/", "luu-tru/2026/11/", "dinh-chinh/", "gioi-thieu/", "404.html",
    ):  # fmt: skip
        assert address in pages, address


def broken_links(folder: Path, base: str) -> list[str]:
    """Links, sources and fragments inside a site that lead nowhere. `base` is the path that the site lives below."""
    pages, broken = pages_of(folder), []
    anchors = {
        address: set(page.xpath("//@id")) | set(page.xpath("//a/@name")) for address, page in pages.items()
    }
    for address, page in pages.items():
        here = f"https://thu.example{base}{address}"
        for target in page.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            absolute, fragment = urldefrag(urljoin(here, target))
            parts = urlsplit(absolute)
            if parts.hostname != "thu.example" or target == "x":
                continue
            path = unquote(parts.path)
            if not path.startswith(base):
                broken.append(f"{address}: {target} leaves the site")
                continue
            inside = path.removeprefix(base)
            if inside not in pages and not (folder / inside).is_file():
                broken.append(f"{address}: {target}")
            elif fragment and inside in anchors and unquote(fragment) not in anchors[inside]:
                broken.append(f"{address}: {target} (no such fragment)")
    return broken


def test_every_internal_link_and_fragment_resolves(site: Path) -> None:
    assert broken_links(site, "/") == []


def test_a_site_below_a_path_works(tmp_path: Path, epoch: None) -> None:
    config = variant(tmp_path, site_url="https://thu.example/bao/tin/")
    folder = build(config, site_dir=tmp_path / "site").site_dir
    assert broken_links(folder, "/bao/tin/") == []
    feed = etree.parse(str(folder / "feed.xml"))
    assert all(
        str(link.get("href")).startswith("https://thu.example/bao/tin/")
        for link in feed.iterfind(f"{ATOM}link")
    )
    assert 'href="/bao/tin/"' in (folder / "404.html").read_text(encoding="utf-8")


def test_old_addresses_lead_on(pages: dict[str, lxml_html.HtmlElement]) -> None:
    for old, new in {
        "2026/11/": "luu-tru/2026/11/",
        "2026/": "luu-tru/2026/",
        "2026/11/tram-man/": "2026/11/tram-do-man/",
        "chu-de/thien-nhien/": "chu-de/moi-truong/",
        "nguon/dai-cu/": "nguon/dai-vi-du/",
        "the/dbscl/": "the/dong-bang-song-cuu-long/",
        "2026/11/ten-cu-cua-bai-go/": "2026/11/da-go/",
    }.items():
        (refresh,) = pages[old].xpath("//meta[@http-equiv='refresh']/@content")
        target = refresh.removeprefix("0;url=")
        assert posixpath.normpath(posixpath.join(old, target)) + "/" == new
        assert pages[old].xpath("//link[@rel='canonical']/@href") == [f"https://thu.example/{new}"]
        assert not pages[old].xpath("//meta[@name='robots']"), "it would forbid what `canonical` asks for"


def test_no_redirect_is_in_sitemap_or_search(site: Path, pages: dict[str, lxml_html.HtmlElement]) -> None:
    redirects = {address for address, page in pages.items() if page.xpath("//meta[@http-equiv='refresh']")}
    assert len(redirects) > 5
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    found = {doc["location"] for doc in json.loads((site / "search/search_index.json").read_text())["docs"]}
    assert not redirects & found
    assert not [address for address in redirects if f"thu.example/{address}<" in sitemap]


def test_the_feed_of_a_renamed_topic_is_at_both_addresses(site: Path) -> None:
    old, new = site / "chu-de/thien-nhien/feed.xml", site / "chu-de/moi-truong/feed.xml"
    assert old.read_bytes() == new.read_bytes()
    assert "https://thu.example/chu-de/moi-truong/feed.xml" in new.read_text(encoding="utf-8")


# --------------------------------------------------------------------------------------- content


def test_an_article_says_what_it_is(pages: dict[str, lxml_html.HtmlElement]) -> None:
    page = pages["2026/11/tram-do-man/"]
    text = text_of(page)
    for words in (
        "Sáu mươi trạm đo mặn", "Thiết bị ghép từ linh kiện", "Theo Báo Mẫu", "Thứ Năm, 19/11/2026, 6:10",
        "điểm tin ngày 20/11/2026", "Đọc bản gốc", "Vì sao chúng tôi chọn", "đã qua ba mùa hạn", "Đính chính",
        "21/11/2026: Bản đầu ghi 600 trạm", "Đo mặn bằng đồ tự chế, Tạp chí Thử, 18/11/2026", "Báo Lạ", "Lê Thị Mẫu",
        "Dữ liệu mở", "Bài trước", "Trên đây là phần trích",
    ):  # fmt: skip
        assert words in text, words
    assert text.count("Thiết bị ghép từ linh kiện") == 1
    assert page.xpath("//h1") and len(page.xpath("//h1")) == 1
    assert page.xpath("//time/@datetime")[0] == "2026-11-19T06:10:00+07:00"
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://thu.example/2026/11/tram-do-man/"]
    assert "https://baomau.example/tram-do-man-101.html" in page.xpath(
        "//a[contains(@rel, 'external')]/@href"
    )
    assert page.xpath("//title/text()") == [
        "Sáu mươi trạm đo mặn tự lắp giúp nông dân chọn đúng giờ lấy nước – Điểm Tin Thử"
    ]
    assert page.xpath("//meta[@name='description']/@content")[0].startswith("Thiết bị ghép")
    assert page.xpath("//meta[@property='og:type']/@content") == ["article"]


def test_structured_data(pages: dict[str, lxml_html.HtmlElement]) -> None:
    block, way = pages["2026/11/tram-do-man/"].xpath("//head/script[@type='application/ld+json']/text()")
    data = json.loads(block)
    assert data["@type"] == "NewsArticle"
    assert data["datePublished"] == "2026-11-20T07:30:00+07:00"
    assert data["dateModified"] == "2026-11-21T00:00:00+07:00"
    assert data["isBasedOn"]["url"] == "https://baomau.example/tram-do-man-101.html"
    assert data["author"] == [{"@type": "Person", "name": "Lê Thị Mẫu"}]
    steps = json.loads(way)["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps[:3]] == [
        (1, "Trang nhất"),
        (2, "Chuyên mục"),
        (3, "Môi trường"),
    ]
    assert steps[3]["item"] == "https://thu.example/2026/11/tram-do-man/"
    hostile, _ = pages["2026/09/thu-doc/"].xpath("//head/script[@type='application/ld+json']/text()")
    assert json.loads(hostile)["headline"].startswith("<script>alert('t')</script>")


def test_the_front_page(pages: dict[str, lxml_html.HtmlElement]) -> None:
    text = text_of(pages[""])
    assert "Thứ Sáu, 20 tháng 11 năm 2026 2 tin mới từ 2 nguồn" in text
    assert "Chúng tôi đọc nhiều tờ báo" in text
    assert (
        pages[""].xpath("//h1")[0].text_content().startswith("Sáu mươi trạm")
    )  # pinned, though not the newest


def test_nothing_of_the_machine_is_left_in_english(pages: dict[str, lxml_html.HtmlElement]) -> None:
    for address, page in pages.items():
        assert page.get("lang") == "vi", address
        body = copy.deepcopy(page.find("body"))
        for gone in body.xpath(".//script | .//style | .//*[@lang='en']"):
            gone.drop_tree()
        seen = f"{body.text_content()} {' '.join(body.xpath('.//@aria-label | .//@title | .//@placeholder'))}"
        for english in (
            "Initializing",
            "Search",
            "Skip to",
            "Not found",
            "Previous",
            "Next",
            "Metadata",
            "Home",
            "Back to",
        ):
            assert english not in seen, f"{address}: {english}"


def test_tags_are_an_alphabet(pages: dict[str, lxml_html.HtmlElement]) -> None:
    assert pages["the/"].xpath("//section/h2/text()") == [
        "Ă",
        "Â",
        "C",
        "D",
        "Đ",
        "H",
        "X",
        "Chữ số và ký hiệu",
    ]


# ----------------------------------------------------------------------------------- what waits


def test_what_waits_is_nowhere_in_the_output(site: Path, report: BuildReport) -> None:
    assert (report.articles, report.waiting) == (12, 5)
    slugs = ("chua-ro-ngay", "ban-nhap", "hen-gio", "cho-nguon", "het-han", "bi-mat")
    for path, data in files_of(site).items():
        plain = gzip.decompress(data) if path.endswith(".gz") else data
        assert SECRET.encode() not in plain, path
        assert json.dumps(SECRET)[1:-1].encode() not in plain, path
        if path.endswith((".html", ".xml", ".gz", ".json")):
            assert not any(slug.encode() in plain for slug in slugs), path
        assert not any(slug in path for slug in slugs), path


MARKS = {
    "2026/11/ban-nhap/": "Bản nháp",
    "2026/11/hen-gio/": "Hẹn giờ 01/01/2099 08:00",
    "2026/11/cho-nguon/": "Chờ theo nguồn đến 18/11/2027 09:30",
    "2026/11/het-han/": "Hết hạn",
}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory, epoch: None) -> BuildReport:
    folder = tmp_path_factory.mktemp("preview") / "site"
    return build(SITE / "site_config.yml", site_dir=folder, drafts=True)


def test_a_preview_shows_what_waits_and_why(preview: BuildReport) -> None:
    folder = preview.site_dir
    pages = pages_of(folder)
    assert "Bài đang giữ lại, chưa đăng" in text_of(pages["held/chua-ro-ngay/"])
    assert "candidates 2025-09-24, 2024-09-24" in text_of(pages["held/chua-ro-ngay/"])
    assert "Bản nháp, chưa đăng" in text_of(pages["2026/11/ban-nhap/"])
    assert "Sẽ đăng: Thứ Năm, 01/01/2099 08:00" in text_of(pages["2026/11/hen-gio/"])
    assert "Được đăng từ: Thứ Năm, 18/11/2027 09:30" in text_of(pages["2026/11/cho-nguon/"])
    assert "Hết hạn từ: Thứ Sáu, 20/11/2026 08:00" in text_of(pages["2026/11/het-han/"])
    assert text_of(pages["held/"]).count(SECRET) == 5
    assert broken_links(folder, "/") == []
    assert (preview.articles, preview.waiting) == (12, 5)


def test_a_preview_marks_what_waits_at_every_place(preview: BuildReport) -> None:
    """Beside the title, in the same block, wherever a list names such an article."""
    pages, places = pages_of(preview.site_dir), dict.fromkeys(MARKS, 0)
    for address, page in pages.items():
        for link in page.xpath("//*[@id='content']//a[@href][contains(., 'BÍ-MẬT')]"):
            target = (
                posixpath.normpath(posixpath.join("/", address, urldefrag(link.get("href"))[0]))[1:] + "/"
            )
            if address != "held/" and target in MARKS:
                holder = (
                    link if link.xpath(".//small") else link.getparent()
                )  # the neighbours are one link each
                marks = [mark.text_content() for mark in holder.xpath(".//*[contains(@class, 'dg-mark')]")]
                assert MARKS[target] in marks, f"{address}: {target}"
                places[target] += 1
    assert all(count >= 5 for count in places.values()), places
    for address in ("", "luu-tru/2026/11/", "chu-de/", "chu-de/do-thi/", "the/nhan-bi-mat/", "dinh-chinh/"):
        assert SECRET in text_of(pages[address]), address
    front = pages[""].xpath("//*[contains(@class, 'dg-mark')]/text()")
    assert {"Ghim", "Tin chính", *MARKS.values()} <= set(front)
    assert pages[""].xpath("//h1")[0].text_content().startswith("Sáu mươi trạm")


def test_nothing_that_waits_is_in_a_preview_s_feeds_or_known_to_machines(preview: BuildReport) -> None:
    feeds = list(preview.site_dir.rglob("feed.xml"))
    assert len(feeds) > 10
    for path in (*feeds, preview.site_dir / "sitemap.xml"):
        assert SECRET not in path.read_text(encoding="utf-8"), path
    assert "hen-gio" not in (preview.site_dir / "sitemap.xml").read_text(encoding="utf-8")
    for address in MARKS:
        page = lxml_html.fromstring((preview.site_dir / address / "index.html").read_bytes())
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_readers_see_no_mark(pages: dict[str, lxml_html.HtmlElement]) -> None:
    assert [
        address for address, page in pages.items() if page.xpath("//*[contains(@class, 'dg-mark')]")
    ] == []


# ----------------------------------------------------------------- corrected, and taken down


def test_corrections_are_dated_and_all_on_one_page(
    site: Path, pages: dict[str, lxml_html.HtmlElement]
) -> None:
    article = pages["2026/11/tram-do-man/"]
    (link,) = article.xpath("//header//a[@href='#corrections']")
    assert " ".join(link.text_content().split()) == "Đính chính ngày 21/11/2026"
    page = pages["dinh-chinh/"]
    text = text_of(page)
    facts = page.xpath("//header//p[@class='dg-meta']/span/text()")
    assert facts == ["2\N{NO-BREAK SPACE}đính chính", "1\N{NO-BREAK SPACE}bài đã gỡ"]
    assert "21/11/2026 Sáu mươi trạm đo mặn" in text
    assert "Bản đầu ghi 600 trạm; số đúng là 60." in text
    assert "20/11/2026 Người trong ảnh không đồng ý cho đăng." in text
    assert "../2026/11/tram-do-man/#corrections" in page.xpath("//a/@href")
    assert "../2026/11/da-go/" in page.xpath("//a/@href")
    assert all(one.xpath("//footer//a[.='Đính chính']") for one in (article, page, pages[""]))
    assert "https://thu.example/dinh-chinh/" in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_of_an_article_that_was_taken_down_only_the_notice_is_left(
    site: Path, preview: BuildReport, pages: dict[str, lxml_html.HtmlElement]
) -> None:
    """`test_what_waits_is_nowhere_in_the_output` looks for its words: its file still has them all."""
    for page in (pages["2026/11/da-go/"], pages_of(preview.site_dir)["2026/11/da-go/"]):
        assert page.xpath("//h1/text()") == ["Bài đã được gỡ"]
        assert page.xpath("//title/text()") == ["Bài đã được gỡ – Điểm Tin Thử"]
        assert "Gỡ ngày 20/11/2026" in text_of(page)
        assert "Người trong ảnh không đồng ý cho đăng." in text_of(page)
        assert SECRET not in lxml_html.tostring(page, encoding="unicode")
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert not page.xpath("//script[@type='application/ld+json']")
        assert not page.xpath("//link[@rel='canonical']")
        assert page.xpath("//meta[@property='og:type']/@content") == ["website"]
        assert {"../../../", "../../../dinh-chinh/"} <= set(page.xpath("//article//a/@href"))
    for name in ("sitemap.xml", "search/search_index.json", "feed.xml", "chu-de/van-hoa/feed.xml"):
        assert "da-go" not in (site / name).read_text(encoding="utf-8")
    listed = [address for address, page in pages.items() if page.xpath("//a[contains(@href, 'da-go')]")]
    assert set(listed) == {"dinh-chinh/", "2026/11/ten-cu-cua-bai-go/"}


def test_what_was_taken_down_before_it_was_filed_leaves_no_trace(tmp_path: Path, epoch: None) -> None:
    text = '---\ntitle: "Chưa từng đăng"\ntakedown: {date: "2026-11-20", reason: "Chưa từng đăng"}\n---\n\nThân.\n'
    folder, _ = build_with(tmp_path, {"held/chua-dang.md": text})
    assert not (folder / "held").exists()
    assert "Chưa từng đăng" not in (folder / "dinh-chinh/index.html").read_text(encoding="utf-8")


def test_pictures_of_what_was_taken_down_go_with_it(tmp_path: Path, epoch: None) -> None:
    name = f"assets/images/{'a' * 20}.png"
    body = f"\n![Ảnh](/content/pages/{name})\n"
    taken = ONE.format("Có ảnh").replace(
        "topic: do-thi\n", 'topic: do-thi\ntakedown: {date: "2026-11-20", reason: "x"}\n'
    )
    for text, there in ((ONE.format("Có ảnh") + body, True), (taken + body, False)):
        shutil.rmtree(tmp_path / "content", ignore_errors=True)
        folder, _ = build_with(tmp_path, {"articles/2026/11/co-anh.md": text, name: make_png(8, 8)})
        assert (folder / name).is_file() == there


# ---------------------------------------------------------------------------------- machines


def test_feed_and_sitemap(site: Path) -> None:
    feed = etree.parse(str(site / "feed.xml")).getroot()
    titles = [title.text for title in feed.iterfind(f"{ATOM}entry/{ATOM}title")]
    assert len(titles) == 6
    assert str(titles[0]).startswith("Sáu mươi trạm")
    for link in feed.iterfind(f"{ATOM}entry/{ATOM}link[@rel='alternate']"):
        assert (site / urlsplit(str(link.get("href"))).path.strip("/") / "index.html").is_file()
    sitemap = etree.parse(str(site / "sitemap.xml")).getroot()
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    dated = {url.findtext("s:loc", None, space): url.findtext("s:lastmod", None, space) for url in sitemap}
    assert dated["https://thu.example/2026/11/tram-do-man/"] == "2026-11-21"  # corrected the day after
    assert dated["https://thu.example/chu-de/y-te/"] == "2026-11-14"
    assert dated["https://thu.example/gioi-thieu/"] is None
    assert not any(
        "2026/11/tram-man/" in (loc or "") or (loc or "").endswith(".example/2026/") for loc in dated
    )
    assert (site / "sitemap.xml.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()) == (site / "sitemap.xml").read_bytes()
    assert "Sitemap: https://thu.example/sitemap.xml" in (site / "robots.txt").read_text()


def test_search_index_holds_articles_with_their_summaries_and_no_lists(site: Path) -> None:
    docs = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    by_place = {doc["location"]: doc for doc in docs}
    assert "Bãi sạc đặt ngay" in by_place["2026/11/buyt-dien/"]["text"]
    assert "năm giờ sáng" in by_place["2026/11/buyt-dien/"]["text"]
    assert not any(
        place.startswith(("chu-de/", "the/", "nguon/", "luu-tru/")) or place == "" for place in by_place
    )
    assert "2026/10/rung-duoc/#cach-trong" in by_place


# ------------------------------------------------------------------------------------- hostile


def test_hostile_text_does_nothing(site: Path, pages: dict[str, lxml_html.HtmlElement]) -> None:
    page = pages["2026/09/thu-doc/"]
    text = text_of(page)
    for shown in ("<script>alert('t')</script> Tin & \"ngoặc\" </title>", "<svg onload=alert(3)>", "{{ config }}",
                  "Hotline: 1900 0000 vẫn là chữ của bài.", "<script>alert(5)</script>", "Chữ thường."):  # fmt: skip
        assert shown in text, shown
    for address, one in pages.items():
        assert not one.xpath("//@*[starts-with(name(), 'on')]"), address
        assert not one.xpath("//@*[contains(translate(., 'JAVSCRIPT', 'javscript'), 'javascript:')]"), address
        assert not one.xpath("//iframe | //base | //object | //embed | //body//style"), address
        assert len(one.xpath("//*[@id='__config']")) <= 1
        assert len(one.xpath("//*[@id='__search']")) <= 1
        for script in one.xpath("//script[not(@src)][not(contains(@type, 'json'))]/text()"):
            assert "alert(" not in script, address
        if one.xpath("//meta[@http-equiv='refresh']"):  # a redirect, and nothing else
            assert one.xpath("//link[@rel='canonical'][starts-with(@href, 'https://thu.example/')]"), address
    assert page.xpath("//script[@id='__config']"), "the theme's own settings are still the only ones"
    assert not page.xpath("//*[@style]")
    titles = [doc["title"] for doc in json.loads((site / "search/search_index.json").read_text())["docs"]]
    assert not any("<script" in title or "<img" in title for title in titles)
    assert any(html.unescape(title).startswith("<script>alert('t')") for title in titles)
    assert not pages["gioi-thieu/"].xpath("//meta[@http-equiv='refresh']"), (
        "`template` of a hand-written page is refused"
    )


def test_only_markdown_and_named_assets_are_published(site: Path, report: BuildReport) -> None:
    assert not (site / "trang.html").exists()
    assert not (site / "anh.svg").exists()
    told = {problem.path for problem in report.problems if problem.rule == "file-type"}
    assert told == {"content/pages/trang.html", "content/pages/anh.svg"}


def test_a_link_to_what_waits_loses_its_target(pages: dict[str, lxml_html.HtmlElement]) -> None:
    (link,) = pages["gioi-thieu/"].xpath("//a[contains(., 'không được lộ ra')]")
    assert link.get("href") is None


# ---------------------------------------------------------------------------------- determinism


def run_mkdocs(config: Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config, "-d", folder],
        capture_output=True, text=True, check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **environment},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "seed", "locale"), [("America/Anchorage", "1", "C"), ("Pacific/Kiritimati", "77", "C.UTF-8")]
)
def test_mkdocs_own_build_is_the_same_to_the_byte(
    site: Path, tmp_path: Path, zone: str, seed: str, locale: str
) -> None:
    folder = tmp_path / "site"
    done = run_mkdocs(
        SITE / "site_config.yml", folder, TZ=zone, PYTHONHASHSEED=seed, LC_ALL=locale, PYTHONUTF8="1"
    )
    assert done.returncode == 0, done.stderr
    ours, theirs = files_of(site), files_of(folder)
    assert ours.keys() == theirs.keys()
    assert [path for path in ours if ours[path] != theirs[path]] == []
    assert "trang.html: warning" in done.stderr  # problems are told, and are no warnings of MkDocs'


def test_the_clock_decides_only_what_is_out(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert run_mkdocs(SITE / "site_config.yml", folder, SOURCE_DATE_EPOCH="1796000000").returncode == 0
    assert files_of(folder) == files_of(site)


def test_a_build_never_writes_into_the_content(tmp_path: Path, epoch: None) -> None:
    shutil.copytree(SITE / "content", tmp_path / "content")
    before = files_of(tmp_path / "content")
    build(variant(tmp_path, docs_dir=str(tmp_path / "content/pages")), site_dir=tmp_path / "site")
    assert files_of(tmp_path / "content") == before
    assert not filecmp.dircmp(SITE / "content", tmp_path / "content").diff_files


# --------------------------------------------------------------------------------- bad material


def build_with(tmp_path: Path, files: Mapping[str, str | bytes]) -> tuple[Path, list[Problem]]:
    docs = tmp_path / "content/pages"
    shutil.copytree(SITE / "content/pages", docs)
    for name, text in files.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    report = build(variant(tmp_path, docs_dir=str(docs)), site_dir=tmp_path / "site")
    return report.site_dir, list(report.problems)


ONE = '---\ntitle: "{}"\ndate: "2026-11-01"\nadded: "2026-11-02"\nsource: bao-mau\ntopic: do-thi\n---\n\nThân bài.\n'


def test_one_bad_page_never_stops_the_others(tmp_path: Path, epoch: None) -> None:
    folder, problems = build_with(
        tmp_path,
        {
            "articles/2026/11/hong.md": '---\ntitle: "chưa đóng\ndate: 2026\n---\nx',
            "articles/2026/11/khong-dong.md": "---\ntitle: x\n",
            "articles/2026/11/utf16.md": "---\ntitle: x\n---\n".encode("utf-16"),
            "articles/2026/11/xung-dot.md": "---\n<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> x\n---\n",
            "trang-hong.md": "---\n- a\n- b\n---\n",
            "tot.md": "Chữ: vẫn là chữ.\nHotline: 1900\n",
        },
    )
    errors = {problem.path.rpartition("/")[2] for problem in problems if problem.level is Level.ERROR}
    assert errors == {"hong.md", "khong-dong.md", "utf16.md", "xung-dot.md", "trang-hong.md"}
    assert all(problem.message and problem.hint for problem in problems if problem.level is Level.ERROR)
    assert "Hotline: 1900" in (folder / "tot/index.html").read_text(encoding="utf-8")
    assert (folder / "2026/11/tram-do-man/index.html").is_file()
    assert not (folder / "2026/11/hong").exists()


def test_two_files_for_one_address_are_named(tmp_path: Path, epoch: None) -> None:
    folder, problems = build_with(
        tmp_path,
        {
            "articles/2026/11/TRAM-do-man.md": ONE.format("Song sinh"),
            "2026/11/buyt-dien.md": "# Kẻ giả\n",
            "chu-de/index.md": "# Chen vào\n",
        },
    )
    clashes = {p.path: p.message for p in problems if p.rule == "address-collision"}
    assert set(clashes) == {"content/pages/2026/11/buyt-dien.md", "content/pages/articles/2026/11/tram-do-man.md",
                            "content/pages/chu-de/index.md"}  # fmt: skip
    assert (
        "content/pages/articles/2026/11/TRAM-do-man.md"
        in clashes["content/pages/articles/2026/11/tram-do-man.md"]
    )
    assert "Kẻ giả" not in (folder / "2026/11/buyt-dien/index.html").read_text(encoding="utf-8")
    assert "Chen vào" not in (folder / "chu-de/index.html").read_text(encoding="utf-8")


def test_links_of_the_file_system_are_not_followed(tmp_path: Path, epoch: None) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(ONE.format("Tệp ngoài"), encoding="utf-8")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "ngoai.md").write_text("# Ngoài\n", encoding="utf-8")
    (outside / "nua").mkdir()
    (outside / "nua/ngoai.md").write_text("# Ngoài\n", encoding="utf-8")
    docs = tmp_path / "content/pages"
    shutil.copytree(SITE / "content/pages", docs)
    (docs / "articles/2026/11/lien-ket.md").symlink_to(secret)
    (docs / "thu-muc").symlink_to(outside)
    (docs / "assets/javascripts").mkdir(parents=True)
    (docs / "assets/javascripts/digest.js").write_text("alert(1)")
    os.mkfifo(docs / "ong.md")
    report = build(variant(tmp_path, docs_dir=str(docs)), site_dir=tmp_path / "site")
    told = {
        problem.path.removeprefix("content/pages/")
        for problem in report.problems
        if problem.rule != "page-unknown-key"
    }
    assert {
        "articles/2026/11/lien-ket.md",
        "thu-muc",
        "assets/javascripts/digest.js",
        "ong.md",
    } <= told
    assert len([one for one in report.problems if "thu-muc" in one.path]) == 1
    assert not (report.site_dir / "2026/11/lien-ket").exists()
    assert not (report.site_dir / "thu-muc").exists()
    assert "alert(1)" not in (report.site_dir / "assets/javascripts/digest.js").read_text(encoding="utf-8")


def test_aliases_that_lead_nowhere_are_told_as_check_tells_them(tmp_path: Path, epoch: None) -> None:
    head = ONE.format("Đổi tên").replace("topic: do-thi\n", "topic: do-thi\naliases: [{}]\n")
    folder, problems = build_with(
        tmp_path,
        {
            "articles/2026/11/mot.md": head.format("gioi-thieu/, 2026/11/BUYT-dien/, 2026/10/, nam-cu/"),
            "articles/2026/11/hai.md": head.format("nam-cu/, 2026/11/hai"),
            "chu-de/thien-nhien.md": "# Chắn lối cũ của một chuyên mục\n",
        },
    )
    told = [
        (one.path.removeprefix("content/pages/"), one.rule)
        for one in problems
        if one.rule.startswith("alias-")
    ]
    assert sorted(told) == [
        ("articles/2026/11/hai.md", "alias-loop"),
        ("articles/2026/11/mot.md", "alias-chain"),
        ("articles/2026/11/mot.md", "alias-claimed-twice"),
        ("articles/2026/11/mot.md", "alias-collision"),
        ("articles/2026/11/mot.md", "alias-collision"),
        ("chu-de/thien-nhien.md", "alias-collision"),
    ]
    assert 'url=../2026/11/hai/"' in (folder / "nam-cu/index.html").read_text(encoding="utf-8")
    assert "refresh" not in (folder / "gioi-thieu/index.html").read_text(encoding="utf-8")
    assert 'url=../../luu-tru/2026/10/"' in (folder / "2026/10/index.html").read_text(encoding="utf-8")


def test_old_addresses_of_every_spelling_lead_on(tmp_path: Path, epoch: None) -> None:
    head = ONE.format("Đổi tên").replace(
        "topic: do-thi\n", "topic: do-thi\naliases: [Tin/B%C3%A0i-C%C5%A9.html, cu/index.html]\n"
    )
    folder, problems = build_with(tmp_path, {"articles/2026/11/mot.md": head})
    assert not [one for one in problems if one.rule.startswith("alias-")]
    for name, up in (("Tin/Bài-Cũ.html", "../"), ("cu/index.html", "../")):
        page = lxml_html.fromstring((folder / name).read_bytes())
        assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0;url={up}2026/11/mot/"]
        assert page.xpath("//link[@rel='canonical']/@href") == ["https://thu.example/2026/11/mot/"]
    assert "C%C5%A9" not in (folder / "sitemap.xml").read_text(encoding="utf-8")
    assert broken_links(folder, "/") == []


def test_an_empty_folder_makes_a_whole_site(tmp_path: Path, epoch: None) -> None:
    docs = tmp_path / "content/pages"
    docs.mkdir(parents=True)
    report = build(variant(tmp_path, docs_dir=str(docs), nav=None), site_dir=tmp_path / "site")
    assert report.articles == 0
    assert "Chưa có đính chính nào." in (report.site_dir / "dinh-chinh/index.html").read_text(
        encoding="utf-8"
    )
    assert "dinh-chinh" not in (report.site_dir / "sitemap.xml").read_text(encoding="utf-8")
    assert broken_links(report.site_dir, "/") == []
    assert "Chưa có tin nào" in (report.site_dir / "index.html").read_text(encoding="utf-8")


def test_a_site_in_english(tmp_path: Path, epoch: None) -> None:
    theme = {"custom_dir": str(SITE.parent.parent / "theme"), "language": "en"}
    folder = build(variant(tmp_path, theme=theme), site_dir=tmp_path / "site").site_dir
    page = lxml_html.fromstring((folder / "2026/11/tram-do-man/index.html").read_bytes())
    assert page.get("lang") == "en"
    for words in (
        "Thursday, 19 Nov 2026",
        "Read the original",
        "Why we chose it",
        "Corrections",
        "Front page",
    ):
        assert words in text_of(page), words
