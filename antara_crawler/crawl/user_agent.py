"""Says who crawls: the User-Agent from the software's name and the operator's contact."""

import re

from scrapy.settings import BaseSettings

from antara_crawler import __version__

NAME = "antara-crawler"
_PRODUCT = re.compile(r"(?:^|[\s;(])([a-z][\w.-]*)/\d", re.I | re.ASCII)


class UserAgent:
    """Scrapy add-on that fills in `USER_AGENT` unless the user set one.

    Which group of a robots.txt applies is asked by the names of the software alone: its
    operator's address may hold the name of some other crawler.
    """

    def update_settings(self, settings: BaseSettings) -> None:
        """Set USER_AGENT from CONTACT, and ROBOTSTXT_USER_AGENT, with an add-on's priority."""
        contact = " ".join(str(settings["CONTACT"] or "").split())
        where = contact.encode("ascii", "ignore").decode()[:200]  # of the operator
        ours = f"{NAME}/{__version__} (+{where})" if where else f"{NAME}/{__version__}"
        settings.set("USER_AGENT", ours, "addon")
        says = str(settings["USER_AGENT"])
        # the names of the software that it lists, without versions and addresses
        products = " ".join(_PRODUCT.findall(says)) or says.partition(" ")[0]
        settings.set("ROBOTSTXT_USER_AGENT", NAME if says == ours else products, "addon")
