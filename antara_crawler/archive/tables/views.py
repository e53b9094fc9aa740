"""Views for other programs: articles with their names in a row, and the search as a table."""

from collections import defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from antara_crawler.portals import portals

_LISTS = {
    "sqlite": "(SELECT group_concat(name, '; ') FROM (SELECT {0} ORDER BY position))",
    "postgresql": "(SELECT string_agg(name, '; ' ORDER BY position) FROM (SELECT {0}) AS found)",
}
_LOCAL = {
    "sqlite": "datetime(a.{0}_at, ({1}) || ' minutes')",
    "postgresql": "(a.{0}_at AT TIME ZONE 'UTC') + make_interval(mins => CAST({1} AS integer))",
}


def make_views(connection: Connection) -> None:
    """Make the views, which are not there yet."""
    listed, local = _LISTS[connection.dialect.name], _LOCAL[connection.dialect.name]
    # An offset of each clock: none of them is put forward in summer.
    clocks: defaultdict[timedelta | None, list[str]] = defaultdict(list)
    for each in portals().values():
        clocks[datetime(2026, 1, 1, tzinfo=ZoneInfo(each.zone)).utcoffset()].append(each.name)
    known = " ".join(
        f"WHEN a.portal IN ({', '.join(map(repr, names))}) THEN {offset // timedelta(minutes=1)}"
        for offset, names in clocks.items()
        if offset is not None
    )

    def names(role: str) -> str:
        return listed.format(
            "n.name, b.position FROM bylines AS b JOIN authors AS n ON n.id = b.author_id"
            f" WHERE b.extraction_id = a.extraction_id AND b.role = '{role}'"
        )

    def on_the_portals_clock(time: str) -> str:
        return local.format(time, f"CASE {known} ELSE coalesce(a.{time}_offset, 0) END")

    tags = listed.format(
        "t.name, e.position FROM extraction_tags AS e JOIN tags AS t ON t.id = e.tag_id"
        " WHERE e.extraction_id = a.extraction_id"
    )
    connection.exec_driver_sql(
        f"""CREATE VIEW articles_flat AS SELECT
            a.id, a.portal, a.kind, a.article_id, a.url, a.title, a.dateline, a.body, a.section,
            {names("reporter")} AS reporters, {names("editor")} AS editors,
            {names("uploader")} AS uploaders, {tags} AS tags,
            {on_the_portals_clock("published")} AS published_local,
            {on_the_portals_clock("modified")} AS modified_local,
            a.published_on, a.published_at, a.modified_at, a.language, a.copyright, a.rights,
            a.revision, a.first_seen_at, a.last_seen_at, a.gone_at
        FROM articles AS a"""
    )
    if connection.dialect.name == "sqlite":
        # With columns of these names Datasette searches it as it does tables of FTS5.
        connection.exec_driver_sql(
            """CREATE VIEW articles_search AS
            SELECT rowid >> 24 AS rowid, search_index AS articles_search, rank FROM search_index"""
        )
