"""The user's own templates, from the file that the settings name."""

from scrapy.http import Response
from scrapy.settings import BaseSettings

from antara_crawler.errors import UsageError
from antara_crawler.items import Article
from antara_crawler.locations import base_folder
from antara_crawler.pages import Catalogue, read_article, read_catalogue
from antara_crawler.portals import Portal
from antara_crawler.spiders.answers import seen_at

_USUAL = "data/templates.toml"
BUILT_IN = Catalogue()


def catalogue_of(settings: BaseSettings) -> Catalogue:
    """Return all templates; raise UsageError for a file that is wrong, or named and not there.

    The usual file need not be there.
    """
    path = base_folder() / str(settings["TEMPLATES_FILE"])
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        if path == base_folder() / _USUAL:
            return BUILT_IN
        raise UsageError(f"TEMPLATES_FILE {path} is not there: name a TOML file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"TEMPLATES_FILE {path} cannot be read ({error})") from None
    return read_catalogue(text, path.name)


def read_with(templates: Catalogue, html: str, response: Response, portal: Portal) -> Article:
    """Return an article as the templates of the day of its fetch read it; raises UnreadablePage."""
    serving = templates.serving(portal.name, seen_at(response).date())
    hints = response.meta["page"].hints
    return read_article(html, response.url, portal, hints, serving)
