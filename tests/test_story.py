"""One editor's week, from an empty folder on, with the real commands and a real git: after each step the tree and the
built site are what the contract says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from lxml import html as lxml_html

from generator import frontmatter
from tests.test_workflows import EDITOR

ROOT = Path(__file__).resolve().parent.parent
CONFIG = """\
site_name: Điểm Tin Thử
site_url: https://thu.example/diem-tin/
docs_dir: content/pages
theme:
  name: material
  custom_dir: {theme}
  language: vi
  font: false
nav: [index.md]
not_in_nav: |
  /articles/
  /held/
plugins:
  - search
  - digest:
      paths: {{topics: chu-de, tags: the, sources: nguon, archive: luu-tru, corrections: dinh-chinh, editions: so-tuan, stories: dien-bien, search: tim-kiem}}
      sources:
        bvd: {{name: Báo Ví Dụ, domains: [baovidu.example], dateline: [BVD], text: full, licence: CC BY 4.0}}
      topics:
        cong-binh: {{name: Công binh, terms: [công binh, cây cầu]}}
        quan-y: {{name: Quân y, terms: [bệnh viện, bác sĩ]}}
      tags:
        Liên hợp quốc: {{kind: organisation, aliases: [LHQ]}}
"""
RAW = "content/raw/bvd"
BRIDGE = """Đội công binh nối lại cây cầu qua suối Mơ 03/11/2026 08:15

(BVD)- Sau chín ngày thi công, cây cầu gỗ qua suối Mơ đã thông xe trở lại.

Ba mươi người thợ của đội công binh thay toàn bộ ván mặt cầu và gia cố hai mố đá. Theo LHQ, con đường này nối sáu bản với chợ huyện.

Trẻ em đi học không còn phải vòng qua đèo.
"""
CLINIC = """Bệnh viện dã chiến mở phòng khám ngoài giờ 04/11/2026 19:40

(BVD)- Từ tuần này, người dân ở xa có thể đến khám sau bữa tối.

Bác sĩ trực ngồi ở lều số hai, đèn dùng pin mặt trời. Đêm đầu tiên có mười bốn người đến.

Phòng khám mở ba tối mỗi tuần.
"""
UNDATED = """Bác sĩ kể chuyện ca mổ giữa cơn giông

(BVD)- Ngày 23/7, kíp mổ của bệnh viện làm việc dưới ánh đèn pin suốt hai giờ.

