from __future__ import annotations

import datetime as dt

import pytest

from generator import pages, settings
from generator.models import Block, BlockKind, DateStatus, Picture, Publication, Record, Review, Statement
from generator.text import count_words

SETTINGS = settings.parse(
    {
        "sources": {
            "full": {"name": "F", "text": "full", "licence": "CC BY 4.0"},
            "excerpt": {"name": "E", "text": "excerpt", "excerpt_words": 12},
            "summary": {"name": "S", "text": "summary", "excerpt_words": 5},
            "link": {"name": "L", "text": "link"},
            "pictures": {"name": "P", "text": "full", "images": True, "permission": "2026-11-01"},
        }
    }
)


def block(text: str, kind: BlockKind = BlockKind.PARAGRAPH, credit: str = "") -> Block:
    return Block(kind, text, text, credit)


BODY = (
    block("Một hai ba bốn. Năm sáu bảy tám chín."),
    block("Ảnh của buổi lễ.", BlockKind.CAPTION, "Minh Hà"),
    block("Mười mười một mười hai."),
)


def record(source: str | None, **changes: object) -> Record:
    values = {"raw": "content/raw/a.txt", "title": "T", "source": source, "source_known": True,
              "publication": Publication(DateStatus.SETTLED, dt.date(2026, 11, 1)), "lead": "Lời dẫn của bài.",
              "lead_kind": "sapo", "body": BODY}  # fmt: skip
    return Record(**{**values, **changes})  # type: ignore[arg-type]


def compose(source: str | None, **changes: object) -> pages.GeneratedPage:
    return pages.compose(record(source, **changes), SETTINGS)


def test_full_has_every_word() -> None:
    page = compose("full")
    assert page.fields["summary"] == "Lời dẫn của bài."
    assert page.body == (
        "Một hai ba bốn. Năm sáu bảy tám chín.\n\n*Ảnh của buổi lễ.* (Minh Hà)\n\nMười mười một mười hai."
    )


def test_excerpt_counts_lead_and_body_together_and_ends_with_a_sentence() -> None:
    page = compose("excerpt")
    assert page.fields["summary"] == "Lời dẫn của bài."
    assert page.body == "Một hai ba bốn."


def test_an_excerpt_below_a_summary_never_ends_within_a_sentence() -> None:
    long = (block("Một hai ba bốn năm sáu bảy tám chín mười mười một. Hết."),)
    assert compose("excerpt", body=long).body == ""
    assert (
        compose("excerpt", lead=None, lead_kind=None, body=long).body
        == "Một hai ba bốn năm sáu bảy tám chín mười mười một."
    )
    longer = (block("Một hai ba bốn năm sáu bảy tám chín mười mười một mười hai. Hết."),)
    assert compose("excerpt", lead=None, lead_kind=None, body=longer).body.endswith("mười một…")


def test_summary_is_cut_too() -> None:
    assert compose("summary", lead="Một hai ba bốn năm sáu bảy.").fields["summary"] == "Một hai ba bốn năm…"
    assert compose("summary").body == ""


def test_link_shows_nothing_of_the_text() -> None:
    page = compose("link")
    assert "summary" not in page.fields
    assert page.body == ""


@pytest.mark.parametrize("source", ["excerpt", "summary", "unknown", None])
def test_a_page_never_holds_more_than_the_policy_allows(source: str | None) -> None:
    long = " ".join(f"từ{n}" for n in range(200)) + "."
    page = compose(source, lead=long, body=(block(long), block(long)))
    limit = 60 if source in (None, "unknown") else SETTINGS.source(source).excerpt_words
    assert count_words(str(page.fields["summary"])) + count_words(page.body) <= limit


def test_a_lead_that_is_the_first_paragraph_is_not_shown_twice() -> None:
    page = compose("full", lead=BODY[0].text, lead_kind="first_paragraph")
    assert page.fields["summary"] == BODY[0].text
    assert not page.body.startswith("Một")


def test_doubts_and_only_values_that_are_there() -> None:
    doubt = Review("date", "no date")
    page = compose("full", publication=Publication(DateStatus.UNKNOWN, None), authors=(), reviews=(doubt,))
    assert page.reviews == (doubt,)
    assert set(page.fields) == {"title", "source", "summary"}


def test_an_editor_s_keys_of_a_markdown_file_are_passed_on() -> None:
    statements = (
        Statement("note", "Vì đáng đọc", "front matter"),
        Statement("draft", "true", "front matter"),
        Statement("top", "true", "front matter"),
    )
    page = compose("full", statements=statements)
    assert page.fields["note"] == "Vì đáng đọc"
    assert page.fields["draft"] is True
    assert "top" not in page.fields


def test_the_canonical_address_is_the_one_to_link_to() -> None:
    page = compose("full", url="https://a.example/x?utm=1", canonical_url="https://a.example/x")
    assert page.fields["url"] == "https://a.example/x"


FILE = "assets/images/0123456789abcdef0123.jpg"


def pictured(*pictures: Picture) -> tuple[Block, ...]:
    captions = (Block(BlockKind.CAPTION, "Lễ *mở*.", "Lễ \\*mở\\*.", "Minh Hà", one) for one in pictures)
    return (
        BODY[0],
        *captions,
        Block(BlockKind.CAPTION, "", "", picture=Picture(("t_files/b.jpg",), "B [1]", FILE)),
    )


def test_pictures_stand_with_their_captions() -> None:
    page = compose("pictures", body=pictured(Picture(("t_files/a.jpg",), file=FILE)))
    assert page.body.split("\n\n")[1:] == [
        f"![](/content/pages/{FILE})\n*Lễ \\*mở\\*.* (Minh Hà)",
        f"![B &lbrack;1&rbrack;](/content/pages/{FILE})",
    ]


def test_a_picture_that_was_not_kept_leaves_its_caption() -> None:
    assert (
        compose("pictures", body=pictured(Picture(("t_files/a.jpg",)))).body.split("\n\n")[1]
        == "*Lễ \\*mở\\*.* (Minh Hà)"
    )


@pytest.mark.parametrize("source", ["full", "excerpt", "summary", "link", "unknown", None])
def test_no_page_holds_a_picture_that_its_source_does_not_allow(source: str | None) -> None:
    assert FILE not in compose(source, body=pictured(Picture(("t_files/a.jpg",), file=FILE))).body


def test_old_addresses_of_a_markdown_file_come_along() -> None:
    statements = tuple(
        Statement("aliases", value, "front matter `aliases`")
        for value in ("/2019/cu/", "bai/so-1.html", "http://x/..")
    )
    made = compose("full", statements=statements)
    assert made.fields["aliases"] == ["/2019/cu/", "bai/so-1.html"]
