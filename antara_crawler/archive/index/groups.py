"""Groups of articles that have section and year in common, for counting hits by them.

They are never changed or deleted, so that a process may keep those that it has read.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from antara_crawler.archive.tables.articles import SearchGroups
from antara_crawler.archive.tables.rows import folded
from antara_crawler.archive.tables.statements import add, among
from antara_crawler.archive.tables.types import AnyRow

BITS = 24
"""So many bits of a row's number in SQLite's index are its group; an article makes at most one."""

MASK = (1 << BITS) - 1

_COLUMNS = ("key", "section", "year")
_KNOWN = select(SearchGroups.key, SearchGroups.id).where(among(SearchGroups.key))


class Group(NamedTuple):
    """What articles have in common; `key` is the section as it is looked up."""

    section: str | None
    year: int | None
    key: str | None


_ALL = select(SearchGroups.id, SearchGroups.section, SearchGroups.year)
_read: WeakKeyDictionary[Engine, dict[int, Group]] = WeakKeyDictionary()


def index_row(article: int, group: int) -> int:
    """Return the number of an article's row in SQLite's index."""
    return article << BITS | group


def known_groups(connection: Connection, rows: Sequence[AnyRow]) -> dict[int, int]:
    """Return the groups of articles, of those whose group is there."""
    keys = {row.id: _key(row) for row in rows}
    found = connection.execute(_KNOWN, {"keys": sorted(set(keys.values()))})
    known = {row.key: row.id for row in found}
    return {article: known[key] for article, key in keys.items() if key in known}


def groups_of(connection: Connection, rows: Sequence[AnyRow]) -> dict[int, int]:
    """Return the groups of articles; those that are not there yet are made."""
    found = known_groups(connection, rows)
    missing = {_key(row): row for row in rows if row.id not in found}
    if not missing:
        return found
    made = ((key, row.section, _year(row)) for key, row in sorted(missing.items()))
    add(connection, SearchGroups, [dict(zip(_COLUMNS, each, strict=True)) for each in made])
    return known_groups(connection, rows)


def read_groups(connection: Connection, newest: int) -> dict[int, Group]:
    """Return section and year of all groups up to the newest, and perhaps of others."""
    held = _read.setdefault(connection.engine, {})
    if newest not in held:
        for row in connection.execute(_ALL):
            key = folded(row.section) if row.section else None
            held[row.id] = Group(row.section, row.year, key)
    return held


def _key(row: AnyRow) -> str:
    return _named(row.section, _year(row))


@lru_cache(maxsize=1000)
def _named(section: str | None, year: int | None) -> str:
    return json.dumps([section, year], ensure_ascii=False)


def _year(row: AnyRow) -> int | None:
    return row.published_on.year if row.published_on else None
