"""`digest check` beside git: what a change brought, renamed pages and terms, what can be put right at once."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import time
from pathlib import Path

import pytest
import yaml

from generator import frontmatter, settings
from generator.check import Options, Report, check
from generator.errors import UsageError
from generator.frontmatter import fingerprint
from generator.merge import owners
from generator.models import Level
from generator.storage import Project

CONFIG = """\
site_name: Thử
site_url: https://thu.example/
plugins:
  - digest:
      sources:
        vd: {name: Báo Ví Dụ, domains: [baovidu.example], text: full, licence: CC BY 4.0}
        kh: {name: Báo Kín, domains: [baokin.example]}
      topics:
        hb: {name: Gìn giữ hòa bình}
        yt: {name: Quân y}
      tags:
        Liên hợp quốc: {aliases: [LHQ]}
        Abyei: {kind: place}
"""
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
BODY = "Đoạn văn này đủ dài để được nhận ra: " + " ".join(f"từ{number}" for number in range(40)) + "."
ENVIRONMENT = {
    **os.environ,
    **{
        f"GIT_{who}_{what}": "an.editor@newsroom.example"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    },
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


class Desk:
    """A digest in a repository, and an editor at work in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.project = Project(root)
        self.write("site_config.yml", CONFIG)
        self.write("content/pages/index.md", "# Trang nhất\n")
        git(root, "init", "-q", "-b", "main")

    def write(self, path: str, text: str) -> str:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        return path

    def page(self, name: str = "2026/11/bai", body: str = BODY, **keys: object) -> str:
        meta = {"title": f"Bài {name}", "date": "2026-11-05", "source": "vd", "topic": "hb", **keys}
        lines = "".join(f"{key}: {yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=1000).splitlines()[0]}\n"
                        for key, value in meta.items() if value is not None)  # fmt: skip
        return self.write(f"content/pages/articles/{name}.md", f"---\n{lines}---\n\n{body}\n")

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def move(self, old: str, new: str) -> None:
        place = self.root / new
        place.parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(place)

    def commit(self) -> None:
        git(self.root, "add", "-A")
        git(self.root, "commit", "-qm", "Một bước")

    def check(self, since: str | None = None, *, fix: bool = False) -> Report:
        text = (self.root / "site_config.yml").read_text(encoding="utf-8")
        options = Options(
            now=NOW,
            since=since,
            fix=fix,
            earlier_settings=lambda files: read_settings(files["site_config.yml"].decode()),
        )
        return check(self.project, read_settings(text), options)

    def rules(self, since: str | None = "HEAD") -> list[str]:
        return [one.rule for one in self.check(since).problems]


def read_settings(text: str) -> settings.Settings:
    return settings.parse(yaml.safe_load(text)["plugins"][0]["digest"], text=text)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# Only what the change brought.


def test_problems_from_before_are_not_told_again(desk: Desk) -> None:
    old = desk.page("2026/11/cu", tags=["Lạ"], titel="x")
    desk.page("2026/11/khac", source="khong-co")
    desk.commit()
    assert desk.rules() == []
    desk.edit(old, "Bài 2026/11/cu", "Bài đã sửa")
    assert desk.rules() == []
    desk.edit(old, "topic: hb", "topic: hbb")
    report = desk.check("HEAD")
    assert [(one.path, one.rule) for one in report.problems] == [(old, "topic-unknown")]
    assert report.looked_at == (old,)
    assert len(desk.check().problems) >= 4


def test_a_second_problem_of_the_same_kind_is_new(desk: Desk) -> None:
    page = desk.page(body="[một](khong-co.md)")
    desk.commit()
    desk.edit(page, "[một](khong-co.md)", "[một](khong-co.md)\n\n[hai](khong-co.md)")
    assert desk.rules() == ["link-broken"]


def test_a_new_file_that_git_does_not_know_yet_counts(desk: Desk) -> None:
    desk.commit()
    desk.page(topic=None)
    assert desk.rules() == ["page-required"]


