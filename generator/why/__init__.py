"""Use case: where every field of a page came from, and what the generator says of it now.

The raw article is read again, by the same pure way that ingest goes, and put beside the page and its fingerprints.
Nothing is written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator import article, frontmatter, merge, pages, sidecars
from generator.dates import format_moment
from generator.errors import ProblemError
from generator.frontmatter import body_fingerprint, fingerprint
from generator.illustrations import illustrate
from generator.intake import Reading, read
from generator.library import ARTICLES, REQUIRED, address_of, state_of
from generator.markup import plain_markdown
from generator.models import Article, Evidence, Level, MetaValue, Problem, Record
from generator.readers.raw_file import RawFile
from generator.records import Line
from generator.settings import Settings
from generator.sidecars import Sidecar
from generator.storage import PAGES, SIDECAR, Project
from generator.targets import Target, find_target, split_item
from generator.text import count_words
from generator.vocabulary import Vocabulary
from generator.why.account import Account, FieldAccount, PolicyAccount, RawAccount, ReviewAccount

__all__ = ["Account", "explain"]

_EVIDENCE = {"summary": ("lead",), "lang": ("language",), "url": ("canonical_url", "url")}
"""Field of a page → fields of the record that it is made of, the best first."""
_GENERATED = frozenset({*pages.FIELDS, *pages.PASSED_ON})
_LEAST_WORDS = 6
"""Characters of words that are looked for in the raw file: shorter ones stand anywhere."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The page as it stands."""

    path: str = ""
    meta: Mapping[str, MetaValue] | None = None
    """None where the page cannot be read."""
    body: str = ""
    article: Article | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Raw:
    """The raw article as the generator understands it now."""

    account: RawAccount
    record: Record | None = None
    problems: tuple[Problem, ...] = ()
    text: str = ""
    """The raw file, decoded."""


def explain(project: Project, settings: Settings, argument: str, here: Path, now: dt.datetime) -> Account:
    """The account of the page that `argument` names (a file, a slug, an address, a raw file; see `find_target`).

    `here` is the folder from which a relative path is meant.

    Raises:
        UsageError: nothing or more than one thing goes by that name.
    """
    target = find_target(project, settings, argument, here)
    page = _load_page(project, settings, target)
    raw = _load_raw(project, settings, target.raw or _claim(page))
    generated = pages.compose(raw.record, settings) if raw.record is not None else None
    fields = tuple(_fields(page, raw.record, generated, raw.account))
    evidence = [one.evidence for one in fields if one.evidence is not None]
    told = page.article
    filed = target.page.startswith(f"{PAGES}/{ARTICLES}")
    return Account(
        page=target.page,
        address="/" + address_of(target.page.removeprefix(f"{PAGES}/")) if filed else "",
        state=state_of(told, now, settings).value if told else _state(target, raw),
        title=(told.title if told else "") or (raw.record.title if raw.record else "") or "",
        raw=raw.account,
        fields=fields,
        reviews=tuple(_reviews(page, raw.record)),
        policy=_policy(page, raw.record, settings),
        left_out=raw.record.dropped if raw.record else (),
        lines=_lines(raw.text, evidence),
        problems=(*page.problems, *raw.problems),
    )


def _state(target: Target, raw: _Raw) -> str:
    """Of an article without a page that can be read."""
    if target.page:
        return "unreadable"
    return "deleted" if raw.account.page else "none"


# -------------------------------------------------------------------------------------- page and raw


def _load_page(project: Project, settings: Settings, target: Target) -> _Page:
    if not target.page:
        return _Page()
    try:
        block, body, _ = frontmatter.split(project.read_text(target.page), target.page)
        meta = frontmatter.load(block or "", target.page)
    except ProblemError as error:
        return _Page(target.page, problems=(error.problem,))
    told, problems = article.read(
        meta, body, target.page, settings.zone, lambda: frontmatter.key_lines(block or "", target.page)
    )
    return _Page(target.page, meta, body, replace(told, page=target.page.removeprefix(f"{PAGES}/")), problems)


def _claim(page: _Page) -> str:
    """The raw article that the page says it is made from."""
    raw = page.meta.get("raw") if page.meta else None
    return unicodedata.normalize("NFC", raw) if isinstance(raw, str) else ""


