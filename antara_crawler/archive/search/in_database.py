"""Finds what fits a query and filters by the database's own index."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TextClause,
    bindparam,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from antara_crawler.archive.index.groups import Group, read_groups
from antara_crawler.archive.index.index_tables import software_of
from antara_crawler.archive.read.filters import Filters, Shown
from antara_crawler.archive.search.conditions import (
    BY_DATE,
    INDEX,
    JOIN,
    JOINED,
    PLAIN,
    PUBLISHED,
    ROW,
    Order,
    Words,
    by_groups_alone,
    every,
    groups_within,
    in_groups,
    narrowed,
    times,
)
from antara_crawler.archive.search.counting import (
    Counts,
    Held,
    counted,
    counted_by_group,
    held_now,
    summed,
)
from antara_crawler.archive.search.match import match
from antara_crawler.archive.search.query import Query
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.history import Stories
from antara_crawler.archive.tables.statements import among, rows_with
from antara_crawler.archive.tables.types import AnySelect

_DIGITS = 10
"""Scores are compared to so many decimals: the last digits differ with the order of adding."""

MOST_RANKED = 300
"""Of more articles those with a word of the query in the title come first; ranked, if not more."""

_DENSE = 20
"""Where of so many that fit one is shown, walking the dates is sooner than reading an index."""

_DATES = select(Articles.id, Articles.published_at).where(among(Articles.id))
_COUNT = func.count()


class InDatabase:
    """The articles that fit a query and filters, as the database's own index finds them."""

    behind = 0

    def __init__(
        self,
        connection: Connection,
        asked: Query,
        filters: Filters,
        named: int | None = None,
        *,
        distinct: bool = False,
        known: Held | None = None,
    ) -> None:
        self._connection = connection
        self._kind = connection.dialect.name
        self.known = known or held_now(connection)
        self._found = match(connection, asked, self.known)
        self._words = asked.roots, asked.choices, asked.excluded
        self._root = asked.root
        self._narrowed = narrowed(asked, filters)
        self._within: set[int] | None = None
        """The groups in which alone something fits; None: all."""
        if self._narrowed:
            within = groups_within(asked, filters, self._groups())
            self._within = within if len(within) < len(self._groups()) else None
        self._times = times(asked, filters)
        self._by_groups = by_groups_alone(asked, filters) and named is None and not distinct
        """Whether all that are of these groups, and have the words, fit."""
        self._there = Words()
        if self._found.in_index:
            if self._within is not None:
                self._there = in_groups(self._kind, sorted(self._within))
            self._narrowed = [] if self._by_groups else self._narrowed
        if named is not None:
            self._narrowed.append(Shown.id == named)
        if distinct:
            fits = self._joined(self._found.words)
            self._narrowed.append(Shown.id.not_in(_told_before(fits)))

    def outdated(self) -> bool:
        """Tell whether other software made the index."""
        return self.known.software != software_of(self._connection)

    def counts(self) -> Counts:
        """Return how many there are, by section and year, too."""
        words = self._found.words
        if self._by_groups and (self._found.in_index or words == Words()):
            groups = self._groups()
            counts = ((*groups[key][:2], count) for key, count in self._counted(words))
            return summed(counts)
        return counted(self._connection, self._joined(words), self._values(words))

    def total(self) -> int:
        """Return how many there are."""
        words = self._found.words
        if self._by_groups and self._words in self.known.by_group:
            return sum(count for _, count in self._counted(words))
        return self._count(words)

    def _counted(self, words: Words) -> Iterator[tuple[int, int]]:
        """Yield how many of each group fit words: kept without filters, for any of them."""
        kept = self.known.by_group
        if self._words not in kept:
            kept[self._words] = counted_by_group(self._connection, words)
            if self._root:
                self.known.counts[self._root] = sum(kept[self._words].values())
        for group, count in kept[self._words].items():
            if self._within is None or group in self._within:
                yield group, count

    def page(self, order: Order, total: int, limit: int, offset: int) -> list[int]:
        """Return a page; where very many fit, those with a word of the query in the title first.

        These are ranked where they are not very many themselves; the others follow by date.
        """
        found = self._found
        if order != "relevance" or found.ranking is None:
            return self._by_date(found.words, total, limit, offset, oldest=order == "oldest")
        ranking = found.ranking()
        if total <= MOST_RANKED:
            return self._best(ranking.score, ranking.words, limit, offset)
        first = self._rows(ranking.titled).limit(MOST_RANKED + 1)
        some = self._connection.scalars(first, self._values(ranking.titled)).all()
        titled = len(some)
        if titled <= MOST_RANKED:
            ids = self._best(ranking.score, ranking.of(some), limit, offset) if some else []
        else:
            ids = self._by_date(ranking.titled, titled, limit, offset)
            if len(ids) < limit:
                titled = self._count(ranking.titled)
        limit, offset = limit - len(ids), max(0, offset - titled)
        return ids + self._by_date(ranking.untitled, total - titled, limit, offset)

    def _best(
        self, score: ColumnElement[float] | TextClause, words: Words, limit: int, offset: int
    ) -> list[int]:
        """Return a page of what fits by its scores, the best first; those of one score by date."""
        found = self._connection.execute(self._rows(words, score), self._values(words)).all()
        ranked = [(article, round(score, _DIGITS)) for article, score in found]
        ranked.sort(key=lambda each: -each[1])
        page = ranked[offset : offset + limit]
        if not page:
            return []
        most, least = page[0][1], page[-1][1]
        alike = [each for each in ranked if least <= each[1] <= most]
        if len({score for _, score in alike}) < len(alike):
            rows = rows_with(self._connection, _DATES, [article for article, _ in alike])
            dates = {row.id: (row.published_at is not None, *row[::-1]) for row in rows}
            alike.sort(key=lambda each: dates[each[0]], reverse=True)
            alike.sort(key=lambda each: -each[1])
        first = offset - sum(score > most for _, score in ranked[:offset])
        return [article for article, _ in alike[first : first + limit]]

    def _by_date(
        self, words: Words, total: int, limit: int, offset: int, *, oldest: bool = False
    ) -> list[int]:
        """Return a page of what fits, of which there are so many, the newest or oldest first."""
        if not limit:
            return []
        walk = self._kind == "sqlite" and total > MOST_RANKED
        if self._narrowed or not self._found.in_index:
            rows = self._joined(words)
            if walk and self._found.in_index:
                rows = _walked((words + self._there).where).where(*self._narrowed)
            elif walk and self._times is not None and total > _DENSE * (limit + offset):
                rows = select(Shown.id).select_from(PLAIN)
                rows = rows.where(*words.where, *self._narrowed, *self._times)
            page = _in_order(rows, Shown.id, Shown.published_at, oldest)
        else:
            page = _latest(self._kind, (words + self._there).where, walk, oldest)
        values = {**self._values(words), "limit": limit, "offset": offset}
        return [*self._connection.scalars(page, values).all()]

    def _count(self, words: Words) -> int:
        if self._narrowed or not self._found.in_index:
            rows = self._joined(words).with_only_columns(_COUNT)
        else:
            rows = self._of_index(words, _COUNT)
        return self._connection.scalar(rows, self._values(words)) or 0

    def _rows(self, words: Words, *also: Any) -> AnySelect:
        """Return the rows that fit, of the index alone where nothing narrows them."""
        if self._narrowed or not self._found.in_index:
            return self._joined(words, *also)
        return self._of_index(words, ROW[self._kind], *also)

    def _of_index(self, words: Words, *columns: Any) -> AnySelect:
        return _of_index((words + self._there).where, *columns)

    def _joined(self, words: Words, *also: Any) -> AnySelect:
        """Return the rows that fit, of `articles AS a`."""
        in_index = self._found.in_index
        tables = JOINED[self._kind] if in_index else every(self._connection)
        join = (JOIN[self._kind],) if in_index else ()
        where = (words + self._there).where
        return select(Shown.id, *also).select_from(tables).where(*where, *join, *self._narrowed)

    def _values(self, words: Words) -> Mapping[str, Any]:
        return (words + self._there).values

    def _groups(self) -> Mapping[int, Group]:
        return read_groups(self._connection, self.known.newest)


