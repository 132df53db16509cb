"""How many plain texts one core extracts in a second, and what memory that takes.

Usage: python bench/plain_texts.py [number of texts]

The texts are made by a seeded generator in the shapes of scraped news: clock and menu above, stamp in the
headline's line, captions, byline, teasers below. Their words mean nothing.
"""

from __future__ import annotations

import random
import resource
import sys
import time

from generator.extract import extract
from generator.models import DateStatus, Form, RawItem
from generator.settings import parse

SYLLABLES = (
    "hội nghị đoàn công tác quốc tế hợp phát triển đào tạo sĩ quan chiến y bác huấn luyện triển khai nhiệm vụ địa phương người dân "
    "cây cầu trường học bệnh viện dã xây dựng tổ chức thống nhất trao đổi kinh nghiệm nguồn nước sạch mùa mưa đường bộ giao thông "
    "chính quyền ban chỉ huy thông tin báo cáo kết quả hỗ trợ thiết bị y tế giáo dục môi trường nông nghiệp sản lượng thị trường"
).split()


def sentence(random_: random.Random, words: int) -> str:
    """A sentence of so many syllables."""
    return " ".join(random_.choices(SYLLABLES, k=words)).capitalize() + "."


def headline(random_: random.Random) -> str:
    """A headline of 9 to 18 syllables."""
    return " ".join(random_.choices(SYLLABLES, k=random_.randint(9, 18))).capitalize()


def article(random_: random.Random) -> str:
    """One raw text of about 450 words in one of four shapes."""
    day, month = random_.randint(1, 28), random_.randint(1, 12)
    stamp = f"{day:02d}/{month:02d}/2025 {random_.randint(0, 23):02d}:{random_.randint(0, 59):02d}"
    title = headline(random_)
    paragraphs = [
        " ".join(sentence(random_, random_.randint(14, 34)) for _ in range(random_.randint(1, 4)))
        for _ in range(8)
    ]
    paragraphs.insert(3, sentence(random_, 10) + " Ảnh: Hoài An")
    paragraphs[0] = f"Ngày {day}-{month}, " + paragraphs[0]
    match random_.randrange(4):
        case 0:
            lines = [
                f" date 2025-{month:02d} {title} {stamp}",
                "(BVD)- " + sentence(random_, 22),
                *paragraphs,
            ]
        case 1:
            lines = [
                "Thứ Bảy, 27/12/2025 21:12 GMT+7", "• BVD", "• Hotline: 0900000000", "Sự kiện", "Chính trị", title, "BT",
                *paragraphs, "Tin cùng chuyên mục",
            ]  # fmt: skip
            for _ in range(6):
                teaser = headline(random_)
                lines += [teaser, teaser, f"Xã hội {stamp[:10]}", "(BVD) - " + sentence(random_, 40)]
        case 2:
            lines = [
                "Thời sự",
                title,
                stamp,
                *paragraphs[:4],
                "Tin liên quan",
                headline(random_),
                *paragraphs[4:],
                "HOÀI AN",
            ]
        case _:
            lines = [title, *paragraphs, stamp, "Nguồn: Báo Ví Dụ"]
    return "\n\n".join(lines)


def main() -> None:
    """Print articles per second and peak memory, and how a text of 300,000 characters compares with one of 30,000."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    random_ = random.Random(2025)
    items = [RawItem(raw=f"content/raw/{n}.txt", form=Form.TEXT, text=article(random_)) for n in range(count)]
    settings = parse(
        {"sources": {"bvd": {"name": "Báo Ví Dụ", "dateline": ["BVD"], "domains": ["bvd.example"]}}}
    )
    size = sum(len(item.text) for item in items) / count
    start = time.process_time()
    settled = sum(extract(item, settings).publication.status is DateStatus.SETTLED for item in items)
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} texts of {size:,.0f} characters: {count / spent:,.0f} articles/s per core, peak {peak:,.0f} MB,"
          f" {settled} dates settled")  # fmt: skip
    times = []
    for length in (30_000, 300_000):
        text = "\n\n".join(article(random_) for _ in range(length // 1500))[:length]
        start = time.process_time()
        extract(RawItem(raw="content/raw/long.txt", form=Form.TEXT, text=text), settings)
        times.append(time.process_time() - start)
    print(
        f"30,000 characters: {times[0] * 1000:.0f} ms; 300,000: {times[1] * 1000:.0f} ms (×{times[1] / times[0]:.1f})"
    )
    for name, line in (
        ("one line", "lời " * 75_000),
        ("no spaces", "a1/" * 100_000),
        ("lines", "Chữ hoa\n" * 37_000),
    ):
        start = time.process_time()
        extract(RawItem(raw="content/raw/long.txt", form=Form.TEXT, text=line[:300_000]), settings)
        print(f"300,000 characters, {name}: {(time.process_time() - start) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
