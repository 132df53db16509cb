from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import slugs


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Bộ Công an và Đại sứ quán: hoà bình", "bo-cong-an-va-dai-su-quan-hoa-binh"),
        ("Đường 9", "duong-9"),
        ("«»", "bai"),
        ("Index", "index-bai"),
        ("平和", "ping-he"),
    ],
)
def test_slug(title: str, slug: str) -> None:
    assert slugs.slugify(title) == slug


@given(st.text())
def test_a_slug_is_always_fit_for_an_address(title: str) -> None:
    slug = slugs.slugify(title)
    assert slugs.is_slug(slug) or len(slug) > slugs.MAX_LENGTH
    assert slug not in slugs.RESERVED
    assert len(slug) <= slugs.MAX_LENGTH + len("-bai")


def test_two_articles_of_one_title_get_two_addresses() -> None:
    register = slugs.Register(["articles/2025/05/Tin.md"])
    assert register.claim("articles/2025/05", "tin") == "articles/2025/05/tin-2.md"
    assert register.claim("articles/2025/05", "tin") == "articles/2025/05/tin-3.md"
    assert register.claim("articles/2025/06", "tin") == "articles/2025/06/tin.md"
    register.remove("articles/2025/05/TIN.md")
    assert register.claim("articles/2025/05", "tin") == "articles/2025/05/tin.md"


def test_a_number_fits_into_the_longest_slug() -> None:
    register = slugs.Register()
    long = "a" * slugs.MAX_LENGTH
    register.claim("x", long)
    second = register.claim("x", long)
    assert second == f"x/{'a' * (slugs.MAX_LENGTH - 2)}-2.md"
