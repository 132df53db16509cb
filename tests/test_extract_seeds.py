"""The two real seeds and ten real openings against their hand-made truth, where the shared folder is at hand."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="the folder ../shared with the seeds is not there"
)
@pytest.mark.parametrize("check", ["seed_problems", "raw_problems"])
def test_against_the_truth(check: str) -> None:
    script = runpy.run_path(str(ROOT / "tests" / "shared" / "check_seeds.py"))
    assert list(script[check]()) == []
