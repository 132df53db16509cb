"""The controlled vocabulary: topics and tags found in an article's own words.

Title and lead weigh more than the body; teasers and menus never get here. Each topic and tag comes with its score,
the places it stands in and the very words. A topic that the words leave open is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator.models import Candidate, Evidence, Record
from generator.settings import Settings
from generator.settings.section import section_key
from generator.text import squeeze
from generator.vocabulary.matcher import BREAK, Matcher, Openings, Start, Words, word_key
from generator.vocabulary.score import Score, rank
from generator.vocabulary.topic import choose_topic

__all__ = ["MAX_TAGS", "Matcher", "Vocabulary", "Words", "word_key"]

MAX_TAGS = 8
"""Most labels of one article; the strongest stay."""

_NAMES = frozenset({"place", "person"})


@dataclass(frozen=True)
class Vocabulary:
    """Topics and tags of the settings, ready to be looked for."""

    tags: Matcher
    topics: Matcher
    settings: Settings

    @classmethod
    def of(cls, settings: Settings) -> Vocabulary:
        """The vocabulary of some settings."""
        return cls(
            Matcher(
                ((words, label) for label, tag in settings.tags.items() for words in (label, *tag.aliases)),
                frozenset(label for label, tag in settings.tags.items() if tag.kind in _NAMES),
            ),
            Matcher(
                (words, key) for key, topic in settings.topics.items() for words in (topic.name, *topic.terms)
            ),
            settings,
        )

    def label(self, record: Record) -> Record:
        """The record with its topic and tags, their evidence, and a review line where the topic is unclear."""
        tags, topics = self._scores(record)
        found = rank(tags)
        stated = self._stated_tags(record)
        own = {one.value for one in stated}
        candidates = (*stated, *(one for one in found if one.value not in own))
        labels = tuple(one.value for one in candidates[:MAX_TAGS])
        choice = choose_topic(record, topics, self._topic_of_section(record), self._topic_keys)
        evidence = record.evidence
        if choice.candidates:
            evidence += (Evidence("topic", choice.candidates, chosen=choice.topic is not None),)
        if candidates:
            evidence += (Evidence("tags", candidates),)
        return replace(
            record,
            topic=choice.topic,
            tags=labels,
            evidence=evidence,
            reviews=record.reviews + ((choice.review,) if choice.review else ()),
        )

    def _scores(self, record: Record) -> tuple[Mapping[str, Score], Mapping[str, Score]]:
        """Scores of the tags and of the topics whose words stand in the article."""
        tags: dict[str, Score] = {}
        topics: dict[str, Score] = {}
        unspaced = self.tags.unspaced or self.topics.unspaced
        openings = self._openings
        for place, text in (
            ("title", record.title or ""),
            ("lead", record.lead or ""),
            ("body", BREAK.join(_body_texts(record))),
        ):
            if not text:
                continue
            words = Words(text, unspaced=unspaced)
            starts = words.starts(openings)
            _count(tags, place, words, self.tags, starts)
            _count(topics, place, words, self.topics, starts)
        return tags, topics

    @cached_property
    def _openings(self) -> Openings:
        mine, others = self.tags.openings, self.topics.openings
        none: frozenset[str] = frozenset()
        return {first: mine.get(first, none) | others.get(first, none) for first in {*mine, *others}}

    @cached_property
    def _labels(self) -> Mapping[tuple[str, ...], str]:
        """Key of each tag's words → the tag."""
        return {
            _key(words): label
            for label, tag in reversed(tuple(self.settings.tags.items()))
            for words in (*tag.aliases, label)
        }

    @cached_property
    def _topic_keys(self) -> Mapping[str, str]:
        """Key or name of a topic, in lower case → its key."""
        names = {squeeze(topic.name).lower(): key for key, topic in self.settings.topics.items()}
        return names | {key: key for key in self.settings.topics}

    @cached_property
    def _sections(self) -> Mapping[str, Mapping[str, str]]:
        """Source → key of a section's name → topic."""
        return {
            key: {section_key(name): topic for name, topic in source.sections.items()}
            for key, source in self.settings.sources.items()
        }

    def _topic_of_section(self, record: Record) -> str | None:
        """The topic to which the settings assign the section in which the source printed the article."""
        if not record.source or not record.section:
            return None
        return self._sections.get(record.source, {}).get(section_key(record.section))

    def _stated_tags(self, record: Record) -> list[Candidate[str]]:
        """Labels that the container names and the vocabulary knows."""
        if not record.statements:
            return []
        found = [
            Candidate(label, statement.how, statement.value, 1.0)
            for statement in record.statements
            if statement.field == "tag" and (label := self._labels.get(_key(statement.value))) is not None
        ]
        return list({one.value: one for one in reversed(found)}.values())[::-1]


def _key(text: str) -> tuple[str, ...]:
    """Key under which two spellings of some words are equal; marks between them do not count."""
    words = Words(text)
    return tuple(word_key(word) for word, _, _ in words.run((0, 0), len(text)))


def _body_texts(record: Record) -> Iterable[str]:
    """The body without a lead that stands in it as its first paragraph: no word counts twice."""
    texts = [block.text for block in record.body]
    if record.lead_kind == "first_paragraph" and record.lead in texts:
        texts.remove(record.lead)
    return texts


def _count(
    scores: dict[str, Score], place: str, words: Words, matcher: Matcher, starts: Sequence[Start]
) -> None:
    for term, first, last in matcher.places(words, starts):
        if (score := scores.get(term)) is None:
            score = scores[term] = Score()
        score.add(place, words.surface(first, last))
