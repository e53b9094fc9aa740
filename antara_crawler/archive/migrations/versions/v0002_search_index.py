"""What a search reads of articles, and what made its index, which 0003 makes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, Text

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_index(
        "ix_articles_search",
        "articles",
        [
            "id",
            "portal",
            "section_key",
            "section",
            "published_on",
            "published_at",
            "extraction_id",
        ],
    )
    op.create_table(
        "search_state",
        Column("id", ID, autoincrement=False, nullable=False),
        Column("software", Text(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_search_state"),
    )
