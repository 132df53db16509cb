"""Which files a saved page calls its own, and which folder is a page's and no place for raw articles."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.page_folders import PageFolder
from generator.saved_pages import candidates_of, local_name, shown_files, stems_of
from generator.storage import Project

FOLDERS = (
    "bai_files",
    "bai-Dateien",
    "bai_archivos",
    "bai_tệp tin",
    "bai.files",
    "bai-filer",
    "bai_ファイル",
    "bai のファイル",
)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("./bai_files/a.jpg", "bai_files/a.jpg"),
        ("bai_files/a.jpg", "bai_files/a.jpg"),
        (" ././bai_files/a(1).jpg ", "bai_files/a(1).jpg"),
        ("./B%C3%A0i%20vi%E1%BA%BFt_files/a.jpg", "Bài viết_files/a.jpg"),
        (f"./{unicodedata.normalize('NFD', 'Bài')}_files/a.jpg", "Bài_files/a.jpg"),
        ("./100% vải_files/a.jpg", "100% vải_files/a.jpg"),
        ("./Học C# ở trạm_files/a.jpg#goc", "Học C# ở trạm_files/a.jpg"),
        ("bai_files/anh/a.jpg", "bai_files/anh/a.jpg"),
        ("a.jpg", ""),
        ("https://bao.example/a/b.jpg", ""),
        ("HTTPS://bao.example/a/b.jpg", ""),
        ("//bao.example/a/b.jpg", ""),
        ("/etc/a.jpg", ""),
        ("\\\\server\\a.jpg", ""),
        ("C:\\a\\b.jpg", ""),
        ("c:/a/b.jpg", ""),
        ("file:///etc/a.jpg", ""),
        ("data:image/png;base64,AAAA/BBBB", ""),
        ("javascript:alert(1)/x", ""),
        ("../raw/a.jpg", ""),
        ("bai_files/../../a.jpg", ""),
        ("bai_files/%2e%2e/%2e%2e/a.jpg", ""),
        ("bai_files/%2Fetc%2Fpasswd", ""),
        ("bai_files/.git/config", ""),
        ("bai_files/a%00.jpg", ""),
        ("bai_files//a.jpg", ""),
        ("a/b/c/d/e.jpg", ""),
        ("", ""),
        ("#", ""),
        ("bai_files/" + "a" * 2000, ""),
    ],
)
def test_only_a_file_in_a_folder_beside_the_page_is_its_own(address: str, name: str) -> None:
    assert local_name(address) == name


@given(st.text(max_size=60))
def test_a_name_never_leads_out_of_the_folder(address: str) -> None:
    for found in (local_name(address), local_name(f"./x_files/{address}")):
        if found:
            assert not found.startswith("/")
            assert not {"..", ".", ""} & set(found.split("/"))
            assert (Path("/a/b") / found).is_relative_to("/a/b")


def test_the_largest_of_a_srcset_comes_first() -> None:
    assert candidates_of("a_files/1.jpg 320w, a_files/2.jpg 1280w, a_files/3.jpg 640w") == [
        "a_files/2.jpg", "a_files/3.jpg", "a_files/1.jpg",
    ]  # fmt: skip
    assert candidates_of("a_files/1.jpg, a_files/2.jpg 2x") == ["a_files/2.jpg", "a_files/1.jpg"]


def test_what_a_page_shows_is_told_from_where_it_links() -> None:
    page = """<link rel="stylesheet" href="./b_files/m.css"><img alt="x" src="./b_files/a &amp; b.jpg"><img srcset="b_files/1.jpg 1x,
    b_files/2.jpg 2x"><a href="2025/bai.html">x</a><img src="https://bao.example/b/c.jpg"><video poster='b_files/p.jpg'>"""
    assert shown_files(page) == {
        "b_files/m.css", "b_files/a & b.jpg", "b_files/1.jpg", "b_files/2.jpg", "b_files/p.jpg",
    }  # fmt: skip


def test_a_folder_s_name_says_whose_it_may_be() -> None:
    assert list(stems_of("bai_1-Dateien")) == ["bai", "bai_1"]
    assert list(stems_of("_files")) == []


