"""What read each article can be asked for: how many were read without a template, and which."""

from alembic import op

revision = "v0007"
down_revision = "v0006"


def upgrade() -> None:
    op.create_index("ix_extractions_template", "extractions", ["template"])
