"""Names of persons in bylines and metadata."""

from __future__ import annotations

import re

from generator.text import squeeze

_BY = re.compile(
    r"^(?:(?:written |reported |story |words )?by|von|par|por|di|da|door|av|af|przez|oleh|от|автор|autor(?:in|es)?|author|authors|"
    r"auteur|text|texte|tác giả|bài|theo|biên tập|取材・文|文)\s*[:：]?\s+(?=\S)|^(?:文|記者|编辑|責編|责编|作者)\s*[:：]\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[;|/、，•·]|,|&|\+|\n)\s*|\s+(?:and|und|et|y|e|og|och|và|en|i|и|та|ve|dan)\s+")
_AWAY = re.compile(
    r"^(?:https?://|www\.|@|/|#)|\.(?:com|net|org|de|html?)(?:/|$)|^\d+$|@\w+\.\w+", re.IGNORECASE
)
_ROLE = re.compile(
    r"^(?:(?:staff|senior|chief|special|political|sports|business|deputy|news|foreign|data|guest|contributing)\s+)*(?:writer|reporter|"
    r"editor|correspondent|journalist|columnist|contributor|redakteur(?:in)?|redaktion|journaliste|periodista|phóng viên|"
    r"red|agenturen|editorial team|newsroom|admin|administrator|web ?master|posted|updated|published|share|follow|agencies|staff)s?\b.{0,30}$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:\(.*?\)|\|.*|,\s*(?:staff|senior|special|the|for)\b.*|\s[–—-]\s.*|\s+for\s+.*)$", re.IGNORECASE
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "phd", "ph.d.", "md"})


def split_names(text: str) -> list[str]:
    """The names in words that hold names: `Von A. Beck und Lê Mai` → A. Beck, Lê Mai."""
    text = _BY.sub("", squeeze(text)).strip(" .,;:|-–")
    if not text or len(text) > 300 or _AWAY.search(text):
        return []
    names: list[str] = []
    for part in _SPLIT.split(text):
        if not part:
            continue
        name = _BY.sub("", _TAIL.sub("", part)).strip(" .,;:|-–()") if len(part) > 3 else part
        if name.lower() in _SUFFIXES and names:
            names[-1] += f", {part.strip()}"
        elif is_name(name):
            names.append(name)
    return list(dict.fromkeys(names))


def is_name(name: str) -> bool:
    """Whether words may be the name of somebody: short, no sentence, no address, no role alone."""
    if not 2 <= len(name) <= 60 or name.count(" ") > 6 or _AWAY.search(name) or _ROLE.match(name):
        return False
    return any(char.isalpha() for char in name) and not re.search(r"[.!?:]\s|[{}<>=\"“”]|\d", name)
