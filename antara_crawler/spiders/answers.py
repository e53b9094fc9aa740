"""What a response or a failure says, in the words that pages and people need."""

from datetime import UTC, datetime

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from antara_crawler.pages import decode


def html_of(response: Response) -> str:
    """Return the text of a response, whatever its header says about the encoding."""
    declared = http_content_type_encoding(
        (response.headers.get("Content-Type") or b"").decode("latin-1")
    )
    return decode(response.body, declared)


def seen_at(response: Response) -> datetime:
    """Return when a response was fetched (UTC): now, or when a replayed capture was made."""
    when = response.meta.get("fetched_at")
    return when if isinstance(when, datetime) else datetime.now(UTC)


def reason_of(failure: Failure) -> str:
    """Return in one line why a page gave no answer."""
    error = failure.value
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    if isinstance(error, IgnoreRequest):
        return str(error) or "not asked"
    # Of a connection that broke, Scrapy's error tells Twisted's as an object, not in words.
    reasons = getattr(getattr(error, "__cause__", None), "reasons", ())
    said = "; ".join(each.getErrorMessage() for each in reasons) or str(error)
    text = " ".join(said.split())
    return f"{type(error).__name__}: {text}"[:300] if text else type(error).__name__
