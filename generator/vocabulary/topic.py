"""The one topic of an article: what its container says, its section, its title, then the balance of its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.models import Candidate, Record, Review
from generator.vocabulary.score import Score, rank

MARGIN = 1.5
"""How many times the points of the next topic the words must give, where neither section nor title decides: one
mention in the title outweighs one in the lead, two in the body outweigh one, three do not outweigh two."""

_NOTHING = "no word of any topic's `terms` stands in the article; write `topic:` with a key of `topics`"


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """The decision about the topic."""

    topic: str | None
    candidates: tuple[Candidate[str], ...] = ()
    review: Review | None = None


def choose_topic(
    record: Record, scores: Mapping[str, Score], of_section: str | None, known: Mapping[str, str]
) -> TopicChoice:
    """The topic that the evidence settles, or the review line that names those it leaves open.

    In this order: what the container states (`known`: key or name in lower case → key); the topic to which the
    settings assign the article's section; the only topic whose words stand in the title; the balance of all words,
    where it is clear by `MARGIN`.
    """
    told = dict(scores)
    if of_section is not None:
        score = told[of_section] = _copy(told.get(of_section))
        score.add("section", record.section or "")
    ranked = rank(told)
    for statement in record.statements:
        topic = known.get(statement.value.strip().lower()) if statement.field == "topic" else None
        if topic is not None:
            stated = Candidate(topic, statement.how, statement.value, 1.0)
            return TopicChoice(topic, (stated, *(one for one in ranked if one.value != topic)))
    if not ranked:
        return TopicChoice(None, (), Review("topic", _NOTHING))
    titled = [key for key, score in told.items() if "title" in score.places]
    decided = of_section or (titled[0] if len(titled) == 1 else None)
    if decided is not None:
        return TopicChoice(decided, _first(decided, ranked))
    points = {key: score.points for key, score in told.items()}
    best = points[ranked[0].value]
    near = tuple(one for one in ranked if best < MARGIN * points[one.value])
    if len(near) > 1:
        return TopicChoice(None, ranked, _review(near))
    return TopicChoice(ranked[0].value, ranked)


def _copy(score: Score | None) -> Score:
    """A score of its own, so that the section is counted for this decision alone."""
    return Score(dict(score.places), dict(score.surfaces)) if score else Score()


def _first(topic: str, ranked: Sequence[Candidate[str]]) -> tuple[Candidate[str], ...]:
    return tuple(sorted(ranked, key=lambda one: one.value != topic))


def _review(near: Sequence[Candidate[str]]) -> Review:
    told = ", ".join(f"{one.value} ({one.how}: {one.text})" for one in near[:3])
    return Review(
        "topic",
        f"the words speak for {len(near)} topics about equally: {told}; write `topic:` with one of them",
        tuple(one.value for one in near),
    )
