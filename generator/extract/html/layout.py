"""Pages without semantic markup: old table layouts, `<br>` for paragraphs, print versions.

Nothing on them says where the article begins; the headline and the lines themselves do, as in plain text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from copy import deepcopy
from dataclasses import replace

from lxml.html import HtmlElement

from generator.extract.address import likeness, section_names
from generator.extract.address import words_of as slug_of
from generator.extract.chrome import crumbs_of, stamp_of
from generator.extract.head import Head, read_head
from generator.extract.html.judge import Own, is_heading
from generator.extract.html.lines import Seen, is_bold, lines_of
from generator.extract.html.page import Page, letters_of
from generator.extract.lines import Line, Part, is_prose, split_stamps
from generator.markup import blocks_from_html
from generator.models import Block, BlockKind, Candidate
from generator.text import excerpt

_CHROME = ("nav", "aside", "footer", "form", "button", "select", "dialog", "header")
_ARTICLE = '//article | //main | //*[@role="main"] | //*[@itemprop="articleBody"]'
_NOWHERE = "https://nowhere.invalid/"
_NO_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(https://nowhere\.invalid/[^()\s]*\)")
_ABOVE = 16
_CELL = 400
_ALIKE = 0.8
_LINKS = 0.8
_COLUMN = 3
_SURPLUS, _LOSS = 0.25, 0.15
"""Of trafilatura's paragraphs: how many more or fewer may be seen."""
_MOST_PIECES = 400
_AFTER = 3
"""Short lines behind the last paragraph that may be the text's, where trafilatura takes them for it as well."""
_ARROWS = ">›»/→"


def is_weak(page: Page) -> bool:
    """Whether nothing in the page's markup tells the article from the rest."""
    return not page.linked.headline and not page.tree.xpath(_ARTICLE)


def visible_lines(page: Page) -> list[Line]:
    """All that the page shows, as lines; tables that only place things are taken apart.

    A saved page may not say where it came from: its links then lead nowhere and are no links of the article's, yet
    show what is a menu.
    """
    if page.tree.body is None:
        return []
    copied = deepcopy(page.tree.body)
    for element in list(copied.iter(*_CHROME)):
        parent = element.getparent()
        if parent is not None and (element.tag != "header" or next(element.iter("h1", "h2"), None) is None):
            element.drop_tree()
    for table in list(copied.iter("table")):
        if _is_layout(table):
            _loosen(table)
    lines = lines_of(blocks_from_html(copied, page.base or _NOWHERE))
    lines = [line for line in lines if any(map(str.isalnum, line.text))]
    for line in lines:
        if not page.base and isinstance(line, Seen) and _NOWHERE in line.block.markdown:
            line.block = replace(line.block, markdown=_NO_LINK.sub(r"\1", line.block.markdown))
    return lines


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table places things: it holds tables, headings, forms or paragraphs, or a cell of running text; a
    table of data has short cells in several columns."""
    if (
        table.get("role") == "presentation"
        or next(table.iterdescendants("table", "h1", "h2", "h3", "form", "p", "hr", "ul"), None) is not None
    ):
        return True
    return any(
        len(cell.text_content()) > _CELL or sum(1 for _ in cell.iter("br")) > 3
        for cell in table.iter("td", "th")
    )


def _loosen(table: HtmlElement) -> None:
    """Make a table's rows and cells plain boxes, but not those of tables inside it."""
    own = [table, *(part for part in table.iter("thead", "tbody", "tfoot", "tr", "td", "th", "caption")
                    if next(part.iterancestors("table"), None) is table)]  # fmt: skip
    for part in own:
        part.tag = "div"


def read_layout(
    page: Page, title: str, slug: tuple[str, ...], own: Own
) -> tuple[Head, list[Line], list[Line]]:
    """(the head, its lines, the lines below it) of a page that is read as plain text is."""
    lines = visible_lines(page)
    place = _place_of(lines, title)
    if place is not None:
        lines = _from_headline(lines, place)
        slug = slug_of(title)
    _drop_menus(lines, title)
    lines = split_stamps(lines)
    head = read_head(lines, slug, section_names(own.sections))
    if head.section is not None and _is_of_menu(lines, head.section):
        head.section, head.section_name = None, ""
    for line in lines[: head.body]:
        if line.open or (line.part is Part.LIST):
            line.drop("menu")
    return head, lines[: head.body], lines[head.body :]


def _place_of(lines: Sequence[Line], title: str) -> int | None:
    """Index of the headline's line: a heading with the title's words, else the last such line before running text,
    else the line most like it."""
    wanted = letters_of(title)
    if len(wanted) < 8:
        return None
    same = [place for place, line in enumerate(lines) if letters_of(line.text) == wanted]
    for place in same:
        if is_heading(lines[place]):
            return place
    for place in reversed(same):
        if any(is_prose(line.text) for line in lines[place + 1 : place + 10]):
            return place
    if same:
        return same[0]
    slug = slug_of(title)
    best = max(
        (place for place, line in enumerate(lines) if line.words <= 40 and line.open),
        key=lambda place: likeness(lines[place].text, slug),
        default=None,
    )
    return best if best is not None and likeness(lines[best].text, slug) >= _ALIKE else None


