"""Every rule of `digest check` has an example in the docs, and each example says what the check says."""

from __future__ import annotations

import builtins
import datetime as dt
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from generator import settings
from generator.check import Options, check
from generator.check.rules import RULES
from generator.cli.check import check as command
from generator.fetch import Answer, FetchError, Move, Trouble
from generator.link_check import Cache, Link, Manners, check_external, find_links
from generator.models import Problem
from generator.storage import Project

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = {"en": DOCS / "en/check.md", "vi": DOCS / "vi/kiem-tra.md"}
NOW = dt.datetime(2026, 11, 21, 7, tzinfo=dt.timezone(dt.timedelta(hours=7)))
CONFIG = "site_config.yml"

_BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"\n]*)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)
_PART = re.compile(rf"{_BLOCK.pattern}|^(?P<level>#{{1,3}}) (?P<heading>[^\n]+)$", re.MULTILINE | re.DOTALL)
_REPEATED = re.compile(r'\{\{"([^"\n]*)" × ([\d,]+)\}\}')
_GIT = {
    **os.environ,
    **{f"GIT_{who}_{what}": "an.editor@newsroom.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}  # fmt: skip


@dataclass(frozen=True)
class Block:
    """A fenced block of a section."""

    language: str
    title: str
    text: str


@dataclass(frozen=True)
class Section:
    """What the docs say of one rule."""

    rule: str
    blocks: tuple[Block, ...]
    """Files (with a title), changes after a commit (`diff`, `sh`), what the web answers (`http`); the last is the message."""

    @property
    def told(self) -> str:
        return self.blocks[-1].text


def sections(language: str) -> dict[str, Section]:
    """The sections of a page, by rule; the first, which is no rule's, holds the settings."""
    found: dict[str, list[Block]] = {"": []}
    rule = ""
    for part in _PART.finditer(PAGES[language].read_text(encoding="utf-8")):
        if part["language"]:
            found[rule].append(Block(part["language"], part["title"] or "", part["text"]))
        elif part["level"] == "###":
            rule = part["heading"].strip("`")
            assert rule not in found, f"{rule} has two sections"
            found[rule] = []
    return {rule: Section(rule, tuple(blocks)) for rule, blocks in found.items()}


def read_settings(text: str) -> settings.Settings:
    return settings.parse(yaml.safe_load(text)["plugins"][0]["digest"], text=text)


class Desk:
    """A fresh small digest, and an editor at work in it."""

    def __init__(self, root: Path, config: str) -> None:
        self.root = root
        (root / CONFIG).write_text(config, encoding="utf-8")

    def write(self, block: Block) -> None:
        path, _, encoding = block.title.partition(" in ")
        text = _REPEATED.sub(lambda match: match[1] * int(match[2].replace(",", "")), block.text)
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode(encoding or "utf-8"))

    def commit(self) -> None:
        for step in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "Một bước"]):
            subprocess.run(["git", *step], cwd=self.root, env=_GIT, check=True, capture_output=True)

    def change(self, diff: Block) -> None:
        """Write the lines with + in the place of those with -."""
        lines = diff.text.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line.startswith("-"))
        new = "".join(line[1:] for line in lines if line.startswith("+"))
        place = self.root / diff.title
        text = place.read_text(encoding="utf-8")
        assert text.count(old) == 1
        place.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """The few commands that the docs show."""
        match command.split():
            case ["git", "mv", old, new]:
                (self.root / new).parent.mkdir(parents=True, exist_ok=True)
                (self.root / old).rename(self.root / new)
            case ["git", "rm", path]:
                (self.root / path).unlink()
            case ["ln", "-s", target, path]:
                (self.root / path).parent.mkdir(parents=True, exist_ok=True)
                (self.root / path).symlink_to(target)
            case ["chmod", "a-r", path]:
                _forbid(self.root / path, monkeypatch)
            case _:
                raise AssertionError(f"the docs show a command that this test does not know: {command}")


