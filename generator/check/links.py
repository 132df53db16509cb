"""Rules about links and pictures in Markdown: what they lead to inside the site is there, and readers see it."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote

from generator import slugs
from generator.check.page import Context, Page
from generator.illustrations import KEPT
from generator.library import HELD, address_of, missing_fields
from generator.markup import plain_markdown
from generator.models import Level, Problem
from generator.pages import ROOT_ADDRESS
from generator.storage import PAGES

_FENCE = re.compile(r"^([ >]*)(`{3,}|~{3,})[^\n]*\n.*?(?:^[ >]*\2[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)(`++)(?!`)(?:[^`\n]|`(?!\1))+?\1(?!`)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_INLINE = re.compile(
    r"(!?)\[(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){0,500}\]\([ \t]{0,9}(?:<([^<>\n]{0,2000})>|([^\s()<>]{0,2000}(?:\([^\s()]{0,500}\)[^\s()<>]{0,500}){0,3}))"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]{1,9}<?([^\s<>]{1,2000})>?", re.MULTILINE)
_TAG = re.compile(
    r"<(a|img|source|video|audio)\b[^<>]{0,2000}?\b(?:href|src)[ ]?=[ ]?[\"']([^\"'<>\n]{0,2000})[\"']",
    re.IGNORECASE,
)
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_HEADING = re.compile(
    r"^ {0,3}#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$|^(?=[^\s])([^\n]+)\n(?:=+|-+)[ \t]*$", re.MULTILINE
)
_ID = re.compile(r"\{:?[^{}\n]*#([\w.:-]+)[^{}\n]*\}|\b(?:id|name)[ ]?=[ ]?[\"']([^\"'<>\n]+)[\"']")
_IMAGE_LINE = re.compile(r"^[ ]{0,3}!\[[^\n]*\]\(([^()\n]+)\)[ \t]*(?:\{[^{}\n]*\})?[ \t]*$", re.MULTILINE)
_CREDIT = re.compile(
    r"\([^()\n]{2,}\)[ \t]*$|\b(?:Ảnh|Nguồn|Photo|Đồ họa|Đồ hoạ|Tranh|Image|Credit)[ \t]*(?::|by\b)[ \t]*\S",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Link:
    """One link or picture of a page's body."""

    target: str
    line: int
    """Of the body, from 0."""
    picture: bool = False


def find_links(body: str) -> Iterator[Link]:
    """Every link and picture of a page's Markdown, in order of its kinds; what stands in code is none."""
    text = _shown(body)
    for pattern in (_INLINE, _DEFINITION, _TAG, _AUTOLINK):
        for match in pattern.finditer(text):
            if pattern is _INLINE:
                target, picture = match[2] or match[3] or "", bool(match[1])
            elif pattern is _TAG:
                target, picture = match[2], match[1].lower() != "a"
            else:
                target, picture = match[1], False
            yield Link(html.unescape(target.strip()), text.count("\n", 0, match.start()), picture)


def _shown(body: str) -> str:
    """The body without what is code or comment, every line at its place."""
    if "`" not in body and "~~~" not in body and "<!--" not in body:
        return body
    for pattern in (_FENCE, _COMMENT, _CODE):
        body = pattern.sub(lambda match: "\n" * match.group().count("\n"), body)
    return body


def links(page: Page, context: Context) -> Iterator[Problem]:
    """Links inside the site that lead nowhere, or where no reader gets to."""
    if page.article is not None and page.article.takedown:
        return
    if "](" not in page.body and "]:" not in page.body and "<" not in page.body:
        return
    for link in find_links(page.body):
        found = _look(page, link, context)
        if found is not None:
            message, hint, rule, level = found
            yield Problem(page.path, message, hint, page.body_line + link.line, level, rule)


def _look(page: Page, link: Link, context: Context) -> tuple[str, str, str, Level] | None:
    """(message, hint, rule, level) of a link that is not good."""
    target = link.target
    if not target or _SCHEME.match(target) or target.startswith("//"):
        return None
    what = "picture" if link.picture else "link"
    path, _, fragment = target.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return _fragment(page, fragment, page, target)
    if KEPT.search(path):
        return None  # pictures that ingest kept have a rule of their own
    if path.startswith(ROOT_ADDRESS):
        place = path.lstrip("/")
    elif path.startswith("/"):
        return (f"the {what} `{target}` begins at the host's root, where the site need not stand",
                _by_file(page, _page_at(path.strip("/") + "/", context), context), "link-absolute", Level.ERROR)  # fmt: skip
    else:
        place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
    if place in context.tree.files:
        return None if link.picture else _leads_to(page, place, fragment, target, context)
    if not link.picture and (known := _page_at(_address(place), context)):
        return (
            f"the link `{target}` names an address",
            _by_file(page, known, context),
            "link-form",
            Level.ERROR,
        )
    return (f"the {what} `{target}` leads nowhere: there is no {place}", _similar(page, place, context), "link-broken",
            Level.ERROR)  # fmt: skip


