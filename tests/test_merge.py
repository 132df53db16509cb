"""Ownership: what the generator may write, and that no editor's word is ever lost."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from generator import frontmatter, merge
from generator.models import MetaValue, Review
from generator.pages import FIELDS, GeneratedPage

ADDED = dt.datetime(2026, 11, 1, 7, tzinfo=dt.timezone(dt.timedelta(hours=7)))
DOUBT = Review(
    "date", "the text gives 24/9 and no year; candidates 2025-09-24, 2024-09-24", ("2025-09-24", "2024-09-24")
)


def page(body: str = "Một.", reviews: tuple[Review, ...] = (), **fields: MetaValue) -> GeneratedPage:
    return GeneratedPage(raw="content/raw/a.txt", fields=fields, body=body, reviews=reviews)


def edit(text: str, body: str | None = None, **changes: MetaValue | frontmatter.Delete) -> str:
    block, old, _ = frontmatter.split(text, "x.md")
    block = frontmatter.replace(block or "", changes, "x.md")
    return frontmatter.join(block, old if body is None else body)


def meta_of(text: str) -> dict[str, MetaValue]:
    return frontmatter.load(frontmatter.split(text, "x.md")[0] or "", "x.md")


def merged(
    text: str, generated: GeneratedPage, *, filed: bool = True, refresh: frozenset[str] = merge.NOTHING
) -> merge.Merge:
    return merge.merge(text, generated, "x.md", filed=filed, refresh=refresh)


def test_a_generator_s_field_follows_the_raw_article() -> None:
    text = merge.create(page(title="Cũ", summary="S"), ADDED)
    done = merged(text, page(title="Mới", summary="S"))
    assert meta_of(done.text)["title"] == "Mới"
    assert done.updated == ("title",)
    assert not done.conflicts


def test_an_editor_s_field_stays_and_the_conflict_is_told_once() -> None:
    text = edit(merge.create(page(title="Cũ"), ADDED), title="Của biên tập")
    assert not merged(text, page(title="Cũ")).conflicts
    done = merged(text, page(title="Mới"))
    assert meta_of(done.text)["title"] == "Của biên tập"
    assert done.conflicts == ("title",)
    assert _marks(done.text)["conflict.title"] == frontmatter.fingerprint("Của biên tập")
    again = merged(done.text, page(title="Mới"))
    assert again.text == done.text
    assert not again.conflicts


def test_a_conflict_is_over_when_the_editor_writes_the_field_once_more() -> None:
    text = edit(merge.create(page("Một.", title="Cũ"), ADDED), "Của tôi.", title="Của biên tập")
    text = merged(text, page("Hai.", title="Mới")).text
    assert _marks(text).keys() >= {"conflict.title", "conflict.body"}
    done = merged(edit(text, "Của tôi, sửa.", title="Xem rồi, vẫn của tôi"), page("Hai.", title="Mới"))
    assert not {key for key in _marks(done.text) if key.startswith("conflict.")}
    assert meta_of(done.text)["title"] == "Xem rồi, vẫn của tôi"
    # and comes back with the next change of the raw article
    assert merged(done.text, page("Hai.", title="Mới nữa")).conflicts == ("title",)


def test_a_conflict_is_over_when_both_say_the_same_or_the_generator_s_value_is_taken() -> None:
    text = merged(edit(merge.create(page(title="Cũ"), ADDED), title="Của tôi"), page(title="Mới")).text
    assert "conflict.title" not in _marks(merged(edit(text, title="Mới"), page(title="Mới")).text)
    assert "conflict.title" not in _marks(merged(text, page(title="Mới"), refresh=merge.EVERYTHING).text)


def test_refresh_of_one_field_leaves_the_others() -> None:
    text = edit(merge.create(page(title="T", summary="S", section="M"), ADDED), "Của tôi.", title="X", summary="Y",
                section=frontmatter.DELETE)  # fmt: skip
    done = merged(
        text, page("Hai.", title="T2", summary="S", section="M"), refresh=frozenset({"title", "section"})
    )
    assert meta_of(done.text)["title"] == "T2"
    assert meta_of(done.text)["section"] == "M"
    assert meta_of(done.text)["summary"] == "Y"
    assert done.text.endswith("\n\nCủa tôi.\n")
    assert done.conflicts == ("body",)


def test_a_page_follows_its_renamed_raw_file() -> None:
    text = edit(merge.create(page(title="T"), ADDED), title="Của tôi")
    moved = GeneratedPage(raw="content/raw/b.txt", fields={"title": "T"}, body="Một.", reviews=())
    done = merged(text, moved)
    assert meta_of(done.text)["raw"] == "content/raw/b.txt"
    assert meta_of(done.text)["title"] == "Của tôi"
    assert not done.conflicts
    assert merged(done.text, moved).text == done.text


def test_a_deleted_field_stays_away() -> None:
    text = edit(merge.create(page(title="T", authors=["A"]), ADDED), authors=frontmatter.DELETE)
    done = merged(text, page(title="T", authors=["A", "B"]))
    assert done.text == text


def test_refresh_brings_the_generator_s_values_back_and_keeps_the_editor_s_own_keys() -> None:
    text = edit(merge.create(page(title="T", authors=["A"]), ADDED), "Của tôi.", authors=frontmatter.DELETE,
                title="X", note="n")  # fmt: skip
    done = merged(text, page(title="T", authors=["A"], body="Hai."), refresh=merge.EVERYTHING)
    assert meta_of(done.text)["title"] == "T"
    assert meta_of(done.text)["authors"] == ["A"]
    assert meta_of(done.text)["note"] == "n"
    assert done.text.endswith("\n\nHai.\n")


def test_the_body_is_one_field() -> None:
    text = merge.create(page(title="T"), ADDED)
    assert merged(text, page("Hai.", title="T")).text.endswith("\n\nHai.\n")
    edited = edit(text, "Một, sửa.")
    done = merged(edited, page("Hai.", title="T"))
    assert done.conflicts == ("body",)
    assert done.text.endswith("\n\nMột, sửa.\n")


def test_line_ends_and_quoting_are_no_edit() -> None:
    text = merge.create(page(title="T", date="2025-05-22"), ADDED)
    shuffled = text.replace('date: "2025-05-22"', "date: 2025-05-22").replace("\n", "\r\n")
    done = merged(shuffled, page("Hai.", title="T", date="2025-05-23"))
    assert meta_of(done.text)["date"] == "2025-05-23"
    assert merged(shuffled, page(title="T", date="2025-05-22")).text == shuffled


def test_a_doubt_holds_a_new_page_until_its_line_is_removed() -> None:
    held = merge.create(page(title="T", reviews=(DOUBT,)), ADDED)
    assert meta_of(held)["review"] == [str(DOUBT)]
    settled = edit(held, review=frontmatter.DELETE, date="2024-09-24")
    again = merged(settled, page(title="T", reviews=(DOUBT,)), filed=False)
    assert again.text == settled
    other = Review("date", "the text gives 24/9; candidates 2023-09-24", ("2023-09-24",))
    unsettled = edit(held, review=frontmatter.DELETE)
    assert meta_of(merged(unsettled, page(title="T", reviews=(other,)), filed=False).text)["review"] == [
        str(other)
    ]


def test_a_doubt_that_new_evidence_settles_takes_its_line_away() -> None:
    held = merge.create(page(title="T", reviews=(DOUBT,)), ADDED)
    held = edit(held, review=[str(DOUBT), "của tôi: xem lại"])
    done = merged(held, page(title="T", date="2024-09-24"), filed=False)
    assert meta_of(done.text)["review"] == ["của tôi: xem lại"]
    assert meta_of(done.text)["date"] == "2024-09-24"


def test_a_filed_page_never_loses_its_date_to_a_new_doubt() -> None:
    text = merge.create(page(title="T", date="2025-05-22"), ADDED)
    done = merged(text, page(title="T", reviews=(DOUBT,)))
    assert meta_of(done.text)["date"] == "2025-05-22"
    assert "review" not in meta_of(done.text)
    assert done.doubts == (DOUBT,)
    assert not merged(done.text, page(title="T", reviews=(DOUBT,))).doubts


def test_an_editor_s_changed_review_line_is_an_editor_s() -> None:
    held = edit(merge.create(page(title="T", reviews=(DOUBT,)), ADDED), review=["date: hỏi lại toà soạn"])
    done = merged(held, page(title="T", date="2024-09-24"), filed=False)
    assert meta_of(done.text)["review"] == ["date: hỏi lại toà soạn"]


def test_what_an_editor_wrote_first_stays_the_editor_s() -> None:
    text = edit(merge.create(page(title="Cũ"), ADDED), title="Mới")
    text = merged(text, page(title="Mới")).text  # the raw article comes to say the same
    assert merged(text, page(title="Mới")).text == text
    back = edit(text, title="Cũ")
    assert meta_of(merged(back, page(title="Mới")).text)["title"] == "Cũ"
    done = merged(text, page(title="Mới nữa"))
    assert meta_of(done.text)["title"] == "Mới"
    assert done.conflicts == ("title",)
    block, body, _ = frontmatter.split(text, "x.md")
    assert merge.owners(frontmatter.load(block or "", "x.md"), body)["title"] == "editor"


def test_a_key_of_the_editor_s_own_that_the_generator_says_too_can_be_deleted() -> None:
    text = edit(merge.create(page(title="T"), ADDED), section="Đời sống")
    text = merged(text, page(title="T", section="Đời sống")).text
    gone = edit(text, section=frontmatter.DELETE)
    assert "section" not in meta_of(merged(gone, page(title="T", section="Đời sống")).text)
    back = merged(gone, page(title="T", section="Đời sống"), refresh=frozenset({"section"})).text
    assert meta_of(back)["section"] == "Đời sống"
    assert meta_of(merged(back, page(title="T", section="Khác")).text)["section"] == "Khác"


def test_refresh_of_the_review_brings_a_settled_line_back() -> None:
    settled = edit(merge.create(page(title="T", reviews=(DOUBT,)), ADDED), review=frontmatter.DELETE)
    again = page(title="T", reviews=(DOUBT,))
    assert "review" not in meta_of(merged(settled, again, filed=False).text)
    done = merged(settled, again, filed=False, refresh=frozenset({"review"}))
    assert meta_of(done.text)["review"] == [str(DOUBT)]


def test_a_doubt_that_takes_a_held_page_s_value_away_says_so() -> None:
    other = Review("topic", "no word of any topic stands in the article")
    held = merge.create(page(title="T", topic="cau", reviews=(DOUBT,)), ADDED)
    done = merged(held, page(title="T", reviews=(DOUBT, other)), filed=False)
    assert "topic" not in meta_of(done.text)
    assert meta_of(done.text)["review"] == [str(DOUBT), str(other)]


def test_a_line_that_nobody_touched_follows_the_words_of_its_doubt() -> None:
    held = merge.create(page(title="T", reviews=(DOUBT,)), ADDED)
    other = Review("date", "the text gives 24/09 and no year", DOUBT.candidates)
    done = merged(held, page(title="T", reviews=(other,)), filed=False)
    assert meta_of(done.text)["review"] == [str(other)]
    settled = edit(held, review=frontmatter.DELETE)
    assert merged(settled, page(title="T", reviews=(other,)), filed=False).text == settled
    changed = edit(held, review=["date: hỏi lại"])
    assert merged(changed, page(title="T", reviews=(other,)), filed=False).text == changed


def test_owners_are_told_apart() -> None:
    text = edit(
        merge.create(page(title="T", authors=["A"], lang="vi"), ADDED), title="X", authors=frontmatter.DELETE
    )
    block, body, _ = frontmatter.split(text, "x.md")
    owned = merge.owners(frontmatter.load(block or "", "x.md"), body)
    assert owned["title"] == "editor"
    assert owned["lang"] == "generator"
    assert owned["authors"] == "editor (deleted)"
    assert owned["body"] == "generator"


values = st.one_of(st.text("abc:#\"' \n", max_size=6), st.lists(st.text("xy", max_size=2), max_size=2))
generated_pages = st.builds(
    lambda fields, body, doubt: GeneratedPage(raw="content/raw/a.txt", fields={k: v for k, v in fields.items() if v},
                                              body=body, reviews=(doubt,) if doubt else ()),
    st.dictionaries(st.sampled_from(FIELDS), values, max_size=4),
    st.text("abc \n", max_size=8),
    st.sampled_from([None, DOUBT, Review("date", "x; candidates 1999-01-01", ("1999-01-01",))]),
)  # fmt: skip
refreshes = st.one_of(
    st.just(merge.EVERYTHING),
    st.frozensets(st.sampled_from([*FIELDS, "body", "review"]), min_size=1, max_size=2),
)
edits = st.one_of(
    st.tuples(st.just("set"), st.sampled_from([*FIELDS, "note", "story"]), values),
    st.tuples(st.just("delete"), st.sampled_from(FIELDS), st.none()),
    st.tuples(st.just("body"), st.just("body"), st.text("abc \n", min_size=1, max_size=8)),
    st.tuples(st.just("review"), st.just("review"), st.none()),
    st.tuples(st.just("ahead"), st.sampled_from(FIELDS), generated_pages),
    st.tuples(st.just("known"), st.sampled_from(FIELDS), st.none()),
    st.tuples(st.just("generate"), st.just(merge.NOTHING), generated_pages),
    st.tuples(st.just("generate"), refreshes, generated_pages),
)


class Promise:
    """A model beside the real thing: what the editor did last to a field is what stands there, until a refresh of it; a
    conflict is listed from the run that told it until the editor writes the field again or both agree."""

    def __init__(self, first: GeneratedPage) -> None:
        self.recorded: dict[str, str] = {}
        """What the generator last wrote, or told beside an editor's value; not what an editor had written first."""
        self.said: dict[str, str] = {}
        self.wanted: dict[str, str | None] = {}
        self.open: dict[str, str | None] = {}
        self.generate(first, merge.NOTHING)

    def edit(self, name: str, mark: str | None) -> None:
        self.wanted.pop(name, None)
        if (mark is None and name in self.said) or (mark is not None and mark != self.recorded.get(name)):
            self.wanted[name] = mark

    def generate(self, new: GeneratedPage, refresh: frozenset[str]) -> set[str]:
        """The fields of which a conflict is told."""
        marks = {name: frontmatter.fingerprint(value) for name, value in new.fields.items()}
        marks["body"] = frontmatter.body_fingerprint(new.body)
        told = set()
        for name in {*marks, *self.said}:
            mark = marks.get(name)
            if mark is not None and (name in refresh or refresh == merge.EVERYTHING):
                self.wanted.pop(name, None)
            mine = self.wanted.get(name)
            still = self.open.pop(name, None)
            if name not in self.wanted:
                self.recorded.pop(name, None)
                self.said.pop(name, None)
                if mark is not None:
                    self.recorded[name] = self.said[name] = mark
            elif mine is not None and mark is not None and mark == mine:
                if self.said.get(name) != mark:
                    self.recorded.pop(
                        name, None
                    )  # the editor had it first: no value of the field is the generator's
                self.said[name] = mark
            elif mine is not None and mark is not None:
                if self.said.get(name) != mark:
                    told.add(name)
                    self.said[name] = self.recorded[name] = mark
                    self.open[name] = mine
                elif still == mine:
                    self.open[name] = still
        return told


