"""The title: the candidates of an article, weighed together; one that nothing settles is held."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract.address import Address
from generator.extract.lines import key
from generator.models import Candidate, Review

_ENOUGH = 0.5


def rank_titles(found: Sequence[Candidate[str]]) -> tuple[Candidate[str], ...]:
    """The candidates, best first; those that say the same words strengthen each other."""
    groups: dict[str, list[Candidate[str]]] = {}
    for one in found:
        if one.value.strip():
            groups.setdefault(key(one.value), []).append(one)
    ranked: list[tuple[float, int, list[Candidate[str]]]] = []
    for place, group in enumerate(groups.values()):
        doubt = 1.0
        for one in group:
            doubt *= 1 - min(one.confidence, 0.99)
        ranked.append((1 - doubt, place, sorted(group, key=lambda one: -one.confidence)))
    ranked.sort(key=lambda entry: (-entry[0], entry[1]))
    return tuple(
        Candidate(one.value, one.how, one.text, round(weight, 3) if number == 0 else one.confidence)
        for weight, _, group in ranked
        for number, one in enumerate(group)
    )


def settle_title(ranked: Sequence[Candidate[str]], address: Address) -> tuple[str | None, tuple[Review, ...]]:
    """The title, or None with the review that names what might be it. An address's words are never the title:
    they have no marks, and often not all the words."""
    if ranked and ranked[0].confidence >= _ENOUGH:
        return ranked[0].value, ()
    candidates = tuple(dict.fromkeys(one.value for one in ranked))
    slug = " ".join(address.slug)
    if candidates:
        why = f"nothing settles which line is the title; perhaps “{candidates[0]}” ({ranked[0].how})"
    else:
        why = "the text has none"
    if slug:
        why += f"; the address says “{slug}”"
        candidates += (slug,)
    return None, (Review("title", why, candidates),)
