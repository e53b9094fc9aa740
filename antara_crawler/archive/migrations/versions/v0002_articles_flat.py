"""A view of articles with their names in a row, and the search as a table, for other programs."""

from alembic import op

revision = "v0002"
down_revision = "v0001"

WITA = (
    *("kalsel", "kaltim", "kaltara", "bali", "mataram", "kupang", "makassar", "sulteng"),
    *("sultra", "manado", "gorontalo", "kl"),
)
WIT = ("ambon", "papua", "papuatengah", "papuabarat")
WIB = (
    *("aceh", "sumut", "sumbar", "riau", "kepri", "jambi", "bengkulu", "sumsel", "babel"),
    *("lampung", "banten", "megapolitan", "jabar", "jateng", "jogja", "jatim", "kalbar"),
    "kalteng",
)
LISTS = {
    "sqlite": "(SELECT group_concat(name, '; ') FROM (SELECT {0} ORDER BY position))",
    "postgresql": "(SELECT string_agg(name, '; ' ORDER BY position) FROM (SELECT {0}) AS found)",
}
LOCAL = {
    "sqlite": "datetime(a.{0}_at, (%s) || ' minutes')",
    "postgresql": "(a.{0}_at AT TIME ZONE 'UTC') + make_interval(mins => CAST(%s AS integer))",
}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    listed, local = LISTS[dialect], LOCAL[dialect]

    def names(role: str) -> str:
        return listed.format(
            "n.name, b.position FROM bylines AS b JOIN authors AS n ON n.id = b.author_id"
            f" WHERE b.extraction_id = a.extraction_id AND b.role = '{role}'"
        )

    tags = listed.format(
        "t.name, e.position FROM extraction_tags AS e JOIN tags AS t ON t.id = e.tag_id"
        " WHERE e.extraction_id = a.extraction_id"
    )
    op.execute(
        f"""CREATE VIEW articles_flat AS SELECT
            a.id, a.portal, a.kind, a.article_id, a.url, a.title, a.dateline, a.body, a.section,
            {names("reporter")} AS reporters, {names("editor")} AS editors,
            {names("uploader")} AS uploaders, {tags} AS tags,
            {local.format("published") % _minutes("published")} AS published_local,
            {local.format("modified") % _minutes("modified")} AS modified_local,
            a.published_on, a.published_at, a.modified_at, a.language, a.copyright, a.rights,
            a.revision, a.first_seen_at, a.last_seen_at, a.gone_at
        FROM articles AS a"""
    )
    if dialect == "sqlite":
        # With columns of these names Datasette searches it as it does tables of FTS5.
        op.execute(
            """CREATE VIEW articles_search AS
            SELECT rowid >> 24 AS rowid, search_index AS articles_search, rank FROM search_index"""
        )


def _minutes(time: str) -> str:
    """Return the offset of a portal's clock; of a portal not known here, that of the page."""
    ways = " ".join(
        f"WHEN a.portal IN ({', '.join(map(repr, portals))}) THEN {offset}"
        for portals, offset in ((WIB, 420), (WITA, 480), (WIT, 540))
    )
    return f"CASE {ways} ELSE coalesce(a.{time}_offset, 0) END"
