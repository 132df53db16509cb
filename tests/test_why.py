"""Where every field of a page came from: for each state a page and its raw article may be in."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

from generator import settings
from generator.errors import UsageError
from generator.ingest import Options, ingest
from generator.sheet import LEAST_WIDTH, columns
from generator.storage import SIDECAR, Project
from generator.why import account, explain, printing

NOW = dt.datetime(2026, 11, 22, 7, tzinfo=dt.UTC)
SETTINGS = settings.parse(
    {
        "sources": {
            "vd": {"name": "Báo Ví Dụ", "dateline": ["BVD"], "domains": ["bao-vi-du.example"], "excerpt_words": 30},
            "kin": {"name": "Báo Kín", "domains": ["kin.example"], "text": "link"},
        },
        "topics": {"cau": {"name": "Cầu đường", "terms": ["cây cầu", "cầu mới"]}, "y": {"name": "Quân y"}},
        "tags": {"Liên hợp quốc": {"aliases": ["LHQ"]}},
    }
)  # fmt: skip
ARTICLE = (
    "Cầu mới ở phái bộ 05/11/2026 08:18\n\n(BVD)- Cây cầu nối hai làng đã thông xe sau ba tuần.\n\n"
    "Sáng 4-11, đội công binh bàn giao cây cầu cho LHQ. Cầu dài hai mươi mét, rộng bốn mét.\n\nXem thêm\n\n"
    "Một con đường khác vừa được sửa\n"
)
FEED = textwrap.dedent("""\
    <?xml version="1.0"?><rss version="2.0"><channel><title>Báo Ví Dụ</title><link>https://bao-vi-du.example/</link>
    <item><title>Giếng mới của làng trên</title><guid>g1</guid><link>https://bao-vi-du.example/1</link>
    <pubDate>Thu, 05 Nov 2026 08:00:00 +0700</pubDate><description>Làng trên có giếng và một cây cầu.</description></item>
    <item><title>Giếng mới của làng dưới</title><guid>g2</guid><link>https://bao-vi-du.example/2</link>
    <pubDate>Fri, 06 Nov 2026 08:00:00 +0700</pubDate><description>Làng dưới cũng có một cây cầu.</description></item>
    </channel></rss>
    """)
PAGE = "content/pages/articles/2026/11/cau-moi-o-phai-bo.md"
RAW = "content/raw/vd/cau.txt"


class Folder:
    """A digest's folder with one article taken in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.project = Project(root)
        (root / "content/pages").mkdir(parents=True)
        self.write(RAW, ARTICLE)
        self.ingest()

    def write(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def ingest(self) -> None:
        ingest(self.project, SETTINGS, (), Options(now=NOW))

    def why(self, argument: str = PAGE, here: str = ".") -> account.Account:
        return explain(self.project, SETTINGS, argument, self.root / here, NOW)

    def json(self, argument: str = PAGE) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(account.as_json(self.why(argument)))
        return told


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def field(told: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = told["fields"][name]
    return found


# ------------------------------------------------------------------------------------------ naming


@pytest.mark.parametrize(
    "argument",
    [
        PAGE,
        "articles/2026/11/cau-moi-o-phai-bo.md",
        "articles/2026/11/cau-moi-o-phai-bo",
        "2026/11/cau-moi-o-phai-bo",
        "/2026/11/cau-moi-o-phai-bo/",
        "https://diem-tin.example/2026/11/cau-moi-o-phai-bo/",
        "https://diem-tin.example/trang/2026/11/cau-moi-o-phai-bo/?x=1#y",
        "cau-moi-o-phai-bo",
        "cau-moi-o-phai-bo.md",
        RAW,
        RAW + SIDECAR,
        "vd/cau.txt",
        "cau.txt",
        "cau",
    ],
)
def test_a_page_goes_by_many_names(folder: Folder, argument: str) -> None:
    assert folder.why(argument).page == PAGE


def test_a_path_is_meant_from_where_one_stands(folder: Folder) -> None:
    assert folder.why("cau.txt", here="content/raw/vd").page == PAGE
    assert folder.why("../11/cau-moi-o-phai-bo.md", here="content/pages/articles/2026/11").page == PAGE
    assert folder.why(str(folder.root / PAGE)).page == PAGE


def test_the_original_s_address_and_an_old_one_name_it_too(folder: Folder) -> None:
    folder.edit(
        PAGE, "lang: vi", 'url: "https://bao-vi-du.example/cau.html"\naliases: ["old/bridge/"]\nlang: vi'
    )
    assert folder.why("https://bao-vi-du.example/cau.html").page == PAGE
    assert folder.why("/old/bridge/").page == PAGE


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("cau-moi-o-phai-boo", "did you mean\n    cau-moi-o-phai-bo"),
        ("content/pages/about.md", "is no article page"),
        ("", "name a page"),
        ("../../../../etc/passwd", "no page goes by"),
        ("content/pages/articles/../../../../etc/passwd", "no page goes by"),
        ("\x00", "name a page"),
        ("a" * 1900, "no page goes by"),
        ("https://elsewhere.example/a", "no page goes by"),
    ],
)
def test_what_names_nothing_is_wrong_usage(folder: Folder, argument: str, words: str) -> None:
    folder.write("content/pages/about.md", "Giới thiệu\n")
    with pytest.raises(UsageError) as caught:
        folder.why(argument)
    assert words in str(caught.value)