def _forbid(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no one read a file, root neither, whom a mode does not stop."""
    ordinary = builtins.open

    def refuse(file: str | Path, *arguments: Any, **named: Any) -> Any:
        if not isinstance(file, int) and os.fspath(file) == os.fspath(path):
            raise PermissionError(13, "Permission denied", str(file))
        return ordinary(file, *arguments, **named)

    monkeypatch.setattr(builtins, "open", refuse)


class Web:
    """Servers that answer as the docs say: `https://a.example/x → 404`."""

    def __init__(self, answers: str) -> None:
        self._answers = dict(line.split(" → ", 1) for line in answers.splitlines())

    def head(self, url: str) -> Answer:
        status, _, place = self._answers[url].partition(" ")
        if status == "timeout":
            raise FetchError(url, Trouble.TIMEOUT, "no answer")
        if place:
            return Answer(place, 200, (), moves=(Move(int(status), place),))
        return Answer(url, int(status), ())

    def get(self, url: str, *, body: bool = True) -> Answer:
        return self.head(url)


def show(problem: Problem) -> str:
    """A problem as the command prints it."""
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    hint = f"\n    → {problem.hint}" if problem.hint else ""
    return f"{place}: {problem.level}: {problem.message}{hint}\n"


def run(section: Section, config: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> list[Problem]:
    """What the check tells of a section's example."""
    desk = Desk(root, config)
    blocks = section.blocks[:-1]
    changes = [block for block in blocks if block.language in ("diff", "sh")]
    for block in blocks:
        if block.title and block.language != "diff":
            desk.write(block)
    in_git = any(block.language == "diff" or "git " in block.text for block in changes)
    if in_git or section.rule == "raw-committed":
        desk.commit()
    for block in changes:
        if block.language == "diff":
            desk.change(block)
        else:
            for command in block.text.splitlines():
                desk.run(command, monkeypatch)
    project = Project(root)
    text = (root / CONFIG).read_text(encoding="utf-8")
    options = Options(
        now=NOW, earlier_settings=lambda files: read_settings(files["site_config.yml"].decode())
    )
    told = list(check(project, read_settings(text), options).problems)
    for block in blocks:
        if block.language == "http":
            links: list[Link] = []
            for path in project.page_files():
                links += find_links(project.read_text(path), path)
            told += check_external(links, Web(block.text), Cache(project), NOW, Manners(pause=0.0))  # type: ignore[arg-type]
    return told


ENGLISH = sections("en")
CONFIG_TEXT = next(block.text for block in ENGLISH.pop("").blocks if block.title == CONFIG)


@pytest.mark.parametrize("rule", ENGLISH)
def test_the_example_gets_the_message_that_is_shown(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = ENGLISH[rule]
    told = run(section, CONFIG_TEXT, tmp_path, monkeypatch)
    assert "".join(map(show, told)) == section.told
    assert rule in {problem.rule for problem in told}


def test_every_rule_has_its_section_in_the_order_of_the_rules() -> None:
    assert list(ENGLISH) == list(RULES)


def test_both_languages_show_the_same() -> None:
    vietnamese = sections("vi")
    assert [block.text for block in vietnamese.pop("").blocks if block.title == CONFIG] == [CONFIG_TEXT]
    assert list(vietnamese) == list(ENGLISH)
    assert vietnamese == ENGLISH


def test_each_rule_is_explained_in_either_language() -> None:
    explained = {}
    for language, page in PAGES.items():
        parts = _BLOCK.sub("", page.read_text(encoding="utf-8")).split("\n### ")[1:]
        explained[language] = [part.partition("\n")[2].strip() for part in parts]
        assert all(len(words) > 60 for words in explained[language])
    assert not set(explained["en"]) & set(explained["vi"])


def test_the_command_s_options_are_explained() -> None:
    for page in PAGES.values():
        text = page.read_text(encoding="utf-8")
        for option in command.params:
            assert all(f"`{name}" in text for name in option.opts if option.name != "help"), option.name
            if isinstance(option.type, click.Choice):
                assert all(f"`{choice}`" in text for choice in option.type.choices), option.name
