from __future__ import annotations

import itertools
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import settings
from generator.models import Block, BlockKind, DateStatus, Publication, Record, Statement
from generator.text import fold_tone_place
from generator.vocabulary import Matcher, Vocabulary, word_key

SETTINGS = settings.parse(
    {
        "sources": {"vd": {"name": "Báo Ví Dụ", "sections": {"Quân y": "quan-y"}}},
        "topics": {
            "gin-giu-hoa-binh": {"name": "Gìn giữ hòa bình", "terms": ["phái bộ"]},
            "quan-y": {"name": "Quân y", "terms": ["bệnh viện dã chiến"]},
        },
        "tags": {
            "Liên hợp quốc": {"aliases": ["LHQ", "Liên Hợp Quốc"]},
            "Hội đồng Bảo an Liên hợp quốc": {},
            "An Giang": {},
            "Ủy ban nhân dân": {"aliases": ["UBND"]},
            "Nguyên Đán": {},
            "Phụ nữ, hòa bình và an ninh": {},
            "Thành phố Hồ Chí Minh": {"aliases": ["TP. Hồ Chí Minh", "TP.HCM"]},
        },
    }
)
VOCABULARY = Vocabulary.of(SETTINGS)


def record(title: str = "", lead: str = "", *body: str, **changes: object) -> Record:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, text) for text in body)
    values = {"raw": "a", "title": title, "publication": Publication(DateStatus.UNKNOWN, None), "source": "vd",
              "source_known": True, "lead": lead, "lead_kind": "sapo", "body": blocks}  # fmt: skip
    return Record(**{**values, **changes})  # type: ignore[arg-type]


def terms(text: str) -> list[str]:
    return [term for term, _ in VOCABULARY.tags.find(text)]


def test_spellings_of_one_word() -> None:
    assert terms("Uỷ ban nhân dân, ủy ban nhân dân, ỦY BAN NHÂN DÂN") == ["Ủy ban nhân dân"] * 3


def test_word_borders_are_unicode_s() -> None:
    assert terms("Tết Nguyên Đán ở Nguyên Đáng") == ["Nguyên Đán"]
    assert Matcher([("án", "án")]).find("Tết Nguyên Đán") == []


def test_the_longest_label_takes_the_words() -> None:
    assert terms("Hội đồng Bảo an Liên hợp quốc họp") == ["Hội đồng Bảo an Liên hợp quốc"]
    assert terms("Hội đồng Bảo an, Liên hợp quốc") == ["Liên hợp quốc"]


def test_a_word_in_capitals_is_matched_in_capitals() -> None:
    assert terms("LHQ và lhq") == ["Liên hợp quốc"]


def test_words_across_a_full_stop_are_no_label() -> None:
    assert terms("Bình an. Giang sơn") == []
    assert terms("an  giang, An\nGiang") == ["An Giang", "An Giang"]


def test_a_label_s_own_marks_count() -> None:
    assert terms("chương trình Phụ nữ, hoà bình và an ninh") == ["Phụ nữ, hòa bình và an ninh"]
    assert terms("phụ nữ hòa bình và an ninh") == []
    assert terms("ở TP. Hồ Chí Minh và TP.HCM, TP HCM") == ["Thành phố Hồ Chí Minh"] * 2


def test_title_and_lead_weigh_more() -> None:
    found = VOCABULARY.label(record("Tết Nguyên Đán", "", "LHQ.", "LHQ.", "LHQ. Phái bộ"))
    assert found.tags == ("Nguyên Đán", "Liên hợp quốc")
    first, second = found.evidence[-1].candidates
    assert (second.how, second.text) == ("body ×3", "LHQ")
    assert first.confidence > second.confidence


def test_topic_by_section_and_words() -> None:
    assert VOCABULARY.label(record("Phái bộ mới", section="Quân y")).topic == "quan-y"
    assert VOCABULARY.label(record("Phái bộ mới")).topic == "gin-giu-hoa-binh"


def test_a_topic_that_nothing_speaks_for_is_held() -> None:
    found = VOCABULARY.label(record("Giá vàng"))
    assert found.topic is None
    assert [review.field for review in found.reviews] == ["topic"]


def test_a_tie_is_not_guessed() -> None:
    found = VOCABULARY.label(record("Bệnh viện dã chiến của phái bộ"))
    assert found.topic is None
    assert found.reviews[0].candidates == ("gin-giu-hoa-binh", "quan-y")


