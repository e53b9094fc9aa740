"""What the migrations make is what the code has for its tables, on each database."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from antara_crawler.archive import Archive
from antara_crawler.archive.tables import Base


def is_known(thing: object, name: str | None, kind: str, reflected: bool, *_: object) -> bool:
    """The index is no table of SQLAlchemy's, and SQLite makes some of its own beside it."""
    return not (kind == "table" and reflected and str(name).startswith("search_index"))


def index_of(connection: Connection) -> list[tuple[str, ...]]:
    """What the search index is made of, as the database describes it."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE name LIKE 'search_index%' ORDER BY name"
        found = connection.execute(text(query))
        return [(row.name, " ".join(str(row.sql).split())) for row in found]
    about = inspect(connection)
    columns = [f"{each['name']} {each['type']}" for each in about.get_columns("search_index")]
    keys = [str(each) for each in about.get_foreign_keys("search_index")]
    indexes = sorted(str(each) for each in about.get_indexes("search_index"))
    return [tuple(columns), tuple(keys), tuple(indexes)]


def test_a_new_archive_has_the_tables_that_the_code_knows(archive: Archive) -> None:
    options = {"include_object": is_known, "version_table": "archive_version"}
    with archive.reading() as connection:
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, Base.metadata)
    assert differences == []


def test_an_index_made_anew_is_made_as_the_migrations_make_it(archive: Archive) -> None:
    with archive.reading() as connection:
        migrated = index_of(connection)
    archive.rebuild_index()
    with archive.reading() as connection:
        assert index_of(connection) == migrated


def test_a_key_to_another_table_ends_in_id() -> None:
    keys = [key.parent for table in Base.metadata.tables.values() for key in table.foreign_keys]
    assert [str(key) for key in keys if not key.name.endswith("_id")] == []
