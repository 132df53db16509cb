"""Whether links out of the site still lead somewhere: asked politely, several hosts at once, remembered for days.

Dead is a warning: no such page, no such host, no valid certificate. Whatever says nothing of the page (a host that
shuts machines out, is out of order, does not answer) is a note; so is a page that has moved to another host.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from urllib.parse import quote

from generator.fetch import Fetcher, FetchError, Trouble
from generator.link_check.links import Link, find_links
from generator.link_check.verdicts import Cache, Standing, Verdict, host_of, judge, judge_trouble
from generator.models import Level, Problem

_DEAD = {Standing.DEAD, Standing.NAMELESS}
_TELLING = {*_DEAD, Standing.MOVED}
"""What is told at each link; the rest once for each host."""
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")
_CUT_OFF = 3
"""Hosts of which not one answers: then it is this machine."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How hosts are asked."""

    at_once: int = 16
    """Questions at once, to all hosts together."""
    to_a_host: int = 2
    """Of these, to one host."""
    pause: float = 0.5
    """Seconds between two questions, each of these."""
    patience: int = 3
    """Questions without an answer, after which a host is left alone."""


class _Host:
    """What is known of a host during a run."""

    def __init__(self, manners: Manners) -> None:
        self.left_alone = False
        self._manners = manners
        self._silences = 0

    def learn(self, standing: Standing) -> None:
        self._silences = self._silences + 1 if standing is Standing.SILENT else 0
        if standing is Standing.BUSY or self._silences >= self._manners.patience:
            self.left_alone = True


def check_external(
    links: Iterable[Link],
    fetcher: Fetcher,
    cache: Cache,
    now: dt.datetime,
    manners: Manners | None = None,
) -> tuple[Problem, ...]:
    """What is wrong with links, by file and line. Each address is asked once, however many pages name it."""
    places: dict[str, list[Link]] = {}
    for link in sorted(links):
        places.setdefault(link.url.partition("#")[0], []).append(link)
    verdicts = {url: verdict for url in places if (verdict := cache.find(url, now)) is not None}
    wanted = [url for url in places if url not in verdicts]
    found = _ask_all(wanted, fetcher, manners or Manners())
    if (hosts := _cut_off(found)) and wanted:
        link = places[wanted[0]][0]
        cut_off = Problem(
            link.path,
            f"not one of {hosts} hosts answers, beginning with that of {_shown(link.url)}",
            "look whether this machine reaches the network, then check again",
            link.line,
            Level.NOTE,
            "link-unsure",
        )
        return (cut_off, *_tell(places, verdicts))
    for url, verdict in found.items():
        cache.keep(url, verdict, now)
    cache.save(now)
    return tuple(_tell(places, {**verdicts, **found}))


# ---------------------------------------------------------------------------------------- asking


def _ask_all(urls: Sequence[str], fetcher: Fetcher, manners: Manners) -> dict[str, Verdict]:
    """The verdicts of addresses; those of a host that is left alone are `busy` or `silent` as it is."""
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(host_of(url), []).append(url)
    stop = Event()
    pool = ThreadPoolExecutor(max_workers=manners.at_once, thread_name_prefix="links")
    try:
        lanes = []
        for told in by_host.values():
            host = _Host(manners)
            for start in range(min(manners.to_a_host, len(told))):
                lane = told[start :: manners.to_a_host]
                lanes.append(pool.submit(_ask_lane, lane, host, fetcher, manners, stop))
        return {url: verdict for lane in lanes for url, verdict in lane.result()}
    finally:
        # Also after Ctrl-C: what runs ends at its next pause, what waits never begins.
        stop.set()
        pool.shutdown(cancel_futures=True)


def _ask_lane(
    urls: Sequence[str], host: _Host, fetcher: Fetcher, manners: Manners, stop: Event
) -> list[tuple[str, Verdict]]:
    told: list[tuple[str, Verdict]] = []
    for place, url in enumerate(urls):
        if place and not host.left_alone:
            stop.wait(manners.pause)
        if host.left_alone or stop.is_set():
            told.append((url, Verdict(Standing.SILENT, "not asked, after what the host did before")))
            continue
        verdict = _ask(url, fetcher)
        host.learn(verdict.standing)
        told.append((url, verdict))
    return told


def _ask(url: str, fetcher: Fetcher) -> Verdict:
    """HEAD first, which costs the host least; GET where it does not take that well, as many do not."""
    try:
        verdict = judge(url, fetcher.head(url))
        if verdict.standing in {Standing.GOOD, Standing.MOVED, Standing.BUSY}:
            return verdict
    except FetchError as error:
        if error.trouble is not Trouble.PROTOCOL:
            return judge_trouble(url, error)
    try:
        return judge(url, fetcher.get(url, body=False))
    except FetchError as error:
        return judge_trouble(url, error)


def _cut_off(found: Mapping[str, Verdict]) -> int:
    """How many hosts were asked in vain where it must be this machine's fault; else 0."""
    hosts = {host_of(url) for url in found}
    nothing = all(verdict.standing in {Standing.NAMELESS, Standing.SILENT} for verdict in found.values())
    return len(hosts) if nothing and len(hosts) >= _CUT_OFF else 0


# --------------------------------------------------------------------------------------- telling


def _tell(places: Mapping[str, Sequence[Link]], verdicts: Mapping[str, Verdict]) -> Iterator[Problem]:
    told = sorted((link, verdicts[url]) for url, links in places.items() if url in verdicts for link in links)
    by_host: dict[tuple[str, str], list[Link]] = {}
    for link, verdict in told:
        if verdict.standing not in {Standing.GOOD, *_TELLING}:
            by_host.setdefault((host_of(link.url), verdict.standing), []).append(link)
    for link, verdict in told:
        if verdict.standing in _TELLING:
            yield _telling(link, verdict)
        elif verdict.standing is not Standing.GOOD:
            same = by_host[host_of(link.url), verdict.standing]
            if link == same[0]:
                yield _unsure(link, verdict, len(same) - 1)


def _shown(url: str) -> str:
    """An address as it is written, without what a terminal would obey."""
    return _UNSEEN.sub(lambda match: quote(match[0]), url)


def _telling(link: Link, verdict: Verdict) -> Problem:
    if verdict.standing is Standing.MOVED:
        message = f"{link.what} has moved for good: {_shown(link.url)} leads to {verdict.why}"
        return Problem(link.path, message, "write the new address", link.line, Level.NOTE, "link-moved")
    message = f"{link.what} is dead: {_shown(link.url)}: {verdict.why}"
    hint = "look for the page's new address or for a copy in an archive, or take the link out"
    return Problem(link.path, message, hint, link.line, Level.WARNING, "link-dead")


def _unsure(link: Link, verdict: Verdict, others: int) -> Problem:
    more = f"; the same for {others} more of this host" if others else ""
    message = f"{link.what} could not be checked: {_shown(link.url)}: {verdict.why}{more}"
    hint = "open it in a browser where that matters"
    return Problem(link.path, message, hint, link.line, Level.NOTE, "link-unsure")


__all__ = ["Cache", "Link", "Manners", "check_external", "find_links"]
