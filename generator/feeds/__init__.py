"""What feed readers and other programs take from a site: Atom, RSS, JSON Feed, OPML, and the catalogue of all articles.

Only plain text goes into a feed, escaped once. Every file is a pure function of the library and the settings: the same
library gives the same bytes, and no clock has a say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.feeds import atom, catalogue, json_feed, opml, rss
from generator.feeds.entry import Entries, name_of
from generator.feeds.feed import Channel, Feed
from generator.feeds.groups import Group, Groups
from generator.feeds.text import encode_address, line
from generator.models import Article
from generator.redirects import find_renamed
from generator.views import Presenter


def feeds(presenter: Presenter, *, description: str = "") -> tuple[Feed, ...]:
    """Every feed of a site: its newest articles as they were taken up, and the same of every term; beside them the list
    of the feeds and the catalogue. `description` is the site's own, in a sentence.

    Only of what readers see, also in a preview. A feed reader follows no HTML redirect, so the feed of a renamed term
    goes on being written at its old address, with its new one as `self`.
    """
    site = _Site(presenter, description)
    made = {feed.address: feed for feed in (site.atom_feed(), *site.term_feeds())}
    for renamed in find_renamed(presenter.library, presenter.settings):
        if (new := made.get(f"{renamed.new}{atom.ADDRESS}")) is not None:
            old = f"{renamed.old}{atom.ADDRESS}"
            made.setdefault(old, replace(new, address=old))
    return (*made.values(), *site.further_forms(), site.feed_list(), site.catalogue())


class _Site:
    """The files of one build, from entries that are made once."""

    def __init__(self, presenter: Presenter, description: str) -> None:
        self._presenter = presenter
        self._name, self._description = line(presenter.site_name), line(description)
        self._entries, self._groups = Entries(presenter), Groups.collect(presenter)
        self._atom = atom.Writer()

    def _whole(self, address: str) -> str:
        return encode_address(self._presenter.absolute(address))

    def _channel(
        self, address: str, title: str, home: str, articles: Iterable[Article], description: str = ""
    ) -> Channel:
        return Channel(
            title=title,
            description=description,
            own=self._whole(address),
            home=self._whole(home),
            site_name=self._name,
            site_url=self._whole(""),
            language=self._presenter.words.language,
            entries=tuple(map(self._entries.of, articles)),
        )

    def _newest(self, address: str) -> Channel:
        newest = self._presenter.library.published[: self._presenter.settings.feeds.items]
        return self._channel(address, self._name, "", newest, self._description)

    def atom_feed(self) -> Feed:
        """The site's own feed."""
        return Feed(atom.ADDRESS, self._name, self._atom.write(self._newest(atom.ADDRESS)))

    def term_feeds(self) -> Iterable[Feed]:
        """The feed of every topic, tag and source, by address."""
        groups = self._groups
        for _, group in sorted((groups.sources | groups.tags | groups.topics).items()):
            address, title = _feed_address(group), self._title(group)
            channel = self._channel(address, title, group.term.address, group.articles)
            yield Feed(address, title, self._atom.write(channel))

    def further_forms(self) -> Iterable[Feed]:
        """The site's feed once more for readers that know no Atom."""
        yield Feed(rss.ADDRESS, self._name, rss.write(self._newest(rss.ADDRESS)))
        yield Feed(json_feed.ADDRESS, self._name, json_feed.write(self._newest(json_feed.ADDRESS)))

    def feed_list(self) -> Feed:
        """Every feed that was made, without the old addresses of renamed terms: those are in their readers' lists."""
        words, groups = self._presenter.words, self._groups
        site = opml.Outline(
            text=self._name, title=self._name, feed=self._whole(atom.ADDRESS), page=self._whole("")
        )
        kinds = (
            (words("topics"), groups.topics),
            (words("sources"), groups.sources),
            (words("tags"), groups.tags),
        )
        named = tuple((name, tuple(map(self._outline, kind.values()))) for name, kind in kinds)
        return Feed(opml.ADDRESS, self._name, opml.write(self._name, site, named))

    def catalogue(self) -> Feed:
        """Every article that readers see."""
        data = catalogue.write(
            name=self._name,
            url=self._whole(""),
            language=self._presenter.words.language,
            entries=self._entries.pass_by(self._presenter.library.published),
        )
        return Feed(catalogue.ADDRESS, self._name, data)

    def _title(self, group: Group) -> str:
        return f"{self._name}: {name_of(group.term)}"

    def _outline(self, group: Group) -> opml.Outline:
        return opml.Outline(
            text=name_of(group.term),
            title=self._title(group),
            feed=self._whole(_feed_address(group)),
            page=self._whole(group.term.address),
        )


def _feed_address(group: Group) -> str:
    return f"{group.term.address}{atom.ADDRESS}"


__all__ = ["Feed", "encode_address", "feeds"]
