from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import storage
from generator.errors import ProblemError, RawError, StorageError, UsageError
from generator.storage import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "content/raw/plo").mkdir(parents=True)
    return Project(tmp_path)


def test_a_file_is_written_only_when_it_differs(project: Project) -> None:
    assert project.write("content/pages/held/x.md", "một")
    before = project.path("content/pages/held/x.md").stat()
    assert not project.write("content/pages/held/x.md", "một")
    after = project.path("content/pages/held/x.md").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
    assert project.write("content/pages/held/x.md", "hai")
    assert project.read_text("content/pages/held/x.md") == "hai"


def test_a_refused_write_leaves_the_old_file_whole(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("a.md", "cũ")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError) as caught:
        project.write("a.md", "mới")
    assert str(caught.value).startswith(
        "a.md: error: could not be written: No space left on device → make room"
    )
    assert project.read_text("a.md") == "cũ"
    assert [path.name for path in project.root.iterdir() if path.name != "content"] == ["a.md"]


def test_moving_never_overwrites(project: Project) -> None:
    project.write("a.md", "a")
    project.write("b.md", "b")
    with pytest.raises(StorageError, match="stands there already"):
        project.move("a.md", "b.md", "a")
    project.move("a.md", "c/d.md", "a mới")
    assert not project.exists("a.md")
    assert project.read_text("c/d.md") == "a mới"


def test_raw_files_are_listed_in_order_without_sidecars(project: Project) -> None:
    for name in ("b.txt", "a.html", "a.html.meta.yml", ".hidden"):
        project.path(f"content/raw/plo/{name}").write_text("x")
    assert list(project.raw_files()) == ["content/raw/plo/a.html", "content/raw/plo/b.txt"]
    assert list(project.raw_files(("content/raw/plo/b.txt",))) == ["content/raw/plo/b.txt"]
    with pytest.raises(UsageError, match="no such file"):
        list(project.raw_files(("content/raw/none",)))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (os.mkfifo, "is not a regular file"),
        (lambda path: path.symlink_to("/etc/hostname"), "is a symbolic link"),
        (lambda path: path.mkdir(), "is not a regular file"),
        (lambda path: os.truncate(_touch(path), storage.MAX_RAW + 1), "bytes; 10,485,760 are the most"),
        (lambda path: None, "cannot be read: No such file"),
    ],
)
def test_what_is_no_article_is_refused_before_it_is_opened(project: Project, make, message: str) -> None:  # type: ignore[no-untyped-def]
    make(project.path("content/raw/plo/x.txt"))
    with pytest.raises(RawError, match=message):
        project.read_raw("content/raw/plo/x.txt")


def _touch(path: Path) -> Path:
    path.touch()
    return path


def test_text_that_is_not_utf8_is_told_with_its_line(project: Project) -> None:
    project.path("x.md").write_bytes(b"one\ntwo \xff")
    with pytest.raises(RawError, match=r"x.md:2: error: not UTF-8 \(byte 8\)"):
        project.read_text("x.md")


def test_a_path_outside_is_refused(project: Project, tmp_path: Path) -> None:
    assert project.relative(tmp_path / "content" / "raw" / "x.txt") == "content/raw/x.txt"
    with pytest.raises(UsageError, match="not inside"):
        project.relative(tmp_path / ".." / "x.txt")


