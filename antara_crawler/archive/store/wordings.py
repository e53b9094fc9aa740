"""Tells when an article's wording changed, and how: from all fetches that showed it, in order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import Connection, func, select

from antara_crawler.archive.tables.articles import Extractions, Revisions
from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.archive.tables.history import remake_revised
from antara_crawler.archive.tables.statements import among, columns, rows_with
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.text.changes import kinds_of_change

_REVISED = (
    select(Revisions.article_id)
    .where(among(Revisions.article_id))
    .group_by(Revisions.article_id)
    .having(func.count() > 1)
)
_REVISIONS = select(*columns(Revisions, "id", "article_id", "first_seen_at", "last_seen_at")).where(
    among(Revisions.article_id)
)
_FETCHES = select(Captures.revision_id, Captures.captured_at).where(
    among(Captures.revision_id), Captures.part == 0
)
_TEXTS = (
    select(Extractions.revision_id, Extractions.title, Extractions.paragraphs)
    .where(among(Extractions.revision_id))
    .order_by(Extractions.revision_id, Extractions.number)
)

Sighting = tuple[datetime, int]
"""When a revision was seen, and its id."""


def note_wordings(connection: Connection, articles: Iterable[int]) -> None:
    """Reckon anew the changes of wording of articles; what was read alike by now is no change.

    Older captures may come later, and a text may be read again: so it is done anew, not added to.
    """
    changes = wordings_of(connection, articles)
    if changes:
        remake_revised(connection, changes, [row for rows in changes.values() for row in rows])


def wordings_of(connection: Connection, articles: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the changes of wording of those of the articles that have more than one revision.

    Each is a row of `changes` without its id and event, in the order in which they happened.
    """
    revised = [row.article_id for row in rows_with(connection, _REVISED, articles)]
    revisions = {row.id: row for row in rows_with(connection, _REVISIONS, revised)}
    # The last reading of each is what counts.
    texts = {row.revision_id: row for row in rows_with(connection, _TEXTS, revisions)}
    return {
        article: list(_changes(article, seen, texts))
        for article, seen in _sightings(connection, revisions).items()
    }


def _sightings(
    connection: Connection, revisions: Mapping[int, AnyRow]
) -> dict[int, list[Sighting]]:
    """Return when each article showed which revision, in order."""
    sightings = {
        (at, key) for key, row in revisions.items() for at in (row.first_seen_at, row.last_seen_at)
    }
    for row in rows_with(connection, _FETCHES, revisions):
        sightings.add((row.captured_at, row.revision_id))
    seen: defaultdict[int, dict[datetime, int]] = defaultdict(dict)
    for at, key in sorted(sightings):
        # Of two wordings at one moment the newer one counts.
        seen[revisions[key].article_id][at] = key
    return {article: list(each.items()) for article, each in seen.items()}


def _changes(
    article: int, seen: Sequence[Sighting], texts: Mapping[int, AnyRow]
) -> Iterator[dict[str, Any]]:
    shown = [list(group) for _, group in groupby(seen, key=lambda sighting: sighting[1])]
    for before, after in pairwise(shown):
        old, new = texts.get(before[-1][1]), texts.get(after[0][1])
        if old is None or new is None:
            continue
        kinds = kinds_of_change(old.title, old.paragraphs, new.title, new.paragraphs)
        if kinds:
            yield {
                "article_id": article,
                "happened_at": after[0][0],
                "before_at": before[-1][0],
                "from_revision_id": before[-1][1],
                "to_revision_id": after[0][1],
                "kinds": list(kinds),
            }
