from __future__ import annotations

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest

from generator import article
from generator.models import Article, Correction, Coverage
from generator.redirects import clean_alias

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def parse(front: str) -> tuple[Article, list[str]]:
    told, _, problems = article.parse_page(f"---\n{front}\n---\n\nThân.\n", "articles/2026/11/x.md", ZONE)
    return told, [str(problem).removeprefix("articles/2026/11/x.md:") for problem in problems]


def test_all_keys() -> None:
    told, problems = parse(
        'title: "T"\ndate: "2025-05-22T22:15:00+07:00"\nadded: 2025-05-23\nsource: plo\ntopic: t\ntags: [a, b, a]\n'
        'also: [{source: vd, url: "https://vd.example/x", date: 2025-05-24}]\nreview: ["date: ?"]\ndraft: true\n'
        'publish_at: "2025-06-01T06:00"\ncorrections: [{date: 2025-06-02, text: "Sửa."}]\naliases: [cu/bai/]\n'
        "extra: {mã: 5}\nhide: [toc]\nurl: https://plo.vn/x.html"
    )
    assert problems == []
    assert told.date == dt.datetime(2025, 5, 22, 22, 15, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    assert told.added == dt.date(2025, 5, 23)
    assert told.tags == ("a", "b")
    assert told.also == (Coverage("vd", "https://vd.example/x", "", dt.date(2025, 5, 24)),)
    assert told.publish_at == dt.datetime(2025, 6, 1, 6, 0, tzinfo=ZONE)
    assert told.draft and told.review == ("date: ?",) and told.aliases == ("cu/bai/",)
    assert told.extra == {"mã": 5}


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ("titel: x", "2: warning: unknown key `titel` → did you mean `title`?"),
        ("mycolour: x", "2: warning: unknown key `mycolour` → put keys of your own below `extra:`"),
        ("title: 5", '2: error: `title` must be text (found: 5) → put it into quotes: "5"'),
        ("title: a\ntags: abc", "3: error: `tags` must be a list (found: abc) → write tags: [\"abc\"]"),
        ("date: 2025-02-30", "2: error: `date`: '2025-02-30' is no day of the calendar (day is out of range for month)"),
        ("date: hôm qua", "2: error: `date`: 'hôm qua' is no date; write 2025-05-22 or 2025-05-22T22:15:00+07:00"),
        ('draft: "yes"', "2: error: `draft` must be true or false (found: yes)"),
        ("url: javascript:alert(1)", "2: error: `url`: 'javascript:alert(1)' is no web address; write it with https://"),
        ("aliases: [../x]", "2: error: the alias `../x` can be no address of the site → write the old address as it stood below the site: old/address/"),
        ("added: 0999-12-31", "2: error: `added`: '0999-12-31' is no date that can be reckoned with; write a year from 1000 to 9990, or leave the date out where it means never"),
        ("also: [{source: a}]", "2: error: `also.0.url` is missing"),
        ("also: [{source: a, url: https://a.example/, titel: x}]", "2: error: `also.0.titel` is no key that may stand here"),
        ("template: redirect.html", "2: warning: unknown key `template` → put keys of your own below `extra:`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(front: str, problem: str) -> None:
    assert parse(front)[1] == [problem]


def test_a_wrong_value_counts_as_missing_and_costs_nothing_else() -> None:
    told, problems = parse("title: Đúng\ndate: sai\ntags: 5")
    assert told.title == "Đúng" and told.date is None and told.tags == ()
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("front", "told", "problem"),
    [
        (
            "corrections:\n  - {date: 2026-11-02, text: Sửa tên.}\n  - {date: 2026-13-01, text: Sửa ngày.}",
            {"corrections": (Correction(dt.date(2026, 11, 2), "Sửa tên."),)},
            "2: error: `corrections.1.date`: '2026-13-01' is no day of the calendar (month must be in 1..12)",
        ),
        (
            "also:\n  - {source: a}\n  - {source: b, url: https://b.example/1}\n  - {source: c, url: https://c.example/1}",
            {"also": (Coverage("b", "https://b.example/1"), Coverage("c", "https://c.example/1"))},
            "2: error: `also.0.url` is missing",
        ),
        ("tags: [a, 5, b]", {"tags": ("a", "b")}, '2: error: `tags.1` must be text (found: 5) → put it into quotes: "5"'),
        ("authors: [{x: 1}, Lê Mẫu]", {"authors": ("Lê Mẫu",)}, "2: error: `authors.0` must be text"),
        (
            "aliases: [2026/01/Bài-một/, .git/x, tin/cu.html]",
            {"aliases": ("2026/01/Bài-một/", "tin/cu.html")},
            "2: error: the alias `.git/x` can be no address of the site → write the old address as it stood below the site: old/address/",
        ),
    ],
)  # fmt: skip
def test_of_a_list_the_wrong_entry_alone_falls_out(front: str, told: dict[str, object], problem: str) -> None:
    one, problems = parse(front)
    assert {key: getattr(one, key) for key in told} == told
    assert problems == [problem]


def test_of_a_list_with_many_wrong_entries_each_is_told_and_the_right_ones_stay() -> None:
    one, problems = parse("tags: [1, a, 2]\naliases: [a//b, cu/1, CON, cu/2]\nauthors: 7")
    assert (one.tags, one.aliases, one.authors) == (("a",), ("cu/1", "cu/2"), ())
    assert len(problems) == 5


def test_an_alias_is_whatever_redirects_take_for_one() -> None:
    for alias in ("b%C3%A0i-vi%E1%BA%BFt", "Tin (1)", "a b/c", "cũ", "nul", "a%3Fb", "a/./b", "%2e%2e/a"):
        assert parse(f"aliases: [{json.dumps(alias)}]")[0].aliases == ((alias,) if clean_alias(alias) else ())


@pytest.mark.parametrize("words", ["9999-12-31", "9991-01-01T00:00:00-11:00", "0001-01-01T00:00:00+07:00", "0000-01-01"])  # fmt: skip
def test_a_moment_beyond_the_calendar_costs_its_field_alone(words: str) -> None:
    told, problems = parse(f'title: T\ndate: "{words}"\nadded: 2026-11-02')
    assert (told.title, told.date, told.added) == ("T", None, dt.date(2026, 11, 2))
    assert len(problems) == 1
    told, problems = parse(f'title: T\nexpires: "{words}"')
    assert told.review and told.expires is None, "a gate stays shut"


def test_hidden_characters_leave_the_title() -> None:
    assert parse('title: "a\\u202Eb\\u200B  c"')[0].title == "ab c"


def test_where_a_page_is_filed() -> None:
    late = dt.datetime(2025, 5, 31, 20, tzinfo=dt.UTC)
    assert article.folder_of(late, ZONE) == "articles/2025/06"
    assert article.slug_of("Đổi thay", "content/raw/x.txt") == "doi-thay"
    assert article.slug_of("", "content/raw/plo/004_Tin-Mới.txt") == "004-tin-moi"
    assert article.slug_of("", "content/raw/f.xml#abc-1") == "f-abc-1"


@pytest.mark.parametrize(
    "front",
    ["draft: yes", "draft: on", 'draft: "true"', 'publish_at: "30/12/2026"', "expires: 2020-02-31",
     'review: "date: unsure"', "review: [date: unsure]", "Draft: true", "drafts: true", "publish-at: 2026-01-01"],
)  # fmt: skip
def test_a_gate_that_cannot_be_understood_stays_shut(front: str) -> None:
    told, problems = parse(f"title: T\n{front}")
    assert told.review
    assert problems


def test_an_empty_review_is_none() -> None:
    assert parse("review: []")[0].review == ()
    assert parse('review: [""]')[0].review == ()
    assert parse("review:")[0].review == ()
