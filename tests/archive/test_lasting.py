"""What a power cut may take back: a listing's page until the next article, an article never.

Of a server nothing.
"""

from sqlalchemy import Connection, text

from antara_crawler.archive import Archive

ON_DISK = {"sqlite": "2", "postgresql": "on"}
LATER = {"sqlite": "1", "postgresql": "on"}
"""A server that is cut may take back what a crawl, which goes on, counts on: there all lasts."""


def sync_of(connection: Connection) -> str:
    """Return how the transaction goes to disk, as the database puts it."""
    asked = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}
    return str(connection.scalar(text(asked[connection.dialect.name])))


def test_a_transaction_is_on_disk_with_its_commit(archive: Archive) -> None:
    with archive.writing() as connection:
        assert sync_of(connection) == ON_DISK[connection.dialect.name]


def test_one_that_need_not_last_waits_for_the_next_that_must(archive: Archive) -> None:
    with archive.writing(lasting=False) as connection:
        assert sync_of(connection) == LATER[connection.dialect.name]
    with archive.writing() as connection:
        assert sync_of(connection) == ON_DISK[connection.dialect.name]
