"""Addresses that once led somewhere, or that readers shorten: each is a small page that leads on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.library import address_of
from generator.listings.archive import month_page
from generator.listings.listing import Listing
from generator.views import Presenter

_ADDRESS = re.compile(r"(?:[a-z0-9][a-z0-9._-]*/)+", re.IGNORECASE)
_FOLDER = re.compile(r"(\d{4})/(0[1-9]|1[0-2])/")


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where an old address leads."""

    target: str


def clean_alias(alias: str) -> str:
    """An editor's `aliases` entry as an address of the site; empty where it can be none."""
    address = alias.strip().strip("/") + "/"
    return address if _ADDRESS.fullmatch(address) and "./" not in address else ""


def pages(presenter: Presenter) -> Iterable[Listing]:
    """Redirects from renamed terms and articles, and from the folders that article addresses stand in."""
    settings, library = presenter.settings, presenter.library
    targets: dict[str, str] = {}
    for key, topic in settings.topics.items():
        for alias in topic.aliases:
            targets[f"{settings.paths.topics}/{alias}/"] = presenter.topic(key).address
    for key in library.sources:
        for alias in settings.source(key).aliases:
            targets[f"{settings.paths.sources}/{alias}/"] = presenter.source(key).address
    for article in library.articles:
        address = address_of(article.page)
        for alias in filter(None, map(clean_alias, article.aliases)):
            targets.setdefault(alias, address)
        if folder := _FOLDER.match(address):
            year, month = int(folder[1]), int(folder[2])
            targets.setdefault(folder.group(), month_page(presenter, year, month))
            in_year = any(known == year for known, _ in library.months)
            targets.setdefault(
                f"{folder[1]}/", f"{settings.paths.archive}/" + (f"{folder[1]}/" if in_year else "")
            )
    for address in sorted(targets):
        yield Listing(
            kind="redirect",
            address=address,
            title=presenter.words("redirect"),
            view=Redirect(targets[address]),
            indexed=False,
        )
