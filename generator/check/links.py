"""Rules about links and pictures in Markdown: what they lead to inside the site is there, and readers see it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from urllib.parse import unquote

from generator.check.body import find_anchors
from generator.check.page import Context, Page
from generator.docs_folder import ASSETS, page_address
from generator.illustrations import KEPT
from generator.library import HELD, address_of, state_of
from generator.markup.links import Link, find_links, line_finder, without_code
from generator.models import Level, Problem, State
from generator.pages import ROOT_ADDRESS
from generator.redirects import MADE_FILES
from generator.settings import Settings
from generator.storage import PAGES
from generator.text import normalize

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_OWN_MACHINE = re.compile(
    r"(?:file:|[a-z]:[\\/]|https?://(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)(?=[:/]|\Z))",
    re.IGNORECASE,
)
_PREVIEWED = re.compile(r"https?://[^/]+/", re.IGNORECASE)
_HOST = re.compile(r"(?:www\.[\w-]|(?!\.)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/)", re.IGNORECASE)
_MAIL = re.compile(r"[^\s/@]+@[\w-]+(?:\.[\w-]+)+")
_IMAGE_LINE = re.compile(r"^[ ]{0,3}!\[[^\n]*\]\(([^()\n]+)\)[ \t]*(?:\{[^{}\n]*\})?[ \t]*$", re.MULTILINE)
_CREDIT = re.compile(
    r"\([^()\n]{2,}\)[ \t]*$|\b(?:Ảnh|Nguồn|Photo|Đồ họa|Đồ hoạ|Tranh|Image|Credit)[ \t]*(?::|by\b)[ \t]*\S",
    re.IGNORECASE,
)


def links(page: Page, context: Context) -> Iterator[Problem]:
    """Links inside the site that lead nowhere, or where no reader gets to."""
    if page.article is not None and page.article.takedown:
        return
    for link in find_links(page.body):
        found = _look(page, link, context)
        if found is not None:
            message, hint, rule, level = found
            yield Problem(page.path, message, hint, page.body_line + link.line, level, rule)


_Told = tuple[str, str, str, Level]
"""(message, hint, rule, level) of a link that is not good."""


def _look(page: Page, link: Link, context: Context) -> _Told | None:
    target = normalize(link.target)
    what = "picture" if link.picture else "link"
    if not target:
        return (
            f"the {what} leads nowhere: no address stands in it",
            "write the address, or take it away",
            "link-broken",
            Level.ERROR,
        )
    if _OWN_MACHINE.match(target):
        place = unquote(_PREVIEWED.sub("", target, count=1).partition("#")[0]).strip("/")
        known = _page_at(f"{place}/", context) if _PREVIEWED.match(target) and place else ""
        return (f"the {what} `{target}` leads to your own machine", _by_file(page, known) if known else
                "lead to what readers can reach", "link-broken", Level.ERROR)  # fmt: skip
    if _SCHEME.match(target) or target.startswith("//"):
        return _foreign_picture(target) if link.picture else None
    path, _, fragment = target.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return None if "?" in target else _fragment(fragment, page, target)
    if link.html:
        return _look_at_html(page, path, target, what, context)
    if KEPT.search(path):
        return None  # pictures that ingest kept have a rule of their own
    if path.startswith(ROOT_ADDRESS):
        place = posixpath.normpath(path.lstrip("/"))
    elif path.startswith("/"):
        return (f"the {what} `{target}` begins at the host's root, where the site need not stand",
                _by_file(page, _page_at(path.strip("/") + "/", context)), "link-absolute", Level.ERROR)  # fmt: skip
    else:
        place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
    if place in context.tree.files:
        return _leads_to(page, place, link, target, context)
    if _is_made(place, context.settings):
        return None
    if not link.picture and (known := _page_at(_address(place), context)):
        return f"the link `{target}` names an address", _by_file(page, known), "link-form", Level.ERROR
    return (f"the {what} `{target}` leads nowhere: there is no {place}", _what_is_meant(page, place, target, context),
            "link-broken", Level.ERROR)  # fmt: skip


def _foreign_picture(target: str) -> _Told:
    return (f"the picture `{target}` stands on another host, so readers do not see it",
            "keep a copy below content/pages/assets/ and show that one, if its licence allows", "picture-foreign",
            Level.WARNING)  # fmt: skip


def _leads_to(page: Page, place: str, link: Link, target: str, context: Context) -> _Told | None:
    """What is wrong with a link to a file that is there."""
    what = "picture" if link.picture else "link"
    if not place.lower().endswith((".md", *ASSETS)):
        kinds = ", ".join(suffix[1:] for suffix in ASSETS)
        return (f"the {what} `{target}` leads to a file that is not published", f"published are Markdown and {kinds}",
                "link-broken", Level.ERROR)  # fmt: skip
    if page.name.startswith(HELD) and not target.startswith(ROOT_ADDRESS):
        return (f"the {what} `{target}` will lead nowhere: this file moves when the page is settled", f"write `/{place}{target[target.find('#') :] if '#' in target else ''}`",
                "link-held", Level.WARNING)  # fmt: skip
    if link.picture or not place.endswith(".md"):
        return None
    other = context.page(place)
    if other is None:
        return None  # told where that page is read
    told = other.article
    if told is not None and place != page.path:
        if told.takedown is None and other.name.startswith(HELD):
            return (f"the link `{target}` leads to a held page, whose file moves when it is settled",
                    "lead to it once it is filed below articles/", "link-held", Level.WARNING)  # fmt: skip
        state = state_of(told, context.now, context.settings)
        if state in (State.HELD, State.DRAFT):
            return (f"the link `{target}` leads to a page that readers do not see yet",
                    "the site leaves the words and drops the link until that page is published", "link-hidden", Level.NOTE)  # fmt: skip
        if state is State.EXPIRED:
            return (f"the link `{target}` leads to a page that readers do not see any more",
                    "the site leaves the words and drops the link; take it out, or lead elsewhere", "link-hidden", Level.NOTE)  # fmt: skip
    return _fragment(fragment, other, target) if (fragment := target.partition("#")[2]) else None


def _look_at_html(page: Page, path: str, target: str, what: str, context: Context) -> _Told | None:
    """A link written as a tag: it leads from the page's address, not from its file."""
    if path.startswith("/"):
        hint = f"write it as Markdown: [words]({posixpath.relpath(path.lstrip('/'), posixpath.dirname(page.path))})"
        return (f"the {what} `{target}` begins at the host's root, where the site need not stand",
                hint if path.startswith(ROOT_ADDRESS) else "write it as Markdown, with the path of the file", "link-absolute", Level.ERROR)  # fmt: skip
    mark = "!" if what == "picture" else ""
    if path.endswith(".md"):
        place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        files = context.tree.files
        known = place if place in files else find_similar(posixpath.basename(path), files)
        return (f"the {what} `{target}` stands in HTML, where the file's name is not made an address",
                f"write it as Markdown: {mark}[words]({_from(page, known) if known else '…'})", "link-form", Level.ERROR)  # fmt: skip
    address = posixpath.normpath(posixpath.join("/", page_address(page.name), path)).strip("/")
    if f"{PAGES}/{address}" in context.tree.files or not address or _page_at(f"{address}/", context):
        return None
    if _is_made(f"{PAGES}/{address}", context.settings) or _is_made(
        f"{PAGES}/{address}/index.md", context.settings
    ):
        return None
    return (f"the {what} `{target}` leads nowhere: there is no /{address} on the site", f"write it as Markdown, with the path of the file: {mark}[words](…)",
            "link-broken", Level.ERROR)  # fmt: skip


