"""The raw records of a run that no row cites yet: at its end they get rows of their own."""

from collections.abc import Iterable
from pathlib import Path

from antara_crawler.archive import Archive
from antara_crawler.archive.store import captured
from antara_crawler.items import Capture


class Uncited:
    """Records in the captures `folder`, each with the role of the page that it answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._roles: dict[Capture, str] = {}

    def add(self, capture: Capture, role: str) -> None:
        """Note a record that was appended."""
        self._roles[capture] = role

    def cited(self, captures: Iterable[Capture]) -> None:
        """Note that rows cite these records now."""
        for capture in captures:
            self._roles.pop(capture, None)

    def adopt(self, archive: Archive, run: int, portal: str) -> None:
        """Give those that lie whole on the disk a row each. Raises NotWritable."""
        kept = [(capture, role) for capture, role in self._roles.items() if self._is_whole(capture)]
        captured.account(archive, kept, run=run, portal=portal)

    def _is_whole(self, capture: Capture) -> bool:
        file = self.folder / capture.file
        return file.is_file() and file.stat().st_size >= capture.offset + capture.length
