"""What readers do not see yet, or no more, and why: a list for editors that exists in previews only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.listings.listing import Listing
from generator.models import State
from generator.views import Card, Presenter

ADDRESS = "held/"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that readers do not see."""

    card: Card
    state: State
    why: tuple[str, ...]
    """What a person must settle, or the moment that the clock waits for."""


def pages(presenter: Presenter) -> Iterable[Listing]:
    """The list, in previews."""
    if not presenter.preview:
        return
    view = tuple(
        Waiting(
            presenter.card(article),
            state,
            tuple(filter(None, (*article.review, presenter.until(article, state)))),
        )
        for article, state in presenter.library.waiting
    )
    yield Listing(kind="waiting", address=ADDRESS, title=presenter.words("waiting"), view=view, indexed=False)
