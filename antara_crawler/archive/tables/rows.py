"""Turns an item into rows and fingerprints; no database."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from antara_crawler.archive.tables.articles import Articles, Extractions
from antara_crawler.archive.tables.fields import ROLES, columns_of, read_of, record_of
from antara_crawler.items import Article
from antara_crawler.portals import portal

DIGEST_VERSION = "1"
"""Another one for each change of what digests are made of: then other digests are no damage."""

MAX_NAME = 500
"""Longest section, tag or author, in characters: what PostgreSQL can index for sure."""

MAX_URL = 2000
MAX_TEXT = 4_000_000
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
MAX_NUMBER = 2**53
"""Largest article number: what JSON readers keep exactly."""


def fingerprint(article: Article) -> str:
    """Return the SHA-256 of the title and the paragraphs: what makes a revision."""
    return _sha256([article.title, *article.paragraphs])


def digest(article: Article) -> str:
    """Return the SHA-256 of all that was read, whatever the template or fetch, and its version."""
    return _versioned(read_of(article))


def left_out_digest(article: Article) -> str:
    """Return the SHA-256 of what was left out of the reading, with its reasons."""
    return _versioned([record_of(each) for each in article.left_out])


def is_of_other_version(stored: str) -> bool:
    """Tell whether a digest was made of other fields than today's: it cannot be compared."""
    version = stored.partition(":")[0]
    return version.isdecimal() and version != DIGEST_VERSION


def digest_beside(article: Article, shown: str | None) -> str:
    """Return the digest of a reading, held against one whose copyright line is `shown`.

    Pages print the year in which they are viewed: a line that differs in the year alone is the
    same line, and no reading is new for it.
    """
    line = article.copyright
    if line and shown and line != shown and _YEAR.sub("", line) == _YEAR.sub("", shown):
        article = replace(article, copyright=shown)
    return digest(article)


def import_key(article: Article) -> str:
    """Return what identifies an article without a number: its portal and text."""
    return _sha256([article.portal, article.kind, article.title, *article.paragraphs])


def folded(name: str) -> str:
    """Return a name as it is looked up: case folded, on both databases alike."""
    return " ".join(name.casefold().split())


def extraction_row(article: Article) -> dict[str, Any]:
    """Return the columns that an extraction has of the item."""
    return {**columns_of(article, Extractions), "left_out_digest": left_out_digest(article)}


def article_row(article: Article) -> dict[str, Any]:
    """Return the columns of `articles` that show what the item says."""
    at = article.published_at
    return {
        **columns_of(article, Articles),
        "body": "\n\n".join(article.paragraphs),
        # On the portal's own clock, whichever clock the page shows.
        "published_on": portal(article.portal).local_date(at) if at else None,
        "section_key": folded(article.section) if article.section else None,
    }


def refuse_unfit(article: Article) -> None:
    """Raise ValueError, naming the field, for what one of the databases could not hold."""
    if article.article_id is not None and not 0 <= article.article_id <= MAX_NUMBER:
        raise ValueError(f"article number out of range: {article.article_id}")
    for at in (article.published_at, article.modified_at):
        if at is not None and at.utcoffset() is None:
            raise ValueError(f"a time without a zone: {at.isoformat()}")
    if article.url and len(article.url) > MAX_URL:
        raise ValueError(f"address longer than {MAX_URL} characters")
    names = [name for field in (*ROLES, "tags") for name in getattr(article, field)]
    longest = max(map(len, (article.section or "", *names)))
    if longest > MAX_NAME:
        raise ValueError(f"section, tag or author of {longest} characters")
    read = {**read_of(article), "left_out": [each.text for each in article.left_out]}
    texts = list(_texts(read))
    if sum(map(len, texts)) > MAX_TEXT:
        raise ValueError(f"text of more than {MAX_TEXT} characters")
    if any("\x00" in text for text in texts):
        raise ValueError("a NUL character in the text")


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts somewhere in a value as JSON has it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _versioned(content: object) -> str:
    return f"{DIGEST_VERSION}:{_sha256(content)}"


def _sha256(content: object) -> str:
    return hashlib.sha256(_JSON.encode(content).encode()).hexdigest()
