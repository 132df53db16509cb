"""The docs: every example runs and shows what one sees, both languages say the same, and links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import cli
from tests.docs_runner import Block, Player, WrongPageError, apply_edit, find_blocks, find_spans, fits, start

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAIRS = tuple(
    re.findall(r"\(en/([\w-]+)\.md\).*\(vi/([\w-]+)\.md\)", (DOCS / "README.md").read_text("utf-8"))
)
"""(English page, Vietnamese page), as the index lists them."""
RUN = tuple((english, vietnamese) for english, vietnamese in PAIRS if english != "check")
"""Those whose blocks are told here; `test_check_docs.py` has its own way with the rules of `digest check`."""
PAGES = sorted(DOCS.glob("??/*.md"))
SETTINGS = next(block for block in find_blocks((DOCS / "README.md").read_text("utf-8")) if block.title == "site_config.yml").text  # fmt: skip
NOW = "1795219200"
"""21 November 2026, 7:00 in Hanoi: the day of the examples."""


def read(language: str, name: str) -> str:
    return (DOCS / language / f"{name}.md").read_text("utf-8")


@pytest.fixture
def player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Player:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    identity = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "Biên tập"), ("EMAIL", "bien-tap@diem-tin.example"), ("DATE", "2026-11-21T07:00:00+07:00"))}  # fmt: skip
    settings = {"SOURCE_DATE_EPOCH": NOW, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C.UTF-8"}  # fmt: skip
    for name, value in {**identity, **settings}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return start(tmp_path, SETTINGS, ROOT / "theme")


# ------------------------------------------------------------------------------------------ the docs


@pytest.mark.parametrize("name", [english for english, _ in RUN])
def test_the_examples_run_and_show_what_one_sees(name: str, player: Player) -> None:
    blocks = find_blocks(read("en", name))
    assert blocks, "a page without an example is nothing that a test can keep true"
    for block in blocks:
        player.play(block)


@pytest.mark.parametrize(("english", "vietnamese"), RUN)
def test_both_languages_have_the_same_examples(english: str, vietnamese: str) -> None:
    ours, theirs = find_blocks(read("en", english)), find_blocks(read("vi", vietnamese))
    assert [block.words for block in theirs] == [block.words for block in ours]
    outlines = [re.findall(r"^#+(?= )", prose(read(*page)), re.MULTILINE) for page in (("en", english), ("vi", vietnamese))]  # fmt: skip
    assert outlines[0] == outlines[1], "the same sections"


def test_the_index_lists_every_page_once() -> None:
    listed = [f"en/{english}" for english, _ in PAIRS] + [f"vi/{vietnamese}" for _, vietnamese in PAIRS]
    assert sorted(listed) == [page.relative_to(DOCS).with_suffix("").as_posix() for page in PAGES]


@pytest.mark.parametrize(
    "page",
    [DOCS / f"{name}.md" for en, vi in RUN for name in (f"en/{en}", f"vi/{vi}")],
    ids=lambda page: page.stem,
)
def test_a_file_is_named_above_its_block(page: Path) -> None:
    """What stands behind a fence is not shown on GitHub."""
    lines = page.read_text("utf-8").split("\n")
    for block in find_blocks("\n".join(lines)):
        assert not block.title or f"`{block.title}`" in "\n".join(lines[: block.line - 1]), block.title


@pytest.mark.parametrize("page", [DOCS / "README.md", *PAGES], ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page.read_text("utf-8"))):
        if link.startswith("https://"):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target.read_text("utf-8")), link


@pytest.mark.parametrize("page", [DOCS / "README.md", *PAGES], ids=lambda page: page.stem)
def test_commands_and_options_in_the_prose_are_there(page: Path) -> None:
    for span in find_spans(page.read_text("utf-8")):
        name, *words = shlex.split(span) if span.startswith("digest ") else ["", ""]
        if name and words[0] != "…":
            command = cli.digest.commands[words[0]]
            known = {option for one in command.params for option in one.opts}
            assert {word for word in words if word.startswith("-")} <= known, span


@pytest.mark.parametrize("page", [DOCS / "README.md", *PAGES], ids=lambda page: page.stem)
def test_make_has_the_targets(page: Path) -> None:
    text = page.read_text("utf-8")
    lines = [line for block in find_blocks(text) if block.language == "sh" for line in block.text.split("\n")]
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for words in (line.split() for line in (*lines, *find_spans(text))):
        assert words[:1] != ["make"] or words[-1] in targets, words


def prose(page: str) -> str:
    """A page without its blocks."""
    return re.sub(r"^ *(```+)[^`\n]*\n(?:.*\n)*? *\1$", "", page, flags=re.MULTILINE)


def anchors(page: str) -> Iterator[str]:
    """Of its headings, as GitHub makes them."""
    for heading in re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


# ---------------------------------------------------------------------------------------- the runner


def play(player: Player, page: str) -> None:
    for block in find_blocks(page):
        player.play(block)


def test_a_true_page_passes(player: Player) -> None:
    play(player, '- A list:\n\n  ```text title="a/b.txt"\n  x\n    y\n  ```\n\n  ```console\n  $ cat \\\n    a/b.txt\n  x\n    y\n  ```\n')  # fmt: skip
    assert (player.root / "a/b.txt").read_text() == "x\n  y\n"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("```console\n$ digest ingest\n```\n", "one sees\n0 articles"),
        ("```console\n$ digest check\n0 errors, 0 warnings in 1 page\nAll is well.\n```\n", "the page shows"),
        ("```console\n$ digest due\nnothing\n```\n", "one sees\n"),
        ("```console\n$ digest due --pest\n…\n```\n", "ends with 2, not 0"),
        ("```console exit=1\n$ digest due\n```\n", "ends with 0, not 1"),
        ("```console\n$ curl example.org\n```\n", "does not run `curl`"),
        ("```console\nall is well\n```\n", "no command stands above"),
        ("\n```console\n```\n", "line 2: a console block needs a line"),
        ("```text\nx\n```\n", "names no file"),
        ("```python\nx\n```\n", "knows no block `python`"),
        ('```diff title="nowhere.md"\n-x\n```\n', "No such file"),
        ('```diff title="site_config.yml"\n-site_name: Khác\n```\n', "found 0 times"),
        ("```text\nx\n", "never closed"),
    ],
)
def test_a_wrong_page_fails(player: Player, page: str, words: str) -> None:
    with pytest.raises(WrongPageError) as caught:
        play(player, page)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("expected", "same"),
    [
        ("a\nb\nc\n", True),
        ("…\n", True),
        ("a\n…\nc\n", True),
        ("…\nb\n…\n", True),
        ("a\nb\nc\n…\n", True),
        ("a…\nb\nc\n", True),
        ("a\nc\n", False),
        ("a\nb\n", False),
        ("…\nx\n…\n", False),
        ("b\n…\n", False),
        (".\n.\n.\n", False),
        ("", False),
    ],
)
def test_what_fits(expected: str, same: bool) -> None:
    assert fits("a  \nb\nc\n", expected) is same


def test_edits() -> None:
    text = "a: 1\nb: 2\nc: 3\nb: 4\n"
    assert apply_edit(text, "-a: 1\n+a: 9\n@@\n b: 4\n+d: 5\n") == "a: 9\nb: 2\nc: 3\nb: 4\nd: 5\n"
    assert apply_edit(text, " a: …\n+x: 0\n-b: …\n") == "a: 1\nx: 0\nc: 3\nb: 4\n"
    for edit, words in (
        ("-b: …\n", "found 2 times"),
        (" a: 1\n-c: 3\n", "found 0 times"),
        (" a: 1\n", "changes nothing"),
        ("a: 1\n", "begins with a space"),
    ):
        with pytest.raises(WrongPageError, match=words):
            apply_edit(text, edit)


def test_spans_and_blocks_are_told_apart() -> None:
    page = "Run `digest a`, see\n\n```console exit=3\n$ `digest b`\n```\nand `c`."
    assert find_spans(page) == ("digest a", "c")
    assert find_blocks(page) == (Block("console", "", 3, "$ `digest b`\n", 3),)
