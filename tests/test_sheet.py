"""The page for a terminal: its width holds, no letter is lost, nothing commands the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sheet import LEAST_WIDTH, Sheet, columns, wrap


@pytest.mark.parametrize(
    ("text", "count"), [("Việt Nam", 8), ("联合国", 6), ("e\u0301", 1), ("", 0), ("ｗｅ", 4)]
)
def test_columns_of_a_terminal(text: str, count: int) -> None:
    assert columns(text) == count


def test_a_label_its_value_and_what_is_said_of_it() -> None:
    sheet = Sheet(44)
    sheet.title("Bài")
    sheet.heading("Trường")
    sheet.entry(
        "title",
        "Cầu mới ở phái bộ đã thông xe sau ba tuần",
        ["lời kể của người lính gác ở đầu cầu phía đông làng"],
        ["!"],
    )
    assert str(sheet).splitlines() == [
        "Bài",
        "",
        "Trường",
        "  title     Cầu mới ở phái bộ đã thông xe",
        "            sau ba tuần",
        "            !",
        "            lời kể của người lính gác ở đầu",
        "              cầu phía đông làng",
    ]


def test_an_address_stands_whole_on_its_own_line_where_it_fits() -> None:
    sheet = Sheet(60)
    address = "https://bao-vi-du.example/mot/dia-chi-dai-qua-mot-cot"
    sheet.entry("url", address)
    assert str(sheet).splitlines() == ["  url", f"    {address}"]


def test_a_longer_one_is_broken_behind_a_mark() -> None:
    sheet = Sheet(50)
    sheet.entry("url", "https://bao-vi-du.example/" + "mot-dia-chi/" * 6)
    lines = str(sheet).splitlines()
    assert max(map(len, lines)) <= 50
    assert all(line.endswith(("-", "/")) for line in lines)


@given(st.text(), st.integers(1, 60))
def test_wrapping_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    wide = max((columns(char) for line in lines for char in line), default=0)
    assert all(columns(line) <= max(width, wide) for line in lines)
    sheet = Sheet(width)
    sheet.entry("nhãn", text, [text], [text])
    assert max(map(columns, str(sheet).splitlines()), default=0) <= max(width, LEAST_WIDTH)


@given(
    st.lists(st.sampled_from(["Việt", "Nam", "ở", "Xu-đăng,", "联合国", "x" * 70]), max_size=30),
    st.integers(4, 60),
)
def test_syllables_stay_whole_and_in_order(words: list[str], width: int) -> None:
    lines = wrap(" ".join(words), width)
    assert "".join("".join(lines).split()) == "".join(words)
    for word in ("Việt", "Nam", "ở"):
        assert sum(line.split().count(word) for line in lines) == words.count(word)