def _load_raw(project: Project, settings: Settings, raw: str) -> _Raw:
    if not raw:
        return _Raw(RawAccount())
    file, item = split_item(project, raw)
    sidecar, known, problems = _load_sidecar(project, settings, file, item)
    if not project.exists(file):
        return _Raw(replace(known, item=item, status="missing"), problems=problems)
    try:
        data = project.read_raw(file)
    except ProblemError as error:
        return _Raw(replace(known, item=item, status="refused"), problems=(*problems, error.problem))
    reading = read(file, data, settings, Vocabulary.of(settings), sidecar)
    return _understood(project, settings, replace(known, item=item), sidecar, reading, data, problems)


def _understood(
    project: Project, settings: Settings, known: RawAccount, sidecar: Sidecar, reading: Reading, data: bytes,
    problems: tuple[Problem, ...],
) -> _Raw:  # fmt: skip
    sha256 = hashlib.sha256(data).hexdigest()
    raw = f"{known.file}#{known.item}" if known.item else known.file
    record = next((one for one in reading.records if unicodedata.normalize("NFC", one.raw) == raw), None)
    same = "unchanged" if sha256 == known.registered_sha256 else "changed"
    status = same if known.registered_sha256 else "unknown"
    if sidecar.skip:
        status = "skipped"
    elif record is None:
        refused = any(one.level is Level.ERROR for one in reading.problems)
        status = "refused" if refused and not reading.records else "item missing"
    told = (*problems, *reading.problems)
    if record is not None:
        illustrated = illustrate(record, settings, project)
        record, told = illustrated.record, (*told, *illustrated.problems)
    try:
        text = RawFile(known.file, data).text
    except ProblemError:
        text = ""
    return _Raw(replace(known, status=status, sha256=sha256), record, told, text)


def _load_sidecar(
    project: Project, settings: Settings, file: str, item: str
) -> tuple[Sidecar, RawAccount, tuple[Problem, ...]]:
    """(what the sidecar tells the extraction, what is told of it, problems)."""
    path = file + SIDECAR
    if not project.exists(path):
        return Sidecar(path=path), RawAccount(file=file), ()
    try:
        text = project.read_text(path)
        sidecar = sidecars.parse(text, path, settings.zone, settings.sources)
        added = frontmatter.load(text, path, 1).get("added", "")
    except ProblemError as error:
        return Sidecar(path=path), RawAccount(file=file, sidecar=path), (error.problem,)
    account = RawAccount(
        file=file, page=sidecar.pages.get(item, ""), added=str(added), registered_sha256=sidecar.sha256, sidecar=path, url=sidecar.url or "",
        source=sidecar.source or "", fetched_at=format_moment(sidecar.fetched_at) if sidecar.fetched_at else "",
    )  # fmt: skip
    return sidecar, account, ()


# -------------------------------------------------------------------------------------------- fields


def _fields(
    page: _Page, record: Record | None, generated: pages.GeneratedPage | None, raw: RawAccount
) -> Iterator[FieldAccount]:
    """Every field of the page, and those that the generator would write: in the order of front matter."""
    new = dict(generated.fields) if generated else {}
    evidence = {one.field: one for one in record.evidence} if record else {}
    meta = dict(page.meta or {})
    owned = merge.owners(meta, page.body) if page.meta is not None else {}
    names = dict.fromkeys((*pages.FIELDS, *meta, *owned, *new))
    for name in names:
        if name in ("generated", "raw", "review", "body"):
            continue
        value, wanted, owner = meta.get(name), new.get(name), owned.get(name, "generator")
        found = _evidence_of(name, evidence)
        if value is None and wanted is None and found is None and name not in owned:
            continue
        if page.meta is None:
            pending = wanted is not None and _will_be_made(page, raw)
            yield FieldAccount(name=name, generated=wanted, pending=pending, evidence=found)
            continue
        differs = wanted is not None and (name not in meta or fingerprint(wanted) != fingerprint(value))
        gone = generated is not None and wanted is None and name in meta and name in _GENERATED
        kept = name in REQUIRED and page.path.startswith(f"{PAGES}/{ARTICLES}")
        by_editor = owner != "generator"
        if name in pages.PASSED_ON and owner == "generator":
            owner = "container"
        elif name == "added" and value == raw.added:
            owner = "ingest"
        yield FieldAccount(
            name=name, value=value, owner=owner, generated=wanted, conflict=differs and by_editor,
            pending=(differs or (gone and not kept)) and not by_editor, evidence=found,
        )  # fmt: skip
    yield from _body(page, generated, raw, owned, evidence)


