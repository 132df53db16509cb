"""The language tables: complete, and dates as readers write them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.words import words_of
from generator.words.en import EN
from generator.words.vi import VI

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def test_tables_say_the_same_things() -> None:
    vietnamese = set(VI.phrases)
    english = {key for key in EN.phrases if not key.endswith(".one")}
    assert vietnamese == english


@pytest.mark.parametrize("key", sorted(VI.phrases))
def test_phrases_have_the_same_places(key: str) -> None:
    assert VI.phrases[key].count("{}") == EN.phrases[key].count("{}")


def test_every_phrase_of_the_templates_is_in_the_table(root: Path) -> None:
    used: set[str] = set()
    for template in (root / "theme").rglob("*.html"):
        used |= set(re.findall(r'\bw\(\s*["\']([^"\']+)["\']\s*[,)]', template.read_text(encoding="utf-8")))
    assert len(used) > 30
    assert used <= set(VI.phrases)


def test_unknown_phrase_is_an_error() -> None:
    with pytest.raises(KeyError):
        VI("no.such.phrase")


def test_dates_in_vietnamese() -> None:
    day = dt.date(2026, 11, 20)
    assert VI.write_long(day, ZONE) == "Thứ Sáu, 20 tháng 11 năm 2026"
    assert VI.write_weekday(day, ZONE) == "Thứ Sáu, 20/11/2026"
    assert VI.write_short(dt.date(2026, 3, 5), ZONE) == "05/03/2026"
    assert VI.write_day(day, ZONE) == "20/11"
    assert VI.write_month(2026, 11) == "Tháng 11 năm 2026"
    assert VI.write_long(dt.date(2026, 11, 22), ZONE).startswith("Chủ Nhật")


def test_moments_are_written_in_the_digests_zone() -> None:
    moment = dt.datetime(2026, 11, 20, 23, 10, tzinfo=dt.UTC)
    assert VI.write_short(moment, ZONE) == "21/11/2026"
    assert VI.write_time(moment, ZONE) == "6:10"
    assert VI.write_time(dt.date(2026, 11, 20), ZONE) == ""


def test_numbers_and_counts() -> None:
    assert VI("count.articles", 1204) == "1.204 tin"
    assert EN("count.articles", 1204) == "1,204 articles"
    assert EN("count.articles", 1) == "1 article"
    assert EN.write_long(dt.date(2026, 11, 20), ZONE) == "Friday, 20 November 2026"


def test_languages_are_found_by_their_code() -> None:
    assert words_of("vi") is VI
    assert words_of("en-GB") is EN
    assert words_of("sw") is EN


def test_no_phrase_is_left_over(root: Path) -> None:
    sources = [*(root / "theme").rglob("*.html"), *(root / "generator").rglob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources if "words" not in path.parts)
    made_up = ("policy.", "kind.", "state.")  # the other half of the key stands in a value
    unused = [key for key in VI.phrases if f'"{key}"' not in text and f"'{key}'" not in text]
    assert [key for key in unused if not key.startswith(made_up)] == []
