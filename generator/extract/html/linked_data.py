"""JSON-LD as publishers really write it: arrays, graphs, references, entities, and JSON that is none.

https://schema.org/NewsArticle
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.extract.html.people import split_names
from generator.models import MetaValue
from generator.text import normalize, squeeze

_MAX_LENGTH = 2_000_000
_MAX_NODES = 5_000
_MAX_DEPTH = 12
_ARTICLES = frozenset(
    {"newsarticle", "article", "reportagenewsarticle", "blogposting", "liveblogposting", "opinionnewsarticle"}
    | {"analysisnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "report"}
    | {
        "advertisercontentarticle",
        "satiricalarticle",
        "socialmediaposting",
        "scholarlyarticle",
        "techarticle",
    }
)
_ORGANISATIONS = ("organization", "organisation", "newsmediaorganization", "corporation", "brand")
_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.{0,20}?\*/|<!\[CDATA\[)?|(?:-->|//\s*\]\]>|\]\]>|;)?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)

Node = Mapping[str, MetaValue]


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What a page's JSON-LD says of its article; empty where it says nothing."""

    headline: str = ""
    alternative: str = ""
    published: str = ""
    created: str = ""
    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    """Organisations that stand as authors."""
    publisher: str = ""
    publisher_url: str = ""
    section: str = ""
    crumbs: tuple[str, ...] = ()
    """Names of the breadcrumb trail, the home page first."""
    description: str = ""
    body: str = ""
    language: str = ""
    url: str = ""
    closed: bool = False
    """Whether it says that the text is not free to read."""
    words: int = 0
    """How many words it says that the text has; 0 where it does not say."""
    captions: tuple[tuple[str, str], ...] = field(default=())
    """Of pictures: (caption, credit)."""


def read_linked_data(scripts: Iterable[str], address: str = "") -> LinkedData:
    """The article that the scripts describe: the one at `address` where there are several."""
    nodes: list[Node] = []
    for script in scripts:
        for value in _load(script):
            nodes.extend(_flatten(value, 0))
            if len(nodes) > _MAX_NODES:
                break
    named = {str(node["@id"]): node for node in nodes if node.get("@id") and len(node) > 1}
    articles = [node for node in nodes if _types(node) & _ARTICLES]
    page = next((node for node in nodes if "webpage" in _types(node)), {})
    crumbs = _crumbs(nodes, named)
    if not articles:
        return LinkedData(published=_words(page.get("datePublished")), crumbs=crumbs,
                          language=_words(page.get("inLanguage")))  # fmt: skip
    return _describe(max(articles, key=lambda node: _weight(node, address)), page, crumbs, named)


def _describe(article: Node, page: Node, crumbs: tuple[str, ...], named: Mapping[str, Node]) -> LinkedData:
    persons, organisations = _authors(article, named)
    publisher = _resolve(article.get("publisher"), named)
    publishers = publisher[0] if publisher and isinstance(publisher[0], Mapping) else {}
    return LinkedData(
        headline=_words(article.get("headline")) or _words(article.get("name")),
        alternative=_words(article.get("alternativeHeadline")),
        published=_words(article.get("datePublished")) or _words(page.get("datePublished")),
        created=_words(article.get("dateCreated")),
        persons=persons,
        organisations=organisations,
        publisher=_words(publishers.get("name")) if publishers else _words(article.get("publisher")),
        publisher_url=_words(publishers.get("url")),
        section=_words(article.get("articleSection")),
        crumbs=crumbs,
        description=_words(article.get("description")),
        body=_text(article.get("articleBody")),
        language=_words(article.get("inLanguage")),
        url=_address_of(article),
        closed=str(article.get("isAccessibleForFree")).lower() in ("false", "no"),
        words=int(count) if (count := _words(article.get("wordCount"))).isdecimal() and len(count) < 7 else 0,
        captions=tuple(_captions(article, named)),
    )


def _weight(node: Node, address: str) -> tuple[bool, bool, int]:
    own = _address_of(node).split("#")[0].split("?")[0].rstrip("/")
    here = bool(address) and own == address.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0].rstrip("/")
    said = sum(
        1 for key in ("headline", "datePublished", "author", "publisher", "articleBody") if node.get(key)
    )
    return here, bool(node.get("headline")), said


def _address_of(node: Node) -> str:
    whole = node.get("mainEntityOfPage")
    if isinstance(whole, Mapping):
        whole = whole.get("@id") or whole.get("url")
    return _words(node.get("url")) or _words(whole)


# --------------------------------------------------------------------------------------- authors


