"""Use case: raw files → article pages.

Understanding a raw file is pure and may run in several processes; deciding what happens to its pages and
writing them is one process's work, file by file, so that one bad file costs only itself.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from generator import article, frontmatter, merge, pages, slugs, workers
from generator.dates import format_moment
from generator.errors import ProblemError, UsageError
from generator.illustrations import Illustrated, illustrate
from generator.intake import Reading
from generator.library import ARTICLES, HELD, REQUIRED, missing_fields
from generator.models import Level, Moment, Problem, Record
from generator.settings import Settings
from generator.sidecars import Sidecar
from generator.storage import PAGES, RAW, Project

_CLAIM = re.compile(r'^raw: "([^"\\]*)"[ \t]*$', re.MULTILINE)
"""How ingest itself writes a page's claim; any other spelling is left to the parser."""


class Outcome(StrEnum):
    """What became of one article."""

    NEW = "new"
    UPDATED = "updated"
    KEPT = "kept"
    """The raw article changed where the editor had changed the page: the editor's words stay."""
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    """An editor took the page away: it stays away."""
    SKIPPED = "skipped"
    """The sidecar says `skip: true`."""
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Result:
    """One article's way through ingest."""

    raw: str
    outcome: Outcome
    page: str = ""
    """File below the pages folder."""
    held: tuple[str, ...] = ()
    """Why the page waits for a person; empty when it is filed."""
    problems: tuple[Problem, ...] = ()
    moved_from: str = ""
    """Where the page stood before it was filed."""


@dataclass(slots=True)
class Report:
    """All that one run did."""

    results: list[Result] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """Articles with that outcome."""
        return sum(result.outcome is outcome for result in self.results)

    @property
    def held(self) -> list[Result]:
        """Articles that wait for a person."""
        return [result for result in self.results if result.held]

    @property
    def problems(self) -> list[Problem]:
        """Everything there is to tell, in order."""
        return [problem for result in self.results for problem in result.problems]

    @property
    def rejected(self) -> bool:
        """Whether anything was rejected or is an error: exit code 1."""
        return any(problem.level is Level.ERROR for problem in self.problems)


class Progress:
    """Who is told how an ingest goes on. This one listens and shows nothing."""

    def begin(self, files: int) -> None:
        """So many raw files are to be read."""

    def tell(self, result: Result) -> None:
        """One article has gone its way."""

    def step(self) -> None:
        """One raw file is done."""

    def end(self) -> None:
        """Nothing more will come, whether all went well or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the caller may choose."""

    now: dt.datetime
    url: str | None = None
    source: str | None = None
    dry_run: bool = False
    refresh: bool = False
    jobs: int | None = None
    """Processes; None: as many as pay."""


def ingest(
    project: Project,
    settings: Settings,
    places: Sequence[str],
    options: Options,
    progress: Progress | None = None,
) -> Report:
    """Bring the pages up to date with the raw files below `places`.

    `progress` is told of every raw file and every article.

    Raises:
        UsageError: a place is not there, or --url/--source stand with more than one file.
    """
    names = list(dict.fromkeys(project.raw_files(tuple(places) or (RAW,))))
    if (options.url or options.source) and len(names) != 1:
        raise UsageError(f"--url and --source speak of one raw file; {len(names)} are named")
    report = Report()
    progress = progress or Progress()
    filing = _Filing(project, settings, options, progress.step)
    progress.begin(len(names))
    try:
        for result in filing.run(names, everything=not places):
            report.results.append(result)
            progress.tell(result)
    finally:
        progress.end()
    return report


