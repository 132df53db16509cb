"""The configuration file: the digest's settings alone, or MkDocs' whole configuration.

The first needs next to nothing of MkDocs: commands that build no site start in half the time.
"""

from __future__ import annotations

import io
import logging
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from mkdocs.exceptions import MkDocsException

from generator import settings as settings_room
from generator.errors import SettingsError, UsageError
from generator.models import Problem
from generator.settings import Settings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class Warnings(logging.Handler):
    """Collects MkDocs' warnings, so that the site is finished and they are told at the end."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def load_config(config_file: str | os.PathLike[str], **overrides: Any) -> MkDocsConfig:
    """MkDocs' configuration, fully checked.

    Raises:
        UsageError: the file cannot be read or holds wrong values; the message has all that MkDocs says.
    """
    from mkdocs.config import load_config as mkdocs_load_config

    warnings = Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        return mkdocs_load_config(os.fspath(config_file), **overrides)
    except MkDocsException as error:
        raise UsageError("\n".join([*warnings.messages, str(error)])) from error
    finally:
        logger.removeHandler(warnings)


def load_settings(config_file: str | os.PathLike[str]) -> Settings:
    """The digest's settings alone, by MkDocs' own reading of the file (INHERIT, !ENV), without its validation.

    Raises:
        UsageError: the file cannot be read, or has no `digest` under `plugins`.
        SettingsError: with every problem of the settings.
    """
    path = Path(config_file)
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return parse_settings(path, text)


def parse_settings(path: Path, text: str) -> Settings:
    """The digest's settings in the text of a configuration file; `path` is where it stands, or stood.

    Raises:
        UsageError: not YAML, or no `digest` under `plugins`.
        SettingsError: with every problem of the settings.
    """
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load

    loader = get_yaml_loader(getattr(yaml, "CLoader", yaml.Loader))
    loader.add_constructor("!relative", lambda loader, node: str(node.value))
    try:
        values = yaml_load(_Named(text.encode("utf-8"), os.fspath(path)), loader)
    except MkDocsException as error:
        raise UsageError(f"{path}: {error}") from error
    except OSError as error:  # of the file that INHERIT names
        raise UsageError(f"{error.filename}: cannot be read: {error.strerror}") from error
    options = _digest_options(values)
    if options is None:
        raise UsageError(f"{path}: `plugins` has no `digest` → add `- digest:` with its settings below it")
    if not values.get("site_url"):
        problem = Problem(
            path.name,
            "`site_url` is missing",
            "write the site's address: https://…/",
            rule="settings-value",
        )
        try:
            settings_room.parse(options, path=path.name, text=text)
        except SettingsError as error:
            raise SettingsError((problem, *error.problems)) from error
        raise SettingsError((problem,))
    return settings_room.parse(options, path=path.name, text=text)


def inherited_files(config_file: Path) -> tuple[Path, ...]:
    """The files that a configuration file inherits from, the nearest first; those that are there."""
    found: list[Path] = []
    path = config_file
    while len(found) < _DEEPEST:
        try:
            match = _INHERIT.search(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            break
        if match is None:
            break
        path = path.parent / match[1].strip("'\"")
        if not path.is_file() or path in found:
            break
        found.append(path)
    return tuple(found)


_INHERIT = re.compile(r"^INHERIT[ \t]*:[ \t]*([^\s#]+)", re.MULTILINE)
_DEEPEST = 10


class _Named(io.BytesIO):
    """A file's bytes with its name: MkDocs looks for the file that INHERIT names beside it."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data)
        self.name = name


def _digest_options(values: object) -> Mapping[str, Any] | None:
    plugins = values.get("plugins") if isinstance(values, dict) else None
    entries: list[tuple[Any, Any]] = list(plugins.items()) if isinstance(plugins, dict) else []
    for entry in plugins if isinstance(plugins, list) else []:
        entries += entry.items() if isinstance(entry, dict) else [(entry, {})]
    for name, options in entries:
        if name == "digest":
            return options or {}
    return None
