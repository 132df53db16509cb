"""Rules about front matter: what must be there, what waits for a person, and what looks like a slip of the hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.article import KEYS
from generator.check.body import without_code
from generator.check.page import Context, Page
from generator.docs_folder import PAGE_KEYS, page_address, usual_name
from generator.frontmatter import body_fingerprint, fingerprint
from generator.library import ARTICLES, HELD, missing_fields
from generator.merge import CONFLICT, REVIEW
from generator.models import Level, Problem
from generator.settings import Settings
from generator.takedowns import RECORD_KEYS
from generator.text import normalize, squeeze

_FIRST_KEY = re.compile(r"\s*(title|date|source|topic|tags|added)[ \t]*:", re.IGNORECASE)
_LEFTOVER = re.compile(r"^(?:<{7}|>{7}) .*$", re.MULTILINE)


def held(page: Page, context: Context) -> Iterator[Problem]:
    """A held page waits for a person: no error, but told each time."""
    told = page.article
    if told is None or told.takedown:
        return
    written = _review(page)
    for line in told.review:
        name = line.partition(":")[0].strip()
        if line not in written:
            hint = (
                "put that key right; until then the page is held, so that nothing appears against your will"
            )
        elif name == "body":
            hint = "look at the text, then delete this review line"
        elif name in KEYS and page.meta.get(name):
            hint = f"`{name}` is written: if it is right, delete this review line"
        elif name in KEYS:
            hint = f"write `{name}`, then delete this review line"
        else:
            hint = "settle it, then delete this review line"
        yield page.problem("review", f"held — {line}", hint, "page-held", Level.WARNING)
    if told.page.startswith(HELD) and not told.review and not missing_fields(told):
        yield page.problem("title", "is settled and still in held/", "run `digest ingest`, or `digest check --fix`; it files the page",
                           "page-unfiled", Level.WARNING)  # fmt: skip


def required(page: Page, context: Context) -> Iterator[Problem]:
    """What publication requires: its fields, and an address like the others'."""
    told = page.article
    if told is None or told.takedown:
        return
    if any(front_matter(page, context)):
        return  # nothing can be read, and that is told
    named = {line.partition(":")[0].strip() for line in told.review}
    settled = {key.removeprefix(REVIEW) for key in _marks(page) if key.startswith(REVIEW)}
    for name in missing_fields(told):
        if name in named or name in _unreadable(page):
            continue
        filed = told.page.startswith(ARTICLES) and not told.review and not told.draft
        message = f"`{name}` is missing"
        if name in settled:
            message = f"the review line of `{name}` was deleted, but `{name}` is still missing"
        yield page.problem(name, message, f"write `{name}:` into the front matter",
                           "page-required", Level.ERROR if filed else Level.WARNING)  # fmt: skip
    yield from _misnamed(page)


def _misnamed(page: Page) -> Iterator[Problem]:
    """An article whose address an editor cannot type, or that lies where the digest files none."""
    usual = usual_name(page.name)
    if page.name != usual:
        yield Problem(page.path, f"its address is /{page_address(page.name)}, which is not of the form YYYY/MM/slug",
                      f"rename it to {usual}", level=Level.WARNING, rule="page-name")  # fmt: skip


def _review(page: Page) -> tuple[str, ...]:
    """The review lines that stand in the file; reading adds one for a key that may hide or show the page."""
    lines = page.meta.get("review")
    return (
        tuple(squeeze(normalize(line)) for line in lines if isinstance(line, str))
        if isinstance(lines, list)
        else ()
    )


def _unreadable(page: Page) -> frozenset[str]:
    """Fields that stand there with a value of a wrong kind: told once, by what reading said."""
    return frozenset(name for name in page.meta if any(f"`{name}`" in one.message for one in page.problems))


def review_lines(page: Page, context: Context) -> Iterator[Problem]:
    """A review line that names no field: half of it was taken away, or it is a note in the wrong place."""
    for line in _review(page) if page.article and not page.article.takedown else ():
        name, colon, _ = line.partition(":")
        if not colon or not re.fullmatch(r"[\w.]+", name.strip()):
            yield page.problem("review", f"the review line “{line}” names no field, and holds the page",
                               "delete the whole line, or write `field: what is unclear`", "review-line",
                               Level.WARNING)  # fmt: skip


def front_matter(page: Page, context: Context) -> Iterator[Problem]:
    """Keys below no opening `---`: they would be printed as text."""
    if page.block or page.article is None:
        return
    first = _FIRST_KEY.match(page.body)
    if first is not None:
        yield Problem(page.path, f"begins with `{first[1]}:` and no `---` above it, so nothing of it is read as front matter",
                      "write a line `---` above the first key, and nothing before it", 1, rule="front-matter-missing")  # fmt: skip
    elif re.match(r"\s+---[ \t]*\n", page.body):
        yield Problem(page.path, "the `---` of the front matter is not the file's first line",
                      "delete what stands before it", 1, rule="front-matter-missing")  # fmt: skip


