"""The id of a feed's item: the same whenever the item comes again, whatever stands beside it.

An id is made of what the item itself says: its guid, else its link, else its title and date. Nothing is taken
from its position, so items may come, go and change places. Feeds break their promises in known ways:

- A guid that cannot tell items apart (`0`, `false`, the site's address, the feed's own link) is seen by its
  shape, not by who shares it. Such an item is named by guid and link, also where it stands alone.
- The same item twice is one item.
- A good guid on a second item: the one published first keeps the id, the other gets the guid and its link, or,
  where the link is the same too, the guid and its content. Without dates the first in the file keeps it.
- A good-looking guid on three different links and more is a constant of the feed: all go by guid and link.

The last two look at the file, for one item alone cannot show the fault: an id may change there when the file
goes from one holder of a guid to another. That is the only such case.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from generator import slugs
from generator.text import squeeze

# No name: a lone word (`false`, `article`), a digit, nothing but zeros (the nil UUID), a site without a page.
_VAGUE = re.compile(r"[^\W\d_]{1,10}|[\W_]*\d?[\W_]*|[0\W_]*|(?:https?:)?//[^/?#]*[/?#]*", re.IGNORECASE)
_CONSTANT = 3
_UNDATED = (9999,)


@dataclass(frozen=True, slots=True)
class Name:
    """What may name an item, out of the item alone."""

    keys: tuple[str, ...]
    """The item's name; then the name with the next thing it says, for a name that others carry too."""
    words: tuple[str, ...]
    """For each key, what a reader can recognise in it."""
    content: str
    """Hash of title, date and text: equal for an item that stands twice."""
    published: tuple[int, ...]
    """Year to second, UTC."""


def name_of(entry: Mapping[str, Any], feed: Mapping[str, Any], text: str) -> Name:
    """The name of an item that has a title or a text; its parts are called as feedparser calls them."""
    title, date = squeeze(str(entry.get("title") or "")), squeeze(str(entry.get("published") or ""))
    own = {squeeze(str(feed.get(key) or "")).rstrip("/") for key in ("id", "link", "title")} - {""}
    said = [squeeze(str(entry.get(key) or "")) for key in ("id", "link")]
    said = list(dict.fromkeys(key for key in (*said, f"{title}|{date}") if key.strip(" |")))
    content = _hash("\n".join((title, date, text or str(entry.get("link") or ""))))
    if not said:
        said = [content]
    sure = next(
        (n for n, key in enumerate(said) if not _VAGUE.fullmatch(key) and key.rstrip("/") not in own),
        len(said) - 1,
    )
    ends = range(sure + 1, min(sure + 2, len(said)) + 1)
    stamp = entry.get("published_parsed")
    return Name(
        keys=tuple(" ".join(said[:end]) for end in ends),
        words=tuple(said[end - 1] for end in ends),
        content=content,
        published=tuple(stamp[:6]) if stamp else _UNDATED,
    )


def give_ids(names: Sequence[Name]) -> list[str | None]:
    """An id for every item of a feed, each once; None for an item that stands there a second time."""
    holders: dict[tuple[str, str], int] = {}
    for place, name in enumerate(names):
        holders.setdefault((name.keys[0], name.content), place)
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for place in holders.values():
        partners[names[place].keys[0]].add(names[place].keys[-1])
    ids: list[str | None] = [None] * len(names)
    keys: set[str] = set()
    used: set[str] = set()
    for place in sorted(holders.values(), key=lambda place: (names[place].published, place)):
        name = names[place]
        own, wide = name.keys[0], name.keys[-1]
        key, words = own, name.words[0]
        if len(partners[own]) >= _CONSTANT or own in keys:
            key, words = wide, name.words[-1]
        if wide in keys:  # the same guid and link, in other words
            key = f"{wide} {name.content}"
        keys |= {own, wide}
        given = _id(key, words)
        if given in used:
            given = _id(f"{wide} {name.content}", words)
        used.add(given)
        ids[place] = given
    return ids


def _id(key: str, words: str) -> str:
    """The key itself where it can stand in an address, else words of it and its hash."""
    if slugs.is_slug(key):
        return key
    tail = re.sub(r"^[a-z]+:/*[^/]*/|\.html?$|[?#].*$", "", words, flags=re.IGNORECASE)
    return f"{slugs.slugify(tail, 'item')[-40:].strip('-')}-{_hash(key)[:8]}"


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
