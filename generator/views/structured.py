"""What search engines read of a page: JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.library import address_of
from generator.models import Article
from generator.views.shapes import Term, web_address

if TYPE_CHECKING:
    from generator.views.presenter import Presenter


def trail(presenter: Presenter, steps: Iterable[Term]) -> Mapping[str, object]:
    """schema.org BreadcrumbList: from the front page down to the page itself, the last of the steps."""
    front = Term(presenter.words("front"), "")
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": step.name,
                "item": presenter.absolute(step.address),
            }
            for place, step in enumerate((front, *steps), 1)
        ],
    }


def describe(presenter: Presenter, article: Article) -> Mapping[str, object]:
    """schema.org NewsArticle of a published article. The page is the digest's item; `isBasedOn` is the original."""
    published = presenter.published(article)
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
        "datePublished": presenter.moment(published),
        "dateModified": presenter.moment(updated),
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
