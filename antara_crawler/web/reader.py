"""What every answer of the reader draws on: the open archive, its captures, the clock."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock, Thread

from starlette.requests import Request

from antara_crawler.archive import Archive, Completeness, Overview
from antara_crawler.archive.runs import half_rebuilt
from antara_crawler.errors import AntaraError
from antara_crawler.warc import Folder


@dataclass
class Reader:
    """An archive opened read-only, the folder of its captures, and a clock in UTC."""

    archive: Archive
    captures: Folder
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    keep_seconds: float = 60.0
    """How old the counts of the whole archive may be."""

    def __post_init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[float, Overview] | None = None
        self.whole = True
        """Whether no rebuilding is under way, or was cut off; as old as the counts."""
        self._renewing = False
        self._complete: dict[str, tuple[Overview, tuple[Completeness, ...]]] = {}

    def overview(self) -> Overview:
        """Return what the archive holds, about `keep_seconds` old at most.

        It counts all articles, so that only the first to ask waits for it.
        """
        with self._lock:
            if self._kept is None:
                self._count()
                assert self._kept is not None
            made, held = self._kept
            if time.monotonic() - made > self.keep_seconds and not self._renewing:
                self._renewing = True
                Thread(target=self._renew, daemon=True).start()
            return held

    def portals(self) -> list[str]:
        """Return the portals that have articles."""
        return [name for name, _ in self.overview().by_portal if name]

    def completeness(self, portal: str) -> tuple[Completeness, ...]:
        """Return how complete the archive is of a portal, as old as the overview at most."""
        of = self.overview()
        with self._lock:
            known = self._complete.get(portal)
        if known is None or known[0] is not of:
            known = of, self.archive.completeness(portal)
            with self._lock:
                self._complete[portal] = known
        return known[1]

    def _count(self) -> None:
        self._kept = time.monotonic(), self.archive.overview()
        self.whole = not half_rebuilt(self.archive)

    def _renew(self) -> None:
        """Count anew; while the archive is busy the old counts stay."""
        try:
            with suppress(AntaraError):
                self._count()
        finally:
            self._renewing = False


def reader_of(request: Request) -> Reader:
    """Return the reader of the application that got this request."""
    reader = request.app.state.reader
    assert isinstance(reader, Reader)
    return reader