def test_what_the_other_branch_did_is_not_this_change(desk: Desk) -> None:
    desk.page("2026/11/mot")
    desk.commit()
    git(desk.root, "checkout", "-qb", "viec")
    desk.page("2026/11/hai")
    desk.commit()
    git(desk.root, "checkout", "-q", "main")
    desk.page("2026/11/ba", topic="la")
    git(desk.root, "mv", "content/pages/articles/2026/11/mot.md", "content/pages/articles/2026/11/doi.md")
    desk.commit()
    git(desk.root, "checkout", "-q", "viec")
    assert desk.rules("main") == ["duplicate-text"]
    git(desk.root, "merge", "-q", "--no-edit", "main")
    assert desk.rules("main") == ["duplicate-text"]


def test_a_pair_is_told_at_the_changed_page_only(desk: Desk) -> None:
    desk.page("2026/11/a", url="https://baovidu.example/1?utm_source=x", body="Một.")
    desk.page("2026/11/b", url="https://www.baovidu.example/1", body="Hai.")
    desk.commit()
    assert desk.rules() == []
    page = desk.page("2026/11/c", url="http://m.baovidu.example/1/", body="Ba.")
    report = desk.check("HEAD")
    assert [(one.path, one.rule) for one in report.problems] == [(page, "duplicate-url")]


def test_a_text_that_another_page_has_is_found_without_reading_all_whole(desk: Desk) -> None:
    desk.page("2026/11/a")
    for number in range(20):
        desk.page(f"2026/10/khac-{number}", body=BODY.replace("từ7", f"chữ{number}"))
    desk.commit()
    desk.page("2026/11/z", body=BODY.replace(". ", ".\n\n"))
    assert desk.rules() == ["duplicate-text"]


def test_new_settings_are_looked_at_from_every_page(desk: Desk) -> None:
    page = desk.page(topic="yt")
    desk.page("2026/11/cu", source="la")
    desk.commit()
    desk.edit("site_config.yml", "        yt: {name: Quân y}\n", "")
    report = desk.check("HEAD")
    assert [(one.path, one.rule) for one in report.problems] == [
        (page, "topic-unknown"),
        ("site_config.yml", "term-renamed"),
    ]


def test_a_link_from_an_unchanged_page_to_one_that_is_gone(desk: Desk) -> None:
    target = desk.page("2026/10/dich", draft=True)
    page = desk.page(body="[xem](../10/dich.md)")
    desk.commit()
    (desk.root / target).unlink()
    report = desk.check("HEAD")
    assert [(one.path, one.line, one.rule) for one in report.problems] == [(page, 8, "link-broken")]


def test_a_page_without_git_and_a_name_that_git_does_not_know(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desk.commit()
    with pytest.raises(UsageError, match="git knows no commit `khong-co`"):
        desk.check("khong-co")
    with pytest.raises(UsageError, match="git knows no commit"):
        desk.check("--output=x")
    lonely = tmp_path_factory.mktemp("lonely")
    (lonely / "content/pages").mkdir(parents=True)
    with pytest.raises(UsageError, match="in no git repository"):
        check(Project(lonely), read_settings(CONFIG), Options(now=NOW, since="HEAD"))
    assert check(Project(lonely), read_settings(CONFIG), Options(now=NOW)).problems == []


def test_a_digest_in_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "to/digest")
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "to/digest/.git").rename(tmp_path / "inner.git")
    page = desk.page("2026/11/bài có dấu")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "x")
    assert desk.rules() == []
    desk.edit(page, "topic: hb", "topic: la")
    new = desk.page("2026/11/moi", topic="la")
    assert sorted(one.path for one in desk.check("HEAD").problems) == sorted([page, new, new])


# Addresses that do not die.