def test_two_pages_of_one_slug_are_not_guessed(folder: Folder) -> None:
    folder.write("content/pages/articles/2025/01/cau-moi-o-phai-bo.md", "---\ntitle: X\n---\n")
    with pytest.raises(UsageError, match="may mean 2 files") as caught:
        folder.why("cau-moi-o-phai-bo")
    assert PAGE in str(caught.value)


def test_an_item_of_a_feed(folder: Folder) -> None:
    folder.write("content/raw/vd/tin.xml", FEED)
    folder.ingest()
    with pytest.raises(UsageError, match="holds 2 articles"):
        folder.why("content/raw/vd/tin.xml")
    told = folder.json("gieng-moi-cua-lang-duoi")
    assert told["raw"]["file"] == "content/raw/vd/tin.xml"
    assert told["raw"]["status"] == "unchanged"
    assert folder.why(f"{told['raw']['file']}#{told['raw']['item']}").page == told["page"]
    assert field(told, "title")["candidates"][0]["line"] == 4
    assert field(told, "url")["candidates"][0]["how"] == "feed link"
    folder.write("content/raw/vd/tin.xml", FEED.replace("g2", "g3"))
    assert folder.json("gieng-moi-cua-lang-duoi")["raw"]["status"] == "item missing"


# ----------------------------------------------------------------------------------------- the JSON


def test_the_shape_of_the_json(folder: Folder) -> None:
    told = folder.json()
    assert list(told) == [
        "page",
        "address",
        "state",
        "title",
        "raw",
        "fields",
        "reviews",
        "policy",
        "left_out",
        "problems",
    ]
    assert list(told["raw"]) == ["file", "item", "status", "added", "sha256", "registered_sha256", "sidecar", "page", "url", "source",
                                 "fetched_at"]  # fmt: skip
    for one in told["fields"].values():
        assert list(one) == ["value", "owner", "generated", "conflict", "pending", "candidates"]
        for candidate in one["candidates"]:
            assert list(candidate) == ["value", "how", "text", "confidence", "assumed", "chosen", "line"]
    assert list(told["policy"]) == ["source", "text", "excerpt_words", "original_words", "page_words"]
    assert (told["address"], told["state"]) == ("/2026/11/cau-moi-o-phai-bo/", "published")
    assert told["problems"] == []


def test_a_page_that_is_all_the_generator_s(folder: Folder) -> None:
    told = folder.json()
    assert {name: one["owner"] for name, one in told["fields"].items()} == {
        "title": "generator", "date": "generator", "source": "generator", "topic": "generator", "tags": "generator",
        "summary": "generator", "lang": "generator", "added": "ingest", "body": "generator",
    }  # fmt: skip
    assert not any(one["conflict"] or one["pending"] for one in told["fields"].values())
    assert field(told, "date")["candidates"][0]["assumed"] == ["offset"]
    assert field(told, "date")["candidates"][0]["line"] == 1
    assert field(told, "tags")["candidates"] == [
        {"value": "Liên hợp quốc", "how": "body ×1", "text": "LHQ", "confidence": 0.24, "assumed": [], "chosen": True, "line": 5}
    ]  # fmt: skip
    assert told["raw"]["status"] == "unchanged"
    assert told["raw"]["sha256"] == told["raw"]["registered_sha256"]
    assert told["policy"] == {
        "source": "vd",
        "text": "excerpt",
        "excerpt_words": 30,
        "original_words": 30,
        "page_words": 30,
    }
    assert {"reason": "related block", "count": 1, "lines": ["Xem thêm"]} in told["left_out"]


