"""Words inside a block, with their emphasis and links, as plain text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from generator.markup.escaping import escape
from generator.text import normalize

BREAK = "\n"
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
_UNSEEN_NAMES = (
    "script style noscript template svg math iframe object embed audio video canvas form button input select "
    "textarea head title meta link base nav map dialog"
)
UNSEEN = frozenset(_UNSEEN_NAMES.split())
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\f\v]+")
_UNSAFE_IN_LINK = re.compile(r"[\x00-\x20\"'()<>\[\]\\^`{|}$*;~]")
_BEFORE_EMPHASIS = frozenset(" \n(“‘\"'«–—-,.:;…/")
_AFTER_EMPHASIS = frozenset(" \n)”’\"'».,:;!?…–—-/")
_AFTER_DIGIT = ("/", "t", "s", "n", "r")


class Run(NamedTuple):
    """A stretch of words of one look."""

    words: str
    bold: bool = False
    italic: bool = False
    address: str = ""


_PLAIN = Run("")


def is_unseen(element: HtmlElement) -> bool:
    """Whether a reader of the page does not see the element: comments, scripts, `hidden`."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return True
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return True
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def web_address(href: str | None, base: str) -> str:
    """The http(s) address a link leads to, resolved against `base`; empty where it leads nowhere safe."""
    href = (href or "").strip()
    if not href or href.startswith("#"):
        return ""
    try:
        address = urljoin(base, href)
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return ""
    except ValueError:
        return ""
    return _UNSAFE_IN_LINK.sub(lambda match: f"%{ord(match.group()):02X}", address)


def iterate_runs(element: HtmlElement, base: str, look: Run = _PLAIN) -> Iterator[Run]:
    """The runs of an element's content, in reading order. Line breaks are runs of `BREAK` alone."""
    if element.text:
        yield look._replace(words=_clean(element.text))
    for child in element:
        yield from iterate_child(child, base, look)


def iterate_child(child: HtmlElement, base: str, look: Run = _PLAIN) -> Iterator[Run]:
    """The runs of one child and of the text behind it."""
    if child.tag == "br":
        yield Run(BREAK)
    elif child.tag == "wbr" or is_unseen(child):
        pass
    else:
        yield from iterate_runs(child, base, _look_of(child, base, look))
    if child.tail:
        yield look._replace(words=_clean(child.tail))


def _clean(text: str) -> str:
    return _SPACES.sub(" ", normalize(text))


def _look_of(element: HtmlElement, base: str, look: Run) -> Run:
    if element.tag in _BOLD:
        return look._replace(bold=True)
    if element.tag in _ITALIC:
        return look._replace(italic=True)
    if element.tag == "a" and not look.address:
        return look._replace(address=web_address(element.get("href"), base))
    return look


def tidy_runs(runs: Iterable[Run]) -> list[Run]:
    """Runs of one look joined, spaces single and outside the marks, none at the edges of a line."""
    tidy: list[Run] = []
    for run in runs:
        words = run.words
        if words != BREAK and (not tidy or tidy[-1].words.endswith((" ", BREAK))):
            words = words.lstrip(" ")
        if words == BREAK and tidy:
            tidy[-1] = tidy[-1]._replace(words=tidy[-1].words.rstrip(" "))
        if not words:
            continue
        if words != BREAK and tidy and tidy[-1].words != BREAK and _same_look(tidy[-1], run):
            joined = tidy[-1].words + words
            tidy[-1] = tidy[-1]._replace(words=_SPACES.sub(" ", joined))
        else:
            tidy.append(run._replace(words=words))
    while tidy and not tidy[-1].words.strip():
        tidy.pop()
    while tidy and not tidy[0].words.strip():
        tidy.pop(0)
    if tidy:
        tidy[-1] = tidy[-1]._replace(words=tidy[-1].words.rstrip())
    return [run for run in tidy if run.words]


def _same_look(one: Run, other: Run) -> bool:
    return (one.bold, one.italic, one.address) == (other.bold, other.italic, other.address)


def words_of(runs: Iterable[Run]) -> str:
    """The plain words of tidy runs."""
    return "".join(run.words for run in runs).strip()


def markdown_of(runs: list[Run], *, emphasis: bool = True) -> str:
    """Tidy runs as the Markdown of one paragraph. `emphasis=False` keeps links only (headings)."""
    parts: list[str] = []
    place = 0
    for address, group in groupby(enumerate(runs), key=lambda pair: pair[1].address):
        members = list(group)
        before = runs[members[0][0] - 1].words[-1:] if members[0][0] else ""
        after = runs[members[-1][0] + 1].words[:1] if members[-1][0] + 1 < len(runs) else ""
        inner = _mark_up([run for _, run in members], before, after, emphasis=emphasis, linked=bool(address))
        if address and inner.strip():
            _guard_before_link(parts)
            lead = inner[: len(inner) - len(inner.lstrip())]
            trail = inner[len(inner.rstrip()) :]
            parts.append(f"{lead}[{inner.strip()}]({address}){trail}")
        else:
            parts.append(inner)
        place += len(members)
    return "".join(parts).strip()


def _guard_before_link(parts: list[str]) -> None:
    """`!` or `]` right before a link would make an image or a reference of it."""
    if parts and parts[-1].endswith("!") and not parts[-1].endswith("\\!"):
        parts[-1] = parts[-1][:-1] + "\\!"
    elif parts and parts[-1].rstrip().endswith("]"):
        tail = len(parts[-1]) - len(parts[-1].rstrip())
        parts[-1] = parts[-1].rstrip()[:-1] + "&rbrack;" + " " * tail


def _mark_up(runs: list[Run], before: str, after: str, *, emphasis: bool, linked: bool) -> str:
    parts: list[str] = []
    for place, run in enumerate(runs):
        if run.words == BREAK:
            parts.append(" " if linked else "  \n")
            continue
        previous = runs[place - 1].words[-1:] if place else before
        following = runs[place + 1].words[:1] if place + 1 < len(runs) else after
        parts.append(_mark_run(run, previous, following, emphasis=emphasis, linked=linked))
    return "".join(parts)


def _mark_run(run: Run, previous: str, following: str, *, emphasis: bool, linked: bool) -> str:
    """One run with its marks, where both dialects of emphasis are sure to see them: at the edges of words."""
    core = run.words.strip()
    lead, trail = run.words[: len(run.words) - len(run.words.lstrip())], run.words[len(run.words.rstrip()) :]
    text = escape(core)
    if previous.isdigit() and not lead and text[:1] in _AFTER_DIGIT:
        text = f"&#x{ord(text[0]):x};{text[1:]}"  # `1` and `/2` in two runs are no fraction, `1` and `st` no ordinal
    if linked:
        text = text.replace("[", "&lbrack;").replace("]", "&rbrack;")
    opens = bool(lead) or not previous or previous in _BEFORE_EMPHASIS
    closes = bool(trail) or not following or following in _AFTER_EMPHASIS
    if emphasis and core and opens and closes and (run.bold or run.italic):
        marks = "*" * (2 * run.bold + run.italic)
        text = f"{marks}{text}{marks}"
    return lead + text + trail
