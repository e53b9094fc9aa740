"""What filters narrow a search to: conditions on articles, or the groups that they are of."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, func, not_, or_

from antara_crawler.archive.index.groups import Group
from antara_crawler.archive.read.filters import Filters, Shown, sound
from antara_crawler.archive.search.query import Query
from antara_crawler.archive.tables.rows import folded

_ZONES = timedelta(days=2)
"""More than the clocks of portals are apart."""


def conditions(query: Query, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions on `articles AS a`: of a query those of one key are alternatives."""
    wanted: defaultdict[str, list[ColumnElement[bool]]] = defaultdict(list)
    for key, each in query.filters:
        wanted[key].append(and_(*each.conditions(Shown)))
    unwanted = [
        not_(func.coalesce(and_(*each.conditions(Shown)), false()))
        for _, each in query.excluded_filters
    ]
    either = [or_(*some) for some in wanted.values()]
    return [*filters.conditions(Shown), *either, *unwanted]


def every(query: Query, filters: Filters) -> list[Filters]:
    """Return all filters, those of what is excluded, too."""
    return [filters, *(each for _, each in (*query.filters, *query.excluded_filters))]


def times(query: Query, filters: Filters) -> list[ColumnElement[bool]] | None:
    """Return between which times what fits lies; None where it may be all of long ago.

    Of a portal, a section or some days the latest come soon, who walks the dates.
    """
    if any(each.tag or each.author or each.template for each in every(query, filters)):
        return None
    found: list[ColumnElement[bool]] = []
    keys = Counter(key for key, _ in query.filters)
    for each in (filters, *(each for key, each in query.filters if keys[key] == 1)):
        if each.since is not None and each.since.year > MINYEAR:
            found.append(Shown.published_at >= _noon(each.since) - _ZONES)
        if each.until is not None and each.until.year < MAXYEAR:
            found.append(Shown.published_at <= _noon(each.until) + _ZONES)
    return found


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def by_groups_alone(query: Query, filters: Filters) -> bool:
    """Tell whether sections and whole years are all that is filtered by."""
    return all(map(_is_of_groups, every(query, filters)))


def _is_of_groups(filters: Filters) -> bool:
    since, until = filters.since, filters.until
    return (
        (filters.portal, filters.tag, filters.author, filters.template) == (None,) * 4
        and (since is None or (since.month, since.day) == (1, 1))
        and (until is None or (until.month, until.day) == (12, 31))
    )


def groups_within(query: Query, filters: Filters, groups: Mapping[int, Group]) -> set[int]:
    """Return the groups in which alone something can fit."""
    found = _of(filters, groups)
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for key, each in query.filters:
        wanted[key] |= _of(each, groups)
    for some in wanted.values():
        found &= some
    for _, each in query.excluded_filters:
        if _is_of_groups(each):
            found -= _of(each, groups)
    return found


def _of(filters: Filters, groups: Mapping[int, Group]) -> set[int]:
    """Return the groups of the section and the years of a filter."""
    key = None if filters.section is None else folded(sound(filters.section))
    first = filters.since.year if filters.since else None
    last = filters.until.year if filters.until else None
    return {
        group
        for group, (_, year, section) in groups.items()
        if (key is None or section == key)
        and (first is None or (year is not None and year >= first))
        and (last is None or (year is not None and year <= last))
    }
