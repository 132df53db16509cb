from __future__ import annotations

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest

from generator import sidecars
from generator.errors import PageError

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def test_a_new_sidecar() -> None:
    empty = sidecars.parse("", "x.txt.meta.yml", ZONE)
    text = empty.updated(
        sha256="ab12", added="2026-11-21", pages={"": "held/x.md"}, url="https://a.example/x"
    )
    assert text == 'sha256: ab12\nadded: "2026-11-21"\npage: "held/x.md"\nurl: "https://a.example/x"\n'


def test_an_editor_s_words_and_the_first_date_stay() -> None:
    text = "# hỏi lại toà soạn\nfetched_at: 2026-11-20\nadded: 2026-11-01\nsha256: old1\npage: held/x.md\n"
    found = sidecars.parse(text, "x.meta.yml", ZONE)
    assert found.fetched_at == dt.datetime(2026, 11, 20, 23, 59, 59, tzinfo=ZONE)
    again = found.updated(sha256="new1", added="2026-11-21", pages={"": "articles/2026/11/x.md"})
    assert again == (
        "# hỏi lại toà soạn\nfetched_at: 2026-11-20\nadded: 2026-11-01\nsha256: new1\n"
        'page: "articles/2026/11/x.md"\n'
    )
    same = sidecars.parse(again, "x.meta.yml", ZONE)
    assert same.updated(sha256="new1", added="2026-12-01", pages=same.pages) == again


def test_a_feed_has_a_line_for_each_item() -> None:
    empty = sidecars.parse("", "f.xml.meta.yml", ZONE)
    text = empty.updated(sha256="ab12", added="2026-11-21", pages={"a-1": "held/x.md", "a-2": "held/y.md"})
    assert text.endswith('items:\n  a-1: {page: "held/x.md"}\n  a-2: {page: "held/y.md"}\n')
    assert sidecars.parse(text, "f.xml.meta.yml", ZONE).pages == {"a-1": "held/x.md", "a-2": "held/y.md"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("pages: x", "x.meta.yml:1: error: unknown key `pages` → known keys: sha256, added, page, items, url, source, "
                     "fetched_at, skip"),
        ("skip: yes", "x.meta.yml:1: error: `skip` must be true or false → write skip: true"),
        ("a: [", "x.meta.yml:2: error: the sidecar is not YAML: did not find expected node content → "
                 'put text that has a colon or a quote into "…"; look at the line above, too'),
        ("\nurl: 5", 'x.meta.yml:2: error: `url` must be text → put it into quotes: "…"'),
        ("fetched_at: hôm qua", "x.meta.yml:1: error: 'hôm qua' is no date; write 2025-05-22 or "
                                "2025-05-22T22:15:00+07:00 → write when the article was saved"),
    ],
)  # fmt: skip
def test_a_wrong_sidecar_is_told(text: str, problem: str) -> None:
    with pytest.raises(PageError) as caught:
        sidecars.parse(text, "x.meta.yml", ZONE)
    assert str(caught.value) == problem


def test_an_editor_s_word_is_checked_where_it_stands() -> None:
    with pytest.raises(PageError, match=r"x\.meta\.yml:1: error: `javascript:x` is no web address"):
        sidecars.parse("url: javascript:x", "x.meta.yml", ZONE)
    with pytest.raises(PageError, match=r"`pol` is no source of the settings → did you mean `plo`"):
        sidecars.parse("source: pol", "x.meta.yml", ZONE, ["plo"])
    assert sidecars.parse("source: plo", "x.meta.yml", ZONE, ["plo"]).source == "plo"


HINT = (
    "write articles/YYYY/MM/name.md or held/name.md as it stands below content/pages; or delete the line, and ingest "
    "writes it anew"
)


@pytest.mark.parametrize(
    "page",
    ["../../README.md", "articles/../../../README.md", "/etc/x.md", "held/x.txt", "index.md", "held", "held/.md", "held/./x.md",
     "articles//x.md", "articles/.git/x.md", "held\\x.md", "held/..\\..\\x.md", "held/x.md\n", "held/a\tx.md", "C:/held/x.md",
     "content/pages/held/x.md"],
)  # fmt: skip
def test_a_page_stands_below_articles_or_held(page: str) -> None:
    written = json.dumps(page)
    with pytest.raises(PageError) as caught:
        sidecars.parse(f"skip: false\npage: {written}\n", "x.meta.yml", ZONE)
    problem = caught.value.problem
    assert (problem.line, problem.rule, problem.hint) == (2, "sidecar", HINT)
    assert problem.message == f"`{page}` is no article's page"
    with pytest.raises(PageError) as caught:
        sidecars.parse(
            f"items:\n  a-1: {{page: held/x.md}}\n  a-2: {{page: {written}}}\n", "x.meta.yml", ZONE
        )
    assert caught.value.problem.message == f"`{page}` of the item `a-2` is no article's page"
    assert caught.value.problem.line == 1


@pytest.mark.parametrize(
    "page", ["held/x.md", "articles/2026/11/x.md", "articles/x.md", "articles/2026/11/Tựa đề, 50% (1).md",
             "articles/2026/11/Tu\u031b\u0323a.md", "articles/a/b/c/d/x..y.md"]
)  # fmt: skip
def test_a_page_may_have_any_name_there(page: str) -> None:
    assert sidecars.parse(f"page: {json.dumps(page)}\n", "x.meta.yml", ZONE).pages == {"": page}
