"""Seconds of `digest check` as an editor starts it: the whole process, Python's own start included.

    python bench/check.py [ROUNDS]

Digests of 1,000 and 10,000 articles in a git repository, made by a seeded generator: some 450 words each, 15 topics,
300 tags, 20 sources, a sidecar for each, a link to another article in every third. Then one article of the 10,000 is
changed, and `--since HEAD` looks at what that brought. Medians; the yardstick of the same run is Python parsing the
front matter of all pages with PyYAML's C loader, and nothing else.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.build import WORDS, sentence
from generator import frontmatter, merge
from generator.models import MetaValue
from generator.pages import GeneratedPage

ROOT = Path(__file__).resolve().parent.parent
GIT = {
    **os.environ,
    **{
        f"GIT_{who}_{what}": "bench@do.example"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    },
    "GIT_CONFIG_GLOBAL": os.devnull,
    "SOURCE_DATE_EPOCH": "1795219200",
}
YARDSTICK = """
import yaml
from pathlib import Path
for path in Path("content/pages").rglob("*.md"):
    text = path.read_text(encoding="utf-8")
    if text.startswith("---"):
        yaml.load(text.split("---\\n")[1], Loader=yaml.CSafeLoader)
"""


def write_digest(folder: Path, count: int) -> None:
    """A digest of `count` articles in a repository of its own, the same at every run."""
    chance = random.Random(20261125)
    zone = dt.timezone(dt.timedelta(hours=7))
    start = dt.datetime(2024, 1, 1, 6, tzinfo=zone)
    tags = [f"Nhãn {sentence(chance, 2)} {number}" for number in range(300)]
    options = {
        "topics": {f"muc-{n}": {"name": f"Mục {n}"} for n in range(15)},
        "sources": {
            f"bao-{n}": {
                "name": f"Báo {n}",
                "domains": [f"bao{n}.example"],
                "text": "full",
                "licence": "CC BY 4.0",
            }
            for n in range(20)
        },
        "tags": {label: {"kind": "theme"} for label in tags},
    }
    config = {
        "site_name": "Đo", "site_url": "https://do.example/", "docs_dir": "content/pages",
        "theme": {"name": "material", "language": "vi", "font": False, "custom_dir": str(ROOT / "theme")},
        "nav": ["index.md"], "not_in_nav": "/articles/", "plugins": [{"digest": options}],
    }  # fmt: skip
    (folder / "content/pages").mkdir(parents=True)
    (folder / "content/pages/index.md").write_text("# Trang nhất\n", encoding="utf-8")
    (folder / "site_config.yml").write_text(
        json.dumps(config, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    earlier: list[Path] = []
    for number in range(count):
        date = start + dt.timedelta(minutes=number * 2 * 365 * 1440 // count)
        source = chance.randrange(20)
        fields: dict[str, MetaValue] = {
            "title": sentence(chance, 12), "date": date.isoformat(), "source": f"bao-{source}",
            "topic": f"muc-{chance.randrange(15)}", "tags": list(chance.sample(tags, 4)),
            "summary": sentence(chance, 30) + ".", "url": f"https://bao{source}.example/tin/{number}.html", "lang": "vi",
        }  # fmt: skip
        paragraphs = [" ".join(sentence(chance, 15) + "." for _ in range(5)) for _ in range(WORDS // 75)]
        path = folder / f"content/pages/articles/{date:%Y/%m}/bai-so-{number}.md"
        if number % 3 == 0 and earlier:
            other = os.path.relpath(chance.choice(earlier), path.parent)
            paragraphs[-1] += f" Xem thêm [bài trước]({other})."
        raw = f"content/raw/bao-{source}/{number}.txt"
        page = GeneratedPage(raw=raw, fields=fields, body="\n\n".join(paragraphs), reviews=())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(merge.create(page, date + dt.timedelta(hours=2)), encoding="utf-8")
        earlier.append(path)
        sidecar = folder / f"{raw}.meta.yml"
        sidecar.parent.mkdir(parents=True, exist_ok=True)
        meta: dict[str, MetaValue] = {
            "sha256": f"{number:064x}",
            "added": date.isoformat(),
            "page": path.relative_to(folder / "content/pages").as_posix(),
        }
        sidecar.write_text(frontmatter.dump(meta), encoding="utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Digest"]):
        subprocess.run(["git", *command], cwd=folder, env=GIT, check=True)


def measure(command: list[str], folder: Path, rounds: int) -> tuple[float, str]:
    """(median of wall seconds, last line of what was told)."""
    seconds, told = [], ""
    for _ in range(rounds):
        start = time.monotonic()
        done = subprocess.run(
            command,
            cwd=folder,
            env={**GIT, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        seconds.append(time.monotonic() - start)
        told = (done.stderr.strip().splitlines() or [""])[-1]
        if done.returncode > 1 or "Traceback" in done.stderr:
            raise SystemExit(done.stderr)
    return statistics.median(seconds), told


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    digest = [sys.executable, "-m", "generator"]
    for count in (1_000, 10_000):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_digest(folder, count)
            yardstick, _ = measure([sys.executable, "-c", YARDSTICK], folder, rounds)
            print(f"{count:,} articles; PyYAML alone {yardstick:.2f} s")
            seconds, told = measure([*digest, "check"], folder, rounds)
            print(f"  {'digest check':<44}{seconds:6.2f} s  ×{seconds / yardstick:.2f}   {told}")
            page = sorted(folder.rglob("bai-so-*.md"))[count // 2]
            text = page.read_text(encoding="utf-8")
            page.write_text(text.replace("title: ", "titel: "), encoding="utf-8")
            for what in ("--since=HEAD", "--since=HEAD --format=github"):
                seconds, told = measure([*digest, "check", *what.split()], folder, rounds)
                print(f"  {'digest check ' + what:<44}{seconds:6.2f} s  ×{seconds / yardstick:.2f}   {told}")


if __name__ == "__main__":
    main()
