"""Which articles are taken along: those of a search, in its order, those of filters, or one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from antara_crawler.archive import Archive, Filters, Order
from antara_crawler.errors import UsageError


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for. Without a query and an order: oldest first, as an export always was.

    `article` is one by its number, a name like kalsel/berita/496552, or any form of its address.
    """

    query: str = ""
    filters: Filters = field(default_factory=Filters)
    order: Order | None = None
    article: str | None = None

    def records(self, archive: Archive) -> Iterator[dict[str, Any]]:
        """Yield the export records, in order, a batch in memory at a time."""
        return archive.records_of(self._found(archive))

    def rows(self, archive: Archive) -> Sequence[int]:
        """Return the rows in `articles`, in order; raise UsageError when there are none."""
        if rows := self._found(archive):
            return rows
        raise UsageError(
            "no article fits the query" if self._searches else "no article fits the filters"
        )

    @property
    def _searches(self) -> bool:
        return bool(self.query.strip()) or self.order is not None

    def _found(self, archive: Archive) -> Sequence[int]:
        if self._searches:
            return archive.found(self.query, self.filters, order=self.order or "relevance")
        if (which := self.article) is None:
            return archive.in_order(self.filters)
        if (article := archive.article(which)) is None:
            raise UsageError(f"there is no article {which}")
        return [article.id]
