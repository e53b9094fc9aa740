"""Citations as data: BibTeX, RIS and CSL-JSON, and what the head of an article's page says.

Zotero, Mendeley and JabRef take them. Zotero takes an item's type from DC.type where that is one
of its own names.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from antara_crawler.archive import StoredArticle
from antara_crawler.citing.source import PUBLISHER, Source

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, those that are escaped too
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass(frozen=True, slots=True)
class Data:
    """A form of citation for programs: its media type, the ending of its files, its writer."""

    media_type: str
    ending: str
    write: Callable[[Source], str]


def bibtex(source: Source) -> str:
    """Return an entry that BibTeX and biblatex take; names and titles keep their capitals."""
    on = source.published_on
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in source.authors)
        or f"{{{_tex(source.site)}}}",
        "title": f"{{{_tex(source.title or '[Tanpa judul]')}}}",
        "howpublished": _tex(source.site),
        "publisher": PUBLISHER,
        "year": f"{on.year:04}" if on else "",
        "date": on.isoformat() if on else "",
        "url": _address(source.url),
        "urldate": source.accessed.date().isoformat(),
        "language": "english" if source.language == "en" else "indonesian",
        "note": _tex(_note(source)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if on:
        lines.append(f"  month = {_MONTHS[on.month - 1]},")
    return "\n".join([f"@misc{{{_key(source)},", *lines, "}"]) + "\n"


def ris(source: Source) -> str:
    """Return a record in the RIS format; its lines end as the format asks."""
    on = source.published_on
    pairs = [
        ("TY", "NEWS"),
        ("ID", _key(source)),
        *(("AU", name) for name in source.authors),
        ("TI", source.title or "[Tanpa judul]"),
        ("T2", source.site),
        ("PB", PUBLISHER),
        ("PY", f"{on.year:04}" if on else ""),
        ("DA", f"{on:%Y/%m/%d}" if on else ""),
        ("UR", source.url or ""),
        ("Y2", f"{source.accessed:%Y/%m/%d}"),
        ("LA", source.language),
        ("N1", _note(source)),
    ]
    lines = [f"{tag}  - {value}" for tag, value in pairs if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(source: Source) -> str:
    """Return a list of one item, as citation processors and Zotero take it."""
    item: dict[str, Any] = {
        "id": _key(source),
        "type": "article-newspaper",
        "title": source.title,
        "author": [{"literal": name} for name in source.authors],
        "container-title": source.site,
        "publisher": PUBLISHER,
        "issued": source.published_on and _parts(source.published_on),
        "URL": source.url,
        "accessed": _parts(source.accessed),
        "language": source.language,
        "note": _note(source),
    }
    shown = {name: value for name, value in item.items() if value}
    return json.dumps([shown], ensure_ascii=False, indent=2) + "\n"


DATA: dict[str, Data] = {
    "bibtex": Data("application/x-bibtex", "bib", bibtex),
    "ris": Data("application/x-research-info-systems", "ris", ris),
    "csl-json": Data("application/vnd.citationstyles.csl+json", "json", csl_json),
}


def _note(source: Source) -> str:
    kept = f"archived {source.archived.isoformat(timespec='minutes')}, " if source.archived else ""
    return f"{kept}revision {source.revision}"


def _key(source: Source) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "_", source.key)


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)


def _address(url: str | None) -> str:
    """Return an address that ends no field: what would is written as URLs write it."""
    return "".join({"{": "%7B", "}": "%7D", "\\": "%5C"}.get(c, c) for c in url or "")


def _parts(on: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[on.year, on.month, on.day]]}


def meta_tags(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the names and contents of meta elements: Google Scholar's, and Dublin Core's."""
    on, url = source.published_on, source.url
    told: dict[tuple[str, ...], Sequence[str]] = {
        ("citation_title", "DC.title"): [source.title or ""],
        ("citation_author", "DC.creator"): source.authors,
        ("citation_journal_title", "DC.source"): [source.site],
        ("citation_publisher", "DC.publisher"): [PUBLISHER],
        ("citation_language", "DC.language"): [source.language],
        ("citation_publication_date",): [f"{on:%Y/%m/%d}"] if on else [],
        ("DC.date",): [on.isoformat()] if on else [],
        ("citation_public_url", "DC.identifier"): [url] if url else [],
        ("DC.type",): ["newspaperArticle"],
    }
    return ((name, text) for names, texts in told.items() for name in names for text in texts)


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
