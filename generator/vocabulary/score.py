"""How much an article's words say for a topic or a tag."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.models import Candidate
from generator.text import excerpt

_WEIGHTS = {"title": 5.0, "lead": 3.0}
_COUNTED = 2
"""Times that a term counts in the title, and in the lead."""
_BODY_MOST = 4.0
"""Points of the body alone: less than one mention in the title, however long the article."""
_SECTION = 8.0
_WORDS = 200
"""Characters of a term's words that are kept."""
_HALF = 2.5
"""Points that make a term half sure."""


@dataclass(slots=True)
class Score:
    """Where a term stands in an article, how often, and in which words."""

    places: dict[str, int] = field(default_factory=dict)
    surfaces: dict[str, str] = field(default_factory=dict)

    def add(self, place: str, surface: str) -> None:
        """Count one occurrence in `title`, `lead`, `body`, or the source's `section`."""
        self.places[place] = self.places.get(place, 0) + 1
        self.surfaces.setdefault(surface.lower(), surface)

    @property
    def points(self) -> float:
        """Title and lead count by their weight, the body by the logarithm of its mentions: a word that is said
        ten times says little more than one that is said five times."""
        points = 0.0
        for place, count in self.places.items():
            if place == "body":
                points += min(_BODY_MOST, 1 + math.log2(count))
            elif place == "section":
                points += _SECTION
            else:
                points += _WEIGHTS[place] * min(_COUNTED, count)
        return points

    @property
    def how(self) -> str:
        """`section, title ×1, body ×3`."""
        told = ", ".join(f"{place} ×{count}" for place, count in self.places.items() if place != "section")
        return told if "section" not in self.places else f"section, {told}" if told else "section"

    def candidate(self, term: str, points: float) -> Candidate[str]:
        """The term with what speaks for it."""
        words = "; ".join(self.surfaces.values())
        sure = min(0.99, round(1 - 2 ** (-points / _HALF), 2))
        return Candidate(term, self.how, words if len(words) <= _WORDS else excerpt(words, _WORDS), sure)


def rank(scores: Mapping[str, Score]) -> tuple[Candidate[str], ...]:
    """The terms as candidates, those with the most points first, ties in the order of their names."""
    ordered = sorted((-score.points, term) for term, score in scores.items())
    return tuple(scores[term].candidate(term, -points) for points, term in ordered)
