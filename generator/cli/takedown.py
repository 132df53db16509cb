"""`digest takedown`: an article goes from page, feeds, search and editions; a notice and a record stay."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.shared import now, open_project, tell

_PURGE = "docs/en/take-down.md (docs/vi/go-bai.md)"

_HELD = "none, since a held page has no address"
_DRAFT = "none, since readers never saw the article (did they? then take `draft` out of the page)"


@click.command()
@click.argument("page")
@click.option("--reason", required=True, help="Why; readers of the notice see it.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.pass_context
def takedown(context: click.Context, page: str, reason: str, dry_run: bool) -> int:
    """Take an article down: everything it said goes, a notice stays.

    PAGE is the page's file, its slug, its address on the site or of the original, or its raw file.
    """
    from generator.library import HELD
    from generator.storage import PAGES
    from generator.takedown import take_down

    _, project, settings = open_project(context)
    with project.lock():
        report = take_down(project, settings, page, Path.cwd(), reason, now(settings.zone), dry_run=dry_run)
    would = "would be " if dry_run else ""
    state = "already down" if report.again else f"{would}taken down"
    click.echo(f"{state}  {report.page}")
    click.echo(f"  reason: {report.reason}")
    unseen = _HELD if report.page.startswith(f"{PAGES}/{HELD}") else _DRAFT
    click.echo(f"  notice: {report.notice or unseen}")
    for step in report.steps:
        click.echo(f"  {would}{step.deed:<9}  {step.path} — {step.what}")
    if not report.steps:
        click.echo("  nothing is left to do")
    for problem in report.problems:
        tell(problem)
    if report.steps and not dry_run:
        click.echo(
            "still to do: commit these changes and publish; the site is as it was until the next build.\n"
            f"git's history still holds the text: {_PURGE} says how to take it out of there too",
            err=True,
        )
    return 1 if report.failed else 0
