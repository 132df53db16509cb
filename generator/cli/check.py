"""`digest check`: every problem, told before a reader sees it."""

from __future__ import annotations

import click

from generator.cli.shared import count, open_project, tell
from generator.models import Level


@click.command()
@click.pass_context
def check(context: click.Context) -> int:
    """Tell every problem of settings and pages."""
    from generator.check import check as use_case
    from generator.plugin import load_config

    config, project, settings = open_project(context)
    load_config(config)
    problems = use_case(project, settings, config.name)
    for problem in problems:
        tell(problem, err=False)
    errors = sum(problem.level is Level.ERROR for problem in problems)
    warnings = sum(problem.level is Level.WARNING for problem in problems)
    click.echo(f"{count(errors, 'error')}, {count(warnings, 'warning')}", err=True)
    return 1 if errors else 0
