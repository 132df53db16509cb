from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà bình", "hòa bình"),
        ("Uỷ ban", "Ủy ban"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("HOÀ", "hòa"),
        (unicodedata.normalize("NFD", "gìn giữ hoà bình"), "gìn giữ hòa bình"),
    ],
)
def test_spellings_that_are_the_same_words(one: str, other: str) -> None:
    assert text.match_key(one) == text.match_key(other)


@pytest.mark.parametrize(("one", "other"), [("hoàn", "hòan"), ("ma", "má"), ("quy", "quý")])
def test_spellings_that_are_not(one: str, other: str) -> None:
    assert text.match_key(one) != text.match_key(other)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_folding_keeps_every_place(value: str) -> None:
    normal = unicodedata.normalize("NFC", value)
    assert len(text.fold_tone_place(normal)) == len(normal)


def test_normalize_leaves_nothing_that_hides() -> None:
    hostile = "a\u200bb\u202ec\ufeffd\u0000e\u00adf\r\ng\u00a0h\ud800"
    assert text.normalize(hostile) == "abcdef\ng h"


@given(st.text())
def test_normalize_twice_is_once(value: str) -> None:
    once = text.normalize(value)
    assert text.normalize(once) == once


def test_order_of_a_vietnamese_dictionary() -> None:
    ordered = ["Abyei", "án", "ăn", "ấn", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Cộng hòa", "Da", "Đa", "Hà Nội",
               "Hải", "ô", "ơ", "Tây", "tư", "Úc", "ư"]  # fmt: skip
    assert sorted(random.Random(1).sample(ordered, len(ordered)), key=text.sort_key) == ordered


@pytest.mark.parametrize(
    ("label", "letter"),
    [("Đắk Lắk", "Đ"), ("ấn Độ", "Â"), ("UNMISS", "U"), ("Ước", "Ư"), ("2025", "#"), ("", "#"), ("Ö", "#")],
)
def test_letter_of_the_index(label: str, letter: str) -> None:
    assert text.first_letter(label) == letter


@pytest.mark.parametrize(
    ("value", "limit", "expected"),
    [
        ("Một hai ba. Bốn năm sáu.", 6, "Một hai ba. Bốn năm sáu."),
        ("Một hai ba. Bốn năm sáu.", 5, "Một hai ba."),
        ("Một hai ba bốn năm", 3, "Một hai ba…"),
        ("Một, hai, ba", 2, "Một, hai…"),
        ("Ông nói: “Được.” Rồi đi.", 3, "Ông nói: “Được.”"),
        ("Một hai", 0, ""),
    ],
)
def test_cutting_at_a_sentence(value: str, limit: int, expected: str) -> None:
    assert text.cut_words(value, limit) == expected


@given(st.text(alphabet="ab .,!?…\n”"), st.integers(0, 20))
def test_a_cut_text_keeps_to_its_limit(value: str, limit: int) -> None:
    cut = text.cut_words(value, limit)
    assert text.count_words(cut) <= max(limit, 0) or cut == value
