"""Front matter and body → `Article`: an allow-list of keys, each with its type.

The dataclass below is the one description of an article's front matter: reading, the check and the JSON Schema are
made from it. A docstring under a field is what an editor's program shows beside it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from difflib import get_close_matches
from typing import Annotated, Any, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass
from pydantic_core import ErrorDetails, PydanticCustomError

from generator import frontmatter, slugs
from generator.dates import parse_iso
from generator.models import Article, Correction, Coverage, Level, MetaValue, Moment, Problem, Takedown
from generator.redirects import ALIAS_HINT, ALIAS_PATTERN, INVALID_ALIAS, clean_alias
from generator.settings.values import text_schema
from generator.text import normalize, squeeze

MATERIAL_KEYS = frozenset({"hide", "search", "description", "icon", "status"})
"""Keys that Material reads; they may stand in any page."""

LISTS = ("tags", "authors", "also", "aliases", "corrections")
"""Keys of a list whose entries stand for themselves: one that is wrong falls out alone."""

GATES = ("draft", "publish_at", "expires", "review", "takedown")
"""Keys that keep an article from the readers: one that cannot be understood holds the article, never opens it."""

MOMENT_PATTERN = (
    r"(?!0|999[1-9])(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"
    r"|02-(?:0[1-9]|1\d|2[0-8]))|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
    r"(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?\s*(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?"
)
"""What `parse_iso` reads, for the JSON Schema: days of the calendar in the years that it takes, leap years included,
with or without a time."""
ADDRESS_PATTERN = r'https?://[^\s/<>"]+\S*'
"""A web address in front matter."""
_CONFIG = ConfigDict(extra="forbid", strict=False)
_UTC = ZoneInfo("UTC")


def _moment(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError(
            "moment", 'must be a date such as "2025-05-22" or "2025-05-22T22:15:00+07:00"'
        )
    try:
        parse_iso(value, _UTC)
    except ValueError as error:
        raise PydanticCustomError("moment", "{why}", {"why": str(error)}) from error
    return value


def _web_address(value: str) -> str:
    if value and not re.fullmatch(ADDRESS_PATTERN, value):
        raise PydanticCustomError(
            "url", "'{value}' is no web address; write it with https://", {"value": value}
        )
    return value


def _old_address(value: str) -> str:
    if not clean_alias(value):
        raise PydanticCustomError("alias", INVALID_ALIAS, {"value": value})
    return value


def _line(value: str) -> str:
    return squeeze(normalize(value))


Line: TypeAlias = Annotated[str, AfterValidator(_line)]
Words: TypeAlias = Annotated[str, AfterValidator(normalize)]
When: TypeAlias = Annotated[
    str,
    BeforeValidator(_moment),
    text_schema(
        rf"^\s*{MOMENT_PATTERN}\s*$", 'write a date such as "2025-05-22" or "2025-05-22T22:15:00+07:00"'
    ),
]
Address: TypeAlias = Annotated[
    str,
    AfterValidator(_web_address),
    text_schema(f"^({ADDRESS_PATTERN})?$", "write the address with https://"),
]
OldAddress: TypeAlias = Annotated[
    str,
    AfterValidator(_old_address),
    text_schema(f"^{ALIAS_PATTERN}$", ALIAS_HINT),
]
Flag: TypeAlias = Annotated[bool, Field(strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class CoverageKeys:
    """Another publisher's article on the same news."""

    source: Line
    """Key of a source of the settings, or the publisher's name."""
    url: Address
    """Address of the other article."""
    title: Line = ""
    """Its headline."""
    date: When | None = None
    """When it was published."""


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class CorrectionKeys:
    """What was put right after publication."""

    date: When
    """When it was put right."""
    text: Words
    """What was wrong and what is right, in words that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class TakedownKeys:
    """`takedown`, which `digest takedown` writes."""

    date: When
    """When it was taken down."""
    reason: Words
    """Why, in words that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class ArticleKeys:
    """Front matter of an article page."""

    title: Line = ""
    """The headline. Required."""
    date: When | None = None
    """When the original was published: `"2025-05-22T22:15:00+07:00"`, or `"2025-05-22"` where only the day is known.
    Required."""
    added: When | None = None
    """When the digest took the article up. Lists of the newest go by it."""
    source: Line = ""
    """Key of the publisher under `sources` in the settings. Required."""
    topic: Line = ""
    """Key of the one topic that the article stands in. Required."""
    tags: tuple[Line, ...] = ()
    """Labels of the vocabulary under `tags` in the settings."""
    authors: tuple[Line, ...] = ()
    """Who wrote it, one name each."""
    section: Line = ""
    """The original's own section."""
    summary: Words = ""
    """What it says, in a sentence or two: the original's lead, or the editor's own words."""
    url: Address = ""
    """Address of the original, with https://."""
    lang: Annotated[
        str,
        Field(
            pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$",
            json_schema_extra={"patternErrorMessage": "write a language code such as vi"},
        ),
    ] = ""
    """Language of title and text: `vi`, `en`."""
    also: tuple[CoverageKeys, ...] = ()
    """Other publishers' articles on the same news."""
    review: tuple[Line, ...] = ()
    """What a person must settle; a page with any of it is held. Write the field, then delete its line here."""
    draft: Flag = False
    """`true`: readers do not see the page yet."""
    publish_at: When | None = None
    """Readers see the page from this moment on."""
    expires: When | None = None
    """Readers see the page until this moment."""
    pin: Flag = False
    """`true`: the article stays at the head of the front page."""
    top: Flag = False
    """`true`: the article opens the front page while it is among the latest."""
    story: Line = ""
    """Name of the continuing story that the article belongs to, the same in all of its articles."""
    aliases: tuple[OldAddress, ...] = ()
    """Earlier addresses of this page, which lead here."""
    corrections: tuple[CorrectionKeys, ...] = ()
    """What was put right after publication."""
    note: Words = ""
    """Why the editors chose it."""
    takedown: TakedownKeys | None = None
    """When and why the article was taken down; its page is then a notice."""
    raw: Line = ""
    """The raw article that the page was made from. Leave it as it is."""
    generated: Mapping[str, str] = field(default_factory=dict)
    """How ingest tells its own words from an editor's. Leave it as it is."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Keys of your own; nothing reads them."""


