"""Names asked for that nothing in the archive has, and the nearest of those that it has."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, select

from antara_crawler.archive.read.filters import Filters, sound
from antara_crawler.archive.tables.articles import Articles, Authors, Tags
from antara_crawler.archive.tables.rows import folded
from antara_crawler.archive.tables.types import AnySelect
from antara_crawler.portals import portals

NEAR = 3
"""So many names are offered."""
_OTHER_LENGTH = 4
_CANDIDATES = 20_000
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
            yield Stranger("portal", filters.portal, _nearest(filters.portal, portals()))
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


def _any(connection: Connection, query: AnySelect) -> bool:
    return connection.execute(query.limit(1)).first() is not None


def _near_of(connection: Connection, key: str, names: AnySelect) -> tuple[str, ...]:
    """Return names that are nearly this one, or that it is a part of."""
    [column] = names.selected_columns
    length = func.length(column)
    alike = names.where(length.between(len(key) - _OTHER_LENGTH, len(key) + _OTHER_LENGTH))
    holding = names.where(func.lower(column).contains(key, autoescape=True))
    found = {
        folded(name): name
        for query in (holding.limit(NEAR), alike.limit(_CANDIDATES))
        for name in connection.scalars(query)
    }
    close = difflib.get_close_matches(key, found, NEAR, _ALIKE)
    within = [each for each in found if key and key in each and each not in close]
    return tuple(found[each] for each in (close + within)[:NEAR])


def _nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    return tuple(difflib.get_close_matches(name.casefold(), list(known), NEAR))
