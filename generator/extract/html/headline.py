"""The headline: what linked data, OpenGraph, the `h1` and the window title call the article.

Their agreement is the vote: the field room joins candidates that say the same words. Measured on 181 pages, the
vote is right more often than any single voter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from generator.extract.html.page import Page, letters_of, names_of, urlsplit_safe, words_of
from generator.models import Candidate
from generator.text import excerpt, match_key, squeeze

_SEPARATOR = re.compile(r"\s+[|\-–—•·:/»›]+\s+|\s*[|｜ㅣ]\s*|\s*::\s*|--")
_TAIL = re.compile(r"\s*(?:[|｜ㅣ–—•·»_-]|::)\s*\S.{0,39}")
_SECTION_TAIL = re.compile(r"\s*(?:[|｜ㅣ–—•·»›:-]|::)\s*(?P<section>[^|｜ㅣ–—•·»›:-]{2,30})$")
_METAS = (
    ("og:title", 0.7), ("twitter:title", 0.55), ("dc.title", 0.5), ("dcterms.title", 0.5), ("title", 0.4),
    ("headline", 0.5), ("parsely-title", 0.5), ("sailthru.title", 0.5),
)  # fmt: skip
_SITE_TAIL = re.compile(r"(?:\s[-–—]\s|\s?[|｜]\s?)(?P<site>[A-ZÀ-ỸĐ][^|｜–—]{2,40})$")
_DASH = re.compile(r"\s[-–—]\s")
_LEAST_NAME = 2
_SHORT = 10
_HOW_NAMED = "heading named as the headline"
_H1_NAMES = re.compile(r"head|title|tit(?:re|ulo|el)|tieu-?de", re.IGNORECASE)
_NOT_H1 = re.compile(r"logo|brand|site-?(?:title|name)|masthead|visually-?hidden|sr-only", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:(?:post|entry|article|news|detail|story|node|bai-?viet|tin)[_-]{1,2}(?:title|heading|headline)|headline|tieu-?de(?:-bai)?|"
    r"title[_-]{1,2}(?:detail|news|post|article|page|bai))(?:$|[\s_-])",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"nav", "aside", "footer", "li", "form"})
_TEXT_SIZE = 3
"""Of a `font` that says none."""
_MOST_LARGE, _LEAST_SPACES = 200, 3
_SITES = 0.3
"""Weight of what begins with the site's name, where the page shows another headline."""


def find_titles(page: Page) -> list[Candidate[str]]:
    """Every candidate, the same words as often as they are said."""
    site = [
        name
        for name in (
            page.meta("og:site_name"),
            page.linked.publisher,
            page.meta("application-name"),
            page.logo,
        )
        if name
    ]
    host = urlsplit_safe(page.canonical or page.item.url or "")[1].removeprefix("www.")
    found = [
        Candidate(trim_site(words, site, host), how, excerpt(words), weight)
        for words, how, weight in _iterate(page)
        if words and len(words) <= 400
    ]
    heading = next((one.value for one in found if one.how == "h1"), "")
    sections = {
        letters_of(name)
        for name in (
            page.linked.section,
            page.meta("article:section", "section", "og:section"),
            *page.linked.crumbs,
        )
        if name
    }
    found = [_without_section(_without_tail(one, heading), sections) for one in found]
    found = _less_of_site(found, {letters_of(name) for name in site})
    return [one for one in found if len(one.value) > 1 and match_key(one.value) not in map(match_key, site)]


