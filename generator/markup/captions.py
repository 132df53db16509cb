"""A picture's caption and who made the picture."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from generator.markup.inline import iterate_runs, tidy_runs, words_of
from generator.text import squeeze

_CREDIT_NAME = re.compile(
    r"(?:^|[-_\s])(?:credits?|copyright|photographer|author|byline|tac-?gia|nguon|source|rights)(?:$|[-_\s])",
    re.IGNORECASE,
)
_TAIL = 200
"""Characters at a caption's end in which a credit is looked for."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

_LABEL = (
    r"Ảnh(?: minh h[oọ]ạ?a?| tư liệu)?|Nguồn ảnh|Nguồn|Đồ họa|Đồ hoạ|Video|Clip|Photos?|Photographs?(?: by)?|Images?|Pictures?|Credits?|"
    r"Image credits?|Photo credits?|Fotos?|Bild(?:quelle)?|Quelle|Foto de|Fotografía|Crédits?(?: photo)?|Photo de|"
    r"Imagen|Source|Illustration|Graphic|Zdjęcie|Fot\.|Фото|写真"
)
_LABELLED = re.compile(
    rf"[\s(\[|/–—-]*(?<!\w)(?:{_LABEL})\s*[:：]\s*(?P<credit>[^()\[\]\n]{{2,80}}?)\s*[)\]]?[.\s]*\Z",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"[\s(\[|/–—-]*(?:©|\(c\)|℗|Copyright)\s*(?P<credit>[^()\[\]\n]{2,80}?)\s*[)\]]?[.\s]*\Z", re.IGNORECASE
)
# `…tại buổi lễ. Ảnh CA`, `… Ảnh TTXVN`: no colon, capitals or a name, after a finished sentence or in brackets.
_BARE = re.compile(
    r"(?:(?<=[.!?…”\"])\s+|\s*[(\[]\s*)(?:Ảnh|ẢNH|Photo by|Photo|Foto)\s+(?P<credit>[A-ZĐÀ-Ỹ][^()\[\]\n.:]{1,50}?)\s*[)\]]?[.\s]*\Z"
)
_PREFIX = re.compile(rf"\A(?:{_LABEL})\s*[:：]\s*", re.IGNORECASE)


def split_credit(element: HtmlElement) -> tuple[str, str]:
    """A caption element's words and its credit, each may be empty.

    The credit is the element marked as one (`class="credit"`, `itemprop="author"`), else what a label, a © or
    the house form `Ảnh CA` at the end says.
    """
    marked = [
        inner
        for inner in element.iterdescendants()
        if isinstance(inner.tag, str) and _CREDIT_NAME.search(_names(inner))
    ]
    whole = _words(element)
    if marked:
        credit = _words(marked[0])
        if credit and credit in whole:
            text = squeeze(whole.replace(credit, " ", 1) if whole != credit else "")
            text = text.strip(" |/–—-") if text else ""
            return re.sub(r"[(\[]\s*[)\]]\s*\Z", "", text).strip(), _bare_credit(credit)
    return split_credit_text(whole)


def split_credit_text(text: str) -> tuple[str, str]:
    """The same of plain words."""
    text = squeeze(text)
    for pattern in (_LABELLED, _SIGN, _BARE):
        if match := pattern.search(text, max(0, len(text) - _TAIL)):
            return text[: match.start()].rstrip(" |/–—-("), match.group("credit").strip(" .")
    return text, ""


def _bare_credit(credit: str) -> str:
    return _PREFIX.sub("", credit.strip(" ()[]|")).strip(" ©.") or credit


def _names(element: HtmlElement) -> str:
    return _CAMEL.sub("-", f"{element.get('class', '')} {element.get('itemprop', '')}").replace("__", "-")


def _words(element: HtmlElement) -> str:
    return squeeze(words_of(tidy_runs(iterate_runs(element, ""))))
