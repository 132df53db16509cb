"""JSON Schemas: they say what the check says, to a program that knows nothing of it."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from generator import article, cli, frontmatter, merge, schema, settings, sidecars
from generator.dates import parse_iso
from generator.errors import PageError, SettingsError
from generator.ingest import Options, Outcome, ingest
from generator.schema.article import MATERIAL
from generator.storage import PAGES, Project

ROOT = Path(__file__).resolve().parent.parent
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
VALUES: dict[str, Any] = {
    "sources": {
        "vd": {"name": "Báo Ví Dụ", "domains": ["bao-vi-du.example"], "dateline": ["BVD"], "text": "full",
               "licence": "CC BY 4.0", "sections": {"Đời sống": "hoa-binh"}},
    },
    "topics": {"hoa-binh": {"name": "Hòa bình", "terms": ["phái bộ"]}, "quan-y": {"name": "Quân y"}},
    "tags": {"Liên hợp quốc": {"aliases": ["LHQ"]}},
}  # fmt: skip
SETTINGS = settings.parse(VALUES)


def load(name: str, of: settings.Settings = SETTINGS) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(schema.schema_of(name, of).text)
    return told


@cache
def validator(name: str) -> Draft7Validator:
    return Draft7Validator(load(name))


@cache
def shipped() -> settings.Settings:
    plugins = yaml.safe_load((ROOT / "site_config.yml").read_text("utf-8"))["plugins"]
    return settings.parse(next(plugin["digest"] for plugin in plugins if "digest" in plugin))


# ------------------------------------------------------------------------------------- the files


def test_the_files_of_this_digest_are_up_to_date() -> None:
    """After a change of the settings or of a key: `digest schema --write`."""
    for one in schema.schemas(shipped()):
        assert (ROOT / one.path).read_bytes() == one.text.encode(), one.problem


@pytest.mark.parametrize("name", schema.NAMES)
def test_a_schema_is_draft_07_and_a_file_to_read(name: str) -> None:
    text = schema.schema_of(name, SETTINGS).text
    told = json.loads(text)
    assert told["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(told)
    assert text.endswith("}\n") and not text.endswith("\n\n") and "\r" not in text
    assert list(told)[:4] == ["$schema", "title", "description", "type"]
    assert "\\u" not in text, "Vietnamese is to be read"
    # Draft-07 hides whatever stands beside a reference.
    assert not [node for node in nodes(told) if "$ref" in node and len(node) > 1]


def nodes(node: Any, *, names: bool = False) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema."""
    if isinstance(node, list):
        for item in node:
            yield from nodes(item)
    elif isinstance(node, dict):
        if not names:
            yield node
        for key, part in node.items():
            yield from nodes(part, names=not names and key in ("properties", "definitions"))


@pytest.mark.parametrize("name", schema.NAMES)
def test_every_key_is_explained_in_a_line(name: str) -> None:
    for node in nodes(load(name)):
        for key, part in node.get("properties", {}).items():
            if "$ref" in part or part == {"type": "string"} or set(part) <= {"const", "minLength"}:
                continue
            words = part.get("description", "")
            assert len(words) > 10, f"{key}: {words!r}: write a docstring under the field"
            assert "\n" not in words


@pytest.mark.parametrize("name", schema.NAMES)
def test_patterns_mean_the_same_to_every_program(name: str) -> None:
    """ECMAScript with the flag `u` knows fewer escapes than Python, and no `\\Z` or `(?P<…>)`."""
    patterns = {node["pattern"]: node for node in nodes(load(name)) if "pattern" in node}
    assert patterns
    for pattern, node in patterns.items():
        re.compile(pattern)
        assert not re.findall(r"\\[^dsSwWbB.{}()\[\]^$*+?|/\\]", pattern), pattern
        assert not re.findall(r"\(\?[^:=!]", pattern), pattern
        assert pattern[0] == "^"
        assert "patternErrorMessage" in node, pattern


def test_a_change_of_the_settings_makes_a_schema_stale() -> None:
    now = {one.path: one.text for one in schema.schemas(SETTINGS)}
    assert schema.stale_schemas(now.get, SETTINGS) == ()
    assert schema.stale_schemas({}.get, SETTINGS) == (), "a digest need not have the files"
    more = copy.deepcopy(VALUES)
    more["topics"]["cong-binh"] = {"name": "Công binh"}
    stale = schema.stale_schemas(now.get, settings.parse(more))
    assert [one.path for one in stale] == [
        "docs/schema/article.schema.json",
        "docs/schema/site_config.schema.json",
    ]
    assert stale[0].problem.rule == "schema-stale"
    assert '"cong-binh"' in stale[0].text


