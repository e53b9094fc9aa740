"""Notes which article is being read, so that a page that kills the program is known afterwards.

The note lies beside the captures and costs no commit: it need not outlive a power cut, but only
this process, which it names the last page of.
"""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from antara_crawler.errors import NotWritable
from antara_crawler.items import Page

T = TypeVar("T")
_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Attempt:
    """An article that a process began to read and did not come to the end of."""

    kind: str
    number: int
    began_at: datetime


class Underway:
    """The note of one run. Raises NotWritable when it cannot be made."""

    def __init__(self, folder: Path, portal: str) -> None:
        self.path = _path(folder, portal)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
            self._write("")  # now, so that a full disk does not matter later
        except OSError as error:
            raise NotWritable(f"cannot write {self.path}: {error.strerror}") from error

    async def watched(self, page: Page | None, results: AsyncIterator[T]) -> AsyncIterator[T]:
        """Yield what a reader yields; while it is at work on an article, that is noted."""
        if page is None or page.kind is None or page.number is None:
            async for result in results:
                yield result
            return
        line = f"{page.kind} {page.number} {datetime.now(UTC).isoformat()}"
        while True:
            self._write(line)
            try:
                result = await anext(results)
            except StopAsyncIteration:
                return
            finally:
                self._write("")
            yield result

    def close(self) -> None:
        """Take the note away: the run came to its end."""
        os.close(self._file)
        self.path.unlink(missing_ok=True)

    def _write(self, line: str) -> None:
        os.pwrite(self._file, line.ljust(_LENGTH).encode(), 0)


def left_behind(folder: Path, portal: str) -> Attempt | None:
    """Return the article that a run of the portal was reading when it was killed, if it was."""
    try:
        kind, number, began_at = _path(folder, portal).read_text("utf-8").split()
        return Attempt(kind, int(number), datetime.fromisoformat(began_at))
    except (FileNotFoundError, ValueError):
        return None


def forget(folder: Path, portal: str) -> None:
    """Take away what left_behind() tells: it is in the frontier."""
    _path(folder, portal).unlink(missing_ok=True)


def _path(folder: Path, portal: str) -> Path:
    return folder / f"{portal}.reading"
