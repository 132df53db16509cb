"""The sets of articles that are measured: the project's own goldens, and what `../shared` holds where it is there."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.models import Form, RawItem
from generator.readers import read
from generator.settings import Settings, parse
from generator.text import normalize
from tests.shared.check_seeds import SETTINGS
from tests.shared.scores import ABSENT, Truth

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
CASES = ROOT / "tests" / "cases"
_BARE = parse({})


@dataclass(frozen=True)
class Case:
    """One article with its truth."""

    name: str
    data: bytes
    truth: Truth
    form: Form
    url: str | None = None
    settings: Settings = _BARE
    fetched_at: dt.datetime | None = None

    def item(self) -> RawItem:
        """As the reader hands it on."""
        if self.form is Form.TEXT:
            text = normalize(self.data.decode("utf-8"))
        else:
            text = read(f"content/raw/{self.name}.html", self.data).items[0].text
        return RawItem(raw=f"content/raw/{self.name}", form=self.form, text=text, url=self.url,
                       fetched_at=self.fetched_at)  # fmt: skip


@dataclass(frozen=True)
class Corpus:
    """A set of articles of one kind."""

    key: str
    about: str
    cases: tuple[Case, ...]


def load_corpora(names: Iterable[str] = ()) -> list[Corpus]:
    """Those that are there, of the named ones where any are named."""
    makers = {
        "own pages": ("the project's own pages (tests/cases/html)", own_pages),
        "own texts": ("the project's own texts (tests/cases/extract)", own_texts),
        "pages": ("saved news pages of ../shared", shared_pages),
        "texts": ("raw texts and seeds of ../shared, each with and without its address", shared_texts),
    }
    wanted = list(names) or list(makers)
    corpora = [Corpus(key, makers[key][0], tuple(makers[key][1]())) for key in wanted]
    return [corpus for corpus in corpora if corpus.cases]


# ------------------------------------------------------------------------------------------- own


def own_pages() -> Iterator[Case]:
    """Goldens that are a whole page and say what is to be found."""
    for path in sorted((CASES / "html").glob("*.yml")):
        for case in _load(path):
            expected = case.get("expected") or case.get("expect")
            if "html" in case and isinstance(expected, dict):
                yield Case(f"{path.stem}: {case['name']}", normalize(case["html"]).encode(), _of_golden(expected), Form.PAGE,
                           case.get("url"), parse(case.get("settings", {})))  # fmt: skip


def own_texts() -> Iterator[Case]:
    """Goldens of plain text."""
    for path in sorted((CASES / "extract").glob("*.yml")):
        for case in _load(path):
            if "text" not in case or not isinstance(case.get("expect"), dict):
                continue
            fetched = case.get("fetched_at")
            yield Case(f"{path.stem}: {case['name']}", case["text"].encode(), _of_golden(case["expect"]), Form.TEXT,
                       case.get("url"), parse({"sources": case.get("sources", {})}),
                       dt.datetime.fromisoformat(fetched) if fetched else None)  # fmt: skip


def _load(path: Path) -> list[dict[str, Any]]:
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [case for case in cases if isinstance(case, dict)] if isinstance(cases, list) else []


def _of_golden(expected: dict[str, Any]) -> Truth:
    date = expected.get("date", ABSENT)
    if expected.get("status") in ("held", "unknown"):
        date = None
    minute = str(date)[:16] if isinstance(date, str) and "T" in date else ""
    lead = expected.get("lead", ABSENT)
    kind = expected.get("lead_kind")
    apart = [lead] if isinstance(lead, str) and kind == "sapo" else []
    begins = expected.get("body", ABSENT)
    if headings := begins is not ABSENT:
        pictures = [words for words, _ in expected.get("captions", ())]
        begins = [one for one in begins if not any(words.startswith(one) for words in pictures)]
    elif "paragraphs" in expected and not {"headings", "lists"} & expected.keys():
        begins = [*apart, *expected["paragraphs"]] if kind != "sapo" or apart else ABSENT
    return Truth(
        title=expected.get("title", ABSENT),
        days=ABSENT if date is ABSENT else [date] if date else [],
        minute=minute,
        authors=expected.get("authors", ABSENT),
        source=expected.get("source", ABSENT),
        section=expected.get("section", ABSENT),
        lead=lead,
        captions=expected.get("captions", ABSENT),
        begins=begins,
        headings=headings,
        lacks=tuple(expected.get("lacks", ())),
    )


# ---------------------------------------------------------------------------------------- shared


def shared_pages() -> Iterator[Case]:
    """The saved pages. A truth that lies months behind the day on which its page was saved was read month first; it is
    turned round."""
    folder = SHARED / "data" / "html"
    if not (folder / "truth.json").is_file():
        return
    for truth in json.loads((folder / "truth.json").read_text(encoding="utf-8")):
        yield Case(truth["file"].removesuffix(".html.gz"), gzip.decompress((folder / truth["file"]).read_bytes()),
                   Truth(title=truth["title"], days=[_possible(truth["date"], truth["crawl"])], authors=truth["authors"],
                         paragraphs=truth["paragraphs"] or [], summary=truth["summary"] or []), Form.PAGE, truth["url"])  # fmt: skip


def _possible(date: str, crawl: str) -> str:
    stated = dt.datetime.fromisoformat(date)
    if stated.date() <= dt.datetime.fromisoformat(crawl).date() + dt.timedelta(days=2) or stated.day > 12:
        return date
    return stated.replace(month=stated.day, day=stated.month).isoformat()


def shared_texts() -> Iterator[Case]:
    """The raw openings and the seeds, twice each."""
    folder = SHARED / "data" / "raw_text"
    if (folder / "truth.yml").is_file():
        for entry in yaml.safe_load((folder / "truth.yml").read_text(encoding="utf-8")):
            data = (folder / f"{entry['id']}.txt").read_bytes()
            for how, url in (("with address", entry["url"]), ("without", None)):
                yield Case(
                    f"{entry['id']} {how}", data, _of_text(entry["truth"], url), Form.TEXT, url, SETTINGS
                )
    expected = SHARED / "seeds" / "expected.yml"
    if expected.is_file():
        for seed in yaml.safe_load(expected.read_text(encoding="utf-8")):
            data = (SHARED / "seeds" / seed["seed"]).read_bytes()
            for how, url in (("with address", seed["url"]), ("without", None)):
                yield Case(f"{seed['seed']} {how}", data, _of_seed(seed), Form.TEXT, url, SETTINGS)


def _of_text(truth: dict[str, Any], url: str | None) -> Truth:
    date = str(truth["date"]).replace(" ", "T") if truth["date"] else ""
    minute = date[:16] if truth.get("precision", "").startswith("minute") else ""
    section = truth.get("section", truth.get("section_from_url", ABSENT) if url else ABSENT)
    captions = [_caption(words) for words in truth.get("captions", ())]
    return Truth(
        title=truth["title"],
        days=[date, *map(str, truth.get("date_alt", ()))] if date else [],
        minute=minute,
        authors=[truth["author"]] if "author" in truth else [],
        section=section,
        lead=truth.get("lead", ABSENT),
        captions=captions or ABSENT,
    )


def _caption(words: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.*?)[\s(]*(?:(?i:ảnh)\s*:|(?<=[.\s])Ảnh\s)\s*(.*?)[).\s]*", words, re.DOTALL)
    return (match[1].strip(), match[2].strip()) if match else (words, "")


def _of_seed(seed: dict[str, Any]) -> Truth:
    date = seed["date"]
    return Truth(
        title=seed["title"],
        days=[date["value"]] if "value" in date else [],
        minute=date["value"][:16] if "value" in date else "",
        authors=[seed["author"]["value"]] if seed["author"] else [],
        source=seed["source"]["name"],
        section=seed["section"]["value"] if seed["section"] else None,
        lead=seed["lead"],
        captions=[(one["text"], one["credit"]) for one in seed["captions"]],
        begins=seed["body_starts"] if seed["lead_kind"] != "sapo" else [seed["lead"], *seed["body_starts"]],
        lacks=tuple(one["text"] for one in seed["dropped"] if " ... " not in one["text"]),
    )
