"""Lighthouse on a phone, for five pages of the sample site: the median of three runs.

    python bench/lighthouse.py [--runs N]

The sample site is built for the address that it is served from, and served over gzip with long cache times and the
headers that a file `_headers` in the site gives under `/*`. Lighthouse comes from npm, one pinned version, into
`.cache/lighthouse` (once); without node or npm the whole measurement is left out.

perf, a11y, best, seo   the four scores; limits 98, 100, 100, 100
LCP, TBT, CLS           of the run with the median performance: largest paint and blocked time in ms, layout shift
index                   how fast Lighthouse found this machine to be in that run (`benchmarkIndex`): on a busy one it
                        is a fraction of what it is on an idle one, and TBT and perf are worth as little

Below a page stand the audits that cost it points, in any of its runs, with their ids. Exit code 1 if a score is
under its limit.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from _host import FLAGS, Host, find_chromium, find_kinds, serving
from budget import NOW
from build import ROOT

from generator.plugin import build, load_settings

VERSION = "12.8.2"
"""The last that runs with node 18 and 20."""
TRIES = 3
"""On a busy machine it sometimes misses the beginning of its own trace."""
PLACE = ROOT / ".cache/lighthouse"
LIMITS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
PAGES = ("front", "article", "topic", "month", "tags")


def install() -> Path | None:
    """The program, or nothing where it cannot be had; one line says why."""
    if not shutil.which("node") or not shutil.which("npm"):
        print("Lighthouse is left out: it needs node and npm")
        return None
    package = PLACE / "node_modules/lighthouse"
    manifest = package / "package.json"
    if not manifest.is_file() or json.loads(manifest.read_text(encoding="utf-8"))["version"] != VERSION:
        PLACE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", ".", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(
            [*command, f"lighthouse@{VERSION}"], cwd=PLACE, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(
                f"Lighthouse is left out: npm could not install it: {done.stderr.strip().splitlines()[-1:]}"
            )
            return None
    return package / "cli/index.js"


def build_for(host: Host, folder: Path) -> Path:
    """The sample site with `site_url` at the host; gives the copy of its configuration file."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(ROOT / "theme", folder / "theme")
    shutil.copy2(ROOT / "site_config.yml", folder / "shipped.yml")
    config = folder / "site_config.yml"
    config.write_text(f"INHERIT: shipped.yml\nsite_url: {host.url}\n", encoding="utf-8")
    build(config, site_dir=host.site)
    return config


def read_headers(file: Path) -> dict[str, str]:
    """What a `_headers` file gives every page: the indented lines below `/*`."""
    found: dict[str, str] = {}
    pattern = ""
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0].isspace():
            name, _, value = line.partition(":")
            if pattern == "/*":
                found[name.strip()] = value.strip()
        else:
            pattern = line.strip()
    return found


def run(program: Path, chromium: str, address: str, report: Path) -> dict[str, Any]:
    """One report."""
    command = ["node", str(program), address, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(LIMITS)}", f"--chrome-flags=--headless=new {' '.join(FLAGS)}"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    why = ""
    for _ in range(TRIES):
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        if done.returncode == 0:
            found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
            if not found.get("runtimeError"):
                return found
            why = str(found["runtimeError"])
        else:
            why = done.stderr.strip()[-800:]
    raise SystemExit(f"Lighthouse failed {TRIES} times: {why}")


def scores(report: dict[str, Any]) -> dict[str, int]:
    return {name: round(100 * report["categories"][name]["score"]) for name in LIMITS}


def failing(report: dict[str, Any]) -> set[str]:
    """The audits that cost points."""
    found = set()
    for name in LIMITS:
        for one in report["categories"][name]["auditRefs"]:
            audit = report["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 1:
                found.add(f"{name}: {one['id']}: {audit['title']}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    program = install()
    if program is None:
        return 0
    os.environ["SOURCE_DATE_EPOCH"] = NOW
    chromium = find_chromium()
    fine = True
    with tempfile.TemporaryDirectory() as name, serving(Path(name) / "site") as host:
        config = build_for(host, Path(name))
        host.cache = {
            "": "public, max-age=31536000, immutable",
            "text/html": "public, max-age=0, must-revalidate",
        }
        host.headers = read_headers(host.site / "_headers")
        told = ", ".join(host.headers) or "no _headers file"
        print(f"Lighthouse {VERSION}, mobile, {options.runs} runs, medians; headers: {told}")
        print(
            f"{'page':<10}{'perf':>6}{'a11y':>6}{'best':>6}{'seo':>6}{'LCP':>8}{'TBT':>6}{'CLS':>7}{'index':>7}"
        )
        kinds = find_kinds(host.site, load_settings(config).paths)
        for kind in (kind for kind in PAGES if kind in kinds):
            address = host.url + kinds[kind]
            reports = [
                run(program, chromium, address, Path(name) / "report.json") for _ in range(options.runs)
            ]
            medians = {key: statistics.median(scores(one)[key] for one in reports) for key in LIMITS}
            middle = sorted(reports, key=lambda one: one["categories"]["performance"]["score"])[
                len(reports) // 2
            ]
            lcp, tbt, cls = (
                middle["audits"][audit]["numericValue"]
                for audit in ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
            )
            under = [key for key, limit in LIMITS.items() if medians[key] < limit]
            fine = fine and not under
            print(
                f"{kind:<10}"
                + "".join(f"{value:6.0f}" for value in medians.values())
                + f"{lcp:8.0f}{tbt:6.0f}{cls:7.3f}{middle['environment']['benchmarkIndex']:7.0f}  "
                + (f"UNDER ({', '.join(under)})" if under else "ok"),
                flush=True,
            )
            for audit in sorted(set().union(*map(failing, reports))):
                print(f"    {audit}")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
