"""`digest build` and `digest serve`: the site."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.shared import count, find_config, tell
from generator.models import Level
from generator.text import printable


@click.command()
@click.option("--drafts", is_flag=True, help="Show drafts and held pages too, marked.")
@click.option("--clean", is_flag=True, help="Build everything anew.")
@click.option(
    "--site-dir", type=click.Path(file_okay=False, path_type=Path), help="Where to; by default site/."
)
@click.pass_context
def build(context: click.Context, drafts: bool, clean: bool, site_dir: Path | None) -> int:
    """Build the site."""
    from generator.plugin import build as use_case

    report = use_case(find_config(context), drafts=drafts, site_dir=site_dir)
    for problem in report.problems:
        tell(problem)
    for one in report.held:
        click.echo(click.style(printable(f"held      {one.path}"), fg="yellow"), err=True)
        for line in one.why:
            click.echo(f"          {printable(line)}", err=True)
    click.echo(
        f"{count(report.articles, 'article')}, {report.pages} pages in {report.seconds:.1f} s → {report.site_dir}",
        err=True,
    )
    return 1 if any(problem.level is Level.ERROR for problem in report.problems) else 0


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.pass_context
def serve(context: click.Context, port: int) -> int:
    """Preview the site here, with drafts and held pages, and renew it at every edit."""
    from generator.plugin import serve as use_case

    use_case(find_config(context), dev_addr=f"127.0.0.1:{port}")
    return 0
