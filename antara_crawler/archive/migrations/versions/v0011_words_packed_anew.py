"""SQLite's search index emptied: the words that it was told are packed by zstd from now on."""

from alembic import op

revision = "v0011"
down_revision = "v0010"


def upgrade() -> None:
    """Empty it; the search says that the index is outdated until it is made anew."""
    if op.get_bind().dialect.name == "sqlite":
        for table in ("search_index", "search_index_words"):
            op.execute(f"DROP TABLE IF EXISTS {table}")
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5("
            "title, body, title_roots, body_roots, content = '', tokenize = 'ascii')"
        )
        op.execute(
            "CREATE TABLE search_index_words ("
            "article_id INTEGER PRIMARY KEY, row INTEGER NOT NULL, words BLOB NOT NULL)"
        )
