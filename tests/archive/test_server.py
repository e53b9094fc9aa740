"""A PostgreSQL server is met as it is: its habits, its limits, its going and coming back."""

import psycopg
import pytest
from sqlalchemy import Connection, func, select, text

from antara_crawler.archive import Archive, Writer, export_records, runs, schema
from antara_crawler.archive.tables.crawl import Runs
from antara_crawler.errors import NotWritable, UsageError
from tests.archive.samples import START, article, start_run
from tests.postgres import PostgresServer, conninfo, cut_all_connections


@pytest.mark.parametrize("password", ["secret", "secret%20%25%40%2F"])
def test_a_server_that_does_not_answer_is_named_without_its_password(password: str) -> None:
    with pytest.raises(NotWritable, match=r"127\.0\.0\.1:1/news cannot be reached") as caught:
        Archive.open(f"postgresql://user:{password}@127.0.0.1:1/news")
    assert caught.value.transient
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_database_that_the_server_does_not_have_is_named(postgres_url: str) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        Archive.open(postgres_url.replace("/archive_", "/missing_"), create=True)


@pytest.mark.parametrize(
    ("guest", "said", "waits"),
    [
        ("CONNECTION LIMIT 0", "takes no more connections: end some", True),
        ("CONNECTION LIMIT 9", "no schema for the archive: make one", False),
    ],
)
def test_a_server_that_has_no_place_for_an_archive_is_told_with_the_mend(
    postgres_url: str, guest: str, said: str, waits: bool
) -> None:
    with psycopg.connect(conninfo(postgres_url), autocommit=True) as server:
        server.execute(f"CREATE ROLE guest LOGIN {guest}")
        server.execute("ALTER ROLE guest SET search_path = nowhere")
        try:
            with pytest.raises(NotWritable, match=said) as caught:
                Archive.open(postgres_url.replace("//antara@", "//guest@"), create=True)
            assert caught.value.transient is waits
        finally:
            server.execute("DROP ROLE guest")


def test_a_connection_that_is_cut_while_an_archive_is_opened_is_no_wrong_address(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Archive.open(postgres_url, create=True).close()
    ask = schema.version

    def cut(connection: Connection) -> str | None:
        cut_all_connections(postgres_url)
        return ask(connection)

    monkeypatch.setattr(schema, "version", cut)
    with pytest.raises(NotWritable) as caught:
        Archive.open(postgres_url)
    assert caught.value.transient


def test_an_address_that_asks_for_what_there_is_not_is_refused(postgres_url: str) -> None:
    with pytest.raises(UsageError, match='invalid connection option "hots"'):
        Archive.open(f"{postgres_url}&hots=1")


def test_a_plain_postgresql_address_uses_psycopg_3(postgres_url: str) -> None:
    plain = postgres_url.replace("postgresql+psycopg", "postgresql")
    with Archive.open(plain, create=True) as archive:
        assert archive.engine.dialect.driver == "psycopg"


def test_a_database_that_cannot_keep_all_letters_is_refused(postgres_url: str) -> None:
    with Archive.open(postgres_url, create=True) as archive, archive.unbound.connect() as server:
        made = "ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        server.exec_driver_sql(f"CREATE DATABASE archive_latin {made}")
        url = archive.url.set(database="archive_latin")
        try:
            with pytest.raises(UsageError, match="LATIN1"):
                Archive.open(url, create=True)
        finally:
            server.exec_driver_sql("DROP DATABASE archive_latin WITH (FORCE)")


def test_a_server_with_other_forms_and_habits_is_asked_for_ours(postgres_url: str) -> None:
    ours = {
        "default_transaction_isolation": ("serializable", "read committed"),
        "synchronous_commit": ("off", "on"),
        "idle_in_transaction_session_timeout": ("7", "0"),
    }
    theirs = {name: habit for name, (habit, _) in ours.items()}
    theirs |= {"datestyle": "SQL, DMY", "client_encoding": "LATIN1"}
    with Archive.open(postgres_url, create=True) as archive, archive.unbound.connect() as server:
        for setting, value in theirs.items():
            name = archive.url.database
            server.exec_driver_sql(f"ALTER DATABASE \"{name}\" SET {setting} = '{value}'")
    with Archive.open(postgres_url) as archive:
        for setting, (_, wanted) in ours.items():
            assert archive.value(select(func.current_setting(setting))) == wanted
        run = start_run(archive, START)
        assert archive.value(select(Runs.started_at).where(Runs.id == run)) == START
        assert archive.value(select(func.concat("“ṣ”", ""))) == "“ṣ”"


def test_options_in_a_postgresql_address_are_kept(postgres_url: str) -> None:
    wanted = f"{postgres_url}&options=-c%20work_mem%3D7MB"
    with Archive.open(wanted, create=True) as archive, archive.reading() as connection:
        assert connection.scalar(text("SHOW work_mem")) == "7MB"
        assert connection.scalar(text("SHOW timezone")) == "UTC"


def test_a_server_that_restarts_is_met_again_at_the_next_call(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    with Archive.open(postgres_url, create=True) as archive:
        run = start_run(archive)
        writer = Writer(archive, "test 1")
        writer.write([article(1)], run)
        postgres_server.restart()
        assert [each.outcome for each in writer.write([article(2)], run)] == ["new"]
        postgres_server.stop()
        try:
            with pytest.raises(NotWritable) as caught:
                writer.write([article(3)], run)
            assert caught.value.transient
            assert "\n" not in str(caught.value)
        finally:
            postgres_server.start()
        assert [each.outcome for each in writer.write([article(3)], run)] == ["new"]
        assert len(list(export_records(archive))) == 3


def test_a_server_that_stops_in_mid_transaction_keeps_none_of_it(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    with Archive.open(postgres_url, create=True) as archive:
        with pytest.raises(NotWritable) as caught, archive.writing() as connection:
            connection.execute(
                text(
                    "INSERT INTO runs (command, arguments, started_at, status, counts, pid, host,"
                    " software) VALUES ('crawl', '{}', now(), 'running', '{}', 1, '', '')"
                )
            )
            postgres_server.restart()
            connection.execute(text("SELECT 1"))
        assert caught.value.transient
        assert runs.last(archive) == []


def test_a_statement_that_the_server_cuts_off_is_told_with_the_mend(postgres_url: str) -> None:
    with Archive.open(postgres_url, create=True) as archive:
        with (
            pytest.raises(NotWritable, match="raise its statement_timeout") as caught,
            archive.reading() as connection,
        ):
            connection.exec_driver_sql("SET LOCAL statement_timeout = 1")
            connection.exec_driver_sql("SELECT pg_sleep(60)")
        assert caught.value.transient
