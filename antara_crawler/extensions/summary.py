"""What a run came to: its counts, its exit status, and the closing words for a person."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

DONE, BUG, NOTHING_FETCHED, SOME_FAILED, NOT_WRITTEN = 0, 1, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of a run; STATS names the Scrapy statistics that each is the sum of."""

    requests: int = 0
    answered: int = 0
    found: int = 0
    known: int = 0
    new: int = 0
    revised: int = 0
    reread: int = 0
    unchanged: int = 0
    out_of_range: int = 0
    gone: int = 0
    unreadable: int = 0
    failed: int = 0
    forbidden: int = 0
    repeats_removed: int = 0
    bytes: int = 0

    @classmethod
    def of(cls, stats: Mapping[str, Any]) -> Self:
        """Return the counts that Scrapy's statistics hold."""
        names = [field.name for field in fields(cls)]
        return cls(**{name: sum(int(stats.get(s, 0)) for s in STATS[name]) for name in names})

    @property
    def archived(self) -> int:
        """Articles that this run stored or found as they were."""
        return self.new + self.revised + self.reread + self.unchanged


STATS: dict[str, tuple[str, ...]] = {
    "requests": ("downloader/request_count",),
    "answered": ("pages/answered",),
    "found": ("pages/found",),
    "known": ("pages/known",),
    "new": ("stored/new",),
    "revised": ("stored/revised", "stored/returned"),
    "reread": ("stored/reread", "stored/amended"),
    "unchanged": ("stored/unchanged", "stored/known"),
    "out_of_range": ("stored/out_of_range",),
    "gone": ("stored/gone", "stored/missed"),
    "unreadable": ("stored/unreadable",),
    "failed": ("stored/failed", "stored/given_up"),
    "forbidden": ("pages/forbidden",),
    "repeats_removed": ("paragraphs/repeated",),
    "bytes": ("downloader/response_bytes",),
}


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended: asked to stop, cut short by us, unable to write, or with so many bugs."""

    stopped: bool = False
    cut_short: bool = False
    unwritable: bool = False
    bugs: int = 0

    def exit_status(self, counts: Counts) -> int:
        """Return the contract's exit status."""
        if self.unwritable:
            return NOT_WRITTEN
        if self.bugs:
            return BUG
        missed = counts.failed + counts.unreadable
        if self.stopped:
            return SOME_FAILED if missed else DONE
        if counts.answered == 0 and (missed or counts.forbidden or counts.requests):
            return NOTHING_FETCHED
        if missed and not (counts.archived or counts.known or counts.out_of_range or counts.gone):
            return NOTHING_FETCHED
        return SOME_FAILED if missed or self.cut_short else DONE


def in_words(portal: str, counts: Counts, ending: Ending, seconds: float, why: str) -> str:
    """Return the closing summary: a few lines that a person reads in five seconds."""
    minutes, rest = divmod(round(seconds), 60)
    status = ending.exit_status(counts)
    verdict = {
        DONE: "stopped as asked" if ending.stopped else "done",
        BUG: f"ERRORS of this program: {ending.bugs}, see the log;",
        NOTHING_FETCHED: "NOTHING COULD BE FETCHED",
        SOME_FAILED: "stopped before its end"
        if ending.stopped or ending.cut_short
        else ("done, but some pages failed"),
        NOT_WRITTEN: "STOPPED: could not write",
    }[status]
    lines = [
        f"{portal}: {verdict} in {minutes} min {rest} s (exit status {status})",
        f"  articles  {counts.new} new, {counts.revised} revised,"
        f" {counts.unchanged + counts.reread} unchanged, {counts.known} known and not asked for",
        f"  pages     {counts.failed} failed, {counts.unreadable} unreadable,"
        f" {counts.gone} gone, {counts.forbidden} forbidden by robots.txt,"
        f" {counts.out_of_range} outside the dates",
        f"  text      {counts.repeats_removed} repeated paragraphs removed",
        f"  asked     {counts.requests} requests, {counts.bytes / 1e6:.1f} MB",
    ]
    if why:
        lines.append(f"  why       {why}")
    if ending.stopped or ending.cut_short:
        lines.append("  next      the rest stays queued: run the same command again")
    elif status == SOME_FAILED:
        lines.append("  next      they stay queued; list them with: scrapy stats --failures")
    return "\n".join(lines)
