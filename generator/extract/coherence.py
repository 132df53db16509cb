"""Whether two pieces of text speak of the same thing, by the pairs of syllables they share.

Vietnamese words are mostly two syllables, so a pair is about a word; no dictionary is needed.
"""

from __future__ import annotations

import re
from itertools import pairwise

from generator.text import match_key

_COMMON = frozenset(
    "của các|trong đó|được các|và các|với các|có thể|cho biết|cho các|những người|tại các|một số|trên địa|địa bàn"
    "|việt nam|hôm nay|thời gian|trong thời|nhiều người|người dân|đã được|không có|là một|trong nước|năm 2025|năm 2024"
    "|tiếp tục|bên cạnh|cạnh đó|trong những|chia sẻ|trên thế|thế giới|of the|in the|to the|on the|and the|for the|at the"
    "|with the|it is|has been|said the|the first|from the|by the".split("|")
)
_LIMIT = 6000
_SYLLABLE = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring syllables of a text's first 6,000 characters, the commonest left out."""
    syllables = _SYLLABLE.findall(match_key(text[:_LIMIT]))
    return frozenset(map(" ".join, pairwise(syllables))) - _COMMON


def share(part: frozenset[str], whole: frozenset[str]) -> float:
    """How much of one text's pairs stand in another, 0 … 1."""
    return len(part & whole) / len(part) if part else 0.0
