"""The page, or the raw article, that an editor means: by file, slug, address, or raw file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from generator import frontmatter
from generator.errors import ProblemError, UsageError
from generator.library import ARTICLES, HELD
from generator.settings import Settings
from generator.sidecars import parse
from generator.storage import PAGES, RAW, SIDECAR, Project

_ADDRESS = re.compile(r"(?:^|/)(\d{4}/\d{2}/[^/]+)/?(?:index\.html)?$")
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Target:
    """What an argument names: a page, or a raw article that has none."""

    page: str = ""
    """File below the project's folder."""
    raw: str = ""
    """Raw file, with `#item` for one of a feed."""


def find_target(project: Project, settings: Settings, argument: str, here: Path) -> Target:
    """The one page or raw article that `argument` names: a file (from `here`, from the project's folder, from the pages
    folder or from `articles/`), a slug, an address on the site or of the original, or a raw file.

    Raises:
        UsageError: nothing or more than one thing goes by that name; the message lists what does.
    """
    words = unicodedata.normalize("NFC", argument.strip())
    if not words or len(words) > 2000 or "\x00" in words:
        raise UsageError("name a page: its file, its slug, its address on the site, or its raw file")
    if not words.startswith(("http://", "https://")):
        for name in _names(project, words, here):
            if project.exists(name) or (name.startswith(f"{RAW}/") and project.exists(name + SIDECAR)):
                return _of_file(project, settings, name)
            file, item = split_item(project, name)
            if (
                file.startswith(f"{RAW}/")
                and item
                and (project.exists(file) or project.exists(file + SIDECAR))
            ):
                return _of_raw(project, settings, file, item)
    return _by_words(project, settings, words)


def split_item(project: Project, raw: str) -> tuple[str, str]:
    """(raw file, item of it; empty for a file that is one article): a file's own name may hold a #. A file that is no
    longer there is known by its sidecar."""
    pieces = raw.split("#")
    for number in range(len(pieces), 0, -1):
        file = "#".join(pieces[:number])
        if project.exists(file) or project.exists(file + SIDECAR):
            return file, "#".join(pieces[number:])
    return pieces[0], "#".join(pieces[1:])


def _names(project: Project, words: str, here: Path) -> Iterable[str]:
    """Files that some words may name, the nearest first."""
    path = Path(words)
    with suppress(
        UsageError, OSError, ValueError
    ):  # outside the project: perhaps the words are no path at all
        yield project.relative(path if path.is_absolute() else here / path)
    plain = PurePosixPath(words.replace("\\", "/").lstrip("/").removeprefix("./")).as_posix()
    if ".." in PurePosixPath(plain).parts:
        return
    for folder in ("", f"{PAGES}/", f"{PAGES}/{ARTICLES}", f"{PAGES}/{HELD}", f"{RAW}/"):
        yield f"{folder}{plain}"
        if not plain.endswith(".md"):
            yield f"{folder}{plain}.md"


def _of_file(project: Project, settings: Settings, name: str) -> Target:
    if name.startswith((f"{PAGES}/{ARTICLES}", f"{PAGES}/{HELD}")) and name.endswith(".md"):
        return Target(page=name)
    if name.startswith(f"{RAW}/"):
        return _of_raw(project, settings, name.removesuffix(SIDECAR), "")
    raise UsageError(f"{name} is no article page: those stand below {PAGES}/{ARTICLES} and {PAGES}/{HELD}")


def _of_raw(project: Project, settings: Settings, file: str, item: str) -> Target:
    """The page of a raw file as its sidecar knows it, else as some page claims it."""
    pages: dict[str, str] = {}
    path = file + SIDECAR
    try:
        if project.exists(path):
            pages = dict(parse(project.read_text(path), path, settings.zone).pages)
    except ProblemError:
        pass  # told with the account; the claims of the pages are left
    raw = f"{file}#{item}" if item else file
    known = pages.get(item)
    if known and project.exists(f"{PAGES}/{known}"):
        return Target(f"{PAGES}/{known}", raw)
    if not item and (items := [name for name in pages if name]):
        if len(items) == 1:
            return _of_raw(project, settings, file, items[0])
        raise UsageError(
            f"{file} holds {len(items)} articles; name one of them:\n"
            + _lines(f"{file}#{name}" for name in items)
        )
    claims = [
        name
        for name in _article_files(project)
        if raw in _text(project, name)[:4000] and _claims(project, name, raw)
    ]
    return Target(claims[0] if claims else "", raw)  # fmt: skip


def _claims(project: Project, name: str, raw: str) -> bool:
    try:
        block, _, _ = frontmatter.split(project.read_text(name), name)
        return frontmatter.load(block or "", name).get("raw") == raw
    except ProblemError:
        return False


def _by_words(project: Project, settings: Settings, words: str) -> Target:
    """By address, then by slug, then by the raw file's name, then by an address that a page names."""
    files = list(_article_files(project))
    path = unquote(urlsplit(words).path) if "://" in words else words
    if found := _ADDRESS.search(path):
        name = f"{PAGES}/{ARTICLES}{found.group(1)}.md"
        if name in files:
            return Target(page=name)
    slug = PurePosixPath(path.rstrip("/")).name.removesuffix(".md")
    if "://" not in words:
        if pages := [name for name in files if PurePosixPath(name).stem == slug]:
            return Target(page=_only(words, pages))
        raws = [
            name
            for name in project.raw_files()
            if slug in (PurePosixPath(name).name, PurePosixPath(name).stem)
        ]
        if raws:
            return _of_raw(project, settings, _only(words, raws), "")
    if "/" in words:
        old = path.strip("/")
        named = [name for name in files if _names_address(_text(project, name), words, old)]
        if named:
            return Target(page=_only(words, named))
    near = get_close_matches(slug, [PurePosixPath(name).stem for name in files], n=3, cutoff=0.5)
    hint = "; did you mean\n" + _lines(near) if near else ""
    raise UsageError(f"no page goes by “{words}”{hint}")


def _names_address(text: str, words: str, old: str) -> bool:
    """Whether a page's front matter names an address: the original's (`url`), or an earlier one of its own."""
    block = text[:8000].partition("\n---")[0]
    return (
        f'"{words}"' in block
        or f" {words}\n" in block
        or (len(old) > 3 and f"{old}/" in block and "\naliases:" in block)
    )


def _only(words: str, names: list[str]) -> str:
    if len(names) > 1:
        raise UsageError(f"“{words}” may mean {len(names)} files; name one of them:\n{_lines(names)}")
    return names[0]


def _article_files(project: Project) -> Iterable[str]:
    for folder in (ARTICLES, HELD):
        yield from project.page_files(f"{PAGES}/{folder.rstrip('/')}")


def _text(project: Project, name: str) -> str:
    try:
        return project.read_text(name)
    except ProblemError:
        return ""


def _lines(names: Iterable[str]) -> str:
    shown = list(names)
    more = [f"    … and {len(shown) - _SHOWN} more"] if len(shown) > _SHOWN else []
    return "\n".join([*(f"    {name}" for name in shown[:_SHOWN]), *more])
