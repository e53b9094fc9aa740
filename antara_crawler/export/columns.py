"""The columns of a record where it is a row of a table: what they mean, their values as text."""

import tomllib
from importlib.resources import files
from typing import Any

from typing_extensions import get_type_hints

from antara_crawler.archive import StoredArticle
from antara_crawler.archive.tables.fields import record_type, times_of

TYPES: dict[str, Any] = get_type_hints(record_type(StoredArticle))
COLUMNS = tuple(TYPES)
TIMES = times_of(StoredArticle)

MEANING: dict[str, str] = tomllib.loads(
    files("antara_crawler.export").joinpath("columns.toml").read_text("utf-8")
)
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