def _authors(article: Node, named: Mapping[str, Node]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(persons, organisations) that the article names as its makers."""
    persons: list[str] = []
    organisations: list[str] = []
    for author in _resolve(article.get("author") or article.get("creator"), named):
        if isinstance(author, Mapping):
            names = [
                name for value in _resolve(author.get("name"), named) for name in split_names(_words(value))
            ]
            kinds = _types(author)
            (organisations if any(kind in kinds for kind in _ORGANISATIONS) else persons).extend(names)
        else:
            persons.extend(split_names(_words(author)))
    return tuple(dict.fromkeys(persons)), tuple(dict.fromkeys(organisations))


def _captions(article: Node, named: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    for image in _resolve(article.get("image"), named)[:20]:
        if isinstance(image, Mapping) and (
            caption := _words(image.get("caption")) or _words(image.get("description"))
        ):
            yield caption, _words(image.get("creditText")) or _words(image.get("copyrightHolder"))


def _crumbs(nodes: Iterable[Node], named: Mapping[str, Node]) -> tuple[str, ...]:
    """The breadcrumb trail in its order."""
    for node in nodes:
        if "breadcrumblist" not in _types(node):
            continue
        trail: list[tuple[float, str]] = []
        for place, element in enumerate(_resolve(node.get("itemListElement"), named)):
            if not isinstance(element, Mapping):
                continue
            item = element.get("item")
            inner = item.get("name") if isinstance(item, Mapping) else None
            position = element.get("position")
            rank = float(position) if isinstance(position, int | float) else float(place)
            if name := _words(element.get("name")) or _words(inner):
                trail.append((rank, name))
        if trail:
            return tuple(name for _, name in sorted(trail, key=lambda entry: entry[0]))
    return ()


# --------------------------------------------------------------------------------------- reading


def _load(script: str) -> list[MetaValue]:
    """The values of one script; several in a row and small slips of syntax are put up with."""
    text = script[:_MAX_LENGTH].strip()
    for _ in range(2):
        if text[:1] not in ("{", "[") or text[-1:] not in ("}", "]"):
            text = _WRAPPER.sub("", text).strip()
    if not text:
        return []
    repairs: tuple[Callable[[str], str], ...] = (str, _without_commas, html.unescape)
    for repair in repairs:
        values = _decode(repair(text))
        if values:
            return values
    return []


def _without_commas(text: str) -> str:
    """JSON without the commas that some write behind the last value."""
    return _TRAILING_COMMA.sub(r"\1", text)


def _decode(text: str) -> list[MetaValue]:
    decoder = json.JSONDecoder(strict=False)
    values: list[MetaValue] = []
    place = 0
    try:
        while place < len(text) and len(values) < 50:
            value, place = decoder.raw_decode(text, place)
            values.append(value)
            while place < len(text) and text[place] in " \t\r\n,;":
                place += 1
    except (ValueError, RecursionError):
        pass
    return values


def _flatten(value: MetaValue, depth: int) -> Iterator[Node]:
    """Every object within a value, outer before inner."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            if isinstance(inner, dict | list):
                yield from _flatten(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value[:_MAX_NODES]:
            if isinstance(inner, dict | list):
                yield from _flatten(inner, depth + 1)


def _types(node: Node) -> set[str]:
    kinds = node.get("@type") or node.get("type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {
        str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for kind in listed if isinstance(kind, str)
    }


def _resolve(value: MetaValue, named: Mapping[str, Node]) -> list[MetaValue | Node]:
    """A value's members with references (`{"@id": …}`) replaced by what they name."""
    members = value if isinstance(value, list) else [] if value is None else [value]
    resolved: list[MetaValue | Node] = []
    for member in members[:200]:
        if isinstance(member, list):
            resolved.extend(member[:50])
        elif isinstance(member, dict) and "name" not in member and str(member.get("@id")) in named:
            resolved.append(named[str(member["@id"])])
        else:
            resolved.append(member)
    return resolved


def _words(value: object) -> str:
    """One line of words: the first of a list, the name of an object; entities decoded, tags taken off."""
    while isinstance(value, list):
        value = next((member for member in value if member), None)
    if isinstance(value, Mapping):
        value = value.get("@value") or value.get("name") or value.get("@id") or ""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return squeeze(_text(str(value)))


def _text(value: object) -> str:
    """Text with its line ends; doubly escaped entities (`&amp;amp;`) are decoded as often as they are."""
    if not isinstance(value, str):
        return ""
    text = value
    for _ in range(2):
        if "&" in text:
            text = html.unescape(text)
    return normalize(_TAG.sub("", text) if "<" in text else text).strip()
