"""Two people, two branches: pages are merged field by field, and `digest check` passes afterwards."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import frontmatter, merge
from generator.models import MetaValue
from generator.page_merge import mark_pages, merge_pages
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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("topic: hb\n", 'topic: hb\n# toà soạn nói "đừng đăng trước thứ Hai"\n'),
        ("source: bvd\n", 'source: bvd  # theo "VnExpress"\n'),
        ('title: "Tựa"\n', "title: 'Tựa'  # 'hay'\n"),
        ('summary: "Tóm tắt."\n', 'summary: |- # bản "ngắn"\n  Tóm tắt.\n'),
        ('tags: ["A", "B"]\n', 'tags:\n  - A # "một"\n  - B\n'),
        ('tags: ["A", "B"]\n', 'tags: ["A", # "một"\n  "B"]\n'),
    ],
)
def test_comments_of_theirs_with_quotes_are_not_lost(old: str, new: str) -> None:
    theirs = edit(base(), date="2026-11-06")
    assert old in theirs
    assert conflict(edit(base(), url="https://bvd.example/2"), theirs.replace(old, new))


@pytest.mark.parametrize(
    "value", ['Bài #1 "hay" # không phải chú thích', "a#b", "# 'x' \"y\"", ["#a", 'b # "c'], "Dòng\n# hai"]
)
def test_a_number_sign_in_a_value_is_no_comment(value: MetaValue) -> None:
    done = merged(edit(base(), topic="yt"), edit(base(), note=value, date="2026-11-06"))
    assert (done["note"], done["topic"], done["date"]) == (value, "yt", "2026-11-06")
    plain = edit(base(), date="2026-11-06").replace(
        "\nsummary: ", "\nnote: |\n  # đề mục\n  chữ\nsummary: ", 1
    )
    assert merged(edit(base(), topic="yt"), plain)["note"] == "# đề mục\nchữ\n"


def test_comments_of_ours_in_a_list_that_is_written_anew_are_not_lost() -> None:
    listed = 'tags:\n  - A  # hỏi "Mai"\n  - B\n'
    ours = edit(base(), title="X").replace('tags: ["A", "B"]\n', listed)
    assert conflict(ours, edit(base(), tags=["A", "B", "C"]))
    text = merge_pages(base(), ours, edit(base(), date="2026-11-06"), PATH, git_lines)
    assert text is not None and listed in text and 'date: "2026-11-06"' in text


REMARKS = ("# hỏi lại", '# "đừng đăng"', '# "dở', "# 'a' # \"b\"")


@given(
    st.lists(st.tuples(st.integers(1, 7), st.sampled_from(REMARKS), st.booleans()), min_size=1, max_size=3)
)
def test_no_comment_is_ever_lost(places: list[tuple[int, str, bool]]) -> None:
    """Wherever it stands, a comment of ours is in the merged page, and one of theirs is there or a person decides."""
    lines = edit(base(), title="X").splitlines(keepends=True)
    for place, remark, own_line in places:
        lines[place] = f"{lines[place]}{remark}\n" if own_line else f"{lines[place].rstrip()}  {remark}\n"
    text = "".join(lines)
    theirs = edit(base(), tags=["A", "C"], summary="Khác.")
    for one, other in ((text, theirs), (theirs, text)):
        done = merge_pages(base(), one, other, PATH, git_lines)
        for _, remark, _ in places:
            assert done is None or remark not in text or remark in done


# What was taken down.

TAKEN: MetaValue = {"date": "2026-11-20T08:00:00+07:00", "reason": "Theo yêu cầu"}
EDITED: dict[str, MetaValue] = {
    "tags": ["A", "B", "C"], "note": "Vì sao hay", "pin": True, "authors": ["Sao Mai"],
    "corrections": [{"date": "2026-11-19", "text": "Sửa tên cây cầu"}], "aliases": ["cu/hai/"],
}  # fmt: skip


def record(**more: MetaValue) -> str:
    fields: dict[str, MetaValue] = {"source": "bvd", "takedown": TAKEN, "raw": "content/raw/x.txt", **more}
    return frontmatter.join(frontmatter.dump(fields), "")


def both_lines(first: str, mine: str, other: str) -> str | None:
    """The most lenient git there could be: it puts the article's words below the record."""
    return mine + other.partition("\n---\n")[2]


