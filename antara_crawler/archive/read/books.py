"""The books of a run in words: the closing summary, `stats` and the runs page read them here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from antara_crawler.wording import counted, figure, sentence, tr, words

ARTICLES, UNREAD, WAITING = words("articles"), words("unread"), words("waiting")
DOCUMENTS, RECORDS = words("documents"), words("records")
_EXITS, _EXITS_OF = words("exits"), words("exits_of")

MOST_SILENT = 5
"""Silent days that are named."""


def ending(status: int, command: str = "crawl") -> str:
    """Return what an exit status of a command means, in English; 0 is done."""
    said = _EXITS | _EXITS_OF.get(command, {})
    return str(said.get(str(status), sentence(f"exit status {status}")))


def in_lines(
    counts: Mapping[str, Any], why: Iterable[str] = (), what_next: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """Return a run as lines for a person, each a label and its text.

    They are what it counted, why it ended as it did, and what to do next.
    """
    some = ", ".join(f"{figure(n)} {tr(name)}" for name, n in figures(counts))
    told = _of_crawl(counts) if "documents" in counts else [(tr("counts"), some)]
    told += [*((tr("why"), each) for each in why), *((tr("next"), each) for each in what_next)]
    return [(label, text) for label, text in told if text]


def _of_crawl(counts: Mapping[str, Any]) -> list[tuple[str, str]]:
    documents, entries = counts["documents"], counts["entries"]
    records, absent, strays = counts.get("records"), entries.get("absent", 0), entries["strays"]
    shown = f"{figure(records['shown'])}: {_some_of(RECORDS, records)}" if records else ""
    what, size = _some_of(DOCUMENTS, documents), counts["bytes"] / 1e6
    of = {"n": strays, "url": entries["stray"]}
    return [
        (tr("articles"), _all_of(ARTICLES, entries)),
        (tr("pages"), _all_of(UNREAD, entries | _indexes_unread(counts))),
        (tr("waiting"), _waiting(counts)),
        (tr("numbers"), absent and tr("{n:,} asked for that are no article's", n=absent)),
        (tr("history"), _history(counts.get("history") or {})),
        (tr("silent"), _silent(counts.get("silent_days") or [])),
        (tr("links"), strays and tr("{n:,} are no articles of this portal, such as {url}", **of)),
        (tr("documents"), tr("{n:,} asked: {what}", n=documents["asked"], what=what)),
        (tr("records"), shown),
        (tr("text"), tr("{n:,} repeated paragraphs removed", n=counts["repeats_removed"])),
        (tr("asked"), tr("{n:,} requests, {size:.1f} MB", n=counts["requests"], size=size)),
    ]


def figures(counts: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the counts worth a word on a page, by name; those of other commands as they are."""
    if "documents" not in counts:
        return [(name, count) for name, count in counts.items() if count]
    numbers = {**counts["entries"], **_indexes_unread(counts), **counts}
    names = (*ARTICLES, *UNREAD, "absent", *WAITING, "repeats_removed")
    return [(name, numbers[name]) for name in names if numbers.get(name)]


def _indexes_unread(counts: Mapping[str, Any]) -> dict[str, int]:
    """Return what went unread of entries and of the documents that name them."""
    entries, indexes = counts["entries"], counts["indexes"]
    unread = {name: entries[name] + indexes[name] for name in indexes}
    return {**unread, "forbidden": counts["documents"]["forbidden"]}


def _all_of(words: Mapping[str, str], numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{figure(numbers[name])} {tr(word)}" for name, word in words.items())


def _some_of(words: Mapping[str, str], numbers: Mapping[str, int]) -> str:
    return _all_of({name: word for name, word in words.items() if numbers[name]}, numbers)


def _waiting(counts: Mapping[str, Any]) -> str:
    why = _some_of(WAITING, counts["entries"])
    queued = tr("{n:,} queued in all", n=counts["queued"]) if counts["queued"] else ""
    return "; ".join(filter(None, [why, queued]))


def _history(history: Mapping[str, Any]) -> str:
    """Return how much of the past is held, and how long the rest will take."""
    if not history:
        return ""
    held, about = history["held"], history["about"]
    since = tr(" from {day} on", day=history["since"]) if history.get("since") else ""
    if not history["left"]:
        return tr("{held:,} articles{since}; no road leads to more", held=held, since=since)
    runs = history["runs"]
    pace = tr("at this pace {runs}", runs=counted(runs, "more run")) if runs else tr("no pace yet")
    of = {"held": held, "about": about, "since": since, "pace": pace}
    return tr("{held:,} of about {about:,} articles{since}; {pace}", **of)


def _silent(days: Sequence[str]) -> str:
    """Return the days with fewer articles than usual, the latest first."""
    if not days:
        return ""
    named = ", ".join(list(days)[:MOST_SILENT]) + (", …" if len(days) > MOST_SILENT else "")
    if len(days) == 1:
        return tr("1 day has fewer articles than usual: {days} (scrapy coverage)", days=named)
    of = {"n": len(days), "days": named}
    return tr("{n:,} days have fewer articles than usual: {days} (scrapy coverage)", **of)
