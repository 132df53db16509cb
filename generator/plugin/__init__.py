"""The only room that imports MkDocs: the plugin's events, and builds for the command line."""

from __future__ import annotations

from generator.plugin.commands import BuildReport, build, load_config, load_settings, serve
from generator.plugin.events import DigestPlugin

__all__ = ["BuildReport", "DigestPlugin", "build", "load_config", "load_settings", "serve"]
