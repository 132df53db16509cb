"""What `digest ingest` does in a second: 2,000 plain texts and 200 saved pages, from raw file to written page.

Usage: python bench/ingest.py [number of texts] [number of pages]

Each run is a process of its own over a fresh folder, so that its peak memory is its own. "per core" is articles by
CPU seconds of one process; "wall" is what a person waits with as many processes as pay. The second run over the
same folder shows what an unchanged folder costs.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import html_pages
import plain_texts

from generator.slugs import slugify

ROOT = Path(__file__).resolve().parent.parent


RUNS = 3

_CHILD = textwrap.dedent("""
    import datetime, json, resource, sys, time
    from pathlib import Path
    from generator.ingest import Options, ingest
    from generator.plugin import load_settings
    from generator.storage import Project
    root, jobs = Path(sys.argv[1]), int(sys.argv[2]) or None
    settings = load_settings(root / "site_config.yml")
    options = Options(now=datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC), jobs=jobs)
    wall, cpu = time.monotonic(), time.process_time()
    report = ingest(Project(root), settings, (), options)
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": max(peaks) / 1024, "rejected": report.rejected,
                      "held": len(report.held), "articles": len(report.results)}))
""")

CONFIG = textwrap.dedent("""\
    site_name: Bench
    site_url: https://bench.example/
    docs_dir: content/pages
    plugins:
      - digest:
          sources:
            bvd: {name: Báo Ví Dụ, dateline: [BVD], domains: [bvd.example, bao-vi-du.example]}
          topics:
            hop-tac: {name: Hợp tác, terms: [hợp tác, quốc tế, hội nghị, y tế]}
            doi-song: {name: Đời sống, terms: [địa phương, người dân, trường học]}
          tags: {TAGS}
    """)


def make_folder(folder: Path, texts: int, pages: int) -> None:
    """A digest's folder with that many raw files."""
    random_ = random.Random(2026)
    # As in life, most labels of a vocabulary stand in few articles: one in five is made of the texts' own words.
    lexicon = [a + b for a in ("b", "c", "d", "g", "kh", "l", "m", "ng", "ph", "th", "tr", "v") for b in
               ("ăng", "ân", "êu", "iếp", "oai", "ướng", "ục", "ỉnh", "ẫu", "ỡ")]  # fmt: skip
    pools = (plain_texts.SYLLABLES, lexicon, lexicon, lexicon, lexicon)
    labels = [" ".join(random_.sample(pools[number % 5], 2)) for number in range(320)]
    tags: dict[str, dict[str, str]] = {
        label: {} for label in {slugify(label): label for label in labels}.values()
    }
    (folder / "site_config.yml").write_text(
        CONFIG.replace("{TAGS}", json.dumps(tags, ensure_ascii=False)), "utf-8"
    )
    raw = folder / "content/raw/bvd"
    raw.mkdir(parents=True)
    for number in range(texts):
        (raw / f"{number:05}.txt").write_text(plain_texts.article(random_), "utf-8")
    for number in range(pages):
        (raw / f"{number:05}.html").write_bytes(html_pages.make_page(number))


def run(folder: Path, jobs: int) -> dict[str, float]:
    """One run of ingest in a process of its own; `jobs` 0 lets it choose."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(folder), str(jobs)],
        capture_output=True, text=True, check=True, env=environment, cwd=folder,
    )  # fmt: skip
    result: dict[str, float] = json.loads(done.stdout)
    return result


def measure(name: str, texts: int, pages: int) -> None:
    """Print what taking in that many raw files costs."""
    count = texts + pages
    first, again, wide = [], [], []
    for _ in range(RUNS):
        for jobs, results in ((1, first), (0, wide)):
            with tempfile.TemporaryDirectory() as place:
                make_folder(Path(place), texts, pages)
                results.append(run(Path(place), jobs))
                if jobs == 1:
                    again.append(run(Path(place), jobs))
    cpu = statistics.median(result["cpu"] for result in first)
    wall = statistics.median(result["wall"] for result in wide)
    second = statistics.median(result["cpu"] for result in again)
    peak = max(result["peak"] for result in (*first, *wide))
    print(f"{name:<16} {count:>6,} | per core {count / cpu:>7,.0f}/s | wall, {os.cpu_count()} cores {count / wall:>7,.0f}/s"
          f" | again, unchanged {count / second:>7,.0f}/s | peak {peak:,.0f} MB")  # fmt: skip


def main() -> None:
    """Both kinds of raw files, medians of three runs."""
    texts = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    pages = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    started = time.monotonic()
    measure("plain texts", texts, 0)
    measure("saved pages", 0, pages)
    print(f"({time.monotonic() - started:.0f} s)")


if __name__ == "__main__":
    main()
