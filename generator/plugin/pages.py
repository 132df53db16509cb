"""The docs folder, read once: articles, hand-written pages, and what may not be published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mkdocs.structure.files import File

from generator import article, frontmatter, slugs
from generator.docs_folder import ASSET_NAMES, ASSETS, PAGE_KEYS, page_address, refuse_suffix, usual_name
from generator.errors import ProblemError
from generator.library import ARTICLES, HELD
from generator.markup import bounds
from generator.models import Article, Level, MetaValue, Problem
from generator.redirects import Outputs
from generator.settings import Settings
from generator.storage import Project
from generator.text import normalize, squeeze

EDITIONS = "editions/"


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
    links: dict[str, str] = {}
    told: set[str] = set()
    for file in files:
        if file.src_dir != docs_dir or file.inclusion.is_excluded():
            continue
        problem = _look(file, docs_dir, links)
        if problem is None and file.is_documentation_page():
            problem = _read_page(file, project, settings, docs)
        if problem is not None:
            docs.refused.append(file)
            if problem.path != file.src_uri:  # the link above it, told once for all files below
                if problem.path in told:
                    continue
                told.add(problem.path)
            docs.problems.append(problem)
    docs.problems[:] = [replace(one, path=f"{shown}/{one.path}") for one in docs.problems]
    return docs


def _look(file: File, docs_dir: str, links: dict[str, str]) -> Problem | None:
    """Whether a file is one of ours at all: inside the folder, and Markdown or a named asset."""
    uri = file.src_uri
    path = Path(docs_dir, uri)
    if link := _link_above(uri, docs_dir, links):
        return Problem(link, "is a symbolic link, so nothing below it is published",
                       "put the folder itself there", rule="file-kind")  # fmt: skip
    if path.is_symlink():
        return Problem(uri, "is reached by a symbolic link, so it is not published",
                       "put the file itself there", rule="file-kind")  # fmt: skip
    if (problem := refuse_suffix(uri)) is not None:
        return problem
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


def _link_above(uri: str, docs_dir: str, links: dict[str, str]) -> str:
    """The first folder on the way to a file that is a symbolic link; empty where there is none."""
    folder = uri.rpartition("/")[0]
    if not folder:
        return ""
    if folder not in links:
        above = _link_above(folder, docs_dir, links)
        links[folder] = above or (folder if Path(docs_dir, folder).is_symlink() else "")
    return links[folder]


def _read_page(file: File, project: Project, settings: Settings, docs: Docs) -> Problem | None:
    uri = file.src_uri
    try:
        text = project.read_text(uri)
        if uri.startswith(EDITIONS):
            docs.refused.append(file)
            return None
        block, body, first_line = frontmatter.split(text, uri)
        if (costly := bounds.find_costly(body, uri, first_line)) is not None:
            return costly
        if is_article(uri):
            if (name := _misnamed(uri)) is not None:
                docs.problems.append(name)
            one, meta, problems = article.parse_page(text, uri, settings.zone)
            docs.problems += problems
            docs.sources[uri] = Source(normalize(one.body), _allowed(meta, uri, docs), one)
        else:
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


def _misnamed(uri: str) -> Problem | None:
    """An article whose address an editor cannot type, or that lies where the digest files none."""
    usual = usual_name(uri)
    if uri == usual:
        return None
    return Problem(uri, f"its address is /{page_address(uri)}, which is not of the form YYYY/MM/slug",
                   f"rename it to {usual}", level=Level.WARNING, rule="page-name")  # fmt: skip


def settle_addresses(docs: Docs, taken: Mapping[str, str], outputs: Outputs, shown: str) -> int:
    """Give every address one page: of two that want it the first stays, the other is refused and both are named.

    `taken` are addresses of the site's own pages, each with what stands there. Returns how many were refused.
    """
    before = len(docs.sources)
    owners = {slugs.key_of(address): owner for address, owner in taken.items()}
    for uri in sorted(docs.sources, key=lambda uri: (not is_article(uri), uri)):
        address = page_address(uri)
        owner = outputs.owner_at(address) or owners.setdefault(slugs.key_of(address), f"{shown}/{uri}")
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
    return before - len(docs.sources)


def place(file: File, path: str) -> None:
    """Give a file another place in the site. MkDocs keeps what it made of the first one."""
    file.dest_uri = path
    for cached in ("url", "abs_dest_path"):
        file.__dict__.pop(cached, None)
