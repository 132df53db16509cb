"""What templates and feeds print of an article: names and addresses looked up, nothing left to decide."""

from __future__ import annotations

from generator.views.presenter import Presenter
from generator.views.shapes import (
    ArticleView,
    Card,
    Correction,
    Mark,
    Notice,
    RelatedCard,
    Report,
    Term,
    web_address,
)

__all__ = [
    "ArticleView",
    "Card",
    "Correction",
    "Mark",
    "Notice",
    "Presenter",
    "RelatedCard",
    "Report",
    "Term",
    "web_address",
]
