"""Reads what became of articles: changes of wording, what is gone or back; who tells one story."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, String, cast, func, select
from sqlalchemy.orm import aliased

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.history import Changes, Event, Stories
from antara_crawler.archive.tables.statements import among, columns, grouped, rows_with
from antara_crawler.archive.tables.types import AnyRow, AnySelect, local_time
from antara_crawler.errors import UsageError
from antara_crawler.text.changes import KINDS, kinds_of_change
from antara_crawler.text.differences import Change, compare_wordings

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
KIND_NAMES = (*KINDS, "paragraph")
"""What a kind may be asked for by: paragraph stands for added and removed."""

_OF_ARTICLE = Articles.id == Changes.article_id
_OLD, _NEW, _LATER = aliased(Revisions), aliased(Revisions), aliased(Changes)
_BACK_AT = (
    select(func.min(_LATER.happened_at))
    .where(
        _LATER.article_id == Changes.article_id,
        _LATER.event == "returned",
        _LATER.happened_at > Changes.happened_at,
    )
    .correlate(Changes)
    .scalar_subquery()
)
_ROWS = (
    select(
        *Changes.__table__.columns,
        *columns(Articles, "portal", "kind", "url", "title", "language"),
        Articles.article_id.label("number"),
        _OLD.number.label("from_revision"),
        _NEW.number.label("to_revision"),
        _BACK_AT.label("back_at"),
    )
    .join(Articles, _OF_ARTICLE)
    .outerjoin(_OLD, _OLD.id == Changes.from_revision_id)
    .outerjoin(_NEW, _NEW.id == Changes.to_revision_id)
)

_TOLD = (
    *("event", "portal", "kind", "number", "url", "title", "language", "from_revision"),
    *("to_revision", "happened_at", "before_at", "confirmed_at"),
)


def name_of(row: int, portal: str, kind: str, number: int | None) -> str:
    """Return what `scrapy show` takes for an article."""
    return str(row) if number is None else f"{portal}/{kind}/{number}"


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
        return name_of(self.id, self.portal, self.kind, self.number)


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
    found = grouped((row.of, row) for row in rows_with(connection, _MEMBERS, articles))
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes are asked for; None fits all.

    `since` and `until` are days in UTC, both included, `kind` one of KIND_NAMES, `gone` whether
    only articles that are gone or back. Raises UsageError for what nothing can fit.
    """

    since: date | None = None
    until: date | None = None
    portal: str | None = None
    kind: str | None = None
    gone: bool = False

    def __post_init__(self) -> None:
        """Raise UsageError for a kind that there is not, or dates that nothing lies between."""
        if self.kind is not None and self.kind not in KIND_NAMES:
            names = ", ".join(KIND_NAMES)
            raise UsageError(f"no kind of change is {self.kind}: name one of {names}")
        if self.kind is not None and self.gone:
            raise UsageError("what is gone has no kind: give --kind or --gone")
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"since {self.since} is after until {self.until}: exchange them")

    def of(self, query: AnySelect) -> AnySelect:
        """Return the query with these conditions."""
        if self.since is not None:
            query = query.where(Changes.happened_at >= datetime.combine(self.since, time(), UTC))
        if self.until is not None:
            end = datetime.combine(self.until, time.max, UTC)
            query = query.where(Changes.happened_at <= end)
        if self.portal is not None:
            query = query.where(Articles.portal == self.portal)
        if self.kind is not None:
            named = f'"{self.kind}"' if self.kind in KINDS else f'"{self.kind}-'
            query = query.where(cast(Changes.kinds, String).contains(named, autoescape=True))
        if self.gone:
            query = query.where(Changes.event != "revised")
        return query


@dataclass(frozen=True, slots=True)
class ChangeView(Listed):
    """One change of an article.

    `happened_at` is when a fetch first showed it, `before_at` when one last showed what was before.
    Of an article that is gone `confirmed_at` is the second look, and `back_at` when it was there
    again. `difference` has title and paragraphs that changed, with their words.
    """

    event: Event
    language: str
    happened_at: datetime
    before_at: datetime | None
    confirmed_at: datetime | None
    back_at: datetime | None
    kinds: tuple[str, ...]
    from_revision: int | None
    to_revision: int | None
    difference: tuple[Change, ...] = ()


def read_changes(
    archive: Archive, wanted: Wanted, *, limit: int, offset: int = 0
) -> list[ChangeView]:
    """Return a page of what became of articles after they were published, the latest first."""
    query = wanted.of(_ROWS).order_by(Changes.happened_at.desc(), Changes.id.desc())
    with archive.reading() as connection:
        rows = connection.execute(query.limit(limit).offset(offset)).all()
        texts = _texts(connection, rows)
    return [
        ChangeView(
            id=row.article_id,
            back_at=row.back_at if row.event == "gone" else None,
            kinds=tuple(row.kinds),
            difference=_difference(texts.get(row.from_revision_id), texts.get(row.to_revision_id)),
            **{name: getattr(row, name) for name in _TOLD},
        )
        for row in rows
    ]


def count_changes(archive: Archive, wanted: Wanted) -> int:
    """Return how many such changes there are."""
    query = wanted.of(select(func.count()).select_from(Changes).join(Articles, _OF_ARTICLE))
    return archive.value(query) or 0


def _texts(connection: Connection, rows: Sequence[AnyRow]) -> dict[int | None, Any]:
    keys = {key for row in rows for key in (row.from_revision_id, row.to_revision_id) if key}
    query = (
        select(Extractions.revision_id, Extractions.title, Extractions.paragraphs)
        .where(Extractions.revision_id.in_(keys))
        .order_by(Extractions.revision_id, Extractions.number)
    )
    return {row.revision_id: row for row in connection.execute(query)} if keys else {}


def _difference(old: AnyRow | None, new: AnyRow | None) -> tuple[Change, ...]:
    if old is None or new is None:
        return ()
    return compare_wordings(old.title, old.paragraphs, new.title, new.paragraphs)
