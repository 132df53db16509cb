"""Use case: every problem of the content, told before a reader sees it.

A rule is a function from one page, or from all, to problems; `rules` names them. Settings are checked where they are
read. With `since` only what a change brought is told: the same rules look at the changed pages as they are and as they
were, and what both looks find is left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator import sidecars
from generator.check import policy, renames
from generator.check.fixes import Fix, add_aliases, write_keys, write_labels
from generator.check.outline import Outline
from generator.check.page import Context
from generator.check.survey import Survey, sort_problems, survey
from generator.check.tree import EarlierTree, Tree, WorkTree
from generator.check.twins import claimed_twice
from generator.errors import DigestError, ProblemError, UsageError
from generator.git import Changes, Git
from generator.illustrations import KEPT
from generator.library import taken_up
from generator.models import Article, Level, Problem
from generator.schema import SchemaFile, stale_schemas
from generator.settings import Settings
from generator.settings.lines import key_lines
from generator.storage import PAGES, PICTURES, RAW, SIDECAR, Project

__all__ = ["Options", "Report", "check", "claimed_twice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the caller may choose."""

    now: dt.datetime
    config: str = "site_config.yml"
    """The settings' file, relative to the project."""
    since: str | None = None
    """Name of a commit: only what came since it went apart from the present branch is told."""
    fix: bool = False
    """Put right what can be put right without a person."""
    earlier_settings: Callable[[str], Settings | None] = lambda text: None
    """The settings' file as it was → its settings; None where they were wrong."""


@dataclass(slots=True)
class Report:
    """What a check found, and what it has put right."""

    problems: list[Problem] = field(default_factory=list)
    fixed: list[Fix] = field(default_factory=list)
    articles: tuple[Article, ...] = ()
    """The articles that were looked at whole."""
    looked_at: tuple[str, ...] = ()
    """Pages that were looked at whole, by path."""

    @property
    def pages(self) -> int:
        """How many pages were looked at."""
        return len(self.looked_at)

    def count(self, level: Level) -> int:
        """Problems of a level."""
        return sum(problem.level is level for problem in self.problems)


def check(project: Project, settings: Settings, options: Options) -> Report:
    """Look at the content of a project.

    Raises:
        UsageError: `since` names no commit, or there is no git.
    """
    run = _Check(project, settings, options)
    return run.since(options.since) if options.since is not None else run.everything()


