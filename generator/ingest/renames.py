"""Raw files under a new name: known by their bytes, followed by their sidecar and their pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from generator import frontmatter
from generator.errors import ProblemError
from generator.storage import RAW, SIDECAR, Project


def find_renamed(project: Project, names: Iterable[str]) -> dict[str, str]:
    """New name → old name of the raw files whose sidecar still stands under the old name.

    A raw file without a sidecar is one that was renamed where the sidecar of a file that is gone has its bytes; of two
    such sidecars, or two such files, none is meant. A file that was renamed and changed at once is found by what its
    page says, later.
    """
    new = [name for name in names if not project.exists(name + SIDECAR)]
    if not new:
        return {}
    orphans: dict[str, list[str]] = {}
    for sha256, name in _orphans(project):
        orphans.setdefault(sha256, []).append(name)
    if not orphans:
        return {}
    found: dict[str, list[str]] = {}
    for name in new:
        try:
            sha256 = hashlib.sha256(project.read_raw(name)).hexdigest()
        except ProblemError:
            continue  # told where the file is read for its articles
        if len(orphans.get(sha256, ())) == 1:
            found.setdefault(orphans[sha256][0], []).append(name)
    return {files[0]: old for old, files in found.items() if len(files) == 1}


def _orphans(project: Project) -> Iterator[tuple[str, str]]:
    """(bytes' sha256, raw file) of the sidecars whose raw file is not here."""
    for path in project.files_below(RAW):
        name = path.removesuffix(SIDECAR)
        if path == name or project.exists(name):
            continue
        try:
            sidecar = frontmatter.load(project.read_text(path), path, 1)
        except ProblemError:
            continue
        sha256 = sidecar.get("sha256")
        if isinstance(sha256, str) and sidecar.get("skip") is not True:
            yield sha256, name
