"""Many wordings found in a text at once.

Words match in lower case, with the tone's place and final i/y folded (hoà = hòa, uỷ = ủy, sỹ = sĩ), between
Unicode word borders, the longest wording first: what a longer one has taken, a shorter one does not get. The text
itself is never folded: the dictionary holds every spelling of a wording's first word, and only where one of them
stands is anything looked at more closely.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TypeAlias

from generator.text import fold_tone_place

__all__ = ["BREAK", "Matcher", "Openings", "Place", "Start", "Words", "word_key"]

BREAK = " \x02 "
"""Parts texts that are looked through together: no wording reaches across. Readers take control characters away,
so no article holds one."""

# Marks that make one letter with the one before, as in Hindi or Thai: `\\w` leaves them out.
_JOINED = "".join(char for char in map(chr, range(0x0300, 0x1B00)) if unicodedata.category(char)[0] == "M")
_GAPS = re.compile(f"([^\\w{_JOINED}]+)")
# Scripts that put no spaces between words: there each letter counts as a word, so that a name is found anywhere.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_GAPS_UNSPACED = re.compile(
    rf"([^\w{_JOINED}]+|(?<=[{_UNSPACED}])(?<=[\w{_JOINED}])(?=\w)|(?<=[\w{_JOINED}])(?=[{_UNSPACED}])(?=\w))"
)
_LOOSE = re.compile("[\\s\"'“”„‟‘’‚‛«»‹›`´]+")
"""What may stand between the words of a wording anyhow; other marks only where the wording has them itself."""
_EDGES = ".,;:!?…()[]{}<>\"'“”„‟‘’«»-–—*/|"
_DASHES = "-‐‑‒–—―−"
_ABBREVIATION = 8
"""Characters up to which a wording in capitals alone counts as an abbreviation."""

# After a single h, k, l, m, s, t and after qu, final i and y are two spellings of one syllable: bác sĩ = bác sỹ,
# kĩ thuật = kỹ thuật, quí = quý. Elsewhere they are two words: thúy, thúi.
_FINAL_I = dict(zip("iìíỉĩị", "yỳýỷỹỵ", strict=True))
_FINAL_Y = {y: i for i, y in _FINAL_I.items()}
_BEFORE_I = frozenset({"h", "k", "l", "m", "s", "t", "qu"})
_TONED = {"oa": "òóỏõọ", "oe": "òóỏõọ", "uy": "ùúủũụ"}
_NEW_STYLE = {
    old + pair[1]: pair[0] + new
    for pair, olds in _TONED.items()
    for old, new in zip(olds, {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}[pair[1]], strict=True)
}

_DIRECTIONS = frozenset("nam bắc đông tây south north east west new tân".split())
_REGIONS = frozenset("phía miền vùng hướng khu the of in".split())


Place: TypeAlias = tuple[int, int]
"""(chunk between white space, word within it)."""
Start: TypeAlias = tuple[Place, str, str]
"""(place, the word there, the next word): where a wording may stand."""
Openings: TypeAlias = Mapping[str, frozenset[str]]
"""First words of wordings, in every spelling → their second words; an empty one where the first is all."""


@lru_cache(maxsize=16384)
def word_key(word: str) -> str:
    """Key of one word in lower case under which its spellings are equal. It is a key only: nothing is respelt."""
    if word[-1:] in _FINAL_I and word[:-1] in _BEFORE_I:
        word = word[:-1] + _FINAL_I[word[-1]]
    return fold_tone_place(word)


def _spellings(key: str) -> Iterator[str]:
    """Every word in lower case that has this key."""
    forms = {key}
    if key[-2:] in _NEW_STYLE:
        forms.add(key[:-2] + _NEW_STYLE[key[-2:]])
    forms |= {form[:-1] + _FINAL_Y[form[-1]] for form in forms if form[-1:] in _FINAL_Y}
    return (form for form in forms if word_key(form) == key)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One wording of one term."""

    words: tuple[str, ...]
    """The keys of its words."""
    joints: tuple[str, ...]
    """The marks between its words: the comma of `Phụ nữ, hòa bình và an ninh`; mostly empty."""
    term: str
    capitals: bool
    """An abbreviation: found in capitals only."""
    proper: int
    """Of a name of a place or a person: which of its words must have its capital; -1 for anything else."""


