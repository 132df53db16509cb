"""The rules of `digest check` beyond the docs' examples: no false alarm, every border, and no page that breaks them."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
import unicodedata
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator import frontmatter, settings
from generator.check import Options, check
from generator.check import links as link_rules
from generator.check.body import find_anchors
from generator.check.formats import as_github, as_json, as_sarif, as_summary
from generator.check.outline import Outline, outline_of, outline_of_bytes, probe_of
from generator.check.policy import count_copied
from generator.check.rules import RULES
from generator.check.twins import twins
from generator.link_check import find_links as external_links
from generator.markup.links import find_links
from generator.models import Level, MetaValue, Problem
from generator.plugin.events import _anchor
from generator.storage import Project
from generator.text import count_words

CASES = Path(__file__).parent / "cases" / "check"
CONFIG = """\
site_name: Thử
site_url: https://thu.example/
plugins:
  - digest:
      paths: {topics: chu-de, tags: the, sources: nguon, archive: luu-tru}
      sources:
        bao-mau: {name: Báo Mẫu, text: excerpt, excerpt_words: 30}
        dai-mau: {name: Đài Mẫu, text: full, licence: CC BY 4.0}
        dai-moi: {name: Đài Mới, since: "2010-05-17", text: full, licence: CC BY 4.0}
        khong-chu: {name: Báo Không Chữ, text: link}
      topics:
        quan-y: {name: Quân y}
      tags:
        Liên hợp quốc: {aliases: [LHQ]}
        Cộng hòa Trung Phi: {kind: place}
        Abyei: {kind: place}
