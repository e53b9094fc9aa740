"""Crawls of many portals on many machines: jobs of procrastinate in the archive's PostgreSQL.

Needs the extra 'fleet'; nothing else of the package imports this room but `scrapy fleet`.
"""
