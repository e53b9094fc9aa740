"""What a response or a failure says, in the words that pages and people need."""

from dataclasses import dataclass
from datetime import UTC, datetime

from scrapy.exceptions import (
    DownloadCancelledError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from antara_crawler.errors import BrokenCapture, Cause
from antara_crawler.pages import decode
from antara_crawler.unanswered import Unanswered, in_words

# Begun, but not had whole: broken off by the other side, by us for its size, or on the disk.
_BROKEN_OFF = (ResponseDataLossError, DownloadCancelledError, BrokenCapture)


def html_of(response: Response) -> str:
    """Return the text of a response, whatever its header says about the encoding."""
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return decode(response.body, http_content_type_encoding(kind))


def seen_at(response: Response) -> datetime:
    """Return when a response was fetched (UTC): now, or when a replayed capture was made."""
    return response.meta.get("fetched_at") or datetime.now(UTC)


_BUGS = (AssertionError, AttributeError, LookupError, NameError, TypeError)


@dataclass(frozen=True, slots=True)
class Miss:
    """Why a page gave no answer: of which kind it is (None: only left for the next run).

    `reason` is the technical line, `status` that of HTTP where there was one.
    """

    cause: Cause | None
    reason: str
    status: int | None = None


def miss_of(failure: Failure) -> Miss:
    """Return what an errback's failure means; raise it again when it is a bug of ours."""
    error = failure.value
    if isinstance(error, _BUGS):
        raise error
    if isinstance(error, HttpError):
        status = error.response.status
        return Miss(cause_of_status(status), f"HTTP {status}", status)
    if isinstance(error, Unanswered):
        return Miss(error.cause, in_words(error))
    cause = Cause.NO_ANSWER
    if isinstance(error, UnsupportedURLSchemeError):
        cause = Cause.FOREIGN
    elif isinstance(error, _BROKEN_OFF):
        cause = Cause.DAMAGED
    elif isinstance(error, IgnoreRequest):  # it leads on and on
        cause = Cause.REFUSED
    return Miss(cause, in_words(error))


def cause_of_status(status: int) -> Cause:
    """Return why a page with this status could not be read."""
    # 206: a part of it, though all of it was asked for
    known = {404: Cause.NOT_FOUND, 410: Cause.NOT_FOUND, 206: Cause.DAMAGED}
    return known.get(status, Cause.REFUSED)
