"""`digest why`: where every field of a page came from."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.shared import now, open_project, paper
from generator.models import Level


@click.command()
@click.argument("page")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.pass_context
def why(context: click.Context, page: str, as_json: bool) -> int:
    """Tell where every field of a page came from.

    PAGE is the page's file, its slug, its address on the site, or its raw file.
    """
    from generator.why import account, explain, printing

    _, project, settings = open_project(context)
    told = explain(project, settings, page, Path.cwd(), now(settings.zone))
    width, colour = paper()
    click.echo(
        account.as_json(told) if as_json else printing.as_text(told, width, colour=colour), color=colour
    )
    return 1 if any(problem.level is Level.ERROR for problem in told.problems) else 0
