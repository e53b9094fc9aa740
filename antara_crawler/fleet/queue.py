"""The queue of jobs: procrastinate's tables and two of ours, in a schema beside the archive's."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any, LiteralString

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.schema import SchemaManager
from sqlalchemy.engine import URL

from antara_crawler.archive.database import out_of_reach
from antara_crawler.errors import UsageError
from antara_crawler.fleet.jobs import tasks
from antara_crawler.fleet.state import SCHEMA

_OURS = files("antara_crawler.fleet").joinpath("tables.sql").read_text("utf-8")
_ONE_AT_A_TIME: LiteralString = "SELECT pg_advisory_xact_lock(1634628705, 7)"


def _patient(ask: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Return a way to query that asks again while the server is away."""

    async def asked(self: "PatientConnector", query: LiteralString, **arguments: Any) -> Any:
        until = time.monotonic() + self.patience
        while True:
            try:
                return await ask(self, query, **arguments)
            except ConnectorException as error:
                away = isinstance(error.__cause__, psycopg.OperationalError)
                if isinstance(error, UniqueViolation) or not away or time.monotonic() > until:
                    raise
            await asyncio.sleep(1)

    return asked


class PatientConnector(PsycopgConnector):
    """Waits for a server that is away: one that restarts must not end a worker."""

    def __init__(self, *, patience: float, **options: Any) -> None:
        super().__init__(**options)
        self.patience = patience

    execute_query_async = _patient(PsycopgConnector.execute_query_async)
    execute_query_one_async = _patient(PsycopgConnector.execute_query_one_async)
    execute_query_all_async = _patient(PsycopgConnector.execute_query_all_async)


@asynccontextmanager
async def opened(url: URL, *, create: bool, patience: float = 10.0) -> AsyncIterator[App]:
    """Open the queue of the archive at a URL, made where there is none if `create` says so.

    `patience` is how many seconds to wait for a server that went away. Raises UsageError when
    the archive is not on PostgreSQL, refuses us, or has no queue and may not get one, NotWritable
    when no server is there.
    """
    if url.get_backend_name() != "postgresql":
        raise UsageError(
            "a fleet needs an archive on PostgreSQL: set"
            " ANTARA_ARCHIVE_URL=postgresql+psycopg://user:password@host/name"
        )
    options = url.translate_connect_args(username="user", database="dbname")
    options |= {
        name: each if isinstance(each, str) else ",".join(each) for name, each in url.query.items()
    }
    options["options"] = f"-csearch_path={SCHEMA}"
    try:
        await _prepare(options, create)
    except psycopg.Error as error:
        why = str(error).strip().partition("\n")[0]
        refused = UsageError(f"the queue in {url.database} cannot be used: {why}")
        raise out_of_reach(url, why) or refused from error
    connector = PatientConnector(
        patience=patience, kwargs={"connect_timeout": 10, **options}, min_size=1, max_size=4
    )
    app = App(connector=connector)
    app.add_tasks_from(tasks, namespace="fleet")
    async with app.open_async():
        yield app


async def _prepare(options: dict[str, Any], create: bool) -> None:
    """Make the queue's schema, by one process at a time."""
    connection = await psycopg.AsyncConnection.connect(**{"connect_timeout": 10, **options})
    async with connection:
        await connection.execute(_ONE_AT_A_TIME)
        found = await connection.execute(
            "SELECT to_regclass('procrastinate_jobs') IS NOT NULL,"
            " to_regclass('portals') IS NOT NULL"
        )
        if (there := await found.fetchone()) == (True, True):
            return
        if not create:
            raise UsageError("no fleet has been planned in this archive: see scrapy fleet -h")
        await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        if there == (False, False):
            await connection.execute(SchemaManager.get_schema())
        await connection.execute(_OURS)
