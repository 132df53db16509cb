"""Runs the examples of the docs as their reader would: files are written, edits applied, commands run.

What a page may hold, by the word behind its fence:

- `console`: lines that begin with `$ ` are commands, run by the real command line; what follows is their whole
  output, standard error included. `…` alone in a line stands for any lines, within a line for any text. `console
  exit=1`: the last command ends with that code.
- `text`, `yaml`, `markdown`, `json`, `html` with `title="FILE"`: what an editor writes into a file.
- `diff title="FILE"`: an edit of a file that is there. `-` and ` ` lines must stand in it, once; `@@` parts two edits.
- `sh`: commands that no test can run (another machine's, or ones that never end). They show no output.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import cli

ANY = "…"
RUNS = frozenset({"digest", "git", "cat", "ls", "mkdir", "mv", "rm"})
"""What a `console` block may call."""
FILES = frozenset({"text", "yaml", "markdown", "json", "html"})
_FENCE = re.compile(r"(?P<indent> *)(?P<marks>`{3,})(?P<info>[^`]*)")
_TITLE = re.compile(r'title="([^"]+)"')
_EXIT = re.compile(r"exit=(\d+)")
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


class WrongPageError(AssertionError):
    """A page that says what is not so: where, what was expected, what is."""


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block of a page."""

    language: str
    title: str
    exit: int
    text: str
    """Its lines, each with its line end, without the indentation of a list."""
    line: int
    """Of the opening fence, from 1."""

    @property
    def words(self) -> tuple[str, str, int, str]:
        """What must be the same in every language."""
        return self.language, self.title, self.exit, self.text


def find_blocks(page: str) -> tuple[Block, ...]:
    """The fenced blocks of a page's Markdown, in order."""
    blocks: list[Block] = []
    lines = iter(enumerate(page.split("\n"), 1))
    for number, line in lines:
        opening = _FENCE.fullmatch(line.rstrip())
        if opening is None:
            continue
        language, _, rest = opening["info"].strip().partition(" ")
        title, code = _TITLE.search(rest), _EXIT.search(rest)
        kept: list[str] = []
        for _, inner in lines:
            if inner.strip() == opening["marks"]:
                break
            kept.append(inner.removeprefix(opening["indent"]))
        else:
            raise WrongPageError(f"line {number}: the block is never closed")
        text = "".join(f"{one}\n" for one in kept)
        blocks.append(Block(language, title[1] if title else "", int(code[1]) if code else 0, text, number))
    return tuple(blocks)


def find_spans(page: str) -> tuple[str, ...]:
    """The code spans of a page's prose."""
    prose: list[str] = []
    closing = ""
    for line in page.split("\n"):
        opening = _FENCE.fullmatch(line.rstrip())
        if closing:
            closing = "" if line.strip() == closing else closing
        elif opening:
            closing = opening["marks"]
        else:
            prose.append(line)
    return tuple(_SPAN.findall("\n".join(prose)))


class Player:
    """An editor at a digest's folder, doing what a page says. The process stands in that folder meanwhile."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def play(self, block: Block) -> None:
        """Do what a block says.

        Raises:
            WrongPageError: it cannot be done, or what it shows is not what one sees.
        """
        try:
            if block.language == "console":
                self._run(block)
            elif block.language == "diff":
                path = self._path(block)
                path.write_text(apply_edit(path.read_text("utf-8"), block.text), "utf-8", newline="\n")
            elif block.language in FILES:
                path = self._path(block)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, "utf-8", newline="\n")
            elif block.language != "sh":
                raise WrongPageError(f"the runner knows no block `{block.language}`")
        except (WrongPageError, OSError) as error:
            raise WrongPageError(f"line {block.line}: {error}") from error

    def _path(self, block: Block) -> Path:
        if not block.title:
            raise WrongPageError('the block names no file: title="…"')
        return self.root / block.title

    def _run(self, block: Block) -> None:
        commands = list(find_commands(block.text))
        if not commands:
            raise WrongPageError("a console block needs a line that begins with `$ `")
        for place, (command, expected) in enumerate(commands):
            code, output = self.run(command)
            wanted = block.exit if place == len(commands) - 1 else 0
            if not fits(output, expected):
                raise WrongPageError(f"$ {command}\n--- the page shows\n{expected}--- one sees\n{output}")
            if code != wanted:
                raise WrongPageError(f"$ {command}\nends with {code}, not {wanted}\n{output}")

    def run(self, command: str) -> tuple[int, str]:
        """(exit code, everything printed) of a command."""
        name, *arguments = shlex.split(command)
        if name not in RUNS:
            raise WrongPageError(f"the runner does not run `{name}`")
        if name == "digest":
            return _digest(arguments)
        done = subprocess.run(
            [name, *arguments], cwd=self.root, check=False, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return done.returncode, done.stdout


def _digest(arguments: list[str]) -> tuple[int, str]:
    """In this process: MkDocs and the theme are loaded once for all pages."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            cli.main(arguments)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
    return code, printed.getvalue()


