"""Scores the HTML finder on the saved pages of `../shared/data/html`, beside trafilatura and htmldate alone.

    python -m tests.shared.eval_html [--detail FIELD] [--limit N]

Title: equal after NFC and single spaces. Authors: equal as sets, case aside. Date: the same day in the truth's
own time zone. Body: F1 of 4-grams of words against the truth's paragraphs, headings left out, mean over pages.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import logging
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import htmldate
import trafilatura
from trafilatura.settings import Document

from generator import dates
from generator.extract import extract
from generator.models import BlockKind, RawItem
from generator.readers import read
from generator.settings import Settings

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "html"
FLOORS = {"title": 0.82, "authors": 0.80, "date": 0.99, "body": 0.945}
_ZONE = ZoneInfo("UTC")


@dataclass
class Answer:
    """One extractor's answer for one page."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: dt.datetime | dt.date | None = None
    body: str = ""


@dataclass
class Score:
    """Sums over the pages."""

    title: float = 0
    authors: float = 0
    date: float = 0
    body: float = 0
    precision: float = 0
    recall: float = 0
    seconds: float = 0
    misses: list[tuple[str, str, object, object]] = field(default_factory=list)


def load_pages(limit: int | None = None) -> Iterator[tuple[dict[str, Any], bytes]]:
    """(truth, page) of every saved page."""
    truths = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
    for truth in truths[:limit]:
        yield truth, gzip.decompress((FOLDER / truth["file"]).read_bytes())


def answer_found(truth: dict[str, Any], data: bytes) -> Answer:
    """The top candidates of the finder, as the field rooms rank them."""
    item = read(f"content/raw/{truth['file'].removesuffix('.gz')}", data).items[0]
    item = RawItem(raw=item.raw, form=item.form, text=item.text, url=truth["url"])
    record = extract(item, Settings())
    published = record.publication.candidates[0].value if record.publication.candidates else None
    paragraphs = [
        block.text for block in record.body if block.kind not in {BlockKind.CAPTION, BlockKind.HEADING}
    ]
    return Answer(record.title or "", record.authors, published, "\n".join(paragraphs))


def answer_trafilatura(truth: dict[str, Any], data: bytes) -> Answer:
    """trafilatura alone, with its defaults."""
    document = trafilatura.bare_extraction(data, url=truth["url"], with_metadata=True, include_comments=False)
    if not isinstance(document, Document):
        return Answer()
    names = tuple(name.strip() for name in (document.author or "").split(";") if name.strip())
    reading = dates.read_date(document.date) if document.date else None
    return Answer(
        document.title or "", names, reading.moment(_ZONE) if reading else None, document.text or ""
    )


def answer_htmldate(truth: dict[str, Any], data: bytes) -> Answer:
    """htmldate alone."""
    found = htmldate.find_date(data, original_date=True, url=truth["url"])
    return Answer(date=dt.date.fromisoformat(found) if found else None)


def score(answer: Answer, truth: dict[str, Any], sums: Score) -> None:
    """Add one page's scores."""
    title = _flat(answer.title) == _flat(truth["title"])
    authors = {_flat(name).lower() for name in answer.authors} == {
        _flat(name).lower() for name in truth["authors"]
    }
    day = _same_day(answer.date, truth["date"])
    precision, recall, f1 = grams_f1(answer.body, truth["paragraphs"] or [], truth["summary"] or [])
    sums.title += title
    sums.authors += authors
    sums.date += day
    sums.body += f1
    sums.precision += precision
    sums.recall += recall
    for name, right, got, wanted in (
        ("title", title, answer.title, truth["title"]),
        ("authors", authors, answer.authors, truth["authors"]),
        ("date", day, answer.date, truth["date"]),
        ("body", f1 >= 0.9, f"{precision:.2f}/{recall:.2f}", ""),
    ):
        if not right:
            sums.misses.append((truth["file"], name, got, wanted))


def grams_f1(text: str, paragraphs: Iterable[str], summary: Iterable[str] = ()) -> tuple[float, float, float]:
    """(precision, recall, F1) of 4-grams; a lead that the truth keeps apart is neither asked for nor wrong."""
    got, wanted = _grams(text), _grams("\n".join(paragraphs))
    lead = _grams("\n".join(summary))
    surplus = got - wanted
    got -= surplus & lead
    common = sum((got & wanted).values())
    precision = common / sum(got.values()) if got else 0.0
    recall = common / sum(wanted.values()) if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0


def _grams(text: str) -> Counter[tuple[str, ...]]:
    tokens = re.findall(
        r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+", unicodedata.normalize("NFC", text).lower()
    )
    return (
        Counter(tuple(tokens[place : place + 4]) for place in range(max(1, len(tokens) - 3)))
        if tokens
        else Counter()
    )


def _flat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _same_day(moment: dt.datetime | dt.date | None, wanted: str) -> bool:
    truth = dt.datetime.fromisoformat(wanted)
    if isinstance(moment, dt.datetime):
        return (
            moment.astimezone(truth.tzinfo or _ZONE).date() == truth.date() or moment.date() == truth.date()
        )
    return moment == truth.date()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--detail", default="", help="title, authors, date or body: print the misses")
    parser.add_argument("--limit", type=int, default=None)
    options = parser.parse_args()
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    pages = list(load_pages(options.limit))
    print(f"{len(pages)} pages      title authors    date    body  (P / R)      pages/s")
    for name, answer in (
        ("finder", answer_found),
        ("trafilatura", answer_trafilatura),
        ("htmldate", answer_htmldate),
    ):
        sums = Score()
        for truth, data in pages:
            start = time.perf_counter()
            found = answer(truth, data)
            sums.seconds += time.perf_counter() - start
            score(found, truth, sums)
        count = len(pages)
        print(f"{name:12} {sums.title / count:8.3f} {sums.authors / count:7.3f} {sums.date / count:7.3f} {sums.body / count:7.3f}"
              f"  ({sums.precision / count:.3f} / {sums.recall / count:.3f}) {count / sums.seconds:6.1f}")  # fmt: skip
        if name == "finder":
            for file, miss, got, wanted in sums.misses:
                if miss == options.detail:
                    print(f"   {file}: {got!r}  wanted {wanted!r}")
    print("floors      ", " ".join(f"{value:8.3f}" for value in FLOORS.values()))


if __name__ == "__main__":
    main()
