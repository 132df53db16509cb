"""Old addresses and where each leads now: of renamed articles, topics, tags and sources, and of articles' folders.

Addresses never change by themselves. Where an editor changes one, the old one goes on leading to the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from urllib.parse import unquote

from generator import slugs
from generator.library import HELD, Library, address_of, missing_fields, shows_notice
from generator.models import Article, Level, Problem
from generator.settings import Settings

OUTPUTS = ("404.html", "feed.xml", "robots.txt", "sitemap.xml", "sitemap.xml.gz", "assets", "search")
"""Files and folders at the site's root that the build writes itself."""
OWN = "a file of the site's own"
PAGES = "content/pages"
"""The pages folder as messages name it."""

_MONTH = re.compile(r"(.*/)?\d{4}/(?:0[1-9]|1[0-2])/")
_FOLDER = re.compile(r"(\d{4})/(0[1-9]|1[0-2])/")
_YEAR_OR_MONTH = re.compile(r"(\d{4})/(?:(0[1-9]|1[0-2])/)?")
# What some file system refuses in a name, and what would be encoded once more.
_REFUSED = re.compile(r'[<>:"\\|?*%#]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?", re.IGNORECASE)
_LONGEST = 200
"""Bytes of one part of an address; file systems take 255."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address and the one it leads to, both below the site's root and with a closing slash."""

    address: str
    target: str
    page: str = ""
    """File of the article whose alias it is, below the pages folder; empty of a renamed term or a folder."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A topic, tag or source that once stood elsewhere, with what stands in it now."""

    old: str
    new: str
    articles: tuple[Article, ...]


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


def clean_alias(alias: str) -> str:
    """An editor's `aliases` entry as an address of the site; empty where it can be none.

    Case stays, since web servers tell it apart. Percent-encoding is undone, as a web server does it before it looks
    for a file: `b%C3%A0i/` is the folder `bài`. A closing `index.html` is the folder itself.
    """
    try:
        parts = unquote(alias.strip(), errors="strict").strip("/").split("/")
    except UnicodeDecodeError:
        return ""
    if parts[-1].casefold() == "index.html":
        parts.pop()
    return "/".join(parts) + "/" if parts and all(map(_is_part, parts)) else ""


def _is_part(text: str) -> bool:
    """Whether a text can be a folder's name on every system, and one that MkDocs does not pass over."""
    return (
        bool(text)
        and text.isprintable()
        and text[0] not in ". "
        and text[-1] not in ". "
        and text.casefold() != "index.html"
        and not _REFUSED.search(text)
        and not _DEVICE.fullmatch(text)
        and len(text.encode()) <= _LONGEST
    )


def find_renamed(library: Library, settings: Settings) -> tuple[Renamed, ...]:
    """The renamed topics, tags and sources that have a page, by old address.

    An old address at which another term stands now, one that the settings do not name, is no old address.
    """
    terms = TermAddresses(settings)
    grouped: dict[str, dict[str, Article]] = {terms.topic(key): {} for key in settings.topics}
    for address_of_term, groups in (
        (terms.topic, library.topics),
        (terms.tag, library.tags),
        (terms.source, library.sources),
    ):
        for key, articles in groups.items():
            grouped.setdefault(address_of_term(key), {}).update({one.page: one for one in articles})
    return tuple(
        Renamed(old, new, tuple(grouped[new].values()))
        for old, new in sorted(terms.old.items())
        if new in grouped and old not in grouped
    )


def find_redirects(library: Library, settings: Settings, cut_above: int) -> tuple[Redirect, ...]:
    """Every redirect of a site, by address.

    `cut_above` is the number of entries above which a list has pages of months: those of a renamed term lead on too.
    An alias that could never be reached (`find_redirect_problems`) makes none.
    """
    found: dict[str, Redirect] = {}

    def add(address: str, target: str, page: str = "") -> None:
        found.setdefault(address, Redirect(address, target, page))

    for renamed in find_renamed(library, settings):
        add(renamed.old, renamed.new)
        if len(renamed.articles) > cut_above:
            for day in map(library.day, renamed.articles):
                month = f"{day:%Y/%m}/"
                add(renamed.old + month, renamed.new + month)
    shown = (*library.articles, *(one for one in library.taken_down if shows_notice(one)))
    archive, years = f"{settings.paths.archive}/", {year for year, _ in library.months}
    for place in dict.fromkeys(address_of(one.page)[:8] for one in shown):
        if folder := _FOLDER.fullmatch(place):
            known = (int(folder[1]), int(folder[2])) in library.months
            add(place, archive + (place if known else ""))
            add(place[:5], archive + (place[:5] if int(folder[1]) in years else ""))
    claims: _Claims | None = None
    owners: dict[str, str] = {}
    for one in sorted(shown, key=lambda article: article.page):
        for alias in one.aliases:
            claims = claims or _Claims(shown, settings, {})
            if claims.find_trouble(one, alias) is None:
                address = clean_alias(alias)
                if owners.setdefault(slugs.key_of(address), one.page) == one.page:
                    add(address, address_of(one.page), one.page)
    return tuple(found[address] for address in sorted(found))


def find_redirect_problems(
    articles: Iterable[Article], settings: Settings, others: Mapping[str, str] = MappingProxyType({})
) -> tuple[Problem, ...]:
    """What is wrong with the articles' `aliases`: those that lead nowhere, or that nobody could ever reach.

    `others` are further addresses (with a closing slash) and files of the site, each with what stands there: pages
    written by hand, pictures. Lines are left to the caller, who has the files; each problem quotes the alias as it
    stands. Rules: `alias-invalid`, `alias-loop`, `alias-collision`, `alias-chain`, `alias-claimed-twice`; and
    `alias-waiting`, a note.
    """
    ordered = sorted(articles, key=lambda article: article.page)
    if not any(article.aliases for article in ordered):
        return ()
    claims = _Claims(ordered, settings, others)
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    for one in ordered:
        for alias in dict.fromkeys(one.aliases):
            trouble = claims.find_trouble(one, alias)
            if trouble is None:
                owner = owners.setdefault(slugs.key_of(clean_alias(alias)), one.page)
                trouble = _claimed(alias, owner) if owner != one.page else _waiting(one, alias)
            if trouble is not None:
                problems.append(
                    Problem(
                        f"{PAGES}/{one.page}", trouble.message, trouble.hint, 0, trouble.level, trouble.rule
                    )
                )
    return tuple(problems)


@dataclass(frozen=True, slots=True)
class _Trouble:
    rule: str
    message: str
    hint: str
    level: Level = Level.ERROR


_TAKE_OUT = "take it out of `aliases`"


def _claimed(alias: str, owner: str) -> _Trouble:
    return _Trouble(
        "alias-claimed-twice",
        f"the alias `{alias}` is one of {PAGES}/{owner} too, and leads there",
        "take it out of `aliases` of one of the two",
    )


def _waiting(article: Article, alias: str) -> _Trouble | None:
    """Of a page that waits for a person. One that waits for the clock comes by itself."""
    if article.takedown is not None:
        return None
    if article.draft or article.review or article.page.startswith(HELD) or missing_fields(article):
        return _Trouble(
            "alias-waiting",
            f"the alias `{alias}` leads nowhere yet: its page waits",
            "it leads here from the day on which the page is published",
            Level.NOTE,
        )
    return None


class _Claims:
    """The addresses of a site that are taken, each with what stands there. Compared as file systems do that do not
    tell case apart: there the redirect would be written over the page."""

    def __init__(self, articles: Iterable[Article], settings: Settings, others: Mapping[str, str]) -> None:
        self._settings = settings
        self._terms = TermAddresses(settings)
        self._pages: dict[str, str] = {}
        # Every term of the settings has its place, whether or not an article stands in it today.
        present: set[str] = set(map(self._terms.topic, settings.topics))
        present |= set(map(self._terms.source, settings.sources)) | set(map(self._terms.tag, settings.tags))
        for one in articles:
            self._pages.setdefault(slugs.key_of(address_of(one.page)), f"{PAGES}/{one.page}")
            if one.takedown is None:
                present |= {self._terms.topic(one.topic)} if one.topic else set()
                present |= {self._terms.source(one.source)} if one.source else set()
                present.update(map(self._terms.tag, one.tags))
        self._present = present
        files = {path: what for path, what in others.items() if not path.endswith("/")}
        self._outputs = Outputs({**files, **{f"{term}feed.xml": "a feed" for term in present}})
        for address, what in others.items():
            if address.endswith("/"):
                self._pages.setdefault(slugs.key_of(address), what)

    def find_trouble(self, article: Article, alias: str) -> _Trouble | None:
        """Why an alias of a page can never lead there; None where it does."""
        address = clean_alias(alias)
        if not address:
            return _Trouble(
                "alias-invalid",
                f"the alias `{alias}` can be no address of the site",
                "write the old address as it stood below the site: old/address/",
            )
        key = slugs.key_of(address)
        if key == slugs.key_of(address_of(article.page)):
            return _Trouble(
                "alias-loop", f"the alias `{alias}` is the page's own address", _TAKE_OUT, Level.WARNING
            )
        if owner := self._pages.get(key) or next(self._own(key), "") or self._outputs.owner_at(address):
            return _Trouble(
                "alias-collision", f"the alias `{alias}` never leads here: {owner} stands there", _TAKE_OUT
            )
        if target := self._target(key):
            return _Trouble(
                "alias-chain",
                f"the alias `{alias}` never leads here: that address only leads on, to /{target}",
                _TAKE_OUT,
            )
        return None

    def _own(self, key: str) -> Iterator[str]:
        """What of the site's own pages stands at an address, or has its place there."""
        paths = self._settings.paths
        for name in type(paths).__dataclass_fields__:
            segment = f"{getattr(paths, name)}/"
            if key == segment or (
                key.startswith(segment) and name not in ("topics", "tags", "sources")
            ):  # years, weeks, stories: whichever there are
                yield f"the site's own page `{name}`"
        if key in self._present or ((month := _MONTH.fullmatch(key)) and month[1] in self._present):
            yield f"the site's own list /{key}"

    def _target(self, key: str) -> str:
        """Where an address that is no page leads: an old one of a term, or a folder of articles."""
        if _YEAR_OR_MONTH.fullmatch(key):
            return f"{self._settings.paths.archive}/"
        if (target := self._terms.old.get(key)) is not None:
            return target
        if (month := _MONTH.fullmatch(key)) and month[1] in self._terms.old:
            return self._terms.old[month[1]]
        return ""
