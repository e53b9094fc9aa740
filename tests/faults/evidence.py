"""What an archive and its captures hold, in a form in which two crawls can be compared."""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from warcio.checker import Checker

from antara_crawler.archive import Archive, Filters, export_records
from antara_crawler.archive.store import captured
from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.crawl import Pages, Runs
from antara_crawler.items import Capture
from antara_crawler.warc import read_capture, scan

TIMES_AND_PLACES = ("first_seen_at", "last_seen_at", "capture")
"""Fields of an export record that two crawls of the same portal differ in by nature."""

Key = tuple[str, int]


@dataclass(frozen=True)
class Held:
    """An archive's articles, the readings of each in order, and the states of the frontier."""

    records: dict[Key, dict[str, Any]]
    readings: dict[Key, list[tuple[int, str, int, str]]]
    frontier: dict[tuple[str, str], str]


def held(url: str, portal: str = "kalsel") -> Held:
    """Read what an archive has of a portal; nothing may stand in it twice."""
    with Archive.open(url, read_only=True) as archive:
        exported = list(export_records(archive, Filters(portal=portal)))
        with archive.reading() as connection:
            readings = connection.execute(
                select(
                    Articles.kind,
                    Articles.article_id,
                    Revisions.number,
                    Revisions.fingerprint,
                    Extractions.number,
                    Extractions.digest,
                )
                .join(Revisions, Revisions.article_id == Articles.id)
                .join(Extractions, Extractions.revision_id == Revisions.id)
                .where(Articles.portal == portal)
                .order_by(Articles.id, Revisions.number, Extractions.number)
            ).all()
            pages = connection.execute(
                select(Pages.role, Pages.url, Pages.kind, Pages.number, Pages.state).where(
                    Pages.portal == portal
                )
            ).all()
    by_key: dict[Key, list[tuple[int, str, int, str]]] = {}
    for kind, number, *reading in readings:
        by_key.setdefault((kind, number), []).append(tuple(reading))
    records = {(r["kind"], r["article_id"]): r for r in exported}
    assert len(records) == len(exported), "an article stands in the archive twice"
    assert records.keys() == by_key.keys(), "an article without a revision"
    for each in records.values():
        for name in TIMES_AND_PLACES:
            del each[name]
    states = {
        (row.role, row.url if row.number is None else f"{row.kind}/{row.number}"): row.state
        for row in pages
    }
    assert len(states) == len(pages), "a page stands in the frontier twice"
    # A listing's end is looked for again by the runs that follow: each run adds pages to it.
    frontier = {key: state for key, state in states.items() if key[0] != "listing"}
    return Held(records, by_key, frontier)


def assert_alike(disturbed: Held, undisturbed: Held) -> None:
    """The same articles with the same records, revisions and readings; the same frontier."""
    for part in ("records", "readings", "frontier"):
        ours, theirs = getattr(disturbed, part), getattr(undisturbed, part)
        lost, more = theirs.keys() - ours.keys(), ours.keys() - theirs.keys()
        assert not lost, f"{part}: {len(lost)} lost, such as {sorted(lost)[:3]}"
        assert not more, f"{part}: {len(more)} too many, such as {sorted(more)[:3]}"
        other = [key for key in ours if ours[key] != theirs[key]]
        assert not other, f"{part}: {len(other)} differ: {ours[other[0]]} != {theirs[other[0]]}"


def assert_cited_is_there(url: str, captures: Path) -> int:
    """Every record that a row cites is whole in the captures; return how many are cited."""
    with Archive.open(url, read_only=True) as archive:
        cited = list(captured.cited(archive))
        by_payload: dict[str, Capture] = {}
        for each in cited:
            if each.capture.status == 200:
                by_payload.setdefault(each.capture.payload_sha256, each.capture)
        for each in cited:
            read_capture(captures, each.capture, lambda to: by_payload.get(to.payload_sha256 or ""))
    return len(cited)


def assert_all_is_accounted_for(url: str, captures: Path) -> None:
    """Every record on disk is readable to the last byte of its file and on record, once."""
    on_disk = Counter((each.capture.file, each.capture.offset) for each in scan(captures))
    with Archive.open(url, read_only=True) as archive:
        on_record = Counter((c.capture.file, c.capture.offset) for c in captured.cited(archive))
    assert set(on_record.values()) <= {1}
    assert on_disk == on_record, f"not on record: {sorted(on_disk - on_record)[:3]}"
    for file in sorted(captures.glob("*.warc.gz")):
        checker = Checker(_CheckerOptions([str(file)]))
        checker.process_all()
        assert checker.exit_value == 0, f"warcio check finds fault with {file}"


def assert_sound(url: str) -> None:
    """SQLite itself finds no fault, and no run is left as running."""
    with Archive.open(url, read_only=True) as archive:
        if archive.path is not None:
            connection = sqlite3.connect(archive.path)
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            connection.close()
        with archive.reading() as connection:
            states = Counter(connection.execute(select(Runs.status)).scalars())
    assert states["running"] == 0, f"runs that never ended: {states}"


@dataclass(frozen=True)
class _CheckerOptions:
    inputs: list[str]
    verbose: bool = False
