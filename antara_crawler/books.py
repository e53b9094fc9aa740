"""The books of a run in words: the closing summary, `stats` and the runs page read them here."""

from collections.abc import Iterable, Mapping, Sequence
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

MOST_SILENT = 5
"""Silent days that are named."""


def in_lines(counts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the counts of a crawl as lines, each a label and its text."""
    documents, entries = counts["documents"], counts["entries"]
    records = counts.get("records")
    lines = [
        ("articles", _all_of(ARTICLES, entries)),
        ("pages", _all_of(UNREAD, entries | _indexes_unread(counts))),
        ("waiting", _waiting(counts)),
        ("numbers", _absent(entries)),
        ("history", _history(counts.get("history") or {})),
        ("silent", _silent(counts.get("silent_days") or [])),
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
    names = (*ARTICLES, *UNREAD, "absent", *WAITING, "repeats_removed")
    return [(name, numbers[name]) for name in names if numbers.get(name)]


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


def _absent(entries: Mapping[str, Any]) -> str:
    absent = entries.get("absent", 0)
    return f"{absent:,} asked for that are no article's" if absent else ""


def _history(history: Mapping[str, Any]) -> str:
    """Return how much of the past is held, and how long the rest will take."""
    if not history:
        return ""
    held, about, left = history["held"], history["about"], history["left"]
    begun = f" from {history['since']} on" if history.get("since") else ""
    if not left:
        return f"{held:,} articles{begun}; no road leads to more"
    runs = history["runs"]
    pace = f"at this pace {runs:,} more run{'s' * (runs != 1)}" if runs else "no pace yet"
    return f"{held:,} of about {about:,} articles{begun}; {pace}"


def _silent(days: Sequence[str]) -> str:
    """Return the days with fewer articles than usual, the latest first."""
    if not days:
        return ""
    some = "1 day has" if len(days) == 1 else f"{len(days):,} days have"
    named = ", ".join(list(days)[:MOST_SILENT]) + (", …" if len(days) > MOST_SILENT else "")
    return f"{some} fewer articles than usual: {named} (scrapy coverage)"
