"""`digest check` suggests what the vocabulary might take up: names that several articles speak of and no list knows."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import settings
from generator.check import Options, check
from generator.models import Article, Level, Problem
from generator.storage import Project
from generator.suggestions import MOST, Census
from generator.vocabulary.likeness import Likeness
from generator.vocabulary.names import Names

CONFIG = """\
site_name: Thử
plugins:
  - digest:
      sources:
        vd: {name: Báo Ví Dụ, dateline: [BVD]}
      topics:
        hb: {name: Gìn giữ hòa bình}
      tags:
        Liên hợp quốc: {aliases: [UN]}
        Cộng hòa Trung Phi:
          kind: place
          aliases: [CH Trung Phi]
        Niu Oóc: {kind: place}
        Jean-Pierre Lacroix: {kind: person}
        UNMAS: {kind: organisation}
        TP. Hồ Chí Minh: {kind: place}
        Abyei: {kind: place}
        Lê Thị Hoa: {kind: person}
"""
SETTINGS = settings.parse(yaml.safe_load(CONFIG)["plugins"][0]["digest"], text=CONFIG)


def suggest(*texts: str, title: str = "", authors: tuple[str, ...] = (), lang: str = "vi") -> list[Problem]:
    """What a check tells of articles with these texts."""
    census = Census(SETTINGS)
    for number, text in enumerate(texts):
        census.look(Article(page=f"articles/{number}.md", title=title, date=None, added=None, source="vd", topic="hb",
                            authors=authors, lang=lang, body=text))  # fmt: skip
    return census.suggest("site_config.yml", CONFIG)


def names(*texts: str) -> list[str]:
    return [problem.message.split("”")[0][1:] for problem in suggest(*texts)]


def hints(*texts: str) -> list[str]:
    return [problem.hint for problem in suggest(*texts)]


def thrice(sentence: str) -> list[str]:
    """Three articles that say so, with other words around it."""
    return [
        f"Hôm ấy {sentence}, theo lời kể.",
        f"Người ta thấy {sentence} vào buổi chiều.",
        f"Có {sentence} nữa.",
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("đội xe tới Malakal", ["Malakal"]),
        ("ông Phạm Hải Yến kể", ["Phạm Hải Yến"]),
        ("Thượng tá Phạm Hải Yến kể", ["Phạm Hải Yến"]),
        ("đại diện Bộ Ngoại giao có mặt", ["Bộ Ngoại giao"]),
        ("Bộ trưởng Bộ Quốc phòng đến thăm", ["Bộ Quốc phòng"]),
        ("trường Đại học Y Hà Đông mở lớp", ["Đại học Y Hà Đông"]),
        ("quân của MINUSMA rút đi", ["MINUSMA"]),
        ("họ gọi cho UNICEF", ["UNICEF"]),
        # known already, wholly or within a longer known name
        ("họ tới Liên hợp quốc", []),
        ("bà Lê Thị Hoa kể", []),
        ("họ tới TP. Hồ Chí Minh", []),
        ("đây là Phái bộ UNMAS", []),
        ("tờ Báo Ví Dụ viết", []),
        ("theo BVD thì", []),
        ("đội Gìn giữ hòa bình đến", []),
        # no names
        ("vào Tháng Chín trời mưa", []),
        ("Thứ Hai tới", []),
        ("gặp Thượng tá và Bộ trưởng", []),
        ("bữa ấy Ông và Bà cùng đi", []),
        ("BÀN GIAO CÂY CẦU", []),
        ("Trần kể", []),
    ],
)
def test_what_counts_as_an_unknown_name(sentence: str, found: list[str]) -> None:
    assert names(*thrice(sentence)) == found


def test_two_articles_are_too_few() -> None:
    assert names(*thrice("đội xe tới Malakal")[:2]) == []
    assert names("Malakal, Malakal và Malakal. " * 5, "Xe tới Malakal.") == []


def test_a_capital_at_a_sentence_s_start_proves_nothing() -> None:
    texts = ["Chuẩn Kenji lên đường.", "Mưa to. Chuẩn Kenji lên đường.", "“Chuẩn Kenji lên đường”."]
    assert names(*texts) == []
    assert names(*texts, "Rồi xe Chuẩn Kenji tới.") == ["Chuẩn Kenji"]


def test_a_word_that_stands_in_small_letters_too_is_no_name() -> None:
    assert names("họ có Robot mới", "thấy Robot ấy", "mua Robot rồi", "một con robot cũ") == []


def test_a_name_that_stands_nearly_everywhere_tells_nothing_apart() -> None:
    texts = [f"Bài {number} nói về Malakal ngày ấy." for number in range(30)]
    assert names(*texts) == []
    assert names(*texts[:10], *["Mưa cả ngày."] * 20) == ["Malakal"]


def test_languages_in_which_every_noun_has_a_capital_are_left_alone() -> None:
    assert suggest(*["Er sah die Zeitung dort."] * 3, lang="de") == []


def test_a_headline_in_capitals_tells_no_names() -> None:
    assert suggest(*["Mưa."] * 3, title="Village Bridge Reopens After Long Flood Season") == []


def test_an_author_is_known() -> None:
    assert suggest(*thrice("ông Phạm Hải Yến kể"), authors=("Phạm Hải Yến",)) == []


@pytest.mark.parametrize(
    ("sentence", "hint"),
    [
        ("lực lượng LHQ tới", "Its initials? Then write below `tags`, at `Liên hợp quốc`:  aliases: [UN, LHQ]"),
        ("xe vào Trung Phi", "A part of it? Then write below `tags`, at `Cộng hòa Trung Phi`:  aliases: [CH Trung Phi, Trung Phi]"),
        ("bay tới Niu Ooc", "The same without marks?"),
        ("ông Lacroix nói", "A part of it? Then write below `tags`, at `Jean-Pierre Lacroix`:  aliases: [Lacroix]"),
        ("xe tới Abyeil", "Nearly the same letters? Then write below `tags`, at `Abyei`:  aliases: [Abyeil]"),
        ("tại Malakal mưa", "for a new tag, write below `tags`:  Malakal: {kind: place}"),
        ("đại diện Bộ Ngoại giao có mặt", "for a new tag, write below `tags`:  Bộ Ngoại giao: {kind: organisation}"),
        ("ông Phạm Hải Yến kể", "for a new tag, write below `tags`:  Phạm Hải Yến: {kind: person}"),
        ("xe của Renault hỏng", "for a new tag, write below `tags`:  Renault: {}"),
    ],
)  # fmt: skip
def test_the_very_line_to_write(sentence: str, hint: str) -> None:
    found = hints(*thrice(sentence))
    assert len(found) == 1
    assert found[0].startswith(hint)


@pytest.mark.parametrize(
    "sentence", ["lực lượng LHQ tới", "đại diện Bộ Ngoại giao có mặt", "xe tới O'Hara-Đông", "gặp No.1 Yes"]
)
def test_the_line_is_yaml(sentence: str) -> None:
    for hint in hints(*thrice(sentence)):
        line = hint.partition(":  ")[2]
        values = yaml.safe_load(line)
        assert list(values) == ["aliases"] or isinstance(next(iter(values)), str)


def test_a_note_names_the_pages_and_its_line_in_the_settings() -> None:
    (note,) = suggest(*thrice("lực lượng LHQ tới"), "Họ gọi LHQ.")
    assert (note.path, note.line, note.level, note.rule) == (
        "site_config.yml",
        9,
        Level.NOTE,
        "alias-suggestion",
    )
    assert note.message == (
        "“LHQ” stands in 4 articles and is in no list here: articles/0.md, articles/1.md, articles/2.md and 1 more"
    )
    assert (
        CONFIG.splitlines()[suggest(*thrice("xe vào Trung Phi"))[0].line - 1]
        .strip()
        .startswith("aliases: [CH")
    )


def test_the_most_frequent_come_first_and_never_more_than_ten() -> None:
    words = [
        "Malakal",
        "Renault",
        "Kenji",
        "Torit",
        "Yambio",
        "Rumbek",
        "Kapoeta",
        "Pibor",
        "Akobo",
        "Nasir",
        "Maridi",
        "Bangassou",
    ]
    texts = [
        f"xe qua {word} rồi về, lần {number}."
        for place, word in enumerate(words)
        for number in range(3 + place)
    ]
    found = names(*texts)
    assert found == sorted(words, key=words.index, reverse=True)[:MOST]


def test_two_tags_with_the_same_initials_are_not_guessed() -> None:
    two = settings.parse({"tags": {"Liên hợp quốc": {}, "Lớp học quê": {}}})
    assert Likeness(two).find("LHQ") is None


@given(st.lists(st.text(max_size=120), max_size=5))
def test_no_text_breaks_the_count(texts: list[str]) -> None:
    for problem in suggest(*texts, *texts, *texts):
        assert problem.level is Level.NOTE


@pytest.mark.parametrize(
    "text",
    [
        "A " * 150_000,
        "Aa Bb. " * 43_000,
        "Bộ " * 100_000,
        "(A" * 150_000,
        "Nam\n" * 75_000,
        "Bộ — " * 60_000,
        "“" * 300_000,
    ],
)
def test_time_is_linear_in_hostile_text(text: str) -> None:
    found = Names(())
    start = time.process_time()
    found.look(text)
    for _ in range(3):
        found.look(text[:2000])
    found.unknown(10)
    assert time.process_time() - start < 6


def test_check_tells_them_last_and_as_notes(tmp_path: Path) -> None:
    (tmp_path / "site_config.yml").write_text(CONFIG, encoding="utf-8")
    pages = tmp_path / "content/pages/articles/2026/11"
    pages.mkdir(parents=True)
    for number, text in enumerate(thrice("đội xe tới Malakal")):
        head = f'---\ntitle: "Bài {number}"\ndate: "2026-11-05"\nsource: vd\ntopic: hb\n---\n\n'
        (pages / f"bai-{number}.md").write_text(head + text + "\n", encoding="utf-8")
    (pages / "hong.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    found = check(Project(tmp_path), SETTINGS, Options(now=dt.datetime(2026, 11, 21, tzinfo=dt.UTC))).problems
    assert [(problem.level, problem.rule) for problem in found] == [
        (Level.ERROR, "front-matter-yaml"), (Level.NOTE, "tag-suggestion"),
    ]  # fmt: skip
    assert (found[1].path, found[1].line) == ("site_config.yml", 8)