def _fragment(fragment: str, other: Page, target: str) -> _Told | None:
    known = find_anchors(other.body)
    name = unquote(fragment)
    if not name or name in known or name.startswith(("fn:", "fnref:", "fnref2:", "__")):
        return None
    near = sorted(one for one in known if one.startswith(name))
    if not near and len(known) <= _MOST_ANCHORS:
        near = get_close_matches(name, known, n=1)
    hint = f"did you mean `#{near[0]}`?" if near else "name a heading of that page, as its address shows it"
    return f"the link `{target}` leads to no place of {other.path}", hint, "link-anchor", Level.ERROR


_MOST_ANCHORS = 300
"""Headings of a page that are looked through for a similar one."""


def _is_made(place: str, settings: Settings) -> bool:
    """Whether the build makes the file: the page of a list (`chu-de/quan-y/index.md`) or its feed."""
    name = place.removeprefix(f"{PAGES}/")
    if name in MADE_FILES:
        return True
    folder, _, file = name.rpartition("/")
    kind, _, slug = folder.partition("/")
    paths = settings.paths
    if file not in ("index.md", "feed.xml") or not folder:
        return False
    terms: Mapping[str, frozenset[str]] = {
        paths.topics: frozenset(settings.topics),
        paths.tags: frozenset(settings.tag_slugs.values()),
        paths.sources: frozenset(map(settings.source_slug, settings.sources)),
    }
    if kind in terms:
        return (not slug and file == "index.md") or slug.partition("/")[0] in terms[kind]
    return file == "index.md" and kind in {getattr(paths, one) for one in type(paths).__dataclass_fields__}


