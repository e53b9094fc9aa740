"""Unpacks what the portal sent packed, whole or not at all: Scrapy takes a part for the whole."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from antara_crawler.errors import DamagedBody
from antara_crawler.unanswered import Damaged
from antara_crawler.warc import whole

ACCEPTED = b"gzip, deflate, br, zstd"


class Unpacking:
    """Downloader middleware in the place of Scrapy's HttpCompressionMiddleware."""

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
