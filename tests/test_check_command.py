"""`digest check` as it is typed: what is written and when, exit codes, files that settings inherit from, summaries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import cli
from tests.test_check_since import CONFIG, Desk

THEME = Path(__file__).resolve().parent.parent / "theme"
WHOLE = (
    f"docs_dir: content/pages\ntheme: {{name: material, custom_dir: {THEME}}}\nnot_in_nav: |\n  /articles/\n  /held/\n"
    + CONFIG
)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path)
    desk.write("site_config.yml", WHOLE)
    desk.write(".gitignore", ".cache/\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")
    return desk


SETTLED = '---\ntitle: "Đã rõ"\ndate: "2026-11-05"\nsource: vd\ntopic: hb\n---\n\nVăn bản.\n'


def contents(desk: Desk) -> dict[str, bytes]:
    return {
        path.relative_to(desk.root).as_posix(): path.read_bytes()
        for path in (desk.root / "content").rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("wrong", ["ref", "theme"])
def test_nothing_is_put_right_where_the_command_cannot_be_carried_out(
    desk: Desk, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.write("content/pages/held/ro.md", SETTLED)
    desk.page(tags=["LHQ"])
    desk.commit()
    before = contents(desk)
    if wrong == "theme":
        desk.edit("site_config.yml", "name: material", "name: khong-co")
    assert run("--fix", *(["--since", "khong-co"] if wrong == "ref" else [])) == 2
    assert contents(desk) == before
    assert "fixed" not in capsys.readouterr().err


def test_what_is_put_right_is_told(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write("content/pages/held/ro.md", SETTLED)
    desk.page(tags=["LHQ"])
    desk.commit()
    assert run("--fix") == 0
    err = capsys.readouterr().err
    assert "fixed     content/pages/articles/2026/11/da-ro.md: filed from held/ro.md" in err
    assert "fixed     content/pages/articles/2026/11/bai.md: tags: written as the settings name them" in err
    assert err.endswith("0 errors, 0 warnings in 3 pages\n")


def test_what_mkdocs_refuses_is_told_after_everything_else(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.page(topic="la")
    desk.edit("site_config.yml", "name: material", "name: khong-co")
    assert run() == 2
    out, err = capsys.readouterr()
    assert "topic `la` is not in the settings" in out
    assert "khong-co" in err


def test_a_change_of_the_configuration_is_validated_too(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.commit()
    desk.edit("site_config.yml", "name: material", "name: khong-co")
    assert run("--since", "HEAD") == 2
    assert "khong-co" in capsys.readouterr().err


def test_what_the_settings_inherit_from_is_part_of_them(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    base, digest = WHOLE.split("plugins:\n")
    desk.write("chung.yml", base)
    desk.write("site_config.yml", "INHERIT: chung.yml\nplugins:\n" + digest)
    desk.page()
    desk.commit()
    assert run("--since", "HEAD") == 0
    capsys.readouterr()
    desk.write("chung.yml", base + "plugins:\n" + digest.replace("hb: {name", "ggh: {name"))
    desk.write("site_config.yml", "INHERIT: chung.yml\n")
    desk.commit()
    desk.edit("chung.yml", "ggh: {name", "moi: {name")
    assert run("--since", "HEAD") == 1
    out = capsys.readouterr().out
    assert "had the address /topics/ggh/" in out
    assert "topic-unknown" not in out and "`hb`" not in out  # the page's topic was unknown before, too
    assert run("--since", "HEAD~1") == 1
    out = capsys.readouterr().out
    assert "topic `hb` is not in the settings" in out
    assert "the topic `Gìn giữ hòa bình` had the address /topics/hb/" in out


def test_wrong_settings_are_told_in_every_form_and_in_the_summary(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.edit("site_config.yml", "kind: place", "kind: nơi")
    assert run("--format", "github", "--summary", str(tmp_path / "tóm.md")) == 2
    assert "::error file=site_config.yml,line=" in capsys.readouterr().out
    assert "kind" in (tmp_path / "tóm.md").read_text(encoding="utf-8")
    assert run("--format", "json") == 2
    assert json.loads(capsys.readouterr().out)["counts"]["errors"] == 1


@pytest.mark.parametrize("form", ["text", "github", "json", "sarif"])
def test_a_name_that_is_not_utf_8_breaks_no_form(
    desk: Desk, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = desk.root / "content/pages/articles/2026/11"
    folder.mkdir(parents=True)
    try:
        Path(str(folder).encode().decode(), "\udcff.md").write_text("---\ntitle: a\n---\n", encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such name")
    assert run("--format", form, "--summary", str(tmp_path / "s.md")) == 1
    assert "missing" in capsys.readouterr().out
