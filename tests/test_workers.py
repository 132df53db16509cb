"""Raw files read in several processes: the same readings in the same order, and one bad file costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import textwrap
from pathlib import Path

import pytest

from generator import workers
from generator.intake import Reading, Worker
from generator.settings import parse
from generator.sidecars import Sidecar
from generator.storage import Project

SETTINGS = parse({"sources": {"vd": {"name": "Báo Ví Dụ", "dateline": ["BVD"]}}})
ARTICLE = textwrap.dedent("""\
    Xã {number} khánh thành thư viện 05/11/2026 08:18

    (BVD)- Thư viện của xã {number} mở cửa từ sáng nay với ba nghìn cuốn sách.

    Mọi người đều được mượn, mỗi lần ba cuốn, trong hai tuần.
    """)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    raw = tmp_path / "content/raw"
    raw.mkdir(parents=True)
    for number in range(150):
        (raw / f"{number:03}.txt").write_text(ARTICLE.format(number=number), encoding="utf-8")
    (raw / "007.txt").write_bytes(b"\x00\x01")
    (raw / "009.txt.meta.yml").write_text("skip: true\n", encoding="utf-8")
    (raw / "011.txt.meta.yml").write_text("skipp: true\n", encoding="utf-8")
    return Project(tmp_path)


def names(project: Project) -> list[str]:
    return list(project.raw_files(("content/raw",)))


def test_several_processes_give_what_one_gives(project: Project) -> None:
    alone = list(workers.read_files(project, SETTINGS, names(project), jobs=1))
    together = list(workers.read_files(project, SETTINGS, names(project), jobs=2))
    assert together == alone
    assert [one.name for one in alone] == names(project)
    assert alone[7].reading is not None
    assert alone[7].reading.problems
    assert (alone[9].reading, alone[9].problem) == (None, None)
    assert alone[11].problem is not None


def test_files_wait_in_memory_by_their_bytes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [workers._Loaded(workers.RawReading(str(n), Sidecar(path="")), b"x" * 1000) for n in range(10)]
    monkeypatch.setattr(workers, "_BATCH_BYTES", 2500)
    assert [len(batch) for batch in workers._batches(files, 100)] == [3, 3, 3, 1]
    assert [len(batch) for batch in workers._batches(files, 2)] == [2] * 5


class Deadly(Worker):
    """A worker that some files kill, as a fault of a C library would."""

    @classmethod
    def read(cls, task: tuple[str, bytes, Sidecar]) -> Reading:
        if task[0].endswith(("/003.txt", "/140.txt")):
            os._exit(11)
        return Worker.read.__func__(cls, task)  # type: ignore[attr-defined, no-any-return]


@pytest.mark.skipif(
    multiprocessing.get_start_method() != "fork", reason="the deadly worker is handed on by fork"
)
def test_a_file_that_kills_its_process_costs_only_itself(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "Worker", Deadly)
    alone = list(workers.read_files(project, SETTINGS, names(project), jobs=1))
    together = list(workers.read_files(project, SETTINGS, names(project), jobs=2))
    assert not multiprocessing.active_children()  # one left over would hold this process's pipes open
    killed = [3, 140]
    for number in killed:
        reading = together[number].reading
        assert reading is not None
        assert not reading.records
        assert "the process that read it died" in reading.problems[0].message
    assert [one for n, one in enumerate(together) if n not in killed] == [
        one for n, one in enumerate(alone) if n not in killed
    ]
