"""Pictures on a page: how one is written as Markdown, and how the rendered paragraph becomes a figure.

An editor reads and writes

    ![what it shows](/content/pages/assets/images/….jpg)
    *The caption.* (Who made it)

which every Markdown program shows as a picture with an italic line below it. The second line may be missing, and
either half of it.
"""

from __future__ import annotations

import html as _html
import re
from collections.abc import Callable

from generator.markup.escaping import escape
from generator.markup.visible import plain

_PARAGRAPH = "<p><img "
_IMAGE = re.compile(r"<img( [^<>]*)>")
_SOURCE = re.compile(r' src="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_SIDES = re.compile(r' (?:width|height)="')
_LABELLED = re.compile(r"[^\s:]+(?: [^\s:]+){0,3}:\s")
"""`Ảnh: …`, `Đồ họa: …`, `Photo by: …`: an editor has said what the name is."""

Measure = Callable[[str], tuple[int, int] | None]
"""The width and height in pixels of a picture, by its address as it stands on the page; None where it is not known."""


def write_picture(address: str, alt: str, caption: str, credit: str) -> str:
    """A picture as Markdown. `caption` is Markdown already; `alt` and `credit` are plain words, each may be empty."""
    words = escape(alt).replace("[", "&lbrack;").replace("]", "&rbrack;")
    below = write_caption(caption, credit)
    return f"![{words}]({address})" + (f"\n{below}" if below else "")


def write_caption(caption: str, credit: str) -> str:
    """A caption as Markdown: `*The caption.* (Who made it)`."""
    parts = (f"*{caption.strip()}*" if caption.strip() else "", f"({escape(credit)})" if credit else "")
    return " ".join(part for part in parts if part)


def set_figures(html: str, measure: Measure, label: str) -> str:
    """Rendered HTML with its pictures ready: each with its size, so that nothing moves when it comes, and loaded when
    it is near; a paragraph that begins with one is a figure. `label` is what a credit is called: `Ảnh`.

    Meant for HTML that went through `sanitize`: what is read here was written there.
    """
    if "<img " not in html:
        return html
    parts: list[str] = []
    place = 0
    while (start := html.find(_PARAGRAPH, place)) >= 0:
        end = html.find("</p>", start)
        if end < 0:
            break
        parts.append(html[place:start])
        inner = html[start + 3 : end]
        parts.append(_figure(inner, label) or f"<p>{inner}</p>")
        place = end + 4
    whole = "".join((*parts, html[place:]))
    return _IMAGE.sub(lambda match: _image(match.group(1), measure), whole)


def _figure(inner: str, label: str) -> str | None:
    """A paragraph's content as a figure; None where more than a caption follows its picture."""
    image, sign, rest = inner.partition(">")
    words = _split(rest.strip().removeprefix("<br>").strip())
    if words is None or " class=" in image:
        return None
    caption, credit = words
    if credit and not _LABELLED.match(credit):
        credit = f"{label}: {credit}"
    below = " ".join(
        (*([caption] if caption else []), *([f'<span class="credit">{credit}</span>'] if credit else []))
    )
    if caption and not ((alt := _ALT.search(image)) and alt[1].strip()):
        image = _ALT.sub("", image) + f' alt="{_html.escape(plain(caption), quote=True)}"'
    return f"<figure>{image}{sign}" + (f"<figcaption>{below}</figcaption>" if below else "") + "</figure>"


def _split(words: str) -> tuple[str, str] | None:
    """(caption, credit) of `<em>caption</em> (credit)`, each may be missing; None for anything else."""
    caption = ""
    if words.startswith("<em>"):
        caption, end, words = words[4:].partition("</em>")
        if not end:
            return None
    words = words.strip()
    if words and not (words.startswith("(") and words.endswith(")")):
        return None
    return caption.strip(), words[1:-1].strip()


def _image(attributes: str, measure: Measure) -> str:
    source, upright = _SOURCE.search(attributes), ""
    if source and not _SIDES.search(attributes) and (size := measure(_html.unescape(source[1]))):
        attributes += f' width="{size[0]}" height="{size[1]}"'
        if size[1] > size[0] and " class=" not in attributes:
            upright = ' class="upright"'
    if " loading=" not in attributes and " class=" not in attributes:
        attributes += ' loading="lazy"'
    if " alt=" not in attributes:
        attributes += ' alt=""'
    return f"<img{attributes}{upright}>"
