"""Keeps the search index: FTS5 on SQLite, a tsvector on PostgreSQL, of the same words.

Both hold an article's words in order, which phrases are looked up in, and beside them the roots
of words that have another. With each article stands its group (groups.py), so that hits
are counted by section and year without reading the articles: on SQLite in the last bits
of the row's number. On PostgreSQL its date stands there, too, to find the latest. The index is
derived: it can be made anew from `articles` at any time.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select, text

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from antara_crawler.archive.index.analysis import (
    Analysed,
    analyse,
    pairs_of,
    parted,
    texts_of,
)
from antara_crawler.archive.index.changes import note
from antara_crawler.archive.index.groups import groups_of, index_row, known_groups
from antara_crawler.archive.index.index_tables import index_tables, make_tables, merge
from antara_crawler.archive.index.stories import clear_stories, link_stories
from antara_crawler.archive.index.vectors import length_of, terms_of
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.lookup import CAPTIONS, TAGS
from antara_crawler.archive.tables.statements import among, columns
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.text.likeness import Wording

BATCH = 200

TornWords = zstd.ZstdError
"""What SQLite's index was told of an article cannot be unpacked."""

COLUMNS = ("title", "body", "title_roots", "body_roots")
"""Those of the index; phrases are looked for in the first two."""

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

Keys = dict[int, list[int]]
"""The keys of the stories of articles, see stories.py."""

_EPOCH, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def make(connection: Connection) -> None:
    """Make the index anew, of all articles, and their stories, within the caller's transaction."""
    make_tables(connection)
    clear_stories(connection)
    after = 0
    while rows := connection.execute(_NEXT, {"after": after}).all():
        keys: Keys = {}
        _add(connection, rows, keys)
        link_stories(connection, keys)
        after = rows[-1].id
    index_tables(connection)
    merge(connection)


def index_articles(connection: Connection, ids: Sequence[int], *, link: bool = False) -> None:
    """Index articles as their rows stand now, within the transaction that changed them.

    `link` them to their stories, too: both are of the same words, reckoned once.
    """
    some = list(dict.fromkeys(ids))
    for start in range(0, len(some), BATCH):
        rows = connection.execute(_CHOSEN, {"ids": some[start : start + BATCH]}).all()
        if rows and connection.dialect.name == "sqlite":
            _forget_words(connection, [row.id for row in rows])
        keys: Keys | None = {} if link else None
        if rows:
            _add(connection, rows, keys)
        link_stories(connection, keys or {})


def index_as_told(source: Connection, connection: Connection, ids: Sequence[int]) -> None:
    """Index articles by the words that another archive's index on SQLite was told of them."""
    kept = kept_words(source, ids)
    told = {key: words.split("\n") for key, (_, words) in kept.items() if words}
    rows = connection.execute(_PLACED, {"ids": [key for key in ids if key in told]}).all()
    texts = (told[row.id] for row in rows)
    _put(
        connection,
        rows,
        (
            Analysed(pairs_of(title, title_roots), pairs_of(body, body_roots))
            for title, body, title_roots, body_roots in texts
        ),
    )
    index_articles(connection, [key for key in ids if key not in told])


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
            found[row.article_id] = row.row, zstd.decompress(row.words).decode()
        except (TornWords, ValueError, TypeError):
            found[row.article_id] = row.row, ""
    return found


