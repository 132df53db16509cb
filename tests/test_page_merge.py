"""Two people, two branches: pages are merged field by field, and `digest check` passes afterwards."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import frontmatter, merge
from generator.models import MetaValue
from generator.page_merge import merge_pages
from generator.pages import GeneratedPage
from tests.test_merge import ADDED
from tests.test_workflows import EDITOR, article

ROOT = Path(__file__).resolve().parent.parent
PATH = "content/pages/articles/2026/11/x.md"
FIELDS: dict[str, MetaValue] = {
    "title": "Tựa", "date": "2026-11-05", "source": "bvd", "topic": "hb", "tags": ["A", "B"], "summary": "Tóm tắt.",
    "url": "https://bvd.example/1",
}  # fmt: skip
BODY = "Đoạn một.\n\nĐoạn hai.\n\nĐoạn ba."


def base() -> str:
    return merge.create(GeneratedPage(raw="content/raw/x.txt", fields=FIELDS, body=BODY, reviews=()), ADDED)


def edit(text: str, body: str | None = None, **changes: MetaValue | frontmatter.Delete) -> str:
    block, old, _ = frontmatter.split(text, PATH)
    new = frontmatter.replace(block or "", changes, PATH)
    return f"---\n{new}---\n" + (old if body is None else f"\n{body}\n")


def git_lines(first: str, mine: str, other: str) -> str | None:
    """Line by line, as the strictest git: only where one side alone has changed anything."""
    return mine if other in (first, mine) else other if mine == first else None


def merged(ours: str, theirs: str, first: str | None = None) -> Mapping[str, MetaValue]:
    text = merge_pages(first or base(), ours, theirs, PATH, git_lines)
    assert text is not None
    block, body, _ = frontmatter.split(text, PATH)
    return {**frontmatter.load(block or "", PATH), "body": body.strip()}


def conflict(ours: str, theirs: str) -> bool:
    return merge_pages(base(), ours, theirs, PATH, git_lines) is None


def test_neighbouring_fields_are_no_conflict() -> None:
    done = merged(edit(base(), title="Tựa mới"), edit(base(), date="2026-11-06", note="Vì sao", draft=True))
    assert (done["title"], done["date"], done["note"], done["draft"]) == (
        "Tựa mới",
        "2026-11-06",
        "Vì sao",
        True,
    )


def test_one_side_s_deletion_is_kept() -> None:
    done = merged(edit(base(), url=frontmatter.DELETE), edit(base(), summary="Khác."))
    assert "url" not in done and done["summary"] == "Khác."


def test_lists_hold_what_both_added_and_not_what_one_took_away() -> None:
    done = merged(edit(base(), tags=["B", "C"]), edit(base(), tags=["A", "B", "D"]))
    assert done["tags"] == ["B", "C", "D"]
    done = merged(edit(base(), aliases=["cu/mot/"]), edit(base(), aliases=["cu/hai/"], title="X"))
    assert done["aliases"] == ["cu/mot/", "cu/hai/"]


def test_a_field_and_the_text() -> None:
    done = merged(edit(base(), "Đoạn một, sửa."), edit(base(), topic="yt"))
    assert (done["body"], done["topic"]) == ("Đoạn một, sửa.", "yt")


@pytest.mark.parametrize("value", ["Của tôi", None])
def test_what_both_changed_is_a_person_s(value: str | None) -> None:
    mine = edit(base(), title=value) if value else edit(base(), title=frontmatter.DELETE)
    assert conflict(mine, edit(base(), title="Của họ", topic="yt"))
    assert conflict(edit(base(), "Một."), edit(base(), "Hai.", topic="yt"))


def test_the_same_change_on_both_sides_is_one() -> None:
    both = edit(base(), title="Chung", review=["date: ?"])
    done = merged(edit(both, topic="yt"), edit(both, date="2026-11-07"))
    assert (done["title"], done["topic"], done["date"], done["review"]) == (
        "Chung",
        "yt",
        "2026-11-07",
        ["date: ?"],
    )


def test_fingerprints_go_with_their_fields() -> None:
    """One ran ingest after the raw article changed, the other edited: ownership is as if it had been one after the other."""
    new = GeneratedPage(
        raw="content/raw/x.txt", fields={**FIELDS, "title": "Tựa từ bài gốc"}, body=BODY + " Bốn.", reviews=()
    )
    ingested = merge.merge(base(), new, PATH, filed=True).text
    edited = edit(base(), summary="Của biên tập.")
    text = merge_pages(base(), ingested, edited, PATH, git_lines)
    assert text is not None
    block, body, _ = frontmatter.split(text, PATH)
    owned = merge.owners(frontmatter.load(block or "", PATH), body)
    assert (owned["title"], owned["body"], owned["summary"]) == ("generator", "generator", "editor")
    assert merge.merge(text, new, PATH, filed=True).text == text


def test_comments_of_theirs_are_not_lost() -> None:
    theirs = edit(base(), date="2026-11-06").replace("topic: hb\n", "topic: hb  # hỏi lại\n")
    assert conflict(edit(base(), title="X"), theirs)
    ours = edit(base(), title="X").replace("topic: hb\n", "topic: hb  # hỏi lại\n")
    text = merge_pages(base(), ours, edit(base(), date="2026-11-06"), PATH, git_lines)
    assert text is not None and "# hỏi lại" in text


@pytest.mark.parametrize("broken", ["---\ntitle: [\n---\n", "không có gì", "---\ntitle: a\n"])
def test_a_page_that_cannot_be_read_is_left_to_git(broken: str) -> None:
    assert conflict(edit(base(), title="X"), broken)
    assert conflict(broken, edit(base(), title="X"))


values = st.one_of(
    st.text("ab:#\"' \n", max_size=5), st.lists(st.text("xy", max_size=2), max_size=3), st.booleans()
)
edits = st.dictionaries(
    st.sampled_from([*FIELDS, "note", "pin", "aliases"]), st.one_of(st.none(), values), max_size=5
)


@given(edits, edits)
def test_no_change_of_either_side_is_lost(ours: dict[str, MetaValue], theirs: dict[str, MetaValue]) -> None:
    def apply(changes: dict[str, MetaValue]) -> str:
        return edit(
            base(), **{key: frontmatter.DELETE if value is None else value for key, value in changes.items()}
        )

    text = merge_pages(base(), apply(ours), apply(theirs), PATH, git_lines)
    if text is None:
        assert ours.keys() & theirs.keys() or any("#" in str(value) for value in theirs.values())
        return
    done = frontmatter.load(frontmatter.split(text, PATH)[0] or "", PATH)
    for mine, other in ((ours, theirs), (theirs, ours)):
        for key, value in mine.items():
            if key not in other:
                assert done.get(key) == value


# A real git.


def git(folder: Path, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **EDITOR}, capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def digest(folder: Path, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, **EDITOR, "SOURCE_DATE_EPOCH": "1795219200", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


CONFIG = f"""\
site_name: Thử
site_url: https://thu.example/
docs_dir: content/pages
theme: {{name: material, custom_dir: {ROOT / "theme"}, language: vi, font: false}}
plugins:
  - digest:
      sources:
        bao-vi-du: {{name: Báo Ví Dụ, domains: [baovidu.example], dateline: [BVD], text: full, licence: CC BY 4.0}}
      topics:
        cong-binh: {{name: Công binh, terms: [công binh]}}