@pytest.mark.parametrize("how", ["git mv", "by hand", "by hand and edited", "moved to another month"])
def test_a_renamed_page_without_its_redirect(desk: Desk, how: str) -> None:
    old = desk.page("2026/11/cu", raw="content/raw/vd/a.txt" if "edited" in how else None)
    desk.commit()
    new = old.replace("cu.md", "moi.md") if "month" not in how else old.replace("2026/11", "2026/10")
    if how == "git mv":
        git(desk.root, "mv", old, new)
    else:
        desk.move(old, new)
    if "edited" in how:
        desk.edit(new, BODY, "Văn bản khác hẳn.")
    (problem,) = [one for one in desk.check("HEAD").problems if one.level is Level.ERROR]
    assert (problem.path, problem.rule) == (new, "page-renamed")
    assert "/2026/11/cu/" in problem.message
    report = desk.check("HEAD", fix=True)
    assert [(fix.path, fix.what) for fix in report.fixed] == [(new, "aliases: 2026/11/cu/ leads here again")]
    assert "page-renamed" not in [one.rule for one in report.problems]
    assert 'aliases: ["2026/11/cu/"]' in (desk.root / new).read_text(encoding="utf-8")
    assert desk.check("HEAD", fix=True).fixed == []


def test_a_page_renamed_twice_keeps_both_addresses(desk: Desk) -> None:
    one = desk.page("2026/11/mot")
    desk.commit()
    two, three = one.replace("mot", "hai"), one.replace("mot", "ba")
    desk.move(one, two)
    desk.check(fix=True)
    desk.commit()
    desk.move(two, three)
    desk.check("HEAD", fix=True)
    text = (desk.root / three).read_text(encoding="utf-8")
    assert 'aliases: ["2026/11/mot/", "2026/11/hai/"]' in text


def test_pages_that_swap_their_names_keep_them(desk: Desk) -> None:
    one, two = desk.page("2026/11/mot"), desk.page("2026/11/hai", body="Khác hẳn.")
    desk.commit()
    desk.move(one, "content/pages/x.md")
    desk.move(two, one)
    desk.move("content/pages/x.md", two)
    assert "page-removed" not in desk.rules() and "page-renamed" not in desk.rules()


def test_a_page_that_is_gone_for_good_is_a_warning(desk: Desk) -> None:
    page = desk.page()
    draft = desk.page("2026/11/nhap", draft=True)
    held = desk.page("2026/11/giu", review=["date: ?"])
    desk.commit()
    for path in (page, draft, held):
        (desk.root / path).unlink()
    (problem,) = desk.check("HEAD").problems
    assert (problem.path, problem.rule, problem.level) == (page, "page-removed", Level.WARNING)
    desk.page("2026/11/thay", body="Bài thay thế.", aliases=["2026/11/bai/"])
    assert desk.rules() == []


def test_without_a_name_the_check_compares_with_what_is_published(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "origin")
    page = desk.page()
    desk.commit()
    git(tmp_path, "clone", "-q", "origin", "clone")
    clone = Desk.__new__(Desk)
    clone.root, clone.project = tmp_path / "clone", Project(tmp_path / "clone")
    clone.move(page, page.replace("bai.md", "moi.md"))
    clone.commit()
    assert "page-renamed" in [one.rule for one in clone.check().problems]
    git(clone.root, "push", "-q", "origin", "HEAD:khac")
    git(clone.root, "fetch", "-q")
    assert "page-renamed" in [one.rule for one in clone.check().problems]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("hb: {name: Gìn giữ hòa bình}", "ggh: {name: Gìn giữ hòa bình}", "term-renamed"),
        ("hb: {name: Gìn giữ hòa bình}", "ggh: {name: Gìn giữ hòa bình, aliases: [hb]}", ""),
        ("hb: {name: Gìn giữ hòa bình}", "hb: {name: Hòa bình}", ""),
        ("Abyei: {kind: place}", "Abyei mới: {kind: place}", "term-renamed"),
        ("Abyei: {kind: place}", "Abyei mới: {kind: place, aliases: [Abyei]}", ""),
        ("Abyei: {kind: place}", "Abyei: {kind: place, slug: vung-abyei}", ""),
        ("kh: {name: Báo Kín", "kh: {slug: kin, name: Báo Kín", "term-renamed"),
        ("kh: {name: Báo Kín", "kh: {slug: kin, aliases: [kh], name: Báo Kín", ""),
        ("      topics:", "      paths: {topics: muc}\n      topics:", "paths-changed"),
    ],
)
def test_renamed_terms_keep_their_addresses(desk: Desk, old: str, new: str, rule: str) -> None:
    desk.commit()
    desk.edit("site_config.yml", old, new)
    found = [one for one in desk.check("HEAD").problems if one.path == "site_config.yml"]
    assert [one.rule for one in found] == ([rule] if rule else [])
    assert all(one.line for one in found) or rule == "term-renamed"


