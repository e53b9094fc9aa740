"""Which articles are taken along: those of a search, in its order, those of filters, or one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from antara_crawler.archive import Archive, Filters, Order
from antara_crawler.archive.read.fetches import chosen
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

    @property
    def searches(self) -> bool:
        """Whether the order is that of the search."""
        return bool(self.query.strip()) or self.order is not None

    def records(self, archive: Archive) -> Iterator[dict[str, Any]]:
        """Yield the export records, in order, a batch in memory at a time."""
        if self.searches:
            return archive.records_of(self._found(archive))
        if self.article is not None:
            return archive.records_of(self.rows(archive))
        return archive.records(self.filters)

    def rows(self, archive: Archive) -> list[int]:
        """Return the rows in `articles`, in order; raise UsageError when there are none."""
        if self.searches:
            if rows := self._found(archive):
                return rows
            raise UsageError("no article fits the query")
        return chosen(archive, self.filters, self.article)

    def _found(self, archive: Archive) -> list[int]:
        return archive.found(self.query, self.filters, order=self.order or "relevance")
