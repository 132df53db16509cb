"""A digest's folder, and a model of it beside it: what the contract promises, said once more in plain facts.

The model knows who wrote which value last, and never asks the generator's own rule (`merge`) about it. What the
generator has to say is what an ingest of the same raw file into an empty folder says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import sidecars
from generator.dates import parse_iso
from generator.ingest import Options, Outcome, Report, ingest
from generator.merge import EVERYTHING, NOTHING
from generator.models import Level
from generator.storage import PAGES, RAW, SIDECAR, Project
from tests.ownership import raws
from tests.ownership.page_text import PageText
from tests.ownership.raws import FILES, SETTINGS, Fresh

NOW = dt.datetime(2026, 11, 21, 7, tzinfo=SETTINGS[0].zone)
REQUIRED = ("title", "date", "source", "topic")
SPOKEN = ("title", "date", "source", "topic", "tags", "authors", "section", "summary", "url", "lang",
          "draft", "expires", "note", "publish_at", "story", "body")  # fmt: skip
"""What the generator may have a value of."""
KEPT_APART = frozenset({"raw", "review", "generated"})
ABSENT = "<the editor took the key away>"


class Lost(AssertionError):  # noqa: N818 - what happened, in a word
    """The promise is broken."""


@dataclass(frozen=True)
class First:
    """The generator said what an editor had written before it: the editor's words, whatever comes."""

    value: str


def canon(value: Any) -> str:
    """A value as it is compared: Unicode's two spellings of a letter are one."""
    return unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False, sort_keys=True))


def canon_body(body: str) -> str:
    return canon(body.replace("\r\n", "\n").strip())


def is_good(field: str, value: Any) -> bool:
    """Whether a value can stand in a published page."""
    if not isinstance(value, str) or not value.strip():
        return False
    try:
        return field != "date" or bool(parse_iso(value, SETTINGS[0].zone))
    except ValueError:
        return False


Article = tuple[str, str]
"""(raw file of the model, item)."""
Facts = dict[tuple[Any, ...], Any]
"""What is so. Flat, so that two clones' facts can be put together as git puts their files together."""
Snapshot = dict[str, bytes]