def test_a_lead_within_the_body_counts_once() -> None:
    lead = "Phái bộ họp ở LHQ."
    found = VOCABULARY.label(record("", lead, lead, "Tết Nguyên Đán.", lead_kind="first_paragraph"))
    assert found.evidence[-1].candidates[0].how == "lead ×1"


def test_labels_that_the_article_brings_along() -> None:
    statements = (Statement("tag", "LHQ", "front matter tags"), Statement("tag", "lạ", "front matter tags"),
                  Statement("topic", "quan-y", "front matter topic"))  # fmt: skip
    found = VOCABULARY.label(record("Phái bộ", statements=statements))
    assert found.tags == ("Liên hợp quốc",)
    assert found.topic == "quan-y"


# ------------------------------------------------------------------------------------- spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("uỷ", "ủy"), ("sỹ", "sĩ"), ("kĩ", "kỹ"), ("lí", "lý"), ("mĩ", "mỹ"), ("hi", "hy"), ("tỉ", "tỷ"),
     ("quí", "quý"), ("qui", "quy"), ("quì", "quỳ"), ("khoẻ", "khỏe")],
)  # fmt: skip
def test_two_spellings_of_one_word_have_one_key(one: str, other: str) -> None:
    assert word_key(one) == word_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("thúi", "thúy"), ("tui", "tuy"), ("vĩ", "vỹ"), ("hoàn", "hòan"), ("lui", "luy"), ("ai", "ay"), ("mi", "mí"),
     ("nghi", "nghy"), ("sky", "ski")],
)  # fmt: skip
def test_two_words_stay_two(one: str, other: str) -> None:
    assert word_key(one) != word_key(other)


def find(wording: str, text: str, *, name: bool = False) -> list[str]:
    return [words for _, words in Matcher([(wording, "x")], {"x"} if name else ()).find(text)]


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("sĩ quan", "Sỹ quan và sĩ quan", ["Sỹ quan", "sĩ quan"]),
        ("Ủy ban", "UỶ BAN, uỷ ban", ["UỶ BAN", "uỷ ban"]),
        ("WHO", "who, Who, WHO", ["WHO"]),
        ("Nam Xu-đăng", "Nam Xu-đăng, Nam Xu đăng, Nam Xu–đăng, Nam Xu - đăng", ["Nam Xu-đăng", "Nam Xu đăng", "Nam Xu–đăng"]),
        ("An Giang", "bình an - Giang sơn", []),
        ("An Giang", "bình an — Giang sơn", []),
        ("Việt - Lào", "Việt - Lào, Việt-Lào, Việt, Lào", ["Việt - Lào", "Việt-Lào"]),
        ('Chương trình "Sức khỏe xanh"', "chương trình “Sức khoẻ xanh” và chương trình Sức khỏe xanh",
         ["chương trình “Sức khoẻ xanh", "chương trình Sức khỏe xanh"]),
        ("Phái bộ (UNMISS)", "phái bộ (UNMISS), phái bộ UNMISS", ["phái bộ (UNMISS"]),
        ("Israel/Palestine", "Israel/Palestine, Israel / Palestine, Israel Palestine", ["Israel/Palestine", "Israel / Palestine"]),
        ("women's rights", "women’s rights, womens rights", ["women’s rights"]),
        ("peacekeeper", "peacekeepers, a peacekeeper", ["peacekeepers", "peacekeeper"]),
        ("engineers", "an engineer", ["engineer"]),
        ("blue berets", "the blue beret", ["blue beret"]),
        ("policy", "policies", ["policies"]),
        ("news", "a new road", []),
        ("Times", "many times, one time", ["times"]),
        ("联合国", "联合国秘书长访问越南", ["联合国"]),
        ("유엔", "유엔은 어제", ["유엔"]),
        ("ООН", "Генсек ООН", ["ООН"]),
        ("ООН", "в оон", []),
        ("สหประชาชาติ", "องค์การสหประชาชาติประกาศ", ["สหประชาชาติ"]),
        ("भारत", "भारतीय सेना, भारत में", ["भारत"]),
        ("án", "Tết Nguyên Đán, một án", ["án"]),
        ("Straße", "STRASSE, straße", ["straße"]),
        ("İzmir", "İzmir", ["İzmir"]),
    ],
)  # fmt: skip
def test_what_stands_for_a_wording(wording: str, text: str, found: list[str]) -> None:
    assert find(wording, text) == found


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("Hòa Bình", "ở Hoà Bình, gìn giữ hòa bình, HÒA BÌNH", ["Hoà Bình", "HÒA BÌNH"]),
        ("Dải Gaza", "dải Gaza", ["dải Gaza"]),
        ("Thành phố Hồ Chí Minh", "thành phố Hồ Chí Minh", ["thành phố Hồ Chí Minh"]),
        ("Nam Xu-đăng", "Nam Xu-đăng", ["Nam Xu-đăng"]),
        ("Sudan", "Nam Sudan và Sudan; phía Nam Sudan; South Sudan", ["Sudan", "Sudan"]),
        ("Nam Sudan", "Cộng hòa Nam Sudan", ["Nam Sudan"]),
        ("Hà Nội", "Đại học Y Hà Nội, phía nam Hà Nội", ["Hà Nội", "Hà Nội"]),
    ],
)
def test_a_place_has_its_capitals_and_its_direction(wording: str, text: str, found: list[str]) -> None:
    assert find(wording, text, name=True) == found


