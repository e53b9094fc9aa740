"""What a reader's address asks for, read kindly: faults are named, never raised."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from antara_crawler.archive import Archive, Filters, Order
from antara_crawler.archive.search.query import bounded

PER_PAGE = 20
MOST_PAGES = 500
MOST_TEXT = 200
NAMES = ("q", "portal", "section", "since", "until", "tag", "author", "order")
LARGEST = 2**63 - 1
"""The largest number that both databases hold."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a parameter: a message, and what may have been meant."""

    message: str
    name: str
    value: str = ""
    near: tuple[str, ...] = ()


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
    faults: tuple[Fault, ...]

    @property
    def offset(self) -> int:
        """How many results stand on the pages before."""
        return (self.page - 1) * PER_PAGE


def read(given: Mapping[str, str]) -> Asked:
    """Return the search that the parameters of an address ask for."""
    faults: list[Fault] = []
    query = bounded(given.get("q", ""))
    since, until = _day(given, "since", faults), _day(given, "until", faults)
    if since and until and since > until:
        faults.append(Fault("reversed", "since"))
        since = None
    filters = Filters(
        portal=_text(given, "portal", faults),
        section=_text(given, "section", faults),
        since=since,
        until=until,
        tag=_text(given, "tag", faults),
        author=_text(given, "author", faults),
    )
    order = given.get("order") or ("relevance" if query else "date")
    if order not in ("relevance", "date", "oldest"):
        faults.append(Fault("bad_choice", "order"))
        order = "relevance"
    page = number(given, "page", 1, MOST_PAGES, faults) or 1
    params = {name: given[name].strip() for name in NAMES if given.get(name, "").strip()}
    if query:
        params["q"] = query
    return Asked(query, filters, cast(Order, order), page, params, tuple(faults))


def checked(asked: Asked, archive: Archive) -> Asked:
    """Return the same with a fault for each name that nothing in the archive has."""
    if asked.filters == Filters():
        return asked
    faults = [
        Fault("stranger_near" if each.near else "stranger", each.what, each.name, each.near)
        for each in archive.strangers(asked.filters)
    ]
    return replace(asked, faults=(*asked.faults, *faults)) if faults else asked


def number(
    given: Mapping[str, str], name: str, least: int, most: int, faults: list[Fault]
) -> int | None:
    """Return a whole number of the address, None when it is not there or is noted as a fault."""
    text = given.get(name, "").strip()
    if not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= 19 and least <= int(text) <= most:
        return int(text)
    faults.append(Fault("bad_number", name))
    return None


def _text(given: Mapping[str, str], name: str, faults: list[Fault]) -> str | None:
    text = given.get(name, "").strip()
    if len(text) > MOST_TEXT or "\0" in text:
        faults.append(Fault("bad_text", name))
        return None
    return text or None


def _day(given: Mapping[str, str], name: str, faults: list[Fault]) -> date | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults.append(Fault("bad_date", name))
        return None
