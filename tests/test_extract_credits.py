"""Lines that name who wrote: the forms that papers use, each with the names and the publisher it gives."""

from __future__ import annotations

import pytest

from generator.extract.byline import byline_of, pen_name_of

# Each line with the names and the publisher that it gives.
LINES: list[tuple[str, tuple[str, ...], str]] = [
    ("BT", ("BT",), ""),
    ("N.V.A", ("N.V.A",), ""),
    ("Tr.Thiện - N.Thạch", ("Tr.Thiện", "N.Thạch"), ""),
    ("A.PHƯỚC - X.NGỌC - M.TRÂN", ("A.PHƯỚC", "X.NGỌC", "M.TRÂN"), ""),
    ("HOÀNG MẪU", ("HOÀNG MẪU",), ""),
    ("Hồ Phương - Tường Mẫu", ("Hồ Phương", "Tường Mẫu"), ""),
    ("Hoài An, Lê Mẫu và Minh Hà", ("Hoài An", "Lê Mẫu", "Minh Hà"), ""),
    ("Tân Trường |", ("Tân Trường",), ""),
    ("Tổng hợp", (), ""),
    ("Ban Biên tập", (), ""),
    ("Ban Thời sự", (), ""),
    ("Nhóm phóng viên thời sự", (), ""),
    ("Theo Trung Kiên/TTXVN", ("Trung Kiên",), "TTXVN"),
    ("Theo Trung Kiên", ("Trung Kiên",), ""),
    ("Theo Hoài An - Lê Mẫu (Báo Mẫu)", ("Hoài An", "Lê Mẫu"), "Báo Mẫu"),
    ("Theo Thanh Niên", (), "Thanh Niên"),
    ("Theo An Ninh Thủ Đô", (), "An Ninh Thủ Đô"),
    ("Theo báo Tin Mẫu", (), "báo Tin Mẫu"),
    ("(Theo TTXVN)", (), "TTXVN"),
    ("(TTM/Tin Mẫu)", (), "TTM"),
    ("-VNA", (), "VNA"),
    ("– VNA/VI", (), "VNA"),
    ("Nguồn TTXVN", (), "TTXVN"),
    ("Nguồn: https://baovidu.example/tin", (), "https://baovidu.example/tin"),
    ("Bài: Hoài An - Ảnh: Lê Mẫu", ("Hoài An",), ""),
    ("Bài và ảnh: HOÀI AN – LÊ MẪU", ("HOÀI AN", "LÊ MẪU"), ""),
    ("Thực hiện: Hoài An - Đồ họa: Lê Mẫu", ("Hoài An",), ""),
    ("Hoài An thực hiện", ("Hoài An",), ""),
    ("Hoài An (tổng hợp)", ("Hoài An",), ""),
    ("Nguyễn Mẫu (theo Reuters)", ("Nguyễn Mẫu",), "Reuters"),
    ("Nguyễn Mẫu (Phóng viên TTXVN tại New York)", ("Nguyễn Mẫu",), "TTXVN"),
    ("Nguyễn Mẫu (Hà Nội)", ("Nguyễn Mẫu",), ""),
    ("Đại úy Nguyễn Mẫu", ("Nguyễn Mẫu",), ""),
    ("Thiếu tá, ThS Nguyễn Mẫu", ("Nguyễn Mẫu",), ""),
    ("Đinh Tiến Mẫu, Sở Thông tin và Truyền thông", ("Đinh Tiến Mẫu",), ""),
    ("Lê Hoài An - Đài PTTH Sông Mẫu", ("Lê Hoài An",), ""),
    ("CTV Hoài An", ("Hoài An",), ""),
    ("Ellen Marsh in Geneva", ("Ellen Marsh",), ""),
    ("By JANE DOE, Staff Writer", ("JANE DOE",), ""),
    ("By Jane Doe, jane@example.org", ("Jane Doe",), ""),
    ("Jane Doe @janedoe", ("Jane Doe",), ""),
    ("Story by Jane Doe; photos by John Roe", ("Jane Doe",), ""),
    ("Translated by Minh Anh", ("Minh Anh",), ""),
    ("François Lefèvre", ("François Lefèvre",), ""),
    ("K'Nhim Byă", ("K'Nhim Byă",), ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "names", "source"), LINES, ids=[line for line, _, _ in LINES])
def test_a_credit_line(line: str, names: tuple[str, ...], source: str) -> None:
    byline = byline_of(line)
    assert byline is not None
    assert (byline.names, byline.source) == (names, source)


@pytest.mark.parametrize(
    "line",
    ["TIN LIÊN QUAN", "TIN MỚI", "Hà Nội", "Lâm Đồng", "Bộ trưởng Tô Mẫu", "Theo Bộ trưởng Tô Mẫu", "Theo dõi Báo Mẫu trên Google News",
     "Reuters Staff", "Associated Press", "Ảnh: Hoài An", "@janedoe", "jane@example.org", "Minh bạch thông tin",
     "Jane Doe is a reporter based in Geneva"],
)  # fmt: skip
def test_a_line_that_names_no_writer(line: str) -> None:
    byline = byline_of(line)
    assert byline is None or not (byline.names or byline.source)


@pytest.mark.parametrize(
    ("word", "is_name"), [("Hoài", True), ("PHƯƠNG", True), ("Bão", False), ("Hết", False), ("hoài", False)]
)
def test_a_pen_name_of_one_word(word: str, *, is_name: bool) -> None:
    assert (pen_name_of(word) is not None) is is_name
