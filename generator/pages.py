"""Record → what its page says: the generator's fields and a Markdown body, under the source's text policy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator import markup
from generator.dates import format_moment
from generator.models import Block, BlockKind, MetaValue, Record, Review
from generator.redirects import clean_alias
from generator.settings import Settings, Source
from generator.text import count_words, cut_words

FIELDS = ("title", "date", "source", "topic", "tags", "authors", "section", "summary", "url", "lang")
"""Front matter keys that the generator fills in from the article itself."""

ROOT_ADDRESS = "/content/pages/"
"""How a page's Markdown begins the address of a file of the pages folder: from the repository's root, so that it holds
wherever the page is moved to, and shows the picture on GitHub and in an editor's own preview. The build makes it relative."""

PASSED_ON = ("aliases", "draft", "expires", "note", "publish_at", "story")
"""Keys that a Markdown raw file may bring along as they stand: an editor's own word about the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedPage:
    """What the generator has to say about one article's page; the editor's words come on top of it."""

    raw: str
    fields: Mapping[str, MetaValue]
    """Only keys that have a value."""
    body: str
    """Markdown."""
    reviews: tuple[Review, ...]


def compose(record: Record, settings: Settings) -> GeneratedPage:
    """The page of a record: nothing of the original's text beyond what its source's policy allows."""
    source = settings.source(record.source) if record.source else settings.default_source
    summary, body = apply_policy(record, source)
    value = record.publication.value
    fields: dict[str, MetaValue] = {
        "title": record.title,
        "date": None if value is None else format_moment(value),
        "source": record.source,
        "topic": record.topic,
        "tags": list(record.tags),
        "authors": list(record.authors),
        "section": record.section,
        "summary": summary,
        "url": record.canonical_url or record.url,
        "lang": record.language,
    }
    for statement in record.statements:
        if statement.field == "draft":
            fields["draft"] = statement.value == "true"
        elif statement.field == "aliases":
            known = fields.setdefault("aliases", [])
            if isinstance(known, list) and clean_alias(statement.value):
                known.append(statement.value)
        elif statement.field in PASSED_ON:
            fields[statement.field] = statement.value
    return GeneratedPage(
        raw=record.raw,
        fields={key: field for key, field in fields.items() if field not in (None, "", [], False)},
        body=body,
        reviews=record.reviews,
    )


def apply_policy(record: Record, source: Source) -> tuple[str, str]:
    """(summary, body as Markdown) that the source's policy lets the digest hold.

    `full` has everything, with its pictures where the source allows `images`; `excerpt` the first `excerpt_words` words, lead and body together; `summary` the lead
    alone, within the same bound; `link` nothing. A lead that is the first paragraph is not shown twice.
    """
    lead = record.lead or ""
    blocks = record.body
    if record.lead_kind == "first_paragraph":
        blocks = _without_first_paragraph(blocks)
    if source.text == "full":
        return lead, _markdown(blocks, pictures=source.images)
    if source.text == "link":
        return "", ""
    summary = cut_words(lead, source.excerpt_words)
    if source.text == "summary" or summary != lead:
        return summary, ""
    room = source.excerpt_words - count_words(summary)
    return summary, _markdown(_cut(blocks, room, alone=not summary))


def _without_first_paragraph(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.PARAGRAPH:
            return blocks[:place] + blocks[place + 1 :]
    return blocks


def _cut(blocks: tuple[Block, ...], room: int, *, alone: bool) -> tuple[Block, ...]:
    """The first paragraphs of at most `room` words in all, the last one cut after a sentence. Within a sentence
    only where the text is `alone` (no summary above it) and nothing else would be left."""
    kept: list[Block] = []
    for block in blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        words = count_words(block.text)
        if words <= room:
            kept.append(block)
            room -= words
            continue
        text = cut_words(block.text, room)
        if text and (not text.endswith("…") or block.text.startswith(text) or (alone and not kept)):
            kept.append(Block(BlockKind.PARAGRAPH, text, markup.escape(text)))
        break
    return tuple(kept)


def _markdown(blocks: tuple[Block, ...], *, pictures: bool = False) -> str:
    parts: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.CAPTION:
            parts.append(_picture(block) if pictures else markup.write_caption(block.markdown, block.credit))
        else:
            parts.append(block.markdown.strip("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(part for part in parts if part))


def _picture(block: Block) -> str:
    """A picture with its caption, or the caption alone where the digest has no picture of it."""
    if block.picture is None or not block.picture.file:
        return markup.write_caption(block.markdown, block.credit)
    address = f"{ROOT_ADDRESS}{block.picture.file}"
    return markup.write_picture(address, block.picture.alt, block.markdown, block.credit)
