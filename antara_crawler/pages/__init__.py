"""How a page is read: HTML, XML or text and a URL in, items out; no Scrapy, no SQL, no clock."""

from antara_crawler.addresses import absolute as absolute
from antara_crawler.addresses import address_of as address_of
from antara_crawler.addresses import canonical_listing as canonical_listing
from antara_crawler.addresses import own_url as own_url
from antara_crawler.pages.article import read_article as read_article
from antara_crawler.pages.custom import Catalogue as Catalogue
from antara_crawler.pages.custom import read_catalogue as read_catalogue
from antara_crawler.pages.decoding import decode as decode
from antara_crawler.pages.dumps import read_dump as read_dump
from antara_crawler.pages.found.feeds import Sitemap as Sitemap
from antara_crawler.pages.found.feeds import read_feed as read_feed
from antara_crawler.pages.found.feeds import read_sitemap as read_sitemap
from antara_crawler.pages.found.listings import Listing as Listing
from antara_crawler.pages.found.listings import read_listing as read_listing
from antara_crawler.pages.found.shown import Shown as Shown
from antara_crawler.pages.multipage import further_pages as further_pages
from antara_crawler.pages.multipage import join_pages as join_pages
from antara_crawler.pages.templates import says_missing as says_missing
