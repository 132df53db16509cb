"""The theme's fonts hold every letter that the theme itself says; what is in the files is `tools/fonts.py --check`'s."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from tools.fonts import BUDGET, FACES, FONTS, letters

ARROWS = set("←→↗")
"""In none of the full fonts: the system's own font shows them."""


def test_the_letters_cover_the_words_the_theme_and_the_sample_pages(root: Path) -> None:
    files = [*(root / "generator/words").glob("*.py"), *(root / "theme").rglob("*.html")]
    files += [root / "site_config.yml", *(root / "content/pages").rglob("*.md")]
    said = {letter for path in files for letter in path.read_text("utf-8") if letter.isprintable()}
    assert said - set(letters()) - ARROWS == set()


def test_the_letters_cover_vietnamese_in_both_cases() -> None:
    vowels = unicodedata.normalize(
        "NFC", "à ả ã á ạ ằ ẳ ẵ ắ ặ ầ ẩ ẫ ấ ậ ề ể ễ ế ệ ồ ổ ỗ ố ộ ờ ở ỡ ớ ợ ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ đ"
    )
    assert set(vowels + vowels.upper()) <= set(letters())


def test_the_fonts_are_all_there_and_within_their_budget() -> None:
    sizes = [(FONTS / face.to).stat().st_size for face in FACES]
    assert sum(sizes) <= BUDGET
