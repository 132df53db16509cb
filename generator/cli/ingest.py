"""`digest ingest`: raw articles to pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.shared import count, now, open_project, tell
from generator.errors import UsageError
from generator.text import printable

if TYPE_CHECKING:
    from generator.ingest import Report


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--url", help="The article's address; kept in the sidecar. For one raw file.")
@click.option("--source", help="Key of the article's source; kept in the sidecar. For one raw file.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option(
    "--refresh", is_flag=True, help="Take the generator's values, also where an editor changed or deleted."
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME",
    help="With --refresh: only this field; may be repeated.",
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
    fields: tuple[str, ...],
    jobs: int | None,
    verbose: bool,
) -> int:
    """Turn raw articles into Markdown pages.

    PATHS are raw files or folders, or pages that are made from them; by default content/raw.
    """
    from generator import ingest as use_case
    from generator import merge, pages, progress

    _, project, settings = open_project(context)
    if source is not None and source not in settings.sources:
        raise UsageError(f"--source {source}: the settings know {', '.join(settings.sources) or 'no source'}")
    if url is not None and not url.startswith(("http://", "https://")):
        raise UsageError(f"--url {url}: write the address with https://")
    if refresh and not paths:
        raise UsageError("--refresh replaces editors' words: name the pages or raw files it is meant for")
    if fields and not refresh:
        raise UsageError("--field says what --refresh is meant for: add --refresh")
    known = (*pages.FIELDS, *pages.PASSED_ON, "body", "review")
    if unknown := [name for name in fields if name not in known]:
        raise UsageError(f"--field {unknown[0]}: the generator writes {', '.join(known)}")
    places = [project.relative(path) for path in paths]
    options = use_case.Options(
        now=now(settings.zone),
        url=url,
        source=source,
        dry_run=dry_run,
        refresh=(frozenset(fields) or merge.EVERYTHING) if refresh else merge.NOTHING,
        jobs=jobs,
    )
    shown = progress.for_terminal(sys.stderr, verbose=verbose)
    with project.lock():
        report = use_case.ingest(project, settings, places, options, shown)
    _summarize(report, dry_run=dry_run)
    return 1 if report.rejected else 0


def _summarize(report: Report, *, dry_run: bool) -> None:
    from generator.ingest import Outcome

    for problem in report.problems:
        tell(problem)
    for result in report.held:
        click.echo(click.style(printable(f"held      content/pages/{result.page}"), fg="yellow"), err=True)
        for line in result.held:
            click.echo(f"          {printable(line)}", err=True)
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
    click.echo(f"{count(total, 'article')}:{would} {' · '.join(counts)}", err=True)
