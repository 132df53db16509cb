"""Old addresses and where each leads now: of renamed articles, topics, tags and sources, and of articles' folders."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator import slugs
from generator.library import Library, address_of, shows_notice
from generator.models import Article
from generator.redirects.alias import clean_alias
from generator.redirects.claims import Claims, is_own
from generator.redirects.places import TermAddresses
from generator.settings import Settings

_FOLDER = re.compile(r"(\d{4})/(0[1-9]|1[0-2])/")


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
    An alias that could never be reached (`find_redirect_problems`) makes none; nor does one that differs from its page's
    own address in case alone: where file systems do not tell case apart it would be written over the page.
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
    claims: Claims | None = None
    owners: dict[str, str] = {}
    for one in sorted(shown, key=lambda article: article.page):
        for alias in one.aliases:
            claims = claims or Claims(shown, settings, {})
            address = clean_alias(alias)
            if is_own(one, address) or claims.find_trouble(one, alias) is not None:
                continue
            if owners.setdefault(slugs.key_of(address), one.page) == one.page:
                add(address, address_of(one.page), one.page)
    return tuple(found[address] for address in sorted(found))
