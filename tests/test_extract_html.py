"""What pages say of their articles: invented pages in real shapes, hostile ones, and the saved ones if there are any."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.dates import format_moment
from generator.extract import extract
from generator.extract.findings import Findings
from generator.extract.html import find
from generator.extract.html.headline import trim_site
from generator.extract.html.linked_data import read_linked_data
from generator.extract.html.people import split_names
from generator.models import BlockKind, Candidate, DateStatus, Form, RawItem
from generator.settings import Settings
from generator.text import normalize
from tests.shared.corpora import Case, own_pages
from tests.shared.extractors import answer_digest
from tests.shared.scores import Tally, add

CASES = Path(__file__).parent / "cases" / "html"


def _newsrooms() -> Iterator[Case]:
    return (case for case in own_pages() if case.name.startswith("newsrooms: "))


def look(html: str, *, url: str | None = None, form: Form = Form.PAGE) -> Findings:
    return find(RawItem(raw="content/raw/a.html", form=form, text=normalize(html), url=url), Settings())


def best(found: list[Candidate[Any]]) -> Any:
    """The value whose candidates together weigh most, as the field rooms see it."""
    doubt: dict[Any, float] = {}
    for one in found:
        doubt[one.value] = doubt.get(one.value, 1.0) * (1 - one.confidence)
    return min(doubt, key=lambda value: doubt[value]) if doubt else None


@pytest.mark.parametrize(
    "case",
    yaml.safe_load((CASES / "pages.yml").read_text(encoding="utf-8")),
    ids=lambda case: case["name"][:40],
)
def test_pages(case: dict[str, Any]) -> None:
    found = look(case["html"], url=case.get("url"))
    wanted = case["expected"]
    text = "\n".join(block.markdown for block in found.body)
    assert best(found.titles) == wanted["title"]
    if "authors" in wanted:
        top = max(found.authors, key=lambda one: one.confidence, default=None)
        assert list(top.value if top else ()) == wanted["authors"]
    if "date" in wanted:
        assert max(found.dates, key=lambda one: one.confidence).words == wanted["date"]
    for key, candidates in (
        ("section", found.sections), ("language", found.languages), ("source", found.sources),
        ("canonical", found.canonical_urls), ("lead", found.leads),
    ):  # fmt: skip
        if key in wanted:
            assert best(candidates) == wanted[key], key
    if "kinds" in wanted:
        assert [block.kind.value for block in found.body] == wanted["kinds"]
    if "captions" in wanted:
        captions = [[block.text, block.credit] for block in found.body if block.kind is BlockKind.CAPTION]
        assert captions == wanted["captions"]
    for words in wanted.get("contains", ()):
        assert words in text
    for words in wanted.get("lacks", ()):
        assert words not in text


@pytest.mark.parametrize(
    "case",
    yaml.safe_load((CASES / "weak.yml").read_text(encoding="utf-8")),
    ids=lambda case: case["name"][:40],
)
def test_weak_pages(case: dict[str, Any]) -> None:
    """Pages whose markup says little, through the whole extraction: right, or held."""
    item = RawItem(
        raw="content/raw/a.html", form=Form.PAGE, text=normalize(case["html"]), url=case.get("url")
    )
    record = extract(item, Settings())
    wanted = case["expected"]
    assert record.title == wanted["title"]
    published = record.publication
    if wanted["date"] is None:
        assert published.status is not DateStatus.SETTLED
        days = {format_moment(one.value)[:10] for one in published.candidates}
        assert days >= set(wanted.get("candidates", ()))
    else:
        assert published.status is DateStatus.SETTLED, published.why
        assert published.value is not None
        assert format_moment(published.value) == wanted["date"]
    assert list(record.authors) == wanted["authors"]
    if "section" in wanted:
        assert record.section == wanted["section"]
    text = [record.lead or ""] if record.lead_kind == "sapo" else []
    text += [block.text for block in record.body]
    assert [found[: len(begins)] for found, begins in zip(text, wanted["body"], strict=False)] == wanted[
        "body"
    ]
    assert len(text) == len(wanted["body"]), text
    if "kinds" in wanted:
        assert [block.kind.value for block in record.body] == wanted["kinds"]
    if "captions" in wanted:
        assert [[block.text, block.credit] for block in record.captions] == wanted["captions"]


@pytest.mark.parametrize("case", list(_newsrooms()), ids=lambda case: case.name[:60])
def test_newsrooms(case: Case) -> None:
    """Saved pages of newsrooms through the whole extraction: what is said of each field, and no word of the traps."""
    answer = answer_digest(case)
    tally = Tally()
    add(tally, case.name, answer, case.truth)
    assert tally.misses == []
    assert tally.mean("body") == 1.0, answer.blocks
    assert not [words for words in case.truth.lacks if any(words in block for block in answer.blocks)]


def test_a_fragment_is_the_article_whole() -> None:
    found = look('<p>Một <b>hai</b>.</p><p>Ba <a href="/x">bốn</a>.</p><script>x()</script><p>The post “A” appeared first on B.</p>',
                 url="https://vidu.example/a/", form=Form.FRAGMENT)  # fmt: skip
    assert [block.markdown for block in found.body] == ["Một **hai**.", "Ba [bốn](https://vidu.example/x)."]
    assert found.dropped == [("The post “A” appeared first on B.", "prompt")]


def test_a_fragment_is_judged_line_by_line() -> None:
    prose = "Người lái đò già vẫn chờ khách cuối cùng bên bến vắng, dù chiều đã xuống từ lâu"
    found = look(f"<p>{prose}.</p><p>{prose} và gió thổi.</p><p>{prose} và nước lên.</p><p><b>Trần Thị Mơ</b></p><p>Tin liên quan</p>"
                 '<ul><li><a href="/a">Bến đò có đèn mới từ đêm rằm</a></li><li><a href="/b">Lớp học bơi bên sông</a></li></ul>', form=Form.FRAGMENT)  # fmt: skip
    assert len(found.body) == 3
    assert [one.value for one in found.authors] == [("Trần Thị Mơ",)]


@pytest.mark.parametrize(
    ("title", "site", "host", "wanted"),
    [
        ("Đội công binh - Báo Ví Dụ", ["Báo Ví Dụ"], "", "Đội công binh"),
        ("Đội công binh | Thời sự | Báo Ví Dụ", ["Báo Ví Dụ"], "", "Đội công binh | Thời sự"),
        ("Báo Ví Dụ: Đội công binh lên đường", ["Báo Ví Dụ"], "", "Báo Ví Dụ: Đội công binh lên đường"),
        ("Báo Ví Dụ | Đội công binh lên đường", ["Báo Ví Dụ"], "", "Đội công binh lên đường"),
        ("Road reopened - sample.example", [], "sample.example", "Road reopened"),
        ("Hà Nội - Huế - Sài Gòn", ["Báo Ví Dụ"], "vidu.example", "Hà Nội - Huế - Sài Gòn"),
        ("Nói « không »", [], "", "Nói « không »"),
        ("COVID-19 – what next?", ["X"], "x.example", "COVID-19 – what next?"),
    ],
)
def test_site_names_in_titles(title: str, site: list[str], host: str, wanted: str) -> None:
    assert trim_site(title, site, host) == wanted


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("By Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("Von Anna Beck, Karl Muster", ["Anna Beck", "Karl Muster"]),
        ("Jane Roe, Staff Writer", ["Jane Roe"]),
        ("Lê Hoa - Trần Bình", ["Lê Hoa"]),
        ("Martin King, Jr.", ["Martin King, Jr"]),
        ("https://www.facebook.com/sample", []),
        ("editor@vidu.example", []),
        ("Staff Reporter", []),
        ("Additional Info", []),
        ("Published on 22.05.2025 at 10:30", []),
        ("", []),
    ],
)
def test_names(words: str, names: list[str]) -> None:
    found = split_names(words)
    assert found[: len(names)] == names
    assert bool(found) == bool(names)


@pytest.mark.parametrize(
    ("script", "headline", "persons"),
    [
        ('{"@type":"NewsArticle","headline":"A &amp; B","author":"Jane Roe"}', "A & B", ("Jane Roe",)),
        ('<!-- {"@type":"NewsArticle","headline":"A",} -->', "A", ()),
        ('//<![CDATA[\n{"@type":"NewsArticle","headline":"A\nB"}\n//]]>', "A B", ()),
        ('[[{"@type":["Thing","schema:NewsArticle"],"headline":["A"],"author":[[{"name":"Jane Roe"}]]}]]', "A", ("Jane Roe",)),
        ('{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"A"}}', "A", ()),
        ('{"@type":"NewsArticle","headline":"A"} {"@type":"Person"}', "A", ()),
        ('{"@type":"NewsArticle","headline":null,"name":"A","author":{"@type":"Person","name":["Jane Roe","John Doe"]}}', "A", ("Jane Roe", "John Doe")),
        ("{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;A&quot;}", "A", ()),
        ("not json", "", ()),
        ('{"@type":"NewsArticle","headline":{"@value":"A"},"author":{"@id":"#nobody"}}', "A", ()),
    ],
)  # fmt: skip
def test_linked_data_as_it_is_written(script: str, headline: str, persons: tuple[str, ...]) -> None:
    data = read_linked_data([script])
    assert (data.headline, data.persons) == (headline, persons)


def test_the_article_at_the_address_is_the_one_meant() -> None:
    one = {
        "@type": "NewsArticle",
        "headline": "Another",
        "url": "https://a.example/x",
        "author": "X Y",
        "datePublished": "2020",
    }
    own = {"@type": "NewsArticle", "headline": "Own", "mainEntityOfPage": {"@id": "https://a.example/y/"}}
    assert read_linked_data([json.dumps([one, own])], "https://a.example/y?ref=1").headline == "Own"


@pytest.mark.parametrize(
    ("free", "count", "paragraphs", "told"),
    [
        ("false", "", 1, "may be a teaser"),
        ('"False"', "", 1, "may be a teaser"),
        ("false", ', "wordCount": 900', 6, "of 900"),
        ("false", ', "wordCount": 160', 6, ""),
        ("false", "", 6, ""),
        ("true", "", 1, ""),
    ],
)
def test_a_paywalls_teaser_is_held(free: str, count: str, paragraphs: int, told: str) -> None:
    prose = (
        "<p>"
        "Người lái đò già vẫn chờ khách cuối cùng bên bến vắng, dù chiều đã xuống từ lâu và gió thổi mạnh trên sông.</p>"
    )
    page = (
        f'<html lang="vi"><head><title>Bến đò cuối sông</title><script type="application/ld+json">{{"@type":"NewsArticle","headline":"Bến đò cuối sông",'
        f'"isAccessibleForFree": {free}{count}}}</script></head><body><article><h1>Bến đò cuối sông</h1>{"".join(prose.replace("<p>", f"<p>{n}. ") for n in range(paragraphs))}</article></body></html>'
    )
    record = extract(RawItem(raw="content/raw/a.html", form=Form.PAGE, text=page), Settings())
    said = [review.why for review in record.reviews if review.field == "body"]
    assert bool(said) == bool(told)
    assert not said or told in said[0]


SOUP = st.lists(
    st.one_of(
        st.sampled_from([
            "<html>", "<head>", "<title>T</title>", "<h1>H", "<p>", "</p>", "<article>", "<div class=caption>", "<figure>", "<figcaption>x",
            "<time datetime=2025-13-45>", '<script type="application/ld+json">', '{"@type":"NewsArticle","author":', "[[[[", "</script>",
            "<meta property=og:title content=x>", '<link rel=canonical href="http://[::1">', '<a href="http://[x">', "<base href='//'>", "<table>", "<td>",
            "<ul><li>", "<blockquote>", "<pre>", "<svg>", "&#0;", "&#x110000;", "<frameset>", "<p class=sapo>", "<span class=author>", "Chữ " * 30,
        ]),
        st.text(max_size=8),
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(SOUP, st.sampled_from([Form.PAGE, Form.FRAGMENT]))
def test_any_soup_is_read(soup: str, form: Form) -> None:
    found = look(soup, url="https://a.example/", form=form)
    assert all(one.value and 0 <= one.confidence <= 1 for one in found.titles)
    assert all(block.text or block.credit for block in found.body)


@pytest.mark.parametrize("piece", ["<div>", "<p>a", "<ul><li>", "<a href=x class=author>", "<h1>a</h1>", "<time>", "[", '<meta name=author content="a,">',
                                   "<figure><figcaption>a</figcaption></figure>", "<span class='sapo caption byline'>",
                                   "<table><tr><td><img><td>a", "<div><table><tr><td><img><tr><td>a</table>", "<a href='/'>a</a>", "<ul><li><a>a", "<div class=vote>",
                                   "<p class=description>a b", "<h2 class=tieu-de>a", "<p class=intro>a"])  # fmt: skip
def test_hostile_bulk_costs_little(piece: str) -> None:
    start = time.perf_counter()
    look(f"<html><body><article>{piece * 4000}</article></body></html>", url="https://a.example/")
    assert time.perf_counter() - start < 8


def test_deep_linked_data_is_bounded() -> None:
    assert read_linked_data(["[" * 50_000]).headline == ""
    assert read_linked_data(['{"a":' * 5_000 + "1" + "}" * 5_000]).headline == ""
