"""Vietnamese syllables by their rules of spelling: what letters may stand together, and under which tone.

A word in another language or in a wrong encoding is rarely such a syllable; nearly every word of a Vietnamese text
is one. That tells the two apart without a list of words.
"""

from __future__ import annotations

import unicodedata

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHARP = frozenset("\u0301\u0323")
_ONSETS = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh ph qu r s t th tr v x".split()) | {""}
_FRONT = frozenset("eêiy")
# Each nucleus with the codas it takes; `-` is none.
_RHYMES = frozenset(
    nucleus + ("" if coda == "-" else coda)
    for nucleus, codas in {
        "a": "- c ch i m n ng nh o p t u y", "ă": "c k m n ng p t", "â": "c m n ng p t u y",
        "e": "- c m n ng o p t", "ê": "- ch m n nh p t u", "i": "- a ch m n nh p t u", "iê": "c m n ng p t u",
        "o": "- a c i m n ng p t", "oa": "c ch i m n ng nh o p t y", "oă": "c m n ng t", "oe": "- n o t", "oo": "c ng",
        "ô": "- c i m n ng p t", "ơ": "- i m n p t", "u": "- a c i m n ng p t", "ua": "- n ng", "uâ": "n ng t y",
        "uê": "- ch n nh", "uô": "c i m n ng t", "uơ": "- n", "uy": "- a ch n nh p t u", "uyê": "n t",
        "ư": "- a c i m n ng t u", "ươ": "c i m n ng p t u", "y": "- t", "yê": "m n ng t u", "oai": "-",
        "uă": "n ng t", "ue": "- n o t", "uai": "-", "uay": "-", "uao": "-", "uanh": "-", "uach": "-", "uan": "-",
        "uang": "-", "uat": "-", "uac": "-",
    }.items()
    for coda in codas.split()
)  # fmt: skip
_ENDS = ("c", "ch", "k", "p", "t")


def is_syllable(word: str) -> bool:
    """Whether a word, in any case, is spelt like a Vietnamese syllable."""
    if len(word) > 10:  # `nghiêng` has seven letters, and two marks where they are apart
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in parts if char in _TONES]
    if len(tones) > 1:
        return False
    letters = unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES))
    if tones and tones[0] not in _SHARP and letters.endswith(_ENDS):
        return False
    return any(_fits(letters[:cut], letters[cut:]) for cut in range(min(4, len(letters))))


def _fits(onset: str, rhyme: str) -> bool:
    if onset not in _ONSETS or rhyme not in _RHYMES:
        return onset == "gi" and not rhyme
    if onset in ("k", "gh", "ngh"):
        return rhyme[0] in _FRONT
    if onset in ("c", "g", "ng"):
        return rhyme[0] not in _FRONT or (onset == "g" and rhyme.startswith("i"))
    return True
