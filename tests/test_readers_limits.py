"""Size and depth: a huge or hostile raw file of any form is refused, in time and within 256 MB of memory."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import RawError
from generator.readers import read

ROOT = Path(__file__).resolve().parent.parent
MEMORY = 256 * 1024 * 1024
HUGE = 100 * 1024 * 1024
STARTS = {
    "txt": b"Ch\xe1\xbb\xaf ", "html": b"<!doctype html><p>a", "md": b"# a\n", "xml": b"<rss><channel><item><title>a</title>",
    "json": b'{"version":"https://jsonfeed.org/version/1","items":[', "eml": b"From: a@b.example\nSubject: a\n\n", "docx": b"PK\x03\x04",
}  # fmt: skip
# The most memory that a process held. Not `ru_maxrss` where there is something better: on Linux it begins with that of
# the process that started this one.
PEAK = """
import resource, sys
def peak():
    try:
        with open("/proc/self/status") as lines:
            return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
"""
# Runs the command and prints that; the limit on addresses stops a runaway before the machine does.
SCRIPT = f"""{PEAK}
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from generator.cli import main
code = 0
try:
    main(sys.argv[1:])
except SystemExit as error:
    code = error.code
finally:
    print(peak())
sys.exit(code)
"""


def run(folder: Path, *words: str) -> tuple[subprocess.CompletedProcess[str], int]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        timeout=120,
    )
    return done, int(done.stdout.strip().splitlines()[-1])


def project(folder: Path) -> Path:
    (folder / "content/raw").mkdir(parents=True)
    (folder / "site_config.yml").write_text(
        "site_name: x\nsite_url: https://diem.example/\nplugins: [digest]\n", "utf-8"
    )
    return folder


def huge(path: Path, start: bytes) -> None:
    """A file of 100 MB that takes no room on the disk."""
    with path.open("wb") as file:
        file.write(start)
        file.truncate(HUGE)


@pytest.mark.parametrize("suffix", STARTS)
def test_a_file_of_100_mb_is_refused_by_extract(tmp_path: Path, suffix: str) -> None:
    path = project(tmp_path) / f"content/raw/a.{suffix}"
    huge(path, STARTS[suffix])
    done, memory = run(tmp_path, "extract", str(path), "--json")
    assert done.returncode == 1, done.stderr
    assert f"has {HUGE:,} bytes" in done.stderr
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr
    assert memory < MEMORY


def test_files_of_100_mb_do_not_stop_ingest(tmp_path: Path) -> None:
    folder = project(tmp_path) / "content/raw"
    for suffix, start in STARTS.items():
        huge(folder / f"big.{suffix}", start)
    (folder / "good.txt").write_text(
        "Cầu mới thông xe\n\nSáng nay chiếc cầu mới đã thông xe sau hai năm xây dựng.\n", "utf-8"
    )
    done, memory = run(tmp_path, "ingest", "--dry-run")
    assert done.returncode == 1, done.stderr
    assert done.stderr.count(f"has {HUGE:,} bytes") == len(STARTS)
    assert "1 new" in done.stderr + done.stdout
    assert memory < MEMORY


def repeated(piece: bytes, size: int) -> bytes:
    return piece * (size // len(piece))


HOSTILE: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "JSON, deep": ("a.json", lambda size: repeated(b"[", size)),
    "JSON, deep objects": ("a.json", lambda size: repeated(b'{"a":', size)),
    "JSON, wide": ("a.json", lambda size: b"[" + repeated(b"{},", size) + b"{}]"),
    "JSON, numbers": ("a.json", lambda size: b"[" + repeated(b"1" * 50 + b",", size) + b"1]"),
    "JSON, one number": ("a.json", lambda size: repeated(b"1", size)),
    "JSON, posts": ("a.json", lambda size: b"[" + b",".join([b'{"title":{"rendered":"x"},"content":{"rendered":"a"}}'] * (size // 52)) + b"]"),
    "feed, items": ("a.xml", lambda size: b"<rss><channel>" + repeated(b"<item><title>x</title></item>", size) + b"</channel></rss>"),
    "feed, deep": ("a.xml", lambda size: b"<rss><channel><item>" + repeated(b"<a>", size)),
    "feed, media": ("a.xml", lambda size: b'<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><title>a</title>' + repeated(b"<media:group>", size)),
    "mail, deep": ("a.eml", lambda size: b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(size // 60))),
    "mail, mails in mails": ("a.eml", lambda size: b"MIME-Version: 1.0\n" + repeated(b"Content-Type: message/rfc822\n\n", size)),
    "mail, parts": ("a.eml", lambda size: b"From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n" + repeated(b"--b\n\nx\n", size)),
    "mail, text": ("a.eml", lambda size: b"From: a@b\n\n" + repeated(b"From: a\nSubject: b\nDate: c\n", size)),
    "mail, html": ("a.eml", lambda size: b"From: a@b\nContent-Type: text/html\n\n" + repeated(b"<div>x", size)),
    "mail, links": ("a.eml", lambda size: b"From: a@b\nContent-Type: text/html\n\n" + repeated(b"<p><a href=x>unsubscribe view online</a></p>", size)),
    "mail, a header": ("a.eml", lambda size: b"From: a@b\nSubject: " + repeated(b"=?utf-8?q?a?= \n ", size) + b"\n\nabc"),
    "mail, a prefix": ("a.eml", lambda size: b"From: a@b\nSubject: " + repeated(b"Re: [x] ", size) + b"\n\nabc"),
    "mail, base64": ("a.eml", lambda size: b"From: a@b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + repeated(b"YWJjIGRlZiBnaGkK\n", size)),
    "old encoding": ("a.txt", lambda size: repeated("Bé C«ng an ®· cö ®éi ®i.\n".encode("latin-1"), size)),
    "UTF-16": ("a.txt", lambda size: repeated("đẹp\n".encode("utf-16-le"), size)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_cost_little(name: str) -> None:
    path, make = HOSTILE[name]
    data = make(200_000)
    start = time.perf_counter()
    with contextlib.suppress(RawError):
        read(path, data)
    assert time.perf_counter() - start < 6


@pytest.mark.parametrize("name", ["JSON, wide", "feed, items", "mail, text", "mail, html", "old encoding"])
@pytest.mark.slow
def test_hostile_files_at_the_limit_stay_within_memory(name: str) -> None:
    code = (
        f"{PEAK}\nfrom tests.test_readers_limits import HOSTILE\nfrom generator.readers import read\n"
        "from generator.errors import RawError\n"
        f"path, make = HOSTILE[{name!r}]\ntry: read(path, make(10_000_000))\nexcept RawError: pass\n"
        "print(peak())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < MEMORY
