"""The publication date: each kind of evidence beside each other, years from the text, and generated articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import dates
from generator.extract import extract
from generator.extract.date import weigh_date
from generator.extract.opening import Opening, read_opening
from generator.models import ClueKind, DateClue, DateStatus, Form, Publication, RawItem, Statement
from generator.settings import parse
from generator.text import normalize
from tests.invented import Invented, invent

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SETTINGS = parse({})
CASES = Path(__file__).parent / "cases" / "extract_dates"

CLUES: dict[str, tuple[ClueKind, str, float]] = {
    "json-ld": (ClueKind.METADATA, "JSON-LD datePublished", 0.96),
    "meta": (ClueKind.METADATA, "meta article:published_time", 0.9),
    "any-date": (ClueKind.METADATA, "meta date", 0.9),
    "og": (ClueKind.METADATA, "meta article:published_time", 0.7),
    "feed": (ClueKind.METADATA, "feed published", 0.93),
    "updated": (ClueKind.METADATA, "feed updated, updated", 0.6),
    "created": (ClueKind.METADATA, "document properties, created", 0.5),
    "stamp": (ClueKind.STAMP, "stamp below the headline", 0.95),
    "published": (ClueKind.STAMP, "stamp below the headline that says published", 0.95),
    "above": (ClueKind.STAMP, "stamp above the headline", 0.8),
    "clock-like": (ClueKind.STAMP, "stamp above the headline", 0.65),
    "end": (ClueKind.STAMP, "stamp at the end", 0.9),
    "changed": (ClueKind.STAMP, "stamp below the headline that says updated", 0.7),
    "last-change": (ClueKind.STAMP, "stamp at the end that says updated", 0.6),
    "id": (ClueKind.ADDRESS, "id in the address", 0.85),
    "path": (ClueKind.ADDRESS, "day in the address", 0.8),
    "word": (ClueKind.ADDRESS, "day in the address's last words", 0.65),
    "guess": (ClueKind.METADATA, "htmldate's guess, a day that the page prints", 0.2),
    "prefix": (ClueKind.PREFIX, "scraper's prefix", 0.4),
    "clock": (ClueKind.CLOCK, "page clock", 0.9),
}
"""What the finders report: kind, words, confidence."""
_EXPECTED = frozenset("name text saved language date held unknown why assumed agree".split())


def _load(name: str) -> Any:
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


def _weigh(case: dict[str, Any], leave_out: frozenset[str] = frozenset()) -> Publication:
    assert case.keys() <= _EXPECTED | CLUES.keys(), case.keys() - _EXPECTED - CLUES.keys()
    clues = [
        DateClue(CLUES[name][0], case[name], CLUES[name][1], f"{name}: {case[name]}", CLUES[name][2])
        for name in CLUES
        if name in case and name not in leave_out
    ]
    return weigh_date(
        clues,
        read_opening(case["text"]) if "text" in case and "text" not in leave_out else Opening(),
        ZONE,
        saved_at=dt.datetime.fromisoformat(case["saved"]) if "saved" in case else None,
        language=case.get("language", "vi"),
    )


@pytest.mark.parametrize("case", [pytest.param(one, id=one["name"]) for one in _load("weigh.yml")])
def test_weigh(case: dict[str, Any]) -> None:
    found = _weigh(case)
    values = list(dict.fromkeys(dates.format_moment(one.value) for one in found.candidates))
    if "date" in case:
        assert found.status is DateStatus.SETTLED, found.why
        assert found.value is not None and dates.format_moment(found.value) == case["date"]
    else:
        assert found.status is (DateStatus.UNKNOWN if case.get("unknown") else DateStatus.HELD), found
        assert values[: len(case["held"])] == case["held"] and (case["held"] or not values), found
        assert case.get("why", "") in found.why
    if "assumed" in case:
        assert list(found.candidates[0].assumed) == case["assumed"]
    if case.get("agree"):
        kinds = (case.keys() & CLUES.keys()) | (case.keys() & {"text"})
        for one in sorted(kinds):
            alone = _weigh(case, frozenset({one})).candidates
            weaker = max((other.confidence for other in alone), default=0)
            assert found.candidates[0].confidence > weaker, one


def test_each_kind_of_evidence_is_weighed_with_others() -> None:
    seen = [case.keys() & CLUES.keys() for case in _load("weigh.yml")]
    assert all(any(name in kinds and len(kinds) > 1 for kinds in seen) for name in CLUES)


_SOME_DAYS = st.sampled_from(
    [dt.date(2025, 11, 5), dt.date(2025, 11, 6), dt.date(2025, 11, 20), dt.date(2023, 5, 11)]
)
_SOME_CLUES = st.dictionaries(
    st.sampled_from(sorted(CLUES)), st.tuples(_SOME_DAYS, st.sampled_from(["", " 08:18", " 23:40", " 08:18 GMT+7"])),
    max_size=5,
)  # fmt: skip
_SOME_TEXT = st.sampled_from(
    [None, "Ngày 5/11, hội thi đã khai mạc.", "Ngày 20/11/2025, hội thi đã khai mạc.", "Thứ Tư (5/11), hội thi khai mạc.",
     "Ngày 11/5/2023, hội thi đã khai mạc.", "Sáng nay (6/11/2025), hội thi khai mạc."]
)  # fmt: skip
_BY_NATURE_OTHER = frozenset(
    ("updated", "changed", "last-change", "word", "clock-like", "created", "guess", "prefix", "clock")
)
"""Clues that may name another day than the publication's and be right."""