def test_no_label_reaches_from_one_paragraph_into_the_next() -> None:
    found = VOCABULARY.label(record("Phái bộ", "", "Mọi người bình an", "Giang sơn vững bền."))
    assert found.tags == ()


# ---------------------------------------------------------------------------------------- oracle

_LOOSE = re.compile("[\\s\"'“”„‟‘’‚‛«»‹›`´]+")
SYLLABLES = ["an", "giang", "hòa", "hoà", "bình", "uỷ", "ủy", "ban", "sĩ", "sỹ", "quan", "LHQ", "lhq", "An", "Giang", "ủ",
             "HÒA", "quý", "quí", "x1", "_an", "İ"]  # fmt: skip
MARKS = [
    " ",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    ", ",
    ". ",
    "-",
    " - ",
    "–",
    " — ",
    " “",
    "” ",
    "'",
    "/",
    " (",
    ") ",
    "…",
    "2",
]
WORDINGS = ["an", "an giang", "hòa bình", "ủy ban hòa bình", "hòa bình an", "sĩ quan", "LHQ", "ủy ban", "an, giang", "quý ban",
            "an - giang", "bình an giang", "giang hòa-bình"]  # fmt: skip


def naive_key(word: str) -> str:
    if re.fullmatch("(?:[hklmst]|qu)[iìíỉĩị]", word):
        word = word[:-1] + "yỳýỷỹỵ"["iìíỉĩị".index(word[-1])]
    return fold_tone_place(word)


def naive_joint(gap: str) -> str:
    marks = _LOOSE.sub("", gap)
    if marks and set(marks) <= set("-‐‑‒–—―−"):
        return "" if marks == gap and marks not in "—―" else "-"
    return marks


def naive_find(wordings: list[str], text: str) -> list[tuple[str, str]]:
    """The same by trying every wording at every word, over the whole text cut by one pattern."""
    lowered = "".join(char if len(char.lower()) != 1 else char.lower() for char in text)
    words = list(re.finditer(r"\w+", lowered))
    entries = []
    for wording in wordings:
        own = list(re.finditer(r"\w+", wording.lower()))
        joints = [naive_joint(wording[a.end() : b.start()]) for a, b in itertools.pairwise(own)]
        capitals = wording.isupper()
        entries.append(([naive_key(word.group()) for word in own], joints, capitals, wording))
    entries.sort(key=lambda entry: (-len(entry[0]), entry[0], entry[3]))
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        taken = 0
        for keys, joints, capitals, wording in entries:
            run = words[at : at + len(keys)]
            if len(keys) < taken or [naive_key(word.group()) for word in run] != keys:
                continue
            gaps = [naive_joint(text[a.end() : b.start()]) for a, b in itertools.pairwise(run)]
            if any(
                own != joint and not (joint == "-" and not own)
                for own, joint in zip(gaps, joints, strict=True)
            ):
                continue
            surface = text[run[0].start() : run[-1].end()]
            if not capitals or surface.isupper():
                taken = len(keys)
                found.append((wording, " ".join(surface.split())))
        at += taken or 1
    return found


@given(
    st.lists(st.tuples(st.sampled_from(SYLLABLES), st.sampled_from(MARKS)), max_size=40),
    st.sets(st.sampled_from(WORDINGS)),
)
def test_the_quick_way_finds_what_the_slow_way_finds(
    pieces: list[tuple[str, str]], wordings: set[str]
) -> None:
    text = "".join(word + mark for word, mark in pieces)
    ordered = sorted(wordings)
    assert Matcher([(wording, wording) for wording in ordered]).find(text) == naive_find(ordered, text)


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=6), max_size=4))
def test_no_text_and_no_wording_breaks_it(text: str, wordings: list[str]) -> None:
    for _, words in Matcher([(wording, wording) for wording in wordings]).find(text):
        assert words


