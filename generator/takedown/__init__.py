"""Use case: an article is taken down. Nothing of what it said stays in the content; a notice and a record do.

First everything is looked at and every step planned, then the steps are done, the page first. A run that dies on the
way is mended by running it again: the page is then known to be down, and what is left over is done.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from generator import frontmatter
from generator.article import parse_page
from generator.dates import format_moment
from generator.errors import UsageError
from generator.library import address_of, shows_notice, state_of
from generator.link_check.verdicts import FILE as LINKS
from generator.models import Article, MetaValue, Problem, State, Takedown
from generator.settings import Settings
from generator.storage import PAGES, Project
from generator.takedown.elsewhere import Traces, look_elsewhere
from generator.takedown.raw import RawArticle, load_raw, pictures_of, plan_removal
from generator.takedown.report import Deed, Report, Step
from generator.takedowns import RECORD_KEYS, Takedowns
from generator.targets import find_target
from generator.text import normalize

__all__ = ["Deed", "Report", "Step", "take_down"]

_KEPT = ("url", "source", "raw")
"""What the record keeps of the page: which original it was, and which raw article is done with."""
_SCHEMA = re.compile(r"^# *yaml-language-server: *\$schema=\S+\n", re.MULTILINE)
"""The comment for editors' programs: the one comment that says nothing of the article."""
_MOST = 2000
"""Characters of a reason."""
_UNSEEN = (State.DRAFT, State.SCHEDULED, State.DELAYED)


def take_down(
    project: Project,
    settings: Settings,
    argument: str,
    here: Path,
    reason: str,
    now: dt.datetime,
    *,
    dry_run: bool = False,
) -> Report:
    """Take down the article that `argument` names (see `find_target`); `reason` is what readers are told.

    Of one that is down already, what is left over or has come back is removed; its reason stays.

    Raises:
        UsageError: nothing or more than one thing goes by that name, or there is no reason.
        ProblemError: the page cannot be read, or the disk refuses a step; the steps before it are done.
    """
    reason = _checked(reason)
    target = find_target(project, settings, argument, here)
    if target.page:
        report = _plan_page(project, settings, target.page, reason, now)
    else:
        report = _plan_copy(project, settings, target.raw, now)
    if not dry_run:
        for step in report.steps:
            if step.content is None:
                project.remove(step.path)
            else:
                project.write(step.path, step.content)
    return report


def _checked(reason: str) -> str:
    reason = normalize(reason).strip()
    if not reason:
        raise UsageError("--reason is empty: say why, in words that readers may see")
    if len(reason) > _MOST:
        raise UsageError(f"--reason has {len(reason):,} characters; {_MOST:,} are the most")
    return reason


def _plan_page(project: Project, settings: Settings, page: str, reason: str, now: dt.datetime) -> Report:
    text = project.read_text(page)
    told, meta, _ = parse_page(text, page, settings.zone)
    told = replace(told, page=page.removeprefix(f"{PAGES}/"))
    again = told.takedown is not None
    unseen = told.draft if again else state_of(told, now, settings) in _UNSEEN
    down = replace(told, draft=unseen, takedown=told.takedown or Takedown(now, reason))
    notice = "/" + address_of(told.page) if shows_notice(down) else ""
    takedown: MetaValue = meta["takedown"] if again else {"date": format_moment(now), "reason": reason}
    steps: list[Step] = []
    if not again or not meta.keys() <= RECORD_KEYS or told.body.strip():
        what = "a notice is left" if notice else "the record alone is left: readers never saw it"
        steps.append(Step(Deed.REWRITTEN, page, what, _record(text, meta, takedown, unseen=unseen)))
    raw = unicodedata.normalize("NFC", told.raw)
    one = load_raw(project, settings, raw) if raw else None
    problems: list[Problem] = []
    if raw and one is None:
        message = f"`raw` is {raw}, which is no raw article, so nothing was deleted there"
        problems.append(
            Problem(page, message, "delete by hand what the page was made of", rule="takedown-raw")
        )
    found = look_elsewhere(project, _traces(project, settings, page, text, told, one))
    steps += [*found.editions, *found.pictures]
    if one is not None:
        removal, remaining = plan_removal(project, one, page, now, again=again)
        steps += removal
        problems += remaining
    steps += _cached(project)
    return Report(
        page=page, reason=told.takedown.reason if told.takedown else reason, again=again, notice=notice,
        steps=tuple(steps), problems=(*problems, *found.problems),
    )  # fmt: skip


def _record(text: str, meta: Mapping[str, MetaValue], takedown: MetaValue, *, unseen: bool) -> str:
    """The page's text from now on. It is a draft where readers never saw the article: no notice tells them that it was
    there."""
    schema = _SCHEMA.search(text)
    kept: dict[str, MetaValue] = {"takedown": takedown}
    kept |= {key: value for key in _KEPT if isinstance(value := meta.get(key), str)}
    aliases = meta.get("aliases")
    if isinstance(aliases, list) and aliases:
        kept["aliases"] = [alias for alias in aliases if isinstance(alias, str)]
    if unseen:
        kept["draft"] = True
    return frontmatter.join((schema[0] if schema else "") + frontmatter.dump(kept), "")


def _traces(
    project: Project, settings: Settings, page: str, text: str, told: Article, one: RawArticle | None
) -> Traces:
    title = told.title or (one.record.title if one is not None and one.record else "") or ""
    urls = (told.url, *(one.urls if one is not None else ()))
    return Traces(
        page=page, title=title, urls=tuple(dict.fromkeys(url for url in urls if url)), raw=told.raw,
        aliases=told.aliases, text=text,
        pictures=pictures_of(project, settings, one) if one is not None else frozenset(),
    )  # fmt: skip


def _plan_copy(project: Project, settings: Settings, raw: str, now: dt.datetime) -> Report:
    """A raw article without a page: a copy of one that was taken down goes too.

    Raises:
        UsageError: it is no such copy.
    """
    one = load_raw(project, settings, raw)
    takedowns = Takedowns.load(project, settings.zone)
    page = takedowns.of(raw, one.sha256, one.urls, item=one.item) if one is not None else None
    if one is None or page is None:
        unread = "".join(f"\n{problem}" for problem in one.problems) if one is not None else ""
        raise UsageError(
            f"no page is made of {raw}, and nothing like it was taken down: delete the file, or write `skip: true` "
            f"into its sidecar{unread}"
        )
    page = f"{PAGES}/{page}"
    told, _, _ = parse_page(project.read_text(page), page, settings.zone)
    told = replace(told, page=page.removeprefix(f"{PAGES}/"))
    steps, problems = plan_removal(project, one, page, now, again=True)
    return Report(
        page=page, reason=told.takedown.reason if told.takedown else "", again=True,
        notice="/" + address_of(told.page) if shows_notice(told) else "", steps=(*steps, *_cached(project)),
        problems=tuple(problems),
    )  # fmt: skip


def _cached(project: Project) -> Iterator[Step]:
    """What the cache may hold of the article: its address, and its page in the site of a build that was killed, or that
    runs and would publish it anew. Everything else there is none of ours."""
    if project.exists(LINKS):
        yield Step(Deed.DELETED, LINKS, "what earlier checks learned of links")
    for path in project.unfinished_sites():
        yield Step(Deed.DELETED, path, "a build that did not end")
