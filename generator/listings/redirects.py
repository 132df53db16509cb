"""Old addresses, and those that readers shorten: each is a small page that leads on."""

from __future__ import annotations

from collections.abc import Iterable

from generator.listings.listing import MOST, Listing
from generator.redirects import find_redirects
from generator.views import Presenter


def pages(presenter: Presenter) -> Iterable[Listing]:
    """A page for every redirect."""
    for redirect in find_redirects(presenter.library, presenter.settings, MOST):
        yield Listing(
            kind="redirect",
            address=redirect.address,
            title=presenter.words("redirect"),
            view=redirect,
            indexed=False,
        )
