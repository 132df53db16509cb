"""What the JSON forms have in common: a post with its parts, and how posts become items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.models import Form, MetaValue, Problem, RawItem, Statement
from generator.readers.fetch_times import find_fetch_times, read_iso
from generator.readers.item_id import give_ids, name_of
from generator.readers.raw_file import Reading, refuse, remark
from generator.text import normalize, squeeze

Node = Mapping[str, MetaValue]
MAX_POSTS = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post of a JSON file."""

    id: str = ""
    title: str = ""
    text: str = ""
    """HTML."""
    published: str = ""
    link: str = ""
    said: tuple[Statement, ...] = ()
    """Everything else it says."""
    form: Form = Form.FRAGMENT


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file says of all its posts."""

    named: str = "JSON"
    """As evidence calls it."""
    id: str = ""
    title: str = ""
    link: str = ""
    said: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def read_posts(path: str, posts: Sequence[Post], origin: Origin, *, alone: bool) -> Reading:
    """The items of a file. `alone`: the file is one post and no list, and goes by its path.

    Raises:
        RawError: no post has a title or a text.
    """
    problems: list[Problem] = []
    kept: list[Post] = []
    for number, post in enumerate(posts, 1):
        if post.title or post.text:
            kept.append(post)
        else:
            problems.append(remark(path, "raw-item-empty", f"post {number} of the file has neither title nor text",
                                   "it was left out"))  # fmt: skip
    if not kept:
        raise refuse(
            path, "raw-empty", "no post of the file has a title or a text", "save it again from its source"
        )
    moments = [read_iso(post.published) for post in kept]
    fetched = find_fetch_times(moments)
    items = [
        RawItem(raw=path, form=post.form, text=post.text, url=post.link or None,
                statements=tuple(_state(post, origin, fetched=place in fetched)))
        for place, post in enumerate(kept)
    ]  # fmt: skip
    if alone and len(items) == 1:
        return Reading(tuple(items), tuple(problems))
    feed = {"id": origin.id, "title": origin.title, "link": origin.link}
    names = [
        name_of({"id": post.id, "link": post.link, "title": post.title, "published": post.published,
                 "published_parsed": moment}, feed, post.text)
        for post, moment in zip(kept, moments, strict=True)
    ]  # fmt: skip
    return Reading(
        tuple(
            replace(item, raw=f"{path}#{given}")
            for item, given in zip(items, give_ids(names), strict=True)
            if given is not None
        ),
        tuple(problems),
    )


def _state(post: Post, origin: Origin, *, fetched: bool) -> Iterator[Statement]:
    date = "fetched" if fetched else "date"
    how = "published, the same moment for many posts" if fetched else "published"
    for one in (
        Statement("title", post.title, f"{origin.named} title"),
        Statement(date, post.published, f"{origin.named} {how}"),
        *post.said,
        Statement("url", post.link, f"{origin.named} link"),
        *origin.said,
    ):
        if words := squeeze(normalize(one.value)):
            yield replace(one, value=words)


def say(field: str, value: object, how: str) -> Iterator[Statement]:
    """A statement, where there is a value."""
    if isinstance(value, str) and value.strip():
        yield Statement(field, value, how)


def words_in(node: object, *keys: str) -> str:
    """The text at a path of keys; empty where there is none."""
    for key in keys:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node if isinstance(node, str) else ""


def nodes_in(node: object, key: str) -> list[Node]:
    """The objects of the list at a key (an object alone counts as a list of one)."""
    value = node.get(key) if isinstance(node, Mapping) else None
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