def find_commands(text: str) -> Iterator[tuple[str, str]]:
    """(command, the output shown below it) of a console block. A command goes on after a closing backslash."""
    command, output = "", ""
    going_on = False
    for line in text.splitlines():
        if going_on:
            command += "\n" + line
        elif line.startswith("$ "):
            if command:
                yield command.replace("\\\n", " "), output
            command, output = line[2:], ""
        elif command:
            output += f"{line}\n"
        else:
            raise WrongPageError(f"no command stands above “{line}”")
        going_on = command.endswith("\\") and not output
    if command:
        yield command.replace("\\\n", " "), output


def fits(output: str, expected: str) -> bool:
    """Whether an output is what a page shows of it. Spaces at a line's end do not count."""
    seen = "".join(f"{line.rstrip()}\n" for line in output.splitlines())
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == ANY else re.escape(line.rstrip()).replace(ANY, ".*") + r"\n"
        for line in expected.splitlines()
    )
    return re.fullmatch(pattern, seen) is not None


def apply_edit(text: str, edit: str) -> str:
    """A file's text after an editor's edit.

    Raises:
        WrongPageError: what the edit takes away or rests on does not stand in the file exactly once.
    """
    for hunk in re.split(r"^@@.*\n", edit, flags=re.MULTILINE):
        if not hunk:
            continue
        lines = hunk.splitlines()
        if strange := [line for line in lines if line[:1] not in ("", " ", "-", "+")]:
            raise WrongPageError(f"an edit's line begins with a space, - or +: “{strange[0]}”")
        if not any(line[:1] in ("-", "+") for line in lines):
            raise WrongPageError("the edit changes nothing")
        pattern = "".join(
            f"(?P<line{number}>{re.escape(line[1:]).replace(ANY, '.*')}\\n)"
            for number, line in enumerate(lines)
            if line[:1] != "+"
        )
        found = list(re.finditer(f"^{pattern}", text, re.MULTILINE))
        if len(found) != 1:
            old = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
            raise WrongPageError(f"found {len(found)} times, not once:\n{old}--- in\n{text}")
        new = "".join(
            f"{line[1:]}\n" if line[:1] == "+" else found[0][f"line{number}"]
            for number, line in enumerate(lines)
            if line[:1] != "-"
        )
        text = text[: found[0].start()] + new + text[found[0].end() :]
    return text


def start(root: Path, settings: str, theme: Path) -> Player:
    """A digest as it is after `git clone`, small: settings, an opening page, the theme, one commit."""
    (root / "content/pages").mkdir(parents=True)
    (root / "content/raw").mkdir()
    (root / "site_config.yml").write_text(settings, "utf-8", newline="\n")
    (root / "content/pages/index.md").write_text("---\ntitle: Trang nhất\n---\n", "utf-8", newline="\n")
    (root / ".gitignore").write_text("/site/\n/.cache/\n/theme\n", "utf-8", newline="\n")
    (root / "theme").symlink_to(theme, target_is_directory=True)
    player = Player(root)
    for command in (
        "digest schema --write",
        "git init -q -b main",
        "git add .",
        'git commit -q -m "A new digest"',
    ):
        code, output = player.run(command)
        if code:
            raise WrongPageError(f"$ {command}\n{output}")
    return player
