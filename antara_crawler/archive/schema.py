"""Brings an archive's tables and views to what this software knows, with Alembic."""

import logging
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, MetaData, inspect, text

from antara_crawler.archive.index import index_tables
from antara_crawler.archive.tables import Base
from antara_crawler.errors import ANEW, ArchiveBusy, ArchiveTooNew, NotWritable, UsageError
from antara_crawler.portals import portals

VERSION_TABLE = "archive_version"
UNFINISHED = "copy of "
"""Begins the version of an archive that is being copied into."""

MIGRATIONS = Path(__file__).parent / "migrations"
_LISTS = {
    "sqlite": "(SELECT group_concat(name, '; ') FROM (SELECT {0} ORDER BY position))",
    "postgresql": "(SELECT string_agg(name, '; ' ORDER BY position) FROM (SELECT {0}) AS found)",
}
_LOCAL = {
    "sqlite": "datetime(a.{0}_at, ({1}) || ' minutes')",
    "postgresql": "(a.{0}_at AT TIME ZONE 'UTC') + make_interval(mins => CAST({1} AS integer))",
}


def newest() -> str:
    """Return the version that the migrations lead to."""
    return max(_known())


def _known() -> set[str]:
    """Return the versions of archives that can be brought up to date: each migration's file."""
    return {path.name.partition("_")[0] for path in MIGRATIONS.glob("versions/v*_*.py")}


def version(connection: Connection) -> str | None:
    """Return the stored version, None where there is no archive."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    value = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    return str(value) if value else None


def refuse_torn(connection: Connection, name: str) -> None:
    """Raise NotWritable when a table is missing of an archive of today's version."""
    missing = set(Base.metadata.tables) - set(inspect(connection).get_table_names())
    if missing:
        raise NotWritable(
            f"the archive {name} is damaged, it has no table {', '.join(sorted(missing))}:"
            f" restore it from a copy, or make it anew: {ANEW}"
        )


def refuse_unknown(stored: str, name: str) -> None:
    """Raise ArchiveTooNew when this software does not know the stored version."""
    if stored not in _known():
        raise ArchiveTooNew(
            f"the archive {name} was written by a newer version of this software, or by one before"
            f" 1.1 (its tables are of version {stored}): update antara-crawler, or make the archive"
            f" anew from its captures: {ANEW}"
        )


def bring_up(connection: Connection, name: str) -> None:
    """Create or upgrade the tables; `connection` holds the writer's lock in a transaction.

    Raises ArchiveBusy while a copy into it begins, ArchiveTooNew for a version unknown here,
    UsageError where tables exist that no archive made: on a server those of ours, in a file any.
    """
    stored = version(connection)
    if stored == newest():
        return
    # A tenth of the time in which a command starts, and few need it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    # Its lines on each start are of use to developers of migrations only.
    logging.getLogger("alembic.runtime").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if stored is not None and stored.startswith(UNFINISHED):  # since its version was asked
        raise ArchiveBusy(f"another process copies into {name}: wait for it")
    if stored is not None:
        refuse_unknown(stored, name)
        command.upgrade(config, "head")
        return
    foreign = set(inspect(connection).get_table_names())
    if connection.dialect.name == "postgresql":
        foreign &= set(Base.metadata.tables)
    if foreign:
        raise UsageError(
            f"{name} holds tables of another program ({', '.join(sorted(foreign))}):"
            " name another database for the archive"
        )
    # Of a copy: keys made apart on PostgreSQL are for good left out of tables made later.
    tables = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.tables.values():
        table.to_metadata(tables)
    tables.create_all(connection, checkfirst=False)
    index_tables.make_tables(connection)
    index_tables.index_tables(connection)
    make_views(connection)
    command.stamp(config, "head")


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
