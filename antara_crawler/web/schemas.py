"""What an address asks for, its faults named, and the shapes of JSON answers.

An answer takes what the archive returns and reads its fields from it, where the archive's own
read models do not already give its shape.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, cast, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, create_model

from antara_crawler.archive import (
    Archive,
    CaptureView,
    Filters,
    Gap,
    Order,
    Overview,
    RelatedView,
    Results,
    RevisionView,
    StoredArticle,
)
from antara_crawler.archive.read.changes import KIND_NAMES, Wanted
from antara_crawler.archive.read.views import Counted, Years
from antara_crawler.archive.search.conditions import ORDERS
from antara_crawler.archive.search.query import bounded
from antara_crawler.archive.tables.fields import record_type

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
    if order not in ORDERS:
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


if TYPE_CHECKING:
    Record = dict[str, Any]
else:
    Record = record_type(StoredArticle)


def _called(method: Callable[[], Any]) -> Any:
    return method()


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Named(_Answer):
    """How many articles have a portal or section; None is for those without one."""

    name: str | None
    articles: int


class InYear(_Answer):
    """How many articles a year has; None is for those without a date."""

    year: int | None
    articles: int


ByName = Annotated[
    tuple[Named, ...], BeforeValidator(lambda all_: [Named(name=n, articles=c) for n, c in all_])
]
ByYear = Annotated[
    tuple[InYear, ...], BeforeValidator(lambda all_: [InYear(year=n, articles=c) for n, c in all_])
]

_SHAPES: dict[Any, Any] = {Counted: ByName, Years: ByYear}


def _shape(name: str, model: type[Any]) -> Any:
    """Return the shape of one of the archive's read models: its fields, the counts by name."""
    fields: dict[str, Any] = {
        field: (_SHAPES.get(hint, hint), ...) for field, hint in get_type_hints(model).items()
    }
    return create_model(name, __base__=_Answer, __doc__=model.__doc__, **fields)


Found, Held = _shape("Found", Results), _shape("Held", Overview)


class Listed(_Answer):
    """An article of a list: its row id in this archive, and its export record."""

    id: int
    record: Annotated[Record, BeforeValidator(_called)]


class ArticleList(_Answer):
    """A page of the articles that fit; `total` counts all of them."""

    total: int
    articles: tuple[Listed, ...]


class WholeArticle(Listed):
    """An article with its history; `related` has the row ids of those that are archived."""

    related: tuple[RelatedView, ...]
    revisions: tuple[RevisionView, ...]
    captures: tuple[CaptureView, ...]


class DailyCounts(_Answer):
    """Articles per local day, from the first to the last that has any, and the gaps between."""

    days: Mapping[date, int]
    undated: int
    total: int
    first: date | None
    last: date | None
    gaps: Annotated[tuple[Gap, ...], BeforeValidator(_called)]


class Problem(BaseModel):
    """Why there is no answer, in words."""

    detail: str
