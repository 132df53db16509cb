"""One build: from the files MkDocs found to what each page's template prints."""

from __future__ import annotations

import datetime as dt
import html
import os
import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from generator import feeds, hosting, listings, markup, slugs
from generator.check import claimed_twice
from generator.docs_folder import page_address
from generator.library import Library, address_of, shows_notice
from generator.listings.listing import Listing
from generator.models import Article, Level, MetaValue, Problem, State
from generator.plugin import pages, pictures, templates
from generator.plugin.contexts import UNDATED
from generator.plugin.made_page import MadePage
from generator.redirects import PAGES, Outputs, Redirect, find_redirect_problems
from generator.settings import Settings
from generator.views import Presenter, Term
from generator.words import words_of

_BARE = "---\n{}\n---\n"
"""Front matter for MkDocs' own reader: present, so that it never takes `Key: value` lines for metadata, and empty."""
_HREF = re.compile(r'(<a\b[^>]*?)\shref="([^"]*)"')


class Site:
    """The state of one build."""

    def __init__(self, config: MkDocsConfig, settings: Settings, *, now: dt.datetime, drafts: bool) -> None:
        self.config = config
        self.settings = settings
        self.now = now
        self.drafts = drafts
        self.words = words_of(str(config.theme.get("language") or "en"))
        self.problems: list[Problem] = []
        self.docs = pages.Docs()
        self.presenter = self._present(())
        self.states: Mapping[str, State] = {}
        self.listings: dict[str, Listing] = {}
        """By the path that MkDocs knows the page under."""
        self.bodies: dict[str, Markup] = {}
        self.footer: tuple[Term, ...] = ()
        root = Path(config.config_file_path).parent if config.config_file_path else None
        self.shown = os.path.relpath(config.docs_dir, root).replace(os.sep, "/") if root else "docs"
        self._hidden: frozenset[str] = frozenset()
        self.sizes = pictures.Sizes(())

    def _present(self, articles: tuple[Article, ...]) -> Presenter:
        library = Library.collect(articles, now=self.now, settings=self.settings, preview=self.drafts)
        site_url = str(self.config.site_url or "").rstrip("/") + "/"
        name = self.config.site_name
        return Presenter(library, self.settings, self.words, name, site_url, preview=self.drafts)

    # -------------------------------------------------------------------------------------- files

    def arrange(self, files: Files) -> Files:
        """Take out what is not published, give articles their addresses, add lists and feeds."""
        self.docs = pages.read(files, self.config.docs_dir, self.shown, self.settings)
        refused = {file.src_uri for file in self.docs.refused}
        assets = {
            file.dest_uri: f"the file {file.src_uri}"
            for file in files
            if not file.is_documentation_page() and file.src_uri not in refused
        }
        outputs = Outputs(assets)
        pages.settle_addresses(self.docs, {}, outputs, self.shown)
        made, made_feeds = self._make()
        own = {
            a: f"the site's own page `{one.kind}`" for a, one in made.items() if a and one.kind != "redirect"
        }
        outputs = Outputs({**assets, **{feed.address: "a feed" for feed in made_feeds}})
        if pages.settle_addresses(self.docs, own, outputs, self.shown):
            made, made_feeds = self._make()  # without the articles that lost their place
        self.problems += self.docs.problems
        self.problems += claimed_twice(self.docs.articles)
        self.problems += self._redirect_problems(assets)
        self.states = self.presenter.library.states
        self._take_out(files)
        shown = (one.body for uri, one in self.docs.sources.items() if not self._is_out(uri, notices=False))
        pictures.without_unused(files, self.config.docs_dir, shown)
        self.sizes = pictures.Sizes(files)
        self._place_articles(files)
        self._add_listings(files, made, outputs)
        for feed in made_feeds:
            self._add(files, feed.address, feed.data)
        for name, content in self._root_files().items():
            if files.get_file_from_path(name) is None:
                self._add(files, name, content)
        return files

    def _root_files(self) -> dict[str, str]:
        """What browsers and robots look for at the root of a site; an editor's own file of the name stays."""
        manifest = hosting.manifest(
            name=self.config.site_name,
            description=self.config.site_description or "",
            language=self.words.language,
        )
        return {
            "robots.txt": hosting.robots(self.presenter.site_url),
            "manifest.webmanifest": manifest,
        }

    def _make(self) -> tuple[dict[str, Listing], tuple[feeds.Feed, ...]]:
        """The site's own pages by address, and its feeds, of the articles that have a place."""
        self.presenter = self._present(self.docs.articles)
        made = {listing.address: listing for listing in listings.pages(self.presenter)}
        return made, tuple(feeds.feeds(self.presenter, description=self.config.site_description or ""))

    def _redirect_problems(self, assets: Mapping[str, str]) -> list[Problem]:
        """What `check` says of the articles' aliases, of this build's files."""
        by_hand = {
            page_address(uri): f"{self.shown}/{uri}"
            for uri, source in self.docs.sources.items()
            if source.article is None
        }
        problems = find_redirect_problems(self.docs.articles, self.settings, {**assets, **by_hand})
        return [replace(one, path=one.path.replace(PAGES, self.shown, 1)) for one in problems]

    def _is_out(self, uri: str, *, notices: bool = True) -> bool:
        """Whether a page is left out of this build. A page with a notice in its place is in, unless it was never
        filed; what stands in its file is out all the same."""
        state = self.states.get(uri)
        if state is State.TAKEN_DOWN:
            told = self.docs.sources[uri].article
            return not notices or told is None or not shows_notice(told)
        return state is not None and not self.drafts

    def _take_out(self, files: Files) -> None:
        """Unpublished files leave; pages that something may link to stay known to MkDocs but are excluded."""
        refused = {file.src_uri for file in self.docs.refused}
        hidden: set[str] = set()
        seen: set[str] = set()
        lost_theme_file = False
        for file in list(files):
            if file.src_dir != self.config.docs_dir:
                continue
            if file.is_documentation_page():
                out = file.src_uri not in self.docs.sources or self._is_out(file.src_uri)
                if file.inclusion.is_excluded() or out:
                    file.inclusion = InclusionLevel.EXCLUDED
                    hidden.add(page_address(file.src_uri))
                else:
                    seen.add(page_address(file.src_uri))
            elif file.src_uri in refused:
                files.remove(file)
                lost_theme_file = True
        self._hidden = frozenset(hidden - seen)  # of two files with one address only one is left out
        if lost_theme_file:  # a refused file may have stood in the place of one of the theme's
            files.add_files_from_theme(self.config.theme.get_env(), self.config)

    def _place_articles(self, files: Files) -> None:
        for file in files:
            if file.src_dir == self.config.docs_dir and pages.is_article(file.src_uri):
                if not file.is_documentation_page():
                    continue
                pages.place(file, f"{address_of(file.src_uri)}index.html")
                if file.inclusion.is_included():
                    file.inclusion = InclusionLevel.NOT_IN_NAV

    def _add_listings(self, files: Files, made: Mapping[str, Listing], outputs: Outputs) -> None:
        taken = {slugs.key_of(page_address(uri)): uri for uri in self.docs.sources if not self._is_out(uri)}
        for address, listing in made.items():
            if (uri := taken.get(slugs.key_of(address))) is not None:
                if not address:  # an editor's index.md holds the opening words of the front page
                    self.listings[uri] = listing
                elif (
                    isinstance(listing.view, Redirect) and not listing.view.page
                ):  # the others are told already
                    message = f"stands at /{address}, which should lead to /{listing.view.target}"
                    hint = "rename the file, or take the address out of `aliases` in the settings"
                    self.problems.append(
                        Problem(
                            f"{self.shown}/{uri}", message, hint, level=Level.WARNING, rule="alias-collision"
                        )
                    )
                continue
            if listing.kind == "redirect" and outputs.owner_at(address):
                continue
            uri = f"{address}index.md"
            self.listings[uri] = listing
            file = self._add(files, uri, _BARE)
            if listing.kind == "redirect" and address.endswith((".html/", ".htm/")):
                # Not every host leads from `x.html` to the folder `x.html/`.
                pages.place(file, address.rstrip("/"))
            if address:  # the front page may stand in MkDocs' navigation, which makes its own
                MadePage(None, file, self.config)

    def _add(self, files: Files, uri: str, content: str) -> File:
        if (old := files.get_file_from_path(uri)) is not None:
            files.remove(old)
        file = File.generated(self.config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(file)
        return file

    def set_footer(self, nav: Navigation) -> None:
        """Links to the hand-written pages of the navigation."""
        self.footer = tuple(
            Term(str(page.title or self.plain_title(page)), page.url)
            for page in nav.pages
            if not page.is_homepage and page.file.inclusion.is_included()
        )

    # -------------------------------------------------------------------------------------- pages

    def source(self, page: Page) -> pages.Source | None:
        return self.docs.sources.get(page.file.src_uri)

    def date_of(self, page: Page) -> str:
        """When the page last changed for its readers, as ISO day."""
        uri = page.file.src_uri
        if uri in self.listings:
            day = self.listings[uri].updated
            return day.isoformat() if day else UNDATED
        source = self.source(page)
        if source and source.article and source.article.takedown:
            return self.presenter.day(source.article.takedown.date).isoformat()
        moment = self.presenter.updated(source.article) if source and source.article else None
        return self.presenter.day(moment).isoformat() if moment else UNDATED

    def source_of(self, page: Page) -> str | None:
        """The Markdown for MkDocs: the body behind an empty front matter block."""
        source = self.source(page)
        if source is None:
            return None
        if source.article and source.article.takedown:
            return _BARE
        return _BARE + pictures.lead_from_page(source.body, page.file.src_uri, self.shown)

    def plain_title(self, page: Page) -> str:
        uri, source = page.file.src_uri, self.source(page)
        if uri in self.listings:
            return self.listings[uri].title
        if source and source.article:
            if source.article.takedown:
                return self.words("takedown.title")
            return source.article.title or self.words("untitled")
        if source and source.meta.get("title"):
            return str(source.meta["title"])
        # What MkDocs takes from a heading is HTML text: its entities are read back once.
        return html.unescape(str(page.title or "")) or self.config.site_name

    def set_meta(self, page: Page) -> None:
        """Everything that Material or a plugin may read of the page's metadata."""
        source, listing = self.source(page), self.listings.get(page.file.src_uri)
        taken_down = self.kind_of(page) == "takedown"
        meta: dict[str, object] = {"template": f"kinds/{self.kind_of(page)}.html"}
        values: Mapping[str, MetaValue] = source.meta if source and not taken_down else {}
        for key in ("hide", "search", "icon", "status"):
            if key in values:
                meta[key] = values[key]
        if values.get("title"):
            meta["title"] = templates.for_material(self.plain_title(page))
        if source and source.article:
            meta["title"] = templates.for_material(self.plain_title(page))
        if listing is not None:
            meta["title"] = templates.for_material(listing.title)
        if listing is not None or taken_down:
            meta["search"] = {"exclude": True}
        page.meta = meta

    def kind_of(self, page: Page) -> str:
        """Name of the page's template."""
        if (listing := self.listings.get(page.file.src_uri)) is not None:
            return listing.kind
        source = self.source(page)
        if source is None or source.article is None:
            return "page"
        return "takedown" if source.article.takedown else "article"

    def admit(self, page: Page, content: str) -> str:
        """Rendered HTML through the gate; a link to a page that readers do not see loses its target."""
        clean = self._unlink(page, markup.sanitize(content))
        clean = markup.set_figures(clean, lambda src: self.sizes.of(src, page.url), self.words("photo"))
        clean = markup.name_tasks(clean, done=self.words("task.done"), open_=self.words("task.open"))
        clean = markup.name_notes(clean, self.words.notes)
        body = Markup(clean)  # noqa: S704 - this is the gate
        self.bodies[page.file.src_uri] = body
        page.title = page.meta["title"] = templates.for_material(self.plain_title(page))
        # Material's own skip link would lead to the first heading; ours leads to the content.
        page.toc = get_toc([])
        source = self.source(page)
        summary = source.article.summary if source and source.article and not source.article.takedown else ""
        return templates.paragraphs(summary) + body

    def _unlink(self, page: Page, content: str) -> str:
        if not self._hidden or "href=" not in content:
            return content

        def check(match: re.Match[str]) -> str:
            parts = urlsplit(html.unescape(match[2]))
            if parts.scheme or parts.netloc or not parts.path:
                return match.group()
            target = posixpath.normpath(posixpath.join("/", page.url, unquote(parts.path))).strip("/") + "/"
            return match[1] if target in self._hidden else match.group()

        return _HREF.sub(check, content)
