"""Articles as schema.org describes them, saved alone: an object, a list, or a graph (https://schema.org/NewsArticle).

The page that carried it is rebuilt around the description, so that it is read like every other page's.
"""

from __future__ import annotations

import html
import json
import re

from generator.models import Form, MetaValue
from generator.readers.fragment import paragraphs_of, web_address, words_of
from generator.readers.posts import Node, Origin, Post, words_in
from generator.text import normalize

_KIND = re.compile(r"(?:.*[/:])?(?:[A-Za-z]*NewsArticle|Article|[A-Za-z]*BlogPosting|Report)")
_MARKUP = re.compile(r"</(?:p|div|br|h[1-6]|li)>|<br\s*/?>", re.IGNORECASE)


def find_articles(value: MetaValue) -> list[Node]:
    """The articles of a JSON-LD document; none where it is something else."""
    if isinstance(value, dict) and isinstance(value.get("@graph"), list):
        value = value["@graph"]
    members = value if isinstance(value, list) else [value]
    return [one for one in members if isinstance(one, dict) and _is_article(one)]


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _KIND.fullmatch(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def read_articles(articles: list[Node], whole: MetaValue) -> tuple[list[Post], Origin]:
    """(the articles as pages, what is said of all). `whole` is the document, whose other nodes an article may name."""
    return [_post(one, whole if len(articles) == 1 else dict(one)) for one in articles], Origin(
        named="JSON-LD"
    )


def _post(article: Node, whole: MetaValue) -> Post:
    address = article.get("mainEntityOfPage")
    named = address if isinstance(address, str) else words_in(address, "@id")
    body = normalize(words_in(article, "articleBody")).strip()
    text = body if _MARKUP.search(body) else paragraphs_of(html.unescape(body), lines=True)
    title = words_of(words_in(article, "headline") or words_in(article, "name"))
    # `<` would end the script, or open a comment in it.
    data = json.dumps(whole, ensure_ascii=False).replace("<", "\\u003c")
    page = (
        f'<html><head><script type="application/ld+json">{data}</script></head><body><article>'
        f"<h1>{html.escape(title)}</h1>\n{text}</article></body></html>"
    )
    return Post(
        id=words_in(article, "@id") or words_in(article, "identifier"),
        title=title,
        text=page,
        published=words_in(article, "datePublished"),
        link=web_address(words_in(article, "url")) or web_address(named) or "",
        form=Form.PAGE,
    )
