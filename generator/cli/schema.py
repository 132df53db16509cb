"""`digest schema`: what an editor's program needs to help while someone writes."""

from __future__ import annotations

import click

from generator.cli.shared import open_project
from generator.errors import UsageError


@click.command()
@click.argument("name", required=False, type=click.Choice(["article", "settings", "sidecar"]))
@click.option("--write", is_flag=True, help="Write all of them into docs/schema/.")
@click.pass_context
def schema(context: click.Context, name: str | None, write: bool) -> int:
    """Print the JSON Schema of an article's front matter, of the settings, or of a sidecar.

    Programs that know them mark mistakes, offer keys and topics, and say what each key means. Pages made from
    now on name theirs in their first line, where docs/schema/ is there.
    """
    from generator.schema import schema_of, schemas

    if (name is None) == (not write):
        raise UsageError("name one schema to print (article, settings, sidecar), or say --write for all")
    _, project, settings = open_project(context)
    if name is not None:
        click.echo(schema_of(name, settings).text, nl=False)
        return 0
    with project.lock():
        for one in schemas(settings):
            changed = project.write(one.path, one.text)
            click.echo(f"{'written  ' if changed else 'unchanged'} {one.path}", err=True)
    return 0
