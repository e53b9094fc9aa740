"""The machine in whose folder a raw record lies, where several write to one archive."""

import sqlalchemy as sa
from alembic import op

revision = "v0008"
down_revision = "v0007"


def upgrade() -> None:
    op.add_column("captures", sa.Column("store", sa.Text(), nullable=True))
