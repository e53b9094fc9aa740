"""The tables of the first version."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import (
    JSON,
    Column,
    Date,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
    text,
)

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def _key(table: str, column: str, other: str, later: bool = False) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, use_alter=later)


def upgrade() -> None:
    _articles()
    _ledger_of_runs_and_pages()
    _texts()
    _captures_and_cursors()
    _parts_of_extractions()
    for table, *columns in (
        ("articles", "portal", "published_at"),
        ("articles", "published_at"),
        ("articles", "published_on"),
        ("articles", "section_key", "published_at"),
        ("runs", "portal", "started_at"),
        ("pages", "article"),
        ("pages", "portal", "next_attempt_at"),
        ("pages", "state"),
        ("captures", "first_part_id"),
        ("captures", "page_id"),
        ("captures", "revision_id"),
        ("listing_cursors", "listing"),
        ("authors", "key"),
        ("bylines", "author"),
        ("tags", "key"),
        ("extraction_tags", "tag"),
    ):
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
    # Tables that point at each other: SQLite has these keys from the start, and cannot add them.
    if op.get_bind().dialect.name != "sqlite":
        for table, column, other in (
            ("articles", "extraction_id", "extractions"),
            ("articles", "capture_id", "captures"),
            ("extractions", "capture_id", "captures"),
        ):
            op.create_foreign_key(f"fk_{table}_{column}_{other}", table, other, [column], ["id"])


def _articles() -> None:
    op.create_table(
        "articles",
        Column("id", ID, primary_key=True),
        Column("portal", CODE, nullable=False),
        Column("kind", CODE, nullable=False),
        Column("article_id", ID),
        Column("import_key", String(64)),
        Column("url", Text()),
        Column("title", Text()),
        Column("body", Text(), nullable=False),
        Column("dateline", Text()),
        Column("section", Text()),
        Column("section_key", Text()),
        Column("language", CODE, nullable=False),
        Column("copyright", Text()),
        Column("rights", Text()),
        Column("published_at", TIME),
        Column("published_offset", ID),
        Column("published_on", Date()),
        Column("modified_at", TIME),
        Column("modified_offset", ID),
        Column("revision", ID, nullable=False),
        Column("extraction_id", ID),
        Column("capture_id", ID),
        Column("first_seen_at", TIME, nullable=False),
        Column("last_seen_at", TIME, nullable=False),
        Column("gone_at", TIME),
        _key("articles", "capture_id", "captures", later=True),
        _key("articles", "extraction_id", "extractions", later=True),
        UniqueConstraint("import_key", name="uq_articles_import_key"),
        UniqueConstraint("portal", "kind", "article_id", name="uq_articles_portal_kind_article_id"),
    )


def _ledger_of_runs_and_pages() -> None:
    op.create_table(
        "runs",
        Column("id", ID, primary_key=True),
        Column("portal", CODE),
        Column("command", CODE, nullable=False),
        Column("arguments", JSON(), nullable=False),
        Column("started_at", TIME, nullable=False),
        Column("finished_at", TIME),
        Column("status", CODE, nullable=False),
        Column("exit_status", ID),
        Column("counts", JSON(), nullable=False),
        Column("pid", ID, nullable=False),
        Column("host", Text(), nullable=False),
        Column("software", Text(), nullable=False),
    )
    op.create_table(
        "pages",
        Column("id", ID, primary_key=True),
        Column("portal", CODE, nullable=False),
        Column("role", CODE, nullable=False),
        Column("url", Text(), nullable=False),
        Column("kind", CODE),
        Column("number", ID),
        Column("state", CODE, nullable=False),
        Column("discovered_at", TIME, nullable=False),
        Column("discovered_in", ID),
        Column("published_at", TIME),
        Column("attempts", ID, nullable=False),
        Column("failing_since", TIME),
        Column("last_status", ID),
        Column("last_error", Text()),
        Column("last_attempt_at", TIME),
        Column("next_attempt_at", TIME),
        Column("stored_at", TIME),
        Column("etag", Text()),
        Column("last_modified", Text()),
        Column("article", ID),
        _key("pages", "article", "articles"),
        _key("pages", "discovered_in", "runs"),
        UniqueConstraint("portal", "kind", "number", name="uq_pages_portal_kind_number"),
    )
    op.create_index(
        "uq_pages_portal_role_url",
        "pages",
        ["portal", "role", "url"],
        unique=True,
        sqlite_where=text("number IS NULL"),
        postgresql_where=text("number IS NULL"),
    )


def _texts() -> None:
    op.create_table(
        "revisions",
        Column("id", ID, primary_key=True),
        Column("article", ID, nullable=False),
        Column("number", ID, nullable=False),
        Column("fingerprint", String(64), nullable=False),
        Column("first_seen_at", TIME, nullable=False),
        Column("last_seen_at", TIME, nullable=False),
        _key("revisions", "article", "articles"),
        UniqueConstraint("article", "number", name="uq_revisions_article_number"),
    )
    op.create_table(
        "extractions",
        Column("id", ID, primary_key=True),
        Column("revision", ID, nullable=False),
        Column("number", ID, nullable=False),
        Column("software", Text(), nullable=False),
        Column("template", Text(), nullable=False),
        Column("fingerprint", String(64), nullable=False),
        Column("digest", String(64), nullable=False),
        Column("extracted_at", TIME, nullable=False),
        Column("capture_id", ID),
        Column("url", Text()),
        Column("title", Text()),
        Column("dateline", Text()),
        Column("dateline_text", Text()),
        Column("paragraphs", JSON(), nullable=False),
        Column("published_at", TIME),
        Column("published_offset", ID),
        Column("modified_at", TIME),
        Column("modified_offset", ID),
        Column("section", Text()),
        Column("language", CODE, nullable=False),
        Column("copyright", Text()),
        Column("rights", Text()),
        _key("extractions", "capture_id", "captures", later=True),
        _key("extractions", "revision", "revisions"),
        UniqueConstraint("revision", "number", name="uq_extractions_revision_number"),
    )


def _captures_and_cursors() -> None:
    op.create_table(
        "captures",
        Column("id", ID, primary_key=True),
        Column("run", ID),
        Column("portal", CODE),
        Column("role", CODE, nullable=False),
        Column("url", Text(), nullable=False),
        Column("page_id", ID),
        Column("revision_id", ID),
        Column("extraction_id", ID),
        Column("part", ID, nullable=False),
        Column("first_part_id", ID),
        Column("status", ID, nullable=False),
        Column("captured_at", TIME, nullable=False),
        Column("file", CODE, nullable=False),
        Column("offset", ID, nullable=False),
        Column("length", ID, nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("payload_sha256", String(64), nullable=False),
        Column("etag", Text()),
        Column("last_modified", Text()),
        _key("captures", "extraction_id", "extractions"),
        _key("captures", "first_part_id", "captures"),
        _key("captures", "page_id", "pages"),
        _key("captures", "revision_id", "revisions"),
        _key("captures", "run", "runs"),
        UniqueConstraint("file", "offset", name="uq_captures_file_offset"),
    )
    op.create_table(
        "listing_cursors",
        Column("id", ID, primary_key=True),
        Column("listing", ID, nullable=False),
        Column("run", ID),
        Column("started_at", TIME, nullable=False),
        Column("since", TIME),
        Column("reached_url", Text()),
        Column("reached_at", TIME),
        Column("pages", ID, nullable=False),
        Column("doubts", ID, nullable=False),
        Column("closed_at", TIME),
        _key("listing_cursors", "listing", "pages"),
        _key("listing_cursors", "run", "runs"),
    )
    op.create_table(
        "sightings",
        Column("listing", ID, nullable=False),
        Column("page", ID, nullable=False),
        Column("cursor", ID, nullable=False),
        _key("sightings", "listing", "pages"),
        _key("sightings", "page", "pages"),
        _key("sightings", "cursor", "listing_cursors"),
        PrimaryKeyConstraint("listing", "page", name="pk_sightings"),
    )


def _parts_of_extractions() -> None:
    for table in ("authors", "tags"):
        op.create_table(
            table,
            Column("id", ID, primary_key=True),
            Column("name", Text(), nullable=False),
            Column("key", Text(), nullable=False),
            UniqueConstraint("name", name=f"uq_{table}_name"),
        )
    _part(
        "bylines",
        Column("role", CODE, nullable=False),
        Column("author", ID, nullable=False),
        _key("bylines", "author", "authors"),
        key=("extraction", "role", "position"),
    )
    _part(
        "extraction_tags", Column("tag", ID, nullable=False), _key("extraction_tags", "tag", "tags")
    )
    _part("pictures", *(Column(name, Text()) for name in ("url", "caption", "credit")))
    _part("related_links", Column("title", Text(), nullable=False), Column("url", Text()))
    _part(
        "removed_paragraphs",
        Column("repeats", ID, nullable=False),
        Column("text", Text(), nullable=False),
        Column("reason", Text(), nullable=False),
    )


def _part(
    table: str,
    *columns: Column[Any] | sa.ForeignKeyConstraint,
    key: tuple[str, ...] = ("extraction", "position"),
) -> None:
    op.create_table(
        table,
        Column("extraction", ID, nullable=False),
        Column("position", ID, autoincrement=False, nullable=False),
        *columns,
        _key(table, "extraction", "extractions"),
        PrimaryKeyConstraint(*key, name=f"pk_{table}"),
    )
