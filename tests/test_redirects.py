"""Old addresses: where each leads, and which never will."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.library import Library, address_of
from generator.models import Article, Level, Takedown
from generator.redirects import (
    TermAddresses,
    clean_alias,
    find_redirect_problems,
    find_redirects,
    find_renamed,
)
from generator.settings import parse

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2027, 1, 1, tzinfo=ZONE)
SETTINGS = parse(
    {
        "paths": {
            "topics": "chu-de",
            "tags": "the",
            "sources": "nguon",
            "archive": "luu-tru",
            "stories": "dien-bien",
        },
        "topics": {"quan-y": {"name": "Quân y", "aliases": ["y-te"]}, "do-thi": {"name": "Đô thị"}},
        "sources": {
            "bao-mau": {"name": "Báo Mẫu", "aliases": ["bao-cu"]},
            "dai-thu": {"name": "Đài Thử", "aliases": ["dai-cu"]},
        },
        "tags": {
            "Hội Chữ thập đỏ": {"aliases": ["HCTĐ", "Chữ thập"], "slug": "chu-thap-do"},
            "Chữ thập ngoặc": {"aliases": ["Hội CTĐ"], "slug": "chu-thap"},
            "Sông Hương": {"aliases": ["Hương Giang", "…"]},
            "Sông Hồng": {"aliases": ["Hướng Giang"]},
        },
    }
)


def make(number: int = 1, *aliases: str, **changes: object) -> Article:
    one = Article(
        page=f"articles/2026/11/bai-{number}.md",
        title=f"Bài {number}",
        date=dt.date(2026, 11, 3),
        added=dt.date(2026, 11, 4),
        source="bao-mau",
        topic="quan-y",
        aliases=aliases,
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # the tests name the fields


def leads(*articles: Article, cut_above: int = 50, preview: bool = False) -> dict[str, str]:
    library = Library.collect(articles, now=NOW, settings=SETTINGS, preview=preview)
    return {one.address: one.target for one in find_redirects(library, SETTINGS, cut_above)}


def told(*articles: Article, **others: str) -> list[tuple[str, str]]:
    problems = find_redirect_problems(articles, SETTINGS, others)
    assert all(one.hint and not one.line for one in problems)
    return [(one.path.rpartition("/")[2], one.rule) for one in problems]


# ------------------------------------------------------------------------------------- aliases


@pytest.mark.parametrize(
    ("alias", "address"),
    [
        ("/old/place/", "old/place/"),
        ("2019/Bai.HTML", "2019/Bai.HTML/"),
        ("b%C3%A0i-vi%E1%BA%BFt", "bài-viết/"),
        ("a%20b", "a b/"),
        ("tin/index.html", "tin/"),
        ("Index.html", ""),
        ("a/index.html/b", ""),
    ],
)
def test_an_alias_as_an_address(alias: str, address: str) -> None:
    assert clean_alias(alias) == address


@pytest.mark.parametrize(
    "alias",
    ["", "/", "..", "a/../b", "a/./b", "a//b", ".git/x", "javascript:x", "%2e%2e/a", "a%00b", "a%3Fb", "%C4", "a%2525",
     "a%5Cb", "CON", "a/nul.html", "a.", "%20a", "a%E2%80%8Bb", "x" * 201],
)  # fmt: skip
def test_what_can_be_no_folder_is_no_alias(alias: str) -> None:
    assert clean_alias(alias) == ""
    assert told(make(1, alias)) == [("bai-1.md", "alias-invalid")]


@given(st.text(max_size=30))
def test_whatever_is_written_stays_inside_the_site(alias: str) -> None:
    address = clean_alias(alias)
    assert address == "" or (address.endswith("/") and not address.startswith("/"))
    assert not {"", ".", ".."} & set(address.split("/")[:-1])


# ---------------------------------------------------------------------------------- what leads


def test_articles_and_their_folders_lead_on() -> None:
    assert leads(make(1, "tin/cu", "Tin/Cu"), make(2, page="articles/2025/01/x.md")) == {
        "chu-de/y-te/": "chu-de/quan-y/",
        "nguon/bao-cu/": "nguon/bao-mau/",
        "tin/cu/": "2026/11/bai-1/",
        "Tin/Cu/": "2026/11/bai-1/",
        "2026/11/": "luu-tru/2026/11/",
        "2026/": "luu-tru/2026/",
        "2025/01/": "luu-tru/",
        "2025/": "luu-tru/",
    }


def test_a_notice_takes_over_the_aliases_and_what_waits_has_none() -> None:
    gone = make(1, "cu/1", takedown=Takedown(dt.date(2026, 12, 1), "x"), topic="do-thi")
    found = leads(
        gone, make(2, "cu/2", draft=True), make(3, "cu/3", page="held/x.md", takedown=gone.takedown)
    )
    assert found["cu/1/"] == "2026/11/bai-1/"
    assert not {"cu/2/", "cu/3/", "nguon/bao-cu/"} & set(found)
    assert leads(make(2, "cu/2", draft=True), preview=True)["cu/2/"] == "2026/11/bai-2/"


def test_old_words_of_a_tag_lead_to_it_where_no_tag_of_today_stands() -> None:
    one = make(1, tags=("Hội Chữ thập đỏ", "Chữ thập ngoặc", "Sông Hương", "Sông Hồng"))
    tags = {old: new for old, new in leads(one).items() if old.startswith("the/")}
    assert tags == {
        "the/hctd/": "the/chu-thap-do/",
        "the/hoi-chu-thap-do/": "the/chu-thap-do/",  # its own label's, since it has another slug
        "the/chu-thap-ngoac/": "the/chu-thap/",
        "the/hoi-ctd/": "the/chu-thap/",
        "the/huong-giang/": "the/song-huong/",  # the first of two with words for one address
    }
    stranger = make(2, tags=("Hctđ",))  # a label that the settings do not know, at an old address
    assert "the/hctd/" not in leads(one, stranger)
    assert not [old for old in leads(make(1)) if old.startswith("the/")]


def test_months_of_a_long_list_lead_on_and_of_a_short_one_there_are_none() -> None:
    articles = [make(n, date=dt.date(2026, 10 + n % 2, 3)) for n in range(3)]
    found = leads(*articles, cut_above=2)
    assert found["chu-de/y-te/2026/10/"] == "chu-de/quan-y/2026/10/"
    assert found["nguon/bao-cu/2026/11/"] == "nguon/bao-mau/2026/11/"
    assert "chu-de/y-te/2026/10/" not in leads(*articles, cut_above=3)


def test_a_renamed_topic_has_its_page_before_its_first_article() -> None:
    library = Library.collect((), now=NOW, settings=SETTINGS)
    assert [(one.old, one.new) for one in find_renamed(library, SETTINGS)] == [
        ("chu-de/y-te/", "chu-de/quan-y/")
    ]


def test_a_page_with_an_old_label_stays_with_its_tag() -> None:
    terms = TermAddresses(SETTINGS)
    assert terms.tag("HCTĐ") == terms.tag("Hội Chữ thập đỏ") == "the/chu-thap-do/"
    assert terms.tag("Tàu điện") == "the/tau-dien/"


# ---------------------------------------------------------------------------- what leads nowhere


def test_good_aliases_are_no_problem() -> None:
    assert told(make(1, "tin/cu.html", "chu-de/chua-ai-dung/", "2026/11/bai-1-cu"), make(2)) == []
    assert find_redirect_problems((make(1),), SETTINGS) == ()


@pytest.mark.parametrize("alias", ["2026/11/bai-1", "/2026/11/bai-1/", "2026/11/bai%2D1/index.html"])
def test_a_page_s_own_address_is_a_loop(alias: str) -> None:
    (problem,) = find_redirect_problems((make(1, alias),), SETTINGS)
    assert (problem.rule, problem.level, problem.path) == (
        "alias-loop", Level.WARNING, "content/pages/articles/2026/11/bai-1.md",
    )  # fmt: skip
    assert alias in problem.message


@pytest.mark.parametrize("alias", ["2026/11/Bai-1/", "2026/11/BAI-1", "2026/11/bai%2D1".upper()])
@pytest.mark.parametrize("changes", [{}, {"draft": True}, {"takedown": Takedown(dt.date(2026, 12, 1), "x")}])
def test_an_earlier_address_in_other_letters_is_right_and_makes_no_redirect(
    alias: str, changes: dict[str, object]
) -> None:
    """On a file system that does not tell case apart the redirect would be written over the page."""
    one = make(1, alias, "cu/1", **changes)
    assert told(one) == ([("bai-1.md", "alias-waiting")] if "draft" in changes else [])  # of `cu/1`
    assert clean_alias(alias) not in leads(one)
    assert leads(one).get("cu/1/") == (None if "draft" in changes else "2026/11/bai-1/")
    assert told(one, make(2, alias)) == [*told(one), ("bai-2.md", "alias-collision")], (
        "of another page it is wrong"
    )


@pytest.mark.parametrize(
    "alias",
    ["2026/11/bai-2", "2026/11/Bai-2", "chu-de", "chu-de/quan-y", "chu-de/QUAN-Y/", "chu-de/quan-y/2026/11", "the/hue",
     "the", "nguon/bao-mau", "nguon/dai-thu", "the/song-huong", "luu-tru/2026", "dien-bien/x", "find", "feed.xml", "chu-de/do-thi/feed.xml", "sitemap.xml/a",
     "assets/x", "gioi-thieu", "anh.png"],
)  # fmt: skip
def test_where_another_page_stands_no_alias_leads_on(alias: str) -> None:
    articles = (make(1, alias), make(2, tags=("Huế",)))
    others = {"gioi-thieu/": "content/pages/gioi-thieu.md", "anh.png": "the file anh.png"}
    assert told(*articles, **others) == [("bai-1.md", "alias-collision")]
    assert alias in ("gioi-thieu", "anh.png") or address_of(articles[0].page) not in [
        target for address, target in leads(*articles).items() if address == clean_alias(alias)
    ]


def test_the_message_names_what_stands_there() -> None:
    (problem,) = find_redirect_problems((make(1, "2026/11/bai-2"), make(2)), SETTINGS)
    assert problem.message == (
        "the alias `2026/11/bai-2` never leads here: content/pages/articles/2026/11/bai-2.md stands there"
    )
    assert problem.level is Level.ERROR


@pytest.mark.parametrize(
    ("alias", "target"),
    [
        ("2026/11", "luu-tru/"),
        ("2019/", "luu-tru/"),
        ("chu-de/y-te", "chu-de/quan-y/"),
        ("chu-de/y-te/2026/11", "chu-de/quan-y/"),
        ("the/hctd", "the/chu-thap-do/"),
        ("nguon/dai-cu", "nguon/dai-thu/"),
    ],
)
def test_an_address_that_only_leads_on_is_a_chain(alias: str, target: str) -> None:
    (problem,) = find_redirect_problems((make(1, alias),), SETTINGS)
    assert (problem.rule, problem.level) == ("alias-chain", Level.ERROR)
    assert problem.message.endswith(f"/{target}")
    assert leads(make(1, alias)).get(clean_alias(alias)) != "2026/11/bai-1/"


def test_an_alias_of_two_pages_leads_to_the_first_by_name() -> None:
    articles = (make(2, "Cu/1"), make(1, "cu/1"), make(3, "cu/3", "cu/3"))
    assert told(*articles) == [("bai-2.md", "alias-claimed-twice")]
    found = leads(*articles)
    assert found["cu/1/"] == "2026/11/bai-1/"
    assert "Cu/1/" not in found, "on some file systems the one would be written over the other"


@pytest.mark.parametrize(
    "changes", [{"draft": True}, {"review": ("date: ?",)}, {"page": "held/bai-1.md"}, {"date": None}]
)
def test_the_alias_of_a_page_that_waits_for_a_person_is_a_note(changes: dict[str, object]) -> None:
    (problem,) = find_redirect_problems((make(1, "cu/1", **changes),), SETTINGS)
    assert (problem.rule, problem.level) == ("alias-waiting", Level.NOTE)


def test_the_clock_and_a_notice_make_no_alias_wait() -> None:
    scheduled = make(1, "cu/1", publish_at=dt.date(2099, 1, 1))
    gone = make(2, "cu/2", takedown=Takedown(dt.date(2026, 12, 1), "x"), draft=True)
    assert told(scheduled, gone) == []


_ADDRESSES = st.sampled_from(
    [
        "cu/1",
        "Cu/1",
        "2026/11/bai-1",
        "2026/11/bai-2/",
        "2026/",
        "chu-de/y-te",
        "the/hue",
        "a%2Fb",
        "x/y.html",
        "feed.xml",
    ]
)


@given(st.lists(st.lists(_ADDRESSES, max_size=3), max_size=4))
def test_every_alias_leads_to_its_page_or_is_told(rows: list[list[str]]) -> None:
    articles = [make(n, *aliases) for n, aliases in enumerate(rows, 1)]
    found = leads(*articles)
    problems = find_redirect_problems(articles, SETTINGS)
    for one in articles:
        for alias in one.aliases:
            reached = found.get(clean_alias(alias)) == address_of(one.page)
            named = [p for p in problems if p.path.endswith(one.page) and f"`{alias}`" in p.message]
            assert reached != bool(named), alias
    pages = {address_of(one.page) for one in articles}
    assert not pages & set(found)
    assert not set(found) & set(found.values()), "no redirect leads to another"
