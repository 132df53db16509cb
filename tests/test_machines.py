"""What machines read of a built site: every feed and every block of JSON-LD against its grammar, sitemap, catalogue, head."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from lxml import html as lxml_html

from generator.plugin import build
from generator.policy import hash_scripts
from tests.test_site import EPOCH, SECRET, SITE, pages_of, variant

SCHEMAS = Path(__file__).parent / "schemas"
HIDDEN = {"2026/11/ban-nhap/", "2026/11/hen-gio/", "2026/11/het-han/", "2026/11/cho-nguon/", "2026/11/da-go/", "held/chua-ro-ngay/"}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Below a path, and with one source whose originals are to be cited."""
    folder = tmp_path_factory.mktemp("machines")
    text = (SITE / "site_config.yml").read_text("utf-8")
    text = text.replace("{name: Báo Mẫu,", "{name: Báo Mẫu, canonical: original,")
    (folder / "base.yml").write_text(text, "utf-8")
    config = variant(folder, site_url="https://thu.example/duoi/")
    config.write_text(config.read_text("utf-8").replace(str(SITE / "site_config.yml"), "base.yml"), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        return build(config, site_dir=folder / "site").site_dir


@pytest.fixture(scope="module")
def pages(site: Path) -> Mapping[str, lxml_html.HtmlElement]:
    return pages_of(site)


def is_redirect(page: lxml_html.HtmlElement) -> bool:
    return bool(page.xpath("//meta[@http-equiv='refresh']"))


@pytest.mark.parametrize(("grammar", "pattern", "least"), [("atom", "feed.xml", 15), ("rss", "rss.xml", 1), ("opml", "opml.xml", 1)])  # fmt: skip
def test_every_feed_keeps_to_its_grammar(site: Path, grammar: str, pattern: str, least: int) -> None:
    rules = etree.RelaxNG(etree.parse(str(SCHEMAS / f"{grammar}.rng")))
    feeds = list(site.rglob(pattern))
    assert len(feeds) >= least
    for feed in feeds:
        rules.assertValid(etree.parse(str(feed)))


@pytest.mark.parametrize(("schema", "name"), [("json_feed", "feed.json"), ("articles", "articles.json")])
def test_json_keeps_to_its_schema(site: Path, schema: str, name: str) -> None:
    rules = json.loads((SCHEMAS / f"{schema}.schema.json").read_text("utf-8"))
    Draft202012Validator(rules).validate(json.loads((site / name).read_text("utf-8")))


def test_structured_data_of_every_page(pages: Mapping[str, lxml_html.HtmlElement]) -> None:
    rules = Draft202012Validator(json.loads((SCHEMAS / "news_article.schema.json").read_text("utf-8")))
    kinds: dict[str, set[str]] = {}
    for address, page in pages.items():
        for block in page.xpath("//script[@type='application/ld+json']/text()"):
            data = json.loads(block)
            rules.validate(data)
            kinds.setdefault(data["@type"], set()).add(address)
            if data["@type"] == "BreadcrumbList":
                assert data["itemListElement"][-1]["item"] == f"https://thu.example/duoi/{address}"
                assert all(
                    urlsplit(step["item"]).path.removeprefix("/duoi/") in pages
                    for step in data["itemListElement"]
                )
    assert "2026/11/tram-do-man/" in kinds["NewsArticle"]
    assert kinds["NewsArticle"] < kinds["BreadcrumbList"]
    assert {"chu-de/moi-truong/", "the/hue/", "nguon/dai-vi-du/", "luu-tru/2026/11/"} <= kinds[
        "BreadcrumbList"
    ]
    assert not (kinds["BreadcrumbList"] & (HIDDEN | {"", "404.html"}))


def test_the_catalogue_has_every_published_article_and_no_other(
    site: Path, pages: Mapping[str, lxml_html.HtmlElement]
) -> None:
    text = (site / "articles.json").read_text("utf-8")
    listed = {
        entry["url"].removeprefix("https://thu.example/duoi/") for entry in json.loads(text)["articles"]
    }
    assert listed == {address for address, page in pages.items() if page.xpath("//article[@class='dg-art']")}
    assert not listed & HIDDEN
    assert SECRET not in text
    assert len(text.splitlines()) >= len(listed), "one article a line"


def test_the_head_leads_to_what_is_there(site: Path, pages: Mapping[str, lxml_html.HtmlElement]) -> None:
    for address, page in pages.items():
        if is_redirect(page):
            continue
        own = f"https://thu.example/duoi/{address}"
        for link in page.xpath("//head/link"):
            url = urlsplit(urljoin(own, link.get("href")))
            if url.hostname == "thu.example" and link.get("rel") != "canonical":
                assert (site / url.path.removeprefix("/duoi/")).is_file(), (address, link.get("href"))
        types = page.xpath("//head/link[@rel='alternate']/@type")
        assert types[:3] == ["application/atom+xml", "application/rss+xml", "application/feed+json"]
        (picture,) = page.xpath("//meta[@property='og:image']/@content")
        assert (site / picture.removeprefix("https://thu.example/duoi/")).is_file()
        assert page.xpath("//meta[@property='og:title']/@content")
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "unsafe" not in policy
        html = (
            site / f"{address}index.html" if address.endswith("/") or not address else site / address
        ).read_text("utf-8")
        assert hash_scripts(html)
        assert all(one in policy for one in hash_scripts(html)), address
    (own_feed,) = pages["the/hue/"].xpath("//head/link[@rel='alternate'][contains(@title, 'Huế')]/@href")
    assert own_feed.endswith("the/hue/feed.xml")


def test_the_original_may_be_the_page_that_engines_show(
    site: Path, pages: Mapping[str, lxml_html.HtmlElement]
) -> None:
    canonical = "//link[@rel='canonical']/@href"
    assert pages["2026/11/tram-do-man/"].xpath(canonical) == ["https://baomau.example/tram-do-man-101.html"]
    assert pages["2026/11/buyt-dien/"].xpath(canonical) == ["https://thu.example/duoi/2026/11/buyt-dien/"]
    assert pages["2026/11/tram-do-man/"].xpath("//meta[@property='og:url']/@content") == ["https://thu.example/duoi/2026/11/tram-do-man/"]  # fmt: skip
    places = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    assert "https://thu.example/duoi/2026/11/buyt-dien/" in places
    assert "https://thu.example/duoi/2026/11/tram-do-man/" not in places


def test_the_sitemap_has_what_engines_may_know(
    site: Path, pages: Mapping[str, lxml_html.HtmlElement]
) -> None:
    places = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    assert len(places) == len(set(places))
    known = {place.removeprefix("https://thu.example/duoi/") for place in places}
    indexed = {
        address
        for address, page in pages.items()
        if not is_redirect(page) and page.xpath("//link[@rel='canonical'][contains(@href, 'thu.example/')]")
    }
    assert known == indexed


def test_hosts_and_browsers_find_their_files(site: Path) -> None:
    manifest = json.loads((site / "manifest.webmanifest").read_text("utf-8"))
    assert all((site / icon["src"]).is_file() for icon in manifest["icons"])
    headers = (site / "_headers").read_text("utf-8")
    assert max(map(len, headers.splitlines())) < 1500, "Cloudflare Pages refuses lines over 2,000"
    for path in site.rglob("*.html"):
        for found in re.findall(r"&#39;sha256-[^&]+&#39;", path.read_text("utf-8")):
            assert found.replace("&#39;", "'") in headers, "the header allows what a page's own policy does"


def test_an_editor_s_own_file_stays(tmp_path: Path) -> None:
    docs = tmp_path / "content/pages"
    docs.mkdir(parents=True)
    (docs / "robots.txt").write_text("User-agent: *\nDisallow: /\n", "utf-8")
    site = build(variant(tmp_path, docs_dir=str(docs), nav=[]), site_dir=tmp_path / "site").site_dir
    assert "Disallow: /" in (site / "robots.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "rule", "words"),
    [
        (
            {"extra_javascript": ["https://cdn.example/count.js"]},
            "foreign-file",
            "https://cdn.example/count.js",
        ),
        ({"extra_css": ["//cdn.example/a.css"]}, "foreign-file", "//cdn.example/a.css"),
        (
            {"extra": {"analytics": {"provider": "google", "property": "G-X"}}},
            "foreign-file",
            "extra.analytics",
        ),
        ({"extra_javascript": ["assets/javascripts/none.js"]}, "extra-missing", "none.js is not there"),
    ],
)
def test_what_no_page_gets_is_told(tmp_path: Path, changes: dict[str, object], rule: str, words: str) -> None:
    report = build(variant(tmp_path, **changes), site_dir=tmp_path / "site")
    told = [one.message for one in report.problems if one.rule in ("foreign-file", "extra-missing")]
    assert len(told) == 1
    assert words in told[0]
    assert [one.rule for one in report.problems if one.message == told[0]] == [rule]


def test_a_file_of_the_theme_is_there(tmp_path: Path) -> None:
    report = build(variant(tmp_path, extra_css=["assets/stylesheets/digest.css"]), site_dir=tmp_path / "site")
    assert not [one for one in report.problems if one.rule == "extra-missing"]


def test_a_script_that_another_plugin_changes_is_told(tmp_path: Path) -> None:
    """A minifier makes another script of each: the policy would refuse them, and nobody would know why."""
    hook = tmp_path / "minify.py"
    hook.write_text(
        "def on_post_page(output, page, config):\n    return output.replace('\\n', '')\n", "utf-8"
    )
    report = build(variant(tmp_path, hooks=[str(hook)]), site_dir=tmp_path / "site")
    assert [one.rule for one in report.problems if one.rule == "policy-broken"] == ["policy-broken"]


def test_what_the_settings_say_of_rights_runs_nothing(tmp_path: Path) -> None:
    rights = 'Theo <a href="https://x.example/">giấy phép</a><script>quyen(1)</script>'
    site = build(variant(tmp_path, copyright=rights), site_dir=tmp_path / "site").site_dir
    page = (site / "index.html").read_text("utf-8")
    assert 'Theo <a href="https://x.example/" rel="noopener">giấy phép</a></p>' in page
    assert "quyen(1)" not in page


def test_header_files_are_those_of_the_last_build(tmp_path: Path) -> None:
    """MkDocs' own clean leaves `.htaccess` where it is."""
    site = tmp_path / "site"
    config = variant(tmp_path)
    build(config, site_dir=site)
    (site / ".htaccess").write_text("old", "utf-8")
    build(config, site_dir=site)
    assert "Content-Security-Policy" in (site / ".htaccess").read_text("utf-8")


@pytest.mark.parametrize("name", ["_headers", ".htaccess", "staticwebapp.config.json"])
def test_an_editor_s_own_header_file_stands_in_the_place_of_ours(tmp_path: Path, name: str) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(SITE.parent.parent / "theme", theme)
    (theme / name).write_text("own", "utf-8")
    config = variant(tmp_path, theme={"custom_dir": str(theme)})
    site = build(config, site_dir=tmp_path / "site").site_dir
    assert (site / name).read_text("utf-8") == "own"
