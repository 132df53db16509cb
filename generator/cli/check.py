"""`digest check`: every problem, told before a reader sees it."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import __version__
from generator.cli.shared import count, now, open_project, tell
from generator.errors import SettingsError
from generator.models import Level, Problem

if TYPE_CHECKING:
    from generator.check import Options, Report
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
    from generator.check import Options, formats
    from generator.check import check as use_case

    try:
        config, project, settings = open_project(context)
    except SettingsError as error:
        if form == "text":
            raise
        _print(error.problems, form)
        click.echo(
            f"{count(len(error.problems), 'problem')} in the settings; nothing else was looked at", err=True
        )
        return 2
    moment = now(settings.zone)

    def earlier(text: str) -> Settings:
        from generator.plugin import parse_settings

        return parse_settings(config, text)

    options = Options(now=moment, config=config.name, since=since, fix=fix, earlier_settings=earlier)
    with _validated(config, wanted=since is None):
        report = _fix(project, settings, options) if fix else use_case(project, settings, options)
    problems: list[Problem] = [*report.problems]
    if external:
        problems += _ask_the_web(project, config, report, moment)
    _print(problems, form)
    if summary is not None:
        from generator.storage import append_text

        append_text(summary, formats.as_summary(problems, report.pages, since))
    errors = sum(problem.level is Level.ERROR for problem in problems)
    warnings = sum(problem.level is Level.WARNING for problem in problems)
    touched = f" since {since}" if since else ""
    click.echo(
        f"{count(errors, 'error')}, {count(warnings, 'warning')} in {count(report.pages, 'page')}{touched}",
        err=True,
    )
    return 1 if errors else 0


@contextmanager
def _validated(config: Path, *, wanted: bool) -> Iterator[None]:
    """MkDocs' own look at the configuration, in a process beside ours: importing it takes as long as looking at five
    hundred pages.

    Raises:
        UsageError: with all that MkDocs says, when the block is done.
    """
    if not wanted:
        yield
        return
    with ProcessPoolExecutor(1) as pool:
        verdict = pool.submit(_validate, config)
        yield
        verdict.result()


def _validate(config: Path) -> None:
    from generator.plugin import load_config

    load_config(config)


def _print(problems: Sequence[Problem], form: str) -> None:
    """Tell the problems on standard output, in the form that is asked for."""
    from generator.check import formats

    match form:
        case "github":
            click.echo(formats.as_github(problems), nl=False)
        case "json":
            click.echo(formats.as_json(problems), nl=False)
        case "sarif":
            click.echo(formats.as_sarif(problems, __version__), nl=False)
        case _:
            for problem in problems:
                tell(problem, err=False)


def _fix(project: Project, settings: Settings, options: Options) -> Report:
    """Put right what needs no person, tell each, then look at what is left."""
    from generator import ingest
    from generator.check import check as use_case

    with project.lock():
        filed = ingest.file_settled(project, settings, ingest.Options(now=options.now))
        report = use_case(project, settings, options)
    for one in filed.results:
        if one.moved_from:
            click.echo(f"fixed     content/pages/{one.page}: filed from {one.moved_from}", err=True)
    for fixed in report.fixed:
        click.echo(f"fixed     {fixed.path}: {fixed.what}", err=True)
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
