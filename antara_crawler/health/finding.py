"""One thing that goes wrong, in words for a person, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "silent", "no run", "differs", "empty", "left out", "failing", "unreadable", "changing",
    "disk", "verify",
]  # fmt: skip

REMEDIES: dict[Kind, str] = {
    "silent": "look whether the portal, or its page of that section, shows newer articles in a"
    " browser: if so, its listings or feeds have changed, and the software needs an update",
    "no run": "look why no crawl came to its end: scrapy stats --runs, then the timer or cron",
    "differs": "look at one: scrapy show --evidence ID; where the page is right, its template"
    " needs an update, then: scrapy reextract",
    "empty": "open one in a browser: where the page still shows it, its template needs an update,"
    " then: scrapy reextract; nothing is lost",
    "left out": "look at one: scrapy show --left-out ID; where text of the article is among it, its"
    " template needs an update, then: scrapy reextract",
    "failing": "see why: scrapy stats --failures; they are asked for again by later runs",
    "unreadable": "open one in a browser (scrapy stats --failures): a new look of the portal needs"
    " an update of the software, then: scrapy reextract; the pages are kept raw",
    "changing": "look at what changed: scrapy show --revisions ID; where it is no wording, but a"
    " counter or an advert, its template needs an update",
    "disk": "make room, or move the captures to a larger disk (CAPTURES_DIR)",
    "verify": "run: scrapy verify (the README has a timer for it)",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What goes wrong: `key` is the same each night for the same thing, `what` says it today."""

    key: str
    kind: Kind
    portal: str | None
    what: str

    @property
    def remedy(self) -> str:
        """What to do about it, in one sentence."""
        return REMEDIES[self.kind]