# What is put right at once.


def test_a_tag_is_written_as_the_settings_name_it(desk: Desk) -> None:
    page = desk.page(tags=["lhq", "Abyei", "Liên hợp quốc", "Lạ"])
    desk.commit()
    assert [one.rule for one in desk.check().problems if one.path == page] == ["tag-alias", "tag-unknown"]
    desk.check(fix=True)
    assert 'tags: ["Liên hợp quốc", "Abyei", "Lạ"]' in (desk.root / page).read_text(encoding="utf-8")


def test_a_check_alone_writes_nothing(desk: Desk) -> None:
    page = desk.page(tags=["LHQ"])
    desk.commit()
    desk.move(page, page.replace("bai.md", "moi.md"))
    before = {path: path.read_bytes() for path in desk.root.rglob("*.md")}
    desk.check()
    desk.check("HEAD")
    assert {path: path.read_bytes() for path in desk.root.rglob("*.md")} == before


def test_raw_texts_that_nobody_allowed_to_be_kept(desk: Desk) -> None:
    for number, source in enumerate(("kh", "kh", "vd")):
        raw = desk.write(f"content/raw/{source}/{number}.txt", "Toàn văn.")
        desk.page(
            f"2026/11/bai-{number}", source=source, raw=raw, generated={"title": "1"}, body=f"Bài {number}."
        )
    desk.commit()
    (problem,) = [one for one in desk.check().problems if one.rule == "raw-committed"]
    assert problem.path == "content/raw/kh/0.txt"
    assert "1 more of `kh`" in problem.message
    assert "raw-committed" not in desk.rules()
    raw = desk.write("content/raw/kh/9.txt", "Toàn văn.")
    desk.page("2026/11/bai-9", source="kh", raw=raw, generated={"title": "1"}, body="Bài 9.")
    assert [one.path for one in desk.check("HEAD").problems if one.rule == "raw-committed"] == [raw]


def test_a_new_page_where_an_old_alias_leads_is_told(desk: Desk) -> None:
    old = desk.page("2026/11/cu", aliases=["2026/11/xua/"])
    desk.commit()
    assert desk.rules() == []
    desk.page("2026/11/xua", body="Khác hẳn.")
    report = desk.check("HEAD")
    assert [(one.path, one.rule) for one in report.problems] == [(old, "alias-collision")]


def test_a_new_page_with_an_alias_that_another_has(desk: Desk) -> None:
    desk.page("2026/11/mot", aliases=["cu/"])
    desk.commit()
    desk.page("2026/11/hai", body="Khác hẳn.", aliases=["cu/"])
    assert desk.rules() == ["alias-claimed-twice"]


def test_a_page_that_goes_back_to_held_is_not_gone(desk: Desk) -> None:
    page = desk.page()
    desk.commit()
    desk.move(page, "content/pages/held/bai.md")
    found = [one for one in desk.check("HEAD").problems if one.rule == "page-removed"]
    assert [one.path for one in found] == ["content/pages/held/bai.md"]
    assert "taken back to held/" in found[0].message
    assert desk.check("HEAD", fix=True).fixed == []


