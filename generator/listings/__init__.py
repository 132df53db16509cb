"""Every page that lists. Adding a kind = one function here and one template `theme/kinds/<kind>.html`."""

from __future__ import annotations

from generator.listings import archive, corrections, home, redirects, terms, waiting
from generator.listings.listing import MOST, Listing, Maker
from generator.views import Presenter

MAKERS: tuple[Maker, ...] = (
    home.pages,
    terms.topics,
    terms.tags,
    terms.sources,
    archive.pages,
    corrections.pages,
    waiting.pages,
    redirects.pages,
)
"""The kinds, in the order in which their pages are made; of two with one address the first stays."""


def pages(presenter: Presenter) -> tuple[Listing, ...]:
    """Every listing of a site, each address once."""
    listings: dict[str, Listing] = {}
    for maker in MAKERS:
        for listing in maker(presenter):
            listings.setdefault(listing.address, listing)
    return tuple(listings.values())


__all__ = ["MAKERS", "MOST", "Listing", "pages"]
