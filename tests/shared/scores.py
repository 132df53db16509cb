"""How answers are compared with the truth, field by field.

Title, source and section: equal after NFC and single spaces, the last two case aside. Authors: equal as sets, case
aside. Body: F1 of 4-grams of words against the truth's paragraphs, or, where the truth gives only how each block
begins, of whole blocks. Lead: begins as the truth does. Captions: every one found with its credit, and no other.
Date: the same day in the truth's own time zone, with four outcomes (`DateScore`).
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

_UTC = ZoneInfo("UTC")
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")
_ABSENT = object()


@dataclass(frozen=True)
class Truth:
    """What a careful reader gets out of one article; a field that nobody judged is `ABSENT`."""

    title: Any = _ABSENT
    days: Any = _ABSENT
    """Acceptable values, the first with its own offset; empty: nothing gives the date, so it must be held."""
    minute: str = ""
    """`2025-11-05T08:18`, where the article itself gives the minute."""
    authors: Any = _ABSENT
    source: Any = _ABSENT
    section: Any = _ABSENT
    lead: Any = _ABSENT
    captions: Any = _ABSENT
    """Pairs of words and credit."""
    paragraphs: Any = _ABSENT
    """The text in full."""
    summary: Sequence[str] = ()
    """A lead that the truth keeps apart: neither asked for in the body nor wrong there."""
    begins: Any = _ABSENT
    """How each block of the text begins, a lead that stands apart first; captions are none."""
    headings: bool = False
    """Whether headings and lists are among them."""
    lacks: Sequence[str] = ()
    """Words that are on the page and not of the article."""


@dataclass
class Answer:
    """One extractor's answer for one article; `None` where it says nothing, also by intention."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    date: dt.datetime | dt.date | None = None
    """Only what it stands by: a value held for an editor is none."""
    source: str | None = None
    section: str | None = None
    lead: str | None = None
    captions: tuple[tuple[str, str], ...] = ()
    blocks: tuple[str, ...] = ()


class DateScore(StrEnum):
    """What became of a date."""

    RIGHT = "right"
    HELD = "held"
    """Rightly: nothing in the article gives it."""
    WRONG = "wrong"
    """A value that is not the truth, and no word of doubt."""
    NEEDLESS = "needless"
    """Held or not found, though the article gives it."""


FIELDS = ("title", "authors", "date", "body", "precision", "recall", "source", "section", "lead", "captions")


@dataclass
class Tally:
    """Scores of one extractor over one set of articles."""

    cases: int = 0
    seconds: float = 0.0
    values: dict[str, list[float]] = field(default_factory=dict)
    dates: Counter[DateScore] = field(default_factory=Counter)
    misses: list[tuple[str, str, object, object]] = field(default_factory=list)
    """(article, field, found, wanted)."""

    def mean(self, name: str) -> float | None:
        """The mean of a field over the articles whose truth names it."""
        if name == "date":
            judged = sum(self.dates.values())
            return (self.dates[DateScore.RIGHT] + self.dates[DateScore.HELD]) / judged if judged else None
        marks = self.values.get(name)
        return sum(marks) / len(marks) if marks else None


def add(
    tally: Tally, name: str, answer: Answer, truth: Truth, only: frozenset[str] = frozenset(FIELDS)
) -> None:
    """Add one answer's marks; `only`: the fields that its extractor claims to find."""
    tally.cases += 1

    def mark(of: str, value: float, found: object, wanted: object, enough: float = 1.0) -> None:
        tally.values.setdefault(of, []).append(value)
        if value < enough:
            tally.misses.append((name, of, found, wanted))

    for of, found, wanted in (
        ("title", answer.title, truth.title),
        ("source", answer.source, truth.source),
        ("section", answer.section, truth.section),
    ):
        if wanted is not _ABSENT and of in only:
            same = flat(found or "") == flat(wanted or "")
            if of != "title":
                same = flat(found or "").casefold() == flat(wanted or "").casefold()
            mark(of, float(same), found, wanted)
    if truth.authors is not _ABSENT and "authors" in only:
        names = ({flat(one).casefold() for one in group} for group in (answer.authors, truth.authors))
        mark("authors", float(next(names) == next(names)), answer.authors, truth.authors)
    if truth.lead is not _ABSENT and "lead" in only:
        begins = flat(answer.lead or "").startswith(flat(truth.lead or "")) and bool(answer.lead) == bool(
            truth.lead
        )
        mark("lead", float(begins), answer.lead, truth.lead)
    if truth.captions is not _ABSENT and "captions" in only:
        mark(
            "captions",
            float(_pictures(answer.captions) == _pictures(truth.captions)),
            answer.captions,
            truth.captions,
        )
    if truth.days is not _ABSENT and "date" in only:
        outcome = date_score(answer.date, truth)
        tally.dates[outcome] += 1
        if outcome in (DateScore.WRONG, DateScore.NEEDLESS):
            tally.misses.append((name, "date", answer.date or "held", truth.days or "to be held"))
    if "body" in only:
        _add_body(mark, answer, truth)


