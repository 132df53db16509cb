"""Seconds and peak memory of a whole build, beside stock Material on the same pages in the same run.

    python bench/build.py [ARTICLES]

The pages are made by a seeded generator: Vietnamese syllables in sentences, some 450 words each, 15 topics,
300 tags, 20 sources, three years. Stock Material gets the same files with the articles out of its navigation
and its own search: no lists, no feeds, no gate.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SYLLABLES = (
    "người dân làng sông nước mùa vụ trường học sinh thầy cô bệnh viện đường cầu phố chợ sách nghề rừng biển "
    "đồng lúa trạm máy số liệu nghiên cứu kết quả năm tháng ngày giờ sáng chiều tối mở đóng cho nhận gửi đến "
    "được không còn thêm bớt nhiều ít hơn kém trước sau trong ngoài trên dưới và nhưng vì nếu thì là của với"
).split()
WORDS = 450


def sentence(chance: random.Random, words: int) -> str:
    text = " ".join(chance.choice(SYLLABLES) for _ in range(words))
    return text[0].upper() + text[1:]


def write_articles(folder: Path, count: int) -> None:
    """The pages of `count` articles, the same at every run."""
    chance = random.Random(20261120)
    start = dt.datetime(2024, 1, 1, 6, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    for number in range(count):
        date = start + dt.timedelta(minutes=number * 3 * 365 * 1440 // count)
        meta = {
            "title": sentence(chance, 12),
            "date": date.isoformat(),
            "added": (date + dt.timedelta(hours=2)).isoformat(),
            "source": f"bao-{chance.randrange(20)}",
            "topic": f"muc-{chance.randrange(15)}",
            "tags": [f"Nhãn {chance.randrange(300)}" for _ in range(4)],
            "summary": sentence(chance, 30) + ".",
            "url": f"https://bao.example/{number}",
        }
        block = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
        body = "\n\n".join(" ".join(sentence(chance, 15) + "." for _ in range(5)) for _ in range(WORDS // 75))
        path = folder / f"articles/{date:%Y/%m}/bai-so-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{block}---\n\n{body}\n", encoding="utf-8")
    (folder / "index.md").write_text("# Trang nhất\n", encoding="utf-8")


def configuration(*, ours: bool) -> str:
    theme = {"name": "material", "language": "vi", "font": False}
    plugins: list[object] = ["search"]
    if ours:
        theme["custom_dir"] = str(ROOT / "theme")
        plugins.append(
            {
                "digest": {
                    "topics": {f"muc-{n}": {"name": f"Mục {n}"} for n in range(15)},
                    "sources": {f"bao-{n}": {"name": f"Báo {n}"} for n in range(20)},
                }
            }
        )
    values = {
        "site_name": "Đo",
        "site_url": "https://do.example/",
        "docs_dir": "pages",
        "theme": theme,
        "nav": ["index.md"],
        "not_in_nav": "/articles/",
        "plugins": plugins,
    }
    return json.dumps(values, ensure_ascii=False)


def measure(code: str, folder: Path) -> tuple[float, float, float]:
    """(wall seconds, CPU seconds, peak MB) of a Python program of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    start = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", code], cwd=folder, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the build ended with {process.returncode}")
    peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, peak


OURS = "from generator.plugin import build; build('ours.yml', site_dir='site-ours')"
STOCK = "from mkdocs.config import load_config; from mkdocs.commands.build import build; build(load_config('stock.yml', site_dir='site-stock'))"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder / "pages", count)
        (folder / "ours.yml").write_text(configuration(ours=True), encoding="utf-8")
        (folder / "stock.yml").write_text(configuration(ours=False), encoding="utf-8")
        print(f"{count:,} articles of about {WORDS} words")
        for label, code in (("stock Material, articles out of nav", STOCK), ("digest build", OURS)):
            wall, cpu, peak = measure(code, folder)
            print(f"{label:<40}{wall:7.1f} s wall {cpu:7.1f} s CPU {peak:7.0f} MB")
        for label, site in (("stock", "site-stock"), ("digest", "site-ours")):
            pages = sum(1 for _ in (folder / site).rglob("*.html"))
            size = sum(path.stat().st_size for path in (folder / site).rglob("*") if path.is_file())
            print(f"{label:<40}{pages:7,} pages {size / 1e6:9.1f} MB")


if __name__ == "__main__":
    main()
