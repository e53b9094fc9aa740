"""What became of articles, the stories that several tell, whose captures are whose."""

import sqlalchemy as sa
from alembic import op

revision = "v0003"
down_revision = "v0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("captures", sa.Column("source", sa.Text()))
    op.create_table(
        "changes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("event", CODE, nullable=False),
        sa.Column("happened_at", TIME, nullable=False),
        sa.Column("before_at", TIME),
        sa.Column("confirmed_at", TIME),
        sa.Column("from_revision_id", ID),
        sa.Column("to_revision_id", ID),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_changes_article_id_articles"
        ),
        sa.ForeignKeyConstraint(
            ["from_revision_id"], ["revisions.id"], name="fk_changes_from_revision_id_revisions"
        ),
        sa.ForeignKeyConstraint(
            ["to_revision_id"], ["revisions.id"], name="fk_changes_to_revision_id_revisions"
        ),
        sa.UniqueConstraint(
            "article_id", "event", "happened_at", name="uq_changes_article_id_event_happened_at"
        ),
    )
    op.create_index("ix_changes_happened_at_id", "changes", ["happened_at", "id"])
    op.create_index("ix_changes_from_revision_id", "changes", ["from_revision_id"])
    op.create_index("ix_changes_to_revision_id", "changes", ["to_revision_id"])
    op.create_table(
        "stories",
        sa.Column("article_id", ID, nullable=False, autoincrement=False),
        sa.Column("story_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_stories_article_id_articles"
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_stories"),
    )
    op.create_index("ix_stories_story_id", "stories", ["story_id"])
    op.create_table(
        "story_keys",
        sa.Column("key", ID, nullable=False, autoincrement=False),
        sa.Column("slot", sa.SmallInteger(), nullable=False, autoincrement=False),
        sa.Column("article_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("key", "slot", name="pk_story_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recheck_rules",
        sa.Column("portal", CODE, nullable=False),
        sa.Column("ages", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("portal", name="pk_recheck_rules"),
    )
