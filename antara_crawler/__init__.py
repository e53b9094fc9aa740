"""Crawls ANTARA's regional portals into a SQL archive, exactly and without loss."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("antara-crawler")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"

SOFTWARE = f"antara-crawler {__version__}"
"""What the archive and the packages keep of who wrote them."""
