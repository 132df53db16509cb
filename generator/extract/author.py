"""Authors: the best byline, less the publisher's own name and the agencies'."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract.byline import is_agency
from generator.models import Candidate
from generator.text import match_key, squeeze


def rank_authors(
    found: Sequence[Candidate[tuple[str, ...]]], publisher: frozenset[str]
) -> tuple[Candidate[tuple[str, ...]], ...]:
    """The candidates that name somebody, best first. Initials stay as they are given."""
    ranked: list[Candidate[tuple[str, ...]]] = []
    for one in found:
        names = _without_initials(
            tuple(dict.fromkeys(squeeze(name) for name in one.value if _is_author(name, publisher)))
        )
        if names:
            ranked.append(Candidate(names, one.how, one.text, one.confidence))
    return tuple(sorted(ranked, key=lambda one: -one.confidence))


def _is_author(name: str, publisher: frozenset[str]) -> bool:
    words = match_key(squeeze(name)).strip(" .,:")
    if not words or words in publisher or is_agency(words) or words.startswith(("http:", "https:", "www.")):
        return False
    return words.removeprefix("báo ").removeprefix("tạp chí ") not in publisher and "@" not in words


def _without_initials(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names without the initials of one of them: pages print `VHM` in place of a writer's picture."""
    initials = {"".join(word[0] for word in name.split()) for name in names if " " in name}
    return tuple(name for name in names if name.replace(".", "") not in initials)
