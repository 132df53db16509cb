"""The controlled vocabulary: topics and tags found in an article's own words.

Words match on NFC with the tone's place folded (hoà = hòa, uỷ = ủy), between Unicode word borders, the longest
first: what a longer label has taken, a shorter one does not get. A word in capitals (`LHQ`) matches in
capitals only. Title and lead weigh more than the body. Teasers and menus never get here.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from generator.models import Candidate, Evidence, Record, Review
from generator.settings import Settings
from generator.text import fold_tone_place

MAX_TAGS = 8
"""Most labels of one article; the strongest stay."""

_WORD = re.compile(r"\w+")
_LOOSE = re.compile(r"[\s\-–‑]+")
"""What may stand between the words of a label anyhow; other marks only where the label has them itself."""
_WEIGHTS = (("title", 5.0), ("lead", 3.0), ("body", 1.0))
_SECTION_WEIGHT = 8.0


@dataclass(frozen=True, slots=True)
class _Entry:
    """One wording of one term."""

    words: tuple[str, ...]
    joints: tuple[str, ...]
    """The marks between its words: the comma of `Phụ nữ, hòa bình và an ninh`; mostly empty."""
    term: str
    as_written: tuple[str, ...] | None
    """Its words in their own case, where only that case counts."""


@dataclass(slots=True)
class _Score:
    points: float = 0.0
    places: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    surfaces: dict[str, None] = field(default_factory=dict)

    def candidate(self, term: str, strongest: float) -> Candidate[str]:
        how = ", ".join(f"{place} ×{count}" for place, count in self.places.items())
        return Candidate(term, how, "; ".join(self.surfaces), round(self.points / strongest, 2))


class Matcher:
    """Finds many terms in a text at once, in time linear in the text."""

    def __init__(self, wordings: Iterable[tuple[str, str]]) -> None:
        """`wordings` are (wording, term) pairs."""
        by_first: dict[str, dict[str, list[_Entry]]] = defaultdict(lambda: defaultdict(list))
        for wording, term in wordings:
            written = Words(wording)
            words = tuple(written.lower)
            if not words:
                continue
            end = len(words)
            capitals = wording == wording.upper() and wording != wording.lower() and len(wording) <= 8
            entry = _Entry(words, written.joints(0, end), term, written.cased(0, end) if capitals else None)
            by_first[words[0]][words[1] if end > 1 else ""].append(entry)
        # By the first two words, which tell so much more than one that hardly an entry is looked at in vain.
        self._by_first = {
            first: {second: _longest_first(entries) for second, entries in seconds.items()}
            for first, seconds in by_first.items()
        }

    def find(self, text: str | Words) -> list[tuple[str, str]]:
        """(term, the words that stand in the text) for each occurrence, in order; none overlap."""
        words = Words(text) if isinstance(text, str) else text
        found: list[tuple[str, str]] = []
        free = 0
        by_first = self._by_first
        for at in [at for at, word in enumerate(words.lower) if word in by_first]:
            if at < free:
                continue
            seconds = by_first[words.lower[at]]
            second = words.lower[at + 1] if at + 1 < len(words.lower) else ""
            entries = seconds.get(second, ()) + (seconds.get("", ()) if second else ())
            length = 0
            for entry in entries:
                size = len(entry.words)
                if size < length:
                    break  # what the longest wording has taken, a shorter one does not get
                if words.stand(entry, at):
                    length = size
                    found.append((entry.term, words.surface(at, size)))
            free = at + length
        return found


def _longest_first(entries: Iterable[_Entry]) -> tuple[_Entry, ...]:
    return tuple(sorted(set(entries), key=lambda entry: (-len(entry.words), entry.words, entry.term)))


class Words:
    """A text cut into words once, for any number of matchers."""

    def __init__(self, text: str) -> None:
        """`text` is NFC."""
        self.text = text
        self.folded = fold_tone_place(text)
        lower = self.folded.lower()
        # A few letters of other languages grow in lower case (İ); then places in the key are none in the text.
        if len(lower) != len(self.folded):
            lower = "".join(char if len(char.lower()) != 1 else char.lower() for char in self.folded)
        self.lower: list[str] = _WORD.findall(lower)

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Where each word begins and ends; needed only where a term may stand."""
        return [match.span() for match in _WORD.finditer(self.folded)]

    def stand(self, entry: _Entry, at: int) -> bool:
        """Whether an entry's words stand here, in its case where that counts, joined as it joins them."""
        end = at + len(entry.words)
        if tuple(self.lower[at:end]) != entry.words:
            return False
        if entry.as_written and self.cased(at, end) != entry.as_written:
            return False
        return len(entry.words) == 1 or self.joints(at, end) == entry.joints

    def cased(self, start: int, end: int) -> tuple[str, ...]:
        """Some words in their own case."""
        return tuple(self.folded[a:b] for a, b in self.places[start:end])

    def joints(self, start: int, end: int) -> tuple[str, ...]:
        """The marks between some words, without spaces and hyphens."""
        pairs = itertools.pairwise(self.places[start:end])
        return tuple(_LOOSE.sub("", self.folded[left[1] : right[0]]) for left, right in pairs)

    def surface(self, at: int, size: int) -> str:
        """The words as the text has them."""
        return self.text[self.places[at][0] : self.places[at + size - 1][1]]