Mái lều bị gió lật một góc, y tá phải giữ bạt bằng tay. Người bệnh nay đã về làng.
"""


class Editor:
    """A person with a clone, a text editor and the commands."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.clock = "2026-11-25T08:00:00+07:00"

    # what a person does

    def digest(self, *arguments: str, code: int = 0) -> str:
        import datetime as dt

        epoch = str(int(dt.datetime.fromisoformat(self.clock).timestamp()))
        done = subprocess.run(
            [sys.executable, "-m", "generator", *arguments],
            cwd=self.home,
            env={
                **os.environ,
                **EDITOR,
                "SOURCE_DATE_EPOCH": epoch,
                "PYTHONPATH": str(ROOT),
                "NO_COLOR": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.home, env={**os.environ, **EDITOR}, capture_output=True,
                              text=True, check=False)  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", message)

    def write(self, path: str, text: str) -> None:
        place = self.home / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def edit(self, path: str, pattern: str, new: str) -> None:
        text = self.read(path)
        changed = re.sub(pattern, lambda _: new, text, count=1, flags=re.MULTILINE)
        assert changed != text, f"{pattern} is not in {path}"
        self.write(path, changed)

    # what there is to see

    def read(self, path: str) -> str:
        return (self.home / path).read_text(encoding="utf-8")

    def meta(self, path: str) -> dict[str, object]:
        return dict(frontmatter.load(frontmatter.split(self.read(path), path)[0] or "", path))

    def tree(self) -> list[str]:
        """Raw files, sidecars and pages."""
        return sorted(
            path.relative_to(self.home / "content").as_posix()
            for path in (self.home / "content").rglob("*")
            if path.is_file()
        )

    def build(self, *arguments: str) -> dict[str, str]:
        """Every text file of the site by its path."""
        self.digest("build", *arguments)
        site = self.home / "site"
        return {
            path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
            for path in site.rglob("*")
            if path.suffix in (".html", ".xml", ".json", ".txt")
            and "assets" not in path.relative_to(site).parts[:1]
        }


def words_of(page: str) -> str:
    return " ".join(lxml_html.fromstring(page).text_content().split())


def articles_of(site: dict[str, str]) -> list[str]:
    return sorted(
        path.removesuffix("/index.html")
        for path in site
        if re.fullmatch(r"\d{4}/\d\d/[^/]+/index\.html", path)
    )


def feed_titles(site: dict[str, str]) -> list[str]:
    return re.findall(r"<entry.*?<title>(.*?)</title>", site["feed.xml"], re.DOTALL)


@pytest.mark.slow
def test_an_editor_s_week(tmp_path: Path) -> None:
    # A clone of an empty digest.
    origin = tmp_path / "origin.git"
    subprocess.run(
        ["git", "init", "-q", "--bare", "-b", "main", str(origin)], check=True, env={**os.environ, **EDITOR}
    )
    subprocess.run(["git", "clone", "-q", str(origin), str(tmp_path / "digest")], check=True, capture_output=True,
                   env={**os.environ, **EDITOR})  # fmt: skip
    editor = Editor(tmp_path / "digest")
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    editor.write("site_config.yml", CONFIG.format(theme=tmp_path / "theme"))
    editor.write("content/pages/index.md", "---\ntitle: Trang nhất\n---\n")
    editor.write(".gitignore", "/site/\n/.cache/\n")
    editor.git("checkout", "-qB", "main")
    editor.commit("Một trang điểm tin trống")
    editor.git("push", "-q", "-u", "origin", "main")
    assert "0 errors, 0 warnings" in editor.digest("check")
    assert articles_of(editor.build()) == []

    # Three raw articles.
    for name, text in (("cau", BRIDGE), ("kham", CLINIC), ("mo", UNDATED)):
        editor.write(f"{RAW}/{name}.txt", text)
    told = editor.digest("ingest")
    assert "3 new · 0 updated · 0 kept (editor's) · 1 held · 0 rejected" in told
    bridge = "content/pages/articles/2026/11/doi-cong-binh-noi-lai-cay-cau-qua-suoi-mo.md"
    clinic = "content/pages/articles/2026/11/benh-vien-da-chien-mo-phong-kham-ngoai-gio.md"
    held = "content/pages/held/bac-si-ke-chuyen-ca-mo-giua-con-giong.md"
    pages = ["pages/index.md", bridge[8:], clinic[8:], held[8:]]
    raws = [f"{RAW[8:]}/{name}.txt{suffix}" for name in ("cau", "kham", "mo") for suffix in ("", ".meta.yml")]
    assert editor.tree() == sorted(pages + raws)
    assert editor.read(f"{RAW}/cau.txt") == BRIDGE
    assert editor.meta(bridge)["added"] == editor.clock
    editor.commit("Ba bài gốc")
    site = editor.build()
    assert articles_of(site) == [
        "2026/11/benh-vien-da-chien-mo-phong-kham-ngoai-gio",
        "2026/11/doi-cong-binh-noi-lai-cay-cau-qua-suoi-mo",
    ]
    assert "giữa cơn giông" not in "".join(site.values())

    # The check: a held article is no error.
    told = editor.digest("check")
    assert f"{held}:" in told and "held — date: the text gives 23/7 and no year" in told
    assert "0 errors, 1 warning" in told

    # The held one is settled.
    editor.edit(held, r"^review:\n(  - .*\n)+", "")
    editor.edit(held, r"^added:", 'date: "2026-07-23"\nadded:')
    told = editor.digest("ingest")
    surgery = "content/pages/articles/2026/07/bac-si-ke-chuyen-ca-mo-giua-con-giong.md"
    assert not (editor.home / held).exists()
    assert editor.meta(surgery)["date"] == "2026-07-23"
    assert 'page: "articles/2026/07/' in editor.read(f"{RAW}/mo.txt.meta.yml")
    assert "0 errors, 0 warnings" in editor.digest("check")
    editor.commit("Xác định ngày")
    assert "2026/07/bac-si-ke-chuyen-ca-mo-giua-con-giong" in articles_of(editor.build())

    # Title and summary are edited.
    editor.edit(bridge, r"^title: .*$", 'title: "Cầu suối Mơ thông xe"')
    editor.edit(
        bridge, r"^summary: .*$", "summary: Cầu gỗ qua suối Mơ đi lại được sau chín ngày.  # viết lại"
    )
    editor.commit("Sửa tựa và tóm tắt")
    before = editor.read(bridge)
    editor.digest("ingest")
    assert editor.read(bridge) == before

    # The raw article changes on both sides of the page: what is the editor's stays, the rest follows.
    editor.write(
        f"{RAW}/cau.txt",
        BRIDGE.replace("Đội công binh nối lại", "Đội công binh đã nối lại").replace("sáu bản", "bảy bản"),
    )
    told = editor.digest("ingest")
    assert (
        "1 kept (editor's)" in told
        and "`title` changed in content/raw/bvd/cau.txt too; your words stay" in told
    )
    assert editor.meta(bridge)["title"] == "Cầu suối Mơ thông xe"
    assert "# viết lại" in editor.read(bridge)
    assert "bảy bản" in editor.read(bridge)
    assert "your words stay" not in editor.digest("ingest")
    told = editor.digest("check")
    assert "note: `title` has changed in content/raw/bvd/cau.txt since you edited it" in told
    why = json.loads(editor.digest("why", "--json", bridge))
    assert why["fields"]["title"]["value"] == "Cầu suối Mơ thông xe"
    assert why["fields"]["title"]["generated"] == "Đội công binh đã nối lại cây cầu qua suối Mơ"
    assert why["fields"]["title"]["conflict"] is True
    editor.commit("Bài gốc đã sửa")
    editor.git("push", "-q")
    site = editor.build()
    page = "2026/11/doi-cong-binh-noi-lai-cay-cau-qua-suoi-mo"
    assert "Cầu suối Mơ thông xe" in words_of(site[f"{page}/index.html"])
    assert "bảy bản" in words_of(site[f"{page}/index.html"])

    # The page is renamed: the check asks for the redirect, and writes it.
    bridge_now = "content/pages/articles/2026/11/cau-suoi-mo.md"
    editor.git("mv", bridge, bridge_now)
    told = editor.digest("check", "--since", "HEAD", code=1)
    assert f"{bridge_now}:1: error: stood at /{page}/ and has no redirect from there" in told
    told = editor.digest("check", "--fix")
    assert f"fixed     {bridge_now}: aliases: {page}/ leads here again" in told
    assert editor.meta(bridge_now)["aliases"] == [f"{page}/"]
    editor.digest("ingest")
    assert not (editor.home / bridge).exists()
    editor.commit("Đổi tên trang")
    site = editor.build()
    redirect = site[f"{page}/index.html"]
    assert '<link rel="canonical" href="https://thu.example/diem-tin/2026/11/cau-suoi-mo/">' in redirect
    assert 'http-equiv="refresh"' in redirect and "noindex" not in redirect
    assert f"{page}/<" not in site["sitemap.xml"] and "2026/11/cau-suoi-mo/<" in site["sitemap.xml"]

    # One is scheduled.
    editor.edit(
        clinic, r"^added: (.*)$", f"added: {json.dumps(editor.clock)}\npublish_at: 2026-11-26T07:00:00+07:00"
    )
    editor.commit("Hẹn giờ")
    assert "2026-11-26T07:00:00+07:00  appears  " + clinic in editor.digest("due")
    slug = "2026/11/benh-vien-da-chien-mo-phong-kham-ngoai-gio"
    site = editor.build()
    assert slug not in articles_of(site) and "phòng khám ngoài giờ" not in "".join(site.values())
    preview = editor.build("--drafts")
    assert "Hẹn giờ" in words_of(preview[f"{slug}/index.html"])
    assert "phòng khám ngoài giờ" in words_of(preview["chu-de/quan-y/index.html"])
    assert "phòng khám ngoài giờ" not in preview["feed.xml"]
    editor.clock = "2026-11-26T08:00:00+07:00"
    assert clinic in editor.digest("due", "--past", "6")
    site = editor.build()
    assert slug in articles_of(site) and feed_titles(site)[0] == "Bệnh viện dã chiến mở phòng khám ngoài giờ"

    # One is corrected.
    editor.edit(
        surgery,
        r"^raw:",
        'corrections:\n  - {date: "2026-11-26", text: "Kíp mổ làm việc ba giờ, không phải hai giờ."}\nraw:',
    )
    assert "0 errors" in editor.digest("check")
    editor.commit("Đính chính")
    site = editor.build()
    corrected = site["2026/07/bac-si-ke-chuyen-ca-mo-giua-con-giong/index.html"]
    assert "Kíp mổ làm việc ba giờ, không phải hai giờ." in words_of(corrected)
    assert "Kíp mổ làm việc ba giờ, không phải hai giờ." in words_of(site["dinh-chinh/index.html"])
    entry = next(
        one for one in re.findall(r"<entry.*?</entry>", site["feed.xml"], re.DOTALL) if "ca mổ" in one
    )
    assert "<updated>2026-11-26T00:00:01+07:00</updated>" in entry

    # One is taken down.
    told = editor.digest("takedown", clinic, "--reason", "Bệnh viện chưa đồng ý cho đăng.")
    assert not (editor.home / f"{RAW}/kham.txt").exists()
    assert "skip: true" in editor.read(f"{RAW}/kham.txt.meta.yml")
    for words in ("đèn dùng pin", "phòng khám ngoài giờ", "sau bữa tối"):
        assert words not in "".join(editor.read(f"content/{path}") for path in editor.tree())
    editor.write(f"{RAW}/kham-lai.txt", CLINIC)
    told = editor.digest("ingest")
    assert "was taken down, see" in told and "0 new" in told
    (editor.home / f"{RAW}/kham-lai.txt").unlink()
    editor.commit("Gỡ bài")

    # The site at the end.
    assert "0 errors, 0 warnings" in editor.digest("check")
    site = editor.build()
    whole = "".join(site.values())
    assert "phòng khám ngoài giờ" not in whole and "đèn dùng pin" not in whole
    notice = site[f"{slug}/index.html"]
    assert "Bệnh viện chưa đồng ý cho đăng." in words_of(notice) and "noindex" in notice
    assert "Bệnh viện chưa đồng ý cho đăng." in words_of(site["dinh-chinh/index.html"])
    assert slug not in site["sitemap.xml"] and len(feed_titles(site)) == 2
    # Nothing that an editor wrote was lost on the way, and nothing is left to do.
    assert editor.meta(bridge_now)["summary"] == "Cầu gỗ qua suối Mơ đi lại được sau chín ngày."
    editor.digest("ingest")
    assert editor.git("status", "--porcelain") == ""
    config = yaml.safe_load(editor.read("site_config.yml"))
    assert config["site_url"].endswith("/diem-tin/")
