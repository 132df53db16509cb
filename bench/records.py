"""From raw article to record: the figures of the issue "A record an editor can trust", in one run.

Usage: python bench/records.py [rounds]

Texts are counted by the processor seconds of one core, from decoded text to record, and once more from bytes to
record with topic and tags. Saved pages are read in turn with trafilatura alone, so that both meet the same noise:
the ratio is the figure. What a start costs, and the peak memory of refusing 100 MB, are those of processes of
their own.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import html_pages
import ingest as ingest_bench
import plain_texts
import trafilatura

from generator import intake
from generator.extract import extract
from generator.models import Form, RawItem
from generator.plugin import load_settings
from generator.readers import read
from generator.settings import Settings
from generator.sidecars import Sidecar
from generator.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parent.parent
TEXTS, PAGES = 300, 40
HUNDRED_MB = 100 * 1024 * 1024


def main() -> None:
    """Print one line for each figure: asked, measured."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    started = time.monotonic()
    print(f"{'':44} {'asked':>14}  measured")
    texts(5 * rounds)  # short ones: a noisy machine is quiet now and then
    pages(rounds)
    starts(rounds)
    refusals()
    print(f"({time.monotonic() - started:.0f} s, medians of {rounds} rounds)")


def show(what: str, asked: str, measured: str) -> None:
    """One line of the table."""
    print(f"{what:44} {asked:>14}  {measured}", flush=True)


def seconds(action: Callable[[], object]) -> float:
    """Processor time of one core."""
    start = time.process_time()
    action()
    return time.process_time() - start


def spread(values: Sequence[float], form: str) -> str:
    """Median, and the least and the most of the rounds."""
    low, high = (format(one, form) for one in (min(values), max(values)))
    return f"{format(statistics.median(values), form)}  ({low} … {high})"


def texts(rounds: int) -> None:
    """Plain texts of some 2,800 characters, under a vocabulary of 320 labels."""
    dice = random.Random(2025)
    data = [plain_texts.article(dice).encode() for _ in range(TEXTS)]
    items = [
        RawItem(raw=f"content/raw/{n}.txt", form=Form.TEXT, text=one.decode()) for n, one in enumerate(data)
    ]
    with tempfile.TemporaryDirectory() as place:
        ingest_bench.make_folder(Path(place), 1, 0)
        settings = load_settings(Path(place) / "site_config.yml")
    vocabulary, sidecar = Vocabulary.of(settings), Sidecar(path="")

    def understand() -> None:
        for number, one in enumerate(data):
            intake.read(f"content/raw/{number}.txt", one, settings, vocabulary, sidecar)

    def find() -> None:
        for item in items:  # nothing is kept, as in an ingest
            extract(item, settings)

    bare = [TEXTS / seconds(find) for _ in range(rounds)]
    whole = [TEXTS / seconds(understand) for _ in range(rounds)]
    show("texts a second and core, text to record", "≥ 500", spread(bare, ".0f"))
    show("  from bytes, with topic and tags", "", spread(whole, ".0f"))


def pages(rounds: int) -> None:
    """Saved pages beside trafilatura, round by round."""
    corpora = {"generated": [html_pages.make_page(seed) for seed in range(PAGES)]}
    saved = ROOT.parent / "shared" / "data" / "html"
    if saved.is_dir():
        corpora["saved"] = [gzip.decompress(path.read_bytes()) for path in sorted(saved.glob("*.html.gz"))]
    else:
        print("(no ../shared: the saved pages are left out)")
    settings = Settings()
    for name, corpus in corpora.items():
        own, peer = [], []
        for _ in range(rounds + 1):
            own.append(len(corpus) / seconds(lambda: [extract(read("content/raw/a.html", one).items[0], settings) for one in corpus]))  # fmt: skip  # noqa: B023
            peer.append(len(corpus) / seconds(lambda: [trafilatura.bare_extraction(one, with_metadata=True, include_comments=False) for one in corpus]))  # fmt: skip  # noqa: B023
        own, peer = own[1:], peer[1:]  # the first round warms caches
        ratios = [mine / other for mine, other in zip(own, peer, strict=True)]
        show(f"{len(corpus)} {name} pages: speed over trafilatura's", "≥ 0.70", spread(ratios, ".2f"))
        show("  pages a second and core, ours · trafilatura", "",
             f"{statistics.median(own):.1f} · {statistics.median(peer):.1f}")  # fmt: skip


def starts(rounds: int) -> None:
    """What importing costs in a fresh interpreter, in processor time, the interpreter's own start taken off."""
    bare = statistics.median(_run("-c", "pass")[0] for _ in range(rounds))
    for module in ("generator", "generator.cli", "generator.extract"):
        times = [_run("-c", f"import {module}")[0] - bare for _ in range(rounds)]
        show(f"import {module}, seconds", "< 0.5", spread(times, ".2f"))


# A process's peak memory begins with that of the one that started it: so a small one stands between.
_APART = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, done.returncode, done.stderr]))
"""


def _run(*arguments: str, folder: Path = ROOT) -> tuple[float, float, int, str]:
    """(processor seconds, peak MB, exit code, standard error) of a Python process."""
    command = [sys.executable, "-c", _APART, sys.executable, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    spent, peak, code, said = json.loads(done.stdout)
    return spent, peak, code, said


def refusals() -> None:
    """`digest ingest` over one file of 100 MB: what it says, and its peak memory."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ingest_bench.make_folder(folder, 1, 0)
        with (folder / "content/raw/big.html").open("wb") as file:
            file.truncate(HUNDRED_MB)
        _, peak, code, said = _run("-m", "generator", "ingest", "content/raw/big.html", folder=folder)
    refused = "refused" if code == 1 and "104,857,600 bytes" in said else f"NOT REFUSED: {said}"
    show("100 MB in one raw file, peak memory", "< 256 MB", f"{peak:.0f} MB, {refused}")


if __name__ == "__main__":
    main()
