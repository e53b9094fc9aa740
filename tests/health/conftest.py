"""An open archive on each database, as the tests of the archive have it."""

from tests.archive.conftest import archive, archive_url, new_archive, new_archive_on_server

__all__ = ["archive", "archive_url", "new_archive", "new_archive_on_server"]
