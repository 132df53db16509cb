"""What stands under `plugins: - digest:` → `Settings`, or every problem of it at once, each with its line."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from generator.errors import SettingsError
from generator.models import Problem
from generator.settings.digest import Editions, Feeds, Paths, Settings, Tag, Topic
from generator.settings.lines import Place, key_lines, line_of
from generator.settings.references import check_references
from generator.settings.source import Selectors, Source

_ADAPTER: TypeAdapter[Settings] = TypeAdapter(Settings)


def parse(values: Mapping[str, Any], *, path: str = "site_config.yml", text: str = "") -> Settings:
    """The settings out of what stands under `plugins: - digest:`.

    `text` is the configuration file's own text, for the lines in messages.

    Raises:
        SettingsError: with every problem there is, ordered by line.
    """
    lines = key_lines(text)
    problems: list[Problem] = []
    settings: Settings | None = None
    try:
        settings = _ADAPTER.validate_python(dict(values))
    except ValidationError as error:
        problems += [_problem(detail, path, lines) for detail in error.errors(include_url=False)]
    else:
        problems += check_references(settings, path, lines)
    if problems or settings is None:
        raise SettingsError(tuple(sorted(set(problems), key=lambda problem: (problem.line, problem.message))))
    return settings


_KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("timezone", "paths", "sources", "topics", "tags", "editions", "feeds"),
    "paths": tuple(Paths.__dataclass_fields__),
    "sources": tuple(Source.__dataclass_fields__),
    "topics": tuple(Topic.__dataclass_fields__),
    "tags": tuple(Tag.__dataclass_fields__),
    "editions": tuple(Editions.__dataclass_fields__),
    "feeds": tuple(Feeds.__dataclass_fields__),
}


def _known_keys(place: Place) -> tuple[str, ...]:
    """The keys that may stand where an unknown one does."""
    if len(place) > 3 and place[::2] == ("sources", "selectors"):
        return tuple(Selectors.__dataclass_fields__)
    return _KEYS.get(str(place[0]) if len(place) > 1 else "", ())


def _problem(detail: ErrorDetails, path: str, lines: Mapping[Place, int]) -> Problem:
    place = tuple(part for part in detail["loc"] if part != "[key]")
    name = ".".join(str(part) for part in place) or "digest"
    found = detail["input"]
    shown = f" (found: {found!r})" if isinstance(found, str | int | float | bool) or found is None else ""
    hint, rule = "", "settings-value"
    match detail["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            known = _known_keys(place)
            near = get_close_matches(str(place[-1]), known, n=1)
            message, rule = f"unknown key `{name}`", "settings-unknown-key"
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(known)}"
        case "missing" | "missing_argument":
            message, hint = (
                f"`{name}` is missing",
                f"add `{place[-1]}:` to `{'.'.join(map(str, place[:-1]))}`",
            )
        case "tuple_type":
            item = f'"{found}"' if set(str(found)) & set("{}[]:#,&*!|>%@") else found
            message, hint = f"`{name}` must be a list{shown}", f"write `{place[-1]}: [{item}]`"
        case "mapping_type" | "dict_type" | "dataclass_type" | "is_instance_of":
            message = f"`{name}` must be a block of keys{shown}"
            hint = f"indent its keys below `{place[-1]}:`" if place else ""
        case "string_type":
            message, hint = f"`{name}` must be text{shown}", "put it into quotes"
        case _:
            message = (
                f"`{name}`: {detail['msg']}{shown if detail['type'].endswith(('_type', '_parsing')) else ''}"
            )
    return Problem(path=path, line=line_of(place, lines), message=message, hint=hint, rule=rule)
