"""Checked values of the settings: each type refuses what cannot be meant, in words for an editor."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator import slugs
from generator.settings.address_date import PLACEHOLDERS, read_address_template
from generator.settings.selector import read_selector

CONFIG = ConfigDict(extra="forbid", strict=False, str_strip_whitespace=True)
"""Of every dataclass of the settings: a key it does not know is an error."""


def text_schema(pattern: str, words: str, **more: object) -> WithJsonSchema:
    """How the JSON Schema describes a text that a validator checks: `words` are shown where `pattern` fails.

    The pattern means the same in ECMAScript and in Python. It leaves to the validator what no pattern can tell.
    """
    return WithJsonSchema({"type": "string", "pattern": pattern, "patternErrorMessage": words, **more})


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise PydanticCustomError(
            "timezone", "'{name}' is no IANA time zone; write one such as Asia/Ho_Chi_Minh", {"name": name}
        ) from error
    return name


def _web_address(value: str) -> str:
    if not re.match(r"https?://[^\s/]+", value):
        raise PydanticCustomError(
            "url", "'{value}' is no web address; write it with https://", {"value": value}
        )
    return value


def _domain(value: str) -> str:
    domain = value.lower().removeprefix("www.")
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain):
        raise PydanticCustomError(
            "domain", "'{value}' is no domain; write it as news.example", {"value": value}
        )
    return domain


def _segment(value: str) -> str:
    if not slugs.is_slug(value):
        raise PydanticCustomError(
            "slug", "'{value}' cannot stand in an address; use a-z, 0-9 and hyphens", {"value": value}
        )
    return value


def _since(value: object) -> object:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not re.fullmatch(
        r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", text
    ):
        raise PydanticCustomError(
            "since",
            '\'{value}\' is no year, month or day; write 1999, "1999-05" or "1999-05-17"',
            {"value": str(value)},
        )
    return text


Text: TypeAlias = Annotated[str, Field(min_length=1)]
Since: TypeAlias = Annotated[
    str,
    BeforeValidator(_since),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
            "patternErrorMessage": 'write a year, a month or a day: 1999, "1999-05", "1999-05-17"',
            "minimum": 1000,
            "maximum": 9999,
        }
    ),
]
ZoneName: TypeAlias = Annotated[
    str,
    AfterValidator(_timezone),
    text_schema(r"^\s*[A-Za-z][A-Za-z0-9_+/-]*\s*$", "write an IANA time zone such as Asia/Ho_Chi_Minh"),
]
WebAddress: TypeAlias = Annotated[
    str, AfterValidator(_web_address), text_schema(r"^\s*https?://[^\s/]+", "write the address with https://")
]
Domain: TypeAlias = Annotated[
    str,
    AfterValidator(_domain),
    text_schema(r"^\s*[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\s*$", "write a domain such as news.example"),
]
Segment: TypeAlias = Annotated[
    str,
    AfterValidator(_segment),
    text_schema(
        r"^\s*[a-z0-9]+(-[a-z0-9]+)*\s*$",
        "write a part of an address: a-z, 0-9 and single hyphens",
        maxLength=slugs.MAX_LENGTH,
    ),
]
TextPolicy: TypeAlias = Literal["full", "excerpt", "summary", "link"]
TagKind: TypeAlias = Literal["place", "organisation", "person", "event", "theme"]
Weekday: TypeAlias = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def _address_date(value: str) -> str:
    try:
        read_address_template(value)
    except ValueError as error:
        raise PydanticCustomError(
            "address_date", "'{value}' cannot find a date: {why}", {"value": value, "why": str(error)}
        ) from error
    return value


def _selector(value: str) -> str:
    try:
        read_selector(value)
    except ValueError as error:
        raise PydanticCustomError(
            "selector", "'{value}' is no usable CSS selector: {why}", {"value": value, "why": str(error)}
        ) from error
    return value


AddressDate: TypeAlias = Annotated[
    str,
    Field(min_length=1),
    AfterValidator(_address_date),
    text_schema(
        rf"^(?=.*\{{YY(YY)?\}})(?=.*\{{M(M|on)?\}})(?=.*\{{DD?\}})([^{{}}]|\{{({'|'.join(PLACEHOLDERS)})\}})+$",
        "write the address's pattern with year, month and day as {YYYY}, {MM}, {DD}",
    ),
]
CssSelector: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_selector)]
