"""Related articles: older ones that share tags or words, each with what it shares.

An article looks only at what the digest had taken up before it, and weighs tags and words by how rare they were then.
So an article that is taken up last changes the answer of none that is there already. One that appears later than it was
taken up (it was held, or its source had a delay) enters in the middle, and may change a few of those after it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import islice, pairwise
from types import MappingProxyType

from generator.models import Article
from generator.text import match_key, words

MOST = 3
"""Related articles of one."""
_REASONS = 2
_LOOK_BACK = 150
"""Articles of a tag that are looked at, the newest of them: a tag that has more says little."""
_COMMON = 12
"""A pair of words that so many articles have is no longer looked up."""
_SCORE = 0.5
"""Below it nothing is related: the two share a tag of more than half of the digest and no more."""
_RARE = 1.5
"""One tag alone is enough where less than a quarter of the articles have it; else something more must be shared: a second
tag, words, the topic."""
_LONG = 4
"""Words in a row that are no chance; of shorter phrases it takes more words in all."""
_PAIR = 0.5
"""A pair of words counts half of what a tag of the same rarity does: an editor chose the tag."""
_PAIRS = 5
_HALF_LIFE = 730.0
"""Days after which an article counts half."""

Moments = Callable[[Article], float]
"""When the digest took an article up, in days since any fixed day."""

# Words that stand in any text. A pair that holds one of them says nothing about what two articles share.
_FUNCTION_WORDS = frozenset(
    match_key(
        "và của là những các một cho với ở từ đến tới khi sau trước được bị đã đang sẽ không có này đó kia ấy trong ngoài "
        "trên dưới về ra vào lên xuống người năm tháng ngày giờ hôm nay qua mai mà thì nếu vì do nên để như cũng còn chỉ "
        "rất hơn nhất mới cùng theo tại giữa bên nơi lại đi làm việc phải cần thể hai ba bốn nhiều ít mỗi mọi từng đều "
        "ông bà anh chị ai gì nào sao đây số lần lúc rồi vẫn chưa nhưng hay hoặc bằng qua cái chiếc con sự cuộc "
        "the a an of to in on at for with from by and or but is are was were be been has have had it its this that these "
        "those as not no their his her they he she we you i who which what when where how than then more most new"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Related:
    """An older article, and what it shares."""

    article: Article
    tags: tuple[str, ...]
    """Labels as the newer one has them, the rarest first."""
    phrases: tuple[str, ...]
    """Words that stand in both, as the newer one writes them; given where the tags alone would not say it."""


@dataclass(slots=True)
class _Words:
    """The pairs of neighbouring words of one article's title and summary."""

    spelling: list[str]
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    """Pair → place of its first word, where the pair stands first."""


@dataclass(slots=True)
class _Memory:
    """What had been taken up before the article that is looked at."""

    count: int = 0
    tags: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    pairs: defaultdict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def rarity(self, known: int) -> float:
        """How much it says that two articles share what `known` of those before have; near 0 where nearly all have it."""
        return max(0.0, math.log((self.count + 1) / (known + 0.5)))


def relate(
    oldest_first: Sequence[Article], *, taken_up: Moments, tag_key: Callable[[str], str]
) -> Mapping[str, tuple[Related, ...]]:
    """Page → its related articles, the nearest first; at most `MOST`, and none where nothing is near enough.

    `oldest_first` is the order in which the digest took the articles up. Labels of one `tag_key` are one tag.
    """
    memory = _Memory()
    found: dict[str, tuple[Related, ...]] = {}
    days = [taken_up(article) for article in oldest_first]
    for place, article in enumerate(oldest_first):
        tags = {tag_key(label): label for label in reversed(article.tags)}
        text = _read(article)
        scores = _score(memory, tags, text)
        aged = (
            (score / (1 + (days[place] - days[other]) / _HALF_LIFE), other) for other, score in scores.items()
        )
        best = nlargest(4 * MOST, aged)
        told = (
            _explain(memory, article, oldest_first[other], other, tags, text)
            for score, other in best
            if score >= _SCORE
        )
        if chosen := tuple(islice(filter(None, told), MOST)):
            found[article.page] = chosen
        _remember(memory, place, tags, text)
    return MappingProxyType(found)


def _read(article: Article) -> _Words:
    read = _Words([])
    for part in (article.title, article.summary):
        spelled = [match[0] for match in words(part)]
        start = len(read.spelling)
        read.spelling += spelled
        keys = match_key(" ".join(spelled)).split(" ")
        for offset, pair in enumerate(pairwise(keys)):
            if not _FUNCTION_WORDS.intersection(pair) and not pair[0].isdigit():
                read.places.setdefault(pair, start + offset)
    return read


def _score(memory: _Memory, tags: Iterable[str], text: _Words) -> dict[int, float]:
    scores: dict[int, float] = {}
    for tag in tags:
        holders = memory.tags.get(tag)
        if holders:
            weight = memory.rarity(len(holders))
            for place in holders[-_LOOK_BACK:]:
                scores[place] = scores.get(place, 0.0) + weight
    shared: dict[int, int] = {}
    for pair in text.places:
        holders = memory.pairs.get(pair)
        if holders and len(holders) < _COMMON:
            weight = _PAIR * memory.rarity(len(holders))
            for place in holders:
                shared[place] = shared.get(place, 0) + 1
                if shared[place] <= _PAIRS:
                    scores[place] = scores.get(place, 0.0) + weight
    return scores


def _explain(
    memory: _Memory, article: Article, other: Article, place: int, tags: Mapping[str, str], text: _Words
) -> Related | None:
    """What the two share; None where it is too little to send a reader there. `place` is the other's."""
    keys = sorted((key for key in tags if _holds(memory.tags.get(key), place)), key=lambda key: (len(memory.tags[key]), key))  # fmt: skip
    labels = [tags[key] for key in keys]
    phrases = _phrases(text, [pair for pair in text.places if _holds(memory.pairs.get(pair), place)])
    if len(labels) > 1 or (labels and (phrases or article.topic == other.topic)):
        return Related(other, tuple(labels[:_REASONS]), ())
    if labels and memory.rarity(len(memory.tags[keys[0]])) >= _RARE:
        return Related(other, (labels[0],), ())
    counts = [phrase.count(" ") + 1 for phrase in phrases]
    if max(counts, default=0) < _LONG and sum(counts) <= _LONG:
        return None
    return Related(other, (), tuple(phrases[:_REASONS]))


def _holds(places: Sequence[int] | None, place: int) -> bool:
    if places is None:
        return False
    near = bisect_left(places, place)
    return near < len(places) and places[near] == place


def _phrases(text: _Words, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Shared pairs as phrases, the longest first: of three words in a row `bệnh viện`, `viện dã`, `dã chiến` are one."""
    runs: list[tuple[int, int]] = []
    for place in sorted(text.places[pair] for pair in pairs):
        if runs and place < runs[-1][1]:
            runs[-1] = (runs[-1][0], place + 2)
        else:
            runs.append((place, place + 2))
    runs.sort(key=lambda run: (run[0] - run[1], run[0]))
    return [" ".join(text.spelling[start:end]) for start, end in runs]


def _remember(memory: _Memory, place: int, tags: Iterable[str], text: _Words) -> None:
    for tag in tags:
        memory.tags[tag].append(place)
    for pair in text.places:
        if len(holders := memory.pairs[pair]) < _COMMON:
            holders.append(place)
    memory.count += 1
