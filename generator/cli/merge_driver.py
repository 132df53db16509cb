"""`digest merge-driver`: what git calls where two branches changed one page (tools/git-setup.sh tells it to)."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="merge-driver", hidden=True)
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("path")
def merge_driver(base: Path, ours: Path, theirs: Path, path: str) -> int:
    """Merge two versions of a page field by field; git calls this.

    OURS takes the result. Where a person must decide it takes git's own lines with their conflict marks, and the exit
    code is 1.
    """
    from generator.errors import ProblemError
    from generator.git import Git
    from generator.page_merge import merge_pages
    from generator.storage import read_file, replace_text, scratch_files

    git = Git(Path.cwd())

    def merge_lines(first: str, mine: str, other: str) -> str | None:
        with scratch_files(mine, first, other) as (one, two, three):
            text, clean = git.merge_files(one, two, three)
        return text if clean else None

    try:
        first, mine, other = (read_file(file).decode("utf-8") for file in (base, ours, theirs))
        merged = merge_pages(first, mine, other, path, merge_lines)
    except (ProblemError, UnicodeDecodeError):
        return 1  # git keeps both, and says so
    marked = merged if merged is not None else git.merge_files(ours, base, theirs)[0]
    replace_text(ours, marked)
    return 0 if merged is not None else 1
