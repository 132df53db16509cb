"""JSON files: JSON Feed, WordPress's posts, schema.org's articles; as one document or one a line."""

from __future__ import annotations

import json
import re

from generator.models import MetaValue, Problem
from generator.readers.json_feed import is_json_feed, read_json_feed
from generator.readers.news_article import find_articles, read_articles
from generator.readers.posts import MAX_POSTS, Node, Origin, Post, read_posts, words_in
from generator.readers.raw_file import RawFile, Reader, Reading, refuse, remark
from generator.readers.wordpress import is_post, read_wordpress

_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".jsonld"})
_OPENING = re.compile(r"[\[{]")
_KNOWN = re.compile(r'"(?:https?:\\?/\\?/(?:www\.)?jsonfeed\.org|rendered"\s*:|@context"\s*:)')
_EXPECTED = (
    "expected: a JSON Feed, posts of WordPress (/wp-json/wp/v2/posts) or schema.org articles (NewsArticle)"
)
_MAX_DEPTH = 100
_MAX_NODES = 300_000
"""Objects and lists in a file: each costs some hundred bytes of memory."""


def _recognises(file: RawFile) -> bool:
    if file.kind_of_binary:
        return False
    if file.suffix in _SUFFIXES:
        return True
    start = file.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return (
        start in (b"{", b"[")
        and _OPENING.match(file.head) is not None
        and _KNOWN.search(file.head) is not None
    )


def _read(file: RawFile) -> Reading:
    value, problems = load_json(file.path, file.text)
    alone = isinstance(value, dict)
    posts, origin = _posts(file.path, value)
    problems += origin.problems
    if len(posts) > MAX_POSTS:
        problems.append(remark(file.path, "raw-too-long", f"the file has {len(posts):,} posts; only the first "
                               f"{MAX_POSTS:,} were read", "cut the file into several"))  # fmt: skip
    if not posts:
        raise refuse(file.path, "raw-empty", "the file holds no post", "save it again when it has one")
    reading = read_posts(file.path, posts[:MAX_POSTS], origin, alone=alone and "items" not in dict_of(value))
    return Reading(reading.items, (*problems, *reading.problems))


def dict_of(value: MetaValue) -> Node:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def _posts(path: str, value: MetaValue) -> tuple[list[Post], Origin]:
    if isinstance(value, dict) and is_json_feed(value):
        return read_json_feed(value)
    listed = value if isinstance(value, list) else [value]
    posts: list[Node] = [one for one in listed if isinstance(one, dict) and is_post(one)]
    if posts and len(posts) == len(listed):
        return read_wordpress(path, posts)
    if articles := find_articles(value):
        return read_articles(articles, value)
    if isinstance(value, dict) and words_in(value, "code").startswith("rest_"):
        raise refuse(path, "raw-unsupported", f"the site answered with an error: {words_in(value, 'message')[:200]}",
                     "save the posts again from an address that gives them")  # fmt: skip
    if value == []:
        return [], Origin()
    raise refuse(path, "raw-unsupported", f"the JSON is {_describe(value)}; {_EXPECTED}",
                 "save the article as .html or .txt instead")  # fmt: skip


def _describe(value: MetaValue) -> str:
    if isinstance(value, dict):
        keys = ", ".join(f"`{key[:30]}`" for key in list(value)[:5])
        return f"an object with {keys or 'no key'}"
    if isinstance(value, list):
        return (
            f"a list of {len(value):,} whose first member is {_describe(value[0])}"
            if value
            else "an empty list"
        )
    return "a text" if isinstance(value, str) else "a single value"


def load_json(path: str, text: str) -> tuple[MetaValue, list[Problem]]:
    """(the value of a JSON text, or the list of its lines' values; what is odd about it). Numbers stay words.

    Raises:
        RawError: no JSON, too deep or too large; the problem names the line.
    """
    if text.count("{") + text.count("[") > _MAX_NODES:
        raise refuse(path, "raw-too-long", f"the JSON has more than {_MAX_NODES:,} objects and lists",
                     "cut the file into several")  # fmt: skip
    twice: list[str] = []

    def make(pairs: list[tuple[str, MetaValue]]) -> dict[str, MetaValue]:
        made = dict(pairs)
        if len(made) < len(pairs) and len(twice) < 5:
            names = [name for name, _ in pairs]
            twice.extend(name for name in made if names.count(name) > 1)
        return made

    decoder = json.JSONDecoder(strict=False, object_pairs_hook=make, parse_int=str, parse_float=str,
                               parse_constant=lambda _: None)  # fmt: skip
    try:
        value = _decode(decoder, text.strip())
    except json.JSONDecodeError as error:
        raise refuse(path, "raw-malformed", f"the file is no JSON: {error.msg} (column {error.colno})",
                     "save it again whole from its source", line=error.lineno) from error  # fmt: skip
    except RecursionError as error:
        raise _too_deep(path) from error
    if _depth(value) > _MAX_DEPTH:
        raise _too_deep(path)
    problems = []
    if twice:
        names = ", ".join(f"`{name[:40]}`" for name in dict.fromkeys(twice[:5]))
        problems.append(remark(path, "raw-json-twice", f"keys stand twice in one object: {names}; the last was taken",
                               "look at the page"))  # fmt: skip
    return value, problems


def _decode(decoder: json.JSONDecoder, text: str) -> MetaValue:
    """The whole text as one value, or as one value a line."""
    value: MetaValue
    value, end = decoder.raw_decode(text)
    if end == len(text):
        return value
    if not re.match(r"[ \t]*\n", text[end : end + 100]):
        raise json.JSONDecodeError("something stands behind the value", text, end)
    values = [value]
    place = end
    while place < len(text):
        while place < len(text) and text[place] in " \t\n":
            place += 1
        if place < len(text):
            value, place = decoder.raw_decode(text, place)
            values.append(value)
    return values


def _depth(value: MetaValue) -> int:
    """How deep objects and lists lie in each other, counted without recursion."""
    level, depth = [value], 0
    while level:
        depth += 1
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
            if isinstance(inner, dict | list)
        ]
    return depth


def _too_deep(path: str) -> Exception:
    return refuse(path, "raw-malformed", f"the JSON is nested deeper than {_MAX_DEPTH} levels; no article is",
                  "save the article as .html or .txt instead")  # fmt: skip


READER = Reader(name="JSON", rank=15, recognises=_recognises, read=_read)