def _add_body(mark: Any, answer: Answer, truth: Truth) -> None:
    if truth.paragraphs is not _ABSENT:
        precision, recall, f1 = grams_f1("\n".join(answer.blocks), truth.paragraphs, truth.summary)
    elif truth.begins is not _ABSENT:
        precision, recall, f1 = blocks_f1(answer.blocks, truth.begins, truth.lacks)
    else:
        return
    for name, value in (("precision", precision), ("recall", recall)):
        mark(name, value, "", "", enough=0.0)
    mark("body", f1, f"P {precision:.2f} R {recall:.2f}", "", enough=0.9)


def grams_f1(text: str, paragraphs: Iterable[str], summary: Iterable[str] = ()) -> tuple[float, float, float]:
    """(precision, recall, F1) of 4-grams of words."""
    got, wanted = _grams(text), _grams("\n".join(paragraphs))
    lead = _grams("\n".join(summary))
    surplus = got - wanted
    got -= surplus & lead
    common = sum((got & wanted).values())
    return _f1(common, sum(got.values()), sum(wanted.values()))


def blocks_f1(
    blocks: Sequence[str], begins: Sequence[str], lacks: Sequence[str]
) -> tuple[float, float, float]:
    """The same of whole blocks, in order: each beginning is one block's; words of the page's chrome are one that is
    none."""
    rest = list(blocks)
    found = 0
    for beginning in begins:
        place = next((at for at, block in enumerate(rest) if flat(block).startswith(flat(beginning))), None)
        if place is not None:
            found += 1
            del rest[: place + 1]
    strange = sum(1 for words in lacks if any(words in block for block in blocks))
    return _f1(found, max(len(blocks), found + strange), len(begins))


def _f1(common: int, got: int, wanted: int) -> tuple[float, float, float]:
    precision = common / got if got else float(not wanted)
    recall = common / wanted if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _grams(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", text).lower())
    return (
        Counter(tuple(tokens[at : at + 4]) for at in range(max(1, len(tokens) - 3))) if tokens else Counter()
    )


def flat(text: str) -> str:
    """NFC, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _pictures(captions: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    return [tuple(flat(words).rstrip(".") for words in pair) for pair in captions]


def date_score(found: dt.datetime | dt.date | None, truth: Truth) -> DateScore:
    """The outcome of one date."""
    if found is None:
        return DateScore.NEEDLESS if truth.days else DateScore.HELD
    if not any(same_day(found, day) for day in truth.days):
        return DateScore.WRONG
    if truth.minute and (not isinstance(found, dt.datetime) or not _shows(found, truth)):
        return DateScore.WRONG
    return DateScore.RIGHT


def _shows(found: dt.datetime, truth: Truth) -> bool:
    zone = dt.datetime.fromisoformat(truth.days[0]).tzinfo
    return (found.astimezone(zone) if found.tzinfo else found).isoformat().startswith(truth.minute)


def same_day(moment: dt.datetime | dt.date, wanted: str) -> bool:
    """Whether a moment is of the wanted day, there or where the truth stands."""
    truth = dt.datetime.fromisoformat(wanted)
    if isinstance(moment, dt.datetime):
        there = moment.astimezone(truth.tzinfo or _UTC).date()
        return there == truth.date() or moment.date() == truth.date()
    return moment == truth.date()


ABSENT = _ABSENT
