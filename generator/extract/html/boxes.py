"""Boxes of a page that are known by their name or their form: banners and votes, captions beside their picture.

What follows reads the page in several ways (trafilatura's tree, lines, the region of the headline); settled here, a
box is the same to all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from generator.extract.chrome import stamp_of
from generator.extract.html.page import Page, names_of, words_of
from generator.extract.html.pictures import is_caption, stands_elsewhere

_BESIDE_TEXT = re.compile(
    r"(?:^|[\s_]|(?<!-)-)(?:cookies?|gdpr|consent|votes?|rating|star-?rating|stringrating|polls?|danh-?gia|newsletters?|sign-?up|note-?box|promo(?:tion|box)?"
    r"|advert(?:isement)?|quang-?cao|sponsored|app-?download|tai-?app)(?:$|[\s_-])|(?:^|\s)ads?(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names of boxes; behind two dashes stands what a box has, not what it is."""
_CAPTIONS = ("div", "p")
_BOXES = ("div", "section", "aside", "form", "ul", "p")
_ENTRIES = ("div", "section", "article", "li")
_NO_ENTRY = re.compile(
    r"authors?|bio|profile|widget|comments?|box|banner|tac-?gia|lien-?quan|more|also|xem-?them", re.IGNORECASE
)
"""Names of boxes in an article that are none of its parts."""
_MOST_WORDS = 600
"""Characters of a box that stands beside a text; a longer one holds it."""
_PICTURES = ("img", "picture", "video", "amp-img")
_NO_CAPTION = ("table", "h1", "h2", "h3", "form", "ul", "ol", "input")
_MOST_CELLS, _MOST_CAPTION, _LEAST_CAPTION = 8, 300, 3
_MOST_PICTURES, _DEEP = 200, 4
_WRAPS = ("a", "picture", "div", "span", "p", "center", "b", "strong")
_PICTURE_BOXES = ("div", "p", "center", "span", "section")
_OF_PICTURE = re.compile(
    r"(?:^|[\s_-])(?:media|images?|img|photos?|pic|picture|figure|anh|hinh|khung-?anh)(?:[\s_-](?:box|wrap(?:per)?|container|block|item))?(?:$|\s)",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"(?:^|[\s_-])(?:credits?|photographer|copyright)(?:$|[\s_-])", re.IGNORECASE)
_PROSE = 40
"""Characters beside a table from which on it stands in a text."""
_TEASER = 15
"""Characters of a headline, on the mean of a list's; menus and trails have shorter names."""


def settle_boxes(page: Page) -> None:
    """Take out the boxes that are no part of any article, and call the captions of pictures what they are."""
    for table in list(page.tree.iter("table")):
        if (cell := _caption_cell(table)) is not None:
            _make_figure(table, cell)
    for picture in islice(page.tree.iter("img"), _MOST_PICTURES):
        if (words := _words_beside(picture)) is not None:
            words.tag = "figcaption"
    _open_entries(page)
    found: list[HtmlElement] = []
    for element in page.tree.iter("div", "p", "section", "aside", "form", "ul"):
        names = element.get("class") or element.get("id")
        if element.tag == "ul" and not names:
            if _is_list_of_teasers(element):
                found.append(element)
        elif names and element.tag in _BOXES and _is_beside_text(names) and _is_small(element):
            found.append(element)
        elif names and element.tag in _CAPTIONS and is_caption(element) and _stands_alone(element):
            element.tag = "figcaption"
    for element in found:
        if element.getparent() is not None:
            element.drop_tree()


def _open_entries(page: Page) -> None:
    """Take the names from the entries of a live report, boxes of one kind in the article each with a heading of its
    own: an extractor believes the first one called `post` to be the whole article."""
    holders = {
        one
        for h1 in islice(page.tree.iter("h1"), _DEEP)
        for one in h1.iterancestors()
        if one.tag not in ("body", "html")
    }
    if not holders:
        return
    entries: dict[tuple[HtmlElement, str, str], list[HtmlElement]] = {}
    for heading in page.tree.iter("h2", "h3", "h4"):
        box = heading.getparent()
        if box is not None and box.tag in ("header", "hgroup"):
            box = box.getparent()
        parent = box.getparent() if box is not None else None
        if box is None or parent is None or box.tag not in _ENTRIES or box in holders:
            continue
        if parent in holders or parent.getparent() in holders:
            kind = (box.get("class") or box.get("id") or "").split()
            entries.setdefault((parent, box.tag, kind[0] if kind else ""), []).append(heading)
    for (_, _, name), headings in entries.items():
        if (name or headings[0].getparent().tag == "article") and len(headings) > 1:
            _open_alike(headings)


def _open_alike(headings: Sequence[HtmlElement]) -> None:
    """Take the names from boxes that are all entries: no heading leads elsewhere, and text stands below each."""
    boxes = [box if (box := one.getparent()).tag in _ENTRIES else box.getparent() for one in headings]
    named = boxes[0].get("class") or boxes[0].get("id") or ""
    if len(set(boxes)) < len(boxes) or _NO_ENTRY.search(named) or stands_elsewhere(headings[0]):
        return
    for heading, box in zip(headings, boxes, strict=True):
        linked = (
            next(heading.iter("a"), None) is not None or next(heading.iterancestors("a"), None) is not None
        )
        if linked or not any(len(words_of(one)) >= _PROSE for one in box.iter("p")):
            return
    if (holder := boxes[0].getparent()).tag in ("ul", "ol"):
        holder.tag = "div"
    for box in boxes:
        box.tag = "div"
        box.attrib.pop("class", None)
        box.attrib.pop("id", None)


