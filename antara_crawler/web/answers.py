"""The shapes of JSON answers that the archive's own read models do not already give.

Each takes what the archive returns and reads its fields from it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from antara_crawler.archive import CaptureView, Gap, Hit, RelatedView, RevisionView, StoredArticle
from antara_crawler.archive.tables.fields import record_type

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


class Found(_Answer):
    """A page of what fits a search; `total` and the counts are of all that fits.

    `understood` is the query as it was searched; `outdated` tells that the search index was
    made by other software; `behind` counts the articles whose last change the index beside the
    archive, where that was asked, has not yet; `suggestion` is what may have been meant where
    nothing fits.
    """

    total: int
    hits: tuple[Hit, ...]
    by_section: ByName
    by_year: ByYear
    understood: str
    outdated: bool
    behind: int
    suggestion: str


class Held(_Answer):
    """What the archive holds. Dates are the portals' local ones."""

    articles: int
    revisions: int
    captures: int
    by_portal: ByName
    by_section: ByName
    by_year: ByYear
    first_published_on: date | None
    last_published_on: date | None
    size_bytes: int
    queued: int
    failed: int


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
