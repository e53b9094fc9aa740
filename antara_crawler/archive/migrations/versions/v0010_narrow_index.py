"""PostgreSQL's search index without the column of title words: rows that are soon visited."""

from alembic import op

revision = "v0010"
down_revision = "v0009"


def upgrade() -> None:
    """Drop the column; the search says that the index is outdated until it is made anew."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE IF EXISTS search_index DROP COLUMN IF EXISTS title")
        op.execute("ALTER TABLE IF EXISTS search_index SET (toast_tuple_target = 128)")
