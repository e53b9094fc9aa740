"""Crawls of many portals on many machines: jobs of procrastinate in the archive's PostgreSQL.

Needs the extra 'fleet', but for `state` and `verdicts`: who reads the archive can read the fleet.
"""
