"""The roads into the past, and numbers that are asked for though nothing named them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint

revision = "v0004"
down_revision = "v0003"

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "pages", Column("guessed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "roads",
        Column("portal", CODE, nullable=False),
        Column("name", CODE, nullable=False),
        Column("works", sa.Boolean(), nullable=False),
        Column("why", sa.Text(), nullable=False),
        Column("asked_at", TIME, nullable=False),
        PrimaryKeyConstraint("portal", "name", name="pk_roads"),
    )
    op.create_table(
        "index_days",
        Column("portal", CODE, nullable=False),
        Column("day", sa.Date(), nullable=False),
        Column("articles", ID, nullable=False),
        Column("read_at", TIME, nullable=False),
        PrimaryKeyConstraint("portal", "day", name="pk_index_days"),
    )
