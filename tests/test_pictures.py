"""Pictures of saved pages, from the browser's folder to the reader's page."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import check, markup, merge, settings
from generator.errors import SettingsError
from generator.extract import extract
from generator.extract.html.images import place_images
from generator.extract.html.page import open_page
from generator.illustrations import KEPT
from generator.ingest import Options, Outcome, Report, ingest
from generator.models import Block, BlockKind, Form, Level, Problem, RawItem
from generator.plugin import build
from generator.storage import PAGES, Project
from tests.drawing import JPEG, SECRET, make_png, with_metadata

ROOT = Path(__file__).parent.parent
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2026, 11, 21, 7, tzinfo=ZONE)
WORDS = {
    "one": "Sáng thứ Ba, đội công binh bàn giao cây cầu cho chính quyền địa phương sau ba tuần thi công liền tay.",
    "two": "Cầu dài hai mươi mét, chịu được xe mười tấn, và là lối đi duy nhất của bốn bản khi nước lên cao.",
    "three": "Bà con hai làng đem nước đến mời những người thợ, rồi cùng đi bộ qua cầu một lượt trước khi xe chạy.",
}
PAGE = """<!DOCTYPE html>
<!-- saved from url=(0041)https://bao-vi-du.example/cau-moi.html -->
<html lang="vi"><head><title>Cây cầu mới của bốn bản - Báo Ví Dụ</title>
<meta property="article:published_time" content="{date}"><meta property="og:site_name" content="Báo Ví Dụ"></head>
<body><header><a href="https://bao-vi-du.example/"><img src="./t_files/logo.png" alt="Báo Ví Dụ"></a></header>
<article><h1>Cây cầu mới của bốn bản</h1>
{text}
</article><footer><img src="./t_files/chan.jpg"></footer></body></html>"""
FIGURE = '<figure><img src="./t_files/cau.jpg" alt="Cây cầu"><figcaption>Cây cầu sau ngày thông xe. Ảnh: Lò Sao</figcaption></figure>'


def fill(text: str, date: str = "2026-11-05T08:18:00+07:00") -> str:
    return PAGE.replace("{text}", re.sub(r"\{(\w+)\}", lambda match: WORDS[match[1]], text)).replace(
        "{date}", date
    )


def describe(block: Block) -> str:
    """A block in the words of the goldens."""
    name = next((name for name, words in WORDS.items() if block.text == words), block.text)
    if block.picture is None:
        return name
    files = " ".join(name.removeprefix("t_files/") for name in block.picture.names)
    parts = [
        f"<{files}>",
        f'"{block.picture.alt}"' * bool(block.picture.alt),
        name,
        f"| {block.credit}" * bool(block.credit),
    ]
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(
    "case",
    yaml.safe_load((Path(__file__).parent / "cases/html/pictures.yml").read_text(encoding="utf-8")),
    ids=lambda case: case["name"][:40],
)
def test_a_picture_stands_where_the_page_shows_it(case: dict[str, Any]) -> None:
    html = fill(case["text"]).replace("<body>", case.get("body", "<body>"))
    record = extract(RawItem(raw="content/raw/t.html", form=Form.PAGE, text=html), settings.Settings())
    assert [describe(block) for block in record.body] == case["expected"]
    assert [block.text for block in record.captions if not block.text] == []


def test_pictures_do_not_change_what_is_said_of_a_page() -> None:
    """With and without its pictures a page has the same words."""
    with_pictures = fill(
        "<p>{one}</p><p><img src='t_files/a.jpg'></p>" + FIGURE + "<p>{two}</p><p>{three}</p>"
    )
    without = with_pictures.replace("t_files/", "https://cdn.bao-vi-du.example/")
    one, other = (
        extract(RawItem(raw="content/raw/t.html", form=Form.PAGE, text=text), settings.Settings())
        for text in (with_pictures, without)
    )
    assert one.paragraphs == other.paragraphs
    assert [(block.text, block.credit) for block in one.captions] == [
        (block.text, block.credit) for block in other.captions
    ]
    assert not any(block.picture for block in other.body)


# ------------------------------------------------------------------------------------------ ingest


def policy(**source: object) -> settings.Settings:
    told = {"name": "Báo Ví Dụ", "domains": ["bao-vi-du.example"], "text": "full", "licence": "CC BY 4.0"}
    return settings.parse(
        {
            "sources": {"vd": {**told, "images": True, **source}},
            "topics": {"cong-binh": {"name": "Công binh", "terms": ["công binh"]}},
        }
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "content/raw/t_files").mkdir(parents=True)
    return Project(tmp_path)


def save(
    project: Project, text: str, *, name: str = "t", date: str = "2026-11-05T08:18:00+07:00", **files: bytes
) -> None:
    """A page as a browser saves it: `files` are the names, without suffix, of JPEGs or whatever the bytes are."""
    folder = project.path(f"content/raw/{name}_files")
    folder.mkdir(parents=True, exist_ok=True)
    html = fill(text, date).replace("t_files", f"{name}_files")
    project.path(f"content/raw/{name}.html").write_text(html, encoding="utf-8")
    for file, data in files.items():
        (folder / f"{file}.jpg").write_bytes(data)


def run(project: Project, told: settings.Settings | None = None, **options: object) -> Report:
    return ingest(project, told or policy(), (), Options(**{"now": NOW, "jobs": 1, **options}))  # type: ignore[arg-type]


def page_of(project: Project, report: Report) -> str:
    return project.read_text(f"{PAGES}/{report.results[0].page}")


def kept(project: Project) -> list[str]:
    return [name.removeprefix(f"{PAGES}/") for name in project.picture_files()]


ARTICLE = f"{FIGURE}<p>{{one}}</p><p>{{two}}</p><p>{{three}}</p>"


def test_a_picture_is_kept_without_metadata_and_named_in_the_page(project: Project) -> None:
    save(project, ARTICLE, cau=with_metadata(JPEG))
    report = run(project)
    (name,) = kept(project)
    assert f"![Cây cầu](/content/pages/{name})\n*Cây cầu sau ngày thông xe.* (Lò Sao)\n" in page_of(
        project, report
    )
    data = project.path(f"{PAGES}/{name}").read_bytes()
    assert data == JPEG
    assert SECRET not in data
    assert not report.problems


def test_a_second_run_writes_nothing_and_two_articles_share_one_picture(project: Project) -> None:
    save(project, ARTICLE, cau=JPEG)
    save(
        project,
        ARTICLE.replace("sau ngày", "trước ngày"),
        name="u",
        date="2026-11-06T08:18:00+07:00",
        cau=JPEG,
    )
    run(project)
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*") if path.is_file()}
    assert len(kept(project)) == 1
    assert {result.outcome for result in run(project).results} == {Outcome.UNCHANGED}
    assert {path: path.stat().st_mtime_ns for path in project.root.rglob("*") if path.is_file()} == before


def test_a_dry_run_keeps_nothing(project: Project) -> None:
    save(project, ARTICLE, cau=JPEG)
    run(project, dry_run=True)
    assert kept(project) == []


@pytest.mark.parametrize(
    "source",
    [{"images": False}, *({"images": False, "text": text} for text in ("excerpt", "summary", "link"))],
    ids=["full", "excerpt", "summary", "link"],
)
def test_a_source_that_allows_no_pictures_leaves_none(project: Project, source: dict[str, object]) -> None:
    save(project, ARTICLE, cau=JPEG)
    report = run(project, policy(**source))
    assert kept(project) == []
    assert "![" not in page_of(project, report)
    assert not report.problems
    assert ("*Cây cầu sau ngày thông xe.* (Lò Sao)" in page_of(project, report)) is ("text" not in source)


@pytest.mark.parametrize("text", ["excerpt", "summary", "link"])
def test_pictures_without_the_full_text_are_a_wrong_setting(text: str) -> None:
    with pytest.raises(SettingsError, match=f"`vd` has `images: true` with `text: {text}`"):
        policy(text=text)


def test_pictures_without_a_right_are_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match="without a right"):
        policy(licence="")


def test_a_picture_that_an_editor_took_out_stays_out(project: Project) -> None:
    save(project, ARTICLE, cau=JPEG)
    page = f"{PAGES}/{run(project).results[0].page}"
    (name,) = kept(project)
    text = project.read_text(page)
    project.write(page, re.sub(r"!\[.*\n\*.*\n\n", "", text))
    project.path(f"{PAGES}/{name}").unlink()
    assert run(project).results[0].outcome is Outcome.UNCHANGED
    assert "![" not in project.read_text(page)
    assert kept(project) == []
    run(project, refresh=merge.EVERYTHING)
    assert kept(project) == [name]


def test_a_held_article_s_picture_moves_with_it(project: Project) -> None:
    save(project, ARTICLE, date="", cau=JPEG)
    report = run(project)
    assert report.results[0].page.startswith("held/")
    before = page_of(project, report)
    settled = re.sub(r"review:\n(?:  - .*\n)+|review: .*\n", 'date: "2026-11-05"\n', before)
    project.write(f"{PAGES}/{report.results[0].page}", settled)
    moved = run(project)
    assert moved.results[0].page.startswith("articles/2026/11/")
    assert KEPT.findall(page_of(project, moved)) == KEPT.findall(before) != []


def messages(report: Report) -> list[str]:
    return [problem.message for problem in report.problems if problem.rule == "picture"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "is left out: it is no JPEG, PNG, GIF, WebP or AVIF picture",
        ),
        (JPEG[:1000], "is left out: the file breaks off"),
        (JPEG + bytes(2 * 1024 * 1024), "is left out: it has 2,100,036 bytes; 2,097,152 are the most"),
        (make_png(9500, 40), "is left out: it has 9,500 × 40 pixels"),
    ],
    ids=["svg", "damaged", "heavy", "huge"],
)
def test_what_is_left_out_is_told_and_its_caption_stays(project: Project, data: bytes, message: str) -> None:
    save(project, ARTICLE, cau=data)
    report = run(project)
    assert messages(report) == [message]
    assert report.problems[0].path == "content/raw/t_files/cau.jpg"
    assert report.problems[0].level is Level.WARNING
    assert kept(project) == []
    assert "\n*Cây cầu sau ngày thông xe.* (Lò Sao)\n" in page_of(project, report)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (60, 400), (150, 100)])
def test_icons_and_placeholders_are_left_out_in_silence(project: Project, width: int, height: int) -> None:
    save(project, ARTICLE + "<p><img src='t_files/nho.jpg'></p>", cau=make_png(width, height))
    report = run(project)
    assert kept(project) == []
    assert not report.problems


def test_a_picture_without_a_caption_must_be_one(project: Project) -> None:
    text = "<p>{one}</p><p><img src='t_files/mat.jpg'></p><p>{two}</p><p><img src='t_files/to.jpg'></p><p>{three}</p>"
    save(project, text, mat=make_png(150, 200), to=make_png(640, 400))
    assert len(KEPT.findall(page_of(project, run(project)))) == 1


def test_the_best_file_that_is_there_is_taken(project: Project) -> None:
    lazy = FIGURE.replace('src="./t_files/cau.jpg"', 'src="t_files/cho.jpg" data-src="t_files/that.jpg"')
    save(project, lazy + "<p>{one}</p><p>{two}</p><p>{three}</p>", cho=make_png(2, 2), that=JPEG)
    assert run(project).problems == []
    assert [project.path(f"{PAGES}/{name}").read_bytes() for name in kept(project)] == [JPEG]


def test_a_small_picture_laid_over_the_true_one_gives_way_to_it(project: Project) -> None:
    double = FIGURE.replace("<figcaption>", '<img src="t_files/mo.jpg"><figcaption>')
    save(project, double + "<p>{one}</p><p>{two}</p><p>{three}</p>", cau=JPEG, mo=make_png(20, 12))
    page = page_of(project, run(project))
    assert re.search(r"!\[Cây cầu\]\(\S+\)\n\*Cây cầu sau ngày thông xe\.\* \(Lò Sao\)\n", page)


def test_a_page_whose_folder_was_forgotten_is_told_once(project: Project) -> None:
    save(
        project,
        ARTICLE + "<figure><img src='t_files/b.jpg'><figcaption>Bến cũ lúc chiều.</figcaption></figure>",
    )
    project.path("content/raw/t_files").rmdir()
    report = run(project)
    assert messages(report) == ["the pictures of the page are not here: `t_files/` is missing"]


def test_a_folder_that_is_gone_once_its_pictures_are_kept_takes_none_away(project: Project) -> None:
    save(project, ARTICLE + "<p><img src='t_files/b.jpg'></p><p>{one} Hai.</p>", cau=JPEG, b=make_png())
    before = page_of(project, run(project))
    assert len(KEPT.findall(before)) == 2
    shutil.rmtree(project.path("content/raw/t_files"))
    report = run(project)
    assert (report.results[0].outcome, report.problems) == (Outcome.UNCHANGED, [])
    assert page_of(project, report) == before
    # The text changes: it goes before, and the editor is told of the pictures.
    text = project.read_text("content/raw/t.html").replace("hai mươi mét", "ba mươi mét")
    project.path("content/raw/t.html").write_text(text, encoding="utf-8")
    report = run(project)
    assert "ba mươi mét" in page_of(project, report)
    assert messages(report) == ["the pictures of the page are not here: `t_files/` is missing"]


def test_a_link_in_the_folder_is_not_followed(project: Project, tmp_path: Path) -> None:
    (tmp_path / "outside.jpg").write_bytes(JPEG)
    save(project, ARTICLE)
    project.path("content/raw/t_files/cau.jpg").symlink_to(tmp_path / "outside.jpg")
    run(project)
    assert kept(project) == []


def problems_of(project: Project) -> list[Problem]:
    return check.check(project, policy(), check.Options(now=dt.datetime(2026, 12, 1, tzinfo=dt.UTC))).problems


def test_the_check_names_pictures_that_nobody_shows_and_places_without_one(project: Project) -> None:
    save(project, ARTICLE, cau=JPEG)
    report = run(project)
    page, (name,) = f"{PAGES}/{report.results[0].page}", kept(project)
    project.write(f"{PAGES}/assets/images/own.jpg", JPEG)
    assert not [one for one in problems_of(project) if one.rule in ("picture-unused", "picture-missing")]
    project.write(page, project.read_text(page).replace(KEPT.findall(name)[0], f"{'0' * 20}.jpg"))
    found = {one.rule: one for one in problems_of(project)}
    assert found["picture-unused"].path == f"{PAGES}/{name}"
    assert found["picture-unused"].level is Level.NOTE
    assert found["picture-missing"].path == page
    assert project.read_text(page).splitlines()[found["picture-missing"].line - 1].startswith("![")


# ------------------------------------------------------------------------------------------ figures


def render(source: str) -> str:
    extensions = ["attr_list", "tables", "pymdownx.superfences", "pymdownx.details"]
    html = markdown.markdown(source, extensions=extensions)
    return markup.set_figures(
        markup.sanitize(html), lambda address: (640, 400) if "images" in address else None, "Ảnh"
    )


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("![Cầu](images/a.jpg)\n*Cây cầu.* (Lò Sao)",
         '<figure><img alt="Cầu" src="images/a.jpg" width="640" height="400" loading="lazy"><figcaption>Cây cầu. '
         '<span class="credit">Ảnh: Lò Sao</span></figcaption></figure>'),
        ("![](images/a.jpg)\n*Cây **cầu** “mới”.*",
         '<figure><img src="images/a.jpg" alt="Cây cầu “mới”." width="640" height="400" loading="lazy">'
         "<figcaption>Cây <strong>cầu</strong> “mới”.</figcaption></figure>"),
        ("![Cầu](images/a.jpg)\n(Đồ họa: Báo Ví Dụ)",
         '<figure><img alt="Cầu" src="images/a.jpg" width="640" height="400" loading="lazy"><figcaption>'
         '<span class="credit">Đồ họa: Báo Ví Dụ</span></figcaption></figure>'),
        ("![Cầu](khac/a.jpg)", '<figure><img alt="Cầu" src="khac/a.jpg" loading="lazy"></figure>'),
        ('![Cầu](images/a.jpg){ width="300" loading=eager }',
         '<figure><img alt="Cầu" loading="eager" src="images/a.jpg" width="300"></figure>'),
        ("![Cầu](images/a.jpg) và chữ đi tiếp.",
         '<p><img alt="Cầu" src="images/a.jpg" width="640" height="400" loading="lazy"> và chữ đi tiếp.</p>'),
        ("Chữ. ![Cầu](images/a.jpg)",
         '<p>Chữ. <img alt="Cầu" src="images/a.jpg" width="640" height="400" loading="lazy"></p>'),
        ("*Cây cầu.* (Lò Sao)", "<p><em>Cây cầu.</em> (Lò Sao)</p>"),
        ("![Cầu](https://bao.example/a.jpg)", "<p></p>"),
    ],
    ids=["whole", "no alt", "label", "unknown size", "editor's size", "running text", "inline", "caption alone", "remote"],
)  # fmt: skip
def test_a_picture_in_markdown_becomes_a_figure(source: str, html: str) -> None:
    assert render(source) == html


LINE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=40).map(
    lambda text: " ".join(text.split())
)


@given(LINE, LINE, LINE)
def test_no_word_of_a_picture_is_taken_for_markup(alt: str, caption: str, credit: str) -> None:
    source = markup.write_picture("images/a.jpg", alt, markup.escape(caption), credit)
    html = render(source)
    assert html.startswith("<figure><img ")
    assert html.endswith("</figure>")
    assert html.count("<") == 2 + 1 + 2 * bool(caption or credit) + 2 * bool(credit)
    shown = html.partition(">")[2].partition(">")[2]
    assert markup.plain(shown).replace(" ", "").startswith(caption.replace(" ", ""))
    if alt:
        assert markup.plain(re.search(r' alt="([^"]*)"', html)[1].replace("<", "&lt;")) == alt  # type: ignore[index]


def test_a_long_row_of_pictures_costs_little() -> None:
    html = '<p><img src="a.jpg">' + "</em>(" * 200_000 + "</p>" + '<p><img src="a.jpg">' * 100_000
    start = time.perf_counter()
    markup.set_figures(html, lambda address: None, "Ảnh")
    assert time.perf_counter() - start < 2


# -------------------------------------------------------------------------------------------- site


def put_page(folder: Path, name: str, body: str, **keys: str) -> None:
    meta = {"title": f"Bài {name}", "date": "2026-11-05", "added": "2026-11-20T07:00:00+07:00", "source": "dai-vi-du",
            "topic": "do-thi", **keys}  # fmt: skip
    path = folder / "content/pages" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    block = "".join(
        f"{key}: {value}\n" if value == "true" else f'{key}: "{value}"\n'
        for key, value in meta.items()
        if value
    )
    path.write_text(f"---\n{block}---\n\n{body}\n", encoding="utf-8")


THEME = {path.name for path in (ROOT / "theme/assets/images").glob("*.png")} | {"favicon.png"}
NAMES = {seed: f"assets/images/{seed * 20}.png" for seed in "abcde"}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A site with a picture in a published article, one in a held one, one in a draft, one that nobody shows, and an
    editor's own."""
    (tmp_path / "content/pages/assets/images").mkdir(parents=True)
    for number, name in enumerate(NAMES.values()):
        (tmp_path / "content/pages" / name).write_bytes(make_png(640, 400, number))
    (tmp_path / "content/pages/assets/images/rieng.png").write_bytes(make_png(300, 100))
    shown = f"![Cầu](/content/pages/{NAMES['a']})\n*Cây cầu.* (Lò Sao)"
    put_page(
        tmp_path,
        "articles/2026/11/cau",
        f"{shown}\n\nXem [bài khác](/content/pages/articles/2026/10/ben.md).",
    )
    put_page(tmp_path, "articles/2026/10/ben", f"![Cầu][cau]\n\n[cau]: /content/pages/{NAMES['a']}")
    put_page(tmp_path, "held/giu", f"![Kín](/content/pages/{NAMES['b']})", date="")
    put_page(tmp_path, "articles/2026/11/nhap", f"![Kín](/content/pages/{NAMES['c']})", draft="true")
    (tmp_path / "content/pages/index.md").write_text(
        "![Của người biên tập](assets/images/rieng.png)\n\n![Cầu](assets/images/dddddddddddddddddddd.png)\n",
        "utf-8",
    )
    config = (ROOT / "tests/site/site_config.yml").read_text("utf-8")
    config = config.replace("../../theme", str(ROOT / "theme")).replace("  - Giới thiệu: gioi-thieu.md\n", "")
    config = config.replace("https://thu.example/", "https://thu.example/duoi/")
    (tmp_path / "site_config.yml").write_text(config, encoding="utf-8")
    return tmp_path