# ------------------------------------------------------------------------------ an article's page


def told_by_the_check(meta: dict[str, Any]) -> list[str]:
    """What the check has against the front matter's keys and values."""
    _, problems = article.read(copy.deepcopy(meta), "", "articles/2026/11/x.md", ZONE, dict)
    rules = ("page-value", "page-unknown-key", "alias-invalid")
    told = [str(problem) for problem in problems if problem.rule in rules]
    topic = meta.get("topic")
    if isinstance(topic, str) and topic not in SETTINGS.topics:
        told.append("topic-unknown")
    return told


OLD_ADDRESSES = st.one_of(
    st.text("ab./%~- ", max_size=8),
    st.text('aàB1 ./-_~:;,!?#*+=|<>"&$()[]{}@^`', max_size=12),
    st.lists(
        st.sampled_from(
            [
                "a",
                "Bài",
                ".",
                " ",
                "/",
                "%2F",
                "%2f",
                "%20",
                "%2e",
                "%41",
                "%2A",
                "%3F",
                "%25",
                "%7C",
                "%C3%A0",
                "%e1%ba%bf",
                "%C3",
                "%f0%9f%8c%89",
                "%",
                "%4",
            ]
        ),
        max_size=6,
    ).map("".join),
)
NUMBERS = st.integers(0, 70)
DAYS = st.builds("{:04d}-{:02d}-{:02d}".format, st.integers(0, 2400), st.integers(0, 14), st.integers(0, 33))
TIMES = st.builds(
    "{}{:02d}:{:02d}{}{}".format,
    st.sampled_from(["T", " ", "t", "  "]),
    st.integers(0, 26),
    NUMBERS,
    st.sampled_from(["", ":00", ":59", ":60", ":07.25", ":7", "."]),
    st.sampled_from(["", "Z", "z", "+07:00", "-0330", " +07:00", "+24:00", "+23:59", "+7", "+07"]),
)
MOMENTS = st.builds(str.__add__, DAYS, st.one_of(st.just(""), TIMES))
ADDRESSES = st.builds(
    str.__add__,
    st.sampled_from(["https://", "http://", "HTTPS://", "ftp://", "https:/", "javascript:", "", "/", "//"]),
    st.text('ab.-/%~<>" é?#&=@:', max_size=12),
)
WORDS = st.one_of(
    st.sampled_from(["", "vd", "hoa-binh", "quan-y", "LHQ", "vi", "en-GB", "VI", "vi-", "true", "old/address/", "../x"]),
    MOMENTS,
    ADDRESSES,
    st.text("aàzZ09 -_'", max_size=10),
)  # fmt: skip
SCALARS = st.one_of(WORDS, st.booleans(), st.none(), st.integers(-5, 3000), st.sampled_from([0.5, 2.0]))
INNER = ("source", "url", "title", "date", "text", "reason", "body", "x")
BLOCKS = st.dictionaries(st.sampled_from(INNER), SCALARS, max_size=5)
GOOD_BLOCKS = st.one_of(
    st.fixed_dictionaries(
        {"source": WORDS, "url": ADDRESSES}, optional={"title": SCALARS, "date": SCALARS, "x": SCALARS}
    ),
    st.fixed_dictionaries({"date": MOMENTS, "text": WORDS}, optional={"x": SCALARS}),
    st.fixed_dictionaries({"date": MOMENTS, "reason": WORDS}),
)
ANY = st.one_of(SCALARS, BLOCKS, GOOD_BLOCKS, st.lists(st.one_of(SCALARS, GOOD_BLOCKS), max_size=3))
KEYS = st.sampled_from([*article.KEYS, *sorted(article.MATERIAL_KEYS), "titel", "Draft", "x"])
FRONT_MATTER = st.one_of(
    st.dictionaries(KEYS, ANY, max_size=3),
    # One value of a plausible kind: most errors are there and not in the kind.
    st.builds(lambda key, value: {key: value}, st.sampled_from(["date", "added", "publish_at"]), MOMENTS),
    st.builds(lambda value: {"url": value}, ADDRESSES),
    st.builds(lambda value: {"aliases": [value]}, OLD_ADDRESSES),
    st.builds(lambda value: {"lang": value}, st.text("aBc-0", max_size=6)),
    st.builds(lambda value: {"also": [value]}, GOOD_BLOCKS),
    st.builds(lambda value: {"corrections": [value]}, GOOD_BLOCKS),
    st.builds(lambda value: {"takedown": value}, GOOD_BLOCKS),
)