@lru_cache(maxsize=4096)
def _is_beside_text(names: str) -> bool:
    return _BESIDE_TEXT.search(names) is not None


def _is_small(element: HtmlElement) -> bool:
    """Whether a box holds little, and nothing that only an article has."""
    if next(element.iter("h1", "article", "main", "time"), None) is not None:
        return False
    return len("".join(element.itertext())) <= _MOST_WORDS


def _stands_alone(element: HtmlElement) -> bool:
    """Whether a caption stands neither in a caption nor around one, nor around its picture."""
    return (
        next(element.iterancestors("figcaption"), None) is None
        and next(element.iterdescendants("figcaption", *_PICTURES), None) is None
    )


def _is_list_of_teasers(element: HtmlElement) -> bool:
    """Whether a list is nothing but headlines in links that lead nowhere, as some programs save a page."""
    items = [one for one in element if one.tag == "li"]
    links = [one[0] for one in items if len(one) and one[0].tag == "a" and not one[0].get("href")]
    if len(items) < 2 or len(links) < len(items):
        return False
    words = sum(len(words_of(one)) for one in links)
    return words >= _TEASER * len(items) and words >= 0.9 * len(words_of(element))


# ------------------------------------------------------------------------------------ picture tables


def _caption_cell(table: HtmlElement) -> HtmlElement | None:
    """The cell with the caption of a table that places one picture and the words about it, in a text."""
    if (
        next(table.iter(*_PICTURES), None) is None
        or next(table.iterdescendants(*_NO_CAPTION), None) is not None
    ):
        return None
    cells = list(islice(table.iter("td", "th", "caption"), _MOST_CELLS + 1))
    said = [(cell, words) for cell in cells if (words := words_of(cell))]
    if len(cells) > _MOST_CELLS or len(said) != 1:
        return None
    cell, words = said[0]
    linked = any(words_of(link) == words for link in cell.iter("a"))
    if not _LEAST_CAPTION <= len(words) <= _MOST_CAPTION or linked or stamp_of(words) is not None:
        return None
    return cell if _is_in_text(table) and not stands_elsewhere(table) else None


# ------------------------------------------------------------------------------------- picture boxes


def _words_beside(picture: HtmlElement) -> HtmlElement | None:
    """The element that holds all words of a picture's box: set in italics, or with a credit, or in a box named for
    its picture; a paragraph that a picture stands in is none."""
    box = picture
    for _ in range(_DEEP):
        parent = box.getparent()
        if parent is None or parent.tag not in _WRAPS or _has_words(parent):
            break
        box = parent
    parent = box.getparent()
    if parent is None or parent.tag not in _PICTURE_BOXES or _own_words(parent) or _is_long(parent):
        return None
    said = [one for one in parent if one is not box and _has_words(one)]
    if len(said) != 1 or next(parent.iter(*_NO_CAPTION, "figcaption"), None) is not None:
        return None
    words, caption = words_of(said[0]), said[0]
    linked = any(words_of(link) == words for link in caption.iter("a"))
    if linked or len(words) < _LEAST_CAPTION or stamp_of(words) is not None:
        return None
    named = _OF_PICTURE.search(names_of(parent)) is not None and caption.tag in ("div", "p", "span")
    credited = any(_CREDIT.search(one.get("class") or "") for one in caption.iterdescendants())
    if not (caption.tag in ("em", "i", "small") or named or credited):
        return None
    return caption if _is_in_text(parent) and not stands_elsewhere(picture, links=False) else None


def _has_words(element: HtmlElement) -> bool:
    return any(text.strip() for text in element.itertext())


def _own_words(element: HtmlElement) -> bool:
    """Whether words stand in an element itself, outside of any in it."""
    return bool((element.text or "").strip()) or any((one.tail or "").strip() for one in element)


def _is_long(element: HtmlElement) -> bool:
    size = 0
    for text in element.itertext():
        size += len(text)
        if size > 2 * _MOST_CAPTION:
            return True
    return len(words_of(element)) > _MOST_CAPTION


def _is_in_text(table: HtmlElement) -> bool:
    """Whether running text stands right before or behind a table, whatever marks its paragraphs."""
    if len((table.tail or "").strip()) >= _PROSE:
        return True
    for sibling in (*islice(table.itersiblings(preceding=True), 4), *islice(table.itersiblings(), 4)):
        own = (
            "".join(sibling.itertext()) if sibling.tag in ("p", "div", "span", "b", "font", "center") else ""
        )
        if len(own.strip()) >= _PROSE or len((sibling.tail or "").strip()) >= _PROSE:
            return True
    return False


def _make_figure(table: HtmlElement, caption: HtmlElement) -> None:
    """Call a picture's table a figure, and the cell that speaks of it the caption; its picture stands outside of it."""
    for part in table.iter("thead", "tbody", "tfoot", "tr", "td", "th", "caption"):
        part.tag = "div"
    table.tag, caption.tag = "figure", "figcaption"
    for picture in list(caption.iter("img")):
        caption.addprevious(_detached(picture))


def _detached(picture: HtmlElement) -> HtmlElement:
    """An element taken from its place, the words behind it left there."""
    parent, before = picture.getparent(), picture.getprevious()
    if picture.tail:
        if before is not None:
            before.tail = (before.tail or "") + picture.tail
        elif parent is not None:
            parent.text = (parent.text or "") + picture.tail
        picture.tail = None
    if parent is not None:
        parent.remove(picture)
    return picture
