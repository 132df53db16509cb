"""Each source of site_config.yml is data: its golden pair is read as expected, and every key it has does something."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import intake, settings
from generator.dates import format_moment
from generator.extract import extract
from generator.models import BlockKind, Form, RawItem, Record
from generator.settings import Selectors, Settings, Source
from generator.sidecars import Sidecar
from generator.vocabulary import Vocabulary

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "cases" / "sources"
NEEDED = frozenset(
    "title date authors section lead_kind lead paragraphs captions topic tags absent evidence".split()
)
MAY = frozenset({"url", "held", "dropped"})
PAGES = {".html", ".xml", ".md", ".json"}

TITLE = "Bệnh viện dã chiến mở thêm một phòng khám cho dân quanh căn cứ"
FIRST = "Sáng 5/11, bệnh viện dã chiến đã mở thêm một phòng khám cho người dân quanh khu căn cứ."
REST = "Phòng khám có hai bác sĩ và bốn điều dưỡng, làm việc từ sáng thứ Hai đến trưa thứ Bảy hằng tuần."
LAST = "Bệnh viện dã chiến cho biết phòng khám sẽ nhận thêm một nữ hộ sinh vào tháng sau."
STRANGE = "Bệnh viện dã chiến mở phòng khám là tin vui, một bạn đọc viết trong thư gửi về tòa soạn hôm qua."


@cache
def shipped() -> Settings:
    text = (ROOT / "site_config.yml").read_text(encoding="utf-8")
    plugins = yaml.safe_load(text)["plugins"]
    options = next(plugin["digest"] for plugin in plugins if isinstance(plugin, dict) and "digest" in plugin)
    return settings.parse(options, text=text)


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.of(shipped())


@cache
def expected(key: str) -> dict[str, dict[str, Any]]:
    path = FOLDER / key / "expected.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}


SOURCES = sorted(shipped().sources)
PAIRS = [(key, name) for key in SOURCES for name in expected(key)]


def read(key: str, name: str, under: Settings | None = None) -> Record:
    """The record of a golden, from outside of its source's folder: only the article itself speaks of its source."""
    sidecar = Sidecar(path=f"{name}.meta.yml", url=expected(key)[name].get("url"))
    raw = f"content/raw/inbox/{name}"
    data = (FOLDER / key / name).read_bytes()
    words = vocabulary() if under is None else Vocabulary.of(under)
    reading = intake.read(raw, data, under or shipped(), words, sidecar)
    assert not reading.problems, [str(problem) for problem in reading.problems]
    assert len(reading.records) == 1, "one article in each golden"
    return reading.records[0]


def seen(record: Record) -> dict[str, Any]:
    value = record.publication.value
    return {
        "title": record.title,
        "date": format_moment(value) if value is not None else None,
        "held": [review.field for review in record.reviews],
        "authors": list(record.authors),
        "section": record.section,
        "lead_kind": record.lead_kind,
        "captions": [{"text": block.text, "credit": block.credit} for block in record.captions],
        "topic": record.topic,
        "dropped": len(record.dropped),
    }


# ---------------------------------------------------------------------------------- golden pairs


@pytest.mark.parametrize("key", SOURCES)
def test_each_source_has_its_golden_pair(key: str) -> None:
    place = f"tests/cases/sources/{key}/"
    golden = expected(key)
    assert golden, (
        f"source `{key}` has no golden: add a raw text as the source prints it, a saved page where there are any, and "
        f"{place}expected.yml with what a careful reader gets out of them (copy another source's)"
    )
    files = {path.name for path in (FOLDER / key).iterdir()} - {"expected.yml"}
    assert files == set(golden), f"{place}: each raw file needs an entry in expected.yml, and the reverse"
    suffixes = {Path(name).suffix for name in files}
    assert ".txt" in suffixes, f"{place}: add a raw text (.txt) as the source's articles are pasted"
    assert suffixes & PAGES, f"{place}: add a saved page, or an item of its feed"
    for name, entry in golden.items():
        assert entry.keys() >= NEEDED, f"{place}{name}: add {sorted(NEEDED - entry.keys())}"
        assert entry.keys() <= NEEDED | MAY, f"{place}{name}: unknown {sorted(entry.keys() - NEEDED - MAY)}"
        assert (FOLDER / key / name).suffix != ".txt" or "dropped" in entry, f"{place}{name}: add `dropped`"


def test_no_golden_is_left_of_a_source_that_is_gone() -> None:
    gone = sorted(path.name for path in FOLDER.iterdir() if path.name not in shipped().sources)
    assert not gone, f"not in site_config.yml's `sources`: {gone}; remove the folder, or add the source"


