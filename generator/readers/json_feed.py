"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.models import MetaValue, Statement
from generator.readers.fragment import paragraphs_of, web_address, words_of
from generator.readers.posts import Node, Origin, Post, nodes_in, say, words_in
from generator.text import normalize

_NAME = "JSON Feed"


def is_json_feed(value: MetaValue) -> bool:
    """By the version it must name."""
    return isinstance(value, dict) and "//jsonfeed.org/version/" in words_in(value, "version").replace(
        "//www.", "//"
    )


def read_json_feed(feed: Node) -> tuple[list[Post], Origin]:
    """(the feed's items, the feed itself)."""
    link = web_address(words_in(feed, "home_page_url")) or ""
    origin = Origin(
        named=_NAME,
        id=words_in(feed, "feed_url"),
        title=words_of(words_in(feed, "title")),
        link=link,
        said=(
            *say("language", words_in(feed, "language"), f"{_NAME} language"),
            *say("source", words_of(words_in(feed, "title")), "feed's own title"),
            *say("source_url", link, "feed's own link"),
        ),
    )
    return [_post(item, feed, link) for item in nodes_in(feed, "items")], origin


def _post(item: Node, feed: Node, link: str) -> Post:
    text = normalize(words_in(item, "content_html")).strip()
    if not text:
        text = paragraphs_of(normalize(words_in(item, "content_text")), lines=True)
    lead = words_of(words_in(item, "summary"))
    id_ = item.get("id")
    return Post(
        id=str(id_) if isinstance(id_, str | int | float) else "",
        title=words_of(words_in(item, "title")),
        text=text or paragraphs_of(lead),
        published=words_in(item, "date_published"),
        link=web_address(words_in(item, "url"), link)
        or web_address(words_in(item, "external_url"), link)
        or "",
        said=(
            *say("updated", words_in(item, "date_modified"), f"{_NAME} date_modified"),
            *_authors(item, "author"),
            *([] if _has_author(item) else _authors(feed, "feed's own author")),
            *_tags(item),
            *say("lead", lead if text else "", f"{_NAME} summary"),
            *say("language", words_in(item, "language"), f"{_NAME} language"),
        ),
    )


def _has_author(item: Node) -> bool:
    return any(True for _ in _authors(item, ""))


def _authors(node: Node, how: str) -> Iterator[Statement]:
    """Version 1.1 lists them under `authors`, version 1.0 has one `author`."""
    named = nodes_in(node, "authors") or nodes_in(node, "author")
    for one in named[:20]:
        yield from say("author", words_of(words_in(one, "name")), f"{_NAME} {how}")


def _tags(item: Node) -> Iterator[Statement]:
    tags = item.get("tags")
    words = [words_of(tag) for tag in (tags if isinstance(tags, list) else []) if isinstance(tag, str)][:50]
    for place, tag in enumerate(words):
        yield from say("tag" if place else "section", tag, f"{_NAME} tag")
