"""The read-only reader: pages for people and JSON for programs, both over the archive's door.

No SQL and no Scrapy in here. FastAPI, since the JSON side needs an OpenAPI description, and
FastAPI derives it from the very types that the archive's door gives out.
"""

from antara_crawler.web.app import create_app
from antara_crawler.web.guard import THIS_MACHINE
from antara_crawler.web.password import Password
from antara_crawler.web.password import write as write_password
from antara_crawler.web.server import HOST, listen, server_of, workers

__all__ = [
    "HOST",
    "THIS_MACHINE",
    "Password",
    "create_app",
    "listen",
    "server_of",
    "workers",
    "write_password",
]
