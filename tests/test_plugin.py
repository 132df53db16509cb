"""The plugin's edges: settings read through MkDocs, errors that stop a build, templates that escape."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
import markdown
import pytest
from markupsafe import Markup
from mkdocs.commands import build as mkdocs_build
from mkdocs.exceptions import ConfigurationError

from generator import storage
from generator.docs_folder import page_address
from generator.errors import PageError, SettingsError, StorageError, UsageError
from generator.frontmatter import split
from generator.markup.bounds import find_costly
from generator.models import Level, Problem
from generator.plugin import BuildReport, build, load_config, load_settings
from generator.plugin.head import needs_script
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
    build(config)
    (tmp_path / "site/index.html").write_text("__md_scope cũ")

    def fail(config: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(mkdocs_build, "build", fail)
    with pytest.raises(RuntimeError):
        build(config, site_dir=tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text() == "__md_scope cũ"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def broken(tmp_path: Path, *, strict: bool) -> BuildReport:
    config = write(tmp_path, "plugins: [digest]\n")
    (tmp_path / "pages/trang.md").write_text("# Trang\n\n[hỏng](khong-co.md)\n", encoding="utf-8")
    return build(config, site_dir=tmp_path / "site", strict=strict)


def test_a_broken_link_is_an_error_of_a_strict_build_and_the_site_is_there(tmp_path: Path) -> None:
    report = broken(tmp_path, strict=True)
    assert [(str(problem.level), problem.rule) for problem in report.problems] == [("error", "mkdocs")]
    assert "khong-co.md" in report.problems[0].message
    assert report.problems[0].path == "pages/trang.md"
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


# ----------------------------------------------------------------------- where the site is put


@pytest.mark.parametrize(
    "place",
    [".", "..", "pages", "pages/a", "content", "theme/x", "generator", ".git", ".git/x", ".cache", "site_config.yml",
     "site_config.yml/x", "notes", "notes.txt"],
)  # fmt: skip
def test_a_site_takes_no_other_folder_s_place(tmp_path: Path, place: str) -> None:
    project = tmp_path / "digest"
    project.mkdir()
    config = write(project, "plugins: [digest]\n")
    (project / "notes").mkdir()
    (project / "notes/index.html").write_text("của tôi")
    (project / "notes.txt").touch()
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    with pytest.raises(UsageError):
        build(config, site_dir=project / place)
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before


def test_a_link_to_the_project_is_the_project(tmp_path: Path) -> None:
    config = write(tmp_path, "plugins: [digest]\n")
    (tmp_path / "out").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(UsageError, match="site_dir"):
        build(config, site_dir=tmp_path / "out")
    assert config.is_file()


def test_an_empty_folder_will_do_and_what_begins_with_a_dot_stays(tmp_path: Path) -> None:
    config = write(tmp_path, "plugins: [digest]\n")
    (tmp_path / "site/.git").mkdir(parents=True)
    (tmp_path / "site/.git/HEAD").write_text("ref")
    (tmp_path / "site/.nojekyll").touch()
    (tmp_path / "site/.link").symlink_to("nowhere")
    for _ in range(2):
        folder = build(config).site_dir
        assert (folder / "index.html").is_file()
        assert (folder / ".git/HEAD").read_text() == "ref"
        assert (folder / ".nojekyll").is_file()
        assert (folder / ".link").readlink() == Path("nowhere")


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), None])
def test_a_full_disk_is_told_and_the_old_site_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError | None
) -> None:
    config = write(tmp_path, "plugins: [digest]\n")
    folder = build(config).site_dir
    (folder / "cu.html").touch()

    def fail(*_: object) -> None:
        raise error or StorageError(Problem("site", "could not be replaced: No space left on device"))

    monkeypatch.setattr(
        storage if error is None else mkdocs_build, "swap_folder" if error is None else "build", fail
    )
    with pytest.raises(UsageError, match=r"no new site was put in place: .*No space left on device"):
        build(config)
    assert (folder / "cu.html").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pages", "site", "site_config.yml"]


def test_what_killed_builds_left_goes_after_a_day(tmp_path: Path) -> None:
    config = write(tmp_path, "plugins: [digest]\n")
    names = (
        ".site-new-aaaaaaaa",
        ".site-old-bbbbbbbb",
        ".site-new-cccccccc",
        ".site-old-dddddddd",
        ".site-mine",
    )
    for place in (tmp_path, tmp_path / ".cache"):
        for name in names:
            (place / name / "x").mkdir(parents=True)
            if "cccc" not in name:
                os.utime(place / name, (0, time.time() - 25 * 3600))
        (place / names[3] / "site/.git").mkdir(parents=True)
        os.utime(place / names[3], (0, 0))
    build(config)
    for place in (tmp_path, tmp_path / ".cache"):
        left = {path.name for path in place.iterdir() if path.name.startswith(".site-")}
        assert left == {".site-new-cccccccc", ".site-old-dddddddd", ".site-mine"}


def test_a_build_across_file_systems_goes_by_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = write(tmp_path, "plugins: [digest]\n")
    folder = build(config).site_dir
    (folder / "cu.html").touch()
    rename = os.replace

    def replace(old: str | Path, new: str | Path) -> None:
        if (Path(old).parent.name == ".cache") != (Path(new).parent.name == ".cache"):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        rename(old, new)

    monkeypatch.setattr(os, "replace", replace)
    build(config)
    assert (folder / "index.html").is_file()
    assert not (folder / "cu.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pages", "site", "site_config.yml"]


# ------------------------------------------------------------------- one bad page, not the site

COLLIDING = (
    "articles/feed.xml.md", "articles/sitemap.xml.md", "sitemap.xml.md", "sitemap.xml.gz.md", "404.html.md", "robots.txt.md",
    "search/search_index.json.md", "assets/stylesheets/digest.css.md", "anh.png.md", "index.html.md", "FEED.xml/a.md",
    "chu-de/mot/feed.xml.md",
)  # fmt: skip
FULL = (
    '---\ntitle: "Một bài"\ndate: 2026-11-01\nadded: 2026-11-02\nsource: vd\ntopic: mot\n%s---\n\nThân bài.\n'
)


def test_a_page_at_a_generated_file_s_address_costs_only_itself(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        "plugins:\n  - search\n  - digest:\n      paths: {topics: chu-de}\n      topics: {mot: {name: Một}}\n      sources: {vd: {name: VD}}\n",
    )
    named = (
        "articles/2026/11/Đổi-Tên.md",
        "articles/2026/11/UPPER.md",
        "articles/2026/11/has space.md",
        "articles/la.md",
    )
    for uri in (*COLLIDING, *named, "articles/2026/11/tot.md"):
        path = tmp_path / "pages" / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FULL % ("aliases: [feed.xml]\n" if "tot" in uri else ""), encoding="utf-8")
    (tmp_path / "pages/anh.png").write_bytes(b"")
    report = build(config)
    refused = {one.path.removeprefix("pages/") for one in report.problems if one.rule == "address-collision"}
    assert refused == set(COLLIDING)
    told = {one.path.removeprefix("pages/"): one for one in report.problems if one.rule == "page-name"}
    assert set(named) <= set(told)
    assert told[named[0]].hint == "rename it to articles/2026/11/doi-ten.md"
    assert told[named[3]].hint == "rename it to articles/YYYY/MM/la.md"
    assert all(one.level is Level.WARNING for one in told.values())
    assert report.articles == 5
    for name in ("feed.xml", "sitemap.xml", "search/search_index.json", "anh.png", "chu-de/mot/feed.xml"):
        assert (report.site_dir / name).is_file(), name
    assert (report.site_dir / "2026/11/tot/index.html").is_file()
    assert [one.message for one in report.problems if one.rule == "alias-collision"] == [
        "the alias `feed.xml` never leads here: a file of the site's own stands there"
    ]


@pytest.mark.parametrize("drafts", [False, True])
def test_a_moment_beyond_the_calendar_costs_its_page_at_most(tmp_path: Path, drafts: bool) -> None:
    config = write(
        tmp_path,
        "plugins:\n  - digest:\n      topics: {mot: {name: Một}}\n      sources: {vd: {name: VD, delay_minutes: 90}}\n",
    )
    folder = tmp_path / "pages/articles/2026/11"
    folder.mkdir(parents=True)
    odd = {
        "sau": FULL.replace("date: 2026-11-01", 'date: "9999-12-31"'),
        "truoc": FULL.replace("date: 2026-11-01", 'date: "0001-01-01T00:00:00+07:00"'),
        "mai": FULL.replace("---\n\n", 'publish_at: "9999-12-31T23:59:00-11:00"\n---\n\n'),
        "het": FULL.replace("---\n\n", 'expires: "0001-01-01T00:00:00+14:00"\n---\n\n'),
        "sua": FULL.replace("---\n\n", "corrections: [{date: 9999-12-31, text: Sai.}, {date: 2026-11-03, text: Đúng.}]\n---\n\n"),
    }  # fmt: skip
    for name, text in {**odd, "tot": FULL}.items():
        (folder / f"{name}.md").write_text(text % "", encoding="utf-8")
    report = build(config, drafts=drafts)
    told = {Path(one.path).stem for one in report.problems if one.rule == "page-value"}
    assert told == set(odd)
    assert (report.site_dir / "2026/11/tot/index.html").is_file()
    corrected = (report.site_dir / "2026/11/sua/index.html").read_text(encoding="utf-8")
    assert "Đúng." in corrected and "Sai." not in corrected
    assert {Path(one.path).stem for one in report.held} == set(odd) - {"sua"}


def test_markdown_under_another_suffix_is_not_published(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        "plugins:\n  - digest:\n      topics: {mot: {name: Một}}\n      sources: {vd: {name: VD}}\n",
    )
    folder = tmp_path / "pages/articles/2026/11"
    folder.mkdir(parents=True)
    odd = ["articles/2026/11/a.markdown", "articles/2026/11/b.mdown", "articles/2026/11/c.mkd", "d.mkdn", "e.MD"]  # fmt: skip
    for name in odd:
        (tmp_path / "pages" / name).write_text(FULL % "", encoding="utf-8")
    for name in ("tot.md", "tot.markdown"):  # MkDocs itself tells of the second
        (tmp_path / "pages" / name).write_text("# Tốt\n", encoding="utf-8")
    (folder / "f.md").write_text(FULL % "" + "\nXem [a](a.markdown) và [tốt](../../../tot.md).\n", encoding="utf-8")  # fmt: skip
    report = build(config)
    told = {one.path.removeprefix("pages/"): one for one in report.problems if one.rule == "page-name"}
    assert set(told) == set(odd)
    assert {one.level for one in told.values()} == {Level.ERROR}
    assert told["articles/2026/11/a.markdown"].hint == "rename it to a.md"
    assert report.articles == 1
    assert [one.name for one in (report.site_dir / "2026/11").iterdir() if one.is_dir()] == ["f"]
    assert not (report.site_dir / "d").exists()
    page = (report.site_dir / "2026/11/f/index.html").read_text(encoding="utf-8")
    assert "<a>a</a>" in page and '<a href="../../../tot/">tốt</a>' in page


def test_a_page_renamed_in_case_alone_stands_at_its_address(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        "plugins:\n  - digest:\n      topics: {mot: {name: Một}}\n      sources: {vd: {name: VD}}\n",
    )
    folder = tmp_path / "pages/articles/2026/11"
    folder.mkdir(parents=True)
    (folder / "mot.md").write_text(FULL % "aliases: [2026/11/Mot/, cu/mot/]\n", encoding="utf-8")
    report = build(config)
    assert report.problems == ()
    assert [one.name for one in (report.site_dir / "2026/11").iterdir() if one.is_dir()] == ["mot"]
    assert "Thân bài." in (report.site_dir / "2026/11/mot/index.html").read_text(encoding="utf-8")
    assert (report.site_dir / "cu/mot/index.html").is_file()


def test_conflict_markers_in_the_body_refuse_the_page() -> None:
    text = "---\ntitle: x\n---\n\na\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n"
    with pytest.raises(PageError, match=r"x\.md:6: error: a merge conflict") as caught:
        split(text, "x.md")
    assert caught.value.problem.rule == "conflict-marker"
    for fine in (
        "a\n=======\n>>>>>>> b\n<<<<<<< c\n",
        "<<<<<<< a\n\n>>>>>>> b\n",
        "Đầu đề\n=======\n",
        " <<<<<<< a\n=======\n>>>>>>> b\n",
    ):
        assert split(fine, "x.md") == (None, fine, 1)


def test_held_articles_are_in_the_report(tmp_path: Path) -> None:
    config = write(tmp_path, "plugins: [digest]\n")
    (tmp_path / "pages/held").mkdir()
    (tmp_path / "pages/held/a.md").write_text(
        '---\ntitle: A\nsource: x\nreview:\n  - "date: no year"\n---\n', encoding="utf-8"
    )
    (tmp_path / "pages/articles/2026/11").mkdir(parents=True)
    (tmp_path / "pages/articles/2026/11/b.md").write_text(
        "---\ntitle: B\ndraft: true\n---\n", encoding="utf-8"
    )
    assert [(one.path, one.why) for one in build(config).held] == [
        ("pages/articles/2026/11/b.md", ("date: is missing", "source: is missing", "topic: is missing")),
        ("pages/held/a.md", ("date: no year", "topic: is missing")),
    ]


# ----------------------------------------------------------------------------- Markdown's cost

COSTLY = {
    "tags": "<a " * 20_000, "brackets": "[" * 20_000, "lines of tags": "<a\n" * 20_000, "apart": "<a\n\n" * 9_000,
    "labels": "[a " * 5_000, "lines of brackets": "[a\n" * 5_000, "images": "![" * 5_000, "targets": "[a](" * 5_000,
    "lists": "\n".join("    " * level + "- a" for level in range(400)),
    "narrow lists": "\n".join("  " * level + "* a" for level in range(400)),
    "numbers": "\n".join("   " * level + "1. a" for level in range(400)),
    "quotes": ">" * 400 + " a", "mixed": "> - " * 60 + "a", "quoted": "> a\n" * 3_000, "apart quoted": "> a\n\n" * 3_000,
    "stars": "*" * 300 + "a", "underscores": "a" + "_" * 300, "long": "a" * 20_001, "many": "a\n\n" * 10_001,
    "headings": "# a\n" * 1_001,
}  # fmt: skip


@pytest.mark.parametrize("name", COSTLY)
def test_what_would_cost_markdown_too_much_is_refused_at_once(name: str) -> None:
    start = time.perf_counter()
    problem = find_costly("Mở đầu.\n\n" + COSTLY[name], "x.md", 5)
    assert time.perf_counter() - start < 1
    assert problem is not None
    assert problem.rule == "page-cost"
    assert problem.line >= 7
    assert problem.hint


CHEAP = {
    "links": "[a](https://a.example/b(c)) " * 600, "rule": "* " * 300 + "\n\n" + "_" * 300 + "\n\n" + "-" * 300,
    "less than": "a < b và c < d.\n\n" * 100, "smileys": ":( [1] :) " * 20, "list": "- a\n    - b\n        1. c\n" * 500,
    "table": "| a | b |\n|---|---|\n" + "| [x](y) | <br> |\n" * 2_000, "quotes": "> > a\n\n" * 500,
}  # fmt: skip


@pytest.mark.parametrize("name", CHEAP)
def test_what_editors_write_is_never_too_much(name: str) -> None:
    assert find_costly(CHEAP[name], "x.md") is None


NEAR = {
    "tags": "<a " * 200 + "x", "brackets": "[a" * 200, "targets": "[a](" * 200, "images": "![" * 200,
    "lists": "\n".join("    " * level + "- a" for level in range(20)), "quoted": "> a\n" * 2_000,
    "apart": "<a\n\n" * 500, "headings": "# a\n" * 1_000,
}  # fmt: skip


@pytest.mark.parametrize("name", NEAR)
def test_at_the_bounds_markdown_is_done_soon(name: str) -> None:
    assert find_costly(NEAR[name], "x.md") is None
    start = time.process_time()
    markdown.markdown(NEAR[name], extensions=["attr_list", "footnotes", "tables", "toc"])
    assert time.process_time() - start < 2


def test_a_costly_page_costs_only_itself(tmp_path: Path) -> None:
    config = write(tmp_path, "plugins: [digest]\n")
    (tmp_path / "pages/hong.md").write_text("[" * 20_000, encoding="utf-8")
    (tmp_path / "pages/tot.md").write_text("# Tốt\n", encoding="utf-8")
    report = build(config)
    assert [(one.path, one.line, one.rule) for one in report.problems] == [("pages/hong.md", 1, "page-cost")]
    assert (report.site_dir / "tot/index.html").is_file()
    assert not (report.site_dir / "hong").exists()


@pytest.mark.parametrize(
    ("body", "needed"),
    [("<p>Chữ thường, <em>nghiêng</em>.</p>", False), ("<table><tr><td>1</td></tr></table>", True),
     ('<div class="tabbed-set">…</div>', True), ("<pre><code>x</code></pre>", True), ('<a class="footnote-ref">1</a>', True)],
)  # fmt: skip
def test_material_looks_only_at_texts_that_it_has_something_to_do_in(body: str, needed: bool) -> None:
    assert needs_script(body) is needed
