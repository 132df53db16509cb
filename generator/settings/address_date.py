"""How a source's addresses carry the date, as an editor writes it: `185{YY}{MM}{DD}{hh}{mm}{ss}`, `/{YYYY}/{MM}/{DD}/`.

A template is literal text with placeholders. It is no regular expression: nothing in it repeats, so that no address
can make the search for it long.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

PLACEHOLDERS = {
    "YYYY": "year",
    "YY": "year's last two digits",
    "MM": "month, two digits",
    "M": "month, one or two digits",
    "Mon": "month's English name",
    "DD": "day, two digits",
    "D": "day, one or two digits",
    "hh": "hour, two digits",
    "mm": "minute",
    "ss": "second",
    "id": "any number",
}
"""What may stand between braces, and what it is."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WIDTHS = {
    "YYYY": r"\d{4}",
    "M": r"\d{1,2}",
    "Mon": f"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}",
    "D": r"\d{1,2}",
    "id": r"\d{1,20}",
}
_LOOSE = frozenset({"M", "D", "id"})
_PIECE = re.compile(r"\{([^{}]*)\}")
_FIRST_YEAR, _LAST_YEAR = 1995, 2100
"""News has been on the web since; what lies outside is a number of something else."""
_MOST = 2000
"""Characters of an address that are looked at."""


@dataclass(frozen=True, slots=True)
class AddressDay:
    """A day found in an address, and the time where the template has it."""

    day: dt.date
    time: tuple[int, int] | None
    """Hour and minute."""
    text: str
    """The part of the address that it stands in."""


@dataclass(frozen=True, slots=True)
class AddressTemplate:
    """A template, understood."""

    pattern: re.Pattern[str]
    in_query: bool
    """It names a part of the query (`?date=…`), which is looked at only then."""

    def find(self, path: str, query: str) -> Iterator[AddressDay]:
        """The days that an address gives under this template, each once, in order."""
        text = f"{path}?{query}" if self.in_query else path
        seen: set[AddressDay] = set()
        for match in self.pattern.finditer(text[-_MOST:]):
            found = _day_of(match)
            if found is not None and found not in seen:
                seen.add(found)
                yield found


def _day_of(match: re.Match[str]) -> AddressDay | None:
    words = match.groupdict()
    name = words.pop("Mon", None)
    parts = {part: int(digits) for part, digits in words.items()}
    year = parts["YYYY"] if "YYYY" in parts else 2000 + parts["YY"]
    month = _MONTHS.index(name[:3].lower()) + 1 if name else parts.get("MM", parts.get("M", 0))
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        day = dt.date(year, month, parts.get("DD", parts.get("D", 0)))
        time = dt.time(parts.get("hh", 0), parts.get("mm", 0), parts.get("ss", 0))
    except ValueError:
        return None
    return AddressDay(day, (time.hour, time.minute) if "mm" in parts else None, match.group())


@lru_cache(maxsize=512)
def read_address_template(template: str) -> AddressTemplate:
    """A template understood.

    Raises:
        ValueError: it cannot be meant; the message says why and what to write.
    """
    pieces = _PIECE.split(template)  # literal, placeholder, literal …
    literals, names = pieces[::2], pieces[1::2]
    for literal in literals:
        if "{" in literal or "}" in literal:
            raise ValueError("it has a brace without its other half; write placeholders as {YYYY}")
    _check_names(names)
    _check_widths(literals, names)
    source = _edge(literals[0] or f"{{{names[0]}}}", before=True)
    for place, literal in enumerate(literals):
        source += re.escape(literal)
        if place < len(names):
            name = names[place]
            digits = _WIDTHS.get(name, r"\d{2}")
            source += digits if name == "id" else f"(?P<{name}>{digits})"
    if not literals[-1] and names[-1] == "ss":
        source += r"\d{0,6}"  # ids go on with thousandths and a counter
    source += _edge(literals[-1] or f"{{{names[-1]}}}", before=False)
    return AddressTemplate(re.compile(source, re.IGNORECASE | re.ASCII), "?" in template or "=" in template)


def _check_names(names: Sequence[str]) -> None:
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for name in names:
        if name not in PLACEHOLDERS:
            near = [one for one in PLACEHOLDERS if one.lower() == name.lower()]
            near = near or get_close_matches(name.upper(), PLACEHOLDERS, n=1)
            hint = " or ".join(f"{{{one}}} ({PLACEHOLDERS[one]})" for one in near)
            raise ValueError(
                f"{{{name}}} is no placeholder; "
                + (f"did you mean {hint}?" if hint else f"there are {known}")
            )
        if name != "id" and names.count(name) > 1:
            raise ValueError(f"{{{name}}} stands in it twice; write what varies as {{id}}")
    for part, choices in (("year", ("YYYY", "YY")), ("month", ("MM", "M", "Mon")), ("day", ("DD", "D"))):
        given = [f"{{{name}}}" for name in names if name in choices]
        if len(given) > 1:
            raise ValueError(f"{' and '.join(given)} both give the {part}; keep one of them")
        if not given:
            minute = "; {mm} is the minute" if part == "month" and "mm" in names and "hh" not in names else ""
            raise ValueError(f"nothing in it gives the {part}; add {{{choices[0]}}}{minute}")
    for name, needed in (("mm", "hh"), ("hh", "mm"), ("ss", "mm")):
        if name in names and needed not in names:
            raise ValueError(f"{{{name}}} says nothing without {{{needed}}}")


def _check_widths(literals: Sequence[str], names: Sequence[str]) -> None:
    """Refuse what could be read in two ways, and what any number would fit."""
    for place, name in enumerate(names):
        before = f"{{{names[place - 1]}}}" if place and not literals[place] else literals[place][-1:]
        after = (
            f"{{{names[place + 1]}}}"
            if place + 1 < len(names) and not literals[place + 1]
            else literals[place + 1][:1]
        )
        if name == "id" and before.strip("{}") not in _LOOSE:
            before = ""  # a number of its own length ends before it
        beside = next((one for one in (before, after) if one[:1] == "{" or one.isdigit()), "")
        if name in _LOOSE and beside:
            raise ValueError(
                f"{{{name}}} stands right beside {beside}, so that nobody can tell where it ends; "
                + ("leave one out" if name == "id" else f"write {{{name}{name}}}")
            )
    if "YYYY" not in names and "hh" not in names and not any(literals[:-1]):
        raise ValueError("any number would fit it; add what always stands before the date")


def _edge(piece: str, *, before: bool) -> str:
    """What parts a template from the letters or digits beside it: no number is found inside a longer one."""
    sign = piece[0] if before else piece[-1]
    if sign in "{}" or sign.isdigit():
        return r"(?<!\d)" if before else r"(?!\d)"
    return r"(?<![a-z])" if before and sign.isalpha() else ""
