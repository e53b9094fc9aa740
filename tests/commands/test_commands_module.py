"""Which module Scrapy imports to know a command."""

import pytest

from antara_crawler.settings import commands_for

ALL = "antara_crawler.commands"


@pytest.mark.parametrize(
    ("words", "module"),
    [
        (["search", "jembatan"], f"{ALL}.search"),
        (["import", "-h"], f"{ALL}.import"),
        (["--verbose", "stats"], f"{ALL}.stats"),
        ([], ALL),
        (["list"], ALL),
        (["serach"], ALL),
        (["__init__"], ALL),
        (["../crawl"], ALL),
        (["ARCHIVE_URL=sqlite:///a.db", "crawl"], ALL),
    ],
)
def test_a_command_is_looked_for_where_it_stands_and_another_among_all(
    words: list[str], module: str
) -> None:
    assert commands_for(["scrapy", *words]) == module
