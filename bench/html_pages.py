"""Pages a second of the HTML finder, beside trafilatura alone in the same run.

    python bench/html_pages.py [--pages N] [--rounds N]

Runs over generated pages of news-like size, and over `../shared/data/html` where that is. Both read each page in turn,
so that whatever else the machine does meets both alike; a round's ratio is that of their processor times, and the
median of the rounds is told.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import trafilatura

from generator.extract import extract
from generator.readers import read
from generator.settings import Settings

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "html"
FLOOR = 15.0
RATIO = 0.7
_SETTINGS = Settings()
_WORDS = (
    "đội công binh mở đường qua vùng ngập nước phái bộ quân y khám bệnh cho người dân xã vùng cao chuyến bay hạ cánh lúc rạng sáng kíp "
    "trực chuẩn bị thuốc men lều bạt máy phát điện người chỉ huy cho biết kế hoạch tuần tới sẽ hoàn thành cầu tạm trước mùa mưa"
).split()


def make_page(seed: int) -> bytes:
    """A page with linked data, menus, captions, an article of some 700 words, and forty teasers."""
    dice = random.Random(seed)

    def say(count: int) -> str:
        return " ".join(dice.choice(_WORDS) for _ in range(count)).capitalize() + "."

    title = say(12)[:-1]
    article = "".join(
        f"<p>{say(60)} <a href='/tin/{number}'>{say(4)}</a> <strong>{say(3)}</strong></p>"
        + (
            f"<figure><img src='/{number}.jpg'><figcaption>{say(12)} Ảnh: Lê Hoa</figcaption></figure>"
            if number % 4 == 1
            else ""
        )
        for number in range(11)
    )
    menu = "".join(f"<li class='menu__item'><a href='/m{number}'>{say(2)}</a></li>" for number in range(60))
    teasers = "".join(
        f"<div class='teaser card'><a href='/t{number}'><img src='/t{number}.jpg'><h3 class='teaser__title'>{say(10)}</h3></a>"
        f"<span class='time'>1{number % 10}/05/2025</span></div>"
        for number in range(40)
    )
    scripts = "".join(f"<script>var x{number} = '{say(80)}';</script>" for number in range(25))
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title} | Báo Ví Dụ</title>{scripts}
    <meta property="og:title" content="{title}"><meta property="og:site_name" content="Báo Ví Dụ"><meta name="description" content="{say(25)}">
    <script type="application/ld+json">{{"@type":"NewsArticle","headline":"{title}","datePublished":"2025-05-22T22:15:00+07:00",
    "author":{{"@type":"Person","name":"Lê Hoa"}},"publisher":{{"@type":"Organization","name":"Báo Ví Dụ"}}}}</script></head><body>
    <header><ul>{menu}</ul></header><main><article><h1>{title}</h1><p class="byline">Lê Hoa</p><h2 class="sapo">{say(25)}</h2>{article}</article>
    <section class="related">{teasers}</section></main><footer><ul>{menu}</ul></footer></body></html>""".encode()


def extract_own(page: bytes) -> None:
    """The whole record, reading included."""
    extract(read("content/raw/a.html", page).items[0], _SETTINGS)


def extract_other(page: bytes) -> None:
    """trafilatura with metadata, as one would use it alone."""
    trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)


def measure(pages: Sequence[bytes], rounds: int) -> list[tuple[float, float]]:
    """(own, other) pages a second of processor time, per round."""
    found = []
    for number in range(rounds):
        spent = [0.0, 0.0]
        for place, page in enumerate(pages):
            first = (number + place) % 2
            for which in (first, 1 - first):
                start = time.process_time()
                (extract_own, extract_other)[which](page)
                spent[which] += time.process_time() - start
        found.append((len(pages) / spent[0], len(pages) / spent[1]))
    return found


def main() -> int:
    """Print the table; 1 where a floor is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    corpora = {"generated": [make_page(seed) for seed in range(options.pages)]}
    if SHARED.is_dir():
        corpora["saved"] = [gzip.decompress(path.read_bytes()) for path in sorted(SHARED.glob("*.html.gz"))]
    missed = False
    print(f"{'corpus':10} {'pages':>5} {'digest/s':>9} {'trafilatura/s':>14} {'ratio':>6}  rounds")
    for name, pages in corpora.items():
        measure(pages[:2], 1)
        rounds = measure(pages, options.rounds)
        own, other = (median(figures) for figures in zip(*rounds, strict=True))
        ratios = [one / another for one, another in rounds]
        missed |= median(ratios) < RATIO or (name == "generated" and own < FLOOR)
        told = " ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"{name:10} {len(pages):5} {own:9.1f} {other:14.1f} {median(ratios):6.2f}  {told}")
    print(f"floors: {FLOOR} generated pages a second, {RATIO} of trafilatura")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
