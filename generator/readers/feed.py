"""News feeds: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0; each item is an article.

feedparser knows the dialects. Its own clean-up is off, for our gate comes later; its loose parser is never
reached, since what is not well-formed is mended or refused before, item by item, with the line.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace

import feedparser
from feedparser import FeedParserDict

from generator.models import Form, Level, Problem, RawItem, Statement
from generator.readers.dialects import part_dialects
from generator.readers.fetch_times import find_fetch_times
from generator.readers.fragment import paragraphs_of, web_address, with_picture, words_of
from generator.readers.item_id import Name, give_ids, name_of
from generator.readers.raw_file import RawFile, Reader, Reading, refuse, remark
from generator.readers.wellformed import mend
from generator.text import normalize, squeeze

_ROOT = re.compile(
    r"(?:<!DOCTYPE[^\[>]*(?:\[[^\]]*\])?[^>]*>\s*)?<(?:rss|feed|(?:[a-z]+:)?RDF|(?:[a-z]+:)feed|channel)[\s>]",
    re.IGNORECASE,
)
_MAX_ITEMS = 5000
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def _recognises(file: RawFile) -> bool:
    return file.kind_of_binary == "" and b"<" in file.data[:4096] and _ROOT.match(file.head) is not None


def _read(file: RawFile) -> Reading:
    source, problems = mend(file.path, file.text)
    data, pictures, number = part_dialects(source, _MAX_ITEMS)
    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False,
                              response_headers={"content-type": "application/xml; charset=utf-8"})  # fmt: skip
    entries = parsed.entries[:_MAX_ITEMS]
    if not entries:
        raise refuse(file.path, "raw-empty", "the feed holds no item", "save it again when it has one")
    if number > _MAX_ITEMS:
        problems.append(remark(file.path, "raw-too-long", f"the feed has {number:,} items; only the first "
                               f"{_MAX_ITEMS:,} were read", "cut the feed into several files", level=Level.ERROR))  # fmt: skip
    if len(pictures) == len(parsed.entries):
        for entry, picture in zip(entries, pictures, strict=False):
            entry["captioned_picture"] = picture
    return _read_entries(file.path, entries, parsed.feed, problems)


def _read_entries(
    path: str, entries: list[FeedParserDict], feed: FeedParserDict, problems: list[Problem]
) -> Reading:
    found: list[tuple[Name, RawItem]] = []
    fetched = find_fetch_times(
        [entry.get("published_parsed") for entry in entries],
        [feed.get("published_parsed"), feed.get("updated_parsed")],
    )
    others = 0
    for number, entry in enumerate(entries, 1):
        if _is_no_post(entry):
            others += 1
            continue
        text = _fragment(entry)
        if (picture := entry.get("captioned_picture")) is not None and text:
            text = with_picture(text, web_address(picture.address), picture.caption, picture.credit)
        if not text and not words_of(entry.get("title")):
            problems.append(remark(path, "raw-item-empty", f"item {number} of the feed has neither title nor text",
                                   "it was left out"))  # fmt: skip
            continue
        item = RawItem(
            raw=path, form=Form.FRAGMENT, text=text, statements=tuple(_state(entry, feed, fetched=number - 1 in fetched)),
            url=web_address(entry.get("link"), feed.get("link")),
        )  # fmt: skip
        found.append((name_of(entry, feed, text), item))
    if others:
        problems.append(remark(path, "raw-item-kind", f"{others} of the {len(entries)} items of this WordPress export are pages, "
                               "menus, files or in the trash", "they were left out; published posts and drafts were read"))  # fmt: skip
    if not found:
        raise refuse(path, "raw-malformed", f"none of the feed's {len(entries)} item(s) has a title or a text",
                     "save the feed again from its source")  # fmt: skip
    ids = give_ids([name for name, _ in found])
    items = tuple(
        replace(item, raw=f"{path}#{given}")
        for given, (_, item) in zip(ids, found, strict=True)
        if given is not None
    )
    return Reading(items, tuple(problems))


def _is_no_post(entry: FeedParserDict) -> bool:
    """Whether an item of a WordPress export (WXR) is no article: a page, a menu, a file, or thrown away."""
    return entry.get("wp_post_type", "post") != "post" or entry.get("wp_status") in (
        "trash",
        "auto-draft",
        "inherit",
    )


def _text_of(detail: FeedParserDict | None, value: object) -> str:
    """Words of a text construct: literal where it says `text`, else out of its HTML."""
    if detail and detail.get("type") == "text/plain" and not re.search(r"</\w+>|<br|&\w+;", str(value)):
        return squeeze(normalize(str(value or "")))
    return words_of(value)


def _fragment(entry: FeedParserDict) -> str:
    """The item's text as HTML: content, else description."""
    contents = sorted(entry.get("content") or (), key=lambda content: len(content.get("value") or ""))
    best = contents[-1] if contents else entry.get("summary_detail") or {}
    value = normalize(str(best.get("value") or entry.get("summary") or ""))
    looks_html = re.search(r"<[a-z][^<>]*>", value, re.IGNORECASE) is not None
    if (best.get("type") in _HTML_TYPES and looks_html) or (looks_html and "</" in value):
        return value.strip()
    if best.get("type") in _HTML_TYPES:
        value = html.unescape(value)
    return paragraphs_of(value)


