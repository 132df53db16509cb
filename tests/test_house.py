"""The house keeps its rules: one door to the disk, one to the network, and pure rooms between them.

Who may import whom is import-linter's part (`lint-imports`); what a room may *do* is read from its syntax here.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))

WRITES_FILES = {"storage"}
TALKS_TO_THE_NETWORK = {"fetch"}
KNOWS_MKDOCS = {"plugin"}
# Floors 6 to 8: everything else is pure.
DOORS = {"cli", "__main__", "plugin", "ingest", "workers", "publish", "check", "why", "takedown", "drafting", "git", "storage", "page_folders", "illustrations", "targets", "takedowns", "fetch",
         "cache"}  # fmt: skip

WRITING_METHODS = {
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "rmdir",
    "touch",
    "symlink_to",
    "hardlink_to",
}
WRITING_OS = {
    "chmod", "link", "makedirs", "mkdir", "remove", "removedirs", "rename", "renames", "replace", "rmdir",
    "symlink", "truncate", "unlink", "write",
}  # fmt: skip
HARMLESS_SHUTIL = {"which", "get_terminal_size"}
NETWORK = (
    "aiohttp", "ftplib", "http.client", "http.server", "httpx", "requests", "smtplib", "socket",
    "trafilatura.downloads", "urllib.request", "urllib3",
)  # fmt: skip
FETCHING_NAMES = {"fetch_url", "fetch_response", "urlopen", "urlretrieve"}
CLOCK = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "time.time_ns"}
ENVIRONMENT = {"os.environ", "os.getenv", "os.getcwd", "Path.cwd", "Path.home"}
READING_METHODS = {"read_text", "read_bytes", "iterdir", "rglob", "is_file", "is_dir", "exists", "stat"}


def room(path: Path) -> str:
    """`generator/readers/html.py` is part of the room `readers`."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def dotted(node: ast.expr) -> str:
    """`dt.datetime.now` as it is written; empty for anything but a chain of names."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def ends_with(name: str, endings: set[str]) -> bool:
    return any(name == ending or name.endswith(f".{ending}") for ending in endings)


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def opens_for_writing(call: ast.Call, place: int) -> bool:
    """Whether an `open` names a mode that writes; a mode that is no constant counts as one that does."""
    mode = call.args[place] if len(call.args) > place else None
    mode = next((word.value for word in call.keywords if word.arg == "mode"), mode)
    if mode is None:
        return False
    return not isinstance(mode, ast.Constant) or bool(set(str(mode.value)) & set("wax+"))


def writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for call in calls(tree):
        name = dotted(call.func)
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        first, _, rest = name.partition(".")
        if (
            (name == "open" and opens_for_writing(call, 1))
            or (method == "open" and opens_for_writing(call, 0))
            or method in WRITING_METHODS
            or (first == "os" and rest in WRITING_OS)
            or (first == "shutil" and rest not in HARMLESS_SHUTIL)
            or first == "tempfile"
        ):
            yield call.lineno, ast.unparse(call.func)
    for line, name in imported(tree):
        if name.startswith(("shutil.", "tempfile.")) or name in {f"os.{each}" for each in WRITING_OS}:
            yield line, f"import of {name}"


def fetches(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for line, name in imported(tree):
        if any(name == module or name.startswith(f"{module}.") for module in NETWORK) or ends_with(
            name, FETCHING_NAMES
        ):
            yield line, f"import of {name}"
    for call in calls(tree):
        if ends_with(name := dotted(call.func), FETCHING_NAMES):
            yield call.lineno, name


def uses_mkdocs(tree: ast.AST) -> Iterator[tuple[int, str]]:
    return ((line, name) for line, name in imported(tree) if name.split(".")[0] in {"mkdocs", "material"})


def is_impure(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ends_with(dotted(node), ENVIRONMENT | CLOCK):
            yield node.lineno, dotted(node)
    for call in calls(tree):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if dotted(call.func) == "open" or method in READING_METHODS:
            yield call.lineno, ast.unparse(call.func)
    for line, name in imported(tree):
        if name in {"time.time", "os.environ", "os.getenv", "random"} or name.startswith("random."):
            yield line, f"import of {name}"


def runs_programs(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for line, name in imported(tree):
        if name.split(".")[0] == "subprocess" or name in {"os.system", "os.popen", "pty"}:
            yield line, f"import of {name}"
    for call in calls(tree):
        if dotted(call.func) in {"os.system", "os.popen", "os.execv", "os.spawnv"}:
            yield call.lineno, dotted(call.func)


Rule = Callable[[ast.AST], Iterator[tuple[int, str]]]
RULES: dict[str, tuple[Rule, set[str]]] = {
    "only storage writes files": (writes, WRITES_FILES),
    "only fetch talks to the network": (fetches, TALKS_TO_THE_NETWORK),
    "only git runs a program": (runs_programs, {"git"}),
    "only plugin imports mkdocs": (uses_mkdocs, KNOWS_MKDOCS),
    "clock, disk and environment stay outside the pure rooms": (is_impure, DOORS),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_rooms_keep_the_rule(rule: str) -> None:
    look, allowed = RULES[rule]
    broken = [
        f"{path.relative_to(PACKAGE.parent)}:{line}: {found}"
        for path in MODULES
        if room(path) not in allowed
        for line, found in look(ast.parse(path.read_text("utf-8")))
    ]
    assert not broken, f"{rule}:\n" + "\n".join(broken)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("only storage writes files", "open(path, 'w')"),
        ("only storage writes files", "open(path, mode=how)"),
        ("only storage writes files", "path.open('ab')"),
        ("only storage writes files", "(folder / name).write_text(text)"),
        ("only storage writes files", "import os\nos.replace(a, b)"),
        ("only storage writes files", "from shutil import copytree"),
        ("only storage writes files", "import tempfile\ntempfile.mkdtemp()"),
        ("only fetch talks to the network", "import urllib.request"),
        ("only fetch talks to the network", "from urllib import request\nrequest.urlopen(url)"),
        ("only fetch talks to the network", "from requests.adapters import HTTPAdapter"),
        ("only fetch talks to the network", "from trafilatura import fetch_url"),
        ("only fetch talks to the network", "import trafilatura\ntrafilatura.fetch_url(url)"),
        ("only git runs a program", "import subprocess"),
        ("only git runs a program", "from subprocess import run"),
        ("only git runs a program", "import os\nos.system('git log')"),
        ("only plugin imports mkdocs", "from mkdocs.plugins import BasePlugin"),
        (
            "clock, disk and environment stay outside the pure rooms",
            "import datetime as dt\ndt.datetime.now()",
        ),
        (
            "clock, disk and environment stay outside the pure rooms",
            "from datetime import date\ndate.today()",
        ),
        ("clock, disk and environment stay outside the pure rooms", "import os\nos.environ['TZ']"),
        ("clock, disk and environment stay outside the pure rooms", "Path(name).read_text('utf-8')"),
        ("clock, disk and environment stay outside the pure rooms", "import random"),
    ],
)
def test_a_breach_is_found(rule: str, code: str) -> None:
    look, _ = RULES[rule]
    assert list(look(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "open(path)",
        "open(path, 'rb')",
        "text.replace('a', 'b')",
        "moment.replace(tzinfo=zone)",
        "from urllib.parse import urlsplit",
        "import shutil\nshutil.get_terminal_size()",
    ],
)
def test_what_is_allowed_everywhere_is_no_breach(code: str) -> None:
    tree = ast.parse(code)
    assert not [*writes(tree), *fetches(tree), *uses_mkdocs(tree)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_one_noun_and_not_a_book(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 450
    assert path.stem not in {"utils", "util", "helpers", "manager", "common", "misc"}


def test_readers_do_not_know_each_other() -> None:
    """A raw form can be added or taken away without a look at the others; what they share is no reader."""
    readers = {
        path: ast.parse(path.read_text("utf-8")) for path in sorted((PACKAGE / "readers").glob("*.py"))
    }
    forms = {
        f"generator.readers.{path.stem}"
        for path, tree in readers.items()
        if any(isinstance(node, ast.Assign) and dotted(node.targets[0]) == "READER" for node in tree.body)
    }
    assert len(forms) >= 4
    broken = [
        f"{path.name}:{line}: {name}"
        for path, tree in readers.items()
        for line, name in imported(tree)
        if name in forms or name.rpartition(".")[0] in forms
    ]
    assert not broken
