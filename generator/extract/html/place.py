"""Where an article stands: its publisher, its address, its section, its language."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from generator.extract.html.headline import site_in_window
from generator.extract.html.page import Page, clean, urlsplit_safe, words_of
from generator.extract.html.pictures import stands_elsewhere
from generator.extract.origin import copyright_holder, may_be_outlet
from generator.models import Candidate
from generator.text import excerpt, match_key

_SECTION_METAS = ("article:section", "parsely-section", "section", "cxenseparse:category", "articlesection", "og:section",
                  "dc.subject.section", "news:section", "og:article:section")  # fmt: skip
_TRAIL = (
    "//*[self::nav or self::ol or self::ul or self::div]["
    + " or ".join(
        f"contains(@{name}, '{part}')" for name in ("class", "aria-label") for part in ("rumb", "RUMB")
    )
    + "]"
)
_CRUMBS = re.compile(r"breadcrumb|crumbs", re.IGNORECASE)
_CATEGORY = re.compile(
    r"(?:^|\s)(?:(?:post|entry|article|news|detail)[_-]{1,2})?(?:category|categories|cat|chuyen-?muc|articleSection)(?:[_-]{1,2}(?:name|link|links|title))?(?:$|\s)"
)
_MOST_RIGHTS = 4
_HOME = frozenset({"home", "homepage", "start", "startseite", "accueil", "inicio", "portada", "trang chủ", "trang nhất", "nyheter",
                   "strona główna", "главная", "головна", "トップ", "首页", "beranda", "anasayfa", "news"})  # fmt: skip


def find_sources(page: Page) -> list[Candidate[str]]:
    """Names and domains of the publisher."""
    found = [
        (page.linked.publisher, "JSON-LD publisher", 0.85),
        (page.meta("og:site_name"), "meta og:site_name", 0.85),
        (urlsplit_safe(page.canonical)[1].removeprefix("www."), "domain of the canonical address", 0.9),
        (page.meta("application-name", "apple-mobile-web-app-title"), "meta application-name", 0.55),
        (page.meta("dc.publisher", "dcterms.publisher", "article:publisher:name"), "meta dc.publisher", 0.6),
        (page.meta("copyright"), "meta copyright", 0.35),
    ]
    return [
        Candidate(name, how, excerpt(name), weight)
        for name, how, weight in found
        if name and len(name) <= 80 and not name.startswith(("http:", "https:"))
    ]


def find_addresses(page: Page) -> list[Candidate[str]]:
    """The canonical address, as the page and its linked data give it."""
    found = [(page.canonical, "link canonical", 0.95), (page.resolve(page.meta("og:url")), "meta og:url", 0.85),
             (page.resolve(page.linked.url), "JSON-LD url", 0.75)]  # fmt: skip
    unique: dict[str, Candidate[str]] = {}
    for address, how, weight in found:
        if address and urlsplit_safe(address)[1]:
            unique.setdefault(address, Candidate(address, how, excerpt(address), weight))
    return list(unique.values())


def find_sections(page: Page) -> list[Candidate[str]]:
    """The section in which the publisher files the article."""
    found = [(page.linked.section, "JSON-LD articleSection", 0.85)]
    found += [(page.meta(name), f"meta {name}", 0.8) for name in _SECTION_METAS]
    title = match_key(page.linked.headline)
    crumbs = [
        name for name in page.linked.crumbs if match_key(name) not in _HOME and match_key(name) != title
    ]
    found += [(crumbs[0], "breadcrumbs", 0.7)] if crumbs else []
    found += [(name, "breadcrumbs, further in", 0.55) for name in crumbs[1:4]]
    shown = _visible_crumbs(page)
    found += [(name, "breadcrumbs", 0.6) for name in shown[:1]]
    found += [(name, "breadcrumbs, further in", 0.5) for name in shown[1:4] if match_key(name) != title]
    if not any(name for name, _, _ in found):
        found.append((_named_section(page), "element named as category", 0.5))
    return [
        Candidate(name, how, excerpt(name), weight)
        for name, how, weight in found
        if name and len(name) <= 60 and not name.startswith("http")
    ]


def _named_section(page: Page) -> str:
    """The only category that an element named for it links to, outside of menus and teasers."""
    for element in page.tree.iter("dd", "span", "div", "p", "li"):
        names = element.get("class") or element.get("itemprop")
        if not names or not _is_category(names) or stands_elsewhere(element):
            continue
        links = [words for link in islice(element.iter("a"), 3) if (words := words_of(link))]
        return links[0] if len(links) == 1 else ""
    return ""


@lru_cache(maxsize=4096)
def _is_category(names: str) -> bool:
    return _CATEGORY.search(names) is not None


def _visible_crumbs(page: Page) -> list[str]:
    """The names of the first breadcrumb trail in the page, without the home page."""
    for element in page.tree.xpath(_TRAIL):
        if not isinstance(element, HtmlElement) or not _CRUMBS.search(
            f"{element.get('class')} {element.get('aria-label')}"
        ):
            continue
        names = [
            clean("".join(text for text in link.itertext() if isinstance(text, str)))
            for link in islice(element.iter("a"), 8)
        ]
        names = [name for name in names if name and match_key(name) not in _HOME and len(name) <= 40]
        if names:
            return names
    return []


def find_shown_sources(page: Page) -> list[Candidate[str]]:
    """Names of the publisher for a page whose head gives none: its copyright line's, its logo's, the end of its window
    title, where that is an outlet's by its form or stands elsewhere on the page."""
    found = find_rights(page)
    if logo := page.logo:
        found.append(Candidate(logo, "name beside the page's logo", logo, 0.5))
    sections = {match_key(one.value) for one in find_sections(page)}
    if (name := site_in_window(page, sections)) and page.tree.body is not None:
        shown = clean("".join(text for text in page.tree.body.itertext() if isinstance(text, str)))
        if match_key(name) not in sections and (may_be_outlet(name) or name in shown):
            found.append(Candidate(name, "end of the window title", name, 0.4))
    return found


def find_rights(page: Page) -> list[Candidate[str]]:
    """Whose the page says its texts are, for pages that name their publisher nowhere else."""
    found: dict[str, Candidate[str]] = {}
    for element in page.tree.iter("footer", "p", "div", "small", "span", "td", "center", "li"):
        own = element.text or ""
        if (
            "©" in own
            or "opyright" in own
            or "quyền" in own
            or "QUYỀN" in own
            or "(c)" in own
            or "nguồn" in own
        ):
            small = len(list(islice(element.iter(), 12))) < 12
            line = words_of(element) if small else clean(own[:400])
            if holder := copyright_holder(line):
                found.setdefault(holder, Candidate(holder, "copyright line", excerpt(line), 0.4))
                if len(found) == _MOST_RIGHTS:
                    break
    return list(found.values())


def find_languages(page: Page) -> list[Candidate[str]]:
    """The language that the page declares."""
    root = page.tree.getroottree().getroot()
    found = [
        (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "", "html lang", 0.8),
        (page.linked.language, "JSON-LD inLanguage", 0.8),
        (page.meta("og:locale"), "meta og:locale", 0.6),
        (page.meta("content-language", "language", "dc.language"), "meta language", 0.6),
    ]
    return [
        Candidate(value, how, value, weight)
        for value, how, weight in found
        if re.match(r"[A-Za-z]{2,3}(?:[-_]|$)", value)
    ]
