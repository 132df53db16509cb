"""MkDocs' events, each handed on to the one object of the build that is going on."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime
from mkdocs.utils.templates import TemplateContext

from generator import settings as settings_room
from generator import slugs
from generator.errors import SettingsError
from generator.plugin.contexts import Contexts
from generator.plugin.site import Site
from generator.words import words_of

log = logging.getLogger("mkdocs.plugins.digest")


def _anchor(text: str, separator: str) -> str:
    """The fragment of a heading."""
    return slugs.slugify(text, "muc").replace("-", separator)


class _Unchecked(Config):
    """No options for MkDocs to check: the settings have a room of their own."""


class DigestPlugin(BasePlugin[_Unchecked]):
    """Makes a curated digest of the docs folder: articles, lists, feeds, and one gate for every page."""

    def __init__(self) -> None:
        super().__init__()
        self.values: Mapping[str, Any] = {}
        """What stands under `plugins: - digest:`."""
        self.drafts = False
        """Whether articles that readers may not see yet are shown, marked."""
        self.served = False
        """Whether MkDocs' own server shows the pages."""
        self.site: Site | None = None
        """The build that is going on; made afresh in `on_config`."""
        self.contexts: Contexts | None = None
        """What its templates print; made afresh in `on_env`."""

    # Settings are checked by our own room, which names lines: MkDocs would warn of every key it does not know.
    def load_config(
        self, options: dict[str, Any] | None, config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """Keep the settings as they stand."""
        self.values = options or {}
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """A preview shows what waits."""
        self.served = command == "serve"
        self.drafts = self.drafts or self.served

    @event_priority(100)  # first: later events of every plugin find the settings checked
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the settings, all at once, and begin a new build."""
        path = Path(config.config_file_path) if config.config_file_path else None
        shown = path.name if path else "site_config.yml"
        text = path.read_text(encoding="utf-8") if path else ""
        try:
            settings = settings_room.parse(self.values, path=shown, text=text)
        except SettingsError as error:
            raise ConfigurationError(str(error)) from error
        if not config.site_url:
            raise ConfigurationError(
                f"{shown}: error: `site_url` is missing → write the site's address: https://…/"
            )
        if not config.use_directory_urls:
            raise ConfigurationError(
                f"{shown}: error: `use_directory_urls: false` → take it away: addresses end with /"
            )
        # Markdown's own slugs drop `đ`: the heading `Điều gì` would get the fragment `ieu-gi`.
        config.mdx_configs.setdefault("toc", {}).setdefault("slugify", _anchor)
        # As an attribute: a style in the HTML neither passes the gate nor the policy.
        config.mdx_configs.setdefault("tables", {}).setdefault("use_align_attribute", True)
        words = words_of(str(config.theme.get("language") or "en"))
        config.mdx_configs.setdefault("footnotes", {}).setdefault(
            "BACKLINK_TITLE", words.phrases["footnote.back"]
        )
        self.site = Site(config, settings, now=get_build_datetime(), drafts=self.drafts)
        return config

    @property
    def _contexts(self) -> Contexts:
        assert self.contexts is not None, "on_env comes first"
        return self.contexts

    @property
    def _site(self) -> Site:
        assert self.site is not None, "on_config comes first"
        return self.site

    @event_priority(-50)  # late: what other plugins add is seen too
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the docs folder; take out what is not published; add the pages that list, and the feeds."""
        files = self._site.arrange(files)
        for problem in self._site.problems:
            log.info("%s", problem)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """The hand-written pages of the navigation stand in the footer."""
        self._site.set_footer(nav)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Escaping, filters and words for the templates."""
        self.contexts = Contexts(self._site, env, previewed=self.served)

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> None:
        """A page's true date."""
        page.update_date = self._site.date_of(page)

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """The body alone: MkDocs' own reading of metadata never sees a file."""
        return self._site.source_of(page)

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """The page's metadata, from the allow-list."""
        self._site.set_meta(page)

    @event_priority(-100)  # last: whatever another plugin adds to the HTML goes through the gate too
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The gate."""
        return self._site.admit(page, html)

    @event_priority(50)  # before the search plugin: it replaces `page.content` by a plain string
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """What the page's template prints."""
        context.update(self._contexts.of_page(page, context))  # type: ignore[typeddict-item]  # MkDocs' type names its own keys only
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """What 404.html and sitemap.xml print."""
        context.update(self._contexts.of_template(template_name, context))  # type: ignore[typeddict-item]  # as above
        return context

    @event_priority(-100)  # last: what every other plugin made of it
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """A look at the scripts of the finished page."""
        self._contexts.look_at(output, page)
        return output

    @event_priority(-100)  # last: nothing that another plugin writes is overwritten
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """The files that depend on the whole theme."""
        for problem in self._contexts.finish():
            log.info("%s", problem)
