"""Between other people's markup and ours: text as Markdown, HTML as blocks, and the gate every page goes through.

`escape` makes plain text safe to stand in Markdown, `blocks_from_html` turns an article's HTML into blocks,
`write_picture` and `write_caption` write a picture's Markdown, `sanitize` is the gate for rendered HTML, `set_figures`
makes figures of what came through it, `plain` and `plain_markdown` give the visible words back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markup.escaping import escape
from generator.markup.figures import set_figures, write_caption, write_picture
from generator.markup.gate import sanitize
from generator.markup.naming import name_notes, name_tasks
from generator.markup.visible import plain, plain_markdown

if TYPE_CHECKING:
    from generator.markup.blocks import blocks_from_html

__all__ = [
    "blocks_from_html",
    "escape",
    "name_notes",
    "name_tasks",
    "plain",
    "plain_markdown",
    "sanitize",
    "set_figures",
    "write_caption",
    "write_picture",
]


def __getattr__(name: str) -> object:
    """What needs a parser of HTML is imported when it is asked for (PEP 562): most commands read none."""
    if name != "blocks_from_html":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from generator.markup import blocks

    return blocks.blocks_from_html
