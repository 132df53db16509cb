from __future__ import annotations

from generator import settings
from generator.models import Block, BlockKind, DateStatus, Publication, Record, Statement
from generator.vocabulary import Matcher, Vocabulary

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
    assert found.evidence[-1].candidates[1].how == "body ×3"


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