def _leads_to(
    page: Page, place: str, fragment: str, target: str, context: Context
) -> tuple[str, str, str, Level] | None:
    if not place.endswith(".md"):
        return None
    other = context.page(place)
    if other is None:
        return None  # told where that page is read
    told = other.article
    if (
        told is not None
        and not told.takedown
        and (told.draft or told.review or told.page.startswith(HELD) or missing_fields(told))
    ):
        return (f"the link `{target}` leads to a page that readers do not see yet",
                "the site leaves the words and drops the link until that page is published", "link-hidden", Level.NOTE)  # fmt: skip
    return _fragment(page, fragment, other, target)


def _fragment(page: Page, fragment: str, other: Page, target: str) -> tuple[str, str, str, Level] | None:
    if not fragment:
        return None
    known = anchors_of(other)
    name = unquote(fragment)
    if name in known or name.startswith(("fn:", "fnref:", "__")):
        return None
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean `#{near[0]}`?" if near else "name a heading of that page, as its address shows it"
    return f"the link `{target}` leads to no place of {other.path}", hint, "link-anchor", Level.ERROR


def anchors_of(page: Page) -> frozenset[str]:
    """The fragments that a page has: of its headings, and those that its Markdown names."""
    text = _shown(page.body)
    anchors = {one or two for one, two in _ID.findall(text)}
    anchors |= {"content"}
    for match in _HEADING.finditer(text):
        words = re.sub(r"\{:?[^{}\n]*\}[ \t]*$", "", match[1] or match[2])
        base = anchor = slugs.slugify(plain_markdown(words), "muc")
        number = 0
        while anchor in anchors:
            number += 1
            anchor = f"{base}_{number}"
        anchors.add(anchor)
    return frozenset(anchors)


def _address(place: str) -> str:
    """The address that a path without suffix seems to mean: `content/pages/2026/10/x` → `2026/10/x/`."""
    return place.removeprefix(f"{PAGES}/").removeprefix("articles/").strip("/") + "/"


def _page_at(address: str, context: Context) -> str:
    """The file of the page at an address; empty where there is none."""
    for path in (f"{PAGES}/articles/{address.rstrip('/')}.md", f"{PAGES}/{address.rstrip('/')}.md",
                 f"{PAGES}/{address}index.md", f"{PAGES}/{address.rstrip('/')}"):  # fmt: skip
        if path in context.tree.files and (
            not path.startswith(f"{PAGES}/articles/") or address_of(path.removeprefix(f"{PAGES}/")) == address
        ):
            return path
    return ""


def _by_file(page: Page, known: str, context: Context) -> str:
    if not known:
        return "lead to the page's Markdown file, from this file"
    return f"write `{posixpath.relpath(known, posixpath.dirname(page.path))}`"


def _similar(page: Page, place: str, context: Context) -> str:
    name = posixpath.basename(place)
    same = sorted(path for path in context.tree.files if posixpath.basename(path) == name)
    if not same and (
        near := get_close_matches(
            name, [posixpath.basename(path) for path in context.tree.files], n=1, cutoff=0.8
        )
    ):
        same = sorted(path for path in context.tree.files if posixpath.basename(path) == near[0])
    if not same:
        return "put it right, or take the link away"
    return f"did you mean `{posixpath.relpath(same[0], posixpath.dirname(page.path))}`?"


def picture_credits(page: Page, context: Context) -> Iterator[Problem]:
    """Pictures of an article of which nobody says who made them."""
    if page.article is None or page.article.takedown or "![" not in page.body:
        return
    text = _shown(page.body)
    source = context.settings.source(page.article.source)
    # Of a source that allows its pictures and is named as it wants to be, somebody is named at least.
    level = Level.NOTE if source.images and source.credit else Level.WARNING
    for match in _IMAGE_LINE.finditer(text):
        below = text[match.end() + 1 :].partition("\n")[0]
        if _CREDIT.search(below) or _CREDIT.search(match.group().partition("](")[0]):
            continue
        yield Problem(page.path, f"the picture {match[1].split()[0]} has no credit",
                      "write who made it below the picture: `*The caption.* (Who made it)`",
                      page.body_line + text.count("\n", 0, match.start()), level, "picture-credit")  # fmt: skip


def kept_pictures(page: Page, context: Context) -> Iterator[Problem]:
    """Pictures that ingest once kept and that are gone."""
    if "assets/images/" not in page.body:
        return
    for match in KEPT.finditer(page.body):
        if f"{PAGES}/{match[0]}" not in context.tree.files:
            line = page.body_line + page.body.count("\n", 0, match.start())
            yield Problem(page.path, f"shows {PAGES}/{match[0]}, which is not there",
                          "take the picture out of the text, or `digest ingest` the raw article again", line,
                          rule="picture-missing")  # fmt: skip
