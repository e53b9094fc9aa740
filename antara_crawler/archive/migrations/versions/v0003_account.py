"""Why a page failed, and why a run ended as it did and what to do next."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("pages", sa.Column("cause", CODE))
    op.add_column("pages", sa.Column("missed_at", sa.DateTime(timezone=True)))
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
