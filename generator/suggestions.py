"""What the vocabulary might take up: names that many articles speak of, as the very line to write into the settings."""

from __future__ import annotations

from generator.models import Article, Level, Problem
from generator.settings import Settings
from generator.settings.lines import key_lines, line_of, write_words
from generator.vocabulary.likeness import Likeness
from generator.vocabulary.matcher import Matcher
from generator.vocabulary.names import Name, Names

MOST = 10
"""Suggestions of one check: an editor takes up a few at a time, and the next check tells the next."""
_SHOWN = 3
_OPENING = 1500
"""Characters of a text that are looked at: whom an article is about, it names early."""
_ALL_NOUNS = frozenset({"de", "lb"})
"""Languages in which every noun has a capital."""


class Census:
    """The names of all articles, counted one article after the other."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        known = [wording for label, tag in settings.tags.items() for wording in (label, *tag.aliases)]
        known += [wording for topic in settings.topics.values() for wording in (topic.name, *topic.terms)]
        for key, source in settings.sources.items():
            known += [key, source.name, source.short, *source.dateline]
        self._names = Names((Matcher((wording, wording) for wording in known if wording),))
        self._authors: set[str] = set()
        self._pages: list[str] = []

    def look(self, article: Article) -> None:
        """Count an article's names: in its title, its summary and its text."""
        self._authors.update(article.authors)
        if article.lang not in _ALL_NOUNS:
            self._pages.append(article.page)
            self._names.look(*map(_opening, (article.title, article.summary, article.body)))

    def suggest(self, config: str, text: str) -> list[Problem]:
        """Notes, the most frequent name first: a further word for a tag that the name is like, else a new tag.

        `config` is the settings' file and `text` its text, for the lines.
        """
        names = self._names.unknown(MOST, self._authors)
        if not names:
            return []
        lines, likeness = key_lines(text), Likeness(self.settings)
        return [self._note(name, likeness.find(name.text), config, lines) for name in names]

    def _note(
        self, name: Name, like: tuple[str, str] | None, config: str, lines: dict[tuple[str | int, ...], int]
    ) -> Problem:
        pages = ", ".join(self._pages[number] for number in name.articles[:_SHOWN])
        more = f" and {len(name.articles) - _SHOWN} more" if len(name.articles) > _SHOWN else ""
        message = (
            f"“{name.text}” stands in {len(name.articles)} articles and is in no list here: {pages}{more}"
        )
        if like is None:
            kind = f"{{kind: {name.kind}}}" if name.kind else "{}"
            hint = f"for a new tag, write below `tags`:  {write_words(name.text)}: {kind}"
            return Problem(config, message, hint, line_of(("tags",), lines), Level.NOTE, "tag-suggestion")
        label, how = like
        aliases = ", ".join(write_words(word) for word in (*self.settings.tags[label].aliases, name.text))
        hint = f"{how}? Then write below `tags`, at `{label}`:  aliases: [{aliases}]"
        place = ("tags", label, "aliases") if ("tags", label, "aliases") in lines else ("tags", label)
        return Problem(
            config, message, hint[0].upper() + hint[1:], line_of(place, lines), Level.NOTE, "alias-suggestion"
        )


def _opening(text: str) -> str:
    return text if len(text) <= _OPENING else text[:_OPENING].rpartition(" ")[0]
