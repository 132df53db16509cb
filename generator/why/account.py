"""What is known of one page: the types of `digest why`, and their JSON.

The JSON is one object:

- `page` (file, or null where there is none), `address` (on the site, once filed), `state` (`published`, `held`, `draft`,
  `scheduled`, `expired`; `unreadable`; `deleted`: by an editor; `none`: no page was made), `title`
- `raw`: `file`, `item` (of a feed), `status` (`none`, `unchanged`, `changed`, `unknown`: never registered, `missing`,
  `item missing`, `refused`, `skipped`), `added`, `sha256` (now), `registered_sha256`; and of the `sidecar` (a file) `page`
  (as last filed), `url`, `source`, `fetched_at`
- `fields`: name → `value` (on the page), `owner` (`generator`, `editor`, `editor (deleted)`, `container`: the raw
  file's own front matter; `ingest`: written once), `generated`
  (what the generator says now), `conflict` (the editor's value stands where the generator has another), `pending` (the
  next ingest will write `generated`), `candidates`: each `{value, how, text, confidence, assumed, chosen, line}`, where
  `line` is the
  first line of the raw file on which the words stand, or null
- `reviews`: each `{field, why, status, candidates}`; status `open`, `settled` (an editor took the line away) or `new`
  (not told yet)
- `policy`: `source`, `text`, `excerpt_words`, `original_words`, `page_words`; null without a raw article
- `left_out`: each `{reason, count, lines}`
- `problems`: each `{path, line, level, message, hint, rule}`
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.models import Evidence, MetaValue, Problem
from generator.records import Line, candidate_as_dict, group_left_out, split_candidates


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAccount:
    """The raw article of a page, and what its sidecar says."""

    file: str = ""
    item: str = ""
    status: str = "none"
    added: str = ""
    sha256: str = ""
    registered_sha256: str = ""
    sidecar: str = ""
    page: str = ""
    """Where its page was filed last, below the pages folder."""
    url: str = ""
    source: str = ""
    fetched_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAccount:
    """One field of a page."""

    name: str
    value: MetaValue = None
    owner: str = "generator"
    generated: MetaValue = None
    conflict: bool = False
    pending: bool = False
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class ReviewAccount:
    """One doubt, and whether it is settled."""

    field: str
    why: str
    status: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyAccount:
    """The text policy that was applied, in words of the original and of the page."""

    source: str
    text: str
    excerpt_words: int
    original_words: int
    page_words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where every field of a page came from."""

    page: str = ""
    address: str = ""
    state: str = "none"
    title: str = ""
    raw: RawAccount = field(default_factory=RawAccount)
    fields: tuple[FieldAccount, ...] = ()
    reviews: tuple[ReviewAccount, ...] = ()
    policy: PolicyAccount | None = None
    left_out: tuple[tuple[str, str], ...] = ()
    lines: Mapping[str, Line] = field(default_factory=dict)
    """Words of the evidence → their line in the raw file, where they stand there as they are."""
    problems: tuple[Problem, ...] = ()


def as_dict(account: Account) -> dict[str, MetaValue]:
    """The account as the module's docstring describes it."""
    raw = account.raw
    return {
        "page": account.page or None,
        "address": account.address or None,
        "state": account.state,
        "title": account.title or None,
        "raw": {
            "file": raw.file or None, "item": raw.item or None, "status": raw.status, "added": raw.added or None,
            "sha256": raw.sha256 or None, "registered_sha256": raw.registered_sha256 or None,
            "sidecar": raw.sidecar or None, "page": raw.page or None, "url": raw.url or None, "source": raw.source or None,
            "fetched_at": raw.fetched_at or None,
        },
        "fields": {one.name: _field(one, account.lines) for one in account.fields},
        "reviews": [
            {"field": one.field, "why": one.why, "status": one.status, "candidates": list(one.candidates)}
            for one in account.reviews
        ],
        "policy": None if account.policy is None else {
            "source": account.policy.source, "text": account.policy.text,
            "excerpt_words": account.policy.excerpt_words, "original_words": account.policy.original_words,
            "page_words": account.policy.page_words,
        },
        "left_out": [
            {"reason": reason, "count": len(lines), "lines": list(lines)}
            for reason, lines in group_left_out(account.left_out).items()
        ],
        "problems": [
            {"path": one.path, "line": one.line or None, "level": one.level.value, "message": one.message,
             "hint": one.hint or None, "rule": one.rule}
            for one in account.problems
        ],
    }  # fmt: skip


def as_json(account: Account) -> str:
    """The account as JSON, indented for a person who looks."""
    return json.dumps(as_dict(account), ensure_ascii=False, indent=2)


def _field(one: FieldAccount, lines: Mapping[str, Line]) -> MetaValue:
    candidates: list[MetaValue] = []
    if one.evidence is not None:
        chosen, _ = split_candidates(one.evidence, one.generated)
        candidates = [
            {
                **candidate_as_dict(candidate),
                "chosen": candidate in chosen,
                "line": _number(lines.get(candidate.text)),
            }
            for candidate in one.evidence.candidates
        ]
    return {"value": one.value, "owner": one.owner, "generated": one.generated, "conflict": one.conflict,
            "pending": one.pending, "candidates": candidates}  # fmt: skip


def _number(line: Line | None) -> int | None:
    return line.number if line else None
