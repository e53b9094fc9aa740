"""What a guest owes a portal beyond a delay: robots.txt in doubt is a no, and 'wait' is obeyed."""

import logging

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from antara_crawler.crawl.account.account import Verdict
from antara_crawler.crawl.account.bookkeeping import verdict_of_robots
from antara_crawler.crawl.crawler import run_of
from antara_crawler.crawl.run import Run
from antara_crawler.errors import Cause
from antara_crawler.unanswered import Deferred, Forbidden, in_words
from antara_crawler.wording import sentence

logger = logging.getLogger(__name__)

LONGEST_ROBOTS = 512 * 1024
"""Characters of a robots.txt that are kept as in force; RFC 9309 has parsers read 500 KiB."""
_GZIP = b"\x1f\x8b"
LONGEST_DELAY = 60.0
"""Seconds: a portal that asks for more would need days for a night's news."""


class ObeyRobots(RobotsTxtMiddleware):
    """Scrapy's robots.txt middleware, save that no answer means no permission (RFC 9309, 2.3.1.4).

    Scrapy takes an unreachable robots.txt, or one answered with 5xx, for a yes.
    """

    _refused = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        logging.getLogger(RobotsTxtMiddleware.__module__).addFilter(_no_traceback)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the portal's own rules: no other site's robots.txt is asked for or obeyed."""
        return await super().robot_parser(Request(f"{self._run.portal.base_url}/"))

    @property
    def _run(self) -> Run:
        return run_of(self.crawler)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise Forbidden for what robots.txt forbids, Deferred when it could not be read."""
        if self._refused:
            raise Deferred
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise Forbidden from None

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        verdict = verdict_of_robots(response.status)
        if verdict is Verdict.FAILED:
            self._refuse(f"HTTP {response.status}")
        elif verdict is Verdict.ABSENT:
            # no robots.txt: everything is allowed, whatever words the error page holds
            response = response.replace(body=b"")
        elif b"\0" in response.body or response.body.startswith(_GZIP):
            self._refuse(sentence("it is no text in UTF-8"))
        else:
            text = response.body.decode("utf-8", "replace")
            if text.lstrip("\ufeff \r\n\t").startswith("<"):
                self._run.account.notes.append(
                    sentence(
                        "robots.txt is a web page, and no rules were found in it: all was asked"
                    )
                )
            self._run.captures.set_robots(text[:LONGEST_ROBOTS])
        await super()._parse_robots(response, netloc, request)
        self._slow_down(netloc)

    def _slow_down(self, netloc: str) -> None:
        """Keep the pause that robots.txt asks for (Crawl-delay, Request-rate), in every run."""
        rules = getattr(self._parsers[netloc], "rp", None)
        if rules is None or self._run.replay is not None:
            return
        if asked := delay_of(rules, self._robotstxt_useragent or ""):
            kept = min(asked, LONGEST_DELAY)
            but = f", {kept:g} s are kept" if kept < asked else ""
            logger.info("robots.txt asks for %g s between requests%s", asked, but)
            self._run.rate_limit.slow_down(kept)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._refuse(in_words(exc))
        super()._robots_error(exc, netloc)

    def _refuse(self, why: str) -> None:
        """Ask for nothing more in this run; what is known stays queued as it was."""
        self._refused = True
        if not self._run.shutdown.begun:
            said = sentence(f"robots.txt could not be read ({why})")
            self._run.close_early("unreachable", said, Cause.NO_ANSWER)


def _no_traceback(record: logging.LogRecord) -> bool:
    """Let nothing through of a robots.txt that was not to be had: who asked for it says why."""
    return not str(record.msg).startswith("Error downloading")


def delay_of(rules: Protego, name: str) -> float:
    """Return the seconds that robots.txt wants between two requests of a crawler; 0 for none.

    A Request-rate that is given for certain hours is kept at all hours.
    """
    rate = rules.request_rate(name)
    by_rate = rate.seconds / rate.requests if rate and rate.requests > 0 else 0.0
    return max(rules.crawl_delay(name) or 0.0, by_rate)
