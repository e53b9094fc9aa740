"""Why a page failed, and why a run ended as it did and what to do next."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("pages", sa.Column("cause", CODE))
    op.add_column("runs", sa.Column("why", sa.Text()))
    op.add_column("runs", sa.Column("what_next", sa.Text()))
