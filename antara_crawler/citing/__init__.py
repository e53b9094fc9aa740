"""How to cite an archived article: in the words of four styles, and as data for programs."""

from antara_crawler.citing.data import DATA as DATA
from antara_crawler.citing.data import meta_tags as meta_tags
from antara_crawler.citing.data import news_article as news_article
from antara_crawler.citing.source import STYLES as STYLES
from antara_crawler.citing.source import Source as Source
from antara_crawler.citing.source import source_of as source_of
