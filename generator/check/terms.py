"""Rules about the controlled vocabulary: sources, topics and tags that the settings do not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from urllib.parse import urlsplit

from generator.check.page import Context, Page
from generator.models import Level, Problem
from generator.settings import Settings
from generator.settings.lines import write_words
from generator.text import match_key, strip_marks

_SEPARATOR = "\n"


def terms(page: Page, context: Context) -> Iterator[Problem]:
    """A source, topic or tag that is in no list, with what may have been meant."""
    told, settings = page.article, context.settings
    if told is None or told.takedown:
        return
    for name, key, renamed in (
        ("topic", told.topic, settings.renamed_topics),
        ("source", told.source, settings.renamed_sources),
    ):
        if (present := renamed.get(key)) is not None:
            yield page.problem(name, f"{name} `{key}` is called `{present}` now",
                               f"write {name}: {present}; `digest check --fix` does it", "key-renamed", Level.WARNING)  # fmt: skip
    if told.topic and told.topic not in settings.topics and told.topic not in settings.renamed_topics:
        hint = context.remember("topic", told.topic, lambda key: _near(key, _names_of_topics(settings)))
        yield page.problem("topic", f"topic `{told.topic}` is not in the settings", hint, "topic-unknown")
    if told.source and told.source not in settings.sources and told.source not in settings.renamed_sources:
        hint = context.remember("source", told.source, lambda key: _near(key, _names_of_sources(settings)))
        yield page.problem("source", f"source `{told.source}` is not in the settings: it is shown under the default policy",
                           hint, "source-unknown", Level.WARNING)  # fmt: skip
    if (owner := _owner_of_url(told.url, settings)) and owner != settings.renamed_sources.get(
        told.source, told.source
    ):
        yield page.problem("url", f"`url` leads to `{owner}`, and `source` says `{told.source or 'nothing'}`",
                           "put one of the two right; a text that one took over from the other stands at both: the other goes under `also`",
                           "url-source", Level.WARNING)  # fmt: skip
    for label in told.tags:
        if label not in settings.tags:
            answer = context.remember("tag", label, lambda label: _SEPARATOR.join(_of_tag(label, settings)))
            message, hint, rule = answer.split(_SEPARATOR)
            yield page.problem("tags", message, hint, rule, Level.WARNING)
    for one in told.also:
        if one.source and one.source not in settings.sources and "." not in one.source:
            near = get_close_matches(one.source, settings.sources, n=1)
            if near:
                yield page.problem("also", f"`also` names the source `{one.source}`, which is not in the settings",
                                   f"did you mean `{near[0]}`?", "source-unknown", Level.WARNING)  # fmt: skip


def _owner_of_url(url: str, settings: Settings) -> str | None:
    """The source at whose host an address lies; None where it is nobody's, or where two share the host."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    return settings.source_of_host(host)


def tag_of_word(settings: Settings) -> Mapping[str, str]:
    """Match key of every word for a tag → its label: `lhq` → `Liên hợp quốc`."""
    words: dict[str, str] = {}
    for label, tag in settings.tags.items():
        for word in (label, *tag.aliases):
            words.setdefault(match_key(word), label)
    return words


def _of_tag(label: str, settings: Settings) -> tuple[str, str, str]:
    """(message, hint, rule) for a label that is no tag's."""
    known = tag_of_word(settings).get(match_key(label))
    if known is not None:
        return (
            f"`{label}` is another word for the tag `{known}`",
            f"write `{known}`; `digest check --fix` does it",
            "tag-alias",
        )
    message = f"tag `{label}` is not in the settings"
    near = _closest(
        label, {word: owner for owner, tag in settings.tags.items() for word in (owner, *tag.aliases)}
    )
    if near is None:
        return message, f"for a new tag, write below `tags`:  {write_words(label)}: {{}}", "tag-unknown"
    aliases = ", ".join(write_words(word) for word in (*settings.tags[near].aliases, label))
    hint = f"did you mean `{near}`? If it is another word for it, write below `tags`, at `{near}`:  aliases: [{aliases}]"
    return message, hint, "tag-unknown"


def _names_of_topics(settings: Settings) -> Mapping[str, str]:
    names = {key: key for key in settings.topics}
    for key, topic in settings.topics.items():
        names |= {topic.name: key, **dict.fromkeys(topic.aliases, key)}
    return names


def _names_of_sources(settings: Settings) -> Mapping[str, str]:
    names = {key: key for key in settings.sources}
    for key, source in settings.sources.items():
        names |= {name: key for name in (source.name, source.short, *source.domains, *source.aliases) if name}
    return names


def _near(found: str, names: Mapping[str, str]) -> str:
    """`names` are all words for the keys that may be meant."""
    near = _closest(found, names)
    return f"did you mean `{near}`?" if near else "add it to site_config.yml"


def _closest(found: str, names: Mapping[str, str]) -> str | None:
    """The owner of the name that is most like some words, marks and case left aside."""
    plain = {_plain(name): owner for name, owner in reversed(list(names.items()))}
    near: Iterable[str] = get_close_matches(_plain(found), plain, n=1, cutoff=0.72)
    return next((plain[name] for name in near), None)


def _plain(words: str) -> str:
    return strip_marks(words).lower().replace("-", " ").strip()
