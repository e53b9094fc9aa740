"""The search index, made of the articles that are there."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, Text

from antara_crawler.archive import search_index

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
    search_index.make(op.get_bind())
