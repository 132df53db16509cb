"""The command `digest`: arguments, progress, exit codes. Results go to stdout, messages to stderr.

Exit codes: 0 done; 1 something was rejected or a check failed, after everything else was done; 2 wrong usage or
settings, nothing done; 70 a fault of the program itself; 130 interrupted. The heavy rooms are imported by the
command that needs them, so that `digest --help` answers at once.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import click

from generator import __version__
from generator.errors import DigestError, ProblemError, SettingsError, UsageError
from generator.models import Level, Problem

if TYPE_CHECKING:
    from generator.ingest import Report
    from generator.settings import Settings
    from generator.storage import Project

CONFIG = "site_config.yml"
FAULT = 70
"""Exit code of a fault in the program itself (sysexits.h, EX_SOFTWARE): publishing stops at 2 and above."""
_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "cyan"}


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    try:
        code = digest.main(arguments, prog_name="digest", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except SettingsError as error:
        for problem in error.problems:
            _tell(problem)
        click.echo(f"{_count(len(error.problems), 'problem')} in the settings; nothing was done", err=True)
        sys.exit(2)
    except UsageError as error:
        click.echo(f"digest: {error}", err=True)
        sys.exit(2)
    except ProblemError as error:
        _tell(error.problem)
        sys.exit(1)
    except DigestError as error:
        click.echo(f"digest: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output (`| head`) has gone; nothing is left to say.
        sys.stderr.close()
        sys.exit(0)
    except Exception:  # noqa: BLE001 - a fault of ours must not look like "something was rejected" (1) to CI
        click.echo(traceback.format_exc(), err=True)
        click.echo("digest: this is a fault of the program; please report it with the lines above", err=True)
        sys.exit(FAULT)
    sys.exit(code if isinstance(code, int) else 0)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "-f",
    "--config-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"The configuration; by default {CONFIG} here or in a folder above.",
)
@click.version_option(__version__, prog_name="digest")
@click.pass_context
def digest(context: click.Context, config_file: Path | None) -> None:
    """Raw news articles in, a curated news site out."""
    context.obj = config_file
    if os.environ.get("NO_COLOR"):
        context.color = False


def _config_file(context: click.Context) -> Path:
    given: Path | None = context.obj
    if given is not None:
        if not given.is_file():
            raise UsageError(f"{given}: there is no such file")
        return given.absolute()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file():
            return folder / CONFIG
    raise UsageError(f"there is no {CONFIG} here or in a folder above; name one with --config-file")


def _open(context: click.Context) -> tuple[Path, Project, Settings]:
    from generator.plugin import load_settings
    from generator.storage import Project

    config = _config_file(context)
    return config, Project(config.parent), load_settings(config)


def _now(zone: ZoneInfo) -> dt.datetime:
    """The moment of this run; SOURCE_DATE_EPOCH stands in for the clock where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), zone)
    return dt.datetime.now(zone).replace(microsecond=0)


# ------------------------------------------------------------------------------------------ ingest