@pytest.mark.parametrize(("key", "name"), PAIRS)
def test_golden(key: str, name: str) -> None:
    wanted, record = expected(key)[name], read(key, name)
    assert (record.source, record.source_known) == (key, True)
    found = seen(record)
    compared = {field: wanted[field] for field in found if field in wanted} | {"held": wanted.get("held", [])}
    assert {field: found[field] for field in compared} == compared
    assert (record.lead or "").startswith(wanted["lead"])
    paragraphs = [block.text for block in record.body if block.kind is BlockKind.PARAGRAPH]
    begun = [text[: len(start)] for text, start in zip(paragraphs, wanted["paragraphs"], strict=False)]
    assert begun == wanted["paragraphs"]
    assert len(paragraphs) == len(wanted["paragraphs"]), paragraphs
    assert set(wanted["tags"]) <= set(record.tags)
    words = "\n".join(
        [record.title or "", record.lead or "", record.section or "", *record.authors, *paragraphs]
    )
    assert not [line for line in wanted["absent"] if line in words]
    how = {entry.field: entry.candidates[0].how for entry in record.evidence}
    assert {field: how.get(field) for field in wanted["evidence"]} == wanted["evidence"]


@pytest.mark.parametrize("key", [key for key in SOURCES if shipped().sources[key].selectors != Selectors()])
def test_selectors_find_what_the_general_way_does_not(key: str) -> None:
    """A selector that changes nothing is one more thing to break: each one must be needed by a golden."""
    source = shipped().sources[key]
    pages = [name for name in expected(key) if name.endswith(".html")]
    for field in Selectors.__dataclass_fields__:
        if not getattr(source.selectors, field):
            continue
        without = replace(source.selectors, **{field: () if field == "drop" else None})
        bare = replace(shipped(), sources={**shipped().sources, key: replace(source, selectors=without)})
        assert any(read(key, name, bare) != read(key, name) for name in pages), (
            f"sources.{key}.selectors.{field} changes no golden page: show one that needs it, or take it out"
        )


@pytest.mark.parametrize("key", [key for key in SOURCES if shipped().sources[key].address_date])
def test_an_address_pattern_is_shown_by_a_golden(key: str) -> None:
    told = {
        one.how
        for name in expected(key)
        for entry in read(key, name).evidence
        if entry.field == "date"
        for one in entry.candidates
    }
    assert f"address pattern of {key}" in told, (
        f"sources.{key}.address_date finds nothing in the source's goldens: give one of them a `url` (or a canonical "
        "address) as the source writes it"
    )


# --------------------------------------------------------------------------- every key does something


def article(
    *, mark: str = "", url: str | None = None, above: str = "", below: tuple[str, ...] = (), html: bool,
    stamp: str = "05/11/2025 08:18",
) -> RawItem:  # fmt: skip
    """An invented article as text or as a page."""
    lines = [mark + FIRST, REST, LAST, *below]
    if not html:
        text = "\n\n".join([*([above] if above else []), TITLE, stamp, *lines])
        return RawItem(raw="content/raw/inbox/x.txt", form=Form.TEXT, text=text, url=url)
    meta = f'<meta property="article:section" content="{above}">' if above else ""
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = (
        f"<html><head><title>{TITLE}</title>{meta}</head><body><article><h1>{TITLE}</h1><time>{stamp}</time>"
        f"{body}</article></body></html>"
    )
    return RawItem(raw="content/raw/inbox/x.html", form=Form.PAGE, text=page, url=url)


def each(field: str) -> list[tuple[str, str]]:
    return [(key, value) for key in SOURCES for value in getattr(shipped().sources[key], field)]


@pytest.mark.parametrize("html", [False, True], ids=["text", "page"])
@pytest.mark.parametrize(("key", "domain"), each("domains"))
def test_domains(key: str, domain: str, html: bool) -> None:
    cache_host = domain.replace("-", "--").replace(".", "-")
    for address in (
        f"https://{domain}/x.html", f"http://www.{domain}/x", f"https://m.{domain}/x", f"https://amp.{domain}/x",
        f"https://english.{domain}/x", f"https://{domain.upper()}/x", f"https://{domain}:443/x",
        f"https://web.archive.org/web/20260101000000/https://{domain}/x",
        f"https://web.archive.org/web/20260101000000id_/http://www.{domain}/x",
        f"https://archive.ph/20260101/https://{domain}/x",
        f"https://{cache_host}.cdn.ampproject.org/c/s/{domain}/x", f"https://www.google.com/amp/s/{domain}/x",
        f"https://webcache.googleusercontent.com/search?q=cache:abcdefghijkl:https://{domain}/x&hl=vi",
        f"https://{cache_host}.translate.goog/x?_x_tr_sl=vi",
    ):  # fmt: skip
        assert extract(article(url=address, html=html), shipped()).source == key, address
    for address in (
        f"https://not{domain}/x",
        f"https://{domain}.elsewhere.example/x",
        f"https://elsewhere.example/{domain}",
    ):
        assert extract(article(url=address, html=html), shipped()).source != key, address


