"""Dates: what strings say, and what running text holds."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import dates, datewords

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CASES = Path(__file__).parent / "cases" / "dates"


def _load(name: str) -> Any:
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


def _say(reading: dates.Reading | None) -> str:
    """A reading in the words of the tables: ISO 8601 as far as the words go, then what weakens it."""
    if reading is None:
        return "no date"
    words = f"{reading.year or '-'}-{reading.month:02d}"
    if reading.day is not None:
        words += f"-{reading.day:02d}"
    if reading.hour is not None:
        words += f"T{reading.hour:02d}" + (f":{reading.minute:02d}" if reading.minute_given else "")
        words += f":{reading.second:02d}" if reading.second else ""
        if reading.offset is not None:
            words += dt.datetime(2000, 1, 1, tzinfo=reading.offset).isoformat()[19:]
    doubts = {
        "or month first": reading.ambiguous,
        "not that weekday": reading.misnamed,
        "today": reading.today,
        "last of several": reading.span,
    }
    return ", ".join([words, *(words for words, doubtful in doubts.items() if doubtful)])


def _strings() -> list[Any]:
    return [
        pytest.param(words, expected, id=f"{group}: {words}")
        for group, table in _load("read.yml").items()
        for words, expected in table.items()
    ]


@pytest.mark.parametrize(("words", "expected"), _strings())
def test_read(words: str, expected: str) -> None:
    assert _say(dates.read_date(words)) == expected


def test_the_table_is_large() -> None:
    assert len(_strings()) >= 300


@pytest.mark.parametrize(("text", "expected"), _load("find.yml"))
def test_find(text: str, expected: list[str]) -> None:
    assert [_say(reading) for reading in dates.find_dates(text)] == expected


@pytest.mark.parametrize(("words", "missing"), [
    ("22/05/2025", ()), ("22/05/2025 22:15 GMT+7", ()), ("22/05/2025 22:15", ("offset",)), ("ngày 24/9", ("year",)),
    ("22h ngày 22/5/2025", ("minute", "offset")), ("10h30 ngày 24/9", ("year", "offset")),
])  # fmt: skip
def test_what_the_words_leave_open(words: str, missing: tuple[str, ...]) -> None:
    reading = dates.read_date(words)
    assert reading is not None and reading.open == missing


def test_a_weekday_tells_in_which_years_a_day_may_lie() -> None:
    reading = dates.read_date("thứ Tư (24/9)")
    assert reading is not None
    assert [year for year in range(2005, 2027) if reading.fits(year)] == [2008, 2014, 2025]
    leap = dates.read_date("ngày 29/2")
    assert leap is not None and [year for year in range(2020, 2026) if leap.fits(year)] == [2020, 2024]


def test_no_spelling_of_a_month_means_two_months() -> None:
    seen: dict[str, int] = {}
    for language, names in {**datewords.OTHER_MONTHS, "en": ""}.items():
        months = names.split("|")
        assert not names or len(months) == 12, language
        for number, spellings in enumerate(months, start=1):
            for name in spellings.split():
                assert seen.setdefault(name, number) == number, (language, name)
    assert all(seen.get(name, number) == number for name, number in datewords.MONTHS_EN.items())


def test_a_date_in_numbers_that_could_be_swapped_says_so() -> None:
    may, december = dates.read_date("05/06/2025"), dates.read_date("22/12/2025")
    assert may is not None and december is not None
    assert may.ambiguous and not december.ambiguous
    assert _say(may.swapped()).startswith("2025-05-06")


def test_a_weekday_tells_which_of_two_readings_is_meant() -> None:
    march, june, wrong = (dates.read_date(f"{day}, 03/06/2025") for day in ("Thursday", "Tuesday", "Sunday"))
    assert march is not None and june is not None and wrong is not None
    assert (march.month, march.ambiguous, march.misnamed) == (3, False, False)
    assert (june.month, june.ambiguous, june.misnamed) == (6, False, False)
    assert (wrong.month, wrong.ambiguous, wrong.misnamed) == (6, True, True)


@pytest.mark.parametrize(
    ("name", "weekday"),
    [("Thứ Hai", 10), ("thứ 3", 11), ("T4", 12), ("Thứ tư", 12), ("Thứ Bẩy", 15), ("CN", 16), ("Fri", 14), ("Tues", 11)],
)  # fmt: skip
def test_the_names_of_weekdays(name: str, weekday: int) -> None:
    for day in range(10, 17):  # 10 November 2025 was a Monday
        reading = dates.read_date(f"{name}, {day}/11/2025")
        assert reading is not None and reading.misnamed == (day != weekday)


def test_today_is_told_from_another_day() -> None:
    readings = list(dates.find_dates("Sáng nay (5/11/2025) trời mưa, ngày 6/11/2025 trời nắng."))
    assert [reading.today for reading in readings] == [True, False]


def test_a_missing_year_stays_missing() -> None:
    reading = dates.read_date("Ngày 29/2")
    assert reading is not None
    assert reading.moment(ZONE) is None
    assert reading.moment(ZONE, 2023) is None
    assert reading.moment(ZONE, 2024) == dt.date(2024, 2, 29)


_FORMATS = (
    "{d:02d}/{m:02d}/{y}", "{d}/{m}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}", "ngày {d} tháng {m} năm {y}",
    "{d} tháng {m}, {y}", "{y}-{m:02d}-{d:02d}", "{b} {d}, {y}", "{d} {b} {y}",
)  # fmt: skip
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(_FORMATS),
    st.sampled_from(["", "08:18", "22h15"]),
)
def test_every_form_gives_the_day_back(day: dt.date, form: str, time: str) -> None:
    words = form.format(d=day.day, m=day.month, y=day.year, b=_MONTHS[day.month - 1])
    reading = dates.read_date(f"{words} {time}".strip())
    assert reading is not None
    moment = reading.moment(ZONE)
    assert moment is not None and dates.day_of(moment, ZONE) == day
    assert isinstance(moment, dt.datetime) == bool(time)


@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2099, 1, 1)), st.integers(-12, 14))
def test_iso_round_trip(moment: dt.datetime, hours: int) -> None:
    aware = moment.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(hours=hours)))
    words = dates.format_moment(aware)
    assert dates.parse_iso(words, ZONE) == aware
    reading = dates.read_date(words)
    assert reading is not None and reading.moment(ZONE) == aware


@given(st.text(alphabet="0123456789/.-: ngàythángsSáGMT+(),hUTCNov|", max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    last = 0
    for reading in dates.find_dates(text):
        assert last <= reading.start < reading.end <= len(text)
        last = reading.end
        reading.moment(ZONE, 2024)
    dates.read_date(text)


@pytest.mark.parametrize(
    "text", ["0001-01-01", "0999-12-31T23:59:59Z", "9991-01-01", "9999-12-31T23:59:00-11:00"]
)
def test_a_year_that_no_zone_or_delay_can_be_reckoned_from_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write a year from 1000 to 9990"):
        dates.parse_iso(text, ZONE)


@pytest.mark.parametrize("text", ["1000-01-01T00:00:00+23:59", "9990-12-31T23:59:59-23:59"])
def test_from_every_other_year_they_can(text: str) -> None:
    moment = dates.parse_iso(text, ZONE)
    assert isinstance(moment, dt.datetime)
    for hours in (-23, 23):
        zone = dt.timezone(dt.timedelta(hours=hours))
        assert moment.astimezone(zone) + dt.timedelta(days=366) > moment - dt.timedelta(days=366)


@pytest.mark.parametrize("text", ["2025-02-30", "2025-13-01", "22/05/2025", "", "2025-05-22T25:00:00"])
def test_parse_iso_says_what_it_expects(text: str) -> None:
    with pytest.raises(ValueError, match="is no d"):
        dates.parse_iso(text, ZONE)


@pytest.mark.parametrize(
    "text",
    ["1/1 " * 50_000, "1 tháng " * 40_000, "ngày 5 và " * 30_000, "12/12/2025 22:15 " * 18_000, "1" * 300_000,
     "Nov " * 75_000, "5 de enero de " * 21_000, "22:15 - " * 37_000, "từ 5 đến 7 đến " * 20_000, "2025. a " * 37_000],
    ids=["fractions", "months", "spans", "stamps", "digits", "names", "of", "times", "from", "years"],
)  # fmt: skip
def test_a_long_text_takes_linear_time(text: str) -> None:
    start = time.process_time()
    for _ in dates.find_dates(text):
        pass
    assert time.process_time() - start < 4
