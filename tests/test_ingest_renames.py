"""Raw files and pages under new names: an editor's words, an address and a register go along."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.ingest import Outcome
from generator.merge import EVERYTHING
from generator.models import Level
from generator.storage import PAGES, Project
from generator.takedown import take_down
from tests.test_ingest import (
    ARTICLE,
    NOW,
    PAGE,
    SETTINGS,
    UNDATED,
    edit,
    meta_of,
    only,
    project,
    put,
    run,
    text_of,
)

assert project  # the fixture

TITLE = 'title: "Đội công binh sửa xong cầu ở phái bộ"'
MINE = 'title: "Tựa của biên tập"'
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Báo Ví Dụ</title><link>https://bao-vi-du.example/</link>{items}</channel></rss>
"""
ITEM = """<item><title>{title}</title><link>https://bao-vi-du.example/{slug}</link><guid>{slug}</guid>
<pubDate>Thu, 05 Nov 2026 08:18:00 +0700</pubDate><description>{text} Phái bộ cho biết như vậy.</description></item>"""


def move(project: Project, old: str, new: str) -> None:
    target = project.path(new)
    target.parent.mkdir(parents=True, exist_ok=True)
    project.path(old).rename(target)


def pages(project: Project) -> list[str]:
    return sorted(
        path.relative_to(project.path(PAGES)).as_posix() for path in project.path(PAGES).rglob("*.md")
    )


def sidecars(project: Project) -> list[str]:
    return sorted(path.name for path in project.path("content/raw").rglob("*.meta.yml"))


def settled(project: Project) -> None:
    """A further run has nothing to do."""
    assert {result.outcome for result in run(project).results} <= {Outcome.UNCHANGED}


def test_a_renamed_raw_file_keeps_its_page_and_its_register(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project, url="https://bao-vi-du.example/cau.html")
    edit(project, TITLE, MINE)
    move(project, raw, "content/raw/khac/cau-moi.txt")
    report = run(project, dry_run=True)
    assert only(report) == (Outcome.UPDATED, PAGE)
    assert sidecars(project) == ["cau.txt.meta.yml"]
    assert only(run(project)) == (Outcome.UPDATED, PAGE)
    assert pages(project) == [PAGE]
    assert meta_of(project)["raw"] == "content/raw/khac/cau-moi.txt"
    assert meta_of(project)["title"] == "Tựa của biên tập"
    assert meta_of(project)["url"] == "https://bao-vi-du.example/cau.html"
    assert sidecars(project) == ["cau-moi.txt.meta.yml"]
    assert "url: " in project.read_text("content/raw/khac/cau-moi.txt.meta.yml")
    settled(project)


def test_a_raw_file_renamed_with_its_sidecar(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project)
    edit(project, TITLE, MINE)
    move(project, raw, "content/raw/vd/cau-moi.txt")
    move(project, raw + ".meta.yml", "content/raw/vd/cau-moi.txt.meta.yml")
    assert only(run(project)) == (Outcome.UPDATED, PAGE)
    assert (pages(project), meta_of(project)["title"]) == ([PAGE], "Tựa của biên tập")
    settled(project)


def test_raw_file_sidecar_and_page_renamed_at_once(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project)
    edit(project, TITLE, MINE)
    move(project, raw, "content/raw/vd/cau-moi.txt")
    move(project, raw + ".meta.yml", "content/raw/vd/cau-moi.txt.meta.yml")
    other = "articles/2026/11/ten-khac.md"
    move(project, f"{PAGES}/{PAGE}", f"{PAGES}/{other}")
    assert only(run(project)) == (Outcome.UPDATED, other)
    assert (pages(project), meta_of(project, other)["title"]) == ([other], "Tựa của biên tập")
    settled(project)