@pytest.mark.parametrize("html", [False, True], ids=["text", "page"])
@pytest.mark.parametrize(("key", "mark"), each("dateline"))
def test_dateline_marks(key: str, mark: str, html: bool) -> None:
    forms = [
        f"({mark})-", f"({mark}) - ", f"({mark}) – ", f"({mark})", f"({mark}) ", f"[{mark}]", f"[{mark}] - ", f"{mark} - ",
        f"{mark} – ", f"({mark} Online) - ", f"({mark}, 5/11) - ", f"({mark} - Hà Nội) ", f"(TTXVN/{mark}) - ",
        f"- ({mark}) - ", f"{mark} Online – ",
    ]  # fmt: skip
    forms += [f"{mark}- ", f"{mark}: ", f"{mark}.VN - ", f"{mark}-"] if mark.isupper() else []
    for form in forms:
        record = extract(article(mark=form, html=html), shipped())
        assert record.source == key, form
        assert (record.lead or "").startswith("Sáng 5/11"), form
        assert all(mark not in block.text for block in record.body), form


@pytest.mark.parametrize("html", [False, True], ids=["text", "page"])
@pytest.mark.parametrize(("key", "mark"), each("end_marks"))
def test_end_marks(key: str, mark: str, html: bool) -> None:
    url = f"https://{shipped().sources[key].domains[0]}/x"
    for form in (mark, mark.upper(), f"{mark}:", f"{mark} (12)", f"* {mark}"):
        record = extract(article(url=url, below=(form, STRANGE), html=html), shipped())
        words = "\n".join([record.lead or "", *(block.text for block in record.body)])
        assert LAST in words
        assert STRANGE not in words, form


@pytest.mark.parametrize("html", [False, True], ids=["text", "page"])
@pytest.mark.parametrize(
    ("key", "section", "topic"),
    [(key, name, topic) for key in SOURCES for name, topic in shipped().sources[key].sections.items()],
)
def test_sections(key: str, section: str, topic: str, html: bool) -> None:
    url = f"https://{shipped().sources[key].domains[0]}/"
    for form in (section, section.upper(), section.replace("òa", "oà"), section.replace(" và ", " & ")):
        record = vocabulary().label(extract(article(url=url, above=form, html=html), shipped()))
        assert record.section == section, form
        assert topic in {
            one.value for entry in record.evidence if entry.field == "topic" for one in entry.candidates
        }
    slug = settings.section.section_key(section)
    record = extract(article(url=f"{url}{slug}/mo-them-mot-phong-kham-cho-dan-1.html", html=html), shipped())
    assert record.section == section


@pytest.mark.parametrize("html", [False, True], ids=["text", "page"])
@pytest.mark.parametrize("key", SOURCES)
def test_time_zone(key: str, html: bool) -> None:
    source: Source = shipped().sources[key]
    record = extract(article(url=f"https://{source.domains[0]}/x", html=html), shipped())
    value = record.publication.value
    assert value is not None
    offset = "+02:00" if source.timezone == "Africa/Juba" else "+07:00"
    assert format_moment(value) == f"2025-11-05T08:18:00{offset}"
    assert record.publication.candidates[0].assumed == ("offset",), "the offset was not in the words"


@pytest.mark.parametrize("html", [False, True], ids=["text", "page"])
@pytest.mark.parametrize(("key", "mark"), each("dateline"))
def test_a_mark_on_a_line_of_its_own(key: str, mark: str, html: bool) -> None:
    for form in (f"({mark})", f"[{mark}] -", f"{mark} –"):
        item = article(html=html)
        alone = f"<p>{form}</p><p>{FIRST}" if html else f"{form}\n\n{FIRST}"
        record = extract(
            replace(item, text=item.text.replace(f"<p>{FIRST}" if html else FIRST, alone)), shipped()
        )
        assert record.source == key, form
        assert (record.lead or "").startswith("Sáng 5/11"), form
        assert all(mark not in block.text for block in record.body), form
        assert record.authors == (), form


@pytest.mark.parametrize(("key", "mark"), each("dateline"))
def test_a_mark_in_a_lead_that_stands_apart(key: str, mark: str) -> None:
    for form in (f"({mark})- ", f"[{mark}] ", f"{mark} - "):
        item = article(html=True)
        sapo = f"<h2 class=sapo>{form}{STRANGE}</h2><p>{FIRST}"
        record = extract(replace(item, text=item.text.replace(f"<p>{FIRST}", sapo)), shipped())
        assert (record.source, record.lead, record.lead_kind) == (key, STRANGE, "sapo"), form
        assert [block.text for block in record.body] == [FIRST, REST, LAST], form


@pytest.mark.parametrize(
    "text",
    ["Today: the plan was read out to everybody at the camp, and nobody had any questions about it.",
     "Nhân dân - những người chủ của con đường - đã đến từ sáng sớm với cuốc xẻng của mình.",
     "Nhân Dân: một cái tên đẹp cho con tàu vừa cập bến sáng nay, theo lời người thuyền trưởng.",
     "Today-style tents were put up by the engineers for the three hundred people of the camp."],
)  # fmt: skip
@pytest.mark.parametrize("html", [False, True], ids=["text", "page"])
def test_marks_that_are_ordinary_words(text: str, html: bool) -> None:
    known = settings.parse({"sources": {"nd": {"name": "Dân Mẫu", "dateline": ["Nhân Dân", "Today"]}}})
    item = article(html=html)
    record = extract(replace(item, text=item.text.replace(FIRST, text)), known)
    assert record.source is None
    assert record.lead == text
