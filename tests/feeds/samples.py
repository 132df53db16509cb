"""Articles and the feeds of a small site, for the tests of all forms."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from jsonschema import Draft202012Validator
from lxml import etree

from generator.feeds import Feed, feeds
from generator.library import Library
from generator.models import Article, Correction
from generator.settings import parse
from generator.views import Presenter
from generator.words import words_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ATOM = "{http://www.w3.org/2005/Atom}"
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
ROOT = "https://thu.example/duoi/"
VALUES = {
    "paths": {"topics": "chu-de", "tags": "the", "sources": "nguon"},
    "topics": {"quan-y": {"name": "Quân y", "aliases": ["y-te"]}, "do-thi": {"name": "Đô thị & đời sống"}},
    "sources": {
        "bao-mau": {"name": "Báo Mẫu"},
        "dai-thu": {"name": "Đài Thử", "feed": "https://daithu.example/tin-nóng.rss?a=1&b=2"},
    },
    "feeds": {"items": 3},
}
SCHEMAS = Path(__file__).parent.parent / "schemas"
FORMS = ("feed.xml", "rss.xml", "feed.json", "opml.xml", "articles.json")
"""The files at the root of every site."""


def make(number: int = 1, **changes: object) -> Article:
    one = Article(
        page=f"articles/2026/11/bai-{number}.md",
        title=f"Bài {number}",
        date=dt.date(2026, 11, 3),
        added=dt.datetime(2026, 11, 4, 7, tzinfo=ZONE) + dt.timedelta(days=number),
        source="bao-mau",
        topic="quan-y",
        summary="Tóm tắt.",
        url="https://baomau.example/1",
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # the tests name the fields


def make_presenter(*articles: Article, preview: bool = False, language: str = "vi") -> Presenter:
    now, settings = dt.datetime(2027, 1, 1, tzinfo=ZONE), parse(VALUES)
    library = Library.collect(articles, now=now, settings=settings, preview=preview)
    return Presenter(library, parse(VALUES), words_of(language), "Bản Thử <&>", ROOT)


def make_feeds(*articles: Article, preview: bool = False, description: str = "") -> dict[str, Feed]:
    presenter = make_presenter(*articles, preview=preview)
    return {feed.address: feed for feed in feeds(presenter, description=description)}


FULL = (
    make(
        1,
        title='Giá <b>gạo</b> & "muối"; it\'s ]]> done',
        authors=("Lê A\u0000", "Trần B"),
        tags=("Đà Nẵng & <b>", "Sông Hương"),
        source="dai-thu",
        lang="en",
        url="https://báo.example/bài-viết?a=1&b=50%",
        date=dt.datetime(2026, 11, 3, 6, 30, tzinfo=ZONE),
        corrections=(Correction(dt.date(2026, 11, 20), "Hai."),),
    ),
    make(2, source="Báo Lạ", topic="do-thi", summary="", url="javascript:alert(1)"),
    make(3, title="Nghìn\u000bdòng\nhai", added=None, authors=("\ud800",), tags=("\u0001",)),
)
"""Everything that an entry can have, and an entry with as little as it may."""


def parse_xml(feed: Feed) -> etree._Element:
    return etree.fromstring(feed.data.encode())


def texts(root: etree._Element, path: str) -> list[str]:
    return [element.text or "" for element in root.iterfind(path.replace("a:", ATOM).replace("dc:", DUBLIN))]


def grammar(name: str) -> etree.RelaxNG:
    """The project's grammar of an XML form: `atom`, `rss`, `opml`."""
    return etree.RelaxNG(etree.parse(str(SCHEMAS / f"{name}.rng")))


def schema(name: str) -> Draft202012Validator:
    """The project's JSON Schema of a form: `json_feed`, `articles`, `news_article`."""
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")))