def test_earlier_keys_are_written_anew(desk: Desk) -> None:
    page = desk.page(topic="hb", source="vd")
    desk.commit()
    desk.edit(
        "site_config.yml", "hb: {name: Gìn giữ hòa bình}", "ggh: {name: Gìn giữ hòa bình, aliases: [hb]}"
    )
    desk.edit("site_config.yml", "vd: {name: Báo Ví Dụ,", "bvd: {aliases: [vd], name: Báo Ví Dụ,")
    assert sorted(desk.rules()) == ["key-renamed", "key-renamed"]
    desk.check(fix=True)
    text = (desk.root / page).read_text(encoding="utf-8")
    assert "topic: ggh" in text and "source: bvd" in text
    assert desk.check().problems == []


@pytest.mark.parametrize("raw", ["../bi-mat.txt", "content/raw/../../bi-mat.txt", "/etc/hostname"])
def test_no_raw_file_outside_is_read(desk: Desk, raw: str) -> None:
    (desk.root.parent / "bi-mat.txt").write_text(BODY * 3, encoding="utf-8")
    desk.page(source="kh", raw=raw, generated={"title": "1"}, body=BODY * 3)
    assert "policy-unclear" in [one.rule for one in desk.check().problems]


# What a busy repository is like.


def test_what_is_put_right_stays_the_generator_s(desk: Desk) -> None:
    marks = {"topic": fingerprint("hb"), "tags": fingerprint(["LHQ"]), "title": "1"}
    page = desk.page(topic="hb", tags=["LHQ"], generated=marks, raw="content/raw/vd/a.txt")
    desk.commit()
    desk.edit(
        "site_config.yml", "hb: {name: Gìn giữ hòa bình}", "ggh: {name: Gìn giữ hòa bình, aliases: [hb]}"
    )
    desk.check(fix=True)
    block, body, _ = frontmatter.split((desk.root / page).read_text(encoding="utf-8"), page)
    owned = owners(frontmatter.load(block or "", page), body)
    assert (owned["topic"], owned["tags"], owned["title"]) == ("generator", "generator", "editor")


def test_no_comment_is_lost_to_a_fix(desk: Desk) -> None:
    page = desk.page()
    desk.edit(page, "topic: hb\n", "topic: hb\ntags:\n  - lhq  # nơi\n  - Abyei\n")
    before = (desk.root / page).read_text(encoding="utf-8")
    report = desk.check(fix=True)
    assert (desk.root / page).read_text(encoding="utf-8") == before
    assert report.fixed == [] and "tag-alias" in [one.rule for one in report.problems]


@pytest.mark.parametrize(("opening", "closing"), [("--- \r\n", "---\r\n"), ("---\n", "...\n")])
def test_a_fix_works_on_every_fence(desk: Desk, opening: str, closing: str) -> None:
    page = desk.page(tags=["LHQ"])
    text = (
        (desk.root / page)
        .read_text(encoding="utf-8")
        .replace("---\n", opening, 1)
        .replace("\n---\n", f"\n{closing}", 1)
    )
    (desk.root / page).write_bytes(text.encode())
    assert len(desk.check(fix=True).fixed) == 1
    assert desk.check().problems == []


def test_pages_that_swapped_their_names_are_told(desk: Desk) -> None:
    one = desk.page("2026/11/mot", url="https://baovidu.example/1", body="Một.")
    two = desk.page("2026/11/hai", url="https://baovidu.example/2", body="Hai.")
    desk.commit()
    desk.move(one, "content/pages/articles/2026/11/tam.md")
    desk.move(two, one)
    desk.move("content/pages/articles/2026/11/tam.md", two)
    assert desk.rules() == ["page-replaced", "page-replaced"]
    desk.commit()
    desk.edit(one, "https://baovidu.example/2", "https://baovidu.example/2b")
    assert desk.rules() == ["page-replaced"]


