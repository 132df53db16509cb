from __future__ import annotations

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
