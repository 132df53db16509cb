"""A feed's XML made safe and well-formed before it is parsed: no DTD, one bad item does not lose the others."""

from __future__ import annotations

import html
import re

from lxml import etree

from generator.models import Level, Problem
from generator.readers.raw_file import refuse, remark

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*>", re.IGNORECASE)
_REFERENCE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(#?[A-Za-z0-9]*;?)", re.DOTALL)
_XML_NAMES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_ITEM = re.compile(r"<((?:[\w-]+:)?(?:item|entry))(?=[\s>])[^<>]*>")
_MOST_PROBLEMS = 100
_ROOT = re.compile(r"<[A-Za-z][^<>]{0,5000}>")


def mend(path: str, text: str) -> tuple[str, list[Problem]]:
    """(well-formed XML without a DTD, what had to be left out for it).

    Raises:
        RawError: a DTD with entities, or nothing in the feed that can be read; the problem names the line.
    """
    text = _DECLARATION.sub("", text, count=1)
    if doctype := re.search(r"<!(?:DOCTYPE|ENTITY)\b", text[: _body_start(text)], re.IGNORECASE):
        line = text.count("\n", 0, doctype.start()) + 1
        plain_doctype = _DOCTYPE.match(text, doctype.start())
        if plain_doctype is None:
            raise refuse(path, "raw-malformed", "the feed brings a document type with declarations of its own",
                         "delete everything from <!DOCTYPE to ]>: no feed needs it", line=line)  # fmt: skip
        text = text[: doctype.start()] + " " * len(plain_doctype.group()) + text[plain_doctype.end() :]
    text = _REFERENCE.sub(_resolve, text)
    error = _check(text)
    if error is None:
        return text, []
    return _without_bad_items(path, text, error)


def _body_start(text: str) -> int:
    match = re.search(r"<(?:rss|feed|[\w-]+:RDF|[\w-]+:feed|channel)\b", text, re.IGNORECASE)
    return match.start() if match else len(text)


def _resolve(match: re.Match[str]) -> str:
    """HTML's named characters, which XML does not know, and the bare ampersands of careless writers."""
    name = match.group(1)
    if name is None or name in _XML_NAMES or (name.startswith("#") and name.endswith(";") and len(name) > 2):
        return match.group()
    if name.endswith(";") and (char := html.unescape(f"&{name}")) != f"&{name}":
        return html.escape(char)
    return f"&amp;{name}"


def _check(text: str) -> etree.XMLSyntaxError | None:
    """The first thing that is not well-formed. Nothing is fetched and nothing expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        return error
    return None


def _without_bad_items(path: str, text: str, error: etree.XMLSyntaxError) -> tuple[str, list[Problem]]:
    """The feed without the items that are not well-formed in themselves."""
    first = _ITEM.search(text)
    root = _ROOT.search(text)
    if first is None or root is None or root.start() >= first.start():
        raise _malformed(path, error)
    close = f"</{root.group()[1:].split()[0].rstrip('>')}>"
    kept: list[str] = []
    problems: list[Problem] = []
    place = first.start()
    end = place
    while match := _ITEM.search(text, place):
        closing = f"</{match.group(1)}>"
        following = _ITEM.search(text, match.end())
        stop = text.find(closing, match.end(), following.start() if following else len(text))
        cut_short = stop < 0
        end = (following.start() if following else len(text)) if cut_short else stop + len(closing)
        piece = text[match.start() : end]
        flaw = _check(f"{root.group()}{piece}{close}")
        if flaw is None:
            kept.append(piece)
        elif len(problems) < _MOST_PROBLEMS:
            line = text.count("\n", 0, match.start()) + max((flaw.lineno or 1), 1)
            problems.append(remark(path, "raw-item-malformed", f"an item of the feed is not well-formed: {flaw.msg}",
                                   "it was left out; mend the line, or save the feed again", line=line,
                                   level=Level.ERROR))  # fmt: skip
        place = end
    head, tail = text[: first.start()], text[end:]
    for ending in (tail, f"</channel>{close}", close):
        whole = head + "".join(kept) + ending
        if kept and _check(whole) is None:
            return whole, problems
    raise _malformed(path, error)


def _malformed(path: str, error: etree.XMLSyntaxError) -> Exception:
    return refuse(path, "raw-malformed", f"the feed is not well-formed XML: {error.msg}",
                  "mend the line, or save the feed again from its source", line=error.lineno or 0)  # fmt: skip
