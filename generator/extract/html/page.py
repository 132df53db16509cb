"""A page parsed once: its tree, its metadata by name, its linked data, its visible headline area."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.etree import LxmlError, strip_elements
from lxml.html import HtmlElement, HTMLParser

from generator.extract.html.linked_data import LinkedData, read_linked_data
from generator.models import RawItem
from generator.text import match_key, normalize, remember, squeeze

MAX_CHARACTERS = 12_000_000
MAX_ELEMENTS = 150_000
"""Elements of a page; the largest of 181 news pages had 13,000."""
_PARAGRAPHS = 3
_MOST_NAME, _MOST_HOME = 60, 20
"""Characters of a site's name, and of a link to its first page."""
_HOME = re.compile(r"/|\./|(?:\./|/)?(?:index|default|home)\.\w{2,5}", re.IGNORECASE)
_SAYS_HOME = re.compile(
    r"(?<!\w)(?:home|homepage|trang chủ|trang nhất|start|startseite|accueil|inicio)(?!\w)", re.I
)
_LOGO = re.compile(r"logo|brand|masthead|(?:site|blog)-?(?:title|name)", re.IGNORECASE)
_BLANK = re.compile(r"^\s*(?:\{\{.*\}\}|undefined|null|none|n/a|false|true)?\s*$", re.IGNORECASE)


@dataclass
class Page:
    """A page's tree and what its head says."""

    tree: HtmlElement
    item: RawItem
    metas: dict[str, list[str]] = field(default_factory=dict)
    """Contents of meta elements by `name`, `property` or `itemprop`, lower case, in order."""

    @cached_property
    def linked(self) -> LinkedData:
        """What the page's JSON-LD says of the article."""
        scripts = (
            script.text or ""
            for script in self.tree.iter("script")
            if "ld+json" in (script.get("type") or "").lower()
        )
        return read_linked_data(scripts, self.canonical)

    @cached_property
    def canonical(self) -> str:
        """The address that the page gives itself, empty where it gives none."""
        for link in self.tree.iter("link"):
            if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
                return self.resolve(link.get("href") or "")
        return self.resolve(self.meta("og:url"))

    @property
    def base(self) -> str:
        """What relative links are resolved against."""
        stated = next((one.value for one in self.item.statements if one.field == "url"), "")
        return self.item.url or stated or self._base_element or self.canonical

    @cached_property
    def _base_element(self) -> str:
        element = next(self.tree.iter("base"), None)
        href = (element.get("href") or "") if element is not None else ""
        return href if href.startswith(("http://", "https://")) else ""

    @cached_property
    def logo(self) -> str:
        """The site's name as the page shows it: in an `h1` or beside a logo, as a link to the site's first page."""
        for link in self.tree.iter("a"):
            parent = link.getparent()
            if parent is None or not self.leads_home(link):
                continue
            words = words_of(link)
            around = (link, parent, parent.getparent())
            if not 2 < len(words) <= _MOST_NAME or _SAYS_HOME.search(words):
                continue
            if parent.tag == "h1" or any(one is not None and _LOGO.search(names_of(one)) for one in around):
                return words
        return ""

    def leads_home(self, link: HtmlElement) -> bool:
        """Whether a link leads to the site's first page."""
        href = (link.get("href") or "").strip()
        if len(href) <= _MOST_HOME and _HOME.fullmatch(href):
            return True
        return bool(self._host) and href.endswith(self._ends) and href.rstrip("/").endswith(f"//{self._host}")

    @cached_property
    def _host(self) -> str:
        return urlsplit_safe(self.canonical or self.item.url or "")[1]

    @cached_property
    def _ends(self) -> tuple[str, str]:
        return self._host, f"{self._host}/"

    def meta(self, *names: str) -> str:
        """The first content of the first of these metas that has one."""
        return next((values[0] for name in names if (values := self.metas.get(name))), "")

    def resolve(self, address: str) -> str:
        """An absolute http(s) address, or nothing."""
        address = address.strip()
        if address and not urlsplit_safe(address)[0] and self.item.url:
            try:
                address = urljoin(self.item.url, address)
            except ValueError:
                return ""
        scheme, host = urlsplit_safe(address)
        return address if scheme in {"http", "https"} and host else ""


def urlsplit_safe(address: str) -> tuple[str, str]:
    """(scheme, host) of an address; empty where it cannot be read."""
    try:
        parts = urlsplit(address)
        return parts.scheme.lower(), (parts.hostname or "").lower()
    except ValueError:
        return "", ""


def open_page(item: RawItem) -> Page | None:
    """The page of a raw item; None where there is nothing to parse.

    The parser repairs, fetches nothing, and cuts what is nested deeper than some 250 levels.
    """
    text = item.text[:MAX_CHARACTERS]
    if not text.strip():
        return None
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser, ensure_head_body=True)
    except (LxmlError, ValueError):
        return None
    _lighten(tree)
    _bound(tree)
    return reread(Page(tree, item))


def reread(page: Page) -> Page:
    """A page of the same tree, whose head is read again: for one that something was taken out of."""
    fresh = Page(page.tree, page.item)
    for name, content in _iterate_metas(page.tree):
        fresh.metas.setdefault(name, []).append(content)
    return fresh


def _lighten(tree: HtmlElement) -> None:
    """Take out what nobody reads: programs, styles, drawings. They are half of a page, and each step copies it."""
    for script in list(tree.iter("script")):
        if "ld+json" not in (script.get("type") or "").lower():
            script.tag = "style"
    strip_elements(tree, "style", "svg", with_tail=False)
    for form in list(tree.iter("form")):
        if _holds_text(form):
            form.tag = "div"  # a whole page in one form, as ASP.NET makes them


def empty_chrome(page: Page) -> None:
    """Take out what stands in menus and footers, once they have said what they say: the text is found sooner."""
    for element in list(page.tree.iter("nav", "footer")):
        if element.getparent() is not None and not _holds_text(element):
            element.clear(keep_tail=True)


def _holds_text(element: HtmlElement) -> bool:
    """Whether an element that should hold none has a headline or paragraphs in it."""
    return next(element.iter("h1", "article", "main"), None) is not None or any(
        number == _PARAGRAPHS for number, _ in enumerate(element.iter("p"), start=1)
    )


def _bound(tree: HtmlElement) -> None:
    """Cut a page with absurdly many elements: what stands behind them is no news article."""
    if float(str(tree.xpath("count(//*)"))) <= MAX_ELEMENTS:
        return
    for number, element in enumerate(tree.iter()):
        if number == MAX_ELEMENTS:
            surplus: HtmlElement | None = element
            while surplus is not None and surplus.getparent() is not None:
                parent = surplus.getparent()
                for later in list(surplus.itersiblings()):
                    parent.remove(later)
                surplus = parent
            return


def _iterate_metas(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        content = clean(meta.get("content") or "")
        if not content or _BLANK.match(content):
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (meta.get(attribute) or "").lower().split():
                yield name, content


def clean(text: str) -> str:
    """One line of decoded words."""
    line = squeeze(text)
    if line.isprintable() and unicodedata.is_normalized("NFC", line):
        return line  # the reader has been over the raw text; only entities bring other characters back
    return squeeze(normalize(line))


def words_of(element: HtmlElement) -> str:
    """An element's visible words on one line."""
    return clean(" ".join(text for text in element.itertext() if isinstance(text, str)))


@remember
def letters_of(text: str) -> str:
    """A text's letters and digits alone, for telling whether two say the same."""
    return re.sub(r"[\W_]+", "", match_key(text))


def names_of(element: HtmlElement) -> str:
    """Class, id and the like of an element, for telling its part by its name."""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
