"""Searches the archive: the words of a query and filters, ranked or by date, a page at a time."""

from collections.abc import Callable
from typing import Protocol

from sqlalchemy import Connection

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.index.index_tables import is_current
from antara_crawler.archive.read.filters import Filters, sound
from antara_crawler.archive.read.views import Results
from antara_crawler.archive.search.counting import Counts
from antara_crawler.archive.search.held import Held
from antara_crawler.archive.search.hits import hits
from antara_crawler.archive.search.in_database import InDatabase
from antara_crawler.archive.search.match import Order
from antara_crawler.archive.search.query import Query, parse
from antara_crawler.archive.search.suggesting import suggestion
from antara_crawler.archive.tables.lookup import find_article

MOST_HITS = 1000
"""So many hits a page may have."""

_FURTHEST = 10**9


class Fitting(Protocol):
    """The articles that fit a query and filters, wherever they are looked for."""

    behind: int
    """So many articles were changed since what they are looked for in was made; 0: none."""

    def outdated(self) -> bool:
        """Tell whether other software made what they are looked for in."""

    def counts(self) -> Counts:
        """Return how many there are, by section and year, too."""

    def total(self) -> int:
        """Return how many there are."""

    def page(self, order: Order, total: int, limit: int, offset: int) -> list[int]:
        """Return the rows of a page of results, in order."""


def search(
    archive: Archive,
    query: str,
    filters: Filters | None = None,
    *,
    order: Order = "relevance",
    limit: int = 20,
    offset: int = 0,
    facets: bool = True,
    suggest: bool = True,
    distinct: bool = False,
) -> Results:
    """Return a page of the articles that fit a query; any text is one (see query.py).

    A query without words lists by date, the newest first. `facets` counts all that fit by
    section and year, too; `suggest` looks for what was meant where none fits. `distinct` leaves
    of each story the first that fits. The limit of `filters` is not used.
    """
    asked, filters = parse(query), filters or Filters()
    with archive.reading() as connection:
        if asked.nothing:
            return Results(0, (), (), (), "", not is_current(connection))
        fitting = _fitting(archive, connection, asked, filters, query, distinct=distinct)
        counts = fitting.counts() if facets else Counts()
        total = counts.total if facets else fitting.total()
        limit, offset = max(0, min(limit, MOST_HITS)), max(0, min(offset, _FURTHEST))
        ids = fitting.page(order, total, limit, offset)

        known = fitting.known if isinstance(fitting, InDatabase) else None

        def fits(other: str) -> bool:
            return _fitting(archive, connection, parse(other), filters, known=known).total() > 0

        return Results(
            total,
            hits(connection, ids, asked, filters),
            counts.by_section,
            counts.by_year,
            asked.understood,
            fitting.outdated(),
            "" if total or not suggest else suggestion(connection, asked, query, fits),
            fitting.behind,
        )


def rows_found(
    archive: Archive, query: str, filters: Filters | None = None, *, order: Order = "relevance"
) -> list[int]:
    """Return the rows of all articles that fit a query, in the order of search()."""
    asked, filters = parse(query), filters or Filters()
    if asked.nothing:
        return []
    with archive.reading() as connection:
        fitting = _fitting(archive, connection, asked, filters, query)
        return fitting.page(order, fitting.total(), filters.limit or _FURTHEST, 0)


def _fitting(
    archive: Archive,
    connection: Connection,
    asked: Query,
    filters: Filters,
    text: str = "",
    *,
    distinct: bool = False,
    known: Held | None = None,
) -> Fitting:
    """Return what fits, looked for beside the database where that can be.

    Where `text`, which was typed, is the address of an article that is held, only that fits.
    """
    one_word = "/" in text and len(text.split()) == 1
    named = find_article(connection, sound(text)) if one_word else None
    if named is not None:
        return InDatabase(connection, Query(), filters, named)
    finder: Callable[[Connection, Query, Filters], Fitting | None] | None = archive.finder
    found = finder(connection, asked, filters) if finder and not distinct else None
    return found or InDatabase(connection, asked, filters, distinct=distinct, known=known)
