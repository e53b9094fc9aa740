"""The shapes of JSON answers that the archive's own read models do not already give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from antara_crawler.archive import (
    CaptureView,
    Coverage,
    Gap,
    Hit,
    Overview,
    RelatedView,
    Results,
    RevisionView,
    StoredArticle,
)
from antara_crawler.archive.tables.fields import record_type

if TYPE_CHECKING:
    Record = dict[str, Any]
else:
    Record = record_type(StoredArticle)


@dataclass(frozen=True, slots=True)
class Named:
    """How many articles have a portal or section; None is for those without one."""

    name: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class InYear:
    """How many articles a year has; None is for those without a date."""

    year: int | None
    articles: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what fits a search; `total` and the counts are of all that fits.

    `understood` is the query as it was searched; `outdated` tells that the search index was
    made by other software; `behind` counts the articles whose last change the index beside the
    archive, where that was asked, has not yet; `suggestion` is what may have been meant where
    nothing fits.
    """

    total: int
    hits: tuple[Hit, ...]
    by_section: tuple[Named, ...]
    by_year: tuple[InYear, ...]
    understood: str
    outdated: bool
    behind: int
    suggestion: str

    @classmethod
    def of(cls, results: Results) -> Self:
        """Return what a search found as an answer."""
        return cls(
            results.total,
            results.hits,
            _named(results.by_section),
            _in_years(results.by_year),
            results.understood,
            results.outdated,
            results.behind,
            results.suggestion,
        )


@dataclass(frozen=True, slots=True)
class Held:
    """What the archive holds. Dates are the portals' local ones."""

    articles: int
    revisions: int
    captures: int
    by_portal: tuple[Named, ...]
    by_section: tuple[Named, ...]
    by_year: tuple[InYear, ...]
    first_published_on: date | None
    last_published_on: date | None
    size_bytes: int
    queued: int
    failed: int

    @classmethod
    def of(cls, overview: Overview) -> Self:
        """Return an overview as an answer."""
        return cls(
            overview.articles,
            overview.revisions,
            overview.captures,
            _named(overview.by_portal),
            _named(overview.by_section),
            _in_years(overview.by_year),
            overview.first_published_on,
            overview.last_published_on,
            overview.size_bytes,
            overview.queued,
            overview.failed,
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """An article of a list: its row id in this archive, and its export record."""

    id: int
    record: Record


@dataclass(frozen=True, slots=True)
class ArticleList:
    """A page of the articles that fit; `total` counts all of them."""

    total: int
    articles: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Fetch:
    """One fetch of an article. `captured_at` is UTC; `revision` is the one that it showed."""

    id: int
    captured_at: datetime
    status: int
    url: str
    file: str
    offset: int
    length: int
    sha256: str
    part: int
    revision: int | None

    @classmethod
    def of(cls, view: CaptureView) -> Self:
        """Return a capture as an answer."""
        return cls(
            view.id,
            view.captured_at,
            view.status,
            view.url,
            view.file,
            view.offset,
            view.length,
            view.sha256,
            view.part,
            view.revision,
        )


@dataclass(frozen=True, slots=True)
class WholeArticle:
    """An article with its history; `related` has the row ids of those that are archived."""

    id: int
    record: Record
    related: tuple[RelatedView, ...]
    revisions: tuple[RevisionView, ...]
    captures: tuple[Fetch, ...]

    @classmethod
    def of(cls, article: StoredArticle) -> Self:
        """Return an article as an answer."""
        return cls(
            article.id,
            article.record(),
            article.related,
            article.revisions,
            tuple(Fetch.of(view) for view in article.captures),
        )


@dataclass(frozen=True, slots=True)
class DailyCounts:
    """Articles per local day, from the first to the last that has any, and the gaps between."""

    days: Mapping[date, int]
    undated: int
    total: int
    first: date | None
    last: date | None
    gaps: tuple[Gap, ...]

    @classmethod
    def of(cls, held: Coverage) -> Self:
        """Return a coverage as an answer."""
        return cls(held.days, held.undated, held.total, held.first, held.last, held.gaps())


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer, in words."""

    detail: str


def _named(counts: Iterable[tuple[str | None, int]]) -> tuple[Named, ...]:
    return tuple(Named(name, count) for name, count in counts)


def _in_years(counts: Iterable[tuple[int | None, int]]) -> tuple[InYear, ...]:
    return tuple(InYear(year, count) for year, count in counts)