@pytest.mark.parametrize("git_merge", [git_lines, both_lines])
def test_what_one_side_took_down_stays_down(git_merge: Callable[[str, str, str], str | None]) -> None:
    down, article = record(), edit(base(), **EDITED)
    kept = record(aliases=["cu/hai/"])
    assert merge_pages(base(), down, article, PATH, git_merge) == kept
    assert merge_pages(base(), article, down, PATH, git_merge) == kept
    longer = edit(article, BODY + "\n\nĐoạn bốn.", aliases=frontmatter.DELETE)
    remark = down.replace("---\n", "---\n# hỏi luật sư\n", 1)
    assert merge_pages(base(), longer, remark, PATH, git_merge) == remark
    assert merge_pages("", longer, remark, PATH, git_merge) == remark


def test_a_record_keeps_its_own_addresses_first() -> None:
    first = edit(base(), aliases=["cu/mot/"])
    down, article = record(aliases=["cu/mot/", "cu/khong/"]), edit(first, aliases=["cu/hai/", "cu/mot/"])
    assert merge_pages(first, down, article, PATH, git_lines) == record(
        aliases=["cu/mot/", "cu/khong/", "cu/hai/"]
    )


def test_what_one_side_publishes_again_is_a_person_s() -> None:
    assert merge_pages(record(), base(), record(aliases=["cu/"]), PATH, git_lines) is None
    assert merge_pages(record(), record(aliases=["cu/"]), base(), PATH, git_lines) is None


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
        assert ours.keys() & theirs.keys()
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


def digest(folder: Path, *arguments: str, code: int = 0, epoch: str = "1795219200") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, **EDITOR, "SOURCE_DATE_EPOCH": epoch, "PYTHONPATH": str(ROOT)},
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


# Where digest cannot run, git merges the page as it does without it.


@dataclass(frozen=True)
class Clone:
    """A repository with one page, `main`, and a branch that changes it."""

    folder: Path
    project: Path

    @classmethod
    def make(cls, folder: Path, ours: bytes, theirs: bytes, below: str = "") -> Clone:
        clone = cls(folder, folder / below)
        (clone.project / "tools").mkdir(parents=True)
        for name in ("digest.sh", "git-setup.sh"):
            shutil.copy2(ROOT / "tools" / name, clone.project / "tools" / name)
        (clone.project / ".gitattributes").write_text("*.md merge=digest\n", encoding="utf-8")
        (folder / ".gitignore").write_text(".venv/\n", encoding="utf-8")
        git(folder, "init", "-q", "-b", "main")
        for branch, data in (("main", base().encode()), ("nam", theirs), ("main", ours)):
            if branch == "nam":
                git(folder, "checkout", "-qb", branch)
            elif clone.page.exists():
                git(folder, "checkout", "-q", branch)
            clone.page.parent.mkdir(parents=True, exist_ok=True)
            clone.page.write_bytes(data)
            git(folder, "add", "-A")
            git(folder, "commit", "-qm", "Sửa")
        subprocess.run([clone.project / "tools/git-setup.sh"], check=True, capture_output=True)
        return clone

    @property
    def page(self) -> Path:
        return self.project / PATH

    def install(self, script: str) -> None:
        program = self.project / ".venv/bin/digest"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    def merge(self, code: int) -> bytes:
        git(self.folder, "merge", "--no-edit", "nam", code=code)
        return self.page.read_bytes()


REAL = f'PYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m generator "$@"'
ENDS = {
    "no digest": None,
    "a fault": "exit 70",
    "wrong usage": "exit 2",
    "killed": "kill -9 $$",
    "a Python that cannot start": "exit 1",
    "no interpreter": "exec /nowhere/python",
    "a fault of the program": f"PYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -c "
    '"import generator.page_merge as m; m.merge_pages = lambda *_: 1 / 0; from generator.cli import main; main()" "$@"',
}
FAR = edit(base(), title="Của Mai"), edit(base(), BODY + " Thêm.")
NEAR = edit(base(), title="Của Mai"), edit(base(), title="Của Nam")


@pytest.mark.parametrize("end", ENDS)
def test_without_a_digest_that_works_git_merges(tmp_path: Path, end: str) -> None:
    for name, (ours, theirs), code in (("xa", FAR, 0), ("gần", NEAR, 1)):
        clone = Clone.make(tmp_path / name, ours.encode(), theirs.encode())
        if (script := ENDS[end]) is not None:
            clone.install(script)
        text = clone.merge(code).decode()
        if code:
            assert (
                "<<<<<<< ours\n" in text
                and "Của Mai" in text
                and "Của Nam" in text
                and ">>>>>>> theirs\n" in text
            )
        else:
            assert "Của Mai" in text and "Đoạn ba. Thêm." in text
            assert git(clone.folder, "status", "--porcelain") == ""