KEYS = tuple(ArticleKeys.__dataclass_fields__)
"""The keys of an article page."""

_ADAPTER: TypeAdapter[ArticleKeys] = TypeAdapter(ArticleKeys)


def read(
    meta: Mapping[str, MetaValue],
    body: str,
    page: str,
    zone: ZoneInfo,
    lines: Callable[[], Mapping[str, int]],
) -> tuple[Article, tuple[Problem, ...]]:
    """The article that a page's front matter describes, and what is wrong with it.

    A key of a wrong type counts as missing and is told as an error, of `LISTS` the wrong entries alone; an unknown key
    is told as a warning.
    `lines` gives the line of each key; it is called only when there is something to tell.
    """
    known = {
        key: value
        for key, value in meta.items()
        if key in ArticleKeys.__dataclass_fields__ and value is not None
    }
    problems = [
        _unknown(key, page, lines)
        for key in meta
        if key not in ArticleKeys.__dataclass_fields__ and key not in MATERIAL_KEYS
    ]
    gates = [f"{key}: no key of a page; is `{gate}` meant?" for key in meta if (gate := _gate_meant(key))]
    keys: ArticleKeys | None = None
    while keys is None:
        try:
            keys = _ADAPTER.validate_python(known)
        except ValidationError as error:
            details = error.errors(include_url=False)
            wrong = [_wrong(detail, page, lines) for detail in details]
            problems += wrong
            entries: dict[str, set[int]] = {}
            for detail, problem in zip(details, wrong, strict=True):
                match detail["loc"]:
                    case (str(key), int(place), *_) if key in LISTS:
                        entries.setdefault(key, set()).add(place)
                        continue
                key = str(detail["loc"][0])
                known.pop(key, None)
                if key in GATES:
                    gates.append(f"{key}: {problem.message}")
            for key, places in entries.items():
                listed = known[key]
                assert isinstance(listed, list), "only a list has entries that can be wrong"
                known[key] = [entry for place, entry in enumerate(listed) if place not in places]
    told = _article(keys, body, page, zone)
    return replace(told, review=(*told.review, *dict.fromkeys(gates))), tuple(problems)


def _gate_meant(key: str) -> str:
    """The gate that a misspelt key seems to mean: `Draft`, `drafts`, `publish-at`."""
    if key in ArticleKeys.__dataclass_fields__ or key in MATERIAL_KEYS:
        return ""
    near = get_close_matches(key.lower().replace("-", "_"), GATES, n=1, cutoff=0.8)
    return near[0] if near else ""


