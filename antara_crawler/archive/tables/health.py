"""The table of what went wrong: since when, until when, and whether somebody was told."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from antara_crawler.archive.tables.articles import Base
from antara_crawler.archive.tables.types import Code


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
