"""The language of an article, by its letters and its smallest words; no model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.models import Candidate
from generator.text import words

_LIMIT = 1200
_SHARE = 0.07
_VIETNAMESE = re.compile(
    "["
    "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
    + "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ".upper()
    + "]"
)
_SMALL = {
    "en": "the of and to in that is was for on with as by at from said have has were are this be it he his",
    "fr": "le la les des du et est dans pour qui sur une par au aux avec pas plus ce cette sont ont",
    "de": "der die das und den von zu mit ist im auf für nicht ein eine dem des sich auch als wird",
    "es": "el los las del en que y por con una para se su al lo como más fue este esta sus",
    "it": "il di che e la per un una in del con non della sono dei nel da al le si",
    "pt": "o os as do da em que e para com uma não dos das no na por mais foi ao",
    "id": "yang dan di dengan untuk dari pada ini itu dalam tidak akan oleh juga ke telah",
    "vi": "va cua la cac cho trong khong duoc voi nguoi nhung mot da tai nay",
}  # fmt: skip
_SETS = {name: frozenset(small.split()) for name, small in _SMALL.items()}


def is_vietnamese(text: str) -> bool:
    """Whether a text's letters are ones that only Vietnamese uses so often."""
    sample = text[:_LIMIT]
    return len(_VIETNAMESE.findall(sample)) > _SHARE * len(sample)


def language_of(text: str) -> Candidate[str] | None:
    """The language of a text of at least some ten words; None where it does not show."""
    sample = text[:_LIMIT]
    if is_vietnamese(sample):
        return Candidate("vi", "letters that only Vietnamese uses", sample[:60], 0.97)
    tokens = [match.group().lower() for match in words(sample)]
    if len(tokens) < 8:
        return None
    shares = {
        name: sum(1 for token in tokens if token in small) / len(tokens) for name, small in _SETS.items()
    }
    best = max(shares, key=lambda name: shares[name])
    if shares[best] >= 0.12:
        return Candidate(best, "its commonest small words", sample[:60], 0.85 if shares[best] > 0.2 else 0.7)
    return None


def rank_languages(found: Sequence[Candidate[str]], text: str) -> tuple[Candidate[str], ...]:
    """The languages that metadata and the text itself speak for, best first; codes without a region."""
    own = language_of(text)
    ranked = [
        Candidate(one.value.replace("_", "-").split("-")[0].lower(), one.how, one.text, one.confidence)
        for one in found
        if re.match(r"[A-Za-z]{2,3}(?:[-_]|$)", one.value)
    ]
    if own is not None:
        ranked.append(own)
    return tuple(sorted(ranked, key=lambda one: -one.confidence))
