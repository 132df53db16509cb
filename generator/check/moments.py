"""Rules about dates: none lies ahead that says what was, and none comes in the wrong order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.check.page import Context, Page
from generator.dates import day_of, format_moment, instant
from generator.models import Level, Moment, Problem


def moments(page: Page, context: Context) -> Iterator[Problem]:
    """The dates of an article beside each other, beside its source and beside now."""
    told = page.article
    if told is None or told.takedown:
        return
    zone, now = context.settings.zone, context.now
    if told.date is not None and _begins(told.date, context) > now:
        yield page.problem("date", f"`date` {format_moment(told.date)} is in the future: it is when the original was published",
                           "look at the year; to let the page appear later, write `publish_at`", "date-future")  # fmt: skip
    since = context.settings.source(told.source).since if told.source in context.settings.sources else None
    if told.date is not None and since is not None:
        day = day_of(told.date, zone).isoformat()
        if day[: len(since)] < since:
            yield page.problem("date", f"`date` {day} is before `{told.source}` began to appear ({since})",
                               "look at the year, or put `since` of the source right in site_config.yml",
                               "date-before-source", Level.WARNING)  # fmt: skip
    if told.added is not None and _begins(told.added, context) > now:
        yield page.problem("added", f"`added` {format_moment(told.added)} is in the future", "write when the digest took it up",
                           "added-future", Level.WARNING)  # fmt: skip
    elif (
        told.added is not None
        and told.date is not None
        and _ends(told.added, context) < _begins(told.date, context)
    ):
        yield page.problem("added", f"`added` {format_moment(told.added)} is before `date` {format_moment(told.date)}",
                           "one of the two is wrong: the digest cannot take up what is not published yet",
                           "added-before-date", Level.WARNING)  # fmt: skip
    if (
        told.expires is not None
        and told.publish_at is not None
        and instant(told.expires, zone) <= instant(told.publish_at, zone)
    ):
        yield page.problem("expires", f"`expires` {format_moment(told.expires)} is not after `publish_at` {format_moment(told.publish_at)}: it never appears",
                           "put one of the two right", "expires-before-publish")  # fmt: skip
    if told.draft and told.publish_at is not None and instant(told.publish_at, zone) <= now:
        yield page.problem("draft", f"`publish_at` {format_moment(told.publish_at)} has passed, and `draft: true` still keeps the page away",
                           "take `draft` out to publish it, or `publish_at` until it is ready", "draft-due", Level.WARNING)  # fmt: skip
    for one in told.corrections:
        if _begins(one.date, context) > now:
            yield page.problem("corrections", f"a correction is dated {format_moment(one.date)}, in the future",
                               "write when the page was corrected", "correction-date", Level.WARNING)  # fmt: skip
        elif told.added is not None and _ends(one.date, context) < _begins(told.added, context):
            yield page.problem("corrections", f"a correction is dated {format_moment(one.date)}, before the digest took the article up",
                               "write when the page was corrected", "correction-date", Level.WARNING)  # fmt: skip


def _begins(moment: Moment, context: Context) -> dt.datetime:
    return instant(moment, context.settings.zone)


def _ends(moment: Moment, context: Context) -> dt.datetime:
    """The last instant that a moment may mean: of a day, its end."""
    if isinstance(moment, dt.datetime):
        return moment
    return dt.datetime.combine(moment, dt.time.max, context.settings.zone)
