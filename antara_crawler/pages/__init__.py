"""How a page is read: HTML, XML or text and a URL in, items out; no Scrapy, no SQL, no clock."""

from antara_crawler.addresses import absolute, address_of, canonical_listing, own_url
from antara_crawler.pages.article import read_article
from antara_crawler.pages.custom import Catalogue, read_catalogue
from antara_crawler.pages.decoding import decode
from antara_crawler.pages.dumps import read_dump
from antara_crawler.pages.found.feeds import Sitemap, read_feed, read_sitemap
from antara_crawler.pages.found.listings import Listing, read_listing
from antara_crawler.pages.found.shown import Shown
from antara_crawler.pages.missing import says_missing
from antara_crawler.pages.multipage import further_pages, join_pages

__all__ = [
    "Catalogue",
    "Listing",
    "Shown",
    "Sitemap",
    "absolute",
    "address_of",
    "canonical_listing",
    "decode",
    "further_pages",
    "join_pages",
    "own_url",
    "read_article",
    "read_catalogue",
    "read_dump",
    "read_feed",
    "read_listing",
    "read_sitemap",
    "says_missing",
]
