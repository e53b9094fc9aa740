"""Finds the rows of pages in the frontier, by sets."""

from collections.abc import Iterable
from itertools import chain

from sqlalchemy import Connection, bindparam, select

from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.archive.tables.statements import among, rows_within
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import Page

Key = tuple[str, str, str | int]
"""What a page is known by: portal, kind and number; or portal, role and URL."""

_BY_NUMBER = select(Pages.__table__).where(
    Pages.portal == bindparam("portal"),
    Pages.kind == bindparam("kind"),
    among(Pages.number),
)
_BY_URL = select(Pages.__table__).where(
    Pages.portal == bindparam("portal"),
    Pages.role == bindparam("role"),
    Pages.number.is_(None),
    among(Pages.url),
)


def key_of(page: Page) -> Key:
    """Return what the page is known by."""
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
    return {_row_key(row): row for row in found}


def _row_key(row: AnyRow) -> Key:
    if row.number is not None:
        return (row.portal, row.kind, row.number)
    return (row.portal, row.role, row.url)
