"""Only what differs from Scrapy's defaults, grouped, each with its reason."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path


def commands_for(argv: Sequence[str]) -> str:
    """Return the module where Scrapy finds the command of a command line, if it is one of ours.

    To know one command, Scrapy imports all that it finds there, and each of ours imports another
    half of the house. Without a command, and for Scrapy's own, that is the whole package.
    """
    package = Path(__file__).with_name("commands")
    verb = next((word for word in argv[1:] if not word.startswith("-")), "")
    is_ours = verb.isalpha() and (package / f"{verb}.py").exists()
    return f"antara_crawler.commands.{verb}" if is_ours else "antara_crawler.commands"


BOT_NAME = "antara-crawler"
SPIDER_LOADER_CLASS = "antara_crawler.spiders.loader.PortalLoader"
COMMANDS_MODULE = commands_for(sys.argv)
ADDONS = {"antara_crawler.crawl.user_agent.UserAgent": 0}

# Where things are kept, and who crawls. `-s NAME=value` wins over the environment.
ARCHIVE_URL = os.environ.get("ANTARA_ARCHIVE_URL", "sqlite:///data/archive.db")
CAPTURES_DIR = os.environ.get("ANTARA_CAPTURES_DIR", "data/captures")
INDEX_DIR = os.environ.get("ANTARA_INDEX_DIR", "data/index")
TEMPLATES_FILE = os.environ.get("ANTARA_TEMPLATES_FILE", "data/templates.toml")
CONTACT = os.environ.get("ANTARA_CONTACT", "")
# To whom `scrapy health --notify` writes: apprise's addresses, with commas between them.
NOTIFY_URLS = os.environ.get("ANTARA_NOTIFY_URLS", "")

# Polite: one request at a time for each portal, a pause between them, robots.txt obeyed.
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
COOKIES_ENABLED = False  # nothing on the portals needs them, and they would tie requests together
DOWNLOAD_VERIFY_CERTIFICATES = True  # False only for a test host with a certificate of its own
TELNETCONSOLE_ENABLED = False  # an open port that nobody here uses; nor RemoteControl, below

# A host that does not answer must be known within three minutes.
DOWNLOAD_TIMEOUT = 30
DNS_TIMEOUT = 20
RETRY_TIMES = 2

# Ours: the ages at which an article is looked at again, in hours and days.
RECHECK_AFTER = "6h 1d 3d 7d 30d"

# Ours: how patient a run is, in seconds; after how many failures in a row it is over.
WRITE_PATIENCE = 60.0
STOP_GRACE = 4.0
RETRY_AFTER_MAX = 120.0
UNREACHABLE_AFTER = 9
UNREADABLE_AFTER = 24
REFUSED_AFTER = 8
REFUSED_PAUSE = 1.0
PROGRESS_INTERVAL = 60.0

# Where several machines write to one archive: what this one's captures folder is called there.
CAPTURES_STORE = os.environ.get("ANTARA_CAPTURES_STORE")
# The store that they share, for `scrapy captures move`: a folder, or a URL of fsspec's.
CAPTURES_SHARED = os.environ.get("ANTARA_CAPTURES_SHARED")
# A worker of a fleet that is silent for so long is dead: its crawls have ended themselves by then.
FLEET_DEAD_AFTER = 60.0
FLEET_PAUSE = 600.0  # before a portal that gave nothing is tried again; it doubles

# An article page is some 100 kB: more than this is a mistake or an attack.
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 4 * 1024 * 1024
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False  # text of a page is never acted on
DEPTH_STATS_VERBOSE = False
WARN_ON_GENERATOR_RETURN_VALUE = False  # it parses the source of a callback for each response
# Scrapy starts so many tasks for each response; a page gives one item.
CONCURRENT_ITEMS = 4
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 32 * 1024 * 1024

DOWNLOAD_HANDLERS = {
    "http": "antara_crawler.crawl.fetch.fetching.Fetching",
    "https": "antara_crawler.crawl.fetch.fetching.Fetching",
    "ftp": None,
    "s3": None,
    "file": None,
    "data": None,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    # Before all others: each document passes it once, whatever becomes of it.
    "antara_crawler.crawl.account.bookkeeping.Bookkeeping": 50,
    "antara_crawler.crawl.fetch.robots.ObeyRobots": 100,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "antara_crawler.crawl.fetch.bodies.Unpacking": 590,
    # Below that, and below what follows redirects: all that came over the wire is kept, as it came.
    "antara_crawler.crawl.fetch.bodies.KeepRaw": 605,
}
SPIDER_MIDDLEWARES = {
    # Nearest the spider: every request and item it yields is known to the frontier first.
    "antara_crawler.crawl.frontier.FrontierMiddleware": 950,
    # A walk through listings is thousands of pages deep by nature.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    # The frontier bounds addresses, and says so: this would drop one that it has taken.
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
EXTENSIONS = {
    "antara_crawler.crawl.run.Run": 10,
    "antara_crawler.crawl.clock.Budget": 20,
    "antara_crawler.crawl.clock.Progress": 500,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}
ITEM_PIPELINES = {
    "pipelines.tidy_text.TidyText": 100,
    "pipelines.drop_repeats.DropRepeats": 200,
    "pipelines.check_record.CheckRecord": 300,
    "pipelines.store_article.StoreArticle": 900,
}

LOG_LEVEL = os.environ.get("ANTARA_LOG_LEVEL", "INFO")
LOG_FORMATTER = "antara_crawler.crawl.log_format.ShortLog"
STATS_DUMP = False  # the closing summary says it for a person
