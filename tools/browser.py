"""Finds a Chromium that runs, and with --install gets one; prints its path.

In this order: `$CHROMIUM`, Chromium or Chrome on PATH or where the system keeps programs, Playwright's own;
with --install also Playwright's download and the system's package manager, where that needs no password.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
PACKAGE_MANAGERS = (
    (
        ("apt-get", "update", "-qq"),
        ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"),
    ),
    (("dnf", "install", "-y", "-q", "chromium"),),
    (("apk", "add", "--quiet", "chromium"),),
    (("zypper", "--non-interactive", "install", "chromium"),),
    (("pacman", "-Sy", "--noconfirm", "chromium"),),
)
ADVICE = (
    "no Chromium found: install Chromium or Chrome, or set CHROMIUM=/path/to/it "
    "(without a package manager: python -m playwright install chromium)"
)


def runs(path: str) -> bool:
    """Whether it starts: Ubuntu's `chromium-browser` is a note about snap, a download may miss libraries."""
    if os.name == "nt":  # chrome.exe prints no version and opens a window
        return Path(path).is_file()
    return succeeds(path, "--version", seconds=30)


def succeeds(*command: str, seconds: int = 900) -> bool:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def candidates() -> Iterator[str]:
    for name in NAMES:
        if path := shutil.which(name):
            yield path
    yield from (place for place in PLACES if Path(place).is_file())
    yield from playwrights_own()


def playwrights_own() -> Iterator[str]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if Path(path).is_file():
        yield path


def find() -> str | None:
    """The path of the first one that runs. A `$CHROMIUM` that does not run is not replaced by another."""
    if chosen := os.environ.get("CHROMIUM"):
        path = shutil.which(chosen)
        return path if path and runs(path) else None
    return next((path for path in candidates() if runs(path)), None)


def install() -> None:
    if succeeds(sys.executable, "-m", "playwright", "install", "chromium") and any(
        runs(path) for path in playwrights_own()
    ):
        return
    root: tuple[str, ...] = ()
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        root = ("sudo", "-n")
        if not succeeds(*root, "true", seconds=10):
            return
    for commands in PACKAGE_MANAGERS:
        if shutil.which(commands[0][0]):
            for command in commands:
                succeeds(*root, *command)
            return


def main() -> int:
    path = find()
    if path is None and "--install" in sys.argv[1:] and "CHROMIUM" not in os.environ:
        install()
        path = find()
    if path is None:
        chosen = os.environ.get("CHROMIUM")
        advice = f"CHROMIUM={chosen} does not start; name another one or unset it" if chosen else ADVICE
        print(advice, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
