"""Lines within a text that only lead to other articles."""

from __future__ import annotations

import re
from collections import Counter

from generator.models import Block, BlockKind

_INVITATION = re.compile(
    r"^\W*(?:read (?:more|also|next|on)|also read|see also|more (?:on this|from|stories)|related(?: (?:articles?|stories|news|content|topics))?|"
    r"recommended(?: stories)?|watch(?: now| more)?|lesen sie (?:auch|mehr|hier)|mehr (?:zum thema|dazu|lesen)|auch interessant|"
    r"das könnte sie auch interessieren|passend dazu|lire (?:aussi|plus)|à lire(?: aussi)?|leggi anche|leia também|lee también|más información|"
    r"te puede interesar|baca juga|czytaj (?:też|także|również)|les også|läs också|читайте также|читайте також|xem thêm|đọc thêm|xem tiếp|tin liên quan|"
    r"tin cùng chuyên mục|bài liên quan|mời (?:bạn|quý vị) (?:đọc|xem)|có thể bạn quan tâm|>>|►|▶|関連記事|関連|相关阅读|관련기사)(?=\W|$)",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r"^\W*(?:(?:sign up|subscribe)\b.{0,120}|(?:follow|like) us on\b.{0,100}|(?:follow|join) .{0,60}(?:whatsapp|telegram|google news|facebook|twitter).{0,60}|"
    r"click here (?:to|for) .{0,100}|advertisement|werbung|anzeige|publicité|publicidad|pubblicità|quảng cáo|reklama|annonse|story continues below.{0,40}|"
    r"(?:article|story) continues (?:below|after).{0,40}|share (?:this|on)\b.{0,40}|chia sẻ(?: bài viết)?|theo dõi .{0,80} trên google.{0,30}|"
    r"©.{0,120}|copyright ?(?:©|\(c\)|\d{4}).{0,120}|all rights reserved.{0,60}|the post .{0,200} (?:appeared first|first appeared) on .{0,80})$",
    re.IGNORECASE | re.DOTALL,
)
_TERMS = re.compile(
    r"privacy (?:policy|notice)|terms (?:and|&) conditions|terms of (?:use|service)|datenschutz(?:erklärung|hinweis)|privatsphäre-einstellungen|"
    r"in your inbox|unsubscribe|newsletter|display name before commenting|all rights reserved|无断转载|無断転載|무단 전재|"
    r"politique de confidentialité|política de privacidad|chính sách bảo mật",
    re.IGNORECASE,
)
_SIGNS = ("privacy", "terms", "datenschutz", "privat", "inbox", "unsubscribe", "newsletter", "display", "rights", "无断", "無断", "무단",
          "confidential", "privacidad", "bảo mật")  # fmt: skip
_CREDIT = re.compile(
    r"^\W*(?:(?:photo|image|picture|foto|bild|ảnh)(?: credit)?s?\s*[:©]\s*.{2,60}|©\s*.{2,60}|[^.!?]{2,60}/\s?(?:getty images|afp|ap|reuters|dpa|epa|imago|efe|"
    r"ansa|shutterstock|ttxvn|vna)\b.{0,30}|[^.!?]{0,50}\bgetty images)\W*$",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.){1,300})\]\([^()\s]+\)")


def drop_teasers(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], list[tuple[str, str]]]:
    """(the blocks that are the article's, the others with why)."""
    kept: list[Block] = []
    dropped: list[tuple[str, str]] = []
    uses = Counter(block.text for block in blocks if block.kind is BlockKind.PARAGRAPH)
    for place, block in enumerate(blocks):
        why = "repeated" if uses[block.text] > 2 else _judge(block)
        if (
            not why
            and block.kind is BlockKind.HEADING
            and _INVITATION.match(block.text)
            and _only_links_follow(blocks, place)
        ):
            why = "related"
        if why:
            dropped.append((block.text, why))
        else:
            kept.append(block)
    while kept and kept[-1].kind is BlockKind.HEADING:
        dropped.append((kept.pop().text, "heading without text"))
    return tuple(kept), dropped


def _judge(block: Block) -> str:
    if block.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST, BlockKind.QUOTE}:
        return ""
    share = linked_share(block)
    if len(block.text) <= 400 and _PROMPT.match(block.text):
        return "prompt"
    if len(block.text) <= 90 and _CREDIT.match(block.text):
        return "picture credit"
    if len(block.text) <= 450 and _is_notice(block.text):
        return "notice"
    if invitation := _INVITATION.match(block.text):
        announced = re.match(r"\s*[:：]", block.text[invitation.end() :]) and len(block.text) < 250
        if announced or (share > 0.4 and len(block.text) < 600):
            return "related"
    if block.kind is BlockKind.LIST and share > 0.85 and len(block.text) > 30:
        return "related"
    return ""


def _is_notice(text: str) -> bool:
    """Whether a short text speaks to the reader about an account or a newsletter: two of their usual words, or
    one and hardly any other."""
    lowered = text.lower()
    if not any(sign in lowered for sign in _SIGNS):
        return False
    found = len(_TERMS.findall(text))
    return found >= 2 or (found == 1 and len(text) <= 90)


def _only_links_follow(blocks: tuple[Block, ...], place: int) -> bool:
    following = blocks[place + 1 : place + 3]
    return all(linked_share(block) > 0.7 for block in following)


def linked_share(block: Block) -> float:
    """Which part of a block's letters stands in links."""
    linked = sum(len(match.group(1)) for match in _LINK.finditer(block.markdown))
    return linked / max(1, len(re.sub(r"\s+", " ", block.text)))
