"""The command `digest`: arguments, progress, exit codes. Results go to stdout, messages to stderr.

Exit codes: 0 done; 1 something was rejected or a check failed, after everything else was done; 2 wrong usage or
settings, nothing done; 70 a fault of the program itself; 130 interrupted. The heavy rooms are imported by the
command that needs them, so that `digest --help` answers at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from generator import __version__
from generator.cli import check, due, extract, ingest, merge_driver, new, schema, site, takedown, why
from generator.cli.shared import CONFIG, count, tell
from generator.errors import DigestError, ProblemError, SettingsError, UsageError

FAULT = 70
"""Exit code of a fault in the program itself (sysexits.h, EX_SOFTWARE): publishing stops at 2 and above."""


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
            tell(problem)
        click.echo(f"{count(len(error.problems), 'problem')} in the settings; nothing was done", err=True)
        sys.exit(2)
    except UsageError as error:
        click.echo(f"digest: {error}", err=True)
        sys.exit(2)
    except ProblemError as error:
        tell(error.problem)
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


for _command in (
    ingest.ingest,
    new.new,
    extract.extract,
    check.check,
    due.due,
    why.why,
    takedown.takedown,
    site.build,
    site.serve,
    schema.schema,
    merge_driver.merge_driver,
):
    digest.add_command(_command)