@given(FRONT_MATTER)
@example({"date": "2024-02-29"})
@example({"date": "2100-02-29"})
@example({"date": "0000-01-01"})
@example({"expires": "9999-12-31T23:59-11:00"})
@example({"aliases": ["2026/01/Bài-một/", "b%C3%A0i"]})
@example({"date": "2025-04-31T00:00"})
@example({"draft": "yes"})
@example({"takedown": None, "title": None, "tags": None})
@example({"also": [{"source": "vd", "url": "https://a.example/", "title": None}]})
@example({"generated": {"title": 12345678}})
@example({"review": "date: ?"})
@example({"extra": {"mã": [1, {"a": None}]}, "hide": ["toc"], "status": 5})
def test_the_schema_of_a_page_refuses_what_the_check_refuses(meta: dict[str, Any]) -> None:
    if meta.get("topic", "hoa-binh") in (None, ""):
        del meta["topic"]  # see below
    if meta.get("source", "vd") is None:
        del meta["source"]
    told = told_by_the_check(meta)
    errors = [error.message for error in validator("article").iter_errors(meta)]
    assert bool(told) == bool(errors), (told, errors)


@pytest.mark.parametrize(
    "meta",
    [
        # To the check a required key without a value is missing; while writing it is a mistake to be marked.
        {"topic": ""},
        {"topic": None},
        {"source": None},
        {"topic": " hoa-binh"},
        {"date": "2025-05-22T10:00+07:75"},  # read as +08:15
    ],
)
def test_where_the_schema_is_stricter_than_the_check(meta: dict[str, Any]) -> None:
    _, problems = article.read(meta, "", "held/x.md", ZONE, dict)
    assert not problems
    assert not validator("article").is_valid(meta)


def test_what_is_offered_is_what_the_settings_have() -> None:
    keys = load("article")["properties"]
    assert keys["topic"]["enum"] == ["hoa-binh", "quan-y"]
    assert keys["topic"]["enumDescriptions"] == ["Hòa bình", "Quân y"]
    assert keys["source"]["anyOf"][0]["enum"] == ["vd"]
    assert keys["tags"]["items"]["anyOf"][0]["enum"] == ["Liên hợp quốc"]
    assert keys["also"]["items"]["properties"]["source"]["anyOf"][0]["enumDescriptions"] == ["Báo Ví Dụ"]
    assert validator("article").is_valid({"source": "bao-khac", "tags": ["Nhãn khác"]}), (
        "the check only warns"
    )
    assert set(MATERIAL) == article.MATERIAL_KEYS
    assert set(keys) == {*article.KEYS, *MATERIAL}


def test_a_digest_without_topics_takes_any() -> None:
    empty = Draft7Validator(load("article", settings.parse({})))
    assert empty.is_valid({"topic": "a", "source": "b", "tags": ["c"]})
    assert not empty.is_valid({"topic": 5})


@pytest.mark.parametrize("pattern", [article.MOMENT_PATTERN])
def test_every_day_of_the_calendar_and_no_other(pattern: str) -> None:
    read = re.compile(pattern)
    for year in (0, 1, 999, 1000, 1900, 1996, 2000, 2023, 2024, 2100, 9990, 9991, 9999):
        for month in range(14):
            for day in range(33):
                text = f"{year:04d}-{month:02d}-{day:02d}"
                try:
                    parse_iso(text, ZONE)
                    known = True
                except ValueError:
                    known = False
                assert bool(read.fullmatch(text)) == known, text


# ---------------------------------------------------------------------------------- the settings


def config(**changes: Any) -> dict[str, Any]:
    return {"site_url": "https://a.example/", "plugins": ["search", {"digest": {**VALUES, **changes}}]}


