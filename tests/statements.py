"""Lets all archives of a test process share the statements that SQLAlchemy has made text of.

A user's process opens one archive, the tests open thousands: a seventh of their time went there.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from antara_crawler.archive import database

_MOST = 5000
_DECIDES = ("server_version_info", "_json_serializer", "_json_deserializer", "_backslash_escapes")
_make_engine = database.make_engine
_texts: LRUCache[Any, Any] = LRUCache(_MOST)
_alike: dict[type, type] = {}


def share() -> None:
    """Let the archives opened from here on share them."""
    database.make_engine = _sharing


def _sharing(*words: Any, **named: Any) -> Engine:
    engine = _make_engine(*words, **named)
    # The key of a statement has its dialect in it, and each engine has one of its own.
    engine.dialect.__class__ = _comparable(type(engine.dialect))
    engine.update_execution_options(compiled_cache=_texts)
    return engine


def _comparable(dialect: type[Any]) -> type[Any]:
    """Return the class of dialects that are equal where they make the same text and values."""
    if dialect not in _alike:
        own = {"__eq__": _same, "__hash__": lambda self: hash(type(self))}
        own["supports_statement_cache"] = dialect.supports_statement_cache
        _alike[dialect] = type(dialect.__name__, (dialect,), own)
    return _alike[dialect]


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and all(
        getattr(one, name, None) == getattr(other, name, None) for name in _DECIDES
    )
