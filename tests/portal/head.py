"""The head of an article's page: title, canonical and AMP links, meta elements, JSON-LD."""

import json
from html import escape

from tests.portal.model import Article
from tests.portal.places import Place

LOGO = "https://static.antaranews.com/img/logo-share.png"


def head_html(article: Article, place: Place, *, amp: bool = False) -> str:
    """Return the head's elements; which of them state the date is the article's own choice."""
    stamp = article.stamp
    picture = article.header.url if article.header and article.header.url else LOGO
    headline = escape(article.title)
    lines = [
        f"<title>{headline} - {place.copyright_name}</title>",
        f'<link rel="canonical" href="{article.url}">',
        f'<meta property="og:title" content="{headline}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:url" content="{article.url}">',
        f'<meta property="og:image" content="{picture}">',
        f'<meta property="og:site_name" content="{place.copyright_name}">',
        f'<meta name="description" content="{headline} ...">',
    ]
    if not amp:
        lines.append(f'<link rel="amphtml" href="https://{article.host}{article.amp_path}">')
    if article.tags and article.number % 3 == 0:
        lines.append(f'<meta name="keywords" content="{escape(", ".join(article.tags))}">')
    if "meta" in stamp.places:
        published = stamp.at.isoformat()
        lines.append(f'<meta property="article:published_time" content="{published}">')
        if stamp.modified:
            modified = stamp.modified.isoformat()
            lines.append(f'<meta property="article:modified_time" content="{modified}">')
    if article.section and article.shows_section and article.number % 2:
        lines.append(f'<meta property="article:section" content="{escape(article.section[1])}">')
    if stamp.places & {"jsonld", "broken-jsonld"}:
        lines.append(_linked_data(article, place))
    return "\n".join(lines)


def _linked_data(article: Article, place: Place) -> str:
    stamp = article.stamp
    reporters = article.byline.of("Pewarta", "Penulis", "Oleh")
    people = [{"@type": "Person", "name": name} for name in reporters]
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "mainEntityOfPage": {"@type": "WebPage", "@id": article.url},
        "datePublished": stamp.at.isoformat(),
        "author": people or {"@type": "Organization", "name": place.copyright_name},
        "publisher": {
            "@type": "Organization",
            "name": place.copyright_name,
            "logo": {"@type": "ImageObject", "url": LOGO},
        },
    }
    if stamp.modified:
        data["dateModified"] = stamp.modified.isoformat()
    text = json.dumps(data, ensure_ascii=False, indent=1)
    if "broken-jsonld" in stamp.places:
        text = text.replace('"headline": "', '"headline": "kata "kunci" ', 1).replace("\n}", ",\n}")
    elif article.number % 2:
        crumbs = '{"@context": "https://schema.org", "@type": "BreadcrumbList"}'
        text = f"[{crumbs}, {text}]"
    return f'<script type="application/ld+json">\n{text}\n</script>'