def test_an_editor_s_field_stands_beside_the_generator_s(folder: Folder) -> None:
    folder.edit(PAGE, 'title: "Cầu mới ở phái bộ"', 'title: "Cầu đã thông"')
    folder.edit(PAGE, "topic: cau\n", "")
    folder.edit(PAGE, "---\n\n", "note: hay\n---\n\n")
    told = folder.json()
    title = field(told, "title")
    assert (title["owner"], title["conflict"], title["generated"]) == ("editor", True, "Cầu mới ở phái bộ")
    topic = field(told, "topic")
    assert (topic["owner"], topic["value"], topic["generated"]) == ("editor (deleted)", None, "cau")
    assert field(told, "note")["owner"] == "editor"
    text = printing.as_text(folder.why())
    assert "an editor's words; the generator would write: Cầu mới ở phái bộ" in text
    assert "deleted by an editor; it stays away" in text


def test_a_raw_article_that_has_changed(folder: Folder) -> None:
    folder.edit(RAW, "Cầu mới ở phái bộ", "Cầu mới rất xa")
    folder.edit(PAGE, "summary: ", "summary: Tóm tắt khác. #")
    told = folder.json()
    assert told["raw"]["status"] == "changed"
    assert (field(told, "title")["pending"], field(told, "title")["conflict"]) == (True, False)
    assert (field(told, "summary")["pending"], field(told, "summary")["conflict"]) == (False, True)
    folder.ingest()
    assert not field(folder.json(), "title")["pending"]


def test_what_would_be_taken_away_is_told(folder: Folder) -> None:
    folder.edit(RAW, " cho LHQ", "")
    told = field(folder.json(), "tags")
    assert (told["pending"], told["generated"]) == (True, None)
    assert "will take it away" in printing.as_text(folder.why())
    folder.ingest()
    assert "tags" not in folder.json()["fields"]


def test_what_the_sidecar_says(folder: Folder) -> None:
    folder.edit(RAW + SIDECAR, "sha256", 'url: "https://kin.example/cau-moi.html"\nsource: kin\nsha256')
    told = folder.json()
    assert (told["raw"]["url"], told["raw"]["source"]) == ("https://kin.example/cau-moi.html", "kin")
    assert field(told, "url")["candidates"][0]["how"] == "said by the editor (the sidecar, or --url)"
    assert field(told, "summary")["generated"] is None  # policy `link`
    assert told["policy"]["text"] == "link"


def test_a_doubt_is_open_then_settled(folder: Folder) -> None:
    folder.write(
        "content/raw/vd/b.txt", ARTICLE.replace(" 05/11/2026 08:18", "").replace("Cầu mới", "Cầu khác")
    )
    folder.ingest()
    held = "content/pages/held/cau-khac-o-phai-bo.md"
    told = folder.json(held)
    assert (told["state"], told["address"]) == ("held", None)
    assert [(one["field"], one["status"]) for one in told["reviews"]] == [("date", "open")]
    assert "A person must settle\n  date      the text gives 4/11 and no year" in printing.as_text(
        folder.why(held)
    )
    text = (folder.root / held).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("review:", "  - "))]
    folder.write(held, "\n".join(lines).replace("added:", 'date: "2026-11-05"\nadded:') + "\n")
    folder.ingest()
    told = folder.json("cau-khac-o-phai-bo")
    assert told["state"] == "published"
    assert [(one["field"], one["status"]) for one in told["reviews"]] == [("date", "settled")]
    assert field(told, "date")["owner"] == "editor"


def test_a_missing_field_that_no_review_names_is_told(folder: Folder) -> None:
    folder.edit(PAGE, "topic: cau\n", "")
    assert ("topic", "is missing", "open") in [
        (one["field"], one["why"], one["status"]) for one in folder.json()["reviews"]
    ]


def test_a_draft_and_the_words_of_the_raw_file_s_front_matter(folder: Folder) -> None:
    folder.write(
        "content/raw/vd/c.md",
        "---\ntitle: Nháp\ndraft: true\nnote: xem lại\ndate: 2026-11-05\ntopic: cau\n---\n\nMột cây cầu.\n",
    )
    folder.ingest()
    told = folder.json("nhap")
    assert told["state"] == "draft"
    assert {name: field(told, name)["owner"] for name in ("draft", "note", "title")} == {
        "draft": "container", "note": "container", "title": "generator",
    }  # fmt: skip


# --------------------------------------------------------------------------------- what is not there


