"""Keeps every answer raw, as it came over the wire, before anything reads it."""

from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Headers, Response

from antara_crawler.crawl.crawler import Part
from antara_crawler.crawl.fetch.network import Head
from antara_crawler.warc import Exchange, header_pairs

# Answers that Scrapy asks for again say nothing of the page.
NOT_KEPT = frozenset({408, 429, 500, 502, 503, 504, 522, 524})


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
    return header_pairs((name, value) for name, values in headers.items() for value in values)