def _state(entry: FeedParserDict, feed: FeedParserDict, *, fetched: bool) -> Iterator[Statement]:
    """What the feed says of an item. Every source of a statement is named as feedparser names it.

    `fetched`: its date is the one of the feed's making.
    """
    origin = entry.get("source") or FeedParserDict()
    lead = _lead(entry)
    terms = [words_of(tag.get("label") or tag.get("term")) for tag in entry.get("tags") or ()]
    terms = list(dict.fromkeys(term for term in terms if term))
    said: list[tuple[str, object, str]] = [
        ("title", _text_of(entry.get("title_detail"), entry.get("title")), "feed title"),
        ("fetched", entry.get("published"), "feed published, the same moment for many items") if fetched
        else ("date", entry.get("published"), "feed published"),
        ("created", None if entry.get("published") else entry.get("created"), "feed created"),
        ("updated", entry.get("updated") if "updated" in entry.keys() else None, "feed updated"),  # noqa: SIM118
        *(("author", name, "feed author") for name in _authors(entry)),
        *(("section", term, "feed category") for term in terms[:1]),
        *(("tag", term, "feed category") for term in terms[1:]),
        ("lead", lead, "feed description"),
        ("url", web_address(entry.get("link"), feed.get("link")), "feed link"),
        ("canonical_url", web_address(entry.get("feedburner_origlink")), "feed original link"),
        ("language", entry.get("language") or (entry.get("content") or [{}])[0].get("language")
         or feed.get("language"), "feed language"),
        ("source", words_of(origin.get("title")), "feed item's source"),
        ("source_url", web_address(origin.get("href") or origin.get("link")), "feed item's source"),
        ("source", words_of(feed.get("title")), "feed's own title"),
        ("source_url", web_address(feed.get("link")), "feed's own link"),
        ("draft", "true" if entry.get("wp_status", "publish") != "publish" else "", "WordPress status"),
    ]  # fmt: skip
    for field, value, how in said:
        if words := squeeze(normalize(str(value or ""))):
            yield Statement(field, words, how)


def _lead(entry: FeedParserDict) -> str:
    """The description, where the item has a text besides; feedparser gives the text where there is none."""
    contents = entry.get("content") or ()
    lead = _text_of(entry.get("summary_detail"), entry.get("summary")) if contents else ""
    return "" if any(words_of(content.get("value")) == lead for content in contents) else lead


def _authors(entry: FeedParserDict) -> list[str]:
    """Names alone: `news@outlet.example (Lan Anh)` is Lan Anh."""
    whole = words_of(entry.get("author"))
    if "@" in whole:  # feedparser cuts addresses by a pattern that knows short domains only
        inner = re.search(r"\(([^()]+)\)", whole)
        said = [inner.group(1) if inner else re.sub(r"\S+@\S+", "", whole)]
    else:
        said = [words_of(author.get("name")) for author in entry.get("authors") or ()] or [whole]
    names = (name.strip(" ()<>,;") for name in said)
    return list(dict.fromkeys(name for name in names if name))


READER = Reader(name="feed", rank=10, recognises=_recognises, read=_read)
