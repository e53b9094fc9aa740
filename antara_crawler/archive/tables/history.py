"""The tables of what became of articles: their changes, and the stories that several tell."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from antara_crawler.archive.tables.articles import Base
from antara_crawler.archive.tables.types import Code, Texts


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
