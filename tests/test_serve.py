"""`digest serve` as an editor has it open beside the text: a real process, a real HTTP server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
# A shell starts what runs in the background deaf to interrupts, and its children with it.
DIGEST = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from generator.cli import main; main()"
)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def wait_for(look: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until `look` is true, as a person at the screen would; the bound only ends a test that hangs."""
    for _ in range(300):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            if look():
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.2)
    pytest.fail(f"not within a minute:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Path, str, subprocess.Popen[bytes], Path]]:
    folder = tmp_path / "digest"
    copytree(HERE / "site", folder)
    config = folder / "site_config.yml"
    theme = HERE.parent / "theme"
    config.write_text(config.read_text(encoding="utf-8").replace("../../theme", str(theme)), encoding="utf-8")
    port, log = free_port(), tmp_path / "log"
    command = [sys.executable, "-c", DIGEST, "--config-file", str(config), "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent), "SOURCE_DATE_EPOCH": "1795305600"}
    with log.open("wb") as out, subprocess.Popen(command, stderr=out, stdout=out, env=environment) as process:
        try:
            yield folder, f"http://127.0.0.1:{port}/", process, log
            process.send_signal(signal.SIGINT)
            process.wait(20)
        finally:
            process.kill()  # else a preview that does not end would let the tests wait for ever


@pytest.mark.slow
def test_an_edit_shows_at_once_and_what_waits_is_marked(
    preview: tuple[Path, str, subprocess.Popen[bytes], Path],
) -> None:
    folder, address, process, log = preview
    wait_for(lambda: "Điểm Tin Thử" in get(address), process, log)
    assert "Bản nháp" in get(f"{address}2026/11/ban-nhap/")
    assert "24/9" in get(f"{address}held/")

    page = folder / "content/pages/articles/2026/11/chu-nom.md"
    before = page.read_text(encoding="utf-8")
    title = next(line for line in before.splitlines() if line.startswith("title:"))
    page.write_text(before.replace(title, 'title: "Đầu đề vừa sửa xong"'), encoding="utf-8")
    wait_for(lambda: "Đầu đề vừa sửa xong" in get(address), process, log)
    assert "Đầu đề vừa sửa xong" in get(f"{address}2026/11/chu-nom/")

    # A page that breaks in the middle of an edit takes nothing else away, and comes back when it is mended.
    page.write_text(before.replace(title, "title: a: b"), encoding="utf-8")
    wait_for(lambda: "Đầu đề vừa sửa xong" not in get(address), process, log)
    page.write_text(before, encoding="utf-8")
    wait_for(
        lambda: title.removeprefix("title: ").strip('"') in get(f"{address}2026/11/chu-nom/"), process, log
    )
    assert not (folder / "site").exists()


@pytest.mark.slow
def test_the_preview_ends_with_an_interrupt(preview: tuple[Path, str, subprocess.Popen[bytes], Path]) -> None:
    _, address, process, log = preview
    wait_for(lambda: bool(get(address)), process, log)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) in (0, 130)


@pytest.mark.slow
@pytest.mark.browser
def test_an_open_page_renews_itself(
    preview: tuple[Path, str, subprocess.Popen[bytes], Path], browser: Browser
) -> None:
    """MkDocs' server puts a script of its own into each page: the policy of a preview lets it run."""
    folder, address, process, log = preview
    wait_for(lambda: "Điểm Tin Thử" in get(address), process, log)
    context = browser.new_context()
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.extend([message.text] * (message.type == "error")))
    opened.goto(f"{address}2026/11/chu-nom/")
    page = folder / "content/pages/articles/2026/11/chu-nom.md"
    text = page.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    page.write_text(text.replace(title, 'title: "Đầu đề tự mới"'), encoding="utf-8")
    opened.get_by_role("heading", level=1, name="Đầu đề tự mới").wait_for(timeout=60_000)
    assert not faults
    context.close()
