"""`digest check`: every problem, told before a reader sees it."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import __version__
from generator.cli.shared import count, now, open_project, tell
from generator.errors import SettingsError, UsageError
from generator.models import Level, Problem
from generator.text import printable

if TYPE_CHECKING:
    from generator.check import Report, Run
    from generator.link_check import Link
    from generator.settings import Settings
    from generator.storage import Project


@click.command()
@click.option(
    "--since", metavar="REF", help="Only what came since this branch left REF, a branch, tag or commit."
)
@click.option("--fix", is_flag=True, help="Put right what needs no person: redirects, tags, filing, schemas.")
@click.option(
    "--external", is_flag=True, help="Ask the web, too, whether the pages that are linked to are there."
)
@click.option(
    "--format", "form", type=click.Choice(("text", "github", "json", "sarif")), default="text", show_default=True,
    help="How problems are told.",
)  # fmt: skip
@click.option(
    "--summary", type=click.Path(dir_okay=False, path_type=Path), help="Add a Markdown summary to this file."
)
@click.pass_context
def check(
    context: click.Context, since: str | None, fix: bool, external: bool, form: str, summary: Path | None
) -> int:
    """Tell every problem of settings, pages and editions."""
    # Ten thousand pages are kept in memory to the end: looking for what can be thrown away costs a fifth of the time.
    gc.disable()
    try:
        try:
            config, project, settings = open_project(context)
        except SettingsError as error:
            return _tell_settings(error, form, summary)
        moment = now(settings.zone)
        run = _run(config, project, settings, since, moment, fix=fix)
        report, complaint = _look(run, config, fix=fix, whole=since is None)
        gc.enable()
        problems: list[Problem] = [*report.problems]
        if external:
            problems += _ask_the_web(project, config, report, moment)
        _print(problems, form)
        if summary is not None:
            _add_summary(summary, problems, report.pages, since)
        errors = sum(problem.level is Level.ERROR for problem in problems)
        warnings = sum(problem.level is Level.WARNING for problem in problems)
        touched = f" since {since}" if since else ""
        click.echo(
            f"{count(errors, 'error')}, {count(warnings, 'warning')} in {count(report.pages, 'page')}{touched}",
            err=True,
        )
        if complaint is not None:
            raise complaint
        return 1 if errors else 0
    finally:
        gc.enable()


def _run(
    config: Path, project: Project, settings: Settings, since: str | None, moment: dt.datetime, *, fix: bool
) -> Run:
    from generator.check import Options, Run
    from generator.plugin import inherited_files, parse_settings
    from generator.storage import scratch_tree

    def earlier(files: Mapping[str, bytes]) -> Settings:
        with scratch_tree(files) as folder:
            text = files.get(config.name, b"").decode("utf-8", "replace")
            return parse_settings(folder / config.name, text)

    inherited = []
    for path in inherited_files(config):
        try:
            inherited.append(project.relative(path))
        except UsageError:
            continue  # it lies outside, and git cannot say what it was
    options = Options(
        now=moment, config=config.name, inherited=tuple(inherited), since=since, fix=fix, earlier_settings=earlier
    )  # fmt: skip
    return Run(project, settings, options)


def _look(run: Run, config: Path, *, fix: bool, whole: bool) -> tuple[Report, BaseException | None]:
    """(what the check finds, what MkDocs itself says of the configuration, to be told after everything else).

    Raises:
        UsageError: with `fix`, what MkDocs says: before anything is written.
    """
    if fix:
        _validate(config)
        return _fix(run), None
    if whole:
        # Importing MkDocs takes as long as looking at five hundred pages: a process beside ours does it meanwhile.
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(1) as pool:
            asked = pool.submit(_validate, config)
            report = run.report()
            return report, asked.exception()
    report = run.report()
    if report.settings_changed:
        try:
            _validate(config)
        except UsageError as error:
            return report, error
    return report, None


def _validate(config: Path) -> None:
    from generator.plugin import load_config

    load_config(config)


def _tell_settings(error: SettingsError, form: str, summary: Path | None) -> int:
    """Every problem of the settings, in the form that is asked for: nothing else can be looked at."""
    if summary is not None:
        _add_summary(summary, error.problems, 0, None)
    if form == "text":
        raise error
    _print(error.problems, form)
    told = count(len(error.problems), "problem")
    click.echo(f"{told} in the settings; nothing else was looked at", err=True)
    return 2


def _add_summary(summary: Path, problems: Sequence[Problem], pages: int, since: str | None) -> None:
    from generator.check import formats
    from generator.storage import append_text

    append_text(summary, formats.as_summary(problems, pages, since))


def _print(problems: Sequence[Problem], form: str) -> None:
    """Tell the problems on standard output, in the form that is asked for."""
    from generator.check import formats

    if form == "text":
        for problem in problems:
            tell(problem, err=False)
        return
    if form == "sarif":
        text = formats.as_sarif(problems, __version__)
    else:
        text = formats.as_github(problems) if form == "github" else formats.as_json(problems)
    # A file's name need not be UTF-8; what is printed is.
    click.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"), nl=False)


def _fix(run: Run) -> Report:
    """Put right what needs no person, tell each, then look at what is left."""
    from generator import ingest

    project, settings = run.project, run.settings
    with project.lock():
        filed = ingest.file_settled(project, settings, ingest.Options(now=run.options.now))
        report = run.report()
    for one in filed.results:
        if one.moved_from:
            click.echo(
                printable(f"fixed     content/pages/{one.page}: filed from {one.moved_from}"), err=True
            )
    for fixed in report.fixed:
        click.echo(printable(f"fixed     {fixed.path}: {fixed.what}"), err=True)
    return report


def _ask_the_web(project: Project, config: Path, report: Report, moment: dt.datetime) -> tuple[Problem, ...]:
    """The links of some pages that lead to nothing on the web any more."""
    from generator.errors import ProblemError
    from generator.fetch import Fetcher, name_agent
    from generator.link_check import Cache, check_external, find_links
    from generator.plugin import load_config

    down = {f"content/pages/{one.page}" for one in report.articles if one.takedown is not None}
    links: list[Link] = []
    for path in report.looked_at:
        if path in down:
            continue  # its original is named for the record alone
        try:
            links += find_links(project.read_text(path), path)
        except ProblemError:
            continue  # told by the check of the page itself
    fetcher = Fetcher(name_agent(str(load_config(config).site_url or "")))
    return tuple(check_external(links, fetcher, Cache(project), moment))
