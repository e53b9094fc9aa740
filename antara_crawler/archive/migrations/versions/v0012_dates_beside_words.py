"""PostgreSQL's search index emptied: beside the words of an article stands its date."""

from alembic import op

revision = "v0012"
down_revision = "v0011"


def upgrade() -> None:
    """Empty it; the search says that the index is outdated until it is made anew."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TABLE IF EXISTS search_index")
        op.execute(
            "CREATE TABLE search_index ("
            "article_id bigint CONSTRAINT pk_search_index PRIMARY KEY"
            " CONSTRAINT fk_search_index_article_id_articles REFERENCES articles (id),"
            " published bigint,"
            " length integer NOT NULL,"
            " group_id integer NOT NULL,"
            " terms tsvector NOT NULL) WITH (toast_tuple_target = 128)"
        )
        op.execute("CREATE INDEX ix_search_index_terms ON search_index USING gin (terms)")