def with_source(**changes: Any) -> dict[str, Any]:
    return {"sources": {"vd": {**VALUES["sources"]["vd"], **changes}}}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"timezone": "UTC"},
        {"paths": {"topics": "chu-de"}},
        {"editions": {"weekday": "monday", "cap": 100}},
        with_source(url="https://bao-vi-du.example", address_date=["/{YYYY}/{MM}/{DD}/", "{Mon}-{D}-{YY}-x{id}"]),
        with_source(text="full", licence="", permission="Ban biên tập, 2026"),
        with_source(images=True),
        with_source(since=1999),
        with_source(since="1999-05"),
        with_source(selectors={"title": "h1", "drop": [".x"]}),
        with_source(domains=["www.Bao-Vi-Du.example"]),
    ],
)  # fmt: skip
def test_settings_that_are_taken_are_valid(changes: dict[str, Any]) -> None:
    settings.parse({**VALUES, **changes})
    assert list(validator("settings").iter_errors(config(**changes))) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"timezon": "UTC"},
        {"timezone": "Giờ Việt Nam"},
        {"timezone": 7},
        {"paths": {"topics": "Chủ đề"}},
        {"paths": {"topic": "chu-de"}},
        {"paths": {"topics": "a" * 81}},
        {"paths": None},
        {"editions": {"weekday": "Monday"}},
        {"editions": {"cap": 0}},
        {"feeds": {"items": 501}},
        {"feeds": {"items": "nhiều"}},
        {"topics": {"Hoa_Binh": {"name": "Hòa bình"}}},
        {"topics": {"hoa-binh": {}}},
        {"topics": {"hoa-binh": {"name": ""}}},
        {"tags": {"Liên hợp quốc": {"kind": "org"}}},
        {"tags": {"Liên hợp quốc": {"aliases": "LHQ"}}},
        with_source(licence=""),
        with_source(text="excerpt", images=True),
        with_source(text="whole"),
        with_source(images="yes"),
        with_source(url="bao-vi-du.example"),
        with_source(domains=["bao-vi-du"]),
        with_source(domains="bao-vi-du.example"),
        with_source(address_date=["/{YYYY}/{MM}/"]),
        with_source(address_date=["/{YYYY}/{MM}/{DDD}/"]),
        with_source(address_date=["/{YYYY}/{MM}/{DD/"]),
        with_source(since=99),
        with_source(since="tháng 5"),
        with_source(excerpt_words=-1),
        with_source(delay_minutes=600_000),
        with_source(selectors={"titel": "h1"}),
        with_source(slug="Ví dụ"),
    ],
)
def test_settings_that_are_refused_are_invalid(changes: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        settings.parse({**VALUES, **changes})
    assert not validator("settings").is_valid(config(**changes))


def test_the_settings_stand_in_a_configuration_of_mkdocs() -> None:
    check = validator("settings").is_valid
    assert check({**config(), "theme": {"name": "material"}, "extra": {"x": 1}, "nav": []})
    assert check({"site_url": "https://a.example/", "plugins": {"search": {}, "digest": VALUES}})
    assert not check({"site_url": "https://a.example/", "plugins": {"digest": {"topic": {}}}})
    assert check({"site_url": "https://a.example/", "plugins": ["digest", {"digest": None}]})
    assert not check({"plugins": ["digest"]})
    assert check({"INHERIT": "base.yml"})


def test_a_new_topic_may_be_named_before_the_schema_knows_it() -> None:
    changes: dict[str, Any] = {
        **with_source(sections={"Quân sự": "doi-song"}),
        "topics": {**VALUES["topics"], "doi-song": {"name": "Đời sống"}},
    }
    assert validator("settings").is_valid(config(**changes))


# ---------------------------------------------------------------------------------- the sidecars


SIDECAR_WORDS = st.one_of(WORDS, st.just("vd"))


@given(
    st.dictionaries(
        st.sampled_from([*sidecars.KEYS, "urls"]),
        st.one_of(SIDECAR_WORDS, SCALARS, st.just({"a": {"page": "held/x.md"}}), st.just({"a": "b"})),
        max_size=4,
    )
)
@example({"fetched_at": "2026-11-20"})
@example({"fetched_at": ""})
@example({"skip": "true"})
@example({"items": {"a": {"page": "held/x.md"}}, "sha256": "ab12", "added": "2026-11-21"})
def test_the_schema_of_a_sidecar_refuses_what_ingest_refuses(meta: dict[str, Any]) -> None:
    if meta.get("source") == "":
        del meta["source"]  # an empty one is no source; the schema offers the known ones only
    text = frontmatter.dump(meta)
    try:
        told = sidecars.parse(text, "x.meta.yml", ZONE, SETTINGS.sources)
        refused = ""
    except PageError as error:
        told, refused = None, str(error)
    errors = [error.message for error in validator("sidecar").iter_errors(meta)]
    assert bool(refused) == bool(errors), (told, refused, errors)


# ------------------------------------------------------------------------------- what is shipped


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("*.md")), ids=lambda path: path.stem)
def test_pages_that_ship_are_valid(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    if not name.startswith((f"{PAGES}/articles/", f"{PAGES}/held/")):
        return
    block, _, _ = frontmatter.split(path.read_text("utf-8"), name)
    errors = Draft7Validator(load("article", shipped())).iter_errors(frontmatter.load(block or "", name))
    assert [error.message for error in errors] == []
    assert (block or "").startswith(schema.comment_of(name, schema.ARTICLE) + "\n")
    target = re.match(r"# yaml-language-server: \$schema=(\S+)\n", block or "")
    assert target is not None
    assert (path.parent / target[1]).resolve() == ROOT / schema.ARTICLE


def test_settings_and_sidecars_that_ship_are_valid() -> None:
    text = (ROOT / "site_config.yml").read_text("utf-8")
    first = text.partition("\n")[0]
    assert first == schema.comment_of("site_config.yml", "docs/schema/site_config.schema.json")
    check = Draft7Validator(load("settings", shipped()))
    assert [error.message for error in check.iter_errors(yaml.safe_load(text))] == []
    check = Draft7Validator(load("sidecar", shipped()))
    found = sorted((ROOT / "content/raw").rglob("*.meta.yml"))
    assert found
    for path in found:
        meta = frontmatter.load(path.read_text("utf-8"), path.name, 1)
        assert [error.message for error in check.iter_errors(meta)] == [], path


# --------------------------------------------------------------------------------- the comment


HELD = "content/pages/held/x.md"
FILED = "content/pages/articles/2026/11/x.md"
LINE = "# yaml-language-server: $schema=../../../docs/schema/article.schema.json\n"
DEEPER = "# yaml-language-server: $schema=../../../../../docs/schema/article.schema.json\n"


def test_the_comment_is_the_first_line_of_the_front_matter() -> None:
    text = "---\ntitle: T\n---\n\nThân.\n"
    assert schema.add_comment(text, HELD, schema.ARTICLE) == text.replace("---\n", f"---\n{LINE}", 1)
    assert schema.add_comment(text, FILED, schema.ARTICLE) == text.replace("---\n", f"---\n{DEEPER}", 1)
    assert schema.add_comment("Thân.\n", HELD, schema.ARTICLE) == "Thân.\n"


@pytest.mark.parametrize(
    "comment", [LINE, "# yaml-language-server: $schema=https://a.example/s.json\n", "# $schema: ../s.json\n"]
)
def test_an_editor_s_own_comment_stays(comment: str) -> None:
    text = f"---\ntitle: T\n{comment}---\n"
    assert schema.add_comment(text, FILED, schema.ARTICLE) == text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_comment_follows_its_page(end: str) -> None:
    text = f"---\n# Xem lại\n{LINE}title: T\n---\n\n{LINE}".replace("\n", end)
    moved = schema.follow_move(text, HELD, FILED, schema.ARTICLE)
    assert moved == f"---\n# Xem lại\n{DEEPER}title: T\n---\n\n{LINE}".replace("\n", end)
    assert schema.follow_move(moved, FILED, HELD, schema.ARTICLE) == text


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: T\n---\n",
        f"---\ntitle: T\n---\n{LINE}",
        "---\n# yaml-language-server: $schema=https://a.example/s.json\ntitle: T\n---\n",
        f'---\n{LINE.rstrip()}5\nsummary: "{LINE.rstrip()}"\n---\n',
        f"---\n{LINE}title: never closed\n",
        "",
    ],
)
def test_nothing_else_follows(text: str) -> None:
    assert schema.follow_move(text, HELD, FILED, schema.ARTICLE) == text


