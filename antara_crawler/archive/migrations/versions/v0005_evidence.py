"""How readings compare with what else says the same, and what feeds and cards said of a page."""

import sqlalchemy as sa
from alembic import op

revision = "v0005"
down_revision = "v0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("pages", sa.Column("hints", sa.JSON(none_as_null=True), nullable=True))
    codes = ("portal", "kind", "template", "title", "lead", "time", "section", "body", "filled")
    op.create_table(
        "evidence",
        sa.Column("extraction_id", ID, nullable=False, autoincrement=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("age", ID, nullable=True),
        *(sa.Column(name, CODE, nullable=False) for name in codes),
        *(
            sa.Column(name, ID, nullable=False)
            for name in ("text_size", "left_out_size", "unnamed_size")
        ),
        sa.Column("differences", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["extraction_id"], ["extractions.id"], name="fk_evidence_extraction_id_extractions"
        ),
        sa.PrimaryKeyConstraint("extraction_id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_night", "evidence", ["night"])
