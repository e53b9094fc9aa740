"""The read-only reader: pages for people and JSON for programs, both over the archive's API.

No SQL and no Scrapy in here. FastAPI, since the JSON side needs an OpenAPI description, and
FastAPI derives it from the very types that the archive's API gives out.
"""

from antara_crawler.web.app import HOST as HOST
from antara_crawler.web.app import create_app as create_app
from antara_crawler.web.app import listen as listen
from antara_crawler.web.app import server_of as server_of
from antara_crawler.web.app import workers as workers
from antara_crawler.web.security import THIS_MACHINE as THIS_MACHINE
from antara_crawler.web.security import Password as Password
from antara_crawler.web.security import write_password as write_password