@pytest.mark.parametrize("script", [None, REAL], ids=["no digest", "digest"])
def test_a_side_that_is_not_utf8_is_merged_by_git(tmp_path: Path, script: str | None) -> None:
    foreign = FAR[1].encode().replace("Thêm".encode(), b"Th\xeam")
    clone = Clone.make(tmp_path / "xa", FAR[0].encode(), foreign)
    if script:
        clone.install(script)
    data = clone.merge(0)
    assert "Của Mai".encode() in data and b"Th\xeam." in data
    clone = Clone.make(tmp_path / "gan", NEAR[0].encode(), NEAR[1].encode().replace("ủ".encode(), b"\xfb"))
    if script:
        clone.install(script)
    data = clone.merge(1)
    assert b"<<<<<<< ours" in data and "Của Mai".encode() in data and b"C\xfba Nam" in data


def test_a_digest_below_the_top_folder_merges_by_fields(tmp_path: Path) -> None:
    ours, theirs = edit(base(), title="Của Mai"), edit(base(), date="2026-11-06")
    clone = Clone.make(tmp_path, ours.encode(), theirs.encode(), "tờ 'báo' 100%/điểm tin")
    clone.install(REAL)
    text = clone.merge(0).decode()
    assert 'title: "Của Mai"\ndate: "2026-11-06"\n' in text


@pytest.mark.parametrize(("change", "code"), [(FAR, 0), (NEAR, 1)])
def test_a_linked_worktree_and_a_branch_without_the_script(
    tmp_path: Path, change: tuple[str, str], code: int
) -> None:
    clone = Clone.make(tmp_path / "một", change[0].encode(), change[1].encode())
    clone.install(REAL)
    git(clone.folder, "worktree", "add", "-q", str(tmp_path / "hai"), "-b", "khác")
    linked = Clone(tmp_path / "hai", tmp_path / "hai")
    assert (b"<<<<<<< " in linked.merge(code)) is bool(code)
    git(linked.folder, "reset", "-q", "--hard", "main")
    git(linked.folder, "rm", "-q", "tools/digest.sh")
    git(linked.folder, "commit", "-qm", "Chưa có")
    text = linked.merge(code).decode()
    assert (
        ("<<<<<<< " in text) is bool(code)
        and "Của Mai" in text
        and change[1].count("Thêm") == text.count("Thêm")
    )


def test_what_cannot_be_read_or_written_is_never_called_merged(tmp_path: Path) -> None:
    """Called by itself, without the script: a code from 2 on says that the file is as it was."""
    for name in ("base", "ours", "theirs"):
        (tmp_path / name).write_bytes(f"{name}\0\n".encode())
    assert "was not merged: git merge-file refused" in digest(
        tmp_path, "merge-driver", "base", "ours", "theirs", PATH, code=2
    )
    assert (tmp_path / "ours").read_bytes() == b"ours\0\n"


# What is left to a person is marked, and nothing else.


def both_marked(first: str, mine: str, other: str) -> str:
    return f"<<<<<<< ours\n{mine}=======\n{other}>>>>>>> theirs\n"


def test_only_the_field_that_both_changed_is_marked() -> None:
    ours = edit(base(), title="Của Mai", tags=["A", "B", "Nước sạch"])
    theirs = edit(base(), title="Của Nam", date="2026-11-06", topic="yt", tags=["A", "B", "LHQ"])
    assert merge_pages(base(), ours, theirs, PATH, git_lines) is None
    text = mark_pages(base(), ours, theirs, PATH, git_lines, both_marked)
    assert text is not None
    assert '<<<<<<< ours\ntitle: "Của Mai"\n=======\ntitle: "Của Nam"\n>>>>>>> theirs\n' in text
    assert text.count("<<<<<<<") == 1
    for line in ('date: "2026-11-06"', "topic: yt", 'tags: ["A", "B", "Nước sạch", "LHQ"]'):
        assert f"\n{line}\n" in text
    for kept, gone in (("ours", "theirs"), ("theirs", "ours")):
        chosen = settle(text, kept)
        block, _, _ = frontmatter.split(chosen, PATH)
        assert frontmatter.load(block or "", PATH)["title"] == ("Của Mai" if gone == "theirs" else "Của Nam")


def settle(text: str, side: str) -> str:
    """A person keeps one side."""
    pattern = r"<<<<<<< ours\n(?P<ours>(?:.*\n)*?)=======\n(?P<theirs>(?:.*\n)*?)>>>>>>> theirs\n"
    return re.sub(pattern, lambda match: match[side], text)


def test_a_field_that_one_side_deleted_and_the_other_changed_is_marked() -> None:
    text = mark_pages(
        base(),
        edit(base(), url=frontmatter.DELETE),
        edit(base(), url="https://x.example/2"),
        PATH,
        git_lines,
        both_marked,
    )
    assert text is not None
    assert '<<<<<<< ours\n=======\nurl: "https://x.example/2"\n>>>>>>> theirs\n' in text
    assert "url" not in frontmatter.load(frontmatter.split(settle(text, "ours"), PATH)[0] or "", PATH)


