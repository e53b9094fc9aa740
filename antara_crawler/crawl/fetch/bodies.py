"""Keeps every answer raw, as it came over the wire; then unpacks it, whole or not at all."""

from datetime import UTC, datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from antara_crawler.crawl.crawler import Part
from antara_crawler.crawl.fetch.network import Head
from antara_crawler.errors import DamagedBody
from antara_crawler.unanswered import Damaged
from antara_crawler.warc import Exchange, whole

# Answers that Scrapy asks for again say nothing of the page.
NOT_KEPT = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
ACCEPTED = b"gzip, deflate, br, zstd"


class KeepRaw(Part):
    """Appends each usable answer to the captures; where it lies goes into `request.meta`."""

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the response unchanged, its raw record appended (synced before it is cited)."""
        if response.status in NOT_KEPT or "not captured" in response.flags:
            return response
        head: Head | None = request.meta.pop("head", None)
        exchange = Exchange(
            url=request.url,
            method=request.method,
            request_headers=_pairs(request.headers),
            status=response.status,
            reason=head.reason if head else "",
            response_headers=head.headers if head else _pairs(response.headers),
            body=response.body,
            fetched_at=request.meta.get("fetched_at") or datetime.now(UTC),
            ip=str(response.ip_address) if response.ip_address else None,
            protocol=response.protocol or "HTTP/1.1",
        )
        request.meta["capture"] = await self.run.keep_raw(exchange, request.meta.get("page"))
        return response


def _pairs(headers: Headers) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name, value) for name, values in headers.items() for value in values)


class Unpacking:
    """In the place of Scrapy's HttpCompressionMiddleware, which takes a part for the whole."""

    def __init__(self, most: int) -> None:
        self.most = most

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the largest size of a body, which holds for the unpacked one as well."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say which codings are understood."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the response with its body unpacked; raise Damaged when that is not whole."""
        if response.status >= 300:
            return response  # nobody reads it, and its status says more than its body
        headers = response.headers.copy()
        codings = [line.decode("latin-1") for line in headers.getlist("Content-Encoding")]
        length = headers.get("Content-Length")
        try:
            body = whole(
                response.body, codings, length.decode("latin-1") if length else None, self.most
            )
        except DamagedBody as error:
            raise Damaged(str(error)) from error
        if not codings:
            return response
        del headers["Content-Encoding"]
        return response.replace(headers=headers, body=body)
