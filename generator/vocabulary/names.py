"""Names that many articles speak of and the vocabulary does not know.

A name is told by its capitals, in a text that is read once. A capital at a sentence's start proves nothing, so such a
name counts only where it also stands within a sentence of some article; a rank or a form of address before it is none of
it. Vietnamese names of offices have capitals only here and there (Bộ Ngoại giao): a name grows by the words that follow
it in nearly all articles.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.text import strip_marks
from generator.vocabulary.matcher import Matcher, Words, word_key

LEAST_ARTICLES = 3
"""Articles in which a name must stand."""
_LONGEST = 8
"""Words of a name."""
_SHARE = 0.7
"""Of a name's articles that must agree on the word behind it, so that it belongs to the name."""
_COMMON = 1 / 3
"""Of all articles: a name in more of them tells no two apart."""
_COMMON_FROM = 20
"""Articles from which on a name can be too common."""

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_SENTENCE_END = re.compile('[.!?…:;"“”‘«»(\\[•|\x02*#>]|[-–—]$')

# Words that no name ends with, and at which it stops growing.
_SMALL = frozenset(
    "và của ở tại từ đến tới là cho với trong ngoài trên dưới về vào ra các những một hai ba bốn năm sáu bảy tám chín mười này "
    "kia đó khi nếu thì mà để do vì bởi bị được có không đã đang sẽ vừa mới cũng vẫn còn rất hơn cùng theo qua sau trước giữa "
    "nói kể cho biết chia sẻ khẳng định nhấn mạnh phát biểu đánh giá đề nghị trao tặng nhận gửi họp gặp thăm dự đưa làm đi "
    "đứng ngồi bắt đầu kết thúc tiếp tục hằng mỗi mọi nhiều ít vài người ông bà anh chị em cô chú bác như hay hoặc nhưng "
    "cách hôm ngày tháng tuần năm giờ lúc chiều sáng trưa tối đêm gồm thuộc nằm chỉ lại lên xuống nữa rồi thêm đều hết "
    "the of and to in on at by for with from is are was were has have had said says will would that which who as an a".split()
)
# Words that may have a capital and are no name, nor begin one.
_OPENERS = frozenset(
    "ngày tháng năm thứ chủ sáng trưa chiều tối đêm hôm theo tại trong ngoài trên dưới từ sau trước khi nếu với để do vì và "
    "nhưng tuy nhờ qua đây đó các những một hai ba mỗi mọi người ông bà anh chị em cô chú bác cụ bé thầy họ chúng tôi ta "
    "mình nó bạn này tin ảnh video bài nguồn theo xem cũng đến ở về việc cuộc chiếc con cái là có không được bị đã đang sẽ "
    "tết the a an in on at by for with from of and but or as it its he she they we i you this that these those there "
    "when where while after before since his her their our my mr mrs ms dr january february march april may june july "
    "august september october november december monday tuesday wednesday thursday friday saturday sunday today yesterday "
    "photo video news".split()
)
# Ranks, offices and forms of address: what stands before a person's name and is not the person's.
_RANKS = tuple(
    tuple(rank.split())
    for rank in (
        "đại tướng|thượng tướng|trung tướng|thiếu tướng|chuẩn tướng|đại tá|thượng tá|trung tá|thiếu tá|đại úy|thượng úy|trung úy|"
        "thiếu úy|chuẩn úy|thượng sĩ|trung sĩ|hạ sĩ|binh nhất|binh nhì|chuẩn đô đốc|phó đô đốc|đô đốc|"
        "ủy viên bộ chính trị|ủy viên trung ương đảng|ủy viên|đại biểu quốc hội|đại biểu|tổng bí thư|bí thư|phó bí thư|chủ tịch nước|phó chủ tịch nước|chủ tịch quốc hội|chủ tịch|phó chủ tịch|thủ tướng|phó thủ tướng|"
        "bộ trưởng|thứ trưởng|tổng thống|phó tổng thống|quốc vương|nữ hoàng|hoàng tử|tổng thư ký|phó tổng thư ký|đại sứ|tham tán|"
        "cục trưởng|phó cục trưởng|vụ trưởng|giám đốc|phó giám đốc|tổng giám đốc|viện trưởng|trưởng ban|phó ban|trưởng phòng|"
        "trưởng đoàn|phó đoàn|tư lệnh|phó tư lệnh|chỉ huy trưởng|chính ủy|chính trị viên|tiểu đoàn trưởng|đội trưởng|đội phó|"
        "giáo sư|phó giáo sư|tiến sĩ|thạc sĩ|bác sĩ|luật sư|kỹ sư|nhà báo|phóng viên|đồng chí|linh mục|hòa thượng|thượng tọa|"
        "ông|bà|anh|chị|cô|gs|pgs|ts|ths|bs|ths.bs|pgs.ts|gs.ts|general|major general|lieutenant general|colonel|"
        "lieutenant colonel|major|captain|lieutenant|sergeant|president|vice president|prime minister|minister|ambassador|"
        "secretary-general|secretary general|professor|doctor|dr|mr|mrs|ms|sir|lady|king|queen|prince|princess"
    ).split("|")
)
_AT = frozenset({"ở", "tại", "in", "at", "near"})
_SURNAMES = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh lâm phùng mai tô "
    "hà cao tạ chu thái lương quách lưu nông hứa kiều tăng triệu".split()
)
_OFFICES = frozenset(
    "bộ cục sở ban vụ viện học hội hiệp ủy trường bệnh công tập ngân tổ tổng liên quân đại trung đài quỹ tòa văn đội lữ sư "
    "chương mặt nhà phòng trạm cơ đảng đoàn phái lực bảo vườn sân cảng khu hãng hệ diễn".split()
)


