"""What a reader's address asks for, read kindly: faults are named, never raised."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from antara_crawler.archive import Archive, Filters, Order
from antara_crawler.archive.read.changes import KIND_NAMES, Wanted
from antara_crawler.archive.search.query import bounded

PER_PAGE = 20
MOST_PAGES = 500
MOST_TEXT = 200
NAMES = ("q", "portal", "section", "since", "until", "tag", "author", "order", "page")
KINDS = (*KIND_NAMES, "gone")
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
    params: dict[str, str]
    faults: list[Fault]

    @property
    def offset(self) -> int:
        """How many results stand on the pages before."""
        return (self.page - 1) * PER_PAGE

    @property
    def status(self) -> int:
        """The HTTP status of a page that names the faults."""
        return 422 if self.faults else 200


def read(address: Mapping[str, str], archive: Archive, names: Collection[str] = NAMES) -> Asked:
    """Return the search that the parameters of these names ask for.

    A name that nothing in the archive has is a fault, too.
    """
    given = {name: address[name].strip() for name in names if address.get(name, "").strip()}
    faults: list[Fault] = []
    query = bounded(given.get("q", ""))
    since, until = _day(given, "since", faults), _day(given, "until", faults)
    if since and until and since > until:
        faults.append(Fault("reversed", "since"))
        since = None
    portal, section = _text(given, "portal", faults), _text(given, "section", faults)
    tag, author = _text(given, "tag", faults), _text(given, "author", faults)
    filters = Filters(portal, section, since, until, tag, author)
    order = given.get("order") or ("relevance" if query else "date")
    if order not in ("relevance", "date", "oldest"):
        faults.append(Fault("bad_choice", "order"))
        order = "relevance"
    page = number(given, "page", 1, MOST_PAGES, faults) or 1
    params = {name: value for name, value in given.items() if name != "page"}
    if query:
        params["q"] = query
    if filters != Filters():
        faults += (
            Fault("stranger_near" if each.near else "stranger", each.what, each.name, each.near)
            for each in archive.strangers(filters)
        )
    return Asked(query, filters, cast(Order, order), page, params, faults)


def read_changes(address: Mapping[str, str], archive: Archive) -> tuple[Asked, Wanted]:
    """Return what an address asks for, and the changes that it wants."""
    asked = read(address, archive, ("portal", "since", "until", "page"))
    kind = address.get("kind", "").strip() or None
    if kind is not None and kind not in KINDS:
        asked.faults.append(Fault("bad_choice", "kind"))
        kind = None
    if kind:
        asked.params["kind"] = kind
    filters, gone = asked.filters, kind == "gone"
    return asked, Wanted(filters.since, filters.until, filters.portal, None if gone else kind, gone)


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
    text = given.get(name)
    if text and (len(text) > MOST_TEXT or "\0" in text):
        faults.append(Fault("bad_text", name))
        return None
    return text


def _day(given: Mapping[str, str], name: str, faults: list[Fault]) -> date | None:
    try:
        return date.fromisoformat(given[name]) if name in given else None
    except ValueError:
        faults.append(Fault("bad_date", name))
        return None