@dataclass(frozen=True, slots=True)
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
                (words, label) for label, tag in settings.tags.items() for words in (label, *tag.aliases)
            ),
            Matcher(
                (words, key) for key, topic in settings.topics.items() for words in (topic.name, *topic.terms)
            ),
            settings,
        )

    def label(self, record: Record) -> Record:
        """The record with its topic and tags, their evidence, and a review line where the topic is unclear."""
        texts = {
            "title": Words(record.title or ""),
            "lead": Words(record.lead or ""),
            "body": Words("\n".join(_body_texts(record))),
        }
        tags = _ranked(_score(self.tags, texts))
        stated = _stated(record, "tag", self.tags)
        labels = tuple(dict.fromkeys([*stated, *(one.value for one in tags)]))[:MAX_TAGS]
        topic, topics, review = self._topic(record, texts)
        evidence = record.evidence
        if topics:
            evidence += (Evidence("topic", topics, chosen=topic is not None),)
        if tags:
            evidence += (Evidence("tags", tags),)
        return replace(
            record,
            topic=topic,
            tags=labels,
            evidence=evidence,
            reviews=record.reviews + ((review,) if review else ()),
        )

    def _topic(
        self, record: Record, texts: Mapping[str, Words]
    ) -> tuple[str | None, tuple[Candidate[str], ...], Review | None]:
        for statement in record.statements:
            if statement.field == "topic" and statement.value in self.settings.topics:
                stated = Candidate(statement.value, statement.how, statement.value, 1.0)
                return stated.value, (stated,), None
        scores = _score(self.topics, texts)
        if record.source and record.section:
            sections = self.settings.source(record.source).sections
            folded = {fold_tone_place(name).lower(): topic for name, topic in sections.items()}
            mapped = folded.get(fold_tone_place(record.section).lower())
            if mapped:
                score = scores.setdefault(mapped, _Score())
                score.points += _SECTION_WEIGHT
                score.places["section"] += 1
                score.surfaces[record.section] = None
        ranked = _ranked(scores)
        if not ranked:
            why = (
                "no word of any topic's `terms` stands in the article; write `topic:` with a key of `topics`"
            )
            return None, (), Review("topic", why)
        if len(ranked) > 1 and ranked[0].confidence == ranked[1].confidence:
            tied = tuple(one.value for one in ranked if one.confidence == ranked[0].confidence)
            return None, ranked, Review("topic", f"equally near to {', '.join(tied)}", tied)
        return ranked[0].value, ranked, None


def _body_texts(record: Record) -> Iterable[str]:
    """The body without a lead that stands in it as its first paragraph: no word counts twice."""
    texts = [block.text for block in record.body]
    if record.lead_kind == "first_paragraph" and record.lead in texts:
        texts.remove(record.lead)
    return texts


def _score(matcher: Matcher, texts: Mapping[str, Words]) -> dict[str, _Score]:
    scores: dict[str, _Score] = {}
    for place, weight in _WEIGHTS:
        for term, surface in matcher.find(texts[place]):
            score = scores.setdefault(term, _Score())
            score.points += weight
            score.places[place] += 1
            score.surfaces[surface] = None
    return scores


def _ranked(scores: Mapping[str, _Score]) -> tuple[Candidate[str], ...]:
    ranked = sorted(scores.items(), key=lambda item: (-item[1].points, item[0]))
    strongest = ranked[0][1].points if ranked else 1.0
    return tuple(score.candidate(term, strongest) for term, score in ranked)


def _stated(record: Record, name: str, matcher: Matcher) -> list[str]:
    """Labels that the container names and the vocabulary knows."""
    return [
        found[0][0]
        for statement in record.statements
        if statement.field == name
        for found in [matcher.find(statement.value)]
        if len(found) == 1 and len(_WORD.findall(found[0][1])) == len(_WORD.findall(statement.value))
    ]
