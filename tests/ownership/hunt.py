"""The hunt: sequences of steps from a seed, each judged after every ingest; a failing one is made short before it is shown."""

from __future__ import annotations

import contextlib
import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from generator import intake
from generator.intake import Reading
from tests.ownership.raws import FILES
from tests.ownership.steps import STEPS, Step, draw
from tests.ownership.world import World

Plan = list[tuple[Step, int]]
"""Steps, each with the seed of its choices."""


@dataclass
class Catch:
    """What a hunt has seen."""

    sequences: int = 0
    ingests: int = 0
    merges: int = 0
    by_field: int = 0
    """Pages that git could not merge, and the digest's driver could."""
    discarded: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        discarded = ", ".join(f"{why}: {number:,}" for why, number in sorted(self.discarded.items()))
        return (
            f"{self.sequences:,} sequences, {self.ingests:,} ingests judged, {self.merges:,} merges "
            f"({self.by_field:,} pages by field; discarded: {discarded or 'none'})"
        )


def plan(seed: int) -> Plan:
    """The steps of a sequence."""
    rng = random.Random(seed)
    return [(draw(rng, STEPS), rng.randrange(2**32)) for _ in range(rng.randint(6, 12))]


def play(seed: int, steps: Plan, root: Path, catch: Catch | None = None) -> str:
    """The steps in a new folder; what broke the promise, or nothing."""
    rng = random.Random(seed)
    world = World(root)
    files = list(FILES)
    chosen = rng.sample(files, 3)
    for file in chosen:
        world.begin(file)
    world.favourite = (chosen[0], rng.choice(FILES[chosen[0]][1]))
    number = -1
    try:
        world.ingest()
        for number, (step, choices) in enumerate(steps):  # noqa: B007 - told below
            step(world, random.Random(choices))
        number = len(steps)
        world.ingest()
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is what is hunted
        where = "" if isinstance(error, AssertionError) else _where(error)
        return f"after step {number + 1}: {type(error).__name__}: {error}{where}"
    finally:
        if catch is not None:
            catch.ingests += world.ingests
            catch.merges += world.merges
            catch.by_field += world.by_field
            catch.discarded += world.discarded
            catch.steps.update(step.__name__ for step, _ in steps)
            catch.sequences += 1
    return ""


def _where(error: Exception) -> str:
    trace = error.__traceback__
    places = []
    while trace is not None:
        places.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f" ({' → '.join(places[-6:])})"


def hunt(seeds: range, catch: Catch | None = None, *, shorten: bool = True) -> str:
    """Play the sequences of some seeds; the first that fails, as short as it gets, or nothing."""
    with ground() as root:
        for seed in seeds:
            steps = plan(seed)
            if told := play(seed, steps, root, catch):
                return report(seed, steps, root) if shorten else f"seed {seed}: {told}"
    return ""


def report(seed: int, steps: Plan, root: Path) -> str:
    """A failing sequence without the steps that it fails without."""
    number = 0
    while number < len(steps):
        shorter = steps[:number] + steps[number + 1 :]
        if play(seed, shorter, root):
            steps = shorter
        else:
            number += 1
    told = play(seed, steps, root)
    lines = "\n".join(
        f"  {number}. {step.__name__} {choices}" for number, (step, choices) in enumerate(steps, 1)
    )
    return f"seed {seed}, {len(steps)} steps:\n{lines}\n{told}"


@contextlib.contextmanager
def ground() -> Iterator[Path]:
    """A folder in memory where there is one, no waiting for the disk, and each raw text understood once: what a reading
    says depends on nothing but what it is given."""
    readings: dict[Any, Reading] = {}
    read = intake.read

    def read_once(raw: str, data: bytes, settings: Any, vocabulary: Any, sidecar: Any) -> Reading:
        key = (raw, data, id(settings), sidecar.url, sidecar.source, sidecar.fetched_at)
        if key not in readings:
            readings[key] = read(raw, data, settings, vocabulary, sidecar)
        return readings[key]

    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with (
        tempfile.TemporaryDirectory(dir=memory) as folder,
        mock.patch.object(os, "fsync", return_value=None),
        mock.patch.object(intake, "read", read_once),
    ):
        yield Path(folder)
