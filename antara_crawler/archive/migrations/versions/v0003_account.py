"""Why pages failed, why runs ended and what to do next; what was removed, what articles are of."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("pages", sa.Column("cause", CODE))
    op.add_column("pages", sa.Column("missed_at", sa.DateTime(timezone=True)))
    op.add_column("pages", sa.Column("deaths", ID, nullable=False, server_default="0"))
    op.add_column("runs", sa.Column("why", sa.Text()))
    op.add_column("runs", sa.Column("what_next", sa.Text()))
    op.execute(
        "UPDATE pages SET cause = CASE"
        " WHEN last_error LIKE 'Forbidden%' THEN 'forbidden'"
        " WHEN state = 'unreadable' THEN 'unknown_form'"
        " WHEN last_status IS NULL THEN 'no_answer' ELSE 'refused' END"
        " WHERE state IN ('failed', 'unreadable', 'given_up')"
    )
    op.add_column("extractions", sa.Column("published_text", sa.Text()))
    op.add_column("extractions", sa.Column("published_note", sa.Text()))
    op.create_table(
        "origin",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("articles", CODE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_origin"),
    )
    op.create_table(
        "takedowns",
        sa.Column("id", ID, primary_key=True),
        sa.Column("portal", CODE, nullable=False),
        sa.Column("kind", CODE),
        sa.Column("number", ID),
        sa.Column("import_key", sa.String(64)),
        sa.Column("reason", sa.Text()),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("done_at", TIME),
    )
    op.create_index("ix_takedowns_portal_kind_number", "takedowns", ["portal", "kind", "number"])
    op.create_table(
        "waits",
        sa.Column("portal", CODE, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("portal", name="pk_waits"),
    )
    op.create_index("ix_revisions_fingerprint", "revisions", ["fingerprint"])