def test_a_raw_file_renamed_and_changed_with_its_sidecar(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project)
    edit(project, TITLE, MINE)
    project.path(raw).unlink()
    put(project, ARTICLE.replace("hai mươi mét", "ba mươi mét"), "cau-moi.txt")
    move(project, raw + ".meta.yml", "content/raw/vd/cau-moi.txt.meta.yml")
    assert only(run(project)) == (Outcome.UPDATED, PAGE)
    assert "ba mươi mét" in text_of(project)
    assert meta_of(project)["title"] == "Tựa của biên tập"
    settled(project)


def test_a_deleted_page_stays_away_also_when_its_raw_file_is_renamed(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project)
    project.path(f"{PAGES}/{PAGE}").unlink()
    move(project, raw, "content/raw/vd/cau-moi.txt")
    assert only(run(project))[0] is Outcome.DELETED
    assert pages(project) == []


def test_two_copies_of_what_is_gone_are_two_articles(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project)
    project.path(raw).unlink()
    put(project, ARTICLE, "mot.txt")
    put(project, ARTICLE, "hai.txt")
    report = run(project)
    assert sorted(result.outcome for result in report.results) == [Outcome.NEW, Outcome.NEW]


def test_a_copy_with_its_sidecar_is_told_and_makes_no_page(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project)
    put(project, ARTICLE, "ban-sao.txt")
    project.write("content/raw/vd/ban-sao.txt.meta.yml", project.read_text(raw + ".meta.yml"))
    report = run(project)
    assert {result.raw: result.outcome for result in report.results} == {
        "content/raw/vd/ban-sao.txt": Outcome.SKIPPED,
        raw: Outcome.UNCHANGED,
    }
    assert [(problem.rule, problem.level) for problem in report.problems] == [("raw-copy", Level.WARNING)]
    assert pages(project) == [PAGE]


def test_a_renamed_feed_keeps_every_item(project: Project) -> None:
    items = [
        ITEM.format(title=f"Tin số {word} từ phái bộ", slug=word, text=f"Chuyện {word}.")
        for word in ("mot", "hai")
    ]
    raw = put(project, FEED.format(items="".join(items)), "tin.xml")
    run(project)
    before = pages(project)
    assert len(before) == 2
    edit(project, "Tin số mot từ phái bộ", "Của tôi", next(page for page in before if "mot" in page))
    move(project, raw, "content/raw/vd/tin-moi.xml")
    assert {result.outcome for result in run(project).results} == {Outcome.UPDATED}
    assert pages(project) == before
    assert all(
        str(meta_of(project, page)["raw"]).startswith("content/raw/vd/tin-moi.xml#") for page in before
    )
    settled(project)


def test_a_page_named_on_the_command_line_stands_for_its_raw_article(project: Project) -> None:
    put(project, ARTICLE)
    run(project)
    edit(project, TITLE, MINE)
    report = run(project, f"{PAGES}/{PAGE}", refresh=frozenset({"title"}))
    assert only(report) == (Outcome.UPDATED, PAGE)
    assert meta_of(project)["title"] == "Đội công binh sửa xong cầu ở phái bộ"


def test_refresh_of_one_item_leaves_the_others_of_its_feed(project: Project) -> None:
    items = [
        ITEM.format(title=f"Tin số {word} từ phái bộ", slug=word, text=f"Chuyện {word}.")
        for word in ("mot", "hai")
    ]
    put(project, FEED.format(items="".join(items)), "tin.xml")
    run(project)
    one, two = sorted(pages(project), key=lambda page: "-hai-" in page)
    edit(project, "Tin số mot từ phái bộ", "Của tôi", one)
    edit(project, "Tin số hai từ phái bộ", "Cũng của tôi", two)
    run(project, f"{PAGES}/{one}", refresh=EVERYTHING)
    assert meta_of(project, one)["title"] == "Tin số mot từ phái bộ"
    assert meta_of(project, two)["title"] == "Cũng của tôi"


