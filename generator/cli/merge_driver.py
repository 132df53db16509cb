"""`digest merge-driver`: what git calls where two branches changed one page (tools/git-setup.sh tells it to)."""

from __future__ import annotations

from pathlib import Path

import click

from generator.errors import DigestError, UsageError


@click.command(name="merge-driver", hidden=True)
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("path")
def merge_driver(base: Path, ours: Path, theirs: Path, path: str) -> int:
    """Merge two versions of a page field by field; git calls this.

    OURS takes the result. Where a person must decide it takes git's own lines with their conflict marks, and the exit
    code is 1. A page that cannot be merged by fields is merged by lines, as without this command; any other code means
    that OURS is as it was, and tools/digest.sh has git do the same.
    """
    from generator.git import Git
    from generator.page_merge import merge_pages
    from generator.storage import read_file, replace_text, scratch_files

    git = Git(Path.cwd())

    def merge_lines(first: str, mine: str, other: str) -> str | None:
        with scratch_files(mine, first, other) as (one, two, three):
            data, clean = git.merge_files(one, two, three)
        return data.decode("utf-8") if clean else None

    readable = True
    merged: str | None = None
    try:
        first, mine, other = (read_file(file).decode("utf-8") for file in (base, ours, theirs))
        merged = merge_pages(first, mine, other, path, merge_lines)
    except (DigestError, UnicodeDecodeError):
        readable = False
    try:
        if merged is not None:
            replace_text(ours, merged)
            return 0
        data, clean = git.merge_files(ours, base, theirs)
        replace_text(ours, data)
    except DigestError as error:
        raise UsageError(f"{path} was not merged: {error}") from error
    # Lines that go together may still make no page: one key twice. Then a person looks.
    return 0 if clean and not readable else 1
