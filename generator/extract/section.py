"""The section in which the publisher printed the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.extract.address import Address, section_names, section_of
from generator.models import Candidate, Statement
from generator.settings import Settings
from generator.settings.section import section_key
from generator.text import squeeze

_STATED = 0.9
"""From this confidence on the publisher names one section as the article's: no other name outweighs it."""
_ENOUGH = 0.5


def rank_sections(
    found: Sequence[Candidate[str]],
    address: Address,
    source: str | None,
    settings: Settings,
    statements: Iterable[Statement] = (),
) -> tuple[Candidate[str], ...]:
    """The sections that the text, its container or the address name, best first.

    A page names several: the one that the source's own `sections` know comes before a vaguer one (`Tin tức`), and a
    feed's further categories count where they are such a section. Such a section is given as the settings write it.
    """
    written = tuple(settings.source(source).sections) if source else ()
    own = {section_key(name): name for name in reversed(written)}
    ranked = [
        replace(one, value=own.get(section_key(one.value), squeeze(one.value)))
        for one in found
        if one.value.strip()
    ]
    names = section_names(written)
    if (name := section_of(address, names)) is not None:
        ranked.append(Candidate(name, "folder in the address", "/".join(address.segments[:-1]), 0.6))
    if own:
        ranked += [
            Candidate(
                own[section_key(one.value)], f"{one.how} that is a section of the source", one.value, _ENOUGH
            )
            for one in statements
            if one.field == "tag" and section_key(one.value) in own
        ]

    def order(one: Candidate[str]) -> tuple[bool, bool, float]:
        known = section_key(one.value) in own and one.confidence >= _ENOUGH
        stated = one.confidence >= _STATED and not one.how.startswith("feed")
        return not stated, not known, -one.confidence

    return tuple(sorted(ranked, key=order))
