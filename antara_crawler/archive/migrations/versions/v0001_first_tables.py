"""The tables of the first version, and the search index of no articles."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import JSON, Column, Date, PrimaryKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

revision = "v0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)
HASH = String(64)

CIRCLE = (
    ("articles", "extraction_id", "extractions"),
    ("articles", "capture_id", "captures"),
    ("extractions", "capture_id", "captures"),
)
"""Keys of tables that point at each other: SQLite has them from the start, and cannot add them."""

INDEXES = {
    "articles": (
        "published_at",
        "portal published_at",
        "section_key published_at",
        "published_on",
    ),
    "revisions": ("fingerprint",),
    "authors": ("key",),
    "bylines": ("author_id",),
    "tags": ("key",),
    "extraction_tags": ("tag_id",),
    "runs": ("portal started_at",),
    "pages": ("article_id", "portal next_attempt_at", "state"),
    "captures": ("page_id", "revision_id", "first_part_id"),
    "takedowns": ("portal kind number",),
    "listing_cursors": ("listing_id",),
}

SEARCH_INDEX = {
    "sqlite": (
        """CREATE VIRTUAL TABLE search_index USING fts5(
            title, body, title_roots, body_roots, content = '', tokenize = 'ascii')""",
        """CREATE TABLE search_index_words (
            article_id INTEGER PRIMARY KEY, row INTEGER NOT NULL, words BLOB NOT NULL)""",
    ),
    "postgresql": (
        """CREATE TABLE search_index (
            article_id bigint CONSTRAINT pk_search_index PRIMARY KEY
                CONSTRAINT fk_search_index_article_id_articles REFERENCES articles (id),
            length integer NOT NULL,
            group_id bigint NOT NULL,
            title tsvector NOT NULL,
            terms tsvector NOT NULL)""",
        "CREATE INDEX ix_search_index_terms ON search_index USING gin (terms)",
        "CREATE INDEX ix_search_index_title ON search_index USING gin (title)",
    ),
}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    _articles()
    _runs_and_pages()
    _texts()
    _captures_and_cursors()
    _parts_of_extractions()
    _search()
    _requests()
    for table, indexes in INDEXES.items():
        for columns in map(str.split, indexes):
            op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
    if dialect != "sqlite":
        for table, column, other in CIRCLE:
            op.create_foreign_key(f"fk_{table}_{column}_{other}", table, other, [column], ["id"])
    for statement in SEARCH_INDEX[dialect]:
        op.execute(statement)


def _columns(kind: TypeEngine[Any], *names: str) -> Iterator[Column[Any]]:
    """Yield columns of one type; what ends in '?' may be empty."""
    for name in names:
        yield Column(name.rstrip("?"), kind, nullable=name.endswith("?"), autoincrement=False)


def _id() -> Column[int]:
    return Column("id", ID, primary_key=True)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    later = (table, column, other) in CIRCLE
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, use_alter=later)


def _unique(table: str, *columns: str) -> UniqueConstraint:
    return UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _articles() -> None:
    op.create_table(
        "articles",
        _id(),
        *_columns(CODE, "portal", "kind", "language"),
        *_columns(ID, "article_id?", "revision", "extraction_id?", "capture_id?"),
        *_columns(HASH, "import_key?"),
        *_columns(Text(), "url?", "title?", "body", "dateline?", "section?", "section_key?"),
        *_columns(Text(), "copyright?", "rights?"),
        *_columns(TIME, "published_at?", "modified_at?", "gone_at?"),
        *_columns(TIME, "first_seen_at", "last_seen_at"),
        *_columns(ID, "published_offset?", "modified_offset?"),
        *_columns(Date(), "published_on?"),
        _key("articles", "capture_id", "captures"),
        _key("articles", "extraction_id", "extractions"),
        _unique("articles", "import_key"),
        _unique("articles", "portal", "kind", "article_id"),
    )
    op.create_index(
        "ix_articles_search",
        "articles",
        [
            *("id", "portal", "section_key", "section", "published_on", "published_at"),
            "extraction_id",
        ],
    )


def _runs_and_pages() -> None:
    op.create_table(
        "runs",
        _id(),
        *_columns(CODE, "portal?", "command", "status"),
        *_columns(JSON(), "arguments", "counts"),
        *_columns(TIME, "started_at", "finished_at?"),
        *_columns(ID, "exit_status?", "pid"),
        *_columns(Text(), "why?", "what_next?", "host", "software"),
    )
    op.create_table(
        "pages",
        _id(),
        *_columns(CODE, "portal", "role", "kind?", "state", "cause?"),
        *_columns(Text(), "url", "last_error?", "etag?", "last_modified?"),
        *_columns(ID, "number?", "discovered_run_id?", "attempts", "last_status?", "article_id?"),
        Column("deaths", ID, nullable=False, server_default="0"),
        *_columns(TIME, "discovered_at", "published_at?", "earliest_at?", "latest_at?"),
        *_columns(TIME, "failing_since?", "missed_at?", "last_attempt_at?", "next_attempt_at?"),
        *_columns(TIME, "stored_at?"),
        _key("pages", "article_id", "articles"),
        _key("pages", "discovered_run_id", "runs"),
        _unique("pages", "portal", "kind", "number"),
    )
    op.create_index(
        "uq_pages_portal_role_url",
        "pages",
        ["portal", "role", "url"],
        unique=True,
        sqlite_where=sa.text("number IS NULL"),
        postgresql_where=sa.text("number IS NULL"),
    )


def _texts() -> None:
    op.create_table(
        "revisions",
        _id(),
        *_columns(ID, "article_id", "number"),
        *_columns(HASH, "fingerprint"),
        *_columns(TIME, "first_seen_at", "last_seen_at"),
        _key("revisions", "article_id", "articles"),
        _unique("revisions", "article_id", "number"),
    )
    op.create_table(
        "extractions",
        _id(),
        *_columns(ID, "revision_id", "number", "capture_id?"),
        *_columns(HASH, "fingerprint"),
        *_columns(CODE, "digest", "left_out_digest?", "language"),
        *_columns(Text(), "software", "template", "url?", "title?", "dateline?", "dateline_text?"),
        *_columns(Text(), "published_text?", "published_note?", "section?", "copyright?"),
        *_columns(Text(), "rights?"),
        *_columns(JSON(), "paragraphs"),
        *_columns(TIME, "extracted_at", "published_at?", "modified_at?"),
        *_columns(ID, "published_offset?", "modified_offset?"),
        _key("extractions", "capture_id", "captures"),
        _key("extractions", "revision_id", "revisions"),
        _unique("extractions", "revision_id", "number"),
    )


def _captures_and_cursors() -> None:
    op.create_table(
        "captures",
        _id(),
        *_columns(CODE, "portal?", "role", "file"),
        *_columns(Text(), "url", "etag?", "last_modified?"),
        *_columns(ID, "run_id?", "page_id?", "revision_id?", "extraction_id?", "first_part_id?"),
        *_columns(ID, "part", "status", "offset", "length"),
        *_columns(TIME, "captured_at"),
        *_columns(HASH, "sha256", "payload_sha256"),
        _key("captures", "run_id", "runs"),
        _key("captures", "page_id", "pages"),
        _key("captures", "revision_id", "revisions"),
        _key("captures", "extraction_id", "extractions"),
        _key("captures", "first_part_id", "captures"),
        _unique("captures", "file", "offset"),
    )
    op.create_table(
        "listing_cursors",
        _id(),
        *_columns(ID, "listing_id", "run_id?", "pages", "doubts"),
        *_columns(TIME, "started_at", "since?", "reached_at?", "doubted_at?", "closed_at?"),
        *_columns(Text(), "reached_url?"),
        _key("listing_cursors", "listing_id", "pages"),
        _key("listing_cursors", "run_id", "runs"),
    )
    op.create_table(
        "sightings",
        *_columns(ID, "listing_id", "page_id", "cursor_id"),
        _key("sightings", "listing_id", "pages"),
        _key("sightings", "page_id", "pages"),
        _key("sightings", "cursor_id", "listing_cursors"),
        PrimaryKeyConstraint("listing_id", "page_id", name="pk_sightings"),
    )
    op.create_table(
        "waits",
        *_columns(CODE, "portal"),
        *_columns(TIME, "until"),
        *_columns(Text(), "reason"),
        PrimaryKeyConstraint("portal", name="pk_waits"),
    )


def _parts_of_extractions() -> None:
    for table in ("authors", "tags"):
        op.create_table(table, _id(), *_columns(Text(), "name", "key"), _unique(table, "name"))
    parts: dict[str, tuple[SchemaItem, ...]] = {
        "bylines": (
            *_columns(CODE, "role"),
            *_columns(ID, "author_id"),
            _key("bylines", "author_id", "authors"),
        ),
        "extraction_tags": (
            *_columns(ID, "tag_id"),
            _key("extraction_tags", "tag_id", "tags"),
        ),
        "pictures": (*_columns(Text(), "url?", "caption?", "credit?"),),
        "related_links": (*_columns(Text(), "title", "url?"),),
        "removed_paragraphs": (*_columns(ID, "repeats"), *_columns(Text(), "text", "reason")),
        "left_out": (*_columns(ID, "behind"), *_columns(Text(), "text", "reason")),
    }
    for table, columns in parts.items():
        key = ("extraction_id", *(["role"] if table == "bylines" else []), "position")
        op.create_table(
            table,
            *_columns(ID, "extraction_id", "position"),
            *columns,
            _key(table, "extraction_id", "extractions"),
            PrimaryKeyConstraint(*key, name=f"pk_{table}"),
        )


def _search() -> None:
    op.create_table(
        "search_state",
        *_columns(ID, "id"),
        *_columns(Text(), "software"),
        *(Column(name, ID, nullable=False, server_default="0") for name in ("articles", "length")),
        PrimaryKeyConstraint("id", name="pk_search_state"),
    )
    op.create_table(
        "search_groups",
        _id(),
        *_columns(Text(), "key", "section?"),
        *_columns(ID, "year?"),
        _unique("search_groups", "key"),
    )


def _requests() -> None:
    op.create_table(
        "origin",
        *_columns(ID, "id"),
        *_columns(CODE, "articles"),
        PrimaryKeyConstraint("id", name="pk_origin"),
    )
    op.create_table(
        "takedowns",
        _id(),
        *_columns(CODE, "portal", "kind?"),
        *_columns(ID, "number?"),
        *_columns(HASH, "import_key?"),
        *_columns(Text(), "reason?", "requested_by"),
        *_columns(TIME, "requested_at", "done_at?"),
    )
