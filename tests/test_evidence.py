"""Every value of a record says where it came from: a value without evidence is a bug. And how records are shown."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import intake, records, settings
from generator.dates import format_moment
from generator.models import DateStatus, Evidence, MetaValue, Record
from generator.sheet import columns
from generator.sidecars import Sidecar
from generator.storage import Project
from generator.text import excerpt
from generator.vocabulary import Vocabulary

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests/cases"
KEYS = [
    "title", "date", "date_status", "date_candidates", "source", "authors", "section", "lead", "lead_kind", "body",
    "captions", "url", "canonical_url", "language", "topic", "tags", "review", "evidence", "candidates",
]  # fmt: skip


@cache
def shipped() -> settings.Settings:
    plugins = yaml.safe_load((ROOT / "site_config.yml").read_text(encoding="utf-8"))["plugins"]
    return settings.parse(next(one["digest"] for one in plugins if isinstance(one, dict) and "digest" in one))


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.of(shipped())


def read(name: str, data: bytes, url: str | None = None) -> tuple[Record, ...]:
    return intake.read(
        f"content/raw/{name}", data, shipped(), vocabulary(), Sidecar(path="", url=url)
    ).records


def _goldens() -> list[Any]:
    """(file name, bytes, address) of every raw text and page that the goldens of extraction hold, and of the samples."""
    found = []
    for folder, key, suffix in (
        ("extract", "text", "txt"),
        ("html", "html", "html"),
        ("extract", "markdown", "md"),
    ):
        for path in sorted((CASES / folder).glob("*.yml")):
            for case in yaml.safe_load(path.read_text(encoding="utf-8")):
                if isinstance(case, dict) and isinstance(case.get(key), str):
                    data = case[key].encode()
                    found.append(
                        pytest.param(
                            f"x.{suffix}", data, case.get("url"), id=f"{path.stem}: {case.get('name')}"
                        )
                    )
    for name in Project(ROOT).raw_files():
        short = name.removeprefix("content/raw/")
        found.append(pytest.param(short, (ROOT / name).read_bytes(), None, id=short))
    return found


def evidence_of(record: Record) -> dict[str, Evidence]:
    fields = [one.field for one in record.evidence]
    assert len(fields) == len(set(fields)), fields
    return {one.field: one for one in record.evidence}


def check_evidence(record: Record) -> None:
    evidence = evidence_of(record)
    date = record.publication.value
    single: dict[str, MetaValue] = {
        "title": record.title,
        "date": None if date is None else format_moment(date),
        "source": record.source,
        "authors": "; ".join(record.authors),
        "section": record.section,
        "lead": excerpt(record.lead) if record.lead else None,
        "url": record.url,
        "canonical_url": record.canonical_url,
        "language": record.language,
        "topic": record.topic,
    }
    for field, value in single.items():
        if value:
            assert evidence[field].chosen, field
            assert evidence[field].candidates[0].value == value, field
        elif field in evidence:
            assert not evidence[field].chosen, f"{field} has no value and its evidence says that it is chosen"
    if record.tags:
        assert {one.value for one in evidence["tags"].candidates} >= set(record.tags)
    assert len(evidence["captions"].candidates if record.captions else ()) == len(record.captions)
    assert bool(record.paragraphs) == ("body" in evidence)
    for one in record.evidence:
        for candidate in one.candidates:
            assert candidate.how
            assert candidate.text, f"{one.field}: {candidate.how} stands on no words"
            assert 0 <= candidate.confidence <= 1, one


@pytest.mark.parametrize(("name", "data", "url"), _goldens())
def test_no_value_without_evidence(name: str, data: bytes, url: str | None) -> None:
    found = read(name, data, url)
    assert found
    for record in found:
        check_evidence(record)
        shown = json.loads(records.as_json(record))
        assert list(shown) == KEYS
        for field, one in shown["evidence"].items():
            assert list(one) == ["how", "text", "confidence"], field
            assert all(list(each) == ["value", "how", "text", "confidence", "assumed", "chosen"]
                       for each in shown["candidates"][field])  # fmt: skip


ARTICLE = (
    "Cầu mới ở phái bộ 05/11/2026 08:18\n\n(BVD)- Cây cầu nối hai làng ở Abyei đã thông xe.\n\n"
    "Sáng 4-11, đội công binh bàn giao cây cầu cho LHQ. Cầu dài hai mươi mét, rộng bốn mét.\n\nCây cầu nhìn từ xa. Ảnh: Lê Na\n"
)


def test_who_gave_the_address() -> None:
    (record,) = read("x.txt", ARTICLE.encode(), "https://baovidu.example/cau.html")
    assert evidence_of(record)["url"].candidates[0].how == "said by the editor (the sidecar, or --url)"
    saved = b"<!-- saved from url=(0033)https://baovidu.example/cau.html --><html><body><p>C\xe1\xba\xa7u.</p></body></html>"
    (record,) = read("x.html", saved)
    assert (
        evidence_of(record)["url"].candidates[0].how == "address the page was saved from, in the page itself"
    )


def test_several_tags_are_each_shown() -> None:
    (record,) = read("x.txt", ARTICLE.encode())
    shown = records.as_dict(record)
    evidence, candidates = shown["evidence"], shown["candidates"]
    assert isinstance(evidence, dict) and isinstance(candidates, dict)
    assert evidence["tags"] == {"how": "Abyei: lead ×1; Liên hợp quốc: body ×1; Đội Công binh: body ×1",
                                "text": "Abyei; LHQ; đội công binh", "confidence": 0.24}  # fmt: skip
    assert [(one["value"], one["chosen"]) for one in candidates["tags"]] == [  # type: ignore[index, union-attr, call-overload]
        ("Abyei", True), ("Liên hợp quốc", True), ("Đội Công binh", True)]  # fmt: skip
    assert shown["captions"] == [{"text": "Cây cầu nhìn từ xa.", "credit": "Lê Na"}]


def test_a_held_field_is_no_chosen_candidate() -> None:
    (record,) = read("x.txt", ARTICLE.replace(" 05/11/2026 08:18", "").encode())
    assert record.publication.status is DateStatus.HELD
    shown = records.as_dict(record)
    assert shown["date"] is None
    assert all(one["chosen"] is False for one in shown["candidates"].get("date", ()))  # type: ignore[union-attr, index, call-overload]


@pytest.mark.parametrize("width", [40, 72, 100])
def test_the_record_on_paper(width: int) -> None:
    (record,) = read("x.txt", ARTICLE.encode())
    text = records.as_text(record, width)
    assert max(map(columns, text.splitlines())) <= width
    flat = re.sub(r"\s+", " ", text)
    for words in ("title Cầu mới ở phái bộ", "date 2026-11-05T08:18:00+07:00", "the offset is not said: assumed",
                  "Abyei: from lead ×1", "Liên hợp quốc: from body ×1: “LHQ” — weak (0.24)", "is said of authors, section",
                  "[picture] Cây cầu nhìn từ xa. (Lê Na)", "Left out", "dateline mark: “(BVD)-”"):  # fmt: skip
        assert words in flat, words
    assert "\x1b[1mtitle\x1b[0m" in records.as_text(record, width, colour=True)
