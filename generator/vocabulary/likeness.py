"""Which known term an unknown name may be another word for: an abbreviation, another spelling, a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from generator.settings import Settings
from generator.text import strip_marks
from generator.vocabulary.matcher import Words, word_key
from generator.vocabulary.names import is_foreign

_NEAR = 0.86
_LEAST = 5
"""Letters of a foreign name from which on a slip of one letter is told from another name."""
_GENERIC = frozenset(
    "cộng hòa vương quốc liên bang nhà nước bang dải đảo quần tỉnh huyện quận thủ đô khu vực republic of the state kingdom "
    "province city federal".split()
)
_SMALL = frozenset("và của for of and the in".split())


class Likeness:
    """The tags of the settings, ready to be compared with names."""

    def __init__(self, settings: Settings) -> None:
        self._kinds = {label: tag.kind for label, tag in settings.tags.items()}
        self._wordings = [
            (label, wording) for label, tag in settings.tags.items() for wording in (label, *tag.aliases)
        ]
        self._initials = _unique((_initials(wording), label) for label, wording in self._wordings)
        self._abbreviations = _unique(
            (_plain(wording), label)
            for label, wording in self._wordings
            if wording.isupper() and wording.isalnum()
        )
        self._joined = _unique((_joined(wording), label) for label, wording in self._wordings)
        self._unmarked = _unique((strip_marks(_joined(wording)), label) for label, wording in self._wordings)

    def find(self, name: str) -> tuple[str, str] | None:
        """(tag, in which way the name is like it); None where it is like none, or like several."""
        for label, how in (
            (self._initials.get(_plain(name)) if name.isupper() else None, "its initials"),
            (self._abbreviations.get(_initials(name)) if " " in name else None, "the words of its initials"),
            (self._joined.get(_joined(name)), "another spelling"),
            (self._unmarked.get(_joined(name)) if name.isascii() else None, "the same without marks"),
            (self._part(name), "a part of it"),
            (self._near(name), "nearly the same letters"),
        ):
            if label is not None:
                return label, how
        return None

    def _part(self, name: str) -> str | None:
        """A place without the words that say what it is (Trung Phi), a foreigner by the last name."""
        words = _keys(name)
        found = set()
        for label, wording in self._wordings:
            whole = _keys(wording)
            front = whole[: len(whole) - len(words)]
            if not front or whole[-len(words) :] != words:
                continue
            kind = self._kinds[label]
            place = kind == "place" and _GENERIC.issuperset(front)
            person = kind == "person" and len(words) == 1 and is_foreign(name)
            if place or person:
                found.add(label)
        return found.pop() if len(found) == 1 else None

    def _near(self, name: str) -> str | None:
        """A foreign name with a letter more, less or other."""
        own = strip_marks(_joined(name))
        if len(own) < _LEAST or not any(is_foreign(word) for word in name.split()):
            return None
        found = {
            label
            for key, label in self._unmarked.items()
            if abs(len(key) - len(own)) <= 1
            and key[0] == own[0]
            and SequenceMatcher(None, key, own).ratio() >= _NEAR
        }
        return found.pop() if len(found) == 1 else None


def _keys(text: str) -> tuple[str, ...]:
    return tuple(word_key(word) for word, _, _ in Words(text).run((0, 0), len(text)))


def _joined(text: str) -> str:
    return "".join(_keys(text))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", strip_marks(text)).upper()


def _initials(text: str) -> str:
    """The first letters of the words; small words of no weight left out in English only."""
    words = [word for word in text.replace("-", " ").split() if word.lower() not in _SMALL]
    return _plain("".join(word[0] for word in words)) if len(words) > 1 else ""


def _unique(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Key → label, without the keys that several labels share."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for key, label in pairs:
        if key and found.setdefault(key, label) != label:
            shared.add(key)
    return {key: label for key, label in found.items() if key not in shared}
