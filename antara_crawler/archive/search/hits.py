"""Shows hits: titles and snippets with the words marked, and why an article is a hit at all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from antara_crawler.archive.read.changes import Telling, stories_of
from antara_crawler.archive.read.filters import Filters, sound
from antara_crawler.archive.read.views import Beside, Hit, Marked, Place
from antara_crawler.archive.search.query import Query
from antara_crawler.archive.search.snippets import Marker
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.history import Stories
from antara_crawler.archive.tables.lookup import BYLINES, CAPTIONS, TAGS
from antara_crawler.archive.tables.rows import folded
from antara_crawler.archive.tables.statements import among, columns, grouped
from antara_crawler.archive.tables.types import AnyRow, AnySelect, local_time

_SHOWN = columns(Articles, "id", "portal", "kind", "article_id", "url", "title", "section")
_MORE = columns(Articles, "published_at", "published_offset", "dateline", "extraction_id", "body")
_ROWS = (
    select(*_SHOWN, *_MORE, Stories.story_id)
    .outerjoin(Stories, Stories.article_id == Articles.id)
    .where(among(Articles.id))
)

Wanted = frozenset[str]
"""Words of which an article must have one."""


def hits(
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
