"""Posts as WordPress's REST interface gives them (`/wp-json/wp/v2/posts`): a list, or one alone.

https://developer.wordpress.org/rest-api/reference/posts/
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.models import MetaValue, Statement
from generator.readers.fragment import web_address, with_picture, words_of
from generator.readers.posts import Node, Origin, Post, nodes_in, say, words_in
from generator.readers.raw_file import remark
from generator.text import normalize

_UNSORTED = frozenset(
    {"uncategorized", "uncategorised", "chưa phân loại", "chưa được phân loại", "không phân loại"}
)
_MOST_OFFSET = dt.timedelta(hours=14)


def is_post(value: MetaValue) -> bool:
    """An object whose title and text are rendered."""
    return isinstance(value, dict) and all(
        isinstance(part := value.get(key), dict) and ("rendered" in part or "raw" in part)
        for key in ("title", "content" if "content" in value else "excerpt")
    )


def read_wordpress(path: str, posts: list[Node]) -> tuple[list[Post], Origin]:
    """(the posts that were published, what is said of all)."""
    open_posts = [post for post in posts if words_in(post, "status") in ("", "publish")]
    problems = []
    if left := len(posts) - len(open_posts):
        problems.append(remark(path, "raw-item-draft", f"{left} post(s) of the file are not published at their source",
                               "they were left out"))  # fmt: skip
    if any(_is_protected(post) for post in open_posts):
        problems.append(
            remark(path, "raw-item-empty", "a post's text is protected by a password at its source")
        )
    return [_post(post) for post in open_posts], Origin(named="WordPress", problems=tuple(problems))


def _is_protected(post: Node) -> bool:
    content = post.get("content")
    return isinstance(content, dict) and content.get("protected") is True and not content.get("rendered")


def _rendered(post: Node, key: str) -> str:
    return normalize(words_in(post, key, "rendered") or words_in(post, key, "raw")).strip()


def _post(post: Node) -> Post:
    text = _rendered(post, "content")
    lead = re.sub(r"\s*(?:\[(?:…|\.\.\.|&hellip;)\]|…)$", "…", words_of(_rendered(post, "excerpt")))
    link = web_address(words_in(post, "link")) or web_address(words_in(post, "guid", "rendered")) or ""
    return Post(
        id=words_in(post, "guid", "rendered"),
        title=words_of(_rendered(post, "title")),
        text=_with_featured(post, text) or (f"<p>{_rendered(post, 'excerpt')}</p>" if lead else ""),
        published=_moment(post, "date"),
        link=link,
        said=(
            *say("updated", _moment(post, "modified"), "WordPress modified"),
            *_authors(post),
            *_terms(post),
            *say("lead", "" if lead.endswith("…") else lead if text else "", "WordPress excerpt"),
            *say("language", words_in(post, "lang") or words_in(post, "yoast_head_json", "og_locale").replace("_", "-"),
                 "WordPress language"),
            *say("source", words_in(post, "yoast_head_json", "og_site_name"), "og:site_name"),
            *say("source_url", re.sub(r"(?<=[^/:])/[^/].*", "/", link), "site of the post"),
        ),
    )  # fmt: skip


def _moment(post: Node, key: str) -> str:
    """The local time with the offset that its difference from the one in UTC gives, as far as both are there."""
    local, utc = words_in(post, key), words_in(post, f"{key}_gmt")
    here, there = _naive(local), _naive(utc)
    if there is None:
        return local if here is not None else ""
    if here is None:
        return f"{utc}+00:00"
    offset = here - there
    if abs(offset) > _MOST_OFFSET or offset % dt.timedelta(minutes=15):
        return f"{utc}+00:00"
    return here.replace(tzinfo=dt.timezone(offset)).isoformat()


def _naive(words: str) -> dt.datetime | None:
    """A moment without an offset; `0000-00-00T00:00:00` is none."""
    try:
        moment = dt.datetime.fromisoformat(words)
    except ValueError:
        return None
    return None if moment.tzinfo else moment


def _with_featured(post: Node, text: str) -> str:
    media = nodes_in(post.get("_embedded"), "wp:featuredmedia")
    if not media or not text:
        return text
    caption = _rendered(media[0], "caption")
    return with_picture(
        text, web_address(words_in(media[0], "source_url")), caption, alt=words_in(media[0], "alt_text")
    )


def _authors(post: Node) -> Iterator[Statement]:
    names = [words_in(one, "name") for one in nodes_in(post.get("_embedded"), "author")]
    names = [name for name in names if name] or [words_in(post, "yoast_head_json", "author")]
    for name in names:
        yield from say("author", words_of(name), "WordPress author")


def _terms(post: Node) -> Iterator[Statement]:
    embedded = post.get("_embedded")
    groups = embedded.get("wp:term") if isinstance(embedded, dict) else None
    first = True
    for term in (
        one
        for group in (groups if isinstance(groups, list) else [])
        if isinstance(group, list)
        for one in group
    ):
        name = words_of(words_in(term, "name"))
        if words_in(term, "taxonomy") == "category" and name.lower() not in _UNSORTED:
            yield from say("section" if first else "tag", name, "WordPress category")
            first = False
        elif words_in(term, "taxonomy") == "post_tag":
            yield from say("tag", name, "WordPress tag")