def _iterate(page: Page) -> Iterator[tuple[str, str, float]]:
    yield page.linked.headline, "JSON-LD headline", 0.72
    for name, weight in _METAS:
        yield page.meta(name), f"meta {name}", weight
    window = _window(page)
    pieces = [piece for piece in _SEPARATOR.split(window) if piece]
    heading = find_h1(page)
    if heading is not None:
        # A blog's own name is its `h1` as often as not; the window title then ends with it.
        own = len(pieces) > 1 and letters_of(words_of(heading)) == letters_of(pieces[-1])
        yield words_of(heading), "h1", 0.3 if own else 0.75
        heading = None if own else heading
    yield _marked(page), "itemprop headline", 0.7
    if heading is None:
        yield _named(page), _HOW_NAMED, 0.6
    if heading is None and window:
        yield _like(page, window, pieces), "heading that the window title shows", 0.6
    if heading is None and next(page.tree.iter("font"), None) is not None:
        yield _largest(page), "largest type on the page", 0.6
    yield window, "window title", 0.45


def _window(page: Page) -> str:
    title = next((one for one in page.tree.iter("title") if one.getparent().tag == "head"), None)
    return words_of(title) if title is not None else ""


def _like(page: Page, window: str, pieces: list[str]) -> str:
    """The words of the smaller heading that the window title shows, on a page whose headline is no `h1`."""
    said = {letters_of(words) for words in (window, *pieces[:1])}
    logo = letters_of(page.logo)
    said |= {words.removeprefix(logo) for words in said if logo}
    for heading in page.tree.iter("h2", "h3"):
        words = words_of(heading)
        if len(words) > _SHORT and letters_of(words) in said:
            return words
    return ""


def _largest(page: Page) -> str:
    """The words set in the largest `font` of an old page without a heading, where no others are set as large."""
    if next(page.tree.iter("h1", "h2", "h3"), None) is not None:
        return ""
    sizes = [(size, one) for one in page.tree.iter("font") if (size := _size_of(one))]
    most = max((size for size, _ in sizes), default=0)
    largest = [one for size, one in sizes if size == most]
    if (
        most <= _TEXT_SIZE
        or len(largest) != 1
        or next(largest[0].iterancestors("a", "marquee"), None) is not None
    ):
        return ""
    if next(largest[0].iterdescendants("a", "p", "table", "font"), None) is not None:
        return ""
    words = words_of(largest[0])
    return words if _SHORT < len(words) <= _MOST_LARGE and words.count(" ") >= _LEAST_SPACES else ""


def _size_of(element: HtmlElement) -> int:
    """The size of a `font` element from 1 to 7, as HTML counts them; 0 where it says none."""
    size = (element.get("size") or "").strip()
    if size.startswith("+") and size[1:].isdecimal():
        return min(_TEXT_SIZE + int(size[1:3]), 7)
    return min(int(size[:2]), 7) if size.isdecimal() else 0


def _marked(page: Page) -> str:
    """The words of the first element that microdata calls the headline, but for an `h1`, which speaks for itself."""
    for element in page.tree.xpath('//*[contains(@itemprop, "headline")]'):
        if isinstance(element, HtmlElement) and element.tag not in {"meta", "h1"}:
            return words_of(element)
    return ""


def _named(page: Page) -> str:
    """The words of the first smaller heading that is named for the headline and leads to no other page."""
    for heading in page.tree.iter("h2", "h3", "h4"):
        if not _NAMED.search(names_of(heading)) or any(
            one.tag in _ELSEWHERE for one in heading.iterancestors()
        ):
            continue
        links = (link.get("href") or "#" for link in heading.iter("a"))
        if all(href.startswith("#") or page.resolve(href) == page.canonical for href in links):
            return words_of(heading)
    return ""


def site_in_window(page: Page, sections: Collection[str] = ()) -> str:
    """The last piece of the window title behind a bar or a dash that is no section, where the headline stands before
    it: `Headline - Section - Site`. `sections`: their keys for a match."""
    window = _window(page)
    if (match := _SITE_TAIL.search(window)) is None or match.start() < _SHORT:
        return ""
    heading = find_h1(page)
    pieces = [piece for piece in _DASH.split(match["site"]) if piece]
    name = next((piece for piece in reversed(pieces) if match_key(piece) not in sections), match["site"])
    if len(pieces) > 1 and not (len(name) > _LEAST_NAME and name[0].isupper()):
        name = match["site"]
    return "" if heading is not None and letters_of(words_of(heading)).endswith(letters_of(name)) else name


