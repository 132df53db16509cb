"""What may lie in the docs folder, and what an editor's words for an article mean."""

from __future__ import annotations

import pytest

from generator.docs_folder import ArticleNames, refuse_suffix

NAMES = ArticleNames(
    frozenset(
        [
            "articles/2026/11/cau-moi.md",
            "articles/2026/11/gieng.md",
            "articles/2025/03/gieng.md",
            "articles/la.md",
            "articles/2026/11/Bài một.md",
            "articles/2026/11/anh.png",
            "held/cho.md",
            "cau-moi/index.md",
            "gioi-thieu.md",
            "editions/2026-w47.md",
        ]
    ),
    {"2026/10/cau-cu/": "articles/2026/11/cau-moi.md", "cu/": "held/cho.md"},
)


@pytest.mark.parametrize(
    ("words", "files"),
    [
        ("2026/11/cau-moi", ["articles/2026/11/cau-moi.md"]),
        (" /2026/11/cau-moi/ ", ["articles/2026/11/cau-moi.md"]),
        ("2026/11/cau-moi.md", ["articles/2026/11/cau-moi.md"]),
        ("articles/2026/11/cau-moi.md", ["articles/2026/11/cau-moi.md"]),
        ("articles/2026/11/cau-moi", ["articles/2026/11/cau-moi.md"]),
        ("/content/pages/articles/2026/11/cau-moi.md", ["articles/2026/11/cau-moi.md"]),
        ("cau-moi", ["articles/2026/11/cau-moi.md"]),
        ("cau-moi.md", ["articles/2026/11/cau-moi.md"]),
        ("2026/11/B%C3%A0i%20m%E1%BB%99t/", ["articles/2026/11/Bài một.md"]),
        ("la", ["articles/la.md"]),
        ("held/cho", ["held/cho.md"]),
        ("content/pages/held/cho.md", ["held/cho.md"]),
        ("cho", ["held/cho.md"]),
        ("gieng", ["articles/2025/03/gieng.md", "articles/2026/11/gieng.md"]),
        ("2025/03/gieng", ["articles/2025/03/gieng.md"]),
        ("2026/10/cau-cu", ["articles/2026/11/cau-moi.md"]),
        ("cu", ["held/cho.md"]),
        ("", []),
        ("/", []),
        ("2026/10/cau-moi", []),
        ("11/cau-moi", []),
        ("gioi-thieu", []),
        ("editions/2026-w47", []),
        ("2026-w47", []),
        ("anh.png", []),
        ("https://thu.example/2026/11/cau-moi/", []),
        ("https://noi-khac.example/2026/11/cau-moi/", []),
    ],
)
def test_what_an_editor_means(words: str, files: list[str]) -> None:
    assert list(NAMES.find(words)) == files


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("content/pages/articles/2026/11/a.markdown", "rename it to a.md"),
        ("held/a.mdown", "rename it to a.md"),
        ("a.b.mkd", "rename it to a.b.md"),
        ("a.mkdn", "rename it to a.md"),
        ("A.MD", "rename it to A.md"),
    ],
)
def test_markdown_under_another_suffix(path: str, hint: str) -> None:
    problem = refuse_suffix(path)
    assert problem is not None
    assert (problem.path, problem.hint, problem.rule) == (path, hint, "page-name")


@pytest.mark.parametrize("path", ["a.md", "a.png", "a", "mkd", ".markdown/x.md", "a.markdown.txt", "CNAME"])
def test_every_other_file_is_no_matter_of_suffixes(path: str) -> None:
    assert refuse_suffix(path) is None
