"""Every word that readers see and that stands in no article: one table per language.

Adding a language = one file beside `vi.py` that makes a `Words`, and its line in `_TABLES`. Templates, listings
and feeds take all their words from here, so no template holds a sentence.
"""

from __future__ import annotations

from generator.words.en import EN
from generator.words.table import Words
from generator.words.vi import VI

_TABLES: dict[str, Words] = {"vi": VI, "en": EN}


def words_of(language: str) -> Words:
    """The table of a language (`vi`, `en-GB`); English where there is none."""
    return _TABLES.get(language.lower().split("-")[0].split("_")[0], EN)


__all__ = ["Words", "words_of"]
