"""The only room that writes files: atomic, only when different, under a lock.

A page is written to a temporary file beside it, synced and renamed, so that a crash leaves either the old or
the new file whole. Reading is bounded: regular files inside the project only, no links, up to a size.
"""

from __future__ import annotations

from generator.storage.files import MAX_RAW, append_text, read_file, replace_text, scratch_files, scratch_tree
from generator.storage.folders import CACHE, carry_over, make_folder_beside, remove_folder, swap_folder
from generator.storage.project import MAX_PAGE, MAX_PICTURE, PAGES, PICTURES, RAW, SIDECAR, Project

__all__ = [
    "CACHE",
    "MAX_PAGE",
    "MAX_PICTURE",
    "MAX_RAW",
    "PAGES",
    "PICTURES",
    "RAW",
    "SIDECAR",
    "Project",
    "append_text",
    "carry_over",
    "make_folder_beside",
    "read_file",
    "remove_folder",
    "replace_text",
    "scratch_files",
    "scratch_tree",
    "swap_folder",
]
