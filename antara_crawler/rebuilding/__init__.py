"""Makes an archive anew from the captures alone: every answer of every crawl, in their order."""

from antara_crawler.rebuilding.rebuilder import Rebuilder

__all__ = ["Rebuilder"]
