"""The project's own grammars take what it writes, and refuse what is broken: one that takes everything checks nothing."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lxml import etree

from generator.models import Correction
from tests.feeds.samples import (
    ATOM,
    DUBLIN,
    FULL,
    ROOT,
    ZONE,
    grammar,
    make,
    make_feeds,
    make_presenter,
    parse_xml,
    schema,
)

XML = {"atom": "feed.xml", "rss": "rss.xml", "opml": "opml.xml"}
JSON = {"json_feed": "feed.json", "articles": "articles.json"}
GRAMMARS = {name: grammar(name) for name in XML}
SCHEMAS = {name: schema(name) for name in (*JSON, "news_article")}
MADE = make_feeds(*FULL, description="Mô tả.")
STEPS = {
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    "itemListElement": [
        {"@type": "ListItem", "position": place, "name": name, "item": ROOT + address}
        for place, (name, address) in enumerate([("Trang nhất", ""), ("Quân y", "chu-de/quan-y/")], 1)
    ],
}


def json_ld() -> dict[str, Any]:
    """Of an article that has everything."""
    moment = dt.datetime(2026, 11, 20, 8, 30, tzinfo=ZONE)
    one = make(1, tags=("Huế",), authors=("Lê A",), corrections=(Correction(moment, "x"),))
    view = make_presenter(one).article(one)
    found: dict[str, Any] = json.loads(json.dumps(view.json_ld[0], ensure_ascii=False))
    return found


def document(name: str) -> Any:
    """A whole JSON document that is right."""
    return json_ld() if name == "news_article" else json.loads(MADE[JSON[name]].data)


@pytest.mark.parametrize("name", XML)
def test_a_grammar_takes_what_is_written(name: str) -> None:
    for made in (MADE, make_feeds(), make_feeds(*FULL, *(make(n) for n in range(4, 9)))):
        for address, feed in made.items():
            if address.rpartition("/")[2] == XML[name]:
                GRAMMARS[name].assertValid(parse_xml(feed))


@pytest.mark.parametrize("name", JSON)
def test_a_schema_takes_what_is_written(name: str) -> None:
    for made in (MADE, make_feeds(), make_feeds(*FULL, *(make(n) for n in range(4, 9)))):
        SCHEMAS[name].validate(json.loads(made[JSON[name]].data))


def test_json_ld_of_an_article_and_the_way_to_it_fit() -> None:
    article = json_ld()
    bare = [{key: value for key, value in one.items() if key != "@context"} for one in (article, STEPS)]
    graph = {"@context": "https://schema.org", "@graph": bare}
    for whole in (article, STEPS, [article, STEPS], graph):
        SCHEMAS["news_article"].validate(whole)


def test_json_ld_of_any_article_fits() -> None:
    for one in FULL:
        for data in make_presenter(one).article(one).json_ld:
            SCHEMAS["news_article"].validate(json.loads(json.dumps(data)))


# ------------------------------------------------------------------------- whatever part is broken


def broken_xml(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Copies of a document, each with one part that does not belong: an element, an attribute or a word too many."""
    for place, element in enumerate(root.iter()):
        for what in ("element", "attribute", "namespaced", "word"):
            changed = copy.deepcopy(root)
            one = list(changed.iter())[place]
            if what == "element":
                one.append(etree.Element("b"))
            elif what == "attribute":
                one.set("type" if element.get("type") is None else "onclick", "html")
            elif what == "namespaced":
                one.append(etree.Element("{http://www.w3.org/1999/xhtml}script"))
            elif len(one) or not (one.text or "").strip():
                one.text = "lời thừa"
            else:
                continue
            yield f"{what} in {changed.getroottree().getpath(one)}", changed


@pytest.mark.parametrize("name", XML)
def test_a_grammar_refuses_what_it_does_not_know(name: str) -> None:
    taken = [what for what, root in broken_xml(parse_xml(MADE[XML[name]])) if GRAMMARS[name].validate(root)]
    assert taken == []


