"""Brings an archive's tables to what this software knows, with Alembic; no settings file."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, MetaData, inspect, text

from antara_crawler.archive.index import index_tables
from antara_crawler.archive.tables import Base
from antara_crawler.archive.tables.views import make_views
from antara_crawler.errors import ArchiveTooNew, NotWritable, UsageError

VERSION_TABLE = "archive_version"
UNFINISHED = "copy of "
"""Begins the version of an archive that is being copied into."""

MIGRATIONS = Path(__file__).parent / "migrations"


def newest() -> str:
    """Return the version that the migrations lead to."""
    return str(ScriptDirectory(str(MIGRATIONS)).get_current_head())


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
            " restore it from a copy"
        )


def refuse_unknown(stored: str, name: str) -> None:
    """Raise ArchiveTooNew when this software does not know the stored version."""
    try:
        ScriptDirectory(str(MIGRATIONS)).get_revision(stored)
    except CommandError:
        raise ArchiveTooNew(
            f"the archive {name} was written by a newer version of this software, or by one before"
            f" 1.1 (its tables are of version {stored}): update antara-crawler, or make the archive"
            " anew from its captures with scrapy rebuild"
        ) from None


def bring_up(connection: Connection, name: str) -> None:
    """Create or upgrade the tables; `connection` holds the writer's lock in a transaction.

    Raises ArchiveTooNew for a version unknown here, UsageError where tables exist that no archive
    made: on a server those of ours, in a file any.
    """
    stored = version(connection)
    # Its lines on each start are of use to developers of migrations only.
    logging.getLogger("alembic.runtime").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
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
    index_tables.clear(connection)
    make_views(connection)
    command.stamp(config, "head")
