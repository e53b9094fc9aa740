"""A new archive, and one of the first tables, get what the code has for its tables."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from antara_crawler.archive import Archive, schema
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


def differences(archive: Archive) -> list[object]:
    """Where the tables of an archive are others than those of the code."""
    options = {"include_object": is_known, "version_table": "archive_version"}
    with archive.reading() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return compare_metadata(context, Base.metadata)


def test_a_new_archive_has_the_tables_that_the_code_knows(archive: Archive) -> None:
    assert differences(archive) == []


def test_an_archive_of_the_first_tables_is_brought_to_those_of_the_code(archive_url: str) -> None:
    # Red where the tables were changed without a migration.
    engine = create_engine(archive_url)
    with engine.begin() as connection:
        tables = Path(__file__).parent / "schema" / f"v0009.{engine.dialect.name}.sql"
        for statement in tables.read_text("utf-8").splitlines():
            connection.exec_driver_sql(statement)
        for statement in (
            "CREATE TABLE archive_version (version_num VARCHAR(32) PRIMARY KEY)",
            "INSERT INTO archive_version VALUES ('v0009')",
        ):
            connection.exec_driver_sql(statement)
    engine.dispose()
    with Archive.open(archive_url) as archive:
        assert differences(archive) == []


def test_versions_are_known_by_the_names_of_their_files() -> None:
    scripts = ScriptDirectory(str(schema.MIGRATIONS))
    assert schema.newest() == scripts.get_current_head()
    for each in scripts.walk_revisions():
        assert Path(each.path).name.startswith(f"{each.revision}_")


def test_an_index_made_anew_is_made_as_that_of_a_new_archive(archive: Archive) -> None:
    with archive.reading() as connection:
        made = index_of(connection)
    archive.rebuild_index()
    with archive.reading() as connection:
        assert index_of(connection) == made


def test_a_key_to_another_table_ends_in_id() -> None:
    keys = [key.parent for table in Base.metadata.tables.values() for key in table.foreign_keys]
    assert [str(key) for key in keys if not key.name.endswith("_id")] == []
