"""`digest due`: what appears or goes by the clock alone, for a timer that builds only when there is reason to."""

from __future__ import annotations

import datetime as dt

import click

from generator.cli.shared import now, open_project, tell
from generator.models import Level


@click.command()
@click.option(
    "--past",
    "hours",
    metavar="HOURS",
    type=click.IntRange(1, 24 * 366),
    help="What has come in the last hours, instead of what is to come.",
)
@click.pass_context
def due(context: click.Context, hours: int | None) -> int:
    """List the moments at which articles appear or go by the clock.

    One line each: the moment, what happens, the page.
    """
    from generator.library import turns_of
    from generator.storage import PAGES

    _, project, settings = open_project(context)
    articles, problems = project.read_articles(settings.zone)
    for problem in problems:
        if problem.level is Level.ERROR:  # a page that cannot be read may hide a moment
            tell(problem)
    moment = now(settings.zone)
    turns = sorted(
        (when, article.page, appears)
        for article in articles
        for when, appears in turns_of(article, settings)
        if (when > moment if hours is None else moment - dt.timedelta(hours=hours) < when <= moment)
    )
    for when, page, appears in turns:
        click.echo(
            f"{when.astimezone(settings.zone).isoformat()}  {'appears' if appears else 'goes   '}  {PAGES}/{page}"
        )
    return 0
