"""Makes one spider for each portal of the registry."""

import builtins
from typing import Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from antara_crawler.portals import portals
from antara_crawler.spiders.portal import PortalSpider


class PortalLoader:
    """Scrapy's spider loader: a spider is a portal's name, its class is made when asked for."""

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Return a loader; the registry is the same for all settings."""
        return cls()

    def load(self, spider_name: str) -> type[Spider]:
        """Return the spider class of a portal, or raise KeyError for an unknown name."""
        if spider_name not in portals():
            raise KeyError(f"Spider not found: {spider_name}")
        return type(f"{spider_name.title()}Spider", (PortalSpider,), {"name": spider_name})

    def list(self) -> list[str]:
        """Return the names of all portals."""
        return list(portals())

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """Return the names of the portals that serve the request's host."""
        return [
            name for name, portal in portals().items() if request.url.startswith(portal.base_url)
        ]
