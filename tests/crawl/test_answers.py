"""What stood between us and a page is named by its kind, whatever raised it."""

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from antara_crawler.errors import BrokenCapture, Cause
from antara_crawler.spiders.answers import miss_of
from antara_crawler.unanswered import Damaged, Deferred, Forbidden, LeadsElsewhere


def http(status: int) -> HttpError:
    return HttpError(Response("https://kalsel.antaranews.com/berita/1/a", status))


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (CannotResolveHostError("kalsel"), Cause.NO_ANSWER),
        (DownloadConnectionRefusedError("refused"), Cause.NO_ANSWER),
        (DownloadTimeoutError("30 s"), Cause.NO_ANSWER),
        (ResponseDataLossError(), Cause.DAMAGED),
        (DownloadCancelledError("too large"), Cause.DAMAGED),
        (BrokenCapture("digest"), Cause.DAMAGED),
        (Damaged("gzip ends too early"), Cause.DAMAGED),
        (UnsupportedURLSchemeError("data"), Cause.FOREIGN),
        (LeadsElsewhere("leads to https://example.org"), Cause.FOREIGN),
        (Forbidden(), Cause.FORBIDDEN),
        (http(403), Cause.REFUSED),
        (http(429), Cause.REFUSED),
        (http(503), Cause.REFUSED),
        (http(202), Cause.REFUSED),
        (http(404), Cause.NOT_FOUND),
        (http(206), Cause.DAMAGED),
        (Deferred(), None),
    ],
)
def test_a_failure_is_named_by_its_kind(error: Exception, cause: Cause | None) -> None:
    miss = miss_of(Failure(error))
    assert miss.cause is cause
    assert miss.reason
    assert "\n" not in miss.reason


def test_an_http_status_is_kept_with_the_miss() -> None:
    assert (miss_of(Failure(http(503))).reason, miss_of(Failure(http(503))).status) == (
        "HTTP 503",
        503,
    )


def test_a_bug_of_ours_is_no_failure_of_a_page() -> None:
    with pytest.raises(TypeError):
        miss_of(Failure(TypeError("unexpected keyword")))