def images_of(site: Path, page: str) -> list[str]:
    return re.findall(r"<figure>.*?</figure>", (site / page / "index.html").read_text("utf-8"), re.DOTALL)


def test_a_site_shows_the_pictures_of_its_pages_and_no_other(docs: Path) -> None:
    report = build(docs / "site_config.yml", site_dir=docs / "site")
    assert [one for one in report.problems if one.level is Level.ERROR] == []
    assert images_of(report.site_dir, "2026/11/cau") == [
        f'<figure><img alt="Cầu" src="../../../{NAMES["a"]}" width="640" height="400" loading="lazy"><figcaption>'
        'Cây cầu. <span class="credit">Ảnh: Lò Sao</span></figcaption></figure>'
    ]
    assert 'href="../../10/ben/"' in (report.site_dir / "2026/11/cau/index.html").read_text("utf-8")
    assert f'src="../../../{NAMES["a"]}"' in images_of(report.site_dir, "2026/10/ben")[0]
    assert [bool(re.search(' width="', one)) for one in images_of(report.site_dir, "")] == [True, True]
    shown = {path.name for path in (report.site_dir / "assets/images").glob("*.png")} - THEME
    assert shown == {f"{'a' * 20}.png", f"{'d' * 20}.png", "rieng.png"}


def test_other_programs_are_told_of_the_picture_by_its_whole_address(docs: Path) -> None:
    site = build(docs / "site_config.yml", site_dir=docs / "site").site_dir
    page = (site / "2026/11/cau/index.html").read_text("utf-8")
    assert f'<meta property="og:image" content="https://thu.example/duoi/{NAMES["a"]}">' in page
    assert '"og:image" content="https://thu.example/duoi/assets/images/share.png"' in (
        site / "index.html"
    ).read_text("utf-8")
    feeds = list(site.rglob("feed.xml"))
    assert feeds
    assert not [feed for feed in feeds if "assets/images" in feed.read_text("utf-8")]


