"""An article is taken down: nothing that it said is left, in the content or in the site, and it stays away."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from generator import cli, frontmatter, takedown
from generator.plugin import load_settings
from generator.storage import PAGES, SIDECAR, Project
from generator.takedowns import Takedowns, Taken, key_of
from tests.drawing import make_png

THEME = Path(__file__).resolve().parent.parent / "theme"
CONFIG = textwrap.dedent(f"""\
    site_name: Điểm tin thử
    site_url: https://diem-tin.example/
    docs_dir: content/pages
    theme: {{name: material, custom_dir: {THEME}, language: vi, font: false}}
    plugins:
      - search
      - digest:
          sources:
            vd: {{name: Báo Ví Dụ, dateline: [BVD], domains: [bao-vi-du.example], text: full, images: true, licence: CC BY 4.0}}
          topics:
            cau: {{name: Cầu đường, terms: [cây cầu, giếng]}}
          tags:
            Liên hợp quốc: {{aliases: [LHQ]}}
    """)
REASON = "Theo yêu cầu của tòa soạn"
TITLE = "Cây cầu mới của bốn bản"
WORDS = {
    "title": TITLE,
    "summary": "Sau ba tuần, đội công binh bàn giao lối đi duy nhất khi nước lên.",
    "body": "Bà con hai làng đem nước đến mời những người thợ rồi cùng đi bộ qua.",
    "author": "Lò Thị Sao Mai",
}
TEXT = "{title} 05/11/2026 08:18\n\n(BVD)- {summary}\n\nSáng 4-11, {body}\n\nCây cầu dài hai mươi mét.\n\n{author}\n"
ITEM = (
    "<item><title>{title}</title><guid>bai-4711</guid><link>https://bao-vi-du.example/cau.html</link>"
    "<dc:creator>{author}</dc:creator><pubDate>Thu, 05 Nov 2026 08:18:00 +0700</pubDate>"
    "<description><![CDATA[<p>{summary}</p><p>{body}</p><p>Cây cầu dài hai mươi mét.</p>]]></description></item>"
)
OTHER_ITEM = (
    "<item><title>Giếng khoan thứ hai</title><guid>bai-4712</guid><link>https://bao-vi-du.example/gieng.html</link>"
    "<pubDate>Fri, 06 Nov 2026 09:30:00 +0700</pubDate>"
    "<description><![CDATA[<p>Tổ khoan dừng tay lúc nước phun lên.</p><p>Giếng sâu bốn mươi mét.</p>]]></description></item>"
)
PAGE = "content/pages/articles/2026/11/cay-cau-moi-cua-bon-ban.md"
ADDRESS = "2026/11/cay-cau-moi-cua-bon-ban"
RAW = "content/raw/vd/cau.txt"


def feed(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Báo Ví Dụ</title><link>https://bao-vi-du.example/</link>\n{''.join(items)}\n</channel></rss>\n"
    ).format(**WORDS)


def html(folder: str, *pictures: str) -> str:
    figures = "".join(
        f'<figure><img src="./{folder}/{name}" alt=""><figcaption>{name} bên suối</figcaption></figure>'
        for name in pictures
    )
    return (
        '<!DOCTYPE html><html lang="vi"><head><title>{title} - Báo Ví Dụ</title>'
        '<link rel="canonical" href="https://bao-vi-du.example/cau.html"><meta property="og:site_name" content="Báo Ví Dụ">'
        '<meta property="article:published_time" content="2026-11-05T08:18:00+07:00"></head><body><article><h1>{title}</h1>'
        f"<p>{{summary}}</p><p>{{body}}</p>{figures}<p>Cây cầu dài hai mươi mét.</p><p>{{author}}</p>"
        "</article></body></html>"
    )


class Folder:
    """A digest's folder, and the commands that are run in it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.capsys = capsys
        self.write("site_config.yml", CONFIG)
        (root / "content/pages").mkdir(parents=True)
        (root / "content/raw").mkdir()

    def write(self, name: str, content: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def sidecar(self, raw: str = RAW) -> dict[str, object]:
        told: dict[str, object] = yaml.safe_load(self.read(raw + SIDECAR))
        return told

    def meta(self, name: str = PAGE) -> dict[str, object]:
        block, body, _ = frontmatter.split(self.read(name), name)
        assert body == ""
        return dict(frontmatter.load(block or "", name))

    def run(self, *arguments: str) -> tuple[int, str]:
        """(exit code, all that was printed)."""
        with pytest.raises(SystemExit) as caught:
            cli.main(arguments)
        assert isinstance(caught.value.code, int)
        out, err = self.capsys.readouterr()
        return caught.value.code, out + err

    def ingest(self) -> None:
        code, told = self.run("ingest")
        assert code == 0, told

    def take_down(self, argument: str = PAGE, *options: str) -> tuple[int, str]:
        return self.run("takedown", argument, "--reason", REASON, *options)

    def files(self, *places: str) -> Iterator[Path]:
        for place in places:
            yield from (path for path in (self.root / place).rglob("*") if path.is_file())

    def holding(self, *places: str) -> list[str]:
        """The files that still hold any of the article's words, in whatever spelling."""
        forms = []
        for words in WORDS.values():
            spaced = [words, json.dumps(words)[1:-1], words.lower()]
            forms += [form.encode(codec) for form in spaced for codec in ("utf-8", "utf-16-le")]
        return sorted(
            str(path.relative_to(self.root))
            for path in self.files(*places)
            if any(form in data for data in (path.read_bytes(),) for form in forms)
        )

    def snapshot(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.files("content")}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Folder:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")  # 2026-11-21T07:00:00+07:00
    return Folder(tmp_path, capsys)


@pytest.fixture
def single(folder: Folder) -> Folder:
    """One article made of a text file of its own."""
    folder.write(RAW, TEXT.format(**WORDS))
    folder.ingest()
    assert folder.holding("content") == [PAGE, RAW]
    return folder


# --------------------------------------------------------------------------------------- page and raw


def test_a_text_goes_and_its_record_stays(single: Folder) -> None:
    before = single.sidecar()
    code, told = single.take_down()
    assert code == 0
    assert single.holding("content") == []
    assert single.meta() == {
        "source": "vd",
        "takedown": {"date": "2026-11-21T07:00:00+07:00", "reason": REASON},
        "raw": RAW,
    }
    assert not (single.root / RAW).exists()
    assert single.sidecar() == {**before, "skip": True}
    assert f"taken down  {PAGE}\n  reason: {REASON}\n  notice: /{ADDRESS}/\n" in told
    assert f"  rewritten  {PAGE} — a notice is left\n" in told
    assert f"  recorded   {RAW}{SIDECAR} — skip: true" in told
    assert f"  deleted    {RAW} — the raw article\n" in told
    assert "docs/en/take-down.md" in told
    assert "git's history still holds the text" in told


def test_what_leads_to_it_is_kept_and_nothing_else(single: Folder) -> None:
    text = single.read(PAGE).replace(
        "---\n",
        '---\n# yaml-language-server: $schema=x.json\n# Sao Mai gọi điện\naliases: [old/cau/]\nurl: "https://bao-vi-du.example/cau.html"\n'
        'note: "Chọn vì hay"\nextra: {a: 1}\ncorrections: [{date: "2026-11-06", text: "Sửa tên"}]\nunknown: x\n',
        1,
    )
    single.write(PAGE, text)
    assert single.take_down(RAW)[0] == 0
    assert list(single.meta()) == ["source", "url", "aliases", "takedown", "raw"]
    assert single.read(PAGE).startswith("---\n# yaml-language-server: $schema=x.json\nsource: vd\n")
    assert "Mai" not in single.read(PAGE)


@pytest.mark.parametrize(
    "argument", ["cay-cau-moi-cua-bon-ban", f"https://diem-tin.example/{ADDRESS}/", RAW, "vd/cau.txt", PAGE]
)
def test_it_is_found_as_why_finds_it(single: Folder, argument: str) -> None:
    assert single.take_down(argument)[0] == 0
    assert single.take_down(argument)[0] == 0
    assert single.holding("content") == []


@pytest.mark.parametrize("reason", ["", "  \n ", "\u200b", "x" * 3000])
def test_a_reason_is_required(single: Folder, reason: str) -> None:
    before = single.snapshot()
    assert single.run("takedown", PAGE, "--reason", reason)[0] == 2
    assert single.run("takedown", PAGE)[0] == 2
    assert single.run("takedown", "khong-co-bai-nay", "--reason", REASON)[0] == 2
    assert single.snapshot() == before


def test_a_reason_is_plain_text_of_any_lines(single: Folder) -> None:
    assert single.run("takedown", PAGE, "--reason", "Dòng một: \"x\"\r\n\r\n<b>dòng hai</b> 'y'")[0] == 0
    told = single.meta()["takedown"]
    assert isinstance(told, dict)
    assert told["reason"] == "Dòng một: \"x\"\n\n<b>dòng hai</b> 'y'"


def test_a_dry_run_tells_the_same_and_writes_nothing(single: Folder) -> None:
    before = single.snapshot()
    code, would = single.take_down(PAGE, "--dry-run")
    assert code == 0
    assert single.snapshot() == before
    _, did = single.take_down()
    steps = [line.strip() for line in did.splitlines() if " — " in line]
    assert len(steps) == 3
    assert [line.strip() for line in would.splitlines() if " — " in line] == [f"would be {s}" for s in steps]


def test_twice_is_no_error_and_changes_nothing(single: Folder) -> None:
    single.take_down()
    before = single.snapshot()
    code, told = single.run("takedown", PAGE, "--reason", "Lý do khác")
    assert (code, single.snapshot()) == (0, before)
    assert f"already down  {PAGE}\n  reason: {REASON}\n" in told
    assert "nothing is left to do" in told


@pytest.mark.parametrize("steps", range(5))
def test_a_run_that_died_is_mended_by_running_it_again(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    folder.write("content/raw/vd/cau.html", html("cau_files", "cau.png").format(**WORDS))
    folder.write("content/raw/vd/cau_files/cau.png", make_png())
    folder.ingest()
    settings, done = load_settings(folder.root / "site_config.yml"), []

    class Dying(Project):
        def write(self, relative: str, content: str | bytes) -> bool:
            self._count(relative)
            return super().write(relative, content)

        def remove(self, relative: str) -> bool:
            self._count(relative)
            return super().remove(relative)

        def _count(self, relative: str) -> None:
            if len(done) == steps:
                raise KeyboardInterrupt
            done.append(relative)

    now = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    with pytest.raises(KeyboardInterrupt):
        takedown.take_down(Dying(folder.root), settings, PAGE, folder.root, REASON, now)
    assert len(done) == steps
    if done:
        assert done[0] == PAGE
    assert folder.take_down()[0] == 0
    assert folder.holding("content") == []
    assert sorted(str(path.relative_to(folder.root)) for path in folder.files("content")) == [
        PAGE,
        f"content/raw/vd/cau.html{SIDECAR}",
    ]


def test_what_was_written_into_the_notice_goes_the_second_time(single: Folder) -> None:
    single.take_down()
    single.write(
        PAGE, single.read(PAGE).replace("---\n", f'---\ntitle: "{TITLE}"\n', 1) + f"\n{WORDS['body']}\n"
    )
    assert single.take_down()[0] == 0
    assert single.holding("content") == []
    assert single.meta()["takedown"] == {"date": "2026-11-21T07:00:00+07:00", "reason": REASON}


def test_a_page_by_hand_has_no_raw_article(folder: Folder) -> None:
    folder.write(
        PAGE,
        '---\ntitle: "{title}"\ndate: "2026-11-05"\nsource: vd\ntopic: cau\n---\n\n{body}\n'.format(**WORDS),
    )
    code, told = folder.take_down()
    assert code == 0
    assert folder.meta().keys() == {"source", "takedown"}
    assert "raw" not in told


@pytest.mark.parametrize(
    "raw", ["site_config.yml", "content/raw/../../site_config.yml", "content/pages/index.md", "content/raw/vd/.git/x",
            f"content/raw/vd/other.txt{SIDECAR}", "/etc/hostname"]
)  # fmt: skip
def test_a_page_cannot_have_other_files_deleted(folder: Folder, raw: str) -> None:
    for name in ("content/pages/index.md", "content/raw/vd/.git/x", f"content/raw/vd/other.txt{SIDECAR}"):
        folder.write(name, "skip: true\n")
    folder.write(
        PAGE, f'---\ntitle: "{TITLE}"\ndate: "2026-11-05"\nsource: vd\ntopic: cau\nraw: "{raw}"\n---\n'
    )
    before = folder.snapshot()
    code, told = folder.take_down()
    assert code == 1
    assert "which is no raw article" in told
    assert (folder.root / "site_config.yml").is_file()
    assert folder.snapshot().keys() == before.keys()
    assert folder.holding("content") == []


def test_what_lies_behind_a_link_stays(folder: Folder, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "cau.txt").write_text("Bài của người khác\n", encoding="utf-8")
    (folder.root / "content/raw/vd").symlink_to(outside)
    folder.write(
        PAGE, f'---\ntitle: "{TITLE}"\ndate: "2026-11-05"\nsource: vd\ntopic: cau\nraw: "{RAW}"\n---\n'
    )
    code, told = folder.take_down()
    assert code == 1
    assert "which is no raw article" in told
    assert [path.name for path in outside.iterdir()] == ["cau.txt"]
    assert folder.holding("content") == []


def test_a_raw_file_that_is_not_here_is_told(single: Folder) -> None:
    (single.root / RAW).unlink()
    code, told = single.take_down()
    assert code == 0
    assert f"the raw article {RAW} is not here" in told
    assert single.sidecar()["skip"] is True
    assert single.take_down()[1].count("not here") == 0


def test_a_sidecar_that_is_not_there_is_written(single: Folder) -> None:
    (single.root / f"{RAW}{SIDECAR}").unlink()
    assert single.take_down()[0] == 0
    told = single.sidecar()
    assert told["skip"] is True
    assert told["page"] == PAGE.removeprefix(f"{PAGES}/")
    assert re.fullmatch(r"[0-9a-f]{64}", str(told["sha256"]))


# --------------------------------------------------------------------------------- what readers never saw


def test_a_held_page_has_no_address_and_is_its_own_record(folder: Folder) -> None:
    folder.write(RAW, TEXT.format(**WORDS).replace(" 05/11/2026 08:18", ""))
    folder.ingest()
    page = f"{PAGES}/held/cay-cau-moi-cua-bon-ban.md"
    code, told = folder.take_down(page)
    assert code == 0
    assert folder.holding("content") == []
    assert folder.meta(page).keys() == {"source", "takedown", "raw"}
    assert "notice: none, since a held page has no address" in told
    assert "the record alone is left" in told


@pytest.mark.parametrize("line", ["draft: true", 'publish_at: "2027-01-01"'])
def test_a_draft_leaves_no_notice(single: Folder, line: str) -> None:
    single.write(PAGE, single.read(PAGE).replace("---\n", f"---\n{line}\n", 1))
    code, told = single.take_down()
    assert code == 0
    assert single.meta() == {"source": "vd", "draft": True, "takedown": single.meta()["takedown"], "raw": RAW}
    assert "notice: none" in told
    assert "notice: none" in single.take_down()[1]


def test_an_expired_article_was_seen(single: Folder) -> None:
    single.write(PAGE, single.read(PAGE).replace("---\n", '---\nexpires: "2026-11-20"\n', 1))
    assert f"notice: /{ADDRESS}/" in single.take_down()[1]
    assert "draft" not in single.meta()


# ------------------------------------------------------------------------------- pages with their pictures


def test_pictures_go_that_no_other_page_shows(folder: Folder) -> None:
    folder.write("content/raw/vd/cau.html", html("cau_files", "chung.png", "rieng.png").format(**WORDS))
    shared, own = make_png(seed=1), make_png(seed=2)
    folder.write("content/raw/vd/cau_files/chung.png", shared)
    folder.write("content/raw/vd/cau_files/rieng.png", own)
    folder.write("content/raw/vd/cau_files/quang-cao.html", html("x").format(**WORDS))
    other = html("gieng_files", "chung.png").replace("/cau.html", "/gieng.html").format(
        **{**WORDS, "title": "Giếng khoan thứ hai", "body": "Tổ khoan dừng tay lúc nước phun lên ngang lưng.",
           "summary": "Giếng sâu bốn mươi mét, đủ nước cho cả bốn bản.", "author": "Vàng A Páo"}
    )  # fmt: skip
    folder.write("content/raw/vd/gieng.html", other)
    folder.write("content/raw/vd/gieng_files/chung.png", shared)
    folder.ingest()
    kept = sorted((folder.root / PAGES / "assets/images").iterdir())
    assert len(kept) == 2
    code, told = folder.take_down()
    assert code == 0
    left = sorted((folder.root / PAGES / "assets/images").iterdir())
    assert len(left) == 1
    assert left[0].name in folder.read(f"{PAGES}/articles/2026/11/gieng-khoan-thu-hai.md")
    assert not (folder.root / "content/raw/vd/cau_files").exists()
    assert (folder.root / "content/raw/vd/gieng_files/chung.png").is_file()
    assert folder.holding("content") == []
    assert "a picture that no other page shows" in told
    assert "content/raw/vd/cau_files — saved beside the raw article" in told


def test_of_a_folder_that_two_pages_share_only_its_own_files_go(folder: Folder) -> None:
    folder.write("content/raw/vd/cau.html", html("anh_files", "chung.png", "rieng.png").format(**WORDS))
    folder.write("content/raw/vd/khac.html", html("anh_files", "chung.png").replace("/cau.html", "/k.html").format(
        **{name: words[::-1] for name, words in WORDS.items()}))  # fmt: skip
    for name, seed in (("chung", 1), ("rieng", 2)):
        folder.write(f"content/raw/vd/anh_files/{name}.png", make_png(seed=seed))
    folder.write("content/raw/vd/anh_files/kieu.css", "p {}")
    folder.ingest()
    assert folder.take_down("content/raw/vd/cau.html")[0] == 0
    assert sorted(path.name for path in folder.files("content/raw/vd/anh_files")) == ["chung.png", "kieu.css"]


def test_an_editors_own_picture_is_told(single: Folder) -> None:
    single.write(f"{PAGES}/assets/anh/cau.png", make_png())
    single.write(PAGE, single.read(PAGE) + "\n![](/content/pages/assets/anh/cau.png)\n")
    code, told = single.take_down()
    assert code == 0
    assert f"{PAGES}/assets/anh/cau.png: warning: was put there by an editor" in told
    assert (single.root / PAGES / "assets/anh/cau.png").is_file()


# ------------------------------------------------------------------------------------- files of several


def test_of_a_feed_its_item_alone_goes(folder: Folder) -> None:
    raw = "content/raw/vd/tin.xml"
    folder.write(raw, feed(ITEM, "\n", OTHER_ITEM))
    folder.ingest()
    before = folder.sidecar(raw)
    code, told = folder.take_down(f"{raw}#bai-4711")
    assert code == 0
    assert folder.read(raw) == feed(OTHER_ITEM)
    after = folder.sidecar(raw)
    assert after["items"] == before["items"]
    assert after["sha256"] != before["sha256"]
    assert "skip" not in after
    assert f"cut        {raw} — `bai-4711`" in told
    assert folder.holding("content") == []
    other = folder.read(f"{PAGES}/articles/2026/11/gieng-khoan-thu-hai.md")
    folder.ingest()
    assert folder.read(f"{PAGES}/articles/2026/11/gieng-khoan-thu-hai.md") == other
    assert folder.holding("content") == []


def test_the_only_item_takes_its_file_along_but_lets_others_come(folder: Folder) -> None:
    raw = "content/raw/vd/tin.xml"
    folder.write(raw, feed(ITEM))
    folder.ingest()
    assert folder.take_down()[0] == 0
    assert not (folder.root / raw).exists()
    assert "skip" not in folder.sidecar(raw)
    folder.write(raw, feed(OTHER_ITEM))
    folder.ingest()
    assert (folder.root / f"{PAGES}/articles/2026/11/gieng-khoan-thu-hai.md").is_file()


def test_what_cannot_be_cut_is_left_and_told(folder: Folder) -> None:
    """Two articles under one guid: cut, the second would take the first one's id, and with it its page."""
    raw = "content/raw/vd/tin.xml"
    whole = feed(ITEM, OTHER_ITEM.replace("bai-4712", "bai-4711"))
    folder.write(raw, whole)
    folder.ingest()
    sidecar = folder.sidecar(raw)
    code, told = folder.take_down()
    assert code == 1
    assert f"{raw}: error: the article `bai-4711` could not be cut out" in told
    assert "by hand" in told
    assert (folder.read(raw), folder.sidecar(raw)) == (whole, sidecar)
    assert folder.holding("content") == [raw]
    assert folder.take_down()[0] == 1
    folder.write(raw, feed(OTHER_ITEM))
    assert folder.take_down()[0] == 0


def test_an_item_that_came_again_is_cut_again(folder: Folder) -> None:
    raw = "content/raw/vd/tin.xml"
    folder.write(raw, feed(ITEM, OTHER_ITEM))
    folder.ingest()
    folder.take_down()
    folder.write(raw, feed(ITEM, OTHER_ITEM))
    assert folder.take_down(PAGE)[0] == 0
    assert folder.holding("content") == []


# ------------------------------------------------------------------------------------------ elsewhere


def test_editions_forget_it(single: Folder) -> None:
    week, other = f"{PAGES}/editions/2026-w47.md", f"{PAGES}/editions/2026-w46.md"
    single.write(
        week,
        f'---\ntitle: "Tuần này"\ntop: {ADDRESS}  # hay\norder:\n  - 2026/11/khac\n  - {ADDRESS}\n---\n\nLời mở.\n',
    )
    single.write(other, f"---\norder: [/{ADDRESS}/]\n---\n")
    single.write(f"{PAGES}/editions/2026-w45.md", "---\norder: [2026/11/khac]\n---\n")
    _, told = single.take_down()
    assert single.read(week) == '---\ntitle: "Tuần này"\norder: ["2026/11/khac"]\n---\n\nLời mở.\n'
    assert single.read(other) == "---\n---\n"
    assert f"rewritten  {week} — the edition no longer names it under `top` and `order`" in told
    assert "2026-w45" not in told


@pytest.mark.parametrize(
    ("words", "goes"),
    [
        (ADDRESS, True),
        (f"/{ADDRESS}/", True),
        (f"articles/{ADDRESS}.md", True),
        (f"content/pages/articles/{ADDRESS}.md", True),
        (f"{ADDRESS}.md", True),
        ("cay-cau-moi-cua-bon-ban", True),
        ("2026/10/Cầu-cũ/", True),  # an earlier address
        (f"{ADDRESS}-2", False),
        ("2026/10/cay-cau-moi-cua-bon-ban", False),
        (f"https://thu.example/{ADDRESS}/", False),  # of which host is not known: told, not taken out
    ],
)
def test_an_edition_forgets_it_by_the_words_that_the_check_takes_for_it(
    single: Folder, words: str, goes: bool
) -> None:
    text = single.read(PAGE).replace("---\n", '---\naliases: ["2026/10/Cầu-cũ/"]\n', 1)
    single.write(PAGE, text)
    week = f"{PAGES}/editions/2026-w47.md"
    single.write(week, f'---\norder: ["2026/11/khac", "{words}"]\n---\n')
    _, told = single.take_down()
    assert (words in single.read(week)) != goes
    assert ("links to the article" in told) == ("://" in words)


def test_what_other_pages_have_of_it_is_told(folder: Folder) -> None:
    folder.write("content/raw/vd/tin.xml", feed(ITEM))
    folder.ingest()
    head = '---\ntitle: "Khác"\ndate: "2026-11-06"\nsource: vd\ntopic: cau\n'
    pages = {
        "cung-goc": f'{head}url: "http://www.bao-vi-du.example/cau.html?utm_source=x"\n---\n',
        "nhac": f'{head}also:\n  - {{source: vd, url: "https://bao-vi-du.example/cau.html"}}\n---\n',
        "link": f"{head}---\n\nXem [bài trước](/{ADDRESS}/).\n",
        "tep": f"{head}---\n\nXem [bài trước](cay-cau-moi-cua-bon-ban.md).\n",
        "ten": f"{head}---\n\nBài “{TITLE}” rất hay.\n",
        "xa": f"{head}---\n\nXem /{ADDRESS}-2/ và https://bao-vi-du.example/cau.html\n",
    }
    for name, text in pages.items():
        folder.write(f"{PAGES}/articles/2026/11/{name}.md", text)
    code, told = folder.take_down(PAGE)
    assert code == 0
    lines = {
        re.sub(r".*/(.*)\.md:(\d+): \w+: .*", r"\1:\2", line): line
        for line in told.splitlines()
        if ".md:" in line
    }
    assert {key: re.sub(r".*: (?:warning|note): ", "", line) for key, line in lines.items()} == {
        "cung-goc:6": "is made from the same original",
        "nhac:7": "names the original under `also`",
        "link:8": "links to the article",
        "tep:8": "links to the article",
        "ten:8": "has the article's title",
    }
    for name, text in pages.items():
        assert folder.read(f"{PAGES}/articles/2026/11/{name}.md") == text


def test_of_the_cache_only_what_may_hold_the_article_goes(
    single: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    others = [
        ".cache/uv/bin/uv",
        ".cache/uv/lib/a.py",
        ".cache/.site-new-abc",
        ".cache/.site-new-abcd1234/.git/HEAD",
    ]
    for name in others:
        single.write(name, "không phải của ta")
    words = "<p>{body}</p>".format(**WORDS)
    for place in (".cache/.site-new-a1b2c3_4/2026", ".cache/.tờ báo-old-a1b2c3_4/site"):
        single.write(f"{place}/index.html", words)
    single.write(".cache/links.json", '{"https://bao-vi-du.example/cau.html": {}}')
    outside = tmp_path_factory.mktemp("outside")
    (outside / "x.html").write_text(words, encoding="utf-8")
    (single.root / ".cache/.site-new-link0000").symlink_to(outside)
    code, told = single.take_down()
    assert code == 0
    assert single.holding(".cache") == []
    assert [line for line in told.splitlines() if ".cache" in line] == [
        "  deleted    .cache/links.json — what earlier checks learned of links",
        "  deleted    .cache/.site-new-a1b2c3_4 — a build that did not end",
        "  deleted    .cache/.tờ báo-old-a1b2c3_4 — a build that did not end",
    ]
    assert all((single.root / name).is_file() for name in [*others, ".cache/lock"])
    assert (outside / "x.html").is_file()
    assert "nothing is left to do" in single.take_down()[1]


@pytest.mark.parametrize("inside", [True, False])
def test_a_cache_behind_a_link_is_left_alone(
    single: Folder, tmp_path_factory: pytest.TempPathFactory, inside: bool
) -> None:
    place = single.root / "content/raw/.kho" if inside else tmp_path_factory.mktemp("kho")
    shutil.rmtree(single.root / ".cache")
    (place / ".site-new-a1b2c3d4").mkdir(parents=True)
    (place / "links.json").write_text("{}", encoding="utf-8")
    (single.root / ".cache").symlink_to(place)
    code, told = single.take_down()
    assert (code, ".cache" in told, single.holding("content")) == (0, False, [])
    assert (place / "links.json").is_file() and (place / ".site-new-a1b2c3d4").is_dir()


# ------------------------------------------------------------------------------- paths that lead elsewhere


@pytest.mark.parametrize("place", ["../../README", "../../../outside/README", "articles/../../../README"])
def test_a_sidecar_has_nothing_written_elsewhere(folder: Folder, place: str) -> None:
    text = f'---\ntitle: "Không phải bài"\nraw: "{RAW}"\n---\n\nXin đọc.\n'
    file = folder.root / PAGES / f"{place}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    folder.write(RAW, TEXT.format(**WORDS))
    folder.write(RAW + SIDECAR, f'page: "{place}.md"\n')
    before = folder.snapshot()
    wrong = f"{RAW}{SIDECAR}:1: error: `{place}.md` is no article's page"
    for run, code in ((lambda: folder.run("ingest"), 1), (lambda: folder.take_down(RAW), 2)):
        ended, told = run()
        assert ended == code
        assert wrong in told
        assert (folder.snapshot(), file.read_text(encoding="utf-8")) == (before, text)
    folder.write(RAW + SIDECAR, "")
    folder.ingest()
    assert folder.holding(PAGES) == [PAGE]


def test_no_page_is_written_behind_a_link(folder: Folder, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (folder.root / PAGES / "articles").mkdir()
    (folder.root / PAGES / "articles/2026").symlink_to(outside)
    folder.write(RAW, TEXT.format(**WORDS))
    code, told = folder.run("ingest")
    assert code == 1
    assert f"{PAGE}: error: lies behind {PAGES}/articles/2026, a symbolic link" in told
    assert list(outside.iterdir()) == []


def test_a_raw_article_behind_a_link_in_the_folder_itself_stays(single: Folder) -> None:
    (single.root / "content/raw/khac").symlink_to(single.root / "content/raw/vd")
    single.write(PAGE, single.read(PAGE).replace("content/raw/vd/", "content/raw/khac/"))
    code, told = single.take_down()
    assert code == 1
    assert "`raw` is content/raw/khac/cau.txt, which is no raw article" in told
    assert (single.root / RAW).is_file()
    assert single.meta()["takedown"]


# --------------------------------------------------------------------------------------- it stays away


@pytest.mark.parametrize("key", ['"takedown"', "'takedown'", "? takedown\n", "{a: b}"])
def test_a_takedown_is_seen_however_its_key_is_written(single: Folder, key: str) -> None:
    single.take_down()
    text = single.read(PAGE)
    if key.startswith("{"):
        meta = json.dumps({**single.meta()}, ensure_ascii=False)
        single.write(PAGE, f"---\n{meta}\n---\n")
    else:
        single.write(PAGE, text.replace("takedown:", f"{key}:"))
    known = load(single)
    assert [one.page for one in known.entries] == [PAGE.removeprefix(f"{PAGES}/")]
    single.write("content/raw/vd/lai.txt", TEXT.format(**WORDS))
    assert single.run("ingest")[0] == 0
    assert single.holding(PAGES) == []


def load(folder: Folder) -> Takedowns:
    settings = load_settings(folder.root / "site_config.yml")
    return Takedowns.load(Project(folder.root), settings.zone)


def test_a_text_is_known_by_name_and_by_bytes(single: Folder) -> None:
    sha256 = str(single.sidecar()["sha256"])
    assert load(single).of(RAW, sha256) is None
    single.take_down()
    known, page = load(single), PAGE.removeprefix(f"{PAGES}/")
    assert known.of(RAW) == page
    assert known.of("content/raw/other/name.txt", sha256) == page
    assert known.of("content/raw/vd/khac.txt", "0" * 64) is None
    assert known.of("content/raw/other/feed.xml#x", sha256) is None


def test_a_page_is_known_by_its_address(folder: Folder) -> None:
    folder.write("content/raw/vd/cau.html", html("x").format(**WORDS))
    folder.ingest()
    folder.take_down(PAGE)
    known, page = load(folder), PAGE.removeprefix(f"{PAGES}/")
    for url in ("http://www.bao-vi-du.example/cau.html?fbclid=1#x", "https://m.bao-vi-du.example/cau.html"):
        assert known.of("content/raw/z.html", "", ["", url]) == page
    assert known.of("content/raw/z.html", "", ["https://bao-vi-du.example/cau2.html"]) is None


@pytest.mark.parametrize(
    ("raw", "urls", "taken"),
    [
        ("content/raw/vd/tin.xml#bai-4711", (), True),
        ("content/raw/vd/tin.xml#bai-4712", (), False),
        ("content/raw/vd/tin-2.xml#bai-4711", (), True),
        ("content/raw/vd/tin-2.xml#bai-4711", ("https://bao-vi-du.example/khac.html",), True),
        ("content/raw/vd/tin-2.xml#g1", (), True),
        ("content/raw/vd/tin-2.xml#g1", ("https://bao-vi-du.example/khac.html",), False),
        ("content/raw/khac/tin.xml#bai-4711", (), False),
        ("content/raw/khac/tin.xml#9", ("https://bao-vi-du.example/cau.html",), True),
        ("content/raw/khac/tin.xml#9", ("https://bao-vi-du.example/",), False),
    ],
)
def test_an_item_is_known_in_other_files_of_its_folder(raw: str, urls: tuple[str, ...], taken: bool) -> None:
    file, url = "content/raw/vd/tin.xml", "https://bao-vi-du.example/cau.html"
    known = Takedowns(
        (
            Taken(page="articles/x.md", file=file, item="bai-4711", urls=(url,)),
            Taken(page="articles/y.md", file=file, item="g1", urls=("https://bao-vi-du.example/",)),
            Taken(page="articles/z.md", file="content/raw/vd/khac.xml", item="g1", urls=(url,)),
        )
    )
    assert (known.of(raw, "", urls) is not None) is taken


def test_a_front_page_is_no_article() -> None:
    assert [
        key_of(url) for url in ("https://x.example/", "http://www.x.example", "mailto:a@x.example", "", "x")
    ] == [""] * 5
    assert key_of("https://x.example/?p=7") == key_of("http://www.x.example/?p=7&utm_medium=rss") != ""


def test_the_raw_file_that_comes_again_under_its_name_stays_out(single: Folder) -> None:
    single.take_down()
    single.write(RAW, TEXT.format(**WORDS))
    single.ingest()
    single.run("ingest", "--refresh", RAW)
    assert single.holding("content") == [RAW]
    assert single.take_down(RAW)[0] == 0
    assert single.holding("content") == []


def test_the_raw_file_that_comes_again_under_another_name_stays_out(single: Folder) -> None:
    single.take_down()
    copy = "content/raw/vd/lai-cau.txt"
    single.write(copy, TEXT.format(**WORDS))
    single.run("ingest")
    single.run("ingest", "--refresh", copy)
    assert single.holding("content") == [copy]
    code, told = single.take_down(copy)
    assert code == 0
    assert f"deleted    {copy}" in told
    assert single.holding("content") == []


def test_the_saved_page_that_comes_again_stays_out(folder: Folder) -> None:
    folder.write("content/raw/vd/cau.html", html("x").format(**WORDS))
    folder.ingest()
    folder.take_down(PAGE)
    copy = "content/raw/khac/lan-nua.html"
    folder.write(copy, html("x").format(**WORDS) + "\n<!-- saved again -->")
    folder.run("ingest")
    assert folder.holding("content") == [copy]


def test_the_feed_that_brings_it_again_keeps_the_others(folder: Folder) -> None:
    raw, copy = "content/raw/vd/tin.xml", "content/raw/vd/tin-2.xml"
    folder.write(raw, feed(ITEM))
    folder.ingest()
    folder.take_down()
    folder.write(raw, feed(ITEM, OTHER_ITEM))
    folder.run("ingest")
    assert folder.holding("content") == [raw]
    assert (folder.root / f"{PAGES}/articles/2026/11/gieng-khoan-thu-hai.md").is_file()
    (folder.root / raw).unlink()
    folder.write(copy, feed(ITEM))
    folder.run("ingest")
    folder.run("ingest", "--refresh", copy)
    assert folder.holding("content") == [copy]


def test_a_raw_file_that_nothing_was_made_of_is_no_takedown(single: Folder) -> None:
    single.take_down()
    single.write("content/raw/vd/la.txt", "Bài lạ\n\nKhông liên quan gì.\n")
    code, told = single.take_down("content/raw/vd/la.txt")
    assert code == 2
    assert "nothing like it was taken down" in told


def test_git_brings_it_back(single: Folder) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=T", "-c", "user.email=t@t.example", *arguments], cwd=single.root, check=True, capture_output=True)  # fmt: skip

    git("init", "-q")
    git("add", "content")
    git("commit", "-qm", "x")
    before = single.snapshot()
    single.take_down()
    assert single.snapshot() != before
    git("checkout", ".")
    single.ingest()
    assert single.snapshot() == before


# -------------------------------------------------------------------------------------------- the site


def test_nothing_of_it_is_left_in_the_site(folder: Folder) -> None:
    folder.write("content/raw/vd/cau.html", html("cau_files", "cau.png").format(**WORDS))
    folder.write("content/raw/vd/cau_files/cau.png", make_png())
    folder.write("content/raw/vd/tin.xml", feed(OTHER_ITEM))
    folder.ingest()
    folder.write(PAGE, folder.read(PAGE).replace("---\n", "---\nauthors: [\"{author}\"]\nlead: x\n".format(**WORDS), 1)
                 if "authors:" not in folder.read(PAGE) else folder.read(PAGE))  # fmt: skip
    assert folder.run("build")[0] == 0
    shown = folder.holding("site")
    assert f"site/{ADDRESS}/index.html" in shown
    assert "site/feed.xml" in shown
    assert "site/search/search_index.json" in shown
    pictures = [
        path for path in folder.files("site/assets/images") if re.fullmatch(r"[0-9a-f]{20}\.png", path.name)
    ]
    assert len(pictures) == 1
    assert folder.take_down(PAGE)[0] == 0
    code, told = folder.run("build")
    assert code == 0, told
    assert folder.holding("content", "site") == []
    assert not pictures[0].exists()
    notice = (folder.root / f"site/{ADDRESS}/index.html").read_text(encoding="utf-8")
    assert REASON in notice
    for path in ("feed.xml", "rss.xml", "feed.json", "search/search_index.json"):
        if (file := folder.root / "site" / path).exists():
            assert ADDRESS not in file.read_text(encoding="utf-8"), path
    assert "Giếng khoan thứ hai" in (folder.root / "site/feed.xml").read_text(encoding="utf-8")


def test_what_readers_never_saw_has_no_notice(folder: Folder) -> None:
    folder.write(RAW, TEXT.format(**WORDS).replace(" 05/11/2026 08:18", ""))
    folder.ingest()
    page = f"{PAGES}/held/cay-cau-moi-cua-bon-ban.md"
    assert folder.take_down(page)[0] == 0
    folder.ingest()
    assert (folder.root / page).is_file()
    assert folder.run("build")[0] == 0
    assert folder.holding("content", "site") == []
    assert REASON not in "".join(
        path.read_text("utf-8") for path in folder.files("site") if path.suffix == ".html"
    )


def test_a_draft_has_no_notice_in_the_site(single: Folder) -> None:
    single.write(PAGE, single.read(PAGE).replace("---\n", "---\ndraft: true\n", 1))
    single.take_down()
    assert single.run("build")[0] == 0
    assert not (single.root / f"site/{ADDRESS}").exists()