def test_a_list_that_one_side_deleted_does_not_come_back_by_itself() -> None:
    ours, theirs = edit(base(), tags=frontmatter.DELETE), edit(base(), tags=["A", "B", "C"])
    assert conflict(ours, theirs) and conflict(theirs, ours)


def test_several_fields_and_the_text() -> None:
    ours, theirs = (
        edit(base(), "Một.", title="A", summary="A"),
        edit(base(), "Hai.", title="B", summary="B", topic="yt"),
    )
    text = mark_pages(base(), ours, theirs, PATH, git_lines, both_marked)
    assert text is not None and text.count("<<<<<<< ours") == 3
    chosen = settle(settle(text, "theirs"), "theirs")
    block, body, _ = frontmatter.split(chosen, PATH)
    meta = frontmatter.load(block or "", PATH)
    assert (meta["title"], meta["summary"], meta["topic"], body.strip()) == ("B", "B", "yt", "Hai.")


@pytest.mark.parametrize("turned", [False, True])
def test_an_editor_s_word_goes_before_the_generator_s(turned: bool) -> None:
    new = GeneratedPage(
        raw="content/raw/x.txt", fields={**FIELDS, "title": "Tựa từ bài gốc"}, body=BODY + " Bốn.", reviews=()
    )
    ingested = merge.merge(base(), new, PATH, filed=True).text
    edited = edit(base(), "Của biên tập.", title="Tựa của biên tập")
    sides = (edited, ingested) if turned else (ingested, edited)
    text = merge_pages(base(), *sides, PATH, git_lines)
    assert text is not None
    block, body, _ = frontmatter.split(text, PATH)
    meta = frontmatter.load(block or "", PATH)
    assert (meta["title"], body.strip()) == ("Tựa của biên tập", "Của biên tập.")
    owned = merge.owners(meta, body)
    assert (owned["title"], owned["body"]) == ("editor", "editor")
    assert not merge.merge(text, new, PATH, filed=True).conflicts


def test_a_page_that_both_have_made_was_taken_up_when_the_first_did() -> None:
    later = base().replace(f"added: {json.dumps(ADDED.isoformat())}", 'added: "2026-11-03T07:00:00+07:00"')
    assert later != base()
    for ours, theirs in ((base(), later), (later, base())):
        text = merge_pages("", ours, theirs, PATH, git_lines)
        assert text == base()


def test_two_people_take_in_one_raw_file(tmp_path: Path) -> None:
    (tmp_path / "site_config.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    (tmp_path / ".gitignore").write_text(".cache/\n", encoding="utf-8")
    (tmp_path / "content/raw/bao-vi-du").mkdir(parents=True)
    raw = tmp_path / "content/raw/bao-vi-du/00.txt"
    raw.write_text(article("Đội công binh mở lối vào Suối Mơ", 3, "Lối vào đã thông."), encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    git(
        tmp_path,
        "config",
        "merge.digest.driver",
        f"env PYTHONPATH={shlex.quote(str(ROOT))} {shlex.quote(sys.executable)} -m generator merge-driver %O %A %B %P",
    )
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "Bài gốc")
    for branch, epoch in (("mai", "1795219200"), ("nam", "1795305600")):
        git(tmp_path, "checkout", "-qb", branch, "main")
        digest(tmp_path, "ingest", epoch=epoch)
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", branch)
    git(tmp_path, "merge", "-q", "--no-edit", "mai")
    (page,) = (tmp_path / "content/pages/articles").rglob("*.md")
    assert 'added: "2026-11-21T' in page.read_text(encoding="utf-8")
    assert 'added: "2026-11-21T' in raw.with_name("00.txt.meta.yml").read_text(encoding="utf-8")
    assert "0 errors, 0 warnings" in digest(tmp_path, "check")


def test_registers_of_one_feed_are_joined() -> None:
    def sidecar(**items: str) -> str:
        meta: dict[str, MetaValue] = {
            "sha256": "a",
            "items": {key: {"page": page} for key, page in items.items()},
        }
        return f"---\n{frontmatter.dump(meta, ())}---\n"

    text = merge_pages(sidecar(a="1"), sidecar(a="1", b="2"), sidecar(a="3", c="4"), "x.meta.yml", git_lines)
    assert text is not None
    items = frontmatter.load(frontmatter.split(text, "x")[0] or "", "x")["items"]
    assert items == {"a": {"page": "3"}, "b": {"page": "2"}, "c": {"page": "4"}}
