"""Rules about other people's text: a page holds no more of it than its source allows, and neither does git."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from generator.check.page import Context, Page
from generator.frontmatter import body_fingerprint, fingerprint
from generator.markup import plain_markdown
from generator.models import Level, Problem
from generator.settings import Source
from generator.storage import RAW
from generator.text import count_words, match_key, words

_RUN = 7
"""Words in a row that stand in the original too: fewer are anybody's."""
_TAG = re.compile(r"<[^<>]*>")


def policy(page: Page, context: Context) -> Iterator[Problem]:
    """More of the original than the source's `text` allows. A page without `raw` is the editor's own words."""
    told = page.article
    if told is None or told.takedown or not told.raw or not told.source:
        return
    source = context.settings.source(told.source)
    if source.text == "full":
        return
    allowed = _allowed(source)
    if count_words(told.summary) + count_words(page.body) <= allowed:
        return
    shown = f"{told.summary}\n{plain_markdown(page.body)}"
    held = count_words(shown)
    if held <= allowed:
        return
    rule = f"`{told.source}` allows {_words(source)}"
    original = context.raw_text(told.raw)
    if _is_generated(page):
        hint = (
            f"run `digest ingest {told.raw}`: it cuts the page"
            if original is not None
            else f"cut the page: {told.raw} is not here, so `digest ingest` cannot"
        )
        yield page.problem(
            "source", f"the page holds {held} words of the original; {rule}", hint, "policy-exceeded"
        )
        return
    if original is None:
        yield page.problem("source", f"the page holds {held} words; {rule}, and the original is not here to compare",
                           "if more than that is the original's, shorten it; your own words may stand in `note`",
                           "policy-unclear", Level.NOTE)  # fmt: skip
    elif (copied := count_copied(shown, original)) > allowed:
        yield page.problem("source", f"the page holds {copied} words of the original; {rule}",
                           "shorten it, or say it in your own words", "policy-exceeded", Level.WARNING)  # fmt: skip


def _allowed(source: Source) -> int:
    return 0 if source.text == "link" else source.excerpt_words


def _words(source: Source) -> str:
    what = {
        "excerpt": f"an excerpt of {source.excerpt_words}",
        "summary": f"a summary of {source.excerpt_words}",
    }
    return what.get(source.text, "a link and no text")


def _is_generated(page: Page) -> bool:
    """Whether summary and body are as the generator wrote them."""
    marks = page.meta.get("generated")
    if not isinstance(marks, dict):
        return False
    summary = page.meta.get("summary")
    return marks.get("body") == body_fingerprint(page.body) and (
        summary is None or marks.get("summary") == fingerprint(summary)
    )


def count_copied(text: str, original: str) -> int:
    """Words of a text that stand in the original too, seven or more in a row; spelling of tones and case do not count."""
    theirs = [match.group() for match in words(match_key(html.unescape(_TAG.sub(" ", original))))]
    runs = {tuple(theirs[start : start + _RUN]) for start in range(len(theirs) - _RUN + 1)}
    ours = [match.group() for match in words(match_key(text))]
    copied: set[int] = set()
    for start in range(len(ours) - _RUN + 1):
        if tuple(ours[start : start + _RUN]) in runs:
            copied.update(range(start, start + _RUN))
    return len(copied)


def committed(tracked: Iterable[str], sources: Mapping[str, str], context: Context) -> Iterator[Problem]:
    """Raw files in git whose source has not allowed its texts to be used: one problem for each source.

    `tracked` are the raw files that git keeps, `sources` says whose each is (raw file → source).
    """
    groups: dict[str, list[str]] = {}
    for file in sorted(tracked):
        if (key := sources.get(file)) is not None:
            groups.setdefault(key, []).append(file)
    for key, files in sorted(groups.items()):
        source = context.settings.source(key)
        if source.text == "full" or source.licence or source.permission:
            continue
        folder = files[0].rpartition("/")[0]
        alone = folder != RAW and all(file.startswith(f"{folder}/") for file in files)
        ignored = f"`{folder}/*` and `!{folder}/*.meta.yml`" if alone else "the name of each"
        more = f" and {len(files) - 1} more of `{key}`" if len(files) > 1 else f" (`{key}`)"
        yield Problem(
            files[0],
            f"the whole text of the original is kept in git{more}; the digest may show {_words(source)}",
            f"name its `licence` or `permission` in site_config.yml, or keep the files outside: write {ignored} into "
            ".gitignore, then `git rm --cached` them, not their .meta.yml",
            level=Level.WARNING,
            rule="raw-committed",
        )
