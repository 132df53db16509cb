"""Plain text and addresses as every feed takes them: cleaned here once, escaped once by whoever writes them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from generator.text import squeeze

# XML 1.0 §2.2 has no place for these, not even as references. A lone surrogate is none of UTF-8's either, so JSON is
# better off without them too.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = re.compile(r"[A-Za-z0-9/:?#\[\]@!$&'()*+,;=~._-]*+")
"""Addresses in which there is nothing to encode: nearly all."""
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def line(value: str) -> str:
    """One line of NFC text with nothing in it that XML or UTF-8 cannot hold."""
    return squeeze(unicodedata.normalize("NFC", _ILLEGAL.sub("", value)))


_HOST = re.compile(r"(?<=^http://)[^/?#]+|(?<=^https://)[^/?#]+")


def _to_ascii(host: re.Match[str]) -> str:
    """A host's name as the network knows it: báo.example → xn--bo-jia.example (RFC 3490)."""
    try:
        return host[0].encode("idna").decode()
    except UnicodeError:
        return host[0]


def encode_address(address: str) -> str:
    """A web address in ASCII, as `xsd:anyURI` and older readers want it; what is encoded stays as it is."""
    if _PLAIN.fullmatch(address):
        return address
    address = _HOST.sub(_to_ascii, address, count=1)
    legal = _LONE_PERCENT.sub("%25", _ILLEGAL.sub("", address))
    return quote(legal, safe="%/:?#[]@!$&'()*+,;=~-._")


def attributes(**values: str) -> str:
    """XML attributes in the order given, each with a space before it; the empty ones are left out."""
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value)
