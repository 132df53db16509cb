"""What a person sees of a long ingest while it runs: a bar, a line for each article, or nothing."""

from __future__ import annotations

from typing import TextIO

import click

from generator.ingest import Progress, Result
from generator.text import printable

FEW = 20
"""Up to so many files a bar would be gone before it is read."""

_SIGNS = {
    "new": ("+", "green"),
    "updated": ("~", "green"),
    "kept": ("=", "cyan"),
    "unchanged": ("·", "white"),
    "deleted": ("-", "white"),
    "skipped": ("-", "white"),
    "rejected": ("✗", "red"),
}


class Lines(Progress):
    """A line for each article: `-v`."""

    def tell(self, result: Result) -> None:
        """What became of the article, and where it stands."""
        sign, colour = _SIGNS[result.outcome]
        page = f" → {result.page}" if result.page else ""
        held = click.style("  held", fg="yellow") if result.held else ""
        click.echo(
            f"{click.style(f'{sign} {result.outcome:<9}', fg=colour)} {printable(result.raw + page)}{held}",
            err=True,
        )


class Bar(Progress):
    """A bar over the raw files with the time that is left, on a terminal."""

    def __init__(self, file: TextIO) -> None:
        """`file` is the terminal."""
        self._file = file
        self._held = 0
        self._bar: click._termui_impl.ProgressBar[int] | None = None

    def begin(self, files: int) -> None:
        """Show the bar where there is enough to wait for."""
        if files > FEW:
            self._bar = click.progressbar(
                length=files, label="Reading", file=self._file, show_pos=True, update_min_steps=max(1, files // 400),
                item_show_func=lambda _: f"{self._held} held" if self._held else None,
            )  # fmt: skip
            self._bar.__enter__()

    def tell(self, result: Result) -> None:
        """Count what waits for a person."""
        self._held += bool(result.held)

    def step(self) -> None:
        """One file further."""
        if self._bar is not None:
            self._bar.update(1, 0)

    def end(self) -> None:
        """Leave the bar as it stands and the cursor below it."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None


def for_terminal(file: TextIO, *, verbose: bool) -> Progress:
    """Lines where they are asked for, a bar on a terminal, else nothing."""
    if verbose:
        return Lines()
    return Bar(file) if file.isatty() else Progress()
