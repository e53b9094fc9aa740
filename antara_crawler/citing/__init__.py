"""How to cite an archived article: in the words of four styles, and as data for programs."""

from antara_crawler.citing.data import DATA, meta_tags, news_article
from antara_crawler.citing.source import Source, source_of
from antara_crawler.citing.styles import STYLES

__all__ = ["DATA", "STYLES", "Source", "meta_tags", "news_article", "source_of"]
