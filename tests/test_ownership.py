"""The ownership promise, hunted: whatever happens to raw files, pages, sidecars and settings between two runs of ingest,
no edit is lost, and ingest twice is ingest once.

The model (`tests/ownership/world.py`) says the contract once more in plain facts; a sequence of steps comes from its
seed alone, so that a failure is played again by it:

    python -c "from tests.ownership.hunt import hunt; print(hunt(range(SEED, SEED + 1)))"
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator import merge
from generator.ingest.claims import Claims
from tests.ownership.hunt import Catch, hunt, plan

SMOKE = range(150)
"""Seeds of the ordinary run."""
ALL, CHUNK = 10_000, 250
"""Sequences of `make fuzz`, and how many of them one test plays."""


def test_no_edit_is_lost(record_property: Callable[[str, object], None]) -> None:
    catch = Catch()
    assert not (told := hunt(SMOKE, catch)), told
    record_property("hunt", f"seeds {SMOKE.start} to {SMOKE.stop - 1}: {catch}")
    assert catch.sequences == len(SMOKE) and catch.ingests > 3 * len(SMOKE) and catch.merges > 20


@pytest.mark.fuzz
@pytest.mark.parametrize("start", range(0, ALL, CHUNK))
def test_no_edit_is_lost_in_ten_thousand_sequences(
    start: int, record_property: Callable[[str, object], None]
) -> None:
    catch = Catch()
    assert not (told := hunt(range(start, start + CHUNK), catch)), told
    record_property("hunt", f"seeds {start} to {start + CHUNK - 1}: {catch}")
    print(f"seeds {start} to {start + CHUNK - 1}: {catch}")  # seen with -rP


def test_a_sequence_is_its_seed() -> None:
    assert plan(7) == plan(7) != plan(8)


_Update: Any = merge._Update
_keep, _field, _body, _page_of = _Update._keep, _Update.field, _Update.body, Claims.page_of


def overwrite_summary(self: Any, name: str, present: str, new_mark: str | None) -> None:
    before = len(self.conflicts)
    _keep(self, name, present, new_mark)
    if name == "summary" and len(self.conflicts) > before:
        self._write(name, self.generated.fields[name])


def write_deleted_tags(self: Any, name: str) -> None:
    if name == "tags" and name not in self.meta:
        self.marks.pop(name, None)
    _field(self, name)


def overwrite_body(self: Any, old: str) -> str | None:
    before = len(self.conflicts)
    told: str | None = _body(self, old)
    return str(self.generated.body) if len(self.conflicts) > before else told


def follow_no_move(self: Claims, raw: str, known: str | None) -> str | None:
    page = _page_of(self, raw, known)
    return page if page == known else None


@pytest.mark.parametrize(
    ("owner", "name", "fault"),
    [
        (_Update, "_keep", overwrite_summary),
        (_Update, "field", write_deleted_tags),
        (_Update, "body", overwrite_body),
        (_Update, "reviews", lambda self: None),
        (_Update, "_settle", lambda self, name: None),
        (Claims, "page_of", follow_no_move),
        (Claims, "follow", lambda self, raw, generated, known: None),
    ],
)
def test_a_fault_is_found(owner: Any, name: str, fault: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hunt can fail: with one case of the rule put wrong, it does so within the seeds of the ordinary run."""
    monkeypatch.setattr(owner, name, fault)
    told = hunt(SMOKE, shorten=False)
    assert "Lost" in told, told
    print(told)
