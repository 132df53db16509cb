"""A bare clone installs what the lock says and nothing else, and the set-up's scripts say what they need."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = {
    name: ROOT / name for name in ("requirements.lock", "requirements-extras.lock", "requirements-dev.lock")
}
RUNTIME = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]
EXTRAS = [line for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines]
WANTED = {
    "requirements.lock": RUNTIME,
    "requirements-extras.lock": RUNTIME + EXTRAS,
    "requirements-dev.lock": RUNTIME + EXTRAS + PROJECT["dependency-groups"]["dev"],
}
SUPPORTED = ("3.11", "3.12", "3.13", "3.14")

Lock = dict[str, list[tuple[Requirement, str]]]


def read_lock(path: Path) -> Lock:
    """Name → its pins (more than one where markers part them), each with the text of its hashes."""
    text = re.sub(r"^\s*#.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    lock: Lock = {}
    for entry in text.replace("\\\n", " ").splitlines():
        if entry.strip():
            pin, _, hashes = entry.partition("--hash=")
            requirement = Requirement(pin.strip())
            lock.setdefault(canonicalize_name(requirement.name), []).append((requirement, hashes))
    return lock


@pytest.mark.parametrize("name", LOCKS)
def test_each_line_of_a_lock_is_one_version_with_hashes_and_no_address(name: str) -> None:
    text = LOCKS[name].read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-", re.sub(r"^\s+--hash=", "", text, flags=re.MULTILINE), re.MULTILINE)
    lock = read_lock(LOCKS[name])
    assert len(lock) > 30
    for pins in lock.values():
        for requirement, hashes in pins:
            assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
            assert re.fullmatch(r"sha256:[0-9a-f]{64}(\s+--hash=sha256:[0-9a-f]{64})*\s*", hashes), (
                requirement
            )


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_satisfies_pyproject(name: str) -> None:
    lock = read_lock(LOCKS[name])
    for line in WANTED[name]:
        wanted = Requirement(line)
        pins = lock.get(canonicalize_name(wanted.name), [])
        assert pins, f"{wanted.name} is not in {name}; run: make lock"
        for pin, _ in pins:
            version = next(iter(pin.specifier)).version
            assert version in wanted.specifier, (
                f"{name} has {pin}, pyproject.toml wants {wanted}; run: make lock"
            )


def test_the_locks_agree() -> None:
    """Each holds the one before it, version for version."""
    site, extras, tests = (read_lock(path) for path in LOCKS.values())
    assert {name: extras.get(name) for name in site} == site
    assert {name: tests.get(name) for name in extras} == extras


def test_an_extra_is_not_installed_unasked() -> None:
    site = read_lock(LOCKS["requirements.lock"])
    for line in EXTRAS:
        assert canonicalize_name(Requirement(line).name) not in site


def chosen(lock: Lock, environment: dict[str, str]) -> set[str]:
    return {
        name
        for name, pins in lock.items()
        if any(pin.marker is None or pin.marker.evaluate(environment) for pin, _ in pins)
    }


@pytest.mark.parametrize("name", LOCKS)
@pytest.mark.parametrize("python", SUPPORTED)
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_a_lock_is_whole_on_every_supported_system(name: str, python: str, platform: str) -> None:
    """It is installed with --no-deps, so whatever a package needs must be in it by name."""
    lock = read_lock(LOCKS[name])
    environment = {
        **{key: str(value) for key, value in default_environment().items()},
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": platform,
        "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[platform],
        "os_name": "nt" if platform == "win32" else "posix",
        "extra": "",
    }
    present = chosen(lock, environment)
    for package in present:
        pins = [pin for pin, _ in lock[package] if pin.marker is None or pin.marker.evaluate(environment)]
        assert len(pins) == 1, f"two versions of {package} at once"
        try:
            needs = importlib.metadata.requires(package) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system than this one
        for need in map(Requirement, needs):
            if need.marker is None or need.marker.evaluate(environment):
                missing = canonicalize_name(need.name) not in present
                assert not missing, (
                    f"{package} needs {need.name} on {platform}, Python {python}; run: make lock"
                )


def test_everything_that_is_imported_is_asked_for_by_name() -> None:
    """A package that another one happens to bring may go away with it."""
    asked = {
        canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"] + EXTRAS
    }
    owners = importlib.metadata.packages_distributions()
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules = [node.module]
            else:
                continue
            for module in modules:
                top = module.split(".")[0]
                if top in sys.stdlib_module_names or top == "generator":
                    continue
                names = {canonicalize_name(owner) for owner in owners.get(top, [top])}
                # pydantic_core is a part of pydantic, which pins it.
                known = names & asked or top == "pydantic_core"
                assert known, f"{path.relative_to(ROOT)} imports {module}: add it to pyproject.toml"


def test_each_dependency_has_its_reason_in_contributing() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for line in WANTED["requirements-dev.lock"]:
        name = Requirement(line).name
        assert f"`{name}`" in told, f"CONTRIBUTING.md, Dependencies: why is {name} here?"


def test_every_folder_of_the_package_is_part_of_it() -> None:
    """A folder without __init__.py is left out of an installation, and nobody notices in a checkout."""
    for path in (ROOT / "generator").rglob("*.py"):
        assert (path.parent / "__init__.py").is_file(), f"{path.parent} has no __init__.py"


def test_the_supported_pythons_are_named_the_same_everywhere() -> None:
    project = PROJECT["project"]
    assert project["requires-python"] == f">={SUPPORTED[0]}"
    prefix = "Programming Language :: Python :: "
    classified = [
        line.removeprefix(prefix) for line in project["classifiers"] if line.startswith(f"{prefix}3.")
    ]
    assert tuple(classified) == SUPPORTED
    tried = re.findall(r"python(3\.\d+)", (ROOT / "tools/python.sh").read_text("utf-8"))
    assert set(SUPPORTED) <= set(tried)
    assert all(SpecifierSet(project["requires-python"]).contains(python) for python in SUPPORTED)


@pytest.mark.parametrize("group", ["digest", "mkdocs.plugins"])
def test_an_entry_point_leads_somewhere(group: str) -> None:
    project = PROJECT["project"]
    value = project["scripts"]["digest"] if group == "digest" else project["entry-points"][group]["digest"]
    loaded = importlib.metadata.EntryPoint(name="digest", value=value, group=group).load()
    assert callable(loaded)


# The set-up's scripts, with stand-ins for the programs they call.


def script(folder: Path, name: str, body: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o755)
    return path


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        # Inside `make test` the outer make's own variables would speak to the inner one.
        env={
            **{key: value for key, value in os.environ.items() if "MAKE" not in key and key != "MFLAGS"},
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def only_shell(folder: Path) -> str:
    """A PATH with nothing but the shell, so that no Python of this machine is found."""
    folder.mkdir()
    for name in ("sh", "env"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return str(folder)


OLD = 'case "$*" in --version) echo Python 3.9.2;; *) exit 1;; esac'
NEW = "exit 0"
BARE = 'case "$*" in *ensurepip*) exit 1;; esac'


@pytest.mark.parametrize(
    ("pythons", "chosen_python"),
    [
        ({"python3": NEW, "python3.13": NEW}, "python3"),
        ({"python3": OLD, "python3.11": NEW, "python3.13": NEW}, "python3.13"),
        ({"python3": BARE, "python3.12": NEW}, "python3.12"),
        ({"python": NEW}, "python"),
    ],
)
def test_the_newest_suitable_python_is_taken(
    tmp_path: Path, pythons: dict[str, str], chosen_python: str
) -> None:
    path = only_shell(tmp_path / "bin")
    for name, body in pythons.items():
        script(tmp_path / "bin", name, body)
    done = run(ROOT / "tools/python.sh", PATH=path, PYTHON="")
    assert (done.stdout.strip(), done.returncode) == (chosen_python, 0), done.stderr


@pytest.mark.parametrize(
    ("pythons", "named", "message"),
    [
        ({}, "", "Python 3.11 or newer is needed"),
        ({"python3": OLD}, "", "python3 is: Python 3.9.2"),
        ({"python3": BARE}, "", "python3-venv"),
        ({"python3": NEW, "mine": OLD}, "mine", "PYTHON=mine is no Python 3.11 or newer"),
    ],
)
def test_without_a_suitable_python_it_says_what_to_do(
    tmp_path: Path, pythons: dict[str, str], named: str, message: str
) -> None:
    path = only_shell(tmp_path / "bin")
    for name, body in pythons.items():
        script(tmp_path / "bin", name, body)
    done = run(ROOT / "tools/python.sh", PATH=path, PYTHON=named)
    assert done.returncode == 1
    assert message in done.stderr
    assert not done.stdout


@pytest.mark.parametrize(
    ("ingest", "build", "steps", "code"),
    [
        (0, 0, ["ingest", "build"], 0),
        (1, 0, ["ingest", "build"], 1),
        (0, 1, ["ingest", "build"], 1),
        (1, 2, ["ingest", "build"], 2),
        (2, 0, ["ingest"], 2),
        (130, 0, ["ingest"], 130),
    ],
)
def test_make_site_builds_after_0_or_1_and_ends_with_the_worse_code(
    tmp_path: Path, ingest: int, build: int, steps: list[str], code: int
) -> None:
    body = f'echo "$3" >> steps; case "$3" in ingest) exit {ingest};; build) exit {build};; esac'
    python = script(tmp_path / "bin", "python", body)
    done = run(ROOT / "tools/site.sh", python, cwd=tmp_path)
    assert (tmp_path / "steps").read_text("utf-8").split() == steps
    assert done.returncode == code


def checked(tmp_path: Path, failing: str) -> subprocess.CompletedProcess[str]:
    tools = tmp_path / "bin"
    for name in ("ruff", "mypy", "lint-imports"):
        script(tools, name, f'echo "noise of {name} $1"; [ "{name}" != "{failing}" ]')
    script(
        tools,
        "python",
        f'echo "ran $2"; case "$2" in pytest) echo "7 passed";; {failing or "-"}) exit 1;; esac',
    )
    return run(ROOT / "tools/check.sh", tools, cwd=tmp_path)


def test_make_test_is_quiet_when_good_and_pytest_has_the_last_line(tmp_path: Path) -> None:
    done = checked(tmp_path, failing="")
    assert done.returncode == 0
    assert "noise" not in done.stdout
    assert done.stdout.splitlines()[-1] == "7 passed"
    assert not done.stderr


@pytest.mark.parametrize("failing", ["ruff", "mypy", "lint-imports", "mkdocs"])
def test_make_test_fails_with_any_check_and_still_runs_the_tests(tmp_path: Path, failing: str) -> None:
    done = checked(tmp_path, failing)
    assert done.returncode != 0
    assert "FAILED" in done.stdout
    assert done.stdout.splitlines()[-1] == "7 passed"


def test_a_second_set_up_installs_nothing_and_a_new_lock_does(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, tmp_path)
    venv = tmp_path / ".venv"
    venv.mkdir()
    for stamp in (".made", ".site", ".extras", ".dev"):
        (venv / stamp).touch()
    again = run("make", "-n", "setup", "setup-dev", cwd=tmp_path, VENV=str(venv))
    assert " -m pip " not in again.stdout, again.stdout
    assert " -m pip " not in run("make", "-n", "setup", "EXTRAS=1", cwd=tmp_path, VENV=str(venv)).stdout
    later = (venv / ".dev").stat().st_mtime + 60
    os.utime(tmp_path / "requirements.lock", (later, later))
    renewed = run("make", "-n", "setup-dev", cwd=tmp_path, VENV=str(venv))
    assert " -m pip " in renewed.stdout
    assert "-r requirements.lock" in renewed.stdout
    assert "-r requirements-dev.lock" in renewed.stdout
    assert renewed.stdout.count("--require-hashes") == 2
    assert "--no-deps --no-build-isolation -e ." in renewed.stdout


def test_extras_are_installed_when_asked_for(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, tmp_path)
    venv = tmp_path / ".venv"
    venv.mkdir()
    for stamp in (".made", ".site"):
        (venv / stamp).touch()
    assert " -m pip " not in run("make", "-n", "setup", cwd=tmp_path, VENV=str(venv)).stdout
    asked = run("make", "-n", "setup", "EXTRAS=1", cwd=tmp_path, VENV=str(venv))
    assert "--no-deps --require-hashes --only-binary=:all: -r requirements-extras.lock" in asked.stdout


def test_the_lock_of_ingest_is_no_place_for_tools() -> None:
    """`digest ingest` locks the file `.cache/lock`; a folder of that name would stop it, and the file the tool."""
    home = re.search(r"^home=(\S+)$", (ROOT / "tools/lock.sh").read_text("utf-8"), re.MULTILINE)
    assert home and home.group(1).startswith(".cache/") and home.group(1) != ".cache/lock"


def test_make_alone_lists_what_can_be_done() -> None:
    listed = run("make").stdout
    for target in ("site", "test", "serve", "bench", "eval", "fuzz", "clean", "lock", "format", "help"):
        assert re.search(rf"^  make {target} +\S", listed, re.MULTILINE), target


def test_a_chromium_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    path = only_shell(tmp_path / "bin")
    script(tmp_path / "bin", "chromium", "echo 'install the snap first' >&2; exit 1")
    good = script(tmp_path / "bin", "google-chrome", "echo Google Chrome 150")
    done = run(sys.executable, ROOT / "tools/browser.py", PATH=path, CHROMIUM="")
    assert (done.stdout.strip(), done.returncode) == (str(good), 0)


def test_a_named_chromium_that_does_not_start_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    done = run(sys.executable, ROOT / "tools/browser.py", "--install", CHROMIUM=str(tmp_path / "none"))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "name another one or unset it" in done.stderr
