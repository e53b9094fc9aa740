"""What the head of an article's page says of it: Highwire, Dublin Core and schema.org.

Zotero takes an item's type from DC.type where that is one of its own names.
"""

from collections.abc import Iterator
from typing import Any

from antara_crawler.archive import StoredArticle
from antara_crawler.citing.source import PUBLISHER, Source


def meta_tags(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the names and contents of meta elements."""
    title, on = source.title or "", source.published_on
    yield "citation_title", title
    for name in source.authors:
        yield "citation_author", name
    yield "citation_journal_title", source.site
    yield "citation_publisher", PUBLISHER
    yield "citation_language", source.language
    if on:
        yield "citation_publication_date", f"{on:%Y/%m/%d}"
    if source.url:
        yield "citation_public_url", source.url
    yield "DC.type", "newspaperArticle"
    yield "DC.title", title
    for name in source.authors:
        yield "DC.creator", name
    yield "DC.publisher", PUBLISHER
    yield "DC.source", source.site
    yield "DC.language", source.language
    if on:
        yield "DC.date", on.isoformat()
    if source.url:
        yield "DC.identifier", source.url


def news_article(source: Source, article: StoredArticle) -> dict[str, Any]:
    """Return the article as schema.org's NewsArticle; how it is escaped is the page's affair."""
    modified = article.modified_at
    found = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": source.title,
        "author": [{"@type": "Person", "name": name} for name in source.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": PUBLISHER},
        "isPartOf": {"@type": "WebSite", "name": source.site},
        "datePublished": source.published and source.published.isoformat(),
        "dateModified": modified and modified.isoformat(),
        "inLanguage": source.language,
        "articleSection": article.section,
        "keywords": list(article.tags),
        "url": source.url,
        "version": source.revision,
    }
    return {name: value for name, value in found.items() if value}
