"""Raw files of the disk → readings, in their order, in as many processes as pay."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from typing import TypeAlias

from generator import intake, sidecars
from generator.errors import ProblemError
from generator.intake import Reading, Worker
from generator.models import Problem
from generator.settings import Settings
from generator.sidecars import Sidecar
from generator.storage import SIDECAR, Project
from generator.vocabulary import Vocabulary

PARALLEL_FROM = 64
"""Raw files from which starting further processes pays."""

_BATCH_FILES = 64
"""For each process: raw files that wait in memory at once."""
_BATCH_BYTES = 8 * 1024 * 1024
"""Bytes of theirs, beside one file of the largest size."""


_Task: TypeAlias = tuple[str, bytes, Sidecar]


@dataclass(frozen=True, slots=True)
class RawReading:
    """What became of one raw file: its sidecar and its reading, or why there is none."""

    name: str
    sidecar: Sidecar | None = None
    reading: Reading | None = None
    problem: Problem | None = None
    """Why the file or its sidecar could not be read; None with `skip: true`."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A raw file as the disk has it."""

    told: RawReading
    data: bytes | None = None

    @property
    def task(self) -> _Task | None:
        """What a worker is given; None where there is nothing to understand."""
        if self.data is None or self.told.sidecar is None:
            return None
        return self.told.name, self.data, self.told.sidecar


def read_files(
    project: Project,
    settings: Settings,
    names: Sequence[str],
    *,
    url: str | None = None,
    source: str | None = None,
    jobs: int | None = None,
    renamed: Mapping[str, str] | None = None,
) -> Iterator[RawReading]:
    """The raw files understood, in their order.

    `url` and `source` go before what the sidecar says. `jobs` is the number of processes; None: as many as pay.
    `renamed` are raw files whose sidecar still stands under their old name: new name → old name.
    """

    def load(name: str) -> _Loaded:
        try:
            path = name + SIDECAR
            stands = (renamed or {}).get(name, name) + SIDECAR
            text = project.read_text(stands) if project.exists(stands) else ""
            sidecar = sidecars.parse(text, path, settings.zone, settings.sources)
            if sidecar.skip:
                return _Loaded(RawReading(name))
            sidecar = replace(sidecar, url=url or sidecar.url, source=source or sidecar.source)
            return _Loaded(RawReading(name, sidecar), project.read_raw(name))
        except ProblemError as error:
            return _Loaded(RawReading(name, problem=error.problem))

    if jobs is None:
        jobs = _cores() if len(names) >= PARALLEL_FROM else 1
    if jobs > 1:
        yield from _read_parallel(map(load, names), settings, jobs)
        return
    vocabulary = Vocabulary.of(settings)
    for one in map(load, names):
        told = one.told
        if (task := one.task) is not None:
            name, data, sidecar = task
            told = replace(told, reading=intake.read(name, data, settings, vocabulary, sidecar))
        yield told


def _read_parallel(files: Iterable[_Loaded], settings: Settings, jobs: int) -> Iterator[RawReading]:
    pool = _pool(settings, jobs)
    waiting: deque[tuple[list[_Loaded], Iterator[Reading]]] = deque()
    try:
        for batch in _batches(files, _BATCH_FILES * jobs):
            tasks = [task for one in batch if (task := one.task) is not None]
            try:
                readings = pool.map(Worker.read, tasks, chunksize=16)
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(settings, jobs)
                readings = pool.map(Worker.read, tasks, chunksize=16)
            waiting.append((batch, iter(readings)))
            if len(waiting) > 1:  # so that the others read while this one writes
                yield from _paired(*waiting.popleft(), settings)
        while waiting:
            yield from _paired(*waiting.popleft(), settings)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(settings: Settings, jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=(settings,))


def _paired(batch: list[_Loaded], readings: Iterator[Reading], settings: Settings) -> Iterator[RawReading]:
    """The files with their readings; where a process died, the rest of the batch is read one file at a time."""
    for place, one in enumerate(batch):
        if one.task is None:
            yield one.told
            continue
        try:
            reading = next(readings)
        except BrokenProcessPool:
            readings = iter(_read_apart([task for left in batch[place:] if (task := left.task)], settings))
            reading = next(readings)
        yield replace(one.told, reading=reading)


def _read_apart(tasks: list[_Task], settings: Settings) -> list[Reading]:
    """Each file by itself, so that the one that kills its process (a fault of a C library, too little memory)
    costs only itself."""
    readings: list[Reading] = []
    while len(readings) < len(tasks):
        with _pool(settings, 1) as pool:  # none is left over: it would keep whatever pipes it was born with
            try:
                readings.extend(pool.submit(Worker.read, task).result() for task in tasks[len(readings) :])
            except BrokenProcessPool:
                name = tasks[len(readings)][0]
                message = "the process that read it died: a fault of the program, or too little memory"
                hint = "report it with the file, or set `skip: true` in its sidecar"
                readings.append(Reading(name, problems=(Problem(name, message, hint, rule="fault"),)))
    return readings


def _batches(files: Iterable[_Loaded], most: int) -> Iterator[list[_Loaded]]:
    """The files in lists that memory can hold whatever their size."""
    batch: list[_Loaded] = []
    size = 0
    for one in files:
        batch.append(one)
        size += len(one.data or b"")
        if len(batch) >= most or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _start_worker(settings: Settings) -> None:
    """An interrupt is the first process's to hear; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Worker.start(settings)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
