"""`digest merge-driver`: what git calls where two branches changed one page (tools/git-setup.sh tells it to)."""

from __future__ import annotations

from pathlib import Path

import click

from generator.errors import DigestError, UsageError

_SIDECAR = ".meta.yml"


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
    from generator.page_merge import mark_pages, merge_pages
    from generator.storage import read_file, replace_text, scratch_files

    git = Git(Path.cwd())

    def merge(first: str, mine: str, other: str) -> tuple[str, bool]:
        with scratch_files(mine, first, other) as (one, two, three):
            data, clean = git.merge_files(one, two, three)
        return data.decode("utf-8"), clean

    def merge_lines(first: str, mine: str, other: str) -> str | None:
        text, clean = merge(first, mine, other)
        return text if clean else None

    def mark_lines(first: str, mine: str, other: str) -> str:
        return merge(first, mine, other)[0]

    readable = True
    merged: str | None = None
    marked: str | None = None
    try:
        first, mine, other = (_fenced(read_file(file).decode("utf-8"), path) for file in (base, ours, theirs))
        merged = merge_pages(first, mine, other, path, merge_lines)
        marked = None if merged else mark_pages(first, mine, other, path, merge_lines, mark_lines)
    except (DigestError, UnicodeDecodeError):
        readable = False
    try:
        if merged is not None:
            replace_text(ours, _bare(merged, path))
            return 0
        if marked is not None:
            replace_text(ours, _bare(marked, path))
            return 1
        data, clean = git.merge_files(ours, base, theirs)
        replace_text(ours, data)
    except DigestError as error:
        raise UsageError(f"{path} was not merged: {error}") from error
    # Lines that go together may still make no page: one key twice. Then a person looks.
    return 0 if clean and not readable else 1


def _fenced(text: str, path: str) -> str:
    """A sidecar as if it were a page without a text."""
    return f"---\n{text}---\n" if path.endswith(_SIDECAR) and text.strip() else text


def _bare(text: str, path: str) -> str:
    return text.removeprefix("---\n").removesuffix("---\n") if path.endswith(_SIDECAR) else text