def test_a_page_that_comes_back_was_taken_up_when_it_was(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project)
    project.path(f"{PAGES}/{PAGE}").unlink()
    assert only(run(project))[0] is Outcome.DELETED
    assert only(run(project, raw, refresh=EVERYTHING, now=NOW.replace(month=12))) == (Outcome.NEW, PAGE)
    assert meta_of(project)["added"] == "2026-11-21T07:00:00+07:00"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("content/pages/articles/2026/11/khong-co.md", "no such file"),
        ("content/pages/gioi-thieu.md", "wholly yours"),
    ],
)
def test_a_page_without_a_raw_article_is_told(project: Project, place: str, words: str) -> None:
    project.write("content/pages/gioi-thieu.md", "# Giới thiệu\n")
    with pytest.raises(UsageError, match=words):
        run(project, place)


def test_a_held_page_follows_its_renamed_raw_file(project: Project) -> None:
    raw = put(project, UNDATED)
    held = run(project).results[0].page
    move(project, raw, "content/raw/vd/khac.txt")
    assert run(project).results[0].page == held
    assert meta_of(project, held)["raw"] == "content/raw/vd/khac.txt"
    assert Path(held).parts[0] == "held"


def test_what_comes_from_another_system_was_taken_up_when_its_editor_says(project: Project) -> None:
    put(project, ARTICLE)
    project.write("content/raw/vd/cau.txt.meta.yml", 'added: "2019-03-01T08:00:00+07:00"\n')
    put(
        project,
        "---\ntitle: Tin cũ từ phái bộ\ndate: 2019-04-02\nsource: vd\nadded: 2019-04-03\n---\n\nChuyện ở phái bộ.\n",
        "cu.md",
    )
    put(
        project,
        FEED.format(items=ITEM.format(title="Tin mới từ phái bộ", slug="moi", text="Chuyện mới.")),
        "tin.xml",
    )
    report = run(project)
    added = {result.raw: meta_of(project, result.page)["added"] for result in report.results}
    assert added["content/raw/vd/cau.txt"] == "2019-03-01T08:00:00+07:00"
    assert added["content/raw/vd/cu.md"] == "2019-04-03"
    assert max(str(one) for one in added.values()) == "2026-11-21T07:00:00+07:00"
    settled(project)


def test_a_raw_file_and_its_page_renamed_at_once(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project)
    edit(project, TITLE, MINE)
    other = "articles/2026/11/ten-khac.md"
    move(project, f"{PAGES}/{PAGE}", f"{PAGES}/{other}")
    move(project, raw, "content/raw/vd/cau-moi.txt")  # its sidecar stays behind
    assert only(run(project)) == (Outcome.UPDATED, other)
    assert meta_of(project, other)["raw"] == "content/raw/vd/cau-moi.txt"
    assert meta_of(project, other)["title"] == "Tựa của biên tập"
    settled(project)


def test_a_page_in_doubt_is_found_by_its_words(project: Project) -> None:
    raw = put(project, UNDATED)
    held = run(project).results[0].page
    move(project, raw, "content/raw/vd/khac.txt")
    move(project, raw + ".meta.yml", "content/raw/vd/khac.txt.meta.yml")
    move(project, f"{PAGES}/{held}", f"{PAGES}/held/ten-khac.md")
    assert run(project).results[0].page == "held/ten-khac.md"
    assert meta_of(project, "held/ten-khac.md")["raw"] == "content/raw/vd/khac.txt"


def test_a_deleted_page_keeps_its_address(project: Project) -> None:
    raw = put(project, ARTICLE, "a.txt")
    run(project)
    project.path(f"{PAGES}/{PAGE}").unlink()
    put(project, ARTICLE.replace("hai mươi mét", "ba mươi mét"), "b.txt")
    second = PAGE.replace(".md", "-2.md")
    assert {result.raw: (result.outcome, result.page) for result in run(project).results} == {
        raw: (Outcome.DELETED, ""),
        "content/raw/vd/b.txt": (Outcome.NEW, second),
    }
    assert only(run(project, raw, refresh=EVERYTHING)) == (Outcome.NEW, PAGE)
    settled(project)