@pytest.mark.parametrize(
    "page",
    ['<img src="' * 300_000, "<link " * 400_000, '<img src="x_files/' + "a" * 2_000_000, " src=" * 500_000],
    ids=["open", "links", "long", "empty"],
)
def test_a_hostile_page_is_looked_through_in_a_moment(page: str) -> None:
    start = time.perf_counter()
    shown_files(page)
    assert time.perf_counter() - start < 2


# ------------------------------------------------------------------------------------------ on disk


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "content/raw/bao").mkdir(parents=True)
    return Project(tmp_path)


def put(project: Project, name: str, content: str = "x") -> Path:
    path = project.path(f"content/raw/bao/{name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def raw_files(project: Project) -> list[str]:
    return [name.removeprefix("content/raw/bao/") for name in project.raw_files()]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_page_s_folder_holds_no_raw_articles_in_any_language(project: Project, folder: str) -> None:
    put(project, "bai.html", f'<img src="./{folder}/a.jpg">')
    put(project, f"{folder}/a.jpg")
    put(project, f"{folder}/saved_resource.html", "<p>Quảng cáo</p>")
    assert raw_files(project) == ["bai.html"]


def test_a_renamed_pair_and_a_renamed_page_are_known_still(project: Project) -> None:
    put(project, "gon.html", '<img src="./Tên rất dài_files/a.jpg"><img src="./Tên rất dài_files/b.jpg">')
    put(project, "gon_files/a.jpg")
    put(project, "khac.html", '<img src="./Nguyên tên_files/c.jpg">')
    put(project, "Nguyên tên_files/c.jpg")
    put(project, "Nguyên tên_files/khung.html")
    assert raw_files(project) == ["gon.html", "khac.html"]


def test_macos_writes_names_apart(project: Project) -> None:
    folder = unicodedata.normalize("NFD", "Bài_tệp tin")
    page = put(project, unicodedata.normalize("NFD", "Bài.html"), '<img src="./Bài_tệp tin/ảnh.jpg">')
    put(project, f"{folder}/{unicodedata.normalize('NFD', 'ảnh.jpg')}")
    assert [unicodedata.normalize("NFC", name) for name in raw_files(project)] == ["Bài.html"]
    assert PageFolder(page).find("Bài_tệp tin/ảnh.jpg") is not None


@pytest.mark.parametrize(
    ("page", "folder", "inside"),
    [
        ('<a href="bai-2025/a.html">x</a>', "bai-2025", "a.html"),
        ("<p>Bài không có ảnh</p>", "bai_files", "a.html"),
        ('<img src="2025/hinh.jpg">', "2025", "a.txt"),
        ('<img src="./khac_files/hinh.jpg">', "khac_files", "a.txt"),
    ],
    ids=["linked", "silent", "lacking", "without pictures"],
)
def test_a_folder_of_raw_articles_is_never_taken_for_a_page_s(
    project: Project, page: str, folder: str, inside: str
) -> None:
    put(project, "bai.html", page)
    put(project, f"{folder}/{inside}")
    assert raw_files(project) == ["bai.html", f"{folder}/{inside}"]


def test_no_link_is_followed_out_of_the_folder(project: Project, tmp_path: Path) -> None:
    outside = tmp_path / "secret.jpg"
    outside.write_text("x")
    page = put(project, "bai.html")
    put(project, "bai_files/a.jpg")
    project.path("content/raw/bao/bai_files/link.jpg").symlink_to(outside)
    project.path("content/raw/bao/bai_files/folder").symlink_to(tmp_path)
    project.path("content/raw/bao/linked_files").symlink_to(tmp_path)
    folder = PageFolder(page)
    assert folder.find("bai_files/a.jpg") is not None
    for name in (
        "bai_files/link.jpg",
        "bai_files/folder/secret.jpg",
        "linked_files/secret.jpg",
        "bai_files/none.jpg",
    ):
        assert folder.find(name) is None


def test_many_pages_beside_one_folder_cost_little(project: Project) -> None:
    for number in range(400):
        put(project, f"bai-{number}.html", "<p>x</p>" * 2000)
    put(project, "2025/a.txt")
    start = time.perf_counter()
    assert len(raw_files(project)) == 401
    assert time.perf_counter() - start < 1
