"""The articles' `aliases` beside everything else that stands on the site: which lead nowhere, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator import slugs
from generator.library import HELD, address_of, missing_fields
from generator.models import Article, Level, Problem
from generator.redirects.alias import ALIAS_HINT, INVALID_ALIAS, clean_alias
from generator.redirects.places import Outputs, TermAddresses
from generator.settings import Settings

PAGES = "content/pages"
"""The pages folder as messages name it."""
_MONTH = re.compile(r"(.*/)?\d{4}/(?:0[1-9]|1[0-2])/")
_YEAR_OR_MONTH = re.compile(r"(\d{4})/(?:(0[1-9]|1[0-2])/)?")


def find_redirect_problems(
    articles: Iterable[Article], settings: Settings, others: Mapping[str, str] = MappingProxyType({})
) -> tuple[Problem, ...]:
    """What is wrong with the articles' `aliases`: those that lead nowhere, or that nobody could ever reach.

    `others` are further addresses (with a closing slash) and files of the site, each with what stands there: pages
    written by hand, pictures. Lines are left to the caller, who has the files; each problem quotes the alias as it
    stands. Rules: `alias-invalid`, `alias-loop`, `alias-collision`, `alias-chain`, `alias-claimed-twice`; and
    `alias-waiting`, a note.
    """
    ordered = sorted(articles, key=lambda article: article.page)
    if not any(article.aliases for article in ordered):
        return ()
    claims = Claims(ordered, settings, others)
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    for one in ordered:
        for alias in dict.fromkeys(one.aliases):
            trouble = claims.find_trouble(one, alias)
            address = clean_alias(alias)
            if trouble is None and not is_own(one, address):
                owner = owners.setdefault(slugs.key_of(address), one.page)
                trouble = _claimed(alias, owner) if owner != one.page else _waiting(one, alias)
            if trouble is not None:
                problems.append(
                    Problem(
                        f"{PAGES}/{one.page}", trouble.message, trouble.hint, 0, trouble.level, trouble.rule
                    )
                )
    return tuple(problems)


@dataclass(frozen=True, slots=True)
class _Trouble:
    rule: str
    message: str
    hint: str
    level: Level = Level.ERROR


_TAKE_OUT = "take it out of `aliases`"


def _claimed(alias: str, owner: str) -> _Trouble:
    return _Trouble(
        "alias-claimed-twice",
        f"the alias `{alias}` is one of {PAGES}/{owner} too, and leads there",
        "take it out of `aliases` of one of the two",
    )


def _waiting(article: Article, alias: str) -> _Trouble | None:
    """Of a page that waits for a person. One that waits for the clock comes by itself."""
    if article.takedown is not None:
        return None
    if article.draft or article.review or article.page.startswith(HELD) or missing_fields(article):
        return _Trouble(
            "alias-waiting",
            f"the alias `{alias}` leads nowhere yet: its page waits",
            "it leads here from the day on which the page is published",
            Level.NOTE,
        )
    return None


def is_own(article: Article, address: str) -> bool:
    """Whether an address is the article's own, written the same or in other letters: `2026/11/Mot/` of a page that was
    renamed to `mot.md`. Such an alias is right, though nothing can be built for it that every system could hold."""
    return slugs.key_of(address) == slugs.key_of(address_of(article.page))


class Claims:
    """The addresses of a site that are taken, each with what stands there. Compared as file systems do that do not
    tell case apart: there the redirect would be written over the page."""

    def __init__(self, articles: Iterable[Article], settings: Settings, others: Mapping[str, str]) -> None:
        self._settings = settings
        self._terms = TermAddresses(settings)
        self._pages: dict[str, str] = {}
        # Every term of the settings has its place, whether or not an article stands in it today.
        present: set[str] = set(map(self._terms.topic, settings.topics))
        present |= set(map(self._terms.source, settings.sources)) | set(map(self._terms.tag, settings.tags))
        for one in articles:
            self._pages.setdefault(slugs.key_of(address_of(one.page)), f"{PAGES}/{one.page}")
            if one.takedown is None:
                present |= {self._terms.topic(one.topic)} if one.topic else set()
                present |= {self._terms.source(one.source)} if one.source else set()
                present.update(map(self._terms.tag, one.tags))
        self._present = present
        files = {path: what for path, what in others.items() if not path.endswith("/")}
        self._outputs = Outputs({**files, **{f"{term}feed.xml": "a feed" for term in present}})
        for address, what in others.items():
            if address.endswith("/"):
                self._pages.setdefault(slugs.key_of(address), what)

    def find_trouble(self, article: Article, alias: str) -> _Trouble | None:
        """Why an alias of a page can never lead there; None where it does, or is its own (`is_own`)."""
        address = clean_alias(alias)
        if not address:
            return _Trouble("alias-invalid", INVALID_ALIAS.format(value=alias), ALIAS_HINT)
        key = slugs.key_of(address)
        if address == address_of(article.page):
            return _Trouble(
                "alias-loop", f"the alias `{alias}` is the page's own address", _TAKE_OUT, Level.WARNING
            )
        if is_own(article, address):
            return None
        if owner := self._pages.get(key) or next(self._own(key), "") or self._outputs.owner_at(address):
            return _Trouble(
                "alias-collision", f"the alias `{alias}` never leads here: {owner} stands there", _TAKE_OUT
            )
        if target := self._target(key):
            return _Trouble(
                "alias-chain",
                f"the alias `{alias}` never leads here: that address only leads on, to /{target}",
                _TAKE_OUT,
            )
        return None

    def _own(self, key: str) -> Iterator[str]:
        """What of the site's own pages stands at an address, or has its place there."""
        paths = self._settings.paths
        for name in type(paths).__dataclass_fields__:
            segment = f"{getattr(paths, name)}/"
            if key == segment or (
                key.startswith(segment) and name not in ("topics", "tags", "sources")
            ):  # years, weeks, stories: whichever there are
                yield f"the site's own page `{name}`"
        if key in self._present or ((month := _MONTH.fullmatch(key)) and month[1] in self._present):
            yield f"the site's own list /{key}"

    def _target(self, key: str) -> str:
        """Where an address that is no page leads: an old one of a term, or a folder of articles."""
        if _YEAR_OR_MONTH.fullmatch(key):
            return f"{self._settings.paths.archive}/"
        if (target := self._terms.old.get(key)) is not None:
            return target
        if (month := _MONTH.fullmatch(key)) and month[1] in self._terms.old:
            return self._terms.old[month[1]]
        return ""
