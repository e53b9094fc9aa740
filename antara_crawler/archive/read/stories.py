"""Reads the story that several articles tell: who was first, by how long, what others changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.history import Stories
from antara_crawler.archive.tables.statements import among, columns, rows_with
from antara_crawler.archive.tables.types import AnyRow, local_time
from antara_crawler.text.changes import kinds_of_change

_OWN = aliased(Stories)
_MEMBERS = (
    select(
        _OWN.article_id.label("of"),
        *columns(Articles, "id", "portal", "kind", "url", "title", "published_at"),
        *columns(Articles, "published_offset", "first_seen_at"),
        Articles.article_id.label("number"),
    )
    .join(Stories, Stories.story_id == _OWN.story_id)
    .join(Articles, Articles.id == Stories.article_id)
    .where(among(_OWN.article_id))
)
_BODIES = select(Articles.id, Articles.title, Articles.body).where(among(Articles.id))


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list; `id` is that of its row, `number` the one in its address."""

    id: int
    portal: str
    kind: str
    number: int | None
    url: str | None
    title: str | None

    @property
    def name(self) -> str:
        """What `scrapy show` takes for it."""
        return str(self.id) if self.number is None else f"{self.portal}/{self.kind}/{self.number}"


@dataclass(frozen=True, slots=True)
class Telling(Listed):
    """One article of a story; `later` is by how long it came after the first that has a date.

    `published_at` has the page's own offset. `kinds` say how it differs from the first, where
    that was asked for.
    """

    published_at: datetime | None
    later: timedelta | None
    kinds: tuple[str, ...] = ()


def stories_of(connection: Connection, articles: Sequence[int]) -> dict[int, list[Telling]]:
    """Return for each article all that tell its story, itself too, the first one first.

    An article that stands alone is not among them.
    """
    found: defaultdict[int, list[AnyRow]] = defaultdict(list)
    for row in rows_with(connection, _MEMBERS, articles):
        found[row.of].append(row)
    return {key: _in_order(rows) for key, rows in found.items()}


def story_of(archive: Archive, article: int) -> list[Telling]:
    """Return all that tell the story of an article's row, itself too; [] if it stands alone.

    The first one first; each with how it differs from that.
    """
    with archive.reading() as connection:
        told = stories_of(connection, [article]).get(article, [])
        texts = rows_with(connection, _BODIES, [each.id for each in told])
        words = {row.id: (row.title, row.body.split("\n\n")) for row in texts}
    return [
        replace(each, kinds=kinds_of_change(*words[told[0].id], *words[each.id])) for each in told
    ]


def _in_order(rows: Sequence[AnyRow]) -> list[Telling]:
    dated = sorted(
        rows,
        key=lambda row: (row.published_at is None, row.published_at or row.first_seen_at, row.id),
    )
    first = dated[0].published_at
    return [
        Telling(
            *(row.id, row.portal, row.kind, row.number, row.url, row.title),
            local_time(row.published_at, row.published_offset),
            row.published_at - first if first and row.published_at else None,
        )
        for row in dated
    ]
