"""The tables of the search index: FTS5 on SQLite, a table of tsvectors on PostgreSQL."""

from sqlalchemy import Connection, delete, insert, select, text

from antara_crawler.archive.index.analysis import software
from antara_crawler.archive.tables.articles import SearchState

TABLES = {
    "sqlite": (
        *("search_index_data", "search_index_idx", "search_index_docsize", "search_index_config"),
        "search_index_words",
    ),
    "postgresql": ("search_index",),
}
"""Where the databases keep the index."""

_SQLITE = (
    # The words are parted and folded already: 'ascii' parts them at the spaces between only.
    """CREATE VIRTUAL TABLE search_index USING fts5(
        title, body, title_roots, body_roots, content = '', tokenize = 'ascii')""",
    # An index without content forgets a row only when told what it was: kept here, compressed,
    # at a third of the size.
    """CREATE TABLE search_index_words (
        article_id INTEGER PRIMARY KEY, row INTEGER NOT NULL, words BLOB NOT NULL)""",
)

_IN_BULK = text(
    # A batch is sorted in memory, and merged half as often: a quarter less to do.
    "INSERT INTO search_index (search_index, rank) VALUES ('automerge', 8), ('hashsize', 2097152)"
)

_POSTGRESQL = (
    """CREATE TABLE search_index (
        article_id bigint CONSTRAINT pk_search_index PRIMARY KEY
            CONSTRAINT fk_search_index_article_id_articles REFERENCES articles (id),
        published bigint,
        length integer NOT NULL,
        group_id integer NOT NULL,
        terms tsvector NOT NULL) WITH (toast_tuple_target = 128)""",
    # To count, or to find the latest, is to visit the rows: their terms lie apart, and 100 rows
    # share a page.
)
_POSTGRESQL_INDEX = (
    "CREATE INDEX IF NOT EXISTS ix_search_index_terms ON search_index USING gin (terms)"
)

_SORT_IN = text(
    "SELECT gin_clean_pending_list(oid) FROM pg_class WHERE relname = 'ix_search_index_terms'"
    " AND pg_table_is_visible(oid) AND pg_has_role(relowner, 'USAGE')"
)

_FORM = {"sqlite": " 5", "postgresql": " 4"}
"""To be raised when the database's own tables hold other things."""


def make_tables(connection: Connection) -> None:
    """Make the tables anew, empty, by today's software, within the caller's transaction.

    PostgreSQL's has no index yet: many rows come in sooner.
    """
    for table in ("search_index", "search_index_words"):
        connection.execute(text(f"DROP TABLE IF EXISTS {table}"))
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.execute(text(statement))
    if connection.dialect.name == "sqlite":
        connection.execute(_IN_BULK)
    connection.execute(delete(SearchState))
    state = {"id": 1, "software": software_of(connection), "articles": 0, "length": 0}
    connection.execute(insert(SearchState), state)


def index_tables(connection: Connection) -> None:
    """Make the index of PostgreSQL's table."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(_POSTGRESQL_INDEX))


def drop_index(connection: Connection) -> None:
    """Let many rows come into PostgreSQL's table, until index_tables()."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP INDEX IF EXISTS ix_search_index_terms"))


def merge(connection: Connection) -> None:
    """Merge all parts: the index is read faster, and SQLite's keeps no word that was deleted."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search_index (search_index) VALUES ('optimize')"))
    sort_in(connection)


def sort_in(connection: Connection) -> None:
    """Sort in what PostgreSQL only lists of the last articles: each search reads that list."""
    if connection.dialect.name == "postgresql":
        connection.execute(_SORT_IN)


def is_current(connection: Connection) -> bool:
    """Tell whether the index holds what today's software finds."""
    return connection.scalar(select(SearchState.software)) == software_of(connection)


def software_of(connection: Connection) -> str:
    """Return what an index is called that today's software made."""
    return software() + _FORM[connection.dialect.name]
