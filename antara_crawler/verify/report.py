"""All checks in turn; what they find is named as far as a person can use it, and counted."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from antara_crawler.archive import Archive
from antara_crawler.errors import NotWritable
from antara_crawler.verify import articles, database
from antara_crawler.verify.articles import DAMAGE, Finding
from antara_crawler.verify.files import wrong_files
from antara_crawler.warc import CaptureFiles
from antara_crawler.wording import sentence

NAMED = 1000
"""Findings that are remembered one by one."""

Check = Callable[[Archive, Counter[str]], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    database.database_faults,
    database.unreadable_rows,
    database.broken_links,
    articles.wrong_readings,
    articles.wrong_articles,
    database.wrong_revisions,
    database.wrong_frontier,
    database.wrong_captures,
    database.wrong_changes,
    database.wrong_stories,
    database.wrong_search,
)


@dataclass
class Checked:
    """What was checked, by name and number, and what was found."""

    counts: Counter[str] = field(default_factory=Counter)
    found: int = 0
    mended: int = 0
    waiting: int = 0
    """What a run that goes on, or was killed, left for the next one to see to: no finding."""
    findings: list[tuple[Finding, str | None]] = field(default_factory=list)
    """The first findings, each with what mended it, None where nothing did."""
    whole: bool = True
    """False when the user asked to stop before all was checked."""

    @property
    def left(self) -> int:
        """How many findings are still there."""
        return self.found - self.mended

    def note(self, finding: Finding, mended: str | None) -> None:
        """Count a finding, or what only waits."""
        if finding.waits and mended is None:
            self.waiting += 1
            return
        self.found += 1
        self.mended += mended is not None
        if len(self.findings) < NAMED:
            self.findings.append((finding, mended))


def verify(
    archive: Archive,
    files: CaptureFiles,
    mend: Callable[[Finding], str | None],
    stop: Callable[[], bool],
) -> Checked:
    """Check the archive and the captures that this machine sees.

    `mend` says of a finding what it did about it, if at all.

    Raises NotWritable when the database does not answer.
    """
    checked = Checked()
    for finding in _findings(archive, files, checked.counts):
        checked.note(finding, mend(finding))
        if stop():
            checked.whole = False
            break
    return checked


def _findings(archive: Archive, files: CaptureFiles, counts: Counter[str]) -> Iterator[Finding]:
    searches = {check.__name__.replace("_", " "): check(archive, counts) for check in CHECKS}
    searches["raw records"] = wrong_files(archive, files, counts)
    for name, found in searches.items():
        try:
            yield from found
        except DAMAGE as error:
            if isinstance(error, NotWritable) and error.transient:  # it went away, and is not wrong
                raise
            reason = " ".join(str(error).split())[:300]
            yield Finding(
                "database", archive.name, sentence(f"the search for {name} had to end: {reason}")
            )
