"""Checked values of the settings: each type refuses what cannot be meant, in words for an editor."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from generator import slugs
from generator.settings.address_date import read_address_template
from generator.settings.selector import read_selector

CONFIG = ConfigDict(extra="forbid", strict=False, str_strip_whitespace=True)
"""Of every dataclass of the settings: a key it does not know is an error."""


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


Text: TypeAlias = Annotated[str, Field(min_length=1)]
ZoneName: TypeAlias = Annotated[str, AfterValidator(_timezone)]
WebAddress: TypeAlias = Annotated[str, AfterValidator(_web_address)]
Domain: TypeAlias = Annotated[str, AfterValidator(_domain)]
Segment: TypeAlias = Annotated[str, AfterValidator(_segment)]
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


AddressDate: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_address_date)]
CssSelector: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_selector)]
