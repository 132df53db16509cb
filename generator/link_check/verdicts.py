"""What an answer says of a link, and the memory of it between two runs."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from generator.errors import ProblemError
from generator.fetch import Answer, FetchError, Trouble
from generator.storage import CACHE, Project

FILE = f"{CACHE}/links.json"
_PERMANENT = frozenset({301, 308})


class Standing(StrEnum):
    """How a link stands."""

    GOOD = "good"
    MOVED = "moved"
    """Good, and its host sends everybody on to another one for good."""
    DEAD = "dead"
    NAMELESS = "nameless"
    """Dead, because its host has no address: or nothing has, where this machine is cut off."""
    UNSURE = "unsure"
    """An answer that says nothing of the page: a host that shuts out machines, one that is out of order."""
    BUSY = "busy"
    """A host that wants to be asked later."""
    SILENT = "silent"
    """No answer."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a link stands, and why."""

    standing: Standing
    why: str = ""
    """In words for an editor; of a moved one the new address."""


GOOD = Verdict(Standing.GOOD)
KEPT = {
    Standing.GOOD: dt.timedelta(days=7),
    Standing.MOVED: dt.timedelta(days=7),
    Standing.DEAD: dt.timedelta(days=1),
    Standing.NAMELESS: dt.timedelta(days=1),
}
"""How long a verdict holds. The others are no verdicts."""


def judge(url: str, answer: Answer) -> Verdict:
    """What an answer says of the link `url`."""
    status = answer.status
    if status == 429 or (status >= 400 and answer.header("Retry-After")):
        return Verdict(Standing.BUSY, f"the host wants to be asked later ({status})")
    if status == 404:
        return Verdict(Standing.DEAD, "there is no such page (404)")
    if status == 410:
        return Verdict(Standing.DEAD, "the page was taken away for good (410)")
    if not 200 <= status < 300:
        return Verdict(Standing.UNSURE, f"the host answers {status}")
    permanent = bool(answer.moves) and all(move.status in _PERMANENT for move in answer.moves)
    if permanent and host_of(url) != host_of(answer.url):
        return Verdict(Standing.MOVED, answer.url)
    return GOOD


def judge_trouble(url: str, error: FetchError) -> Verdict:
    """What it means that there is no answer from the link `url`."""
    match error.trouble:
        case Trouble.NAME:
            return Verdict(Standing.NAMELESS, error.message)
        case Trouble.CERTIFICATE | Trouble.ADDRESS:
            return Verdict(Standing.DEAD, error.message)
        case Trouble.PRIVATE if _is_local(url):
            return Verdict(Standing.DEAD, "it leads into a machine or network of one's own")
        case Trouble.PRIVATE:
            # A newsroom's own name server may know inner addresses of public hosts.
            return Verdict(Standing.UNSURE, "its host has an inner address here, which is not asked")
        case Trouble.TIMEOUT | Trouble.UNREACHABLE:
            return Verdict(Standing.SILENT, error.message)
        case _:
            return Verdict(Standing.UNSURE, error.message)


def host_of(url: str) -> str:
    """The host of an address; with and without `www.` it is the same."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _is_local(url: str) -> bool:
    """Whether an address itself says that it is not of the open internet."""
    host = urlsplit(url).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or "." not in host
    return True


class Cache:
    """Verdicts of earlier runs, in the cache folder. A damaged or lost file is an empty one."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._kept: dict[str, tuple[Verdict, dt.datetime]] = {}
        self._changed = False
        try:
            told = json.loads(project.read_raw(FILE))
        except (ProblemError, ValueError, RecursionError):
            return
        for url, entry in told.items() if isinstance(told, dict) else ():
            try:
                standing, why, seen = (entry[key] for key in ("standing", "why", "seen"))
                moment = dt.datetime.fromisoformat(seen)
                if moment.tzinfo is not None and isinstance(why, str):
                    self._kept[url] = Verdict(Standing(standing), why), moment
            except (KeyError, TypeError, ValueError):
                continue

    def find(self, url: str, now: dt.datetime) -> Verdict | None:
        """The verdict of a link, where one still holds."""
        verdict, seen = self._kept.get(url, (None, now))
        holds = verdict is not None and dt.timedelta(0) <= now - seen < KEPT.get(
            verdict.standing, dt.timedelta(0)
        )
        return verdict if holds else None

    def keep(self, url: str, verdict: Verdict, now: dt.datetime) -> None:
        """Remember a verdict; one that says nothing of the page is not kept."""
        if verdict.standing in KEPT:
            self._kept[url] = verdict, now
            self._changed = True

    def save(self, now: dt.datetime) -> None:
        """Write down what holds. A disk that refuses is no error: the links are asked again."""
        if not self._changed:
            return
        told = {
            url: {"standing": verdict.standing, "why": verdict.why, "seen": seen.isoformat()}
            for url, (verdict, seen) in sorted(self._kept.items())
            if self.find(url, now) is not None
        }
        try:
            self._project.write(FILE, json.dumps(told, ensure_ascii=False, indent=0) + "\n")
        except ProblemError:
            return
        self._changed = False