def _case(clues: dict[str, tuple[dt.date, str]], text: str | None) -> dict[str, Any]:
    case: dict[str, Any] = {name: f"{day:%d/%m/%Y}{time}" for name, (day, time) in clues.items()}
    return case | ({"text": [text]} if text else {})


@given(_SOME_CLUES, _SOME_TEXT)
def test_a_settled_day_stands_in_the_evidence(
    clues: dict[str, tuple[dt.date, str]], text: str | None
) -> None:
    found = _weigh(_case(clues, text))
    assert (found.status is DateStatus.SETTLED) == (found.value is not None) == (found.why == "")
    if found.value is None:
        return
    day = dates.day_of(found.value, ZONE)
    own = {name for name, (one, _) in clues.items() if one == day and name != "clock"}
    assert own - {"created", "guess"} or (text and "nay" in text)
    if isinstance(found.value, dt.datetime):
        assert f" {found.value:%H:%M}" in {time[:6] for name, (one, time) in clues.items() if name in own}
    assert found.candidates[0].value == found.value
    if "clock" in clues:
        assert day <= clues["clock"][0] + dt.timedelta(days=1)


@given(_SOME_CLUES, _SOME_TEXT)
def test_clues_of_days_far_apart_are_never_settled(
    clues: dict[str, tuple[dt.date, str]], text: str | None
) -> None:
    days = {day for name, (day, _) in clues.items() if name not in _BY_NATURE_OTHER}
    if days and (max(days) - min(days)).days > 1:
        assert _weigh(_case(clues, text)).status is DateStatus.HELD


@given(_SOME_CLUES, _SOME_TEXT, st.sampled_from(["json-ld", "stamp", "feed", "meta"]))
def test_one_more_witness_of_the_same_day_unsettles_nothing(
    clues: dict[str, tuple[dt.date, str]], text: str | None, more: str
) -> None:
    before = _weigh(_case(clues, text))
    if before.value is None or more in clues:
        return
    day = dates.day_of(before.value, ZONE)
    after = _weigh(_case({**clues, more: (day, "")}, text))
    assert after.value is not None and dates.day_of(after.value, ZONE) == day
    assert after.candidates[0].confidence >= before.candidates[0].confidence


# ------------------------------------------------------------------------------ years from the text


