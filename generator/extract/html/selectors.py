"""What a source's own selectors find on a page: fields that the general way does not find there.

A selector outweighs the general candidates of its field, which stay as evidence; one that finds nothing leaves the
page to the general way. A body by selector is cleaned like any other: a container holds related news and buttons on
some pages and not on others, which no editor can foresee.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import TypeVar

from lxml.etree import XPath
from lxml.html import HtmlElement

from generator import dates
from generator.extract.findings import Findings
from generator.extract.html.headline import trim_site
from generator.extract.html.page import Page, clean, reread, urlsplit_safe, words_of
from generator.extract.html.people import split_names
from generator.models import Candidate, ClueKind, DateClue
from generator.settings import Selectors
from generator.settings.selector import Step, read_selector
from generator.text import excerpt

_T = TypeVar("_T")

_WEIGHT = 0.97
_TITLE_WEIGHT = 0.99
_BESIDE = 0.5
"""What is left of a general candidate's confidence beside a selector's."""
_DATE_BESIDE = 0.55
"""Too little to contradict, too much to be taken for a page's clock."""
_MOST_CAPTION = 700
_MOST_NAMES = 8
_ROOTS = frozenset({"html", "head", "body"})


@dataclass(slots=True)
class Chosen:
    """What a source's selectors find on one page."""

    how: str = ""
    titles: tuple[Candidate[str], ...] = ()
    authors: tuple[Candidate[tuple[str, ...]], ...] = ()
    leads: tuple[Candidate[str], ...] = ()
    sections: tuple[Candidate[str], ...] = ()
    dates: tuple[DateClue, ...] = ()
    body: tuple[HtmlElement, ...] = ()
    """Elements that hold the text, none inside another."""
    taken: frozenset[HtmlElement] = frozenset()
    """Elements of the other fields, which are no part of the text."""

    def outweigh(self, findings: Findings) -> None:
        """Put what was found before the general candidates of the same field."""
        findings.titles = _before(self.titles, findings.titles)
        findings.authors = _before(self.authors, findings.authors)
        findings.leads = _before(self.leads, findings.leads)
        findings.sections = _before(self.sections, findings.sections)
        if self.dates:
            general = [
                one
                if one.kind is ClueKind.CLOCK
                else replace(one, confidence=min(one.confidence, _DATE_BESIDE))
                for one in findings.dates
            ]
            findings.dates = [*self.dates, *general]


def _before(chosen: Sequence[Candidate[_T]], general: Sequence[Candidate[_T]]) -> list[Candidate[_T]]:
    if not chosen:
        return list(general)
    return [*chosen, *(replace(one, confidence=round(one.confidence * _BESIDE, 3)) for one in general)]


def drop_marked(page: Page, selectors: Sequence[str]) -> Page:
    """The page without what the source drops; the same where it drops nothing."""
    surplus = [element for one in selectors for element in find_elements(page.tree, one)]
    for element in surplus:
        if element.tag not in _ROOTS and element.getparent() is not None:
            element.drop_tree()
    return reread(page) if surplus else page


def read_chosen(page: Page, selectors: Selectors, source: str) -> Chosen:
    """Everything that a source's selectors find on a page; captions they name become captions."""
    chosen = Chosen(f"selector of {source}")
    for element in _found(page, selectors.captions):
        if element.tag not in _ROOTS and 0 < len(words_of(element)) <= _MOST_CAPTION:
            element.tag = "figcaption"
    site = [name for name in (page.meta("og:site_name"), page.linked.publisher) if name]
    host = urlsplit_safe(page.canonical or page.item.url or "")[1].removeprefix("www.")
    title, lead, section = (
        _first_with_words(page, one) for one in (selectors.title, selectors.lead, selectors.section)
    )
    chosen.titles = _candidate(chosen.how, trim_site(_words(title), site, host), _TITLE_WEIGHT)
    chosen.leads = _candidate(chosen.how, _words(lead), _WEIGHT)
    chosen.sections = _candidate(chosen.how, _words(section), _WEIGHT)
    writers = {one: said for one in _found(page, selectors.authors) if (said := _names_in(one))}
    names = tuple(dict.fromkeys(chain.from_iterable(writers.values())))
    if 0 < len(names) <= _MOST_NAMES:
        chosen.authors = (Candidate(names, chosen.how, excerpt("; ".join(names)), _WEIGHT),)
    dated, chosen.dates = _first_date(page, selectors.date, chosen.how)
    chosen.body = _outermost(_found(page, selectors.body))
    fields = (title, lead, section, dated, *(writers if chosen.authors else ()))
    chosen.taken = frozenset(one for one in fields if one is not None and one not in chosen.body)
    return chosen


