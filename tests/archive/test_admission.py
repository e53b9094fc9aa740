"""A sample's invented articles and real ones never come into one archive, in either order."""

import pytest

from antara_crawler.archive import Archive, Writer
from antara_crawler.archive.runs import admit
from antara_crawler.errors import UsageError
from tests.archive.samples import article, start_run


def test_an_archive_of_a_sample_takes_in_nothing_else(archive: Archive) -> None:
    admit(archive, "kalsel", sample=True)
    admit(archive, "jatim", sample=True)
    with pytest.raises(UsageError, match="holds the sample's invented articles"):
        admit(archive, "kalsel")


def test_an_archive_of_portals_takes_in_no_sample(archive: Archive) -> None:
    admit(archive, "kalsel")
    with pytest.raises(UsageError, match="holds real articles"):
        admit(archive, "jatim", sample=True)
    admit(archive, "jatim")


def test_an_archive_that_never_said_holds_real_articles(archive: Archive) -> None:
    Writer(archive, "test 1").write([article()], start_run(archive))
    with pytest.raises(UsageError, match="holds real articles"):
        admit(archive, "kalsel", sample=True)
    admit(archive, "kalsel")
