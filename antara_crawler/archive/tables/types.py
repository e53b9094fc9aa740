"""Column types that keep their meaning on SQLite and PostgreSQL alike."""

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Row, Select, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from antara_crawler.errors import DamagedRow

Id: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit key; SQLite numbers rows by itself only in a column declared INTEGER."""

Code: TypeEngine[str] = String().with_variant(String(collation="C"), "postgresql")
"""Short ASCII names; sorted by bytes on both databases, whatever the server's locale."""

Texts: TypeEngine[list[str]] = JSON()
"""A JSON list of texts."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite itself knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC; raise ValueError for a time without a zone."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"a time without a zone cannot be archived: {value.isoformat()}")
        return value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Any:
        """Return what turns an aware time into the database's: of all columns the same."""
        return _bound(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Return what turns the database's time into aware UTC."""
        return _read if dialect.name == "sqlite" else _in_utc


def _read(kept: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(f"{kept}+00:00") if kept is not None else None
    except ValueError:
        raise DamagedRow(kept) from None


def _in_utc(value: datetime | None) -> datetime | None:
    return value if value is None or value.tzinfo is UTC else value.astimezone(UTC)


@lru_cache(maxsize=50)
def _bound(dialect: Dialect) -> Any:
    # A row has few times, each in many columns.
    kind: Any = UtcDateTime().dialect_impl(dialect)
    bound: Any = TypeDecorator.bind_processor(kind, dialect)
    return lru_cache(maxsize=1000)(bound)


AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]


def local_time(time: datetime | None, offset: int | None) -> datetime | None:
    """Return a time with the offset (in minutes) that the page gave it."""
    return time and time.astimezone(_zone(offset or 0))


@lru_cache(maxsize=1000)
def _zone(offset: int) -> timezone:
    return timezone(timedelta(minutes=offset))