"""
SETTINGS = settings.parse(yaml.safe_load(CONFIG)["plugins"][0]["digest"], text=CONFIG)
NOW = dt.datetime(2026, 11, 21, 7, tzinfo=dt.timezone(dt.timedelta(hours=7)))
HEAD = '---\ntitle: "Bài"\ndate: "2026-11-20"\nsource: dai-mau\ntopic: quan-y\n{more}---'


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in {"site_config.yml": CONFIG, **files}.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        more = re.sub(
            r"^\{HEAD ?(.*)\}$",
            lambda match: HEAD.format(more=f"{match[1]}\n" if match[1] else ""),
            text,
            flags=re.MULTILINE,
        )
        place.write_text(more, encoding="utf-8")


def tell(root: Path, files: dict[str, str], now: dt.datetime = NOW) -> list[Problem]:
    """What a check tells of some files; notes on names that might become tags are left out, and that the pages of a case
    have one headline."""
    write(root, files)
    found = check(Project(root), SETTINGS, Options(now=now)).problems
    assert {problem.rule for problem in found} <= set(RULES)
    beside = ("tag-suggestion", "alias-suggestion", "duplicate-title")
    return [problem for problem in found if problem.rule not in beside]


GOLDENS = [
    (f"{path.stem}: {case['name']}", case)
    for path in sorted(CASES.glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", [case for _, case in GOLDENS], ids=[name for name, _ in GOLDENS])
def test_what_is_told(case: dict[str, Any], tmp_path: Path) -> None:
    assert [str(problem) for problem in tell(tmp_path, case["files"])] == case["told"]


# ------------------------------------------------------------------------------------------------ links

EXTENSIONS = ["admonition", "attr_list", "footnotes", "tables", "toc", "pymdownx.details", "pymdownx.superfences"]  # fmt: skip
WORDS = "Điều gì|Chi phí|1.|2)|*nghiêng*|**đậm**|`mã x`|[giếng](g.md)|![ảnh](a.jpg)|&amp;|Abyei|–|“thử”|<b>x</b>|index|content|#|-|>|\\*|_a_|50%|A/B|~~bỏ~~|3.5|(x)|muc|a_b".split(
    "|"
)
headings = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
blocks = st.one_of(
    *(
        headings.map(lambda words, form=form: form.replace("WORDS", words))  # type: ignore[misc]
        for form in (
            "## WORDS", "# WORDS #", "#WORDS", "Đầu WORDS\n===", "Đầu WORDS\n---", "- ## WORDS", "> ## WORDS",
            "!!! note\n    ## WORDS\n\n    x", "## WORDS {#rieng}", "```\n## WORDS\n[x](y.md)\n```",
            "    ## WORDS\n    [x](z.md)", "Đoạn WORDS.", "<!-- ## WORDS [k](k.md) -->", "1. a\n\n    ### WORDS\n",
            "~~~ py\n# WORDS\n~~~", "Có `[a](b.md)`, [c](c.md 'x'), [d](<d e.md>), [![p](p.jpg)](q.md), [hai\ndòng](e.md).",
            "Xem [*f* [f]](f.md \"tựa\") và [g](h(1).md).",
            "Xem <https://a.example/1>, (<HTTP://b.example/x>), [c](<https://c.example/2>) và `<https://d.example/>`.",
            "[r][r]\n\n[r]: <https://e.example/>",
        )
    )
)  # fmt: skip
bodies = st.lists(blocks, min_size=1, max_size=5).map("\n\n".join)


def render(body: str) -> str:
    """As the site renders it."""
    return markdown.Markdown(
        extensions=EXTENSIONS, extension_configs={"toc": {"permalink": False, "slugify": _anchor}}
    ).convert(body)


@given(bodies)
def test_fragments_are_those_that_the_site_has(body: str) -> None:
    made = {name for name in re.findall(r'\bid="([^"]+)"', render(body)) if not name.startswith("__")}
    assert made <= find_anchors(body)


@given(bodies)
def test_links_are_those_that_the_site_has(body: str) -> None:
    made = re.findall(r'<(?:a|img)\b[^>]*?\s(?:href|src)="([^"]*)"', render(body))
    assert {link.target for link in find_links(body)} == set(made)


def test_the_links_that_are_asked_are_those_that_are_checked() -> None:
    """`--external` and the rules read one and the same text."""
    body = (
        "Xem [a](https://a.example/1) <https://a.example/2>\n    vẫn là đoạn <https://a.example/3>.\n\n"
        "    [mã](https://a.example/ma)\n\n- mục\n\n    [b](https://a.example/4)\n\n`[x](https://a.example/x)\n\ny`\n"
    )
    told = [link.target for link in find_links(body)]
    assert told == [*(f"https://a.example/{number}" for number in (1, 2, 3, 4)), "https://a.example/x"]
    assert [link.url for link in external_links(f"---\ntitle: T\n---\n{body}", "a.md")] == told


def test_the_build_agrees(tmp_path: Path, root: Path) -> None:
    """Of links in Markdown, the check calls those an error that a strict build calls one."""
    from generator.plugin import build

    links = """
        gieng.md khong-co.md ../11/gieng.md /content/pages/articles/2026/11/gieng.md /2026/11/gieng/ gieng/ ../gieng/ .
        gieng.md#chi-phi gieng.md#khong-co gieng.md#content gieng.md#rieng gieng.md#fn:1 gieng.md?x=1 #dau #khong ?q=1
        ../../../chu-de/quan-y/index.md ../../../chu-de/index.md ../../../the/abyei/index.md ../../../nguon/dai-mau/index.md
        ../../../chu-de/quan-y/feed.xml ../../../feed.xml ../../../robots.txt ../../../luu-tru/index.md ../../../chu-de/x/index.md
        ../../../assets/b%C3%A1o.pdf ../../../assets/báo.pdf ../../../assets/bang.docx ../../../gioi-thieu.md ../../../index.md
        ../../../gioi-thieu/ //b.example/x https://b.example/x www.b.example/x a@b.example nhap.md cu.md ../../../held
        ../../../held/cho.md GIENG.md ../../../sitemap.xml
    """.split()
    config = CONFIG.replace("plugins:\n", (
        f"docs_dir: content/pages\ntheme: {{name: material, custom_dir: {root / 'theme'}, language: vi, font: false}}\n"
        "validation:\n  nav: {omitted_files: ignore}\n  links: {absolute_links: warn, unrecognized_links: warn, anchors: warn}\n"
        "markdown_extensions: [footnotes, attr_list]\nplugins:\n"
    ))  # fmt: skip
    page = "content/pages/articles/2026/11/{}.md"
    text = "\n\n".join(f"[{number}]({link})" for number, link in enumerate(links))
    told = tell(
        tmp_path,
        {
            page.format(
                "gieng"
            ): "{HEAD tags: [Abyei]}\n\n## Chi phí\n\nx[^1]\n\n## Y {#rieng}\n\n[^1]: Ghi chú",
            page.format("nhap"): "{HEAD draft: true}",
            page.format("cu"): '{HEAD expires: "2026-11-20"}',
            page.format("lien-ket"): f"{{HEAD}}\n\n## Đầu\n\n{text}",
            "content/pages/held/cho.md": '{HEAD review: ["body: x"]}',
            "content/pages/gioi-thieu.md": "# Giới thiệu",
            "content/pages/index.md": "Chào.",
            "content/pages/assets/báo.pdf": "x",
            "content/pages/assets/bang.docx": "x",
        },
    )
    (tmp_path / "site_config.yml").write_text(config, encoding="utf-8")
    warnings = [problem.message for problem in build(tmp_path / "site_config.yml").problems]
    for link in links:
        by_check = any(f"`{link}`" in one.message for one in told if one.level is Level.ERROR)
        by_build = any(f"link '{link}'" in message for message in warnings)
        assert by_check == by_build, link


HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "[" * size,
    "closed and open": lambda size: "](" * (size // 2),
    "nested": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "parentheses": lambda size: "[a](" + "(" * size,
    "pairs": lambda size: "[a](" + "()" * (size // 2),
    "targets": lambda size: "[a](b " * (size // 6),
    "titles": lambda size: '[a](b "' * (size // 7),
    "tags": lambda size: "<a " * (size // 3),
    "attributes": lambda size: '<a href="' * (size // 9),
    "braces": lambda size: "{" + "#a" * (size // 2),
    "headings": lambda size: "#a\n" * (size // 3),
    "hashes": lambda size: "# " + "#" * size,
    "spaces": lambda size: "#" + " " * size + "x",
    "fences": lambda size: "```\n" * (size // 4),
    "an open fence": lambda size: "```\n" + "a\n" * (size // 2),
    "tildes": lambda size: "~" * size,
    "backticks": lambda size: "".join("`" * (number % 199 + 1) + "x" for number in range(size // 100)),
    "comments": lambda size: "<!--" * (size // 4),
    "definitions": lambda size: "[a]:" + " " * size,
    "dashes": lambda size: "- " * (size // 2) + "#",
    "quotes": lambda size: ">" * size,
    "lines": lambda size: "[\n" * (size // 2),
    "escapes": lambda size: "\\[" * (size // 2),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_text_is_read_in_time_that_grows_with_its_length(kind: str) -> None:
    def seconds(size: int) -> float:
        text = HOSTILE[kind](size)
        start = time.process_time()
        list(find_links(text))
        find_anchors(text)
        list(link_rules._IMAGE_LINE.finditer(text))
        return time.process_time() - start

    small = min(seconds(50_000) for _ in range(2))
    assert (
        min(seconds(400_000) for _ in range(2)) < 20 * small + 0.3
    )  # eight times as long; its square would be 64


def test_a_page_of_two_megabytes_with_ten_thousand_broken_links(tmp_path: Path) -> None:
    files = {f"content/pages/articles/2026/11/bai-{number}.md": "{HEAD}" for number in range(300)}
    text = "".join(f"[a](khong-{number}.md) {'chữ ' * 32}\n\n" for number in range(9_000))
    start = time.process_time()
    told = tell(tmp_path, {**files, "content/pages/articles/2026/11/dai.md": f"{{HEAD}}\n\n{text}"})
    assert len(told) == 9_000
    assert time.process_time() - start < 12


@given(st.text(alphabet='[]()!<>`~#{}\\"= \nabc.-:/|*_&;', max_size=300))
def test_no_text_breaks_the_rules_of_links(body: str) -> None:
    list(find_links(body))
    find_anchors(body)


# ------------------------------------------------------------------------------------------------ policy

plain_words = st.lists(st.sampled_from("một hai ba bốn năm sáu bảy hoà hòa Cầu cầu A-b".split()), max_size=60).map(" ".join)  # fmt: skip


@given(plain_words, plain_words)
def test_no_more_is_copied_than_there_is(ours: str, theirs: str) -> None:
    assert 0 <= count_copied(ours, theirs) <= count_words(ours)


@given(plain_words)
def test_a_whole_copy_is_copied_whole_in_any_spelling(text: str) -> None:
    whole = count_words(text) if count_words(text) >= 7 else 0
    assert count_copied(text, text) == whole
    other = unicodedata.normalize("NFD", text.replace("hoà", "hòa").upper())
    assert count_copied(text, other) == count_copied(other, text) == whole
    assert count_copied(text, "<p>" + text.replace(" ", "</b> <b>&nbsp;") + "</p>") == whole


@given(plain_words)
def test_one_s_own_words_are_free(theirs: str) -> None:
    assert count_copied(" ".join(f"riêng{number}" for number in range(100)), theirs) == 0


# ------------------------------------------------------------------------------------------------ outlines

values = st.one_of(
    st.sampled_from(
        ["x", "No", "null", "true", "12", "2026-11-20", "a: b", "# c", "'", '"', "- x", "https://m.baomau.example/a/amp/", "Cầu",
         "ca\u0302\u0300u", " x ", "a\nb", "\\", "{a}", "[b]", "content/raw/dai-mau/a.txt", "https://baomau.example/a"]
    ),
    st.text(max_size=20, alphabet=st.characters(exclude_categories=["Cs", "Cc"])),
)  # fmt: skip
metas = st.dictionaries(
    st.sampled_from(["title", "raw", "url", "source", "summary", "note", "tags", "authors", "draft", "aliases", "review", "takedown", "x"]),
    values,
).map(lambda meta: {key: _shaped(key, value) for key, value in meta.items()})  # fmt: skip


def _shaped(key: str, value: str) -> MetaValue:
    match key:
        case "tags" | "authors" | "aliases" | "review":
            return [value, "y"]
        case "draft":
            return len(value) % 2 == 0
        case "takedown":
            return {"date": "2026-11-20", "reason": value}
        case _:
            return value


@given(metas, st.sampled_from([None, "'", '"']), st.booleans())
def test_an_outline_does_not_depend_on_how_the_front_matter_is_written(
    meta: dict[str, MetaValue], style: str | None, flow: bool
) -> None:
    path = "content/pages/articles/2026/11/x.md"
    canonical = f"---\n{frontmatter.dump(meta)}---\n"
    told = outline_of(path, canonical)
    assert outline_of_bytes(path, canonical.encode(), ()) == told
    odd = yaml.safe_dump(meta, default_style=style, default_flow_style=flow, allow_unicode=True, width=30)  # type: ignore[arg-type]
    if frontmatter.load(odd, path) == frontmatter.load(frontmatter.dump(meta), path):
        text = f"---\n{odd}---\n"
        assert (
            outline_of_bytes(path, text.encode(), ()) == outline_of_bytes(path, text.encode(), None) == told
        )


LINES = (
    'note: "a|url: b|c"|extra: {a: 1,|}|source: x # c|raw: "a\\u00e9"|url: "x" |summary: \'y\'|tags: [a, "b]"]|url: [x]|? url|"url": z|- x|'
    "  url: in|source: null|# c||source:\tx|generated: {a: b, conflict.t: c}|review:|  - \"x\"|aliases: [a]|source: True|source: yes|"
    'source: 1|raw: 2026-11-05|url: https://a.example/x|title: "a\\"b"|summary: "\\x41"|source: "x" y|also:|also: [{source: a, url: "b"}]|'
    "extra: [|url:x|url : x|x: &a b|x: *a|x: >|raw: a: b|...|k: {a: b: c}|k: [a, , b]|k: \"a\\qb\"|note: \"a\\|]|note: 'a|c'"
).split("|")  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=6).map(lambda lines: "\n".join(lines) + "\n"))
def test_a_quick_look_sees_what_the_parser_sees(block: str) -> None:
    path = "content/pages/articles/2026/11/x.md"
    text = f"---\n{block}---\n"
    if (told := outline_of(path, text)) is not None:
        assert outline_of_bytes(path, text.encode(), ()) == told


@given(st.lists(st.sampled_from("Đội công binh mở lại cây cầu gỗ bắc qua".split()), min_size=30, max_size=60))
def test_a_piece_of_a_text_stands_in_every_copy_of_it(words: list[str]) -> None:
    body = " ".join(words)
    one = f'---\ntitle: "A"\ngenerated: {{title: 1a2b3c4d, body: 1a2b3c4d, summary: 1a2b3c4d, authors: 1a2b3c4d, url: 1a2b3c4d}}\n---\n\n{body}\n'
    other = f'---\ntitle: "B"\n---\n{body}\n\n'
    probe = probe_of(one)
    assert probe
    assert probe in other.encode()


def test_of_two_the_new_one_is_told() -> None:
    """The check of a change tells what the change brought, at the change."""
    pages = {
        f"content/pages/articles/2026/11/{name}.md": Outline(
            f"content/pages/articles/2026/11/{name}.md", url="https://baomau.example/x"
        )
        for name in "ab"
    }
    for new in pages:
        assert [problem.path for problem in twins(pages, pages, frozenset({new}))] == [new]


# ------------------------------------------------------------------------------------------------ formats

HOSTILE_WORDS = "a|b `c` <img src=x onerror=y> @toasoan #1 [d](https://x.example) www.x.example https://x.example/ ![e](f) **g** &lt; \\| 100%, a: b\n::error::h\r\n| k |\x1b[31m"


def problems() -> list[Problem]:
    return [
        Problem(f"content/{HOSTILE_WORDS}.md", HOSTILE_WORDS, HOSTILE_WORDS, 3, Level.WARNING, "page-value"),
        Problem(
            "content/x.md", f"held — {HOSTILE_WORDS}", HOSTILE_WORDS, level=Level.WARNING, rule="page-held"
        ),
        Problem("content/y.md", "m", level=Level.NOTE, rule="link-hidden"),
        Problem("content/z.md", "m", "h", 7, Level.ERROR, "link-broken"),
    ]


def test_github_gets_one_command_for_each_problem_the_errors_first() -> None:
    told = as_github(problems())
    lines = told.split("\n")[:-1]
    assert "\r" not in told
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning", "::warning", "::notice"]
    assert lines[0] == "::error file=content/z.md,line=7,title=link-broken::m%0A→ h"
    place, _, message = lines[1].removeprefix("::warning ").partition("::")
    assert ",line=3,title=page-value" in place
    assert place.count(",") == 2 and ":" not in place
    assert "100%25, a: b%0A::error::h%0D%0A|" in message


def test_json_has_the_shape_that_is_promised() -> None:
    told = json.loads(as_json(problems()))
    assert list(told) == ["problems", "counts"]
    assert told["counts"] == {"errors": 1, "warnings": 2, "notes": 1}
    assert all(list(one) == ["path", "line", "level", "rule", "message", "hint"] for one in told["problems"])
    assert [one["line"] for one in told["problems"]] == [3, None, None, 7]
    assert told["problems"][0]["message"] == HOSTILE_WORDS
    assert json.loads(as_json([]))["counts"] == {"errors": 0, "warnings": 0, "notes": 0}


def test_sarif_is_as_code_scanning_wants_it() -> None:
    told = json.loads(as_sarif(problems(), "1.2.3"))
    assert told["version"] == "2.1.0"
    (run,) = told["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({problem.rule for problem in problems()})
    assert all(rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"])
    for result, problem in zip(run["results"], problems(), strict=True):
        assert result["ruleId"] in rules
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"].startswith(problem.message)
        (place,) = result["locations"]
        uri = place["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
        assert place["physicalLocation"].get("region", {}) == (
            {"startLine": problem.line} if problem.line else {}
        )
    assert json.loads(as_sarif([], "1"))["runs"][0]["results"] == []


def test_a_summary_shows_hostile_words_and_obeys_none() -> None:
    text = as_summary(problems(), 12, "nhánh_`@x`|#1")
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<table>") == 2
    assert html.count("<tr>") == 6
    assert set(re.findall(r"<(\w+)", html)) <= {
        "h3",
        "h4",
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
    }
    # What GitHub would make a link: in the Markdown an address, in what it shows a name or a number.
    assert not re.search(r"https?:/|www\.", re.sub(r"`[^`\n]*`", "", text))
    shown = unescape(re.sub(r"<code>.*?</code>", "", html))
    assert not re.search(r"@\w|#\d", shown)
    assert "@\u200btoasoan" in shown
    assert "#\u200b1 [d](https://x.example)" in shown
    assert "1 error, 1 warning" in html and "Looked at 12 pages" in html
    assert (
        as_summary([], 1, None)
        == "### digest check: 0 errors, 0 warnings\n\nLooked at 1 page.\n\nNothing to put right.\n\n"
    )


def test_a_long_summary_is_cut() -> None:
    many = [Problem(f"content/{number}.md", "m") for number in range(1_000)]
    text = as_summary(many, 1_000, None)
    assert text.count("\n|") < 310
    assert "and 700 more" in text