class Words:
    """A text cut into words once, for any number of matchers.

    A place is (chunk, word): the chunk between white space, and the word within it. Most chunks are one word with
    or without a mark behind it; only the others are cut by a pattern, and only where something may begin.
    """

    __slots__ = ("_cased", "_cuts", "_unspaced", "lower", "text")

    def __init__(self, text: str, *, unspaced: bool = False) -> None:
        """`text` is NFC. With `unspaced`, letters of scripts without spaces are words of their own."""
        lower = text.lower()
        if len(lower) != len(text):
            # A few letters of other languages grow in lower case (İ): then a word in one is two in the other.
            lower = "".join(char if len(char.lower()) != 1 else char.lower() for char in text)
        self.text = text
        self.lower: list[str] = lower.split()
        self._cased: list[str] | None = None
        self._unspaced = unspaced and _HAS_UNSPACED.search(text) is not None
        self._cuts: dict[int, list[str]] = {}

    @property
    def cased(self) -> list[str]:
        """The chunks as the text has them."""
        if self._cased is None:
            self._cased = self.text.split()
        return self._cased

    def cut(self, chunk: int) -> list[str]:
        """A chunk as gap, word, gap, word … gap, in lower case."""
        cut = self._cuts.get(chunk)
        if cut is None:
            cut = self._cuts[chunk] = _cut(self.lower[chunk], unspaced=self._unspaced)
        return cut

    def starts(self, openings: Openings) -> list[Start]:
        """Where a wording may stand: one of the first words, and behind it one of its second words, if it has any."""
        lower = self.lower
        get = openings.get
        following = [*lower[1:], ""] if lower else []
        rough: Iterable[int] = range(len(lower))
        if not self._unspaced:
            # Bare words with bare words behind them are told here, nearly all of them to be none.
            rough = [
                at
                for at, (chunk, after) in enumerate(zip(lower, following, strict=True))
                if (
                    not chunk.isalnum()
                    if (known := get(chunk)) is None
                    else after in known or "" in known or not after.isalnum()
                )
            ]
        starts: list[Start] = []
        for at in rough:
            chunk = lower[at]
            words = (chunk,) if chunk.isalnum() and not self._unspaced else self.cut(at)[1::2]
            for place, word in enumerate(words):
                known = get(word)
                if known is None:
                    continue
                after = words[place + 1] if place + 1 < len(words) else self._first_from(at + 1)
                if after in known or "" in known:
                    starts.append(((at, place), word, after))
        return starts

    def _first_from(self, chunk: int) -> str:
        """The first word from a chunk on; empty at the end."""
        while chunk < len(self.lower):
            whole = self.lower[chunk]
            if whole.isalnum() and not self._unspaced:
                return whole
            if len(cut := self.cut(chunk)) > 1:
                return cut[1]
            chunk += 1
        return ""

    def run(self, place: Place, most: int) -> list[tuple[str, str, Place]]:
        """Up to `most` words from a place on: each with the gap before it and its own place."""
        chunk, word = place
        gap = ""
        found: list[tuple[str, str, Place]] = []
        while chunk < len(self.lower):
            whole = self.lower[chunk]
            if whole.isalnum() and not self._unspaced:
                found.append((whole, gap, (chunk, 0)))
                gap = ""
                if len(found) == most:
                    break
            else:
                cut = self.cut(chunk)
                for number in range(word, len(cut) // 2):
                    found.append((cut[2 * number + 1], gap + cut[2 * number], (chunk, number)))
                    gap = ""
                    if len(found) == most:
                        return found
                gap += cut[-1]
            gap += " "
            chunk, word = chunk + 1, 0
        return found

    def before(self, place: Place) -> str:
        """What stands before a word at once; empty at a white space."""
        chunk, word = place
        return "" if self.lower[chunk].isalnum() and not self._unspaced else self.cut(chunk)[2 * word]

    def surface(self, first: Place, last: Place) -> str:
        """The words from one place to another as the text has them, on one line."""
        (start, number), (end, until) = first, last
        if start == end and self.lower[start].isalnum() and not self._unspaced:
            return self.cased[start]
        cut = _cut(self.cased[start], unspaced=self._unspaced)
        if start == end:
            return "".join(cut[2 * number + 1 : 2 * until + 2])
        tail = _cut(self.cased[end], unspaced=self._unspaced)
        between = self.cased[start + 1 : end]
        return " ".join(["".join(cut[2 * number + 1 :]), *between, "".join(tail[: 2 * until + 2])])


def _cut(chunk: str, *, unspaced: bool) -> list[str]:
    cut: list[str] = (_GAPS_UNSPACED if unspaced else _GAPS).split(chunk)
    # The pattern gives word, gap … word; a word is empty where the chunk begins or ends with a gap.
    if cut[0]:
        cut.insert(0, "")
    else:
        del cut[0]
    if cut[-1]:
        cut.append("")
    else:
        del cut[-1]
    return cut


class Matcher:
    """Finds many terms in a text at once, in time linear in the text."""

    def __init__(self, wordings: Iterable[tuple[str, str]], names: Collection[str] = ()) -> None:
        """`wordings` are (wording, term) pairs. `names` are the terms that name a place or a person: their
        capitals count (Hòa Bình is no hòa bình)."""
        by_first: dict[str, dict[str, list[_Entry]]] = defaultdict(lambda: defaultdict(list))
        self.unspaced = False
        pairs = list(wordings)
        numbers = [(other, term) for wording, term in pairs for other in _other_number(wording)]
        for wording, term in (*pairs, *numbers):
            self.unspaced = self.unspaced or _HAS_UNSPACED.search(wording) is not None
            entry = _entry(wording, term, proper=term in names)
            if entry is None:
                continue
            seconds = _spellings(entry.words[1]) if len(entry.words) > 1 else ("",)
            for spelling, second in product(_spellings(entry.words[0]), seconds):
                by_first[spelling][second].append(entry)
        self.openings = {first: frozenset(seconds) for first, seconds in by_first.items()}
        # By the first two words, which tell so much more than one that hardly an entry is looked at in vain.
        self._by_first = {
            first: {second: _longest_first(entries) for second, entries in seconds.items()}
            for first, seconds in by_first.items()
        }

    def find(self, text: str | Words) -> list[tuple[str, str]]:
        """(term, the words that stand in the text) for each occurrence, in order; none overlap."""
        words = Words(text, unspaced=self.unspaced) if isinstance(text, str) else text
        return [(term, words.surface(first, last)) for term, first, last in self.places(words)]

    def places(self, words: Words, starts: Sequence[Start] | None = None) -> list[tuple[str, Place, Place]]:
        """(term, place of its first word, place of its last) for each occurrence, in order; none overlap.

        `starts` are the places of `openings`, where they are known already.
        """
        found: list[tuple[str, Place, Place]] = []
        end = (-1, 0)
        for start, first, second in words.starts(self.openings) if starts is None else starts:
            seconds = self._by_first.get(first)
            if seconds is None or start <= end:
                continue
            entries = seconds.get(second, ())
            if second and "" in seconds:
                entries += seconds[""]
            if not entries:
                continue
            run = words.run(start, len(entries[0].words))
            length = 0
            for entry in entries:
                size = len(entry.words)
                if size < length:
                    break  # what the longest wording has taken, a shorter one does not get
                if _stands(entry, words, run[:size]):
                    length = size
                    end = run[size - 1][2]
                    found.append((entry.term, start, end))
        return found


def _entry(wording: str, term: str, *, proper: bool) -> _Entry | None:
    words = Words(wording, unspaced=True)
    run = words.run((0, 0), len(wording))
    if not run:
        return None
    capitals = wording == wording.upper() and wording != wording.lower() and len(wording) <= _ABBREVIATION
    raised = [at for at, (_, _, place) in enumerate(run) if words.surface(place, place)[0].isupper()]
    return _Entry(
        tuple(word_key(word) for word, _, _ in run),
        tuple(_joint(gap) for _, gap, _ in run[1:]),
        term,
        capitals,
        raised[-1] if proper and raised and not capitals else -1,
    )


def _stands(entry: _Entry, words: Words, run: Sequence[tuple[str, str, Place]]) -> bool:
    """Whether a wording stands in these words: joined as it joins them, in its case where that counts."""
    if len(run) < len(entry.words):
        return False
    for number, (word, gap, _) in enumerate(run):
        if word_key(word) != entry.words[number] or (number and not _joined(gap, entry.joints[number - 1])):
            return False
    first, last = run[0][2], run[-1][2]
    if entry.capitals:
        return words.surface(first, last).isupper()
    if entry.proper >= 0:
        place = run[entry.proper][2]
        return words.surface(place, place)[0].isupper() and not _is_part_of(words, first)
    return True


def _is_part_of(words: Words, place: Place) -> bool:
    """Whether a direction before a name makes it another place: Nam Sudan is not Sudan, phía Nam Sudan is."""
    chunk, word = place
    if (
        word
        or not chunk
        or words.lower[chunk - 1] not in _DIRECTIONS
        or not words.cased[chunk - 1][0].isupper()
    ):
        return False
    return words.before(place) == "" and (chunk < 2 or words.lower[chunk - 2] not in _REGIONS)


def _joined(gap: str, joint: str) -> bool:
    """Whether what stands between two words of a text joins them as a wording does."""
    own = _joint(gap)
    return own == joint or (joint == "-" and not own)


def _joint(gap: str) -> str:
    """The marks between two words, less spaces and quotation marks. A hyphen joins as a space does (Xu-đăng); a
    dash between spaces parts."""
    if gap == " ":
        return ""
    marks = _LOOSE.sub("", gap)
    if marks and not marks.strip(_DASHES):
        return "" if marks == gap and marks not in "—―" else "-"
    return marks


def _other_number(wording: str) -> Iterator[str]:
    """The plural of an English common noun, or its singular: peacekeeper, peacekeepers. No Vietnamese word ends
    in s, so none is met by chance."""
    if not wording.isascii() or wording != wording.lower():
        return
    last = wording.rpartition(" ")[2]
    if not last.isalpha() or len(last) < 4:
        return
    if last.endswith("ies") and len(last) > 5:
        yield wording[:-3] + "y"
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 4:
        yield wording[:-1]
        if last.endswith(("ches", "shes", "xes", "sses")):
            yield wording[:-2]
    elif last.endswith("y") and last[-2] not in "aeiou":
        yield wording[:-1] + "ies"
    elif last.endswith(("ch", "sh", "x", "ss")):
        yield wording + "es"
    elif not last.endswith("s"):
        yield wording + "s"


def _longest_first(entries: Iterable[_Entry]) -> tuple[_Entry, ...]:
    return tuple(sorted(set(entries), key=lambda entry: (-len(entry.words), entry.words, entry.term)))
