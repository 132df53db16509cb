from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from generator import article
from generator.models import Article, Coverage

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
        ("aliases: [../x]", "2: error: `aliases.0`: '../x' is no address below the site; write old/address/"),
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
