"""Why something went unread: eight causes in words for a librarian, each with its remedy.

One place for these words: the closing summary, the runs table, `stats`, the runs page and the
API say the same.
"""

from enum import StrEnum

from antara_crawler.wording import sentence


class Cause(StrEnum):
    """What stood between us and a page. The value is what the archive keeps, its words English."""

    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    UNKNOWN_FORM = "unknown_form"
    DAMAGED = "damaged"
    NOT_WRITTEN = "not_written"
    FOREIGN = "foreign"

    @property
    def words(self) -> str:
        """What happened, in a few words."""
        return _WORDS[self][0]

    @property
    def remedy(self) -> str:
        """What to do about it, in one sentence."""
        return _WORDS[self][1]


_WORDS: dict[Cause, tuple[str, str]] = {
    Cause.NO_ANSWER: (
        sentence("the portal does not answer"),
        sentence(
            "look whether the portal opens in a browser from this machine; it is asked again by the"
            " next run"
        ),
    ),
    Cause.REFUSED: (
        sentence("the portal refused to answer"),
        sentence(
            "it asks for fewer requests, or its server has a fault: let the next run ask again, and"
            " raise DOWNLOAD_DELAY if this goes on"
        ),
    ),
    Cause.FORBIDDEN: (
        sentence("forbidden by the portal's robots.txt"),
        sentence("nothing is asked for against it: ask the portal for permission"),
    ),
    Cause.NOT_FOUND: (
        sentence("named by the portal, but not there"),
        sentence(
            "nothing to do: it is looked for again, and said to be gone after a second look on"
            " another day"
        ),
    ),
    Cause.UNKNOWN_FORM: (
        sentence("fetched, but no template reads it: kept raw"),
        sentence(
            "open the address in a browser: a notice there will pass, and the next run asks again;"
            " where the portal has a new look, update the software, then run: scrapy reextract"
        ),
    ),
    Cause.DAMAGED: (
        sentence("damaged or cut short on its way"),
        sentence(
            "nothing to do if it was fetched: it is asked again; a damaged capture file is to be"
            " copied anew from its source"
        ),
    ),
    Cause.NOT_WRITTEN: (
        sentence("could not be written"),
        sentence("make room on the disk or mend the database, and run the same command again"),
    ),
    Cause.FOREIGN: (
        sentence("not of this portal"),
        sentence("look at the address: it leads to another site, or the portal has moved"),
    ),
}
