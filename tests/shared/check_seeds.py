"""Compare extraction with the hand-made truth of `../shared/seeds` and `../shared/data/raw_text`.

Usage: python tests/shared/check_seeds.py

Prints one line per field that differs and ends with 1 where one does. Each text is read twice, with its
address and without.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generator import dates  # noqa: E402
from generator.extract import extract  # noqa: E402
from generator.models import BlockKind, DateStatus, Form, RawItem, Record  # noqa: E402
from generator.settings import Settings, parse  # noqa: E402
from generator.text import normalize, squeeze  # noqa: E402

SHARED = ROOT.parent / "shared"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SETTINGS = parse(
    {
        "sources": {
            "antv": {"name": "ANTV", "domains": ["antv.gov.vn"], "dateline": ["ANTV"]},
            "plo": {"name": "PLO", "domains": ["plo.vn"], "dateline": ["PLO"]},
        }
    }
)


def record_of(path: Path, url: str | None, settings: Settings = SETTINGS) -> Record:
    """The record of one raw text."""
    text = normalize(path.read_text(encoding="utf-8"))
    return extract(RawItem(raw=path.name, form=Form.TEXT, text=text, url=url), settings)


def seed_problems() -> Iterator[str]:
    """What differs from `expected.yml`."""
    for seed in yaml.safe_load((SHARED / "seeds" / "expected.yml").read_text(encoding="utf-8")):
        path = SHARED / "seeds" / seed["seed"]
        for url in (None, seed["url"]):
            for problem in _seed(record_of(path, url), seed, with_url=url is not None):
                yield f"{seed['seed']} {'with' if url else 'without'} address: {problem}"
        bare = record_of(path, None, parse({}))
        if (bare.source, bare.source_known) != (seed["source"]["name"], False):
            yield f"{seed['seed']}: without settings the source is {bare.source!r}"


def _seed(record: Record, seed: dict[str, Any], *, with_url: bool) -> Iterator[str]:
    author, section = seed["author"], seed["section"]
    wanted: dict[str, tuple[object, object]] = {
        "title": (record.title, seed["title"]),
        "language": (record.language, seed["language"]),
        "source": ((record.source, record.source_known), (seed["source"]["name"].lower(), True)),
        "authors": (record.authors, (author["value"],) if author else ()),
        "section": (record.section, section["value"] if section else None),
        "lead": (record.lead, seed["lead"]),
        "lead kind": (record.lead_kind, seed["lead_kind"]),
        "paragraphs": (len(record.paragraphs), seed["body_paragraphs"]),
        "beginnings": (
            [text[: len(start)] for text, start in zip(record.paragraphs, seed["body_starts"], strict=False)],
            seed["body_starts"],
        ),
        "end": (record.paragraphs[-1][-len(seed["body_ends"]) :], seed["body_ends"]),
        "captions": (
            _captions(record),
            [(c["text"], c["credit"], c["after_body_paragraph"]) for c in seed["captions"]],
        ),
        "teasers": (
            sum(why == "teaser" for _, why in record.dropped),
            seed.get("related_teasers_dropped", 0),
        ),
    }
    date = seed["date"]
    if "value" in date:
        value = record.publication.value
        wanted["date"] = (dates.format_moment(value) if value else None, date["value"])
    else:
        shown = [dates.format_moment(one.value) for one in record.publication.candidates][:2]
        wanted["date"] = ((record.publication.status, shown), (DateStatus.HELD, ["2025-09-24", "2024-09-24"]))
    for field, (found, expected) in wanted.items():
        if found != expected:
            yield f"{field}: found {found!r}, expected {expected!r}"
    lines = [text for text, _ in record.dropped]
    for dropped in seed["dropped"]:
        if " ... " not in dropped["text"] and dropped["text"] not in lines:
            yield f"dropped lines: {dropped['text']!r} is missing"


def _captions(record: Record) -> list[tuple[str, str, int]]:
    found, paragraphs = [], 0
    for block in record.body:
        if block.kind is BlockKind.CAPTION:
            found.append((block.text, block.credit, paragraphs))
        else:
            paragraphs += 1
    return found


def raw_problems() -> Iterator[str]:
    """What differs from the truth of the ten raw openings."""
    folder = SHARED / "data" / "raw_text"
    for entry in yaml.safe_load((folder / "truth.yml").read_text(encoding="utf-8")):
        for url in (None, entry["url"]):
            record = record_of(folder / f"{entry['id']}.txt", url)
            for problem in _raw(record, entry["truth"]):
                yield f"{entry['id']} {'with' if url else 'without'} address: {problem}"


def _raw(record: Record, truth: dict[str, Any]) -> Iterator[str]:
    if record.title != truth["title"]:
        yield f"title: found {record.title!r}, expected {truth['title']!r}"
    value = record.publication.value
    if value is not None:
        days = [str(day)[:10] for day in (truth["date"], *truth.get("date_alt", [])) if day]
        if dates.day_of(value, ZONE).isoformat() not in days:
            yield f"date: found {value}, expected {days or 'held'}"
        minute = str(truth["date"])[:16].replace(" ", "T")
        shown = dates.format_moment(value)
        if truth.get("precision", "").startswith("minute") and not shown.startswith(minute):
            yield f"date: found {shown}, expected {minute}"
    elif truth["date"]:
        yield f"date: held ({record.publication.why}), though the truth is {truth['date']}"
    yield from _raw_lines(record, truth)


def _raw_lines(record: Record, truth: dict[str, Any]) -> Iterator[str]:
    if "author" in truth and record.authors != (truth["author"],):
        yield f"authors: found {record.authors}, expected {truth['author']}"
    if "author" not in truth and record.authors:
        yield f"authors: found {record.authors}, expected none"
    if "lead" in truth and record.lead != truth["lead"]:
        yield f"lead: found {record.lead!r}"
    if "section" in truth and record.section != truth["section"]:
        yield f"section: found {record.section!r}, expected {truth['section']!r}"
    if record.url and "section_from_url" in truth and record.section != truth["section_from_url"]:
        yield f"section: found {record.section!r}, expected {truth['section_from_url']!r}"
    for caption in truth.get("captions", []):
        words = squeeze(caption)
        if not any(words.startswith(one.text.rstrip(".")) and one.credit in words for one in record.captions):
            yield f"caption missing: {caption[:60]!r}"
        if any(words[:60] in text for text in record.paragraphs):
            yield f"caption in the body: {caption[:60]!r}"
    for line in truth.get("must_drop", []):
        if not any(line in text for text, _ in record.dropped):
            yield f"not dropped: {line!r}"
        if any(line in text for text in (*record.paragraphs, record.title or "", record.lead or "")):
            yield f"kept: {line!r}"


def main() -> int:
    """Print what differs; 1 where something does."""
    if not SHARED.is_dir():
        print(f"skipped: {SHARED} is not there", file=sys.stderr)
        return 0
    problems = [*seed_problems(), *raw_problems()]
    for problem in problems:
        print(problem)
    print(f"{len(problems)} differences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
