"""From push to site: the workflows are valid, ask for little, and their scripts do what they say.

Each `run:` step is run by the same bash, in order, in a clean clone of a bare origin; GitHub's part (expressions,
outputs, PATH, conditions) is played by `Run`. Actions are not run: what they would publish is looked at instead.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html.parser
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = {path.stem: path for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}
EDITOR = {
    "GIT_AUTHOR_NAME": "An editor",
    "GIT_AUTHOR_EMAIL": "editor@newsroom.example",
    "GIT_COMMITTER_NAME": "An editor",
    "GIT_COMMITTER_EMAIL": "editor@newsroom.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def load(name: str) -> dict[Any, Any]:
    workflow: dict[Any, Any] = yaml.safe_load(WORKFLOWS[name].read_text("utf-8"))
    return workflow


# What is written in the files.


def test_the_workflows_are_valid() -> None:
    """By the official schema, the copy that check-jsonschema brings along."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            "vendor.github-workflows",
            *WORKFLOWS.values(),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", WORKFLOWS)
def test_each_action_is_pinned_to_a_commit(name: str) -> None:
    """A tag can be moved to other code; the comment says which version the commit is."""
    uses = re.findall(r"^\s*(?:- )?uses:\s*(.+)$", WORKFLOWS[name].read_text("utf-8"), re.MULTILINE)
    assert uses
    for line in uses:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_a_pull_request_can_neither_write_nor_see_a_secret() -> None:
    text = WORKFLOWS["check"].read_text("utf-8")
    check = load("check")
    # YAML 1.1 reads the key `on` as true.
    assert list(check[True]) == ["pull_request"], (
        "pull_request_target would run a stranger's code with rights"
    )
    assert check["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in check["jobs"].values())
    assert "secrets" not in text
    assert "persist-credentials: false" in text


@pytest.mark.parametrize(("name", "contents"), [("publish", "write"), ("schedule", "read")])
def test_publishing_asks_for_no_more_rights_than_each_job_needs(name: str, contents: str) -> None:
    workflow = load(name)
    assert workflow["permissions"] == {}
    rights = {job_name: job.get("permissions", {}) for job_name, job in workflow["jobs"].items()}
    assert rights == {
        "build": {"contents": contents},
        "deploy": {"pages": "write", "id-token": "write"},
        "verdict": {},
    }
    assert "secrets" not in WORKFLOWS[name].read_text("utf-8")


def test_deployments_wait_in_one_line_and_none_pushes_another_out() -> None:
    line = load("publish")["concurrency"]
    assert line == load("schedule")["concurrency"]
    assert (line["cancel-in-progress"], line["queue"]) == (False, "max")
    assert load("check")["concurrency"]["group"] != line["group"]


def test_both_deploy_in_the_same_way() -> None:
    publish, schedule = load("publish")["jobs"], load("schedule")["jobs"]
    assert {**schedule["deploy"], "if": None} == {**publish["deploy"], "if": None}
    handed = [
        [
            (step["uses"], step["with"])
            for step in jobs["build"]["steps"]
            if "pages-artifact" in step.get("uses", "")
        ]
        for jobs in (publish, schedule)
    ]
    assert handed[0] == handed[1]
    assert len(handed[0]) == 1


def test_the_timer_has_a_file_of_its_own_and_is_off_the_hour() -> None:
    """GitHub turns off the whole file whose timer it turns off, and drops timers at the full hour first."""
    assert set(load("schedule")[True]) == {"schedule", "workflow_dispatch"}
    assert all("schedule" not in load(name)[True] for name in WORKFLOWS if name != "schedule")
    (timer,) = load("schedule")[True]["schedule"]
    minute, *rest = timer["cron"].split()
    assert rest == ["*"] * 4
    assert 5 <= int(minute) <= 55


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_prints_the_words_of_strangers_is_shielded(name: str) -> None:
    for job in load(name)["jobs"].values():
        for step in job["steps"]:
            script = step.get("run", "").replace("\\\n", " ")
            for line in script.splitlines():
                if re.search(r"\bdigest [a-z]", line):
                    assert "tools/shielded.sh" in line, line


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_script_takes_no_expression_into_its_text(name: str) -> None:
    """A branch called `$(…)` would be run; values come in through `env`."""
    for job in load(name)["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


# What the scripts do.


TOKEN = re.compile(r"\s*('(?:[^']|'')*'|&&|\|\||==|!=|!|\(|\)|[A-Za-z_][\w.-]*|\d+)")
PYTHON = {"&&": " and ", "||": " or ", "!": " not ", "(": "(", ")": ")", "==": "==", "!=": "!="}


def evaluate(expression: str, names: Mapping[str, str], failed: bool) -> object:
    """The part of GitHub's expression language that the workflows use."""
    words: list[str] = []
    place = 0
    while expression[place:].strip():
        match = TOKEN.match(expression, place)
        assert match, f"not understood: {expression[place:]}"
        place = match.end()
        word = match[1]
        if word in PYTHON:
            words.append(PYTHON[word])
        elif word[0] == "'":
            words.append(repr(word[1:-1].replace("''", "'")))
        elif word.isdigit():
            words.append(word)
        elif word in {"cancelled", "success", "failure", "always"}:
            words.append(f"status[{word!r}]")
            expression = expression[:place] + re.sub(r"^\s*\(\s*\)", "", expression[place:])
        else:
            words.append(f"names[{word!r}]")
    status = {"cancelled": False, "success": not failed, "failure": failed, "always": True}
    return eval("".join(words), {"__builtins__": {}}, {"names": names, "status": status})


def fill(text: object, names: Mapping[str, str], failed: bool = False) -> str:
    return re.sub(r"\$\{\{(.*?)\}\}", lambda match: str(evaluate(match[1], names, failed)), str(text))


@pytest.mark.parametrize(
    ("expression", "failed", "value"),
    [
        ("!cancelled() && steps.setup.outcome == 'success'", True, True),
        ("success()", True, False),
        ("a.b == a.b && !(a.b != 'x')", False, True),
        ("failure() || a.b", False, "x"),
    ],
)
def test_expressions(expression: str, failed: bool, value: object) -> None:
    assert evaluate(expression, {"a.b": "x", "steps.setup.outcome": "success"}, failed) == value


@dataclass
class Run:
    """One run of a workflow in a clone, as GitHub would do it."""

    clone: Path
    environment: dict[str, str]
    scratch: Path
    event: dict[str, str] = field(default_factory=dict)
    """What the run's event says, `github.…` → value."""
    meanwhile: dict[str, Callable[[], object]] = field(default_factory=dict)
    """Step name → what happens elsewhere just before it."""
    done: list[str] = field(default_factory=list)
    """Names of the steps that ran, `uses` ones included."""
    log: str = ""
    summary: str = ""
    results: dict[str, str] = field(default_factory=dict)
    """Job → success, failure or skipped."""

    def workflow(self, name: str) -> Run:
        outputs: dict[str, str] = {
            "github.workspace": str(self.clone),
            "runner.temp": str(self.scratch),
            **self.event,
        }
        for job_name, job in load(name)["jobs"].items():
            needs = job.get("needs", [])
            needs = [needs] if isinstance(needs, str) else needs
            condition = job.get("if", "success()")
            if any(self.results[need] != "success" for need in needs) or not evaluate(
                condition, _Lenient(outputs), False
            ):
                self.results[job_name] = "skipped"
                continue
            names = dict(outputs)
            self.results[job_name] = self.job(job, names)
            for key, value in job.get("outputs", {}).items():
                outputs[f"needs.{job_name}.outputs.{key}"] = fill(value, _Lenient(names))
        return self

    def job(self, job: dict[str, Any], names: dict[str, str]) -> str:
        failed = False
        environment = {**self.environment}
        for key, value in job.get("env", {}).items():
            environment.setdefault(key, fill(value, names))
        for step in job["steps"]:
            key = f"steps.{step.get('id', '-')}"
            condition = str(step.get("if", "success()")).removeprefix("${{").removesuffix("}}")
            if not re.search(r"\b(success|failure|always|cancelled)\(", condition):
                condition = f"success() && ({condition})"
            if not evaluate(condition, _Lenient(names), failed):
                names[f"{key}.outcome"] = "skipped"
                continue
            if happens := self.meanwhile.get(step["name"]):
                happens()
            self.done.append(step["name"])
            if "uses" in step:
                good = self.use(step, key, names)
            else:
                good = self.script(step, key, names, environment)
            names[f"{key}.outcome"] = "success" if good else "failure"
            failed = failed or not good
        return "failure" if failed else "success"

    def use(self, step: dict[str, Any], key: str, names: dict[str, str]) -> bool:
        if "upload" not in step["uses"]:
            return True
        there = Path(self.clone, step["with"]["path"], "index.html").is_file()
        if there:
            names[f"{key}.outputs.artifact-url"] = "https://hub.example/artifacts/1"
        return there or step["with"].get("if-no-files-found") == "warn"

    def script(
        self, step: dict[str, Any], key: str, names: dict[str, str], environment: dict[str, str]
    ) -> bool:
        kinds = ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_ENV", "GITHUB_STEP_SUMMARY")
        files = {each: self.scratch / each for each in kinds}
        for path in files.values():
            path.write_text("", "utf-8")
        own = {each: fill(value, _Lenient(names)) for each, value in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.clone,
            env={**environment, **own, **{each: str(path) for each, path in files.items()}},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        self.log += f"== {step['name']} ({done.returncode})\n{done.stdout}"
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            names[f"{key}.outputs.{name}"] = value
        for line in files["GITHUB_PATH"].read_text("utf-8").splitlines():
            environment["PATH"] = f"{line}{os.pathsep}{environment['PATH']}"
        for line in files["GITHUB_ENV"].read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            environment[name] = value
        return done.returncode == 0


def obeyed(log: str) -> list[str]:
    """The lines of a log that GitHub's runner would carry out: `::command …::` at the beginning of a line and
    `##[command …]` anywhere in it, unless they were stopped (actions/runner, ActionCommandManager)."""
    found: list[str] = []
    token = ""
    for line in re.split(r"\r\n|\r|\n", log):
        match = re.match(r"\s*::([\w-]+)(?: [^:]*)?::(.*)", line) or re.search(
            r"##\[([\w-]+)(?: [^\]]*)?\](.*)", line
        )
        if token:
            token = "" if line.strip() == f"::{token}::" else token
        elif match and match[1] == "stop-commands":
            token = match[2]
        elif match:
            found.append(line)
    assert not token, "a command was stopped and never started again"
    return found


def test_a_stopped_command_is_not_obeyed() -> None:
    log = "::error::a\n::stop-commands::t\n::error::b\r ::set-env name=X::1\nx ##[warning]c\n::t::\nx ##[warning]d"
    assert obeyed(log) == ["::error::a", "x ##[warning]d"]


class _Lenient(dict[str, str]):
    """GitHub reads a value that is not there as empty."""

    def __missing__(self, key: str) -> str:
        return ""


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **EDITOR},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def put(folder: Path, files: Mapping[str, str | bytes | None]) -> None:
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


def article(title: str, day: int, sentence: str) -> str:
    """A page of an invented paper, copied as text, with everything a digest needs to know."""
    return f"""Thứ Hai, 30/03/2026 07:48 GMT+7
Chuyên mục

Công binh

{title}

{day:02}/03/2026 08:00

(BVD) - {sentence} Đội công binh đã san lấp xong mặt bằng và bàn giao cho địa phương trong buổi sáng.

Người dân quanh vùng nói con đường mới giúp trẻ em đến trường nhanh hơn một giờ so với mùa mưa năm ngoái.

Theo kế hoạch, cây cầu kế tiếp sẽ được dựng vào cuối tháng, khi nước sông rút xuống mức an toàn.
"""


RAW = "content/raw/bao-vi-du"
NEW = article("Đội công binh mở đường tới trường làng bên sông", 11, "Đoạn đường dài bốn cây số đã thông xe.")


@dataclass
class Hub:
    """A bare origin, and what a runner's machine has installed."""

    origin: Path
    environment: dict[str, str]
    tmp: Path

    def clone(self, name: str) -> Path:
        git(self.tmp, "clone", "--quiet", str(self.origin), name)
        for wanted in ("pyproject.toml", "requirements.lock", "requirements-extras.lock"):
            os.utime(self.tmp / name / wanted, (1_000_000_000, 1_000_000_000))  # older than what is installed
        return self.tmp / name

    def desk(self) -> Path:
        """An editor's clone, up to date."""
        desk = self.tmp / "desk"
        if desk.is_dir():
            git(desk, "pull", "--quiet", "--rebase")
        else:
            self.clone("desk")
        return desk

    def push(self, files: Mapping[str, str | bytes | None], message: str = "An editor's push") -> None:
        """Somebody commits files to the branch and pushes them; None deletes one."""
        desk = self.desk()
        put(desk, files)
        commit(desk, message)
        git(desk, "push", "--quiet")

    def propose(self, files: Mapping[str, str | bytes | None]) -> None:
        """Somebody proposes files in a pull request from a fork, the first one of this origin."""
        desk = self.desk()
        git(desk, "switch", "--quiet", "--create", "proposal")
        put(desk, files)
        commit(desk, "A proposal")
        git(desk, "push", "--quiet", "origin", "HEAD:refs/pull/1/head")
        git(desk, "switch", "--quiet", "main")

    def check(self) -> Run:
        """The check of the pull request: its merge with the branch as it is now, and no right to write."""
        clone = self.clone(f"runner-{len(list(self.tmp.glob('runner-*')))}")
        git(clone, "fetch", "--quiet", "origin", "refs/pull/1/head")
        git(clone, "switch", "--quiet", "--detach")
        git(clone, "merge", "--quiet", "--no-ff", "--message", "Merge", "FETCH_HEAD")
        git(clone, "remote", "set-url", "--push", "origin", str(self.tmp / "nowhere"))
        event = {
            "github.event_name": "pull_request",
            "github.base_ref": "main",
            "github.ref_name": "1/merge",
            "github.ref": "refs/pull/1/merge",
        }
        return Run(clone, dict(self.environment), self.tmp, event).workflow("check")

    def run(
        self,
        workflow: str,
        meanwhile: dict[str, Callable[[], object]] | None = None,
        epoch: int | None = None,
        before: str = "",
    ) -> Run:
        """A run on the branch, at a given moment, after a push on top of the commit `before`."""
        clone = self.clone(f"runner-{len(list(self.tmp.glob('runner-*')))}")
        event = {
            "github.event.before": before,
            "github.event_name": "schedule" if workflow == "schedule" else "push",
            "github.ref_name": "main",
            "github.ref": "refs/heads/main",
        }
        if workflow != "schedule":  # a timer's event names no repository
            event["github.event.repository.default_branch"] = "main"
        environment = dict(self.environment)
        if epoch is not None:
            environment["SOURCE_DATE_EPOCH"] = str(epoch)
        return Run(clone, environment, self.tmp, event, meanwhile or {}).workflow(workflow)

    def subjects(self) -> list[str]:
        return git(self.origin, "log", "--format=%s").splitlines()

    def files(self) -> set[str]:
        return set(
            git(self.origin, "-c", "core.quotePath=off", "ls-tree", "-r", "--name-only", "main").splitlines()
        )


def installed(folder: Path) -> dict[str, str]:
    """This interpreter's packages as a `.venv` with its stamps, so that `make setup` finds nothing to do.

    `digest` there runs the code of the checkout it is called in, as an editable installation does in its own.
    """
    venv = folder / "venv"
    (venv / "bin").mkdir(parents=True)
    for entry in Path(sys.prefix).iterdir():
        if entry.name != "bin":
            (venv / entry.name).symlink_to(entry)
    for entry in (Path(sys.prefix) / "bin").iterdir():
        if entry.name != "digest":
            (venv / "bin" / entry.name).symlink_to(entry)
    digest = venv / "bin/digest"
    digest.write_text(f'#!/bin/sh\nexec "{venv}/bin/python" -m generator "$@"\n', "utf-8")
    digest.chmod(digest.stat().st_mode | stat.S_IXUSR)
    for stamp in (".made", ".site", ".extras", ".dev"):
        (venv / stamp).touch()

    # The entry point by which MkDocs finds the plugin, whether or not the project is installed here.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    about = folder / "about" / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 0\n", "utf-8")
    points = project["entry-points"]["mkdocs.plugins"]
    (about / "entry_points.txt").write_text(
        "[mkdocs.plugins]\n" + "".join(f"{name} = {value}\n" for name, value in points.items()), "utf-8"
    )
    keep = {
        key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_", "MAKE"))
    }
    return {
        **keep,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "VENV": str(venv),
        "PYTHONPATH": str(about.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "CI": "true",
    }


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """This checkout as it stands, with one article of its own that is already taken in."""
    tmp = tmp_path_factory.mktemp("hub")
    environment = installed(tmp)
    seed = tmp / "seed"
    for part in (
        ".gitattributes",
        ".gitignore",
        "Makefile",
        "pyproject.toml",
        "requirements.lock",
        "requirements-extras.lock",
        "site_config.yml",
    ):
        seed.mkdir(exist_ok=True)
        shutil.copy(ROOT / part, seed)
    for part in ("generator", "theme", "tools"):
        shutil.copytree(ROOT / part, seed / part, ignore=shutil.ignore_patterns("__pycache__"))
    (seed / "content/pages").mkdir(parents=True)
    for page in (ROOT / "content/pages").glob("*.md"):
        # The real ones may link to articles that are not here.
        (seed / "content/pages" / page.name).write_text(f"# {page.stem}\n", "utf-8")
    raw = seed / RAW / "cau-go.txt"
    raw.parent.mkdir(parents=True)
    raw.write_text(article("Cây cầu gỗ ở bản nhỏ được dựng lại", 4, "Cây cầu cũ đã trôi."), "utf-8")
    ingested = subprocess.run(
        [f"{environment['VENV']}/bin/digest", "ingest"],
        cwd=seed,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ingested.returncode == 0, ingested.stderr
    git(tmp, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git(seed, "init", "--quiet", "--initial-branch=main")
    commit(seed, "The digest")
    git(seed, "push", "--quiet", str(tmp / "origin.git"), "main")
    return Hub(tmp / "origin.git", environment, tmp)


@pytest.fixture
def hub(template: Hub, tmp_path: Path) -> Hub:
    """An origin of one's own."""
    shutil.copytree(template.origin, tmp_path / "origin.git")
    return Hub(tmp_path / "origin.git", template.environment, tmp_path)


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


PUBLISHED = {"build": "success", "deploy": "success", "verdict": "success"}


def test_a_new_raw_article_is_committed_once_and_published(hub: Hub) -> None:
    hub.push({f"{RAW}/mo-duong.txt": NEW})
    before = hub.files()
    run = hub.run("publish")
    assert run.results == PUBLISHED, run.log
    assert hub.subjects() == ["Take in raw articles: 1 page(s)", "An editor's push", "The digest"]
    written = hub.files() - before
    assert f"{RAW}/mo-duong.txt.meta.yml" in written
    pages = [name for name in written if name.startswith("content/pages/articles/2026/03/")]
    assert len(pages) == 1, run.log
    assert len(written) == 2, written
    author = git(hub.origin, "log", "-1", "--format=%an")
    assert author == "github-actions[bot]"
    address = pages[0].removeprefix("content/pages/articles/").removesuffix(".md")
    assert (run.clone / "site" / address / "index.html").is_file()

    # The run that an editor's next push starts finds everything done.
    again = hub.run("publish")
    assert again.results == PUBLISHED, again.log
    assert "no commit" in again.log
    assert len(hub.subjects()) == 3
    assert not git(again.clone, "status", "--porcelain")
    assert contents(again.clone / "site") == contents(run.clone / "site")


def test_a_page_renamed_on_the_branch_itself_gets_its_redirect(hub: Hub) -> None:
    """As GitHub's pencil does it: no check before, no clone, no command."""
    before = git(hub.origin, "rev-parse", "HEAD")
    moved = PAGE.replace("cay-cau-go", "cau-go-moi")
    hub.push({moved: page_text(hub), PAGE: None})
    run = hub.run("publish", before=before)
    assert run.results == PUBLISHED, run.log
    assert hub.subjects()[0] == "Take in raw articles: 1 page(s)"
    old = PAGE.removeprefix("content/pages/articles/").removesuffix(".md")
    assert f'aliases: ["{old}/"]' in git(hub.origin, "show", f"HEAD:{moved}")
    assert "canonical" in (run.clone / "site" / old / "index.html").read_text("utf-8")


@pytest.mark.parametrize("before", ["0" * 40, ""])
def test_the_first_push_of_a_branch_has_nothing_before_it(hub: Hub, before: str) -> None:
    run = hub.run("publish", before=before)
    assert run.results == PUBLISHED, run.log


def test_a_bad_raw_file_is_told_after_the_rest_is_published(hub: Hub) -> None:
    hub.push({f"{RAW}/mo-duong.txt": NEW, f"{RAW}/broken.txt": b"\x00\x01\x02\xff\xfe\x00" * 50})
    run = hub.run("publish")
    assert run.results == {"build": "success", "deploy": "success", "verdict": "failure"}, run.log
    assert "broken.txt" in run.log
    assert "::error::" in run.log
    assert hub.subjects()[0] == "Take in raw articles: 1 page(s)"
    assert any("/articles/2026/03/doi-cong-binh" in name for name in hub.files())


def test_wrong_settings_stop_before_anything_is_written(hub: Hub) -> None:
    config = (ROOT / "site_config.yml").read_text("utf-8")
    assert "timezone: Asia/Ho_Chi_Minh" in config
    hub.push(
        {
            "site_config.yml": config.replace("timezone: Asia/Ho_Chi_Minh", "timezone: Asia/Nowhere"),
            f"{RAW}/mo-duong.txt": NEW,
        }
    )
    run = hub.run("publish")
    assert run.results == {"build": "failure", "deploy": "skipped", "verdict": "skipped"}, run.log
    assert "Asia/Nowhere" in run.log
    assert hub.subjects()[0] == "An editor's push"
    assert run.done[-1] == "Take in raw articles"
    assert not (run.clone / "site").exists()


def test_a_push_made_meanwhile_stays_below_the_commit(hub: Hub) -> None:
    hub.push({f"{RAW}/mo-duong.txt": NEW})
    run = hub.run("publish", {"Commit the pages": lambda: hub.push({"README.md": "Newer.\n"}, "Meanwhile")})
    assert run.results == PUBLISHED, run.log
    assert hub.subjects() == [
        "Take in raw articles: 1 page(s)",
        "Meanwhile",
        "An editor's push",
        "The digest",
    ]


def test_a_push_made_meanwhile_to_the_same_page_wins_and_nothing_is_deployed(hub: Hub) -> None:
    hub.push({f"{RAW}/mo-duong.txt": NEW})
    runner: list[Path] = []

    def edit_the_same_page() -> None:
        runner.append(next(hub.tmp.glob("runner-*")))
        page = next(runner[0].glob("content/pages/articles/2026/03/doi-cong-binh*.md"))
        hub.push({str(page.relative_to(runner[0])): "An editor was faster.\n"}, "Meanwhile")

    run = hub.run("publish", {"Commit the pages": edit_the_same_page})
    assert run.results == {"build": "failure", "deploy": "skipped", "verdict": "skipped"}, run.log
    assert hub.subjects()[0] == "Meanwhile"
    assert "changed the same pages" in run.log
    assert not (runner[0] / ".git/rebase-merge").exists()


def test_only_pages_and_sidecars_are_committed(hub: Hub) -> None:
    """Whatever else a step leaves in the checkout, and a raw file least of all, is not ingest's to commit."""
    clone = hub.clone("runner")
    (clone / "left-over.log").write_text("x", "utf-8")
    (clone / RAW / "cau-go.txt").write_text("overwritten", "utf-8")
    (clone / RAW / "cau-go.txt.meta.yml").unlink()
    (clone / "content/pages/held").mkdir(exist_ok=True)
    (clone / "content/pages/held/mới.md").write_text("held\n", "utf-8")
    done = subprocess.run(
        ["tools/commit-pages.sh", "main"],
        cwd=clone,
        env=hub.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    changed = git(
        clone, "-c", "core.quotePath=off", "show", "--name-status", "--format=", "HEAD"
    ).splitlines()
    assert sorted(changed) == ["A\tcontent/pages/held/mới.md", f"D\t{RAW}/cau-go.txt.meta.yml"]


# A pull request.

PAGE = "content/pages/articles/2026/03/cay-cau-go-o-ban-nho-duoc-dung-lai.md"
STEPS = [
    "Check settings and pages",
    "What ingest would do",
    "Build the preview",
    "Attach the preview",
    "Say where the preview is",
]


def page_text(hub: Hub, page: str = PAGE) -> str:
    return git(hub.origin, "show", f"main:{page}") + "\n"


def test_a_pull_request_is_checked_and_built_and_nothing_is_written(hub: Hub) -> None:
    hub.propose({f"{RAW}/mo-duong.txt": NEW})
    before = git(hub.origin, "for-each-ref")
    run = hub.check()
    assert run.results == {"check": "success"}, run.log
    assert run.done[-5:] == STEPS
    assert git(hub.origin, "for-each-ref") == before
    assert not git(run.clone, "status", "--porcelain")
    assert "### What ingest would do" in run.summary
    assert re.search(r"would be 1 new · .* 0 held · 0 rejected", run.summary), run.summary
    assert "[`site`](https://hub.example/artifacts/1)" in run.summary


def test_a_pull_request_with_a_fault_is_red_and_still_shows_its_preview(hub: Hub) -> None:
    hub.propose({PAGE: "---\ntitle: [\n---\n"})
    run = hub.check()
    assert run.results == {"check": "failure"}, run.log
    (told,) = [line for line in obeyed(run.log) if line.startswith("::error ")]
    assert re.match(rf"::error (?=[^:]*file={re.escape(PAGE)}[,:])[^:]*line=\d+", told), told
    assert PAGE in run.summary
    assert run.done[-5:] == STEPS
    assert "artifacts/1" in run.summary


def test_a_pull_request_hears_only_of_what_it_brought(hub: Hub) -> None:
    """A fault that the branch had before, or got meanwhile, is not the newcomer's to mend."""
    hub.push({"content/pages/articles/2026/03/cu.md": "---\ntitle: [\n---\n"}, "An old fault")
    hub.propose({"content/pages/gop-y.md": "# Góp ý\n"})
    hub.push({"content/pages/articles/2026/03/moi.md": "---\ntitle: [\n---\n"}, "A fault meanwhile")
    run = hub.check()
    assert "(0)" in run.log.partition("== Check settings and pages ")[2][:4], run.log
    assert not [line for line in obeyed(run.log) if line.startswith("::error ")]


def test_a_page_renamed_without_a_redirect_is_told_at_the_page(hub: Hub) -> None:
    moved = PAGE.replace("cay-cau-go", "cau-go-moi")
    hub.propose({moved: page_text(hub), PAGE: None})
    run = hub.check()
    told = [line for line in obeyed(run.log) if f"file={moved}" in line]
    assert any("2026/03/cay-cau-go-o-ban-nho-duoc-dung-lai/" in line for line in told), run.log


def test_wrong_settings_in_a_pull_request_are_told(hub: Hub) -> None:
    config = (ROOT / "site_config.yml").read_text("utf-8")
    hub.propose({"site_config.yml": config.replace("timezone: Asia/Ho_Chi_Minh", "timezone: Asia/Nowhere")})
    run = hub.check()
    assert run.results == {"check": "failure"}, run.log
    assert run.done[-5:] == STEPS
    assert any(line.startswith("::error") for line in obeyed(run.log)), run.log
    assert "Asia/Nowhere" in run.summary
    assert "No site could be built" in run.summary


ORDERS = ("::set-env name=HACKED::1", "::error::hacked", "##[add-path]hacked", "::add-mask::a")


def test_the_words_of_a_stranger_are_no_orders_to_the_runner(hub: Hub) -> None:
    """In titles, labels, keys and file names, which the commands print."""
    files: dict[str, str | bytes | None] = {}
    for number, order in enumerate(ORDERS):
        lines = order.replace(":", r"\x3a")  # to YAML the same
        files[f"{RAW}/a\n{order.replace('/', '')}\r{number}.txt"] = b"\x00\x01\xff" * 99
        files[f"content/pages/articles/2026/03/b,line=1{order}\n{order}%0A.md"] = (
            f'---\ntitle: "x\\n{lines}\\r{lines}"\ndate: "{order}"\nsource: "\\n{lines}"\n'
            f'topic: "\\n{lines}"\ntags: ["\\r{lines}", "</pre><b>\\n{lines}"]\n"\\n{lines}": 1\n---\n'
        )
        files[f"content/pages/articles/2026/03/c{number}.md"] = (
            f'---\ntitle: "{order}"\ndate: "2026-03-09"\nsource: "{order}"\ntopic: "\\n{lines}"\n'
            f'review: ["\\n{lines}"]\n---\n'
        )
    hub.propose(files)
    run = hub.check()
    assert run.results == {"check": "failure"}
    assert run.done[-5:] == STEPS
    for line in obeyed(run.log):
        command = line.partition("::")[2].split(" ")[0].split("::")[0]
        assert line.startswith("::"), line
        assert command in {"error", "warning", "notice"}, line
        # Ours name a file that there is, whatever it is called; the one without says that settings are wrong.
        assert re.match(r"::\w+ [^:]*\bfile=(?:content|site_config)", line), line
    assert "HACKED" in run.log, "the test says nothing"
    inner = run.summary.partition("### What ingest would do")[2].partition("### Preview")[0]
    assert inner.count("</pre>") == 1


@pytest.mark.parametrize("options", [[], ["--findings"]])
def test_a_shield_keeps_the_code_and_the_words(tmp_path: Path, options: list[str]) -> None:
    told = "\n".join(f"line {number}" for number in range(500))
    done = subprocess.run(
        [ROOT / "tools/shielded.sh", *options, "--summary", "Said", "bash", "-c",
         f"echo out; printf '%s' '::error::{told}<b>&' >&2; exit 7"],
        env={**os.environ, "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 7
    assert not done.stderr
    assert "line 499<b>&" in done.stdout
    assert obeyed(done.stdout) == []
    if options:
        assert done.stdout.startswith("out\n::stop-commands::")
    summary = (tmp_path / "summary.md").read_text("utf-8")
    assert "line 499&lt;b>&amp;\n</pre>" in summary
    assert summary.count("\n") < 220
    assert re.search(r"… 30\d more lines are in the log …", summary)


# The timer.

TURN = 1_774_000_000
"""A moment in March 2026, in seconds since 1970."""
NOT_DUE = {"build": "success", "deploy": "skipped", "verdict": "skipped"}


def timed(hub: Hub, **moments: int) -> None:
    """Give the page moments at which it turns."""
    text = page_text(hub)
    for key, seconds in moments.items():
        moment = dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()
        text = text.replace("---\n", f'---\n{key}: "{moment}"\n', 1)
    hub.push({PAGE: text}, "Scheduled")


def test_a_scheduled_article_appears_at_the_first_run_after_its_moment(hub: Hub) -> None:
    timed(hub, publish_at=TURN)
    before = git(hub.origin, "for-each-ref")
    early = hub.run("schedule", epoch=TURN - 60)
    assert early.results == NOT_DUE, early.log
    assert not (early.clone / "site").exists()
    assert re.search(r"### To come\n\n<pre>\n2026-03-20T\S+  appears  ", early.summary), early.summary
    later = hub.run("schedule", epoch=TURN + 3540)
    assert later.results == PUBLISHED, later.log
    address = PAGE.removeprefix("content/pages/articles/").removesuffix(".md")
    assert (later.clone / "site" / address / "index.html").is_file()
    assert "### Due in the last six hours" in later.summary
    assert PAGE in later.summary
    # It commits nothing, and the run after the next six leaves the site alone.
    assert git(hub.origin, "for-each-ref") == before
    assert not git(later.clone, "status", "--porcelain")
    assert hub.run("schedule", epoch=TURN + 6 * 3600).results == NOT_DUE


def test_an_expired_article_goes_at_the_first_run_after_its_moment(hub: Hub) -> None:
    timed(hub, expires=TURN)
    run = hub.run("schedule", epoch=TURN + 5 * 3600)
    assert run.results == PUBLISHED, run.log
    address = PAGE.removeprefix("content/pages/articles/").removesuffix(".md")
    assert (run.clone / "site/index.html").is_file()
    assert not (run.clone / "site" / address).exists()


def test_what_is_to_come_is_told_when_it_is_published(hub: Hub) -> None:
    timed(hub, publish_at=TURN)
    run = hub.run("publish", epoch=TURN - 60)
    assert run.results == PUBLISHED, run.log
    assert re.search(r"### To come\n\n<pre>\n2026-03-20T\S+  appears  ", run.summary), run.summary


def test_a_timer_with_wrong_settings_is_red_and_deploys_nothing(hub: Hub) -> None:
    timed(hub, publish_at=TURN)
    config = (ROOT / "site_config.yml").read_text("utf-8")
    hub.push({"site_config.yml": config.replace("timezone: Asia/Ho_Chi_Minh", "timezone: Asia/Nowhere")})
    run = hub.run("schedule", epoch=TURN + 60)
    assert run.results == {"build": "failure", "deploy": "skipped", "verdict": "skipped"}, run.log
    assert "Asia/Nowhere" in run.summary
    assert not (run.clone / "site").exists()


def test_a_fault_elsewhere_does_not_hold_back_what_is_due(hub: Hub) -> None:
    timed(hub, publish_at=TURN)
    hub.push({"content/pages/articles/2026/03/hong.md": "---\ntitle: [\n---\n"})
    run = hub.run("schedule", epoch=TURN + 60)
    assert run.results == {**PUBLISHED, "verdict": "failure"}, run.log


# A site lives at the root of a host or below a path.


class _Links(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src"} and value:
                self.found.append(value)


@pytest.mark.parametrize("base", ["https://digest.example/", "https://newsroom.example/papers/weekly/"])
def test_every_address_of_the_built_site_works_at_the_root_and_below_a_path(
    template: Hub, tmp_path: Path, base: str
) -> None:
    config = (ROOT / "site_config.yml").read_text("utf-8")
    config, replaced = re.subn(r"^site_url: .*$", f"site_url: {base}", config, flags=re.MULTILINE)
    assert replaced == 1
    for part in ("content", "generator", "theme"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (tmp_path / "site_config.yml").write_text(config, "utf-8")
    built = subprocess.run(
        [f"{template.environment['VENV']}/bin/digest", "build"],
        cwd=tmp_path,
        env=template.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    site = tmp_path / "site"
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 5
    broken: list[str] = []
    for page in pages:
        links = _Links()
        links.feed(page.read_text("utf-8"))
        here = urljoin(base, page.relative_to(site).as_posix().removesuffix("index.html"))
        for link in links.found:
            target = urlsplit(urljoin(here, link))
            home = urlsplit(base)
            if target.scheme not in {"http", "https"} or target.netloc != home.netloc:
                continue
            path = unquote(target.path)
            file = site / path.removeprefix(home.path)
            if not path.startswith(home.path) or not (file.is_file() or (file / "index.html").is_file()):
                broken.append(f"{page.relative_to(site)} → {link}")
    assert not broken, "\n".join(sorted(set(broken))[:40])
