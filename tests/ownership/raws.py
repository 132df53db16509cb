"""Raw articles of an invented outlet, and the settings they are read under: each a function of a few small numbers, so
that a step of the hunt changes one and the model knows what stands in the file."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator import settings as digest_settings
from generator.settings import Settings

TITLES = ("Đội công binh dựng lại cầu tạm", "Cầu tạm của bốn bản đã thông", "Thợ cầu phái bộ trở lại suối")
LEADS = (
    "Cây cầu tạm nối hai bờ suối đã chịu được xe chở nước của phái bộ.",
    "Sau mùa lũ, phái bộ nối lại hai bờ suối bằng một cây cầu tạm.",
    "Từ nay xe chở nước của phái bộ không phải vòng qua ngầm đá.",
)
TEXTS = (
    "tổ mộc khiêng dầm qua suối rồi gọi LHQ đến nghiệm thu. Mặt cầu lát gỗ cũ.",
    "tổ mộc thay sáu tấm ván và mời già làng ở Bản Đông đi thử. Mặt cầu không rung.",
    "tổ mộc nghỉ tay vì mưa. Dầm cầu vẫn nằm trên bờ chờ nước rút.",
)
ENDS = ("Bếp đội nấu cháo cho cả hai bản.", "Buổi chiều, bọn trẻ chạy qua chạy lại đếm ván.")
DAYS = (5, 7)
HOURS = {"mot": "08", "hai": "10", "ba": "14"}
SECTIONS = ("", "Công binh", "Đời sống")
AUTHORS = ("", "Lò Văn Suối")
NOTES = ("", "Chọn vì có tiếng nói của già làng", "Bài nối tiếp tuần trước")

RANGES: Mapping[str, int] = {
    "title": 3,
    "lead": 3,
    "text": 3,
    "end": 2,
    "date": 4,
    "mark": 3,
    "section": 3,
    "author": 2,
    "note": 3,
}
"""Attribute → how many values it has. `date` 2 and 3 name no year, `mark` 1 names no source."""
FILES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "a": ("vd/cau.txt", ("",)),
    "b": ("vd/khac/cau-hai.txt", ("",)),
    "c": ("vd/ngầm đá.txt", ("",)),
    "h": ("vd/trang.html", ("",)),
    "m": ("tay/ghi.md", ("",)),
    "f": ("vd/tin.xml", ("mot", "hai", "ba")),
}
"""Raw file of the model → where it lies first, and its items."""


def digest(data: bytes) -> str:
    """The fingerprint by which the register knows a raw file."""
    return hashlib.sha256(data).hexdigest()


def id_of(item: str) -> str:
    """What the feed calls an item."""
    return f"tin-so-{item}"


def attributes(file: str) -> tuple[str, ...]:
    """What can change in a raw file of that name."""
    match file[0]:
        case "h":
            return ("title", "lead", "text", "end", "date", "section", "author")
        case "m":
            return ("title", "lead", "text", "date", "section", "author", "note")
        case "f":
            return ("title", "text", "date", "here")
        case _:
            return ("title", "lead", "text", "end", "date", "mark")


def write(file: str, words: Mapping[str, Mapping[str, int]]) -> bytes:
    """The bytes of a raw file: item → attribute → number."""
    if file[0] == "f":
        items = "\n".join(_item(name, one) for name, one in words.items() if one["here"])
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Báo Ví Dụ</title>\n'
            f"<link>https://bao-vi-du.example/</link>\n{items}\n</channel></rss>\n"
        ).encode()
    make = {"h": _page, "m": _markdown}.get(file[0], _text)
    return make(file, words[""]).encode()


def _title(file: str, number: int) -> str:
    # Two of the files have the same titles: they ask for the same addresses.
    return TITLES[number] if file[0] in "ab" else f"{TITLES[number]}, chuyện {file[0]}"


def _text(file: str, one: Mapping[str, int]) -> str:
    mark = ("(BVD)- ", "", "(NGN)- ")[one["mark"]]
    day = DAYS[one["date"] % 2]
    stamp = f" 0{day}/11/2026 08:18" if one["date"] < 2 else ""
    return textwrap.dedent(
        f"""\
        {_title(file, one["title"])}{stamp}

        {mark}{LEADS[one["lead"]]}

        Ngày {day - 1}/11, {TEXTS[one["text"]]}

        Ở lán {file}, {ENDS[one["end"]]}
        """
    )


def _page(file: str, one: Mapping[str, int]) -> str:
    title, day = _title(file, one["title"]), DAYS[one["date"] % 2]
    time = (
        f'<meta property="article:published_time" content="2026-11-0{day}T08:18:00+07:00">'
        if one["date"] < 2
        else ""
    )
    section = (
        f'<meta property="article:section" content="{SECTIONS[one["section"]]}">' if one["section"] else ""
    )
    author = f'<meta name="author" content="{AUTHORS[one["author"]]}">' if one["author"] else ""
    return textwrap.dedent(
        f"""\
        <!DOCTYPE html><html lang="vi"><head><title>{title} - Báo Ví Dụ</title>
        <meta property="og:site_name" content="Báo Ví Dụ">
        {time}
        {section}
        {author}
        </head><body><article><h1>{title}</h1>

        <p>{LEADS[one["lead"]]}</p>

        <p>Ngày {day - 1}/11, {TEXTS[one["text"]]}</p>

        <p>{ENDS[one["end"]]}</p>
        </article></body></html>
        """
    )


def _markdown(file: str, one: Mapping[str, int]) -> str:
    day = DAYS[one["date"] % 2]
    lines = [f"title: {_title(file, one['title'])}", "source: vd"]
    lines += [f"date: 2026-11-0{day}"] if one["date"] < 2 else []
    lines += [f"section: {SECTIONS[one['section']]}"] if one["section"] else []
    lines += [f"authors: [{AUTHORS[one['author']]}]"] if one["author"] else []
    lines += [f"note: {NOTES[one['note']]}"] if one["note"] else []
    head = "\n".join(lines)
    return f"---\n{head}\n---\n\n{LEADS[one['lead']]}\n\nNgày {day - 1}/11, {TEXTS[one['text']]}\n"


def _item(name: str, one: Mapping[str, int]) -> str:
    day = DAYS[one["date"] % 2]
    date = (
        f"<pubDate>{('Thu', 'Sat')[one['date'] % 2]}, 0{day} Nov 2026 {HOURS[name]}:18:00 +0700</pubDate>"
        if one["date"] < 2
        else ""
    )
    return (
        f"<item><title>{TITLES[one['title']]}, tin {name}</title>\n<link>https://bao-vi-du.example/tin/{name}</link>\n"
        f"<guid>{id_of(name)}</guid>\n{date}\n<description>{LEADS[0]} Ngày {day - 1}/11, {TEXTS[one['text']]}</description>\n</item>\n"
    )


def _settings(**changes: Any) -> Settings:
    vd = {
        "name": "Báo Ví Dụ",
        "domains": ["bao-vi-du.example"],
        "dateline": ["BVD"],
        "text": "full",
        "licence": "CC BY 4.0",
    }
    return digest_settings.parse(
        {
            "sources": {
                "vd": vd | changes.get("vd", {}),
                "ngn": {"name": "Nguồn Giả Nghĩ", "dateline": ["NGN"], "text": "excerpt"},
            },
            "topics": {
                "cau-duong": {"name": "Cầu đường", "terms": changes.get("terms", ["cầu tạm", "phái bộ"])}
            },
            "tags": changes.get("tags", {"Liên hợp quốc": {"aliases": ["LHQ"]}}),
        }
    )


SETTINGS = (
    _settings(),
    _settings(tags={"Liên hợp quốc": {}, "Bản Đông": {"kind": "place"}, "Già làng": {}}),
    _settings(vd={"text": "excerpt", "excerpt_words": 20, "licence": ""}),
    _settings(vd={"text": "link", "licence": ""}, tags={}),
    _settings(terms=["thủy điện"]),
)
"""As shipped; another vocabulary; two other policies of the source; a topic that no article speaks of."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """What the generator has to say about one article: the page that an empty digest would make of it."""

    fields: Mapping[str, Any]
    body: str
    doubts: Mapping[str, tuple[str, tuple[str, ...]]]
    """Field → its review line, and what was to choose from."""