class _Filing:
    """One run: from readings to files, with the addresses in use."""

    def __init__(
        self, project: Project, settings: Settings, options: Options, step: Callable[[], None]
    ) -> None:
        """`step` is called when a raw file is done."""
        self.project = project
        self.settings = settings
        self.options = options
        self.step = step
        self.zone = settings.zone
        self.register = slugs.Register(
            name.removeprefix(f"{PAGES}/") for name in project.page_files() if name.startswith(f"{PAGES}/")
        )
        self._claims: dict[str, str] | None = None
        self._seen: set[str] = set()

    def run(self, names: list[str], *, everything: bool) -> Iterator[Result]:
        """Every article of the raw files, in their order; with `everything` then the held pages that no raw
        file speaks for."""
        for result in self._run(names):
            self._seen.add(result.page)
            yield result
        if everything:
            yield from self._file_settled()

    def _run(self, names: list[str]) -> Iterator[Result]:
        options = self.options
        files = workers.read_files(
            self.project, self.settings, names, url=options.url, source=options.source, jobs=options.jobs
        )
        for one in files:
            if one.reading is not None and one.sidecar is not None:
                yield from self._settle(one.reading, one.sidecar)
            elif one.problem is not None:
                yield Result(one.name, Outcome.REJECTED, problems=(one.problem,))
            else:
                yield Result(one.name, Outcome.SKIPPED)
            self.step()

    def _settle(self, reading: Reading, sidecar: Sidecar) -> Iterator[Result]:
        """Write the pages of a raw file, then its sidecar."""
        remarks: tuple[Problem, ...] = ()
        for problem in reading.problems:
            if problem.level is Level.ERROR:
                yield Result(reading.raw, Outcome.REJECTED, problems=(problem,))
            else:
                remarks += (problem,)
        filed = dict(sidecar.pages)
        for record in reading.records:
            item = record.raw.removeprefix(reading.raw).removeprefix("#")
            try:
                result = self._place(record, sidecar, item)
            except ProblemError as error:
                yield Result(record.raw, Outcome.REJECTED, problems=(error.problem,))
                continue
            if result.page:
                filed[item] = result.page
            yield replace(result, problems=(*remarks, *result.problems))
            remarks = ()
        if reading.records and not self.options.dry_run:
            try:
                text = sidecar.updated(
                    sha256=reading.sha256,
                    added=format_moment(self.options.now),
                    pages=filed,
                    url=self.options.url,
                    source=self.options.source,
                )
                self.project.write(sidecar.path, text)
            except ProblemError as error:
                yield Result(reading.raw, Outcome.REJECTED, problems=(error.problem,))

    def _place(self, record: Record, sidecar: Sidecar, item: str) -> Result:
        """Make or update the page of one record."""
        illustrated = illustrate(record, self.settings, self.project)
        record = illustrated.record
        generated = pages.compose(record, self.settings)
        page = self._page_of(record.raw, sidecar.pages.get(item))
        if page is None:
            if item in sidecar.pages and not self.options.refresh:
                return Result(record.raw, Outcome.DELETED)
            return self._file_new(illustrated, generated)
        path = f"{PAGES}/{page}"
        old = self.project.read_text(path)
        illustrated, generated = illustrated.keep(generated, frontmatter.split(old, path)[1])
        merged = merge.merge(
            old, generated, path, filed=page.startswith(ARTICLES), refresh=self.options.refresh
        )
        outcome = (
            Outcome.KEPT if merged.conflicts else Outcome.UPDATED if merged.text != old else Outcome.UNCHANGED
        )
        told = [
            Problem(
                path,
                f"`{name}` changed in {record.raw} too; your words stay",
                f"`digest ingest --refresh {record.raw}` would give up your {', '.join(merged.edited)}",
                level=Level.NOTE,
                rule="conflict",
            )
            for name in merged.conflicts
        ]
        told += [
            Problem(path, f"{record.raw} has become unclear: {doubt}", "look at the article", level=Level.WARNING,
                    rule="doubt")
            for doubt in merged.doubts
        ]  # fmt: skip
        if not self.options.dry_run:
            illustrated.write(self.project, merged.text)
        result = self._refile(record, merged.text, page, outcome)
        return replace(result, problems=(*told, *illustrated.problems, *result.problems))

    def _file_new(self, illustrated: Illustrated, generated: pages.GeneratedPage) -> Result:
        """Write a page that is all the generator's: filed, or held where anything is in doubt."""
        record = illustrated.record
        doubts = tuple(str(review) for review in generated.reviews)
        waits = doubts + _missing(doubts, (name for name in REQUIRED if name not in generated.fields))
        page = self._claim(record.raw, record.title or "", None if waits else record.publication.value)
        text = merge.create(generated, self.options.now)
        if not self.options.dry_run:
            illustrated.write(self.project, text)
            self.project.write(f"{PAGES}/{page}", text)
        problems = (*illustrated.problems, *self._unknown_source(record, page))
        return Result(record.raw, Outcome.NEW, page, waits, problems)

    def _refile(self, record: Record, text: str, page: str, outcome: Outcome) -> Result:
        """Write a page where it belongs: filed once nothing is in doubt, and never moved after that."""
        told, _, problems = article.parse_page(text, f"{PAGES}/{page}", self.zone)
        waits = told.review + _missing(told.review, missing_fields(told))
        problems += self._unknown_source(record, page)
        if not page.startswith(HELD) or waits:
            if not self.options.dry_run:
                self.project.write(f"{PAGES}/{page}", text)
            return Result(record.raw, outcome, page, waits, problems)
        new = self._claim(record.raw, told.title, told.date)
        if not self.options.dry_run:
            self.project.move(f"{PAGES}/{page}", f"{PAGES}/{new}", text)
            self.register.remove(page)
        outcome = Outcome.UPDATED if outcome is Outcome.UNCHANGED else outcome
        return Result(record.raw, outcome, new, (), problems, moved_from=page)

    def _file_settled(self) -> Iterator[Result]:
        """File held pages that an editor has settled and whose raw article is not here (any more)."""
        for path in self.project.page_files(f"{PAGES}/{HELD.rstrip('/')}"):
            page = path.removeprefix(f"{PAGES}/")
            if page in self._seen:
                continue
            try:
                text = self.project.read_text(path)
                told, _, problems = article.parse_page(text, path, self.zone)
                waits = told.review + _missing(told.review, missing_fields(told))
                new = page if waits else self._claim(told.raw, told.title, told.date)
                if new != page and not self.options.dry_run:
                    self.project.move(path, f"{PAGES}/{new}", text)
            except ProblemError as error:
                yield Result(path, Outcome.REJECTED, problems=(error.problem,))
                continue
            outcome, moved = (Outcome.UNCHANGED, "") if waits else (Outcome.UPDATED, page)
            yield Result(told.raw or path, outcome, new, waits, problems, moved)

    def _claim(self, raw: str, title: str, date: Moment | None) -> str:
        """A free page: below `articles/` by its date, below `held/` without one."""
        folder = article.folder_of(date, self.zone) if date is not None else HELD.rstrip("/")
        return self.register.claim(folder, article.slug_of(title, raw))

    def _unknown_source(self, record: Record, page: str) -> tuple[Problem, ...]:
        if record.source_known or not record.source:
            return ()
        hint = f"add `{slugs.slugify(record.source)}` to `sources` in site_config.yml"
        message = f"the source `{record.source}` is not in the settings"
        return (Problem(f"{PAGES}/{page}", message, hint, level=Level.WARNING, rule="source-unknown"),)

    def _page_of(self, raw: str, known: str | None) -> str | None:
        """The page that claims a raw article: where the sidecar says, else wherever an editor moved it."""
        if known is not None and self.project.exists(f"{PAGES}/{known}"):
            path = f"{PAGES}/{known}"
            if _claim_of(self.project.read_text(path), path) == unicodedata.normalize("NFC", raw):
                return known
        if self._claims is None:
            self._claims = {}
            for claim, page in self._all_claims():
                self._claims.setdefault(claim, page)  # `articles/` comes before `held/`
        return self._claims.get(unicodedata.normalize("NFC", raw))

    def _all_claims(self) -> Iterator[tuple[str, str]]:
        for name in self.project.page_files():
            try:
                raw = _claim_of(self.project.read_text(name), name)
            except ProblemError:
                continue  # told when the site is built or checked; here it claims nothing
            if raw is not None:
                yield raw, name.removeprefix(f"{PAGES}/")


def _missing(review: tuple[str, ...], names: Iterable[str]) -> tuple[str, ...]:
    """Lines for fields that are missing and that no review line speaks of."""
    return tuple(
        f"{name}: is missing" for name in names if not any(line.startswith(f"{name}:") for line in review)
    )


def _claim_of(text: str, path: str) -> str | None:
    """The raw article that a page claims to be made from.

    Raises:
        PageError: the front matter cannot be read.
    """
    block, _, _ = frontmatter.split(text, path)
    if block is None or "raw" not in block:
        return None
    plain = _CLAIM.findall(block)
    if len(plain) == 1:
        claim: str = plain[0]
        return claim
    raw = frontmatter.load(block, path).get("raw")
    return unicodedata.normalize("NFC", raw) if isinstance(raw, str) else None
