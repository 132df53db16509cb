"""The content that ships: every raw article is understood as a careful reader would, every page is valid."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import article, frontmatter, intake, settings
from generator.check import Options, check
from generator.dates import format_moment, parse_iso
from generator.models import DateStatus, Level, Moment, Record
from generator.sidecars import Sidecar
from generator.storage import Project
from generator.vocabulary import Vocabulary

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "site_config.yml"
EXPECTED: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests/cases/content_expected.yml").read_text(encoding="utf-8")
)


@cache
def shipped() -> settings.Settings:
    text = CONFIG.read_text(encoding="utf-8")
    plugins = yaml.safe_load(text)["plugins"]
    options = next(plugin["digest"] for plugin in plugins if isinstance(plugin, dict) and "digest" in plugin)
    return settings.parse(options, text=text)


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.of(shipped())


@cache
def records(raw: str) -> tuple[Record, ...]:
    sidecar = Sidecar(path=f"{raw}.meta.yml")
    reading = intake.read(raw, (ROOT / raw).read_bytes(), shipped(), vocabulary(), sidecar)
    assert not [problem for problem in reading.problems if problem.level == "error"]
    return reading.records


def record_of(expected: dict[str, Any]) -> Record:
    """The record of a file that is one article, or the item of a feed with that title."""
    found = records(expected["raw"])
    siblings = [entry for entry in EXPECTED if entry["raw"] == expected["raw"]]
    assert len(found) == len(siblings), "one record per article"
    if len(found) == 1:
        return found[0]
    titled = [record for record in found if record.title == expected["title"]]
    assert len(titled) == 1, [record.title for record in found]
    return titled[0]


def name_of(expected: dict[str, Any]) -> str:
    return f"{expected['raw'].removeprefix('content/raw/')}: {(expected['title'] or 'untitled')[:24]}"


def raw_files() -> list[str]:
    return sorted(Project(ROOT).raw_files())


def words_of(record: Record) -> str:
    parts = [record.title or "", record.lead or "", record.section or "", *record.authors]
    parts += [block.text + " " + block.credit for block in record.body]
    return "\n".join(parts)


@pytest.mark.parametrize("expected", EXPECTED, ids=name_of)
class TestRawArticle:
    def test_title_source_topic(self, expected: dict[str, Any]) -> None:
        record = record_of(expected)
        assert (record.title, record.source, record.topic) == (
            expected["title"],
            expected["source"],
            expected["topic"],
        )

    def test_date(self, expected: dict[str, Any]) -> None:
        publication = record_of(expected).publication
        if expected["date"] is None:
            assert publication.value is None
            assert publication.status is not DateStatus.SETTLED
            return
        wanted: Moment = parse_iso(expected["date"], shipped().zone)
        assert publication.status is DateStatus.SETTLED, publication.why
        assert publication.value is not None
        assert type(publication.value) is type(wanted), format_moment(publication.value)
        assert publication.value == wanted

    def test_held(self, expected: dict[str, Any]) -> None:
        assert [review.field for review in record_of(expected).reviews] == expected.get("held", [])

    def test_people_and_place(self, expected: dict[str, Any]) -> None:
        record = record_of(expected)
        if "authors" in expected:
            assert list(record.authors) == expected["authors"]
        if "section" in expected:
            assert record.section == expected["section"]
        if "language" in expected:
            assert record.language == expected["language"]
        if "url" in expected:
            assert (record.canonical_url or record.url or "").partition("?")[0] == expected["url"]

    def test_text(self, expected: dict[str, Any]) -> None:
        record = record_of(expected)
        assert (record.lead or "").startswith(expected["lead"])
        if "last" in expected:
            assert record.paragraphs[-1].endswith(expected["last"])
        captions = [{"text": block.text, "credit": block.credit} for block in record.captions]
        wanted = expected.get("captions", [])
        if "captions" in expected or not expected["raw"].endswith(".html"):
            assert [tidy(caption) for caption in captions] == [tidy(caption) for caption in wanted]
        words = words_of(record)
        assert not [line for line in expected.get("absent", []) if line in words]

    def test_tags(self, expected: dict[str, Any]) -> None:
        tags = record_of(expected).tags
        assert not set(expected.get("tags", [])) - set(tags), tags
        assert not set(expected.get("not_tags", [])) & set(tags), tags


def tidy(caption: dict[str, str]) -> tuple[str, str]:
    """A caption in brackets may keep or lose its full stop."""
    return caption["text"].rstrip("."), caption["credit"]


def test_every_raw_file_has_its_expectation() -> None:
    assert sorted({expected["raw"] for expected in EXPECTED}) == raw_files()


def test_expected_words_stand_in_the_settings() -> None:
    known = shipped()
    for expected in EXPECTED:
        assert expected["source"] in known.sources
        assert expected["topic"] in known.topics
        assert set(expected.get("tags", [])) | set(expected.get("not_tags", [])) <= set(known.tags)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "content/pages/articles").rglob("*.md")), ids=lambda path: path.stem
)
def test_article_page_is_valid(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    block, body, _ = frontmatter.split(path.read_text(encoding="utf-8"), name)
    meta = frontmatter.load(block or "", name)
    lines = frontmatter.key_lines(block or "", name)
    told, problems = article.read(
        meta, body, name.removeprefix("content/pages/"), shipped().zone, lambda: lines
    )
    assert not problems
    assert told.source in shipped().sources
    assert told.topic in shipped().topics
    assert set(told.tags) <= set(shipped().tags)
    if not told.raw:
        assert told.note, "an editor's own page says why it was chosen"


def test_the_check_finds_nothing_but_what_is_held_on_purpose() -> None:
    now = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
    found = check(Project(ROOT), shipped(), Options(now=now)).problems
    assert [one.rule for one in found if one.level is Level.ERROR] == []
    assert {one.rule for one in found if one.level is Level.WARNING} <= {"page-held"}
    assert not [one for one in found if one.rule == "picture-unused"]


def test_every_kept_picture_is_small() -> None:
    sizes = [(ROOT / path).stat().st_size for path in Project(ROOT).picture_files()]
    assert sizes
    assert max(sizes) < 30_000
