"""What stands where on the site beside the articles: the build's own files, and topics, tags and sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from generator import slugs
from generator.settings import Settings

MADE_FILES = (
    "feed.xml",
    "rss.xml",
    "feed.json",
    "opml.xml",
    "articles.json",
    "manifest.webmanifest",
    "robots.txt",
)
"""Files at the site's root that the build makes and a page may link to."""
_LATER = ("404.html", "sitemap.xml", "sitemap.xml.gz", "_headers", ".htaccess", "staticwebapp.config.json")
"""Those that come after the pages."""
OUTPUTS = (*MADE_FILES, *_LATER, "assets", "search")
"""Files and folders at the site's root that the build writes itself."""
OWN = "a file of the site's own"


class Outputs:
    """The files that the build writes beside the pages. No page may want a folder of the same name."""

    def __init__(self, files: Mapping[str, str]) -> None:
        """`files` are paths below the site's root, each with what it is."""
        own = dict.fromkeys(OUTPUTS, OWN)
        self._owners = {slugs.key_of(path): owner for path, owner in {**own, **files}.items()}

    def owner_at(self, address: str) -> str:
        """What stands in the way of a page at that address; empty where nothing does."""
        parts = slugs.key_of(address).strip("/").split("/")
        if "index.html" in parts:
            return "the file of another page"
        starts = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
        return next((self._owners[start] for start in starts if start in self._owners), "")


@dataclass(frozen=True)
class TermAddresses:
    """Where topics, tags and sources stand, and where they stood before."""

    settings: Settings

    def topic(self, key: str) -> str:
        """Address of a topic's page; a topic that the settings do not name goes by its own words."""
        key = self.settings.renamed_topics.get(key, key)
        slug = key if slugs.is_slug(key) else slugs.slugify(key, "khac")
        return f"{self.settings.paths.topics}/{slug}/"

    def source(self, key: str) -> str:
        """Address of a source's page."""
        return f"{self.settings.paths.sources}/{self.settings.source_slug(key)}/"

    def tag(self, label: str) -> str:
        """Address of a tag's page; another word for a tag of the settings is that tag."""
        return f"{self.settings.paths.tags}/{self.settings.tag_slug(self.name(label))}/"

    def name(self, label: str) -> str:
        """The label under which a tag goes: a page that still has its old one stays with it."""
        return label if label in self.settings.tags else self._labels.get(label, label)

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return MappingProxyType(
            {word: label for label, tag in self.settings.tags.items() for word in tag.aliases}
        )

    @cached_property
    def old(self) -> Mapping[str, str]:
        """Old address → present one, of what the settings name. No address that a term has now is among them, and
        of two tags with words for one address the first in the settings has it."""
        settings, paths = self.settings, self.settings.paths
        old: dict[str, str] = {}
        for key, topic in settings.topics.items():
            old |= {f"{paths.topics}/{alias}/": self.topic(key) for alias in topic.aliases}
        for key, source in settings.sources.items():
            old |= {f"{paths.sources}/{alias}/": self.source(key) for alias in source.aliases}
        for label, tag in settings.tags.items():
            for word in (label, *tag.aliases):
                if slugs.slugify(word, ""):  # a sign alone has no address
                    old.setdefault(f"{paths.tags}/{slugs.slugify(word)}/", self.tag(label))
        own = set(map(self.topic, settings.topics)) | set(map(self.source, settings.sources))
        own |= set(map(self.tag, settings.tags))
        return MappingProxyType({address: new for address, new in old.items() if address not in own})
