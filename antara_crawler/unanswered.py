"""Why a request got no answer that can be read, as exceptions: each knows its cause."""

from datetime import datetime
from typing import ClassVar

from scrapy.exceptions import IgnoreRequest

from antara_crawler.causes import Cause


class Unanswered(IgnoreRequest):
    """Base of them; the message is one line for a person.

    Raised by what stands between the spider and the network, met again by its errback.
    """

    cause: ClassVar[Cause | None]


class Deferred(Unanswered):
    """Not asked for, or not waited for, because the run ends: it stays queued as it was."""

    cause = None

    def __init__(self) -> None:
        super().__init__("left for the next run")


class Forbidden(Unanswered):
    """The portal's robots.txt does not allow it."""

    cause = Cause.FORBIDDEN

    def __init__(self) -> None:
        super().__init__("Forbidden by robots.txt")


class LeadsElsewhere(Unanswered):
    """The answer leads to another site, which is not asked."""

    cause = Cause.FOREIGN


class LeadsNowhere(Unanswered):
    """The answer leads on and on."""

    cause = Cause.REFUSED


class Damaged(Unanswered):
    """The answer was cut short on its way, garbled, or too large."""

    cause = Cause.DAMAGED


class ToldToWait(Unanswered):
    """The portal, or a page of it, is not to be asked for before `until`."""

    cause = Cause.REFUSED

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.until = until
