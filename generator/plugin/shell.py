"""The shell of a page: Material's base, the masthead and the footer, rendered once for all pages that share them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from jinja2 import Environment
from markupsafe import Markup

from generator.policy import find_foreign, hash_scripts, write_policy
from generator.views import Term

_SLOTS = MappingProxyType({"head": "<!--digest:head-->", "body": "<!--digest:body-->"})
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


_HERE = re.compile(r"<!--digest:here:(?P<address>[^>]*)-->")


def _mark_place(address: str) -> Markup:
    """Where a link says that its page is the present one."""
    return Markup("<!--digest:here:{}-->").format(address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """What stands around every page. Nothing in it changes when an article is added."""

    name: str
    motto: str
    topics: tuple[Term, ...]
    topics_address: str
    archive: str
    sources: str
    tags: str
    corrections: str
    feed: str
    footer: tuple[Term, ...]
    waiting: str
    """Address of the list of what waits; empty in a build for readers."""
    copyright: Markup
    """What the settings say of rights, through the gate."""
    zone: str
    """The digest's time zone, by its IANA name."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The three pieces around a page's own head and body."""

    opening: Markup
    middle: Markup
    closing: Markup
    policy: str
    """The Content-Security-Policy of the scripts that stand in it."""


class Shells:
    """The shells of one build, each rendered when the first page asks for it."""

    def __init__(self, env: Environment, *, previewed: bool = False) -> None:
        self._env = env
        self.previewed = previewed
        self._plain: dict[tuple[object, ...], Shell] = {}
        self._made: dict[tuple[object, ...], Shell] = {}
        self.hashes: set[str] = set()
        """Of the scripts of all shells so far."""
        self.foreign: set[str] = set()
        """Addresses of other hosts that a shell would fetch from."""

    def shell(
        self, key: tuple[object, ...], context: Mapping[str, object], *, here: str, exact: bool
    ) -> Shell:
        """The shell for what `key` stands for: everything in the context that differs between shells. In it the link to
        `here` is marked as the present page (`exact`), or as that which it belongs to."""
        placed = (*key, here, exact)
        if placed not in self._made:
            if key not in self._plain:
                self._plain[key] = self._render(context)
            plain, current = self._plain[key], "page" if exact else "true"

            def mark(match: re.Match[str]) -> str:
                return f' aria-current="{current}"' if match["address"] == here else ""

            opening, middle, closing = (
                _as_is(_HERE.sub(mark, part)) for part in (plain.opening, plain.middle, plain.closing)
            )
            self._made[placed] = Shell(opening, middle, closing, plain.policy)
        return self._made[placed]

    def _render(self, context: Mapping[str, object]) -> Shell:
        slots: dict[str, object] = {name: Markup(mark) for name, mark in _SLOTS.items()}  # noqa: S704 - constants
        slots["here"] = _mark_place
        html = self._env.get_template("main.html").render({**context, "slots": slots})
        html = _BLANK_LINES.sub("\n", html)
        opening, head, rest = html.partition(_SLOTS["head"])
        middle, body, closing = rest.partition(_SLOTS["body"])
        assert head, "main.html has the slot of the head"
        assert body, "main.html has the slot of the body"
        hashes = hash_scripts(html)
        self.hashes.update(hashes)
        self.foreign.update(find_foreign(html))
        opened, between, closed = map(_as_is, (opening, middle, closing))
        return Shell(opened, between, closed, write_policy(hashes, previewed=self.previewed))


def _as_is(html: str) -> Markup:
    """What the theme's own templates made: escaped where they print."""
    return Markup(html)  # noqa: S704 - as the name says
