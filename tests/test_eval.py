"""`make eval`: its floors are kept, never lower than they may be, and its command does what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shared import evaluate
from tests.shared.corpora import SHARED, Case, Corpus, load_corpora
from tests.shared.evaluate import FLOORS, Floors, figures, load_floors, measure, missed, raise_floors
from tests.shared.extractors import OWN
from tests.shared.scores import Answer, DateScore, Tally, Truth, add, blocks_f1, date_score, grams_f1

LOWEST: Floors = {
    "pages": {"cases": 60, "body": 0.945, "title": 0.82, "authors": 0.80, "date": 0.99, "wrong": 0},
    "texts": {"cases": 24, "title": 1.0, "authors": 1.0, "lead": 1.0, "captions": 1.0, "body": 1.0, "date": 0.95, "wrong": 0, "needless": 1},
    "own pages": {"cases": 35, "title": 1.0, "authors": 1.0, "body": 0.99, "date": 0.99, "wrong": 0},
    "own texts": {"cases": 200, "title": 0.97, "authors": 0.9, "body": 0.95, "date": 0.99, "wrong": 0},
}  # fmt: skip
"""What the floors may never fall below (of dates that are wrong or held for nothing: rise above)."""


def test_no_floor_is_lower_than_it_may_be() -> None:
    assert missed(load_floors(), LOWEST) == []


@pytest.mark.parametrize("key", ["own pages", "own texts"])
def test_own_goldens_keep_the_floors(key: str) -> None:
    found = measure(load_corpora([key]), alone=True)
    assert missed({key: figures(found[key][OWN])}, {key: load_floors()[key]}) == []


@pytest.mark.slow
@pytest.mark.parametrize("key", ["pages", "texts"])
def test_shared_articles_keep_the_floors(key: str) -> None:
    corpora = load_corpora([key])
    if not corpora:
        pytest.skip(f"{SHARED.name} does not hold {key}; `make eval` measures them where it does")
    found = measure(corpora, alone=True)
    assert missed({key: figures(found[key][OWN])}, {key: load_floors()[key]}) == []


def test_a_missed_floor_ends_with_1_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate, "load_corpora", lambda _: _few())
    floors = tmp_path / "floors.yml"
    floors.write_text("# kept\nown pages: {cases: 99, title: 0.0, wrong: 0}\n", encoding="utf-8")
    assert evaluate.main(["own pages", "--alone", "--floors", str(floors)]) == 1
    assert "floor missed: own pages: cases is 2, must be at least 99" in capsys.readouterr().err
    floors.write_text("# kept\nown pages: {cases: 2}\n", encoding="utf-8")
    assert evaluate.main(["own pages", "--alone", "--floors", str(floors)]) == 0


def test_pinning_raises_and_never_lowers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate, "load_corpora", lambda _: _few())
    floors = tmp_path / "floors.yml"
    floors.write_text("# kept\nown pages: {cases: 1, title: 0.1, wrong: 5}\n", encoding="utf-8")
    assert evaluate.main(["own pages", "--alone", "--pin", "--floors", str(floors)]) == 0
    told = capsys.readouterr().err
    assert "own pages: cases 1 -> 2" in told
    assert "own pages: wrong 5 -> 0" in told
    assert floors.read_text(encoding="utf-8").startswith("# kept\n")
    assert load_floors(floors)["own pages"]["title"] == 1.0
    raised, changes = raise_floors({"own pages": {"title": 0.2, "wrong": 3}}, load_floors(floors))
    assert (raised, changes) == (load_floors(floors), [])


def test_json_holds_the_table_and_the_misses(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate, "load_corpora", lambda _: _few())
    evaluate.main(["own pages", "--json", "--floors", str(FLOORS)])
    told = json.loads(capsys.readouterr().out)
    assert set(told["sets"]["own pages"]) == {OWN, "trafilatura", "htmldate"}
    assert told["sets"]["own pages"][OWN]["cases"] == 2


def _few() -> list[Corpus]:
    cases: tuple[Case, ...] = load_corpora(["own pages"])[0].cases[:2]
    return [Corpus("own pages", "two of them", cases)]


@pytest.mark.parametrize(
    ("found", "days", "minute", "outcome"),
    [
        (None, [], "", DateScore.HELD),
        (None, ["2026-01-02"], "", DateScore.NEEDLESS),
        ("2026-01-02", [], "", DateScore.WRONG),
        ("2026-01-03", ["2026-01-02"], "", DateScore.WRONG),
        ("2026-01-03", ["2026-01-02", "2026-01-03"], "", DateScore.RIGHT),
        ("2026-01-02T08:10:00+07:00", ["2026-01-02T08:10:00+07:00"], "2026-01-02T08:10", DateScore.RIGHT),
        ("2026-01-02T01:10:00+00:00", ["2026-01-02T08:10:00+07:00"], "2026-01-02T08:10", DateScore.RIGHT),
        ("2026-01-02T08:11:00+07:00", ["2026-01-02T08:10:00+07:00"], "2026-01-02T08:10", DateScore.WRONG),
        ("2026-01-02", ["2026-01-02T08:10:00+07:00"], "2026-01-02T08:10", DateScore.WRONG),
    ],
)
def test_outcomes_of_dates(found: str | None, days: list[str], minute: str, outcome: DateScore) -> None:
    import datetime as dt

    value = (
        None
        if found is None
        else dt.datetime.fromisoformat(found)
        if "T" in found
        else dt.date.fromisoformat(found)
    )
    assert date_score(value, Truth(days=days, minute=minute)) is outcome


def test_text_is_scored_by_words_or_by_blocks() -> None:
    assert grams_f1("a b c d e", ["a b c d e"]) == (1.0, 1.0, 1.0)
    assert grams_f1("a b c d e", ["v w x y z"])[2] == 0.0
    assert grams_f1("a b c d e v w x y z", ["a b c d e"], ["v w x y z"])[1] == 1.0
    assert blocks_f1(["Một hai", "Ba bốn"], ["Một", "Ba"], ()) == (1.0, 1.0, 1.0)
    assert blocks_f1(["Ba bốn", "Một hai"], ["Một", "Ba"], ())[1] == 0.5
    assert blocks_f1(["Một hai", "Quảng cáo"], ["Một"], ())[0] == 0.5
    tally = Tally()
    add(tally, "x", Answer(title="Tiêu đề  một"), Truth(title="Tiêu đề một", authors=["A B"]))
    assert (tally.mean("title"), tally.mean("authors"), tally.mean("date")) == (1.0, 0.0, None)
