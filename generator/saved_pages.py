"""A page saved with its folder ("complete web page"): how it names its own files, and how the folder is told.

Every browser names the folder in its user's language (`Bài_files`, `Bài-Dateien`, `Bài_archivos`, `Bài_tệp tin`), so
no list of words would be whole: the page itself says which folder it is, in the addresses of what it shows.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

_SHOWN = re.compile(
    r"""(\s(?:data-[a-z-]{0,20})?src(?:set)?|\sposter|\sbackground|<link\b[^<>]{0,400}?\shref)=(?:"([^"<>]{1,9999})"|'([^'<>]{1,9999})')""",
    re.IGNORECASE,
)
"""What a page shows, not where it links: a folder that a link leads into may hold articles."""
_ELSEWHERE = ("http:", "https:", "data:", "file:", "blob:", "cid:", "about:", "javascript:")
_NEVER = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]")
"""In a name: what browsers write on no system, and what would lead elsewhere."""
_SIZE = re.compile(r"\s+(\d{1,5}(?:\.\d{1,3})?)[wx]\Z")
_DEEPEST, _LONGEST = 4, 1000
_MOST_CANDIDATES = 30


def local_name(address: str) -> str:
    """The file beside the page that an address names: `./B%C3%A0i_files/a.jpg` → `Bài_files/a.jpg`.

    Empty for every address that leads elsewhere: another host, the root, a folder above, no folder at all.
    """
    if len(address) > _LONGEST:
        return ""
    folder, slash, file = address.strip().rpartition("/")
    # Only of the file: a title may hold the sign, and the folder is named after it.
    address = folder + slash + file.partition("#")[0]
    while address.startswith("./"):
        address = address[2:]
    if not address or address[0] in "/\\" or address[:12].lower().startswith(_ELSEWHERE):
        return ""
    name = unicodedata.normalize("NFC", unquote(address))
    parts = name.split("/")
    if _NEVER.search(name) or not 2 <= len(parts) <= _DEEPEST:
        return ""
    if any(not part or part.startswith(".") or part != part.strip() for part in parts):
        return ""
    return name


def candidates_of(srcset: str) -> list[str]:
    """The addresses of a `srcset`, the largest first."""
    found: list[tuple[float, str]] = []
    for part in re.split(r",\s+", srcset[: _LONGEST * _MOST_CANDIDATES])[:_MOST_CANDIDATES]:
        size = _SIZE.search(part.rstrip(" ,"))
        found.append((-float(size[1]) if size else 0.0, part[: size.start()] if size else part))
    return [address for _, address in sorted(found, key=lambda one: one[0])]


def shown_files(page: str) -> frozenset[str]:
    """The files of its own folder that a saved page shows, as `local_name`s; `page` is its HTML as it stands."""
    found: set[str] = set()
    for match in _SHOWN.finditer(page):
        value = html.unescape(match[2] or match[3])
        for address in candidates_of(value) if match[1].lower().endswith("set") else (value,):
            if name := local_name(address):
                found.add(name)
    return frozenset(found)


def stems_of(folder: str) -> Iterator[str]:
    """The names, without suffix, of the pages that a folder may have been saved with: `bai_1` and `bai` for
    `bai_1-Dateien`."""
    for place, char in enumerate(folder):
        if place and char in "._- " and place + 1 < len(folder):
            yield folder[:place]