REQUIRED = {
    "atom": "id title updated author link entry/id entry/title entry/updated entry/published entry/author "
    "entry/author/name entry/link entry/category link[@rel='self'] link[@rel='alternate'] author/name author/uri",
    "rss": "channel channel/title channel/link channel/description channel/language channel/lastBuildDate channel/A:link "
    "I/title I/link I/guid I/pubDate I/D:creator I/category",
    "opml": "head head/title body body/outline",
}


@pytest.mark.parametrize(("name", "path"), [(name, path) for name in XML for path in REQUIRED[name].split()])
def test_a_grammar_misses_what_is_left_out(name: str, path: str) -> None:
    """All of them gone at once: one author of two may go."""
    space = ATOM if name == "atom" else ""
    path = "/".join(space + part if part[0].islower() else part for part in path.split("/"))
    path = path.replace("I/", "channel/item/").replace("A:", ATOM).replace("D:", DUBLIN)
    root = parse_xml(MADE[XML[name]])
    found = root.findall(path)
    assert found
    for one in found:
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)
    assert not GRAMMARS[name].validate(root)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("atom", "<updated>2026-11-06T07:00:00+07:00", "<updated>2026-11-06"),
        ("atom", "<updated>2026-11-06T07:00:00+07:00", "<updated>2026-11-06T07:00:00"),
        ("atom", "<updated>2026-11-06T07:00:00+07:00", "<updated>2026-13-06T07:00:00+07:00"),
        ("atom", "<published>2026-11-06T07", "<published>2026-11-06T25"),
        ("atom", f"<id>{ROOT}2026/11/bai-1/", "<id>/2026/11/bai-1/"),
        ("atom", f'href="{ROOT}2026/11/bai-1/"', 'href="2026/11/bai-1/"'),
        ("atom", "xn--bo-mia.example", "báo.example"),
        ("atom", 'rel="self"', 'rel="next"'),
        ("atom", 'rel="via"', 'rel="related"'),
        ("atom", "<name>Trần B</name>", "<name></name>"),
        ("atom", "<name>Trần B</name>", "<name> Trần B</name>"),
        ("atom", "<title>Bài 2</title>", "<title/>"),
        ("atom", "<title>Bài 2</title>", "<title>Bài 2</title><title>Bài 2</title>"),
        ("atom", "<title>Bài 2</title>", "<title>Bài\n2</title>"),
        ("atom", "<title>Bài 2</title>", '<title type="html">Bài 2</title>'),
        ("atom", "&lt;b&gt;gạo&lt;/b&gt;", "<b>gạo</b>"),
        ("atom", 'term="quan-y"', 'term="Quân y"'),
        ("atom", 'xml:lang="en"', 'xml:lang="tiếng Anh"'),
        ("atom", 'xmlns="http://www.w3.org/2005/Atom"', 'xmlns="http://purl.org/atom/ns#"'),
        ("rss", 'version="2.0" ', 'version="0.92" '),
        ("rss", "<pubDate>Fri, 06 Nov 2026 07", "<pubDate>Sáu, 06 Nov 2026 07"),
        ("rss", "<pubDate>Fri, 06 Nov 2026 07", "<pubDate>Fri, 06 11 2026 07"),
        ("rss", "<pubDate>Fri, 06 Nov 2026 07", "<pubDate>Fri, 06 Nov 26 07"),
        ("rss", "07:00:00 +0700</pubDate>", "07:00:00 +07:00</pubDate>"),
        ("rss", "07:00:00 +0700</pubDate>", "07:00:00</pubDate>"),
        ("rss", "<pubDate>Fri, 06 Nov 2026 07:00:00 +0700", "<pubDate>2026-11-06T07:00:00+07:00"),
        ("rss", f"<link>{ROOT}2026/11/bai-2/</link>", "<link>2026/11/bai-2/</link>"),
        ("rss", 'isPermaLink="true"', 'isPermaLink="false"'),
        ("rss", ' isPermaLink="true"', ""),
        ("rss", "<dc:creator>Trần B</dc:creator>", "<author>Trần B</author>"),
        ("rss", ' url="https://daithu.example/tin-n%C3%B3ng.rss?a=1&amp;b=2"', ""),
        ("rss", f' domain="{ROOT}the/"', ""),
        ("rss", "<title>Bài 2</title>", "<title> </title>"),
        ("rss", "<language>vi</language>", "<language>Tiếng Việt</language>"),
        ("rss", "<description>Tóm tắt.</description>", "<description></description>"),
        ("rss", "</channel>", "</channel><channel/>"),
        ("opml", 'version="2.0"', 'version="1.0"'),
        ("opml", 'type="rss"', 'type="link"'),
        ("opml", 'text="Quân y" ', ""),
        ("opml", 'text="Quân y"', 'text=""'),
        ("opml", f' xmlUrl="{ROOT}feed.xml"', ""),
        ("opml", f'xmlUrl="{ROOT}feed.xml"', 'xmlUrl="feed.xml"'),
        ("opml", f'xmlUrl="{ROOT}feed.xml"', f'xmlUrl="{ROOT}"'),
        ("opml", f' htmlUrl="{ROOT}chu-de/quan-y/"', ""),
        ("opml", "<outline type", '<outline text="Rỗng"/><outline type'),
        ("opml", "</title></head>", "</title><dateCreated>Fri, 06 Nov 2026 07:00:00 GMT</dateCreated></head>"),
    ],
)  # fmt: skip
def test_a_grammar_refuses(name: str, old: str, new: str) -> None:
    data = MADE[XML[name]].data
    assert old in data
    assert not GRAMMARS[name].validate(etree.fromstring(data.replace(old, new, 1).encode()))


