"""The main job, in a real folder: raw files in, pages out, and what happens when either side changes."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator import frontmatter, intake, settings
from generator.check import Options as CheckOptions
from generator.check import check
from generator.errors import UsageError
from generator.ingest import Options, Outcome, Report, ingest
from generator.merge import EVERYTHING
from generator.models import Level, MetaValue, RawItem, Record
from generator.storage import PAGES, Project

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2026, 11, 21, 7, tzinfo=ZONE)
SETTINGS = settings.parse(
    {
        "sources": {
            "vd": {"name": "Báo Ví Dụ", "domains": ["bao-vi-du.example"], "dateline": ["BVD"], "text": "full",
                   "licence": "CC BY 4.0"},
        },
        "topics": {"hoa-binh": {"name": "Hòa bình", "terms": ["phái bộ", "gìn giữ hòa bình"]}},
        "tags": {"Liên hợp quốc": {"aliases": ["LHQ"]}},
    }
)  # fmt: skip

ARTICLE = """Đội công binh sửa xong cầu ở phái bộ 05/11/2026 08:18

(BVD)- Cây cầu nối hai làng đã thông xe sau ba tuần thi công.

Sáng 4-11, đội công binh bàn giao cây cầu cho chính quyền địa phương và LHQ. Cầu dài hai mươi mét.

Bà con hai làng đem nước đến mời những người thợ. Lễ bàn giao ngắn gọn và không có diễn văn dài.
"""
UNDATED = """Đội công binh sửa xong cầu ở phái bộ

(BVD)- Cây cầu nối hai làng đã thông xe sau ba tuần thi công của phái bộ.

