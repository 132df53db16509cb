"""What belongs to a folder: no path leads out of it, and none leads through a link in it.

Paths come from files that anyone may have written: a sidecar's `page`, a page's `raw`. A link in the folder may lead
anywhere, also one that came with a branch.
"""

from __future__ import annotations

import os
from collections.abc import Container


def fault_of(root: str, relative: str, known: Container[str] = ()) -> tuple[str, str] | None:
    """(why a path below `root` may not be followed, what to do); None where it may.

    Its last part may be a link: whoever opens, replaces or takes away the file sees to that. Folders that are `known` to
    be sound are not looked at.
    """
    outside = "leads out of the project's folder", "write a path below it, without `..`"
    folder, _, name = relative.rpartition("/")
    if name == ".." or os.sep in name or "\0" in name or relative.startswith("/"):
        return outside
    if folder and folder in known:
        return None
    parts = folder.split("/") if folder else []
    if ".." in parts or "\0" in folder or os.path.splitdrive(relative)[0]:
        return outside
    place = root
    for number, part in enumerate(parts, 1):
        place = f"{place}{os.sep}{part}"
        if os.path.islink(place) or _is_junction(place):
            return f"lies behind {'/'.join(parts[:number])}, a symbolic link", "put the folder itself there"
    return None


def _is_junction(path: str) -> bool:
    """Whether a folder is Windows' kind of link to one."""
    look = getattr(os.path, "isjunction", None)  # from Python 3.12 on
    return look is not None and look(path) is True