def words_of(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the words of the articles that are there, parted by spaces, by column of the index."""
    rows = connection.execute(_CHOSEN, {"ids": ids}).all()
    analysed = zip(rows, _analysed(connection, rows), strict=True)
    return {row.id: _columns(words) for row, words in analysed}


def differing(connection: Connection, ids: Sequence[int]) -> dict[int, bool]:
    """Tell of each article whether the index holds other words, or another group, than its row."""
    rows = connection.execute(_CHOSEN, {"ids": ids}).all()
    groups = known_groups(connection, rows)
    analysed = list(zip(rows, _analysed(connection, rows), strict=True))
    if connection.dialect.name == "sqlite":
        kept = kept_words(connection, ids)
        return {
            row.id: kept.get(row.id)
            != (index_row(row.id, groups.get(row.id, 0)), "\n".join(_columns(words).values()))
            for row, words in analysed
        }
    told = [_on_postgresql(row, groups.get(row.id, 0), words) for row, words in analysed]
    return {each["id"]: connection.scalar(_SAME, each) is None for each in told}


def _analysed(
    connection: Connection, rows: Sequence[AnyRow], story_keys: Keys | None = None
) -> Iterator[Analysed]:
    """Return the words of articles: title; dateline, paragraphs, captions and tags.

    The keys of their stories are put into `story_keys`, one article after the other: what has just
    been parted is nearer to the processor than what was parted before others.
    """
    keys = {"keys": [row.extraction_id for row in rows]}
    beside: defaultdict[int, list[list[str]]] = defaultdict(list)
    for query in (CAPTIONS, TAGS):
        for extraction, shown in connection.execute(query, keys):
            beside[extraction].append(parted(shown or ""))

    def words_in(row: AnyRow) -> Analysed:
        wording, around = Wording(row.body.split("\n\n")), beside[row.extraction_id]
        if story_keys is not None:
            story_keys[row.id] = wording.keys
        return analyse(row.title, [parted(row.dateline or ""), *wording.words, *around])

    return map(words_in, rows)


def _add(connection: Connection, rows: Sequence[AnyRow], story_keys: Keys | None = None) -> None:
    _put(connection, rows, _analysed(connection, rows, story_keys))


def _put(connection: Connection, rows: Sequence[AnyRow], analysed: Iterator[Analysed]) -> None:
    """Put the words of articles into the index."""
    if not rows:
        return
    note(connection, [row.id for row in rows])
    groups = groups_of(connection, rows)
    articles = zip(rows, analysed, strict=True)
    if connection.dialect.name == "sqlite":
        shown, kept = [], []
        for row, words in articles:
            columns, place = tuple(_columns(words).values()), index_row(row.id, groups[row.id])
            shown.append((place, *columns))
            kept.append((row.id, place, _packed(columns)))
        connection.exec_driver_sql(_ADD_SQLITE, shown)
        connection.exec_driver_sql(_KEEP, kept)
        return
    ids = {"ids": [row.id for row in rows]}
    count, length = connection.execute(_SUMS, ids).one()
    if count:
        connection.execute(_DROP_TERMS, ids)
    lengths = [-length]

    def added() -> Iterator[tuple[Any, ...]]:
        for row, words in articles:
            told = _on_postgresql(row, groups[row.id], words)
            lengths.append(told["length"])
            yield tuple(told.values())

    connection.exec_driver_sql(_ADD_POSTGRESQL, (added(),))
    # Last in the transaction: other writers wait for this row until it ends.
    connection.execute(_COUNT, {"more": len(rows) - count, "longer": sum(lengths)})


def _on_postgresql(row: AnyRow, group: int, words: Analysed) -> dict[str, Any]:
    at = row.published_at
    return {
        "id": row.id,
        "published": None if at is None else (at - _EPOCH) // _TICK,
        "group": group,
        "length": length_of(words),
        "terms": terms_of(words),
    }


def _forget_words(connection: Connection, ids: Sequence[int]) -> None:
    """Take the words of articles out of SQLite's index, those that are there."""
    kept = connection.execute(_KEPT, {"ids": ids}).all()
    if kept:
        connection.execute(_FORGET, [_unpacked(row.row, row.words) for row in kept])


def _columns(article: Analysed) -> dict[str, str]:
    """Return the columns of SQLite's index, in the order of COLUMNS."""
    (title, title_roots), (body, body_roots) = map(texts_of, article)
    return dict(zip(COLUMNS, (title, body, title_roots, body_roots), strict=True))


def _packed(columns: Sequence[str]) -> bytes:
    # Packed more, or by zlib, they take longer and are no smaller.
    return zstd.compress("\n".join(columns).encode(), 1)


def _unpacked(row: int, words: bytes) -> dict[str, Any]:
    parts = zstd.decompress(words).decode().split("\n")
    return {"row": row, **dict(zip(COLUMNS, parts, strict=True))}