Ngày 4/11, đội công binh bàn giao cây cầu cho chính quyền địa phương. Cầu dài hai mươi mét.
"""
PAGE = "articles/2026/11/doi-cong-binh-sua-xong-cau-o-phai-bo.md"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "content/raw/vd").mkdir(parents=True)
    return Project(tmp_path)


def put(project: Project, text: str, name: str = "cau.txt") -> str:
    path = f"content/raw/vd/{name}"
    project.path(path).parent.mkdir(parents=True, exist_ok=True)
    project.path(path).write_bytes(text.encode())
    return path


def run(project: Project, *places: str, **options: object) -> Report:
    return ingest(project, SETTINGS, places, Options(**{"now": NOW, "jobs": 1, **options}))  # type: ignore[arg-type]


def only(report: Report) -> tuple[Outcome, str]:
    assert len(report.results) == 1, report.results
    return report.results[0].outcome, report.results[0].page


def text_of(project: Project, page: str = PAGE) -> str:
    return project.read_text(f"{PAGES}/{page}")


def meta_of(project: Project, page: str = PAGE) -> dict[str, MetaValue]:
    return frontmatter.load(frontmatter.split(text_of(project, page), page)[0] or "", page)


def edit(project: Project, old: str, new: str, page: str = PAGE) -> None:
    text = text_of(project, page)
    assert old in text
    project.write(f"{PAGES}/{page}", text.replace(old, new))


def snapshot(project: Project) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(project.root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in project.path("content").rglob("*")
        if path.is_file()
    }


def test_a_raw_article_becomes_a_page_and_a_sidecar(project: Project) -> None:
    raw = put(project, ARTICLE)
    before = project.path(raw).read_bytes()
    assert only(run(project)) == (Outcome.NEW, PAGE)
    meta = meta_of(project)
    assert meta["title"] == "Đội công binh sửa xong cầu ở phái bộ"
    assert meta["date"] == "2026-11-05T08:18:00+07:00"
    assert (meta["source"], meta["topic"], meta["tags"]) == ("vd", "hoa-binh", ["Liên hợp quốc"])
    assert meta["added"] == "2026-11-21T07:00:00+07:00"
    assert meta["summary"] == "Cây cầu nối hai làng đã thông xe sau ba tuần thi công."
    assert meta["raw"] == raw
    assert text_of(project).endswith("không có diễn văn dài.\n")
    assert project.path(raw).read_bytes() == before
    sidecar = project.read_text(raw + ".meta.yml")
    assert f'page: "{PAGE}"' in sidecar and "sha256: " in sidecar


def test_a_second_run_writes_no_file(project: Project) -> None:
    put(project, ARTICLE)
    put(project, UNDATED, "khong-nam.txt")
    run(project)
    before = snapshot(project)
    report = run(project, now=NOW + dt.timedelta(days=3))
    assert {result.outcome for result in report.results} == {Outcome.UNCHANGED}
    assert snapshot(project) == before


def test_a_dry_run_writes_nothing(project: Project) -> None:
    put(project, ARTICLE)
    before = snapshot(project)
    assert only(run(project, dry_run=True)) == (Outcome.NEW, PAGE)
    assert snapshot(project) == before


def test_an_article_in_doubt_is_held_until_a_person_settles_it(project: Project) -> None:
    put(project, UNDATED)
    report = run(project)
    held = "held/doi-cong-binh-sua-xong-cau-o-phai-bo.md"
    assert only(report) == (Outcome.NEW, held)
    assert [line.partition(":")[0] for line in report.results[0].held] == ["date"]
    assert not report.rejected
    text = text_of(project, held)
    block, body, _ = frontmatter.split(text, held)
    settled = frontmatter.replace(block or "", {"review": frontmatter.DELETE, "date": "2025-11-04"}, held)
    project.write(f"{PAGES}/{held}", frontmatter.join(settled, body))
    filed = "articles/2025/11/doi-cong-binh-sua-xong-cau-o-phai-bo.md"
    report = run(project)
    assert only(report) == (Outcome.UPDATED, filed)
    assert report.results[0].moved_from == held
    assert not project.exists(f"{PAGES}/{held}")
    assert meta_of(project, filed)["date"] == "2025-11-04"
    assert only(run(project)) == (Outcome.UNCHANGED, filed)


def test_a_review_line_removed_without_the_value_still_waits(project: Project) -> None:
    put(project, UNDATED)
    held = run(project).results[0].page
    block, body, _ = frontmatter.split(text_of(project, held), held)
    project.write(
        f"{PAGES}/{held}",
        frontmatter.join(frontmatter.replace(block or "", {"review": frontmatter.DELETE}, held), body),
    )
    report = run(project)
    assert report.results[0].page == held
    assert report.results[0].held == ("date: is missing",)


def test_an_editor_s_words_survive_and_the_rest_follows_the_raw_article(project: Project) -> None:
    put(project, ARTICLE)
    run(project)
    edit(project, "Đội công binh sửa xong cầu", "Cầu mới ở phái bộ: đội công binh bàn giao")
    edit(project, "lang: vi", "lang: vi   # đã xem\nnote: Việc nhỏ mà đáng kể")
    put(project, ARTICLE.replace("08:18", "09:30").replace("sửa xong", "xây xong"))
    report = run(project)
    assert only(report) == (Outcome.KEPT, PAGE)
    assert [problem.level for problem in report.problems] == [Level.NOTE]
    assert "`title` changed in content/raw/vd/cau.txt too" in str(report.problems[0])
    meta = meta_of(project)
    assert str(meta["title"]).startswith("Cầu mới ở phái bộ")
    assert meta["date"] == "2026-11-05T09:30:00+07:00"
    assert meta["note"] == "Việc nhỏ mà đáng kể"
    assert "# đã xem" in text_of(project)
    assert only(run(project)) == (Outcome.UNCHANGED, PAGE)


def test_a_page_that_was_renamed_is_found_again(project: Project) -> None:
    put(project, ARTICLE)
    run(project)
    moved = "articles/2026/11/cau-moi.md"
    project.move(f"{PAGES}/{PAGE}", f"{PAGES}/{moved}", text_of(project))
    assert only(run(project)) == (Outcome.UNCHANGED, moved)
    assert f'page: "{moved}"' in project.read_text("content/raw/vd/cau.txt.meta.yml")
    assert not project.exists(f"{PAGES}/{PAGE}")


def test_a_page_that_was_deleted_stays_away_until_it_is_asked_for(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project)
    project.path(f"{PAGES}/{PAGE}").unlink()
    assert only(run(project)) == (Outcome.DELETED, "")
    assert not project.exists(f"{PAGES}/{PAGE}")
    assert only(run(project, raw, refresh=EVERYTHING)) == (Outcome.NEW, PAGE)


def test_two_articles_of_one_title_get_two_addresses(project: Project) -> None:
    put(project, ARTICLE, "a.txt")
    put(project, ARTICLE, "b.txt")
    pages = [result.page for result in run(project).results]
    assert pages == [PAGE, PAGE.replace(".md", "-2.md")]
    assert [result.page for result in run(project).results] == pages


def test_a_later_date_or_title_never_moves_a_page(project: Project) -> None:
    put(project, ARTICLE)
    run(project)
    put(project, ARTICLE.replace("05/11/2026", "05/10/2026").replace("cầu ở", "đường ở"))
    assert only(run(project)) == (Outcome.UPDATED, PAGE)
    assert meta_of(project)["date"] == "2026-10-05T08:18:00+07:00"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("rong.txt", b"  \n", "empty"),
        ("nhi-phan.txt", bytes(range(256)) * 40, ""),
        ("hong.md", b"---\ntitle: a: b\n---\nx", "not YAML"),
        ("ho.md", b"---\ntitle: a\n", "never closed"),
    ],
)
def test_a_bad_file_is_named_and_costs_only_itself(
    project: Project, name: str, data: bytes, words: str
) -> None:
    put(project, ARTICLE)
    project.path(f"content/raw/vd/{name}").write_bytes(data)
    report = run(project)
    assert report.rejected
    (problem,) = report.problems
    assert problem.path == f"content/raw/vd/{name}"
    assert words in problem.message
    assert problem.hint
    assert project.exists(f"{PAGES}/{PAGE}")


def test_a_fault_of_ours_costs_one_article(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    put(project, ARTICLE)
    put(project, UNDATED, "z.txt")
    real = intake.extract

    def faulty(item: RawItem, settings: settings.Settings) -> Record:
        if item.raw.endswith("cau.txt"):
            raise RecursionError("too deep")
        return real(item, settings)

    monkeypatch.setattr(intake, "extract", faulty)
    report = run(project)
    assert [result.outcome for result in report.results] == [Outcome.REJECTED, Outcome.NEW]
    assert "could not be understood: RecursionError in test_ingest.py" in report.problems[0].message


def test_a_page_that_cannot_be_read_is_left_as_it_is(project: Project) -> None:
    put(project, ARTICLE)
    put(project, UNDATED, "z.txt")
    run(project)
    broken = text_of(project).replace('title: "', 'title: "" "')
    project.write(f"{PAGES}/{PAGE}", broken)
    put(project, ARTICLE.replace("08:18", "09:30"))
    report = run(project)
    assert report.rejected
    assert text_of(project) == broken
    assert len(report.results) == 2


def test_skip_and_the_editor_s_word_in_a_sidecar(project: Project) -> None:
    raw = put(project, ARTICLE)
    project.write(raw + ".meta.yml", "skip: true\n")
    assert only(run(project)) == (Outcome.SKIPPED, "")
    project.write(raw + ".meta.yml", "url: https://bao-vi-du.example/cau.html\n")
    assert only(run(project)) == (Outcome.NEW, PAGE)
    assert meta_of(project)["url"] == "https://bao-vi-du.example/cau.html"


def test_the_address_given_on_the_command_line_is_kept(project: Project) -> None:
    raw = put(project, ARTICLE)
    run(project, raw, url="https://bao-vi-du.example/cau.html")
    assert 'url: "https://bao-vi-du.example/cau.html"' in project.read_text(raw + ".meta.yml")
    assert only(run(project)) == (Outcome.UNCHANGED, PAGE)
    put(project, ARTICLE, "hai.txt")
    with pytest.raises(UsageError, match="one raw file; 2 are named"):
        run(project, url="https://bao-vi-du.example/cau.html")


def test_several_processes_do_what_one_does(project: Project, tmp_path: Path) -> None:
    for number in range(12):
        put(project, ARTICLE.replace("cầu", f"cầu {number}"), f"{number:02}.txt")
    project.path("content/raw/vd/05.txt").write_bytes(b"")
    report = run(project, jobs=2)
    assert report.count(Outcome.NEW) == 11
    assert report.count(Outcome.REJECTED) == 1
    other = Project(tmp_path / "other")
    for name in project.raw_files():
        other.path(name).parent.mkdir(parents=True, exist_ok=True)
        other.path(name).write_bytes(project.path(name).read_bytes())
    run(other, jobs=1)
    assert {name: data for name, (_, data) in snapshot(project).items()} == {
        name: data for name, (_, data) in snapshot(other).items()
    }


def test_each_item_of_a_feed_is_an_article(project: Project) -> None:
    items = "".join(
        f"<item><title>Tin phái bộ {n}</title><link>https://bao-vi-du.example/{n}.html</link>"
        f"<guid>vd-{n}</guid><pubDate>Thu, 0{n} Nov 2026 08:00:00 +0700</pubDate>"
        f"<description>Phái bộ nhận thêm thuốc men đợt {n}.</description></item>"
        for n in (1, 2)
    )
    feed = (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Báo Ví Dụ</title>'
        f"<link>https://bao-vi-du.example/</link>{items}</channel></rss>"
    )
    put(project, feed, "feed.xml")
    report = run(project)
    assert [result.outcome for result in report.results] == [Outcome.NEW] * 2
    assert [result.page for result in report.results] == [
        "articles/2026/11/tin-phai-bo-1.md",
        "articles/2026/11/tin-phai-bo-2.md",
    ]
    assert str(meta_of(project, report.results[0].page)["raw"]).startswith("content/raw/vd/feed.xml#")
    put(project, feed.replace("đợt 1", "đợt một"), "feed.xml")
    assert [result.outcome for result in run(project).results] == [Outcome.UPDATED, Outcome.UNCHANGED]


def test_line_ends_of_an_editor_s_program_are_no_deletion(project: Project) -> None:
    put(project, ARTICLE)
    put(project, UNDATED, "khong-nam.txt")
    report = run(project)
    held = next(result.page for result in report.results if result.held)
    for page in (PAGE, held):
        path = project.path(f"{PAGES}/{page}")
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert {result.outcome for result in run(project).results} == {Outcome.UNCHANGED}


@pytest.mark.parametrize("name", ['ngoặc "kép".txt', "dấu cách và #.txt", "nhật-ký.txt", "'nháy'.txt"])
def test_a_raw_file_s_name_may_be_odd(project: Project, name: str) -> None:
    raw = put(project, ARTICLE, name)
    assert only(run(project)) == (Outcome.NEW, PAGE)
    assert f'page: "{PAGE}"' in project.read_text(raw + ".meta.yml")
    assert only(run(project)) == (Outcome.UNCHANGED, PAGE)


@pytest.mark.parametrize(
    "spelling",
    [
        "raw: {0}",
        "'raw': '{0}'",
        '"raw": "{0}"',
        "raw: '{0}'  # bài gốc",
        'raw: "{1}\n  {2}"',
        "raw: >-\n  {1}\n  {2}",
        'raw: "{3}"',
    ],
)
def test_a_claim_may_be_spelt_in_any_way(project: Project, spelling: str) -> None:
    raw = put(project, ARTICLE, "cầu mới.txt")
    run(project)
    edit(project, f'raw: "{raw}"', spelling.format(raw, *raw.split(" "), unicodedata.normalize("NFD", raw)))
    assert only(run(project)) == (Outcome.UNCHANGED, PAGE)


def test_a_page_that_cannot_be_read_is_not_deleted(project: Project) -> None:
    put(project, ARTICLE)
    run(project)
    edit(project, 'title: "', 'title: a: "')
    report = run(project)
    assert [result.outcome for result in report.results] == [Outcome.REJECTED]


def test_a_settled_page_is_filed_without_its_raw_file(project: Project) -> None:
    raw = put(project, UNDATED)
    held = run(project).results[0].page
    project.path(raw).unlink()
    block, body, _ = frontmatter.split(text_of(project, held), held)
    assert run(project).results[0].held
    settled = frontmatter.replace(block or "", {"review": frontmatter.DELETE, "date": "2025-11-04"}, held)
    project.write(f"{PAGES}/{held}", frontmatter.join(settled, body))
    assert run(project).results[0].page == held.replace("held/", "articles/2025/11/")
    assert not run(project).results


def test_a_crash_while_filing_makes_no_twin(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    put(project, UNDATED)
    held = run(project).results[0].page
    block, body, _ = frontmatter.split(text_of(project, held), held)
    settled = frontmatter.replace(block or "", {"review": frontmatter.DELETE, "date": "2025-11-04"}, held)
    project.write(f"{PAGES}/{held}", frontmatter.join(settled, body))

    def crash(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Project, "write", crash)
        with pytest.raises(KeyboardInterrupt):
            run(project)
    run(project)
    assert [path.name for path in project.path(PAGES).rglob("*.md")] == [Path(held).name]


def test_what_is_no_raw_article_is_not_taken_in(project: Project) -> None:
    put(project, ARTICLE)
    run(project)
    for place in ("content/pages", ".", "content"):
        with pytest.raises(UsageError, match="raw articles live in content/raw/"):
            run(project, place)


def test_a_name_that_is_too_long_costs_only_itself(project: Project) -> None:
    put(project, ARTICLE)
    put(project, ARTICLE, "a" * 249 + ".txt")
    report = run(project)
    assert sorted(result.outcome for result in report.results) == [Outcome.NEW, Outcome.REJECTED]
    assert "shorten the name" in report.problems[0].hint


def test_a_remark_about_a_raw_file_is_no_rejection(project: Project) -> None:
    project.path("content/raw/vd/cu.txt").write_bytes(ARTICLE.replace("–", "-").encode("utf-16"))
    report = run(project)
    assert report.count(Outcome.REJECTED) == 0
    assert not report.rejected


def test_two_pages_of_one_raw_article_are_told(project: Project) -> None:
    put(project, ARTICLE)
    run(project)
    project.write(f"{PAGES}/articles/2026/11/ban-sao.md", text_of(project))
    problems = check(project, SETTINGS, CheckOptions(now=NOW)).problems
    assert [problem.rule for problem in problems if problem.level is Level.ERROR] == ["raw-claimed-twice"]
