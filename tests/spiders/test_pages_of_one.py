"""The pages of an article are asked for one by one until none is named, or the whole is there."""

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from antara_crawler.items import Article, Page
from antara_crawler.pages import address_of
from antara_crawler.portals import portal
from antara_crawler.spiders.portal import PortalSpider
from tests.pages import building
from tests.pages.building import LEAD, SECOND, THIRD, URL

ALL = f"{URL}?page=all"


def page(text: str, *queries: str) -> str:
    links = "".join(f'<a href="{URL}?page={query}">{query}</a>' for query in queries)
    return building.page(building.paragraphs(text)).replace("</body>", f"<p>{links}</p></body>")


def crawled(answers: dict[str, str]) -> tuple[list[str], Article]:
    """Return what was asked for, and the article that came of it."""
    spider, asked = PortalSpider("kalsel"), [URL]
    at = address_of(URL, portal("kalsel"))
    assert at is not None
    request = spider.request(Page("kalsel", "article", URL, at.kind, at.number))
    while True:
        body = answers[request.url].encode()
        response = HtmlResponse(request.url, body=body, encoding="utf-8", request=request)
        [found] = spider.parse_article(response)
        if not isinstance(found, Request):
            assert isinstance(found, Article)
            return asked, found
        request = found
        asked.append(request.url)
        assert len(asked) < 9, "it does not end"


def test_pages_that_only_the_one_before_names_are_asked_for() -> None:
    two, three = (f"{URL}?page={n}" for n in (2, 3))
    answers = {URL: page(LEAD, "2"), two: page(SECOND, "1", "3"), three: page(THIRD, "2")}
    asked, article = crawled(answers)
    assert asked == [URL, two, three]
    assert article.paragraphs == (LEAD, SECOND, THIRD)


@pytest.mark.parametrize("text", [LEAD, f"{LEAD} {SECOND}"])
def test_the_whole_at_once_is_taken_unless_it_is_the_first_page_again(text: str) -> None:
    two = f"{URL}?page=2"
    answers = {URL: page(LEAD, "2", "all"), ALL: page(text), two: page(SECOND)}
    asked, article = crawled(answers)
    assert asked == ([URL, ALL, two] if text == LEAD else [URL, ALL])
    assert article.paragraphs == ((LEAD, SECOND) if text == LEAD else (text,))
