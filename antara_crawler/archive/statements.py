"""Helpers for statements that are built once: building them costs more than running them."""

from typing import Any

from sqlalchemy import Connection, Insert, Update, bindparam, update


def by_id(table: type[Any]) -> Update:
    """Return an update of one row of a table; to be run by change()."""
    return update(table).where(table.id == bindparam("which_id"))


def change(connection: Connection, statement: Update, row_id: int, **values: Any) -> None:
    """Run an update made by by_id()."""
    connection.execute(statement, {"which_id": row_id, **values})


def add(connection: Connection, statement: Insert, values: dict[str, Any]) -> int:
    """Run an insert of one row and return its id."""
    key = connection.execute(statement, values).inserted_primary_key
    assert key is not None
    return int(key[0])
