"""Seconds and peak memory of a whole build, beside stock Material on the same pages in the same run.

    python bench/build.py [ARTICLES] [--runs N]

The pages are made by a seeded generator: Vietnamese syllables in sentences, some 450 words each, 15 topics,
300 tags, 20 sources, three years. Ours gets the theme and the settings of site_config.yml; stock Material gets
the same files with the articles out of its navigation and its own search: no lists, no feeds, no gate.

The two take turns, each run a process of its own in an empty folder; what is printed is the median of the runs:
wall and CPU seconds, peak memory, CPU seconds spent in rendering the templates of the article pages (`render`, and
its share of the whole), pages and size of the site, and the size of the article pages over gzip (level 6). The
lines `digest / stock` are ratios of these medians.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
SYLLABLES = (
    "người dân làng sông nước mùa vụ trường học sinh thầy cô bệnh viện đường cầu phố chợ sách nghề rừng biển "
    "đồng lúa trạm máy số liệu nghiên cứu kết quả năm tháng ngày giờ sáng chiều tối mở đóng cho nhận gửi đến "
    "được không còn thêm bớt nhiều ít hơn kém trước sau trong ngoài trên dưới và nhưng vì nếu thì là của với"
).split()
WORDS = 450
START = dt.datetime(2024, 1, 1, 6, tzinfo=dt.timezone(dt.timedelta(hours=7)))
MINUTES = 3 * 365 * 1440
"""Between the first article and the one after the last."""


def sentence(chance: random.Random, words: int) -> str:
    text = " ".join(chance.choice(SYLLABLES) for _ in range(words))
    return text[0].upper() + text[1:]


def body(chance: random.Random) -> str:
    return "\n\n".join(" ".join(sentence(chance, 15) + "." for _ in range(5)) for _ in range(WORDS // 75))


def write_article(folder: Path, name: str, date: dt.datetime, meta: Mapping[str, object], text: str) -> None:
    block = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
    path = folder / f"articles/{date:%Y/%m}/{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{block}---\n\n{text}\n", encoding="utf-8")


def write_articles(folder: Path, count: int) -> None:
    """The pages of `count` articles, the same at every run."""
    chance = random.Random(20261120)
    for number in range(count):
        date = START + dt.timedelta(minutes=number * MINUTES // count)
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
        write_article(folder, f"bai-so-{number}", date, meta, body(chance))
    (folder / "index.md").write_text("# Trang nhất\n", encoding="utf-8")


def configuration(*, ours: bool) -> str:
    """Of MkDocs, to stand beside the folder `pages`: JSON, which is YAML."""
    theme: dict[str, object] = {"name": "material", "language": "vi", "font": False}
    plugins: list[object] = ["search"]
    if ours:
        shipped = yaml.safe_load((ROOT / "site_config.yml").read_text(encoding="utf-8"))
        theme = {**shipped["theme"], "custom_dir": str(ROOT / "theme")}
        plugins = shipped["plugins"]
        digest = next(entry["digest"] for entry in plugins if isinstance(entry, dict) and "digest" in entry)
        digest["topics"] = {f"muc-{n}": {"name": f"Mục {n}"} for n in range(15)}
        digest["sources"] = {f"bao-{n}": {"name": f"Báo {n}"} for n in range(20)}
        digest["tags"] = {}
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


@dataclass(frozen=True, slots=True)
class Run:
    """One whole build in a process of its own."""

    wall: float
    cpu: float
    peak: float
    """MB."""
    render: float
    """CPU seconds in the templates of article pages; of the digest's with all shells, lists' too."""
    rendered: int
    """Article pages whose template was rendered."""

    @property
    def share(self) -> float:
        return self.render / self.cpu


CHILD = textwrap.dedent("""
    import json, sys, time
    from pathlib import Path
    from jinja2.environment import Template

    who, template = sys.argv[1:]
    plain = Template.render
    spent = {"render": 0.0, "rendered": 0}

    def timed(self, *args, **values):
        page = (args[0] if args else values).get("page")
        if who == "digest" and self.name == "main.html":  # a shell, whichever page asked for it first
            start = time.process_time()
            try:
                return plain(self, *args, **values)
            finally:
                spent["render"] += time.process_time() - start
        if self.name != template or page is None or not page.file.src_uri.startswith("articles/"):
            return plain(self, *args, **values)
        start = time.process_time()
        try:
            return plain(self, *args, **values)
        finally:
            spent["render"] += time.process_time() - start
            spent["rendered"] += 1

    Template.render = timed
    if who == "digest":
        from generator.plugin import build
        build("digest.yml", site_dir="site-digest")
    else:
        from mkdocs.config import load_config
        from mkdocs.commands.build import build
        build(load_config("stock.yml", site_dir="site-stock"))
    Path("spent.json").write_text(json.dumps(spent))
""")
TEMPLATES = {"stock": "main.html", "digest": "kinds/article.html"}


def measure(who: str, folder: Path) -> Run:
    """A build from nothing: without an older site and without a cache."""
    for old in (folder / f"site-{who}", folder / ".cache"):
        shutil.rmtree(old, ignore_errors=True)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, who, TEMPLATES[who]], cwd=folder, env=environment
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the build ended with {process.returncode}")
    peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    spent = json.loads((folder / "spent.json").read_text())
    return Run(wall, usage.ru_utime + usage.ru_stime, peak, spent["render"], spent["rendered"])


def print_site(who: str, site: Path) -> tuple[int, int]:
    """Tells its size; (median, largest) article page over gzip."""
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    articles = [
        len(gzip.compress(path.read_bytes(), 6)) for path in files if path.parent.name.startswith("bai-so-")
    ]
    middle, largest = int(statistics.median(articles)), max(articles)
    print(
        f"{who:<16}{pages:8,} pages{sum(path.stat().st_size for path in files) / 1e6:9.1f} MB; article pages over "
        f"gzip: median {middle:,} bytes, largest {largest:,}"
    )
    return middle, largest


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="?", default=1000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder / "pages", options.articles)
        for who in TEMPLATES:
            (folder / f"{who}.yml").write_text(configuration(ours=who == "digest"), encoding="utf-8")
        print(f"{options.articles:,} articles of about {WORDS} words, {options.runs} runs by turns, medians")
        runs: dict[str, list[Run]] = {who: [] for who in TEMPLATES}
        for _ in range(options.runs):
            for who, done in runs.items():
                done.append(measure(who, folder))

        def median(who: str, field: str) -> float:
            return statistics.median(getattr(run, field) for run in runs[who])

        print(f"{'':<16}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'render s':>10}{'share':>8}{'rendered':>10}")
        for who in TEMPLATES:
            print(
                f"{who:<16}{median(who, 'wall'):9.1f}{median(who, 'cpu'):9.1f}{median(who, 'peak'):9.0f}"
                f"{median(who, 'render'):10.2f}{median(who, 'share'):8.0%}{median(who, 'rendered'):10,.0f}"
            )
        ratios = {field: median("digest", field) / (median("stock", field) or 1) for field in Run.__slots__}
        print(
            f"{'digest / stock':<16}{ratios['wall']:9.2f}{ratios['cpu']:9.2f}{ratios['peak']:9.2f}"
            f"{ratios['render']:10.2f}"
        )
        sizes = {who: print_site(who, folder / f"site-{who}") for who in TEMPLATES}
        middle, largest = (ours / stock for ours, stock in zip(sizes["digest"], sizes["stock"], strict=True))
        print(f"{'digest / stock':<16}article pages over gzip: median {middle:.2f}, largest {largest:.2f}")


if __name__ == "__main__":
    main()