def test_a_preview_shows_the_pictures_of_what_waits(docs: Path) -> None:
    report = build(docs / "site_config.yml", site_dir=docs / "site", drafts=True)
    shown = {path.name for path in (report.site_dir / "assets/images").glob("*.png")}
    assert {f"{'b' * 20}.png", f"{'c' * 20}.png"} <= shown
    assert f"{'e' * 20}.png" not in shown


def test_a_picture_that_is_not_there_fails_a_strict_build(docs: Path) -> None:
    (docs / "content/pages" / NAMES["a"]).unlink()
    report = build(docs / "site_config.yml", site_dir=docs / "site")
    errors = [one.message for one in report.problems if one.level is Level.ERROR]
    assert len(errors) == 2
    assert all(NAMES["a"] in message for message in errors)


# ----------------------------------------------------------------------------------------- hostile


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ('<img src="x_files/a.jpg">' * 60_000 + f"<p>{WORDS['one']}</p>", [WORDS["one"]]),
        (
            f"<p>{WORDS['one']}</p><img src='x_files/a.jpg'>" + "<p>a b</p>" * 40_000,
            [WORDS["one"], *["a b"] * 40_000],
        ),
        (
            "<img src='x_files/a.jpg'>" + "chữ " * 100_000,
            [f"{WORDS['one']} {number}" for number in range(4000)],
        ),
        (
            "<img src='x_files/a.jpg'>" + "<div>" * 200 + "a" * 3_000_000,
            ["a" * 50_000, "b" * 50_000, "a" * 3_000_000],
        ),
        (
            f"<p>{WORDS['one']}</p><img srcset='{'x_files/a.jpg 1x, ' * 90_000}' src='x_files/b.jpg'>",
            [WORDS["one"]],
        ),
    ],
    ids=["pictures", "blocks", "strangers", "one line", "srcset"],
)
def test_a_hostile_page_costs_little(page: str, texts: list[str]) -> None:
    opened = open_page(
        RawItem(raw="content/raw/x.html", form=Form.PAGE, text=f"<html><body>{page}</body></html>")
    )
    assert opened is not None
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, text) for text in texts)
    start = time.perf_counter()
    place_images(opened, blocks)
    assert time.perf_counter() - start < 2