class World:
    """One digest's folder."""

    fresh_cache: dict[tuple[Any, ...], Mapping[str, Fresh]] = {}  # noqa: RUF012 - shared on purpose: it is pure

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "digest"
        shutil.rmtree(self.home, ignore_errors=True)
        (self.home / RAW).mkdir(parents=True)
        self.project = Project(self.home)
        self.facts: Facts = {("settings",): 0}
        self.history: dict[Article, list[tuple[str, bytes, Facts]]] = {}
        self.told: list[str] = []
        self.favourite: Article = ("", "")
        """The article to which most things happen."""
        self.tokens = 0
        self.ingests = 0
        self.merges = 0
        self.by_field = 0
        self.discarded: Counter[str] = Counter()

    # -------------------------------------------------------------------------------------- facts

    def articles(self, *states: str) -> list[Article]:
        return sorted(
            key[0] for key, state in self.facts.items() if key[1:] == ("state",) and state in states
        )

    def of(self, article: Article) -> Facts:
        return {key: value for key, value in self.facts.items() if key[0] == article}

    def get(self, *key: Any) -> Any:
        return self.facts.get(key)

    def page(self, article: Article) -> Path:
        return self.home / PAGES / self.facts[article, "page"]

    def read(self, article: Article) -> PageText:
        return PageText.parse(self.page(article).read_bytes())

    def raw(self, file: str) -> str | None:
        path: str | None = self.get(file, "path")
        return path and f"{RAW}/{path}"

    def words(self, file: str) -> dict[str, dict[str, int]]:
        """item → attribute → number."""
        found: dict[str, dict[str, int]] = {item: {} for item in FILES[file[0]][1]}
        for key, value in self.facts.items():
            if key[0] == file and key[1] == "w":
                found[key[2]][key[3]] = value
        return found

    def put(self, file: str) -> None:
        """Write a raw file as its facts are."""
        target = self.home / str(self.raw(file))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raws.write(file, self.words(file)))

    def begin(self, file: str) -> None:
        """A raw file that was not there before."""
        self.facts[file, "path"] = FILES[file[0]][0]
        for item in FILES[file[0]][1]:
            for attribute in raws.attributes(file):
                self.facts[file, "w", item, attribute] = 1 if attribute == "here" else 0
            self.facts[(file, item), "state"] = "none"
        self.put(file)

    @property
    def settings(self) -> Any:
        return SETTINGS[self.facts["settings",]]

    def speaking(self, article: Article) -> bool:
        """Whether a raw article is there."""
        here = self.get(article[0], "path") is not None
        return here and self.get(article[0], "w", article[1], "here") != 0

    # -------------------------------------------------------------------------------------- fresh

    def fresh(self, file: str, data: bytes | None = None) -> Mapping[str, Fresh]:
        """Item → what an empty digest makes of it."""
        raw = str(self.raw(file))
        data = (self.home / raw).read_bytes() if data is None else data
        url = self.get(file, "url")
        key = (raw, data, self.facts["settings",], url)
        if key not in self.fresh_cache:
            folder = self.root / "fresh"
            shutil.rmtree(folder, ignore_errors=True)
            (folder / raw).parent.mkdir(parents=True)
            (folder / raw).write_bytes(data)
            if url:
                (folder / f"{raw}{SIDECAR}").write_text(f'url: "{url}"\n', "utf-8")
            ingest(Project(folder), self.settings, (), Options(now=NOW, jobs=1))
            pages = (path.read_bytes() for path in sorted((folder / PAGES).rglob("*.md")))
            self.fresh_cache[key] = dict(_fresh(file, data) for data in pages)
        return self.fresh_cache[key]

    # -------------------------------------------------------------------------------------- an editor's hand

    def owns(self, article: Article, field: str) -> bool:
        return (article, "mine", field) in self.facts

    def wrote(self, article: Article, field: str, value: Any) -> None:
        """An editor has written a field (`ABSENT`: taken the key away)."""
        recorded = self.get(article, "rec", field)
        if value == ABSENT:
            if recorded is None:
                self.facts.pop((article, "mine", field), None)
            else:
                self.facts[article, "mine", field] = ABSENT
            return
        value = canon_body(value) if field == "body" else canon(value)
        if value == recorded:
            self.facts.pop((article, "mine", field), None)
        else:
            self.facts[article, "mine", field] = value

    def save(self, article: Article, page: PageText) -> None:
        """An editor saves a page: what differs from before is the editor's word."""
        before, after = self.read(article), page
        old, new = before.values(), after.values()
        for field in SPOKEN[:-1]:
            if field in new and (field not in old or canon(old[field]) != canon(new[field])):
                self.wrote(article, field, new[field])
            elif field in old and field not in new:
                self.wrote(article, field, ABSENT)
        if canon_body(before.body) != canon_body(after.body):
            self.wrote(article, "body", after.body)
        for key in {*old, *new} - {*SPOKEN, *KEPT_APART}:
            if key in new:
                self.facts[article, "own", key] = canon(new[key])
            else:
                self.facts.pop((article, "own", key), None)
        self.facts[article, "lines"] = _lines(new)
        self.page(article).write_bytes(page.render())

    # -------------------------------------------------------------------------------------- ingest

    def ingest(
        self, *places: str, refresh: frozenset[str] = NOTHING, of: frozenset[Article] = frozenset()
    ) -> None:
        """An ingest, judged. `of` are the articles for which `refresh` is meant."""
        self.ingests += 1
        before = {article: self.read(article) for article in self.articles("live")}
        report = self._run(places, refresh)
        outcomes = {result.raw: result for result in report.results}
        told = sorted(
            (
                problem.path,
                problem.rule,
                re.sub(r".*`(\w+)` changed.*|.*unclear: (\w+):.*", r"\1\2", problem.message),
            )
            for problem in report.problems
            if problem.rule in ("conflict", "doubt")
        )
        named = self._named(report) if places else None
        expected: list[tuple[str, str, str]] = []
        for article in self.articles("none", "live", "deleted", "down"):
            file = article[0]
            if not self.speaking(article):
                if not places:
                    self._settle_alone(article)
                continue
            if named is not None and self.raw(file) not in named:
                continue
            asked = refresh if article in of else NOTHING
            expected += self._judge_article(article, self._result_of(article, outcomes), asked)
        if told != sorted(expected):
            raise Lost(f"told {told}, expected {sorted(expected)}")
        self._judge_folder()
        for article, old in before.items():
            if self.get(article, "state") == "live":
                self._judge_page(article, old)
        self._judge_sidecars(named)
        self._judge_again()
        for article in self.articles("live"):
            versions = self.history.setdefault(article, [])
            data = self.page(article).read_bytes()
            if not versions or versions[-1][:2] != (self.facts[article, "page"], data):
                versions.append((self.facts[article, "page"], data, self.of(article)))

    def _named(self, report: Report) -> set[str]:
        """The raw files of a report; their names may hold a #."""
        raw = {str(self.raw(key[0])) for key, path in self.facts.items() if key[1:] == ("path",) and path}
        return {
            name
            for name in raw
            for result in report.results
            if result.raw == name or result.raw.startswith(f"{name}#tin")
        }

    def run(self) -> Report:
        """An ingest that is not judged."""
        return self._run((), NOTHING)

    def _run(self, places: Iterable[str], refresh: frozenset[str]) -> Report:
        report = ingest(self.project, self.settings, tuple(places), Options(now=NOW, jobs=1, refresh=refresh))
        for result in report.results:
            if result.outcome is Outcome.REJECTED:
                raise Lost(f"{result.raw} was rejected: {result.problems}")
        for problem in report.problems:
            if problem.level is Level.ERROR and problem.rule != "page-value":
                raise Lost(f"an error: {problem}")
        return report

    def _result_of(self, article: Article, outcomes: Mapping[str, Any]) -> Any:
        file, item = article
        raw = f"{self.raw(file)}#{raws.id_of(item)}" if item else str(self.raw(file))
        if raw not in outcomes:
            raise Lost(f"{article}: nothing is told of it: {sorted(outcomes)}")
        return outcomes[raw]

    def _judge_article(
        self, article: Article, result: Any, refresh: frozenset[str]
    ) -> list[tuple[str, str, str]]:
        state, facts = self.facts[article, "state"], self.facts
        fresh = self.fresh(article[0]).get(article[1])
        if fresh is None:
            raise Lost(f"{article}: an empty digest makes no page of it")
        if state == "down":
            if result.outcome is not Outcome.SKIPPED:
                raise Lost(f"{article} was taken down and is {result.outcome}")
            return []
        if state == "deleted" and refresh != EVERYTHING:
            if result.outcome is not Outcome.DELETED:
                raise Lost(f"{article} was deleted by an editor and is {result.outcome}")
            return []
        if state in ("none", "deleted"):
            self._judge_new(article, fresh, result)
            return []
        if result.outcome not in (Outcome.UPDATED, Outcome.UNCHANGED, Outcome.KEPT):
            raise Lost(f"{article} has a page and is {result.outcome}: {result.problems}")
        told = self._speak(article, fresh, refresh)
        if facts[article, "page"].startswith("held/"):
            facts[article, "page"] = self._where(article, result.page)
        elif result.page != facts[article, "page"]:
            raise Lost(f"{article} moved from {facts[article, 'page']} to {result.page}")
        self._judge_values(article)
        # Messages name the page where it stood when the run came to it.
        return [(f"{PAGES}/{result.moved_from or result.page}", rule, field) for rule, field in told]

    def _judge_new(self, article: Article, fresh: Fresh, result: Any) -> None:
        """A page that was not there, or was deleted: wholly the generator's, at an address of its own."""
        facts = self.facts
        if result.outcome is not Outcome.NEW:
            raise Lost(f"{article} should be new and is {result.outcome}: {result.problems}")
        others = {value: key[0] for key, value in facts.items() if key[1:] == ("page",) and key[0] != article}
        if result.page in others:
            raise Lost(f"{article} got the address of {others[result.page]}, {result.page}")
        old = facts.get((article, "page"), "")
        if old.startswith("articles/") and not fresh.doubts and result.page != old:
            raise Lost(f"{article} came back at {result.page}, not at {old}")
        for key in self.of(article):
            del facts[key]
        facts[article, "state"], facts[article, "page"] = "live", result.page
        for field, value in fresh.fields.items():
            facts[article, "rec", field] = canon(value)
        facts[article, "rec", "body"] = canon_body(fresh.body)
        for field, (line, candidates) in fresh.doubts.items():
            facts[article, "doubt", field] = (candidates, line)
        facts[article, "lines"] = tuple(line for line, _ in fresh.doubts.values())
        facts[article, "own", "added"] = canon(self.read(article).values().get("added"))
        self._judge_values(article)

    def _speak(self, article: Article, fresh: Fresh, refresh: frozenset[str]) -> list[tuple[str, str]]:
        """The generator's word about a page that is there: the rule of ownership. Gives what it must tell."""
        facts, told = self.facts, []
        filed = facts[article, "page"].startswith("articles/")
        said = {field: canon(value) for field, value in fresh.fields.items()} | {
            "body": canon_body(fresh.body)
        }
        for field in SPOKEN:
            new, mine, recorded = said.get(field), (article, "mine", field), (article, "rec", field)
            if new is not None and (refresh == EVERYTHING or field in refresh):
                facts.pop(mine, None)
            still = facts.pop(
                (article, "open", field), None
            )  # the editor's value beside which the raw article changed
            if mine not in facts:
                if new is not None:
                    facts[recorded] = new
                elif not (filed and field in REQUIRED):
                    facts.pop(recorded, None)
            elif facts[mine] == ABSENT or new is None:
                pass
            elif facts[mine] == new:
                if self._last_said(recorded) != new or recorded not in facts:
                    facts[recorded] = First(new)
            elif self._last_said(recorded) != new:
                told.append(("conflict", field))
                facts[recorded] = new
                facts[article, "open", field] = facts[mine]
            elif still == facts[mine]:
                facts[article, "open", field] = still
        return told + self._doubt(article, fresh, refresh, filed=filed)

    def _doubt(
        self, article: Article, fresh: Fresh, refresh: frozenset[str], *, filed: bool
    ) -> list[tuple[str, str]]:
        """The review lines of a page after the generator's word. Gives what it must tell of a page that is filed."""
        facts, told = self.facts, list[tuple[str, str]]()
        lines = list(facts[article, "lines"])
        for key in [key for key in facts if key[:2] == (article, "doubt") and key[2] not in fresh.doubts]:
            lines = [line for line in lines if line != facts[key][1]]
            del facts[key]
        for field, (line, candidates) in fresh.doubts.items():
            known = facts.get((article, "doubt", field))
            asked = refresh == EVERYTHING or field in refresh or "review" in refresh
            if known is not None and known[0] == candidates and not asked:
                if known[1] in lines:  # the same doubt in other words
                    lines = [line if one == known[1] else one for one in lines]
                    facts[article, "doubt", field] = (candidates, line)
                continue
            lines = [one for one in lines if known is None or one != known[1]]
            facts[article, "doubt", field] = (candidates, line)
            if facts.get((article, "mine", field), ABSENT) != ABSENT and not asked:
                continue
            if filed:
                told.append(("doubt", field))
            else:
                lines.append(line)
        facts[article, "lines"] = tuple(lines)
        return told

    def _last_said(self, recorded: tuple[Any, ...]) -> str | None:
        value = self.facts.get(recorded)
        return value.value if isinstance(value, First) else value

    def _where(self, article: Article, page: str) -> str:
        """Where a page stands that was held before: filed once nothing is open, and not before."""
        values = PageText.parse((self.home / PAGES / page).read_bytes()).values()
        waits = bool(self.facts[article, "lines"]) or not all(
            is_good(field, values.get(field)) for field in REQUIRED
        )
        if waits:
            if page != self.facts[article, "page"]:
                raise Lost(f"{article} waits and went from {self.facts[article, 'page']} to {page}")
        elif not page.startswith(f"articles/{values['date'][:4]}/{values['date'][5:7]}/"):
            raise Lost(f"{article} is settled and stands at {page}")
        return page

    def _settle_alone(self, article: Article) -> None:
        """A held page whose raw file is not here: filed where it is settled, and else as it was."""
        if self.facts[article, "state"] != "live" or not self.facts[article, "page"].startswith("held/"):
            return
        if not self.page(article).exists():
            claim = self.claim(article)
            found = [
                name
                for name in self._pages()
                if name not in self._known_pages() and claim == _claim(self.home / PAGES / name)
            ]
            if len(found) != 1:
                raise Lost(
                    f"{article}: its page {self.facts[article, 'page']} is gone; {found} claim {claim}"
                )
            self.facts[article, "page"] = self._where(article, found[0])
        else:
            self._where(article, self.facts[article, "page"])

    def _pages(self) -> list[str]:
        folder = self.home / PAGES
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))

    def addresses(self) -> set[str]:
        """The pages that some article has, or had when it was deleted."""
        return {value for key, value in self.facts.items() if key[1:] == ("page",)}

    def is_registered(self, article: Article) -> bool:
        """Whether the sidecar knows the page."""
        path = self.home / f"{self.raw(article[0])}{SIDECAR}"
        return path.exists() and str(self.facts[article, "page"]) in path.read_text("utf-8")

    def claims_rightly(self, article: Article) -> bool:
        """Whether a page names its raw article as that is called now."""
        return self.read(article).values().get("raw") == self.claim(article)

    def claim(self, article: Article) -> str:
        """What a raw article is called; of one that is gone, what it was called last."""
        file, item = article
        path = f"{RAW}/{self.get(file, 'path') or self.get(file, 'was')}"
        return f"{path}#{raws.id_of(item)}" if item else path

    def is_traceable(self, article: Article) -> bool:
        """Whether a page can be told to be a raw article's. Where page, raw file and sidecar all have new names, nothing
        but their words says so, and only while these are the same."""
        sidecar = self.home / f"{self.raw(article[0])}{SIDECAR}"
        if not self.speaking(article) or not sidecar.exists():
            return True
        return self.claims_rightly(article) or self.is_registered(article)

    def _known_pages(self) -> dict[str, Article]:
        return {self.facts[one, "page"]: one for one in self.articles("live", "down")}

    # -------------------------------------------------------------------------------------- judgements

    def _judge_values(self, article: Article) -> None:
        """Every field has the value of the one who owns it."""
        page, facts = self.read(article), self.facts
        values = page.values()
        for field in SPOKEN:
            found = (
                canon_body(page.body)
                if field == "body"
                else canon(values[field])
                if field in values
                else ABSENT
            )
            wanted = facts.get((article, "mine", field))
            who = "the editor wrote"
            if wanted is None:
                wanted, who = self._last_said((article, "rec", field)) or ABSENT, "the generator says"
            if found != wanted:
                raise Lost(
                    f"{article} {facts[article, 'page']}: {who} {field} {wanted}; there stands {found}"
                )
        for key in {*values, *(key[2] for key in self.of(article) if key[1] == "own")} - {
            *SPOKEN,
            *KEPT_APART,
        }:
            if canon(values.get(key, ABSENT)) != facts.get((article, "own", key)):
                raise Lost(
                    f"{article}: the editor's own {key} is {values.get(key)}, was {facts.get((article, 'own', key))}"
                )
        listed = sorted(
            name.removeprefix("conflict.") for name in values["generated"] if name.startswith("conflict.")
        )
        if listed != (wanted := sorted(key[2] for key in self.of(article) if key[1] == "open")):
            raise Lost(f"{article}: conflicts are listed for {listed}, expected {wanted}")
        if _lines(values) != facts[article, "lines"]:
            raise Lost(f"{article}: review is {_lines(values)}, expected {facts[article, 'lines']}")

    def _judge_page(self, article: Article, old: PageText) -> None:
        """Every character of an editor's is where it was."""
        new, facts = self.read(article), self.facts
        editors = {key[2] for key in self.of(article) if key[1] in ("mine", "own")}
        for entry in old.entries:
            if entry.key in editors and facts.get((article, "mine", entry.key)) != ABSENT:
                found = new.entry(entry.key)
                if found is None or found.text.rstrip("\n") != entry.text.rstrip("\n"):
                    raise Lost(f"{article}: {entry.text!r} has become {found and found.text!r}")
        if old.comments != new.comments:
            raise Lost(f"{article}: comments were {old.comments}, are {new.comments}")
        text = "".join(entry.text for entry in new.entries)
        for entry in old.entries:
            for token in re.findall(r"#ghi\d+", entry.text):
                if token not in text and (entry.key is None or new.entry(entry.key)):
                    raise Lost(f"{article}: the comment {token} at {entry.key} is gone: {entry.text!r}")
        order = [entry.key for entry in old.entries if entry.key and new.entry(entry.key)]
        if order != [entry.key for entry in new.entries if entry.key and old.entry(entry.key)]:
            raise Lost(f"{article}: the keys changed their places")
        if self.owns(article, "body") and old.body != new.body:
            raise Lost(f"{article}: the body {old.body!r} has become {new.body!r}")

    def _judge_folder(self) -> None:
        """No page is lost, none is there twice, none claims another's raw article."""
        known, found = self._known_pages(), self._pages()
        if sorted(known) != found:
            raise Lost(f"pages are {found}, expected {sorted(known)}")
        for page, article in known.items():
            if self.facts[article, "state"] == "down":
                if (self.home / PAGES / page).read_bytes() != self.facts[article, "record"]:
                    raise Lost(f"the record of a takedown changed: {page}")
            elif self.speaking(article) and not self.claims_rightly(article):
                raise Lost(f"{page} claims {self.read(article).values().get('raw')}")

    def _judge_sidecars(self, named: set[str] | None) -> None:
        for file in [key[0] for key in self.facts if key[1:] == ("path",)]:
            raw = self.raw(file)
            if raw is None or (named is not None and raw not in named):
                continue
            path = self.home / (raw + SIDECAR)
            if not path.exists():
                raise Lost(f"{raw} has no sidecar")
            sidecar = sidecars.parse(path.read_text("utf-8"), raw + SIDECAR, self.settings.zone)
            if sidecar.sha256 != hashlib.sha256((self.home / raw).read_bytes()).hexdigest():
                raise Lost(f"the sidecar of {raw} has another fingerprint")
            for article in self.articles("live", "deleted"):
                if article[0] == file and self.speaking(article):
                    page = sidecar.pages.get(raws.id_of(article[1]) if article[1] else "")
                    if page != self.facts[article, "page"]:
                        raise Lost(
                            f"the sidecar of {raw} names {page} for {article}, not {self.facts[article, 'page']}"
                        )

    def _judge_again(self) -> None:
        """Ingest twice is ingest once."""
        before = self.snapshot()
        report = ingest(self.project, self.settings, (), Options(now=NOW + dt.timedelta(days=3), jobs=1))
        outcomes = {result.outcome for result in report.results}
        if not outcomes <= {Outcome.UNCHANGED, Outcome.DELETED, Outcome.SKIPPED}:
            raise Lost(f"a second run reports {[(one.raw, one.outcome.value) for one in report.results]}")
        if again := [problem for problem in report.problems if problem.rule in ("conflict", "doubt")]:
            raise Lost(f"told twice: {again}")
        after = self.snapshot()
        if before != after:
            changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
            raise Lost(f"a second run changed {changed}")

    # -------------------------------------------------------------------------------------- the folder as a whole

    def snapshot(self) -> Snapshot:
        return {
            path.relative_to(self.home).as_posix(): path.read_bytes()
            for path in (self.home / "content").rglob("*")
            if path.is_file()
        }

    def restore(self, snapshot: Snapshot) -> None:
        now = self.snapshot()
        for name in now.keys() - snapshot.keys():
            (self.home / name).unlink()
        for name, data in snapshot.items():
            if now.get(name) != data:
                (self.home / name).parent.mkdir(parents=True, exist_ok=True)
                (self.home / name).write_bytes(data)


def _claim(page: Path) -> Any:
    return PageText.parse(page.read_bytes()).values().get("raw")


def _lines(values: Mapping[str, Any]) -> tuple[str, ...]:
    found = values.get("review")
    return tuple(str(line) for line in found) if isinstance(found, list) else (str(found),) if found else ()


def _fresh(file: str, data: bytes) -> tuple[str, Fresh]:
    page = PageText.parse(data)
    values = page.values()
    doubts = {}
    for line in _lines(values):
        doubts[line.partition(":")[0]] = (line, tuple(re.findall(r"\d{4}-\d\d-\d\d", line)))
    claim = str(values["raw"])
    items = FILES[file[0]][1]
    item = next((item for item in items if item and claim.endswith(f"#{raws.id_of(item)}")), "")
    return item, Fresh({field: values[field] for field in SPOKEN[:-1] if field in values}, page.body, doubts)