_MARKS = ".,;:!?…()[]{}<>\"'“”„‟‘’«»-–—*/|#•_"


@dataclass(slots=True)
class _Sight:
    """One name-like run of words in one article, with what stands before it."""

    article: int
    words: tuple[str, ...]
    capitals: int
    """How many of its first words form the run of capitals."""
    fresh: tuple[bool, ...]
    """Which of its words are part of no known name."""
    sure: bool
    """Within a sentence, where only names have capitals."""
    before: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name that stands in several articles and in no list of the settings."""

    text: str
    articles: tuple[int, ...]
    """Numbers of the articles, in order."""
    kind: str
    """`place`, `person` or `organisation` where that shows; else empty."""


@dataclass(slots=True)
class Names:
    """The names of many articles in the making: `look` at each article once, then ask for `unknown`."""

    matchers: Sequence[Matcher]
    """What is known already: words that one of these finds are no unknown name."""
    _sights: dict[str, list[_Sight]] = field(default_factory=lambda: defaultdict(list))
    _small: set[str] = field(default_factory=set)
    """Every chunk that stood in small letters: `Wir` is no name where `wir` is a word."""
    _articles: int = 0

    def look(self, *texts: str) -> None:
        """Take in one article: its title, summary and body, in plain words or Markdown."""
        number = self._articles
        self._articles += 1
        for text in texts:
            if text:
                words = Words(text.replace("\\", ""))
                self._small.update(words.cased)
                known = {
                    chunk
                    for matcher in self.matchers
                    for _, (first, _), (last, _) in matcher.places(words)
                    for chunk in range(first, last + 1)
                }
                for sight in _sights(words, known, number):
                    self._sights[_key(sight.words[:1])].append(sight)

    def unknown(self, most: int, besides: Iterable[str] = ()) -> list[Name]:
        """The names in most articles first, at most so many; none that is part of a name in `besides`."""
        others = [f" {_key(name.split())} " for name in besides]
        names: dict[str, Name] = {}
        for group in self._sights.values():
            if len({sight.article for sight in group}) >= LEAST_ARTICLES:
                for name in self._grow(group):
                    names.setdefault(_key(name.text.split()), name)
        ranked = sorted(names.values(), key=lambda name: (-len(name.articles), -len(name.text), name.text))
        kept: list[Name] = []
        for name in ranked:
            inside = any(
                f" {name.text} " in f" {other.text} " and len(other.articles) == len(name.articles)
                for other in kept
            )
            key = f" {_key(name.text.split())} "
            if not inside and not any(key in other for other in others):
                kept.append(name)
            if len(kept) == most:
                break
        return kept

    def _grow(self, group: list[_Sight]) -> Iterator[Name]:
        """The names that some sights with the same first word make, by the words behind it."""
        waiting = [(group, 1)]
        while waiting:
            sights, length = waiting.pop()
            found = {sight.article for sight in sights}
            longer: dict[str, list[_Sight]] = defaultdict(list)
            for sight in sights:
                if len(sight.words) > length:
                    longer[_key(sight.words[length : length + 1])].append(sight)
            belongs = False
            for after in longer.values():
                word = after[0].words[length]
                count = len({sight.article for sight in after})
                if count < LEAST_ARTICLES or (word.islower() and word in _SMALL):
                    continue
                near = count >= _SHARE * len(found)
                if word[0].isupper() or (near and _takes_small_words(sights[0].words[:length])):
                    waiting.append((after, length + 1))
                    belongs = belongs or near
            if not belongs and (name := self._name(sights, length)) is not None:
                yield name

    def _name(self, sights: list[_Sight], length: int) -> Name | None:
        whole = [sight for sight in sights if sight.capitals <= length]
        articles = sorted({sight.article for sight in whole})
        if len(articles) < LEAST_ARTICLES or not any(sight.sure for sight in whole):
            return None
        if self._articles >= _COMMON_FROM and len(articles) > _COMMON * self._articles:
            return None
        own = sum(
            new and word[0].isupper()
            for new, word in zip(whole[0].fresh, whole[0].words[:length], strict=False)
        )
        if length > 1 and own < 2:
            return None  # a known name with one more word: `Phái bộ UNMISS`
        text = Counter(" ".join(sight.words[:length]) for sight in whole).most_common(1)[0][0]
        words = text.split()
        if not _is_name(words) or (len(words) == 1 and text.lower() in self._small):
            return None
        return Name(text, tuple(articles), _kind(words, whole))


def _sights(words: Words, known: set[int], article: int) -> Iterator[_Sight]:
    """Every place where a name may begin, in one text."""
    cased = words.cased
    if _is_headline(cased):
        return
    free = 0
    for at in [
        at for at, (chunk, lower) in enumerate(zip(cased, words.lower, strict=True)) if chunk != lower
    ]:
        word = cased[at].lstrip(_MARKS)
        if at < free or at in known or not word[0].isupper():
            continue
        skip = _rank_length(words.lower, at) or int(word.rstrip(_MARKS).lower() in _OPENERS)
        if skip:
            free = at + skip  # a name may begin right behind a rank or an opening word
            continue
        opens = at == 0 or word != cased[at] or _ends_sentence(cased[at - 1])
        run = _run(cased, at)
        capitals = next((place for place, one in enumerate(run) if not one[0].isupper()), len(run))
        before = words.lower[at - 1] if at and not opens else ""
        # `Hôm nay Juba …`: of an opening run, with its first word and without it, each for what it is.
        for start in range(min(2, capitals) if opens else 1):
            if not known.issuperset(range(at + start, at + capitals)):
                fresh = tuple(at + start + place not in known for place in range(len(run) - start))
                yield _Sight(article, run[start:], capitals - start, fresh, not opens, before)
        free = at + capitals


def _ends_sentence(chunk: str) -> bool:
    """Whether what comes next may have its capital for that reason alone."""
    return not chunk.isalnum() and _SENTENCE_END.search(chunk) is not None


def _run(cased: Sequence[str], at: int) -> tuple[str, ...]:
    """The words from a place on that may make one name: up to the first mark."""
    run: list[str] = []
    for chunk in cased[at : at + _LONGEST]:
        word = chunk.lstrip(_MARKS) if not run else chunk
        bare = word.rstrip(_MARKS)
        if not bare or not bare[0].isalnum():
            break
        run.append(bare)
        if bare != word:
            break
    return tuple(run)


def _rank_length(lower: Sequence[str], at: int) -> int:
    """How many words of a rank or form of address begin here; 0 where none does."""
    best = 0
    first = lower[at].lstrip(_MARKS)
    for rank in _RANKS_BY_FIRST.get(word_key(first), ()):
        found = tuple(word_key(word.strip(_MARKS)) for word in (first, *lower[at + 1 : at + len(rank)]))
        if found == rank:
            best = max(best, len(rank))
    return best


_RANKS_BY_FIRST: dict[str, list[tuple[str, ...]]] = defaultdict(list)
for _rank in _RANKS:
    _RANKS_BY_FIRST[word_key(_rank[0])].append(tuple(word_key(word) for word in _rank))


def _takes_small_words(words: Sequence[str]) -> bool:
    """Whether a name may go on in small letters: an office's may (Bộ Ngoại giao), but not behind a whole name that
    it ends with (Đại học Y Hà Nội)."""
    ends_with_name = len(words) > 2 and words[-1][0].isupper() and words[-2][0].isupper()
    return words[0].lower() in _OFFICES and not ends_with_name


def _is_headline(cased: Sequence[str]) -> bool:
    """Whether the words of a short English text have capitals as its headlines do: then they tell no names."""
    if len(cased) >= 40 or not all(map(str.isascii, cased)):
        return False
    long = [word for word in cased if len(word) > 3]
    return len(long) >= 3 and sum(word[0].isupper() for word in long) > 0.6 * len(long)


def _is_name(words: Sequence[str]) -> bool:
    """Whether some words are a name as a whole: several with capitals, an abbreviation, or one foreign word."""
    if words[-1].lower() in _SMALL or words[0].lower() in _OPENERS:
        return False
    if len(words) == 1:
        word = words[0]
        if word.isupper():
            return 2 <= len(word) <= 10 and sum(char.isalpha() for char in word) >= 2
        return len(word) >= 3 and is_foreign(word)
    return sum(word[0].isupper() for word in words) > 1 and not all(word.isupper() for word in words)


def is_foreign(word: str) -> bool:
    """Whether a word is no Vietnamese syllable: one that has a capital is a name by itself."""
    return _SYLLABLE.fullmatch(strip_marks(word).lower()) is None


def _kind(words: Sequence[str], sights: Sequence[_Sight]) -> str:
    """What a name names, where the words before it or its own first word tell."""
    first = words[0].lower()
    if first in _OFFICES and len(words) > 1 and not all(word[0].isupper() for word in words):
        return "organisation"
    if len(words) == 1 and words[0].isupper():
        return "organisation"
    if 2 <= len(words) <= 5 and first in _SURNAMES and all(word[0].isupper() for word in words):
        return "person"
    told = [sight.before for sight in sights if sight.before]
    if told and sum(word in _AT for word in told) * 2 > len(told):
        return "place"
    return ""


def _key(words: Iterable[str]) -> str:
    return " ".join(word_key(word.lower()) for word in words)
