"""What an item says of its document, and what an entry comes to that is not asked for."""

from antara_crawler.crawl.account.account import Fate, Verdict
from antara_crawler.items import Article, Found, Outcome

STANDINGS = {
    "not_due": Fate.NOT_DUE,
    "dates": Fate.DATES,
    "failed": Fate.FAILED,
    "unreadable": Fate.UNREADABLE,
    "gone": Fate.GONE,
    "given_up": Fate.GIVEN_UP,
    "out_of_range": Fate.OUT_OF_RANGE,
}
"""What an entry comes to whose page is not asked for, by where the frontier says it stands."""


def verdict_of(item: Article | Outcome) -> Verdict:
    """Return what an item says of the document that it was read from."""
    if isinstance(item, Article):
        return Verdict.READ
    match item.state:
        case "stored":
            return Verdict.UNCHANGED
        case "gone" | "absent":
            return Verdict.ABSENT
        case "unreadable":
            return Verdict.UNREADABLE
        case "out_of_range":
            return Verdict.READ
        case "queued":
            return Verdict.DEFERRED
        case "not_captured":
            return Verdict.NOT_CAPTURED
        case "failed" | "given_up" | "forgotten":
            return Verdict.FAILED


def verdict_of_found(found: Found) -> Verdict:
    """Return what a page that names articles says of itself."""
    if found.road is not None and found.road.works is False:
        return Verdict.ABSENT
    return Verdict.UNCHANGED if found.unchanged else Verdict.READ
