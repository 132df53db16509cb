"""Topics, tags and sources: an index of each, and a page for every term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.listings.listing import Entries, Listing, list_pages
from generator.models import Article
from generator.text import first_letter, sort_key
from generator.views import Card, Presenter, Term, web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A term in an index."""

    name: str
    address: str
    count: int
    kind: str = ""
    """What a tag stands for, in words: a place, a person …"""
    about: str = ""
    url: str = ""
    newest: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of the A–Z and its terms."""

    letter: str
    anchor: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """All terms of one kind."""

    entries: tuple[Entry, ...] = ()
    letters: tuple[Letter, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source and its articles."""

    entries: Entries
    url: str
    policy: str
    licence: str


def _by_address(
    groups: Mapping[str, tuple[Article, ...]], addresses: Mapping[str, str], presenter: Presenter
) -> dict[str, tuple[Article, ...]]:
    """Articles under the address of their term: keys that share an address share a page."""
    joined: dict[str, tuple[Article, ...]] = {}
    for key, articles in groups.items():
        address = addresses[key]
        if address in joined:
            together = {article.page: article for article in (*joined[address], *articles)}
            joined[address] = presenter.library.order(together.values())
        else:
            joined[address] = articles
    return joined


def topics(presenter: Presenter) -> Iterable[Listing]:
    """The index of topics and a page for every topic of the settings, also an empty one: the masthead names it."""
    words, base = presenter.words, f"{presenter.settings.paths.topics}/"
    keys = dict.fromkeys((*presenter.settings.topics, *sorted(presenter.library.topics)))
    terms = {key: presenter.topic(key) for key in keys}
    grouped = {key: presenter.library.topics.get(key, ()) for key in keys}
    joined = _by_address(grouped, {key: term.address for key, term in terms.items()}, presenter)
    first = {term.address: key for key, term in reversed(terms.items())}
    entries = []
    for address, articles in joined.items():
        term = terms[first[address]]
        known = presenter.settings.topics.get(first[address])
        about = known.description if known else ""
        entries.append(
            Entry(name=term.name, address=address, count=len(articles), about=about,
                  newest=presenter.cards(articles[:2]))
        )  # fmt: skip
        yield from list_pages(
            presenter, articles, kind="topic", address=address, title=term.name,
            kicker=words("topics"), above=Term(words("topics"), base), about=about,
        )  # fmt: skip
    yield Listing(
        kind="topics", address=base, title=words("topics"),
        view=Index(entries=tuple(entries), count=len(entries)),
        updated=presenter.last_day(presenter.library.articles),
    )  # fmt: skip


def tags(presenter: Presenter) -> Iterable[Listing]:
    """The A–Z of tags, in the order of a Vietnamese dictionary, and a page for every tag in use."""
    words, base = presenter.words, f"{presenter.settings.paths.tags}/"
    terms = {label: presenter.tag(label) for label in sorted(presenter.library.tags, key=sort_key)}
    joined = _by_address(
        {label: presenter.library.tags[label] for label in terms},
        {label: term.address for label, term in terms.items()},
        presenter,
    )
    names = {term.address: term.name for term in terms.values()}
    kinds = presenter.settings.tags
    letters: dict[str, list[Entry]] = {}
    for address in sorted(joined, key=lambda address: sort_key(names[address])):
        name, articles = names[address], joined[address]
        kind = words(f"kind.{kinds[name].kind}") if name in kinds else ""
        letters.setdefault(first_letter(name), []).append(
            Entry(name=name, address=address, count=len(articles), kind=kind)
        )
        yield from list_pages(
            presenter, articles, kind="tag", address=address, title=name,
            kicker=kind or words("tags"), above=Term(words("tags"), base),
        )  # fmt: skip
    ordered = sorted(letters, key=lambda letter: (letter == "#", sort_key(letter)))
    yield Listing(
        kind="tags", address=base, title=words("tags"),
        view=Index(
            letters=tuple(
                Letter(letter, f"l{place}", tuple(letters[letter])) for place, letter in enumerate(ordered, 1)
            ),
            count=len(joined),
        ),
        updated=presenter.last_day(presenter.library.articles),
    )  # fmt: skip


def sources(presenter: Presenter) -> Iterable[Listing]:
    """The index of sources with what the digest may show of each, and a page for every source in use."""
    words, settings = presenter.words, presenter.settings
    base = f"{settings.paths.sources}/"
    keys = sorted(presenter.library.sources, key=lambda key: sort_key(settings.source(key).name))
    terms = {key: presenter.source(key) for key in keys}
    joined = _by_address(
        {key: presenter.library.sources[key] for key in keys},
        {key: term.address for key, term in terms.items()},
        presenter,
    )
    first = {term.address: key for key, term in reversed(terms.items())}
    entries = []
    for address, articles in joined.items():
        source = settings.source(first[address])
        policy = words(
            f"policy.{source.text}.name", *([source.excerpt_words] if source.text == "excerpt" else [])
        )
        url = web_address(source.url or "")
        entries.append(Entry(name=source.name, address=address, count=len(articles), about=policy, url=url))

        def page(
            entries: Entries, url: str = url, policy: str = policy,
            licence: str = source.licence or source.permission,
        ) -> SourcePage:  # fmt: skip
            return SourcePage(entries, url, policy, licence)

        yield from list_pages(
            presenter, articles, kind="source", address=address, title=source.name,
            kicker=words("sources"), above=Term(words("sources"), base), view=page,
        )  # fmt: skip
    yield Listing(
        kind="sources", address=base, title=words("sources"),
        view=Index(entries=tuple(entries), count=len(entries)),
        updated=presenter.last_day(presenter.library.articles),
    )  # fmt: skip
