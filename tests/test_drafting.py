"""`digest new`: a page begun by hand, and when two addresses are one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import article, cli, frontmatter, schema, settings
from generator.check import Options as CheckOptions
from generator.check import check
from generator.drafting import Draft, Known, draft
from generator.errors import ProblemError, UsageError
from generator.ingest import Options, ingest
from generator.library import state_of
from generator.models import Article, Level, State
from generator.storage import Project
from generator.weburl import clean_url

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2026, 11, 21, 7, tzinfo=ZONE)
SETTINGS = settings.parse(
    {
        "sources": {
            "vi-du": {"name": "Báo Ví Dụ", "short": "BVD", "domains": ["bao-vi-du.example"]},
            "mh": {"name": "Đài Minh Hoạ", "domains": ["minh-hoa.example"]},
        },
        "topics": {"hoa-binh": {"name": "Hòa bình"}, "quan-y": {"name": "Quân y"}},
        "tags": {"Liên hợp quốc": {"aliases": ["LHQ"]}, "Nước sạch": {}},
    }
)
TITLE = "Bể lọc cát ba ngăn"
URL = "https://bao-vi-du.example/quan-y/be-loc-12.html"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def begin(project: Project, title: str = TITLE, *, twice: bool = False, **known: object) -> Draft:
    return draft(project, SETTINGS, Known(title=title, **known), NOW, twice=twice)  # type: ignore[arg-type]


def read(project: Project, path: str) -> Article:
    told, _, problems = article.parse_page(project.read_text(path), path.removeprefix("content/pages/"), ZONE)
    assert not problems
    return told


def levels(project: Project) -> list[tuple[str, str]]:
    return [(str(problem.level), problem.rule) for problem in check(project, SETTINGS, CheckOptions(now=NOW)).problems if problem.level is not Level.NOTE]  # fmt: skip


# -------------------------------------------------------------------------------------- the page


def test_a_page_with_all_that_is_required_is_filed_as_a_draft(project: Project) -> None:
    begun = begin(
        project, url=URL, topic="quan-y", date="2026-11-05T08:18", tags=("LHQ", "Nước sạch"), summary=" Lọc nước. "
    )  # fmt: skip
    assert begun == Draft("content/pages/articles/2026/11/be-loc-cat-ba-ngan.md", (), ())
    assert project.read_text(begun.path) == (
        '---\ntitle: "Bể lọc cát ba ngăn"\ndate: "2026-11-05T08:18:00+07:00"\nadded: "2026-11-21T07:00:00+07:00"\n'
        f'source: vi-du\ntopic: quan-y\ntags: ["Liên hợp quốc", "Nước sạch"]\nsummary: "Lọc nước."\nurl: "{URL}"\n'
        "draft: true\n---\n"
    )
    told = read(project, begun.path)
    assert state_of(told, NOW, SETTINGS) is State.DRAFT
    assert not told.raw
    assert levels(project) == []


def test_what_is_missing_is_asked_for_line_by_line(project: Project) -> None:
    begun = begin(project)
    assert begun.path == "content/pages/held/be-loc-cat-ba-ngan.md"
    assert begun.review == (
        "date: write when the original was published, as 2025-05-22 or 2025-05-22T22:15:00+07:00",
        "source: write one of vi-du, mh, or add it to site_config.yml",
        "topic: write one of hoa-binh, quan-y",
    )
    told = read(project, begun.path)
    assert told.review == begun.review and told.draft
    assert state_of(told, NOW, SETTINGS) is State.HELD
    assert levels(project) == [("warning", "page-held")] * 3
    unknown = begin(
        project, "Khác", url="https://www.bao-khac.example/x.html", date="2026-11-05", topic="quan-y"
    )
    assert unknown.review == (
        "source: bao-khac.example is no domain of a source; write one of vi-du, mh, or add it to site_config.yml",
    )


def test_a_settled_page_is_filed_by_ingest_and_stays_a_draft(project: Project) -> None:
    project.write(schema.ARTICLE, schema.schema_of("article", SETTINGS).text)
    begun = begin(project, source="vi-du", topic="quan-y")
    text = project.read_text(begun.path)
    assert text.startswith("---\n# yaml-language-server: $schema=../../../docs/schema/article.schema.json\n")
    block, _, _ = frontmatter.split(text, begun.path)
    settled = frontmatter.replace(
        block or "", {"review": frontmatter.DELETE, "date": "2025-11-04"}, begun.path
    )
    project.write(begun.path, frontmatter.join(settled, "Thân bài."))
    project.path("content/raw").mkdir()
    (result,) = ingest(project, SETTINGS, (), Options(now=NOW, jobs=1)).results
    assert result.page == "articles/2025/11/be-loc-cat-ba-ngan.md"
    text = project.read_text(f"content/pages/{result.page}")
    assert text.startswith(
        "---\n# yaml-language-server: $schema=../../../../../docs/schema/article.schema.json\ntitle: "
    )
    assert text.endswith("\nThân bài.\n")
    assert state_of(read(project, f"content/pages/{result.page}"), NOW, SETTINGS) is State.DRAFT
    assert levels(project) == []


def test_no_page_is_written_over(project: Project) -> None:
    paths = [
        begin(project, date="2026-11-05", source="vi-du", topic="quan-y").path,
        begin(project, date="2026-11-06", source="vi-du", topic="quan-y").path,
        begin(project, TITLE.upper(), date="2026-11-30T23:59", source="vi-du", topic="quan-y").path,
    ]
    first = "content/pages/articles/2026/11/be-loc-cat-ba-ngan"
    assert paths == [f"{first}.md", f"{first}-2.md", f"{first}-3.md"]


def test_the_source_that_an_editor_names_counts(project: Project) -> None:
    assert read(project, begin(project, url=URL, source="mh").path).source == "mh"


def test_titles_are_cleaned_as_those_of_raw_articles_are(project: Project) -> None:
    begun = begin(project, "  Bê\u0309  lọc\u200b cát ")
    assert read(project, begun.path).title == "Bể lọc cát"
    assert begun.path == "content/pages/held/be-loc-cat.md"


# -------------------------------------------------------------------------- what cannot be meant


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"source": "vi-dd"}, "--source vi-dd: no source of the settings; did you mean `vi-du`?"),
        ({"source": "xyz"}, "--source xyz: no source of the settings; the settings know vi-du, mh"),
        ({"topic": "quan-i"}, "--topic quan-i: no topic of the settings; did you mean `quan-y`?"),
        ({"date": "hôm qua"}, "--date hôm qua: 'hôm qua' is no date; write 2025-05-22"),
        ({"date": "2026-02-30"}, "is no day of the calendar"),
        ({"url": "bao-vi-du.example/x"}, "--url bao-vi-du.example/x: write the address with https://"),
        ({"title": " \u200b "}, "the title is empty"),
    ],
)
def test_wrong_words_are_refused_and_nothing_is_written(
    project: Project, known: dict[str, str], words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        begin(project, **known)
    assert words in str(caught.value)
    assert not list(project.root.iterdir())


def test_a_tag_that_the_settings_do_not_know_is_told(project: Project) -> None:
    begun = begin(project, tags=("Nước sach", "lhq", "Nước sach", ""))
    assert [str(problem.level) for problem in begun.problems] == ["warning"]
    assert begun.problems[0].hint == "did you mean `Nước sạch`?"
    assert read(project, begun.path).tags == ("Nước sach", "Liên hợp quốc")


@pytest.mark.parametrize(
    "again",
    [
        URL,
        "http://m.bao-vi-du.example/quan-y/be-loc-12.html?utm_source=zalo&fbclid=1#binh-luan",
        "https://web.archive.org/web/20261106000000/https://bao-vi-du.example/quan-y/be-loc-12.html",
    ],
)
def test_an_address_that_has_a_page_is_refused(project: Project, again: str) -> None:
    first = begin(project, url=URL)
    with pytest.raises(ProblemError) as caught:
        begin(project, "Tên khác", url=again)
    assert caught.value.problem.path == first.path
    assert URL in caught.value.problem.message
    assert begin(project, "Tên khác", url=again, twice=True).path.endswith("held/ten-khac.md")


def test_an_address_under_also_is_refused_too(project: Project) -> None:
    page = "content/pages/articles/2026/11/x.md"
    project.write(page, f'---\ntitle: X\nalso: [{{source: vi-du, url: "{URL}?ref=home"}}]\n---\n')
    with pytest.raises(ProblemError, match="names under `also`"):
        begin(project, url=URL)


# ----------------------------------------------------------------------------------- the command


CONFIG = """\
site_name: Điểm tin thử
site_url: https://diem-tin.example/
docs_dir: content/pages
plugins:
  - digest:
      sources:
        vi-du: {name: Báo Ví Dụ, domains: [bao-vi-du.example]}
      topics:
        quan-y: {name: Quân y}