def _from_headline(lines: list[Line], place: int) -> list[Line]:
    """The lines from a little above the headline on, running text above it left out."""
    start = max(0, place - _ABOVE)
    for above in range(place - 1, start - 1, -1):
        if is_prose(lines[above].text) and stamp_of(lines[above].text) is None:
            start = above + 1
            break
    return lines[start:]


def _drop_menus(lines: Sequence[Line], title: str) -> None:
    """Drop rows and columns of links above the text: `Trang chủ | Thời sự | Thế giới`; one link alone may be the
    section."""
    wanted = letters_of(title)
    column: list[Line] = []
    for line in lines:
        if not isinstance(line, Seen) or not line.open:
            continue
        own = letters_of(line.text) == wanted
        if line.links > 1 and line.linked > 0.5 and not own and not _is_trail(line.text):
            line.drop("menu")
        elif line.linked >= _LINKS and not own and line.words <= 6:
            column.append(line)
        else:
            _drop_column(column)
            if is_prose(line.text) and line.linked < _LINKS:
                return
    _drop_column(column)


def _is_trail(text: str) -> bool:
    """Whether a line of links is a breadcrumb: with arrows between them."""
    return bool(crumbs_of(text)) and any(arrow in text for arrow in _ARROWS)


def _is_of_menu(lines: Sequence[Line], section: Line) -> bool:
    """Whether what stands where a section may stand is one link of several, or a row of them without a breadcrumb's
    arrows."""
    if crumbs_of(section.text):
        return not _is_trail(section.text)
    place = next((index for index, line in enumerate(lines) if line is section), 0)
    near = (*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2])
    linked = isinstance(section, Seen) and section.linked > 0.5
    beside = (isinstance(line, Seen) and line.linked > 0.5 and line.part is not Part.TITLE for line in near)
    return linked and any(beside)


def _drop_column(column: list[Line]) -> None:
    """Drop three or more links in a row."""
    if len(column) >= _COLUMN:
        for line in column:
            line.drop("menu")
    column.clear()


def leads_of(above: Sequence[Line], blocks: Sequence[Block]) -> list[Candidate[str]]:
    """The lead of such a page: lines of their own below the headline, else a sentence set as a heading or a first
    paragraph set wholly in bold."""
    apart = [line.text for line in above if line.part is Part.LEAD]
    if apart and is_prose(apart[0]):
        return [Candidate(" ".join(apart), "lines above the text", excerpt(apart[0]), 0.75)]
    if blocks and blocks[0].kind is BlockKind.HEADING and is_prose(blocks[0].text):
        return [Candidate(blocks[0].text, "heading below the headline", excerpt(blocks[0].text), 0.75)]
    paragraphs = [block for block in blocks if block.kind is BlockKind.PARAGRAPH]
    if (
        len(paragraphs) > 2
        and blocks[0] is paragraphs[0]
        and is_bold(paragraphs[0])
        and not is_bold(paragraphs[1])
    ):
        return [
            Candidate(paragraphs[0].text, "first paragraph, set in bold", excerpt(paragraphs[0].text), 0.75)
        ]
    return []


def agree(blocks: Sequence[Block], witness: Sequence[Block]) -> bool:
    """Whether a page read line by line shows the text that trafilatura sees, but for a paragraph or two: what shows
    more has comments or teasers in it, what shows less was cut at something that looked like its end."""
    own, known = _prose_of(blocks), _prose_of(witness)
    if not own or not known:
        return bool(blocks) and not known
    glued = _glue(known)
    strange = [piece for piece in own - known if piece not in glued]
    missed = [piece for piece in known - own if not (glued and any(one in piece for one in own))]
    return len(strange) <= max(1, _SURPLUS * len(known)) and len(missed) <= max(1, _LOSS * len(known))


def _glue(pieces: Collection[str]) -> str:
    """The letters of a witness in one, for what it glues to other words; nothing where looking through it would cost
    much."""
    return "\n".join(pieces) if len(pieces) <= _MOST_PIECES else ""


def _prose_of(blocks: Sequence[Block]) -> set[str]:
    return {
        letters_of(piece)
        for block in blocks
        if block.kind is not BlockKind.CAPTION
        for piece in block.text.split("\n")
        if is_prose(piece)
    }


def cut_after_witness(
    blocks: tuple[Block, ...], witness: Sequence[Block]
) -> tuple[tuple[Block, ...], list[tuple[str, str]]]:
    """The blocks up to the last paragraph that trafilatura takes for the article's as well: what stands below may be
    of another column. Where the two hardly agree, all of them."""
    pieces = {letters_of(piece) for block in witness for piece in block.text.split("\n")}
    glued = _glue(pieces)
    prose = [
        place
        for place, block in enumerate(blocks)
        if block.kind is BlockKind.PARAGRAPH and is_prose(block.text)
    ]
    agreed = [
        place
        for place in prose
        if (words := letters_of(blocks[place].text)) in pieces
        or (len(prose) <= _MOST_PIECES and words in glued)
    ]
    if not agreed or len(agreed) < 0.6 * len(prose):
        return blocks, []
    end = agreed[-1] + 1
    last = end + _AFTER
    while end < len(blocks) and (
        blocks[end].kind is BlockKind.CAPTION or (end < last and letters_of(blocks[end].text) in pieces)
    ):
        end += 1
    return blocks[:end], [(block.text, "below the text") for block in blocks[end:]]
