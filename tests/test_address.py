"""Addresses: their date by a source's own pattern or by the general guess, and the page's own address inside another's."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.extract.address import date_clues, parse_address, unwrap_address
from generator.models import ClueKind
from generator.settings.address_date import PLACEHOLDERS, read_address_template

# template, address, the days found (with their minute where there is one)
TABLE = [
    ("185{YY}{MM}{DD}{hh}{mm}{ss}", "/phong-kham-moi-185250522221500123.htm", ["2025-05-22 22:15"]),
    ("185{YY}{MM}{DD}{hh}{mm}{ss}", "/phong-kham-moi-185250522221500.htm", ["2025-05-22 22:15"]),
    ("185{YY}{MM}{DD}{hh}{mm}{ss}", "/phong-kham-moi-1185250522221500.htm", []),
    ("185{YY}{MM}{DD}{hh}{mm}{ss}", "/phong-kham-moi-100250522221500123.htm", []),
    ("185{YY}{MM}{DD}{hh}{mm}{ss}", "/phong-kham-moi-185251322221500123.htm", []),
    ("185{YY}{MM}{DD}{hh}{mm}{ss}", "/phong-kham-moi-185250230221500123.htm", []),
    ("185{YY}{MM}{DD}{hh}{mm}{ss}", "/phong-kham-moi-185250522251500123.htm", []),
    ("{YYYY}{MM}{DD}{hh}{mm}{ss}", "/ba-cay-cau-20241105073015321.htm", ["2024-11-05 07:30"]),
    ("{YYYY}{MM}{DD}{hh}{mm}{ss}", "/ba-cay-cau-120241105073015.htm", []),
    ("{YYYY}{MM}{DD}{hh}{mm}{ss}", "/ba-cay-cau-19410105073015.htm", []),
    ("/{YYYY}/{MM}/{DD}/", "/2025/05/22/cau-moi", ["2025-05-22"]),
    ("/{YYYY}/{MM}/{DD}/", "/2025/5/22/cau-moi", []),
    ("/{YYYY}/{M}/{D}/", "/2025/5/2/cau-moi", ["2025-05-02"]),
    ("/{YYYY}/{Mon}/{D}/", "/world/2025/may/2/new-bridge", ["2025-05-02"]),
    ("/{YYYY}/{Mon}/{DD}/", "/world/2025/August/02/new-bridge", ["2025-08-02"]),
    ("/{YYYY}/{Mon}/{DD}/", "/world/2025/mai/02/new-bridge", []),
    ("-d{YYYY}{MM}{DD}{id}.htm", "/cau-moi-d20250522001.HTM", ["2025-05-22"]),
    ("{YYYY}{MM}{DD}", "/cau-moi-20250522001.htm", []),
    ("{YYYY}-{MM}-{DD}", "/2025-05-22-cau-moi-2025-05-23", ["2025-05-22", "2025-05-23"]),
    ("n{YYYY}{MM}{DD}", "/bản-20250522", []),
    ("?date={YYYY}{MM}{DD}", "/x?date=20250522", ["2025-05-22"]),
    ("{YYYY}{MM}{DD}", "/x?utm=20250522", []),
]


@pytest.mark.parametrize(("template", "path", "wanted"), TABLE)
def test_a_source_s_pattern(template: str, path: str, wanted: list[str]) -> None:
    clues = list(date_clues(f"https://baovidu.example{path}", [template], "vd"))
    assert [clue.words for clue in clues] == wanted
    assert {(clue.kind, clue.how) for clue in clues} <= {(ClueKind.ADDRESS, "address pattern of vd")}


def test_the_general_guess_is_for_sources_without_a_pattern() -> None:
    url = "https://baovidu.example/ky-niem-ngay-2025/01/02/tin-185250522221500123.htm"
    assert [clue.words for clue in date_clues(url)] == ["2025-05-22 22:15"]
    assert list(date_clues(url, ["-d{YYYY}{MM}{DD}.htm"], "vd")) == []
    (own,) = date_clues(url, ["-ngay-{YYYY}/{MM}/{DD}/"], "vd")
    assert own.words == "2025-01-02"
    guess = next(date_clues("https://baovidu.example/2025/05/22/cau-moi"))
    (told,) = date_clues("https://baovidu.example/2025/05/22/cau-moi", ["/{YYYY}/{MM}/{DD}/"], "vd")
    assert told.confidence > guess.confidence


def test_patterns_of_several_years_stand_side_by_side() -> None:
    templates = ["{YYYY}{MM}{DD}{hh}{mm}{ss}", "100{YY}{MM}{DD}{hh}{mm}{ss}", "/{YYYY}/{MM}/{DD}/"]
    for path in (
        "/a-20241105073015321.htm",
        "/a-100241105073015321.htm",
        "/2024/11/05/a-100241105073015321.htm",
    ):
        (clue,) = date_clues(f"https://baovidu.example{path}", templates, "vd")
        assert clue.words == "2024-11-05 07:30", "one day is told once, with its minute"


_PARTS = st.permutations(["{YYYY}", "{MM}", "{DD}"])


@given(
    day=st.dates(dt.date(1995, 1, 1), dt.date(2099, 12, 31)),
    parts=_PARTS,
    joint=st.sampled_from(["/", "-", "_", ""]),
)
def test_a_day_written_by_a_template_is_found_by_it(day: dt.date, parts: list[str], joint: str) -> None:
    template = f"/x{joint or '-'}{joint.join(parts)}.htm"
    written = (
        template.replace("{YYYY}", f"{day:%Y}").replace("{MM}", f"{day:%m}").replace("{DD}", f"{day:%d}")
    )
    assert [found.day for found in read_address_template(template).find(f"/tin{written}", "")] == [day]


@given(st.text(alphabet="{}YMDhmsid/-a1 ", max_size=40), st.text(max_size=80))
def test_any_template_is_understood_or_refused_with_words(template: str, path: str) -> None:
    try:
        found = list(read_address_template(template).find(path, path))
    except ValueError as error:
        message = str(error)
    else:
        message = "understood"
        assert all(1995 <= one.day.year <= 2100 for one in found)
    assert message


def test_every_placeholder_finds_its_part() -> None:
    template = "/{YYYY}{MM}{DD}/{hh}{mm}{ss}-{id}/x"
    (found,) = read_address_template(template).find("/20250522/221507-99/x", "")
    assert (found.day, found.time) == (dt.date(2025, 5, 22), (22, 15))
    assert set(PLACEHOLDERS) == {"YYYY", "YY", "MM", "M", "Mon", "DD", "D", "hh", "mm", "ss", "id"}


def test_a_hostile_address_is_read_in_time() -> None:
    templates = [
        "{id}-{YYYY}{MM}{DD}{id}",
        "/{YYYY}/{M}/{D}/",
        "{YYYY}{MM}{DD}{hh}{mm}{ss}",
        "a{id}b{YYYY}{MM}{DD}",
    ]
    start = time.process_time()
    for path in ("1" * 300_000, "-20250522" * 30_000, "/2025/1/" * 40_000, "a1" * 150_000):
        list(date_clues(f"https://baovidu.example/{path}", templates, "vd"))
        parse_address(f"https://baovidu.example/{path}")
    assert time.process_time() - start < 1.5


WRAPPED = [
    ("https://web.archive.org/web/20250601120000/https://baovidu.example/x", "https://baovidu.example/x", "20250601"),
    ("http://web.archive.org/web/20250601120000if_/http://baovidu.example/x", "http://baovidu.example/x", "20250601"),
    ("https://web.archive.org/web/2025/https://baovidu.example/x", "https://baovidu.example/x", ""),
    ("https://web.archive.org/web/2025*/https://baovidu.example/x", "https://baovidu.example/x", ""),
    ("https://archive.ph/20250601120000/https://baovidu.example/x", "https://baovidu.example/x", "20250601"),
    ("https://baovidu-example.cdn.ampproject.org/c/s/baovidu.example/x", "https://baovidu.example/x", ""),
    ("https://baovidu-example.cdn.ampproject.org/v/baovidu.example/x", "http://baovidu.example/x", ""),
    ("https://www.google.com/amp/s/amp.baovidu.example/x", "https://amp.baovidu.example/x", ""),
    ("https://webcache.googleusercontent.com/search?q=cache:abcdefghijkl:https://baovidu.example/x+&cd=1",
     "https://baovidu.example/x", ""),
    ("https://webcache.googleusercontent.com/search?hl=vi&q=cache%3Abaovidu.example/x", "https://baovidu.example/x", ""),
    ("https://bao--vi-du-example.translate.goog/x?_x_tr_sl=vi", "https://bao-vi.du.example/x?_x_tr_sl=vi", ""),
    ("https://baovidu.example/web/20250601/https://la.example/x", "https://baovidu.example/web/20250601/https://la.example/x", ""),
]  # fmt: skip


@pytest.mark.parametrize(("address", "own", "day"), WRAPPED)
def test_the_page_s_own_address_in_another_s(address: str, own: str, day: str) -> None:
    assert unwrap_address(address) == (own, day)


@pytest.mark.parametrize(
    "address",
    [
        "https://archive.ph/AbCdE",
        "https://web.archive.org/save",
        "https://t.co/AbCdE",
        "https://news.google.com/articles/x",
    ],
)
def test_who_passes_pages_on_publishes_none_of_them(address: str) -> None:
    assert parse_address(address).domain == ""


def test_the_day_of_an_archive_is_a_clock_beside_the_page_s_own_date() -> None:
    url = "https://web.archive.org/web/20250601120000/https://baovidu.example/2025/05/22/cau-moi"
    clock, day = date_clues(url, ["/{YYYY}/{MM}/{DD}/"], "vd")
    assert (clock.kind, clock.words) == (ClueKind.CLOCK, "20250601")
    assert (day.kind, day.words) == (ClueKind.ADDRESS, "2025-05-22")
