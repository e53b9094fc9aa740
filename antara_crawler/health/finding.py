"""One thing that goes wrong, in words for a person, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

from antara_crawler.wording import sentence, told, tr

Kind = Literal[
    "silent", "no run", "differs", "empty", "left out", "failing", "unreadable", "changing",
    "disk", "verify", "machine", "fleet",
]  # fmt: skip

REMEDIES: dict[Kind, str] = {
    sentence("silent"): sentence(
        "look whether the portal, or its page of that section, shows newer articles in a"
        " browser: if so, its listings or feeds have changed, and the software needs an update"
    ),
    sentence("no run"): sentence(
        "look why no crawl came to its end: scrapy stats --runs, then the timer or cron"
    ),
    sentence("differs"): sentence(
        "look at one: scrapy show --evidence ID; where the page is right, its template"
        " needs an update, then: scrapy reextract"
    ),
    sentence("empty"): sentence(
        "open one in a browser: where the page still shows it, its template needs an update,"
        " then: scrapy reextract; nothing is lost"
    ),
    sentence("left out"): sentence(
        "look at one: scrapy show --left-out ID; where text of the article is among it, its"
        " template needs an update, then: scrapy reextract"
    ),
    sentence("failing"): sentence(
        "see why: scrapy stats --failures; they are asked for again by later runs"
    ),
    sentence("unreadable"): sentence(
        "open one in a browser (scrapy stats --failures): a new look of the portal needs"
        " an update of the software, then: scrapy reextract; the pages are kept raw"
    ),
    sentence("changing"): sentence(
        "look at what changed: scrapy show --revisions ID; where it is no wording, but a"
        " counter or an advert, its template needs an update"
    ),
    sentence("disk"): sentence("make room, or move the captures to a larger disk (CAPTURES_DIR)"),
    sentence("verify"): sentence("run: scrapy verify (the README has a timer for it)"),
    sentence("machine"): sentence(
        "see why, then start its worker again: scrapy fleet worker --name NAME; one that was given"
        " up leaves the list when that worker, started anywhere, is stopped with Ctrl-C"
    ),
    sentence("fleet"): sentence(
        "see scrapy fleet status, and whether a machine is at work; then: scrapy fleet run"
    ),
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

    @property
    def in_words(self) -> str:
        """Kind and finding in the reader's language."""
        return f"{tr(self.kind)}: {told(self.what)}"