@given(generated_pages, st.lists(edits, max_size=14))
def test_no_sequence_of_edits_and_new_raw_articles_loses_an_edit(  # type: ignore[no-untyped-def]
    first: GeneratedPage, steps
) -> None:
    text, promise = merge.create(first, ADDED), Promise(first)
    for kind, name, value in steps:
        if kind == "generate":
            done = merged(text, value, filed=False, refresh=name)
            assert set(done.conflicts) == promise.generate(value, name)
            text = done.text
            assert {
                key.removeprefix(merge.CONFLICT) for key in _marks(text) if key.startswith(merge.CONFLICT)
            } == {*promise.open}
        elif kind == "body":
            text = edit(text, value)
            promise.edit("body", frontmatter.body_fingerprint(value))
        elif kind == "review":
            text = edit(text, review=frontmatter.DELETE)
        elif kind in ("delete", "known"):
            # Either away with it, or as the generator said it last.
            present = meta_of(text)
            if kind == "known" and name in first.fields:
                text = edit(text, **{name: first.fields[name]})
                promise.edit(name, frontmatter.fingerprint(first.fields[name]))
            elif name in present:
                text = edit(text, **{name: frontmatter.DELETE})
                promise.edit(name, None)
        else:
            written = value.fields.get(name, "x") if kind == "ahead" else value
            text = edit(text, **{name: written})
            promise.edit(name, frontmatter.fingerprint(written))
        block, body, _ = frontmatter.split(text, "x.md")
        meta = frontmatter.load(block or "", "x.md")
        for field, mark in promise.wanted.items():
            if field == "body":
                assert frontmatter.body_fingerprint(body) == mark
            elif mark is None:
                assert field not in meta
            else:
                assert frontmatter.fingerprint(meta[field]) == mark


@given(generated_pages, generated_pages, st.booleans())
def test_merging_twice_is_merging_once(first: GeneratedPage, second: GeneratedPage, filed: bool) -> None:
    once = merged(merge.create(first, ADDED), second, filed=filed)
    twice = merged(once.text, second, filed=filed)
    assert twice.text == once.text
    assert not twice.conflicts
    assert not twice.doubts


def _marks(text: str) -> dict[str, str]:
    marks = meta_of(text).get("generated")
    return {key: str(value) for key, value in marks.items()} if isinstance(marks, dict) else {}
