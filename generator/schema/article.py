"""The schema of an article page's front matter."""

from __future__ import annotations

from generator.article import ArticleKeys
from generator.schema.dialect import Node, choice, nullable, offering, schema_of_type
from generator.settings import Settings

MATERIAL = {
    "description": "One sentence for search engines. The digest writes it from `summary`.",
    "hide": "Parts of the page that the theme leaves out: `navigation`, `toc`, `footer`.",
    "icon": "Name of an icon of the theme.",
    "search": "How the theme's search treats the page: `exclude: true`, `boost: 2`.",
    "status": "A mark of the theme beside the title: `new`, `deprecated`.",
}
"""What the keys that belong to Material mean; their values are its own matter."""


def article_schema(settings: Settings) -> Node:
    """The front matter of an article page, with this digest's sources, topics and tags on offer.

    A source or tag that the settings do not know is a warning of the check, so others may be written; a topic is not.
    """
    told = schema_of_type(ArticleKeys)
    sources = {key: source.name for key, source in settings.sources.items()}
    # A key without a value counts as missing; its type is a matter of what stands there.
    keys = {name: nullable(node) for name, node in told["properties"].items()}
    keys["source"] = offering(keys["source"], choice(sources, free=True))
    keys["topic"] = offering(
        keys["topic"], choice({key: topic.name for key, topic in settings.topics.items()})
    )
    keys["tags"]["items"] = choice(dict.fromkeys(settings.tags, ""), free=True)
    also = keys["also"]["items"]["properties"]
    also["source"] = offering(also["source"], choice(sources, free=True))
    keys |= {name: {"description": words} for name, words in MATERIAL.items()}
    return {"title": "Front matter of an article page", **told, "properties": keys}
