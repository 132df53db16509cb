"""Where a build may put the site: never where it would take anything away but an older site."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

import generator
from generator.errors import UsageError

_PARTS = ("content", "theme", "generator", ".git", ".cache")
"""Folders of a project that no site may touch."""
_MARKS = (b"__md_scope", b'content="mkdocs-')
"""Every page of the theme has the first; MkDocs' and Material's own templates have the second."""
_SITE_FILES = ("index.html", "404.html", "sitemap.xml")


def check_target(target: Path, config_file: Path, config: MkDocsConfig) -> None:
    """Refuse a place that is not the site's own. `target` is absolute, with links followed.

    Raises:
        UsageError: the place holds the project or a part of it, lies in one, is a file, or is a folder with
            anything in it but an older site.
    """
    root = config_file.resolve().parent
    if root.is_relative_to(target):
        raise _refused(target, "the project itself lies there")
    parts = [root / name for name in _PARTS]
    parts += [Path(config.docs_dir), Path(generator.__file__).parent]
    if config.theme.custom_dir:
        parts.append(Path(config.theme.custom_dir))
    for part in (path.resolve() for path in parts):
        if target.is_relative_to(part) or part.is_relative_to(target):
            raise _refused(target, f"it would replace or fill {part}, which is no part of the site")
    if target.is_relative_to(config_file.resolve()) or (target.exists() and not target.is_dir()):
        raise _refused(target, "a file stands there")
    if target.is_dir() and not _is_site(target):
        raise _refused(target, "the folder holds other files than a site that MkDocs built")


def _is_site(folder: Path) -> bool:
    """Whether a folder is empty, entries with a dot aside, or an older build."""
    if all(path.name.startswith(".") for path in folder.iterdir()):
        return True
    if not all((folder / name).is_file() for name in _SITE_FILES):
        return False
    with (folder / "index.html").open("rb") as file:
        head = file.read(50_000)
    return any(mark in head for mark in _MARKS)


def _refused(target: Path, why: str) -> UsageError:
    return UsageError(f"the site cannot be put into {target}: {why} → name an empty folder with --site-dir")
