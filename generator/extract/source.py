"""The source: who published the article, by its address, its dateline mark, its page's head.

Where a text was taken from is another thing: `Theo Đài X` below it, an agency's mark in front of it. The outlet that
printed it is the source; such words alone never settle who that was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.extract.address import Address, is_carrier
from generator.extract.origin import is_labelled, is_nobody, is_wire, may_be_outlet, says_taken_over
from generator.models import Candidate, RawItem, Review
from generator.settings import Settings
from generator.text import match_key

_CLOSE = 0.15
_WEAK = 0.3
_FIRM = 0.75
_SURE = 0.95
_PLACES = ("said by the editor", "domain of the address")
"""What outweighs every name in the text."""
_MENTIONS = ("words of the page's head", "copyright line")
"""Lines in which a name may stand among others."""
_TITLES = ("báo điện tử ", "báo ", "tạp chí điện tử ", "tạp chí ", "đài ", "trang tin ", "trang ", "cổng thông tin điện tử ",
           "cổng thông tin ", "the ")  # fmt: skip
_EDITIONS = (" điện tử", " online", " plus", " news", ".vn", ".com.vn", ".com", "+")


@dataclass(frozen=True, slots=True)
class SourceFinding:
    """The decision about the source."""

    key: str | None
    known: bool
    candidates: tuple[Candidate[str], ...]
    reviews: tuple[Review, ...]


@dataclass(slots=True)
class _Ranked:
    """The candidates by what they prove, best first."""

    known: list[Candidate[str]]
    """Sources of the settings, under their keys."""
    unknown: list[Candidate[str]]
    origins: list[Candidate[str]]
    """Where the text was taken from."""

    @property
    def all(self) -> tuple[Candidate[str], ...]:
        return (*self.known, *self.unknown, *self.origins)


def settle_source(
    found: Sequence[Candidate[str]], item: RawItem, address: Address, settings: Settings
) -> SourceFinding:
    """The source's key where the settings know one of the candidates, else the best name.

    The editor's word and the address outweigh a dateline: papers print agencies' texts with the agency's
    mark. Two known sources with evidence of nearly the same weight, no evidence, or only words on where the text
    was taken from, are held; an agency's mark is such a word even where the agency is a source of the settings.
    """
    ranked = _rank(_weighed(found, item, address, settings), settings)
    known, unknown = ranked.known, ranked.unknown
    firm = [one for one in unknown if one.how in _PLACES]
    if firm and (not known or known[0].confidence < firm[0].confidence):
        if known and known[0].confidence >= _FIRM:
            return _contradicting(known[0], firm[0], ranked)
        # An address of a paper that the settings do not know: its own name where the page gives one.
        chosen = _name_for(firm[0], unknown, ranked.origins)
        return SourceFinding(
            chosen.value, False, (chosen, *(one for one in ranked.all if one is not chosen)), ()
        )
    if known:
        return _settle_known(ranked)
    if unknown and unknown[0].confidence > _WEAK:
        return SourceFinding(unknown[0].value, False, ranked.all, ())
    values = tuple(dict.fromkeys(one.value for one in ranked.all))
    return SourceFinding(None, False, ranked.all, (Review("source", _doubt(ranked, settings), values),))


def likely_source(item: RawItem, address: Address, settings: Settings, *names: str) -> str | None:
    """Key of the source that an article is most probably of, before its text is read: by the editor's word, the
    address, the page's own names for itself, the raw file's folder."""
    if item.source and (said := resolve(item.source, settings)) is not None:
        return said
    if (key := settings.source_of_host(address.domain)) is not None:
        return key
    if not address.domain:
        for name in names:
            if name and (key := resolve(name, settings)) is not None:
                return key
        return _folder(item, settings)
    return None


def own_names(finding: SourceFinding, settings: Settings) -> frozenset[str]:
    """Keys of the names under which the publisher may stand where an author is expected."""
    names = {one.value for one in finding.candidates if one.how != "source line"}
    for one in finding.candidates:
        if source := settings.sources.get(one.value):
            names |= {source.name, source.short, *source.dateline, *source.domains}
    names |= {domain.split(".")[0] for domain in names if "." in domain}
    return frozenset(match_key(name).strip() for name in names if name)


def resolve(value: str, settings: Settings) -> str | None:
    """The key of a source named by its key, name, mark, domain or address."""
    names = settings.source_of_name
    words = match_key(value).strip()
    if words in names:
        return names[words]
    if "." in words:
        host = words.split("//")[-1].split("/")[0].removeprefix("www.")
        if (key := settings.source_of_host(host)) is not None:
            return key
    bare = words
    for title in _TITLES:
        bare = bare.removeprefix(title) if bare.startswith(title) else bare
    for edition in _EDITIONS:
        bare = bare.removesuffix(edition).strip()
    return names.get(bare) or names.get(f"báo {bare}")


# -------------------------------------------------------------------------------------- evidence


def _folder(item: RawItem, settings: Settings) -> str | None:
    folder = item.raw.rpartition("/")[0].rpartition("/")[2]
    return folder if folder in settings.sources else None


def _weighed(
    found: Sequence[Candidate[str]], item: RawItem, address: Address, settings: Settings
) -> list[Candidate[str]]:
    weighed = list(found)
    if item.source:
        weighed.append(Candidate(item.source, "said by the editor", item.source, 1.0))
    if address.domain:
        weighed.append(Candidate(address.domain, "domain of the address", address.domain, 0.95))
    if (folder := _folder(item, settings)) is not None:
        weighed.append(Candidate(folder, "folder of the raw file", item.raw, 0.6))
    return weighed


def _rank(weighed: Iterable[Candidate[str]], settings: Settings) -> _Ranked:
    ranked = _Ranked([], [], [])
    for one in weighed:
        value = one.value.strip()
        if not value or is_nobody(value) or is_carrier(value.lower()):
            continue
        if one.how in ("dateline", "source line"):
            outlet = _outlet_of(value)
            value = outlet or value
            key = resolve(value, settings)
            taken = one.how == "source line" and says_taken_over(one.text)
            if key is None and taken and not may_be_outlet(value) and not is_labelled(one.text, value):
                continue  # `Theo Trung Kiên`: a person
            if taken or not outlet:
                ranked.origins.append(replace(one, value=key or value))
                continue
        else:
            key = resolve(value, settings)
        if key is None and one.how in _MENTIONS:
            key = _named_in(f"{value} | {one.text}", settings)
            if key is None and one.how != "copyright line":
                continue
        (ranked.unknown if key is None else ranked.known).append(replace(one, value=key or value))
    ranked.known = _summed(ranked.known)
    ranked.unknown.sort(key=lambda one: -_name_weight(one))
    return ranked


def _outlet_of(value: str) -> str:
    """What is left of a mark (`TTXVN/Báo X`) without the agencies: the outlet that printed it, named last."""
    parts = [part.strip() for part in value.split("/")]
    return next((part for part in reversed(parts) if part and not is_wire(part)), "")


def _named_in(text: str, settings: Settings) -> str | None:
    """The source that a line of the page's head mentions."""
    words = " ".join(match_key(text).replace(",", " ").replace(".", " ").replace('"', " ").split())
    return next(
        (
            key
            for name, key in settings.source_of_name.items()
            if len(name) >= 4 and f" {name} " in f" {words} "
        ),
        None,
    )