@pytest.mark.parametrize(
    "text",
    ["an " * 100_000, "an-" * 100_000, "— " * 150_000 + "an", "an — " * 60_000, "a" * 300_000, "an\n" * 75_000, "(" * 300_000,
     "联" * 100_000],
    ids=["words", "hyphens", "dashes", "between dashes", "one word", "lines", "brackets", "no spaces"],
)  # fmt: skip
def test_time_is_linear_in_hostile_text(text: str) -> None:
    matcher = Matcher([("an giang an giang an", "x"), ("an, an", "y"), ("联合国", "z")])
    start = time.process_time()
    matcher.find(text)
    assert time.process_time() - start < 5


# ----------------------------------------------------------------------------------------- topic

TOPICS = settings.parse(
    {
        "sources": {"vd": {"name": "Báo Ví Dụ", "sections": {"Quân y": "y"}}},
        "topics": {
            "y": {"name": "Y tế quân đội", "terms": ["bác sĩ", "ca mổ"]},
            "cau": {"name": "Cầu đường", "terms": ["cây cầu", "máy xúc"]},
            "hoc": {"name": "Lớp học", "terms": ["học viên"]},
        },
    }
)
TOPIC = Vocabulary.of(TOPICS)


@pytest.mark.parametrize(
    ("title", "lead", "body", "section", "topic", "near"),
    [
        ("Bác sĩ ở trạm xa", "Một cây cầu", "Cây cầu, máy xúc, cây cầu.", None, "y", ()),
        ("Bác sĩ bên cây cầu", "", "", "Quân y", "y", ()),
        ("Cây cầu mới, cây cầu xa", "Cây cầu", "Máy xúc", "Quân y", "y", ()),
        ("Bác sĩ bên cây cầu", "", "", None, None, ("cau", "y")),
        ("Bác sĩ bên cây cầu", "Ca mổ", "", None, "y", ()),
        ("Bác sĩ bên cây cầu", "", "Ca mổ", None, None, ("y", "cau")),
        ("", "Bác sĩ", "Cây cầu.", None, "y", ()),
        ("", "Bác sĩ", "Cây cầu, máy xúc, cây cầu.", None, None, ("y", "cau")),
        ("", "", "Một bác sĩ.", None, "y", ()),
        ("", "", "Bác sĩ, bác sĩ. Cây cầu.", None, "y", ()),
        ("", "", "Bác sĩ, bác sĩ, ca mổ. Cây cầu, máy xúc.", None, None, ("y", "cau")),
        ("", "", "Bác sĩ, cây cầu, học viên.", None, None, ("cau", "hoc", "y")),
        ("Giá vàng", "", "", None, None, ()),
    ],
)
def test_a_topic_is_settled_or_held(
    title: str, lead: str, body: str, section: str | None, topic: str | None, near: tuple[str, ...]
) -> None:
    found = TOPIC.label(record(title, lead, body, section=section))
    assert found.topic == topic
    assert [review.field for review in found.reviews] == ([] if topic else ["topic"])
    assert [review.candidates for review in found.reviews] == ([] if topic else [near])


def test_a_held_topic_says_in_which_words() -> None:
    review = TOPIC.label(record("Bác sĩ bên cây cầu")).reviews[0]
    assert "cau (title ×1: cây cầu), y (title ×1: Bác sĩ)" in review.why


def test_a_body_of_any_length_weighs_less_than_the_title() -> None:
    found = TOPIC.label(record("", "", "Cây cầu. " * 500))
    title = TOPIC.label(record("Bác sĩ"))
    assert found.evidence[0].candidates[0].confidence < title.evidence[0].candidates[0].confidence


def test_a_topic_may_be_stated_by_its_name() -> None:
    found = TOPIC.label(record("Bác sĩ", statements=(Statement("topic", "Cầu đường", "front matter topic"),)))
    assert found.topic == "cau"
    assert [one.value for one in found.evidence[0].candidates] == ["cau", "y"]


def test_stated_labels_have_evidence_too() -> None:
    statements = (Statement("tag", "ubnd", "front matter tags"),)
    found = VOCABULARY.label(record("Phái bộ", statements=statements))
    assert found.tags == ("Ủy ban nhân dân",)
    assert (found.evidence[-1].candidates[0].how, found.evidence[-1].candidates[0].text) == (
        "front matter tags",
        "ubnd",
    )
