"""An account as a page for a terminal: what an editor who is no programmer wants to know, in that order."""

from __future__ import annotations

from collections.abc import Iterator

from generator.markup import plain_markdown
from generator.models import MetaValue
from generator.pages import FIELDS
from generator.records import in_words, notes_of, tell_left_out
from generator.sheet import WIDTH, Sheet
from generator.text import count_words, excerpt
from generator.why.account import Account, FieldAccount, PolicyAccount, RawAccount, ReviewAccount

_STATES = {
    "published": "published",
    "held": "held: it waits for a person, and no reader sees it",
    "draft": "a draft: no reader sees it",
    "scheduled": "scheduled: readers see it from `publish_at` on",
    "expired": "expired: readers see it no longer",
    "unreadable": "cannot be read",
    "deleted": "its page was deleted by an editor; `digest ingest --refresh` with the raw file brings it back",
    "none": "no page was made of this raw article",
}
_OWNERS = {
    "editor": "an editor's words",
    "editor (deleted)": "deleted by an editor; it stays away",
    "container": "the raw file's own front matter",
    "ingest": "written once, when the article was taken in",
}
_LONG = 400
"""Characters of a value that are shown."""


def as_text(account: Account, width: int = WIDTH, *, colour: bool = False) -> str:
    """The account as lines of at most `width` columns."""
    sheet = Sheet(width, colour=colour)
    sheet.title(account.title or "(no title)")
    sheet.space()
    _tell_page(sheet, account)
    for problem in account.problems:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        hint = (f"→ {problem.hint}",) if problem.hint else ()
        sheet.entry(problem.level.value, f"{place}: {problem.message}", hint)
    _tell_reviews(sheet, account.reviews)
    sheet.heading("Fields")
    if account.raw.file and account.page:
        sheet.line("The generator's, where nothing else is said.", quiet=True)
    for one in account.fields:
        _tell_field(sheet, one, account)
    if not account.fields:
        sheet.line("nothing can be said of them: neither the page nor its raw article can be read")
    elif absent := [name for name in FIELDS if name not in {one.name for one in account.fields}]:
        sheet.entry("nothing", f"is said of {', '.join(absent)}")
    if account.policy is not None:
        _tell_policy(sheet, account.policy)
    tell_left_out(sheet, account.left_out)
    return str(sheet)


def _tell_page(sheet: Sheet, account: Account) -> None:
    if account.page:
        sheet.entry("page", account.page)
    sheet.entry("state", _STATES[account.state])
    if account.address:
        sheet.entry("address", account.address)
    value, notes, alerts = _raw_in_words(account.raw)
    sheet.entry("raw", value, notes, alerts)


def _raw_in_words(raw: RawAccount) -> tuple[str, list[str], list[str]]:
    """(what stands for the raw article, what is said of it, what an editor should not miss)."""
    if not raw.file:
        return "none: the page is wholly an editor's", [], []
    name = f"{raw.file}#{raw.item}" if raw.item else raw.file
    taken = f"taken in {raw.added}" if raw.added else ""
    alerts = {
        "missing": "the file is gone; what is known stands in the page alone",
        "changed": "the file has changed since then; the next `digest ingest` reads it anew",
        "refused": "the file can no longer be read",
        "item missing": "the file no longer holds this article",
        "skipped": "its sidecar says `skip: true`: ingest passes it by",
        "unknown": "not taken in yet, or its sidecar is gone" if not raw.sidecar else "its sidecar has no fingerprint of it",
    }.get(raw.status)  # fmt: skip
    same = "unchanged since then" if raw.status == "unchanged" else ""
    notes = [", ".join(part for part in (taken, same) if part)]
    said = [
        f"{key} {value}"
        for key, value in (("url", raw.url), ("source", raw.source), ("fetched_at", raw.fetched_at))
        if value
    ]
    if said:
        notes.append(f"its sidecar says: {', '.join(said)}")
    return name, [note for note in notes if note], [alerts] if alerts else []


def _tell_reviews(sheet: Sheet, reviews: tuple[ReviewAccount, ...]) -> None:
    if waiting := [one for one in reviews if one.status == "open"]:
        sheet.heading("A person must settle")
        for one in waiting:
            sheet.entry(one.field, one.why, _candidates(one))
        sheet.line("Write the field, delete its `review` line, and run `digest ingest`.", quiet=True)
    others = [one for one in reviews if one.status != "open"]
    if others:
        sheet.heading("Doubts that hold nothing up")
        for one in others:
            status = (
                "settled: its review line is gone"
                if one.status == "settled"
                else "new: the next `digest ingest` tells it"
            )
            sheet.entry(one.field, one.why, (status,))


def _candidates(one: ReviewAccount) -> list[str]:
    unsaid = [value for value in one.candidates if value not in one.why]
    return [f"may be: {'; '.join(excerpt(value, 90) for value in unsaid)}"] if unsaid else []


def _tell_field(sheet: Sheet, one: FieldAccount, account: Account) -> None:
    value = _shown(one.name, one.value) or ("(deleted)" if one.owner == "editor (deleted)" else "—")
    sheet.entry(one.name, value, list(_notes(one, account)), list(_alerts(one)))


def _shown(name: str, value: MetaValue) -> str:
    if name == "body" and isinstance(value, str):
        words = plain_markdown(value)
        return f"{count_words(words):,} words: “{excerpt(words, 90)}”" if value else ""
    words = in_words(value)
    return words if len(words) <= _LONG else excerpt(words, _LONG)


def _alerts(one: FieldAccount) -> Iterator[str]:
    if one.owner == "editor (deleted)":
        yield _OWNERS[one.owner]
        if one.generated is not None:
            yield f"the generator would write: {_shown(one.name, one.generated)}"
    elif one.conflict:
        yield f"an editor's words; the generator would write: {_shown(one.name, one.generated)}"
    elif one.value is None and one.generated is not None and not one.pending:
        yield f"the generator would write: {_shown(one.name, one.generated)}"
    elif one.pending:
        now = _shown(one.name, one.generated)
        yield (
            f"the next `digest ingest` will write: {now}"
            if now
            else "the next `digest ingest` will take it away"
        )


def _notes(one: FieldAccount, account: Account) -> Iterator[str]:
    if not one.conflict and one.owner in _OWNERS and one.owner != "editor (deleted)" and account.raw.file:
        yield _OWNERS[one.owner]
    if (
        one.name in ("summary", "body")
        and not one.value
        and one.generated is None
        and one.evidence is not None
    ):
        yield "not shown: the text policy keeps it back"
    if one.evidence is not None:
        own = one.generated if one.generated is not None else one.value
        yield from notes_of(one.evidence, own, account.lines)


def _tell_policy(sheet: Sheet, policy: PolicyAccount) -> None:
    rules = {
        "full": "the whole text may be shown",
        "excerpt": f"lead and text together, at most {policy.excerpt_words} words, cut after a sentence",
        "summary": f"the lead alone, at most {policy.excerpt_words} words",
        "link": "none of its words",
    }
    sheet.heading("Text policy")
    sheet.entry(policy.text, f"{rules[policy.text]} (source {policy.source or 'unknown: the default'})",
                (f"the original has {policy.original_words:,} words, the page {policy.page_words:,}",))  # fmt: skip