def ownership(page: Page, context: Context) -> Iterator[Problem]:
    """The generator's part of a page: its fingerprints, its raw article, and where both sides have changed."""
    told = page.article
    if told is None or told.takedown:
        return
    marks = _marks(page)
    if told.raw and not marks:
        yield page.problem("raw", "`generated` is gone, so every field counts as yours and none follows the raw article",
                           "restore the line from git; or take `raw` away too, if the page is to be all yours",
                           "generated-missing", Level.WARNING)  # fmt: skip
    elif marks and not told.raw:
        yield page.problem("generated", "`raw` is gone, so the page follows no raw article, and `digest ingest` takes it for deleted",
                           "restore the line from git; or delete the raw file and `generated` too",
                           "raw-missing", Level.WARNING)  # fmt: skip
    for key, mark in marks.items():
        if key.startswith(CONFLICT) and _present(page, name := key.removeprefix(CONFLICT)) == mark:
            yield page.problem(name if name != "body" else "generated", f"`{name}` has changed in {told.raw} since you edited it; your words stay",
                               f"`digest why {page.path}` shows both; `digest ingest --refresh --field {name} {page.path}` takes the new one; "
                               f"to keep yours and be done, delete `{key}` under `generated`",
                               "conflict", Level.NOTE)  # fmt: skip


def takedown_record(page: Page, context: Context) -> Iterator[Problem]:
    """What is left of an article that was taken down: in its record, or as its raw article."""
    told = page.article
    if told is None or told.takedown is None:
        return
    hint = f"run `digest takedown {page.path} --reason …` once more: it takes away what is left"
    left = [f"`{key}`" for key in page.meta if key not in RECORD_KEYS] + (
        ["its text"] if page.body.strip() else []
    )
    if left:
        yield page.problem("takedown", f"was taken down, and {', '.join(left[:6])} still {'stand' if len(left) > 1 else 'stands'} in the file", hint,
                           "takedown-record")  # fmt: skip
    if told.raw and context.raw_text(told.raw) is not None:
        yield page.problem(
            "raw", f"was taken down, and its raw article {told.raw} is here again", hint, "takedown-record"
        )


def conflict_leftovers(page: Page, context: Context) -> Iterator[Problem]:
    """A mark of a merge conflict whose other marks somebody has deleted."""
    if ">>>>>>> " not in page.body and "<<<<<<< " not in page.body:
        return
    for match in _LEFTOVER.finditer(without_code(page.body)):
        line = page.body_line + page.body.count("\n", 0, match.start())
        yield Problem(page.path, f"a mark of a merge conflict is left: `{match[0].strip()[:40]}`",
                      "look what belongs there, and delete the line", line, rule="conflict-marker")  # fmt: skip


def _marks(page: Page) -> Mapping[str, str]:
    marks = page.meta.get("generated")
    return {key: str(value) for key, value in marks.items()} if isinstance(marks, dict) else {}


def _present(page: Page, name: str) -> str:
    """Fingerprint of a field's present value; empty where it is not there."""
    if name == "body":
        return body_fingerprint(page.body)
    return fingerprint(page.meta[name]) if name in page.meta else ""


def hand_written(page: Page, context: Context) -> Iterator[Problem]:
    """Keys of a page that is no article: what is not of the list has no effect."""
    if page.article is not None or page.name.startswith("editions/"):
        return
    address = page_address(page.name)
    if (kind := _own_address(address, context.settings)) is not None:
        yield Problem(page.path, f"wants the address /{address}, where the site's own page `{kind}` stands already",
                      "rename the file", rule="address-collision")  # fmt: skip
    for key in page.meta:
        if key not in PAGE_KEYS:
            yield page.problem(key, f"`{key}` is no key of a page, so it has no effect",
                               f"keys of a page are {', '.join(PAGE_KEYS)}", "page-unknown-key", Level.WARNING)  # fmt: skip


def _own_address(address: str, settings: Settings) -> str | None:
    """The kind of list that stands at an address."""
    paths = settings.paths
    segments = {f"{getattr(paths, name)}/": name for name in type(paths).__dataclass_fields__}
    segments |= {f"{paths.topics}/{key}/": "topics" for key in settings.topics}
    segments |= {f"{paths.tags}/{slug}/": "tags" for slug in settings.tag_slugs.values()}
    segments |= {f"{paths.sources}/{settings.source_slug(key)}/": "sources" for key in settings.sources}
    return segments.get(address)