@digest.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--url", help="The article's address; kept in the sidecar. For one raw file.")
@click.option("--source", help="Key of the article's source; kept in the sidecar. For one raw file.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option(
    "--refresh", is_flag=True, help="Take the generator's values, also where an editor changed or deleted."
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; by default as many as pay.")
@click.option("-v", "--verbose", is_flag=True, help="A line for each article.")
@click.pass_context
def ingest(
    context: click.Context,
    paths: tuple[Path, ...],
    url: str | None,
    source: str | None,
    dry_run: bool,
    refresh: bool,
    jobs: int | None,
    verbose: bool,
) -> int:
    """Turn raw articles into Markdown pages.

    PATHS are raw files or folders; by default content/raw.
    """
    from generator import ingest as use_case
    from generator import progress

    _, project, settings = _open(context)
    if source is not None and source not in settings.sources:
        raise UsageError(f"--source {source}: the settings know {', '.join(settings.sources) or 'no source'}")
    if url is not None and not url.startswith(("http://", "https://")):
        raise UsageError(f"--url {url}: write the address with https://")
    if refresh and not paths:
        raise UsageError("--refresh replaces editors' words: name the raw files it is meant for")
    places = [project.relative(path) for path in paths]
    options = use_case.Options(
        now=_now(settings.zone), url=url, source=source, dry_run=dry_run, refresh=refresh, jobs=jobs
    )
    shown = progress.for_terminal(sys.stderr, verbose=verbose)
    with project.lock():
        report = use_case.ingest(project, settings, places, options, shown)
    _summarize(report, dry_run=dry_run)
    return 1 if report.rejected else 0


def _summarize(report: Report, *, dry_run: bool) -> None:
    from generator.ingest import Outcome

    for problem in report.problems:
        _tell(problem)
    for result in report.held:
        click.echo(click.style(f"held      content/pages/{result.page}", fg="yellow"), err=True)
        for line in result.held:
            click.echo(f"          {line}", err=True)
    if report.held:
        click.echo(
            "          → write the field, delete its `review` line, and run `digest ingest` again", err=True
        )
    counts = [
        f"{report.count(Outcome.NEW)} new",
        f"{report.count(Outcome.UPDATED)} updated",
        f"{report.count(Outcome.KEPT)} kept (editor's)",
        f"{len(report.held)} held",
        f"{report.count(Outcome.REJECTED)} rejected",
    ]
    if deleted := report.count(Outcome.DELETED):
        counts.append(f"{deleted} deleted by an editor")
    total = len(report.results) - report.count(Outcome.SKIPPED)
    would = " would be" if dry_run else ""
    click.echo(f"{_count(total, 'article')}:{would} {' · '.join(counts)}", err=True)


# ----------------------------------------------------------------------------------------- extract


@digest.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--url", help="The article's address, where it is known.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one per article.")
@click.pass_context
def extract(context: click.Context, file: Path, url: str | None, as_json: bool) -> int:
    """Show what a raw file holds; write nothing."""
    from generator import intake, records, sidecars
    from generator.storage import SIDECAR, read_file
    from generator.vocabulary import Vocabulary

    _, project, settings = _open(context)
    if not file.exists() and not file.is_symlink():
        raise UsageError(f"{file}: there is no such file")
    inside = file.parent.resolve().is_relative_to(project.root)
    name = project.relative(file) if inside else file.name
    beside = file.with_name(file.name + SIDECAR)
    text = read_file(beside).decode("utf-8", "replace") if beside.is_file() else ""
    sidecar = sidecars.parse(text, beside.name, settings.zone)
    if url is not None:
        from dataclasses import replace

        sidecar = replace(sidecar, url=url)
    reading = intake.read(name, read_file(file), settings, Vocabulary.of(settings), sidecar)
    width, colour = _paper()
    for record in reading.records:
        click.echo(
            records.as_json(record) if as_json else records.as_text(record, width, colour=colour),
            color=colour,
        )
    for problem in reading.problems:
        _tell(problem)
    return 1 if reading.problems else 0


# ------------------------------------------------------------------------------------------- check


@digest.command()
@click.pass_context
def check(context: click.Context) -> int:
    """Tell every problem of settings and pages."""
    from generator.check import check as use_case
    from generator.plugin import load_config

    config, project, settings = _open(context)
    load_config(config)
    problems = use_case(project, settings, config.name)
    for problem in problems:
        _tell(problem, err=False)
    errors = sum(problem.level is Level.ERROR for problem in problems)
    warnings = sum(problem.level is Level.WARNING for problem in problems)
    click.echo(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}", err=True)
    return 1 if errors else 0


# --------------------------------------------------------------------------------------------- why


@digest.command()
@click.argument("page")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.pass_context
def why(context: click.Context, page: str, as_json: bool) -> int:
    """Tell where every field of a page came from.

    PAGE is the page's file, its slug, its address on the site, or its raw file.
    """
    from generator.why import account, explain, printing

    _, project, settings = _open(context)
    told = explain(project, settings, page, Path.cwd(), _now(settings.zone))
    width, colour = _paper()
    click.echo(
        account.as_json(told) if as_json else printing.as_text(told, width, colour=colour), color=colour
    )
    return 1 if any(problem.level is Level.ERROR for problem in told.problems) else 0


# ------------------------------------------------------------------------------------ build, serve


@digest.command()
@click.option("--drafts", is_flag=True, help="Show drafts and held pages too, marked.")
@click.option("--clean", is_flag=True, help="Build everything anew.")
@click.option(
    "--site-dir", type=click.Path(file_okay=False, path_type=Path), help="Where to; by default site/."
)
@click.pass_context
def build(context: click.Context, drafts: bool, clean: bool, site_dir: Path | None) -> int:
    """Build the site."""
    from generator.plugin import build as use_case

    report = use_case(_config_file(context), drafts=drafts, site_dir=site_dir)
    for problem in report.problems:
        _tell(problem)
    for one in report.held:
        click.echo(click.style(f"held      {one.path}", fg="yellow"), err=True)
        for line in one.why:
            click.echo(f"          {line}", err=True)
    click.echo(
        f"{_count(report.articles, 'article')}, {report.pages} pages in {report.seconds:.1f} s → {report.site_dir}",
        err=True,
    )
    return 1 if any(problem.level is Level.ERROR for problem in report.problems) else 0


@digest.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.pass_context
def serve(context: click.Context, port: int) -> int:
    """Preview the site here, with drafts and held pages, and renew it at every edit."""
    from generator.plugin import serve as use_case

    use_case(_config_file(context), dev_addr=f"127.0.0.1:{port}")
    return 0


# ----------------------------------------------------------------------------------------- telling


def _paper() -> tuple[int, bool]:
    """(columns, whether there is colour) of what results are printed on; see no-color.org."""
    if not _is_terminal():
        return 100, False
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return shutil.get_terminal_size((100, 24)).columns, not plain


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def _tell(problem: Problem, *, err: bool = True) -> None:
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    level = click.style(f"{problem.level}:", fg=_COLOURS[problem.level], bold=problem.level is Level.ERROR)
    hint = f"\n    → {problem.hint}" if problem.hint else ""
    click.echo(f"{place}: {level} {problem.message}{hint}", err=err)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
