"""The arguments of a spider: ours are checked, a job server's own are let through."""

import pytest

from antara_crawler.errors import UsageError
from antara_crawler.spiders.arguments import Arguments


def test_what_a_job_server_adds_to_the_arguments_is_let_through() -> None:
    given = {"_job": "6487ec79947edab326d6db28a2d86511e8247444", "_version": "1", "limit": "5"}
    assert Arguments.parse(given) == Arguments(limit=5)


def test_a_misspelt_argument_is_refused_beside_a_job_servers_own() -> None:
    with pytest.raises(UsageError, match="-a limt=… is not known"):
        Arguments.parse({"_job": "1", "limt": "5"})
