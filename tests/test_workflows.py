"""From push to site: the workflows are valid, ask for little, and their scripts do what they say.

Each `run:` step is run by the same bash, in order, in a clean clone of a bare origin; GitHub's part (expressions,
outputs, PATH, conditions) is played by `Run`. Actions are not run: what they would publish is looked at instead.
"""

from __future__ import annotations

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


def test_publishing_asks_for_no_more_rights_than_each_job_needs() -> None:
    publish = load("publish")
    assert publish["permissions"] == {}
    rights = {name: job.get("permissions", {}) for name, job in publish["jobs"].items()}
    assert rights == {
        "build": {"contents": "write"},
        "deploy": {"pages": "write", "id-token": "write"},
        "verdict": {},
    }
    assert publish["concurrency"]["cancel-in-progress"] is False
    assert "secrets" not in WORKFLOWS["publish"].read_text("utf-8")


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
    meanwhile: dict[str, Callable[[], object]] = field(default_factory=dict)
    """Step name → what happens elsewhere just before it."""
    done: list[str] = field(default_factory=list)
    """Names of the steps that ran, `uses` ones included."""
    log: str = ""
    results: dict[str, str] = field(default_factory=dict)
    """Job → success, failure or skipped."""

    def workflow(self, name: str) -> Run:
        outputs: dict[str, str] = {
            "github.workspace": str(self.clone),
            "github.ref_name": "main",
            "github.ref": "refs/heads/main",
            "github.event.repository.default_branch": "main",
        }
        for job_name, job in load(name)["jobs"].items():
            needs = job.get("needs", [])
            needs = [needs] if isinstance(needs, str) else needs
            condition = job.get("if", "success()")
            if any(self.results[need] != "success" for need in needs) or not evaluate(
                condition, outputs, False
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
            good = self.use(step) if "uses" in step else self.script(step, key, names, environment)
            names[f"{key}.outcome"] = "success" if good else "failure"
            failed = failed or not good
        return "failure" if failed else "success"

    def use(self, step: dict[str, Any]) -> bool:
        if "upload" in step["uses"]:
            return Path(self.clone, step["with"]["path"], "index.html").is_file()
        return True

    def script(
        self, step: dict[str, Any], key: str, names: dict[str, str], environment: dict[str, str]
    ) -> bool:
        files = {each: self.scratch / each for each in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_ENV")}
        for path in files.values():
            path.write_text("", "utf-8")
        own = {each: fill(value, names) for each, value in step.get("env", {}).items()}
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
        for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            names[f"{key}.outputs.{name}"] = value
        for line in files["GITHUB_PATH"].read_text("utf-8").splitlines():
            environment["PATH"] = f"{line}{os.pathsep}{environment['PATH']}"
        for line in files["GITHUB_ENV"].read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            environment[name] = value
        return done.returncode == 0


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

    def push(self, files: Mapping[str, str | bytes], message: str = "An editor's push") -> None:
        """Somebody commits files to the branch and pushes them."""
        desk = self.tmp / "desk"
        if desk.is_dir():
            git(desk, "pull", "--quiet", "--rebase")
        else:
            self.clone("desk")
        for name, text in files.items():
            path = desk / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        commit(desk, message)
        git(desk, "push", "--quiet")

    def run(self, workflow: str, meanwhile: dict[str, Callable[[], object]] | None = None) -> Run:
        clone = self.clone(f"runner-{len(list(self.tmp.glob('runner-*')))}")
        return Run(clone, dict(self.environment), self.tmp, meanwhile or {}).workflow(workflow)

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


def test_a_pull_request_is_checked_and_built_and_nothing_is_written(hub: Hub) -> None:
    hub.push({f"{RAW}/mo-duong.txt": NEW})
    before = hub.subjects()
    run = hub.run("check")
    assert run.results == {"check": "success"}, run.log
    assert run.done[-1] == "Attach the preview"
    assert hub.subjects() == before
    assert not git(run.clone, "status", "--porcelain")


def test_a_pull_request_with_a_fault_is_red_and_still_shows_its_preview(hub: Hub) -> None:
    page = "content/pages/articles/2026/03/cay-cau-go-o-ban-nho-duoc-dung-lai.md"
    assert page in hub.files()
    hub.push({page: "---\ntitle: [\n---\n"})
    run = hub.run("check")
    assert run.results == {"check": "failure"}, run.log
    assert re.search(rf"{re.escape(page)}:\d+: error", run.log), run.log
    assert run.done[-1] == "Attach the preview"


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