def _body(
    page: _Page,
    generated: pages.GeneratedPage | None,
    raw: RawAccount,
    owned: Mapping[str, str],
    evidence: Mapping[str, Evidence],
) -> Iterator[FieldAccount]:
    """The body: its value is the page's own text."""
    text, wanted = page.body.strip("\n") or None, generated.body if generated else None
    if not text and not wanted:
        return
    differs = wanted is not None and body_fingerprint(wanted) != body_fingerprint(page.body)
    owner = owned.get("body", "generator" if page.meta is None else "editor")
    written = owner == "generator" and (page.meta is not None or _will_be_made(page, raw))
    yield FieldAccount(
        name="body", value=text, owner=owner, generated=wanted, conflict=differs and owner != "generator",
        pending=differs and written, evidence=evidence.get("body"),
    )  # fmt: skip


def _will_be_made(page: _Page, raw: RawAccount) -> bool:
    """Whether the next ingest makes a page of a raw article that has none."""
    return not page.path and not raw.page and raw.status != "skipped"


def _evidence_of(name: str, evidence: Mapping[str, Evidence]) -> Evidence | None:
    """The evidence of a page's field, its parts together where it is made of several."""
    found = [evidence[one] for one in _EVIDENCE.get(name, (name,)) if one in evidence]
    if len(found) < 2:
        return found[0] if found else None
    candidates = tuple(one for entry in found for one in entry.candidates)
    return Evidence(name, candidates, found[0].chosen)


def _reviews(page: _Page, record: Record | None) -> Iterator[ReviewAccount]:
    """The doubts: those that stand in the page, those that an editor has settled, and those not told yet."""
    current = {one.field: one for one in record.reviews} if record else {}
    marks = (page.meta or {}).get("generated")
    told = {
        key.removeprefix("review."): str(mark)
        for key, mark in (marks.items() if isinstance(marks, dict) else ())
        if key.startswith("review.")
    }
    waiting: set[str] = set()
    for line in page.article.review if page.article else ():
        name, _, why = line.partition(":")
        waiting.add(name)
        doubt = current.get(name)
        yield ReviewAccount(name, why.strip(), "open", doubt.candidates if doubt else ())
    for name in sorted(told.keys() - waiting):
        doubt = current.get(name)
        why = doubt.why if doubt else "the raw article no longer gives rise to it"
        yield ReviewAccount(name, why, "settled", doubt.candidates if doubt else ())
    for name, doubt in current.items():
        if name not in waiting and name not in told:
            yield ReviewAccount(name, doubt.why, "new", doubt.candidates)
    for name in REQUIRED:
        if page.article and not getattr(page.article, name) and name not in {*waiting, *told, *current}:
            yield ReviewAccount(name, "is missing", "open")


def _policy(page: _Page, record: Record | None, settings: Settings) -> PolicyAccount | None:
    if record is None:
        return None
    source = settings.source(record.source) if record.source else settings.default_source
    lead = record.lead if record.lead_kind == "sapo" else None
    original = sum(count_words(text) for text in (lead or "", *(block.text for block in record.body)))
    shown = count_words(page.article.summary) + count_words(plain_markdown(page.body)) if page.article else 0
    return PolicyAccount(record.source or "", source.text, source.excerpt_words, original, shown)


# --------------------------------------------------------------------------------------------- lines


def _lines(text: str, evidence: list[Evidence]) -> dict[str, Line]:
    """Words of the evidence → where in the raw file they begin, if they stand there as they are."""
    lines: dict[str, Line] = {}
    if not text:
        return lines
    for words in dict.fromkeys(one.text for entry in evidence for one in entry.candidates):
        first = words.partition("; ")[0].partition(" … ")[0].partition("\n")[0].strip("… ")[:80]
        place = text.find(first) if first else -1
        if place < 0:
            continue
        only = text.find(first, place + 1) < 0
        if only or len(first) >= _LEAST_WORDS:
            lines[words] = Line(text.count("\n", 0, place) + 1, only)
    return lines