class _Check:
    """One run."""

    def __init__(self, project: Project, settings: Settings, options: Options) -> None:
        self.project = project
        self.settings = settings
        self.options = options
        self.git = Git.find(project.root)
        self.tree = WorkTree.of(project)
        self.context = self._context(self.tree, settings)

    def _context(self, tree: Tree, settings: Settings) -> Context:
        return Context(tree, settings, self.options.now, self._raw_text)

    def _raw_text(self, raw: str) -> str | None:
        from generator.readers.raw_file import RawFile  # most checks read no raw file

        if not raw.startswith(f"{RAW}/") or ".." in raw.split("/"):
            return None
        file = raw if self.project.exists(raw) else raw.rpartition("#")[0]
        try:
            return RawFile(file, self.project.read_raw(file)).text if self.project.exists(file) else None
        except ProblemError:
            return None

    # ------------------------------------------------------------------------------------ everything

    def everything(self) -> Report:
        """Every problem there is."""
        report = Report()
        base = self.git.published() if self.git is not None else None
        changes, earlier = self._compare(base)
        found = survey(self.context)
        if self.options.fix:
            report.fixed += self._fix(found, changes, earlier)
            if report.fixed:
                self.tree = WorkTree.of(self.project)
                self.context = self._context(self.tree, self.settings)
                changes, earlier = self._compare(base)
                found = survey(self.context)
        report.looked_at = tuple(sorted(path for path in self.tree.files if path.endswith(".md")))
        report.articles = found.articles
        problems = [*found.problems, *self._unused_pictures(), *self._sidecars(None)]
        if changes is not None and earlier is not None:
            problems += self._lost(changes, earlier, found)
            problems += self._terms(changes)
        problems += self._committed(found.outlines, None)
        problems += (one.problem for one in self._stale_schemas())
        report.problems = [*sort_problems(problems), *self._suggestions(found)]
        return report

    def _suggestions(self, found: Survey) -> list[Problem]:
        from generator.suggestions import Census  # only a look at everything needs it

        census = Census(self.settings)
        newest = sorted(found.articles, key=lambda one: taken_up(one, self.settings.zone), reverse=True)
        for article in newest[:_NEWEST]:
            census.look(article)
        return census.suggest(self.options.config, self._config_text())

    def _config_text(self) -> str:
        """The settings' own text, for the lines in messages; empty where it cannot be had."""
        try:
            return self.project.read_text(self.options.config)
        except ProblemError:
            return ""

    def _unused_pictures(self) -> Iterator[Problem]:
        """Kept pictures that no page shows any more."""
        prefix = f"{PAGES}/{PICTURES}/"
        kept = {path.removeprefix(prefix): path for path in self.tree.files if path.startswith(prefix)}
        kept = {name: path for name, path in kept.items() if KEPT.fullmatch(f"{PICTURES}/{name}")}
        if not kept:
            return
        used: set[str] = set()
        for path in self.tree.files:
            if path.endswith(".md"):
                try:
                    used.update(KEPT.findall(self.tree.read(path)))
                except ProblemError:
                    continue  # told where the page is read
        for name, path in kept.items():
            if name not in used:
                yield Problem(path, "is shown by no page, so it is not published", "delete the file if no article will need it",
                              level=Level.NOTE, rule="picture-unused")  # fmt: skip

    # ---------------------------------------------------------------------------------------- since

    def since(self, ref: str) -> Report:
        """The problems that a change brought."""
        if self.git is None:
            raise UsageError(f"--since {ref}: this folder is in no git repository → leave --since away")
        base = self.git.fork_point(ref)
        changes, earlier = self._compare(base)
        assert changes is not None, "there is a commit to compare with"
        assert earlier is not None, "there is a commit to compare with"
        before = self._earlier_settings(changes)
        everything = before is not None
        focus = None if everything else self._focus(changes)
        found = survey(self.context, focus)
        report = Report(articles=found.articles)
        if self.options.fix:
            report.fixed += self._fix(found, changes, earlier)
            if report.fixed:
                self.tree = WorkTree.of(self.project)
                self.context = self._context(self.tree, self.settings)
                changes, earlier = self._compare(base)
                assert changes is not None, "as above"
                assert earlier is not None, "as above"
                focus = None if everything else self._focus(changes)
                found = survey(self.context, focus)
        pages = (
            focus if focus is not None else frozenset(one for one in self.tree.files if one.endswith(".md"))
        )
        report.looked_at = tuple(sorted(pages))
        problems = list(found.problems)
        if problems:
            old_focus = None if focus is None else self._old_names(focus, changes) & earlier.files
            touched = changes.present | (focus or frozenset())
            same = {path: one for path, one in found.outlines.items() if path not in touched}
            known = survey(self._context(earlier, before or self.settings), old_focus, same)
            problems = _new_problems(found.problems, known.problems, changes)
        problems += self._lost(changes, earlier, found)
        problems += self._terms(changes)
        problems += self._committed(found.outlines, changes.present)
        problems += self._sidecars(changes.present)
        if everything:
            problems += (one.problem for one in self._stale_schemas())
        report.problems = sort_problems(problems)
        return report

    def _compare(self, base: str | None) -> tuple[Changes | None, EarlierTree | None]:
        """What changed since a commit, and the tree as it was then."""
        if self.git is None or base is None:
            return None, None
        changes = self.git.changes(base, ["content", self.options.config])
        pages = [path for path in (*changes.modified, *changes.deleted) if path.startswith(f"{PAGES}/")]
        texts = self.git.read(base, [path for path in pages if path.endswith(".md")])
        texts |= {path: b"" for path in pages if not path.endswith(".md")}
        return changes, EarlierTree.of(self.tree, changes.added, texts)

    def _focus(self, changes: Changes) -> frozenset[str]:
        """The changed pages, and those whose links, editions or aliases the change may have touched."""
        focus = {path for path in changes.present if path in self.tree.files and path.endswith(".md")}
        gone = {
            path.rpartition("/")[2].removesuffix(".md")
            for path in changes.deleted
            if path.startswith(f"{PAGES}/")
        }
        waits = {path.rpartition("/")[2].removesuffix(".md") for path in focus & changes.modified}
        names = [name for name in gone | waits if name]
        if names and len(names) <= _MOST_NAMES:
            for path in self.tree.files - focus:
                if path.endswith(".md") and self._names_one(path, names):
                    focus.add(path)
        elif names:
            focus.update(path for path in self.tree.files if path.endswith(".md"))
        return frozenset(focus)

    def _names_one(self, path: str, names: Iterable[str]) -> bool:
        try:
            text = self.tree.read(path)
        except ProblemError:
            return False
        return any(name in text for name in names)

    def _old_names(self, focus: Iterable[str], changes: Changes) -> frozenset[str]:
        back = {new: old for old, new in changes.renamed.items()}
        return frozenset(back.get(path, path) for path in focus)

    def _earlier_settings(self, changes: Changes) -> Settings | None:
        """The settings as they were, where they have changed."""
        if self.git is None or self.options.config not in changes.modified:
            return None
        data = self.git.read(changes.base, [self.options.config]).get(self.options.config, b"")
        try:
            return self.options.earlier_settings(data.decode("utf-8", "replace"))
        except DigestError:
            return None

    # ---------------------------------------------------------------------------------------- shared

    def _stale_schemas(self) -> tuple[SchemaFile, ...]:
        def read(path: str) -> str | None:
            try:
                return self.project.read_text(path) if self.project.exists(path) else None
            except ProblemError:
                return None

        return stale_schemas(read, self.settings)

    def _lost(self, changes: Changes, earlier: EarlierTree, found: Survey) -> list[Problem]:
        told = []
        for lost in renames.find_lost(changes, earlier, self.tree, found.outlines):
            page = self.context.page(lost.new) if lost.new else None
            told.append(lost.problem(page.line("aliases") if page is not None else 0))
        return told

    def _terms(self, changes: Changes) -> Iterator[Problem]:
        before = self._earlier_settings(changes)
        if before is not None:
            lines = key_lines(self._config_text())
            yield from renames.terms(before, self.settings, self.options.config, lines)

    def _committed(self, outlines: Mapping[str, Outline], among: frozenset[str] | None) -> Iterator[Problem]:
        if self.git is None:
            return
        tracked = (
            self.git.tracked([RAW])
            if among is None
            else frozenset(p for p in among if p.startswith(f"{RAW}/"))
        )
        if tracked:
            sources = {}
            for outline in outlines.values():
                if outline.raw and outline.source:
                    file = outline.raw if outline.raw in tracked else outline.raw.rpartition("#")[0]
                    sources[file] = outline.source
            yield from policy.committed(tracked, sources, self.context)

    def _sidecars(self, among: frozenset[str] | None) -> Iterator[Problem]:
        """Sidecars that ingest could not read."""
        paths = self.project.files_below(RAW) if among is None else sorted(among)
        for path in paths:
            if not path.endswith(SIDECAR) or not self.project.exists(path):
                continue
            try:
                text = self.project.read_text(path)
                if _USUAL_SIDECAR.fullmatch(text):
                    continue
                sidecars.parse(text, path, self.settings.zone, self.settings.sources)
            except ProblemError as error:
                yield error.problem

    def _fix(self, found: Survey, changes: Changes | None, earlier: EarlierTree | None) -> list[Fix]:
        """Put right what needs no person: redirects of renamed pages, tags under another of their words, schemas."""
        fixed: list[Fix] = []
        if changes is not None and earlier is not None:
            lost = renames.find_lost(changes, earlier, self.tree, found.outlines)
            fixed += add_aliases(self.project, lost)
        fixed += write_labels(self.project, self.settings, _of_rule(found, "tag-alias"))
        fixed += write_keys(self.project, self.settings, _of_rule(found, "key-renamed"))
        for one in self._stale_schemas():
            self.project.write(one.path, one.text)
            fixed.append(Fix(one.path, "made anew from the settings"))
        return fixed


_USUAL_SIDECAR = re.compile(r'(?:(?:sha256: "?[0-9a-f]{64}"?|added: "[^"\\\n]*"|page: "[^"\\\n]*")\n)+')
"""As ingest writes it: nothing in it that an editor could get wrong."""
_NEWEST = 300
"""Articles whose names are counted for suggestions: what a digest spoke of years ago is no news of its vocabulary."""
_MOST_NAMES = 200
"""Pages that changed, of which others are searched for links; of more, all are looked at."""


def _of_rule(found: Survey, rule: str) -> list[str]:
    return [one.path for one in found.problems if one.rule == rule]


def _new_problems(present: Iterable[Problem], known: Iterable[Problem], changes: Changes) -> list[Problem]:
    """What is found now and was not found before, renamed files under their new name."""
    counts = Counter(_key(replace(one, path=changes.renamed.get(one.path, one.path))) for one in known)
    new: list[Problem] = []
    for one in present:
        key = _key(one)
        if counts[key] > 0:
            counts[key] -= 1
        else:
            new.append(one)
    return new


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.path, problem.rule, problem.message
