"""Pictures of the page's own folder, put at their place among the blocks of the text.

A browser that saves a page "complete" puts what it showed into a folder beside it. Which of these pictures belong to
the article is told by their place: beside a caption of the text, or between its paragraphs, or between the headline
and its first one. How large they are is seen later, where the disk is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml.html import HtmlElement

from generator.extract.html.page import Page, clean
from generator.extract.html.pictures import stands_elsewhere
from generator.markup.inline import UNSEEN, is_unseen
from generator.models import Block, BlockKind, Picture
from generator.saved_pages import candidates_of, local_name

_SOURCES = ("data-original", "data-src", "data-lazy-src", "data-full-src", "data-photo-original-src", "src")
_REMOTE = ("http:", "https:", "/", "data:")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_PICTURE_LINK = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|\Z)", re.IGNORECASE)
_CHROME = re.compile(
    r"(?:^|[\s_/-])(?:avatar|logo|icons?|emoji|sprite|pixel|badge|flag|qr|share|social|banner|ads?|advert\w*|quang-?cao|"
    r"sponsor\w*|placeholder|spinner|loading)(?:$|[\s_./-])",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"\.(?:jpe?g|jfif|png|gif|webp|avif|bmp|tiff?|heic)\Z|\A(?:img|dsc|image|photo|anh)[_-]?\d+\Z", re.I
)
_NO_LETTER = re.compile(r"[\W_]+")
_SMALL = 80
"""Pixels, as the page gives them: of a button or a face beside a name."""
_NEAR = 60
"""Letters between a picture and the caption that speaks of it."""
_ANCHOR, _SURE, _LEAST = 60, 20, 4
"""Letters by which a block is known again on the page, how many make it sure to be that block, and how many it needs
between two that are."""
_OPENING = 4000
"""Letters between the headline and the text."""
_MOST, _MOST_LOOKS, _MOST_ALT = 60, 3000, 300
_MOST_MISSES = 200
"""Blocks that are looked for in vain before it is given up: each look goes over much of the page."""


@dataclass(slots=True)
class _Seen:
    """A picture on the page."""

    element: HtmlElement
    names: tuple[str, ...]
    alt: str
    place: int
    """Letters of the page before it."""

    @property
    def picture(self) -> Picture:
        """As a block has it."""
        return Picture(self.names, self.alt)


@dataclass(slots=True)
class _Stream:
    """The page's letters in reading order, and where its pictures and headlines stand among them."""

    letters: str = ""
    pictures: list[_Seen] = field(default_factory=list)
    headlines: list[int] = field(default_factory=list)
    """Where an `h1` ends."""


def place_images(page: Page, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with the pictures of the page's own folder: on their captions, or as captions without words.

    Where the page has none, nothing is done at all.
    """
    if page.tree.body is None or not any(_names_of(image) for image in page.tree.body.iter("img")):
        return blocks
    for unseen in (is_unseen, _is_never_seen):  # some pages are hidden whole until a script has run
        stream = _read(page.tree.body, unseen)
        spans = _locate(stream.letters, blocks)
        texts = [
            place for place, span in enumerate(spans) if span and blocks[place].kind is not BlockKind.CAPTION
        ]
        if texts:
            break
    else:
        return blocks
    first, last = spans[texts[0]], spans[texts[-1]]
    assert first is not None
    assert last is not None
    start = max((end for end in stream.headlines if end <= first[0]), default=None)
    opening = first[0] if start is None or first[0] - start > _OPENING else start
    captions = {
        place: span
        for place, block in enumerate(blocks)
        if block.kind is BlockKind.CAPTION and (span := spans[place])
    }
    taken = _give_captions((seen for seen in stream.pictures if seen.place >= (start or 0)), captions)
    bare: dict[int, list[Block]] = {}
    for seen in stream.pictures:
        own = any(other is seen for other in taken.values())
        if not own and opening <= seen.place < last[1] and not _is_chrome(seen.element):
            # Behind the last block that begins before it.
            before = (place for place, span in enumerate(spans) if span and span[0] < seen.place)
            block = Block(BlockKind.CAPTION, "", "", picture=seen.picture)
            bare.setdefault(max(before, default=-1), []).append(block)
    return tuple(_merge(blocks, taken, bare))


def _give_captions(pictures: Iterable[_Seen], captions: dict[int, tuple[int, int]]) -> dict[int, _Seen]:
    """Caption → its picture: of several above one, the last; the others stand for themselves."""
    taken: dict[int, _Seen] = {}
    for seen in pictures:
        if stands_elsewhere(seen.element, links=False):
            continue
        below = [(span[0], place) for place, span in captions.items() if 0 <= span[0] - seen.place <= _NEAR]
        if below:
            taken[min(below)[1]] = seen
        elif _comes_second(seen.element):
            above = [
                (span[1], place) for place, span in captions.items() if 0 <= seen.place - span[1] <= _NEAR
            ]
            if above:
                taken.setdefault(max(above)[1], seen)
    return taken


def _comes_second(image: HtmlElement) -> bool:
    """Whether a figure's only picture stands below its caption."""
    figure = next(image.iterancestors("figure"), None)
    return (
        figure is not None and figure.find(".//figcaption") is not None and len(list(figure.iter("img"))) == 1
    )


def _merge(
    blocks: tuple[Block, ...], taken: dict[int, _Seen], bare: dict[int, list[Block]]
) -> Iterator[Block]:
    yield from bare.get(-1, ())
    for place, block in enumerate(blocks):
        yield replace(block, picture=taken[place].picture) if place in taken else block
        yield from bare.get(place, ())


# ---------------------------------------------------------------------------------------- the page


def _read(body: HtmlElement, unseen: Callable[[HtmlElement], bool]) -> _Stream:
    """The letters that a reader of the page sees, and the pictures among them."""
    stream, parts, size, looks = _Stream(), list[str](), 0, 0
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if element.tag == "h1":
                stream.headlines.append(size)
            words = element.tail if element is not body else None
        elif element is not body and element.tag != "noscript" and unseen(element):
            walk.skip_subtree()
            continue
        else:
            if element.tag == "img" and len(stream.pictures) < _MOST and looks < _MOST_LOOKS:
                looks += 1
                _add_picture(stream, element, size)
            words = element.text
        if words and (letters := _letters(words)):
            parts.append(letters)
            size += len(letters)
    stream.letters = "".join(parts)
    return stream


def _is_never_seen(element: HtmlElement) -> bool:
    return not isinstance(element.tag, str) or element.tag in UNSEEN


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text.lower())


