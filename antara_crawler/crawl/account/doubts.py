"""What in a run looks unlike articles, though each page of it was read: for a person to look at."""

from collections.abc import Iterator, Mapping
from typing import Any

from antara_crawler.wording import sentence

ASKED, CHANGED, SAME_TEXT = "rechecks/asked", "rechecks/changed", "articles/same_text"
"""Scrapy statistics: known articles fetched again, those whose text had changed, and articles
refused since their text is that of others."""

FEW = 10
"""Rechecks of which nothing is concluded."""


def doubts(stats: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each thing that a person should look at; nothing is owed for it."""
    asked, changed = stats.get(ASKED, 0), stats.get(CHANGED, 0)
    if asked >= FEW and 2 * changed > asked:
        yield sentence(
            f"{changed:,} of {asked:,} articles looked at again had another text: see one with"
            " scrapy show; a counter or a notice may have come into the pages"
        )
    if same := stats.get(SAME_TEXT, 0):
        yield sentence(f"{same:,} pages gave the text of other articles: kept raw, and not taken")
