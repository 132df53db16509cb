"""Where an article stands: its publisher, its address, its section, its language."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from generator.extract.html.page import Page, clean, urlsplit_safe
from generator.models import Candidate
from generator.text import excerpt, match_key

_SECTION_METAS = ("article:section", "parsely-section", "section", "cxenseparse:category", "articlesection", "og:section",
                  "dc.subject.section", "news:section", "og:article:section")  # fmt: skip
_TRAIL = "//*[(self::nav or self::ol or self::ul or self::div) and (@class or @aria-label)]"
_CRUMBS = re.compile(r"breadcrumb|crumbs", re.IGNORECASE)
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
    found.append((_visible_crumb(page), "breadcrumbs", 0.6))
    return [
        Candidate(name, how, excerpt(name), weight)
        for name, how, weight in found
        if name and len(name) <= 60 and not name.startswith("http")
    ]


def _visible_crumb(page: Page) -> str:
    """The first name of a breadcrumb trail in the page that is not the home page."""
    for element in page.tree.xpath(_TRAIL):
        if not isinstance(element, HtmlElement) or not _CRUMBS.search(
            f"{element.get('class')} {element.get('aria-label')}"
        ):
            continue
        for link in element.iter("a"):
            name = clean("".join(text for text in link.itertext() if isinstance(text, str)))
            if name and match_key(name) not in _HOME and len(name) <= 40:
                return name
    return ""


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