def _address(place: str) -> str:
    """The address that a path without suffix seems to mean: `content/pages/2026/10/x` → `2026/10/x/`."""
    return (
        place.removeprefix(f"{PAGES}/").removeprefix("articles/").removesuffix("/index.html").strip("/") + "/"
    )


def _page_at(address: str, context: Context) -> str:
    """The file of the page at an address; empty where there is none."""
    for path in (f"{PAGES}/articles/{address.rstrip('/')}.md", f"{PAGES}/{address.rstrip('/')}.md",
                 f"{PAGES}/{address}index.md", f"{PAGES}/{address.rstrip('/')}"):  # fmt: skip
        if path in context.tree.files and (
            not path.startswith(f"{PAGES}/articles/") or address_of(path.removeprefix(f"{PAGES}/")) == address
        ):
            return path
    return ""


def _by_file(page: Page, known: str) -> str:
    return f"write `{_from(page, known)}`" if known else "lead to the page's Markdown file, from this file"


def _from(page: Page, place: str) -> str:
    """How a page writes the way to a file: one that will move, from the repository's root."""
    return (
        f"/{place}" if page.name.startswith(HELD) else posixpath.relpath(place, posixpath.dirname(page.path))
    )


def _what_is_meant(page: Page, place: str, target: str, context: Context) -> str:
    if _MAIL.fullmatch(target):
        return f"write `mailto:{target}`"
    if _HOST.match(target):
        return f"write `https://{target}`"
    near = find_similar(posixpath.basename(place), context.tree.files)
    return f"did you mean `{_from(page, near)}`?" if near else "put it right, or take the link away"


def find_similar(name: str, files: frozenset[str]) -> str:
    """The file with that name in another folder, else the one whose name is most like it; empty where there is none."""
    names, beginnings = _by_name(files)
    for known in (name, name.casefold()):
        if known in names:
            return names[known]
    near = get_close_matches(name.casefold(), beginnings.get(_beginning(name), ()), n=1, cutoff=0.8)
    return names[near[0]] if near else ""


@lru_cache(maxsize=4)
def _by_name(files: frozenset[str]) -> tuple[Mapping[str, str], Mapping[str, list[str]]]:
    """(file name, as it is and in small letters → the first path with it, beginning of a name → the names with it)."""
    names: dict[str, str] = {}
    beginnings: dict[str, list[str]] = {}
    for path in sorted(files):
        names.setdefault(posixpath.basename(path), path)
    for name in list(names):
        names.setdefault(name.casefold(), names[name])
        beginnings.setdefault(_beginning(name), []).append(name.casefold())
    return names, beginnings


def _beginning(name: str) -> str:
    """What a slip of the hand rarely touches, so that ten thousand names need not be compared."""
    return name[:2].casefold()


def picture_credits(page: Page, context: Context) -> Iterator[Problem]:
    """Pictures of an article of which nobody says who made them."""
    if page.article is None or page.article.takedown or "![" not in page.body:
        return
    text = without_code(page.body)
    line_of = line_finder(text)
    source = context.settings.source(page.article.source)
    # Of a source that allows its pictures and is named as it wants to be, somebody is named at least.
    level = Level.NOTE if source.images and source.credit else Level.WARNING
    for match in _IMAGE_LINE.finditer(text):
        below = text[match.end() + 1 :].partition("\n")[0]
        if _CREDIT.search(below) or _CREDIT.search(match.group().partition("](")[0]):
            continue
        if not (shown := match[1].split()):
            continue  # a picture of nothing, told as a link
        yield Problem(page.path, f"the picture {shown[0]} has no credit",
                      "write who made it below the picture: `*The caption.* (Who made it)`",
                      page.body_line + line_of(match.start()), level, "picture-credit")  # fmt: skip


def kept_pictures(page: Page, context: Context) -> Iterator[Problem]:
    """Pictures that ingest once kept and that are gone."""
    if "assets/images/" not in page.body:
        return
    line_of = line_finder(page.body)
    for match in KEPT.finditer(page.body):
        if f"{PAGES}/{match[0]}" not in context.tree.files:
            yield Problem(page.path, f"shows {PAGES}/{match[0]}, which is not there",
                          "take the picture out of the text, or `digest ingest` the raw article again",
                          page.body_line + line_of(match.start()), rule="picture-missing")  # fmt: skip
