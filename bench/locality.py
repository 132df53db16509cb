"""How many files of the site one new article changes, whatever the size of the site.

    python bench/locality.py [ARTICLES…]

Sites of 100, 1,000 and 10,000 generated articles (bench/build.py) without a size named. Each is built, then built
anew with one article more, and every file's bytes are compared. Two cases:

newest      an article with four tags that are in use, published and taken up after all others
old date    the same, published in June 2024 and taken up after all others: it stands high on the front page and in
            the feeds, and deep in the archive

`files` is how many differ, are new or are gone, to be at most 60; the columns after it are their kinds (a packed
sitemap is a file of its own). Last come the addresses at the smallest size. Exit code 1 if a site is over the limit.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from build import MINUTES, START, body, configuration, sentence, write_article, write_articles

from generator.plugin import build, load_settings

NOW = "1830297600"
"""`SOURCE_DATE_EPOCH` of every build: 2028, when all that is written here is out."""
LIMIT = 60
LATEST = START + dt.timedelta(minutes=MINUTES)
CASES = {"newest": LATEST, "old date": dt.datetime(2024, 6, 15, 6, tzinfo=START.tzinfo)}
KINDS = (
    "front",
    "articles",
    "topics",
    "tags",
    "sources",
    "archive",
    "editions",
    "feeds",
    "sitemap",
    "search",
)
KINDS += ("other",)


def write_new(folder: Path, date: dt.datetime) -> None:
    chance = random.Random(20261121)
    meta = {
        "title": sentence(chance, 12),
        "date": date.isoformat(),
        "added": (LATEST + dt.timedelta(hours=2)).isoformat(),
        "source": "bao-3",
        "topic": "muc-7",
        "tags": ["Nhãn 4", "Nhãn 42", "Nhãn 142", "Nhãn 242"],
        "summary": sentence(chance, 30) + ".",
        "url": "https://bao.example/moi",
    }
    write_article(folder, "bai-moi", date, meta, body(chance))


def read_site(site: Path) -> dict[str, str]:
    """The fingerprint of every file."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }


def kind_of(path: str, folders: Mapping[str, str]) -> str:
    """`folders` gives the kind of a first segment."""
    first = path.partition("/")[0]
    if path == "index.html":
        return "front"
    if re.search(r"(feed|rss|atom)[^/]*\.(xml|json)$", path):
        return "feeds"
    if first.startswith("sitemap"):
        return "sitemap"
    if re.match(r"\d{4}/", path):
        return "articles"
    return folders.get(first, "other")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="*", default=[100, 1000, 10_000])
    options = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = NOW
    print(f"{'articles':>8} {'case':<10}{'files':>6}" + "".join(f"{kind:>{len(kind) + 2}}" for kind in KINDS))
    told: list[str] = []
    fine = True
    for count in sorted(options.articles):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_articles(folder / "pages", count)
            config = folder / "site_config.yml"
            config.write_text(configuration(ours=True), encoding="utf-8")
            paths = load_settings(config).paths
            folders = {getattr(paths, kind): kind for kind in KINDS if hasattr(paths, kind)}
            folders |= {"search": "search", paths.search: "search", "pagefind": "search"}
            build(config, site_dir=folder / "site")
            before = read_site(folder / "site")
            for case, date in CASES.items():
                write_new(folder / "pages", date)
                build(config, site_dir=folder / "site")
                (folder / "pages" / f"articles/{date:%Y/%m}/bai-moi.md").unlink()
                after = read_site(folder / "site")
                changed = sorted(
                    path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
                )
                by_kind = Counter(kind_of(path, folders) for path in changed)
                fine = fine and len(changed) <= LIMIT
                print(
                    f"{count:8,} {case:<10}{len(changed):6}"
                    + "".join(f"{by_kind[kind]:{len(kind) + 2}}" for kind in KINDS)
                    + ("  ok" if len(changed) <= LIMIT else "  OVER"),
                    flush=True,
                )
                if count == min(options.articles):
                    told.append(f"\n{case}, {count:,} articles (+ new, - gone):")
                    told += [
                        f"  {mark(path, before, after)} /{path.removesuffix('index.html')}"
                        for path in changed
                    ]
    print("\n".join(told))
    return 0 if fine else 1


def mark(path: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    if path not in before:
        return "+"
    return " " if path in after else "-"


if __name__ == "__main__":
    sys.exit(main())
