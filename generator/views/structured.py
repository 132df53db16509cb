"""What search engines read of an article: JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.library import address_of
from generator.models import Article
from generator.views.shapes import web_address

if TYPE_CHECKING:
    from generator.views.presenter import Presenter


def describe(presenter: Presenter, article: Article) -> Mapping[str, object]:
    """schema.org NewsArticle of a published article. The page is the digest's item; `isBasedOn` is the original."""
    published = article.added or article.publish_at or article.date
    updated = presenter.updated(article)
    assert published is not None, "published articles have a date"
    assert updated is not None, "published articles have a date"
    address = presenter.absolute(address_of(article.page))
    organisation = {"@type": "NewsMediaOrganization", "name": presenter.site_name, "url": presenter.site_url}
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": published.isoformat(),
        "dateModified": updated.isoformat(),
        "inLanguage": article.lang or presenter.words.language,
        "articleSection": presenter.topic(article.topic).name,
        "author": [{"@type": "Person", "name": name} for name in article.authors]
        or [{"@type": "Organization", "name": presenter.settings.source(article.source).name}],
        "publisher": organisation,
    }
    if article.summary:
        data["description"] = article.summary
    if article.tags:
        data["keywords"] = [term.name for term in presenter.tags_of(article)]
    if original := web_address(article.url):
        based: dict[str, object] = {"@type": "NewsArticle", "url": original}
        if article.date:
            based["datePublished"] = article.date.isoformat()
        based["publisher"] = {
            "@type": "NewsMediaOrganization",
            "name": presenter.settings.source(article.source).name,
        }
        data["isBasedOn"] = based
    return data
