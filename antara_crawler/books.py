"""The books of a run in words: the closing summary, `stats` and the runs page read them here."""

from collections.abc import Iterable, Mapping
from typing import Any

ARTICLES = {
    "new": "new",
    "revised": "revised",
    "unchanged": "unchanged",
    "not_due": "known and not asked for",
}
UNREAD = {
    "failed": "failed",
    "unreadable": "unreadable",
    "gone": "gone",
    "forbidden": "forbidden by robots.txt",
    "given_up": "given up earlier",
    "out_of_range": "outside the dates",
}
WAITING = {
    "limit": "for the limit",
    "dates": "for other dates",
    "stopped": "since the run was ended",
    "not_captured": "not in the captures",
}
DOCUMENTS = {
    "read": "read",
    "unchanged": "unchanged",
    "absent": "not there",
    "unreadable": "unreadable",
    "failed": "failed",
    "forbidden": "forbidden",
    "not_captured": "not in the captures",
    "deferred": "left for the next run",
}
RECORDS = {
    "used": "used",
    "not_asked": "not asked for",
    "other_sites": "of other sites",
    "damaged": "damaged",
    "superseded": "superseded",
}


def in_lines(counts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the counts of a crawl as lines, each a label and its text."""
    documents, entries = counts["documents"], counts["entries"]
    records = counts.get("records")
    lines = [
        ("articles", _all_of(ARTICLES, entries)),
        ("pages", _all_of(UNREAD, entries | _indexes_unread(counts))),
        ("waiting", _waiting(counts)),
        ("links", _strays(entries)),
        ("documents", f"{documents['asked']:,} asked: {_some_of(DOCUMENTS, documents)}"),
        ("records", f"{records['shown']:,}: {_some_of(RECORDS, records)}" if records else ""),
        ("text", f"{counts['repeats_removed']:,} repeated paragraphs removed"),
        ("asked", f"{counts['requests']:,} requests, {counts['bytes'] / 1e6:.1f} MB"),
    ]
    return [(label, text) for label, text in lines if text]


def figures(counts: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the counts worth a word on a page, by name; those of other commands as they are."""
    if "documents" not in counts:
        return [(name, count) for name, count in counts.items() if count]
    numbers = {**counts["entries"], **_indexes_unread(counts), **counts}
    names = (*ARTICLES, *UNREAD, *WAITING, "repeats_removed")
    return [(name, numbers[name]) for name in names if numbers[name]]


def in_lines_of(why: Iterable[str], what_next: Iterable[str]) -> list[tuple[str, str]]:
    """Return why a run ended as it did and what to do next, as lines like those of the counts."""
    return [*(("why", each) for each in why), *(("next", each) for each in what_next)]


def _indexes_unread(counts: Mapping[str, Any]) -> dict[str, int]:
    """Return what went unread of entries and of the documents that name them."""
    entries, indexes = counts["entries"], counts["indexes"]
    unread = {name: entries[name] + indexes[name] for name in indexes}
    return {**unread, "forbidden": counts["documents"]["forbidden"]}


def _all_of(words: Mapping[str, str], numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{numbers[name]:,} {word}" for name, word in words.items())


def _some_of(words: Mapping[str, str], numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{numbers[name]:,} {word}" for name, word in words.items() if numbers[name])


def _waiting(counts: Mapping[str, Any]) -> str:
    why = _some_of(WAITING, counts["entries"])
    queued = f"{counts['queued']:,} queued in all" if counts["queued"] else ""
    return "; ".join(filter(None, [why, queued]))


def _strays(entries: Mapping[str, Any]) -> str:
    if not entries["strays"]:
        return ""
    return f"{entries['strays']:,} are no articles of this portal, such as {entries['stray']}"
