"""Builds and previews for the command line: the same MkDocs build, put in place as a whole."""

from __future__ import annotations

import errno
import logging
import os
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator import storage
from generator.errors import ProblemError, UsageError
from generator.library import missing_fields
from generator.models import Article, Level, Problem, State
from generator.plugin.configuration import Warnings, load_config, load_settings
from generator.plugin.events import DigestPlugin
from generator.plugin.site import Site
from generator.plugin.target import check_target

_DOC_FILE = re.compile(r"Doc file '([^']+)'")


@dataclass(frozen=True, slots=True)
class Held:
    """An article that a person must settle before readers see it."""

    path: str
    why: tuple[str, ...]
    """The page's `review` lines, and the fields it lacks."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    problems: tuple[Problem, ...]
    """Of articles and pages, and MkDocs' own warnings."""
    pages: int
    """Pages in the site, lists included."""
    articles: int
    """Articles that readers see, also in a preview."""
    waiting: int
    """Articles that readers do not see: held, draft, scheduled, delayed, expired."""
    held: tuple[Held, ...]
    """Articles that wait for a person, by path."""
    seconds: float
    site_dir: Path


def _plugin(config: MkDocsConfig) -> DigestPlugin:
    plugin = config.plugins.get("digest")
    if not isinstance(plugin, DigestPlugin):
        raise UsageError("`plugins` has no `digest` → add `- digest:` with its settings below it")
    return plugin


def build(
    config_file: str | os.PathLike[str],
    *,
    drafts: bool = False,
    site_dir: str | os.PathLike[str] | None = None,
    strict: bool = True,
) -> BuildReport:
    """Build the site beside the old one and put it in its place when it is whole.

    With `strict` MkDocs' warnings (a broken link) are errors of the report; the site is put in place all the same.

    Raises:
        SettingsError: wrong settings; nothing was done.
        UsageError: MkDocs refuses the configuration or fails, the target is not the site's own, or the disk
            refuses; the old site stands.
    """
    start = time.monotonic()
    load_settings(config_file)
    target = Path(site_dir or load_config(config_file).site_dir).resolve()
    try:
        # MkDocs checks the true target here: below it is shown the folder that is built into.
        check_target(target, Path(config_file), load_config(config_file, site_dir=str(target)))
        site, warnings = _build_into(target, config_file, drafts=drafts)
    except ProblemError as error:
        raise UsageError(f"no new site was put in place: {error}") from error
    except OSError as error:
        if error.errno is None:  # Jinja's missing template is an OSError too, and a fault of ours
            raise
        place = error.filename or target
        raise UsageError(
            f"no new site was put in place: {place}: {error.strerror} → make room or look at the permissions, "
            "then build again"
        ) from error
    level = Level.ERROR if strict else Level.WARNING
    library = site.presenter.library
    return BuildReport(
        problems=(*site.problems, *(_told(text, config_file, site, level) for text in warnings)),
        pages=len(site.bodies),
        articles=len(library.published),
        waiting=len(library.waiting),
        held=tuple(_held(one, site) for one, state in library.waiting if state is State.HELD),
        seconds=time.monotonic() - start,
        site_dir=target,
    )


def _build_into(target: Path, config_file: str | os.PathLike[str], *, drafts: bool) -> tuple[Site, list[str]]:
    """(the build that ended, MkDocs' warnings), with the site in its place."""
    cache = Path(config_file).resolve().parent / storage.CACHE
    fresh = storage.make_folder_beside(target, cache)
    warnings = Warnings()
    logger = logging.getLogger("mkdocs")
    try:
        config = load_config(config_file, site_dir=str(fresh), strict=False)
        plugin = _plugin(config)
        plugin.drafts = drafts
        logger.addHandler(warnings)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build.build(config)
        except MkDocsException as error:
            raise UsageError("\n".join([*warnings.messages, str(error)])) from error
        finally:
            config.plugins.on_shutdown()
        site = plugin.site
        assert site is not None, "a build that ended has begun"
        storage.carry_over(target, fresh)
        storage.swap_folder(fresh, target)
    finally:
        logger.removeHandler(warnings)
        storage.remove_folder(fresh)
    return site, warnings.messages


def _told(text: str, config_file: str | os.PathLike[str], site: Site, level: Level) -> Problem:
    """MkDocs' warning at the file that it names."""
    named = _DOC_FILE.search(text)
    path = f"{site.shown}/{named[1]}" if named else Path(config_file).name
    return Problem(path, text, level=level, rule="mkdocs")


def _held(article: Article, site: Site) -> Held:
    named = {line.partition(":")[0] for line in article.review}
    lacks = tuple(f"{name}: is missing" for name in missing_fields(article) if name not in named)
    why = article.review + lacks
    return Held(f"{site.shown}/{article.page}", why or ("it lies in the folder of held articles",))


def serve(
    config_file: str | os.PathLike[str], *, dev_addr: str | None = None, open_in_browser: bool = False
) -> None:
    """A live preview: drafts and held pages marked; pages, settings, theme and generator are watched.

    Raises:
        SettingsError: wrong settings.
        UsageError: MkDocs refuses the configuration, or the port is in use.
    """
    load_settings(config_file)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        mkdocs_serve.serve(
            os.fspath(config_file),
            watch_theme=True,
            open_in_browser=open_in_browser,
            dev_addr=dev_addr,
        )
    except MkDocsException as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise _in_use(dev_addr or "") from error
    finally:
        logger.removeHandler(handler)


def _in_use(dev_addr: str) -> UsageError:
    return UsageError(f"port {dev_addr.rpartition(':')[2]} is in use; choose another with --port")


__all__ = ["BuildReport", "build", "load_config", "load_settings", "serve"]
