"""The section in which the publisher printed the article."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract.address import Address, section_names, section_of
from generator.models import Candidate
from generator.settings import Settings
from generator.text import squeeze


def rank_sections(
    found: Sequence[Candidate[str]], address: Address, source: str | None, settings: Settings
) -> tuple[Candidate[str], ...]:
    """The sections that the text or the address name, best first."""
    own = tuple(settings.source(source).sections) if source else ()
    ranked = [
        Candidate(squeeze(one.value), one.how, one.text, one.confidence) for one in found if one.value.strip()
    ]
    name = section_of(address, section_names(own))
    if name is not None:
        ranked.append(Candidate(name, "folder in the address", "/".join(address.segments[:-1]), 0.6))
    return tuple(sorted(ranked, key=lambda one: -one.confidence))
