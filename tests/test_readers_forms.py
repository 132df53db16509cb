"""Goldens of the containers: feeds of every dialect, JSON, mails. One per shape or bug, in tests/cases/readers/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.errors import RawError
from generator.extract import extract
from generator.models import RawItem
from generator.readers import read
from generator.settings import parse

CASES = Path(__file__).parent / "cases" / "readers"
SETTINGS = parse(
    {"sources": {"vidu": {"name": "Báo Ví Dụ", "url": "https://vidu.example/", "domains": ["vidu.example"]}}}
)


def cases(name: str) -> list[Any]:
    loaded = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=f"{name}: {case['name']}") for case in loaded]


def said(item: RawItem) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in item.statements:
        found.setdefault(one.field, []).append(one.value)
    return found


def check_item(item: RawItem, wanted: dict[str, Any]) -> None:
    for key in wanted.keys() & {"raw", "url", "form", "text"}:
        assert getattr(item, key) == wanted[key], key
    says = said(item)
    for field, value in wanted.get("says", {}).items():
        assert says.get(field) == (value if isinstance(value, list) else [value]), (field, says)
    for field in wanted.get("lacks", ()):
        assert field not in says, (field, says)
    for words in wanted.get("has", ()):
        assert words in item.text
    for words in wanted.get("without", ()):
        assert words not in item.text
    if "record" in wanted:
        check_record(item, wanted["record"])


def check_record(item: RawItem, wanted: dict[str, Any]) -> None:
    record = extract(item, SETTINGS)
    got = {
        "title": record.title, "source": record.source, "authors": list(record.authors), "status": str(record.publication.status),
        "date": record.publication.value and record.publication.value.isoformat(), "body": list(record.paragraphs),
        "captions": [block.text for block in record.captions], "held": [review.field for review in record.reviews],
    }  # fmt: skip
    assert {key: got[key] for key in wanted} == wanted


@pytest.mark.parametrize("case", [*cases("feeds"), *cases("json"), *cases("mails")])
def test_goldens(case: dict[str, Any]) -> None:
    path, data = case["path"], case["data"].encode()
    if "refused" in case:
        with pytest.raises(RawError) as caught:
            read(path, data)
        problem = caught.value.problem
        assert (problem.path, problem.rule) == (path, case["refused"])
        assert case["message"] in problem.message
        assert problem.hint
        assert problem.line == case.get("line", problem.line)
        return
    reading = read(path, data)
    assert [problem.rule for problem in reading.problems] == case.get("problems", [])
    assert len(reading.items) == len(case["items"])
    for item, wanted in zip(reading.items, case["items"], strict=True):
        check_item(item, wanted)