def _article(keys: ArticleKeys, body: str, page: str, zone: ZoneInfo) -> Article:
    def moment(value: str | None) -> Moment | None:
        return None if value is None else parse_iso(value, zone)

    return Article(
        page=page,
        title=keys.title,
        date=moment(keys.date),
        added=moment(keys.added),
        source=keys.source,
        topic=keys.topic,
        tags=tuple(dict.fromkeys(label for label in keys.tags if label)),
        authors=keys.authors,
        section=keys.section,
        summary=keys.summary.strip(),
        url=keys.url,
        lang=keys.lang,
        also=tuple(Coverage(one.source, one.url, one.title, moment(one.date)) for one in keys.also),
        review=tuple(line for line in keys.review if line),
        draft=keys.draft,
        publish_at=moment(keys.publish_at),
        expires=moment(keys.expires),
        pin=keys.pin,
        top=keys.top,
        story=keys.story,
        aliases=keys.aliases,
        corrections=tuple(Correction(parse_iso(one.date, zone), one.text) for one in keys.corrections),
        note=keys.note.strip(),
        takedown=_takedown(keys.takedown, zone),
        raw=keys.raw,
        extra=keys.extra,
        body=body,
    )


def _takedown(keys: TakedownKeys | None, zone: ZoneInfo) -> Takedown | None:
    return None if keys is None else Takedown(parse_iso(keys.date, zone), keys.reason.strip())


def _unknown(key: str, page: str, lines: Callable[[], Mapping[str, int]]) -> Problem:
    near = get_close_matches(key, (*KEYS, *MATERIAL_KEYS), n=1)
    hint = f"did you mean `{near[0]}`?" if near else "put keys of your own below `extra:`"
    return Problem(page, f"unknown key `{key}`", hint, lines().get(key, 0), Level.WARNING, "page-unknown-key")


_EXPECTED = {
    "string_type": "must be text",
    "tuple_type": "must be a list",
    "bool_type": "must be true or false",
    "dict_type": "must be a block of keys",
    "mapping_type": "must be a block of keys",
    "dataclass_type": "must be a block of keys",
    "missing": "is missing",
    "unexpected_keyword_argument": "is no key that may stand here",
    "string_pattern_mismatch": "is no language code such as vi",
}


def _wrong(detail: ErrorDetails, page: str, lines: Callable[[], Mapping[str, int]]) -> Problem:
    place = [str(part) for part in detail["loc"]]
    if detail["type"] == "alias":
        return Problem(
            page, detail["msg"], ALIAS_HINT, lines().get(place[0], 0), Level.ERROR, "alias-invalid"
        )
    name = ".".join(place)
    found = detail["input"]
    message = (
        f"`{name}` {_EXPECTED.get(detail['type'], '')}"
        if detail["type"] in _EXPECTED
        else f"`{name}`: {detail['msg']}"
    )
    hint = ""
    if isinstance(found, str | int | float | bool) and detail["type"].endswith("_type"):
        message += f" (found: {found})"
    if detail["type"] == "string_type" and isinstance(found, int | float):
        hint = f'put it into quotes: "{found}"'
    elif detail["type"] == "tuple_type":
        hint = f"write {place[-1]}: [{json.dumps(found, ensure_ascii=False)}]"
    return Problem(page, message, hint, lines().get(place[0], 0), Level.ERROR, "page-value")


def parse_page(
    text: str, page: str, zone: ZoneInfo
) -> tuple[Article, dict[str, MetaValue], tuple[Problem, ...]]:
    """(article, its front matter as it stands, problems) of a page's whole text.

    Raises:
        PageError: the front matter cannot be read at all.
    """
    block, body, _ = frontmatter.split(text, page)
    meta = frontmatter.load(block or "", page)
    article, problems = read(meta, body, page, zone, lambda: frontmatter.key_lines(block or "", page))
    return article, meta, problems


def folder_of(moment: Moment, zone: ZoneInfo) -> str:
    """Folder of a page filed for that date: `articles/2025/05`."""
    day = moment.astimezone(zone).date() if isinstance(moment, dt.datetime) else moment
    return f"articles/{day.year:04d}/{day.month:02d}"


def slug_of(title: str, raw: str) -> str:
    """Slug of a page: of its title, else of its raw file's name."""
    if title:
        return slugs.slugify(title)
    return slugs.slugify(re.sub(r"\.[^./#]+(?=#|$)", "", raw.rpartition("/")[2]) or "bai")
