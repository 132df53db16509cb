"""Related articles: older ones only, for a reason that a reader can check."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.models import Article
from generator.related import MOST, Related, relate
from generator.slugs import slugify

TAGS = ("Abyei", "Bentiu", "Công binh", "Quân y", "LHQ", "Huế")
SYLLABLES = "bệnh viện dã chiến giếng khoan công binh con đường mùa khô thư nhà sông hồ cầu tạm".split()


def make(number: int, title: str = "", *tags: str, summary: str = "") -> Article:
    return Article(
        date=dt.date(2026, 11, 1),
        source="bao",
        topic="do-thi",
        page=f"articles/2026/11/bai-{number}.md",
        title=title or f"Bài {number}",
        summary=summary,
        tags=tags,
        added=dt.datetime(2026, 11, 1, tzinfo=dt.UTC) + dt.timedelta(hours=number),
    )


def related_of(*articles: Article) -> dict[str, list[Related]]:
    made = relate(articles, taken_up=lambda one: one.added.timestamp() / 86400, tag_key=slugify)  # type: ignore[union-attr]  # all have it
    return {page: list(found) for page, found in made.items()}


def pages_of(found: list[Related]) -> list[str]:
    return [one.article.page.removeprefix("articles/2026/11/bai-").removesuffix(".md") for one in found]


def test_a_rare_tag_counts_more_than_a_common_one() -> None:
    articles = [make(n, "", "LHQ") for n in range(8)]
    found = related_of(make(90, "", "Abyei", "LHQ"), *articles, make(91, "", "Abyei", "LHQ"))["articles/2026/11/bai-91.md"]  # fmt: skip
    assert pages_of(found) == ["90"]
    assert found[0].tags == ("Abyei", "LHQ"), "the rarest is named first"


def test_a_tag_that_all_have_makes_nothing_related() -> None:
    assert related_of(*(make(n, "", "LHQ") for n in range(30))).keys() <= {f"articles/2026/11/bai-{n}.md" for n in range(3)}  # fmt: skip


def test_two_spellings_of_a_tag_are_one() -> None:
    found = related_of(make(1, "", "Khoa học"), make(2), make(3), make(4, "", "khoa hoc"))
    assert found["articles/2026/11/bai-4.md"][0].tags == ("khoa hoc",)


def test_words_are_enough_where_they_are_many() -> None:
    older = make(1, "Bệnh viện dã chiến ở Bentiu đổi ca")
    newer = make(3, "Ca mổ đêm", summary="Kíp mổ của bệnh viện dã chiến làm việc trong lều.")
    found = related_of(older, make(2, "Mùa khô"), newer)["articles/2026/11/bai-3.md"]
    assert pages_of(found) == ["1"]
    assert found[0].phrases[0] == "bệnh viện dã chiến"


def test_one_pair_of_words_is_chance() -> None:
    assert not related_of(make(1, "Con đường mới"), make(2, "Mùa khô"), make(3, "Con đường ra chợ"))


def test_the_place_of_a_tone_mark_is_no_difference() -> None:
    found = related_of(
        make(1, "Hoà giải viên thôn Đông"), make(2, "Chợ"), make(3, "Tập huấn hòa giải viên thôn")
    )
    assert found["articles/2026/11/bai-3.md"][0].phrases == ("hòa giải viên thôn",)


def test_of_equals_the_newer_stands_first() -> None:
    found = related_of(*(make(n, "", "Abyei") for n in (1, 2, 3, 4)), *(make(n) for n in range(5, 12)), make(12, "", "Abyei"))  # fmt: skip
    assert pages_of(found["articles/2026/11/bai-12.md"]) == ["4", "3", "2"]


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 40))
def test_one_more_article_changes_no_other(seed: int, count: int) -> None:
    chance = random.Random(seed)
    articles = [
        make(n, " ".join(chance.choices(SYLLABLES, k=8)), *chance.sample(TAGS, 2), summary=" ".join(chance.choices(SYLLABLES, k=15)))
        for n in range(count)
    ]  # fmt: skip
    after = related_of(*articles)
    before = related_of(*articles[:-1])
    assert {page: found for page, found in after.items() if page != articles[-1].page} == before
    place = {one.page: number for number, one in enumerate(articles)}
    for page, found in after.items():
        assert 0 < len(found) <= MOST
        assert all(place[one.article.page] < place[page] for one in found)
        assert all(one.tags or one.phrases for one in found)
        assert len({one.article.page for one in found}) == len(found)
