"""What a reader's address asks for, read kindly: faults are named, never raised."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from antara_crawler.archive import Filters, Order

PER_PAGE = 20
MOST_PAGES = 500
MOST_QUERY = 10_000
"""Characters of a query; the rest is not looked at."""
MOST_TEXT = 200
NAMES = ("q", "portal", "section", "since", "until", "tag", "author", "order")
LARGEST = 2**63 - 1
"""The largest number that both databases hold."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as the address has it.

    `params` are the parameters that are set, as given, without page and language; `faults`
    name a message and the parameter for each that cannot be understood.
    """

    query: str
    filters: Filters
    order: Order
    page: int
    params: Mapping[str, str]
    faults: tuple[tuple[str, str], ...]

    @property
    def offset(self) -> int:
        """How many results stand on the pages before."""
        return (self.page - 1) * PER_PAGE


def read(given: Mapping[str, str]) -> Asked:
    """Return the search that the parameters of an address ask for."""
    faults: list[tuple[str, str]] = []
    query = given.get("q", "")[:MOST_QUERY].strip()
    filters = Filters(
        portal=_text(given, "portal", faults),
        section=_text(given, "section", faults),
        since=_day(given, "since", faults),
        until=_day(given, "until", faults),
        tag=_text(given, "tag", faults),
        author=_text(given, "author", faults),
    )
    order = given.get("order") or ("relevance" if query else "date")
    if order not in ("relevance", "date", "oldest"):
        faults.append(("bad_choice", "order"))
        order = "relevance"
    page = number(given, "page", 1, MOST_PAGES, faults) or 1
    params = {name: given[name].strip() for name in NAMES if given.get(name, "").strip()}
    if query:
        params["q"] = query
    return Asked(query, filters, cast(Order, order), page, params, tuple(faults))


def number(
    given: Mapping[str, str], name: str, least: int, most: int, faults: list[tuple[str, str]]
) -> int | None:
    """Return a whole number of the address, None when it is not there or is noted as a fault."""
    text = given.get(name, "").strip()
    if not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= 19 and least <= int(text) <= most:
        return int(text)
    faults.append(("bad_number", name))
    return None


def _text(given: Mapping[str, str], name: str, faults: list[tuple[str, str]]) -> str | None:
    text = given.get(name, "").strip()
    if len(text) > MOST_TEXT or "\0" in text:
        faults.append(("bad_text", name))
        return None
    return text or None


def _day(given: Mapping[str, str], name: str, faults: list[tuple[str, str]]) -> date | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults.append(("bad_date", name))
        return None
