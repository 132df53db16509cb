"""Rules about pairs of pages: none claims the other's raw article, original, text or address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator import slugs
from generator.check.outline import Outline
from generator.docs_folder import page_address
from generator.library import HELD
from generator.models import Article, Level, Problem
from generator.storage import PAGES


def claimed_twice(articles: Iterable[Article]) -> list[Problem]:
    """Pages that are made from one and the same raw article: the news would stand there twice."""
    return list(_claims((f"{PAGES}/{one.page}", one.raw) for one in articles if one.raw))


def twins(
    outlines: Mapping[str, Outline], files: Iterable[str], focus: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Everything that two pages must not share. The later by path is told, and names the other; of a page in `focus`
    and one outside, that in `focus`; of one that readers see and one that waits, that which waits."""
    some = _related(outlines, focus) if focus else outlines
    pages = [some[path] for path in sorted(some, key=lambda path: (path in focus, *_filed_first(path)))]
    live = [page for page in pages if not page.taken_down]
    live.sort(key=lambda page: (page.path in focus, not page.published))
    yield from _claims((page.path, page.raw) for page in pages if page.raw)
    yield from _same_original(live)
    yield from _same_text(live)
    yield from _same_title(live)
    yield from _same_address(sorted(files, key=lambda path: (path in focus, path)))


def _related(outlines: Mapping[str, Outline], focus: frozenset[str]) -> Mapping[str, Outline]:
    """The pages in focus, and those that have anything in common with one of them."""
    mine = [outlines[path] for path in focus if path in outlines]
    raws, urls = {one.raw for one in mine} - {""}, {one.url for one in mine} - {""}
    texts, days = {one.text for one in mine} - {""}, {one.date[:10] for one in mine} - {""}
    return {
        path: one
        for path, one in outlines.items()
        if path in focus or one.raw in raws or one.url in urls or one.text in texts or one.date[:10] in days
    }


def _filed_first(path: str) -> tuple[bool, str]:
    return path.startswith(f"{PAGES}/{HELD}"), path


def _claims(claims: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for path, raw in claims:
        owner = owners.setdefault(raw, path)
        if owner != path:
            message = f"claims {raw}, as {owner} does"
            hint = "delete one of the two, or take `raw` and `generated` out of the one that is yours alone"
            yield Problem(path, message, hint, rule="raw-claimed-twice")


def _groups(pages: Iterable[Outline], key: Callable[[Outline], str]) -> Iterator[tuple[Outline, Outline]]:
    """(the first, another) of the pages with the same key; an empty key is nobody's."""
    first: dict[str, Outline] = {}
    for page in pages:
        if (value := key(page)) and (owner := first.setdefault(value, page)) is not page:
            yield owner, page


def _same_original(pages: list[Outline]) -> Iterator[Problem]:
    for owner, page in _groups(pages, lambda page: page.url):
        if owner.raw and owner.raw == page.raw:
            continue  # told as a raw article with two pages
        yield Problem(page.path, f"has the same original as {owner.path}: {page.url}",
                      "keep one: delete the other, with its address under `aliases` of the one that stays; for other coverage write `also`",
                      level=_level(page, owner), rule="duplicate-url")  # fmt: skip


def _level(*pages: Outline) -> Level:
    """Of two pages of which readers see at most one, a note is enough."""
    return Level.WARNING if all(page.published for page in pages) else Level.NOTE


def _same_text(pages: list[Outline]) -> Iterator[Problem]:
    for owner, page in _groups(pages, lambda page: page.text):
        if (owner.raw and owner.raw == page.raw) or (owner.url and owner.url == page.url):
            continue
        yield Problem(page.path, f"has the same text as {owner.path}",
                      "keep one, and name the other source under `also`", level=_level(page, owner), rule="duplicate-text")  # fmt: skip


def _same_title(pages: list[Outline]) -> Iterator[Problem]:
    """One headline of one source on one day: mostly the same article taken in twice, once before it was changed."""
    for owner, page in _groups(pages, _headline):
        if any(mine and mine == theirs for mine, theirs in
               ((page.raw, owner.raw), (page.url, owner.url), (page.text, owner.text))):  # fmt: skip
            continue
        yield Problem(page.path, f"has the same title, source and day as {owner.path}",
                      "if it is the same article, keep one, with the other's address under its `aliases`",
                      level=_level(page, owner), rule="duplicate-title")  # fmt: skip


def _headline(page: Outline) -> str:
    if not (page.title and page.source and page.date):
        return ""
    return f"{page.source}\n{page.date[:10]}\n{page.title.casefold()}"


def _same_address(files: Iterable[str]) -> Iterator[Problem]:
    """Files that some system takes for one, and pages that want one address."""
    owners: dict[str, str] = {}
    by_address: dict[str, list[str]] = defaultdict(list)
    for path in files:
        name = path.removeprefix(f"{PAGES}/")
        owner = owners.setdefault(slugs.key_of(name), path)
        if owner != path:
            yield Problem(path, f"is one file with {owner} on many systems: they differ in case or in Unicode form alone",
                          "rename one of the two", rule="twin")  # fmt: skip
        elif name.endswith(".md"):
            by_address[slugs.key_of(page_address(name))].append(path)
    for address, paths in by_address.items():
        for path in paths[1:]:
            yield Problem(path, f"wants the address /{address}, where {paths[0]} stands already", "rename one of the two files",
                          rule="address-collision")  # fmt: skip
