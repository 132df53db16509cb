"""The only room that imports MkDocs: the plugin's events, and builds for the command line.

What only reads the settings does not wait for the rest of MkDocs to be imported.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from generator.plugin.configuration import inherited_files, load_config, load_settings, parse_settings

if TYPE_CHECKING:
    from generator.plugin.commands import BuildReport, build, serve
    from generator.plugin.events import DigestPlugin

__all__ = [
    "BuildReport",
    "DigestPlugin",
    "build",
    "inherited_files",
    "load_config",
    "load_settings",
    "parse_settings",
    "serve",
]

_LATER = {"BuildReport": "commands", "DigestPlugin": "events", "build": "commands", "serve": "commands"}


def __getattr__(name: str) -> object:
    """The rest of the room, imported when it is asked for (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_LATER[name]}"), name)
