"""The tables of what became of articles: changes, stories; of what goes wrong; rows of changes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    ForeignKey,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    delete,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from antara_crawler.archive.tables.articles import Base
from antara_crawler.archive.tables.statements import add, among, rows_with
from antara_crawler.archive.tables.types import Code, Texts

Event = Literal["revised", "gone", "returned"]


class Changes(Base):
    """Something that became of an article: its wording changed, it was gone, it was there again.

    `event` is revised, gone or returned. `happened_at` is when a fetch first showed it, and
    `before_at` when one last showed what was before. A change of wording leads from one revision
    to another and has its kinds; of an article that is gone, `confirmed_at` is the second look.
    """

    __tablename__ = "changes"
    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    event: Mapped[str] = mapped_column(Code)
    happened_at: Mapped[datetime]
    before_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    from_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id"), index=True)
    to_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id"), index=True)
    kinds: Mapped[list[str]] = mapped_column(Texts)
    __table_args__ = (
        UniqueConstraint("article_id", "event", "happened_at"),
        Index(None, "happened_at", "id"),
    )


class Stories(Base):
    """An article that tells the same story as others: all of one story have its `story_id`.

    That is the id of one of them. An article that stands alone has no row.
    """

    __tablename__ = "stories"
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
    story_id: Mapped[int] = mapped_column(index=True)


class StoryKeys(Base):
    """A key of an article's text (text/likeness.py), and whose it is: where alike ones are found.

    A key has 16 slots, and an article always the same one of them: of very many alike texts, as
    daily notices are, those that came last are found.
    """

    __tablename__ = "story_keys"
    key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slot: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    article_id: Mapped[int]
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  (SQLAlchemy's form)


class RecheckRules(Base):
    """By which ages (seconds) the stored due dates of a portal's articles were reckoned."""

    __tablename__ = "recheck_rules"
    portal: Mapped[str] = mapped_column(Code, primary_key=True)
    ages: Mapped[list[int]] = mapped_column(Texts)


class HealthFindings(Base):
    """Something that goes wrong, from the first night to the last; `over_at` is null till then.

    `key` is the same each night for the same thing. `noticed_at` is when a notice of it went out,
    `end_noticed_at` when one said that it is over.
    """

    __tablename__ = "health_findings"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Code)
    portal: Mapped[str | None] = mapped_column(Code)
    what: Mapped[str] = mapped_column(Text)
    what_next: Mapped[str] = mapped_column(Text)
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    over_at: Mapped[datetime | None]
    noticed_at: Mapped[datetime | None]
    end_noticed_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "over_at"),)


_ON_RECORD = select(Changes.article_id, Changes.event, Changes.happened_at).where(
    among(Changes.article_id)
)
_FORGET = delete(Changes).where(among(Changes.article_id), Changes.event == "revised")


def note_events(
    connection: Connection, event: Event, happened: Mapping[int, Mapping[str, datetime | None]]
) -> None:
    """Enter an event of articles, by their ids, each with its times."""
    if not happened:
        return
    on_record = {
        (row.article_id, row.event, row.happened_at)
        for row in rows_with(connection, _ON_RECORD, happened)
    }
    rows: list[dict[str, Any]] = [
        {"article_id": key, "event": event, "kinds": [], **times}
        for key, times in happened.items()
        if (key, event, times["happened_at"]) not in on_record
    ]
    add(connection, Changes, rows)


def remake_revised(
    connection: Connection, articles: Iterable[int], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Let these be all the changes of wording of the articles."""
    connection.execute(_FORGET, {"keys": list(articles)})
    add(connection, Changes, [{"event": "revised", **row} for row in rows])
