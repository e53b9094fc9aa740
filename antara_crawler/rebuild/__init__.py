"""Makes an archive anew from the captures alone: every answer of every crawl, in their order."""

from antara_crawler.rebuild.rebuilder import Rebuilder

__all__ = ["Rebuilder"]
