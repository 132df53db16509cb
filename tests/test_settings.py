from __future__ import annotations

import ast
import itertools
import pickle
import textwrap
from pathlib import Path

import pytest
import yaml

from generator import settings
from generator.errors import SettingsError

CASES = sorted((Path(__file__).parent / "cases" / "settings").glob("*.yml"))


def parse(text: str) -> settings.Settings:
    indented = textwrap.indent(text, "      ")
    whole = f"site_name: x\nplugins:\n  - search\n  - digest:\n{indented}"
    return settings.parse(yaml.safe_load(text) or {}, text=whole)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_wrong_settings_are_told_all_at_once(case: Path) -> None:
    golden = yaml.safe_load(case.read_text(encoding="utf-8"))
    with pytest.raises(SettingsError) as caught:
        parse(golden["settings"])
    assert [str(problem) for problem in caught.value.problems] == golden["problems"]


def test_there_are_cases() -> None:
    assert len(CASES) >= 3


def test_what_is_left_out_has_a_default() -> None:
    found = parse("sources: {plo: {name: PLO}}")
    assert found.source("plo").text == "excerpt"
    assert found.source("plo").excerpt_words == 60
    assert found.source("unknown").name == "unknown"
    assert found.source_zone("plo").key == "Asia/Ho_Chi_Minh"


def test_a_tag_s_slug_comes_from_its_label() -> None:
    found = parse("tags: {Liên hợp quốc: {aliases: [LHQ]}, MINUSCA: {slug: phai-bo}}")
    assert found.tag_slug("Liên hợp quốc") == "lien-hop-quoc"
    assert found.tag_slug("MINUSCA") == "phai-bo"


def test_settings_go_to_another_process() -> None:
    found = parse("sources: {plo: {name: PLO, domains: [plo.vn]}}\ntags: {Abyei: {}}")
    assert found.source_of_domain["plo.vn"] == "plo"
    again = pickle.loads(pickle.dumps(found))
    assert again.source_of_domain == found.source_of_domain


def test_a_source_says_how_its_articles_are_read() -> None:
    found = parse(
        "sources:\n"
        "  vd:\n"
        "    name: VD\n"
        '    address_date: ["185{YY}{MM}{DD}{hh}{mm}{ss}", "/{YYYY}/{Mon}/{D}/"]\n'
        "    selectors: {title: h1.tua, drop: [.box, 'aside > p']}\n"
    ).source("vd")
    assert found.address_date == ("185{YY}{MM}{DD}{hh}{mm}{ss}", "/{YYYY}/{Mon}/{D}/")
    assert (found.selectors.title, found.selectors.drop) == ("h1.tua", (".box", "aside > p"))
    assert found.selectors.body is None


@pytest.mark.parametrize(
    "selector", ["p[", "a >", "..x", "a:nope", "p::before", "*|a", "li:first-child", "a:not(b:hover)"]
)
def test_a_selector_that_cannot_be_used_is_refused_at_its_line(selector: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse(f'sources:\n  vd:\n    name: VD\n    selectors:\n      title: h1\n      body: "{selector}"\n')
    (problem,) = caught.value.problems
    assert problem.line == 10
    assert f"`sources.vd.selectors.body`: '{selector}' is no usable CSS selector: " in problem.message


def test_hosts_below_a_domain_are_its_source_s() -> None:
    found = parse(
        "sources: {vd: {name: VD, domains: [vd.example]}, vds: {name: VDS, domains: [the-thao.vd.example]}}"
    )
    assert found.source_of_host("vd.example") == "vd"
    assert found.source_of_host("english.vd.example") == "vd"
    assert found.source_of_host("m.the-thao.vd.example") == "vds"
    assert found.source_of_host("notvd.example") is None
    assert found.source_of_host("") is None


def test_every_field_of_a_source_is_documented() -> None:
    """The schema and the docs are made of the docstrings below the fields."""
    tree = ast.parse(Path(settings.source.__file__).read_text("utf-8"))
    for node in (one for one in tree.body if isinstance(one, ast.ClassDef)):
        for field, after in itertools.pairwise([*node.body, None]):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                told = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
                assert told, f"{node.name}.{field.target.id} has no docstring"