# ------------------------------------------------------------------------------------------- JSON


def objects(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every object in a document, with the way to it."""
    if isinstance(value, dict):
        yield path, value
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from objects(part, (*path, key))


def changed(whole: Any, path: tuple[str | int, ...], change: Callable[[Any], object]) -> Any:
    """A copy of a document in which one object was changed."""
    one = whole = copy.deepcopy(whole)
    for key in path:
        one = one[key]
    change(one)
    return whole


OPTIONAL = {
    "json_feed": {"description", "summary", "external_url"},
    "articles": {"tags", "authors", "summary", "original"},
    "news_article": {"description", "keywords", "isBasedOn"},
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_refuses_a_document_with_any_key_missing_or_of_another_kind(name: str) -> None:
    whole, judge, taken = document(name), SCHEMAS[name], []
    for path, one in objects(whole):
        for key in one:
            beside = path[:1] == ("isBasedOn",) and key in ("publisher", "datePublished")
            if key not in OPTIONAL[name] and not beside and not (key == "language" and path):
                taken += [(path, key)] * judge.is_valid(
                    changed(whole, path, lambda one, key=key: one.pop(key))
                )
            for wrong in (None, 7, True, "", " ", [], [""], {}):
                change: Callable[[Any], object] = lambda one, key=key, wrong=wrong: one.update({key: wrong})  # noqa: E731
                if not (key in ("items", "articles") and wrong == []):  # a site without articles is right
                    taken += [(path, key, wrong)] * judge.is_valid(changed(whole, path, change))
    assert taken == []


@pytest.mark.parametrize("name", JSON)
def test_a_schema_refuses_a_key_that_it_does_not_know(name: str) -> None:
    whole = document(name)
    ways = [path for path, _ in objects(whole)]
    assert len(ways) > 5
    for path in ways:
        assert not SCHEMAS[name].is_valid(changed(whole, path, lambda one: one.update({"thừa": "x"}))), path


@pytest.mark.parametrize(
    ("name", "path", "key", "wrong"),
    [
        ("json_feed", (), "version", "https://jsonfeed.org/version/1"),
        ("json_feed", (), "feed_url", "/feed.json"),
        ("json_feed", (), "language", "Tiếng Việt"),
        ("json_feed", (), "items", {}),
        ("json_feed", ("items", 0), "id", "2026/11/bai-2/"),
        ("json_feed", ("items", 0), "external_url", "javascript:alert(1)"),
        ("json_feed", ("items", 0), "date_published", "2026-11-06"),
        ("json_feed", ("items", 0), "date_published", "2026-11-06T07:00:00"),
        ("json_feed", ("items", 0), "date_modified", "2026-11-06T24:00:00+07:00"),
        ("json_feed", ("items", 0), "date_modified", "Fri, 06 Nov 2026 07:00:00 +0700"),
        ("json_feed", ("items", 0), "content_text", "hai\ndòng"),
        ("json_feed", ("items", 0), "authors", ["Lê A"]),
        ("json_feed", ("items", 0), "tags", "Quân y"),
        ("articles", (), "version", 2),
        ("articles", (), "version", "1"),
        ("articles", ("site",), "url", "thu.example"),
        ("articles", ("articles", 0), "url", "2026/11/bai-2/"),
        ("articles", ("articles", 0), "date", "6/11/2026"),
        ("articles", ("articles", 0), "date", "2026-11-00"),
        ("articles", ("articles", 0), "added", "2026-11-06"),
        ("articles", ("articles", 0), "updated", "2026-11-06T07:00+07:00"),
        ("articles", ("articles", 0), "source", "Báo Mẫu"),
        ("articles", ("articles", 0), "source", {"key": "bao-mau"}),
        ("articles", ("articles", 0), "summary", ""),
        ("articles", ("articles", 0), "tags", []),
        ("articles", ("articles", 0), "original", "javascript:alert(1)"),
        ("articles", ("articles", 0), "policy", "all"),
        ("articles", ("articles", 0), "lang", "Vietnamese"),
        ("news_article", (), "@context", "http://schema.org"),
        ("news_article", (), "@type", "Article"),
        ("news_article", (), "url", "/2026/11/bai-1/"),
        ("news_article", (), "mainEntityOfPage", "bai-1/"),
        ("news_article", (), "mainEntityOfPage", {"@type": "WebPage"}),
        ("news_article", (), "datePublished", "2026-11-05"),
        ("news_article", (), "datePublished", "2026-11-05T07:00:00"),
        ("news_article", (), "dateModified", "20/11/2026"),
        ("news_article", (), "author", "Lê A"),
        ("news_article", (), "author", [{"@type": "Robot", "name": "Lê A"}]),
        ("news_article", (), "publisher", {"@type": "NewsMediaOrganization", "name": "x"}),
        ("news_article", (), "inLanguage", "Tiếng Việt"),
        ("news_article", (), "isBasedOn", ROOT),
        ("news_article", ("isBasedOn",), "url", "bai-1/"),
        ("news_article", ("isBasedOn",), "datePublished", "hôm qua"),
    ],
)  # fmt: skip
def test_a_schema_refuses(name: str, path: tuple[str | int, ...], key: str, wrong: object) -> None:
    assert not SCHEMAS[name].is_valid(changed(document(name), path, lambda one: one.update({key: wrong})))


@pytest.mark.parametrize(
    "change",
    [
        lambda steps: steps.clear(),
        lambda steps: steps.pop(),
        lambda steps: steps.pop(0),
        lambda steps: steps.reverse(),
        lambda steps: steps[1].update(position=3),
        lambda steps: steps[1].update(position="2"),
        lambda steps: steps[0].update(position=0),
        lambda steps: steps[0].pop("position"),
        lambda steps: steps[0].pop("name"),
        lambda steps: steps[0].pop("item"),
        lambda steps: steps[0].pop("@type"),
        lambda steps: steps[0].update(item="/chu-de/"),
        lambda steps: steps.append(dict(steps[1])),
        lambda steps: steps.extend({**steps[0], "position": place} for place in range(3, 10)),
    ],
)
def test_a_way_with_a_step_out_of_place_is_refused(change: Callable[[Any], object]) -> None:
    assert not SCHEMAS["news_article"].is_valid(changed(STEPS, ("itemListElement",), change))


def test_one_broken_part_of_a_graph_is_refused() -> None:
    broken = changed(STEPS, ("itemListElement", 0), lambda one: one.pop("item"))
    assert not SCHEMAS["news_article"].is_valid([json_ld(), broken])
    graph = {"@context": "https://schema.org", "@graph": [json_ld(), broken]}
    assert not SCHEMAS["news_article"].is_valid(graph)
    assert not SCHEMAS["news_article"].is_valid({"@context": "https://schema.org", "@graph": []})
    assert not SCHEMAS["news_article"].is_valid({"@graph": [json_ld()]})
