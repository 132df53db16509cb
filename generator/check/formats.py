"""A report of problems as text for people, as annotations for GitHub, as JSON, as SARIF, and as a Markdown summary."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from generator.check.rules import RULES
from generator.models import Level, Problem

_GITHUB = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}
_MOST_ROWS = 300
"""Rows of a summary: GitHub takes a megabyte of it, a person less."""


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands, the errors first: GitHub shows ten of a kind for each step."""
    lines = []
    for one in sorted(problems, key=lambda one: _ORDER[one.level]):
        place = f"file={_property(one.path)}" + (f",line={one.line}" if one.line else "")
        words = one.message + (f"\n→ {one.hint}" if one.hint else "")
        lines.append(
            f"::{_GITHUB[one.level]} {place},title={_property(one.rule or 'digest')}::{_data(words)}\n"
        )
    return "".join(lines)


def _data(text: str) -> str:
    """A message of a workflow command: a line end would begin another command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(problems: Iterable[Problem]) -> str:
    """One object: `problems`, each `{path, line, level, rule, message, hint}` (line null for a whole file), and `counts`."""
    told = list(problems)
    data = {
        "problems": [
            {"path": one.path, "line": one.line or None, "level": one.level.value, "rule": one.rule,
             "message": one.message, "hint": one.hint}
            for one in told
        ],
        "counts": {f"{level.value}s": sum(one.level is level for one in told) for level in Level},
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_sarif(problems: Iterable[Problem], version: str) -> str:
    """SARIF 2.1.0, for code scanning: one run, every rule that it names described."""
    told = list(problems)
    named = sorted({one.rule for one in told})
    driver = {
        "name": "digest check",
        "version": version,
        "rules": [{"id": rule, "shortDescription": {"text": RULES.get(rule, rule)}} for rule in named],
    }
    results = [
        {
            "ruleId": one.rule,
            "level": one.level.value,
            "message": {"text": one.message + (f" → {one.hint}" if one.hint else "")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(one.path)},
                        **({"region": {"startLine": one.line}} if one.line else {}),
                    }
                }
            ],
        }
        for one in told
    ]
    data = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"))


_MARKS = {Level.ERROR: "❌ error", Level.WARNING: "⚠️ warning", Level.NOTE: "ℹ️ note"}


def as_summary(problems: Sequence[Problem], pages: int, since: str | None) -> str:
    """Markdown for a pull request's page: what was looked at, the counts, a table of problems and one of what is held."""
    held = [one for one in problems if one.rule == "page-held"]
    others = [one for one in problems if one.rule != "page-held"]
    errors, warnings = (sum(one.level is level for one in others) for level in (Level.ERROR, Level.WARNING))
    scope = f", those that the change since {_cell(since)} touches" if since else ""
    lines = [
        f"### digest check: {_count(errors, 'error')}, {_count(warnings, 'warning')}",
        "",
        f"Looked at {_count(pages, 'page')}{scope}.",
    ]
    if others:
        lines += ["", "| where | what | what to do |", "|---|---|---|"]
        lines += [
            f"| `{_code(one.path)}`{f' line {one.line}' if one.line else ''} | {_MARKS[one.level]}: {_cell(one.message)} | {_cell(one.hint)} |"
            for one in sorted(others, key=lambda one: _ORDER[one.level])[:_MOST_ROWS]
        ]
    if len(others) > _MOST_ROWS:
        lines.append(f"\nand {len(others) - _MOST_ROWS} more; run `digest check` to see them all.")
    if held:
        lines += [
            "",
            f"#### Waiting for a person: {len({one.path for one in held})}",
            "",
            "| page | why |",
            "|---|---|",
        ]
        lines += [
            f"| `{_code(one.path)}` | {_cell(one.message.removeprefix('held — '))} |"
            for one in held[:_MOST_ROWS]
        ]
    if not problems:
        lines += ["", "Nothing to put right."]
    return "\n".join(lines) + "\n\n"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


_NOT_WORDS = re.compile(r"[\\`*_{}\[\]()#+!|~<>&@:]|(?<=www)\.", re.IGNORECASE)
_BREAK = "&#8203;"
"""A space without width: GitHub looks for names and numbers to link after it has read the Markdown."""


def _cell(text: str) -> str:
    """Words in a table of Markdown: shown as they are, whatever they are, with nothing in them that leads or calls."""
    return _NOT_WORDS.sub(
        lambda match: f"&#{ord(match[0])};" + (_BREAK if match[0] in "@#" else ""), " ".join(text.split())
    )


def _code(text: str) -> str:
    """A file's name between backticks."""
    return " ".join(text.replace("`", "'").replace("|", "\\|").split())
