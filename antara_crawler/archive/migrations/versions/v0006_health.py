"""What went wrong, since when, until when, and whether somebody was told."""

import sqlalchemy as sa
from alembic import op

revision = "v0006"
down_revision = "v0005"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "health_findings",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("portal", CODE, nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("what", "what_next")),
        *(sa.Column(name, TIME, nullable=False) for name in ("first_seen_at", "last_seen_at")),
        *(
            sa.Column(name, TIME, nullable=True)
            for name in ("over_at", "noticed_at", "end_noticed_at")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_health_findings"),
    )
    op.create_index("ix_health_findings_over_at", "health_findings", ["over_at"])
