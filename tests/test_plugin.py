"""The plugin's edges: settings read through MkDocs, errors that stop a build, templates that escape."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
import pytest
from markupsafe import Markup
from mkdocs.commands import build as mkdocs_build
from mkdocs.exceptions import ConfigurationError

from generator.errors import SettingsError, UsageError
from generator.plugin import BuildReport, build, load_config, load_settings
from generator.plugin.pages import page_address
from generator.plugin.templates import for_material, is_ours, paragraphs, prepare
from generator.words import words_of

HEAD = "site_name: Thử\nsite_url: https://thu.example/\ndocs_dir: pages\ntheme: {name: material, custom_dir: %s, language: vi, font: false}\n"


def write(folder: Path, plugins: str, head: str | None = None) -> Path:
    (folder / "pages").mkdir(exist_ok=True)
    path = folder / "site_config.yml"
    theme = Path(__file__).resolve().parent.parent / "theme"
    path.write_text((head if head is not None else HEAD % theme) + plugins, encoding="utf-8")
    return path


def test_settings_come_with_inherit_and_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_ZONE", "Europe/Paris")
    (tmp_path / "base.yml").write_text(
        "site_url: https://thu.example/\nplugins:\n  digest:\n    timezone: !ENV DIGEST_ZONE\n    topics: {mot: {name: Một}}\n",
        encoding="utf-8",
    )
    config = tmp_path / "site_config.yml"
    config.write_text("INHERIT: base.yml\nsite_name: Thử\nplugins: {search: {}}\n", encoding="utf-8")
    settings = load_settings(config)
    assert settings.timezone == "Europe/Paris"
    assert settings.topics["mot"].name == "Một"


def test_python_names_and_relative_tags_of_other_plugins_do_not_disturb(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        "markdown_extensions:\n  - pymdownx.snippets: {base_path: [!relative $config_dir]}\nplugins:\n  - search\n  - digest\n",
    )
    assert load_settings(config).timezone == "Asia/Ho_Chi_Minh"


def test_every_wrong_setting_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        "plugins:\n  - digest:\n      timezon: x\n      sources:\n        a: {name: A, text: full}\n      feeds: {items: -1}\n",
    )
    with pytest.raises(SettingsError) as caught:
        load_settings(config)
    lines = [(problem.path, problem.line) for problem in caught.value.problems]
    assert len(lines) >= 2
    assert all(path == "site_config.yml" and line >= 7 for path, line in lines)
    with pytest.raises(SettingsError):
        build(config, site_dir=tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_mkdocs_own_build_stops_on_wrong_settings_too(tmp_path: Path) -> None:
    config = load_config(
        write(tmp_path, "plugins:\n  - digest:\n      timezon: x\n"), site_dir=str(tmp_path / "site")
    )
    with pytest.raises(ConfigurationError, match=r"site_config\.yml:7: error: unknown key `timezon`"):
        mkdocs_build.build(config)


def test_site_url_is_required(tmp_path: Path) -> None:
    theme = Path(__file__).resolve().parent.parent / "theme"
    head = f"site_name: Thử\ndocs_dir: pages\ntheme: {{name: material, custom_dir: {theme}}}\n"
    with pytest.raises(SettingsError, match="site_url"):
        load_settings(write(tmp_path, "plugins: [digest]\n", head))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("plugins: [search]\n", "has no `digest`"),
        ("plugins: [\n", "parsing the configuration"),
        ("", "has no `digest`"),
        ("- a\n- b\n", "has no `digest`"),
    ],
)
def test_a_file_that_is_no_configuration_is_told(tmp_path: Path, text: str, words: str) -> None:
    config = tmp_path / "site_config.yml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        load_settings(config)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings(tmp_path / "site_config.yml")


def test_what_mkdocs_refuses_is_told_in_its_words(tmp_path: Path) -> None:
    config = write(tmp_path, "plugins: [digest]\nmarkdown_extensions: [no_such_extension]\n")
    with pytest.raises(UsageError, match="no_such_extension"):
        load_config(config)


def test_addresses_end_with_a_slash(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="use_directory_urls"):
        build(write(tmp_path, "plugins: [digest]\nuse_directory_urls: false\n"), site_dir=tmp_path / "site")


def test_a_failed_build_leaves_the_old_site_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = write(tmp_path, "plugins: [digest]\n")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("cũ")

    def fail(config: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(mkdocs_build, "build", fail)
    with pytest.raises(RuntimeError):
        build(config, site_dir=tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text() == "cũ"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def broken(tmp_path: Path, *, strict: bool) -> BuildReport:
    config = write(tmp_path, "plugins: [digest]\n")
    (tmp_path / "pages/trang.md").write_text("# Trang\n\n[hỏng](khong-co.md)\n", encoding="utf-8")
    return build(config, site_dir=tmp_path / "site", strict=strict)


def test_a_broken_link_is_an_error_of_a_strict_build_and_the_site_is_there(tmp_path: Path) -> None:
    report = broken(tmp_path, strict=True)
    assert [(str(problem.level), problem.rule) for problem in report.problems] == [("error", "mkdocs")]
    assert "khong-co.md" in report.problems[0].message
    assert (report.site_dir / "trang/index.html").is_file()


def test_a_broken_link_is_a_warning_otherwise(tmp_path: Path) -> None:
    assert [str(problem.level) for problem in broken(tmp_path, strict=False).problems] == ["warning"]


def test_a_second_build_takes_the_place_of_the_first(tmp_path: Path) -> None:
    config = write(tmp_path, "plugins: [digest]\n")
    (tmp_path / "pages/cu.md").write_text("# Cũ\n", encoding="utf-8")
    folder = build(config).site_dir
    assert folder == tmp_path / "site"
    (tmp_path / "pages/cu.md").unlink()
    build(config)
    assert not (folder / "cu").exists()
    assert (folder / "index.html").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pages", "site", "site_config.yml"]


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("articles/2026/11/x.md", "2026/11/x/"),
        ("held/x.md", "held/x/"),
        ("index.md", ""),
        ("a/index.md", "a/"),
        ("a/README.md", "a/"),
        ("gioi-thieu.md", "gioi-thieu/"),
    ],
)
def test_addresses_of_files(uri: str, address: str) -> None:
    assert page_address(uri) == address


# ------------------------------------------------------------------------------------- templates


def test_our_templates_escape_and_materials_do_not() -> None:
    env = jinja2.Environment(
        loader=jinja2.DictLoader(
            {
                "base.html": "{{ text }}{% block a %}{% endblock %}{{ text }}",
                "main.html": "{% extends 'base.html' %}{% block a %}{{ text }}{{ safe }}{% endblock %}",
            }
        )
    )
    prepare(env, words_of("vi"), ZoneInfo("UTC"), str)
    made = env.get_template("main.html").render(text="<b>", safe=Markup("<i>"))
    assert made == "<b>&lt;b&gt;<i><b>"


@pytest.mark.parametrize(
    "name", ["main.html", "404.html", "sitemap.xml", "kinds/home.html", "partials/digest/x.html"]
)
def test_ours(name: str) -> None:
    assert is_ours(name)


@pytest.mark.parametrize(
    "name", ["base.html", "partials/header.html", "partials/language.html", "redirect.html", None]
)
def test_not_ours(name: str | None) -> None:
    assert not is_ours(name)


def test_every_template_of_the_theme_is_one_or_the_other(root: Path) -> None:
    names = {path.relative_to(root / "theme").as_posix() for path in (root / "theme").rglob("*.html")}
    assert {name for name in names if not is_ours(name)} == {"partials/language.html"}


def test_paragraphs_are_escaped_once() -> None:
    assert paragraphs("a < b\n\n\n<script>&amp;") == "<p>a &lt; b</p><p>&lt;script&gt;&amp;amp;</p>"
    assert paragraphs("") == ""


def test_for_material_is_markup_already() -> None:
    made = for_material("<b> & 'x'")
    assert isinstance(made, Markup)
    assert str(made) == "&lt;b&gt; &amp; &#39;x&#39;"