def test_before_the_first_commit_everything_is_new(desk: Desk) -> None:
    page = desk.page(topic="la")
    report = desk.check("HEAD")
    assert [(one.path, one.rule) for one in report.problems] == [(page, "topic-unknown")]


def test_a_branch_that_was_pushed_is_compared_with_what_readers_see(tmp_path: Path) -> None:
    origin = Desk(tmp_path / "origin")
    page = origin.page()
    origin.commit()
    git(tmp_path, "clone", "-q", "origin", "clone")
    clone = Desk.__new__(Desk)
    clone.root, clone.project = tmp_path / "clone", Project(tmp_path / "clone")
    git(clone.root, "checkout", "-qb", "viec")
    clone.move(page, page.replace("bai.md", "moi.md"))
    clone.commit()
    git(clone.root, "push", "-q", "-u", "origin", "viec")
    assert [fix.path for fix in clone.check(fix=True).fixed] == [page.replace("bai.md", "moi.md")]


def test_a_clone_that_is_too_shallow_says_so(tmp_path: Path) -> None:
    origin = Desk(tmp_path / "origin")
    origin.page()
    origin.commit()
    git(origin.root, "checkout", "-qb", "viec")
    origin.page("2026/11/hai", body="Hai.")
    origin.commit()
    git(origin.root, "checkout", "-q", "main")
    origin.page("2026/11/ba", body="Ba.")
    origin.commit()
    git(
        tmp_path,
        "clone",
        "-q",
        "--depth",
        "1",
        "--no-single-branch",
        "-b",
        "viec",
        f"file://{tmp_path}/origin",
        "clone",
    )
    clone = Desk.__new__(Desk)
    clone.root, clone.project = tmp_path / "clone", Project(tmp_path / "clone")
    with pytest.raises(UsageError, match="too shallow"):
        clone.check("origin/main")
    assert "page-renamed" not in [one.rule for one in clone.check().problems]


def test_a_repository_of_somebody_else_is_no_missing_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.page()
    desk.commit()
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(UsageError, match="git rev-parse refused"):
        desk.check()


def test_two_thousand_renamed_pages_are_matched_in_seconds(desk: Desk) -> None:
    for number in range(2000):
        desk.page(
            f"2026/10/bai-{number}",
            body=f"Bài {number}.",
            raw=f"content/raw/vd/{number}.txt",
            generated={"title": "1"},
        )
    desk.commit()
    (desk.root / "content/pages/articles/2026/10").rename(desk.root / "content/pages/articles/2026/09")
    start = time.process_time()
    assert desk.rules().count("page-renamed") == 2000
    assert time.process_time() - start < 30


def test_an_item_is_compared_with_its_own_text_alone(desk: Desk) -> None:
    """Four hundred edited items of one feed: each quotes the next one, none its own."""
    texts = [" ".join(f"chữ{number}-{word}" for word in range(80)) for number in range(400)]
    items = "".join(
        f"<item><title>Tin {number}</title><guid>tin-so-{number:04}</guid><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
        for number, text in enumerate(texts)
    )
    desk.write(
        "content/raw/kh/tin.xml", f'<rss version="2.0"><channel><title>K</title>{items}</channel></rss>'
    )
    for number in range(400):
        desk.page(f"2026/11/tin-{number}", source="kh", raw=f"content/raw/kh/tin.xml#tin-so-{number:04}",
                  generated={"title": "1"}, body=texts[(number + 1) % 400])  # fmt: skip
    start = time.process_time()
    assert not {"policy-exceeded", "policy-unclear"} & {one.rule for one in desk.check().problems}
    desk.page(
        "2026/11/tin-0",
        source="kh",
        raw="content/raw/kh/tin.xml#tin-so-0000",
        generated={"title": "1"},
        body=texts[0],
    )
    assert "policy-exceeded" in [one.rule for one in desk.check().problems]
    assert time.process_time() - start < 30