# -------------------------------------------------------------------------------------- judgement


def _settle_known(ranked: _Ranked) -> SourceFinding:
    first = ranked.known[0]
    rival = next((one for one in ranked.known[1:] if one.value != first.value), None)
    if rival is not None and first.confidence - rival.confidence < _CLOSE and first.confidence < _SURE:
        return _contradicting(first, rival, ranked)
    return SourceFinding(first.value, True, ranked.all, ())


def _contradicting(first: Candidate[str], rival: Candidate[str], ranked: _Ranked) -> SourceFinding:
    why = f"the evidence names {first.value} ({first.how}) and {rival.value} ({rival.how})"
    return SourceFinding(None, False, ranked.all, (Review("source", why, (first.value, rival.value)),))


def _doubt(ranked: _Ranked, settings: Settings) -> str:
    """Why no source is settled, in words for an editor."""
    others = ", ".join(dict.fromkeys(one.value for one in ranked.unknown))
    origins = ", ".join(dict.fromkeys(settings.source(one.value).name for one in ranked.origins))
    if origins:
        why = f"the text says that it comes from {origins}, and nothing names for certain who published it"
        return f"{why}; perhaps {others}" if others else why
    if others:
        return f"nothing names the publisher for certain; perhaps {others}"
    return "nothing in the article names its publisher"


def _summed(known: Sequence[Candidate[str]]) -> list[Candidate[str]]:
    """Candidates of known sources, best source first; each source's pieces of evidence strengthen each other."""
    doubt: dict[str, float] = {}
    best: dict[str, float] = {}
    for one in known:
        doubt[one.value] = doubt.get(one.value, 1.0) * max(0.0, 1 - one.confidence)
        best[one.value] = max(best.get(one.value, 0.0), one.confidence)
    return sorted(known, key=lambda one: (-best[one.value], -(1 - doubt[one.value]), -one.confidence))


def _name_weight(one: Candidate[str]) -> float:
    """An address proves most, but a name reads better."""
    return one.confidence - (0.3 if "." in one.value and " " not in one.value else 0.0)


def _name_for(
    firm: Candidate[str], unknown: Sequence[Candidate[str]], origins: Sequence[Candidate[str]]
) -> Candidate[str]:
    """A name on the page that the address bears out (`ANTV` for antv.example), else the address's own."""
    if firm.how == "said by the editor":
        return firm
    host = firm.value.replace(".", "").replace("-", "")
    for one in (*unknown, *origins):
        letters = "".join(char for char in match_key(one.value) if char.isalnum() and char.isascii())
        if one is not firm and "." not in one.value and len(letters) >= 3 and letters in host:
            return one
    named = [
        one
        for one in unknown
        if "." not in one.value
        and (one.confidence >= 0.85 or one.how == "dateline")
        and not is_wire(one.value)
    ]
    return named[0] if named else firm
