"""The gate: rendered HTML through an allow-list, editors' pages and raw articles alike.

nh3 (ammonia) does the parsing and the tags; what an attribute may say is decided here. Allowed is what Markdown
and Material's own extensions make; nothing that runs, restyles, or speaks to Material's client script.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3

_TAG_NAMES = (
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p path pre q s samp section small span strong sub "
    "summary sup svg table tbody td tfoot th thead time tr u ul var"
)
_TAGS = frozenset(_TAG_NAMES.split())
_DROPPED_NAMES = (
    "script style noscript template iframe object embed applet textarea select button title head math"
)
_DROPPED_WITH_CONTENT = frozenset(_DROPPED_NAMES.split())

_EVERYWHERE = frozenset({"id", "class", "lang", "dir", "title"})
_ATTRIBUTES = {
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height", "loading"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "col": {"span"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "details": {"open"},
    "time": {"datetime"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "div": {"data-tabs", "role"},
    "section": {"role"},
    "sup": {"role"},
    "span": {"role", "aria-hidden"},
    "input": {"type", "id", "name", "checked", "disabled"},
    "label": {"for"},
    "svg": {"viewbox", "viewBox", "xmlns"},
    "path": {"d"},
}

_NOTE_NAMES = (
    "note abstract summary tldr info todo tip hint important success check done question help faq warning caution "
    "attention failure fail missing danger error bug example quote cite seealso inline end"
)
_NOTES = frozenset(_NOTE_NAMES.split())
_LAYOUT = frozenset({"annotate", "grid", "cards"})
_CLASSES: dict[str, frozenset[str]] = {
    "a": frozenset(
        {"headerlink", "footnote-ref", "footnote-backref", "md-button", "md-button--primary", "magiclink"}
    ),
    "div": frozenset(
        {
            "admonition",
            "footnote",
            "highlight",
            "tabbed-set",
            "tabbed-alternate",
            "tabbed-labels",
            "tabbed-content",
        }
    )
    | {"tabbed-block", "tabbed-control", "arithmatex", "linenodiv", "toc", "progress", "progress-bar"}
    | _NOTES
    | _LAYOUT,
    "details": _NOTES,
    "dl": _LAYOUT,
    "ol": _LAYOUT,
    "p": frozenset({"admonition-title", "progress-label"}) | _LAYOUT,
    "ul": frozenset({"task-list"}) | _LAYOUT,
    "li": frozenset({"task-list-item"}),
    "label": frozenset({"task-list-control"}),
    "span": frozenset(
        {"task-list-indicator", "twemoji", "keys", "arithmatex", "linenos", "normal", "special"}
    )
    | {"filename", "toctitle", "critic", "break", "block", "md-tag"},
    "kbd": frozenset(),
    "table": frozenset({"highlighttable"}),
    "td": frozenset({"linenos", "code"}),
    "th": frozenset({"filename"}),
    "img": frozenset({"twemoji", "emojione", "gemoji"}),
    "code": frozenset({"highlight", "inlinehilite"}),
    "ins": frozenset({"critic", "block"}),
    "del": frozenset({"critic", "block"}),
    "mark": frozenset({"critic", "block"}),
    "pre": frozenset({"highlight"}),
}
_CLASS_SHAPES = {
    "code": re.compile(r"language-[A-Za-z0-9_+#-]{1,40}"),
    "div": re.compile(r"language-[A-Za-z0-9_+#-]{1,40}|progress-\d{1,3}plus"),
    "span": re.compile(r"[a-z][a-z0-9]{0,2}"),  # Pygments' token classes
    "kbd": re.compile(r"key-[a-z0-9-]{1,40}"),
}

# What pymdownx's tabs and highlighting number for themselves; every other `__…` belongs to Material's client.
_OWN_ID = re.compile(r"__(?:tabbed_\d{1,4}(?:_\d{1,4})?|span-[\w-]{1,40}|codelineno-[\w-]{1,40})")
_NAME = re.compile(r"[^\s\"'<>&]{1,200}")
_NUMBER = re.compile(r"\d{1,4}%?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_IGNORED_IN_URL = re.compile(r"[\x00-\x20\x7f-\x9f]")
_VALUES = {
    "align": frozenset({"left", "right", "center", "justify"}),
    "dir": frozenset({"ltr", "rtl", "auto"}),
    "loading": frozenset({"lazy", "eager"}),
    "role": frozenset({"doc-noteref", "doc-endnotes", "doc-backlink", "note", "img", "presentation"}),
    "aria-hidden": frozenset({"true", "false"}),
    "scope": frozenset({"col", "row", "colgroup", "rowgroup"}),
    "checked": frozenset({"", "checked"}),
    "disabled": frozenset({"", "disabled"}),
    "open": frozenset({"", "open"}),
    "reversed": frozenset({"", "reversed"}),
    "xmlns": frozenset({"http://www.w3.org/2000/svg"}),
}
_SHAPES = {
    "data-tabs": re.compile(r"\d{1,4}:\d{1,4}"),
    "lang": re.compile(r"[A-Za-z0-9-]{1,35}"),
    "datetime": re.compile(r"[0-9A-Za-z:+. -]{1,40}"),
    "d": re.compile(r"[0-9A-Za-z,.\s+-]*"),
    "viewBox": re.compile(r"[0-9.\s+-]{1,60}"),
    "viewbox": re.compile(r"[0-9.\s+-]{1,60}"),
    **dict.fromkeys(("width", "height", "colspan", "rowspan", "span", "start", "value"), _NUMBER),
}


def _is_remote(address: str) -> bool:
    """Whether a browser would ask another host: it drops control characters and takes `\\` for `/`."""
    bare = _IGNORED_IN_URL.sub("", address).replace("\\", "/")
    return bare.startswith("//") or _SCHEME.match(bare) is not None


def _filter_identity(tag: str, attribute: str, value: str) -> str | None:
    """`id`, `name`, `for`: never one that Material's client looks for."""
    if tag == "input" or attribute == "for":
        return value if _OWN_ID.fullmatch(value) else None
    if value.startswith("__"):
        return value if tag in {"a", "span"} and _OWN_ID.fullmatch(value) else None
    return value if _NAME.fullmatch(value) else None


