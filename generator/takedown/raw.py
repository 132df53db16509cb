"""A raw article's way out: its file and what a browser saved beside it, or its part of a file that holds several."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator import readers, sidecars
from generator.dates import format_moment
from generator.errors import ProblemError
from generator.illustrations import illustrate
from generator.intake import read as understand
from generator.models import Level, Problem, Record
from generator.raw_cuts import cut_item
from generator.readers.raw_file import RawFile
from generator.settings import Settings
from generator.sidecars import Sidecar
from generator.storage import PAGES, RAW, SIDECAR, Project
from generator.takedown.report import Deed, Step
from generator.targets import split_item
from generator.vocabulary import Vocabulary

_LEAST_TITLE = 12
"""Characters of a title that is looked for in what is left of a raw file: a shorter one stands anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """One raw article as it stands on disk."""

    raw: str
    file: str
    item: str = ""
    """Empty where the file is this article alone."""
    sidecar: Sidecar
    present: bool = False
    """Whether the file is there."""
    data: bytes = b""
    """Empty where it cannot be read."""
    record: Record | None = None
    problems: tuple[Problem, ...] = ()
    """Why file or sidecar cannot be read."""

    @property
    def sha256(self) -> str:
        """Of the file as it is; the registered one where it is not there."""
        return hashlib.sha256(self.data).hexdigest() if self.data else self.sidecar.sha256

    @property
    def urls(self) -> tuple[str, ...]:
        """What the raw article says of its address."""
        said = (self.record.url, self.record.canonical_url) if self.record else ()
        return tuple(dict.fromkeys(url for url in (*said, self.sidecar.url) if url))


def load_raw(project: Project, settings: Settings, raw: str) -> RawArticle | None:
    """The raw article that a page or an editor names; None where the name leads out of the raw folder."""
    file, item = split_item(project, raw)
    parts = PurePosixPath(file).parts
    hidden = any(part.startswith(".") for part in parts)
    if not file.startswith(f"{RAW}/") or file.endswith(SIDECAR) or hidden or not project.owns(file):
        return None
    problems: list[Problem] = []
    sidecar = Sidecar(path=file + SIDECAR)
    data, record = b"", None
    try:
        if project.exists(sidecar.path):
            sidecar = sidecars.parse(project.read_text(sidecar.path), sidecar.path, settings.zone)
    except ProblemError as error:
        problems.append(error.problem)
    present = project.exists(file)
    try:
        data = project.read_raw(file) if present else b""
    except ProblemError as error:
        problems.append(error.problem)
    if data:
        found = understand(file, data, settings, Vocabulary.of(settings), sidecar)
        record = next((one for one in found.records if one.raw == raw), None)
    return RawArticle(raw=raw, file=file, item=item, sidecar=sidecar, present=present, data=data, record=record,
                      problems=tuple(problems))  # fmt: skip


def pictures_of(project: Project, settings: Settings, one: RawArticle) -> frozenset[str]:
    """The pictures below the pages folder that ingest keeps of a raw article."""
    if one.record is None:
        return frozenset()
    return frozenset(asset.file for asset in illustrate(one.record, settings, project).assets)


def plan_removal(
    project: Project, one: RawArticle, page: str, now: dt.datetime, *, again: bool
) -> tuple[list[Step], list[Problem]]:
    """(what is to be done to a raw article that `page` was made of, what remains for a person).

    The sidecar is written before its raw file goes, and the file goes last: until then a second run finds it all again.
    """
    problems = list(one.problems)
    if not one.present:
        if not again:
            message = f"the raw article {one.raw} is not here"
            hint = "where your raw files live outside this folder, delete it there"
            problems.append(Problem(page, message, hint, level=Level.NOTE, rule="takedown-raw"))
        steps = [] if one.item or not one.sidecar.text else _record(one, page, now)
        return steps, problems
    if one.item and not one.data:
        return [], problems
    try:
        if one.item:
            steps, told = _plan_cut(one, page, now)
            return steps, [*problems, *told]
        if one.data and not _is_alone(one):
            message = f"holds several articles by now, and not the one that {page} was made of"
            problems.append(Problem(one.file, message, "see that nothing of it is left in the file", level=Level.WARNING,
                                    rule="takedown-raw"))  # fmt: skip
            return [], problems
    except ProblemError as error:
        return [], [*problems, error.problem]
    problems = [told for told in problems if told.path != one.file]
    beside = [project.relative(path) for path in project.page_folder(one.file).own()]
    return [
        *_record(one, page, now),
        *(Step(Deed.DELETED, path, "saved beside the raw article") for path in beside),
        Step(Deed.DELETED, one.file, "the raw article"),
    ], problems


def _is_alone(one: RawArticle) -> bool:
    """Whether the file is the article and nothing else; one that cannot be read holds nothing else."""
    try:
        items = readers.read(one.file, one.data).items
    except ProblemError:
        return True
    return any(item.raw == one.raw for item in items)


def _record(
    one: RawArticle, page: str, now: dt.datetime, sha256: str = "", *, skip: bool = True
) -> list[Step]:
    """The sidecar as the record of a raw article that is done with; nothing where it says so already."""
    if any(problem.path == one.sidecar.path for problem in one.problems):
        return []
    item = one.item
    text = one.sidecar.updated(
        sha256=sha256 or one.sha256,
        added=format_moment(now),
        pages={**one.sidecar.pages, item: one.sidecar.pages.get(item) or page.removeprefix(f"{PAGES}/")},
        skip=skip,
    )
    what = "skip: true, so that it stays away" if skip else "what is left of the raw file"
    return [Step(Deed.RECORDED, one.sidecar.path, what, text)] if text != one.sidecar.text else []


def _plan_cut(one: RawArticle, page: str, now: dt.datetime) -> tuple[list[Step], list[Problem]]:
    """One article of a raw file of several.

    Raises:
        RawError: it cannot be cut out.
    """
    reading = readers.read(one.file, one.data)
    if all(item.raw != one.raw for item in reading.items):
        return [], []
    left_out = [
        told for told in reading.problems if told.level is Level.ERROR or told.rule == "raw-item-empty"
    ]
    if len(reading.items) == 1 and not left_out:
        gone = Step(Deed.DELETED, one.file, "the raw file, which held this article alone")
        return [*_record(one, page, now, skip=False), gone], []
    cut = cut_item(one.file, one.data, one.raw)
    sha256 = hashlib.sha256(cut.data).hexdigest()
    told = [
        Problem(one.file, f"the date of `{raw.removeprefix(f'{one.file}#')}` is judged otherwise without the article",
                "look at its page after the next `digest ingest`", level=Level.WARNING, rule="takedown-raw")
        for raw in cut.redated
    ]  # fmt: skip
    title = (one.record.title if one.record else None) or ""
    text = RawFile(one.file, cut.data).text
    if len(title) >= _LEAST_TITLE and (place := text.find(title)) >= 0:
        told.append(Problem(one.file, "still names the article's title outside of the article", "see that nothing more is left",
                            text.count("\n", 0, place) + 1, Level.WARNING, "takedown-raw"))  # fmt: skip
    return [
        Step(Deed.CUT, one.file, f"`{one.item}`, {len(one.data) - len(cut.data):,} bytes", cut.data),
        *_record(one, page, now, sha256, skip=False),
    ], told