def test_a_page_that_comes_back_has_the_address_that_it_had(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project)
    put(project, ARTICLE.replace("sửa xong cầu", "xây xong cầu").replace("05/11/2026", "05/10/2026"))
    run(project)
    project.path(f"{PAGES}/{PAGE}").unlink()
    assert only(run(project, raw, refresh=EVERYTHING)) == (Outcome.NEW, PAGE)


def test_a_deleted_article_does_not_take_the_page_of_its_renamed_copy(project: Project) -> None:
    put(project, ARTICLE, "a.txt")
    copy = put(project, ARTICLE, "b.txt")
    run(project)
    project.path(f"{PAGES}/{PAGE}").unlink()
    move(project, copy, "content/raw/vd/c.txt")
    move(project, copy + ".meta.yml", "content/raw/vd/c.txt.meta.yml")
    second = PAGE.replace(".md", "-2.md")
    assert [(result.outcome, result.page) for result in run(project).results] == [
        (Outcome.DELETED, ""),
        (Outcome.UPDATED, second),
    ]
    assert meta_of(project, second)["raw"] == "content/raw/vd/c.txt"


def test_of_two_copies_without_a_register_one_is_the_page_s(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project)
    edit(project, TITLE, MINE)
    for name in (raw, raw + ".meta.yml"):
        project.path(name).unlink()
    put(project, ARTICLE, "hai.txt")
    put(project, ARTICLE, "mot.txt")
    assert [result.outcome for result in run(project).results] == [Outcome.UPDATED, Outcome.NEW]
    assert meta_of(project)["raw"] == "content/raw/vd/hai.txt"
    settled(project)


def test_new_files_do_not_look_for_a_page_that_has_just_been_filed(project: Project) -> None:
    raw = put(project, UNDATED, "b.txt")
    held = run(project).results[0].page
    text = text_of(project, held)
    block = text.replace("review:\n", "review: []\ndate: 2025-11-04\nnote:\n")
    project.write(f"{PAGES}/{held}", block)
    move(project, raw, "content/raw/vd/c.txt")
    move(project, raw + ".meta.yml", "content/raw/vd/c.txt.meta.yml")
    put(project, ARTICLE.replace("cầu", "đường"), "a.txt")
    put(project, ARTICLE.replace("cầu", "giếng"), "d.txt")
    report = run(project)
    assert [result.outcome for result in report.results] == [Outcome.NEW, Outcome.UPDATED, Outcome.NEW]
    assert report.results[1].moved_from == held


def test_what_was_taken_down_stays_so_under_a_name_with_a_hash(project: Project) -> None:
    put(project, ARTICLE)
    run(project)
    take_down(project, SETTINGS, f"{PAGES}/{PAGE}", project.root, "Theo yêu cầu", NOW)
    put(project, ARTICLE, "bản #2.txt")
    report = run(project)
    assert only(report)[0] is Outcome.SKIPPED
    assert [problem.rule for problem in report.problems] == ["taken-down"]
    assert pages(project) == [PAGE]
    take_down(project, SETTINGS, "content/raw/vd/bản #2.txt", project.root, "Theo yêu cầu", NOW)
    assert not project.exists("content/raw/vd/bản #2.txt")


def test_an_item_in_doubt_is_found_by_its_address(project: Project) -> None:
    item = re.sub("<pubDate>.*</pubDate>", "", ITEM.format(title="Tin từ phái bộ", slug="mot", text=""))
    raw = put(project, FEED.format(items=item), "tin.xml")
    held = run(project).results[0].page
    move(project, raw, "content/raw/vd/khac.xml")
    move(project, raw + ".meta.yml", "content/raw/vd/khac.xml.meta.yml")
    move(project, f"{PAGES}/{held}", f"{PAGES}/held/ten-khac.md")
    assert run(project).results[0].page == "held/ten-khac.md"
