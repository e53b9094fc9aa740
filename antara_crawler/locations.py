"""Where the archive and the captures are: relative paths, resolved in one place."""

import socket
from pathlib import Path

from scrapy.settings import BaseSettings
from scrapy.utils.conf import closest_scrapy_cfg
from sqlalchemy.engine import URL

from antara_crawler.archive.database import parse_url
from antara_crawler.errors import UsageError
from antara_crawler.warc.shared import CaptureFiles, FolderStore, RemoteStore


def base_folder() -> Path:
    """Return the folder that relative paths start from.

    The project root (where scrapy.cfg lies, here or in a folder above), else the working folder.
    """
    config = closest_scrapy_cfg()
    return Path(config).parent if config else Path.cwd()


def archive_url(settings: BaseSettings) -> URL:
    """Return the SQLAlchemy URL of the archive, a relative SQLite path made absolute.

    Raises UsageError when `ARCHIVE_URL` is no URL of SQLite or PostgreSQL.
    """
    return database_url(str(settings["ARCHIVE_URL"]))


def database_url(text: str, name: str = "ARCHIVE_URL") -> URL:
    """Return the URL of an archive, a relative SQLite path made absolute.

    Raises UsageError, which calls it by `name`, when it is no URL of SQLite or PostgreSQL.
    """
    url = parse_url(text, name)
    if url.get_backend_name() == "postgresql":
        return url
    # Not as text again: a ? or % in a folder's name would then mean something.
    return URL.create("sqlite", database=str(base_folder() / str(url.database)))


def store_of(settings: BaseSettings) -> str:
    """Return the name under which the captures folder is known, else that of this machine."""
    return str(settings["CAPTURES_STORE"] or "") or socket.gethostname()


def captures_folder(settings: BaseSettings) -> Path:
    """Return the absolute folder of raw captures."""
    return base_folder() / str(settings["CAPTURES_DIR"])


def capture_files(settings: BaseSettings) -> CaptureFiles:
    """Return the capture files that this machine sees: its own, and those it shares.

    Raises UsageError when CAPTURES_SHARED is no folder, and no URL that can be used.
    """
    folder, name = captures_folder(settings), store_of(settings)
    place = str(settings["CAPTURES_SHARED"] or "")
    if not place:
        return CaptureFiles(folder, name)
    if "://" in place:
        return CaptureFiles(folder, name, RemoteStore(place))
    shared = base_folder() / place
    if not shared.is_dir():
        raise UsageError(f"CAPTURES_SHARED: {shared} is no folder: make it, or mount it")
    return CaptureFiles(folder, name, FolderStore(shared))


def index_folder(settings: BaseSettings) -> Path:
    """Return the absolute folder of the index beside the archive; it may not be there."""
    return base_folder() / str(settings["INDEX_DIR"])
