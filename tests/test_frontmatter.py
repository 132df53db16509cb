from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import frontmatter
from generator.errors import PageError
from generator.models import MetaValue

CASES = sorted((Path(__file__).parent / "cases" / "frontmatter").glob("*.yml"))

words = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"))
scalars = st.one_of(words, st.booleans(), st.integers(-(10**17), 10**17), st.none())
keys = st.text(alphabet=st.characters(categories=["L", "Nd", "P", "Zs"]), min_size=1, max_size=12)
metas = st.dictionaries(
    st.one_of(st.sampled_from(frontmatter.KEY_ORDER), keys),
    st.one_of(scalars, st.lists(scalars, max_size=4), st.dictionaries(keys, scalars, max_size=4)),
    max_size=8,
)


@given(metas)
def test_what_is_written_is_read_back(meta: dict[str, MetaValue]) -> None:
    assert frontmatter.load(frontmatter.dump(meta), "x.md") == meta


@given(metas)
def test_another_yaml_program_reads_the_same_words(meta: dict[str, MetaValue]) -> None:
    """PyYAML's own loader knows YAML 1.1's dates, sexagesimals and `yes`: none of ours may become one."""
    assert yaml.safe_load(frontmatter.dump(meta)) == (meta or None)


@given(metas, metas)
def test_replace_changes_what_it_is_told_and_nothing_else(
    meta: dict[str, MetaValue], changes: dict[str, MetaValue]
) -> None:
    block = frontmatter.replace(frontmatter.dump(meta), changes, "x.md")
    assert frontmatter.load(block, "x.md") == {**meta, **changes}


@given(metas, st.lists(keys, max_size=2))
def test_deleting_takes_one_key_away(meta: dict[str, MetaValue], others: list[str]) -> None:
    for key in (*list(meta)[:2], *others):
        block = frontmatter.replace(frontmatter.dump(meta), {key: frontmatter.DELETE}, "x.md")
        assert frontmatter.load(block, "x.md") == {name: value for name, value in meta.items() if name != key}


@given(words)
def test_a_file_is_split_where_it_was_joined(body: str) -> None:
    body = body.strip("\n")
    block, rest, line = frontmatter.split(frontmatter.join('title: "x"\n', body), "x.md")
    assert block == 'title: "x"\n'
    assert rest.strip("\n") == body
    assert line == 4


def test_an_editor_s_comments_and_layout_stay() -> None:
    block = (
        "# của tôi\n"
        'title: "A: b"   # giữ\n'
        "date: 2025-05-22\n"
        "review:\n"
        '  - "date: x"   # vì sao\n'
        "  # cuối\n"
        "\n"
        "note: |\n"
        "  dòng một\n"
        "  dòng hai\n"
        "x: No\n"
    )
    changed = frontmatter.replace(block, {"title": "Mới", "summary": "Tóm tắt", "note": "n"}, "x.md")
    assert changed == (
        "# của tôi\n"
        'title: "Mới"   # giữ\n'
        "date: 2025-05-22\n"
        'summary: "Tóm tắt"\n'
        "review:\n"
        '  - "date: x"   # vì sao\n'
        "  # cuối\n"
        "\n"
        'note: "n"\n'
        "x: No\n"
    )


def read(text: str) -> dict[str, MetaValue]:
    return frontmatter.load(frontmatter.split(text, "x.md")[0] or "", "x.md")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_what_cannot_be_read_is_told_with_its_line(case: Path) -> None:
    for golden in yaml.safe_load(case.read_text(encoding="utf-8")):
        text = golden["text"] * golden.get("times", 1)
        with pytest.raises(PageError) as caught:
            read(text)
        assert str(caught.value) == golden["problem"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("No", "No"), ("12:30", "12:30"), ("2025-05-22", "2025-05-22"), ("007", "007"), ("1e3", "1e3"),
     ("true", True), ("42", 42), ("~", None), ("", None), ("1_000", "1_000"), ("0x1F", "0x1F"),
     ("9" * 400, "9" * 400)],
)  # fmt: skip
def test_plain_words_stay_words(text: str, value: MetaValue) -> None:
    assert frontmatter.load(f"x: {text}\n", "x.md") == {"x": value}


def test_line_ends_and_a_byte_order_mark_are_no_edit() -> None:
    text = "\ufeff---\r\ntitle: x\r\n---\r\n\r\nNội dung\r\n"
    block, body, _ = frontmatter.split(text, "x.md")
    assert frontmatter.load(block or "", "x.md") == {"title": "x"}
    assert frontmatter.body_fingerprint(body) == frontmatter.body_fingerprint("Nội dung")


def test_a_body_that_looks_like_front_matter_is_none() -> None:
    assert frontmatter.split("Hotline: 0123\n---\nx", "x.md")[0] is None
    assert frontmatter.split("----\na: b\n----\n", "x.md")[0] is None
