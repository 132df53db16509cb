"""What our templates may use: escaping by mechanism, dates and numbers in the site's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from jinja2 import Environment, pass_context
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from generator.dates import day_of, format_moment
from generator.views import Card
from generator.words import Words

_OURS = (
    "main.html",
    "page.html",
    "404.html",
    "sitemap.xml",
    "partials/javascripts/base.html",
    "partials/palette.html",
    "partials/progress.html",
)
_OUR_FOLDERS = ("kinds/", "partials/digest/")


def is_ours(name: str | None) -> bool:
    """Whether a template is the digest's: it then escapes whatever is no `Markup`. Material's templates do not."""
    return name is not None and (name in _OURS or name.startswith(_OUR_FOLDERS))


_NO_BREAK = "\N{NO-BREAK SPACE}"
_DIGIT = re.compile(r"\d")
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=[^\W\d_]|%)")
_BEFORE_NUMBER = re.compile(
    r"(?<![^\W_])((?:tháng|năm|ngày|tuần|số|quý|thứ|điều|khoản|page|no\.)) (?=\d)", re.IGNORECASE
)


def keep_together(text: str) -> str:
    """A number on one line with its unit, a month with its name. Only for what is seen: feeds, search and the files have
    plain spaces."""
    if not _DIGIT.search(text):
        return text
    return _BEFORE_NUMBER.sub(rf"\1{_NO_BREAK}", _AFTER_NUMBER.sub(_NO_BREAK, text))


class Shown:
    """The words of a language as a page shows them."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._plain = {key: keep_together(phrase) for key, phrase in words.phrases.items()}

    def __call__(self, key: str, *values: object) -> str:
        """A phrase, its numbers kept with their units."""
        return keep_together(self._words(key, *values)) if values else self._plain[key]

    def __getattr__(self, name: str) -> object:
        return getattr(self._words, name)


def paragraphs(text: str) -> Markup:
    """Plain text of one or more paragraphs as escaped HTML."""
    parts = (part.strip() for part in text.split("\n\n"))
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts if part)


def make_links() -> Callable[[Context, str], Markup]:
    """The filter `href`: a page's or file's address below the site's root, as a link from the page that prints it.

    Each is escaped once for all pages of a depth: the same links stand on thousands.
    """
    made: dict[tuple[str, str], Markup] = {}

    @pass_context
    def link_to(context: Context, address: str) -> Markup:
        root: str = context["root"]
        link = made.get((root, address))
        if link is None:
            link = made[root, address] = escape((address or root) if root == "./" else root + address)
        return link

    return link_to


class Once:
    """Renders a card once for all lists that show it alike: an article stands in its topic, its source, its tags, its
    months. In templates `once(macro, card, …)`; the macro may depend on its arguments and on `root` alone."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], str] = {}

    @pass_context
    def __call__(self, context: Context, macro: Macro, card: Card, *options: object) -> str:
        """What the macro makes of the card, as the same object for the same arguments."""
        key = (macro.name, context["root"], card.address, *options)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = macro(card, *options)
        return made


def for_material(text: str) -> Markup:
    """Plain text for a place that Material prints or indexes without escaping."""
    return escape(text)


def prepare(env: Environment, words: Words, zone: ZoneInfo, absolute: Callable[[str], str]) -> None:
    """Give MkDocs' environment our escaping, filters and words. Called before any template is compiled."""
    env.autoescape = is_ours
    env.globals["w"] = Shown(words)
    env.globals["once"] = Once()
    env.globals["theme_words"] = words.theme
    env.filters["href"] = make_links()
    env.filters["keep"] = keep_together
    env.filters["long_date"] = lambda moment: keep_together(words.write_long(moment, zone))
    env.filters["short_date"] = lambda moment: words.write_short(moment, zone)
    env.filters["weekday_date"] = lambda moment: words.write_weekday(moment, zone)
    env.filters["near_date"] = lambda moment, day=None: words.write_near(moment, zone, day)
    env.filters["clock_on"] = lambda moment, day=None: (
        words.write_time(moment, zone) if day_of(moment, zone) == day else ""
    )
    env.filters["clock"] = lambda moment: words.write_time(moment, zone)
    env.filters["number"] = words.number
    env.filters["iso"] = format_moment
    env.filters["absolute"] = absolute
    env.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
    env.filters["paragraphs"] = paragraphs