def test_a_page_without_raw_article_is_the_editor_s(folder: Folder) -> None:
    name = "content/pages/articles/2026/11/tay.md"
    folder.write(
        name, '---\ntitle: "Viết tay"\ndate: "2026-11-05"\nsource: vd\ntopic: cau\n---\n\nMột câu.\n'
    )
    told = folder.json(name)
    assert (told["raw"]["status"], told["policy"], told["state"]) == ("none", None, "published")
    assert {one["owner"] for one in told["fields"].values()} == {"editor"}
    assert "none: the page is wholly an editor's" in printing.as_text(folder.why(name))


def test_the_raw_file_is_gone(folder: Folder) -> None:
    (folder.root / RAW).unlink()
    told = folder.json()
    assert told["raw"]["status"] == "missing"
    assert told["raw"]["added"]
    assert field(told, "title")["owner"] == "generator"
    assert not any(one["pending"] or one["conflict"] for one in told["fields"].values())
    assert "the file is gone" in printing.as_text(folder.why())


def test_the_sidecar_is_gone(folder: Folder) -> None:
    (folder.root / (RAW + SIDECAR)).unlink()
    told = folder.json()
    assert (told["raw"]["status"], told["raw"]["sidecar"]) == ("unknown", None)
    assert folder.why(RAW).page == PAGE


def test_the_raw_file_is_refused_now(folder: Folder) -> None:
    (folder.root / RAW).write_bytes(b"")
    told = folder.json()
    assert told["raw"]["status"] == "refused"
    assert told["problems"][0]["message"] == "the file is empty"
    assert "the file is empty" in printing.as_text(folder.why())


def test_a_broken_sidecar_is_told_and_stops_nothing(folder: Folder) -> None:
    folder.write(RAW + SIDECAR, "wat: 1\n")
    told = folder.json()
    assert told["problems"][0]["message"] == "unknown key `wat`"
    assert field(told, "title")["candidates"]


def test_a_page_that_cannot_be_read(folder: Folder) -> None:
    folder.write(PAGE, "---\ntitle: [\n---\n")
    told = folder.json()
    assert told["state"] == "unreadable"
    assert told["problems"][0]["level"] == "error"
    assert "cannot be read" in printing.as_text(folder.why())
    # Its raw file still tells what the generator would say.
    told = folder.json(RAW)
    assert field(told, "title")["generated"] == "Cầu mới ở phái bộ"


def test_a_raw_article_that_has_no_page_yet(folder: Folder) -> None:
    folder.write("content/raw/vd/moi.txt", ARTICLE.replace("Cầu mới", "Cầu sau"))
    told = folder.json("moi")
    assert (told["page"], told["state"], told["raw"]["status"]) == (None, "none", "unknown")
    assert field(told, "title")["generated"] == "Cầu sau ở phái bộ"
    assert field(told, "title")["pending"]
    assert "no page was made" in printing.as_text(folder.why("moi"))


def test_a_page_that_an_editor_deleted(folder: Folder) -> None:
    (folder.root / PAGE).unlink()
    told = folder.json(RAW)
    assert (told["page"], told["state"], told["raw"]["page"]) == (
        None,
        "deleted",
        "articles/2026/11/cau-moi-o-phai-bo.md",
    )
    assert not any(one["pending"] for one in told["fields"].values())
    text = printing.as_text(folder.why(RAW))
    assert "was deleted by an editor" in text
    assert "the generator would write: Cầu mới ở phái bộ" in text


def test_nothing_is_written(folder: Folder) -> None:
    def state() -> dict[str, tuple[int, bytes]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.read_bytes())
            for path in folder.root.rglob("*")
            if path.is_file()
        }

    before = state()
    for argument in (PAGE, RAW):
        folder.why(argument)
    assert state() == before


# -------------------------------------------------------------------------------------------- paper


@pytest.mark.parametrize("width", [40, 57, 80, 100, 300, 1])
def test_no_line_is_wider_than_the_paper(folder: Folder, width: int) -> None:
    folder.edit(PAGE, "lang: vi", f'url: "https://bao-vi-du.example/{"dai-" * 60}"\nlang: vi')
    lines = printing.as_text(folder.why(), width).splitlines()
    assert max(map(columns, lines)) <= max(LEAST_WIDTH, min(width, 100))


def test_hostile_values_do_not_command_the_terminal(folder: Folder) -> None:
    folder.edit(PAGE, 'title: "Cầu mới ở phái bộ"', 'title: "\\u001b[31mđỏ\\u202e\\u0007"')
    plain = printing.as_text(folder.why())
    assert not set(plain) & set("\x1b\u202e\x07")
    coloured = printing.as_text(folder.why(), colour=True)
    assert "\x1b[1m" in coloured
    assert "\x1b[31m" not in coloured