def _filter_address(value: str) -> str | None:
    address = _IGNORED_IN_URL.sub("", value)
    if address.startswith("#__"):
        return address if _OWN_ID.fullmatch(address[1:]) else None
    return address


def _filter_class(tag: str, value: str) -> str | None:
    known, shape = _CLASSES.get(tag, frozenset()), _CLASS_SHAPES.get(tag)
    kept = [name for name in value.split() if name in known or (shape and shape.fullmatch(name))]
    return " ".join(kept) or None


def _filter_value(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "type":
        return value if value in ({"radio", "checkbox"} if tag == "input" else set("1aAiI")) else None
    if (values := _VALUES.get(attribute)) is not None:
        return value if value in values else None
    if (shape := _SHAPES.get(attribute)) is not None:
        return value if shape.fullmatch(value) else None
    return value


@lru_cache(maxsize=4096)
def _filter(tag: str, attribute: str, value: str) -> str | None:
    """The attribute's value as it may stand, or None to drop the attribute."""
    match attribute:
        case "href":
            return _filter_address(value)
        case "id" | "name" | "for":
            return _filter_identity(tag, attribute, value)
        case "class":
            return _filter_class(tag, value)
        case "src":
            return None if _is_remote(value) else value
        case _:
            return _filter_value(tag, attribute, value)


def _filter_with_images(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "src":
        return _IGNORED_IN_URL.sub("", value)
    return _filter(tag, attribute, value)


def _make_cleaner(*, images: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED_WITH_CONTENT),
        attributes={tag: set(_ATTRIBUTES.get(tag, ())) | _EVERYWHERE for tag in _TAGS},
        attribute_filter=_filter_with_images if images else _filter,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )


_CLEANER = _make_cleaner(images=False)
_CLEANER_WITH_IMAGES = _make_cleaner(images=True)

# nh3 writes `<` and `>` inside attributes as entities, so these find tags and nothing else.
_LINK = re.compile(r"<a( [^<>]*)>")
_EXTERNAL = re.compile(r' href="(?:https?:)?[/\\]{2}', re.IGNORECASE)
_BARE_INPUT = re.compile(r'<input(?![^<>]* type="(?:radio|checkbox)")[^<>]*>')
_EMPTY_IMAGE = re.compile(r'<img(?![^<>]* src=")[^<>]*>')


def _mark_external(match: re.Match[str]) -> str:
    attributes = match.group(1)
    return f'<a{attributes} rel="noopener">' if _EXTERNAL.search(attributes) else match.group()


def sanitize(html: str, *, allow_images: bool = False) -> str:
    """Rendered HTML with only what a page of the digest may hold.

    Script, style, frames and form fields go with their content; other unknown tags leave their words. Links are
    relative, http(s) or mailto; pictures are the site's own unless `allow_images` lets in those of other hosts
    (http(s) only). Applying it to its own result lets nothing more through.
    """
    clean = (_CLEANER_WITH_IMAGES if allow_images else _CLEANER).clean(html)
    if "<input" in clean:
        clean = _BARE_INPUT.sub("", clean)
    if "<img" in clean:
        clean = _EMPTY_IMAGE.sub("", clean)
    return _LINK.sub(_mark_external, clean) if "<a " in clean else clean
