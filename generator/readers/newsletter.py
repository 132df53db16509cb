"""A mail's HTML without what the sending of mails brings along: hidden words, tracking pixels, footers, links to a
copy on the web. And whether it is one article or a digest of several.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from generator.readers.forwards import TreeLine, cut_from, lines_of
from generator.readers.fragment import web_address
from generator.text import squeeze

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0|font-size\s*:\s*[01](?:px|pt)?\s*(?:;|$)|"
    r"(?<![-\w])(?:height|width)\s*:\s*0(?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_TINY = re.compile(r"\s*[0-2](?:px)?\s*")
_FOOTER = re.compile(
    r"unsubscribe|opt[ -]?out|(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|subscription|settings)|"
    r"h[uủ]y đăng ký|hu[yỷ] đăng ký|bỏ đăng ký|ngừng nhận|không muốn (?:tiếp tục )?nhận|"
    r"(?:bạn|quý vị|quý độc giả|anh/chị) (?:đang |đã )?nhận được (?:thư|e-?mail|bản tin|tin)|thay đổi tùy chọn nhận|"
    r"you(?:'|’)?(?: a)?re receiving this|you (?:have )?received this|(?:this|e-?mail này|thư này|bản tin này) (?:e-?mail |message )?"
    r"(?:was sent|được gửi)|add us to your address book|se désabonner|abmelden|newsletter abbestellen|darse de baja",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"(?:view|read|open|see)\b.{0,30}\b(?:browser|online|web(?:page| ?site| version)?)\b|"
    r"(?:xem|đọc|mở)\b.{0,30}(?:trình duyệt|trực tuyến|bản web|trên web|online)|trouble viewing|"
    r"(?:không|chưa) (?:xem|hiển thị) được|voir (?:la version|en ligne)|im browser",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:\[?\s*)(?:đọc tiếp|đọc thêm|đọc toàn bộ|xem tiếp|xem thêm|xem chi tiết|chi tiết|read more|continue reading|read on|"
    r"full story|read the (?:full )?(?:story|article)|weiterlesen|lire la suite|keep reading|read full story)[\s.…›»>→\]]*",
    re.IGNORECASE,
)
_TRACKING = re.compile(
    r"/(?:click|track|open|redirect|ls|lt|wf)(?:[./?]|$)|[?&](?:upn|token|u|redirect|url)=", re.IGNORECASE
)
_LONGEST = 60
"""Words of a footer's line."""
_TAIL_WORDS = 120
_MOST_DROPPED = 20
"""Lines of this kind in a mail; each is looked up in the whole of it."""


def prune(root: HtmlElement, domain: str) -> str | None:
    """Take out of a mail's HTML what is none of its text; give back the address of its copy on the web, where it has
    one on the sender's own `domain`."""
    _drop_hidden(root)
    copy = None
    lines = lines_of(root)
    total = sum(_count(line.text) for line in lines)
    before = dropped = 0
    for line in lines:
        words = _count(line.text)
        if words <= _LONGEST and dropped < _MOST_DROPPED:
            is_footer = _FOOTER.search(line.text) is not None
            after = total - before - words
            if is_footer and after <= max(_TAIL_WORDS, 0.35 * total) and before > words:
                cut_from(line)
                break
            if _VIEW.search(line.text) and (before < total / 3 or is_footer):
                copy = copy or _address_in(line, domain)
                is_footer = True
            if is_footer:
                _drop_block(line)
                dropped += 1
        before += words
    return copy


def _count(text: str) -> int:
    """Words as far as it matters here: what spaces part."""
    return len(text.split())


def _drop_hidden(root: HtmlElement) -> None:
    for element in list(root.iter("script", "style", "noscript", "template")):
        element.drop_tree()
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body"):
            continue
        style = element.get("style") or ""
        tiny = element.tag == "img" and any(
            _TINY.fullmatch(element.get(side) or "") for side in ("width", "height")
        )
        if (tiny or (style and _HIDDEN.search(style))) and element.getparent() is not None:
            element.drop_tree()


def _drop_block(line: TreeLine) -> None:
    """Take out the smallest block that a line fills."""
    element, is_tail = line.first
    if is_tail:
        above = element.getparent()
        if above is None:
            return
        element = above
    while (parent := element.getparent()) is not None and squeeze(str(parent.text_content())) == line.text:
        element = parent
    if element.getparent() is not None and squeeze(str(element.text_content())) in line.text:
        element.drop_tree()


def _address_in(line: TreeLine, domain: str) -> str | None:
    """A link of the line that leads to the sender's own site and not through a counter."""
    element = line.first[0]
    parent = element.getparent()
    for link in [element, *islice((parent if parent is not None else element).iter("a"), 20)]:
        address = web_address(link.get("href")) if link.tag == "a" else None
        if address and domain and not _TRACKING.search(address) and len(address) < 200:
            host = re.sub(r"^https?://(?:[^/@]*@)?([^/:?#]+).*", r"\1", address.lower())
            if host == domain or host.endswith(f".{domain}"):
                return address
    return None


def count_articles(root: HtmlElement) -> int:
    """How many articles a mail's HTML announces: 1 where it is one itself."""
    more = {link.get("href") for link in root.iter("a") if _MORE.fullmatch(squeeze(str(link.text_content())))}
    headed = {
        link.get("href")
        for level in ("h1", "h2", "h3", "h4")
        for head in root.iter(level)
        for link in [*head.iter("a"), *head.iterancestors("a")]
        if _count(str(head.text_content())) >= 3
    }
    alone = _lone_links(root)
    most = max(len(found - {None, "", "#"}) for found in (more, headed, alone))
    return most if most >= 3 else 1


def _lone_links(root: HtmlElement) -> set[str | None]:
    """Links that fill a line with the words of a headline."""
    filled = {line.text for line in lines_of(root) if 6 <= _count(line.text) <= 30}
    found = {link.get("href") for link in root.iter("a") if squeeze(str(link.text_content())) in filled}
    return found if len(found) >= 4 else set()


def count_plain_articles(text: str) -> int:
    """The same of plain text: lines that are an address and nothing else, each below its own words."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    found = {line for line in lines if re.fullmatch(r"(?:[\w ]{1,20}: ?)?<?https?://\S+>?", line)}
    return len(found) if len(found) >= 4 else 1


def prune_plain(text: str) -> str:
    """Plain text without its footer and the line that leads to the web."""
    lines = text.split("\n")
    total = _count(text)
    before = 0
    kept: list[str] = []
    for place, line in enumerate(lines):
        words = _count(line)
        if words <= _LONGEST and _FOOTER.search(line):
            if total - before - words <= max(_TAIL_WORDS, 0.35 * total) and before > words:
                return "\n".join(_without_rule(kept))
        elif not (words <= _LONGEST and before < total / 3 and _VIEW.search(line)) and not _is_address_of(
            lines, place
        ):
            kept.append(line)
        before += words
    return "\n".join(kept)


def _is_address_of(lines: Sequence[str], place: int) -> bool:
    """Whether a line is only the address that a dropped line speaks of."""
    return (
        place > 0
        and re.fullmatch(r"\s*<?https?://\S+>?\s*", lines[place]) is not None
        and bool(_VIEW.search(lines[place - 1]))
    )


def _without_rule(lines: list[str]) -> list[str]:
    while lines and not re.search(r"\w", lines[-1]):
        lines.pop()
    return lines
