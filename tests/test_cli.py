"""The command line as a person and CI meet it: what it prints, where, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from generator import cli
from generator.storage import SIDECAR

CONFIG = textwrap.dedent("""\
    site_name: Điểm tin thử
    site_url: https://diem-tin.example/
    docs_dir: content/pages
    plugins:
      - digest:
          sources:
            vd: {name: Báo Ví Dụ, dateline: [BVD], domains: [bao-vi-du.example]}
          topics:
            hoa-binh: {name: Hòa bình, terms: [phái bộ]}
          tags:
            Liên hợp quốc: {aliases: [LHQ]}
    """)
THEME = f"theme: {{name: material, custom_dir: {Path(__file__).resolve().parent.parent / 'theme'}, language: vi, font: false}}\n"
ARTICLE = (
    "Cầu mới ở phái bộ 05/11/2026 08:18\n\n(BVD)- Cây cầu nối hai làng đã thông xe sau ba tuần.\n\n"
    "Sáng 4-11, đội công binh bàn giao cây cầu cho LHQ. Cầu dài hai mươi mét, rộng bốn mét.\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "site_config.yml").write_text(CONFIG, encoding="utf-8")
    raw = tmp_path / "content/raw/vd"
    raw.mkdir(parents=True)
    (tmp_path / "content/pages").mkdir()
    (raw / "cau.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert isinstance(caught.value.code, int)
    return caught.value.code


def test_ingest_says_what_it_did_on_stderr(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ingest", "-v") == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "+ new       content/raw/vd/cau.txt → articles/2026/11/cau-moi-o-phai-bo.md" in err
    assert err.endswith("1 article: 1 new · 0 updated · 0 kept (editor's) · 0 held · 0 rejected\n")
    page = (folder / "content/pages/articles/2026/11/cau-moi-o-phai-bo.md").read_text(encoding="utf-8")
    assert 'added: "2026-11-21T07:00:00+07:00"' in page


def test_a_held_article_is_listed_and_is_no_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = folder / "content/raw/vd/cau.txt"
    raw.write_text(ARTICLE.replace(" 05/11/2026 08:18", ""), encoding="utf-8")
    assert run("ingest") == 0
    err = capsys.readouterr().err
    assert (
        "held      content/pages/held/cau-moi-o-phai-bo.md\n          date: the text gives 4/11 and no year"
        in err
    )
    assert "1 held" in err
    assert run("check") == 0
    out, err = capsys.readouterr()
    assert "warning: held — date: the text gives 4/11 and no year" in out
    assert err.endswith("0 errors, 1 warning in 1 page\n")


def test_a_rejected_file_makes_the_code_one_after_everything_else(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "content/raw/vd/a.txt").write_bytes(b"")
    assert run("ingest") == 1
    err = capsys.readouterr().err
    assert "content/raw/vd/a.txt: error: the file is empty\n    → " in err
    assert "1 new" in err
    assert "1 rejected" in err


def test_wrong_settings_are_told_all_at_once_and_nothing_is_done(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = CONFIG.replace("dateline: [BVD]", "datelines: [BVD]").replace("terms:", "term:")
    (folder / "site_config.yml").write_text(wrong, encoding="utf-8")
    for command in ("ingest", "check", "build"):
        assert run(command) == 2
        err = capsys.readouterr().err
        assert (
            "site_config.yml:7: error: unknown key `sources.vd.datelines`\n    → did you mean `dateline`?"
            in err
        )
        assert (
            "site_config.yml:9: error: unknown key `topics.hoa-binh.term`\n    → did you mean `terms`?" in err
        )
        assert err.endswith("2 problems in the settings; nothing was done\n")
    assert not list((folder / "content/pages").iterdir())
    assert not (folder / "site").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ingest", "content/raw/none.txt"), "there is no such file"),
        (("ingest", "--source", "xx", "content/raw/vd/cau.txt"), "--source xx: the settings know vd"),
        (("ingest", "--url", "x.example", "content/raw/vd/cau.txt"), "write the address with https://"),
        (("ingest", "--refresh"), "name the pages or raw files"),
        (("ingest", "/"), "not inside the project's folder"),
        (("ingest", "--jobs", "0"), "0 is not in the range"),
        (("extract", "none.txt"), "there is no such file"),
        (("extract",), "Missing argument"),
        (("frobnicate",), "No such command"),
        (("--config-file", "none.yml", "check"), "there is no such file"),
    ],
)
def test_wrong_usage_is_code_two(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert run(*arguments) == 2
    out, err = capsys.readouterr()
    assert words in err
    assert out == ""


def test_outside_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check") == 2
    assert "there is no site_config.yml here or in a folder above" in capsys.readouterr().err


def test_a_folder_below_will_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "content/raw/vd")
    assert run("ingest", "cau.txt") == 0
    assert (folder / "content/pages/articles/2026/11/cau-moi-o-phai-bo.md").exists()


def test_extract_prints_json_lines_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(folder.rglob("*"))
    assert (
        run("extract", "content/raw/vd/cau.txt", "--json", "--url", "https://bao-vi-du.example/cau.html") == 0
    )
    record = json.loads(capsys.readouterr().out)
    assert list(record) == [
        "title", "date", "date_status", "date_candidates", "source", "authors", "section", "lead", "lead_kind",
        "body", "captions", "url", "canonical_url", "language", "topic", "tags", "review", "evidence", "candidates",
    ]  # fmt: skip
    assert record["title"] == "Cầu mới ở phái bộ"
    assert record["date"] == "2026-11-05T08:18:00+07:00"
    assert record["date_candidates"][0].keys() == {"value", "how", "text", "confidence", "assumed"}
    assert (record["source"], record["topic"], record["tags"]) == ("vd", "hoa-binh", ["Liên hợp quốc"])
    assert record["url"] == "https://bao-vi-du.example/cau.html"
    assert record["evidence"]["title"].keys() == {"how", "text", "confidence"}
    assert sorted(folder.rglob("*")) == before
    assert run("extract", "content/raw/vd/cau.txt") == 0
    assert "\n  title     Cầu mới ở phái bộ\n            from " in capsys.readouterr().out


def test_extract_listens_to_the_sidecar(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    beside = folder / f"content/raw/vd/cau.txt{SIDECAR}"
    beside.write_text("url: https://bao-vi-du.example/cau.html\n", encoding="utf-8")
    assert run("extract", "content/raw/vd/cau.txt", "--json") == 0
    assert json.loads(capsys.readouterr().out)["url"] == "https://bao-vi-du.example/cau.html"


def test_why_tells_where_a_page_came_from_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("ingest") == 0
    before = sorted(folder.rglob("*"))
    capsys.readouterr()
    monkeypatch.chdir(folder / "content/pages/articles/2026")
    for name in (
        "11/cau-moi-o-phai-bo.md",
        "cau-moi-o-phai-bo",
        "https://diem-tin.example/2026/11/cau-moi-o-phai-bo/",
    ):
        assert run("why", name) == 0
        out, err = capsys.readouterr()
        assert "  title     Cầu mới ở phái bộ\n            from " in out
        assert "\x1b" not in out
        assert err == ""
    assert run("why", "cau-moi-o-phai-bo", "--json") == 0
    assert json.loads(capsys.readouterr().out)["fields"]["title"]["owner"] == "generator"
    assert sorted(folder.rglob("*")) == before


def test_why_ends_with_one_where_the_page_or_its_raw_file_cannot_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("ingest") == 0
    (folder / "content/raw/vd/cau.txt").write_bytes(b"")
    capsys.readouterr()
    assert run("why", "cau-moi-o-phai-bo") == 1
    assert "the file is empty" in capsys.readouterr().out
    assert run("why", "cau-moi-o-phai-boo") == 2
    out, err = capsys.readouterr()
    assert (out, "did you mean" in err) == ("", True)


@pytest.mark.parametrize(
    ("set_", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_is_for_terminals_that_want_it(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    set_: dict[str, str],
    coloured: bool,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in set_.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setattr(cli.shared, "is_terminal", lambda: True)
    assert run("extract", "content/raw/vd/cau.txt") == 0
    out = capsys.readouterr().out
    assert ("\x1b[1mtitle\x1b[0m" in out) is coloured
    assert max(len(re.sub(r"\x1b\[\d+m", "", line)) for line in out.splitlines()) <= 50


def test_check_names_what_the_settings_do_not_know(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = folder / "content/pages/articles/2026/11/x.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        '---\ntitle: "X"\nsource: dv\ntopic: hoa-bin\ntags: ["Liên hợp quôc"]\n---\n\nX\n', encoding="utf-8"
    )
    assert run("check") == 1
    out, err = capsys.readouterr()
    name = "content/pages/articles/2026/11/x.md"
    assert f"{name}:1: error: `date` is missing\n    → write `date:` into the front matter" in out
    assert (
        f"{name}:3: warning: source `dv` is not in the settings: it is shown under the default policy" in out
    )
    assert f"{name}:4: error: topic `hoa-bin` is not in the settings\n    → did you mean `hoa-binh`?" in out
    assert (
        f"{name}:5: warning: tag `Liên hợp quôc` is not in the settings\n    → did you mean `Liên hợp quốc`?"
        in out
    )
    assert err.endswith("2 errors, 2 warnings in 1 page\n")


def test_a_fault_of_the_program_is_no_rejection(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("fault")

    monkeypatch.setattr("generator.check.Run.report", fail)
    assert run("check") == 70
    err = capsys.readouterr().err
    assert "ZeroDivisionError: fault" in err
    assert err.endswith("digest: this is a fault of the program; please report it with the lines above\n")


def test_help_and_version_answer_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out.startswith("digest, version ")
    assert run("--help") == 0
    assert "ingest" in capsys.readouterr().out


def test_the_command_loads_no_heavy_room_before_it_needs_one() -> None:
    code = "import sys, generator.cli; print([m for m in ('mkdocs', 'trafilatura', 'lxml', 'pydantic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_run_ends_with_130_and_harms_nothing(folder: Path, jobs: str) -> None:
    raw = folder / "content/raw/vd"
    for number in range(400):
        (raw / f"{number}.txt").write_text(ARTICLE.replace("Cầu", f"Cầu {number}"), encoding="utf-8")
    # A shell starts what runs in the background deaf to interrupts, and its children with it.
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from generator.cli import main; main()"
    command = [sys.executable, "-c", code, "ingest", "-v", "--jobs", jobs]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, env=environment, cwd=folder, start_new_session=True
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal sends it: to the workers, too
        said = process.stderr.read().decode()
        assert process.wait(30) == 130
    assert said.endswith("interrupted\n")
    assert "Traceback" not in said
    assert not list(folder.rglob("*.tmp"))
    assert run("ingest", "--jobs", "1") == 0
    assert len(list((folder / "content/pages/articles/2026/11").iterdir())) == 401


def test_a_long_run_shows_a_bar_on_a_terminal(folder: Path) -> None:
    raw = folder / "content/raw/vd"
    for number in range(100):
        (raw / f"{number}.txt").write_text(ARTICLE.replace("Cầu", f"Cầu {number}"), encoding="utf-8")
    shown = on_terminal(folder, "ingest", "--dry-run")
    assert "Reading" in shown
    assert "101/101" in shown
    assert "101 articles: would be 101 new" in shown
    few = on_terminal(folder, "ingest", "--dry-run", "content/raw/vd/1.txt")
    assert "Reading" not in few


def on_terminal(folder: Path, *arguments: str) -> str:
    """What a command prints where its standard error is a terminal."""
    ours, theirs = os.openpty()
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "TERM": "xterm",
        "COLUMNS": "100",
    }
    command = [sys.executable, "-m", "generator", *arguments]
    shown = b""
    with subprocess.Popen(command, stderr=theirs, env=environment, cwd=folder) as process:
        os.close(theirs)
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # how Linux says that nobody writes to a terminal any more
                break
            if not part:
                break
            shown += part
        process.wait(30)
    os.close(ours)
    return shown.decode()


def test_a_port_in_use_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    (folder / "content/pages").mkdir(exist_ok=True)
    (folder / "site_config.yml").write_text(THEME + CONFIG, encoding="utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert run("serve", "--port", port) == 2
    assert f"port {port} is in use; choose another with --port" in capsys.readouterr().err


def test_build_lists_what_is_held(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = folder / "content/raw/vd/cau.txt"
    raw.write_text(ARTICLE.replace(" 05/11/2026 08:18", ""), encoding="utf-8")
    (folder / "site_config.yml").write_text(THEME + CONFIG, encoding="utf-8")
    assert run("ingest") == 0
    capsys.readouterr()
    assert run("build") == 0
    err = capsys.readouterr().err
    assert (
        "held      content/pages/held/cau-moi-o-phai-bo.md\n          date: the text gives 4/11 and no year"
        in err
    )


def test_build_never_takes_the_projects_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "content/pages").mkdir(exist_ok=True)
    assert run("build", "--site-dir", ".") == 2
    assert "site" in capsys.readouterr().err
    assert (folder / "site_config.yml").is_file()
    assert (folder / "content/raw/vd/cau.txt").is_file()


def test_no_text_of_a_page_gives_orders_to_a_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = folder / "content/pages/articles/2026/11/x.md"
    page.parent.mkdir(parents=True)
    page.write_text('---\n"x\\n::error::\\e[31m": 1\ntopic: "a\\e]0;b"\n---\n', encoding="utf-8")
    assert run("check") == 1
    out = capsys.readouterr().out
    assert "\x1b" not in out and "\n::error::" not in out
    assert r"x\u000a::error::\u001b[31m" in out