def _is_logo(heading: HtmlElement, page: Page) -> bool:
    """Whether a heading is nothing but a link to the site's first page."""
    link = next(heading.iter("a"), None)
    return link is not None and page.leads_home(link) and words_of(link) == words_of(heading)


def _less_of_site(found: list[Candidate[str]], names: set[str]) -> list[Candidate[str]]:
    """The candidates, those that only say the site's name and motto with little weight, where the page itself shows
    a headline: some systems give the same head to all their pages."""
    shown = [letters_of(one.value) for one in found if one.how in ("h1", _HOW_NAMED) and one.confidence > 0.5]
    names = {name for name in names if len(name) > 4}
    if not shown or not names:
        return found
    return [
        replace(one, confidence=min(one.confidence, _SITES))
        if one.how.startswith(("meta", "window"))
        and any(letters_of(one.text).startswith(name) for name in names)
        and not any(letters_of(one.value) in words or words in letters_of(one.value) for words in shown)
        else one
        for one in found
    ]


def find_h1(page: Page) -> HtmlElement | None:
    """The `h1` that is the headline: the only one, else the one the window title begins with, else the longest
    named for it."""
    headings = [one for one in page.tree.iter("h1")
                if words_of(one) and not _NOT_H1.search(one.get("class") or "") and not _is_logo(one, page)]  # fmt: skip
    if len(headings) <= 1:
        return headings[0] if headings else None
    said = {match_key(words) for words in (page.linked.headline, page.meta("og:title")) if words}
    window = match_key(words_of(next(page.tree.iter("title"), headings[0])))
    for heading in headings:
        words = match_key(words_of(heading))
        if words in said or (len(words) > 15 and words in window):
            return heading
    named = [one for one in headings if _H1_NAMES.search(names_of(one))]
    return max(named or headings, key=lambda one: len(words_of(one)))


def trim_site(title: str, site: list[str], host: str) -> str:
    """A title without the publisher's name at its end or beginning."""
    title = squeeze(title)
    names = {letters_of(name) for name in site} | {letters_of(host), letters_of(host.rsplit(".", 1)[0])}
    names.discard("")
    for _ in range(3):
        pieces = list(_SEPARATOR.finditer(title))
        if not pieces:
            return title
        last, first = pieces[-1], pieces[0]
        tail, lead = title[last.end() :], title[: first.start()]
        if _is_site(tail, names, host) and len(title[: last.start()]) > 8:
            title = title[: last.start()].rstrip()
        elif letters_of(lead) in names and len(title[first.end() :]) > 12:
            title = title[first.end() :].lstrip()
        else:
            return title
    return title


def _without_tail(one: Candidate[str], heading: str) -> Candidate[str]:
    """A candidate that is the `h1` and a short rest behind a separator (`… - National`) is the `h1`."""
    if len(heading) > 12 and one.value.startswith(heading) and _TAIL.fullmatch(one.value, len(heading)):
        return replace(one, value=heading)
    return one


def _without_section(one: Candidate[str], sections: set[str]) -> Candidate[str]:
    """A candidate without its section at the end, as some papers print it even into their `h1`: `… “không”-Chính trị`."""
    match = _SECTION_TAIL.search(one.value)
    if match is not None and match.start() > _SHORT and letters_of(match["section"]) in sections:
        return replace(one, value=one.value[: match.start()].rstrip())
    return one


def _is_site(words: str, names: set[str], host: str) -> bool:
    """Whether a title's last piece names the site: by its name, or by a word that is part of the host."""
    letters = letters_of(words)
    if not letters or letters in names:
        return True
    if len(letters) >= 3 and letters in letters_of(host):
        return True
    close = [name for name in names if len(name) >= 4 and (name in letters or letters in name)]
    return bool(close) and len(words.split()) <= 5
