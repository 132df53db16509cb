"""What the templates print of every page, and what all pages share."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url, write_file

from generator import hosting, markup
from generator.listings import waiting
from generator.listings.listing import Listing
from generator.markup import plain_markdown
from generator.models import Level, Problem, State
from generator.plugin import pages, pictures, templates
from generator.plugin.head import SHARE, SHARE_SIZE, FeedLink, Head, Picture, needs_script, shows_italics
from generator.plugin.shell import Chrome, Shell, Shells
from generator.policy import hash_scripts
from generator.text import excerpt
from generator.views import ArticleView, Term

if TYPE_CHECKING:
    from generator.plugin.site import Site

UNDATED = "1980-01-01"
"""`update_date` of pages without one; the sitemap leaves it out, MkDocs wants a date for the archive it packs."""
_FONT_HOSTS = ("fonts.googleapis.com", "fonts.gstatic.com")
NEWEST = 5
"""Articles on the 404 page."""


class Contexts:
    """The contexts of one build's templates."""

    def __init__(self, site: Site, env: Environment, *, previewed: bool = False) -> None:
        """`previewed`: MkDocs' own server shows the pages, and adds a script to each."""
        self._site = site
        templates.prepare(env, site.words, site.settings.zone, site.presenter.absolute)
        self._shells = Shells(env, previewed=previewed)
        self._compared: set[Shell] = set()
        self._broken: set[str] = set()
        self._last: Shell | None = None

    @cached_property
    def _chrome(self) -> Chrome:
        paths = self._site.settings.paths
        return Chrome(
            name=self._site.config.site_name,
            motto=self._site.config.site_description or "",
            topics=tuple(self._site.presenter.topic(key) for key in self._site.settings.topics),
            topics_address=f"{paths.topics}/",
            archive=f"{paths.archive}/",
            sources=f"{paths.sources}/",
            tags=f"{paths.tags}/",
            corrections=f"{paths.corrections}/",
            feed="feed.xml",
            footer=self._site.footer,
            waiting=waiting.ADDRESS if self._site.drafts else "",
            zone=self._site.settings.zone.key,
            copyright=Markup(markup.sanitize(self._site.config.copyright or "")),  # noqa: S704 - the gate
        )

    def _put_into_shell(self, context: dict[str, object], given: Mapping[str, object]) -> dict[str, object]:
        """A page's context with the shell of its depth and section. `given` is MkDocs' own."""
        section = str(context["section"])
        places = (*(topic.address for topic in self._chrome.topics), self._chrome.archive,
                  self._chrome.sources, self._chrome.tags)  # fmt: skip
        here = next((place for place in places if section.startswith(place)), "")
        kind = context["kind"]
        self._last = context["shell"] = self._shells.shell(
            (context["root"], kind in ("home", "404") and kind),
            {**given, **context},
            here=here,
            exact=section == here and kind != "article",
        )
        return context

    def finish(self) -> tuple[Problem, ...]:
        """Write the header files of the usual hosts: by now every script of the theme is known. What of the configuration
        no page gets."""
        theme = self._site.config.theme.custom_dir
        for name, content in hosting.header_files(self._shells.hashes).items():
            # An editor's own stands in the place of ours. MkDocs itself copies no file whose name begins with a dot.
            own = Path(theme, name) if theme else None
            data = own.read_bytes() if own and own.is_file() else content.encode()
            write_file(data, os.fspath(Path(self._site.config.site_dir, name)))
        found = tuple(self._extra_problems())
        self._site.problems += found
        return found

    def look_at(self, html: str, page: Page) -> None:
        """Whether what another plugin made of a finished page still keeps to its policy: looked at for the first page of
        each shell. A script that was changed, or added, would do nothing without a word."""
        shell = self._last
        if shell is None or shell in self._compared:
            return
        self._compared.add(shell)
        if strange := [one for one in hash_scripts(html) if one not in shell.policy]:
            self._broken.add(f"{page.file.src_uri}: {len(strange)}")

    def _extra_problems(self) -> Iterator[Problem]:
        """What the configuration adds to every page and no reader gets: files of other hosts, and files that are not there."""
        config = self._site.config
        name = Path(config.config_file_path).name

        def tell(message: str, hint: str, rule: str) -> Problem:
            return Problem(name, message, hint, level=Level.WARNING, rule=rule)

        foreign = set(self._shells.foreign)
        if config.extra.get("analytics"):
            yield tell("`extra.analytics` counts readers at another host, which the site's policy refuses",
                       "take it away", "foreign-file")  # fmt: skip
        fonts = {address for address in foreign if urlsplit(address).hostname in _FONT_HOSTS}
        if fonts:
            yield tell("the theme's fonts come from another host, which the site's policy refuses",
                       "write `font: false` under `theme`: the digest's own fonts are in its theme", "foreign-file")  # fmt: skip
        for address in sorted(foreign - fonts):
            yield tell(f"{address} comes from another host, which the site's policy refuses",
                       "keep a copy of the file below theme/assets/ and name that one", "foreign-file")  # fmt: skip
        if self._broken and not self._shells.previewed:
            yield tell(f"scripts were changed or added after a page was made ({min(self._broken)}): the site's policy refuses them",
                       "take away the plugin that does so (minify), or let it leave HTML alone", "policy-broken")  # fmt: skip
        for path in (*map(str, config.extra_javascript), *config.extra_css):
            parts = urlsplit(path)
            if not parts.netloc and not Path(config.site_dir, parts.path.lstrip("/")).is_file():
                yield tell(f"{path} is not there, and every page asks for it",
                           "put the file below theme/, or take its name away", "extra-missing")  # fmt: skip

    def of_page(self, page: Page, given: Mapping[str, object]) -> dict[str, object]:
        """What the page's template prints, beside what MkDocs gives it."""
        site, uri = self._site, page.file.src_uri
        kind, listing = site.kind_of(page), site.listings.get(uri)
        body = site.bodies.get(uri, Markup(""))
        view, section, head = self._show(page, kind)
        indexed = self._is_indexed(page)
        highlights = "search.highlight" in (site.config.theme.get("features") or ())
        context: dict[str, object] = {
            "chrome": self._chrome,
            "root": get_relative_url(".", page.url) + "/",
            "kind": kind,
            "view": view,
            "body": body,
            "headline": head.headline,
            "head": replace(
                head,
                description=" ".join(head.description.split()) or site.config.site_description or "",
                indexed=indexed,
                canonical=head.canonical if indexed else "",
                italic=head.italic or shows_italics(kind, body),
            ),
            "section": section,
            "scripted": highlights or needs_script(body),
            "feed": listing.feed if listing and kind != "home" else "",
        }
        return context if kind == "redirect" else self._put_into_shell(context, given)

    def _show(self, page: Page, kind: str) -> tuple[object, str, Head]:
        """(what the page's template prints, the section that it stands in, its head)."""
        site, uri = self._site, page.file.src_uri
        source, listing, headline = site.source(page), site.listings.get(uri), site.plain_title(page)
        head = Head(
            title=f"{headline} – {site.config.site_name}" if kind != "home" else site.config.site_name,
            headline=headline,
            url=page.canonical_url or "",
            canonical=page.canonical_url or "",
            picture=self._share,
            feeds=self._site_feeds,
        )
        if source and source.meta.get("description") and kind != "takedown":
            head = replace(head, description=str(source.meta["description"]))
        if listing is not None:
            return listing.view, listing.address, self._head_of_list(head, listing)
        if source is None or source.article is None:
            return None, "", head
        if kind == "takedown":
            return site.presenter.notice(source.article), "", head
        view = site.presenter.article(source.article, site.states.get(uri, State.PUBLISHED))
        return view, view.card.topic.address, self._head_of_article(head, source, view)

    @cached_property
    def _share(self) -> Picture:
        """The picture of pages that have none: an editor's may have another size."""
        size = self._site.sizes.of(f"/{SHARE}", "") or SHARE_SIZE
        return Picture(self._site.presenter.absolute(SHARE), *size)

    @cached_property
    def _site_feeds(self) -> tuple[FeedLink, ...]:
        name = self._site.config.site_name
        return (
            FeedLink("application/atom+xml", name, self._chrome.feed),
            FeedLink("application/rss+xml", f"{name} (RSS)", "rss.xml"),
            FeedLink("application/feed+json", f"{name} (JSON)", "feed.json"),
        )

    def _head_of_list(self, head: Head, listing: Listing) -> Head:
        if not listing.address:  # the front page speaks for the whole site
            return replace(head, description=head.description or listing.description)
        site = self._site.config.site_name
        own = FeedLink("application/atom+xml", f"{site}: {listing.title}", listing.feed)
        steps = (*listing.parents, Term(listing.title, listing.address))
        above = (one.name for one in listing.parents[-1:])
        usual = self._site.words("description.list", listing.title, site)
        return replace(
            head,
            title=" – ".join((listing.title, *above, site)),  # a tag may have the name of a topic
            description=head.description or listing.description or usual,
            feeds=(*head.feeds, own) if listing.feed else head.feeds,
            json_ld=(self._site.presenter.trail(steps),) if listing.indexed else (),
        )

    def _head_of_article(self, head: Head, source: pages.Source, view: ArticleView) -> Head:
        address = pictures.first_of(source.body)
        size = self._site.sizes.of(f"/{address}", "") if address else None
        picture = Picture(self._site.presenter.absolute(address), *size) if size else head.picture
        json_ld = tuple(
            {**one, "image": picture.url} if size and "headline" in one else one for one in view.json_ld
        )
        return replace(
            head,
            description=head.description or view.card.summary or excerpt(plain_markdown(source.body)),
            canonical=view.canonical or head.canonical,
            is_article=True,
            picture=picture,
            published=view.published,
            modified=view.updated,
            section=view.card.topic.name,
            tags=tuple(tag.name for tag in view.tags),
            json_ld=json_ld,
            italic=bool(view.card.note),
        )

    def _is_indexed(self, page: Page) -> bool:
        listing = self._site.listings.get(page.file.src_uri)
        return (listing is None or listing.indexed) and page.file.src_uri not in self._site.states

    def _is_listed(self, page: Page) -> bool:
        """Whether the sitemap has the page: not where the original is named as the page to show."""
        source = self._site.source(page)
        cited = source.article and self._site.presenter.canonical(source.article) if source else ""
        return self._is_indexed(page) and not cited

    def of_template(self, template_name: str, given: Mapping[str, object]) -> dict[str, object]:
        """What 404.html and sitemap.xml print."""
        library = self._site.presenter.library
        if template_name == "sitemap.xml":
            return {"is_listed": self._is_listed, "undated": UNDATED}
        headline = self._site.words("404.title")
        head = Head(
            title=f"{headline} – {self._site.config.site_name}",
            headline=headline,
            picture=self._share,
            feeds=self._site_feeds,
        )
        context: dict[str, object] = {
            "chrome": self._chrome,
            "root": urlsplit(self._site.presenter.site_url).path,
            "kind": "404",
            "view": self._site.presenter.cards(library.articles[:NEWEST]),
            "headline": headline,
            "head": head,
            "section": "",
        }
        return self._put_into_shell(context, given)
