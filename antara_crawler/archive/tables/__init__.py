"""The tables of an archive and their rows: what stands in the database, and in which types."""

from antara_crawler.archive.tables import articles, crawl, evidence, history
from antara_crawler.archive.tables.articles import Base

__all__ = ["Base", "articles", "crawl", "evidence", "history"]
