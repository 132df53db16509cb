"""One run of the check: everything, or what a change brought; with fixes first where they are wanted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator import sidecars
from generator.check import policy, renames
from generator.check.comparison import Comparison, new_problems
from generator.check.fixes import Fix, add_aliases, write_keys, write_labels
from generator.check.page import Context
from generator.check.report import Options, Report
from generator.check.survey import Survey, sort_problems, survey
from generator.check.tree import Tree, WorkTree
from generator.errors import DigestError, ProblemError, UsageError
from generator.git import Git
from generator.illustrations import KEPT
from generator.library import taken_up
from generator.models import Level, Problem
from generator.schema import SchemaFile, stale_schemas
from generator.settings import Settings
from generator.settings.lines import key_lines
from generator.storage import PAGES, PICTURES, RAW, SIDECAR, Project

_USUAL_SIDECAR = re.compile(
    r'(?:(?:sha256: "?[0-9a-f]{64}"?|added: "[^"\\\n]*"|page: "(?:articles|held)/(?:(?!\.\.)[^"\\\n])*\.md")\n)+'
)
"""As ingest writes it: nothing in it that an editor could get wrong."""
_NEWEST = 300
"""Articles whose names are counted for suggestions: what a digest spoke of years ago is no news of its vocabulary."""


@dataclass
class _Look:
    """The work tree as it is, and beside what it was."""

    context: Context
    comparison: Comparison | None
    focus: frozenset[str] | None
    """The pages that are looked at whole; None: all."""
    found: Survey


class Run:
    """One run. Nothing is written before `report`, and there only with `fix`."""

    def __init__(self, project: Project, settings: Settings, options: Options) -> None:
        """
        Raises:
            UsageError: `since` names no commit, or git refuses.
        """
        self.project = project
        self.settings = settings
        self.options = options
        self.git = Git.find(project.root)
        self._originals: dict[str, Mapping[str, str]] = {}
        if options.since is None:
            self.base = self.git.published() if self.git is not None else None
        elif self.git is None:
            raise UsageError(
                f"--since {options.since}: this folder is in no git repository → leave --since away"
            )
        else:
            self.base = self.git.fork_point(options.since)

    def report(self) -> Report:
        """What is found, after what is put right."""
        report = Report()
        look = self._look()
        if self.options.fix:
            report.fixed += self._fix(look)
            if report.fixed:
                look = self._look()
        found, comparison = look.found, look.comparison
        report.articles = found.articles
        pages = frozenset(path for path in look.context.tree.files if path.endswith(".md"))
        report.looked_at = tuple(sorted(pages if look.focus is None else look.focus))
        problems = list(found.problems)
        if comparison is not None:
            report.settings_changed = comparison.settings_changed
            if self.options.since is not None:
                problems = self._brought(look, comparison)
            problems += self._lost(look, comparison)
            problems += renames.find_replaced(comparison.changes, comparison.earlier, found.outlines)
            problems += self._terms(comparison)
        if self.options.since is None:
            problems += [
                *self._unused_pictures(look.context.tree),
                *self._sidecars(None),
                *self._committed(look, None),
            ]
        else:
            assert comparison is not None, "there is a commit to compare with"
            changed = comparison.changes.present
            problems += [*self._sidecars(changed), *self._committed(look, changed)]
        if self.options.since is None or report.settings_changed:
            problems += (one.problem for one in self._stale_schemas())
        report.problems = sort_problems(problems)
        if self.options.since is None:
            report.problems += self._suggestions(found)
        return report

    def _look(self) -> _Look:
        tree = WorkTree.of(self.project)
        context = self._context(tree, self.settings)
        comparison = None
        if self.git is not None and self.base is not None:
            comparison = Comparison.of(self.git, self.base, tree, self.options.configs)
        focus = None
        if self.options.since is not None and comparison is not None and not comparison.settings_changed:
            focus = comparison.focus()
        same_names = focus is not None and comparison is not None and comparison.same_names
        return _Look(context, comparison, focus, survey(context, focus, same_names=same_names))

    def _context(self, tree: Tree, settings: Settings) -> Context:
        return Context(tree, settings, self.options.now, self._original)

    def _original(self, raw: str) -> str | None:
        """The text of one raw article, of a feed its item's alone; None where it is not here or cannot be read."""
        if not raw.startswith(f"{RAW}/") or ".." in raw.split("/"):
            return None
        file = raw if self.project.exists(raw) else raw.rpartition("#")[0]
        if file not in self._originals:
            self._originals[file] = self._read_originals(file) if self.project.exists(file) else {}
        return self._originals[file].get(unicodedata.normalize("NFC", raw))

    def _read_originals(self, file: str) -> Mapping[str, str]:
        from generator import readers  # most checks read no raw file

        try:
            items = readers.read(file, self.project.read_raw(file)).items
        except ProblemError:
            return {}
        return {unicodedata.normalize("NFC", item.raw): item.text for item in items}

    def _brought(self, look: _Look, comparison: Comparison) -> list[Problem]:
        """The problems that were not there before."""
        if not look.found.problems:
            return []
        settings = self._earlier_settings(comparison) or self.settings
        known = survey(
            self._context(comparison.earlier, settings),
            comparison.earlier_focus(look.focus),
            comparison.unchanged(look.found.outlines, look.focus),
            same_names=look.focus is not None and comparison.same_names,
        )
        return new_problems(look.found.problems, known.problems, comparison.changes)

    def _earlier_settings(self, comparison: Comparison) -> Settings | None:
        """The settings as they were, where they have changed and were right."""
        if not comparison.settings_changed:
            return None
        try:
            return self.options.earlier_settings(comparison.earlier_configs)
        except DigestError:
            return None

    # ----------------------------------------------------------------------------- beside the pages

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

    def _unused_pictures(self, tree: Tree) -> Iterator[Problem]:
        """Kept pictures that no page shows any more."""
        prefix = f"{PAGES}/{PICTURES}/"
        kept = {path.removeprefix(prefix): path for path in tree.files if path.startswith(prefix)}
        kept = {name: path for name, path in kept.items() if KEPT.fullmatch(f"{PICTURES}/{name}")}
        if not kept:
            return
        used: set[str] = set()
        for path in tree.files:
            if path.endswith(".md"):
                try:
                    used.update(KEPT.findall(tree.read(path)))
                except ProblemError:
                    continue  # told where the page is read
        for name, path in kept.items():
            if name not in used:
                yield Problem(path, "is shown by no page, so it is not published", "delete the file if no article will need it",
                              level=Level.NOTE, rule="picture-unused")  # fmt: skip

    def _stale_schemas(self) -> tuple[SchemaFile, ...]:
        def read(path: str) -> str | None:
            try:
                return self.project.read_text(path) if self.project.exists(path) else None
            except ProblemError:
                return None

        return stale_schemas(read, self.settings)

    def _lost(self, look: _Look, comparison: Comparison) -> list[Problem]:
        """Addresses that died, each with the line of the page that should take it over."""
        told = []
        for lost in renames.find_lost(
            comparison.changes, comparison.earlier, look.context.tree, look.found.outlines
        ):
            page = look.context.page(lost.new) if lost.new else None
            told.append(lost.problem(page.line("aliases") if page is not None else 0))
        return told

    def _terms(self, comparison: Comparison) -> Iterator[Problem]:
        before = self._earlier_settings(comparison)
        if before is not None:
            lines = key_lines(self._config_text())
            yield from renames.terms(before, self.settings, self.options.config, lines)

    def _committed(self, look: _Look, among: frozenset[str] | None) -> Iterator[Problem]:
        if self.git is None:
            return
        tracked = self.git.tracked([RAW])
        if among is not None:
            tracked = frozenset(path for path in among if path.startswith(f"{RAW}/"))
        if tracked:
            sources = {}
            for outline in look.found.outlines.values():
                if outline.raw and outline.source:
                    file = outline.raw if outline.raw in tracked else outline.raw.rpartition("#")[0]
                    sources[file] = outline.source
            yield from policy.committed(tracked, sources, look.context)

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

    def _fix(self, look: _Look) -> list[Fix]:
        """Put right what needs no person: redirects of renamed pages, terms under another of their words, schemas."""
        fixed: list[Fix] = []
        if look.comparison is not None:
            changes, earlier = look.comparison.changes, look.comparison.earlier
            fixed += add_aliases(
                self.project, renames.find_lost(changes, earlier, look.context.tree, look.found.outlines)
            )
        fixed += write_labels(self.project, self.settings, _of_rule(look.found, "tag-alias"))
        fixed += write_keys(self.project, self.settings, _of_rule(look.found, "key-renamed"))
        for one in self._stale_schemas():
            self.project.write(one.path, one.text)
            fixed.append(Fix(one.path, "made anew from the settings"))
        return fixed


def _of_rule(found: Survey, rule: str) -> list[str]:
    return [one.path for one in found.problems if one.rule == rule]
