"""Why pages failed, why runs ended and what to do next; what was removed; dates as known."""

import sqlalchemy as sa
from alembic import op

from antara_crawler.archive.index import search_index

revision = "0003"
down_revision = "0002"

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

# Hours that a portal's clock is ahead of UTC, where it is not Jakarta's: as portals.toml had them.
CLOCKS = {
    8: (
        "kalsel",
        "kaltim",
        "kaltara",
        "bali",
        "mataram",
        "kupang",
        "makassar",
        "sulteng",
        "sultra",
        "manado",
        "gorontalo",
        "kl",
    ),
    9: ("ambon", "papua", "papuatengah", "papuabarat"),
}


def upgrade() -> None:
    op.add_column("pages", sa.Column("cause", CODE))
    op.add_column("pages", sa.Column("missed_at", sa.DateTime(timezone=True)))
    op.add_column("pages", sa.Column("deaths", ID, nullable=False, server_default="0"))
    op.add_column("runs", sa.Column("why", sa.Text()))
    op.add_column("runs", sa.Column("what_next", sa.Text()))
    op.execute(
        "UPDATE pages SET cause = CASE"
        " WHEN last_error LIKE 'Forbidden%' THEN 'forbidden'"
        " WHEN state = 'unreadable' THEN 'unknown_form'"
        " WHEN last_status IS NULL THEN 'no_answer' ELSE 'refused' END"
        " WHERE state IN ('failed', 'unreadable', 'given_up')"
    )
    op.add_column("extractions", sa.Column("published_text", sa.Text()))
    op.add_column("extractions", sa.Column("published_note", sa.Text()))
    op.add_column("extractions", sa.Column("left_out_digest", sa.String(64)))
    op.create_table(
        "left_out",
        sa.Column("extraction", ID, nullable=False),
        sa.Column("position", ID, autoincrement=False, nullable=False),
        sa.Column("behind", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction"], ["extractions.id"], name="fk_left_out_extraction_extractions"
        ),
        sa.PrimaryKeyConstraint("extraction", "position", name="pk_left_out"),
    )
    op.create_table(
        "origin",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("articles", CODE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_origin"),
    )
    op.create_table(
        "takedowns",
        sa.Column("id", ID, primary_key=True),
        sa.Column("portal", CODE, nullable=False),
        sa.Column("kind", CODE),
        sa.Column("number", ID),
        sa.Column("import_key", sa.String(64)),
        sa.Column("reason", sa.Text()),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("done_at", TIME),
    )
    op.create_index("ix_takedowns_portal_kind_number", "takedowns", ["portal", "kind", "number"])
    op.create_table(
        "waits",
        sa.Column("portal", CODE, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("portal", name="pk_waits"),
    )
    op.create_index("ix_revisions_fingerprint", "revisions", ["fingerprint"])
    _dates()
    _cursors()
    _search()


def _dates() -> None:
    """Say between which moments a page was published; count days on the portal's own clock."""
    for name in ("earliest_at", "latest_at"):
        op.add_column("pages", sa.Column(name, sa.DateTime(timezone=True)))
    # Stored pages have their own date. Others may have that of their last change instead, which
    # is later: it says only when they were published at the latest.
    op.execute("UPDATE pages SET earliest_at = published_at WHERE state = 'stored'")
    op.execute("UPDATE pages SET latest_at = published_at")
    op.execute(
        "UPDATE pages SET state = 'queued' WHERE state = 'out_of_range' AND last_attempt_at IS NULL"
    )
    elsewhere = {name: hours for hours, names in CLOCKS.items() for name in names}
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for hours in (7, *CLOCKS):
        day = (
            f"date(published_at, '+{hours} hours')"
            if on_sqlite
            else f"CAST(published_at AT TIME ZONE 'UTC' + interval '{hours} hours' AS date)"
        )
        names = ", ".join(f"'{name}'" for name in CLOCKS.get(hours, elsewhere))
        which = f"portal IN ({names})" if hours in CLOCKS else f"portal NOT IN ({names})"
        op.execute(
            f"UPDATE articles SET published_on = {day}"
            f" WHERE {which} AND published_at IS NOT NULL AND published_on <> {day}"
        )


def _cursors() -> None:
    """Open again the cursors that were closed by a page that may have been a fault."""
    op.add_column("listing_cursors", sa.Column("doubted_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE listing_cursors SET closed_at = NULL, doubts = 0 WHERE doubts > 0")


def _search() -> None:
    """Make the search index anew, of the articles that are there: last, it reads their rows."""
    for name in ("articles", "length"):
        op.add_column("search_state", sa.Column(name, ID, nullable=False, server_default="0"))
    op.create_table(
        "search_groups",
        sa.Column("id", ID, primary_key=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("section", sa.Text()),
        sa.Column("year", ID),
        sa.UniqueConstraint("key", name="uq_search_groups_key"),
    )
    search_index.make(op.get_bind())
