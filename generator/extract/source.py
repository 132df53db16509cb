"""The source: who published the article, by its address, its dateline mark, its page's head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.extract.address import Address
from generator.extract.byline import is_agency
from generator.models import Candidate, RawItem, Review
from generator.settings import Settings
from generator.text import match_key

_CLOSE = 0.15
_WEAK = 0.3
_FIRM = 0.75


@dataclass(frozen=True, slots=True)
class SourceFinding:
    """The decision about the source."""

    key: str | None
    known: bool
    candidates: tuple[Candidate[str], ...]
    reviews: tuple[Review, ...]


def settle_source(
    found: Sequence[Candidate[str]], item: RawItem, address: Address, settings: Settings
) -> SourceFinding:
    """The source's key where the settings know one of the candidates, else the best name.

    The editor's word and the address outweigh a dateline: papers print agencies' texts with the agency's
    mark. Two known sources with evidence of nearly the same weight, or no evidence, are held.
    """
    names = _names(settings)
    weighed = list(found)
    if item.source:
        weighed.append(Candidate(item.source, "said by the editor", item.source, 1.0))
    if address.domain:
        weighed.append(Candidate(address.domain, "domain of the address", address.domain, 0.95))
    if (folder := item.raw.rpartition("/")[0].rpartition("/")[2]) in settings.sources:
        weighed.append(Candidate(folder, "folder of the raw file", item.raw, 0.6))
    resolved: list[tuple[Candidate[str], bool]] = []
    for one in weighed:
        key = _resolve(one.value, settings, names)
        if key is None and one.how == "words of the page's head":
            key = _named_in(one.value, names)
            if key is None:
                continue
        value = key or one.value.strip()
        if value:
            resolved.append((Candidate(value, one.how, one.text, one.confidence), key is not None))
    known = _summed([one for one, is_known in resolved if is_known])
    unknown = sorted((one for one, is_known in resolved if not is_known), key=lambda one: -_name_weight(one))
    ranked = (*known, *unknown)
    firm = [one for one in unknown if one.how in ("said by the editor", "domain of the address")]
    if firm and (not known or known[0].confidence < firm[0].confidence):
        if known and known[0].confidence >= _FIRM and not is_agency(known[0].text.strip("()")):
            return _contradicting(known[0], firm[0], ranked)
        # An address of a paper that the settings do not know: its own name where the page gives one.
        chosen = _name_for(firm[0], unknown)
        return SourceFinding(chosen.value, False, (chosen, *(one for one in ranked if one is not chosen)), ())
    if known:
        return _settle_known(known, ranked)
    if unknown and unknown[0].confidence > _WEAK:
        return SourceFinding(unknown[0].value, False, ranked, ())
    values = tuple(dict.fromkeys(one.value for one in ranked))
    why = (
        f"nothing names the publisher for certain; perhaps {', '.join(values)}"
        if values
        else "nothing in the article names its publisher"
    )
    return SourceFinding(None, False, ranked, (Review("source", why, values),))


def own_names(finding: SourceFinding, settings: Settings) -> frozenset[str]:
    """Keys of the names under which the publisher may stand where an author is expected."""
    names = {one.value for one in finding.candidates if one.how != "source line"}
    for one in finding.candidates:
        if source := settings.sources.get(one.value):
            names |= {source.name, source.short, *source.dateline, *source.domains}
    names |= {domain.split(".")[0] for domain in names if "." in domain}
    return frozenset(match_key(name).strip() for name in names if name)


def _settle_known(known: Sequence[Candidate[str]], ranked: tuple[Candidate[str], ...]) -> SourceFinding:
    first = known[0]
    rival = next((one for one in known[1:] if one.value != first.value), None)
    if rival is not None and first.confidence - rival.confidence < _CLOSE and first.confidence < 0.95:
        return _contradicting(first, rival, ranked)
    return SourceFinding(first.value, True, ranked, ())


def _contradicting(
    first: Candidate[str], rival: Candidate[str], ranked: tuple[Candidate[str], ...]
) -> SourceFinding:
    why = f"the evidence names {first.value} ({first.how}) and {rival.value} ({rival.how})"
    return SourceFinding(None, False, ranked, (Review("source", why, (first.value, rival.value)),))


def _summed(known: Sequence[Candidate[str]]) -> list[Candidate[str]]:
    """Candidates of known sources, best source first; each source's pieces of evidence strengthen each other."""
    doubt: dict[str, float] = {}
    for one in known:
        if one.confidence < 1:
            doubt[one.value] = doubt.get(one.value, 1.0) * (1 - one.confidence)
        else:
            doubt[one.value] = 0.0
    best = {value: max(one.confidence for one in known if one.value == value) for value in doubt}
    return sorted(known, key=lambda one: (-best[one.value], -(1 - doubt[one.value]), -one.confidence))


def _name_weight(one: Candidate[str]) -> float:
    """An address proves most, but a name reads better."""
    return one.confidence - (0.3 if "." in one.value and " " not in one.value else 0.0)


def _name_for(firm: Candidate[str], unknown: Sequence[Candidate[str]]) -> Candidate[str]:
    """A name on the page that the address bears out (`ANTV` for antv.example), else the address's own."""
    if firm.how == "said by the editor":
        return firm
    host = firm.value.replace(".", "").replace("-", "")
    for one in unknown:
        letters = "".join(char for char in match_key(one.value) if char.isalnum() and char.isascii())
        if one is not firm and "." not in one.value and len(letters) >= 3 and letters in host:
            return one
    named = [
        one
        for one in unknown
        if "." not in one.value
        and (one.confidence >= 0.85 or one.how == "dateline")
        and not is_agency(one.value)
    ]
    return named[0] if named else firm


def _names(settings: Settings) -> dict[str, str]:
    """Match key of every name a source goes by → its key."""
    names: dict[str, str] = {}
    for key, source in settings.sources.items():
        for name in (key, source.name, source.short, *source.dateline):
            if name:
                names.setdefault(match_key(name).strip(), key)
    return names


def _resolve(value: str, settings: Settings, names: dict[str, str]) -> str | None:
    """The key of a source named by name, mark, domain or address."""
    words = match_key(value).strip()
    if words in names:
        return names[words]
    domain = words.split("//")[-1].split("/")[0].removeprefix("www.")
    while domain.count(".") >= 1:
        if domain in settings.source_of_domain:
            return settings.source_of_domain[domain]
        domain = domain.partition(".")[2]
    for prefix in ("báo điện tử ", "báo ", "tạp chí ", "đài ", "trang ", "cổng thông tin "):
        if words.startswith(prefix) and words.removeprefix(prefix) in names:
            return names[words.removeprefix(prefix)]
    return None


def _named_in(text: str, names: dict[str, str]) -> str | None:
    """The source that a line of the page's head mentions."""
    words = f" {match_key(text)} "
    return next((key for name, key in names.items() if len(name) >= 4 and f" {name} " in words), None)
