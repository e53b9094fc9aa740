"""Why a request got no answer that can be read, as exceptions: each knows its cause."""

from datetime import timedelta
from typing import ClassVar

from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure

from antara_crawler.errors import Cause
from antara_crawler.wording import sentence

LONGEST_KEPT = timedelta(hours=36)
"""A nightly run that gets older copies of feeds and listings sees nothing of the day before."""


class Unanswered(IgnoreRequest):
    """Base of them; the message is one line for a person.

    Raised by what stands between the spider and the network, met again by its errback.
    """

    cause: ClassVar[Cause | None] = None
    said: ClassVar[str] = ""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.said)


class Deferred(Unanswered):
    """Not asked for, or not waited for, because the run ends: it stays queued as it was."""

    said = sentence("left for the next run")


class NotCaptured(Unanswered):
    """The captures that are replayed do not hold it: it waits for a crawl of the portal."""

    said = sentence("not in the captures")


class Forbidden(Unanswered):
    """The portal's robots.txt does not allow it."""

    cause = Cause.FORBIDDEN
    said = sentence("Forbidden by robots.txt")


class LeadsElsewhere(Unanswered):
    """The answer leads to another site, which is not asked."""

    cause = Cause.FOREIGN


class Untrusted(Unanswered):
    """Whoever answers cannot show that it is the portal: its TLS certificate is not valid."""

    cause = Cause.NO_ANSWER


class Damaged(Unanswered):
    """The answer was cut short on its way, garbled, or too large."""

    cause = Cause.DAMAGED


def in_words(error: BaseException | None) -> str:
    """Return in one line what an exception says of a request."""
    if isinstance(error, IgnoreRequest):
        return str(error) or "not asked"
    # Of a connection that broke, Scrapy's error tells Twisted's as an object, not in words.
    said = "; ".join(each.getErrorMessage() for each in reasons_of(error)) or str(error)
    text = " ".join(said.split())
    return f"{type(error).__name__}: {text}"[:300] if text else type(error).__name__


def reasons_of(error: BaseException | None) -> list[Failure]:
    """Return the failures of Twisted that Scrapy's exception stands for."""
    return list(getattr(getattr(error, "__cause__", None), "reasons", ()))
