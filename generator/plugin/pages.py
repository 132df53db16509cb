"""The docs folder, read once: articles, hand-written pages, and what may not be published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mkdocs.structure.files import File

from generator import article, frontmatter, slugs
from generator.errors import ProblemError
from generator.library import ARTICLES, HELD, address_of
from generator.models import Article, Level, MetaValue, Problem
from generator.settings import Settings
from generator.storage import Project
from generator.text import normalize, squeeze

EDITIONS = "editions/"
ASSETS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".ico", ".pdf"})
"""Suffixes of files beside the pages that are published as they are: none of them can hold a script."""
ASSET_NAMES = frozenset({"CNAME", "robots.txt"})
PAGE_KEYS = ("title", "description", "hide", "search", "icon", "status")
"""Front matter that a hand-written page may give to the theme."""


@dataclass(frozen=True, slots=True)
class Source:
    """One Markdown file of the docs folder."""

    body: str
    meta: Mapping[str, MetaValue]
    """Of the allow-list only, each of its right type."""
    article: Article | None


@dataclass
class Docs:
    """What stands in the docs folder."""

    sources: dict[str, Source] = field(default_factory=dict)
    """By path below the docs folder."""
    refused: list[File] = field(default_factory=list)
    """Files that are not published."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, by path."""
        return tuple(source.article for _, source in sorted(self.sources.items()) if source.article)


def is_article(uri: str) -> bool:
    """Whether a path below the docs folder is an article's, published or held."""
    return uri.startswith((ARTICLES, HELD))


def read(files: Iterable[File], docs_dir: str, shown: str, settings: Settings) -> Docs:
    """Read every file of the docs folder. `shown` is the folder's name in messages."""
    docs = Docs()
    project = Project(Path(docs_dir))
    inside: dict[str, bool] = {}
    for file in files:
        if file.src_dir != docs_dir or file.inclusion.is_excluded():
            continue
        problem = _look(file, docs_dir, inside)
        if problem is None and file.is_documentation_page():
            problem = _read_page(file, project, settings, docs)
        if problem is not None:
            docs.refused.append(file)
            docs.problems.append(problem)
    docs.problems[:] = [replace(one, path=f"{shown}/{one.path}") for one in docs.problems]
    return docs


def _look(file: File, docs_dir: str, inside: dict[str, bool]) -> Problem | None:
    """Whether a file is one of ours at all: inside the folder, and Markdown or a named asset."""
    uri = file.src_uri
    path = Path(docs_dir, uri)
    folder = str(path.parent)
    if folder not in inside:
        inside[folder] = path.parent.resolve().is_relative_to(Path(docs_dir).resolve())
    if not inside[folder] or path.is_symlink():
        return Problem(uri, "is reached by a symbolic link, so it is not published",
                       "put the file itself there", rule="file-kind")  # fmt: skip
    if file.is_documentation_page():
        return None
    if path.suffix.lower() not in ASSETS and path.name not in ASSET_NAMES:
        kinds = ", ".join(sorted(suffix[1:] for suffix in ASSETS))
        return Problem(uri, "is neither Markdown nor a file that may be published as it is",
                       f"published are Markdown and {kinds}; move it elsewhere", level=Level.WARNING,
                       rule="file-type")  # fmt: skip
    if not path.is_file():
        return Problem(uri, "is not a regular file", "take it away", rule="file-kind")
    return None


def _read_page(file: File, project: Project, settings: Settings, docs: Docs) -> Problem | None:
    uri = file.src_uri
    try:
        text = project.read_text(uri)
        if uri.startswith(EDITIONS):
            docs.refused.append(file)
            return None
        if is_article(uri):
            one, meta, problems = article.parse_page(text, uri, settings.zone)
            docs.problems += problems
            docs.sources[uri] = Source(normalize(one.body), _allowed(meta, uri, docs), one)
        else:
            block, body, _ = frontmatter.split(text, uri)
            meta = frontmatter.load(block or "", uri)
            docs.sources[uri] = Source(normalize(body), _allowed(meta, uri, docs), None)
    except ProblemError as error:
        return error.problem
    return None


def _allowed(meta: Mapping[str, MetaValue], uri: str, docs: Docs) -> dict[str, MetaValue]:
    """The keys of the allow-list, of the right type; for a hand-written page the others are told."""
    kept: dict[str, MetaValue] = {}
    for key, value in meta.items():
        if key not in PAGE_KEYS:
            if not is_article(uri):
                docs.problems.append(
                    Problem(
                        uri,
                        f"`{key}` is no key of a page, so it has no effect",
                        f"keys of a page are {', '.join(PAGE_KEYS)}",
                        level=Level.WARNING,
                        rule="page-unknown-key",
                    )
                )
            continue
        if key == "search":
            if isinstance(value, dict):
                kept[key] = {
                    name: option
                    for name, option in value.items()
                    if (name == "exclude" and isinstance(option, bool))
                    or (name == "boost" and isinstance(option, int | float) and not isinstance(option, bool))
                }
        elif key == "hide":
            if isinstance(value, list):
                kept[key] = [item for item in value if isinstance(item, str)]
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            kept[key] = squeeze(normalize(str(value)))
        else:
            docs.problems.append(
                Problem(uri, f"`{key}` must be text", level=Level.WARNING, rule="page-value")
            )
    return kept


def settle_addresses(docs: Docs, taken: Mapping[str, str], shown: str) -> None:
    """Give every address one page: of two that want it the first stays, the other is refused and both are named.

    `taken` are addresses of the site's own pages, each with what stands there.
    """
    owners = {slugs.key_of(address): owner for address, owner in taken.items()}
    for uri in sorted(docs.sources, key=lambda uri: (not is_article(uri), uri)):
        address = page_address(uri)
        owner = owners.setdefault(slugs.key_of(address), f"{shown}/{uri}")
        if owner != f"{shown}/{uri}" and address:
            docs.problems.append(
                Problem(
                    f"{shown}/{uri}",
                    f"wants the address /{address}, where {owner} stands already",
                    "rename one of the two files",
                    rule="address-collision",
                )
            )
            del docs.sources[uri]


def page_address(uri: str) -> str:
    """Address of a Markdown file's page below the site's root."""
    if is_article(uri):
        return address_of(uri)
    stem = uri.rsplit(".", 1)[0]
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/" if folder else ""
    return f"{stem}/"
