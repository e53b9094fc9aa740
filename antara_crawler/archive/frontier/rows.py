"""Enters pages in the frontier, within a caller's transaction."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, select

from antara_crawler.archive.frontier.schedule import (
    GONE_AFTER,
    Dated,
    Span,
    hints_of,
    is_due,
    with_hints,
)
from antara_crawler.archive.frontier.verdicts import succeeded
from antara_crawler.archive.tables.capture_rows import Fetched, find_captures, record_all
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.archive.tables.rows import MAX_NUMBER, MAX_URL
from antara_crawler.archive.tables.statements import (
    CHUNK,
    add,
    among,
    change,
    change_all,
    rows_within,
)
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import Capture, Page, State

log = logging.getLogger(__name__)

Key = tuple[str, str, str | int]
"""What a page is known by: portal, kind and number; or portal, role and URL."""

_BY_NUMBER = select(Pages.__table__).where(
    Pages.portal == bindparam("portal"), Pages.kind == bindparam("kind"), among(Pages.number)
)
_BY_URL = select(Pages.__table__).where(
    Pages.portal == bindparam("portal"),
    Pages.role == bindparam("role"),
    Pages.number.is_(None),
    among(Pages.url),
)

Standing = Literal[
    "due", "not_due", "dates", "failed", "unreadable", "gone", "given_up", "out_of_range"
]
"""Why a page is asked for now, or is not: `not_due` waits for its recheck, if it has one;
`dates` is held back by a date that its card or feed gave, `out_of_range` by the page's own;
`failed`, `unreadable` and `gone` wait for their next look, `given_up` waits for nothing."""


@dataclass(frozen=True, slots=True)
class Named:
    """A page that a feed, sitemap or listing names, and why it is asked for now or is not."""

    page: Page
    standing: Standing


@dataclass(frozen=True, slots=True)
class Entered(Named):
    """The same with its row in the frontier, as it was before, and when it was published."""

    row: AnyRow
    dated: Dated

    @property
    def id(self) -> int:
        """The id of the row."""
        key: int = self.row.id
        return key

    @property
    def latest_at(self) -> datetime | None:
        """The latest moment at which it may have been published."""
        return self.dated.latest


def enter(
    connection: Connection,
    pages: Iterable[Page],
    run: int | None,
    now: datetime,
    wanted: Span = Span(),  # noqa: B008  (frozen)
) -> list[Entered]:
    """Enter pages in the frontier and return each once, in order, with what is known of it.

    Articles that were not known are queued; one whose date lies outside of `wanted` is not due
    in this run. Addresses longer than the archive holds are left out and logged.
    """
    by_key: dict[Key, Page] = {}
    for page in pages:
        if is_address(page):
            by_key.setdefault(key_of(page), page)
        else:
            log.warning("Left out, no address of a page: %.100s …", page.url)
    found = [(page, now) for page in by_key.values()]
    rows = enter_rows(connection, found, run)
    # What was only a number so far is named now: it is owed, though it was absent before.
    due = {"state": "queued", "next_attempt_at": now}
    named = {
        row.id: {"guessed": False, "url": page.url} | (due if row.state == "absent" else {})
        for page, row in zip(by_key.values(), rows, strict=True)
        if row.guessed and not page.guessed and row.article_id is None
    }
    if named:
        change_all(connection, Pages, named)
        rows = enter_rows(connection, found, run)
    entered = zip(by_key.values(), rows, strict=True)
    return [_entered(page, row, now, wanted) for page, row in entered]


def enter_rows(
    connection: Connection, found: Sequence[tuple[Page, datetime]], run: int | None
) -> list[AnyRow]:
    """Enter pages, each found at a time of its own, none twice; return their rows as before."""
    known: dict[Key, AnyRow] = {}
    for start in range(0, len(found), CHUNK):
        chunk = {key_of(page): (page, now) for page, now in found[start : start + CHUNK]}
        known |= known_rows(connection, chunk)
        absent = {key: new for key, new in chunk.items() if key not in known}
        if absent:
            add(connection, Pages, [_new_row(page, run, now) for page, now in absent.values()])
            known |= known_rows(connection, absent)
    rows = [known[key_of(page)] for page, _ in found]
    each_found = list(zip(found, rows, strict=True))
    dated = ((row, _dated(page, row, now)[0]) for (page, now), row in each_found)
    better = {row.id: best.columns for row, best in dated if best != Dated.of(row)}
    change_all(connection, Pages, better)
    told = {
        row.id: {"hints": kept}
        for (page, _), row in each_found
        if (kept := with_hints(row.hints, page.hints)) is not row.hints
        and row.state != "forgotten"  # its title is not to come back
    }
    change_all(connection, Pages, told)
    return rows


def key_of(page: Page | AnyRow) -> Key:
    """Return what a page, or a row of one, is known by."""
    if page.number is not None and page.kind is not None:
        return (page.portal, page.kind, page.number)
    return (page.portal, page.role, page.url)


def known_rows(connection: Connection, pages: Iterable[Key]) -> dict[Key, AnyRow]:
    """Return the rows of those of the pages that the frontier knows."""
    keys = list(pages)
    numbers = (key for key in keys if isinstance(key[2], int))
    addresses = (key for key in keys if isinstance(key[2], str))
    found = chain(
        rows_within(connection, _BY_NUMBER, ("portal", "kind"), numbers),
        rows_within(connection, _BY_URL, ("portal", "role"), addresses),
    )
    return {key_of(row): row for row in found}


def is_address(page: Page) -> bool:
    """Tell whether the archive can hold the address and number of a page."""
    return len(page.url) <= MAX_URL and "\x00" not in page.url and (page.number or 0) <= MAX_NUMBER


def enter_source(
    connection: Connection,
    page: Page,
    captures: Sequence[Capture],
    run: int | None,
    now: datetime,
    *,
    whole: bool = True,
) -> None:
    """Enter a feed, sitemap or listing that was read, with its records.

    One that was not read whole gets no validators: 'not modified' would hide the rest for good.
    """
    first = captures[0] if captures else None
    values = {**succeeded(first, now), "last_status": first.status if first else None}
    if not whole:
        values |= {"etag": None, "last_modified": None}
    for entered in enter(connection, [page], run, now):
        fetched = Fetched(captures, page.portal, page.role, entered.id)
        record_all(connection, [fetched], find_captures(connection, captures), run)
        change(connection, Pages, entered.id, **values)


def _entered(page: Page, row: AnyRow, now: datetime, wanted: Span) -> Entered:
    dated, hint = _dated(page, row, now)
    # A worse hint that says otherwise is heeded, too: better a page too many than one too few.
    is_wanted = any(
        wanted.may_hold(each.earliest, each.latest)
        for each in ([dated] if dated.is_final or hint.at is None else [dated, hint])
    )
    # What is asked of the host is the address found; who it is, is what the frontier says.
    hints = hints_of(with_hints(row.hints, page.hints))
    full = replace(page_of(row), url=page.url, published_at=dated.at, hints=hints)
    return Entered(full, _standing(row, is_wanted, now), row, dated)


def _dated(page: Page, row: AnyRow, now: datetime) -> tuple[Dated, Dated]:
    """Return the best that is known of when a page was published, and what names it now says."""
    known, hint = Dated.of(row), Dated.by_hint(page, now)
    return (hint if hint.is_better_than(known) else known), hint


def page_of(row: AnyRow) -> Page:
    """Return the page of a row."""
    names = ("portal", "role", "url", "kind", "number", "published_at", "etag", "last_modified")
    return Page(
        **{name: getattr(row, name) for name in (*names, "guessed")},
        is_new=row.last_attempt_at is None,
        held=row.article_id is not None,
        hints=hints_of(row.hints),
    )


def _standing(row: AnyRow, is_wanted: bool, now: datetime) -> Standing:
    state: State = row.state
    if is_wanted and row.number is not None:
        if is_due(row.next_attempt_at, now):
            return "due"
        # It is named again: the more often it was not there all the same, the later it is asked.
        if state == "gone" and row.last_attempt_at <= now - max(1, row.attempts) * GONE_AFTER:
            return "due"
    match state:
        case "failed" | "unreadable" | "gone" | "given_up":
            return state
        case "stored" | "forgotten" | "absent":
            return "not_due"
        case "queued" | "out_of_range" if is_wanted:
            return "not_due"
        case "queued" | "out_of_range":
            return "dates" if row.last_attempt_at is None else "out_of_range"


def _new_row(page: Page, run: int | None, now: datetime) -> dict[str, Any]:
    article = page.number is not None
    return {
        **{name: getattr(page, name) for name in ("portal", "role", "url", "number", "guessed")},
        "kind": page.kind if article else None,
        "state": "queued",
        "discovered_at": now,
        "discovered_run_id": run,
        **Dated.by_hint(page, now).columns,
        "attempts": 0,
        "hints": with_hints(None, page.hints),
        # Feeds and listings are asked for by every run, whatever the frontier says.
        "next_attempt_at": now if article else None,
    }
