"""Before a commit: the hook for this checkout, by a real git and a real pre-commit; the one for others, by its form."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.test_workflows import EDITOR, installed

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ".pre-commit-config.yaml"
HOOKS = ".pre-commit-hooks.yaml"
PAGE = "content/pages/articles/2026/03/cau-moi.md"
GOOD = """---
title: "Cầu mới ở bản nhỏ"
date: "2026-03-04"
added: "2026-03-05"
source: mau
topic: hoa-binh
---

Cây cầu đã xong.
"""
SETTINGS = """\
site_name: Điểm tin thử
site_url: https://diem-tin.example/
docs_dir: content/pages
plugins:
  - digest:
      sources:
        mau: {name: Báo Mẫu, domains: [bao-mau.example]}
      topics:
        hoa-binh: {name: Hòa bình}
"""


@pytest.mark.parametrize(("command", "name"), [("validate-config", CONFIG), ("validate-manifest", HOOKS)])
def test_the_files_are_what_pre_commit_expects(command: str, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", command, ROOT / name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_both_hooks_check_the_same() -> None:
    (others,) = yaml.safe_load((ROOT / HOOKS).read_text("utf-8"))
    (repo,) = yaml.safe_load((ROOT / CONFIG).read_text("utf-8"))["repos"]
    (own,) = repo["hooks"]
    same = ("id", "files", "always_run", "pass_filenames")
    assert [others[key] for key in same] == [own[key] for key in same]
    assert own["entry"].split()[1:] == others["entry"].split()[1:]
    assert re.search(others["files"], PAGE)
    assert re.search(others["files"], "site_config.yml")
    assert not re.search(others["files"], "docs/site_config.yml")


class Desk:
    """An editor's repository with the hook installed."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = {**environment, **EDITOR, "PRE_COMMIT_HOME": str(folder.parent / "home")}

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )

    def commit(self) -> tuple[int, str]:
        done = self.run("git", "commit", "--quiet", "--message", "An edit")
        return done.returncode, done.stdout

    def write(self, text: str, name: str = PAGE, *, stage: bool = True) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        if stage:
            assert self.run("git", "add", name).returncode == 0


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return installed(tmp_path_factory.mktemp("installed"))


@pytest.fixture
def desk(tmp_path: Path, environment: dict[str, str]) -> Desk:
    folder = tmp_path / "desk"
    folder.mkdir()
    for part in (".gitignore", CONFIG):
        shutil.copy(ROOT / part, folder)
    for part in ("tools", "generator"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".venv").symlink_to(environment["VENV"])
    with (folder / ".gitignore").open("a", encoding="utf-8") as file:
        file.write("/.venv\n")  # here it is a link, there a folder
    desk = Desk(folder, environment)
    desk.write(SETTINGS, "site_config.yml", stage=False)
    desk.write(GOOD, stage=False)
    for command in (
        ["git", "init", "--quiet", "--initial-branch=main"],
        ["git", "add", "--all"],
        ["git", "commit", "--quiet", "--message", "The digest"],
        [sys.executable, "-m", "pre_commit", "install"],
    ):
        done = desk.run(*command)
        assert done.returncode == 0, done.stdout
    return desk


def subjects(desk: Desk) -> list[str]:
    return desk.run("git", "log", "--format=%s").stdout.splitlines()


def test_a_good_edit_is_committed(desk: Desk) -> None:
    desk.write(GOOD.replace("Cầu mới", "Cây cầu mới"))
    code, told = desk.commit()
    assert code == 0, told
    assert subjects(desk) == ["An edit", "The digest"]


def test_a_fault_stops_the_commit_and_is_told_at_its_line(desk: Desk) -> None:
    desk.write(GOOD.replace("topic: hoa-binh", "topic: hoa-bin"))
    code, told = desk.commit()
    assert code == 1
    assert re.search(rf"{re.escape(PAGE)}:6: error: .*hoa-bin", told), told
    assert "did you mean" in told
    assert subjects(desk) == ["The digest"]


def test_wrong_settings_stop_the_commit(desk: Desk) -> None:
    desk.write(
        SETTINGS.replace("      topics", "      timezone: Nowhere/Here\n      topics"), "site_config.yml"
    )
    code, told = desk.commit()
    assert code == 1
    assert "Nowhere/Here" in told


def test_what_is_committed_is_checked_and_not_what_lies_about(desk: Desk) -> None:
    """A fault that is staged and mended only in the file is a fault of the commit; and the other way round."""
    bad = GOOD.replace("topic: hoa-binh", "topic: hoa-bin")
    desk.write(bad)
    desk.write(GOOD, stage=False)
    code, told = desk.commit()
    assert code == 1, told
    assert (desk.folder / PAGE).read_text("utf-8") == GOOD

    desk.write(GOOD.replace("đã xong", "vừa xong"))
    desk.write(bad, stage=False)
    code, told = desk.commit()
    assert code == 0, told
    assert (desk.folder / PAGE).read_text("utf-8") == bad


def test_an_old_fault_elsewhere_does_not_stop_a_commit(desk: Desk) -> None:
    old = PAGE.replace("cau-moi", "cu")
    desk.write("---\ntitle: [\n---\n", old)
    assert desk.run("git", "commit", "--quiet", "--no-verify", "--message", "Past the hook").returncode == 0
    desk.write(GOOD.replace("đã xong", "vừa xong"))
    code, told = desk.commit()
    assert code == 0, told


def test_a_deleted_page_is_looked_at_too(desk: Desk) -> None:
    """pre-commit does not count deleted files; the hook runs all the same."""
    assert desk.run("git", "rm", "--quiet", PAGE).returncode == 0
    _, told = desk.commit()
    assert "digest check" in told
    assert "Skipped" not in told


def test_without_a_set_up_it_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [ROOT / "tools/digest.sh", "check"],
        cwd=tmp_path,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "make setup" in done.stderr
    # Windows keeps its programs elsewhere.
    program = tmp_path / ".venv/Scripts/digest.exe"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "asked: $*"\n', "utf-8")
    program.chmod(0o755)
    done = subprocess.run(
        [ROOT / "tools/digest.sh", "check", "--since", "HEAD"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "asked: check --since HEAD\n"
