"""Whether a run may take articles in: a sample never beside real ones, nothing that was removed."""

from sqlalchemy import insert, select

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.tables.crawl import Origin, Takedowns
from antara_crawler.errors import UsageError

SAMPLE, PORTALS = "sample", "portals"


def admit(archive: Archive, portal: str, *, sample: bool = False) -> None:
    """Let a run take in articles of a portal; to be called before it writes anything else.

    The first run decides for good what an archive is of: the sample's invented articles, or a
    portal's. Raises UsageError for the other kind, and for a portal that was removed on request.
    """
    wanted = SAMPLE if sample else PORTALS
    with archive.writing() as connection:
        held = connection.scalar(select(Origin.articles))
        if held is None:
            connection.execute(insert(Origin), {"id": 1, "articles": wanted})
            held = wanted
        mixes = held != wanted
        removed = connection.scalar(
            select(Takedowns.requested_at).where(
                Takedowns.portal == portal, Takedowns.kind.is_(None), Takedowns.import_key.is_(None)
            )
        )
    if mixes and sample:
        raise UsageError(
            f"{archive.name} holds real articles, and the sample's are invented: name another"
            " archive with -s ARCHIVE_URL=sqlite:///data/sample.db"
        )
    if mixes:
        raise UsageError(
            f"{archive.name} holds the sample's invented articles: name another archive with"
            " -s ARCHIVE_URL=…, or delete that file and the sample's captures"
        )
    if removed is not None:
        raise UsageError(
            f"{portal} was removed from {archive.name} on request on {removed:%Y-%m-%d}, and is"
            " not taken in again: name another archive with -s ARCHIVE_URL=…"
        )