def _add_picture(stream: _Stream, element: HtmlElement, place: int) -> None:
    names = _names_of(element)
    if not names or _is_small(element):
        return
    before = stream.pictures[-1] if stream.pictures else None
    if (
        before is not None
        and before.place == place
        and next(element.iterancestors("noscript"), None) is not None
    ):
        # What a page shows where no script runs is the picture that a script puts in the place of the one before.
        before.names = tuple(dict.fromkeys((*names, *before.names)))
        return
    if all(names[0] not in seen.names for seen in stream.pictures):
        stream.pictures.append(_Seen(element, names, _alt_of(element), place))


def _names_of(image: HtmlElement) -> tuple[str, ...]:
    """The files of the page's folder that an `img` may show, the best first."""
    picture = next(image.iterancestors("picture"), None)  # the parser puts `img` into a `source` before it
    sets = [image] if picture is None else [*picture.iter("source"), image]
    found = [
        name
        for element in sets
        for attribute in _SETS
        if (addresses := element.get(attribute)) and not addresses.lstrip().startswith(_REMOTE)
        for address in candidates_of(addresses)
        if (name := local_name(address))
    ]
    found += [name for attribute in _SOURCES if (name := local_name(image.get(attribute) or ""))]
    return tuple(dict.fromkeys(found))[:10]


def _alt_of(image: HtmlElement) -> str:
    """The page's words for those who do not see the picture; the name of a file is none."""
    words = clean(image.get("alt") or "")[:_MOST_ALT].strip()
    return "" if _FILE_NAME.search(words) else words


def _is_small(image: HtmlElement) -> bool:
    return any(
        (value := (image.get(side) or "").strip().removesuffix("px")).isdecimal() and int(value[:6]) <= _SMALL
        for side in ("width", "height")
    )


def _is_chrome(image: HtmlElement) -> bool:
    """Whether a picture without a caption is none of the text's: a teaser's, an advertisement, a face beside a name."""
    if stands_elsewhere(image, links=False):
        return True
    link = next(image.iterancestors("a"), None)
    if link is not None and (href := (link.get("href") or "").strip()):
        leads_away = not href.startswith(("#", "javascript:")) and not local_name(href)
        if leads_away and not _PICTURE_LINK.search(href):
            return True
    element: HtmlElement | None = image
    for _ in range(3):
        if element is None or element.tag in ("body", "article", "main"):
            break
        if _CHROME.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        element = element.getparent()
    return False


# --------------------------------------------------------------------------------------- the blocks


def _locate(letters: str, blocks: Sequence[Block]) -> list[tuple[int, int] | None]:
    """Where each block begins and ends among the page's letters; None where it is not found again.

    The blocks that are sure to be known are looked for one behind the other, the short ones and the captions then
    between them.
    """
    words = [_letters(block.text) or _letters(block.credit) for block in blocks]
    spans: list[tuple[int, int] | None] = [None] * len(blocks)
    cursor = misses = 0
    for index, own in enumerate(words):
        if blocks[index].kind is BlockKind.CAPTION or len(own) < _SURE or misses > _MOST_MISSES:
            continue
        place = letters.find(own[:_ANCHOR], cursor)
        if place < 0:
            misses += 1
            continue
        spans[index] = (place, place + len(own))
        cursor = place + 1
    before: tuple[int, int] | None = None
    misses = 0
    for index, own in enumerate(words):
        if spans[index] is None and len(own) >= _LEAST and misses <= _MOST_MISSES:
            behind = next((span for span in spans[index + 1 : index + 40] if span), None)
            start = before[1] if before else max(0, behind[0] - _OPENING) if behind else 0
            end = min(behind[0] if behind else len(letters), start + 5 * _OPENING)
            place = letters.find(own[:_ANCHOR], start, end)
            if place >= 0:
                spans[index] = (place, place + len(own))
            else:
                misses += 1
        before = spans[index] or before
    return spans
