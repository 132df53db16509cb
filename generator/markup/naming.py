"""Words that Markdown's extensions leave out, or know in English alone: names of task boxes, titles of notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

_BOX = re.compile(r"<input(?P<attributes>[^<>]* type=\"checkbox\"[^<>]*)>")


def name_tasks(html: str, *, done: str, open_: str) -> str:
    """Cleaned HTML in which each box of a task list says whether its task is done: pymdownx gives it no name at all."""
    if 'type="checkbox"' not in html:
        return html

    def name(match: re.Match[str]) -> str:
        attributes = match["attributes"]
        return f'<input{attributes} aria-label="{escape(done if " checked" in attributes else open_)}">'

    return _BOX.sub(name, html)


_TITLE = re.compile(
    r'(<(?:div class="(?:admonition )|details class=")(?P<kind>[a-z]+)[^>]*>\s*<(?:p class="admonition-title"|summary)>)(?P<title>[^<]*)'
)


def name_notes(html: str, titles: Mapping[str, str]) -> str:
    """Cleaned HTML in which a note without a title of its own has that of its kind in the site's language: Markdown makes
    one of the English name."""
    if "admonition" not in html and "<details" not in html:
        return html

    def name(match: re.Match[str]) -> str:
        kind, title = match["kind"], match["title"]
        return match[1] + (escape(titles[kind]) if kind in titles and title == kind.capitalize() else title)

    return _TITLE.sub(name, html)
