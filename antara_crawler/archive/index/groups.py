"""Groups of articles that have section and year in common, for counting hits by them.

They are never changed or deleted, so that a process may keep those that it has read.
"""

import json
from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Insert, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as lite

from antara_crawler.archive.tables.articles import SearchGroups
from antara_crawler.archive.tables.statements import among
from antara_crawler.archive.tables.types import AnyRow

BITS = 24
"""So many bits of a row's number in SQLite's index are its group; an article makes at most one."""

MASK = (1 << BITS) - 1

_KNOWN = select(SearchGroups.key, SearchGroups.id).where(among(SearchGroups.key))
_MAKE: dict[str, Insert] = {
    "sqlite": lite.insert(SearchGroups).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(SearchGroups).on_conflict_do_nothing(),
}


Group = tuple[str | None, int | None]
_ALL = select(SearchGroups.id, SearchGroups.section, SearchGroups.year)
_read: WeakKeyDictionary[Engine, dict[int, Group]] = WeakKeyDictionary()


def index_row(article: int, group: int) -> int:
    """Return the number of an article's row in SQLite's index."""
    return article << BITS | group


def known_groups(connection: Connection, rows: Sequence[AnyRow]) -> dict[int, int]:
    """Return the groups of articles, of those whose group is there."""
    keys = {row.id: _key(row) for row in rows}
    known = _known(connection, keys.values())
    return {article: known[key] for article, key in keys.items() if key in known}


def groups_of(connection: Connection, rows: Sequence[AnyRow]) -> dict[int, int]:
    """Return the groups of articles; those that are not there yet are made."""
    found = known_groups(connection, rows)
    missing = {_key(row): row for row in rows if row.id not in found}
    if not missing:
        return found
    make = _MAKE[connection.dialect.name]
    # In one order, so that two writers wait for each other at most once.
    for key, row in sorted(missing.items()):
        values = {"section": row.section, "year": _year(row)}
        connection.execute(make, {"key": key, **values})
    return known_groups(connection, rows)


def read_groups(connection: Connection, ids: Sequence[int]) -> dict[int, Group]:
    """Return section and year of groups, and perhaps of others."""
    held = _read.setdefault(connection.engine, {})
    missing = [key for key in ids if key not in held]
    if missing:
        # All of them: at the first search most are missing, and later nearly none.
        for row in connection.execute(_ALL):
            held[row.id] = (row.section, row.year)
    return held


def _known(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    rows = connection.execute(_KNOWN, {"keys": sorted(set(keys))})
    return {row.key: row.id for row in rows}


def _key(row: AnyRow) -> str:
    return json.dumps([row.section, _year(row)], ensure_ascii=False)


def _year(row: AnyRow) -> int | None:
    return row.published_on.year if row.published_on else None
