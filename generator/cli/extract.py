"""`digest extract`: what a raw file holds."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.shared import open_project, paper, tell
from generator.errors import UsageError


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--url", help="The article's address, where it is known.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one per article.")
@click.pass_context
def extract(context: click.Context, file: Path, url: str | None, as_json: bool) -> int:
    """Show what a raw file holds; write nothing."""
    from generator import intake, records, sidecars
    from generator.storage import SIDECAR, read_file
    from generator.vocabulary import Vocabulary

    _, project, settings = open_project(context)
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
    width, colour = paper()
    for record in reading.records:
        click.echo(
            records.as_json(record) if as_json else records.as_text(record, width, colour=colour),
            color=colour,
        )
    for problem in reading.problems:
        tell(problem)
    return 1 if reading.problems else 0
