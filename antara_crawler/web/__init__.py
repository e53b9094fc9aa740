"""The read-only reader: pages for people and JSON for programs, both over the archive's API.

No SQL and no Scrapy in here. FastAPI, since the JSON side needs an OpenAPI description, and
FastAPI derives it from the very types that the archive's API gives out.
"""