@lru_cache(maxsize=200)
def _of_index(where: tuple[TextClause, ...], *columns: Any) -> AnySelect:
    """Return a query of the index: made once, it is not compiled for each search."""
    return select(*columns).select_from(INDEX).where(*where)


def _walked(where: tuple[TextClause, ...]) -> AnySelect:
    """Return a query of articles by date: where very many fit, the latest come sooner so."""
    fits = Shown.id.in_(_of_index(where, ROW["sqlite"]))
    return select(Shown.id).select_from(BY_DATE).where(fits)


@lru_cache(maxsize=200)
def _latest(kind: str, where: tuple[TextClause, ...], walk: bool, oldest: bool) -> AnySelect:
    """Return a query of the articles that the index alone finds, by date."""
    if kind == "postgresql":
        return _in_order(_of_index(where, ROW[kind]), ROW[kind], PUBLISHED, oldest)
    joined = select(Shown.id).select_from(JOINED[kind]).where(*where, JOIN[kind])
    rows = _walked(where) if walk else joined
    return _in_order(rows, Shown.id, Shown.published_at, oldest)


def _in_order(
    rows: AnySelect, row: ColumnElement[int], date: ColumnElement[Any], oldest: bool
) -> AnySelect:
    order = (date.asc(), row) if oldest else (date.desc(), row.desc())
    rows = rows.order_by(order[0].nulls_last(), order[1])
    return rows.limit(bindparam("limit")).offset(bindparam("offset"))


def _told_before(fits: Select[int]) -> Select[int]:
    """Return the articles whose story another one that fits, too, told before."""
    own, other = aliased(Stories), aliased(Stories)
    mine, first = aliased(Articles), aliased(Articles)
    told, before = (
        tuple_(func.coalesce(each.published_at, each.first_seen_at), each.id)
        for each in (mine, first)
    )
    return (
        select(own.article_id)
        .join(other, other.story_id == own.story_id)
        .join(mine, mine.id == own.article_id)
        .join(first, first.id == other.article_id)
        .where(before < told, other.article_id.in_(fits.correlate(None)))
    )
