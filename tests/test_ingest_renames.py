"""Raw files and pages under new names: an editor's words, an address and a register go along."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.ingest import Outcome
from generator.merge import EVERYTHING
from generator.models import Level
from generator.storage import PAGES, Project
from tests.test_ingest import ARTICLE, NOW, PAGE, UNDATED, edit, meta_of, only, project, put, run, text_of

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
