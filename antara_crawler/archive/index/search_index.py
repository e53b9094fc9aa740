"""Keeps the search index: FTS5 on SQLite, a tsvector on PostgreSQL, of the same words.

Both hold an article's words in order, which phrases are looked up in, and beside them the roots
of words that have another. With each article stands its group (groups.py), so that hits
are counted by section and year without reading the articles: on SQLite in the last bits
of the row's number. On PostgreSQL its date stands there, too, to find the latest. The index is
derived: it can be made anew from `articles` at any time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from types import MappingProxyType
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select, text

from antara_crawler.archive.index.analysis import Analysed, pairs_of
from antara_crawler.archive.index.changes import note
from antara_crawler.archive.index.groups import groups_of, index_row, known_groups
from antara_crawler.archive.index.index_tables import index_tables, make_tables, merge
from antara_crawler.archive.index.stories import clear_stories, link_stories
from antara_crawler.archive.index.told import (
    COLUMNS,
    Ready,
    Shown,
    Told,
    TornWords,
    analysed,
    columns_of,
    form_of,
    tell,
    unpacked,
)
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.lookup import CAPTIONS, TAGS
from antara_crawler.archive.tables.statements import among, columns, grouped
from antara_crawler.archive.tables.types import AnyRow

BATCH = 200

_ROWS = select(
    *columns(Articles, "id", "title", "body", "dateline", "extraction_id"),
    *columns(Articles, "portal", "section", "published_on", "published_at"),
)
_IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_CHOSEN = _ROWS.where(among(Articles.id, "ids"))
_PLACED = select(*columns(Articles, "id", "section", "published_on", "published_at")).where(
    among(Articles.id, "ids")
)
_NEXT = _ROWS.where(Articles.id > bindparam("after")).order_by(Articles.id).limit(BATCH)
_KEPT = text(
    "SELECT article_id, row, words FROM search_index_words WHERE article_id IN :ids"
).bindparams(_IDS)
_FORGET = text(
    "INSERT INTO search_index (search_index, rowid, title, body, title_roots, body_roots)"
    " VALUES ('delete', :row, :title, :body, :title_roots, :body_roots)"
)
_ADD_SQLITE = (
    "INSERT INTO search_index (rowid, title, body, title_roots, body_roots) VALUES (?, ?, ?, ?, ?)"
)
_KEEP = "INSERT OR REPLACE INTO search_index_words VALUES (?, ?, ?)"
_DROP_WORDS = text("DELETE FROM search_index_words WHERE article_id IN :ids").bindparams(_IDS)
_DROP_TERMS = text("DELETE FROM search_index WHERE article_id IN :ids").bindparams(_IDS)
_ADD_POSTGRESQL = "COPY search_index (article_id, published, group_id, length, terms) FROM STDIN"
_SAME = text(
    "SELECT article_id FROM search_index WHERE article_id = :id AND length = :length"
    " AND group_id = :group AND published IS NOT DISTINCT FROM CAST(:published AS bigint)"
    " AND terms = CAST(:terms AS tsvector)"
)
_SUMS = text(
    "SELECT count(*), coalesce(sum(length), 0) FROM search_index WHERE article_id = ANY(:ids)"
)
_COUNT = text(
    "UPDATE search_state SET articles = articles + :more, length = length + :longer WHERE id = 1"
)

_EPOCH, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def make(connection: Connection) -> None:
    """Make the index anew, of all articles, and their stories, within the caller's transaction."""
    make_tables(connection)
    clear_stories(connection)
    after = 0
    while rows := connection.execute(_NEXT, {"after": after}).all():
        link_stories(connection, _put(connection, rows, _told(connection, rows, link=True)))
        after = rows[-1].id
    index_tables(connection)
    merge(connection)


def index_articles(
    connection: Connection,
    ids: Iterable[int | None],
    *,
    link: bool = False,
    ready: Mapping[int | None, Ready] = MappingProxyType({}),
) -> None:
    """Index articles as their rows stand now, within the transaction that changed them.

    `link` them to their stories, too: both are of the same words, reckoned once. `ready` is what
    is told of some of them, made of the same texts beforehand.
    """
    some = list(dict.fromkeys(filter(None, ids)))
    for start in range(0, len(some), BATCH):
        batch = some[start : start + BATCH]
        told = {key: words for key in batch if (words := ready.get(key))}
        other = [key for key in batch if key not in told]
        placed = connection.execute(_PLACED, {"ids": list(told)}).all() if told else []
        rows = connection.execute(_CHOSEN, {"ids": other}).all() if other else []
        if connection.dialect.name == "sqlite":
            _forget_words(connection, batch)
        made = chain((told[row.id] for row in placed), _told(connection, rows, link=link))
        keys = _put(connection, [*placed, *rows], made)
        if link:
            link_stories(connection, keys)


def index_as_told(source: Connection, connection: Connection, ids: Sequence[int]) -> None:
    """Index articles by the words that another archive's index on SQLite was told of them."""
    kept = kept_words(source, ids)
    told = {key: words.split("\n") for key, (_, words) in kept.items() if words}
    rows = connection.execute(_PLACED, {"ids": [key for key in ids if key in told]}).all()
    texts = (told[row.id] for row in rows)
    words = (
        Analysed(pairs_of(title, title_roots), pairs_of(body, body_roots))
        for title, body, title_roots, body_roots in texts
    )
    kind = connection.dialect.name
    _put(connection, rows, (Told(form_of(kind, each), ()) for each in words))
    index_articles(connection, [key for key in ids if key not in told])


