"""`digest new`: a page written by hand."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.cli.shared import now, open_project, tell


@click.command()
@click.argument("title")
@click.option("--url", default="", help="Address of the original; its source is known by it.")
@click.option("--source", default="", metavar="KEY", help="Key of the source.")
@click.option("--topic", default="", metavar="KEY", help="Key of the topic.")
@click.option(
    "--date",
    default="",
    metavar="WHEN",
    help="When the original was published: 2025-05-22, 2025-05-22T22:15.",
)
@click.option("--tag", "tags", multiple=True, metavar="LABEL", help="A tag; may stand several times.")
@click.option("--summary", default="", metavar="TEXT", help="What it says, in a sentence or two.")
@click.option("--force", is_flag=True, help="Also where a page of that address is there already.")
@click.pass_context
def new(
    context: click.Context,
    title: str,
    url: str,
    source: str,
    topic: str,
    date: str,
    tags: tuple[str, ...],
    summary: str,
    force: bool,
) -> int:
    """Begin a page by hand, as a draft, and print its path: $EDITOR "$(digest new TITLE)".

    With date, source and topic it stands below articles/; what is missing is written into the page, and it
    waits below held/.
    """
    from generator.drafting import Known, draft

    _, project, settings = open_project(context)
    known = Known(title=title, url=url, source=source, topic=topic, date=date, tags=tags, summary=summary)
    with project.lock():
        begun = draft(project, settings, known, now(settings.zone), twice=force)
    for problem in begun.problems:
        tell(problem)
    for line in begun.review:
        click.echo(click.style(f"held      {line}", fg="yellow"), err=True)
    if begun.review:
        click.echo("          → write each field and delete its `review` line", err=True)
    click.echo("          → write the text, delete `draft: true` when readers may see it", err=True)
    if begun.review:
        click.echo("          → run `digest ingest`: it files the page below articles/", err=True)
    click.echo(os.path.relpath(project.path(begun.path), Path.cwd()))
    return 0
