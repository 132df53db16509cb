"""Names of sections: under which key two spellings of a publisher's section are one."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.text import strip_marks

_WORD = re.compile(r"[^\W_]+")
_JOINING = frozenset({"va", "and"})


@lru_cache(maxsize=4096)
def section_key(name: str) -> str:
    """Key under which `SỨC KHOẺ`, `Sức khỏe` and an address's `suc-khoe` are the same section; `&`, `và` and a
    dash between two words as well."""
    words = _WORD.findall(strip_marks(name).lower())
    return "-".join(word for word in words if word not in _JOINING or len(words) == 1)
