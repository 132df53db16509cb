"""What every command of `digest` shares: the project at hand, the moment of the run, how problems are told."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from generator.errors import UsageError
from generator.models import Level, Problem
from generator.text import printable

if TYPE_CHECKING:
    from generator.settings import Settings
    from generator.storage import Project

CONFIG = "site_config.yml"
_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "cyan"}


def find_config(context: click.Context) -> Path:
    """The configuration file that this run is about.

    Raises:
        UsageError: there is none.
    """
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


def open_project(context: click.Context) -> tuple[Path, Project, Settings]:
    """(configuration file, project, settings).

    Raises:
        UsageError: there is no configuration, or it cannot be read.
        SettingsError: with every problem of the settings.
    """
    from generator.plugin import load_settings
    from generator.storage import Project

    config = find_config(context)
    return config, Project(config.parent), load_settings(config)


def now(zone: ZoneInfo) -> dt.datetime:
    """The moment of this run; SOURCE_DATE_EPOCH stands in for the clock where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), zone)
    return dt.datetime.now(zone).replace(microsecond=0)


def paper() -> tuple[int, bool]:
    """(columns, whether there is colour) of what results are printed on; see no-color.org."""
    if not is_terminal():
        return 100, False
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return shutil.get_terminal_size((100, 24)).columns, not plain


def is_terminal() -> bool:
    """Whether results go to a terminal."""
    return sys.stdout.isatty()


def tell(problem: Problem, *, err: bool = True) -> None:
    """Print a problem: where, how bad, what, and what to do."""
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    level = click.style(f"{problem.level}:", fg=_COLOURS[problem.level], bold=problem.level is Level.ERROR)
    hint = f"\n    → {printable(problem.hint)}" if problem.hint else ""
    click.echo(f"{printable(place)}: {level} {printable(problem.message)}{hint}", err=err)


def count(number: int, noun: str) -> str:
    """`1 article`, `1,200 articles`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
