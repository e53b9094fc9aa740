"""Searches the archive: the words of a query and filters, ranked or by date, a page at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from sqlalchemy import Connection, select

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.index.index_tables import is_current
from antara_crawler.archive.read.changes import Telling, stories_of
from antara_crawler.archive.read.filters import Filters, sound
from antara_crawler.archive.read.views import Beside, Hit, Marked, Place, Results
from antara_crawler.archive.search.conditions import Order
from antara_crawler.archive.search.counting import Counts, Held
from antara_crawler.archive.search.in_database import InDatabase
from antara_crawler.archive.search.query import Query, parse
from antara_crawler.archive.search.snippets import Marker
from antara_crawler.archive.search.suggesting import suggestion
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.history import Stories
from antara_crawler.archive.tables.lookup import BYLINES, CAPTIONS, TAGS, find_article
from antara_crawler.archive.tables.rows import folded
from antara_crawler.archive.tables.statements import among, columns, grouped
from antara_crawler.archive.tables.types import AnyRow, AnySelect, local_time

MOST_HITS = 1000
"""So many hits a page may have."""

_FURTHEST = 10**9


_SHOWN = columns(Articles, "id", "portal", "kind", "article_id", "url", "title", "section")
_MORE = columns(Articles, "published_at", "published_offset", "dateline", "extraction_id", "body")
_ROWS = (
    select(*_SHOWN, *_MORE, Stories.story_id)
    .outerjoin(Stories, Stories.article_id == Articles.id)
    .where(among(Articles.id))
)

Wanted = frozenset[str]
"""Words of which an article must have one."""


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
            _hits(connection, ids, asked, filters),
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


def _hits(
    connection: Connection, ids: Sequence[int], asked: Query, filters: Filters
) -> tuple[Hit, ...]:
    """Return the articles of these rows as hits of a query, in order."""
    if not ids:
        return ()
    rows = {row[0]: row for row in connection.execute(_ROWS, {"keys": ids}).all()}
    told = [key for key, row in rows.items() if row.story_id is not None]
    stories = stories_of(connection, told) if told else {}
    # An index beside the database may name one that was forgotten since.
    there = [rows[key] for key in ids if key in rows]
    return tuple(_Showing(connection, asked, filters).hits(there, stories))


class _Showing:
    """Shows the articles that one query finds."""

    def __init__(self, connection: Connection, asked: Query, filters: Filters) -> None:
        self._connection = connection
        self._marker = Marker(asked.lexemes, asked.prefixes)
        self._needed = [frozenset(group) for group in (*asked.words, *asked.beginnings)]
        wanted = [filters, *(each for _, each in asked.filters)]
        self._tags = {folded(sound(each.tag)) for each in wanted if each.tag}
        self._authors = {folded(sound(each.author)) for each in wanted if each.author}

    def hits(
        self, rows: Sequence[AnyRow], stories: Mapping[int, Sequence[Telling]]
    ) -> Iterator[Hit]:
        """Yield hits, in order."""
        names = self._found(BYLINES, rows)
        read = [
            (self._marker.read(row.title or ""), self._marker.read_flat(row.body)) for row in rows
        ]
        missing = [
            [needed for needed in self._needed if needed.isdisjoint(title.fits | body.fits)]
            for title, body in read
        ]
        # Captions and tags are read only where they may be why.
        puzzling = [row for row, lacks in zip(rows, missing, strict=True) if lacks or self._tags]
        captions, tags = self._found(CAPTIONS, puzzling), self._found(TAGS, puzzling)
        for row, (title, body), lacks in zip(rows, read, missing, strict=True):
            row_id, portal, kind, number, url, shown, section, at, offset, dateline, key = row[:11]
            places: list[tuple[Place, str]] = [("dateline", dateline or "")]
            places += [("caption", caption) for (caption,) in captions[key]]
            places += [("tag", tag) for (tag,) in tags[key]]
            beside = [*self._beside(places, lacks), *self._edited(names[key])]
            yield Hit(
                row_id,
                portal,
                kind,
                number,
                url,
                shown,
                title_spans=title.marked(),
                section=section,
                published_at=local_time(at, offset),
                reporters=tuple(name for role, name in names[key] if role == "reporter"),
                snippet=body.snippet(),
                beside=tuple(beside),
                story=tuple(stories.get(row_id, ())),
            )

    def _beside(
        self, places: Iterable[tuple[Place, str]], missing: Sequence[Wanted]
    ) -> Iterator[Beside]:
        """Yield where words stand that neither title nor text has, and the tag of a filter."""
        for place, text in places:
            if place == "tag" and self._tags and folded(text) in self._tags:
                yield Beside(place, (Marked(text, True),))
            elif missing:
                read = self._marker.read_flat(text)
                if any(needed & read.fits for needed in missing):
                    yield Beside(place, read.snippet())
                    missing = [needed for needed in missing if not needed & read.fits]

    def _edited(self, names: Iterable[tuple[str, ...]]) -> Iterator[Beside]:
        """Yield the editors and uploaders that a filter asks for: a list shows reporters only."""
        for role, name in names if self._authors else ():
            if role != "reporter" and folded(name) in self._authors:
                yield Beside("editor" if role == "editor" else "uploader", (Marked(name, True),))

    def _found(
        self, query: AnySelect, rows: Sequence[AnyRow]
    ) -> defaultdict[int, list[tuple[str, ...]]]:
        keys = {"keys": [row.extraction_id for row in rows]}
        found = self._connection.execute(query, keys).all() if rows else ()
        return grouped((row[0], row[1:]) for row in found)