@pytest.mark.parametrize("case", [pytest.param(one, id=one["name"]) for one in _load("years.yml")])
def test_year(case: dict[str, Any]) -> None:
    clues = (
        [DateClue(ClueKind.CLOCK, case["clock"], "page clock", case["clock"], 0.9)] if "clock" in case else []
    )
    found = weigh_date(clues, read_opening(case["text"]), ZONE, language="vi")
    assert found.status is DateStatus.HELD
    years = [dates.day_of(one.value, ZONE).year for one in found.candidates]
    assert list(dict.fromkeys(years)) == case["years"], found.candidates
    assert all(one.assumed == ("year",) for one in found.candidates)
    assert case.get("how", "") in (found.candidates[0].how if found.candidates else "")
    assert [one.confidence for one in found.candidates] == sorted(
        (one.confidence for one in found.candidates), reverse=True
    )


# --------------------------------------------------------------------------------------------- traps


@pytest.mark.parametrize("case", [pytest.param(one, id=one["trap"]) for one in _load("traps.yml")])
def test_trap(case: dict[str, Any]) -> None:
    assert case.keys() <= frozenset(
        "trap text form url fetched_at statements date held unknown assumed".split()
    )
    item = RawItem(
        raw="content/raw/x.txt", form=Form(case.get("form", "text")), text=normalize(case["text"]), url=case.get("url"),
        fetched_at=dt.datetime.fromisoformat(case["fetched_at"]) if "fetched_at" in case else None,
        statements=tuple(Statement(name, value, f"feed {name}") for name, value in case.get("statements", {}).items()),
    )  # fmt: skip
    found = extract(item, SETTINGS).publication
    if "date" in case:
        assert found.value is not None and dates.format_moment(found.value) == case["date"], found
    else:
        assert found.status is (DateStatus.UNKNOWN if case.get("unknown") else DateStatus.HELD), found
        values = list(dict.fromkeys(dates.format_moment(one.value) for one in found.candidates))
        assert values[: len(case["held"])] == case["held"]
    if "assumed" in case:
        assert list(found.candidates[0].assumed) == case["assumed"]


# ------------------------------------------------------------------------------- generated articles


def _misjudge(article: Invented) -> str | None:
    """What is wrong with the date found: `wrong`, `needless hold`; None for a right answer."""
    item = RawItem(raw="content/raw/x.txt", form=Form.TEXT, text=normalize(article.text), url=article.url,
                   fetched_at=article.fetched_at)  # fmt: skip
    found = extract(item, SETTINGS).publication
    if found.value is None:
        return "needless hold" if article.day_known else None
    right = dates.day_of(found.value, ZONE) in article.days
    if isinstance(found.value, dt.datetime):
        right = right and f"{found.value.astimezone(ZONE):%H:%M}" in article.minutes
    return None if right else f"wrong: {dates.format_moment(found.value)} for {article.moment:%Y-%m-%dT%H:%M}"


def _judge(seeds: Iterable[int]) -> tuple[list[str], int, int]:
    """(what is wrong, needless holds, number of articles whose day can be known)."""
    wrong: list[str] = []
    needless = known = 0
    for seed in seeds:
        article = invent(seed)
        known += article.day_known
        verdict = _misjudge(article)
        needless += verdict == "needless hold"
        if verdict is not None and verdict != "needless hold":
            wrong.append(f"seed {seed}: {verdict} ({', '.join(article.parts)})")
    return wrong, needless, known


def test_no_generated_article_gets_a_wrong_date() -> None:
    wrong, needless, known = _judge(range(2000))
    assert not wrong, "\n".join(wrong)
    assert known > 1000
    assert needless <= known * 0.02, needless


@pytest.mark.fuzz
def test_no_generated_article_gets_a_wrong_date_in_a_long_run() -> None:
    wrong, needless, known = _judge(range(2000, 40_000))
    assert not wrong, "\n".join(wrong[:20])
    assert needless <= known * 0.02, needless
