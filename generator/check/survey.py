"""One look at a whole tree, or at some of its pages: every rule, in one order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.check import fields, links, moments, policy, terms
from generator.check.editions import editions
from generator.check.outline import Outline, outline_of_bytes, outline_of_page, probe_of
from generator.check.page import Context, Page, is_article, read_page
from generator.check.tree import Tree
from generator.check.twins import twins
from generator.docs_folder import page_address, refuse_suffix
from generator.errors import ProblemError
from generator.library import HELD
from generator.markup.bounds import find_costly
from generator.models import Article, Level, Problem
from generator.redirects import find_redirect_problems
from generator.storage import PAGES

Rule = Callable[[Page, Context], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    fields.front_matter,
    fields.held,
    fields.required,
    fields.review_lines,
    fields.ownership,
    fields.takedown_record,
    fields.conflict_leftovers,
    fields.hand_written,
    terms.terms,
    moments.moments,
    policy.policy,
    links.links,
    links.picture_credits,
    links.kept_pictures,
    editions,
)
"""The rules about one page."""


@dataclass(frozen=True)
class Survey:
    """What a look at a tree found."""

    problems: tuple[Problem, ...]
    outlines: Mapping[str, Outline]
    """Of every article page, by path."""
    articles: tuple[Article, ...]
    """Of the pages that were read whole, by path."""


def survey(
    context: Context,
    focus: frozenset[str] | None = None,
    known: Mapping[str, Outline] | None = None,
    *,
    same_names: bool = False,
) -> Survey:
    """Look at the pages of `focus`, all of them where it is None; at every other page only as far as the rules about
    pairs of pages need it. `known` are outlines of pages that another survey has looked at, and that are the same here. `same_names`:
    no file has come or gone since names were last compared.
    """
    tree = context.tree
    probes = _probes(tree, focus)
    problems: list[Problem] = []
    outlines: dict[str, Outline] = {}
    articles: list[Article] = []
    for path in sorted(path for path in tree.files if path.endswith(".md")):
        whole = focus is None or path in focus
        if whole:
            found, page = _look(path, context)
            problems += found
            if page is not None and page.article is not None:
                articles.append(page.article)
            if page is not None and (outline := outline_of_page(page)) is not None:
                outlines[path] = outline
            continue
        if known is not None and path in known:
            outlines[path] = known[path]
            continue
        try:
            outline = outline_of_bytes(path, tree.peek(path), probes)
        except ProblemError:
            continue  # told when it is looked at
        if outline is not None:
            outlines[path] = outline
    problems += filter(None, map(refuse_suffix, tree.files))
    pairs = twins(outlines, () if same_names else tree.files, focus or frozenset())
    problems += (one for one in pairs if focus is None or one.path in focus)
    # A new page may take the address that another's alias names: told there, changed or not.
    problems += _aliases(context, outlines, articles)
    return Survey(tuple(sort_problems(problems)), outlines, tuple(articles))


def _probes(tree: Tree, focus: frozenset[str] | None) -> tuple[bytes, ...] | None:
    """Pieces of the texts that the others are compared with; None where there are so many that all are worked out."""
    if focus is None or len(focus) > _MOST_PROBES:
        return None
    found: list[bytes] = []
    for path in sorted(focus & tree.files):
        try:
            found.append(probe_of(tree.read(path)))
        except ProblemError:
            continue  # told when it is looked at
    return tuple(filter(None, found))


_MOST_PROBES = 100


def _look(path: str, context: Context) -> tuple[list[Problem], Page | None]:
    """The problems of one page, and the page where it can be read."""
    try:
        page = context.page(path) or read_page(context.tree, path, context.settings)
    except ProblemError as error:
        return [error.problem], None
    if (costly := find_costly(page.body, path, page.body_line)) is not None:
        return [*page.problems, costly], page
    return [*page.problems, *(problem for rule in RULES for problem in rule(page, context))], page


def _aliases(
    context: Context, outlines: Mapping[str, Outline], articles: Iterable[Article]
) -> Iterator[Problem]:
    """What is wrong with old addresses, each at its line."""
    if not any(outline.aliases for outline in outlines.values()):
        return
    known = {article.page: article for article in articles}
    every = [
        known.get(name := outline.path.removeprefix(f"{PAGES}/")) or _article_of(name, outline, context)
        for outline in outlines.values()
    ]
    others = {
        page_address(name): path
        for path in context.tree.files
        if path.endswith(".md")
        and not is_article(path)
        and not (name := path.removeprefix(f"{PAGES}/")).startswith("editions/")
    }
    others |= {
        path.removeprefix(f"{PAGES}/"): path for path in context.tree.files if not path.endswith(".md")
    }
    for problem in find_redirect_problems(every, context.settings, others):
        page = context.page(problem.path)
        yield replace(problem, line=page.line("aliases")) if page is not None else problem


def _article_of(name: str, outline: Outline, context: Context) -> Article:
    """The article of a page that is not looked at itself: whole where it has aliases, else its address alone."""
    if outline.aliases and (page := context.page(outline.path)) is not None and page.article is not None:
        return page.article
    held = ("held",) if name.startswith(HELD) or not outline.published else ()
    return Article(page=name, title="-", date=None, added=None, source=outline.source, topic="", review=held)


_RANK = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """By file and line, each problem once."""
    return sorted(
        dict.fromkeys(problems), key=lambda one: (one.path, one.line, _RANK[one.level], one.message)
    )
