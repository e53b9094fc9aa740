"""Names that a filter asks for and nothing in the archive has, and names near them that it has."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, literal, or_, select

from antara_crawler.archive.read.filters import Filters, sound
from antara_crawler.archive.tables.articles import Articles, Authors, Tags
from antara_crawler.archive.tables.rows import folded
from antara_crawler.archive.tables.statements import grouped
from antara_crawler.archive.tables.types import AnySelect
from antara_crawler.portals import portals

NEAR = 3
"""So many names are offered."""
_SHORTER = 4
CANDIDATES = 20_000
"""Names compared at most: some hundred milliseconds."""
_ALIKE = 0.7

What = Literal["portal", "section", "tag", "author"]


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that a filter asks for and no article has; `near` are names that there are."""

    what: What
    name: str
    near: tuple[str, ...]


def strangers(connection: Connection, filters: Filters) -> Iterator[Stranger]:
    """Yield the names of a filter that nothing in the archive has."""
    if filters.portal is not None and filters.portal not in portals():
        held = select(Articles.id).where(Articles.portal == sound(filters.portal)).limit(1)
        if connection.scalar(held) is None:
            near = difflib.get_close_matches(filters.portal.casefold(), list(portals()), NEAR)
            yield Stranger("portal", filters.portal, tuple(near))
    if filters.section is not None:
        key = folded(sound(filters.section))
        if not _any(connection, select(Articles.id).where(Articles.section_key == key)):
            names = select(Articles.section).where(Articles.section.is_not(None)).distinct()
            yield Stranger("section", filters.section, _near_of(connection, key, names))
    for what, name, table in (("tag", filters.tag, Tags), ("author", filters.author, Authors)):
        key = folded(sound(name or ""))
        if name is not None and not _any(connection, select(table.id).where(table.key == key)):
            names = select(table.name)
            yield Stranger(what, name, _near_of(connection, key, names))  # type: ignore[arg-type]


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name))


def _any(connection: Connection, query: AnySelect) -> bool:
    return connection.execute(query.limit(1)).first() is not None


def _near_of(connection: Connection, key: str, names: AnySelect) -> tuple[str, ...]:
    """Return names that have its letters, are nearly this one, stand in it, hold it, or nearly do.

    Kabupaten Tapin holds Tapin.
    """
    [column] = names.selected_columns
    inside = literal(f" {key} ").contains(" " + func.lower(column) + " ")
    alike = names.where(or_(func.length(column) >= len(key) - _SHORTER, inside))
    holding = names.where(func.lower(column).contains(key, autoescape=True))
    found = {
        folded(name): name
        for query in (holding.limit(CANDIDATES), alike.limit(CANDIDATES))
        for name in connection.scalars(query)
    }
    parts = grouped((part, each) for each in sorted(found) for part in each.split())
    bare = _letters(key)
    near = [each for each in sorted(found) if bare and _letters(each) == bare]
    near += difflib.get_close_matches(key, found, NEAR, _ALIKE)
    near += (each for each in sorted(found) if f" {each} " in f" {key} ")
    near += (each for each in sorted(found) if key and key in each)
    near += (
        each for part in difflib.get_close_matches(key, parts, NEAR, _ALIKE) for each in parts[part]
    )
    return tuple(found[each] for each in list(dict.fromkeys(near))[:NEAR])
