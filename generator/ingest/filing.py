"""One run: from readings to files, with the addresses in use."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from generator import article, frontmatter, merge, pages, schema, slugs, workers
from generator.dates import format_moment, parse_iso
from generator.errors import ProblemError
from generator.illustrations import Illustrated, illustrate
from generator.ingest.claims import Claims
from generator.ingest.renames import find_renamed
from generator.ingest.report import Outcome, Result
from generator.intake import Reading
from generator.library import ARTICLES, HELD, REQUIRED, missing_fields
from generator.models import Level, Moment, Problem, Record
from generator.settings import Settings
from generator.sidecars import Sidecar
from generator.storage import PAGES, SIDECAR, Project
from generator.takedowns import Takedowns


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the caller may choose."""

    now: dt.datetime
    url: str | None = None
    source: str | None = None
    dry_run: bool = False
    refresh: frozenset[str] = merge.NOTHING
    """Fields that take the generator's value also where an editor changed or deleted them; `merge.EVERYTHING`: all, and
    pages that an editor deleted come back."""
    jobs: int | None = None
    """Processes; None: as many as pay."""


class Filing:
    """One run: from readings to files, with the addresses in use."""

    def __init__(
        self,
        project: Project,
        settings: Settings,
        options: Options,
        step: Callable[[], None] = lambda: None,
        refreshed: frozenset[str] | None = None,
    ) -> None:
        """`step` is called when a raw file is done. `refreshed` are the raw articles for which `refresh` is meant; None:
        all."""
        self.project = project
        self.settings = settings
        self.options = options
        self.step = step
        self.zone = settings.zone
        self.register = slugs.Register(
            name.removeprefix(f"{PAGES}/") for name in project.page_files() if name.startswith(f"{PAGES}/")
        )
        self._refreshed = refreshed
        self._claims = Claims(project)
        self._seen: set[str] = set()
        self._is_reserved = False
        """Whether the register knows the addresses of pages that an editor deleted."""
        self._renamed: dict[str, str] = {}
        """Raw files whose sidecar still stands under their old name: new name → old name."""

    def run(self, names: list[str], *, everything: bool) -> Iterator[Result]:
        """Every article of the raw files, in their order; with `everything` then the held pages that no raw
        file speaks for."""
        for result in self._run(names):
            self._seen.add(result.page)
            yield result
        if everything:
            yield from self.file_settled()

    def _run(self, names: list[str]) -> Iterator[Result]:
        options = self.options
        self._renamed = find_renamed(self.project, names)
        files = workers.read_files(
            self.project, self.settings, names, url=options.url, source=options.source, jobs=options.jobs,
            renamed=self._renamed,
        )  # fmt: skip
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
                result = self._place(record, sidecar, item, reading.sha256)
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
                if (old := self._renamed.get(reading.raw)) is not None:
                    self.project.remove(old + SIDECAR)
            except ProblemError as error:
                yield Result(reading.raw, Outcome.REJECTED, problems=(error.problem,))

    def _place(self, record: Record, sidecar: Sidecar, item: str, sha256: str) -> Result:
        """Make or update the page of one record."""
        illustrated = illustrate(record, self.settings, self.project)
        record = illustrated.record
        generated = pages.compose(record, self.settings)
        known = sidecar.pages.get(item)
        page = self._claims.page_of(record.raw, known)
        file = sidecar.path.removesuffix(SIDECAR)
        if page is None and (former := self._renamed.get(file)) is not None:
            page = self._claims.page_of(former + record.raw.removeprefix(file), known)
        if page is None and (taken := self._taken_down(record, sha256, item)):
            return self._leave_down(record.raw, taken)
        if page is None and (copied := self._claims.copied_from(record.raw, known)):
            return self._leave_copy(record.raw, copied, str(known))
        if page is None:
            page = self._claims.follow(record.raw, generated, known)
        refresh = self._refresh_of(record.raw)
        if page is None:
            if known is not None and refresh != merge.EVERYTHING:
                return Result(record.raw, Outcome.DELETED)
            return self._file_new(illustrated, generated, self._added(record, sidecar, item), known)
        path = f"{PAGES}/{page}"
        old = self.project.read_text(path)
        if "takedown" in old and article.parse_page(old, path, self.zone)[0].takedown is not None:
            return self._leave_down(record.raw, page)
        illustrated, generated = illustrated.keep(generated, frontmatter.split(old, path)[1])
        merged = merge.merge(old, generated, path, filed=page.startswith(ARTICLES), refresh=refresh)
        outcome = (
            Outcome.KEPT if merged.conflicts else Outcome.UPDATED if merged.text != old else Outcome.UNCHANGED
        )
        told = [
            Problem(
                path,
                f"`{name}` changed in {record.raw} too; your words stay",
                f"`digest why {path}` shows both; `digest ingest --refresh --field {name} {path}` takes the new one",
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

    def _added(self, record: Record, sidecar: Sidecar, item: str) -> Moment:
        """When the digest took up an article that has no page.

        One that an editor deleted and wants back: when its sidecar says. One that comes from another system: when the
        editor says, in a sidecar written beforehand or in the front matter of the raw file. Else now.
        """
        if sidecar.added is not None and (not sidecar.pages or (not item and item in sidecar.pages)):
            return sidecar.added
        said = next((one.value for one in record.statements if one.field == "added"), "")
        try:
            return parse_iso(said, self.zone) if said else self.options.now
        except ValueError:
            return self.options.now

    def _refresh_of(self, raw: str) -> frozenset[str]:
        """The fields of a raw article's page that take the generator's value."""
        named = self._refreshed is None or unicodedata.normalize("NFC", raw) in self._refreshed
        return self.options.refresh if named else merge.NOTHING

    @cached_property
    def _takedowns(self) -> Takedowns:
        return Takedowns.load(self.project, self.zone)

    def _taken_down(self, record: Record, sha256: str, item: str) -> str | None:
        """The page of the takedown that an article falls under, under whatever name it came back."""
        urls = filter(None, (record.url, record.canonical_url))
        return self._takedowns.of(record.raw, sha256, urls, item=item)

    def _leave_down(self, raw: str, page: str) -> Result:
        problem = Problem(raw, f"was taken down, see {PAGES}/{page}, and makes no page",
                          f"`digest takedown {raw} --reason …` removes it; to publish it after all, restore the page from git",
                          level=Level.WARNING, rule="taken-down")  # fmt: skip
        return Result(raw, Outcome.SKIPPED, problems=(problem,))

    def _leave_copy(self, raw: str, original: str, page: str) -> Result:
        hint = (
            f"delete one of the two raw files; to make a page of its own of this one, delete {raw}{SIDECAR}"
        )
        message = f"is a copy of {original}, whose page is {PAGES}/{page}, with its sidecar"
        problem = Problem(raw, message, hint, level=Level.WARNING, rule="raw-copy")
        return Result(raw, Outcome.SKIPPED, problems=(problem,))

    def _file_new(
        self, illustrated: Illustrated, generated: pages.GeneratedPage, added: Moment, known: str | None
    ) -> Result:
        """Write a page that is all the generator's: filed, or held where anything is in doubt. One that comes back gets
        the address that it had, `known`."""
        record = illustrated.record
        doubts = tuple(str(review) for review in generated.reviews)
        waits = doubts + _missing(doubts, (name for name in REQUIRED if name not in generated.fields))
        if known is not None and known.startswith(HELD if waits else ARTICLES) and not self._stands(known):
            page = known
        else:
            page = self._claim(record.raw, record.title or "", None if waits else record.publication.value)
        text = merge.create(generated, added)
        if self.project.exists(schema.ARTICLE):
            text = schema.add_comment(text, f"{PAGES}/{page}", schema.ARTICLE)
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
            self._move(page, new, text)
            self.register.remove(page)
        outcome = Outcome.UPDATED if outcome is Outcome.UNCHANGED else outcome
        return Result(record.raw, outcome, new, (), problems, moved_from=page)

    def file_settled(self) -> Iterator[Result]:
        """File the held pages that an editor has settled and that no raw article of this run has brought: after an ingest
        those whose raw article is gone, without one (`check --fix`) all of them."""
        for path in self.project.page_files(f"{PAGES}/{HELD.rstrip('/')}"):
            page = path.removeprefix(f"{PAGES}/")
            if page in self._seen:
                continue
            try:
                text = self.project.read_text(path)
                told, _, problems = article.parse_page(text, path, self.zone)
                if told.takedown is not None:
                    continue  # the record of what no reader ever saw
                waits = told.review + _missing(told.review, missing_fields(told))
                new = page if waits else self._claim(told.raw, told.title, told.date)
                if new != page and not self.options.dry_run:
                    self._move(page, new, text)
            except ProblemError as error:
                yield Result(path, Outcome.REJECTED, problems=(error.problem,))
                continue
            outcome, moved = (Outcome.UNCHANGED, "") if waits else (Outcome.UPDATED, page)
            yield Result(told.raw or path, outcome, new, waits, problems, moved)

    def _move(self, page: str, new: str, text: str) -> None:
        old, path = f"{PAGES}/{page}", f"{PAGES}/{new}"
        self.project.move(old, path, schema.follow_move(text, old, path, schema.ARTICLE))

    def _claim(self, raw: str, title: str, date: Moment | None) -> str:
        """A free page: below `articles/` by its date, below `held/` without one."""
        folder = article.folder_of(date, self.zone) if date is not None else HELD.rstrip("/")
        if not self._is_reserved:
            for page in self._claims.registered:
                self.register.add(page)
            self._is_reserved = True
        return self.register.claim(folder, article.slug_of(title, raw))

    def _stands(self, page: str) -> bool:
        return self.project.exists(f"{PAGES}/{page}")

    def _unknown_source(self, record: Record, page: str) -> tuple[Problem, ...]:
        if record.source_known or not record.source:
            return ()
        hint = f"add `{slugs.slugify(record.source)}` to `sources` in site_config.yml"
        message = f"the source `{record.source}` is not in the settings"
        return (Problem(f"{PAGES}/{page}", message, hint, level=Level.WARNING, rule="source-unknown"),)


def _missing(review: tuple[str, ...], names: Iterable[str]) -> tuple[str, ...]:
    """Lines for fields that are missing and that no review line speaks of."""
    return tuple(
        f"{name}: is missing" for name in names if not any(line.startswith(f"{name}:") for line in review)
    )