ARTICLE_TEXT = """Đội công binh sửa xong cầu ở phái bộ{}

(BVD)- Cây cầu nối hai làng đã thông xe sau ba tuần thi công của phái bộ.

Ngày 4/11, đội công binh bàn giao cây cầu cho chính quyền địa phương. Cầu dài hai mươi mét.
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write("content/raw/vd/a.txt", ARTICLE_TEXT.format(" 05/11/2026 08:18"))
    return project


def run(project: Project, **more: Any) -> list[tuple[Outcome, str]]:
    options = Options(now=dt.datetime(2026, 11, 21, 7, tzinfo=ZONE), jobs=1, **more)
    return [(one.outcome, one.page) for one in ingest(project, SETTINGS, (), options).results]


def files(project: Project) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes())
        for path in project.path("content").rglob("*")
        if path.is_file()
    }


def test_ingest_names_the_schema_where_there_is_one(project: Project) -> None:
    [(_, page)] = run(project)
    assert "yaml-language-server" not in project.read_text(f"{PAGES}/{page}")
    project.write(schema.ARTICLE, "{}\n")
    before = files(project)
    assert run(project) == [(Outcome.UNCHANGED, page)]
    assert files(project) == before, "pages from before stay as they are"
    project.write("content/raw/vd/b.txt", ARTICLE_TEXT.format(" 06/11/2026 09:20"))
    [_, (outcome, new)] = run(project)
    assert outcome is Outcome.NEW
    text = project.read_text(f"{PAGES}/{new}")
    assert text.startswith(f"---\n{DEEPER}title: ")
    meta = frontmatter.load(frontmatter.split(text, new)[0] or "", new)
    owners = merge.owners(meta, frontmatter.split(text, new)[1])
    assert {name for name, owner in owners.items() if owner == "editor"} <= {"added"}
    before = files(project)
    assert {outcome for outcome, _ in run(project)} == {Outcome.UNCHANGED}
    assert files(project) == before


def test_an_update_keeps_the_comment_and_brings_none_back(project: Project) -> None:
    project.write(schema.ARTICLE, "{}\n")
    [(_, page)] = run(project)
    project.write("content/raw/vd/a.txt", ARTICLE_TEXT.format(" 05/11/2026 09:30"))
    assert run(project) == [(Outcome.UPDATED, page)]
    text = project.read_text(f"{PAGES}/{page}")
    assert text.startswith(f"---\n{DEEPER}") and "T09:30:00" in text
    project.write(f"{PAGES}/{page}", text.replace(DEEPER, ""))
    project.write("content/raw/vd/a.txt", ARTICLE_TEXT.format(" 05/11/2026 10:40"))
    assert run(project) == [(Outcome.UPDATED, page)]
    assert "yaml-language-server" not in project.read_text(f"{PAGES}/{page}")


@pytest.mark.parametrize("with_raw", [True, False])
def test_a_settled_page_takes_its_comment_along(project: Project, with_raw: bool) -> None:
    project.write(schema.ARTICLE, "{}\n")
    project.write("content/raw/vd/a.txt", ARTICLE_TEXT.format(""))
    [(_, held)] = run(project)
    assert held.startswith("held/")
    text = project.read_text(f"{PAGES}/{held}")
    assert text.startswith(f"---\n{LINE}")
    block, body, _ = frontmatter.split(text, held)
    settled = frontmatter.replace(block or "", {"review": frontmatter.DELETE, "date": "2025-11-04"}, held)
    project.write(f"{PAGES}/{held}", f"---\n{settled}---\n{body}")
    if not with_raw:
        project.path("content/raw/vd/a.txt").unlink()
    [(_, filed)] = run(project)
    assert filed.startswith("articles/2025/11/")
    text = project.read_text(f"{PAGES}/{filed}")
    assert text.startswith(f"---\n{DEEPER}") and LINE not in text


# --------------------------------------------------------------------------------- the command


CONFIG = """\
site_name: Điểm tin thử
site_url: https://diem-tin.example/
plugins:
  - digest:
      topics:
        hoa-binh: {name: Hòa bình}
"""


def command(*arguments: str) -> int:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert isinstance(caught.value.code, int)
    return caught.value.code


def test_the_command_prints_one_or_writes_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site_config.yml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert command("schema", "article") == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["properties"]["topic"]["enum"] == ["hoa-binh"] and err == ""
    assert not (tmp_path / "docs").exists()
    assert command("schema", "--write") == 0
    assert capsys.readouterr().err.count("written") == 3
    assert (tmp_path / schema.ARTICLE).read_text("utf-8") == out
    assert command("schema", "--write") == 0
    assert capsys.readouterr().err.count("unchanged") == 3
    for wrong in ((), ("article", "--write"), ("pages",)):
        assert command("schema", *wrong) == 2
    assert set(schema.NAMES) == {"article", "settings", "sidecar"}
