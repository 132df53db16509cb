"""Use case: a page that an editor begins by hand, in the right place and with the fields that are known.

It is a draft: readers see nothing of it until its editor says so. What publication requires and is not known yet
waits as a `review` line that says what to write.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from generator import article, frontmatter, schema, slugs
from generator.dates import format_moment, parse_iso, read_date
from generator.errors import ProblemError, UsageError
from generator.extract.address import parse_address, unwrap_address
from generator.library import HELD, REQUIRED
from generator.models import Level, MetaValue, Moment, Problem
from generator.settings import Settings
from generator.storage import PAGES, Project
from generator.text import match_key, normalize, squeeze
from generator.weburl import clean_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What its editor knows of a new page, in his or her own words; empty where nothing is known."""

    title: str
    url: str = ""
    source: str = ""
    topic: str = ""
    date: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A page that has been begun."""

    path: str
    """Relative to the project."""
    review: tuple[str, ...]
    """What is still to be written before the page can be filed."""
    problems: tuple[Problem, ...]
    """Warnings."""


def draft(
    project: Project, settings: Settings, known: Known, now: dt.datetime, *, twice: bool = False
) -> Draft:
    """Begin a page: below `articles/` where all that publication requires is known, else below `held/`.

    `twice`: the editor wants the page although there is one of the same address.

    Raises:
        UsageError: a value that cannot be meant; nothing is written.
        ProblemError: there is a page of that address.
    """
    title = squeeze(normalize(known.title))
    if not title:
        raise UsageError("the title is empty; write the article's headline")
    url, date = known.url.strip(), _date(known.date, settings)
    if url and not re.fullmatch(article.ADDRESS_PATTERN, url):
        raise UsageError(f"--url {url}: write the address with https://")
    source = _key("source", known.source, settings.sources, settings.source_of_name)
    topic = _key(
        "topic",
        known.topic,
        settings.topics,
        {match_key(one.name): key for key, one in settings.topics.items()},
    )
    if url:
        _refuse_twin(project, settings, url, twice=twice)
        source = source or settings.source_of_host(parse_address(url).domain) or ""
    tags, unknown = _labels(known.tags, settings)
    fields: dict[str, MetaValue] = {
        "title": title,
        "date": None if date is None else format_moment(date),
        "added": format_moment(now),
        "source": source,
        "topic": topic,
        "tags": list(tags),
        "summary": normalize(known.summary).strip(),
        "url": url,
        "draft": True,
    }
    review = tuple(_review(settings, url, [name for name in REQUIRED if not fields[name]]))
    fields["review"] = list(review)
    folder = HELD.rstrip("/") if review or date is None else article.folder_of(date, settings.zone)
    path = _claim(project, folder, slugs.slugify(title))
    text = frontmatter.join(frontmatter.dump({key: value for key, value in fields.items() if value}), "")
    if project.exists(schema.ARTICLE):
        text = schema.add_comment(text, path, schema.ARTICLE)
    project.write(path, text)
    return Draft(path, review, tuple(_unknown_tag(path, label, settings) for label in unknown))


def _claim(project: Project, folder: str, slug: str) -> str:
    """A free path for the page, which no other has under any spelling."""
    taken = slugs.Register(name.removeprefix(f"{PAGES}/") for name in project.page_files())
    return f"{PAGES}/{taken.claim(folder, slug)}"


def _date(words: str, settings: Settings) -> Moment | None:
    if not words:
        return None
    try:
        return parse_iso(words, settings.zone)
    except ValueError as error:
        if (printed := _printed(words, settings)) is not None:
            return printed
        raise UsageError(f"--date {words}: {error}") from error


def _printed(words: str, settings: Settings) -> Moment | None:
    """A date as papers print it, `20/11/2025 08:15`: day, month and year leave no doubt. None where they are not all
    there, or there is no such day."""
    found = read_date(words)
    if found is None or found.year is None or found.day is None:
        return None
    try:
        if found.hour is None:
            return dt.date(found.year, found.month, found.day)
        zone = found.offset or settings.zone
        at = dt.time(found.hour, found.minute, found.second, tzinfo=zone)
        return dt.datetime.combine(dt.date(found.year, found.month, found.day), at)
    except ValueError:
        return None


def _key(kind: str, word: str, known: Mapping[str, object], names: Mapping[str, str]) -> str:
    """The key of the settings that a word is. `names`: match key of a name → the key that goes by it."""
    word = word.strip()
    if not word or word in known:
        return word
    if (named := names.get(match_key(word).strip())) is not None:
        return named
    near = next(iter(get_close_matches(word, known, n=1)), None)
    hint = f"did you mean `{near}`?" if near else f"the settings know {', '.join(known) or f'no {kind}'}"
    raise UsageError(f"--{kind} {word}: no {kind} of the settings; {hint}")


def _labels(words: tuple[str, ...], settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(labels, those that the settings do not know); another word for a label of the vocabulary is that label."""
    owners = {
        match_key(word): label for label, tag in settings.tags.items() for word in (*tag.aliases, label)
    }
    found: list[str] = []
    unknown: list[str] = []
    for word in (squeeze(normalize(one)) for one in words):
        label = word if word in settings.tags else owners.get(match_key(word), word)
        if label and label not in found:
            found.append(label)
            if label not in settings.tags:
                unknown.append(label)
    return tuple(found), tuple(unknown)


def _unknown_tag(path: str, label: str, settings: Settings) -> Problem:
    near = get_close_matches(label, settings.tags, n=1)
    hint = f"did you mean `{near[0]}`?" if near else "add it to `tags` in site_config.yml"
    return Problem(
        path, f"tag `{label}` is not in the settings", hint, level=Level.WARNING, rule="tag-unknown"
    )


def _refuse_twin(project: Project, settings: Settings, url: str, *, twice: bool) -> None:
    """Refuse an address that a page has already, itself or among those of `also`.

    Raises:
        ProblemError: with the page's path.
    """
    if twice:
        return
    wanted = _comparable(url)
    for one in project.read_articles(settings.zone)[0]:
        for address, how in (
            (one.url, "is the page of"),
            *((other.url, "names under `also`") for other in one.also),
        ):
            if address and _comparable(address) == wanted:
                message, hint = f"{how} {address} already", "edit that page, or say --force for another one"
                raise ProblemError(Problem(f"{PAGES}/{one.page}", message, hint, rule="page-twin"))


def _comparable(url: str) -> str:
    """The address without trackers and mirrors; of a copy in an archive, that of the page itself."""
    return clean_url(re.sub(r"^(https?):/+", r"\1://", unwrap_address(url)[0], flags=re.IGNORECASE))


def _review(settings: Settings, url: str, missing: list[str]) -> Iterator[str]:
    """What to write, one line for each missing field."""
    for name in missing:
        match name:
            case "date":
                yield "date: write when the original was published, as 2025-05-22 or 2025-05-22T22:15:00+07:00"
            case "source":
                host = parse_address(url).domain
                unknown = f"{host} is no domain of a source; " if host else ""
                yield f"source: {unknown}write one of {', '.join(settings.sources) or 'the sources'}, or add it to site_config.yml"
            case "topic":
                yield f"topic: write one of {', '.join(settings.topics) or 'the topics of site_config.yml'}"