def test_only_one_run_at_a_time(project: Project) -> None:
    order: list[str] = []
    entered = threading.Event()

    def second() -> None:
        entered.wait()
        with project.lock():
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with project.lock():
        entered.set()
        thread.join(0.3)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_a_folder_takes_another_s_place(tmp_path: Path) -> None:
    old = tmp_path / "site"
    old.mkdir()
    (old / "stale.html").touch()
    new = storage.make_folder_beside(old)
    (new / "index.html").write_text("x")
    storage.swap_folder(new, old)
    assert [path.name for path in old.iterdir()] == ["index.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_articles_are_read_and_a_broken_page_costs_only_itself(project: Project) -> None:
    from zoneinfo import ZoneInfo

    project.write(
        "content/pages/articles/2026/11/a.md", '---\ntitle: "A"\ndate: 2026-11-01\n---\n\nThân bài.\n'
    )
    project.write("content/pages/articles/2026/11/b.md", "---\ntitle: A: b\n---\n")
    project.write("content/pages/held/c.md", "---\ntitle: 5\n---\n")
    articles, problems = project.read_articles(ZoneInfo("Asia/Ho_Chi_Minh"))
    assert [article.page for article in articles] == ["articles/2026/11/a.md", "held/c.md"]
    assert articles[0].body == "\nThân bài.\n"
    assert [str(problem) for problem in problems] == [
        "content/pages/articles/2026/11/b.md:2: error: the front matter is not YAML: mapping values are not "
        'allowed in this context → put text that has a colon or a quote into "…"; look at the line above, too',
        'content/pages/held/c.md:2: error: `title` must be text (found: 5) → put it into quotes: "5"',
    ]


OUTSIDE = ["../x.md", "content/../../x.md", "/etc/hostname", "content/pages/..", "..", "content/\0/x.md"]


def refusals(project: Project, path: str) -> Iterator[pytest.ExceptionInfo[ProblemError]]:
    project.write("a.md", "a")
    for act in (
        lambda: project.write(path, "x"),
        lambda: project.move("a.md", path, "x"),
        lambda: project.move(path, "content/pages/b.md", "x"),
        lambda: project.move(path, path, "x"),
    ):
        with pytest.raises(StorageError) as caught:
            act()
        yield caught
    for read in (project.read_text, project.read_page, project.read_raw):
        with pytest.raises(RawError) as caught:
            read(path)
        yield caught
    with pytest.raises(UsageError, match="is not content; it stays"):
        project.remove(path)
    assert not project.exists(path)
    assert not project.owns(path)
    assert project.read_text("a.md") == "a"


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_is_read_or_written_outside(tmp_path: Path, path: str) -> None:
    project = Project(tmp_path / "project")
    project.write("content/pages/x.md", "x")
    assert project.exists("content/pages/x.md")
    (tmp_path / "x.md").write_text("của người khác", encoding="utf-8")
    for caught in refusals(project, path):
        assert caught.value.problem.message == "leads out of the project's folder"
    assert (tmp_path / "x.md").read_text(encoding="utf-8") == "của người khác"


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("link", ["content/pages/articles/2027", "content/pages/articles", "content"])
def test_nothing_is_read_or_written_behind_a_link(tmp_path: Path, link: str, inside: bool) -> None:
    project = Project(tmp_path / "project")
    target = tmp_path / ("project/kho" if inside else "kho")
    path = "content/pages/articles/2027/02/x.md"
    behind = target / path.removeprefix(f"{link}/")
    behind.parent.mkdir(parents=True)
    behind.write_text("của người khác", encoding="utf-8")
    project.path(link).parent.mkdir(parents=True, exist_ok=True)
    project.path(link).symlink_to(target)
    for caught in refusals(project, path):
        assert caught.value.problem.message == f"lies behind {link}, a symbolic link"
    assert [file for file in target.rglob("*") if file.is_file()] == [behind]
    assert behind.read_text(encoding="utf-8") == "của người khác"


def test_a_link_itself_is_replaced_or_taken_away(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "khac.md"
    other.write_text("của người khác", encoding="utf-8")
    for act in (
        lambda: project.write("content/pages/x.md", "mới"),
        lambda: project.remove("content/pages/x.md"),
    ):
        project.path("content/pages").mkdir(exist_ok=True)
        project.path("content/pages/x.md").unlink(missing_ok=True)
        project.path("content/pages/x.md").symlink_to(other)
        assert act()
        assert not project.path("content/pages/x.md").is_symlink()
        assert other.read_text(encoding="utf-8") == "của người khác"


@pytest.mark.parametrize("path", ["content/raw", "content/raw/.", "content/raw/", "a.md", "content/pages/./"])
def test_only_what_lies_in_the_content_is_taken_away(project: Project, path: str) -> None:
    project.write("content/pages/x.md", "x")
    project.write("a.md", "a")
    with pytest.raises(UsageError, match="is not content; it stays"):
        project.remove(path)
    assert project.exists("content/pages/x.md") and project.exists("a.md")
    assert project.remove("content/pages/x.md") and not project.remove("content/pages/x.md")


def test_a_file_name_that_is_no_text_can_be_told(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    storage.append_text(summary, os.fsdecode(b"content/raw/t\xea.txt\n"))
    storage.append_text(summary, "tờ báo\n")
    assert summary.read_bytes() == "content/raw/t\\udcea.txt\ntờ báo\n".encode()
