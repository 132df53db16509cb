"""Small pieces of HTML out of what containers say: words out of markup, markup out of words."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

from generator.markup import plain
from generator.text import normalize, squeeze

_MARKUP = re.compile(r"<[a-z/!]|&[#\w]+;", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)
_MOST_CAPTION = 600


def words_of(value: object) -> str:
    """The words of a value that may be HTML, on one line."""
    text = str(value or "")
    return squeeze(normalize(plain(text) if _MARKUP.search(text) else text))


def web_address(address: object, base: object = "") -> str | None:
    """An address of the web, None for anything else; a relative one is joined to `base`."""
    text = str(address or "").strip()
    if text and base and not re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE):
        try:
            text = urljoin(str(base).strip(), text)
        except ValueError:
            return None
    return text if _ADDRESS.fullmatch(text) else None


def paragraphs_of(text: str, *, lines: bool = False) -> str:
    """Plain text as HTML paragraphs, parted by blank lines; where it has none and `lines` is true, by every line end."""
    parts = re.split(r"\n[ \t]*\n", text)
    if lines and len(parts) == 1:
        parts = text.split("\n")
    return "\n".join(
        f"<p>{html.escape(words, quote=False)}</p>" for part in parts if (words := squeeze(part))
    )


def with_picture(text: str, address: str | None, caption: str, credit: str = "", alt: str = "") -> str:
    """HTML with a picture before it, unless its caption says nothing or stands in it already."""
    words = words_of(caption)
    credit = words_of(credit)
    if not words or len(words) > _MOST_CAPTION or squeeze(words) in words_of(text):
        return text
    if credit and credit not in words:
        words = f"{words} Ảnh: {credit}" if words[-1] in ".!?…" else f"{words}. Ảnh: {credit}"
    image = f'<img src="{html.escape(address)}" alt="{html.escape(words_of(alt))}">' if address else ""
    return f"<figure>{image}<figcaption>{html.escape(words, quote=False)}</figcaption></figure>\n{text}"
