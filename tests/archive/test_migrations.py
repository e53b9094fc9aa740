"""An archive of an older version says the same in today's tables."""

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from antara_crawler.archive import Archive, schema
from antara_crawler.archive.database import make_engine, parse_url
from antara_crawler.archive.frontier.frontier import Frontier
from antara_crawler.causes import Cause


def make(url: str, version: str, *statements: str) -> None:
    """Make an archive as an older version of the software did, with some rows."""
    engine = make_engine(parse_url(url), read_only=False)
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def failed_page(number: int, state: str, status: str, reason: str) -> str:
    return (
        "INSERT INTO pages (portal, role, url, kind, number, state, discovered_at, attempts,"
        f" last_status, last_error) VALUES ('kalsel', 'article', 'u{number}', 'berita', {number},"
        f" '{state}', '2026-03-01', 1, {status}, '{reason}')"
    )


def test_failures_of_an_older_version_have_a_cause(archive_url: str) -> None:
    rows = [
        failed_page(1, "failed", "NULL", "TimeoutError"),
        failed_page(2, "failed", "503", "HTTP 503"),
        failed_page(3, "unreadable", "200", "no template"),
        failed_page(4, "given_up", "NULL", "Forbidden by robots.txt"),
        failed_page(5, "stored", "200", ""),
    ]
    make(archive_url, "0002", *rows)
    with Archive.open(archive_url) as archive:
        found = {each.url: each.cause for each in Frontier(archive).failures()}
    assert found == {
        "u1": Cause.NO_ANSWER,
        "u2": Cause.REFUSED,
        "u3": Cause.UNKNOWN_FORM,
        "u4": Cause.FORBIDDEN,
    }
