"""A publisher: how its articles are recognised, and what of them may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from generator.settings.values import (
    CONFIG,
    AddressDate,
    CssSelector,
    Domain,
    Segment,
    Since,
    Text,
    TextPolicy,
    WebAddress,
    ZoneName,
)


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Selectors:
    """Where on a source's saved pages a field stands, where the general way does not find it.

    CSS selectors, alternatives after a comma. One that finds nothing on a page leaves that page to the general way.
    """

    title: CssSelector | None = None
    """The headline: the first element with words."""
    date: CssSelector | None = None
    """The publication: `datetime`, `content` or the words of the first element that holds a date."""
    authors: CssSelector | None = None
    """Every element that names somebody."""
    lead: CssSelector | None = None
    """The lead that stands apart from the text."""
    section: CssSelector | None = None
    """The section in which the article is filed."""
    body: CssSelector | None = None
    """What holds the text. Related news, buttons and stamps inside are still taken out."""
    captions: CssSelector | None = None
    """Captions that stand in no `figcaption`."""
    drop: tuple[CssSelector, ...] = ()
    """What is taken out of a page before anything is read."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Source:
    """One publisher: how its articles are recognised, and what of them may be shown."""

    name: Text
    """As readers see it."""
    short: str = ""
    """A shorter form for cards; `name` where it is missing."""
    url: WebAddress | None = None
    """Its front page."""
    domains: tuple[Domain, ...] = ()
    """Hosts of its articles, without `www.`; those below them (`english.`, `m.`) are its own as well."""
    since: Since | None = None
    """When it began to appear: a year, a month or a day. `digest check` tells of articles dated before."""
    dateline: tuple[Text, ...] = ()
    """Marks that open its articles: `PLO` for `(PLO)-`, `[PLO]`, `PLO.VN –`. Ordinary words count in their own case only."""
    feed: WebAddress | None = None
    """Its RSS or Atom feed on the digest's subject."""
    timezone: ZoneName | None = None
    """Of its stamps; the digest's own where it is missing."""
    address_date: tuple[AddressDate, ...] = ()
    """How its addresses carry the day: `185{YY}{MM}{DD}{hh}{mm}{ss}`, `/{YYYY}/{MM}/{DD}/`. Where it is given, no other
    number in an address is taken for a date."""
    selectors: Selectors = field(default_factory=Selectors)
    """Where its saved pages have a field that the general way does not find."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """Its section names → a topic of the digest. Case, the tone's place and joining signs do not count: `SỨC KHOẺ` is
    `Sức khỏe`, in an address `suc-khoe`."""
    end_marks: tuple[Text, ...] = ()
    """Lines after which nothing belongs to the article, beside the usual ones."""
    text: TextPolicy = "excerpt"
    """What the digest may hold of its articles' text."""
    images: Annotated[bool, Field(strict=True)] = False
    """Whether the pictures that were saved with its pages stand in the digest too, at their place in the text. Only
    with `text: full`: an excerpt, a summary and a link show no picture, not even one of the part that is shown. The
    `licence` or `permission` must cover the pictures, those of agencies that it credits included."""
    excerpt_words: Annotated[int, Field(ge=0, le=1000)] = 60
    """With `excerpt`: words of the original shown in all, lead and body together."""
    delay_minutes: Annotated[int, Field(ge=0, le=525_600)] = 0
    """How long after the original the article may appear."""
    canonical: Literal["self", "original"] = "self"
    """Which page search engines are told is the one to show: the digest's own, or the original. With `original` the
    digest's page stays out of the sitemap."""
    credit: str = ""
    """How the source wants to be named."""
    licence: str = ""
    """Under which its articles may be used: `CC BY 4.0`."""
    permission: str = ""
    """Who allowed their use, and when, where no licence does."""
    slug: Segment | None = None
    """Of its page; made of the key where it is missing."""
    aliases: tuple[Segment, ...] = ()
    """Earlier slugs of its page."""
