"""`make eval`: the extraction beside two libraries alone, in one run, and whether it keeps its floors.

    python -m tests.shared.evaluate [SET …] [--json] [--detail FIELD] [--alone] [--pin]

Sets: `own pages`, `own texts` (always there), `pages`, `texts` (of `../shared`, left out where that is missing).
Ends with 1 where a floor of `floors.yml` is missed. `--pin` raises floors to what was measured, and never lowers one.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.shared.corpora import Corpus, load_corpora
from tests.shared.extractors import EXTRACTORS, OWN
from tests.shared.scores import DateScore, Tally, add

FLOORS = Path(__file__).with_name("floors.yml")
MOST = ("wrong", "needless")
"""Floors that are ceilings: how many dates may be so."""
_COLUMNS = ("title", "authors", "source", "section", "lead", "captions", "body", "precision", "recall")
_STEP = 1000

Floors = dict[str, dict[str, float]]


def measure(corpora: Iterable[Corpus], *, alone: bool = False) -> dict[str, dict[str, Tally]]:
    """Tallies by set and extractor; `alone`: without the libraries."""
    found: dict[str, dict[str, Tally]] = {}
    for corpus in corpora:
        for name, (answer, fields) in EXTRACTORS.items():
            if alone and name != OWN:
                continue
            tally = found.setdefault(corpus.key, {}).setdefault(name, Tally())
            answer(corpus.cases[0])  # the first call imports and compiles
            for case in corpus.cases:
                start = time.perf_counter()
                given = answer(case)
                tally.seconds += time.perf_counter() - start
                add(tally, case.name, given, case.truth, fields)
    return found


def figures(tally: Tally) -> dict[str, float]:
    """What can be held to a floor."""
    marks = {name: tally.mean(name) for name in (*_COLUMNS, "date")}
    return {
        "cases": tally.cases,
        **{name: round(value, 4) for name, value in marks.items() if value is not None},
        **({name: tally.dates[DateScore(name)] for name in MOST} if tally.dates else {}),
    }


def load_floors(path: Path = FLOORS) -> Floors:
    """Floors by set and figure."""
    loaded: Floors = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def missed(measured: Mapping[str, Mapping[str, float]], floors: Floors) -> list[str]:
    """One line per floor that is not kept, in words."""
    lines = []
    for key, own in measured.items():
        for name, floor in floors.get(key, {}).items():
            value = own.get(name)
            if value is None:
                lines.append(f"{key}: nothing gives {name}, which must be {_bound(name)} {floor:g}")
            elif value > floor if name in MOST else value < floor:
                lines.append(f"{key}: {name} is {value:g}, must be {_bound(name)} {floor:g}")
    return lines


def _bound(name: str) -> str:
    return "at most" if name in MOST else "at least"


def raise_floors(measured: Mapping[str, Mapping[str, float]], floors: Floors) -> tuple[Floors, list[str]]:
    """(floors no lower than they were, what changed)."""
    raised: Floors = {key: dict(values) for key, values in floors.items()}
    lines = []
    for key, own in measured.items():
        for name, value in own.items():
            old = raised.setdefault(key, {}).get(name)
            new = value if name in (*MOST, "cases") else math.floor(value * _STEP + 1e-6) / _STEP
            if old is None or (new < old if name in MOST else new > old):
                raised[key][name] = new
                lines.append(f"{key}: {name} {'-' if old is None else f'{old:g}'} -> {new:g}")
    return raised, lines


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """The file anew under its own first comment."""
    head = "".join(
        line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#")
    )
    path.write_text(head + yaml.safe_dump(floors, sort_keys=False, allow_unicode=True), encoding="utf-8")


# ----------------------------------------------------------------------------------------- output


def table(corpora: Iterable[Corpus], found: Mapping[str, Mapping[str, Tally]], floors: Floors) -> str:
    """The figures as a reader wants them: a block per set, a line per extractor, the floor below."""
    heads = ["", "title", "authors", "source", "section", "lead", "captions", "body F1", "P", "R", "dates: right", "held",
             "wrong", "needless", "per s"]  # fmt: skip
    widths = [13, *(max(6, len(head)) for head in heads[1:])]
    lines: list[str] = []
    for corpus in corpora:
        lines += ["", f"{corpus.key}: {len(corpus.cases)} articles, {corpus.about}", _row(heads, widths)]
        lines.append("-" * len(_row(heads, widths)))
        for name, tally in found[corpus.key].items():
            marks = [_mark(tally.mean(column)) for column in _COLUMNS]
            dates = [str(tally.dates[one]) if tally.dates else "" for one in DateScore]
            lines.append(
                _row([name, *marks, *dates, f"{tally.cases / max(tally.seconds, 1e-9):.1f}"], widths)
            )
        bounds = floors.get(corpus.key, {})
        dates = [
            _mark(bounds.get("date")),
            "",
            *(f"{bounds[one]:g}" if one in bounds else "" for one in MOST),
        ]
        lines.append(_row(["floor", *(_mark(bounds.get(column)) for column in _COLUMNS), *dates, ""], widths))
    lines += ["", "dates: held = rightly, nothing in the article gives it; wrong = and no word of doubt; needless = held or"
              " not found though the article gives it.", "The floor below “right” is the share of right and rightly held."]  # fmt: skip
    return "\n".join(lines)


def _row(cells: list[str], widths: list[int]) -> str:
    return "  ".join(
        [
            cells[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)),
        ]
    ).rstrip()


def _mark(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _as_json(found: Mapping[str, Mapping[str, Tally]], floors: Floors, lines: list[str]) -> str:
    told: dict[str, Any] = {
        key: {
            name: {
                **figures(tally),
                "dates": {one.value: tally.dates[one] for one in DateScore} if tally.dates else {},
                "per_second": round(tally.cases / max(tally.seconds, 1e-9), 1),
                "misses": [{"article": of, "field": field, "found": str(got), "wanted": str(wanted)}
                           for of, field, got, wanted in tally.misses] if name == OWN else [],
            }
            for name, tally in extractors.items()
        }
        for key, extractors in found.items()
    }  # fmt: skip
    return json.dumps({"sets": told, "floors": floors, "missed": lines}, ensure_ascii=False, indent=2)


def main(arguments: list[str] | None = None) -> int:
    """Print the table or the JSON; 1 where a floor is missed."""
    parser = argparse.ArgumentParser(prog="make eval", description="measure the extraction")
    parser.add_argument(
        "sets", nargs="*", metavar="SET", help="own pages, own texts, pages, texts (default: all there are)"
    )
    parser.add_argument("--json", action="store_true", help="everything, misses included, as JSON")
    parser.add_argument(
        "--detail", default="", metavar="FIELD", help="print what is missed in a field (or: all)"
    )
    parser.add_argument("--alone", action="store_true", help="without the libraries beside it")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured now")
    parser.add_argument("--floors", type=Path, default=FLOORS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    floors = load_floors(options.floors)
    unknown = [one for one in options.sets if one not in floors]
    if unknown:
        parser.error(f"no set is called {unknown[0]!r}; there are: {', '.join(floors)}")
    corpora = load_corpora(options.sets)
    found = measure(corpora, alone=options.alone)
    measured = {key: figures(extractors[OWN]) for key, extractors in found.items()}
    lines = missed(measured, floors)
    if options.json:
        print(_as_json(found, floors, lines))
    else:
        print(table(corpora, found, floors))
        for extractors in found.values():
            for of, name, got, wanted in extractors[OWN].misses:
                if options.detail in (name, "all"):
                    print(f"  {name}: {of}\n      found  {got!r}\n      wanted {wanted!r}")
        for absent in (key for key in floors if not options.sets and key not in found):
            print(f"{absent}: not measured, ../shared is not there", file=sys.stderr)
    if options.pin:
        raised, changes = raise_floors(measured, floors)
        write_floors(raised, options.floors)
        print("\n".join(changes) or "no floor is higher than it was", file=sys.stderr)
    for line in lines:
        print(f"floor missed: {line}", file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