"""
PLACES = "Suối Mơ|Đèo Gió|Bến Đá|Cầu Ngói|Rừng Thông|Làng Chài|Chợ Mới|Đồi Cọ|Ao Sen|Núi Bút|Sông Lấp|Hồ Cạn|Bãi Giữa|Xóm Trại|Đồng Vông|Gò Mối|Cửa Lạch|Ngã Ba|Phố Cũ|Vườn Dâu|Đập Tràn|Kênh Đào|Thác Bạc|Hang Dơi|Mỏm Đá|Cồn Cát|Đầm Sậy|Ruộng Bậc|Khe Nứa|Bản Thượng|Trạm Gác|Lò Gạch|Bến Tàu|Vũng Êm|Đường Mòn|Dốc Quế|Cánh Gà|Trũng Sâu|Hòn Me|Ghềnh Đỏ|Chân Mây|Lối Rẽ|Vực Xanh|Suối Cạn|Bờ Kè".split(
    "|"
)


def drop(folder: Path, numbers: range) -> None:
    for number in numbers:
        text = article(
            f"Đội công binh mở lối vào {PLACES[number]}",
            number % 27 + 1,
            f"Lối vào {PLACES[number]} đã thông.",
        )
        path = folder / f"content/raw/bao-vi-du/{number:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    digest(folder, "ingest")


@pytest.mark.parametrize("driver", [True, False], ids=["field by field", "line by line"])
def test_a_real_merge_of_two_branches(tmp_path: Path, driver: bool) -> None:
    """Each branch adds twenty articles and edits five; two pages are edited on both."""
    (tmp_path / "site_config.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    (tmp_path / ".gitignore").write_text(".cache/\n", encoding="utf-8")
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/pages/index.md").write_text("# Trang nhất\n", encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    if driver:
        command = f"env PYTHONPATH={shlex.quote(str(ROOT))} {shlex.quote(sys.executable)} -m generator merge-driver %O %A %B %P"
        git(tmp_path, "config", "merge.digest.driver", command)
    drop(tmp_path, range(5))
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "Năm bài")
    pages = sorted((tmp_path / "content/pages/articles").rglob("*.md"))
    assert len(pages) == 5

    def change(page: Path, old: str, new: str) -> None:
        text = page.read_text(encoding="utf-8")
        assert old in text
        page.write_text(text.replace(old, new, 1), encoding="utf-8")

    for branch, numbers in (("mai", range(5, 25)), ("nam", range(25, 45))):
        git(tmp_path, "checkout", "-qb", branch, "main")
        for number, page in enumerate(pages):
            if branch == "mai":
                change(page, 'title: "', f'title: "Mai sửa {number}: ')
            elif number < 3 or not driver:
                change(page, "trong buổi sáng.", f"trong buổi chiều ({number}).")
            else:  # the line right below the title
                change(page, 'date: "2026-03', 'date: "2026-02')
        drop(tmp_path, numbers)
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", f"Việc của {branch}")
    git(tmp_path, "checkout", "-q", "mai")
    git(tmp_path, "merge", "-q", "--no-edit", "nam")
    assert git(tmp_path, "status", "--porcelain") == ""
    assert len(list((tmp_path / "content/pages/articles").rglob("*.md"))) == 45
    for number, page in enumerate(pages):
        text = page.read_text(encoding="utf-8")
        assert f"Mai sửa {number}: " in text
        assert (f"buổi chiều ({number})" in text) or ("2026-02" in text and driver)
    assert "0 errors, 0 warnings in 46 pages" in digest(tmp_path, "check")
    assert "0 new · 0 updated" in digest(tmp_path, "ingest")
    assert git(tmp_path, "status", "--porcelain") == ""


def test_what_both_changed_is_marked_and_refused_until_it_is_settled(tmp_path: Path) -> None:
    test_page = tmp_path / "content/pages/articles/2026/11/x.md"
    test_page.parent.mkdir(parents=True)
    (tmp_path / "site_config.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / ".gitattributes").write_text("*.md merge=digest\n", encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    command = f"env PYTHONPATH={shlex.quote(str(ROOT))} {shlex.quote(sys.executable)} -m generator merge-driver %O %A %B %P"
    git(tmp_path, "config", "merge.digest.driver", command)
    for branch, title in (("main", "Tựa"), ("mai", "Của Mai"), ("nam", "Của Nam")):
        if branch != "main":
            git(tmp_path, "checkout", "-qb", branch, "main")
        test_page.write_text(edit(base(), title=title), encoding="utf-8")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", branch)
    git(tmp_path, "merge", "-q", "mai", code=1)
    text = test_page.read_text(encoding="utf-8")
    assert "<<<<<<< " in text and "Của Mai" in text and "Của Nam" in text
    assert "a merge conflict is not resolved" in digest(tmp_path, "check", code=1)
