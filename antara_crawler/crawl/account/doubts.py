"""What of a run a person should look at, though nothing went unread: by Scrapy's statistics."""

from collections.abc import Iterator, Mapping
from typing import Any

from antara_crawler.wording import sentence

ASKED, CHANGED, SAME_TEXT = "rechecks/asked", "rechecks/changed", "articles/same_text"
"""Scrapy statistics: known articles fetched again, those whose text had changed, and articles
refused since their text is that of others."""
ALIKE = "articles/alike"
"""The statistic of articles, new or changed, with the text of one a little before."""
UNDECODED = "articles/undecoded"
"""The statistic of articles, new or changed, in whose text stand signs that are none."""

FEW, SEVERAL = 10, 5
"""Articles of one text of which nothing is concluded, and changed ones of which something is."""
MOST_TWINS = 2
"""Articles with the text of another among few: a story may be published twice."""


def of_one_text(stats: Mapping[str, Any]) -> int:
    """Return how many articles have the text of another, where these are too many; else 0."""
    alike, taken = stats.get(ALIKE, 0), stats.get("stored/new", 0) + stats.get(CHANGED, 0)
    most = MOST_TWINS if 2 * alike > taken else FEW - 1
    return int(alike) if alike > most else 0


def doubts(stats: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each thing that a person should look at; nothing is owed for it."""
    asked, changed = stats.get(ASKED, 0), stats.get(CHANGED, 0)
    if changed >= SEVERAL and 2 * changed > asked:
        yield sentence(
            f"{changed:,} of {asked:,} articles looked at again had another text: see one with"
            " scrapy show; a counter or a notice may have come into the pages"
        )
    if same := stats.get(SAME_TEXT, 0):
        yield sentence(f"gave the text of other articles: {same:,} pages, kept raw and not taken")
    if odd := stats.get(UNDECODED, 0):
        yield sentence(
            f"{odd:,} articles hold signs that nobody can read (\ufffd): the page says another"
            " encoding than it has; the raw page is kept"
        )
    if alike := of_one_text(stats):
        yield sentence(
            f"{alike:,} articles, new or changed, have the text of another: a notice may stand in"
            " their place"
        )
