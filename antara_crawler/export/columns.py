"""The columns of a record where it is a row of a table: what they mean, their values as text."""

from typing import Any

from typing_extensions import get_type_hints

from antara_crawler.archive import StoredArticle
from antara_crawler.archive.tables.fields import record_type, times_of

TYPES: dict[str, Any] = get_type_hints(record_type(StoredArticle))
COLUMNS = tuple(TYPES)
TIMES = times_of(StoredArticle)

MEANING = {
    "portal": "Regional site, by the first label of its host",
    "article_id": "Number in the article's address; with portal and kind its identity",
    "kind": "berita, foto, video, rilis-pers or nasional",
    "url": "Canonical address on the portal's own host",
    "title": "Headline",
    "dateline": "Town in the dateline",
    "paragraphs": "Body text as a reader reads it, in order, the first without its dateline",
    "published_at": "Publication as the page says it, UTC",
    "published_local": "The same on the portal's own clock",
    "published_text": "The date as shown, where there is a note on it",
    "published_note": "Why another date, or another zone, was decided on than is shown",
    "modified_at": "Last change as the page says it, UTC",
    "modified_local": "The same on the portal's own clock",
    "reporters": "Names of pewarta, in the page's order",
    "editors": "Names of editors",
    "uploaders": "Names of uploaders",
    "section": "Section as the portal names it",
    "tags": "Tags in the page's order",
    "images": "Pictures: address, caption, credit; no picture itself",
    "related": "'Baca juga' links: title and address",
    "copyright": "Copyright line as shown; its year is that of viewing",
    "rights": "Notice on the use of the text, as shown",
    "language": "id or en",
    "removed_paragraphs": "Paragraphs taken out as repeated: place, that of the first, text, why",
    "first_seen_at": "First fetch that showed the article, UTC",
    "last_seen_at": "Last fetch that showed it, UTC",
    "revision": "Which wording this is: 1 for the first that was seen",
    "gone_at": "When the portal first answered that it is not there, UTC",
    "capture": "The raw record it was read from: file, offset, length, SHA-256",
}
"""What each column means, for those who did not make it."""

_BETWEEN = {"paragraphs": "\n\n", "images": "\n", "related": "\n", "removed_paragraphs": "\n"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(name: str, value: Any) -> str | int | None:
    """Return a field of a record as one value: text, a number, or nothing."""
    if isinstance(value, list):
        return _BETWEEN.get(name, "; ").join(_item(item) for item in value)
    if isinstance(value, dict):
        return f"{value['file']}@{value['offset']}"
    assert value is None or isinstance(value, str | int)
    return value


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _item(item: Any) -> str:
    """Return one of a list: a text, a picture, a related article or a removed paragraph."""
    if isinstance(item, str):
        return item
    names = ("caption", "credit", "title", "text", "url")
    return " | ".join(item[name] for name in names if item.get(name))