def _found(page: Page, selector: str | None) -> list[HtmlElement]:
    return find_elements(page.tree, selector) if selector else []


def _candidate(how: str, words: str, weight: float) -> tuple[Candidate[str], ...]:
    return (Candidate(words, how, excerpt(words), weight),) if words else ()


def _first_with_words(page: Page, selector: str | None) -> HtmlElement | None:
    return next((element for element in _found(page, selector) if _words(element)), None)


def _words(element: HtmlElement | None) -> str:
    """An element's words; of a `meta`, what it says."""
    if element is None:
        return ""
    return clean(element.get("content") or "") if element.tag == "meta" else words_of(element)


def _names_in(element: HtmlElement) -> list[str]:
    return split_names(_words(element)[:300])


def _first_date(
    page: Page, selector: str | None, how: str
) -> tuple[HtmlElement | None, tuple[DateClue, ...]]:
    """The first element that holds a date, and that date: its attribute's before its words'."""
    for element in _found(page, selector):
        for words in (element.get("datetime"), element.get("content")):
            if words and dates.read_date(clean(words)) is not None:
                return element, (DateClue(ClueKind.METADATA, clean(words), how, excerpt(words), _WEIGHT),)
        words = words_of(element)[:2000]
        for reading in dates.find_dates(words):
            if reading.precise:
                day = words[reading.start : reading.end]
                return element, (DateClue(ClueKind.STAMP, day, how, excerpt(words), _WEIGHT),)
    return None, ()


def _outermost(elements: Sequence[HtmlElement]) -> tuple[HtmlElement, ...]:
    """The elements that stand in no other of them, in the page's order."""
    inside: dict[HtmlElement, bool] = {}
    every = set(elements)
    return tuple(one for one in elements if not _is_inside(one, every, inside))


# -------------------------------------------------------------------------------------- matching


def find_elements(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements that a selector of the settings finds, in the page's order, each once; linear in the page."""
    paths = [_follow(tree, steps) for steps in read_selector(selector)]
    if len(paths) == 1:
        return paths[0]
    every = set(chain.from_iterable(paths))
    return [one for one in tree.iter() if one in every] if every else []


@lru_cache(maxsize=512)
def _compiled(xpath: str) -> XPath:
    return XPath(xpath)


def _follow(tree: HtmlElement, steps: Sequence[Step]) -> list[HtmlElement]:
    """The elements that the last step finds, where those of the steps before stand to them as the selector says."""
    known: list[HtmlElement] = []
    for step in steps:
        found = _evaluate(tree, step.xpath)
        if step.joint:
            before = set(known)
            inside: dict[HtmlElement, bool] = {}
            match step.joint:
                case ">":
                    found = [one for one in found if one.getparent() in before]
                case "+":
                    found = [one for one in found if one.getprevious() in before]
                case _:
                    found = [one for one in found if _is_inside(one, before, inside)]
        known = found
        if not known:
            break
    return known


def _evaluate(tree: HtmlElement, xpath: str) -> list[HtmlElement]:
    result = _compiled(xpath)(tree)
    return [one for one in result if isinstance(one, HtmlElement)] if isinstance(result, list) else []


def _is_inside(element: HtmlElement, outer: set[HtmlElement], known: dict[HtmlElement, bool]) -> bool:
    """Whether an element stands within one of others; what was learned of each parent is kept, so that a whole page
    costs one walk."""
    walked: list[HtmlElement] = []
    answer = False
    parent = element.getparent()
    while parent is not None:
        if parent in outer:
            answer = True
            break
        if parent in known:
            answer = known[parent]
            break
        walked.append(parent)
        parent = parent.getparent()
    for one in walked:
        known[one] = answer
    return answer
