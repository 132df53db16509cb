"""Web addresses under which two ways to one page are the same: trackers, mirrors and protocols do not count."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, quote, urlsplit

_MIRRORS = ("www.", "m.", "amp.", "mobile.", "wap.")
"""Hosts of the same site for other screens."""
_TRACKERS = frozenset(
    "fbclid fb_ref fb_source gclid gclsrc gbraid wbraid dclid msclkid yclid twclid ttclid igsh igshid mibextid rdid "
    "zarsrc gidzl mc_cid mc_eid mkt_tok _ga _gl _hsenc _hsmi __twitter_impression ref ref_src ref_url referrer ncid "
    "cmpid spm amp outputtype zalo".split()
)
_TRACKING = re.compile(r"(?:utm|pk|mtm|at|wt|hsa|fb_action)[_.]|zalo_", re.IGNORECASE)
"""How the names of whole families of trackers begin."""
_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~-._"
_AMP = re.compile(r"(?:/+amp)+/*\Z", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")


def clean_url(url: str) -> str:
    """The address without what does not tell one page from another: `https://` for http as well, a small host without
    `www.`, `m.` or `amp.`, no usual port, no `/` at the end, no fragment, no trackers, the rest of the query sorted.

    Good to compare, not to follow: some hosts answer only under `www.`. What is no web address comes back trimmed.
    """
    url = unicodedata.normalize("NFC", url.strip())
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in _PORTS or not host or re.search(r"\s", host):
        return url
    if ":" in host:
        host = f"[{host}]"
    host = _without_mirrors(host)
    if port not in (None, *_PORTS.values()):
        host += f":{port}"
    path = _AMP.sub("", _escaped(parts.path)).rstrip("/")
    query = _query(parts)
    return f"https://{host}{path}" + (f"?{query}" if query else "")


def _without_mirrors(host: str) -> str:
    """The host of the site itself; `m.vn` is one, `m.news.vn` is not."""
    while (mirror := next((one for one in _MIRRORS if host.startswith(one)), "")) and "." in host[
        len(mirror) :
    ]:
        host = host[len(mirror) :]
    return host


def _query(parts: SplitResult) -> str:
    kept = []
    for piece in _escaped(parts.query, "?").split("&"):
        name = piece.partition("=")[0].lower()
        if piece and name not in _TRACKERS and not _TRACKING.match(name):
            kept.append(piece)
    return "&".join(sorted(kept))


def _escaped(text: str, more: str = "") -> str:
    """Letters beyond ASCII as `%C3%A1`, and escapes in capitals: `á`, `%c3%a1` and `%C3%A1` are one."""
    return _ESCAPE.sub(lambda match: match.group().upper(), quote(text, safe=_SAFE + more))
