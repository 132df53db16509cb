"""Markdown written by a person: its headline, its blocks, and what is escaped in it."""

from __future__ import annotations

import time

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.extract.findings import Findings
from generator.extract.markdown import find
from generator.markup import plain, sanitize
from generator.models import BlockKind, Form, RawItem
from generator.settings import Settings
from generator.text import normalize, squeeze


def look(text: str) -> Findings:
    return find(RawItem(raw="content/raw/a.md", form=Form.MARKDOWN, text=normalize(text)), Settings())


def blocks(text: str) -> list[tuple[str, str, str]]:
    return [(block.kind.value, block.text, block.markdown) for block in look(text).body]


@pytest.mark.parametrize(
    ("text", "title", "left"),
    [
        ("# Đội *công binh*\n\nChữ", "Đội công binh", ["Chữ"]),
        ("Đội công binh\n=====\nChữ", "Đội công binh", ["Chữ"]),
        ("Mở đầu\n\n# Đội công binh\n\nChữ", "Đội công binh", ["Mở đầu", "Chữ"]),
        ("Mở đầu\n\n# Một\n\nChữ\n\n# Hai", None, ["Mở đầu", "Một", "Chữ", "Hai"]),
        ("Không có đề mục", None, ["Không có đề mục"]),
        ("```\n# không phải đề mục\n```", None, ["# không phải đề mục"]),
    ],
)
def test_the_first_heading_is_the_title(text: str, title: str | None, left: list[str]) -> None:
    found = look(text)
    assert [one.value for one in found.titles] == ([title] if title else [])
    assert [block.text for block in found.body] == left


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\nb\n\nc", [("paragraph", "a b", "a\nb"), ("paragraph", "c", "c")]),
        ("- a\n    - b\n\n- c\nd\n\ne", [("list", "a\nb\nc\nd", "- a\n    - b\n\n- c\nd"), ("paragraph", "e", "e")]),
        ("> a\nb\n>\n> c", [("quote", "a\nb\nc", "> a\nb\n>\n> c")]),
        ("| A | B |\n|---|:-:|\n| 1 | 2 |\n\nx", [("table", "A | B\n1 | 2", "| A | B |\n|---|:-:|\n| 1 | 2 |"), ("paragraph", "x", "x")]),
        ("~~~py\nx = '<b>'\n\ny\n~~~\nz", [("code", "x = '<b>'\n\ny", "```py\nx = '<b>'\n\ny\n```"), ("paragraph", "z", "z")]),
        ("    x = 1\n\n    y", [("code", "x = 1\n\ny", "```\nx = 1\n\ny\n```")]),
        ("a\n\n---\n\n* * *\n\nb", [("paragraph", "a", "a"), ("paragraph", "b", "b")]),
        ("## Hai ##\nchữ", [("heading", "Hai", "## Hai"), ("paragraph", "chữ", "chữ")]),
        ("Một\n---\nchữ", [("heading", "Một", "## Một"), ("paragraph", "chữ", "chữ")]),
        ("[một][a] và [hai]\n\n[a]: https://a.example/x \"T\"\n[hai]: <https://b.example>",
         [("paragraph", "một và hai", "[một](https://a.example/x) và [hai](https://b.example)")]),
        ("![Đội làm đường. Ảnh: Lê Hoa](a.jpg)", [("caption", "Đội làm đường.", "Đội làm đường.")]),
        ("chữ ![](a.jpg) và", [("paragraph", "chữ và", "chữ ![](a.jpg) và")]),
        ("a <b onclick=x>b</b> <!-- c --> `<i>` <https://a.example>",
         [("paragraph", "a <b onclick=x>b</b> <!-- c --> <i> https://a.example", "a &lt;b onclick=x>b&lt;/b> &lt;!-- c --> `<i>` <https://a.example>")]),
        ("--8<-- \"bi-mat.md\"", [("paragraph", '--8<-- "bi-mat.md"', '--8&lt;-- "bi-mat.md"')]),
        ('!!! note "Lưu ý"\n    chữ\n\nsau', [("paragraph", "Lưu ý chữ", '!!! note "Lưu ý"\n    chữ'), ("paragraph", "sau", "sau")]),
    ],
)  # fmt: skip
def test_blocks_keep_their_markdown(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert blocks(text) == wanted


def test_credits_of_pictures() -> None:
    caption = look("![Đội làm đường. Ảnh: Lê Hoa](a.jpg)").body[0]
    assert (caption.kind, caption.credit) == (BlockKind.CAPTION, "Lê Hoa")


MARKS = st.lists(
    st.one_of(
        st.sampled_from(["# ", "## ", "- ", "1. ", "> ", "\n", "\n\n", "    ", "```", "~~~", "| a | b |\n|---|---|\n", "---\n", "===\n", "[a]: b\n", "[a]",
                         "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "--8<-- \"x\"", "`", "*", "![a](b)", "!!! a\n"]),
        st.text("ab cđ\t", max_size=5),
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(MARKS)
def test_nothing_written_is_lost_or_runs(text: str) -> None:
    body = look(text).body
    made = sanitize(
        markdown.markdown("\n\n".join(block.markdown for block in body), extensions=["tables", "fenced_code"])
    )
    assert (
        "<script" not in made
        and "onerror=" not in made.replace("onerror=alert(1)&gt;", "")
        and 'href="javascript' not in made
    )
    for block in body:
        assert block.text.strip() or block.credit
    letters = [char for char in squeeze(plain(made)) if char == "đ"]
    written = [block.text for block in body if block.kind is not BlockKind.CAPTION]
    assert len(letters) >= sum(words.count("đ") for words in written)


@pytest.mark.parametrize(
    "piece", ["- ", "> ", "`", "[", "# ", "|", "    ", "* ", "<", "![", "\n", "-", "| a |\n|---|\n"]
)
def test_hostile_lengths_cost_little(piece: str) -> None:
    start = time.perf_counter()
    look(piece * 20_000)
    look("# " + piece * 20_000 + "x")
    assert time.perf_counter() - start < 4