def not_indexed(connection: Connection, after: int, most: int) -> list[int]:
    """Return the next articles whose words the index does not hold."""
    table = "search_index_words" if connection.dialect.name == "sqlite" else "search_index"
    query = text(
        f"SELECT id FROM articles WHERE id > :after AND NOT EXISTS (SELECT 1 FROM {table}"
        " AS known WHERE known.article_id = articles.id) ORDER BY id LIMIT :most"
    )
    return list(connection.scalars(query, {"after": after, "most": most}))


def forget_articles(connection: Connection, ids: Sequence[int]) -> None:
    """Take articles out, and their words with them: none is left in what the index deleted."""
    note(connection, ids)
    sqlite = connection.dialect.name == "sqlite"
    for start in range(0, len(ids), BATCH):
        some = list(ids[start : start + BATCH])
        if sqlite:
            _forget_words(connection, some)
            connection.execute(_DROP_WORDS, {"ids": some})
        else:
            count, length = connection.execute(_SUMS, {"ids": some}).one()
            connection.execute(_DROP_TERMS, {"ids": some})
            connection.execute(_COUNT, {"more": -count, "longer": -length})
    merge(connection)


def kept_words(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Return what SQLite's index was told of articles: row and words, '' for damaged ones."""
    found = {}
    for row in connection.execute(_KEPT, {"ids": ids}):
        try:
            found[row.article_id] = row.row, unpacked(row.words)
        except (TornWords, ValueError, TypeError):
            found[row.article_id] = row.row, ""
    return found


def words_of(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the words of the articles that are there, parted by spaces, by column of the index."""
    rows = connection.execute(_CHOSEN, {"ids": ids}).all()
    return {
        row.id: dict(zip(COLUMNS, columns_of(analysed(shown)[0]), strict=True))
        for row, shown in zip(rows, _shown(connection, rows), strict=True)
    }


def differing(connection: Connection, ids: Sequence[int]) -> dict[int, bool]:
    """Tell of each article whether the index holds other words, or another group, than its row."""
    rows = connection.execute(_CHOSEN, {"ids": ids}).all()
    groups = known_groups(connection, rows)
    shown = zip(rows, _shown(connection, rows), strict=True)
    words = [(row, analysed(each)[0]) for row, each in shown]
    if connection.dialect.name == "sqlite":
        kept = kept_words(connection, ids)
        return {
            row.id: kept.get(row.id)
            != (index_row(row.id, groups.get(row.id, 0)), "\n".join(columns_of(own)))
            for row, own in words
        }
    kind = connection.dialect.name
    told = [_on_postgresql(row, groups.get(row.id, 0), form_of(kind, own)) for row, own in words]
    return {each["id"]: connection.scalar(_SAME, each) is None for each in told}


def _shown(connection: Connection, rows: Sequence[AnyRow]) -> Iterator[Shown]:
    """Return the texts of articles: captions and tags are beside their rows."""
    keys = {"keys": [row.extraction_id for row in rows]}
    told = (connection.execute(query, keys) for query in ((CAPTIONS, TAGS) if rows else ()))
    beside = grouped((row[0], row[1] or "") for found in told for row in found)
    return (Shown(row.title, row.dateline, row.body, beside[row.extraction_id]) for row in rows)


def _told(connection: Connection, rows: Sequence[AnyRow], *, link: bool) -> Iterator[Told]:
    kind = connection.dialect.name
    return (tell(kind, each, link=link) for each in _shown(connection, rows))


def _put(
    connection: Connection, rows: Sequence[AnyRow], told: Iterable[Told]
) -> dict[int, Sequence[int]]:
    """Put the words of articles into the index; return the keys of their stories."""
    keys: dict[int, Sequence[int]] = {}
    if not rows:
        return keys
    note(connection, [row.id for row in rows])
    groups = groups_of(connection, rows)
    articles = zip(rows, told, strict=True)
    if connection.dialect.name == "sqlite":
        shown, kept = [], []
        for row, each in articles:
            *columns, packed = each.words
            place, keys[row.id] = index_row(row.id, groups[row.id]), each.keys
            shown.append((place, *columns))
            kept.append((row.id, place, packed))
        connection.exec_driver_sql(_ADD_SQLITE, shown)
        connection.exec_driver_sql(_KEEP, kept)
        return keys
    ids = {"ids": [row.id for row in rows]}
    count, length = connection.execute(_SUMS, ids).one()
    if count:
        connection.execute(_DROP_TERMS, ids)
    lengths = [-length]

    def added() -> Iterator[tuple[Any, ...]]:
        for row, each in articles:
            values = _on_postgresql(row, groups[row.id], each.words)
            lengths.append(values["length"])
            keys[row.id] = each.keys
            yield tuple(values.values())

    connection.exec_driver_sql(_ADD_POSTGRESQL, (added(),))
    # Last in the transaction: other writers wait for this row until it ends.
    connection.execute(_COUNT, {"more": len(rows) - count, "longer": sum(lengths)})
    return keys


def _on_postgresql(row: AnyRow, group: int, words: tuple[Any, ...]) -> dict[str, Any]:
    at = row.published_at
    length, terms = words
    return {
        "id": row.id,
        "published": None if at is None else (at - _EPOCH) // _TICK,
        "group": group,
        "length": length,
        "terms": terms,
    }


def _forget_words(connection: Connection, ids: Sequence[int]) -> None:
    """Take the words of articles out of SQLite's index, those that are there."""
    kept = connection.execute(_KEPT, {"ids": ids}).all()
    if kept:
        told = [(row.row, *unpacked(row.words).split("\n")) for row in kept]
        names = ("row", *COLUMNS)
        connection.execute(_FORGET, [dict(zip(names, each, strict=True)) for each in told])
