"""Names below and in front of a text: agencies, outlets, persons, and words that name nobody."""

from __future__ import annotations

import time

import pytest

from generator.extract.origin import (
    copyright_holder,
    is_labelled,
    is_nobody,
    is_wire,
    may_be_outlet,
    says_taken_over,
)


@pytest.mark.parametrize(
    "name", ["TTXVN", "(Reuters)", "AP", "Afp", "Xinhua", "Tân Hoa Xã", "Thông tấn xã Việt Nam"]
)
def test_agencies(name: str) -> None:
    assert is_wire(name)


@pytest.mark.parametrize("name", ["VOV", "Báo Ví Dụ", "APEC", "Reutersville", "Việt Nam", ""])
def test_what_is_no_agency(name: str) -> None:
    assert not is_wire(name)


@pytest.mark.parametrize(
    "name", ["Facebook", "tổng hợp", "Tổng hợp từ các báo", "Internet", "nvcc", "Mạng xã hội"]
)
def test_words_that_name_nobody(name: str) -> None:
    assert is_nobody(name)


@pytest.mark.parametrize(
    "name", ["Báo Ví Dụ", "Đài Minh Hoạ", "VOV", "vidu.example", "Sample News", "Mẫu+", "VnMau", "Thử/TTXVN"]
)
def test_forms_of_outlets(name: str) -> None:
    assert may_be_outlet(name)


@pytest.mark.parametrize("name", ["Trung Kiên", "Nguyễn Thị Mẫu", "Hà Nội", "Minh"])
def test_forms_that_are_persons_or_places(name: str) -> None:
    assert not may_be_outlet(name)


@pytest.mark.parametrize(
    ("line", "taken"),
    [("Theo Báo Ví Dụ", True), ("(Nguồn: ĐMH)", True), ("Lan Mẫu (theo Reuters)", True), ("Source: VDN", True),
     ("Lan Mẫu (Báo Ví Dụ)", False), ("BVD", False), ("Theodore Mẫu", False)],
)  # fmt: skip
def test_lines_that_say_taken_over(line: str, taken: bool) -> None:
    assert says_taken_over(line) is taken


def test_a_label_makes_any_name_an_outlet_s() -> None:
    assert is_labelled("Nguồn: Chuyện Làng", "Chuyện Làng")
    assert is_labelled("Theo Minh An/Chuyện Làng", "Chuyện Làng")
    assert not is_labelled("Theo Trung Kiên", "Trung Kiên")


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        ("© 2026 Báo Ví Dụ. Giấy phép số 12", "Báo Ví Dụ"),
        ("Copyright © 2020-2026 The Sample Observer. All rights reserved", "The Sample Observer"),
        ("Copyright 2026 by The Sample Observer, all rights reserved", "The Sample Observer"),
        ("Bản quyền thuộc về Tuần báo Lạ. Cấm sao chép", "Tuần báo Lạ"),
        ("© Bản quyền thuộc về: Đài Minh Hoạ", "Đài Minh Hoạ"),
        ("® Ghi rõ nguồn “Báo Ví Dụ” khi phát hành lại", "Báo Ví Dụ"),
        ("Đề nghị ghi rõ nguồn 'ĐMH' khi dẫn lại", "ĐMH"),
        ("© Kho ảnh Lạ", ""),
        ("Luật bản quyền năm 2005 được sửa đổi", ""),
        ("Tất cả các quyền được bảo lưu 2026", ""),
    ],
)
def test_whose_a_page_says_its_texts_are(line: str, holder: str) -> None:
    assert copyright_holder(line) == holder


def test_hostile_lines_cost_no_time() -> None:
    start = time.process_time()
    for piece in (
        "by: ",
        "bản quyền ",
        "© 2026 ",
        "copyright © - ",
        'ghi rõ nguồn "',
        "(c)by:",
        "theo ",
        "nguồn: ",
    ):
        for size in (290, 300_000):
            line = (piece * (size // len(piece) + 1))[:size]
            copyright_holder(line)
            says_taken_over(line)
            may_be_outlet(line)
            is_nobody(line)
    assert time.process_time() - start < 2
