"""Says who crawls: the User-Agent from the software's name and the operator's contact."""

from scrapy.settings import BaseSettings

from antara_crawler import __version__


def user_agent(contact: str) -> str:
    """Return the User-Agent header: software, version, and where its operator is reached."""
    where = " ".join(contact.split()).encode("ascii", "ignore").decode()[:200]
    return f"antara-crawler/{__version__} (+{where})" if where else f"antara-crawler/{__version__}"


class Identity:
    """Scrapy add-on that fills in `USER_AGENT` unless the user set one."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Set USER_AGENT from CONTACT with an add-on's priority."""
        settings.set("USER_AGENT", user_agent(str(settings["CONTACT"] or "")), "addon")
