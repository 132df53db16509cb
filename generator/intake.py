"""A raw file's bytes → the records of its articles: pure, so that it may run in several processes."""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import dataclass, replace
from pathlib import PurePath

from generator import readers
from generator.errors import ProblemError
from generator.evidence import complete_evidence
from generator.extract import extract
from generator.models import Problem, RawItem, Record
from generator.settings import Settings
from generator.sidecars import Sidecar
from generator.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Reading:
    """A raw file understood: its records, and what was wrong with it."""

    raw: str
    sha256: str = ""
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()


def understand(item: RawItem, settings: Settings, vocabulary: Vocabulary) -> Record:
    """One raw item as a record with its topic and tags."""
    return vocabulary.label(extract(item, settings))


def read(raw: str, data: bytes, settings: Settings, vocabulary: Vocabulary, sidecar: Sidecar) -> Reading:
    """All records of a raw file's bytes; what cannot be read is told, never raised."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        reading = readers.read(raw, data)
    except ProblemError as error:
        return Reading(raw, digest, problems=(error.problem,))
    single = len(reading.items) == 1 and reading.items[0].raw == raw
    records: list[Record] = []
    problems = list(reading.problems)
    for item in reading.items:
        told = replace(
            item,
            url=(sidecar.url if single else None) or item.url,
            source=sidecar.source or item.source,
            fetched_at=sidecar.fetched_at or item.fetched_at,
        )
        try:
            record = understand(told, settings, vocabulary)
            records.append(complete_evidence(record, told, sidecar.url if single else None))
        except Exception as error:  # noqa: BLE001 - other people's text met a fault of ours: it costs this article
            problems.append(_fault(told.raw, error))
    return Reading(raw, digest, tuple(records), tuple(problems))


def _fault(raw: str, error: Exception) -> Problem:
    last = traceback.extract_tb(error.__traceback__)[-1]
    message = (
        f"could not be understood: {type(error).__name__} in {PurePath(last.filename).name}:{last.lineno}"
    )
    return Problem(
        raw,
        f"{message} ({error})",
        "report it with the file, or set `skip: true` in its sidecar",
        rule="fault",
    )


class Worker:
    """What a worker process keeps between its tasks: settings are sent once, not with each file."""

    settings: Settings
    vocabulary: Vocabulary

    @classmethod
    def start(cls, settings: Settings) -> None:
        """Get ready for tasks under some settings."""
        cls.settings = settings
        cls.vocabulary = Vocabulary.of(settings)

    @classmethod
    def read(cls, task: tuple[str, bytes, Sidecar]) -> Reading:
        """One raw file: (its path, its bytes, its sidecar)."""
        name, data, sidecar = task
        return read(name, data, cls.settings, cls.vocabulary, sidecar)
