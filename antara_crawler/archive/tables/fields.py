"""What follows from the lists of fields in items.py: export records, their types, and columns."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from itemadapter import ItemAdapter
from typing_extensions import TypedDict  # pydantic takes typing's own from Python 3.12 only

from antara_crawler.archive.tables.articles import (
    Bylines,
    ExtractionTags,
    LeftOutTexts,
    Pictures,
    RelatedLinks,
    RemovedParagraphs,
)
from antara_crawler.archive.tables.evidence import Evidence
from antara_crawler.archive.tables.types import AnyRow, local_time
from antara_crawler.items import Article

IDENTITY = ("portal", "kind", "article_id")
ROLES = {"reporters": "reporter", "editors": "editor", "uploaders": "uploader"}
"""The fields that are bylines, with their roles there."""

PARTS: dict[str, type[Any]] = {
    "images": Pictures,
    "related": RelatedLinks,
    "removed": RemovedParagraphs,
    "left_out": LeftOutTexts,
}
"""The fields that are lists of objects, with their tables."""

PART_TABLES: tuple[Any, ...] = (Bylines, ExtractionTags, *PARTS.values(), Evidence)

_Function = TypeVar("_Function", bound=Callable[..., Any])
_typed_dict: Any = TypedDict
# mypy takes no class for hashable, and so cannot follow what is cached by one.
_cached: Callable[[_Function], _Function] = functools.cache  # type: ignore[assignment]


@_cached
def names_of(model: Any, purpose: str) -> Mapping[str, str]:
    """Return the fields of an item for a purpose, each with its name there.

    'record' or 'digest': all fields but those whose metadata has None for it. 'column': all.
    """
    names = ItemAdapter.get_field_names_from_class(model) or []
    found = {name: ItemAdapter.get_field_meta_from_class(model, name) for name in names}
    told = {name: meta.get(purpose, name) for name, meta in found.items()}
    return {name: there for name, there in told.items() if there}


def record_of(item: Any) -> dict[str, Any]:
    """Return an item, or a part of one, as JSON has it: its export record."""
    names, values, ways = _told(type(item), "record")
    record = dict(zip(names, values(item), strict=True))
    for name, way in ways:
        if (value := record[name]) is not None:
            record[name] = way(value)
    return record


@_cached
def _told(
    model: Any, purpose: str
) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[Any, ...]]:
    """Return the names for a purpose, what gives all their values, and what makes JSON of some."""
    names, hints = names_of(model, purpose), get_type_hints(model)
    ways = ((there, _way(hints[name])) for name, there in names.items())
    return tuple(names.values()), attrgetter(*names), tuple(each for each in ways if each[1])


def _way(hint: Any) -> Callable[[Any], Any] | None:
    """Return what makes JSON of a value of a type; None where it is that already."""
    kinds = get_args(hint) or (hint,)
    if get_origin(hint) is tuple:
        return list if kinds[0] is str else lambda each: list(map(record_of, each))
    if datetime in kinds:
        return datetime.isoformat
    return record_of if any(map(is_dataclass, kinds)) else None


def read_of(article: Article) -> dict[str, Any]:
    """Return as JSON what was read, whatever the template or fetch, without what is empty.

    So a new field changes nothing where a page does not show it.
    """
    names, values, ways = _told(type(article), "digest")
    read = {name: value for name, value in zip(names, values(article), strict=True) if value}
    return read | {name: way(read[name]) for name, way in ways if name in read}


def record_type(model: Any, name: str = "Record") -> Any:
    """Return the type of an item's export record, a TypedDict."""
    hints = get_type_hints(model)
    told = names_of(model, "record").items()
    return _typed_dict(name, {there: _json_type(hints[field]) for field, there in told})


def times_of(model: Any) -> tuple[str, ...]:
    """Return the fields of an item's export record that are times, which JSON has as texts."""
    hints = get_type_hints(model)
    told = names_of(model, "record").items()
    return tuple(
        name for field, name in told if datetime in (hints[field], *get_args(hints[field]))
    )


def columns_of(article: Article, table: Any) -> dict[str, Any]:
    """Return the columns of a table that hold fields of an article, its identity left out."""
    row = {}
    for column, field in held_by(type(article), table).items():
        value = getattr(article, field)
        listed = list(value) if isinstance(value, tuple) else value
        row[column] = listed if column == field else _offset(value)
    return row


def fields_of(row: AnyRow, table: Any) -> dict[str, Any]:
    """Return the fields of an article that a row of a table holds."""
    names, values, times, lists = _read(table)
    found = dict(zip(names, values(row), strict=True))
    for field, offset in times:
        found[field] = local_time(found[field], getattr(row, offset))
    for field in lists:
        found[field] = tuple(found[field])
    return found


@_cached
def _read(table: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], Any, Any]:
    """Return the fields that a table holds, what gives their values, offsets of times, lists."""
    held, hints = held_by(Article, table).items(), get_type_hints(Article)
    names = tuple(field for column, field in held if column == field)
    times = [(each, column) for column, each in held if column != each]
    return names, attrgetter(*names), times, [n for n in names if get_origin(hints[n]) is tuple]


def part_of(item: Any) -> dict[str, Any]:
    """Return the columns of an object in one of an article's lists."""
    names = names_of(type(item), "column")
    return {column: getattr(item, name) for name, column in names.items()}


@_cached
def part_type(field: str) -> Any:
    """Return the class of the objects in one of an article's lists."""
    return get_args(get_type_hints(Article)[field])[0]


@_cached
def held_by(model: Any, table: Any) -> Mapping[str, str]:
    """Return the columns of a table that hold fields, an offset behind the time it belongs to."""
    names = names_of(model, "column").keys() - {*IDENTITY}
    columns = table.__table__.columns.keys()
    fields = {column: column.replace("_offset", "_at") for column in columns}
    return {column: field for column, field in fields.items() if field in names}


def _json_type(hint: Any) -> Any:
    if hint is datetime:
        return str
    if get_origin(hint) is tuple:
        return list[_json_type(get_args(hint)[0])]  # type: ignore[misc]
    if ways := get_args(hint):
        return Union[tuple(map(_json_type, ways))]  # noqa: UP007
    is_plain = hint in (str, int, type(None))
    return hint if is_plain else record_type(hint, f"{hint.__name__}Record")


def _offset(time: datetime | None) -> int | None:
    """Return a time's offset from UTC in minutes; a naive one is refused by its column."""
    offset = time.utcoffset() if time else None
    return None if offset is None else round(offset.total_seconds() / 60)
