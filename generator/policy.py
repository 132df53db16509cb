"""The Content-Security-Policy of the site: which scripts may run, and that nothing comes from another host.

It is built from the theme alone. What an article or an editor's page holds never adds anything to it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_SCRIPT = re.compile(
    r"<script\b(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(?P<code>.*?)</script>",
    re.DOTALL | re.IGNORECASE,
)
_TYPE = re.compile(r"""(?<![\w-])type\s*=\s*["']?(?P<type>[^"'\s>]*)""", re.IGNORECASE)
_ADDRESS = re.compile(r"""(?<![\w-])src\s*=""", re.IGNORECASE)
_DATA = frozenset({"application/json", "application/ld+json"})
"""Types that a browser reads as data: they run nothing, so they need no hash."""
_FOREIGN = re.compile(
    r"""<(?:script|link)\b[^>]*(?<![\w-])(?:src|href)\s*=\s*["']?(?P<address>(?:https?:)?//[^"'\s>]+)[^>]*>""",
    re.IGNORECASE,
)
_FETCHED = re.compile(r"""<script\b|\brel\s*=\s*["']?(?:stylesheet|preload|modulepreload|preconnect)""", re.I)


def hash_scripts(html: str) -> tuple[str, ...]:
    """CSP sources (`'sha256-…'`) of the scripts that stand in a page's own HTML, each once, in the order found.

    Source: Content Security Policy Level 3, §8.4: the hash is of the script's text, byte for byte.
    """
    hashes = dict.fromkeys(
        _hash(script["code"])
        for script in _SCRIPT.finditer(html)
        if not _ADDRESS.search(script["attributes"]) and _type(script["attributes"]) not in _DATA
    )
    return tuple(hashes)


def _type(attributes: str) -> str:
    found = _TYPE.search(attributes)
    return found["type"].lower() if found else ""


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def find_foreign(html: str) -> tuple[str, ...]:
    """Addresses of scripts and stylesheets of other hosts, which the policy refuses."""
    return tuple(
        dict.fromkeys(one["address"] for one in _FOREIGN.finditer(html) if _FETCHED.search(one.group()))
    )


def write_policy(hashes: Iterable[str], *, previewed: bool = False) -> str:
    """The policy, as it stands in a `<meta>`: what is not named here is refused.

    MkDocs' preview server puts a script of its own into each page, another at each request: `previewed` lets it run, and
    still nothing from elsewhere. Pictures may be `data:` because Material's stylesheet holds its icons so. Styles may not stand in attributes.
    """
    directives = {
        "default-src": "'none'",
        "base-uri": "'none'",
        "connect-src": "'self'",
        "font-src": "'self'",
        "form-action": "'self'",
        "img-src": "'self' data:",
        "manifest-src": "'self'",
        "media-src": "'self'",
        "script-src": " ".join(["'self'", *(["'unsafe-inline'"] if previewed else sorted(set(hashes)))]),
        "style-src": "'self'",
        "worker-src": "'self'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def write_header_policy(hashes: Iterable[str]) -> str:
    """The policy as a header: there it can also say that no other site may frame a page."""
    return f"{write_policy(hashes)}; frame-ancestors 'none'"