"""


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert isinstance(caught.value.code, int)
    return caught.value.code


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "site_config.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "content/pages").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "content")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")
    return tmp_path


def test_the_path_is_the_only_word_on_stdout(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", TITLE, "--url", URL, "--topic", "quan-y", "--date", "2026-11-05", "--tag", "Mới") == 0
    out, err = capsys.readouterr()
    assert out == "pages/articles/2026/11/be-loc-cat-ba-ngan.md\n", "from here, so that an editor can open it"
    assert (folder / "content" / out.strip()).is_file()
    assert "warning: tag `Mới` is not in the settings" in err
    assert "→ write the text, delete `draft: true`" in err
    assert run("check") == 0
    capsys.readouterr()
    assert run("new", "Lại", "--url", URL) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "content/pages/articles/2026/11/be-loc-cat-ba-ngan.md: error: is the page of" in err
    assert run("new", "Lại", "--url", URL, "--force") == 0
    out, err = capsys.readouterr()
    assert out == "pages/held/lai.md\n"
    assert "held      topic: write one of quan-y" in err and "digest ingest" in err
    assert run("new", "Ba", "--source", "vi-su") == 2
    assert "did you mean `vi-du`?" in capsys.readouterr().err


# --------------------------------------------------------------------------- when addresses are one


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("http://WWW.News.Example/", "https://news.example"),
        ("https://m.news.example/a/", "https://news.example/a"),
        ("https://amp.news.example/a.html", "https://news.example/a.html"),
        ("https://news.example/a/amp/", "https://news.example/a"),
        ("https://news.example/a?amp=1", "https://news.example/a"),
        ("https://www.m.news.example:443/a", "https://news.example/a"),
        ("http://news.example:80/a", "https://news.example/a"),
        ("https://news.example:8080/a", "https://news.example:8080/a"),
        ("https://news.example/a#tag", "https://news.example/a"),
        ("https://news.example/a?utm_source=x&UTM_Medium=y&fbclid=1&gclid=2&zarsrc=3&ref=h", "https://news.example/a"),
        ("https://news.example/a?id=5&utm_source=x&b=", "https://news.example/a?b=&id=5"),
        ("https://news.example/a?b=2&a=1&a=0", "https://news.example/a?a=0&a=1&b=2"),
        ("https://news.example/Bài-viết", "https://news.example/B%C3%A0i-vi%E1%BA%BFt"),
        ("https://news.example/B%c3%a0i-vi%e1%ba%bft", "https://news.example/B%C3%A0i-vi%E1%BA%BFt"),
        ("https://user:pass@news.example/a", "https://news.example/a"),
        ("  https://news.example/a \n", "https://news.example/a"),
        ("https://m.vn/a", "https://m.vn/a"),
        ("https://english.news.example/a", "https://english.news.example/a"),
        ("https://news.example/reference?refer=1", "https://news.example/reference?refer=1"),
        ("https://news.example/camp", "https://news.example/camp"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
        ("https://[2001", "https://[2001"),
        ("https://news.example:x/", "https://news.example:x/"),
        ("mailto:a@news.example", "mailto:a@news.example"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_does_not_count_in_an_address(url: str, clean: str) -> None:
    assert clean_url(url) == clean


PARTS = st.text("aB/.-_~%&=?#:@ éỂ[]", max_size=25)


@given(
    st.builds(
        str.__add__, st.sampled_from(["https://", "http://www.", "https://m.amp.", "HTTP://A.b", ""]), PARTS
    )
)
def test_a_clean_address_is_clean(url: str) -> None:
    clean = clean_url(url)
    assert clean_url(clean) == clean


@given(
    st.text("abc/-", max_size=10),
    st.sampled_from(["utm_source", "fbclid", "zarsrc", "ref"]),
    st.text("x1", max_size=3),
)
def test_a_tracker_never_makes_another_page(path: str, name: str, value: str) -> None:
    page = f"https://news.example/{path}"
    assert clean_url(f"{page}?{name}={value}#x") == clean_url(page)
    assert clean_url(f"{page}?id=1&{name}={value}") == clean_url(f"{page}?id=1")
    assert clean_url(f"{page}?id=1") != clean_url(f"{page}?id=2")


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({"source": "BVD"}, "source: vi-du"),
        ({"source": "đài minh hoạ"}, "source: mh"),
        ({"topic": "Hoà bình"}, "topic: hoa-binh"),
        ({"date": "05/11/2026"}, 'date: "2026-11-05"'),
        ({"date": "Thứ Năm, 5/11/2026 08:18"}, 'date: "2026-11-05T08:18:00+07:00"'),
    ],
)
def test_names_and_printed_dates_will_do(project: Project, known: dict[str, str], line: str) -> None:
    begun = begin(project, **known)
    assert f"\n{line}\n" in project.read_text(begun.path)
