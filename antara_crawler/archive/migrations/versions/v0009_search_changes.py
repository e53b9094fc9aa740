"""When the words of each article last changed, for an index beside the archive to go by."""

import sqlalchemy as sa
from alembic import op

revision = "v0009"
down_revision = "v0008"


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "search_changes",
        sa.Column("article_id", key, autoincrement=False, nullable=False),
        sa.Column("number", key, nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_search_changes"),
        sa.UniqueConstraint("number", name="uq_search_changes_number"),
    )
    op.execute("INSERT INTO search_changes (article_id, number) SELECT id, id FROM articles")
